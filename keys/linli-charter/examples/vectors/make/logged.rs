//! Entries, and the bodies that decide standing.

use super::{
    FOUNDER, NOON, PHONE, authority_log, board_log, certificate, cut, device, entry, hex, seed,
};
use linli_base::entry::record_id;
use linli_base::{
    EntryId, EntryKind, LaneClass, LaneKey, LogKey, Period, PrincipalId, ScopeId, hash,
};
use linli_charter::act::{cancel_body, cancel_target};
use linli_charter::authority::private_scope;
use linli_charter::cert::MAY_GRANT;
use linli_charter::{Charter, Enrol, Hold, Keyset, Revoke};
use serde_json::{Value as Json, json};

pub fn entries(charter: &Charter) -> Result<Json, String> {
    let c = charter.community();
    let log = board_log(device(PHONE));
    let certificate = certificate(c, PHONE, MAY_GRANT)?;
    let open = entry(
        charter,
        PHONE,
        log,
        EntryKind::OPEN,
        (1, EntryId::ZERO),
        None,
        certificate.bytes(),
    );
    let record = record_id(c, &log, 2).0;
    let after = (2, open.header.id(c));
    let fact = [0xa2, 0x00, 0x01, 0x01, 0x62, b'h', b'i'];
    let comment = entry(
        charter,
        PHONE,
        log,
        EntryKind::FACT,
        after,
        Some(record),
        &fact,
    );
    let good = comment.bytes();
    let bend = |name: &str, what: &str, change: fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        json!({ "name": name, "refused": what, "entry": hex(bytes) })
    };
    Ok(json!({
        "format": "entry/1", "page": "docs/formats/entry.md", "community": hex(c.0),
        "vectors": [
            open.json("the first entry of a board log: the certificate", c, PHONE, certificate.bytes()),
            comment.json("a comment that creates its own record", c, PHONE, &fact),
        ],
        "bodiless": hex(comment.header.encode()),
        "malformed": [
            bend("version 2", "version", |b| b[0] = 2),
            bend("an unknown flag", "flags", |b| b[2] = 2),
            bend("lane class 9", "class", |b| b[3] = 9),
            bend("seq 0", "seq", |b| b[8..12].fill(0)),
            bend("a payload of 65,617 bytes announced", "payload", |b| b[12..16].copy_from_slice(&65_617u32.to_be_bytes())),
            bend("a byte less", "length", |b| { b.pop(); }),
            bend("a byte more", "length", |b| b.push(0)),
        ],
    }))
}

pub fn acts(charter: &Charter) -> Result<Json, String> {
    let c = charter.community();
    let (phone, office) = (device(PHONE), device(FOUNDER));
    let certificate = certificate(c, PHONE, MAY_GRANT)?;
    let principal = PrincipalId::of_first_device(c, &phone);
    let enrol = Enrol {
        certificate: certificate.bytes().to_vec(),
        kex: [0x31; 32],
        net: [0x32; 32],
    };
    let keyset = Keyset {
        class: LaneClass::House,
        scope: principal.scope(),
        public: [0x33; 32],
        wraps: vec![(phone.act_target(), vec![0x34; 80])],
    };
    let hold = Hold {
        principal: false,
        heads: vec![cut(board_log(phone), 4, 9)],
        reason: "手机丢了".into(),
    };
    let whole = Hold {
        principal: true,
        heads: vec![],
        reason: String::new(),
    };
    let revoke = Revoke {
        cuts: vec![cut(board_log(phone), 4, 9), cut(authority_log(phone), 0, 0)],
        reason: "丢失".into(),
    };
    let cti = [0x41; 12];
    let lifted = EntryId([0x42; 32]);
    let record = [0x43; 16];
    let empty = vec![0xa0];
    let list: [(&str, EntryKind, [u8; 16], Vec<u8>); 10] = [
        (
            "enrol",
            EntryKind::ENROL,
            phone.act_target(),
            enrol.encode(),
        ),
        ("keyset", EntryKind::KEYSET, [0; 16], keyset.encode()),
        (
            "hold a device",
            EntryKind::HOLD,
            phone.act_target(),
            hold.encode(),
        ),
        (
            "hold a household",
            EntryKind::HOLD,
            principal.0,
            whole.encode(),
        ),
        (
            "lift",
            EntryKind::LIFT,
            hash::first16(&lifted.0),
            empty.clone(),
        ),
        (
            "revoke",
            EntryKind::REVOKE,
            phone.act_target(),
            revoke.encode(),
        ),
        (
            "cancel one pass",
            EntryKind::CANCEL,
            cancel_target(&cti),
            cancel_body(None),
        ),
        (
            "cancel all before",
            EntryKind::CANCEL,
            [0; 16],
            cancel_body(Some(NOON)),
        ),
        (
            "cancel all before 0",
            EntryKind::CANCEL,
            [0; 16],
            cancel_body(Some(0)),
        ),
        ("erase", EntryKind::ERASE, record, empty),
    ];
    let mut vectors = Vec::new();
    for (name, kind, target, body) in list {
        let in_pass = kind == EntryKind::CANCEL;
        let log = if in_pass {
            LogKey {
                device: office,
                lane: LaneKey {
                    class: LaneClass::Pass,
                    scope: ScopeId::gates(c),
                    period: Period(681),
                },
            }
        } else if kind == EntryKind::ERASE {
            board_log(office)
        } else {
            authority_log(office)
        };
        let made = entry(
            charter,
            FOUNDER,
            log,
            kind,
            (2, EntryId([1; 32])),
            Some(target),
            &body,
        );
        vectors.push(json!({
            "name": name, "kind": kind.0, "target": hex(target), "body": hex(&body),
            "id": hex(made.header.id(c).0), "entry": hex(made.bytes()),
        }));
    }
    Ok(json!({
        "format": "acts/1", "page": "docs/formats/acts.md", "community": hex(c.0),
        "author_seed": hex(seed(FOUNDER)),
        "device": hex(phone.0), "device_target": hex(phone.act_target()), "principal": hex(principal.0),
        "cti": hex(cti), "hold_id": hex(lifted.0), "record": hex(record),
        "cut": hex(cut(board_log(phone), 4, 9).to_bytes()),
        "scopes": {
            "gates": hex(ScopeId::gates(c).0),
            "with": hex(ScopeId::with(c, &principal, &PrincipalId::of_first_device(c, &office)).0),
            "private": hex(private_scope(&principal, [0x44; 8]).0),
        },
        "vectors": vectors,
    }))
}
