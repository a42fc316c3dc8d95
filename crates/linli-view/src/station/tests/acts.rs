//! What Enter does in every mode, and the second step before what is dangerous.

use super::*;

fn on_duty() -> GateStatus {
    status()
}

fn event(id: &str, result: GateMark, gate: u8, corrected: bool) -> GateEvent {
    GateEvent {
        id: id.into(),
        at_ms: NOW.ms - 2 * MINUTE,
        result,
        code: None,
        count: None,
        gate,
        corrected,
        label: Some("李*".into()),
        unit: Some("3-2-501".into()),
        plate: None,
    }
}

fn enter(mode: Mode, typed: &str) -> Option<Intent> {
    let facts = Facts {
        mode,
        typed,
        ..Facts::default()
    };
    entered(&zh(), &facts)
}

#[test]
fn enter_means_what_the_field_takes() {
    let exit = |plate: Option<&str>, code: Option<&str>| {
        Some(Intent::Guard(GuardAct::Exit {
            event: None,
            plate: plate.map(str::to_owned),
            code: code.map(str::to_owned),
        }))
    };
    assert_eq!(
        enter(Mode::Exit, " 京AD12345 "),
        exit(Some("京AD12345"), None)
    );
    assert_eq!(
        enter(Mode::Exit, "4821-0376"),
        exit(None, Some("4821-0376"))
    );
    let walk_in = |unit: &str, name: Option<&str>| {
        Some(Intent::WalkIn {
            unit: unit.into(),
            name: name.map(str::to_owned),
            companions: 0,
            courier: name == Some("送货/快递"),
            resident: false,
            plate: None,
        })
    };
    // Where the unit ends and the name begins the node knows.
    for typed in ["3-2-501", "3-2-501 老 周", "3号楼 2单元 501 老周"] {
        let said = enter(Mode::WalkIn, &format!(" {typed} "));
        assert_eq!(said, walk_in(typed, None));
    }
    assert_eq!(
        enter(Mode::Delivery, "3-2-501"),
        walk_in("3-2-501", Some("送货/快递"))
    );
    assert_eq!(
        enter(Mode::Badge, "08"),
        Some(Intent::Guard(GuardAct::HandOver { badge: "08".into() }))
    );
    let picture = Intent::Picture {
        path: "/media/usb/pass.png".into(),
    };
    assert_eq!(enter(Mode::Picture, "/media/usb/pass.png "), Some(picture));
    for mode in Mode::KEYED {
        assert_eq!(enter(mode, "  "), None, "{mode:?}");
    }
}

#[test]
fn a_pass_typed_by_a_gun_is_a_pass_wherever_the_cursor_is() {
    for mode in Mode::KEYED.into_iter().filter(|mode| !mode.is_choice()) {
        let Some(Intent::Scan(scan)) = enter(mode, "LL1:6BFOXN") else {
            panic!("{mode:?}")
        };
        assert_eq!(
            (scan.kind, scan.value.as_str()),
            (ScanKind::Text, "LL1:6BFOXN")
        );
    }
}

#[test]
fn a_pass_typed_behind_what_was_half_typed_into_a_field_is_the_pass_alone() {
    for mode in Mode::KEYED.into_iter().filter(|mode| mode.is_field()) {
        for half in ["3-2", "京AD", "L", "LL"] {
            let Some(Intent::Scan(scan)) = enter(mode, &format!("{half}LL1:6BFOXN")) else {
                panic!("{mode:?} {half}")
            };
            assert_eq!(scan.value, "LL1:6BFOXN", "{mode:?} {half}");
        }
    }
}

