//! Roles, and devices that are added, held, lifted and revoked, as commands of running homes: who is refused, with
//! which fault, and what the others make of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Estate, ask, bodies, data, post, until};
use linli_exchange::register::{Cleaned, Duplicates};
use linli_node::api::{NoticeArgs, Request};
use linli_node::home::HomeOptions;

fn notice(title: &str) -> Request {
    Request::NoticePublish(NoticeArgs {
        title: title.into(),
        body: "明天停水".into(),
        ..NoticeArgs::default()
    })
}

fn import() -> Request {
    Request::RegistryImport {
        file: "名册.csv".into(),
        cleaned: Box::<Cleaned>::default(),
        duplicates: Duplicates::Update,
    }
}

fn invite(role: &str) -> Request {
    Request::InviteOpen {
        unit: (role == "household").then(|| "3-2-502".into()),
        role: role.into(),
        ttl_s: 60,
    }
}

fn hold(id: &str) -> Request {
    Request::DeviceHold {
        id: id.into(),
        reason: "丢失".into(),
    }
}

fn lift(id: &str) -> Request {
    Request::DeviceLift { id: id.into() }
}

fn revoke(id: &str) -> Request {
    Request::DeviceRevoke {
        id: id.into(),
        reason: "丢失".into(),
    }
}

/// What a home shows, and how the devices stand there.
fn shown(o: &HomeOptions) -> String {
    let digest = data(o, Request::Digest { scope: None });
    let list = data(o, Request::DeviceList);
    format!("{} {list}", digest["digest"])
}

/// The device's standing at a home: held, revoked.
fn standing(o: &HomeOptions, device: &str) -> (bool, bool) {
    let list = data(o, Request::DeviceList);
    let devices = list["devices"].as_array().unwrap();
    let of = devices.iter().find(|d| d["id"] == device).unwrap();
    let why: Vec<_> = of["holds"].as_array().unwrap().iter().collect();
    assert!(why.iter().all(|hold| hold["reason"] == "丢失"), "{of}");
    assert_eq!(of["held"] == true, !why.is_empty(), "{of}");
    (of["held"] == true, of["revoked"] == true)
}

#[test]
fn who_lacks_the_role_may_not_publish_import_enrol_hold_or_revoke_and_nothing_changes() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let house = estate.join("house", Some("3-2-501"), "household");
    let desk = estate.join("desk", None, "office:物业");
    let gate = estate.join("gate", None, "gate:1");
    estate.meet(&[&house, &desk, &gate]);
    let (of_house, of_desk) = (estate.device(&house), estate.device(&desk));
    assert_eq!(
        data(&desk, Request::CommunityShow)["me"]["roles"],
        serde_json::json!(["notice"]),
        "a second office publishes, and no more until an epoch says so"
    );

    // (who, asked for, code)
    let refused = [
        (&house, notice("x"), "not-allowed"),
        (&house, import(), "no-register-role"),
        (&house, invite("household"), "not-issuing"),
        (&house, invite("office:业委会"), "not-issuing"),
        (&house, invite("gate:1"), "not-issuing"),
        (&house, hold(&of_desk), "not-allowed"),
        (&house, revoke(&of_desk), "not-allowed"),
        (&desk, import(), "no-register-role"),
        (&desk, invite("household"), "not-issuing"),
        (&desk, invite("sibling"), "not-issuing"),
        (&desk, hold(&of_house), "not-allowed"),
        (&desk, revoke(&of_house), "not-allowed"),
        (&gate, notice("x"), "not-allowed"),
        (&gate, import(), "no-register-role"),
        (&gate, invite("screen"), "not-issuing"),
        (&gate, hold(&of_house), "not-allowed"),
        (&gate, revoke(&of_house), "not-allowed"),
        (&gate, post("x"), "not-allowed"),
    ];
    for (who, request, code) in refused {
        let before = (shown(who), shown(&office));
        let said = format!("{} {request:?}", who.dir.display());
        let fault = ask(who, request).unwrap_err();
        assert_eq!((fault.code.as_str(), fault.exit), (code, 4), "{said}");
        assert_eq!((shown(who), shown(&office)), before, "{said}");
    }
    assert_eq!(ask(&house, lift(&of_desk)).unwrap_err().exit, 6, "no hold");
    // Nobody shuts out the device at which he sits.
    for (who, id) in [(&house, &of_house), (&desk, &of_desk)] {
        for request in [hold(id), revoke(id)] {
            let fault = ask(who, request).unwrap_err();
            assert_eq!((fault.code.as_str(), fault.exit), ("device-is-this-one", 3));
        }
    }

    // With the role: the desk publishes in its own name; the founder does all of it.
    data(&desk, notice("物业通知"));
    data(&office, notice("居委会通知"));
    assert_eq!(data(&office, import())["batch"], "b1");
    data(&office, invite("household"));
    let titles = |o: &HomeOptions| {
        let list = data(o, Request::NoticeList)["notices"].clone();
        let all = list.as_array().unwrap().iter();
        let mut all: Vec<String> = all
            .map(|n| format!("{} {}", n["org_name"].as_str().unwrap(), n["title"]))
            .collect();
        all.sort();
        all
    };
    for home in [&office, &house, &desk, &gate] {
        until("both notices are here", || titles(home).len() == 2);
        assert_eq!(titles(home), titles(&office));
    }
}

