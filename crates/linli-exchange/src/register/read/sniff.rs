//! What kind of file some bytes are, by their beginning, whatever its name says.

use crate::register::FileKind;

/// How to go on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A zip container: perhaps a workbook.
    Zip,
    /// Text, as far as its beginning shows.
    Text,
    /// Something that is not read.
    Other(FileKind),
}

/// How much of a file is looked at for bytes that no text has.
const HEAD: usize = 64 << 10;

pub(super) fn kind(bytes: &[u8]) -> Kind {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let picture = [
        &b"\x89PNG"[..],
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"II*\0",
        b"MM\0*",
    ]
    .iter()
    .any(|magic| starts(magic))
        || starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
        || starts(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    let archive = [&b"Rar!"[..], b"7z\xBC\xAF", b"\x1F\x8B"]
        .iter()
        .any(|magic| starts(magic));
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Kind::Zip
    } else if starts(b"%PDF") {
        Kind::Other(FileKind::Pdf)
    } else if picture {
        Kind::Other(FileKind::Picture)
    } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Kind::Other(compound_kind(bytes))
    } else if archive {
        Kind::Other(FileKind::Archive)
    } else if starts(b"{\\rtf") {
        Kind::Other(FileKind::RichText)
    } else {
        text_kind(bytes)
    }
}

/// Old Office files and encrypted new ones share a container, whose streams are named in UTF-16.
fn compound_kind(bytes: &[u8]) -> FileKind {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        FileKind::PasswordProtected
    } else if has("Workbook") || has("Book") {
        FileKind::OldExcel
    } else if has("WordDocument") {
        FileKind::Word
    } else if has("PowerPoint Document") {
        FileKind::Slides
    } else {
        FileKind::Unknown
    }
}

fn text_kind(bytes: &[u8]) -> Kind {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Kind::Text;
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = text.get(..HEAD).unwrap_or(text);
    let control = |b: &u8| *b < 0x20 && !matches!(b, b'\t' | b'\r' | b'\n' | 0x0B | 0x0C);
    let controls = head.iter().filter(|b| control(b)).count();
    // A stray control character is a slip of some program; a zero or many are not text.
    if head.contains(&0) || controls > 8 && controls > head.len() / 100 {
        return Kind::Other(FileKind::Unknown);
    }
    let opening: Vec<u8> = text
        .trim_ascii_start()
        .iter()
        .take(512)
        .map(u8::to_ascii_lowercase)
        .collect();
    let opens = |tag: &[u8]| opening.starts_with(tag);
    let page = [
        &b"<html"[..],
        b"<!doctype html",
        b"<table",
        b"<meta",
        b"<head",
    ]
    .iter()
    .any(|tag| opens(tag));
    if page || opens(b"<?xml") && opening.windows(5).any(|window| window == b"<html") {
        Kind::Other(FileKind::WebPage)
    } else if opens(b"<?xml") {
        Kind::Other(FileKind::Xml)
    } else {
        Kind::Text
    }
}
