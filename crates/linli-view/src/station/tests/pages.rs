//! What is asked for by a key: evacuation, refusal lists, units, the day sheet, counted refusals, the call.

use super::*;
use crate::api::{EvacuationBuilding, EvacuationUnit, RingState};

fn inside(unit: &str, n: usize, companions: u8) -> InsideItem {
    InsideItem {
        event: format!("e{n}"),
        since_ms: NOW.ms - 5 * MINUTE,
        label: Some("王*".into()),
        unit: Some(unit.into()).filter(|unit: &String| !unit.is_empty()),
        companions,
        ..InsideItem::default()
    }
}

fn asked(words: &Catalogue, facts: Facts<'_>) -> (String, String, Vec<Line>, Tone) {
    let Panel::Asked {
        title,
        advice,
        lines,
        tone,
    } = station(words, NOW, facts).panel
    else {
        panic!("a list")
    };
    (title, advice, lines, tone)
}

fn texts(lines: &[Line]) -> Vec<&str> {
    lines.iter().map(|line| line.text.as_str()).collect()
}

#[test]
fn the_evacuation_list_goes_by_building_as_the_node_counts_and_leaves_nobody_out() {
    let unit = |unit: &str, n, with| EvacuationUnit {
        unit: unit.into(),
        people: 1 + u64::from(with),
        inside: vec![inside(unit, n, with)],
    };
    let building = |building: &str, units: Vec<EvacuationUnit>| EvacuationBuilding {
        building: building.into(),
        people: units.iter().map(|unit| unit.people).sum(),
        units,
    };
    let three = (0..60).map(|n| unit(&format!("3-1-{n}"), n, u8::from(n == 0)));
    let list = Evacuation {
        people: 63,
        buildings: vec![
            building("", vec![unit("", 98, 0)]),
            building("1", vec![unit("1-1-101", 99, 0)]),
            building("3", three.collect()),
        ],
        as_of_ms: NOW.ms,
    };
    let facts = Facts {
        mode: Mode::Evacuation,
        evacuation: Some(&list),
        ..Facts::default()
    };
    let (title, advice, lines, tone) = asked(&zh(), facts);
    assert_eq!(title, "疏散名单：院内来访 63 人，截至 14:32");
    assert!(advice.contains("不含住户") && tone == Tone::Warn);
    let heads: Vec<&str> = lines
        .iter()
        .filter(|line| line.heading)
        .map(|line| line.text.as_str())
        .collect();
    assert_eq!(heads, ["去向不明：1 人", "1 号楼：1 人", "3 号楼：61 人"]);
    assert_eq!(lines.len() - heads.len(), 62, "nobody is left out");
    assert_eq!(lines[3].text, "1-1-101  王*  今天 14:27 进");
    assert!(texts(&lines).contains(&"3-1-0  王* +1  今天 14:27 进"));
    // Until the node has counted, nothing is claimed.
    let none = Facts {
        evacuation: None,
        ..facts
    };
    let (title, advice, lines, _) = asked(&en(), none);
    assert_eq!(
        (title.as_str(), advice.as_str()),
        ("Evacuation", "Looking…")
    );
    assert!(lines.is_empty());
}

#[test]
fn the_refusal_lists_say_whom_and_by_whom_and_never_why() {
    let line = |id: &str, unit: Option<&str>, name: &str, plate: Option<&str>| RefusalItem {
        id: id.into(),
        unit: unit.map(str::to_owned),
        plate: plate.map(str::to_owned),
        name: Some(name.into()),
        reason: Some("欠钱不还".into()),
        at_ms: NOW.ms,
        mine: false,
    };
    let list = [
        line("l:2", Some("3-1-701"), "赵六", None),
        line("l:1", None, "推销\u{202e}员", Some("京N58K21")),
        line("l:3", Some("3-1-701"), "钱七", None),
    ];
    let facts = |refusals| Facts {
        mode: Mode::Refusals,
        refusals: Some(refusals),
        ..Facts::default()
    };
    let (title, _, lines, _) = asked(&zh(), facts(&list[..]));
    assert_eq!(title, "谢绝名单（3）");
    assert_eq!(
        texts(&lines),
        [
            "全小区不接待",
            "推销员  京N58K21",
            "3-1-701 不接待",
            "赵六",
            "钱七"
        ]
    );
    assert!(!format!("{lines:?}").contains("欠钱"));
    let (_, advice, lines, tone) = asked(&en(), facts(&[]));
    assert_eq!(
        (advice.as_str(), tone),
        ("Nobody is on a list.", Tone::Quiet)
    );
    assert!(lines.is_empty());
}

