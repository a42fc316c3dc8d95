//! Looking at a PDF from both ends: header, where its table begins, and its last line.

use super::{AttachFault, Kind, PDF_MAX, Ready};

/// The header may follow some other bytes, and the last line may precede some (ISO 32000-1, annex H).
const EDGE: usize = 1_024;

/// Whether it begins as a PDF does.
pub(super) fn is_pdf(file: &[u8]) -> bool {
    find(&file[..file.len().min(EDGE)], b"%PDF-").is_some()
}

pub(super) fn prepare(file: &[u8]) -> Result<Ready, AttachFault> {
    if file.len() > PDF_MAX {
        return Err(AttachFault::FileTooLarge { mb: PDF_MAX >> 20 });
    }
    let head = find(file, b"%PDF-").ok_or(AttachFault::Pdf)?;
    let version = file.get(head + 5..head + 8).ok_or(AttachFault::Pdf)?;
    if !matches!(version, [b'1', b'.', b'0'..=b'7'] | b"2.0") {
        return Err(AttachFault::Pdf);
    }
    let tail = file.len().saturating_sub(EDGE);
    let end = tail + rfind(&file[tail..], b"%%EOF").ok_or(AttachFault::Pdf)?;
    let before = end.saturating_sub(EDGE);
    let start = before + rfind(&file[before..end], b"startxref").ok_or(AttachFault::Pdf)?;
    let offset = number(&file[start + b"startxref".len()..end]).ok_or(AttachFault::Pdf)?;
    // Where a file has something before its header, the offset counts from one or the other.
    let leads = |at: usize| file.get(at..start).is_some_and(is_table);
    if !leads(offset) && !leads(head.saturating_add(offset)) {
        return Err(AttachFault::Pdf);
    }
    if find(&file[before.max(head)..end], b"/Encrypt").is_some() {
        return Err(AttachFault::Locked);
    }
    Ok(Ready {
        bytes: file.to_vec(),
        kind: Kind::Pdf,
        sides: None,
    })
}

/// A table of cross references, or the object that holds one: `12 0 obj`.
fn is_table(at: &[u8]) -> bool {
    let at = at.trim_ascii_start();
    if at.starts_with(b"xref") {
        return true;
    }
    let line = &at[..at.len().min(32)];
    let mut words = line
        .split(u8::is_ascii_whitespace)
        .filter(|w| !w.is_empty());
    let digits = |word: Option<&[u8]>| word.is_some_and(|w| w.iter().all(u8::is_ascii_digit));
    digits(words.next())
        && digits(words.next())
        && words.next().is_some_and(|word| word.starts_with(b"obj"))
}

fn number(text: &[u8]) -> Option<usize> {
    std::str::from_utf8(text.trim_ascii()).ok()?.parse().ok()
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|at| at == what)
}

fn rfind(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).rposition(|at| at == what)
}
