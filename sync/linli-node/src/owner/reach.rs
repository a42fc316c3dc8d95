//! Whom a notice reached: a lower bound, as it is known here.
//!
//! Counted are the units of the register in the notice's area, whether a computer stands there or not, and the units
//! of enrolled households beside them. A unit is reached by what its own devices said (a receipt, sealed to the office) or by
//! somebody who stood at its door. Nothing is guessed: who was not heard of is not reached.

mod spread;

use super::{Owner, answer};
use crate::api::{Answer, Fault};
use crate::replica::{Identity, Replica};
use linli_base::{DeviceId, Private, RecordId};
use linli_charter::PrincipalKind;
use linli_exchange::register::{NoticeArea, UnitKey, Use, UseKind};
use linli_record::fact::{Reach, Told};
use linli_record::fold::{REMINDER_APART_MS, REMINDERS};
use linli_record::row::NoticeRow;
use linli_record::{Fact, Row, RowKind};
use serde_json::{Value, json};
use spread::Moments;
use std::collections::{BTreeMap, BTreeSet};

const MINUTE_MS: u64 = 60_000;

/// How reach is counted. The product counts [`AsItIs`]; a simulator that wants to see a wrong count found plants a fault with
/// another one. Which it is is settled when a program is built: the product has nothing of it.
pub trait Counting {
    /// Each device of a household is a unit of its own.
    const DEVICES_APART: bool = false;
    /// Units that nobody lives in are to be reached, too.
    const VACANT_TOO: bool = false;
    /// What a full statement no longer repeats is forgotten.
    const SAID_LAST_ONLY: bool = false;
    /// What was said of the notice that this one corrects is said of this one.
    const EARLIER_TOO: bool = false;
    /// What has come was read.
    const COME_IS_READ: bool = false;
}

/// As it is.
#[derive(Debug)]
pub struct AsItIs;

impl Counting for AsItIs {}

/// How far a notice got with one unit.
#[derive(Clone, Debug, Default)]
struct Unit {
    device: bool,
    vacant: bool,
    delivered: bool,
    read: bool,
    confirmed: bool,
    told: bool,
    when: Moments,
}

impl Unit {
    const fn settled(&self) -> bool {
        self.confirmed || self.told
    }

    /// Somebody stood at its door.
    fn tell(&mut self, at_ms: u64) {
        self.told = true;
        self.when.first(Moments {
            reached: Some(at_ms),
            settled: Some(at_ms),
            ..Moments::default()
        });
    }
}

/// What one mark says of when: by that moment it had got at least so far.
fn moments(reach: Reach, at_ms: u64) -> Moments {
    let by = |bit: Reach| reach.has(bit).then_some(at_ms);
    Moments {
        reached: Some(at_ms),
        read: by(Reach::READ),
        settled: by(Reach::CONFIRMED),
    }
}

/// Units in walking order: as people count, building by building, stair by stair.
type Units = BTreeMap<Walk, Unit>;

/// A unit that is no address stands behind all that are.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Walk {
    Address(UnitKey),
    Other(String),
}

impl Walk {
    fn of(unit: &str) -> Self {
        unit.parse()
            .map_or_else(|_| Self::Other(unit.to_owned()), Self::Address)
    }

    fn text(&self) -> String {
        match self {
            Self::Address(key) => key.to_string(),
            Self::Other(text) => text.clone(),
        }
    }

    fn building(&self) -> String {
        match self {
            Self::Address(key) => key.building().to_owned(),
            Self::Other(_) => String::new(),
        }
    }
}

/// Areas in which the register knows no room, if it knows any at all.
pub(super) fn unknown_areas(replica: &Replica, areas: &[String]) -> Result<Vec<String>, Fault> {
    let rooms = rooms(replica)?;
    let empty = |area: &&String| !rooms.iter().any(|unit| covers(area, unit));
    let unknown = areas.iter().filter(empty).cloned();
    Ok(if rooms.is_empty() {
        Vec::new()
    } else {
        unknown.collect()
    })
}

