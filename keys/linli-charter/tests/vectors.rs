//! The published vectors are what the example makes, and the program reads them as their pages say.
//!
//! The first test pins the files; the others take the files alone and hold the program against them, so that a
//! change on either side shows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests"
)]

#[path = "../examples/vectors/make.rs"]
mod make;

use linli_base::cbor::{self, Value};
use linli_base::entry::LayoutError;
use linli_base::{CommunityId, DeviceId, Entry, EntryKind, LogKey, PrincipalId, ScopeId, hash};
use linli_charter::act::{cancel_target, read_cancel};
use linli_charter::authority::private_scope;
use linli_charter::{
    Certificate, Charter, Cut, Enrol, Epoch, Hold, Keyset, Revoke, Statement, Topic,
};
use linli_keys::{PublicKey, Signed, SigningKey};
use serde_json::Value as Json;
use std::path::Path;

fn file(name: &str) -> Json {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    serde_json::from_str(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap()
}

fn bytes(json: &Json) -> Vec<u8> {
    let hex = json.as_str().unwrap();
    let pairs = (0..hex.len()).step_by(2);
    pairs
        .map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
        .collect()
}

fn array<const N: usize>(json: &Json) -> [u8; N] {
    bytes(json).try_into().unwrap()
}

fn list(json: &Json) -> &Vec<Json> {
    json.as_array().unwrap()
}

fn public(seed: &Json) -> PublicKey {
    SigningKey::from_seed(&array(seed)).public()
}

#[test]
fn the_files_are_what_the_example_makes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
    for (name, text) in make::all().unwrap() {
        let held = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(
            held == text,
            "{name} differs: run the example `vectors` and read what changed"
        );
    }
}

#[test]
fn entries_are_read_verified_and_named_as_written_down() {
    let f = file("entry.json");
    let community = CommunityId(array(&f["community"]));
    for v in list(&f["vectors"]) {
        let raw = bytes(&v["entry"]);
        let entry = Entry::decode(&raw).unwrap();
        assert_eq!(entry.encode(), raw);
        let h = entry.header;
        assert_eq!(u64::from(h.kind.0), v["kind"].as_u64().unwrap());
        assert_eq!(u64::from(h.seq), v["seq"].as_u64().unwrap());
        assert_eq!(u64::from(h.period.0), v["period"].as_u64().unwrap());
        assert_eq!(h.time.0, v["time_ms"].as_u64().unwrap());
        assert_eq!(h.device, public(&v["seed"]).device());
        assert_eq!(h.prev.0, array(&v["prev"]));
        assert_eq!(h.log(), LogKey::from_bytes(&bytes(&v["log"])).unwrap());
        assert_eq!(h.id(&community).0, array(&v["id"]));
        assert_eq!(h.created_record(&community).0, array(&v["created_record"]));
        let actor = linli_base::entry::actor_id(&community, &h.device, &h.record);
        assert_eq!(actor, array(&v["actor"]));
        let payload = entry.payload.clone().unwrap();
        assert_eq!(
            linli_keys::seal::plain_body(&payload).unwrap(),
            bytes(&v["body"])
        );
        assert!(
            Signed::new(entry)
                .verify(&community, &public(&v["seed"]))
                .is_ok()
        );
    }
    // The page's own arithmetic: id and signed bytes from their parts.
    let v = &f["vectors"][1];
    let raw = bytes(&v["entry"]);
    let mut signed = b"linli/entry/1\0".to_vec();
    signed.extend_from_slice(&community.0);
    signed.extend_from_slice(&raw[..168]);
    assert_eq!(hash::blake3_raw(&signed), array(&v["id"]));
    assert!(public(&v["seed"]).verify(&signed, &raw[168..232].try_into().unwrap()));
    let bodiless = Entry::decode(&bytes(&f["bodiless"])).unwrap();
    assert_eq!(bodiless.payload, None);
    for bad in list(&f["malformed"]) {
        let refused = match Entry::decode(&bytes(&bad["entry"])).unwrap_err() {
            LayoutError::Length => "length",
            LayoutError::Version(_) => "version",
            LayoutError::Flags => "flags",
            LayoutError::Class => "class",
            LayoutError::Seq => "seq",
            LayoutError::Payload => "payload",
        };
        assert_eq!(refused, bad["refused"], "{}", bad["name"]);
    }
}

