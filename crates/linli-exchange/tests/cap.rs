//! CAP files: the samples, and files made to do harm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_exchange::cap::{Alert, BYTES_MAX, CapFault, MsgType, NAMESPACE, Scope, Stamp, Status};
use std::path::{Path, PathBuf};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cap")
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(samples().join(name)).unwrap()
}

fn sound() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(samples())
        .unwrap()
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".xml") && !name.starts_with("invalid"))
        .map(|name| (name.clone(), sample(&name)))
        .collect();
    all.sort();
    assert_eq!(all.len(), 6);
    all
}

#[test]
fn every_sound_sample_is_read_whole_and_comes_back_the_same_when_written() {
    for (name, bytes) in sound() {
        let alert = Alert::read(&bytes).unwrap_or_else(|e| panic!("{name}: {e}"));
        let again = Alert::read(alert.xml().as_bytes()).unwrap();
        assert_eq!(again, alert, "{name}");
        // Nothing between tags is lost.
        let text = String::from_utf8(bytes).unwrap();
        let written = alert.xml();
        for piece in text.split(['<', '>', '\n']).map(str::trim) {
            if piece.chars().any(|c| c as u32 > 127) && !piece.contains("CDATA") {
                assert!(written.contains(piece), "{name}: {piece}");
            }
        }
    }
}

#[test]
fn what_the_samples_say_is_understood() {
    let cancel = Alert::read(&sample("03-cancel-gas-leak.xml")).unwrap();
    assert_eq!(cancel.msg_type, MsgType::Cancel);
    let earlier: Vec<&str> = cancel
        .references
        .iter()
        .map(|r| r.identifier.as_str())
        .collect();
    assert_eq!(
        earlier,
        ["FSY-WY-20261120184200-0", "FSY-WY-20261120193300-0"]
    );
    let update = Alert::read(&sample("02-update-gas-leak.xml")).unwrap();
    let instruction = update.infos[0].instruction.as_ref().unwrap();
    assert!(instruction.contains("点火 & 不要"), "{instruction}");
    let two = Alert::read(&sample("04-two-languages-icy-roads.xml")).unwrap();
    assert_eq!(two.infos.len(), 2);
    assert_eq!(
        two.infos[1].onset.unwrap().to_string(),
        "2026-11-21T22:00:00+08:00"
    );
    let cut = Alert::read(&sample("05-polygon-geocode-power-cut.xml")).unwrap();
    assert_eq!(
        (cut.scope, cut.infos[0].areas.len()),
        (Scope::Restricted, 2)
    );
    assert!(cut.infos[0].areas[0].polygons[0].starts_with("40.0051149,116.4025986 "));
    assert_eq!(cut.infos[0].areas[1].geocodes[1].0, "grid15");
    let drill = Alert::read(&sample("06-gbt35965-exercise.xml")).unwrap();
    assert_eq!(drill.status, Status::Exercise);
    assert_eq!(drill.infos[0].resources[0].size.as_deref(), Some("127"));
}

#[test]
fn the_invalid_samples_are_refused_with_their_element_and_line() {
    for (name, element, line, fault) in [
        ("invalid-1-utc-z.xml", "sent", 5, CapFault::Time),
        (
            "invalid-2-severity-word.xml",
            "severity",
            16,
            CapFault::Word,
        ),
    ] {
        let error = Alert::read(&sample(name)).unwrap_err();
        assert_eq!(
            (error.element.as_str(), error.line, error.fault),
            (element, line, fault),
            "{name}"
        );
        assert!(error.zh().contains(&format!("第 {line} 行 <{element}>")));
        assert!(error.en().contains(&format!("line {line}, <{element}>")));
    }
}

