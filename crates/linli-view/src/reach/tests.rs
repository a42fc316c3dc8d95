//! What an office sees of its notice's reach.

use super::*;
use crate::api::{ReachOpen, ReachPoint};
use crate::samples;
use crate::words::Lang;

fn now() -> Now {
    Now {
        ms: 1_795_329_120_000,
        offset_min: 480,
    }
}

fn count(of: u32, reached: u32, confirmed: u32, told: u32) -> ReachCount {
    ReachCount {
        of,
        reached,
        confirmed,
        told,
        settled: confirmed + told,
        not_heard: 2,
        no_device: 3,
    }
}

fn report() -> ReachReport {
    let building = |name: &str| ReachBuilding {
        building: name.into(),
        count: count(50, 20, 10, 5),
    };
    let open = |n: usize| ReachOpen {
        unit: format!("3-1-{n}"),
        state: "no-device".into(),
    };
    ReachReport {
        id: "ntc000".into(),
        as_of_ms: now().ms,
        all: count(100, 40, 20, 10),
        vacant: 7,
        asks: true,
        reminded_ms: vec![1],
        buildings: vec![building("3"), building("A")],
        open: (0..70).map(open).collect(),
        ..ReachReport::default()
    }
}

fn shown(item: &NoticeItem, report: Option<&ReachReport>, asking: bool) -> Option<OfficePanel> {
    panel(&Catalogue::of(Lang::ZhCn), now(), item, report, asking)
}

fn ours() -> NoticeItem {
    let mut item = samples::notice("ntc000");
    item.ours = true;
    item.corrected_by = None;
    item
}

#[test]
fn nobody_but_its_office_sees_whom_a_notice_reached() {
    let report = report();
    assert_eq!(
        shown(&samples::notice("ntc000"), Some(&report), false),
        None
    );
    assert!(shown(&ours(), Some(&report), false).is_some());
}

#[test]
fn counts_say_as_of_when_and_of_how_many_and_are_of_this_notice() {
    let panel = shown(&ours(), Some(&report()), false).unwrap();
    for part in [
        "14:32",
        "100 户",
        "至少已通知到 40 户",
        "20 户已确认",
        "10 户当面",
    ] {
        assert!(panel.lines[0].contains(part), "{part}: {}", panel.lines[0]);
    }
    assert!(panel.lines[1].contains("空置") && panel.lines[1].contains('7'));
    let names: Vec<_> = panel.bars.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(names, ["合计", "3号楼", "A"]);
    assert_eq!(
        (
            panel.bars[0].settled,
            panel.bars[0].reached,
            panel.bars[0].of
        ),
        (30, 40, 100)
    );
    assert_eq!(
        (panel.doors.len(), panel.doors_more.contains("10")),
        (DOORS_MAX, true)
    );
    // Another notice's report is not shown here.
    let mut other = report();
    other.id = "ntc002".into();
    let panel = shown(&ours(), Some(&other), false).unwrap();
    assert!(panel.bars.is_empty() && panel.doors.is_empty() && panel.remind.is_none());
}

#[test]
fn reminding_is_offered_while_it_can_help() {
    let offered = |change: &dyn Fn(&mut ReachReport)| {
        let mut report = report();
        change(&mut report);
        shown(&ours(), Some(&report), false)
            .unwrap()
            .remind
            .is_some()
    };
    let one = |r: &mut ReachReport| r.open[0].state = "delivered".into();
    assert!(offered(&one));
    // Who has no computer is knocked at, not asked.
    assert!(!offered(&|_| {}));
    assert!(!offered(&|r| {
        one(r);
        r.asks = false;
    }));
    assert!(!offered(&|r| {
        one(r);
        r.reminded_ms = vec![1, 2, 3];
    }));
}

#[test]
fn reminding_again_waits_five_minutes_and_says_how_long() {
    let after = |ms: u64| {
        let mut report = report();
        report.open[0].state = "delivered".into();
        report.reminded_ms = vec![now().ms - ms];
        shown(&ours(), Some(&report), false)
            .unwrap()
            .remind
            .unwrap()
    };
    for (ms, minutes) in [
        (0, "5分钟"),
        (1, "5分钟"),
        (60_000, "4分钟"),
        (299_999, "1分钟"),
    ] {
        let one = after(ms);
        assert_eq!(one.waits_ms, Some(300_000 - ms));
        assert!(one.word.contains(minutes), "{}", one.word);
    }
    let ready = after(300_000);
    assert_eq!((ready.waits_ms, ready.word.contains("分钟")), (None, false));
    // One that this computer's clock has still before it.
    let mut report = report();
    report.open[0].state = "delivered".into();
    report.reminded_ms = vec![u64::MAX];
    let one = shown(&ours(), Some(&report), false).unwrap().remind;
    assert!(one.is_some_and(|one| one.waits_ms.is_some()));
}

#[test]
fn what_is_taken_back_or_corrected_is_not_taken_back_again() {
    let mut item = ours();
    item.corrected_by = Some("ntc002".into());
    let panel = shown(&item, Some(&report()), true).unwrap();
    assert_eq!(
        (panel.correct, panel.retract, panel.ask, panel.remind),
        (None, None, None, None)
    );
    let asked = shown(&ours(), Some(&report()), true).unwrap();
    assert!(asked.ask.is_some());
}

fn point(hours: u64, reached: u32, read: u32, settled: u32) -> ReachPoint {
    ReachPoint {
        until_ms: now().ms - 9 * 3_600_000 + hours * 3_600_000,
        reached,
        read,
        settled,
    }
}

#[test]
fn how_it_spread_is_a_picture_and_all_of_it_is_said_in_words_too() {
    let mut report = report();
    report.published_ms = now().ms - 9 * 3_600_000;
    report.spread = vec![
        point(1, 12, 7, 3),
        point(2, 31, 20, 9),
        point(3, 40, 25, 30),
    ];
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        let made = panel(&words, now(), &ours(), Some(&report), false).unwrap();
        let spread = made.spread.unwrap();
        assert!(!format!("{spread:?}").contains('⟦'), "{spread:?}");
        assert_eq!((spread.of, spread.columns.len()), (100, 3));
        assert_eq!(spread.columns[0].label, "06:32");
        assert!(
            spread.said.contains("12") && spread.said.contains("40"),
            "{}",
            spread.said
        );
        let lines: Vec<&str> = spread.name.lines().collect();
        assert_eq!(lines.len(), 4, "{}", spread.name);
        for (line, numbers) in
            lines[1..]
                .iter()
                .zip([["12", "7", "3"], ["31", "20", "9"], ["40", "25", "30"]])
        {
            assert!(numbers.iter().all(|n| line.contains(n)), "{line}");
        }
    }
}

#[test]
fn over_days_the_columns_are_named_by_their_day_and_before_anybody_was_reached_there_are_none() {
    let mut report = report();
    report.published_ms = now().ms - 80 * 3_600_000;
    report.spread = vec![point(0, 500, 1, 1)];
    let made = shown(&ours(), Some(&report), false)
        .unwrap()
        .spread
        .unwrap();
    assert!(
        made.columns[0].label.contains('月'),
        "{}",
        made.columns[0].label
    );
    assert_eq!(made.columns[0].reached, 100, "never more than there are");
    report.spread.clear();
    assert_eq!(shown(&ours(), Some(&report), false).unwrap().spread, None);
}
