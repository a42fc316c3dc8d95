//! What is left on a disk after a power cut.
//!
//! Between two syncs an operating system may write back any page at any time and in any order, and
//! a drive may lose its cache. So each sector ends with its durable content or with one of those it
//! was given since. Choosing for every sector of every write whether it arrived, and applying the
//! chosen ones in order, reaches exactly these outcomes. Pure chance seldom gives the treacherous
//! ones, such as the header alone surviving, so a cut first draws a style.

use super::{Change, SECTOR};
use crate::dice::Dice;

enum Style {
    Nothing,
    Everything,
    /// Changes up to here arrived, the next one was torn.
    Beginning(usize),
    /// Only what was written last arrived.
    LastAlone,
    /// All but this change arrived.
    AllBut(usize),
    /// Each sector arrived with this chance.
    Scattered(usize),
}

pub(super) fn image_after_cut(durable: &[u8], pending: &[Change], seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    let style = match dice.below(12) {
        0 => Style::Nothing,
        1 => Style::Everything,
        2 | 3 => Style::Beginning(dice.below(pending.len() + 1)),
        4 => Style::LastAlone,
        5 | 6 => Style::AllBut(dice.below(pending.len())),
        7 => Style::Scattered(90),
        8 => Style::Scattered(10),
        _ => Style::Scattered(50),
    };
    let lengths = pending
        .iter()
        .filter(|change| matches!(change, Change::SetLen(_)))
        .count();
    let mut lengths_left = match style {
        Style::Nothing => 0,
        Style::Everything | Style::AllBut(_) => lengths,
        Style::Beginning(_) | Style::LastAlone | Style::Scattered(_) => dice.below(lengths + 1),
    };
    let mut image = durable.to_vec();
    for (index, change) in pending.iter().enumerate() {
        match change {
            Change::SetLen(_) => {
                if lengths_left > 0 {
                    lengths_left -= 1;
                    change.apply(&mut image);
                }
            }
            Change::Write(offset, data) => {
                for (at, sector) in sectors(*offset, data) {
                    let arrived = match style {
                        Style::Nothing => false,
                        Style::Everything => true,
                        Style::Beginning(torn) => {
                            index < torn || (index == torn && dice.chance(50))
                        }
                        Style::LastAlone => index + 1 == pending.len(),
                        Style::AllBut(lost) => index != lost,
                        Style::Scattered(percent) => dice.chance(percent),
                    };
                    if arrived {
                        put_inside(&mut image, at, sector);
                    }
                }
            }
        }
    }
    image
}

/// Splits a write at the sector boundaries of the disk, which need not be those of the write.
fn sectors(offset: u64, data: &[u8]) -> Vec<(u64, &[u8])> {
    let mut parts = Vec::new();
    let mut at = offset;
    let mut rest = data;
    while !rest.is_empty() {
        let room = SECTOR - usize::try_from(at % SECTOR as u64).unwrap_or(0);
        let (part, after) = rest.split_at(room.min(rest.len()));
        parts.push((at, part));
        at += part.len() as u64;
        rest = after;
    }
    parts
}

/// Writes what lies within the file; its length is metadata, and a lost growth takes its data along.
fn put_inside(image: &mut [u8], offset: u64, data: &[u8]) {
    let start = usize::try_from(offset)
        .unwrap_or(usize::MAX)
        .min(image.len());
    let place = image.get_mut(start..).unwrap_or_default();
    let len = place.len().min(data.len());
    let (place, data) = (place.get_mut(..len), data.get(..len));
    if let (Some(place), Some(data)) = (place, data) {
        place.copy_from_slice(data);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_write_is_split_where_the_disk_s_sectors_begin() {
        let data = [0u8; 1200];
        let parts: Vec<(u64, usize)> = sectors(500, &data)
            .iter()
            .map(|(at, part)| (*at, part.len()))
            .collect();
        assert_eq!(parts, [(500, 12), (512, 512), (1024, 512), (1536, 164)]);
    }

    #[test]
    fn every_outcome_of_three_writes_over_two_sectors_is_reached_and_no_other() {
        let durable = vec![b'0'; 2 * SECTOR];
        let both = |byte: u8| Change::Write(0, vec![byte; 2 * SECTOR]);
        let first = Change::Write(0, vec![b'C'; SECTOR]);
        let pending = [both(b'A'), both(b'B'), first];
        let mut seen = BTreeSet::new();
        for seed in 0..2_000 {
            let image = image_after_cut(&durable, &pending, seed);
            assert!(
                image
                    .chunks(SECTOR)
                    .all(|sector| sector.windows(2).all(|pair| pair[0] == pair[1]))
            );
            seen.insert((image[0], image[SECTOR]));
        }
        let expected: BTreeSet<(u8, u8)> = b"0ABC"
            .iter()
            .flat_map(|left| b"0AB".iter().map(|right| (*left, *right)))
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn data_of_a_lost_growth_is_lost_with_it() {
        let pending = [Change::SetLen(1024), Change::Write(512, vec![1; 512])];
        let lengths: BTreeSet<usize> = (0..200)
            .map(|seed| image_after_cut(&[9; 512], &pending, seed).len())
            .collect();
        assert_eq!(lengths, BTreeSet::from([512, 1024]));
    }
}
