//! Certificates, epochs and statements.

use super::{
    FOUNDER, GATE, NOON, PAPER, PHONE, board_log, certificate, claims, cut, device, hex, key,
    leaves, seed,
};
use linli_base::{EntryId, LaneClass, PrincipalId, ScopeId};
use linli_charter::cert::{IS_GATE, IS_OFFICE, MAY_GRANT};
use linli_charter::epoch::{DeviceCut, Office, Subtree, merkle_root};
use linli_charter::{Certificate, Charter, IssuingKey, Statement, Topic};
use serde_json::{Value as Json, json};

pub fn certificates(charter: &Charter) -> Result<Json, String> {
    let c = charter.community();
    let mut vectors = Vec::new();
    for (name, of, roles) in [
        ("a household's phone that may grant", PHONE, MAY_GRANT),
        (
            "the founder's office PC, by itself",
            FOUNDER,
            MAY_GRANT | IS_OFFICE,
        ),
        ("gate 1", GATE, IS_GATE),
        ("a phone that its household introduces", 5, 0),
    ] {
        let mut k = claims(c, of, roles);
        let issuer = if roles == 0 { PHONE } else { FOUNDER };
        if roles == 0 {
            k.principal = PrincipalId::of_first_device(c, &device(PHONE));
            k.unit = Some("3-2-501".into());
        }
        let made = Certificate::sign(&k, &key(issuer)).map_err(|e| e.to_string())?;
        vectors.push(json!({
            "name": name, "issuer_seed": hex(seed(issuer)), "issuer_kid": hex(made.issuer_kid()),
            "community": k.community, "exp": k.exp.0, "nbf": k.nbf.0, "iat": k.iat.0,
            "device": hex(k.device.0), "roles": k.roles, "principal": hex(k.principal.0),
            "unit": k.unit, "gate": k.gate, "enrol_seq": k.enrol_seq,
            "id": hex(made.id()), "certificate": hex(made.bytes()),
        }));
    }
    let good = certificate(c, PHONE, MAY_GRANT)?;
    let mut tagged = vec![0xd8, 0x3d];
    tagged.extend_from_slice(good.bytes());
    let at = good.bytes().len() - 1;
    let mut signature = good.bytes().to_vec();
    signature[at] ^= 1;
    Ok(json!({
        "format": "certificate/1", "page": "docs/formats/certificate.md", "community": hex(c.0),
        "vectors": vectors,
        "with_tag_61": hex(tagged),
        "wrong_signature": { "certificate": hex(signature), "id": hex(good.id()) },
    }))
}

pub fn epochs(charter: &Charter) -> Result<Json, String> {
    let first = charter.newest();
    let second = second(charter)?;
    let mut longer = charter.clone();
    longer.append(&second).map_err(|e| e.to_string())?;
    let held = longer.newest();
    let roots: Vec<Json> = (0..=leaves().len())
        .map(|n| {
            let some = &leaves()[..n];
            let bytes: Vec<String> = some.iter().map(|l| hex(l.to_bytes())).collect();
            json!({ "leaves": bytes, "root": hex(merkle_root(some)) })
        })
        .collect();
    Ok(json!({
        "format": "epoch/1", "page": "docs/formats/epoch.md",
        "founder_seed": hex(seed(FOUNDER)), "paper_seed": hex(seed(PAPER)),
        "vectors": [
            { "name": "epoch 0 of one founder", "number": 0, "body": hex(first.epoch.encode()),
              "id": hex(first.id.0), "community": charter.community().to_text(), "epoch": hex(&first.bytes) },
            { "name": "epoch 1, with every field", "number": 1, "body": hex(held.epoch.encode()),
              "id": hex(held.id.0), "prev": hex(held.epoch.prev.0), "epoch": hex(&held.bytes) },
        ],
        "merkle": roots,
    }))
}

/// Epoch 1 uses every field that an epoch can have.
fn second(charter: &Charter) -> Result<Vec<u8>, String> {
    let principal = PrincipalId::of_first_device(charter.community(), &device(FOUNDER));
    let bytes = charter.propose(NOON + 60, &[key(FOUNDER)], |e| {
        e.issuing.push(IssuingKey {
            device: device(PHONE),
            buildings: vec!["3".into(), "4".into()],
            machines: false,
        });
        e.offices.push(Office {
            principal,
            name: "居委会".into(),
        });
        e.gates[0].device = Some(device(GATE));
        e.cuts.push(DeviceCut {
            device: device(9),
            heads: vec![cut(board_log(device(9)), 4, 9)],
        });
        e.cuts.push(DeviceCut {
            device: device(10),
            heads: vec![],
        });
        e.retired.push(PrincipalId([11; 16]));
        e.ended_holds.push(EntryId([12; 32]));
        e.checkpoint.push(Subtree {
            class: LaneClass::Board as u8,
            scope: ScopeId::ZERO,
            root: merkle_root(&leaves()),
        });
    });
    bytes.map_err(|e| e.to_string())
}

pub fn statements(charter: &Charter) -> Result<Json, String> {
    let c = charter.community();
    let office = PrincipalId::of_first_device(c, &device(FOUNDER));
    let mut vectors = Vec::new();
    for (name, by, topic, to, counter, payload) in [
        (
            "an address, to everyone",
            PHONE,
            Topic::Address,
            PrincipalId::ZERO,
            1,
            b"192.168.1.7:4001".to_vec(),
        ),
        (
            "a receipt, to one office",
            PHONE,
            Topic::Receipt,
            office,
            7,
            vec![0x51; 96],
        ),
        (
            "an empty payload",
            FOUNDER,
            Topic::Time,
            PrincipalId::ZERO,
            u64::MAX,
            vec![],
        ),
    ] {
        let made = Statement::sign(&key(by), c, topic, to, counter, payload.clone())
            .ok_or("a payload is too long")?;
        vectors.push(json!({
            "name": name, "seed": hex(seed(by)), "device": hex(device(by).0), "topic": topic as u8,
            "to": hex(to.0), "counter": counter.to_string(), "payload": hex(&payload),
            "id": hex(made.id(c)), "statement": hex(made.encode()),
        }));
    }
    Ok(json!({
        "format": "statement/1", "page": "docs/formats/statement.md", "community": hex(c.0),
        "vectors": vectors,
    }))
}
