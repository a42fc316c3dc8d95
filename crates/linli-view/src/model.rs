//! What the node said last, kept for drawing.
//!
//! One fold takes every line from the node. What may be late keeps its last value; an event says which topics
//! changed and is answered with the requests that fetch them again. Nothing here is worded.

use crate::api::{
    AreaFacts, BellReport, Doorbell, DraftItem, ExpectedItem, FamilyDo, FamilyReport, Fault,
    FoundList, GateAnswer, GateEvent, GateSheet, GateStatus, HelpReport, IncidentItem, InsideItem,
    InviteReport, Nearby, NoticeExport, NoticeItem, OpenFile, PassIssued, PassItem, PhoneItem,
    PostItem, PostsOf, PrincipalKind, QueueItem, ReachReport, RegularItem, Request, RingItem,
    SaveFolders, ScheduledItem, Status, SyncReport, TemplateItem, UndoItem,
};
use crate::drafts::Form;
use crate::intent::{Look, Screen};
use crate::register::RegisterFacts;
use std::collections::{BTreeMap, BTreeSet};

mod asked;
mod begun;
mod board;
mod desk;
mod family;
mod fold;
mod helped;
mod invites;
mod kept;
mod register;
mod told;
mod topics;

pub use asked::AskedFor;
pub use board::Older;
pub use register::RegisterTold;
pub use told::{DraftNews, Folded, JoinTold, Told};

/// The last word of the node on everything the screens show.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// Where the replica stands; `None` before the first answer.
    pub status: Option<Status>,
    /// All notices.
    pub notices: Vec<NoticeItem>,
    /// All passes of this principal.
    pub passes: Vec<PassItem>,
    /// Regular visitors.
    pub regulars: Vec<RegularItem>,
    /// The pass on screen with its picture.
    pub issued: Option<PassIssued>,
    /// Devices and what is on its way.
    pub report: Option<SyncReport>,
    /// The board.
    pub posts: Vec<PostItem>,
    /// How many posts the home holds: `posts` may be fewer.
    pub posts_total: u32,
    /// Where `posts` is not all: from here on it has no gap, in milliseconds.
    pub posts_from_ms: Option<u64>,
    /// The part of the board that is looked at, further back or of one sort, and how many posts of it.
    pub wanted: Option<(PostsOf, u32)>,
    /// What came of it.
    pub older: Option<Older>,
    /// The post whose comments are wanted whole.
    pub open_post: Option<String>,
    /// At an office: what waits for a decision.
    pub queue: Vec<QueueItem>,
    /// What is asked before the last command is taken back.
    pub undo: Option<UndoItem>,
    /// What was found last.
    pub found: Option<FoundList>,
    /// Calls for help, who looks after whom.
    pub help: HelpReport,
    /// Calls whose answer this home could not write down: they stay on the page and sound no more, so that they do not
    /// shut the window.
    pub help_aside: BTreeSet<String>,
    /// Without a community: who is heard on the local network, once it was listened.
    pub nearby: Option<Nearby>,
    /// Invitations that are open, once the node has said so.
    pub invites: Option<InviteReport>,
    /// In a household: who of it sits here.
    pub family: Option<FamilyReport>,
    /// What is announced by itself, once the node has said so.
    pub bell: Option<BellReport>,
    /// Where this window saves, once the node has said so.
    pub folders: Option<SaveFolders>,
    /// Phone numbers.
    pub phones: Vec<PhoneItem>,
    /// Calls of gates: to this household; at a gate its own.
    pub rings: Vec<RingItem>,
    /// In a household: in which order its devices ring.
    pub doorbell: Option<Doorbell>,
    /// At a gate: where it stands.
    pub gate: Option<GateStatus>,
    /// At a gate: its log, newest first.
    pub gate_log: Vec<GateEvent>,
    /// At a gate: who is inside.
    pub inside: Vec<InsideItem>,
    /// At a gate: who is expected.
    pub expected: Vec<ExpectedItem>,
    /// At a gate: passes used too often, when they were last asked for.
    pub incidents: Vec<IncidentItem>,
    /// At a gate: the lists that are on the screen because somebody asked for them.
    pub asked_for: AskedFor,
    /// Photos and documents that were asked for, until they are taken up.
    pub opened_files: Vec<OpenFile>,
    /// At an office: whom the area in the form would address, and what one may choose from.
    pub area: Option<AreaFacts>,
    /// At an office: notices that wait for their time.
    pub scheduled: Vec<ScheduledItem>,
    /// At an office: the templates it keeps itself.
    pub templates: Vec<TemplateItem>,
    /// At an office: the residents' register, as far as it was looked at.
    pub register: RegisterFacts,
    /// Notices on their way out of the house, until they are written.
    pub exports: Vec<NoticeExport>,
    /// At a gate: what the day sheet is to say, until it was written.
    pub sheet: Option<GateSheet>,
    /// At a gate: the answer to the last scan, until it is cleared.
    pub answer: Option<GateAnswer>,
    /// At an office: whom the open notice reached.
    pub reach: Option<ReachReport>,
    /// Drafts that the home keeps, until they are taken up.
    pub drafts: Option<Vec<DraftItem>>,
    /// What became of those that were to be kept, until it is taken up.
    pub draft_news: Vec<(u64, DraftNews)>,
    /// Why there is nothing to show: no home, locked, gone...
    pub closed: Option<Fault>,
    /// Requests without an answer yet.
    pending: BTreeMap<u64, Request>,
}

