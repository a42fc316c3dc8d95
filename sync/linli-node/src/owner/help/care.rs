//! Named helpers and the daily "I am fine": letters that only those can open who are asked to look.

use super::super::posts::shown;
use crate::api::{Answer, Fault};
use crate::owner::{Owner, answer};
use crate::replica::{Now, Replica};
use linli_base::{DeviceId, EntryId, LaneClass, PrincipalId, Private, ScopeId};
use linli_charter::PrincipalKind;
use linli_record::fact::{CARE_HELPERS, LetterBody};
use linli_record::row::Author;
use linli_record::{Fact, Row, RowKind};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const DAY_MS: u64 = 24 * 3600 * 1000;
/// A clock that is further ahead proves nothing.
const AHEAD_MS: u64 = 3600 * 1000;
/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

/// What letters that this device can open say of a household.
struct Care {
    author: Author,
    /// When the settings were made, and by which entry.
    set: Option<(u64, EntryId)>,
    minute: Option<u16>,
    helpers: Vec<PrincipalId>,
    /// When it said that all is well.
    fine: Vec<u64>,
}

/// Words with calls, by household and call.
pub(super) type Words = BTreeMap<(PrincipalId, [u8; 16]), Private<String>>;

fn letters(replica: &Replica) -> Result<(BTreeMap<PrincipalId, Care>, Words), Fault> {
    let (mut of, mut words) = (BTreeMap::<PrincipalId, Care>::new(), Words::new());
    for (_, row) in replica.rows(RowKind::Letter)? {
        let Row::Letter(row) = row else { continue };
        let Some(body) = replica.open_letter(&row) else {
            continue;
        };
        let who = row.author.principal;
        let care = of.entry(who).or_insert_with(|| Care {
            author: row.author.clone(),
            set: None,
            minute: None,
            helpers: Vec::new(),
            fine: Vec::new(),
        });
        match body {
            LetterBody::Care { minute, helpers } => {
                let set = Some((row.time_ms, row.id));
                if set > care.set {
                    (care.set, care.minute, care.helpers) = (set, minute, helpers);
                }
            }
            LetterBody::Fine => care.fine.push(row.time_ms),
            LetterBody::Words { key, text } => {
                words.insert((who, key), text);
            }
        }
    }
    Ok((of, words))
}

/// What was said with calls, as far as this device is told.
pub(super) fn words(replica: &Replica) -> Result<Words, Fault> {
    Ok(letters(replica)?.1)
}

/// Households that ask this one to look after them.
pub(super) fn whom(replica: &Replica) -> Result<BTreeSet<PrincipalId>, Fault> {
    let me = replica.me().principal;
    let (of, _) = letters(replica)?;
    let asked = of
        .into_iter()
        .filter(|(_, care)| care.helpers.contains(&me));
    Ok(asked.map(|(who, _)| who).collect())
}

fn own(replica: &Replica) -> Result<Option<Care>, Fault> {
    Ok(letters(replica)?.0.remove(&replica.me().principal))
}

/// Devices that read a letter of this household: its own, its helpers', and offices' where it is about a call.
pub(super) fn readers(replica: &Replica, offices: bool) -> Result<Vec<DeviceId>, Fault> {
    let helpers = own(replica)?.map(|care| care.helpers).unwrap_or_default();
    Ok(devices(replica, &helpers, offices))
}

fn devices(replica: &Replica, helpers: &[PrincipalId], offices: bool) -> Vec<DeviceId> {
    let (authority, mine) = (replica.authority(), replica.me().principal);
    let mut order: Vec<(u8, DeviceId)> = authority
        .devices()
        .iter()
        .filter(|(id, _)| !authority.is_revoked(id))
        .filter_map(|(id, device)| {
            let rank = match device.principal {
                own if own == mine => 0,
                other if helpers.contains(&other) => 1,
                _ if offices && device.kind == PrincipalKind::Office => 2,
                _ => return None,
            };
            Some((rank, *id))
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, id)| id).collect()
}

/// How this household is looked after.
pub(super) fn shown_care(replica: &Replica) -> Result<Value, Fault> {
    let care = own(replica)?;
    let helpers = care.iter().flat_map(|care| &care.helpers);
    let helpers: Vec<String> = helpers.map(|id| unit_of(replica, id)).collect();
    Ok(json!({
        "helpers": helpers,
        "minute": care.as_ref().and_then(|care| care.minute),
        "last_ms": care.as_ref().and_then(|care| care.fine.iter().max().copied()),
    }))
}

fn unit_of(replica: &Replica, principal: &PrincipalId) -> String {
    let mut devices = replica.authority().devices_of(*principal);
    let unit = devices.find_map(|(_, device)| device.unit().map(str::to_owned));
    unit.unwrap_or_else(|| principal.to_text())
}

