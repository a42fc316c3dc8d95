//! The sheet says everything the gate told, in both languages, and nothing it was not told.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::samples::{NOW, en, zh};
use serde_json::json;

/// As the node answers; what it must not say is left out by the types.
fn told() -> GateSheet {
    serde_json::from_value(json!({
        "status": {"no": 1, "name": "东门", "clock": "DRIFT", "cancels_as_of_ms": NOW.ms - 3_600_000},
        "expected": [
            {"label": "王*", "unit": "3-2-501", "from_ms": NOW.ms, "until_ms": NOW.ms + 14_400_000,
                "entries": 2, "used": 1, "companions": 2, "windows": 0, "phone": "13800000000"},
            {"label": "刘阿姨", "unit": "1-1-101", "from_ms": NOW.ms, "until_ms": NOW.ms + 99_000_000,
                "entries": 0, "used": 0, "windows": 2, "hours": [[0b1_0101, 540, 690], [127, 840, 1080]]},
            {"label": "陈师傅", "unit": "1-1-102", "from_ms": NOW.ms, "until_ms": NOW.ms + 99_000_000,
                "entries": 0, "used": 0, "windows": 3, "plate": "京Q88B26"},
        ],
        "inside": [{"event": "e1", "label": "老周", "unit": "3-2-501", "since_ms": NOW.ms, "overstayed_s": 60,
            "until_ms": NOW.ms}],
        "refused": [{"id": "l:1", "name": "推销员", "unit": "3-1-701"}, {"id": "l:2", "plate": "京N58K21"}],
    }))
    .unwrap()
}

#[test]
fn helpers_stand_with_their_days_and_hours_apart_from_guests() {
    let sheet = sheet(&zh(), NOW, &told());
    let [inside, once, regular, plates, refused] = &sheet.tables[..] else {
        panic!("{} tables", sheet.tables.len());
    };
    assert_eq!(inside.rows[0][1], "老周");
    assert!(inside.rows[0][4].contains("超时"), "{:?}", inside.rows);
    assert_eq!(once.rows.len(), 1);
    assert_eq!(
        (once.rows[0][1].as_str(), once.rows[0][4].as_str()),
        ("王* +2", "1")
    );
    assert_eq!(
        regular.rows[0][2],
        "周一 周三 周五 09:00–11:30\n每天 14:00–18:00"
    );
    assert!(regular.rows[1][2].contains('3'), "{:?}", regular.rows[1]);
    assert_eq!(plates.rows[0][0], "京Q88B26");
    assert_eq!(refused.rows[0][2], "3-1-701");
    assert_eq!(refused.rows[1][2], "全小区");
    assert!(!refused.ticked && inside.ticked);
    assert!(!format!("{sheet:?}").contains("13800000000"));
    assert_eq!(sheet.file_name, "当日单-1-2026-11-22-1432.pdf");
}

#[test]
fn freshness_and_a_doubtful_clock_are_said_first_in_both_languages() {
    for (words, parts) in [
        (zh(), ["11月22日 周日 13:32", "不知道", "核对"]),
        (en(), ["13:32", "does not know", "compared"]),
    ] {
        let sheet = sheet(&words, NOW, &told());
        let lines = sheet.lines.join("\n");
        for part in parts {
            assert!(lines.contains(part), "{part} in {lines}");
        }
        assert!(sheet.title.contains("东门") && !format!("{sheet:?}").contains('⟦'));
        let never = GateSheet {
            status: GateStatus::default(),
            ..told()
        };
        let never = self::sheet(&words, NOW, &never).lines.join("\n");
        assert!(never.contains(&words.say("sheet-cancels-never")), "{never}");
    }
}