#[test]
fn a_further_device_speaks_for_its_household_and_grants_nothing() {
    let mut estate = Estate::found();
    let house = estate.join("house", Some("3-2-501"), "household");
    estate.meet(&[&house]);
    // `device add`: the household itself introduces it.
    let phone = estate.join_at(&house, "phone", None, "sibling");
    estate.meet(&[&house, &phone]);
    let me = data(&phone, Request::CommunityShow)["me"].clone();
    assert_eq!(
        (&me["unit"], &me["kind"]),
        (&"3-2-501".into(), &"household".into())
    );
    assert_eq!(
        me["principal"],
        data(&house, Request::CommunityShow)["me"]["principal"]
    );
    let pass = estate.pass_args(&[1]);
    let fault = ask(&phone, Request::PassIssue(pass)).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.exit), ("may-not-grant", 4));
    let fault = ask(&phone, invite("household")).unwrap_err();
    assert_eq!((fault.code.as_str(), fault.exit), ("not-issuing", 4));

    data(&phone, post("谁有梯子"));
    let office = estate.office.clone();
    until("the office reads it", || bodies(&office) == ["谁有梯子"]);
    let list = data(&office, Request::PostList)["posts"].clone();
    assert_eq!(list[0]["author"], "3-2-501");
    // Each may hold the other, and lift it again: a lost phone is stopped by whoever is at home.
    let of_phone = estate.device(&phone);
    data(&house, hold(&of_phone));
    until("the office hears of it", || standing(&office, &of_phone).0);
    assert_eq!(ask(&phone, post("偷来的")).unwrap_err().code, "log-closed");
    data(&house, lift(&of_phone));
    until("the phone hears of it", || !standing(&phone, &of_phone).0);
    data(&phone, post("找回来了"));
    until("the office reads on", || bodies(&office).len() == 2);
}

#[test]
fn what_a_held_device_wrote_above_the_hold_shows_nowhere_until_it_is_lifted() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let house = estate.join("house", Some("3-2-501"), "household");
    let other = estate.join("other", Some("3-2-502"), "household");
    estate.meet(&[&house, &other]);
    let of_house = estate.device(&house);
    data(&house, post("之前"));
    for home in [&office, &other] {
        until("it is here", || bodies(home) == ["之前"]);
    }
    // The house writes while nobody hears it; meanwhile it is held.
    data(&house, Request::NetPause { peer: None });
    data(&house, post("之后"));
    data(&office, hold(&of_house));
    until("the other hears of the hold", || {
        standing(&other, &of_house) == (true, false)
    });
    let (fault, by_itself) = (ask(&house, lift(&of_house)), "never the held");
    assert_eq!(fault.unwrap_err().code, "not-found", "{by_itself}");
    data(&house, Request::NetResume { peer: None });
    until("the house hears of the hold", || {
        standing(&house, &of_house).0
    });
    let fault = ask(&house, lift(&of_house)).unwrap_err();
    assert_eq!(
        (fault.code.as_str(), fault.exit),
        ("log-closed", 4),
        "{by_itself}"
    );
    estate.in_step(&[&office, &house, &other], "board");
    for home in [&office, &other, &house] {
        assert_eq!(bodies(home), ["之前"], "carried, not shown");
    }
    let fault = ask(&other, lift(&of_house)).unwrap_err();
    assert_eq!(fault.exit, 4, "a neighbour lifts nothing");
    data(&office, lift(&of_house));
    for home in [&office, &other, &house] {
        until("both are shown", || bodies(home).len() == 2);
    }
    estate.in_step(&[&office, &house, &other], "board");
}

#[test]
fn after_a_revocation_earlier_records_stand_and_later_ones_never_come() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let house = estate.join("house", Some("3-2-501"), "household");
    let other = estate.join("other", Some("3-2-502"), "household");
    estate.meet(&[&house, &other]);
    let of_house = estate.device(&house);
    data(&house, post("之前"));
    for home in [&office, &other] {
        until("it is here", || bodies(home) == ["之前"]);
    }
    // The office is cut off and revokes; the stolen device goes on writing and the neighbour still hears it.
    data(&office, Request::NetPause { peer: None });
    estate.link(&house, &other);
    data(&house, post("之后"));
    until(
        "the neighbour reads it while nobody has said a word against it",
        || bodies(&other).len() == 2,
    );
    data(&office, revoke(&of_house));
    assert_eq!(standing(&office, &of_house), (false, true));
    data(&office, Request::NetResume { peer: None });
    until("the neighbour takes it back", || bodies(&other) == ["之前"]);
    assert_eq!(standing(&other, &of_house), (false, true));
    estate.in_step(&[&office, &other], "board");
    assert_eq!(bodies(&office), ["之前"]);
    // It is met by nobody any more, and nothing lifts a revocation.
    until("hung up", || data(&office, Request::Status)["online"] == 1);
    assert_eq!(ask(&office, lift(&of_house)).unwrap_err().code, "not-found");
    let fault = ask(&office, revoke(&estate.device(&office))).unwrap_err();
    assert_eq!(fault.code, "device-is-this-one", "nobody shuts itself out");
}
