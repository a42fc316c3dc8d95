//! Notices that are checked and wait for their time. Kept in this home, sealed like everything in its store, and signed
//! when its clock says so. Why it is so: `docs/decisions/0025-scheduled-publishing.md`.
//!
//! Taking a notice off the list and writing it are one commit: whenever the process dies, it is on the list or it is
//! published, never both and never neither.

use super::{Owner, answer};
use crate::api::{Answer, Fault, NoticeArgs};
use crate::killpoint;
use crate::replica::OpFault;
use linli_charter::PrincipalKind;
use linli_charter::epoch::ROLE_NOTICE;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `Local`: `u` -> the list as JSON.
const LIST: &[u8] = b"u";
/// Most that wait; an office that plans more has a calendar for it.
const MOST: usize = 100;
/// How far ahead: a year and a day.
const AHEAD_MS: u64 = 366 * 86_400_000;
/// After a disk that failed, this long until the next try.
const AGAIN_MS: u64 = 30_000;

/// The list as it rests.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct List {
    /// The last number given; numbers are never given again.
    last: u64,
    items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    id: String,
    at_ms: u64,
    with: NoticeArgs,
    corrects: Option<String>,
    /// Why it did not go out and will not by itself: `missed`, or the code of a fault.
    #[serde(default)]
    why: Option<String>,
}

/// When this home has to look at its list, so that it is not read at every tick.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Due {
    /// Not looked at yet.
    #[default]
    Unknown,
    /// Nothing waits.
    Never,
    /// By the wall clock.
    At(u64),
    /// The disk failed; by the clock that never steps.
    Again(linli_base::time::Moment),
}

impl Owner {
    pub(super) fn schedule(
        &mut self,
        with: NoticeArgs,
        corrects: Option<String>,
        at_ms: u64,
    ) -> Result<Answer, Fault> {
        let now = self.now().wall.0;
        if at_ms <= now {
            return Err(Fault::input("schedule-past"));
        }
        if at_ms > now.saturating_add(AHEAD_MS) {
            return Err(Fault::input("schedule-far"));
        }
        if with.expires_ms.is_some_and(|end| end <= at_ms) {
            return Err(Fault::input("schedule-over"));
        }
        self.may_publish()?;
        // Whatever is wrong with it is said now, while somebody sits here.
        let draft = self.notice_draft(&with, corrects.as_deref(), Vec::new())?;
        draft.change([0; 16]).map_err(OpFault::from)?;
        let replica = self.replica()?;
        let mut list = read(replica)?;
        if list.items.len() >= MOST {
            return Err(Fault::input("schedule-full").with("most", MOST));
        }
        list.last += 1;
        let id = format!("s{}", list.last);
        list.items.push(Item {
            id: id.clone(),
            at_ms,
            with,
            corrects,
            why: None,
        });
        write(replica, &list)?;
        self.due = Due::Unknown;
        Ok(answer(json!({ "id": id, "at_ms": at_ms })))
    }

    /// This device, now: by the time it goes out that is asked again.
    pub(super) fn may_publish(&self) -> Result<(), Fault> {
        let replica = self.replica_ref()?;
        let me = replica.me();
        let epoch = &replica.authority().charter().newest().epoch;
        let may = epoch.roles_of(&me.device()) & ROLE_NOTICE != 0;
        if me.kind == PrincipalKind::Office && may {
            Ok(())
        } else {
            Err(Fault::forbidden("offices-only"))
        }
    }

    pub(super) fn scheduled(&self) -> Result<Answer, Fault> {
        let mut list = read(self.replica_ref()?)?;
        list.items.sort_by_key(|item| (item.at_ms, item.id.clone()));
        let items: Vec<Value> = list.items.iter().map(shown).collect();
        Ok(answer(json!({ "scheduled": items })))
    }

    /// Takes one off the list. Gives it whole, so that nobody has to write it again.
    pub(super) fn unschedule(&mut self, id: &str) -> Result<Answer, Fault> {
        let replica = self.replica()?;
        let mut list = read(replica)?;
        let missing = || Fault::missing("not-found").with("id", id);
        let at = list.items.iter().position(|item| item.id == id);
        let item = list.items.remove(at.ok_or_else(missing)?);
        write(replica, &list)?;
        self.due = Due::Unknown;
        Ok(answer(json!({ "scheduled": shown(&item) })))
    }

    /// Publishes what is due. True if something was done that others should hear of.
    pub(crate) fn schedule_chores(&mut self) -> bool {
        let now = self.now();
        match self.due {
            Due::Never => return false,
            Due::At(at) if at > now.wall.0 => return false,
            Due::Again(at) if at > now.moment => return false,
            _ => {}
        }
        let done = self.publish_due();
        if let Err(fault) = &done {
            tracing::warn!(code = %fault.code, "a notice that was due is tried again");
            self.due = Due::Again(now.moment.plus(AGAIN_MS));
        }
        done.unwrap_or_default()
    }

    /// One after the other, each in a commit of its own.
    fn publish_due(&mut self) -> Result<bool, Fault> {
        let mut any = false;
        // A home without a community has nothing on its list.
        while let Ok(replica) = self.replica() {
            let mut list = read(replica)?;
            let waiting = list.items.iter().filter(|item| item.why.is_none());
            let Some(next) = waiting.min_by_key(|item| item.at_ms).cloned() else {
                self.due = Due::Never;
                return Ok(any);
            };
            let now = self.now().wall.0;
            if next.at_ms > now {
                self.due = Due::At(next.at_ms);
                return Ok(any);
            }
            let over = next.with.expires_ms.is_some_and(|end| end <= now);
            let mark = |list: &mut List, why: &str| {
                let item = list.items.iter_mut().find(|item| item.id == next.id);
                if let Some(item) = item {
                    item.why = Some(why.to_owned());
                }
            };
            if over {
                mark(&mut list, "missed");
            } else {
                match self.notice_publish(&next.with, next.corrects.as_deref()) {
                    Ok(_) => list.items.retain(|item| item.id != next.id),
                    // The disk gets better, or somebody makes room.
                    Err(fault) if fault.exit == 8 => return Err(fault),
                    Err(fault) => mark(&mut list, &fault.code),
                }
            }
            write(self.replica()?, &list)?;
            killpoint::pass("scheduled-before-commit");
            self.settle()?;
            killpoint::pass("scheduled-after-commit");
            any = true;
        }
        self.due = Due::Never;
        Ok(any)
    }
}

fn shown(item: &Item) -> Value {
    let state = match item.why.as_deref() {
        None => "waits",
        Some("missed") => "missed",
        Some(_) => "failed",
    };
    json!({
        "id": item.id, "at_ms": item.at_ms, "state": state, "why": item.why,
        "title": item.with.title, "expires_ms": item.with.expires_ms,
        "corrects": item.corrects, "notice": item.with,
    })
}

fn read(replica: &crate::replica::Replica) -> Result<List, Fault> {
    match replica.local(LIST)? {
        None => Ok(List::default()),
        // What cannot be read is not written over: notices would be lost.
        Some(kept) => serde_json::from_slice(&kept).map_err(|_| Fault::ours("schedule-unreadable")),
    }
}

fn write(replica: &mut crate::replica::Replica, list: &List) -> Result<(), Fault> {
    let bytes = serde_json::to_vec(list).map_err(|_| Fault::ours("our-fault"))?;
    replica.set_local(LIST, Some(&bytes));
    Ok(())
}
