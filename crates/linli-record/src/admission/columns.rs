//! Streaming decoders for the three column encodings, strict about form.
//!
//! A column is written in exactly one way by Automerge: runs are as long as they can be, a run of one is a
//! literal, two literals never touch, a column of nothing but nulls is left out. Whatever deviates is
//! refused here. Rows are handed out one at a time, so a run length of ten million costs nothing until
//! somebody asks for ten million rows, and nobody does (A4).

use super::Refusal;
use super::leb::Reader;

/// A value a run-length column can hold.
pub(super) trait Cell<'a>: Copy + PartialEq {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Refusal>;
}

impl Cell<'_> for u64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.uleb()
    }
}

impl Cell<'_> for i64 {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.ileb()
    }
}

impl<'a> Cell<'a> for &'a str {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Refusal> {
        let len = reader.uleb()?;
        reader.text(len)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Segment {
    Start,
    Run,
    Literal,
    Nulls,
}

/// A run-length column, row by row. An absent column has only nulls.
#[derive(Clone, Copy)]
pub(super) struct Runs<'a, T> {
    reader: Reader<'a>,
    spec: u32,
    absent: bool,
    segment: Segment,
    left: u64,
    last: Option<T>,
    seen_value: bool,
}

impl<'a, T: Cell<'a>> Runs<'a, T> {
    pub(super) fn new(spec: u32, bytes: Option<&'a [u8]>) -> Self {
        Self {
            reader: Reader::new(bytes.unwrap_or_default()),
            spec,
            absent: bytes.is_none(),
            segment: Segment::Start,
            left: 0,
            last: None,
            seen_value: false,
        }
    }

    /// The next row.
    pub(super) fn next(&mut self) -> Result<Option<T>, Refusal> {
        if self.absent {
            return Ok(None);
        }
        if self.left == 0 {
            self.open_segment()?;
        }
        self.left -= 1;
        if self.segment == Segment::Literal {
            let value = T::read(&mut self.reader)?;
            self.follow(value)?;
        }
        Ok(self.last)
    }

    /// The next row of a column that knows no nulls.
    pub(super) fn value(&mut self) -> Result<T, Refusal> {
        self.next()?.ok_or(Refusal::Encoding { spec: self.spec })
    }

    /// Confirms that all rows were read and that the column had a reason to exist.
    pub(super) fn finish(&self) -> Result<(), Refusal> {
        if self.left > 0 || !self.reader.is_empty() {
            return Err(Refusal::Rows { spec: self.spec });
        }
        if !self.absent && !self.seen_value {
            return Err(Refusal::Encoding { spec: self.spec });
        }
        Ok(())
    }

    /// How many rows the run lengths claim, without reading them out; stops above `most`.
    pub(super) fn count(mut self, most: u64) -> Result<u64, Refusal> {
        let mut rows = 0_u64;
        while !self.reader.is_empty() {
            self.open_segment()?;
            rows = rows.saturating_add(self.left);
            if rows > most {
                return Err(Refusal::TooManyOps);
            }
            if self.segment == Segment::Literal {
                for _ in 0..self.left {
                    let value = T::read(&mut self.reader)?;
                    self.follow(value)?;
                }
            }
            self.left = 0;
        }
        Ok(rows)
    }

    fn open_segment(&mut self) -> Result<(), Refusal> {
        if self.reader.is_empty() {
            return Err(Refusal::Rows { spec: self.spec });
        }
        let bad = Refusal::Encoding { spec: self.spec };
        let count = self.reader.ileb()?;
        self.left = count.unsigned_abs();
        match count {
            1 => return Err(bad),
            2.. => {
                let value = T::read(&mut self.reader)?;
                self.follow(value)?;
                self.segment = Segment::Run;
            }
            0 if self.segment == Segment::Nulls => return Err(bad),
            0 => {
                self.left = self.reader.uleb()?;
                if self.left == 0 {
                    return Err(bad);
                }
                self.last = None;
                self.segment = Segment::Nulls;
            }
            _ if self.segment == Segment::Literal => return Err(bad),
            _ => self.segment = Segment::Literal,
        }
        Ok(())
    }

    /// A new value directly after an equal one would have belonged to the same run.
    fn follow(&mut self, value: T) -> Result<(), Refusal> {
        if self.last == Some(value) {
            return Err(Refusal::Encoding { spec: self.spec });
        }
        self.last = Some(value);
        self.seen_value = true;
        Ok(())
    }
}

/// A run-length column of differences.
pub(super) struct Deltas<'a> {
    runs: Runs<'a, i64>,
    at: i64,
}

impl<'a> Deltas<'a> {
    pub(super) fn new(spec: u32, bytes: Option<&'a [u8]>) -> Self {
        Self {
            runs: Runs::new(spec, bytes),
            at: 0,
        }
    }

    /// The next row: an operation counter, so never negative.
    pub(super) fn next(&mut self) -> Result<Option<u64>, Refusal> {
        let Some(step) = self.runs.next()? else {
            return Ok(None);
        };
        self.at = self.at.checked_add(step).ok_or(Refusal::Counter)?;
        u64::try_from(self.at)
            .map(Some)
            .map_err(|_| Refusal::Counter)
    }

    /// The next row of a column that knows no nulls.
    pub(super) fn value(&mut self) -> Result<u64, Refusal> {
        self.next()?.ok_or(Refusal::Encoding {
            spec: self.runs.spec,
        })
    }

    pub(super) fn finish(&self) -> Result<(), Refusal> {
        self.runs.finish()
    }
}

/// A column of alternating counts: so many false, so many true, and so on.
pub(super) struct Flags<'a> {
    reader: Reader<'a>,
    spec: u32,
    value: bool,
    left: u64,
    opened: bool,
}

impl<'a> Flags<'a> {
    pub(super) fn new(spec: u32, bytes: Option<&'a [u8]>) -> Self {
        Self {
            reader: Reader::new(bytes.unwrap_or_default()),
            spec,
            value: true,
            left: 0,
            opened: false,
        }
    }

    pub(super) fn next(&mut self) -> Result<bool, Refusal> {
        while self.left == 0 {
            if self.reader.is_empty() {
                return Err(Refusal::Rows { spec: self.spec });
            }
            self.left = self.reader.uleb()?;
            // Only the first count may be zero: it says that the column starts with true.
            if self.left == 0 && self.opened {
                return Err(Refusal::Encoding { spec: self.spec });
            }
            self.opened = true;
            self.value = !self.value;
        }
        self.left -= 1;
        Ok(self.value)
    }

    pub(super) fn finish(&self) -> Result<(), Refusal> {
        if self.left > 0 || !self.reader.is_empty() {
            return Err(Refusal::Rows { spec: self.spec });
        }
        Ok(())
    }
}