#[test]
fn a_unit_shows_whom_to_ring_its_cars_and_its_visitors_and_amber_says_what_to_do() {
    let unit = |unit: &str, devices, online, plates: &[&str]| UnitItem {
        unit: unit.into(),
        devices,
        online,
        plates: plates.iter().map(|plate| (*plate).to_owned()).collect(),
    };
    let units = [
        unit("1-1-501", 0, false, &[]),
        unit("2-1-501", 1, false, &[]),
        unit("3-2-501", 2, true, &["京AD12345", "京N58K27"]),
    ];
    let coming = [ExpectedItem {
        label: Some("李*".into()),
        unit: Some("3-2-501".into()),
        from_ms: NOW.ms,
        until_ms: NOW.ms + 60 * MINUTE,
        ..ExpectedItem::default()
    }];
    let here = [inside("3-2-501", 1, 2), inside("9-9-909", 2, 0)];
    let look = |units| Facts {
        mode: Mode::Unit,
        units,
        expected: &coming,
        inside: &here,
        ..Facts::default()
    };
    let (title, _, lines, _) = asked(&zh(), look(Some(("501", &units[..]))));
    assert_eq!(title, "房号含 501：查到 3 户");
    assert_eq!(
        texts(&lines),
        [
            "1-1-501",
            "这户没有设备，呼叫不了：请打电话",
            "2-1-501",
            "设备现在没连上（1 台）：可以按 F3 试，没有人应答就打电话",
            "3-2-501",
            "现在能呼叫（2 台设备）",
            "住户车牌：京AD12345  京N58K27",
            "约了：李* 今天 14:32–15:32",
            "在院内：王* +2 今天 14:27 进",
        ]
    );
    let tones: Vec<Tone> = lines.iter().map(|line| line.tone).collect();
    assert_eq!(
        (tones[1], tones[3], tones[5]),
        (Tone::Warn, Tone::Warn, Tone::Good)
    );
    let (_, advice, lines, tone) = asked(&en(), look(Some(("777", &[]))));
    assert!(advice.starts_with("No such unit: ask again") && tone == Tone::Warn);
    assert!(lines.is_empty());
    let (_, advice, ..) = asked(&en(), look(None));
    assert!(advice.contains("Never names or telephone numbers"));
}

#[test]
fn the_day_sheet_says_where_it_lies_and_to_print_it_now_or_why_it_was_not_saved() {
    let at = Printed::At {
        path: "/srv/gate/文档/当日单-1.pdf".into(),
        expected: 4,
        inside: 2,
        left: Some("/srv/gate/文档/当日单-0.pdf".into()),
    };
    let failed = Printed::Failed {
        reason: "No space left on device".into(),
    };
    let look = |printed| Facts {
        mode: Mode::Sheet,
        printed,
        ..Facts::default()
    };
    let (title, advice, lines, tone) = asked(&zh(), look(Some(&at)));
    assert_eq!((title.as_str(), tone), ("当日单已保存", Tone::Good));
    assert!(advice.starts_with("请现在打印"));
    assert_eq!(lines[0].text, "/srv/gate/文档/当日单-1.pdf");
    assert!(lines[1].text.contains("院内 2，预计到访 4"));
    let (_, advice, _, tone) = asked(&en(), look(Some(&failed)));
    assert!(advice.contains("No space left on device") && advice.contains("Ctrl+P"));
    assert_eq!(tone, Tone::Alert);
}

#[test]
fn counted_refusals_are_said_as_what_they_are() {
    let event: GateEvent = serde_json::from_value(serde_json::json!({
        "id": "e1", "at_ms": NOW.ms, "result": "REFUSED", "count": 480, "code": "E_SIG", "gate": 1,
    }))
    .unwrap();
    let events = [event];
    let facts = Facts {
        events: &events,
        ..Facts::default()
    };
    for (words, said) in [
        (zh(), "不可进入，短时间内共 480 次"),
        (en(), "no entry, 480 times in a short while"),
    ] {
        let recent = &station(&words, NOW, facts).recent[0];
        assert_eq!(recent.word, said);
        assert_eq!((recent.tone, recent.who.as_str()), (Tone::Danger, "E_SIG"));
    }
}

#[test]
fn the_answer_to_a_walk_in_says_how_far_the_call_is() {
    let said = |words: &Catalogue, ring| {
        let answer = GateAnswer {
            result: GateResult::Ask,
            ring: Some(ring),
            until_s: None,
            entry: None,
            ..answer()
        };
        shown(words, Some(&answer), &status())
            .verdict
            .unwrap()
            .call
            .map_or_else(String::new, |(said, _)| said)
    };
    assert!(said(&zh(), RingState::Rings).starts_with("正在呼叫住户"));
    let unreached = said(&en(), RingState::NotReached);
    assert!(unreached.contains("telephone, then decide"), "{unreached}");
    assert_eq!(said(&en(), RingState::Other), "");
}

#[test]
fn the_calls_of_a_gate_say_to_whom_since_when_and_what_was_said_the_newest_first() {
    let call = |event: &str, ago: u64, state| {
        let mut ring = crate::samples::call(event, NOW.ms - ago * MINUTE);
        ring.state = state;
        ring
    };
    let mut resident = call("e:1", 20, RingState::Refuse);
    (resident.resident, resident.name) = (true, Some("老王\u{202e}".into()));
    let list = [
        resident,
        call("e:2", 3, RingState::NoAnswer),
        call("e:3", 9, RingState::Admit),
    ];
    let facts = |rings| Facts {
        mode: Mode::Calls,
        rings,
        ..Facts::default()
    };
    let (title, advice, lines, tone) = asked(&zh(), facts(&list[..]));
    assert_eq!((title.as_str(), tone), ("呼叫住户（3）", Tone::Warn));
    assert!(advice.contains("由您决定"));
    assert_eq!(
        texts(&lines),
        [
            "今天 14:29  3-2-501  老周，同行还有 1 人  没有人回答，请您决定",
            "今天 14:23  3-2-501  老周，同行还有 1 人  住户说：可以进来",
            "今天 14:12  3-2-501  老王，同行还有 1 人  自称是住户，没带卡  住户说：不要放进来",
        ]
    );
    assert_eq!(
        lines.iter().map(|line| line.tone).collect::<Vec<_>>(),
        [Tone::Warn, Tone::Good, Tone::Danger]
    );
    let (_, advice, lines, tone) = asked(&en(), facts(&[]));
    assert!(advice.contains("F3") && lines.is_empty());
    assert_eq!(tone, Tone::Quiet);
}