/// Whether a notice of this area is for the household whose home this is.
pub(super) fn is_for(me: &Identity, area: &[String]) -> bool {
    let unit = me.certificate.claims().unit.as_deref().unwrap_or_default();
    me.kind == PrincipalKind::Household && in_area(area, unit)
}

fn in_area(area: &[String], unit: &str) -> bool {
    area.is_empty() || area.iter().any(|a| covers(a, unit))
}

/// An area of an older notice may be written as its clerk wrote it.
fn covers(area: &str, unit: &str) -> bool {
    NoticeArea::parse(area).is_some_and(|a| a.covers(unit))
}

fn rooms(replica: &Replica) -> Result<BTreeSet<String>, Fault> {
    let rows = replica.rows(RowKind::Room)?.into_iter();
    Ok(rows
        .filter_map(|(_, row)| match row {
            Row::Room(room) if !room.removed => Some(room.unit()),
            _ => None,
        })
        .collect())
}

/// Units that the register says nobody lives in.
fn vacant(replica: &Replica) -> Result<BTreeSet<String>, Fault> {
    let rows = replica.rows(RowKind::Household)?.into_iter();
    let is_vacant = |word: &str| Use::read(word).is_some_and(|u| u.kind() == UseKind::Vacant);
    Ok(rows
        .filter_map(|(_, row)| match row {
            Row::Household(h) if !h.removed => {
                let empty = h.usage.as_deref().is_some_and(is_vacant);
                empty.then(|| h.unit.reveal().clone())
            }
            _ => None,
        })
        .collect())
}

/// How many units an area addresses, and how many more of them stand empty by the register.
pub(super) fn households(replica: &Replica, area: &[String]) -> Result<(usize, usize), Fault> {
    let units = lived::<AsItIs>(replica, area)?;
    let vacant = units.values().filter(|unit| unit.vacant).count();
    Ok((units.len() - vacant, vacant))
}

/// The unit of a household's device, if it lies in the area and the device still counts.
fn lives<C: Counting>(replica: &Replica, area: &[String], device: &DeviceId) -> Option<Walk> {
    let authority = replica.authority();
    let d = authority.device(device)?;
    let counts = d.kind == PrincipalKind::Household && !authority.is_revoked(device);
    let unit = d.unit().filter(|u| counts && in_area(area, u))?;
    Some(if C::DEVICES_APART {
        Walk::Other(format!("{unit} {}", device.short()))
    } else {
        Walk::of(unit)
    })
}

fn lived<C: Counting>(replica: &Replica, area: &[String]) -> Result<Units, Fault> {
    let (authority, vacant) = (replica.authority(), vacant(replica)?);
    let mut units = Units::new();
    for unit in rooms(replica)? {
        if in_area(area, &unit) {
            let at = units.entry(Walk::of(&unit)).or_default();
            at.vacant = !C::VACANT_TOO && vacant.contains(&unit);
        }
    }
    for device in authority.devices().keys() {
        if let Some(at) = lives::<C>(replica, area, device) {
            let unit = units.entry(at).or_default();
            unit.device = true;
            unit.vacant = false;
        }
    }
    Ok(units)
}

fn units<C: Counting>(replica: &Replica, notice: &NoticeRow) -> Result<Units, Fault> {
    let mut units = lived::<C>(replica, &notice.area)?;
    for (device, receipt) in replica.receipts_with(!C::SAID_LAST_ONLY)? {
        let earlier = notice.corrects.filter(|_| C::EARLIER_TOO);
        let earlier = earlier.and_then(|id| receipt.notices.get(&id));
        if let Some((reach, at)) = receipt.notices.get(&notice.id).or(earlier)
            && let Some(unit) =
                lives::<C>(replica, &notice.area, &device).and_then(|of| units.get_mut(&of))
        {
            unit.delivered = true;
            unit.read |= C::COME_IS_READ || reach.has(Reach::READ);
            unit.confirmed |= reach.has(Reach::CONFIRMED);
            unit.when.first(moments(*reach, *at));
            for (reach, at) in replica.steps(&device, &notice.id)? {
                unit.when.first(moments(reach, at));
            }
        }
        let told = receipt.told.get(&notice.id);
        for (told, at) in told.into_iter().flatten() {
            if replica.is_steward_of(&device, told)
                && let Some(unit) = units.get_mut(&Walk::of(told))
            {
                unit.tell(*at);
            }
        }
    }
    for (_, told, at) in replica.told_by_office(&notice.id)? {
        if let Some(unit) = units.get_mut(&Walk::of(told.unit.reveal())) {
            unit.tell(at);
        }
    }
    Ok(units)
}

