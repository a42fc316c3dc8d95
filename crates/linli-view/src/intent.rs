//! What the person wants, as plain comparable data: drawing collects these, the app carries them out.

use crate::api::{
    BellSettings, ExportForm, FamilyDo, GateScan, GuardAct, NoticeRequest, PassRequest, Passphrase,
    PostDo, PostKind, PostsOf,
};
use crate::board::{BoardFilter, PostAsk};
use crate::drafts::Form;
use crate::folder::Want;
use crate::guide::Topic;
use crate::invite::InviteDo;
use crate::refusal_list::Line;
use crate::start::Begin;
use crate::station::Mode;
use crate::words::Lang;
use std::path::PathBuf;

mod request;
mod screen;

pub use screen::{Look, NoticeFilter, Screen};

/// One wish of the person in front of the window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Intent {
    /// Another screen.
    Go(Screen),
    /// One step back, always to where one came from.
    Back,
    /// Another language.
    Speak(Lang),
    /// Another look.
    Look(Look),
    /// Opens a notice.
    OpenNotice {
        /// The notice.
        id: String,
    },
    /// Other notices in the list.
    Filter(NoticeFilter),
    /// Confirms a notice for this household.
    ConfirmNotice(String),
    /// Opens a post.
    OpenPost {
        /// The post.
        id: String,
    },
    /// Shows what was said below a post before a reply that is here.
    EarlierReplies {
        /// The post.
        id: String,
        /// The reply.
        before: String,
    },
    /// Other posts in the list.
    FilterPosts(BoardFilter),
    /// Show more of the board, further back: which posts, and how many in all.
    OlderPosts(PostsOf, u32),
    /// A new post.
    NewPost,
    /// Enter or the button: publish the post as it stands, or show what is missing.
    TryPost,
    /// Publishes this post.
    SendPost {
        /// What it is about.
        kind: PostKind,
        /// Text.
        body: String,
    },
    /// Shows where photos of a reply are put in.
    AskReplyFiles,
    /// Takes a photo or document into the post that is being written.
    AddFile {
        /// Where it is.
        path: String,
    },
    /// Looks at folders of this computer, or no longer.
    Browse(Option<Want>),
    /// Opens a folder, or takes a file.
    OpenPath(PathBuf),
    /// Saves there from now on.
    SaveInto(PathBuf),
    /// Takes one off it again.
    DropFile {
        /// Its place among them.
        at: usize,
    },
    /// Saves a photo or document of a post, notice or comment.
    SaveFile {
        /// The post, notice or comment.
        id: String,
        /// Which, from 1.
        n: u32,
    },
    /// Does something about a post.
    PostDo {
        /// The post.
        id: String,
        /// What.
        what: PostDo,
    },
    /// Opens the box that finds, or closes it.
    FindBox {
        /// Open?
        open: bool,
    },
    /// Another line of the box.
    FindStep {
        /// The one below?
        down: bool,
    },
    /// Looks for something, typed or chosen.
    Find {
        /// What.
        query: String,
    },
    /// Asks why a post is reported.
    AskReport,
    /// Asks what has to be known before something is done about a post.
    AskPost(PostAsk),
    /// Takes the last command back.
    Undo {
        /// Yes, also where it asks first.
        yes: bool,
    },
    /// No, it stands.
    KeepDone,
    /// Shows who is known to hold something made here, or no longer.
    ShowDelivery(String),
    /// Puts a draft on screen.
    TakeDraft {
        /// Of which form.
        form: Form,
        /// Its name in this window.
        mark: u64,
    },
    /// Throws a draft away.
    DropDraft(u64),
    /// Begins another post; what is half written stays a draft.
    AnotherPost,
    /// At an office: opens what waits for a decision.
    OpenCase {
        /// Its line in the queue.
        key: String,
    },
    /// At an office: decides.
    RulePost {
        /// The post or notice.
        id: String,
        /// The comment below it; none = the post.
        comment: Option<String>,
        /// Hide it; otherwise it stays.
        hide: bool,
        /// Why; everybody reads it.
        reason: String,
        /// What the office had before it.
        seen: crate::api::Seen,
    },
    /// No, it stays.
    KeepPost,
    /// A new notice, on the draft that is kept.
    NewNotice,
    /// A correction of one.
    CorrectNotice(String),
    /// On to the check, or show what is missing.
    CheckNotice,
    /// Back to writing.
    WriteNotice,
    /// Signs the notice as it stands: it goes out after ten seconds.
    SignNotice,
    /// Calls it back within them.
    CallBack,
    /// The ten seconds are over.
    PublishNotice(Box<NoticeRequest>),
    /// Throws the draft away.
    DiscardDraft,
    /// Begins another notice; what is half written stays a draft.
    AnotherNotice,
    /// Asks why a notice is taken back.
    AskRetract,
    /// No, it stands.
    KeepNotice,
    /// Takes it back.
    RetractNotice {
        /// The notice.
        id: String,
        /// Why; everybody reads it.
        reason: String,
    },
    /// Asks those who have not confirmed once more.
    Remind(String),
    /// A unit was told at its door.
    ToldAtDoor {
        /// The notice.
        id: String,
        /// The unit.
        unit: String,
    },
    /// At an office: something about the register.
    Register(crate::register::RegisterDo),
    /// At an office: something about an alert that was read in.
    Alert(crate::alert::AlertDo),
    /// Begins a notice with a template.
    UseTemplate(String),
    /// Keeps what is written as a template.
    KeepTemplate,
    /// Forgets an own template.
    DropTemplate(String),
    /// Takes a notice that waits off its list and goes on writing it.
    Unschedule(String),
    /// Saves or copies a notice for people without Linli.
    GiveNotice {
        /// The notice.
        id: String,
        /// In which form.
        form: ExportForm,
    },
    /// Saves the doors to knock on, to print.
    PrintDoors {
        /// The notice.
        id: String,
    },
    /// Answers this comment below the open notice; none: nobody in particular.
    AnswerBelow {
        /// The comment.
        comment: Option<String>,
    },
    /// Says something below a notice.
    SayBelow {
        /// The notice.
        id: String,
        /// Text.
        text: String,
        /// The comment it answers.
        answers: Option<String>,
    },
    /// Lets neighbours say something below a notice of this office, or no longer.
    SetComments {
        /// The notice.
        id: String,
        /// Whether they may.
        open: bool,
    },
    /// A new pass, on an empty form.
    NewPass,
    /// A new pass for a regular visitor, filled in.
    NewPassFor {
        /// The label.
        label: String,
    },
    /// Keeps whom a pass is for as a regular visitor.
    KeepRegular {
        /// The grant.
        id: String,
    },
    /// Forgets a regular visitor.
    DropRegular {
        /// The label.
        label: String,
    },
    /// Enter or the button: issue the pass of the form as it stands, or show what is missing.
    TryPass,
    /// Issues this pass.
    IssuePass(PassRequest),
    /// Shows a pass made here earlier.
    ShowPass {
        /// The grant.
        id: String,
    },
    /// Asks whether to cancel a pass.
    AskCancelPass {
        /// The grant.
        id: String,
    },
    /// No, keep it.
    KeepPass,
    /// Yes, cancel it.
    CancelPass {
        /// The grant.
        id: String,
    },
    /// Asks whether to cancel all passes of this home.
    AskCancelAll,
    /// No, keep them.
    KeepAll,
    /// Yes, cancel all of them.
    CancelAll,
    /// At an office: plates of residents by the register.
    Residents {
        /// Write what would change?
        apply: bool,
    },
    /// Saves the pass on screen as a card to print.
    PrintCard {
        /// On a sheet of A4, not as a card of A7?
        a4: bool,
    },
    /// Saves the picture of the pass on screen.
    SavePicture,
    /// Puts the picture of the pass on screen on the clipboard.
    CopyPicture,
    /// Puts the invitation sentence on the clipboard.
    CopyText,
    /// At a gate: what the field takes from now on.
    ScanMode(Mode),
    /// Enter or the button: decide what was scanned or typed.
    TryScan,
    /// Decides this scan.
    Scan(GateScan),
    /// The number pressed where the station offers a choice: a reason, a line of the log.
    Choose(u8),
    /// Reads the pass in a picture.
    Picture {
        /// Where the picture is.
        path: String,
    },
    /// The PIN of the pass that was just scanned.
    Pin(Passphrase),
    /// One more, or one less, beside the holder of the next pass.
    Companions {
        /// One more?
        more: bool,
    },
    /// Between day and night.
    NightDay,
    /// Whoever this entry let in leaves.
    Leaves {
        /// The entry.
        event: String,
    },
    /// Somebody without a pass wants to go to this unit.
    WalkIn {
        /// The unit, and behind it whoever it is.
        unit: String,
        /// Who or what it is.
        name: Option<String>,
        /// People with them.
        companions: u8,
        /// A courier?
        courier: bool,
        /// Do they say that they live there?
        resident: bool,
        /// The plate of their car.
        plate: Option<String>,
    },
    /// At a gate: calls the household about the line that asks.
    CallAbout {
        /// The line.
        event: String,
    },
    /// Enter or the button: put on the refusal list what its form says, or show what is missing.
    TryRefuse,
    /// Puts somebody on this home's refusal list.
    Refuse(Line),
    /// Takes a line off it.
    ReceiveAgain {
        /// The line.
        id: String,
    },
    /// Looks a unit up.
    FindUnit {
        /// Part of it.
        query: String,
    },
    /// A guard's act as the node takes it.
    Guard(GuardAct),
    /// The next visitor: clears the field and the verdict.
    NextVisitor,
    /// Answers a call of a gate.
    AnswerCall {
        /// The call.
        event: String,
        /// Let in?
        admit: bool,
    },
    /// Says nothing to a call; it can be taken up again while it lasts.
    AsideCall {
        /// The call.
        event: String,
    },
    /// Takes such a call up again.
    BackToCall {
        /// The call.
        event: String,
    },
    /// Sets how this household is called.
    SetDoorbell {
        /// Devices in their order; empty: as before.
        order: Vec<String>,
        /// How long each rings; none: as before.
        seconds: Option<u64>,
    },
    /// The key, or the large button: asks first, and the second time says yes.
    AskHelp {
        /// Only to practise?
        practice: bool,
    },
    /// No help is needed.
    LeaveHelp,
    /// Yes, with the words as they stand.
    TryHelp,
    /// Calls for help.
    CallHelp {
        /// Only to practise.
        practice: bool,
        /// Words with it.
        words: Option<String>,
    },
    /// Answers a call for help.
    AnswerHelp {
        /// The call.
        id: String,
        /// Going there?
        coming: bool,
    },
    /// Asks whether to take the call back.
    AskEndHelp,
    /// No, it stands.
    KeepHelp,
    /// Takes it back.
    EndHelp(String),
    /// "I am fine."
    SayFine,
    /// Who looks after this household: opens the form.
    EditCare,
    /// Leaves it as it was.
    LeaveCare,
    /// The button: saves the form, or shows what is missing.
    TryCare,
    /// Sets who looks after this household.
    SetCare {
        /// Units; empty: nobody.
        helpers: Vec<String>,
        /// By which minute of the day it says that all is well.
        minute: Option<u16>,
    },
    /// An office's phone numbers: opens the form.
    EditPhones,
    /// Leaves them as they were.
    LeavePhones,
    /// The button: gives out what the form says, or shows what is wrong.
    TryPhones,
    /// Gives out an office's numbers.
    SetPhones {
        /// Name and number.
        numbers: Vec<(String, String)>,
    },
    /// Sets what is announced by itself.
    SetBell(BellSettings),
    /// Says nothing more about a thread, or again.
    Mute {
        /// The thread.
        thread: String,
        /// Whether.
        on: bool,
    },
    /// As whom this computer begins; none: back to the question.
    Begin(Option<Begin>),
    /// The next step of founding, as the page stands.
    TryFound,
    /// The next step of joining, as the page stands.
    TryJoin,
    /// Shows the pictures of a joining that was begun before.
    JoinAgain,
    /// Gives up a joining that was begun, and begins anew.
    StartAgain,
    /// Who of this household sits here, or who is in it.
    Family(FamilyDo),
    /// Writes down the name that was typed.
    TryPerson,
    /// Shows who else could sit here, or no longer.
    WhoSits,
    /// Starts this home at log-in, or no longer.
    Background(bool),
    /// Opens a page of help, or closes it.
    Guide(Option<Topic>),
    /// Something on the page that invites.
    Invite(InviteDo),
    /// The list of this account's homes, or no longer.
    Homes(bool),
    /// Opens another home in place of this one.
    ActAs(String),
    /// Takes a home that is not there any more off the list.
    ForgetHome(String),
    /// Stops all exchange.
    Pause,
    /// Takes it up again.
    Resume,
    /// Opens a locked home.
    Unlock(Passphrase),
    /// Tries the connection to the home again.
    Retry,
    /// Puts the note away.
    CloseNote,
}
