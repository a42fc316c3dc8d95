//! The truth, kept apart from the product's own counting, and what the office shows held against it.

use super::street::{HOMES, OFFICE, VACANT, WITHOUT, unit};
use super::{ReachPlant, SHOWN_WITHIN_MS, World};
use crate::small::home::lock;
use crate::small::mesh::Lives;
use linli_base::RecordId;
use linli_charter::{StatementKey, Topic};
use linli_node::api::Request;
use linli_node::drive::Counting;
use linli_record::RowKind;
use linli_view::api as view;
use linli_view::light::{HEARD_WITHIN_MS, Light, light};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How far a notice got with a unit.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Far {
    delivered: bool,
    read: bool,
    confirmed: bool,
    told: bool,
}

impl Far {
    /// Whether this says nothing that the other does not.
    const fn within(self, truth: Self) -> bool {
        (!self.delivered || truth.delivered)
            && (!self.read || truth.read)
            && (!self.confirmed || truth.confirmed)
            && (!self.told || truth.told)
    }

    fn and(self, other: Self) -> Self {
        Self {
            delivered: self.delivered || other.delivered,
            read: self.read || other.read,
            confirmed: self.confirmed || other.confirmed,
            told: self.told || other.told,
        }
    }
}

/// By notice, by unit.
type Reached = BTreeMap<String, BTreeMap<String, Far>>;
/// The answers of the office, by notice.
pub(super) type Shown = BTreeMap<String, Value>;

/// What is true, who said what of it, and what the office has of that.
#[derive(Default)]
pub(super) struct Books {
    areas: BTreeMap<String, Vec<String>>,
    truth: Reached,
    /// Which notices stand on which disk.
    at: BTreeSet<(usize, String)>,
    /// What was true of a home when it said its n-th last word, and whether it was cut off then.
    said: BTreeMap<(usize, u64), (Reached, bool)>,
    /// Which last word of each home the office holds, since when.
    held: BTreeMap<usize, Vec<(u64, u64)>>,
}

impl Books {
    pub(super) fn published(&mut self, notice: &str, area: &[String]) {
        self.areas.insert(notice.to_owned(), area.to_vec());
        self.at.insert((OFFICE, notice.to_owned()));
    }

    pub(super) fn is_at(&self, home: usize, notice: &str) -> bool {
        self.at.contains(&(home, notice.to_owned()))
    }

    /// Whether a unit lies in the area: a building is all before the first dash.
    pub(super) fn is_for(&self, notice: &str, unit: &str) -> bool {
        let area = self.areas.get(notice);
        area.is_some_and(|area| {
            area.is_empty() || area.iter().any(|b| unit.split('-').next() == Some(b))
        })
    }

    fn mark(&mut self, unit: &str, notice: &str, far: Far) {
        let of = self.truth.entry(notice.to_owned()).or_default();
        let at = of.entry(unit.to_owned()).or_default();
        *at = at.and(far);
    }

    /// A person read a notice, or confirmed it.
    pub(super) fn did(&mut self, unit: &str, notice: &str, confirms: bool) {
        let far = Far {
            delivered: true,
            read: true,
            confirmed: confirms,
            told: false,
        };
        self.mark(unit, notice, far);
    }

    /// Somebody stood at a door.
    pub(super) fn told(&mut self, unit: &str, notice: &str) {
        let far = Far {
            told: true,
            ..Far::default()
        };
        self.mark(unit, notice, far);
    }

    /// Units to be reached: whoever lives there, with a computer or without.
    fn units(&self, notice: &str) -> BTreeSet<String> {
        let all = (0..HOMES).filter_map(unit);
        let all = all.chain(WITHOUT.map(str::to_owned));
        all.filter(|unit| self.is_for(notice, unit)).collect()
    }

    fn true_of(&self, notice: &str, unit: &str) -> Far {
        let of = self.truth.get(notice).and_then(|of| of.get(unit));
        of.copied().unwrap_or_default()
    }
}

/// The count of an answer by a name.
fn count(answer: &Value, name: &str) -> u64 {
    answer[name].as_u64().unwrap_or(u64::MAX)
}

