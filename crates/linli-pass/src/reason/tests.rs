//! Every code has a sentence in both languages, and the sentences name what the guard needs.

#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::grant::GrantError;
use crate::testing::{DAY, HOUR, MONDAY};
use linli_base::cbor::CborError;
use std::collections::BTreeSet;

fn plate(text: &str) -> Plate {
    Plate::parse(text).unwrap()
}

/// One reason at least for each variant, with its parameters.
fn all() -> Vec<Reason> {
    let at = UnixSec(MONDAY + 41 * 60);
    let private = |t: &str| Private::new(t.to_owned());
    let mut all = vec![
        Reason::Admit {
            entry: None,
            unheard: false,
        },
        Reason::Admit {
            entry: Some((1, 2)),
            unheard: true,
        },
        Reason::NoPass,
        Reason::CodeTwice,
        Reason::HolderBound,
        Reason::KeyUnknown,
        Reason::IssuerUnknown,
        Reason::WeakKey,
        Reason::Sig,
        Reason::Role,
        Reason::Held { before: true },
        Reason::Held { before: false },
        Reason::Revoked,
        Reason::Retired,
        Reason::Iss,
        Reason::Aud { gates: vec![] },
        Reason::Aud { gates: vec![2, 7] },
        Reason::NotYet {
            from: at,
            of: Of::Pass,
        },
        Reason::NotYet {
            from: at,
            of: Of::Certificate,
        },
        Reason::Expired {
            since: at,
            of: Of::Pass,
            by_floor: false,
        },
        Reason::Expired {
            since: at,
            of: Of::Pass,
            by_floor: true,
        },
        Reason::Expired {
            since: at,
            of: Of::Certificate,
            by_floor: false,
        },
        Reason::TooLong {
            life_s: 240 * HOUR,
            max_s: 72 * HOUR,
        },
        Reason::Window {
            next: Some(UnixSec(MONDAY + DAY + 2 * HOUR)),
        },
        Reason::Window { next: None },
        Reason::Gate { gates: vec![2] },
        Reason::Cancelled {
            at: Some(at),
            all: false,
        },
        Reason::Cancelled {
            at: None,
            all: true,
        },
        Reason::Plate {
            granted: plate("京N58K21"),
            seen: Some(private("京N58K27")),
        },
        Reason::Plate {
            granted: plate("京N58K21"),
            seen: None,
        },
        Reason::Used {
            at: Some(at),
            gate: Some(1),
            entries: 1,
        },
        Reason::Used {
            at: None,
            gate: None,
            entries: 3,
        },
        Reason::Away {
            home: 2,
            took_over: false,
        },
        Reason::Away {
            home: 1,
            took_over: true,
        },
        Reason::Companions {
            granted: 1,
            seen: 3,
        },
        Reason::Pin(PinFault::Missing),
        Reason::Pin(PinFault::Wrong { left: 2 }),
        Reason::Pin(PinFault::Wrong { left: 1 }),
        Reason::Pin(PinFault::Wrong { left: 0 }),
        Reason::Pin(PinFault::Locked { wait_s: 61 }),
        Reason::Pin(PinFault::NoMemory),
        Reason::Clock,
        Reason::Stale { age_s: 14_580 },
        Reason::Stale { age_s: u64::MAX },
        Reason::Log,
        Reason::Listed { estate: true },
        Reason::Listed { estate: false },
        Reason::PlateUnknown {
            read: private("津C66018"),
        },
        Reason::PlateNear {
            read: plate("京Q88826"),
            booked: plate("京Q88B26"),
            near: Some(Near::LookAlike),
        },
        Reason::PlateNear {
            read: plate("京Q88K26"),
            booked: plate("京Q88B26"),
            near: Some(Near::OneEdit),
        },
        Reason::PlateNear {
            read: plate("京Q88B26"),
            booked: plate("京Q88B26"),
            near: None,
        },
        Reason::Inside { since: at },
        Reason::CodeUnknown,
        Reason::CodeLocked { wait_s: 40 },
        Reason::Repeat(Box::new(Reason::Admit {
            entry: Some((1, 1)),
            unheard: false,
        })),
    ];
    let tokens = [
        TokenError::Long,
        TokenError::Prefix,
        TokenError::Version,
        TokenError::Base45,
        TokenError::Size,
        TokenError::Cbor(CborError::Short),
        TokenError::Shape,
        TokenError::NotCanonical(CborError::NotCanonical),
        TokenError::Header(""),
        TokenError::Typ,
        TokenError::Claims(GrantError::Times),
        TokenError::Claims(GrantError::Newer),
    ];
    all.extend(tokens.map(Reason::Token));
    let faults = [
        ChainFault::Form,
        ChainFault::Signature,
        ChainFault::Time,
        ChainFault::Kid,
        ChainFault::Community,
        ChainFault::Scope,
        ChainFault::NotEnrolled,
    ];
    all.extend(faults.map(Reason::Chain));
    all
}

