//! The wire shapes of the local socket, held still as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use serde_json::{from_str, json, to_value};

#[test]
fn a_request_is_one_flat_object_with_its_name_under_ask() {
    let line = RequestLine {
        id: 7,
        req: Request::NoticeConfirm { id: "abc".into() },
    };
    assert_eq!(
        to_value(&line).unwrap(),
        json!({"id": 7, "req": {"ask": "notice_confirm", "id": "abc"}})
    );
    let pass = Request::PassIssue(PassRequest {
        label: "李然".into(),
        kind: PassKind::Person,
        from_s: 1,
        until_s: 2,
        entries: 1,
        gates: vec![1],
        plate: None,
        companions: 2,
        windows: Vec::new(),
        pin: None,
        host: None,
    });
    assert_eq!(
        to_value(&pass).unwrap(),
        json!({"ask": "pass_issue", "label": "李然", "kind": "person", "from_s": 1, "until_s": 2, "entries": 1,
               "gates": [1], "plate": null, "companions": 2})
    );
    assert_eq!(
        from_str::<Request>(&serde_json::to_string(&pass).unwrap()).unwrap(),
        pass
    );
}

#[test]
fn a_reply_carries_the_id_of_its_request_and_an_event_carries_none() {
    let done = Incoming::Reply {
        id: 7,
        reply: Reply::Done,
    };
    assert_eq!(
        to_value(&done).unwrap(),
        json!({"id": 7, "reply": {"kind": "done"}})
    );
    let event = Incoming::Event {
        event: Event::Changed(vec![Topic::Notices, Topic::Sync]),
    };
    assert_eq!(
        to_value(&event).unwrap(),
        json!({"event": {"changed": ["notices", "sync"]}})
    );
    for line in [done, event] {
        assert_eq!(
            from_str::<Incoming>(&serde_json::to_string(&line).unwrap()).unwrap(),
            line
        );
    }
}

#[test]
fn words_of_a_newer_node_are_read_as_other_instead_of_failing() {
    assert_eq!(
        from_str::<FaultCode>("\"solar_flare\"").unwrap(),
        FaultCode::Other
    );
    assert_eq!(
        from_str::<Severity>("\"Apocalyptic\"").unwrap(),
        Severity::Unknown
    );
    assert_eq!(from_str::<Topic>("\"weather\"").unwrap(), Topic::Other);
    assert_eq!(
        from_str::<PrincipalKind>("\"robot\"").unwrap(),
        PrincipalKind::Other
    );
    let fault = from_str::<Fault>(r#"{"code":"locked","more":[1]}"#).unwrap();
    assert_eq!(fault, Fault::of(FaultCode::Locked));
}

#[test]
fn a_qr_matrix_survives_packing_and_nonsense_is_refused() {
    let modules: Vec<bool> = (0..21 * 21).map(|n| n % 3 == 0).collect();
    let qr = PassQr::pack(21, &modules).unwrap();
    assert!(qr.sound());
    for y in 0..21_u16 {
        for x in 0..21_u16 {
            assert_eq!(qr.dark(x, y), modules[usize::from(y) * 21 + usize::from(x)]);
        }
    }
    assert!(!qr.dark(21, 0) && !qr.dark(0, 21));
    assert!(PassQr::pack(22, &[false; 484]).is_none());
    assert!(PassQr::pack(21, &modules[1..]).is_none());
    for (size, bytes) in [(0, 0), (21, 55), (1000, 125_000), (65_535, 3)] {
        let foreign = PassQr {
            size,
            bits: vec![0xff; bytes],
        };
        assert!(!foreign.sound());
        let _ = foreign.dark(65_534, 65_534);
    }
}

#[test]
fn tokens_and_passphrases_do_not_print_themselves() {
    let unlock = Request::Unlock {
        passphrase: Passphrase("secret".into()),
    };
    assert!(!format!("{unlock:?}").contains("secret"));
}