/// What an answer says of a unit. Whoever is not among the open ones has confirmed or was told.
fn shown_of(answer: &Value, unit: &str) -> Result<(bool, Far), String> {
    let open = answer["open"]
        .as_array()
        .ok_or("an answer without a list")?;
    let Some(one) = open.iter().find(|one| one["unit"] == unit) else {
        return Ok((true, Far::default()));
    };
    let (delivered, read) = match one["state"].as_str() {
        Some("read") => (true, true),
        Some("delivered") => (true, false),
        Some("not-heard") => (false, false),
        Some("no-device") if WITHOUT.contains(&unit) => (false, false),
        other => {
            return Err(format!(
                "{unit} is {other:?}, though a computer stands there"
            ));
        }
    };
    let far = Far {
        delivered,
        read,
        ..Far::default()
    };
    Ok((false, far))
}

impl World {
    pub(super) fn statement_of(&self, at: usize, of: usize) -> Result<Option<u64>, String> {
        let key = StatementKey {
            device: self.who[of].0,
            topic: Topic::Receipt,
            to: self.who[OFFICE].1,
        };
        let mut driven = lock(&self.mesh.homes[at].driven);
        let replica = driven.replica().map_err(|f| f.code)?;
        let held = replica.statement(&key).map_err(|e| e.to_string())?;
        Ok(held.map(|s| s.counter))
    }

    /// Keeps the books after something happened at a home.
    pub(super) fn note(&mut self, home: usize) -> Result<(), String> {
        if home == OFFICE {
            return self.note_office();
        }
        for notice in self.notices.clone() {
            if self.books.is_at(home, &notice) || !self.stands_at(home, &notice)? {
                continue;
            }
            self.books.at.insert((home, notice.clone()));
            if let Some(unit) = unit(home) {
                let far = Far {
                    delivered: true,
                    ..Far::default()
                };
                self.books.mark(&unit, &notice, far);
            }
        }
        let Some(counter) = self.statement_of(home, home)? else {
            return Ok(());
        };
        if !self.books.said.contains_key(&(home, counter)) {
            let own = self.own_of(home)?;
            let cut_off = self.mesh.net.part[home] != self.mesh.net.part[OFFICE];
            self.books.said.insert((home, counter), (own, cut_off));
        }
        Ok(())
    }

    fn stands_at(&self, home: usize, notice: &str) -> Result<bool, String> {
        let id = RecordId::parse(notice).ok_or("a notice's name")?;
        let mut driven = lock(&self.mesh.homes[home].driven);
        let replica = driven.replica().map_err(|f| f.code)?;
        let row = replica.row(RowKind::Notice, &id);
        Ok(row.map_err(|e| e.to_string())?.is_some())
    }

    /// What a home's own people did so far, and the doors they stood at: read from its disk, as its last word has it.
    fn own_of(&self, home: usize) -> Result<Reached, String> {
        let office = self.who[OFFICE].1;
        let receipt = {
            let mut driven = lock(&self.mesh.homes[home].driven);
            let replica = driven.replica().map_err(|f| f.code)?;
            replica.own_receipt(&office).map_err(|e| e.to_string())?
        };
        let mut own = Reached::new();
        let here = unit(home).unwrap_or_default();
        for (notice, (reach, _)) in &receipt.notices {
            let far = Far {
                delivered: true,
                read: reach.has(linli_record::fact::Reach::READ),
                confirmed: reach.has(linli_record::fact::Reach::CONFIRMED),
                told: false,
            };
            let of = own.entry(notice.to_text()).or_default();
            of.insert(here.clone(), far);
        }
        for (notice, doors) in &receipt.told {
            let of = own.entry(notice.to_text()).or_default();
            for unit in doors.keys() {
                of.entry(unit.clone()).or_default().told = true;
            }
        }
        Ok(own)
    }

    fn note_office(&mut self) -> Result<(), String> {
        for home in 1..HOMES {
            let Some(counter) = self.statement_of(OFFICE, home)? else {
                continue;
            };
            let held = self.books.held.entry(home).or_default();
            if held.last().is_some_and(|(_, last)| *last >= counter) {
                continue;
            }
            held.push((self.mesh.now, counter));
            self.tally.held += 1;
            let said = self.books.said.get(&(home, counter));
            self.tally.late += u64::from(said.is_some_and(|(_, cut_off)| *cut_off));
        }
        Ok(())
    }