fn say(reason: &Reason, lang: Lang) -> String {
    let gates = [(1, "东门".to_owned()), (2, "西门".to_owned())].into();
    let setting = Setting {
        lang,
        offset: UtcOffset::from_minutes(480).unwrap(),
        now: UnixSec(MONDAY + 3 * HOUR),
        gates: &gates,
    };
    reason.sentence(&setting)
}

#[test]
fn every_code_has_a_sentence_in_both_languages() {
    let said: BTreeSet<Code> = all().iter().filter_map(Reason::code).collect();
    assert_eq!(said.len(), Code::ALL.len());
    for reason in all() {
        let (zh, en) = (say(&reason, Lang::ZhCn), say(&reason, Lang::En));
        assert!(
            zh.chars().count() >= 3 && en.len() >= 8,
            "{reason:?}: {zh} / {en}"
        );
        assert!(
            zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
            "{zh}"
        );
        assert!(!zh.contains("  ") && !en.contains("  "), "{zh} / {en}");
        if let Some(code) = reason.code() {
            assert!(code.verdicts().contains(&reason.verdict()), "{reason:?}");
        }
    }
}

#[test]
fn sentences_name_the_time_the_place_and_what_to_do() {
    let at = UnixSec(MONDAY + 41 * 60);
    for (reason, zh, en) in [
        (
            Reason::Used {
                at: Some(at),
                gate: Some(1),
                entries: 1,
            },
            "这张码今天7:41在东门用过，共1次，请呼叫住户",
            "Used today at 7:41 at 东门, good for one entry only: call the host",
        ),
        (
            Reason::Window {
                next: Some(UnixSec(MONDAY + DAY + 2 * HOUR)),
            },
            "现在不在时段内，下次周二9:00，请到时再来",
            "Not in its hours now, next opening Tuesday at 9:00: please come back then",
        ),
        (
            Reason::TooLong {
                life_s: 240 * HOUR,
                max_s: 72 * HOUR,
            },
            "码的有效期10天，最长只准72小时，请住户重发",
            "Valid for 10 days, at most 72 hours are allowed: ask the host for a new one",
        ),
        (
            Reason::Stale { age_s: 14_580 },
            "取消名单已4小时3分没有更新，这张码有效期长，请打电话给住户",
            "Cancellations are 4 h 03 min old, too old for so long a pass: call the host",
        ),
        (
            Reason::Expired {
                since: UnixSec(MONDAY + 3 * HOUR - 301),
                of: Of::Pass,
                by_floor: false,
            },
            "已过期5分钟，请住户重发",
            "Expired 5 min ago: ask the host for a new one",
        ),
        (
            Reason::Expired {
                since: UnixSec(MONDAY - 20 * DAY),
                of: Of::Pass,
                by_floor: true,
            },
            "11月3日7:00已过期，本机时钟虽不准也能断定，请住户重发",
            "Expired on 2026-11-03 at 7:00, certain even with this clock: ask the host for a new one",
        ),
        (
            Reason::Admit {
                entry: Some((1, 2)),
                unheard: true,
            },
            "没听说过这户，但社区证书有效，第1次，共2次，可进入",
            "May enter, entry 1 of 2; household not heard of before, its certificate is good",
        ),
    ] {
        assert_eq!(say(&reason, Lang::ZhCn), zh);
        assert_eq!(say(&reason, Lang::En), en);
    }
}

#[test]
fn plates_are_in_the_sentence_and_not_in_the_log_line() {
    for reason in all() {
        let line = format!("{reason:?}");
        for planted in ["58K2", "66018", "Q88"] {
            assert!(!line.contains(planted), "{line}");
        }
    }
}