/// Notices that are confirmed: by any household, as far as this office was told; or when by another computer of this one.
#[derive(Debug, Default)]
pub(super) struct Confirmed {
    pub(super) by_any: BTreeSet<RecordId>,
    /// Unix milliseconds.
    pub(super) at_house: BTreeMap<RecordId, u64>,
}

pub(super) fn confirmed(replica: &Replica) -> Result<Confirmed, Fault> {
    if replica.me().kind != PrincipalKind::Office {
        return Ok(Confirmed {
            at_house: replica.house_confirmed()?,
            ..Confirmed::default()
        });
    }
    let receipts = replica.receipts()?;
    let all = receipts.iter().flat_map(|(_, receipt)| &receipt.notices);
    let confirmed = all.filter(|(_, (reach, _))| reach.has(Reach::CONFIRMED));
    Ok(Confirmed {
        by_any: confirmed.map(|(id, _)| *id).collect(),
        ..Confirmed::default()
    })
}

fn count(units: &[(&Walk, &Unit)]) -> Value {
    let n = |f: fn(&Unit) -> bool| units.iter().filter(|(_, u)| f(u)).count();
    json!({
        "of": units.len(),
        "delivered": n(|u| u.delivered), "read": n(|u| u.read), "confirmed": n(|u| u.confirmed),
        "told": n(|u| u.told), "reached": n(|u| u.delivered || u.told), "settled": n(Unit::settled),
        "not_heard": n(|u| u.device && !u.delivered && !u.told),
        "no_device": n(|u| !u.device && !u.told),
    })
}

impl Owner {
    pub(super) fn notice_reach(&self, id: &str) -> Result<Answer, Fault> {
        self.notice_reach_by::<AsItIs>(id)
    }

    /// The same by another counting.
    pub(crate) fn notice_reach_by<C: Counting>(&self, id: &str) -> Result<Answer, Fault> {
        let record = self.own_notice(id)?;
        let replica = self.replica_ref()?;
        let Some(Row::Notice(notice)) = replica.row(RowKind::Notice, &record)? else {
            return Err(Fault::missing("not-found").with("id", id));
        };
        let units = units::<C>(replica, &notice)?;
        let (empty, lived): (Vec<_>, Vec<_>) = units.iter().partition(|(_, u)| u.vacant && !u.told);
        let mut by_building: Vec<(String, Vec<(&Walk, &Unit)>)> = Vec::new();
        for one in &lived {
            let building = one.0.building();
            match by_building.last_mut().filter(|(b, _)| *b == building) {
                Some((_, list)) => list.push(*one),
                None => by_building.push((building, vec![*one])),
            }
        }
        let buildings: Vec<Value> = by_building
            .iter()
            .map(|(building, list)| {
                let mut one = count(list);
                one["building"] = building.clone().into();
                one
            })
            .collect();
        let open: Vec<Value> = lived
            .iter()
            .filter(|(_, u)| !u.settled())
            .map(|(at, u)| {
                let state = match (u.read, u.delivered, u.device) {
                    (true, ..) => "read",
                    (_, true, _) => "delivered",
                    (_, _, true) => "not-heard",
                    _ => "no-device",
                };
                json!({ "unit": at.text(), "building": at.building(), "state": state })
            })
            .collect();
        let mut data = count(&lived);
        data["id"] = record.to_text().into();
        data["title"] = notice.title.clone().into();
        data["asks"] = notice.confirm.into();
        data["published_ms"] = notice.created_ms.into();
        data["reminded_ms"] = notice.reminded_ms.clone().into();
        data["as_of_ms"] = self.now().wall.0.into();
        data["vacant"] = empty.len().into();
        let when: Vec<Moments> = lived.iter().map(|(_, unit)| unit.when).collect();
        data["spread"] = json!(spread::points(notice.created_ms, self.now().wall.0, &when));
        data["buildings"] = buildings.into();
        let names: Vec<&Value> = open.iter().map(|u| &u["unit"]).collect();
        data["unconfirmed"] = json!(names);
        data["open"] = open.into();
        Ok(answer(data))
    }

