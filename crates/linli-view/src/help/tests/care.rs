//! The daily "I am fine" and the numbers as text.

use super::*;

#[test]
fn the_daily_button_says_by_when_who_sees_it_and_that_it_is_said() {
    let mut model = model();
    assert!(
        fine(&zh(), NOW, &model).is_none(),
        "only for those who want it"
    );
    model.help.mine = Care {
        helpers: vec!["3-2-502".into()],
        minute: Some(9 * 60),
        last_ms: Some(NOW.ms - DAY),
    };
    let before = fine(&zh(), NOW, &model).unwrap();
    assert_eq!(before.note, "每天 09:00 前按一下。没按，3-2-502 会看到。");
    assert!(!before.done && before.daily);
    model.help.mine.last_ms = Some(NOW.ms - HOUR);
    let after = fine(&zh(), NOW, &model).unwrap();
    assert!(
        after.done && after.note.starts_with("今天 13:32 已报平安"),
        "{}",
        after.note
    );
    model.help.calls = vec![own(NOW.ms)];
    assert!(
        fine(&zh(), NOW, &model).is_none(),
        "nobody calls and is fine"
    );
    model.help.calls.clear();
    model.help.missed = vec![
        MissedItem {
            unit: "3-1-201".into(),
            due_ms: NOW.ms - 5 * HOUR,
            last_ms: Some(NOW.ms - 30 * HOUR),
        },
        MissedItem {
            unit: "5-1-101".into(),
            due_ms: NOW.ms - HOUR,
            last_ms: None,
        },
    ];
    let rows = missed(&en(), NOW, &model);
    assert_eq!(
        rows[0].text,
        "3-1-201 had not said by today 09:32 that all is well, as far as this computer knows; the last time was yesterday 08:32."
    );
    assert!(rows[1].text.ends_with("it never has.") && rows[1].todo.contains("knock"));
    assert_eq!(crate::home::home(&zh(), NOW, &model).missed.len(), 2);
}

fn care_form(model: &Model, helpers: &str, time: &str, agreed: bool) -> CareForm {
    let state = HelpState {
        care: Some(CareDraft {
            helpers: helpers.into(),
            time: time.into(),
            agreed,
            tried: true,
        }),
        ..HelpState::default()
    };
    page(&zh(), NOW, model, &state).care.unwrap().form.unwrap()
}

#[test]
fn nothing_is_set_without_consent_a_neighbour_and_a_time_that_can_be_read() {
    let model = model();
    let ready = care_form(&model, " 3-2-502， 4-1-101、3-2-502 ", "9点半", true).ready;
    let units = vec!["3-2-502".to_owned(), "4-1-101".to_owned()];
    assert_eq!(ready, Some((units, Some(570))));
    assert_eq!(
        care_form(&model, "3-2-502", "", true).ready,
        Some((vec!["3-2-502".into()], None))
    );
    assert_eq!(
        care_form(&model, "3-2-502", "24:00", true).ready.unwrap().1,
        Some(0)
    );
    let refused = care_form(&model, "3-2-502", "9:00", false);
    assert!(refused.ready.is_none() && refused.agree_problem.is_some());
    for (helpers, time) in [
        ("", "9:00"),
        ("3-2-501", "9:00"),
        ("3-2-502", "早上"),
        ("1-1-1 1-1-2 1-1-3 1-1-4 1-1-5 1-1-6 1-1-7 1-1-8 1-1-9", ""),
    ] {
        let form = care_form(&model, helpers, time, true);
        assert!(form.ready.is_none(), "{helpers} {time}");
        assert!(form.helpers.problem.is_some() || form.time.problem.is_some());
    }
}

#[test]
fn numbers_stand_before_the_node_has_said_any_and_an_office_gives_out_its_own() {
    let mut model = model();
    let bare = numbers(&zh(), NOW, &model, &HelpState::default());
    assert_eq!((bare.state.len(), bare.edit.as_ref()), (3, None));
    assert!(bare.offices_none.is_some());
    let me = model.status.as_mut().unwrap().me.as_mut().unwrap();
    (me.kind, me.name) = (PrincipalKind::Office, "居委会".into());
    model.phones = vec![
        PhoneItem {
            office: Some("居委会".into()),
            label: "值班室".into(),
            number: "010-6666 0001".into(),
            at_ms: Some(NOW.ms),
        },
        PhoneItem {
            office: Some("物业".into()),
            label: "报修".into(),
            number: "139".into(),
            at_ms: None,
        },
    ];
    let shown = numbers(&zh(), NOW, &model, &HelpState::default());
    assert!(shown.edit.is_some() && shown.offices.len() == 2);
    assert!(
        shown.offices[0].by.starts_with("居委会，11月22日"),
        "{:?}",
        shown.offices
    );
    let draft = PhonesDraft::of(&model);
    assert_eq!(draft.lines, "值班室: 010-6666 0001", "its own alone");
    let form = |lines: &str| {
        let state = HelpState {
            phones: Some(PhonesDraft {
                lines: lines.into(),
                tried: true,
            }),
            ..HelpState::default()
        };
        numbers(&zh(), NOW, &model, &state).form.unwrap()
    };
    let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(
        form("值班室：010-6666 0001\n\n3号楼门卫: 139\n报修 139 0000 0023")
            .ready
            .unwrap(),
        [
            pair("值班室", "010-6666 0001"),
            pair("3号楼门卫", "139"),
            pair("报修", "139 0000 0023")
        ]
    );
    let wrong = form("值班室 139\n报修");
    assert!(wrong.ready.is_none() && wrong.lines.problem.unwrap().contains("第 2 行"));
    assert!(
        form(&"a: 1\n".repeat(13))
            .lines
            .problem
            .unwrap()
            .contains("12")
    );
    assert_eq!(form("").ready, Some(Vec::new()), "taken back");
}
