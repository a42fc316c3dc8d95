//! What this home announces by itself: it gathers what there is, asks [`linli_view::bell`] what is to be said now, hands
//! that to whatever shows notices, and writes down what was shown.
//!
//! A gate announces nothing: its station does. A program that is only asked once (a command) does not either.

mod line;

use super::{Owner, answer};
use crate::api::{Answer, BellAct, Fault, Request};
use crate::replica::{Now, Replica, Topic};
pub(crate) use line::Line;
use linli_base::time::Moment;
use linli_charter::PrincipalKind;
use linli_record::RowKind;
use linli_view::api as view;
use linli_view::bell::{self, Facts, Item, What};
use linli_view::dates;
use linli_view::words::Catalogue;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// `Local`: `bell` -> what is remembered, as JSON.
const KEPT: &[u8] = b"bell";
/// How often it is looked at most.
const LOOK_MS: u64 = 1_000;
/// How often the posts of this home are gathered at most, with all that is said below them.
const POSTS_MS: u64 = 15_000;
/// Posts looked through for a digest of the day: more than anybody writes in one.
const TODAY: usize = 5_000;
/// When what the system did not show is tried again.
const RETRY_MS: u64 = 30_000;

/// What is known between two looks.
pub(crate) struct Desk {
    line: Option<Line>,
    system: view::BellSystem,
    background: bool,
    /// The posts of this home, as gathered last.
    posts: Vec<view::PostItem>,
    posts_stale: bool,
    posts_at: Option<Moment>,
    due: bool,
    not_before: Moment,
    again_ms: Option<u64>,
    under_way: BTreeSet<String>,
    /// What this program has shown.
    on_screen: BTreeSet<String>,
    /// Keys of what was pressed and not looked at yet.
    pressed: Vec<String>,
    /// What is to be opened for that.
    opens: Vec<bell::Opens>,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            line: None,
            system: view::BellSystem::Silent,
            background: false,
            posts: Vec::new(),
            posts_stale: true,
            posts_at: None,
            due: true,
            not_before: Moment(0),
            again_ms: None,
            under_way: BTreeSet::new(),
            on_screen: BTreeSet::new(),
            pressed: Vec::new(),
            opens: Vec::new(),
        }
    }
}

impl Owner {
    /// From now on what is announced is shown there.
    pub(crate) fn ring_on(&mut self, line: Line, background: bool) {
        self.bell.line = Some(line);
        self.bell.background = background;
        self.bell.system = view::BellSystem::Untried;
    }

    /// Something changed: it is looked at again soon.
    pub(crate) fn bell_changed(&mut self, changed: &BTreeSet<Topic>) {
        self.bell.posts_stale |= changed.contains(&Topic::Posts);
        let about = [Topic::Notices, Topic::Posts, Topic::Passes, Topic::Status];
        self.bell.due |= about.iter().any(|topic| changed.contains(topic));
    }

    /// What was pressed on the system's screen since the last call, for a window to show.
    pub(crate) fn take_opens(&mut self) -> Vec<bell::Opens> {
        std::mem::take(&mut self.bell.opens)
    }

    /// Looks whether something is to be announced. `true`: something was written down.
    pub(crate) fn bell_chores(&mut self) -> bool {
        match self.bell_turn() {
            Ok(wrote) => wrote,
            Err(fault) => {
                // Nothing was marked as shown: the next look says it again.
                tracing::warn!(code = %fault.code, "nothing is announced");
                self.bell.not_before = self.now().moment.plus(RETRY_MS);
                false
            }
        }
    }

