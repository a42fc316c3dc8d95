//! Records of delimited text (RFC 4180), which find their feet again after a stray quotation mark.
//!
//! A reader that follows the letter of the format takes everything after a lone `"` for one cell, up to the
//! next one or the end: a thousand residents vanish in row 900. So a quoted cell may span a few lines only and
//! may not look like rows; where it does, that one line is read without quotes, is marked, and the next line
//! starts afresh. On text without such marks the result is that of the `csv` crate, which the tests compare.

use std::borrow::Cow;

/// Line breaks that one quoted cell may hold. Notes of several lines exist; of twenty they do not.
const BREAKS_MAX: usize = 20;

/// One record.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record<'t> {
    /// Its row as a spreadsheet would number it, from 1: line breaks inside a cell do not count.
    pub(super) line: u32,
    pub(super) fields: Vec<Cow<'t, str>>,
    /// A quote was opened and not closed; the line was read without quotes.
    pub(super) broken_quotes: bool,
}

/// The records of a text.
pub(super) struct Records<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    delimiter: char,
    /// Fields of the widest record so far.
    width: usize,
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str, delimiter: char) -> Self {
        Self {
            text,
            at: 0,
            line: 0,
            delimiter,
            width: 0,
        }
    }

    /// Bytes read so far.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Reads with quotes. `None` if they do not hold.
    fn quoted(&self, rest: &'t str) -> Option<(Vec<Cow<'t, str>>, usize)> {
        let mut fields = Vec::new();
        let mut at = 0;
        loop {
            let (field, end) = match rest.get(at..)?.strip_prefix('"') {
                Some(_) => self.quoted_field(rest, at)?,
                None => {
                    let end = self.field_end(rest, at);
                    (Cow::Borrowed(rest.get(at..end)?), end)
                }
            };
            let tail = rest.get(end..)?;
            if tail.starts_with(self.delimiter) {
                fields.push(field);
                at = end + self.delimiter.len_utf8();
            } else {
                fields.push(without_return(field));
                return Some((fields, end + usize::from(tail.starts_with('\n'))));
            }
        }
    }

    /// A field that opens with a quote at `at`, and where it ends.
    fn quoted_field(&self, rest: &'t str, at: usize) -> Option<(Cow<'t, str>, usize)> {
        let mut text = String::new();
        let mut from = at + 1;
        let mut breaks = 0;
        loop {
            let tail = rest.get(from..)?;
            // Bounded by the breaks, so that a stray quote costs some lines and not the file.
            let stop = tail.find(['"', '\n'])?;
            let (piece, mark) = tail.split_at_checked(stop)?;
            text.push_str(piece);
            from += stop + 1;
            if mark.starts_with('\n') {
                text.push('\n');
                breaks += 1;
                if breaks > BREAKS_MAX {
                    return None;
                }
                continue;
            }
            if rest.get(from..)?.starts_with('"') {
                text.push('"');
                from += 1;
                continue;
            }
            break;
        }
        if breaks > 0 && self.looks_like_rows(&text) {
            return None;
        }
        // What follows a closing quote is taken as it stands.
        let end = self.field_end(rest, from);
        text.push_str(rest.get(from..end)?);
        Some((Cow::Owned(text), end))
    }

    /// Whether a cell of several lines holds just as many delimiters as whole rows would.
    fn looks_like_rows(&self, text: &str) -> bool {
        let in_row = self.width.saturating_sub(1);
        let delimiters = text.matches(self.delimiter).count();
        in_row >= 3 && delimiters >= in_row && delimiters.is_multiple_of(in_row)
    }

    fn field_end(&self, rest: &str, at: usize) -> usize {
        let tail = rest.get(at..).unwrap_or_default();
        tail.find([self.delimiter, '\n'])
            .map_or(rest.len(), |end| at + end)
    }

    fn unquoted(&self, rest: &'t str) -> (Vec<Cow<'t, str>>, usize) {
        let end = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or_default();
        let line = line.strip_suffix('\r').unwrap_or(line);
        let fields = line
            .split(self.delimiter)
            .map(|field| Cow::Borrowed(field.trim_matches('"')))
            .collect();
        (fields, (end + 1).min(rest.len()))
    }
}

impl<'t> Iterator for Records<'t> {
    type Item = Record<'t>;

    fn next(&mut self) -> Option<Record<'t>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (fields, used, broken_quotes) = match self.quoted(rest) {
            Some((fields, used)) => (fields, used, false),
            None => {
                let (fields, used) = self.unquoted(rest);
                (fields, used, true)
            }
        };
        self.at += used;
        self.line = self.line.saturating_add(1);
        self.width = self.width.max(fields.len());
        Some(Record {
            line: self.line,
            fields,
            broken_quotes,
        })
    }
}

/// The last field of a line that ended with CR LF.
fn without_return(field: Cow<'_, str>) -> Cow<'_, str> {
    match field {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_suffix('\r').unwrap_or(text)),
        Cow::Owned(mut text) => {
            if text.ends_with('\r') {
                text.pop();
            }
            Cow::Owned(text)
        }
    }
}

#[cfg(test)]
mod tests;