#[test]
fn certificates_are_read_as_written_down() {
    let f = file("certificate.json");
    let community = CommunityId(array(&f["community"]));
    for v in list(&f["vectors"]) {
        let raw = bytes(&v["certificate"]);
        let c = Certificate::parse(&raw).unwrap();
        assert_eq!(c.bytes(), raw);
        assert!(c.issued_by(&public(&v["issuer_seed"]), &community));
        assert_eq!(
            (c.id(), *c.issuer_kid()),
            (array(&v["id"]), array(&v["issuer_kid"]))
        );
        let k = c.claims();
        assert_eq!(k.community, v["community"].as_str().unwrap());
        assert_eq!(k.community, community.short());
        let times = [k.exp.0, k.nbf.0, k.iat.0].map(Json::from);
        assert_eq!(times, [&v["exp"], &v["nbf"], &v["iat"]].map(Json::clone));
        assert_eq!(
            (k.device.0, k.principal.0),
            (array(&v["device"]), array(&v["principal"]))
        );
        assert_eq!(k.roles, v["roles"].as_u64().unwrap());
        assert_eq!(k.unit.as_deref(), v["unit"].as_str());
        assert_eq!(k.gate.map(u64::from), v["gate"].as_u64());
        assert_eq!(u64::from(k.enrol_seq), v["enrol_seq"].as_u64().unwrap());
    }
    let untagged = Certificate::parse(&bytes(&f["with_tag_61"])).unwrap();
    assert_eq!(untagged.bytes(), bytes(&f["vectors"][0]["certificate"]));
    let wrong = Certificate::parse(&bytes(&f["wrong_signature"]["certificate"])).unwrap();
    assert!(!wrong.issued_by(&public(&f["vectors"][0]["issuer_seed"]), &community));
    assert_eq!(
        wrong.id(),
        array(&f["wrong_signature"]["id"]),
        "an id says nothing of the signature"
    );
}

#[test]
fn epochs_make_the_charter_that_is_written_down() {
    let f = file("epoch.json");
    let (zero, one) = (&f["vectors"][0], &f["vectors"][1]);
    let mut charter = Charter::from_founding(&bytes(&zero["epoch"])).unwrap();
    assert_eq!(
        charter.community().to_text(),
        zero["community"].as_str().unwrap()
    );
    charter.append(&bytes(&one["epoch"])).unwrap();
    for (held, v) in charter.chain().iter().zip([zero, one]) {
        let body = bytes(&v["body"]);
        assert_eq!(held.id.0, array(&v["id"]));
        assert_eq!(held.epoch.encode(), body);
        assert_eq!(Epoch::decode(&body).unwrap(), held.epoch);
    }
    // Ids by the page's formula.
    for (v, community) in [(zero, [0; 32]), (one, charter.community().0)] {
        let mut signed = b"linli/epoch/1\0".to_vec();
        signed.extend_from_slice(&community);
        signed.extend_from_slice(&bytes(&v["body"]));
        assert_eq!(hash::sha256(&signed), array(&v["id"]));
    }
    assert_eq!(charter.epoch(1).unwrap().epoch.prev.0, array(&zero["id"]));
    for m in list(&f["merkle"]) {
        let leaves: Vec<Vec<u8>> = list(&m["leaves"]).iter().map(bytes).collect();
        assert_eq!(tree(&leaves), array(&m["root"]), "{} leaves", leaves.len());
        let cuts: Vec<Cut> = leaves.iter().map(|l| Cut::from_bytes(l).unwrap()).collect();
        assert_eq!(linli_charter::epoch::merkle_root(&cuts), array(&m["root"]));
    }
}

/// The tree of the page, once more.
fn tree(leaves: &[Vec<u8>]) -> [u8; 32] {
    match leaves {
        [] => hash::blake3_raw(b""),
        [one] => hash::blake3_raw(&[&[0][..], one].concat()),
        many => {
            let split = many.len().next_power_of_two() / 2;
            let (left, right) = (tree(&many[..split]), tree(&many[split..]));
            hash::blake3_raw(&[&[1][..], &left, &right].concat())
        }
    }
}

