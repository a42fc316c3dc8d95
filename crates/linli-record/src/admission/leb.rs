//! A cursor over foreign bytes that reads LEB128 only in its shortest form.
//!
//! Automerge's column decoders accept padded numbers; a padded change is another encoding of the same
//! operations, and that is what makes a document unloadable later (A9). Here one number has one form.

use super::Refusal;

/// The bytes not read yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.rest.len()
    }

    pub(super) fn byte(&mut self) -> Result<u8, Refusal> {
        let (first, rest) = self.rest.split_first().ok_or(Refusal::Length)?;
        self.rest = rest;
        Ok(*first)
    }

    pub(super) fn take(&mut self, len: u64) -> Result<&'a [u8], Refusal> {
        let len = usize::try_from(len).map_err(|_| Refusal::Length)?;
        let (head, rest) = self.rest.split_at_checked(len).ok_or(Refusal::Length)?;
        self.rest = rest;
        Ok(head)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (head, rest) = self.rest.split_first_chunk().ok_or(Refusal::Length)?;
        self.rest = rest;
        Ok(*head)
    }

    pub(super) fn text(&mut self, len: u64) -> Result<&'a str, Refusal> {
        std::str::from_utf8(self.take(len)?).map_err(|_| Refusal::Utf8)
    }

    /// An unsigned number in its shortest form.
    pub(super) fn uleb(&mut self) -> Result<u64, Refusal> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(Refusal::Number);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                // A last byte of zero adds nothing: the number had a shorter form.
                return if byte == 0 && shift > 0 {
                    Err(Refusal::Number)
                } else {
                    Ok(value)
                };
            }
        }
        Err(Refusal::Number)
    }

    /// A signed number in its shortest form.
    pub(super) fn ileb(&mut self) -> Result<i64, Refusal> {
        let mut value = 0_i64;
        let mut previous = 0_u8;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Self::finish_signed(value, shift, byte, previous);
            }
            previous = byte;
        }
        Err(Refusal::Number)
    }

    fn finish_signed(value: i64, shift: u32, last: u8, previous: u8) -> Result<i64, Refusal> {
        let negative = last & 0x40 != 0;
        if shift == 63 && last != 0 && last != 0x7f {
            return Err(Refusal::Number);
        }
        // A last byte that only repeats the sign of the one before it could have been left out.
        let repeats_sign =
            (last == 0 && previous & 0x40 == 0) || (last == 0x7f && previous & 0x40 != 0);
        if shift > 0 && repeats_sign {
            return Err(Refusal::Number);
        }
        let bits = shift + 7;
        Ok(if negative && bits < 64 {
            value | (-1_i64 << bits)
        } else {
            value
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn one_number_has_one_form() {
        let unsigned: [(&[u8], Option<u64>); 7] = [
            (&[0], Some(0)),
            (&[0x7f], Some(127)),
            (&[0x80, 1], Some(128)),
            (&[0x80, 0], None),
            (
                &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
                Some(u64::MAX),
            ),
            (
                &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2],
                None,
            ),
            (&[0x80], None),
        ];
        for (bytes, want) in unsigned {
            assert_eq!(Reader::new(bytes).uleb().ok(), want, "{bytes:x?}");
        }
        let signed: [(&[u8], Option<i64>); 9] = [
            (&[0], Some(0)),
            (&[0x7f], Some(-1)),
            (&[0x40], Some(-64)),
            (&[0x80, 1], Some(128)),
            (&[0xbf, 0], None),
            (&[0x81, 0xff, 0x7f], None),
            (
                &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0],
                Some(i64::MAX),
            ),
            (
                &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f],
                Some(i64::MIN),
            ),
            (
                &[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1],
                None,
            ),
        ];
        for (bytes, want) in signed {
            assert_eq!(Reader::new(bytes).ileb().ok(), want, "{bytes:x?}");
        }
    }
}