    /// Asks everybody who has not confirmed once more; those who have are not asked.
    pub(super) fn notice_remind(&mut self, id: &str) -> Result<Answer, Fault> {
        let record = self.own_notice(id)?;
        let now = self.now();
        let replica = self.replica_ref()?;
        let Some(Row::Notice(notice)) = replica.row(RowKind::Notice, &record)? else {
            return Err(Fault::missing("not-found").with("id", id));
        };
        let over = notice.expires_ms.is_some_and(|at| at <= now.wall.0);
        let stands = super::notices::linked(replica)?
            .iter()
            .any(|n| n.id == record && n.stands());
        if !stands || over {
            return Err(Fault::input("remind-over"));
        }
        if !notice.confirm {
            return Err(Fault::input("remind-not-asked"));
        }
        if notice.reminded_ms.len() >= REMINDERS {
            return Err(Fault::forbidden("remind-enough").with("count", REMINDERS));
        }
        if let Some(last) = notice.reminded_ms.last().copied() {
            let next = last.saturating_add(REMINDER_APART_MS);
            if now.wall.0 < next {
                let minutes = (next - now.wall.0).div_ceil(MINUTE_MS);
                return Err(Fault::forbidden("remind-too-soon").with("minutes", minutes));
            }
        }
        let units = units::<AsItIs>(replica, &notice)?;
        let asked = units.values().filter(|u| u.device && !u.settled()).count();
        if asked == 0 {
            return Err(Fault::input("remind-nobody"));
        }
        self.replica()?.say(now, &record, &Fact::Reminder)?;
        let count = notice.reminded_ms.len() + 1;
        Ok(answer(json!({
            "id": record.to_text(), "asked": asked, "reminders": count, "left": REMINDERS - count,
        })))
    }

    /// Notes that a unit was told at its door: by the notice's office, or by the steward of the building.
    pub(super) fn notice_told(
        &mut self,
        id: &str,
        unit: &str,
        words: Option<String>,
    ) -> Result<Answer, Fault> {
        let record: RecordId = self.find_record(RowKind::Notice, id)?;
        let now = self.now();
        let key = UnitKey::from_line(unit)
            .map_err(|_| Fault::input("bad-unit").with("unit", unit))?
            .to_string();
        let replica = self.replica_ref()?;
        let rooms = rooms(replica)?;
        let mut devices = replica.authority().devices().values();
        let known = rooms.contains(&key) || devices.any(|d| d.unit() == Some(key.as_str()));
        if !known {
            return Err(Fault::missing("told-unit-unknown").with("unit", key));
        }
        if let Some(Row::Notice(notice)) = replica.row(RowKind::Notice, &record)?
            && !in_area(&notice.area, &key)
        {
            return Err(Fault::input("told-outside-area").with("unit", key));
        }
        let told = Told {
            unit: Private::new(key.clone()),
            words: words.map(Private::new),
        };
        let news = self.replica()?.told_at_door(now, &record, told)?;
        Ok(answer(
            json!({ "id": record.to_text(), "unit": key, "news": news }),
        ))
    }
}
