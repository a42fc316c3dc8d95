//! Who of a household sits at this computer: kept here, over a restart, and nobody else hears of it.

use super::world::{World, member};
use crate::api::{BellAct, Fault, NoticeArgs, Request};
use linli_view::api::{FamilyDo, FamilyReport};
use serde_json::Value;

fn family(world: &mut World, home: usize, act: FamilyDo) -> Result<FamilyReport, Fault> {
    let said = world.ask(home, Request::Family { act })?;
    Ok(serde_json::from_value(said.data).unwrap())
}

fn add(world: &mut World, home: usize, name: &str) -> u32 {
    let name = name.to_owned();
    let said = family(world, home, FamilyDo::Add { name }).unwrap();
    said.people.last().unwrap().id
}

fn sit(world: &mut World, home: usize, id: Option<u32>) -> FamilyReport {
    family(world, home, FamilyDo::Sit { id }).unwrap()
}

/// A household that has heard of a notice; its number, and the notice.
fn house() -> (World, usize, String) {
    let mut world = World::found();
    let home = world.house("3-2-501");
    let notice = NoticeArgs {
        title: "停水".into(),
        body: "周三上午停水。".into(),
        ..NoticeArgs::default()
    };
    let id = world.data(0, Request::NoticePublish(notice))["id"].clone();
    world.meet(0, home);
    (world, home, id.as_str().unwrap().to_owned())
}

fn muted(world: &mut World, home: usize) -> Value {
    let act = BellAct::Show;
    world.data(home, Request::Bell { act })["muted"].clone()
}

#[test]
fn each_has_marks_settings_and_muted_threads_of_their_own_and_a_restart_keeps_them() {
    let (mut world, home, notice) = house();
    let (mother, father) = (add(&mut world, home, "妈妈"), add(&mut world, home, "爸爸"));
    assert_eq!(family(&mut world, home, FamilyDo::Show).unwrap().now, None);
    sit(&mut world, home, Some(mother));
    let set = FamilyDo::Set {
        id: None,
        lang: None,
        look: Some("elderly".into()),
    };
    family(&mut world, home, set).unwrap();
    let id = notice.clone();
    world.data(home, Request::NoticeShow { id });
    let act = BellAct::Mute {
        id: notice.clone(),
        on: true,
    };
    world.data(home, Request::Bell { act });
    let report = family(&mut world, home, FamilyDo::Show).unwrap();
    assert!(report.read.contains(&notice));
    assert_eq!(report.sitting().unwrap().look.as_deref(), Some("elderly"));

    let report = sit(&mut world, home, Some(father));
    assert!(report.read.is_empty() && report.sitting().unwrap().look.is_none());
    assert_eq!(muted(&mut world, home), serde_json::json!([]));

    world.restart(home);
    let report = family(&mut world, home, FamilyDo::Show).unwrap();
    assert_eq!(
        report.sitting().unwrap().name,
        "爸爸",
        "kept over a restart"
    );
    let report = sit(&mut world, home, Some(mother));
    assert!(report.read.contains(&notice));
    assert_eq!(muted(&mut world, home), serde_json::json!([notice]));
    // The household as a whole never muted it.
    sit(&mut world, home, None);
    assert_eq!(muted(&mut world, home), serde_json::json!([]));
}

#[test]
fn nobody_else_hears_who_sits_here_and_what_is_written_is_the_households() {
    let (mut world, home, _) = house();
    let daughter = add(&mut world, home, "小雨");
    world.meet(0, home);
    let before = world.data(0, Request::Digest { scope: None });
    let own = world.data(home, Request::Digest { scope: None });
    sit(&mut world, home, Some(daughter));
    world.meet(0, home);
    assert_eq!(world.data(home, Request::Digest { scope: None }), own);
    assert_eq!(world.data(0, Request::Digest { scope: None }), before);
    let body = "借梯子".to_owned();
    let kind = "ask".to_owned();
    world.data(home, Request::PostNew { kind, body });
    world.meet(0, home);
    let posts = world.data(0, Request::PostList);
    assert!(!posts.to_string().contains("小雨"), "{posts}");
    assert_eq!(posts["posts"][0]["author"], "3-2-501");
}

#[test]
fn what_a_window_sets_goes_to_whom_it_shows_and_other_windows_hear_who_sits_here() {
    let (mut world, home, _) = house();
    let (mother, father) = (add(&mut world, home, "妈妈"), add(&mut world, home, "爸爸"));
    world.homes[home].take_changed();
    sit(&mut world, home, Some(mother));
    let changed = world.homes[home].take_changed();
    assert!(changed.contains(&crate::replica::Topic::Status));
    // A window that still shows the father.
    let set = FamilyDo::Set {
        id: Some(father),
        lang: None,
        look: Some("elderly".into()),
    };
    let report = family(&mut world, home, set).unwrap();
    let look = |id| {
        report
            .people
            .iter()
            .find(|p| p.id == id)
            .unwrap()
            .look
            .clone()
    };
    assert_eq!(
        (look(mother), look(father).as_deref()),
        (None, Some("elderly"))
    );
    family(&mut world, home, FamilyDo::Show).unwrap();
    world.homes[home].take_changed();
    family(&mut world, home, FamilyDo::Show).unwrap();
    assert!(
        world.homes[home].take_changed().is_empty(),
        "looking changes nothing"
    );
}

