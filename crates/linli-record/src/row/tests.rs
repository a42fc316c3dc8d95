//! Rows that are no records: their bytes, and bytes that are no rows.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::fact::{GateResult, HelpHow, Phone, RingStep, Spend};
use linli_base::{DeviceId, EntryId, PrincipalId};
use proptest::prelude::*;

fn gate() -> Author {
    Author {
        device: DeviceId([1; 32]),
        principal: PrincipalId([2; 16]),
        kind: AuthorKind::Gate,
        office_name: None,
        unit: None,
    }
}

fn rows() -> Vec<Row> {
    let private = |text: &str| Some(Private::new(text.to_owned()));
    vec![
        GrantRow {
            id: EntryId([3; 32]),
            author: gate(),
            by_plate: true,
            cti: [4; 12],
            iat_s: 1,
            nbf_s: 2,
            exp_s: 3,
            plate: private("京AD12345"),
            short_code: false,
            claims: Private::new(b"secret claims".to_vec()),
        }
        .into(),
        CancelRow {
            id: EntryId([3; 32]),
            author: gate(),
            target: CancelTarget::AllBefore(5),
            time_ms: 9,
        }
        .into(),
        CancelRow {
            id: EntryId([3; 32]),
            author: gate(),
            target: CancelTarget::Pass([4; 12]),
            time_ms: 9,
        }
        .into(),
        GateEventRow {
            id: EntryId([3; 32]),
            author: gate(),
            month: 682,
            seq: 7,
            at_s: 1,
            gate: 2,
            result: GateResult::Override,
            code: Some("E_USED".into()),
            cti: Some([4; 12]),
            uses_after: Some(2),
            unit: private("3-2-501"),
            label: private("王*"),
            plate: private("京AD12345"),
            scan_hash: Some([5; 32]),
            badge: Some("7".into()),
            reason: private("张三来接"),
            about: Some(EntryId([6; 32])),
            entries: Some(1),
            nonce: Some([8; 16]),
            companions: Some(2),
            until_s: Some(9),
            leave_by_s: Some(8),
            count: Some(3),
            since_s: Some(1),
        }
        .into(),
        SpentRow {
            id: EntryId([3; 32]),
            author: gate(),
            counts: vec![Spend {
                cti: [4; 12],
                count: 2,
                exp_s: 7,
            }],
        }
        .into(),
        RefusalRow {
            id: EntryId([3; 32]),
            author: gate(),
            key: [7; 16],
            off: false,
            plate: private("京AD12345"),
            name: private("王*"),
            reason: private("张三"),
            time_ms: 5,
        }
        .into(),
        RingRow {
            id: EntryId([3; 32]),
            author: gate(),
            at_s: 9,
            gate: 1,
            step: RingStep::Rings,
            about: EntryId([6; 32]),
            device: Some(DeviceId([5; 32])),
            for_s: Some(55),
            unit: private("3-2-501"),
            name: private("王*"),
            companions: Some(1),
            resident: true,
            plate: private("京AD12345"),
            code: Some("E_AWAY".into()),
            cti: Some([4; 12]),
        }
        .into(),
        RingAnswerRow {
            id: EntryId([3; 32]),
            author: gate(),
            about: EntryId([6; 32]),
            admit: true,
            time_ms: 5,
        }
        .into(),
        DoorbellRow {
            id: EntryId([3; 32]),
            author: gate(),
            order: vec![DeviceId([5; 32]), DeviceId([6; 32])],
            seconds: 20,
            time_ms: 5,
        }
        .into(),
        HelpCallRow {
            id: EntryId([3; 32]),
            author: gate(),
            key: [7; 16],
            over: false,
            practice: true,
            words: private("张三摔倒了"),
            lane: 3,
            time_ms: 5,
        }
        .into(),
        HelpAckRow {
            id: EntryId([3; 32]),
            author: gate(),
            key: [7; 16],
            caller: PrincipalId([2; 16]),
            how: HelpHow::Coming,
            lane: 5,
            time_ms: 5,
        }
        .into(),
        LetterRow {
            id: EntryId([3; 32]),
            author: gate(),
            letters: vec![vec![1; 70], vec![2; 64]],
            time_ms: 5,
        }
        .into(),
        PhonesRow {
            id: EntryId([3; 32]),
            author: gate(),
            phones: vec![Phone {
                label: "值班室".into(),
                number: "010-1234".into(),
            }],
            time_ms: 5,
        }
        .into(),
    ]
}

#[test]
fn rows_that_are_no_records_are_read_as_written() {
    for row in rows() {
        assert_eq!(Row::from_bytes(&row.to_bytes()), Ok(row));
    }
}

#[test]
fn nothing_of_a_person_is_in_the_debug_text_of_a_gate_row() {
    let text = format!("{:?}", rows());
    for secret in ["京", "3-2-501", "王", "张三", "secret"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn a_row_of_another_version_or_kind_says_so() {
    let mut bytes = rows()[0].to_bytes();
    bytes[1] = 200;
    assert_eq!(Row::from_bytes(&bytes), Err(RowError::Kind(200)));
    bytes[0] = 1;
    assert_eq!(Row::from_bytes(&bytes), Err(RowError::Version(1)));
    assert!(Row::from_bytes(&[]).is_err());
}

#[test]
fn kinds_of_rows_are_read_as_numbered() {
    for kind in RowKind::ALL {
        assert_eq!(RowKind::from_number(*kind as u8), Some(*kind));
    }
    assert_eq!(RowKind::from_number(0), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_bytes_are_refused_or_read_without_a_panic(
        which in 0..13usize,
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = rows()[which].to_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = Row::from_bytes(&bytes);
    }
}
