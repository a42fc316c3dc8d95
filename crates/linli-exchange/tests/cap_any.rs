//! CAP messages of any content come back the same, and no bytes at all make the reader panic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_exchange::cap::{
    Alert, Area, Category, Certainty, Info, MsgType, Reference, Resource, ResponseType, Scope,
    Severity, Stamp, Status, Urgency,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use std::path::Path;

/// The sound samples.
fn samples() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cap");
    let mut all: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.ends_with(".xml") && !name.starts_with("invalid")
        })
        .collect();
    all.sort();
    all.iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

fn text() -> impl Strategy<Value = String> {
    let any = vec(any::<char>(), 0..40);
    let hard = "[ <>&\"'\\]\\r\\n\\t楼停\u{202e}😀]{0,20}";
    prop_oneof![
        any.prop_map(|c| c.into_iter().filter(|c| allowed(*c)).collect()),
        hard
    ]
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z0-9:@._<&-]{1,30}"
}

fn stamp() -> impl Strategy<Value = Stamp> {
    (0..253_402_300_799_999_u64, -840..=840_i32).prop_map(|(ms, offset)| Stamp::of_ms(ms, offset))
}

fn one<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((text(), text()), 0..3)
}

fn area() -> impl Strategy<Value = Area> {
    let some = (vec(text(), 0..2), vec(text(), 0..2));
    (text(), some, pairs(), of(text()), of(text())).prop_map(
        |(desc, (polygons, circles), geocodes, altitude, ceiling)| Area {
            desc,
            polygons,
            circles,
            geocodes,
            altitude,
            ceiling,
        },
    )
}

fn resource() -> impl Strategy<Value = Resource> {
    (
        text(),
        text(),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
    )
        .prop_map(|(desc, mime_type, size, uri, deref_uri, digest)| Resource {
            desc,
            mime_type,
            size,
            uri,
            deref_uri,
            digest,
        })
}

fn info() -> impl Strategy<Value = Info> {
    let heads = (
        of("[a-zA-Z]{2}(-[A-Z]{2})?"),
        vec(one(Category::ALL), 1..4),
        text(),
        vec(one(ResponseType::ALL), 0..3),
    );
    let words = (one(Urgency::ALL), one(Severity::ALL), one(Certainty::ALL));
    let times = (of(stamp()), of(stamp()), of(stamp()));
    let texts = (
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
        of(text()),
    );
    let lists = (pairs(), pairs(), vec(resource(), 0..2), vec(area(), 0..3));
    (heads, words, times, texts, lists).prop_map(|(heads, words, times, texts, lists)| Info {
        language: heads.0,
        categories: heads.1,
        event: heads.2,
        responses: heads.3,
        urgency: words.0,
        severity: words.1,
        certainty: words.2,
        audience: texts.0,
        event_codes: lists.0,
        effective: times.0,
        onset: times.1,
        expires: times.2,
        sender_name: texts.1,
        headline: texts.2,
        description: texts.3,
        instruction: texts.4,
        web: texts.5,
        contact: texts.6,
        parameters: lists.1,
        resources: lists.2,
        areas: lists.3,
    })
}

fn alert() -> impl Strategy<Value = Alert> {
    let reference = (name(), name(), stamp()).prop_map(|(sender, identifier, sent)| Reference {
        sender,
        identifier,
        sent,
    });
    let ids = (name(), name(), stamp());
    let words = (one(Status::ALL), one(MsgType::ALL), one(Scope::ALL));
    let texts = (of(text()), of(text()), of(text()), of(text()), of(text()));
    let lists = (vec(text(), 0..3), vec(reference, 0..3), vec(info(), 0..3));
    (ids, words, texts, lists).prop_map(|(ids, words, texts, lists)| Alert {
        identifier: ids.0,
        sender: ids.1,
        sent: ids.2,
        status: words.0,
        msg_type: words.1,
        source: texts.0,
        scope: words.2,
        restriction: texts.1,
        addresses: texts.2,
        codes: lists.0,
        note: texts.3,
        references: lists.1,
        incidents: texts.4,
        infos: lists.2,
    })
}

/// Whatever it is, it is read or refused with a line that the file has.
fn survives(bytes: &[u8]) -> Result<(), TestCaseError> {
    match Alert::read(bytes) {
        Ok(alert) => prop_assert_eq!(Alert::read(alert.xml().as_bytes()).unwrap(), alert),
        Err(error) => {
            let lines = String::from_utf8_lossy(bytes).matches('\n').count() + 1;
            prop_assert!((1..=lines).contains(&(error.line as usize)), "{}", error);
            prop_assert!(!error.zh().is_empty() && !error.en().is_empty());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn every_alert_comes_back_the_same(alert in alert()) {
        prop_assert_eq!(Alert::read(alert.xml().as_bytes()).unwrap(), alert);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in vec(any::<u8>(), 0..400)) {
        survives(&bytes)?;
    }

    #[test]
    fn a_damaged_sample_is_read_or_refused(
        which in 0..6_usize,
        cut in any::<prop::sample::Index>(),
        edits in vec((any::<prop::sample::Index>(), prop_oneof![any::<u8>(), proptest::sample::select(b"<>&\"'/!?;=\n".to_vec())]), 0..4),
    ) {
        let mut bytes = samples().swap_remove(which);
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survives(&bytes)?;
        bytes.truncate(cut.index(bytes.len() + 1));
        survives(&bytes)?;
    }
}