/// A sound alert with some text in the place of others.
fn with(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(sample("01-alert-gas-leak.xml")).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

#[test]
fn a_file_that_means_harm_is_refused_before_it_grows() {
    let bomb = concat!(
        "<!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">",
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>\n<alert"
    );
    let outside = "<!DOCTYPE alert [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<alert";
    let deep = format!("<event>{}", "<event>".repeat(100_000));
    let wide = format!("{}<event>", "<code>x</code>".repeat(30_000));
    let spaces = format!(
        "<event {}>",
        (0..2_000)
            .map(|n| format!("xmlns:a{n}='u'"))
            .collect::<Vec<_>>()
            .concat()
    );
    for (bytes, fault) in [
        (with("<alert", bomb), CapFault::Doctype),
        (with("<alert", outside), CapFault::Doctype),
        (with("燃气泄漏", "&x;"), CapFault::Entity),
        (with("燃气泄漏", "&nbsp;"), CapFault::Entity),
        (with("燃气泄漏", "&#0;"), CapFault::Character),
        (with("燃气泄漏", "&#x1b;[2J"), CapFault::Character),
        (with("燃气泄漏", "\u{7}"), CapFault::Character),
        (with("燃气泄漏", "\u{ffff}"), CapFault::Character),
        (with("<event>", &deep), CapFault::TooDeep),
        (with("<event>", &wide), CapFault::TooLarge),
        (
            with("燃气泄漏", &"长".repeat(BYTES_MAX)),
            CapFault::TooLarge,
        ),
        (vec![b' '; 10 << 20], CapFault::TooLarge),
        (with("<event>", &spaces), CapFault::NotXml),
    ] {
        let error = Alert::read(&bytes).unwrap_err();
        assert_eq!(error.fault, fault, "{error}");
    }
}

#[test]
fn what_is_no_sound_cap_says_what_is_wrong_where() {
    let http = "http://www.incident.com/cap/1.0";
    for (bytes, element, fault) in [
        (Vec::new(), "", CapFault::NotXml),
        (b"hello".to_vec(), "", CapFault::NotCap),
        (b"%PDF-1.7".to_vec(), "", CapFault::NotCap),
        (b"<rss version='2.0'/>".to_vec(), "", CapFault::NotCap),
        (b"<alert/>".to_vec(), "", CapFault::NotCap),
        (
            with(NAMESPACE, "urn:oasis:names:tc:emergency:cap:1.1"),
            "",
            CapFault::OldVersion,
        ),
        (with(NAMESPACE, http), "", CapFault::OldVersion),
        (with("</alert>", ""), "alert", CapFault::NotXml),
        (with("</alert>", "</alert><alert/>"), "", CapFault::NotXml),
        (with("</alert>", "</alert>后面"), "", CapFault::NotXml),
        (with("</event>", "</Event>"), "event", CapFault::NotXml),
        (with("<event>", "<event a=b>"), "info", CapFault::NotXml),
        (
            with("<event>", "<event a='1' a='2'>"),
            "info",
            CapFault::NotXml,
        ),
        (with("<event>", "<x:event>"), "info", CapFault::NotXml),
        (
            with("<status>Actual</status>", ""),
            "status",
            CapFault::Missing,
        ),
        (with("Actual", "actual"), "status", CapFault::Word),
        (with("Actual", " Actual"), "status", CapFault::Word),
        (
            with("<info>", "<note>1</note><note>2</note><info>"),
            "note",
            CapFault::Twice,
        ),
        (
            with("<info>", "<colour>red</colour><info>"),
            "colour",
            CapFault::Unexpected,
        ),
        (with("<info>", "看<info>"), "alert", CapFault::Unexpected),
        (
            with("<info>", "<references>a,b</references><info>"),
            "references",
            CapFault::Reference,
        ),
        (
            with("<event>", "<event><b>x</b>"),
            "event",
            CapFault::Unexpected,
        ),
        (
            with("<event>", "<x xmlns='urn:x'/><event>"),
            "x",
            CapFault::Unexpected,
        ),
        (
            with("FSY-WY-20261120184200-0", " "),
            "identifier",
            CapFault::Empty,
        ),
        (with("18:42:00", "25:42:00"), "sent", CapFault::Time),
        (
            with("2026-11-20T18", "2026-02-30T18"),
            "sent",
            CapFault::Time,
        ),
        (with("+08:00", "+15:00"), "sent", CapFault::Time),
        (with("<value>7</value>", ""), "value", CapFault::Missing),
    ] {
        let error = Alert::read(&bytes).unwrap_err();
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(
            (error.element.as_str(), error.fault),
            (element, fault),
            "{error}: {}",
            text.chars().take(200).collect::<String>()
        );
    }
}

#[test]
fn a_signature_and_a_foreign_order_are_no_reason_to_refuse() {
    let ds =
        "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'><a><b/>x</a></Signature></alert>";
    assert!(Alert::read(&with("</alert>", ds)).is_ok());
    let moved = with("<status>Actual</status>", "");
    let moved = String::from_utf8(moved).unwrap();
    let moved = moved.replace("</alert>", "<status>Actual</status></alert>");
    assert!(Alert::read(moved.as_bytes()).is_ok());
}

#[test]
fn files_in_the_encodings_of_authorities_are_read_and_broken_ones_are_not_guessed_at() {
    let utf8 = String::from_utf8(sample("01-alert-gas-leak.xml")).unwrap();
    let expected = Alert::read(utf8.as_bytes()).unwrap();
    let named = |name: &str| utf8.replace("encoding=\"UTF-8\"", &format!("encoding='{name}'"));
    let gb = |name: &str| encoding_rs::GB18030.encode(&named(name)).0.into_owned();
    let utf16 = |big: bool| -> Vec<u8> {
        let of = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        let mark = of(0xfeff);
        let units = named("UTF-16")
            .encode_utf16()
            .flat_map(of)
            .collect::<Vec<_>>();
        [&mark[..], &units].concat()
    };
    let marked = [b"\xef\xbb\xbf", utf8.as_bytes()].concat();
    for bytes in [
        gb("GB18030"),
        gb("gbk"),
        gb("gb2312"),
        utf16(true),
        utf16(false),
        marked,
    ] {
        assert_eq!(Alert::read(&bytes).unwrap(), expected);
    }
    let mut cut = utf8.clone().into_bytes();
    cut.insert(400, 0xff);
    for bytes in [
        cut,
        named("UTF-16").into_bytes(),
        named("klingon").into_bytes(),
        named("ISO-8859-1").into_bytes(),
        utf16(true)[2..].to_vec(),
        [&utf16(false)[..], &[0x00, 0xd8]].concat(),
    ] {
        let fault = Alert::read(&bytes).unwrap_err().fault;
        assert!(
            matches!(
                fault,
                CapFault::Encoding | CapFault::Character | CapFault::NotCap
            ),
            "{fault:?}"
        );
    }
}

#[test]
fn moments_are_written_as_the_schema_wants_them() {
    for (ms, offset, text) in [
        (0, 480, "1970-01-01T08:00:00+08:00"),
        (1_795_361_400_999, 480, "2026-11-22T23:30:00+08:00"),
        (1_795_361_400_000, 0, "2026-11-22T15:30:00-00:00"),
        (1_795_361_400_000, -210, "2026-11-22T12:00:00-03:30"),
        (253_402_300_799_999, 840, "9999-01-01T13:59:59+14:00"),
    ] {
        let stamp = Stamp::of_ms(ms, offset);
        assert_eq!(stamp.to_string(), text);
        assert_eq!(Stamp::parse(text), Some(stamp));
    }
    let midnight = Stamp::parse("2026-11-22T24:00:00+08:00").unwrap();
    assert_eq!(midnight.to_string(), "2026-11-23T00:00:00+08:00");
    for bad in [
        "2026-11-22T24:00:01+08:00",
        "2026-11-22T23:59:60+08:00",
        "2026-11-22t10:00:00+08:00",
        "2026-11-22T10:00:00,08:00",
        "0000-01-01T00:00:00+08:00",
        "2026-11-22T10:00:00+14:01",
        "２026-11-22T10:00:00+14:0",
    ] {
        assert_eq!(Stamp::parse(bad), None, "{bad}");
    }
}