/// Households that ask this one to look, and have not said today that all is well, as known here.
pub(super) fn missed(replica: &Replica, now: Now) -> Result<Vec<Value>, Fault> {
    let me = replica.me().principal;
    let offset = i64::from(
        replica
            .authority()
            .charter()
            .newest()
            .epoch
            .offset
            .minutes(),
    );
    let mut list = Vec::new();
    for care in letters(replica)?.0.into_values() {
        let (Some(minute), Some((set, _))) = (care.minute, care.set) else {
            continue;
        };
        if !care.helpers.contains(&me) || care.author.principal == me {
            continue;
        }
        let due = last_due(now.wall.0, offset, minute);
        let fine = care.fine.iter().copied();
        let last = fine.filter(|at| *at <= now.wall.0 + AHEAD_MS).max();
        if set < due && last.is_none_or(|at| at + DAY_MS <= due) {
            list.push(json!({ "unit": shown(&care.author), "due_ms": due, "last_ms": last }));
        }
    }
    Ok(list)
}

/// The last time that it was this minute of the day.
fn last_due(now_ms: u64, offset_min: i64, minute: u16) -> u64 {
    let day = i64::try_from(DAY_MS).unwrap_or(i64::MAX);
    let now = i64::try_from(now_ms).unwrap_or(i64::MAX / 2);
    let local = now + offset_min * 60_000;
    let at = local - local.rem_euclid(day) + i64::from(minute) * 60_000;
    let due = if at > local { at - day } else { at };
    u64::try_from(due - offset_min * 60_000).unwrap_or(0)
}

impl Owner {
    pub(super) fn check_in(&mut self) -> Result<Answer, Fault> {
        let now = self.now();
        let replica = self.replica()?;
        let care = own(replica)?.filter(|care| !care.helpers.is_empty());
        let helpers = care.ok_or_else(|| Fault::input("no-helpers"))?.helpers;
        let to = devices(replica, &helpers, false);
        let letters = replica.letters_to(&to, &LetterBody::Fine);
        let board = replica.lane(now, LaneClass::Board, ScopeId::ZERO);
        replica.record_fact(now, board, &Fact::Letter(letters))?;
        self.settle()?;
        let replica = self.replica_ref()?;
        let helpers: Vec<String> = helpers.iter().map(|id| unit_of(replica, id)).collect();
        Ok(answer(json!({ "at_ms": now.wall.0, "helpers": helpers })))
    }

    pub(super) fn set_care(
        &mut self,
        units: Option<Vec<String>>,
        minute: Option<Option<u16>>,
    ) -> Result<Answer, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        let me = replica.me();
        if me.kind != PrincipalKind::Household {
            return Err(Fault::forbidden("not-a-household"));
        }
        if minute.flatten().is_some_and(|m| m >= DAY_MINUTES) {
            return Err(Fault::input("bad-hour"));
        }
        let before = own(replica)?;
        let held = before.as_ref().map(|care| care.helpers.clone());
        let held = held.unwrap_or_default();
        let helpers = match units {
            None => held.clone(),
            Some(units) => households(replica, &units)?,
        };
        let minute = minute.unwrap_or_else(|| before.and_then(|care| care.minute));
        if helpers.is_empty() && minute.is_some() {
            return Err(Fault::input("no-helpers"));
        }
        // Whoever is no helper any more is told so.
        let mut to = devices(replica, &helpers, false);
        let former = devices(replica, &held, false);
        to.extend(
            former
                .into_iter()
                .filter(|id| !to.contains(id))
                .collect::<Vec<_>>(),
        );
        let replica = self.replica()?;
        let letters = replica.letters_to(&to, &LetterBody::Care { minute, helpers });
        let board = replica.lane(now, LaneClass::Board, ScopeId::ZERO);
        replica.record_fact(now, board, &Fact::Letter(letters))?;
        self.settle()?;
        shown_care(self.replica_ref()?).map(answer)
    }
}

/// Who lives in these units.
fn households(replica: &Replica, units: &[String]) -> Result<Vec<PrincipalId>, Fault> {
    let (authority, mine) = (replica.authority(), replica.me().principal);
    let mut found = BTreeSet::new();
    for unit in units {
        let typed = unit.trim();
        let lives: BTreeSet<PrincipalId> = authority
            .devices()
            .iter()
            .filter(|(id, d)| {
                d.kind == PrincipalKind::Household
                    && d.unit() == Some(typed)
                    && !authority.is_revoked(id)
            })
            .map(|(_, d)| d.principal)
            .collect();
        if lives.is_empty() {
            return Err(Fault::missing("nobody-in-unit").with("unit", typed));
        }
        if lives.contains(&mine) {
            return Err(Fault::input("own-helper"));
        }
        found.extend(lives);
    }
    if found.len() > CARE_HELPERS {
        return Err(Fault::input("too-many-helpers").with("max", CARE_HELPERS));
    }
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::last_due;

    const HOUR: u64 = 3_600_000;

    #[test]
    fn the_hour_of_the_day_is_that_of_the_community_and_the_last_that_has_come() {
        // 00:30 in the east of China, some days into 1970.
        let (east, day) = (8 * 60, 24 * HOUR);
        let now = 9 * day + 16 * HOUR + HOUR / 2;
        assert_eq!(last_due(now, east, 0), now - HOUR / 2);
        assert_eq!(last_due(now, east, 30), now);
        assert_eq!(last_due(now, east, 31), now + 60_000 - day);
        assert_eq!(last_due(now, 0, 9 * 60), 9 * day + 9 * HOUR);
        assert_eq!(last_due(now, -5 * 60, 9 * 60), 9 * day + 14 * HOUR);
    }
}
