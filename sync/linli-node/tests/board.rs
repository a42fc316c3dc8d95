//! Notices that are corrected, retracted and confirmed, posts that are claimed and closed: by commands of running
//! homes, and what each of the others shows of it afterwards.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Estate, ask, data, until};
use linli_node::api::{NoticeArgs, Request};
use linli_node::home::HomeOptions;
use serde_json::{Value, json};

fn text(title: &str, body: &str) -> NoticeArgs {
    NoticeArgs {
        title: title.into(),
        body: body.into(),
        confirm: true,
        ..NoticeArgs::default()
    }
}

fn id(answer: &Value) -> String {
    answer["id"].as_str().unwrap().to_owned()
}

/// The notices of a home as people see them in its list: title, what it corrects, by what it was corrected, and the
/// reason it was retracted for.
fn history(o: &HomeOptions) -> Vec<Value> {
    let list = data(o, Request::NoticeList)["notices"].clone();
    let mut seen: Vec<Value> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|n| {
            json!([
                n["title"],
                n["id"],
                n["corrects"],
                n["corrected_by"],
                n["retracted"]["reason"]
            ])
        })
        .collect();
    seen.sort_by_key(ToString::to_string);
    seen
}

#[test]
fn a_notice_is_corrected_confirmed_and_retracted_and_both_homes_show_its_whole_history() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let house = estate.join("house", Some("3-2-501"), "household");
    let desk = estate.join("desk", None, "office:物业");
    estate.meet(&[&house, &desk]);
    let first = id(&data(
        &office,
        Request::NoticePublish(text("停水", "今天15时")),
    ));
    until("it is at the household", || history(&house).len() == 1);

    let correct = |who: &HomeOptions, of: &str| Request::NoticeCorrect {
        id: of.into(),
        with: text("停水(更正)", &format!("明天15时 {}", who.dir.display())),
    };
    let retract = |of: &str| Request::NoticeRetract {
        id: of.into(),
        reason: "水管修好了".into(),
    };
    // Only the office that published it corrects or retracts it.
    until("it is at the other office", || history(&desk).len() == 1);
    for who in [&desk, &house] {
        let before = history(who);
        for request in [correct(who, &first), retract(&first)] {
            let fault = ask(who, request).unwrap_err();
            assert_eq!((fault.code.as_str(), fault.exit), ("not-your-notice", 4));
        }
        assert_eq!(history(who), before);
    }

    let second = id(&data(&office, correct(&office, &first)));
    let expected = vec![
        json!(["停水", first, null, second, null]),
        json!(["停水(更正)", second, first, null, null]),
    ];
    for home in [&office, &house, &desk] {
        until("the correction is here", || history(home).len() == 2);
        assert_eq!(history(home), expected, "the old one stays readable");
    }
    let old = data(&house, Request::NoticeShow { id: first.clone() })["notice"].clone();
    assert_eq!(
        (&old["body"], &old["corrected_by"]),
        (&json!("今天15时"), &json!(second))
    );

    // Confirmed: by the household, of the corrected one; the office counts it there and not at the old one.
    let fault = ask(&desk, Request::NoticeConfirm { id: second.clone() }).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.exit), ("households-confirm", 4));
    data(&house, Request::NoticeConfirm { id: second.clone() });
    let reach = |of: &str| data(&office, Request::NoticeReach { id: of.into() });
    until("the office counts it", || reach(&second)["confirmed"] == 1);
    let (new, old) = (reach(&second), reach(&first));
    assert_eq!(
        (&new["of"], &new["unconfirmed"], &new["not_heard"]),
        (&json!(1), &json!([]), &json!(0))
    );
    assert_eq!(
        (&old["confirmed"], &old["unconfirmed"], &old["read"]),
        (&json!(0), &json!(["3-2-501"]), &json!(1))
    );
    let spread = new["spread"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&spread["reached"], &spread["settled"]),
        (&json!(1), &json!(1))
    );
    // Whoever confirms the old one learns that there is a correction.
    let warned = |of: &str| {
        let said = ask(&house, Request::NoticeConfirm { id: of.into() }).unwrap();
        let warnings: Vec<String> = said.warnings.iter().map(|w| w.code.clone()).collect();
        warnings
    };
    assert_eq!(warned(&second), Vec::<String>::new());
    assert_eq!(warned(&first), ["confirmed-corrected"]);
    let mine = data(&house, Request::NoticeShow { id: second.clone() })["notice"].clone();
    assert!(mine["confirmed_by_me_ms"].is_u64(), "{mine}");
    let fault = ask(&desk, Request::NoticeReach { id: second.clone() }).unwrap_err();
    assert_eq!(fault.code, "not-your-notice");

    data(&office, retract(&second));
    for home in [&office, &house, &desk] {
        until("the retraction is here", || {
            history(home).iter().any(|n| n[4] == "水管修好了")
        });
        // It stands in the list, marked; the act of retracting is no notice of its own.
        assert_eq!(
            history(home),
            [
                json!(["停水", first, null, second, null]),
                json!(["停水(更正)", second, first, null, "水管修好了"]),
            ]
        );
    }
    let said = ask(&house, Request::NoticeConfirm { id: second.clone() }).unwrap();
    let warning = &said.warnings[0];
    assert_eq!(
        (warning.code.as_str(), warning.args["reason"].as_str()),
        ("confirmed-retracted", "水管修好了")
    );
    estate.in_step(&[&office, &house, &desk], "notice");
    // All of it is there after a restart.
    estate.restart(&house);
    assert_eq!(history(&house), history(&office));
}

#[test]
fn a_post_is_claimed_and_closed_by_commands_and_every_home_shows_by_whom() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let owner = estate.join("owner", Some("3-2-501"), "household");
    let helper = estate.join("helper", Some("3-2-502"), "household");
    estate.meet(&[&owner, &helper]);
    let post = id(&data(&owner, common::post("谁能帮搬沙发?")));
    let show = |o: &HomeOptions| {
        let list = data(o, Request::PostList)["posts"].clone();
        list[0].clone()
    };
    until("it is at the helper", || {
        show(&helper)["id"] == post.as_str()
    });

    let claim = |text: Option<&str>| Request::PostClaim {
        id: post.clone(),
        text: text.map(str::to_owned),
    };
    let close = |outcome: Option<&str>| Request::PostClose {
        id: post.clone(),
        outcome: outcome.map(str::to_owned),
    };
    let fault = ask(&owner, claim(None)).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.exit), ("own-post", 3));
    for who in [&helper, &office] {
        let fault = ask(who, close(Some("x"))).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.exit), ("not-your-post", 4));
    }
    data(&helper, claim(Some("我来，六点")));
    data(
        &office,
        Request::PostComment {
            id: post.clone(),
            text: "有手推车可借".into(),
        },
    );
    for home in [&owner, &helper, &office] {
        until("claim and comment are here", || {
            let post = show(home);
            post["claims"] == json!([{ "by": "3-2-502", "text": "我来，六点" }])
                && post["comments"][0]["body"] == "有手推车可借"
        });
        let post = show(home);
        assert_eq!(post["comments"][0]["official"], true);
        assert_eq!(
            (&post["closed"], &post["outcome"]),
            (&json!(false), &Value::Null)
        );
    }
    data(&owner, close(Some("done")));
    for home in [&owner, &helper, &office] {
        until("it is closed", || show(home)["closed"] == true);
        assert_eq!(show(home)["outcome"], show(&owner)["outcome"]);
        assert_eq!(show(home)["claims"].as_array().unwrap().len(), 1);
    }
    estate.in_step(&[&office, &owner, &helper], "board");
}