#[test]
fn a_resident_without_a_card_and_a_car_without_a_pass_are_said_to_the_node() {
    let look = |mode, typed| Facts {
        mode,
        typed,
        companions: 1,
        lane_plate: Some("京N58K27"),
        ..Facts::default()
    };
    let Some(Intent::WalkIn {
        unit,
        name,
        resident,
        courier,
        plate,
        companions,
    }) = entered(&zh(), &look(Mode::Resident, "3-2-501 老王"))
    else {
        panic!("a walk-in")
    };
    assert_eq!((unit.as_str(), name.as_deref()), ("3-2-501 老王", None));
    assert!(resident && !courier);
    assert_eq!((plate.as_deref(), companions), (Some("京N58K27"), 1));
    let visitor = entered(&zh(), &look(Mode::WalkIn, "3-2-501"));
    assert!(
        matches!(
            &visitor,
            Some(Intent::WalkIn { resident: false, plate: Some(plate), .. }) if plate == "京N58K27"
        ),
        "{visitor:?}"
    );
    let here = station(&zh(), NOW, look(Mode::Resident, "")).entry;
    let lit: Vec<&str> = here
        .modes
        .iter()
        .filter(|one| one.here)
        .map(|one| one.word.as_str())
        .collect();
    assert_eq!(lit, ["F3 临时来访"]);
    assert!(here.prompt.contains("没带卡的住户"));
}

#[test]
fn companions_and_the_plate_seen_go_along_with_a_pass_and_are_shown() {
    let facts = Facts {
        typed: "LL1:6BFOXN",
        companions: 2,
        lane_plate: Some("京N58K27"),
        ..Facts::default()
    };
    let Some(Intent::Scan(scan)) = entered(&zh(), &facts) else {
        panic!("a scan")
    };
    assert_eq!(
        (scan.companions, scan.lane_plate.as_deref()),
        (2, Some("京N58K27"))
    );
    let along = station(&zh(), NOW, facts).entry.along;
    assert_eq!(along, "同行 2 人（↑↓ 加减） · 看到的车牌 京N58K27");
    // A plate that is checked for itself has no second one.
    let plate = Facts {
        mode: Mode::Plate,
        typed: "京AD12345",
        ..facts
    };
    let Some(Intent::Scan(scan)) = entered(&zh(), &plate) else {
        panic!("a scan")
    };
    assert_eq!(scan.lane_plate, None);
}

#[test]
fn digits_after_the_gate_asked_are_a_pin_and_a_pass_is_still_a_pass() {
    assert!(matches!(enter(Mode::Pin, "482103"), Some(Intent::Pin(pin)) if pin.0 == "482103"));
    assert!(matches!(
        enter(Mode::Pin, "LL1:6BFOXN"),
        Some(Intent::Scan(_))
    ));
    assert!(
        matches!(enter(Mode::Pin, "4821-0376"), Some(Intent::Scan(scan)) if scan.kind == ScanKind::Code)
    );
    let shown = format!("{:?}", enter(Mode::Pin, "482103"));
    assert!(!shown.contains("482103"), "{shown}");
}

#[test]
fn opening_for_everybody_takes_a_reason_and_a_second_key_and_shutting_one() {
    let (duty, off) = (
        on_duty(),
        GateStatus {
            badge: None,
            ..status()
        },
    );
    let look = |status, chosen| Facts {
        status: Some(status),
        mode: Mode::OpenAll,
        chosen,
        ..Facts::default()
    };
    let first = station(&zh(), NOW, look(&duty, None)).entry;
    assert_eq!(first.choices.len(), 3);
    assert_eq!(first.confirm, None);
    assert_eq!(
        entered(&zh(), &look(&duty, None)),
        None,
        "Enter alone opens nothing"
    );
    let second = station(&zh(), NOW, look(&duty, Some(1))).entry;
    assert_eq!(
        second.confirm.as_deref(),
        Some("对所有人开门，原因：火警。会写进记录。按回车开门，按 Esc 放弃。")
    );
    assert_eq!(
        entered(&zh(), &look(&duty, Some(1))),
        Some(Intent::Guard(GuardAct::OpenAll {
            reason: "火警".into(),
            badge: "07".into()
        }))
    );
    assert_eq!(entered(&zh(), &look(&duty, Some(4))), None);
    assert_eq!(
        entered(&zh(), &look(&off, Some(1))),
        None,
        "nobody is on duty"
    );
    assert_eq!(
        station(&zh(), NOW, look(&off, Some(1))).entry.prompt,
        "先按 F6 登记工号。"
    );
    let open = GateStatus {
        open_all: true,
        ..on_duty()
    };
    let shown = station(&en(), NOW, look(&open, None));
    assert!(shown.entry.choices.is_empty() && shown.entry.confirm.is_some());
    assert!(
        shown
            .fresh
            .iter()
            .any(|line| line.tone == Tone::Alert && line.text.contains("F9"))
    );
    assert_eq!(
        entered(&en(), &look(&open, None)),
        Some(Intent::Guard(GuardAct::CloseAll { badge: "07".into() }))
    );
}