    fn bell_turn(&mut self) -> Result<bool, Fault> {
        let now = self.now();
        let pressed = self.bell.line.as_ref().map(Line::pressed);
        self.bell.pressed.extend(pressed.unwrap_or_default());
        if !self.bell.is_due(now) || !self.announces() {
            return Ok(false);
        }
        let done = self.bell.line.as_ref().map(Line::done).unwrap_or_default();
        self.bell.due = false;
        self.bell.not_before = now.moment.plus(LOOK_MS);
        let mut kept = self.kept()?;
        let before = kept.clone();
        let seen = self.seen_by(now)?;
        for done in done {
            self.bell.under_way.remove(&done.key);
            if done.shown {
                self.bell.system = view::BellSystem::Works;
                self.bell.on_screen.extend(done.speaks_for.iter().cloned());
                bell::shown(seen, &mut kept, &done.key, &done.speaks_for);
            } else {
                self.bell.system = view::BellSystem::Refused;
                self.bell.due = true;
                self.bell.not_before = now.moment.plus(RETRY_MS);
            }
        }
        let mut gathered = self.gather(now)?;
        gathered.opened(&mut kept, seen.ms);
        let own = std::mem::take(&mut self.bell.posts);
        let items = bell::items(seen, gathered.facts(&own));
        for key in std::mem::take(&mut self.bell.pressed) {
            self.bell.opens.push(bell::opens(&key, &items));
        }
        let turn = bell::turn(seen, &mut kept, &items);
        self.bell.again_ms = turn.again_ms;
        self.bell.say(&kept, &turn);
        drop(items);
        self.bell.posts = own;
        let wrote = kept != before;
        if wrote {
            self.keep(&kept)?;
        }
        Ok(wrote)
    }

    /// A notice was opened or confirmed here: what was announced of it is taken away.
    pub(super) fn bell_opened(&mut self, notice: &str) -> Result<(), Fault> {
        self.bell.due = true;
        if self.replica_ref()?.me().kind == PrincipalKind::Household || !self.announces() {
            return Ok(());
        }
        let mut kept = self.kept()?;
        if kept.opened.insert(notice.to_owned()) {
            self.keep(&kept)?;
        }
        Ok(())
    }

    /// Is this a home that announces something? A gate's station does it its own way.
    fn announces(&self) -> bool {
        self.replica_ref()
            .is_ok_and(|replica| replica.me().kind != PrincipalKind::Gate)
    }

    fn seen_by(&self, now: Now) -> Result<dates::Now, Fault> {
        let epoch = &self.replica_ref()?.authority().charter().newest().epoch;
        Ok(dates::Now {
            ms: now.wall.0,
            offset_min: epoch.offset.minutes(),
        })
    }

    /// Everything but posts; those of this home at most so often.
    fn gather(&mut self, now: Now) -> Result<Gathered, Fault> {
        let rested = |at: Moment| now.moment.0.saturating_sub(at.0) >= POSTS_MS;
        if self.bell.posts_stale && self.bell.posts_at.is_none_or(rested) {
            self.bell.posts = self.posts_own()?;
            (self.bell.posts_stale, self.bell.posts_at) = (false, Some(now.moment));
        } else if self.bell.posts_stale {
            self.bell.due = true;
        }
        Ok(Gathered {
            notices: match self.desk(view::Request::NoticeList) {
                view::Reply::Notices(notices) => notices,
                _ => Vec::new(),
            },
            help: match self.desk(view::Request::HelpList) {
                view::Reply::Help(help) => *help,
                _ => view::HelpReport::default(),
            },
            rings: match self.desk(view::Request::Rings) {
                view::Reply::Rings(rings) => rings,
                _ => Vec::new(),
            },
        })
    }

    fn kept(&self) -> Result<view::BellReport, Fault> {
        read(self.replica_ref()?)
    }

    /// What is remembered, for who else keeps a part of it.
    pub(super) fn bell_kept(&self) -> Result<view::BellReport, Fault> {
        self.kept()
    }

    fn keep(&mut self, kept: &view::BellReport) -> Result<(), Fault> {
        self.stage_bell(kept)?;
        self.settle()
    }

    /// It is looked at again soon.
    pub(super) const fn bell_due(&mut self) {
        self.bell.due = true;
    }