    /// The window at the office asks again.
    pub(super) fn draw(&mut self) -> Result<(), String> {
        for notice in self.notices.clone() {
            let mut answer = self.counted(&notice)?;
            if self.plant == Some(ReachPlant::WrongBuilding) {
                let one = &mut answer["buildings"][0]["delivered"];
                *one = one.as_u64().map(|n| n + 1).into();
            }
            self.window.insert(notice, answer);
        }
        Ok(())
    }

    /// What the office answers, by the product's counting or by one with a fault.
    fn counted(&self, id: &str) -> Result<Value, String> {
        let mut office = lock(&self.mesh.homes[OFFICE].driven);
        let answer = match self.plant {
            Some(ReachPlant::DevicesApart) => office.reach_by::<DevicesApart>(id),
            Some(ReachPlant::VacantToo) => office.reach_by::<VacantToo>(id),
            Some(ReachPlant::SaidLastOnly) => office.reach_by::<SaidLastOnly>(id),
            Some(ReachPlant::EarlierToo) => office.reach_by::<EarlierToo>(id),
            Some(ReachPlant::ComeIsRead) => office.reach_by::<ComeIsRead>(id),
            _ => {
                let id = id.to_owned();
                let asked = office.ask_linked(Request::NoticeReach { id });
                asked.map(|(answer, _)| answer)
            }
        };
        answer.map(|answer| answer.data).map_err(|f| f.code)
    }

    /// Every second: nothing is shown that is not so, and what is held is shown.
    pub(super) fn look(&mut self) -> Result<(), String> {
        let mut less = false;
        for (notice, answer) in &self.window {
            less |= self.exceeds_nothing(notice, answer)?;
        }
        self.tally.compared += 1;
        self.tally.less += u64::from(less);
        let home = self.mesh.dice.index(HOMES);
        self.light(home)?;
        self.shows_what_it_holds()
    }

    /// Green is a promise that somebody was heard a moment ago.
    fn light(&mut self, home: usize) -> Result<(), String> {
        let reply = lock(&self.mesh.homes[home].driven).desk(view::Request::Peers);
        let view::Reply::Peers(report) = reply else {
            return Err(format!("home {home}: {reply:?}"));
        };
        if light(&report.facts, report.as_of_ms) != Light::Green {
            return Ok(());
        }
        self.tally.green += 1;
        match self.mesh.heard[home] {
            Some(at) if self.mesh.now - at <= HEARD_WITHIN_MS => Ok(()),
            at => Err(format!(
                "home {home} is green and heard nobody since {at:?}"
            )),
        }
    }

    /// Everybody is cut off from everybody, and stays so: no light is green then.
    pub(super) fn asleep(&mut self) -> Result<(), String> {
        for home in 0..HOMES {
            self.mesh.net.part[home] = u8::try_from(home).unwrap_or(0);
        }
        self.mesh.is_parted();
        let until = self.mesh.now + HEARD_WITHIN_MS + 60_000;
        self.live(until)?;
        let green = self.tally.green;
        for home in 0..HOMES {
            self.light(home)?;
        }
        if self.tally.green > green {
            return Err("a light is green after six minutes of silence".to_owned());
        }
        Ok(())
    }

    /// Whether less is shown than is true; more never is.
    fn exceeds_nothing(&self, notice: &str, answer: &Value) -> Result<bool, String> {
        let units = self.books.units(notice);
        let mut less = self.counts_no_more(notice, answer, &units)?;
        let vacant = VACANT.iter().filter(|unit| self.books.is_for(notice, unit));
        if count(answer, "vacant") != vacant.count() as u64 {
            return Err(format!("{notice}: nobody lives in others than in {answer}"));
        }
        let mut buildings: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for unit in &units {
            let building = unit.split('-').next().unwrap_or_default();
            buildings.entry(building).or_default().insert(unit.clone());
        }
        let shown = answer["buildings"].as_array();
        let shown = shown.ok_or("an answer without buildings")?;
        if shown.len() != buildings.len() {
            return Err(format!("{notice} is for {buildings:?}, shown is {answer}"));
        }
        for (building, units) in &buildings {
            let one = shown.iter().find(|one| one["building"] == *building);
            let one = one.ok_or_else(|| format!("{notice}: building {building} is not shown"))?;
            less |= self.counts_no_more(&format!("{notice}, building {building}"), one, units)?;
        }
        for unit in &units {
            let (settled, shown) = shown_of(answer, unit)?;
            let truth = self.books.true_of(notice, unit);
            if (settled && !truth.confirmed && !truth.told) || !shown.within(truth) {
                let what = format!("{notice}: {unit} is shown as {shown:?}, settled {settled}");
                return Err(format!("{what}; it exceeds the truth, {truth:?}"));
            }
        }
        Ok(less)
    }

