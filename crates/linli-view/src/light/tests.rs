//! The rules of the light, and that green never lies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::api::Progress;
use crate::samples::{HOUR, MINUTE, NOW, en, zh};
use proptest::prelude::*;

fn facts() -> SyncFacts {
    SyncFacts {
        online: 3,
        heard_ms: Some(NOW.ms - MINUTE),
        ..SyncFacts::default()
    }
}

#[test]
fn each_state_of_the_sync_has_its_light_and_its_sentence() {
    let some = |done, total| Some(Progress { done, total });
    for (facts, want, chinese, english) in [
        (facts(), Light::Green, "已送达", "Delivered"),
        (
            SyncFacts {
                undelivered: 1,
                ..facts()
            },
            Light::Grey,
            "已保存，等邻居 1 条",
            "Saved; 1 waiting for a neighbour",
        ),
        (
            SyncFacts {
                progress: some(12, 40),
                ..facts()
            },
            Light::Blue,
            "正在同步 12/40",
            "Syncing 12/40",
        ),
        (
            SyncFacts {
                progress: some(40, 40),
                ..facts()
            },
            Light::Green,
            "已送达",
            "Delivered",
        ),
        (
            SyncFacts {
                paused: true,
                undelivered: 4,
                ..facts()
            },
            Light::Grey,
            "已暂停收发",
            "Paused",
        ),
        (
            SyncFacts::default(),
            Light::Yellow,
            "只有我一台",
            "Only this computer",
        ),
        (
            SyncFacts {
                online: 0,
                heard_ms: Some(NOW.ms - 3 * HOUR),
                ..facts()
            },
            Light::Grey,
            "已保存，今天 11:32 起没听到邻居",
            "Saved; nobody heard since today 11:32",
        ),
        (
            SyncFacts {
                heard_ms: Some(NOW.ms - 25 * HOUR),
                ..facts()
            },
            Light::Yellow,
            "只有我一台",
            "Only this computer",
        ),
        (
            SyncFacts {
                trouble: Some(Trouble::DiskFull),
                ..facts()
            },
            Light::Red,
            "需要处理",
            "Needs you",
        ),
    ] {
        assert_eq!(light(&facts, NOW.ms), want, "{facts:?}");
        assert_eq!(view(&zh(), NOW, &facts).words, chinese);
        assert_eq!(view(&en(), NOW, &facts).words, english);
        assert!(!view(&en(), NOW, &facts).detail.is_empty());
    }
}

#[test]
fn green_fades_to_grey_by_itself_when_nobody_is_heard_any_more() {
    let facts = facts();
    assert_eq!(light(&facts, NOW.ms), Light::Green);
    assert_eq!(light(&facts, NOW.ms + 4 * MINUTE), Light::Grey);
    assert_eq!(light(&facts, NOW.ms + 24 * HOUR), Light::Yellow);
}

#[test]
fn a_clock_set_back_does_not_keep_an_old_meeting_fresh() {
    let facts = SyncFacts {
        heard_ms: Some(NOW.ms + HOUR),
        ..facts()
    };
    assert_ne!(light(&facts, NOW.ms), Light::Green);
}

proptest! {
    #[test]
    fn green_is_forbidden_when_nobody_was_heard_lately_or_something_waits(
        online in 0_u32..5, heard in proptest::option::of(any::<u64>()), undelivered in 0_u32..3, done in 0_u64..5,
        total in 0_u64..5, paused in any::<bool>(), now in any::<u64>(),
    ) {
        let facts = SyncFacts { online, heard_ms: heard, undelivered, progress: Some(Progress { done, total }), paused, trouble: None };
        if light(&facts, now) == Light::Green {
            prop_assert!(heard.is_some_and(|ms| ms.abs_diff(now) < HEARD_WITHIN_MS));
            prop_assert!(undelivered == 0 && !paused && done >= total);
        }
    }
}
