//! Whether a post or comment stands: reports, what offices decided, appeals; and to whom a concern was handed.
//!
//! Nothing here asks a clock who was first. A ruling names the households whose reports it answers and the ruling that
//! it replaces, an appeal the ruling that it is against, so every replica comes to the same, in whichever order it heard.

use super::FactIn;
use crate::fact::Fact;
use crate::row::{
    AppealRow, Author, AuthorKind, HandOverRow, Moderation, ReportRow, RulingRow, Standing,
};
use linli_base::{EntryId, PrincipalId};
use std::collections::{BTreeMap, BTreeSet};

/// So many different households that report a thing pause it for everybody, until an office decides.
pub const PAUSE_AT: usize = 3;
/// Most rulings about one thing that a row keeps, the latest.
const RULINGS_KEPT: usize = 20;
/// Most reports of one thing that a row keeps.
const REPORTS_KEPT: usize = 500;
/// Most hand-overs of a post that a row keeps, the latest.
const HAND_OVERS_KEPT: usize = 20;

/// What was said about the record and each of its comments, while the facts are gone through.
#[derive(Default)]
pub(super) struct Gathered {
    about: BTreeMap<Option<EntryId>, About>,
    pub(super) handed: Vec<HandOverRow>,
}

#[derive(Default)]
struct About {
    reported: BTreeSet<PrincipalId>,
    reports: Vec<ReportRow>,
    answered: BTreeSet<PrincipalId>,
    rulings: Vec<RulingRow>,
    appeals: Vec<(Option<EntryId>, AppealRow)>,
}

impl Gathered {
    /// Takes in one fact, in order; `owner` is who keeps the record.
    pub(super) fn take(&mut self, owner: PrincipalId, said: &FactIn) {
        let who = &said.author;
        let office = who.kind == AuthorKind::Office;
        match &said.fact {
            // Offices need no report, they decide.
            Fact::Report(report) if !office => {
                let about = self.about.entry(report.comment).or_default();
                if about.reports.len() < REPORTS_KEPT && about.reported.insert(who.principal) {
                    about.reports.push(ReportRow {
                        author: who.clone(),
                        time_ms: said.time_ms,
                        reason: report.reason.clone(),
                        words: report.words.clone(),
                        answered: false,
                    });
                }
            }
            Fact::Ruling(ruling) if office => {
                let about = self.about.entry(ruling.comment).or_default();
                about.answered.extend(ruling.answers.iter().copied());
                about.rulings.push(RulingRow {
                    id: said.entry,
                    author: who.clone(),
                    time_ms: said.time_ms,
                    hide: ruling.hide,
                    reason: ruling.reason.clone(),
                });
            }
            Fact::Appeal(appeal) => {
                let about = self.about.entry(appeal.comment).or_default();
                let row = AppealRow {
                    author: who.clone(),
                    time_ms: said.time_ms,
                    words: appeal.words.clone(),
                };
                about.appeals.push((appeal.against, row));
            }
            Fact::HandOver(to) if office || who.principal == owner => {
                self.handed.push(HandOverRow {
                    to: to.to,
                    author: who.clone(),
                    time_ms: said.time_ms,
                    words: to.words.clone(),
                });
                if self.handed.len() > HAND_OVERS_KEPT {
                    self.handed.remove(0);
                }
            }
            _ => {}
        }
    }

    /// How something by `author` stands; `None` where nobody said anything about that.
    pub(super) fn settle(&mut self, of: Option<EntryId>, author: &Author) -> Option<Moderation> {
        let mut about = self.about.remove(&of)?;
        let own = author.principal;
        // Nobody reports themselves, and only the author appeals.
        about.reports.retain(|row| row.author.principal != own);
        about.appeals.retain(|(_, row)| row.author.principal == own);
        for report in &mut about.reports {
            report.answered = about.answered.contains(&report.author.principal);
        }
        let open = about.reports.iter().filter(|row| !row.answered).count();
        let in_force = about.rulings.last();
        let state = match in_force {
            Some(ruling) if ruling.hide => Standing::Hidden,
            _ if open >= PAUSE_AT => Standing::Paused,
            _ => Standing::Stands,
        };
        let against = in_force.map(|ruling| ruling.id);
        let latest = about.appeals.pop();
        let appealed =
            state != Standing::Stands && latest.as_ref().is_some_and(|(of, _)| *of == against);
        let too_many = about.rulings.len().saturating_sub(RULINGS_KEPT);
        about.rulings.drain(..too_many);
        let empty = about.reports.is_empty() && about.rulings.is_empty() && latest.is_none();
        (!empty).then(|| Moderation {
            state,
            reports: about.reports,
            rulings: about.rulings,
            appeal: latest.map(|(_, row)| row),
            appealed,
        })
    }
}
