//! Who of a household sits at this computer: names, settings and read marks, for this computer alone.
//!
//! Nothing of it is signed, sent, or part of what is written: a household acts as a household, whoever of it sits here
//! (decision 0031, docs/formats/family.md).

use super::{Owner, answer};
use crate::api::{Answer, Fault};
use crate::replica::Topic;
use linli_charter::PrincipalKind;
use linli_view::api::{BellReport, FamilyDo, FamilyPerson, FamilyReport};
use linli_view::intent::Look;
use linli_view::words::Lang;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// `Local`: `family` -> who there is and what is kept for them, as JSON.
const KEPT: &[u8] = b"family";
/// More people than one household has at one computer.
const PEOPLE_MAX: usize = 12;
/// Longest name, in characters: the rail has room for it.
const NAME_CHARS: usize = 24;
/// Opened notices remembered for one person, of those that are still here: a few years' worth.
const READ_MAX: usize = 4_000;

/// What is kept. Unknown fields are ignored, missing ones are empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    next: u32,
    now: Option<u32>,
    people: Vec<Person>,
    /// Threads that are muted while nobody in particular sits here.
    muted: BTreeSet<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Person {
    id: u32,
    name: String,
    lang: Option<String>,
    look: Option<String>,
    muted: BTreeSet<String>,
    read: BTreeSet<String>,
}

impl Kept {
    fn sitting(&mut self) -> Option<&mut Person> {
        let now = self.now?;
        self.people.iter_mut().find(|person| person.id == now)
    }

    /// Where the muted threads of who sits here now belong.
    fn muted(&mut self) -> &mut BTreeSet<String> {
        match self.people.iter().position(|p| Some(p.id) == self.now) {
            Some(at) => &mut self.people[at].muted,
            None => &mut self.muted,
        }
    }

    fn person(&mut self, id: u32) -> Result<&mut Person, Fault> {
        let found = self.people.iter_mut().find(|person| person.id == id);
        found.ok_or_else(|| Fault::missing("family-nobody").with("id", id))
    }

    /// A name that can be shown and that nobody else has.
    fn fit(&self, name: &str, but: Option<u32>) -> Result<String, Fault> {
        let name = crate::home::fit_name(name)
            .filter(|name| name.chars().count() <= NAME_CHARS)
            .ok_or_else(|| Fault::input("family-name-unfit").with("most", NAME_CHARS))?;
        let other = |person: &&Person| Some(person.id) != but && person.name == name;
        if self.people.iter().any(|person| other(&person)) {
            return Err(Fault::input("family-name-twice"));
        }
        Ok(name)
    }

    fn report(&self) -> FamilyReport {
        let sitting = self.people.iter().find(|p| Some(p.id) == self.now);
        FamilyReport {
            people: self
                .people
                .iter()
                .map(|person| FamilyPerson {
                    id: person.id,
                    name: person.name.clone(),
                    lang: person.lang.clone(),
                    look: person.look.clone(),
                })
                .collect(),
            now: sitting.map(|person| person.id),
            read: sitting
                .map(|person| person.read.clone())
                .unwrap_or_default(),
        }
    }
}

impl Owner {
    fn family(&self) -> Result<Kept, Fault> {
        let kept = self.replica_ref()?.local(KEPT)?.unwrap_or_default();
        Ok(serde_json::from_slice(&kept).unwrap_or_default())
    }

    fn keep_family(&mut self, kept: &Kept) -> Result<(), Fault> {
        let bytes = serde_json::to_vec(kept).map_err(|_| Fault::ours("answer"))?;
        self.replica()?.set_local(KEPT, Some(&bytes));
        Ok(())
    }

    /// Carries out one act.
    pub(super) fn family_act(&mut self, act: FamilyDo) -> Result<Answer, Fault> {
        if self.replica_ref()?.me().kind != PrincipalKind::Household {
            return Err(Fault::forbidden("family-households"));
        }
        let mut kept = self.family()?;
        let before = kept.clone();
        match act {
            FamilyDo::Show => {}
            FamilyDo::Add { name } => {
                if kept.people.len() >= PEOPLE_MAX {
                    return Err(Fault::input("family-many").with("most", PEOPLE_MAX));
                }
                let name = kept.fit(&name, None)?;
                kept.next += 1;
                kept.people.push(Person {
                    id: kept.next,
                    name,
                    ..Person::default()
                });
            }
            FamilyDo::Rename { id, name } => {
                let name = kept.fit(&name, Some(id))?;
                kept.person(id)?.name = name;
            }
            FamilyDo::Remove { id } => {
                kept.person(id)?;
                if kept.now == Some(id) {
                    self.sit(&mut kept, None)?;
                }
                kept.people.retain(|person| person.id != id);
            }
            FamilyDo::Sit { id } => {
                if let Some(id) = id {
                    kept.person(id)?;
                }
                self.sit(&mut kept, id)?;
            }
            FamilyDo::Set { id, lang, look } => {
                let known = |text: &String| Lang::parse(text).map(|lang| lang.tag().to_owned());
                let lang = lang.as_ref().map(|text| known(text).ok_or(text));
                let look = look.as_ref().map(|text| Look::parse(text).ok_or(text));
                let unknown = |text: &String| Fault::input("family-setting").with("text", text);
                let person = match id {
                    Some(id) => kept.person(id)?,
                    None => kept
                        .sitting()
                        .ok_or_else(|| Fault::input("family-nobody-sits"))?,
                };
                if let Some(lang) = lang {
                    person.lang = Some(lang.map_err(unknown)?);
                }
                if let Some(look) = look {
                    person.look = Some(look.map_err(unknown)?.id().to_owned());
                }
            }
        }
        if kept != before {
            self.keep_family(&kept)?;
            self.settle()?;
            // Other windows of this computer show who sits here, too.
            self.changed.insert(Topic::Status);
        }
        let report = serde_json::to_value(kept.report()).map_err(|_| Fault::ours("answer"))?;
        Ok(answer(report))
    }

    /// Somebody sits down: what nothing more is said of goes with the person. Both are written in one commit.
    fn sit(&mut self, kept: &mut Kept, id: Option<u32>) -> Result<(), Fault> {
        if kept.now == id {
            return Ok(());
        }
        let mut bell: BellReport = self.bell_kept()?;
        *kept.muted() = std::mem::take(&mut bell.muted);
        kept.now = id;
        bell.muted = kept.muted().clone();
        self.bell_due();
        self.stage_bell(&bell)
    }

    /// Who sits here now has opened a notice.
    pub(super) fn family_opened(&mut self, notice: &str) -> Result<(), Fault> {
        let mut kept = self.family()?;
        let Some(person) = kept.sitting() else {
            return Ok(());
        };
        if person.read.contains(notice) {
            return Ok(());
        }
        person.read.insert(notice.to_owned());
        if person.read.len() > READ_MAX {
            self.forget_gone(&mut kept)?;
        }
        self.keep_family(&kept)?;
        self.settle()
    }

    /// Forgets marks of notices that are no longer here.
    fn forget_gone(&self, kept: &mut Kept) -> Result<(), Fault> {
        let here = self.replica_ref()?.rows(linli_record::RowKind::Notice)?;
        let here: BTreeSet<String> = here.into_iter().map(|(id, _)| id.to_text()).collect();
        for person in &mut kept.people {
            person.read.retain(|id| here.contains(id));
        }
        Ok(())
    }
}
