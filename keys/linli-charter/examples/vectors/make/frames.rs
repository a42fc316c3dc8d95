//! Frames of a sync link, put together item by item from their page.

use super::{FOUNDER, PHONE, authority_log, board_log, certificate, device, entry, hex, key, seed};
use linli_base::cbor::Value;
use linli_base::{EntryId, EntryKind, PrincipalId, hash};
use linli_charter::cert::{IS_OFFICE, MAY_GRANT};
use linli_charter::{Certificate, Charter, Cut, Hold, Statement, Topic};
use serde_json::{Value as Json, json};

pub fn frames(charter: &Charter) -> Result<Json, String> {
    let c = charter.community();
    let bytes = |b: &[u8]| Value::Bytes(b.to_vec());
    let uint = |n: u64| Value::Uint(n);
    let list = |items: Vec<Value>| Value::Array(items);
    let certificate = certificate(c, PHONE, MAY_GRANT)?;
    let log = board_log(device(PHONE));
    let open = entry(
        charter,
        PHONE,
        log,
        EntryKind::OPEN,
        (1, EntryId::ZERO),
        None,
        certificate.bytes(),
    );
    let head = Cut {
        log,
        seq: 1,
        id: open.header.id(c),
    };
    let hold = Hold {
        principal: false,
        heads: vec![head],
        reason: String::new(),
    };
    let act = entry(
        charter,
        FOUNDER,
        authority_log(device(FOUNDER)),
        EntryKind::HOLD,
        (3, EntryId([1; 32])),
        Some(device(PHONE).act_target()),
        &hold.encode(),
    );
    let said = Statement::sign(
        &key(PHONE),
        c,
        Topic::Address,
        PrincipalId::ZERO,
        1,
        b"192.168.1.7:4001".to_vec(),
    )
    .ok_or("a payload is too long")?;
    let (mine, theirs) = (device(0x61).0, device(0x62).0);
    let mut proven = mine.to_vec();
    proven.extend_from_slice(&theirs);
    let proof = key(PHONE).sign(&hash::signed_bytes("linli/hello/1", c, &proven));
    let newest = charter.newest();
    let mut held = said.key.to_bytes().to_vec();
    held.extend_from_slice(&said.counter.to_be_bytes());
    let mut want = log.to_bytes().to_vec();
    want.extend_from_slice(&2u32.to_be_bytes());
    let office = certificate_of(charter)?;
    let frames = [
        (
            "hello",
            list(vec![
                uint(1),
                uint(1),
                bytes(&c.0),
                bytes(certificate.bytes()),
                bytes(&proof),
                uint(newest.epoch.number.into()),
                bytes(&newest.id.0),
            ]),
        ),
        (
            "epochs",
            list(vec![uint(2), list(vec![bytes(&newest.bytes)])]),
        ),
        (
            "heads",
            list(vec![
                uint(3),
                bytes(&head.to_bytes()),
                bytes(&act.header.id(c).0),
                bytes(&held),
                Value::Bool(true),
            ]),
        ),
        (
            "heads of nothing",
            list(vec![
                uint(3),
                bytes(&[]),
                bytes(&[]),
                bytes(&[]),
                Value::Bool(true),
            ]),
        ),
        (
            "entries",
            list(vec![uint(4), uint(1), list(vec![bytes(&open.bytes())])]),
        ),
        (
            "acts",
            list(vec![
                uint(5),
                list(vec![list(vec![bytes(&act.bytes()), bytes(office.bytes())])]),
            ]),
        ),
        (
            "statements",
            list(vec![uint(6), list(vec![bytes(&said.encode())])]),
        ),
        ("done", list(vec![uint(7), uint(1)])),
        ("have", list(vec![uint(8), bytes(&head.to_bytes())])),
        ("want", list(vec![uint(9), bytes(&want)])),
        ("bye", list(vec![uint(10), uint(4)])),
    ];
    let vectors = frames.map(|(name, value)| json!({ "name": name, "frame": hex(value.encode()) }));
    Ok(json!({
        "format": "frames/1", "page": "docs/formats/frames.md", "community": hex(c.0),
        "hello": {
            "seed": hex(seed(PHONE)), "from_net": hex(mine), "to_net": hex(theirs),
            "proven": hex(hash::signed_bytes("linli/hello/1", c, &proven)), "proof": hex(proof),
        },
        "vectors": vectors,
        "malformed": [
            { "name": "an unknown type", "refused": "unknown", "frame": "811863" },
            { "name": "an item too many", "refused": "shape", "frame": "83070100" },
            { "name": "an item too few", "refused": "shape", "frame": "8107" },
            { "name": "an integer in a longer form", "refused": "shape", "frame": "82071801" },
            { "name": "a byte after it", "refused": "shape", "frame": "82070100" },
            { "name": "a head of 88 bytes", "refused": "shape",
              "frame": format!("8208{}{}", "5858", "00".repeat(88)) },
        ],
    }))
}

fn certificate_of(charter: &Charter) -> Result<Certificate, String> {
    certificate(charter.community(), FOUNDER, MAY_GRANT | IS_OFFICE)
}
