//! From bytes to text: UTF-8, UTF-16 by its mark, and GB 18030 where the file says so.

use super::{BYTES_MAX, CapError, CapFault};
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;

/// The declaration stands within these first bytes or nowhere.
const DECLARATION_MAX: usize = 256;

/// The text of a file, whole or not at all.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, CapError> {
    let fault = |fault| CapError {
        line: 1,
        element: String::new(),
        fault,
    };
    if bytes.len() > BYTES_MAX {
        return Err(fault(CapFault::TooLarge));
    }
    let (encoding, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, bytes.get(mark..).unwrap_or_default()),
        None => (
            declared(bytes).ok_or_else(|| fault(CapFault::Encoding))?,
            bytes,
        ),
    };
    encoding
        .decode_without_bom_handling_and_without_replacement(rest)
        .ok_or_else(|| fault(CapFault::Encoding))
}

/// What the declaration names; UTF-8 where it names nothing. `None` for what is not read.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..DECLARATION_MAX).unwrap_or(bytes);
    let head: String = head.iter().map(|b| char::from(*b)).collect();
    let declaration = head
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map_or("", |(declaration, _)| declaration);
    let Some((_, after)) = declaration.split_once("encoding") else {
        return Some(UTF_8);
    };
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let label = after.get(1..)?.split(quote).next()?;
    if label.eq_ignore_ascii_case("us-ascii") {
        return Some(UTF_8);
    }
    let found = Encoding::for_label(label.as_bytes())?;
    // GBK and GB 2312 are parts of GB 18030; UTF-16 without its mark is anybody's guess.
    match found {
        f if f == UTF_8 => Some(UTF_8),
        f if f == GB18030 || f == encoding_rs::GBK => Some(GB18030),
        _ => None,
    }
}