#[test]
fn acts_say_what_is_written_down() {
    let f = file("acts.json");
    let community = CommunityId(array(&f["community"]));
    let phone = DeviceId(array(&f["device"]));
    let device_target: [u8; 16] = array(&f["device_target"]);
    assert_eq!(hash::blake3_raw(&phone.0)[..16], device_target);
    let mut seen = Vec::new();
    for v in list(&f["vectors"]) {
        let entry = Entry::decode(&bytes(&v["entry"])).unwrap();
        let (h, body) = (entry.header, bytes(&v["body"]));
        assert_eq!(h.record.0, array(&v["target"]));
        assert_eq!(h.id(&community).0, array(&v["id"]));
        assert_eq!(
            linli_keys::seal::plain_body(entry.payload.as_ref().unwrap()).unwrap(),
            body
        );
        assert!(
            Signed::new(entry)
                .verify(&community, &public(&f["author_seed"]))
                .is_ok()
        );
        let name = v["name"].as_str().unwrap();
        seen.push(name);
        let target: [u8; 16] = match name {
            "enrol" => {
                let enrol = Enrol::decode(&body).unwrap();
                assert_eq!(enrol.encode(), body);
                let of = Certificate::parse(&enrol.certificate)
                    .unwrap()
                    .claims()
                    .device;
                assert_eq!(of, phone);
                device_target
            }
            "keyset" => {
                let keyset = Keyset::decode(&body).unwrap();
                assert_eq!(keyset.encode(), body);
                assert_eq!(keyset.wraps[0].0, device_target);
                [0; 16]
            }
            "hold a device" | "hold a household" => {
                let hold = Hold::decode(&body).unwrap();
                assert_eq!(hold.encode(), body);
                if hold.principal {
                    array(&f["principal"])
                } else {
                    device_target
                }
            }
            "revoke" => {
                let revoke = Revoke::decode(&body).unwrap();
                assert_eq!(revoke.encode(), body);
                assert_eq!(revoke.cuts[0].to_bytes()[..], bytes(&f["cut"]));
                device_target
            }
            "cancel one pass" => {
                assert_eq!(read_cancel(&body), Ok(None));
                cancel_target(&array(&f["cti"]))
            }
            "cancel all before" | "cancel all before 0" => {
                assert!(read_cancel(&body).unwrap().is_some());
                [0; 16]
            }
            "lift" => {
                assert_eq!(body, [0xa0]);
                hash::first16(&array(&f["hold_id"]))
            }
            "erase" => {
                assert_eq!(body, [0xa0]);
                array(&f["record"])
            }
            other => panic!("{other}"),
        };
        assert_eq!(h.record.0, target, "{name}");
        assert_eq!(u64::from(h.kind.0), v["kind"].as_u64().unwrap());
    }
    assert_eq!(seen.len(), 10);
    let household = PrincipalId(array(&f["principal"]));
    let office = PrincipalId::of_first_device(&community, &public(&f["author_seed"]).device());
    let s = &f["scopes"];
    assert_eq!(ScopeId::gates(&community).0, array(&s["gates"]));
    assert_eq!(
        ScopeId::with(&community, &household, &office).0,
        array(&s["with"])
    );
    assert_eq!(private_scope(&household, [0x44; 8]).0, array(&s["private"]));
}

#[test]
fn statements_are_read_and_verified_as_written_down() {
    let f = file("statement.json");
    let community = CommunityId(array(&f["community"]));
    for v in list(&f["vectors"]) {
        let raw = bytes(&v["statement"]);
        let s = Statement::decode(&raw).unwrap();
        assert_eq!(s.encode(), raw);
        assert_eq!(s.key.device.0, array(&v["device"]));
        assert_eq!(s.key.topic, Topic::from_u8(raw[32]).unwrap());
        assert_eq!(s.key.to.0, array(&v["to"]));
        assert_eq!(s.counter.to_string(), v["counter"].as_str().unwrap());
        assert_eq!(s.payload, bytes(&v["payload"]));
        // Signed bytes and id by the page's formula.
        let mut signed = b"linli/statement/1\0".to_vec();
        signed.extend_from_slice(&community.0);
        signed.extend_from_slice(&raw[..57]);
        signed.extend_from_slice(&raw[121..]);
        assert_eq!(hash::blake3_raw(&signed), array(&v["id"]));
        assert!(public(&v["seed"]).verify(&signed, &raw[57..121].try_into().unwrap()));
        assert!(
            Signed::new(s)
                .verify(&community, &public(&v["seed"]))
                .is_ok()
        );
    }
    assert_eq!(Statement::decode(&[0; 120]), None);
}