    /// Writes it with whatever is committed next.
    pub(super) fn stage_bell(&mut self, kept: &view::BellReport) -> Result<(), Fault> {
        let kept = view::BellReport {
            system: view::BellSystem::default(),
            background: false,
            ..kept.clone()
        };
        let bytes = serde_json::to_vec(&kept).map_err(|_| Fault::ours("bell"))?;
        self.replica()?.set_local(KEPT, Some(&bytes));
        Ok(())
    }

    /// Answers one act.
    pub(super) fn bell_act(&mut self, act: BellAct) -> Result<Answer, Fault> {
        let mut kept = self.kept()?;
        let mut thread = None;
        match act {
            BellAct::Show => {}
            BellAct::Today => return self.today(&kept),
            BellAct::Set { settings } => kept.settings = settings,
            BellAct::Looked => kept.looked_ms = kept.looked_ms.max(self.now().wall.0),
            BellAct::Mute { id, on } => {
                let of = self.thread_of(&kept, &id)?;
                kept.mute(&of, on);
                thread = Some(of);
            }
        }
        if kept != self.kept()? {
            self.keep(&kept)?;
            self.bell.due = true;
        }
        (kept.system, kept.background) = (self.bell.system, self.bell.background);
        let mut data = serde_json::to_value(&kept).map_err(|_| Fault::ours("bell"))?;
        if let Some(thread) = thread {
            data["thread"] = thread.into();
        }
        Ok(answer(data))
    }

    /// A thread by the beginning of an id: of a post, of any notice in its chain, or of what is muted already.
    fn thread_of(&mut self, kept: &view::BellReport, id: &str) -> Result<String, Fault> {
        let mut muted = kept.muted.iter().filter(|of| of.starts_with(id));
        if let (Some(one), None) = (muted.next(), muted.next()) {
            return Ok(one.clone());
        }
        if let Ok(post) = self.find_record(RowKind::Post, id) {
            return Ok(post.to_text());
        }
        let notice = self.find_record(RowKind::Notice, id)?.to_text();
        let gathered = self.data_of(view::Request::NoticeList);
        Ok(match gathered {
            view::Reply::Notices(all) => bell::thread(&all, &notice),
            _ => notice,
        })
    }

    fn data_of(&mut self, request: view::Request) -> view::Reply {
        self.desk(request)
    }

    fn today(&mut self, kept: &view::BellReport) -> Result<Answer, Fault> {
        let now = self.now();
        let seen = self.seen_by(now)?;
        let mut gathered = self.gather(now)?;
        gathered.opened(&mut kept.clone(), seen.ms);
        let all = self.posts_newest(TODAY)?.posts;
        let facts = gathered.facts(&all);
        let items = bell::items(seen, facts);
        let waits = |item: &&Item<'_>| {
            matches!(item.class, bell::Class::Life | bell::Class::Needs)
                && !item.muted(kept)
                && (!item.known || matches!(item.what, What::Notice(n) if n.needs_confirm))
        };
        let needs: Vec<Value> = items.iter().filter(waits).map(|i| shape(kept, i)).collect();
        let digest = bell::lines(seen, kept, facts);
        let slot = bell::slot(seen);
        Ok(answer(json!({
            "as_of_ms": seen.ms,
            "from_ms": slot.map(|slot| slot.from_ms),
            "until_ms": slot.map(|slot| slot.until_ms),
            "needs": needs,
            "answers": bell::badge(kept, &all),
            "digest": digest.iter().map(|item| shape(kept, item)).collect::<Vec<_>>(),
        })))
    }

    /// An act by the desktop's request.
    pub(crate) fn bell_report(&mut self, act: BellAct) -> Result<view::Reply, Fault> {
        let data = self.handle(Request::Bell { act }, &mut |_, _| {})?.data;
        let report = serde_json::from_value(data).map_err(|_| Fault::ours("bell"))?;
        Ok(view::Reply::Bell(Box::new(report)))
    }
}

/// What there is, typed.
struct Gathered {
    notices: Vec<view::NoticeItem>,
    help: view::HelpReport,
    rings: Vec<view::RingItem>,
}