#[test]
fn two_of_a_household_read_a_notice_and_the_office_hears_of_one_household() {
    let (mut world, home, notice) = house();
    let (mother, father) = (add(&mut world, home, "妈妈"), add(&mut world, home, "爸爸"));
    let mut digests = Vec::new();
    for person in [mother, father] {
        sit(&mut world, home, Some(person));
        let id = notice.clone();
        world.data(home, Request::NoticeShow { id });
        world.meet(0, home);
        digests.push(world.data(home, Request::Digest { scope: None }));
    }
    assert_eq!(digests[0], digests[1], "the second writes nothing");
    let id = notice.clone();
    let reach = world.data(0, Request::NoticeReach { id });
    assert_eq!(reach["read"], 1, "{reach}");
}

#[test]
fn names_of_the_family_stand_in_no_file_of_the_home() {
    let (mut world, home, _) = house();
    let name = "planted-grandmother";
    let her = add(&mut world, home, name);
    sit(&mut world, home, Some(her));
    let dir = world.options("3-2-501").dir;
    assert!(dir.join("store.redb").exists());
    for entry in std::fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        if !entry.file_type().unwrap().is_file() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        let bare = bytes.windows(name.len()).any(|w| w == name.as_bytes());
        assert!(!bare, "{:?}", entry.file_name());
    }
}

#[test]
fn what_cannot_be_is_refused_and_changes_nothing() {
    let (mut world, home, _) = house();
    let mother = add(&mut world, home, "妈妈");
    let before = family(&mut world, home, FamilyDo::Show).unwrap();
    let long = "长".repeat(25);
    let set = |lang: &str| FamilyDo::Set {
        id: None,
        lang: Some(lang.into()),
        look: None,
    };
    let name = |name: &str| FamilyDo::Add { name: name.into() };
    for (act, code) in [
        (name("妈妈"), "family-name-twice"),
        (name("  "), "family-name-unfit"),
        (name("a\u{202e}b"), "family-name-unfit"),
        (name(&long), "family-name-unfit"),
        (FamilyDo::Sit { id: Some(99) }, "family-nobody"),
        (FamilyDo::Remove { id: 99 }, "family-nobody"),
        (set("en"), "family-nobody-sits"),
    ] {
        let fault = family(&mut world, home, act).unwrap_err();
        assert_eq!(fault.code, code);
        assert_eq!(family(&mut world, home, FamilyDo::Show).unwrap(), before);
    }
    sit(&mut world, home, Some(mother));
    let fault = family(&mut world, home, set("tlh")).unwrap_err();
    assert_eq!(fault.code, "family-setting");
    for n in 1..12 {
        add(&mut world, home, &format!("第{n}个"));
    }
    let fault = family(&mut world, home, name("再来一个")).unwrap_err();
    assert_eq!(fault.code, "family-many");
    let fault = family(&mut world, 0, FamilyDo::Show).unwrap_err();
    assert_eq!(fault.code, "family-households", "an office is no family");
}

#[test]
fn who_is_removed_while_sitting_leaves_the_household_and_a_number_is_never_used_again() {
    let (mut world, home, _) = house();
    let guest = add(&mut world, home, "表哥");
    sit(&mut world, home, Some(guest));
    let report = family(&mut world, home, FamilyDo::Remove { id: guest }).unwrap();
    assert_eq!((report.now, report.people.len()), (None, 0));
    assert_ne!(add(&mut world, home, "表哥"), guest);
    let rename = FamilyDo::Rename {
        id: guest + 1,
        name: "表弟".into(),
    };
    let report = family(&mut world, home, rename).unwrap();
    assert_eq!(report.people[0].name, "表弟");
}

#[test]
fn what_is_kept_reads_as_the_page_says_and_what_cannot_be_read_is_nobody() {
    let (mut world, home, _) = house();
    let kept = r#"{"next":4,"now":4,"people":[{"id":2,"name":"奶奶","lang":null,"look":"elderly","muted":["p:1"],
        "read":["r:1"]},{"id":4,"name":"小雨","later":true}],"muted":["p:2"]}"#;
    member(&mut world.homes[home]).set_local(b"family", Some(kept.as_bytes()));
    world.homes[home].settle().unwrap();
    let report = family(&mut world, home, FamilyDo::Show).unwrap();
    assert_eq!((report.now, report.people.len()), (Some(4), 2));
    assert_eq!(report.people[0].look.as_deref(), Some("elderly"));
    let report = sit(&mut world, home, Some(2));
    assert!(report.read.contains("r:1"));
    assert_eq!(muted(&mut world, home), serde_json::json!(["p:1"]));
    assert_eq!(add(&mut world, home, "爷爷"), 5);
    member(&mut world.homes[home]).set_local(b"family", Some(b"\xff{"));
    world.homes[home].settle().unwrap();
    let report = family(&mut world, home, FamilyDo::Show).unwrap();
    assert_eq!(report, FamilyReport::default());
}