/// The frames are of a higher layer; here their parts are held against what this crate knows.
#[test]
fn frames_carry_what_the_other_pages_describe() {
    let f = file("frames.json");
    let community = CommunityId(array(&f["community"]));
    let hello = &f["hello"];
    let mut proven = b"linli/hello/1\0".to_vec();
    proven.extend_from_slice(&community.0);
    proven.extend_from_slice(&bytes(&hello["from_net"]));
    proven.extend_from_slice(&bytes(&hello["to_net"]));
    assert_eq!(proven, bytes(&hello["proven"]));
    assert!(public(&hello["seed"]).verify(&proven, &array(&hello["proof"])));
    for v in list(&f["vectors"]) {
        let raw = bytes(&v["frame"]);
        let Value::Array(items) = cbor::decode(&raw, 4).unwrap() else {
            panic!("a frame is an array");
        };
        let part = |n: usize| match &items[n] {
            Value::Bytes(b) => b.clone(),
            other => panic!("{other:?}"),
        };
        let inner = |n: usize| match &items[n] {
            Value::Array(a) => a.clone(),
            other => panic!("{other:?}"),
        };
        match v["name"].as_str().unwrap() {
            "hello" => {
                assert!(Certificate::parse(&part(3)).is_ok());
                assert_eq!(part(4), bytes(&hello["proof"]));
            }
            "epochs" => {
                let first = inner(1).remove(0).into_bytes("epoch").unwrap();
                let charter = Charter::from_founding(&first).unwrap();
                assert_eq!(*charter.community(), community);
            }
            "heads" => assert!(Cut::from_bytes(&part(1)).is_some() && part(3).len() == 57),
            "have" => assert!(Cut::from_bytes(&part(1)).is_some()),
            "want" => assert!(LogKey::from_bytes(&part(1)[..53]).is_some()),
            "entries" => {
                let entry = inner(2).remove(0).into_bytes("entry").unwrap();
                assert_eq!(Entry::decode(&entry).unwrap().header.kind, EntryKind::OPEN);
            }
            "acts" => {
                let pair = inner(1).remove(0).into_list("act").unwrap();
                let entry = pair[0].clone().into_bytes("entry").unwrap();
                assert!(Entry::decode(&entry).unwrap().header.kind.is_act());
            }
            "statements" => {
                let said = inner(1).remove(0).into_bytes("statement").unwrap();
                assert!(Statement::decode(&said).is_some());
            }
            _ => {}
        }
    }
}

/// Bytes that the pages quote, without the white space and marks around them.
#[test]
fn the_pages_quote_the_files() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/formats");
    let (entry, certificate, epoch) = (
        file("entry.json"),
        file("certificate.json"),
        file("epoch.json"),
    );
    let (acts, statement, frames) = (
        file("acts.json"),
        file("statement.json"),
        file("frames.json"),
    );
    let act = |n: usize| acts["vectors"][n]["body"].clone();
    let frame = |n: usize| frames["vectors"][n]["frame"].clone();
    for (page, quoted) in [
        (
            "entry.md",
            vec![
                entry["vectors"][1]["entry"].clone(),
                entry["vectors"][1]["id"].clone(),
            ],
        ),
        (
            "certificate.md",
            vec![
                certificate["vectors"][3]["certificate"].clone(),
                certificate["vectors"][3]["id"].clone(),
            ],
        ),
        (
            "epoch.md",
            vec![
                epoch["vectors"][0]["id"].clone(),
                epoch["merkle"][0]["root"].clone(),
            ],
        ),
        (
            "acts.md",
            vec![
                act(3),
                act(4),
                act(7),
                acts["cut"].clone(),
                acts["principal"].clone(),
            ],
        ),
        (
            "statement.md",
            vec![
                statement["vectors"][0]["statement"].clone(),
                statement["vectors"][0]["id"].clone(),
            ],
        ),
        (
            "frames.md",
            vec![
                frame(3),
                frame(7),
                frame(10),
                frames["malformed"][0]["frame"].clone(),
            ],
        ),
    ] {
        let text = std::fs::read_to_string(pages.join(page)).unwrap();
        let bare: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '`')
            .collect();
        for hex in quoted {
            assert!(
                bare.contains(hex.as_str().unwrap()),
                "{page} does not quote {hex}"
            );
        }
    }
}