impl Gathered {
    /// Marks what was opened here, and forgets what is no longer there.
    fn opened(&mut self, kept: &mut view::BellReport, now_ms: u64) {
        let all = &mut self.notices;
        for notice in all.iter_mut().filter(|n| kept.opened.contains(&n.id)) {
            notice.read_ms = notice.read_ms.or(Some(now_ms));
        }
        kept.opened
            .retain(|id| self.notices.iter().any(|n| n.id == *id));
    }

    fn facts<'a>(&'a self, posts: &'a [view::PostItem]) -> Facts<'a> {
        Facts {
            notices: &self.notices,
            posts,
            help: &self.help,
            rings: &self.rings,
        }
    }
}

impl Desk {
    fn is_due(&self, now: Now) -> bool {
        let answered = self.line.as_ref().is_some_and(Line::has_done);
        let later = self.again_ms.is_some_and(|at| at <= now.wall.0);
        // A hand waits for nothing.
        let answered = answered || !self.pressed.is_empty();
        answered || ((self.due || later) && now.moment >= self.not_before)
    }

    /// Hands over what is new, and takes away what is over.
    fn say(&mut self, kept: &view::BellReport, turn: &bell::Turn<'_>) {
        let Some(line) = &self.line else { return };
        let words = Catalogue::of(line.lang(&kept.settings));
        // After a refusal nothing is handed over before its time.
        let resting = self.system == view::BellSystem::Refused && self.due;
        for announce in &turn.show {
            if resting || !self.under_way.insert(announce.key.clone()) {
                continue;
            }
            let popup = bell::popup(&words, kept.settings.says, announce);
            if !line.show(popup, announce.speaks_for.clone()) {
                self.under_way.remove(&announce.key);
                self.due = true;
            }
        }
        for key in &turn.gone {
            if self.on_screen.remove(key) {
                line.close(key);
            }
        }
    }
}

fn read(replica: &Replica) -> Result<view::BellReport, Fault> {
    let kept = replica.local(KEPT)?.unwrap_or_default();
    Ok(serde_json::from_slice(&kept).unwrap_or_default())
}

fn shape(kept: &view::BellReport, item: &Item<'_>) -> Value {
    let (kind, id, title, by) = match item.what {
        What::Notice(n) => ("notice", &n.id, &n.text.title, Some(&n.org_name)),
        What::Retracted(n) => ("retracted", &n.id, &n.text.title, Some(&n.org_name)),
        What::Help(call) => ("help", &call.id, &call.by, Some(&call.by)),
        What::Ring(ring) => (
            "ring",
            &ring.event,
            ring.name.as_ref().unwrap_or(&ring.event),
            ring.gate_name.as_ref(),
        ),
        What::Missed(missed) => ("missed", &missed.unit, &missed.unit, Some(&missed.unit)),
        What::Comment(p, c) => ("comment", &p.id, &p.body, Some(&c.author)),
        What::Claim(p, _) => ("claim", &p.id, &p.body, None),
        What::Decided(p) => ("decided", &p.id, &p.body, None),
        What::Post(p) => ("post", &p.id, &p.body, Some(&p.author)),
    };
    let english = match item.what {
        What::Notice(n) | What::Retracted(n) => {
            n.also.iter().find(|t| t.lang == "en").map(|t| &t.title)
        }
        _ => None,
    };
    let by = match item.what {
        What::Claim(_, by) => Some(by.to_owned()),
        _ => by.cloned(),
    };
    let post = match item.what {
        What::Comment(p, _) | What::Claim(p, _) | What::Decided(p) | What::Post(p) => {
            Some(p.kind.word())
        }
        _ => None,
    };
    json!({
        "key": item.key, "class": item.class.id(), "kind": kind, "id": id, "thread": item.thread, "title": title,
        "title_en": english, "by": by, "post": post, "at_ms": item.since(kept), "read": item.known,
    })
}

#[cfg(test)]
mod tests;