#[test]
fn a_wrong_click_is_chosen_by_number_read_back_and_only_then_taken_back() {
    let (duty, events) = (
        on_duty(),
        [
            event("e5", GateMark::Exit, 1, false),
            event("e4", GateMark::Ask, 1, false),
            event("e3", GateMark::Exit, 2, false),
            event("e2", GateMark::Exit, 1, true),
            event("e1", GateMark::Override, 1, false),
        ],
    );
    let look = |chosen| Facts {
        status: Some(&duty),
        events: &events,
        mode: Mode::Correct,
        chosen,
        ..Facts::default()
    };
    let first = station(&zh(), NOW, look(None)).entry;
    let lines: Vec<&str> = first
        .choices
        .iter()
        .map(|(_, line)| line.as_str())
        .collect();
    assert_eq!(
        lines,
        [
            "今天 14:30 离开 李* 3-2-501",
            "今天 14:30 值班员放行 李* 3-2-501"
        ],
        "another gate's lines, what was taken back, and what nobody clicked are not offered"
    );
    let second = station(&zh(), NOW, look(Some(2))).entry;
    assert!(second.confirm.unwrap().contains("值班员放行"));
    assert_eq!(
        entered(&zh(), &look(Some(2))),
        Some(Intent::Guard(GuardAct::Correct {
            event: "e1".into(),
            reason: "点错了".into(),
            badge: "07".into()
        }))
    );
    for chosen in [None, Some(0), Some(3)] {
        assert_eq!(entered(&zh(), &look(chosen)), None);
    }
    let recent = station(&zh(), NOW, look(None)).recent;
    assert_eq!(recent[3].word, "离开（已更正）");
}

#[test]
fn incidents_say_who_where_and_the_how_many_th_time() {
    let one = crate::api::IncidentItem {
        pass: "k3v9".into(),
        label: Some("李*".into()),
        unit: Some("3-2-501".into()),
        entries: 1,
        number: 2,
        at_ms: NOW.ms,
        gate: 2,
        by_guard: true,
    };
    let facts = |incidents| Facts {
        incidents,
        mode: Mode::Incidents,
        ..Facts::default()
    };
    let all = [one];
    let Panel::Asked {
        title,
        advice,
        lines,
        ..
    } = station(&en(), NOW, facts(&all)).panel
    else {
        panic!("a list")
    };
    assert_eq!(title, "Passes used too often (1)");
    assert!(advice.contains("Call the household"));
    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(
        lines,
        ["today 14:32 gate 2 李* 3-2-501: entry 2, only 1 allowed (let in by the guard)"]
    );
    let Panel::Asked { advice, .. } = station(&zh(), NOW, facts(&[])).panel else {
        panic!("a list")
    };
    assert_eq!(advice, "没有用超次数的码。");
}

#[test]
fn a_guard_who_is_asked_is_always_told_what_to_do() {
    let bare = GateAnswer {
        result: GateResult::Ask,
        sentence_zh: String::new(),
        sentence_en: " ".into(),
        ..answer()
    };
    for words in [zh(), en()] {
        let told = shown(&words, Some(&bare), &status()).verdict.unwrap();
        assert!(!told.sentence.is_empty());
    }
}

#[test]
fn every_key_is_one_action_and_every_capability_has_words() {
    let mut keys: Vec<&str> = Mode::KEYED.into_iter().map(Mode::key).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Mode::KEYED.len());
    for words in [zh(), en()] {
        for can in CAPABILITIES {
            assert!(words.has(can.word), "{}", can.word);
        }
    }
    // No mode of the station is outside of the table.
    for mode in Mode::KEYED {
        assert!(
            CAPABILITIES
                .iter()
                .any(|can| can.reach == Reach::Mode(mode)),
            "{mode:?}"
        );
    }
}

#[test]
fn the_guide_lists_what_the_table_lists() {
    let page = guide(&zh(), &en());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap();
    let file = root.join("docs/guide/gate-keys.md");
    if std::env::var_os("LINLI_WRITE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == page,
        "docs/guide/gate-keys.md is old: LINLI_WRITE=1 cargo test -p linli-view the_guide"
    );
}