impl Model {
    /// What to ask when a connection has just been made.
    #[must_use]
    pub fn opening() -> Vec<Request> {
        vec![
            Request::Subscribe,
            Request::Status,
            Request::NoticeList,
            Request::PassList,
            Request::RegularList,
            Request::PostList,
            Request::Peers,
            Request::HelpList,
            Request::HelpNumbers,
            Request::Bell,
            Request::Folders,
        ]
    }

    /// Remembers what was asked under which id, so that a fault can be laid to its request.
    pub fn asked(&mut self, id: u64, request: Request) {
        self.pending.insert(id, request);
    }

    /// Is there a question to the node without an answer?
    #[must_use]
    pub fn waiting(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Is such a question on its way?
    #[must_use]
    pub(crate) fn under_way(&self, is: impl Fn(&Request) -> bool) -> bool {
        self.pending.values().any(is)
    }

    /// What only an office is asked.
    fn office() -> Vec<Request> {
        vec![
            Request::GateIncidents,
            Request::BoardQueue,
            Request::DraftList,
            Request::Scheduled,
            Request::Templates,
            Request::Invites,
        ]
    }

    /// What only a gate is asked.
    fn gate() -> Vec<Request> {
        vec![
            Request::GateStatus,
            Request::GateLog,
            Request::GateInside,
            Request::GateExpected,
            Request::Rings,
        ]
    }

    /// At a gate: what the household says about whoever the last answer was about, and since when.
    fn answer_of_call(&mut self) {
        let Some(answer) = self.answer.as_mut() else {
            return;
        };
        let about = |ring: &&RingItem| Some(&ring.event) == answer.event.as_ref();
        if let Some(ring) = self.rings.iter().find(about) {
            answer.ring = Some(ring.state);
            // The verdict stands from its newest step on.
            answer.at_ms = answer.at_ms.max(ring.since_ms);
        }
    }

    /// What only a household is asked.
    fn house() -> Vec<Request> {
        vec![
            Request::Rings,
            Request::Doorbell,
            Request::GateIncidents,
            Request::DraftList,
            Request::Family(FamilyDo::Show),
            Request::Invites,
        ]
    }

    /// Is this the home of a household?
    #[must_use]
    pub fn is_house(&self) -> bool {
        let me = self.status.as_ref().and_then(|status| status.me.as_ref());
        me.is_some_and(|me| me.kind == PrincipalKind::Household)
    }

    /// The pages of this home, in the order of the rail.
    #[must_use]
    pub fn screens(&self, look: Look) -> &'static [Screen] {
        if self.is_gate() {
            &Screen::GATE
        } else if self.is_house() && look == Look::Elderly {
            &Screen::ELDERLY
        } else if self.is_house() {
            &Screen::ALL
        } else {
            &Screen::OFFICE
        }
    }

    /// Has this call been answered here, and the node has not replied yet?
    #[must_use]
    pub fn answering(&self, event: &str) -> bool {
        self.pending
            .values()
            .any(|asked| matches!(asked, Request::RingAnswer { event: of, .. } if of == event))
    }

    /// Is an invitation being opened, closed or confirmed, and the node has not replied yet?
    #[must_use]
    pub fn inviting(&self) -> bool {
        self.under_way(|r| {
            matches!(
                r,
                Request::InviteOpen { .. }
                    | Request::InviteClose { .. }
                    | Request::InviteConfirm { .. }
            )
        })
    }

    /// Is a household being called about this line, and the node has not replied yet?
    #[must_use]
    pub fn calls_about(&self, line: &str) -> bool {
        self.pending
            .values()
            .any(|asked| matches!(asked, Request::GateRing { event } if event == line))
    }

    /// Is a post, reply or notice on its way out, and the node has not replied yet?
    #[must_use]
    pub fn sending(&self, form: Form) -> bool {
        let of = form.word();
        self.under_way(|r| matches!(r, Request::DraftSend { draft, .. } if draft.kind == of))
    }

    /// Is something said below a notice, and the node has not replied yet?
    #[must_use]
    pub fn saying_below(&self) -> bool {
        self.under_way(|r| matches!(r, Request::NoticeSay { .. }))
    }

    /// Is this the home of a gate?
    #[must_use]
    pub fn is_gate(&self) -> bool {
        let me = self.status.as_ref().and_then(|status| status.me.as_ref());
        me.is_some_and(|me| me.kind == PrincipalKind::Gate)
    }

    /// Is this the home of an office?
    #[must_use]
    pub fn is_office(&self) -> bool {
        let me = self.status.as_ref().and_then(|status| status.me.as_ref());
        me.is_some_and(|me| me.kind == PrincipalKind::Office)
    }

    /// Forgets everything for a new connection.
    pub fn reset(&mut self) {
        let wanted = self.wanted;
        *self = Self::default();
        // The window still stands there.
        self.wanted = wanted;
    }
}

#[cfg(test)]
mod tests;
