//! Whether bytes are CBOR at all (RFC 8949 appendix C), in whatever encoding.
//!
//! The strict reader stops at the first thing our writer would not have written. A cut-off picture and a pass
//! from a sloppy maker then look alike; this tells them apart, so that the guard hears which it is.

/// Whether `bytes` are exactly one well-formed item, nested at most `depth`.
pub(super) fn is_one_item(bytes: &[u8], depth: usize) -> bool {
    item(bytes, depth, false).is_some_and(|rest| rest.is_empty())
}

/// What follows the first item; `None` when it is not well-formed. `in_string` allows only definite chunks.
fn item(bytes: &[u8], depth: usize, in_string: bool) -> Option<&[u8]> {
    let (&first, rest) = bytes.split_first()?;
    let (major, low) = (first >> 5, first & 31);
    if low == 31 {
        return (!in_string)
            .then(|| indefinite(major, rest, depth))
            .flatten();
    }
    let (n, rest) = argument(low, rest)?;
    match major {
        0 | 1 => Some(rest),
        2 | 3 => rest.get(usize::try_from(n).ok()?..),
        // A simple value below 32 has one encoding by definition.
        7 => (low != 24 || n >= 32).then_some(rest),
        _ => {
            let inner = depth.checked_sub(1)?;
            let count = match major {
                4 => n,
                5 => n.checked_mul(2)?,
                _ => 1,
            };
            // Each item takes a byte, so a count above what is left is refused before anything loops.
            if count > rest.len() as u64 {
                return None;
            }
            (0..count).try_fold(rest, |rest, _| item(rest, inner, false))
        }
    }
}

fn argument(low: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    match low {
        0..=23 => Some((u64::from(low), rest)),
        24..=27 => {
            let (number, rest) = rest.split_at_checked(1 << (low - 24))?;
            let n = number
                .iter()
                .fold(0u64, |acc, b| (acc << 8) | u64::from(*b));
            Some((n, rest))
        }
        _ => None,
    }
}

fn indefinite(major: u8, mut rest: &[u8], depth: usize) -> Option<&[u8]> {
    const BREAK: u8 = 0xff;
    if !matches!(major, 2..=5) {
        return None;
    }
    let inner = depth.checked_sub(1)?;
    let mut count = 0usize;
    loop {
        let (&first, after) = rest.split_first()?;
        if first == BREAK {
            let even = major != 5 || count.is_multiple_of(2);
            return even.then_some(after);
        }
        let chunk = matches!(major, 2 | 3);
        if chunk && first >> 5 != major {
            return None;
        }
        rest = item(rest, inner, chunk)?;
        count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_encoding_of_sense_is_well_formed_and_nonsense_is_not() {
        for good in [
            &[0x18, 0x01][..],
            &[0x5f, 0x41, 0x00, 0xff],
            &[0x9f, 0x01, 0xff],
            &[0xbf, 0x01, 0x02, 0xff],
            &[0xa2, 0x01, 0x00, 0x01, 0x00],
            &[0xf9, 0x3c, 0x00],
            &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0],
            &[0xd2, 0x80],
        ] {
            assert!(is_one_item(good, 6), "{good:02x?}");
        }
        for bad in [
            &[][..],
            &[0xff],
            &[0x9f, 0x01],
            &[0xbf, 0x01, 0xff],
            &[0x5f, 0x61, 0x00, 0xff],
            &[0x5f, 0x5f, 0xff, 0xff],
            &[0x1c],
            &[0xf8, 0x10],
            &[0x00, 0x00],
            &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x42, 0x00],
        ] {
            assert!(!is_one_item(bad, 6), "{bad:02x?}");
        }
        assert!(!is_one_item(&[0x81; 40], 6));
    }
}