    /// The counts of a notice, or of one building of it; whether one is less than the truth.
    fn counts_no_more(
        &self,
        what: &str,
        answer: &Value,
        units: &BTreeSet<String>,
    ) -> Result<bool, String> {
        let notice = what.split(',').next().unwrap_or(what);
        if count(answer, "of") != units.len() as u64 {
            return Err(format!("{what} is for {units:?}, shown is {answer}"));
        }
        let sum = |of: fn(Far) -> bool| {
            let truth = units.iter().map(|unit| self.books.true_of(notice, unit));
            truth.filter(|far| of(*far)).count() as u64
        };
        let mut less = false;
        for (name, truth) in [
            ("delivered", sum(|f| f.delivered)),
            ("read", sum(|f| f.read)),
            ("confirmed", sum(|f| f.confirmed)),
            ("told", sum(|f| f.told)),
            ("reached", sum(|f| f.delivered || f.told)),
            ("settled", sum(|f| f.confirmed || f.told)),
        ] {
            let shown = count(answer, name);
            less |= shown < truth;
            if shown > truth {
                return Err(format!("{what}: {name} {shown} exceeds the truth, {truth}"));
            }
        }
        Ok(less)
    }

    fn shows_what_it_holds(&self) -> Result<(), String> {
        let due = self.mesh.now.saturating_sub(SHOWN_WITHIN_MS);
        for (home, held) in &self.books.held {
            let last = held.iter().rev().find(|(since, _)| *since <= due);
            let Some((_, n)) = last else {
                continue;
            };
            let said = self.books.said.get(&(*home, *n));
            let said = said.ok_or_else(|| format!("the books lack word {n} of home {home}"))?;
            for (notice, units) in &said.0 {
                let Some(answer) = self.window.get(notice) else {
                    return Err(format!("{notice} is not shown at all"));
                };
                for (unit, far) in units.iter().filter(|(u, _)| self.books.is_for(notice, u)) {
                    let (settled, shown) = shown_of(answer, unit)?;
                    if !settled && (far.confirmed || far.told || !far.within(shown)) {
                        let what = format!("{notice}: the office holds {far:?} of {unit}");
                        return Err(format!("{what}, which is not shown: {shown:?}"));
                    }
                }
            }
        }
        Ok(())
    }

    /// After everybody has met: the truth, no more and no less.
    pub(super) fn equal(&mut self) -> Result<(), String> {
        for (notice, answer) in &self.window {
            let less = self.exceeds_nothing(notice, answer)?;
            let units = self.books.units(notice);
            let mut with = units
                .iter()
                .filter(|unit| !WITHOUT.contains(&unit.as_str()));
            let all = with.all(|unit| self.books.true_of(notice, unit).delivered);
            if less || !all {
                return Err(format!("{notice}: healed, and {answer} is not the truth"));
            }
        }
        Ok(())
    }
}

/// Faults inside the counting.
struct DevicesApart;
struct VacantToo;
struct SaidLastOnly;
struct EarlierToo;
struct ComeIsRead;

impl Counting for DevicesApart {
    const DEVICES_APART: bool = true;
}

impl Counting for VacantToo {
    const VACANT_TOO: bool = true;
}

impl Counting for SaidLastOnly {
    const SAID_LAST_ONLY: bool = true;
}

impl Counting for EarlierToo {
    const EARLIER_TOO: bool = true;
}

impl Counting for ComeIsRead {
    const COME_IS_READ: bool = true;
}
