//! What the screens ask of the node. The node itself understands more; this is what the desktop needs.

use super::{
    BellSettings, DraftItem, ExportForm, FamilyDo, FileRef, FoundRequest, GateScan, GuardAct,
    Hours, NoticeOut, NoticeRequest, PassKind, Passphrase, PostDo, PostsOf, RegisterAsk,
    SaveFolders, Seen,
};
use serde::{Deserialize, Serialize};

/// One request. On the wire `{"ask":"notice_confirm","id":"..."}`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Request {
    /// Where does this replica stand? Answered by `Reply::Status`.
    Status,
    /// From now on send an `Event` whenever a topic changed. Answered by `Reply::Done`.
    Subscribe,
    /// All notices known here. Answered by `Reply::Notices`.
    NoticeList,
    /// One notice; marks it read on this home. Answered by `Reply::Notice`.
    NoticeShow {
        /// The notice.
        id: String,
    },
    /// Confirms a notice in this household's name. Answered by `Reply::Notice` with the new state.
    NoticeConfirm {
        /// The notice.
        id: String,
    },
    /// Whom an area would address. Answered by `Reply::Area`.
    NoticeArea {
        /// Its words as typed; empty: the whole estate.
        area: Vec<String>,
    },
    /// Takes a notice of this office back. Answered by `Reply::Done`.
    NoticeRetract {
        /// The notice.
        id: String,
        /// Why; everybody reads it.
        reason: String,
    },
    /// Whom a notice of this office reached. Answered by `Reply::Reach`.
    NoticeReach {
        /// The notice.
        id: String,
    },
    /// Asks those who have not confirmed once more. Answered by `Reply::Reach`.
    NoticeRemind {
        /// The notice.
        id: String,
    },
    /// A unit was told at its door. Answered by `Reply::Reach`.
    NoticeTold {
        /// The notice.
        id: String,
        /// The unit.
        unit: String,
    },
    /// Says something below a notice. Answered by `Reply::Notice`.
    NoticeSay {
        /// The notice.
        id: String,
        /// Text.
        text: String,
        /// The comment it answers.
        answers: Option<String>,
        /// What goes with it.
        #[serde(default)]
        files: Vec<FileRef>,
    },
    /// A notice for people without Linli. Answered by `Reply::NoticeExport`.
    NoticeExport {
        /// The notice.
        id: String,
        /// In which form.
        form: ExportForm,
    },
    /// Lets neighbours say something below a notice of this office, or no longer. Answered by `Reply::Notice`.
    NoticeComments {
        /// The notice.
        id: String,
        /// Whether they may.
        open: bool,
    },
    /// What waits for its time. Answered by `Reply::Scheduled`.
    Scheduled,
    /// Takes one off that list. Answered by `Reply::Scheduled`.
    Unschedule {
        /// Its id.
        id: String,
    },
    /// The templates that this office keeps itself. Answered by `Reply::Templates`.
    Templates,
    /// Keeps one; what was kept under its name before is replaced. Answered by `Reply::Templates`.
    TemplateSave {
        /// Its name.
        name: String,
        /// Its text.
        notice: Box<NoticeRequest>,
    },
    /// Forgets one. Answered by `Reply::Templates`.
    TemplateDrop {
        /// Its id.
        id: String,
    },
    /// Takes the last command back. Answered by `Reply::Undone`.
    Undo {
        /// Yes, also where it asks first.
        yes: bool,
    },
    /// Drafts of posts, replies and notices. Answered by `Reply::Drafts`.
    DraftList,
    /// Keeps one. Answered by `Reply::DraftSaved`.
    DraftSave {
        /// Its name in the window that asks.
        mark: u64,
        /// The draft.
        draft: Box<DraftItem>,
    },
    /// Sends one, and forgets it in the same commit: of a post answered by `Reply::Posted`, of a reply by `Reply::Post`, of a
    /// notice by `Reply::Published`, or by `Reply::Scheduled` where it waits for its time.
    DraftSend {
        /// Its name in the window that asks.
        mark: u64,
        /// The draft, as it goes out, with the version that was seen last.
        draft: Box<DraftItem>,
        /// What was on its way makes it this version.
        upto: u64,
        /// Of a notice: as it is signed.
        #[serde(default)]
        notice: Option<Box<NoticeOut>>,
    },
    /// Forgets one. Answered by `Reply::DraftGone`.
    DraftDrop {
        /// Its name in the window that asks.
        mark: u64,
        /// The draft.
        id: String,
        /// The version that was seen.
        base: u64,
    },
    /// Issues a pass. Answered by `Reply::PassIssued`.
    PassIssue(PassRequest),
    /// All passes this principal issued. Answered by `Reply::Passes`.
    PassList,
    /// Cancels a pass. Answered by `Reply::Pass`.
    PassCancel {
        /// The grant.
        id: String,
    },
    /// Cancels all that this principal issued until now. Answered by `Reply::Passes`.
    PassCancelAll,
    /// Plates of residents by the register: what would change, or the change itself. Answered by
    /// `Reply::Residents`.
    Residents {
        /// Write it?
        apply: bool,
    },
    /// Whom this home invites again and again. Answered by `Reply::Regulars`.
    RegularList,
    /// Keeps what a pass says as one of them. Answered by `Reply::Regulars`.
    RegularKeep {
        /// The grant.
        id: String,
    },
    /// Forgets one. Answered by `Reply::Regulars`.
    RegularDrop {
        /// The label.
        label: String,
    },
    /// The picture and token of a pass issued on this device, while the device still has it.
    /// Answered by `Reply::PassIssued`.
    PassImage {
        /// The grant.
        id: String,
    },
    /// The other devices and what is on its way. Answered by `Reply::Peers`.
    Peers,
    /// Stops all exchange, on purpose. Answered by `Reply::Done`.
    NetPause,
    /// Takes it up again. Answered by `Reply::Done`.
    NetResume,
    /// The newest of the board, and this home's own. Answered by `Reply::Posts`.
    PostList,
    /// The newest of the board that are of one sort. Answered by `Reply::PostPage`.
    PostPage {
        /// Which.
        of: PostsOf,
        /// How many, at most 10,000.
        most: u32,
    },
    /// One post with what is said below it. Answered by `Reply::Post`.
    PostShow {
        /// The post.
        id: String,
    },
    /// What was said below a post before a comment that is here. Answered by `Reply::Earlier`.
    PostEarlier {
        /// The post.
        id: String,
        /// The comment.
        before: String,
    },
    /// Looks for something that this home holds. Answered by `Reply::Found`.
    Find {
        /// As typed, at most 100 characters.
        query: String,
    },
    /// About the residents' register. Answered by `Reply::Register`.
    Register(RegisterAsk),
    /// Where a photo or document of a post, notice or comment lies. Answered by `Reply::File`.
    FileOpen {
        /// The post, notice or comment.
        id: String,
        /// Which, from 1.
        n: u32,
    },
    /// Does something about a post, or about a comment below a post or notice. Answered by `Reply::Post`, or `Reply::Notice`.
    PostDo {
        /// The post, or the notice.
        id: String,
        /// What.
        what: PostDo,
    },
    /// What waits for an office. Answered by `Reply::Queue`.
    BoardQueue,
    /// An office decides. Answered by `Reply::Queue`.
    BoardRule {
        /// The post or notice.
        id: String,
        /// The comment below it; none = the post.
        comment: Option<String>,
        /// Hide it; otherwise it stays.
        hide: bool,
        /// Why; everybody reads it.
        reason: String,
        /// What the office had before it.
        seen: Seen,
    },
    /// Calls for help, and all that belongs to them. Answered by `Reply::Help`.
    HelpList,
    /// Calls for help. Answered by `Reply::HelpRaised`.
    HelpRaise {
        /// Only to practise.
        practice: bool,
        /// Words with it; sealed.
        words: Option<String>,
    },
    /// Takes this household's call back. Answered by `Reply::Help`.
    HelpCancel {
        /// The call.
        id: String,
    },
    /// A person here has heard a call. Answered by `Reply::Help`.
    HelpAnswer {
        /// The call.
        id: String,
        /// And is coming.
        coming: bool,
    },
    /// "I am fine." Answered by `Reply::Help`.
    HelpFine,
    /// Who looks after this household. Answered by `Reply::Help`.
    HelpCare {
        /// Units; empty: nobody.
        helpers: Vec<String>,
        /// By which minute of the day it says that all is well; none: not daily.
        minute: Option<u16>,
    },
    /// Phone numbers. Answered by `Reply::Phones`.
    HelpNumbers,
    /// Gives out this office's numbers. Answered by `Reply::Phones`.
    HelpSetNumbers {
        /// Name and number.
        numbers: Vec<(String, String)>,
    },
    /// What this home announces by itself, and what it has announced. Answered by `Reply::Bell`.
    Bell,
    /// Sets what is announced. Answered by `Reply::Bell`.
    BellSet(BellSettings),
    /// Says nothing more about a thread, or again. Answered by `Reply::Bell`.
    BellMute {
        /// The thread: a post, or the first of a chain of notices.
        thread: String,
        /// Whether.
        on: bool,
    },
    /// Who of this household sits here. Answered by `Reply::Family`.
    Family(FamilyDo),
    /// Where this window saves. Answered by `Reply::Folders`.
    Folders,
    /// Remembers where, on this computer alone. Answered by `Reply::Folders`.
    FoldersKeep(SaveFolders),
    /// Somebody looked at the board. Answered by `Reply::Bell`.
    BellLooked,
    /// Decides a scan, at a gate. Answered by `Reply::GateAnswer`, after the decision is written down.
    GateCheck(GateScan),
    /// Where this gate stands. Answered by `Reply::GateStatus`.
    GateStatus,
    /// The gate's log. Answered by `Reply::GateLog`.
    GateLog,
    /// Who is inside. Answered by `Reply::GateInside`.
    GateInside,
    /// Who is expected until this time tomorrow. Answered by `Reply::GateExpected`.
    GateExpected,
    /// Passes used more often than they allow. Answered by `Reply::GateIncidents`.
    GateIncidents,
    /// Somebody without a pass wants to go to a unit. Answered by `Reply::GateAnswer`.
    GateWalkIn {
        /// The unit, `3-2-501`, and behind it whoever it is, as the guard typed them: the node knows where the unit ends.
        unit: String,
        /// Who or what it is, such as a delivery.
        #[serde(default)]
        name: Option<String>,
        /// People with them.
        #[serde(default)]
        companions: u8,
        /// A courier: should have left half an hour after being let in.
        #[serde(default)]
        courier: bool,
        /// They say that they live there and have no card with them.
        #[serde(default)]
        resident: bool,
        /// The plate of their car.
        #[serde(default)]
        plate: Option<String>,
    },
    /// Calls the household about a line that asks. Answered by `Reply::Rings`.
    GateRing {
        /// The line.
        event: String,
    },
    /// Calls of gates: at a household those for it, at a gate its own. Answered by `Reply::Rings`.
    Rings,
    /// Answers a call in this household's name. Answered by `Reply::Rings`.
    RingAnswer {
        /// The call: its `event`.
        event: String,
        /// Whether to let in.
        admit: bool,
    },
    /// How this household wants to be called. Answered by `Reply::Doorbell`.
    Doorbell,
    /// Sets it. Answered by `Reply::Doorbell`.
    DoorbellSet {
        /// Devices in their order; empty = as before.
        order: Vec<String>,
        /// How long each rings, 5 to 120; none = as before.
        seconds: Option<u64>,
    },
    /// The refusal lists that this home may read. Answered by `Reply::Refusals`.
    Refusals,
    /// Puts somebody on this household's or this estate's list. Answered by `Reply::Refusals`.
    Refuse {
        /// A plate.
        plate: Option<String>,
        /// A name, exactly as a pass or the guard writes it.
        name: Option<String>,
        /// Why; only those who keep the list read it.
        reason: Option<String>,
    },
    /// Takes a line off a list. Answered by `Reply::Refusals`.
    ReceiveAgain {
        /// The line.
        id: String,
    },
    /// Who has to be looked for when the estate is cleared. Answered by `Reply::Evacuation`.
    GateEvacuation,
    /// All that the day sheet says, as of one moment. Answered by `Reply::GateSheet`.
    GateSheet,
    /// Looks a unit up. Answered by `Reply::Units`.
    GateFindUnit {
        /// Part of it.
        query: String,
    },
    /// A guard's act. Answered by `Reply::Done`, after it is written down.
    GateGuard(GuardAct),
    /// Invitations that are open, and as whom this device may invite. Answered by `Reply::Invites`.
    Invites,
    /// Opens one. Answered by `Reply::Invites`, which names it.
    InviteOpen {
        /// The unit, for a household.
        unit: Option<String>,
        /// As `InviteItem::role`.
        role: String,
        /// Seconds it stays open.
        ttl_s: u64,
    },
    /// Closes one. Answered by `Reply::Invites`.
    InviteClose {
        /// Its id.
        id: String,
    },
    /// What the screen of whoever joins shows, for one of them. Answered by `Reply::Invites`.
    InviteConfirm {
        /// Its id.
        id: String,
        /// As typed: pictures, names or numbers.
        typed: String,
    },
    /// Makes a home and exchanges keys with whoever invites. Answered by `Reply::Pictures`.
    Join {
        /// The invitation.
        invite: String,
        /// What the neighbours call this computer.
        device_name: String,
        /// Opens the home from now on; none: a file of this account does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passphrase: Option<Passphrase>,
    },
    /// The pictures of a joining that was begun before. Answered by `Reply::Pictures`.
    JoinPictures,
    /// What the other screen shows. Answered by `Reply::Done` when the other side has confirmed too.
    JoinConfirm {
        /// As typed: pictures, names or numbers.
        typed: String,
    },
    /// Takes back a joining or founding that led nowhere, so that another may begin. Answered by `Reply::Done`.
    StartAgain,
    /// Who is heard on the local network, for a computer without a community. Answered by `Reply::Nearby`.
    Nearby,
    /// A founder's sheet, before anything is founded. Answered by `Reply::Paper`.
    FoundPaper,
    /// Founds a community in a new home. Answered by `Reply::Done`.
    Found(Box<FoundRequest>),
    /// Opens a locked home. Answered by `Reply::Status` or a fault.
    Unlock {
        /// What the person typed.
        passphrase: Passphrase,
    },
}

/// What a new pass should say. The node checks it all again.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PassRequest {
    /// The label the guard sees; 1 to 24 bytes.
    pub label: String,
    /// Whom or what it lets in.
    pub kind: PassKind,
    /// Valid from.
    pub from_s: u64,
    /// Valid until.
    pub until_s: u64,
    /// Entries allowed; 0 is unlimited.
    pub entries: u8,
    /// The gates, home gate first; empty: any gate, and then `entries` is 0.
    pub gates: Vec<u8>,
    /// Licence plate, normalised.
    pub plate: Option<String>,
    /// People beside the holder, 0 to 20.
    pub companions: u8,
    /// Recurring hours; none = always between the two ends.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<Hours>,
    /// A PIN to be told by voice; an empty one: the node draws it. Either way the answer says it once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<Passphrase>,
    /// Whom the visitor goes to, when an office invites; none = to the office itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
}
