//! Three homes in one process, over loopback: found, run, enrol with the pictures typed on both sides, publish,
//! confirm, issue a pass, check it at a gate that is cut off.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Running, ask, data, enrol, options, until};
use linli_node::api::{NoticeArgs, PassArgs, Request, ScanArgs};
use linli_node::home::{self, FoundArgs, HomeOptions, RunArgs};

#[test]
fn a_neighbourhood_of_three_homes_works_without_a_server() {
    let dir = tempfile::tempdir().unwrap();
    let (office, house, gate) = (
        options(dir.path(), "office"),
        options(dir.path(), "house"),
        options(dir.path(), "gate"),
    );
    let founded = home::found(
        &office,
        &FoundArgs {
            name: "丰盛园".into(),
            utc_offset_minutes: 480,
            gates: vec![(1, "东门".into())],
            office: "居委会".into(),
            founders: 1,
        },
    )
    .unwrap();
    assert_eq!(
        founded.data["paper_words"]
            .as_str()
            .unwrap()
            .split(' ')
            .count(),
        24
    );
    let again = home::found(
        &office,
        &FoundArgs {
            name: "x".into(),
            utc_offset_minutes: 0,
            gates: vec![],
            office: "y".into(),
            founders: 1,
        },
    );
    assert_eq!(again.unwrap_err().code, "home-exists");

    let running_office = Running::start(&office);
    assert!(!running_office.addrs.is_empty());
    let busy = home::run(&office, &RunArgs::default(), &mut |_| {}).unwrap_err();
    assert_eq!((busy.code.as_str(), busy.exit), ("home-busy", 5));
    enrol(&office, &house, Some("3-2-501"), "household");
    enrol(&office, &gate, None, "gate:1");
    let running_house = Running::start(&house);
    let running_gate = Running::start(&gate);
    until("both are online", || {
        data(&office, Request::Status)["online"] == 2
    });

    // A notice is published, arrives, is confirmed, and the office sees it.
    let notice = NoticeArgs {
        title: "停电通知".into(),
        body: "今天15时至18时".into(),
        severity: Some("Moderate".into()),
        confirm: true,
        ..NoticeArgs::default()
    };
    let id = data(&office, Request::NoticePublish(notice))["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let of_house = |o: &HomeOptions| {
        data(o, Request::NoticeList)["notices"]
            .as_array()
            .unwrap()
            .len()
    };
    until("the notice is at the household", || of_house(&house) == 1);
    until("the notice is at the gate", || of_house(&gate) == 1);
    // It asks the household; the office and the gate only know that it asks.
    for (home, asked) in [(&house, true), (&office, false), (&gate, false)] {
        let notice = &data(home, Request::NoticeList)["notices"][0];
        assert_eq!(notice["needs_confirm"], true);
        assert_eq!(notice["asks_me"], asked);
    }
    data(&house, Request::NoticeConfirm { id: id.clone() });
    until("the office sees it confirmed", || {
        data(&office, Request::NoticeReach { id: id.clone() })["confirmed"] == 1
    });
    let forbidden = ask(
        &house,
        Request::NoticePublish(NoticeArgs {
            title: "x".into(),
            ..NoticeArgs::default()
        }),
    );
    assert_eq!(forbidden.unwrap_err().exit, 4);

    // A pass made with the network off opens a gate that never heard of it and is cut off itself.
    data(&house, Request::NetPause { peer: None });
    data(&gate, Request::NetPause { peer: None });
    until("cut off", || data(&office, Request::Status)["online"] == 0);
    let from_s = data(&house, Request::Status)["as_of_ms"].as_u64().unwrap() / 1000;
    let issued = data(
        &house,
        Request::PassIssue(PassArgs {
            label: "李*".into(),
            kind: "person".into(),
            from_s,
            until_s: from_s + 7200,
            host: None,
            entries: 1,
            gates: vec![1],
            plate: None,
            companions: 0,
            pin: None,
            windows: vec![],
        }),
    );
    let text = issued["text"].as_str().unwrap().to_owned();
    drop(running_house);
    let check = |text: &str| {
        data(
            &gate,
            Request::GateCheck(ScanArgs {
                text: Some(text.into()),
                ..ScanArgs::default()
            }),
        )
    };
    let mut changed = text.clone();
    // Within the signature, which stands last; a certificate that a pass merely carries is covered by none.
    let at = changed.len() - 20;
    let other = if &changed[at..=at] == "A" { "B" } else { "A" };
    changed.replace_range(at..=at, other);
    assert_eq!(check(&changed)["result"], "DENY");
    let first = check(&text);
    assert_eq!(
        (first["result"].as_str(), first["opens"].as_bool()),
        (Some("ADMIT"), Some(true)),
        "{first}"
    );
    let repeat = check(&text);
    assert_eq!(
        (repeat["code"].as_str(), repeat["opens"].as_bool()),
        (Some("E_REPEAT"), Some(false))
    );
    // After a restart the log answers for a pass that is spent.
    drop(running_gate);
    let after = check(&text);
    assert_eq!(after["code"], "E_USED", "{after}");

    // No name of the estate is in the clear in any file.
    let mut files = vec![];
    let mut dirs = vec![dir.path().to_owned()];
    while let Some(d) = dirs.pop() {
        for entry in std::fs::read_dir(d).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                dirs.push(path)
            } else {
                files.push(path)
            }
        }
    }
    for file in files {
        let bytes = std::fs::read(&file).unwrap_or_default();
        let secret = "李*".as_bytes();
        assert!(
            !bytes.windows(secret.len()).any(|w| w == secret),
            "{}",
            file.display()
        );
    }
}
