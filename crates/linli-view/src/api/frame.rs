//! The lines on the local socket: requests one way, replies and events the other.

use super::{
    AreaFacts, BellReport, Doorbell, DraftItem, DraftSaved, EarlierComments, Evacuation,
    FamilyReport, FoundList, HelpRaised, HelpReport, PhoneItem, RefusalItem, RingItem, UnitItem,
};
use super::{
    ExpectedItem, Fault, GateAnswer, GateEvent, GateSheet, GateStatus, IncidentItem, InsideItem,
    InviteReport, Nearby, NoticeExport, NoticeItem, OpenFile, Paper, PassIssued, PassItem,
    Pictures, PostItem, PostsPage, QueueItem, ReachReport, RegisterSaid, RegularItem, Request,
    ResidentPlates, SaveFolders, ScheduledItem, Status, SyncReport, TemplateItem, UndoItem,
};
use crate::bell::Opens;
use serde::{Deserialize, Serialize};

/// One line to the node: `{"id":7,"req":{"ask":"status"}}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RequestLine {
    /// Chosen by the asker, unique on its connection; comes back with the reply.
    pub id: u64,
    /// The request.
    pub req: Request,
}

/// One line from the node: a reply to a request, or an event nobody asked for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Incoming {
    /// `{"id":7,"reply":{"kind":"status","data":{..}}}`
    Reply {
        /// The id of the request.
        id: u64,
        /// Its answer; exactly one a request.
        reply: Reply,
    },
    /// `{"event":{"changed":["notices","sync"]}}`
    Event {
        /// What happened.
        event: Event,
    },
}

/// The answer to one request.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Reply {
    /// Where the replica stands.
    Status(Box<Status>),
    /// All notices, in any order.
    Notices(Vec<NoticeItem>),
    /// One notice.
    Notice(Box<NoticeItem>),
    /// A notice on its way out of the house.
    NoticeExport(Box<NoticeExport>),
    /// What waits for its time, the soonest first.
    Scheduled(Vec<ScheduledItem>),
    /// The templates that this office keeps itself.
    Templates(Vec<TemplateItem>),
    /// Whom an area would address.
    Area(Box<AreaFacts>),
    /// A notice was published: its id, and what to look at again.
    Published {
        /// The notice.
        id: String,
        /// Parts of its area that the register does not know.
        unknown: Vec<String>,
    },
    /// Whom a notice reached.
    Reach(Box<ReachReport>),
    /// What became of taking the last command back.
    Undone(UndoItem),
    /// Where this window saves.
    Folders(Box<SaveFolders>),
    /// Drafts of posts, replies and notices, in any order.
    Drafts(Vec<DraftItem>),
    /// A draft was kept.
    DraftSaved(Box<DraftSaved>),
    /// A draft is forgotten, unless somebody else has kept another text since.
    DraftGone(Option<Box<DraftItem>>),
    /// A pass with its token and picture.
    PassIssued(Box<PassIssued>),
    /// One pass.
    Pass(Box<PassItem>),
    /// All passes, in any order.
    Passes(Vec<PassItem>),
    /// Regular visitors, the newest first.
    Regulars(Vec<RegularItem>),
    /// Plates of residents.
    Residents(Box<ResidentPlates>),
    /// Devices and what is on its way.
    Peers(Box<SyncReport>),
    /// The newest of the board, and this home's own.
    Posts(PostsPage),
    /// Posts of one sort.
    PostPage(PostsPage),
    /// About the residents' register.
    Register(Box<RegisterSaid>),
    /// What answers a query.
    Found(Box<FoundList>),
    /// A post was written: its id.
    Posted(String),
    /// One post.
    Post(Box<PostItem>),
    /// What was said below a post before that.
    Earlier(Box<EarlierComments>),
    /// What waits for an office, the most pressing first.
    Queue(Vec<QueueItem>),
    /// Calls for help, missed check-ins, who looks after this household.
    Help(Box<HelpReport>),
    /// A call for help was raised.
    HelpRaised(HelpRaised),
    /// What is announced by itself.
    Bell(Box<BellReport>),
    /// While joining: what both sides see.
    Pictures(Box<Pictures>),
    /// Who of this household sits here.
    Family(Box<FamilyReport>),
    /// Who is heard on the local network.
    Nearby(Box<Nearby>),
    /// Invitations that are open.
    Invites(Box<InviteReport>),
    /// A founder's sheet.
    Paper(Box<Paper>),
    /// Phone numbers.
    Phones(Vec<PhoneItem>),
    /// Where a photo or document lies.
    File(Box<OpenFile>),
    /// The gate's answer to a scan.
    GateAnswer(Box<GateAnswer>),
    /// Where the gate stands.
    GateStatus(Box<GateStatus>),
    /// The gate's log, newest first.
    GateLog(Vec<GateEvent>),
    /// Who is inside.
    GateInside(Vec<InsideItem>),
    /// Who is expected.
    GateExpected(Vec<ExpectedItem>),
    /// Calls of gates, newest first.
    Rings(Vec<RingItem>),
    /// How this household wants to be called.
    Doorbell(Box<Doorbell>),
    /// The refusal lists that this home may read.
    Refusals(Vec<RefusalItem>),
    /// Who has to be looked for.
    Evacuation(Box<Evacuation>),
    /// Units that were looked up.
    Units(Vec<UnitItem>),
    /// What the day sheet says.
    GateSheet(Box<GateSheet>),
    /// Passes used too often.
    GateIncidents(Vec<IncidentItem>),
    /// Done; nothing to show.
    Done,
    /// It did not work.
    Fault(Fault),
}

/// Something changed by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// These topics changed: ask again for what is on the screen.
    Changed(Vec<Topic>),
    /// Somebody pressed a notice of the system: the window comes forward and shows this.
    Open(Opens),
    /// The node is about to stop, or the connection broke.
    Closed(Fault),
}

/// What can change by itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Community, principal, trouble.
    Status,
    /// Notices, confirmations.
    Notices,
    /// Passes and what gates heard of them.
    Passes,
    /// Links, heads, progress.
    Sync,
    /// Posts and comments.
    Posts,
    /// The gate's log, its clock, its news.
    Gate,
    /// The residents' register.
    Register,
    /// Invitations that are open, and who knocks.
    Invites,
    /// A topic this version does not know.
    #[serde(other)]
    Other,
}
