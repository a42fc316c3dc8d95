//! Our own parser for one plain change chunk. It touches no Automerge code.
//!
//! The layout is in `docs/formats/change.md`. Nothing is allocated before the limit on it was checked, and
//! there is exactly one byte string for a given change: whatever could have been written otherwise is void.

use super::leb::Reader;
use super::rows::{self, Parsed, Rows};
use super::{Actor, ChangeId, Limits, Refusal};

pub(super) const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
pub(super) const PLAIN_CHANGE: u8 = 1;

/// What a change says about itself before its operations are judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeHead {
    /// SHA-256 of the chunk; the name of the change.
    pub hash: ChangeId,
    /// Who wrote it.
    pub actor: Actor,
    /// Its place among its actor's changes, from 1.
    pub seq: u64,
    /// The counter of its first operation.
    pub start_op: u64,
    /// The counter of its last operation.
    pub max_op: u64,
    /// The changes it builds on, ascending.
    pub deps: Vec<ChangeId>,
    /// The other actors its operations refer to, ascending.
    pub other_actors: Vec<Actor>,
    /// How many operations it has.
    pub ops: u64,
    /// What it expands to, in the measure of [`Limits::expanded_bytes`].
    pub expanded: u64,
}

/// Reads one change chunk and says what it claims, or why it is void.
///
/// Cost: one SHA-256 and one pass over at most 64 KiB and 20,000 operations.
///
/// # Errors
/// A [`Refusal`] that every replica gives for the same bytes.
pub fn preparse(bytes: &[u8], limits: &Limits) -> Result<ChangeHead, Refusal> {
    parse(bytes, limits).map(|change| change.head)
}

pub(super) fn parse<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Parsed<'a>, Refusal> {
    if bytes.len() > limits.chunk_bytes {
        return Err(Refusal::TooLong { bytes: bytes.len() });
    }
    let mut reader = Reader::new(bytes);
    if reader.array::<4>().map_err(|_| Refusal::NotAChunk)? != MAGIC {
        return Err(Refusal::NotAChunk);
    }
    let checksum = reader.array::<4>()?;
    let chunk_type = reader.byte()?;
    if chunk_type != PLAIN_CHANGE {
        return Err(Refusal::NotAPlainChange { chunk_type });
    }
    if reader.uleb()? != reader.len() as u64 {
        return Err(Refusal::Length);
    }
    // The hash covers chunk type, length and content, which stand together.
    let hash = linli_base::hash::sha256(&bytes[8..]);
    if hash[..4] != checksum {
        return Err(Refusal::Checksum);
    }
    let mut head = read_head(&mut reader, limits)?;
    head.hash = hash;
    let columns = read_columns(&mut reader, bytes.len())?;
    if !reader.is_empty() {
        return Err(Refusal::FreeForm("trailer"));
    }
    Rows::new(&columns).read(head, columns.value_at, limits)
}

fn read_head(reader: &mut Reader<'_>, limits: &Limits) -> Result<ChangeHead, Refusal> {
    let deps = read_list(reader, limits.deps, Refusal::Deps, Reader::array::<32>)?;
    let actor = read_actor(reader)?;
    let seq = reader.uleb()?;
    let start_op = reader.uleb()?;
    if seq == 0 || start_op == 0 || seq > limits.max_op || start_op > limits.max_op {
        return Err(Refusal::Counter);
    }
    if reader.ileb()? != 0 {
        return Err(Refusal::FreeForm("time"));
    }
    if reader.uleb()? != 0 {
        return Err(Refusal::FreeForm("message"));
    }
    let other_actors = read_list(reader, limits.actors, Refusal::Actors, read_actor)?;
    if other_actors.contains(&actor) {
        return Err(Refusal::Actors);
    }
    Ok(ChangeHead {
        hash: [0; 32],
        actor,
        seq,
        start_op,
        max_op: 0,
        deps,
        other_actors,
        ops: 0,
        expanded: 0,
    })
}

/// A counted list whose items strictly ascend.
fn read_list<'a, T: Ord>(
    reader: &mut Reader<'a>,
    most: usize,
    disorder: Refusal,
    item: impl Fn(&mut Reader<'a>) -> Result<T, Refusal>,
) -> Result<Vec<T>, Refusal> {
    let count = reader.uleb()?;
    if count > most as u64 {
        return Err(disorder);
    }
    let mut items = Vec::new();
    for _ in 0..count {
        let next = item(reader)?;
        if items.last().is_some_and(|last| *last >= next) {
            return Err(disorder);
        }
        items.push(next);
    }
    Ok(items)
}

fn read_actor(reader: &mut Reader<'_>) -> Result<Actor, Refusal> {
    if reader.uleb()? != 16 {
        return Err(Refusal::ActorLength);
    }
    reader.array()
}

/// The columns of a change, by their place in [`rows::SPECS`].
#[derive(Default)]
pub(super) struct Columns<'a> {
    by_place: [Option<&'a [u8]>; rows::SPECS.len()],
    /// Where the value column begins in the chunk.
    value_at: usize,
}

impl<'a> Columns<'a> {
    pub(super) fn get(&self, spec: u32) -> Option<&'a [u8]> {
        let place = rows::SPECS.iter().position(|known| *known == spec)?;
        self.by_place[place]
    }
}

fn read_columns<'a>(reader: &mut Reader<'a>, total: usize) -> Result<Columns<'a>, Refusal> {
    let count = reader.uleb()?;
    let mut lengths: [Option<u64>; rows::SPECS.len()] = [None; rows::SPECS.len()];
    let mut next_place = 0;
    for _ in 0..count {
        let spec = reader.uleb()?;
        let len = reader.uleb()?;
        // Known, in order, not repeated, not empty; the deflate bit makes a number that is not in the table.
        let ahead = rows::SPECS[next_place..]
            .iter()
            .position(|known| u64::from(*known) == spec);
        let Some(ahead) = ahead.filter(|_| len > 0) else {
            return Err(Refusal::Column { spec });
        };
        lengths[next_place + ahead] = Some(len);
        next_place += ahead + 1;
    }
    let mut columns = Columns::default();
    for (place, len) in lengths.iter().enumerate() {
        if rows::SPECS[place] == rows::VALUE {
            columns.value_at = total - reader.len();
        }
        if let Some(len) = len {
            columns.by_place[place] = Some(reader.take(*len)?);
        }
    }
    Ok(columns)
}
