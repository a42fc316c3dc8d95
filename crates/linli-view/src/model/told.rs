//! What a line from the node leads to, and what is told once.

use crate::api::{DraftItem, DraftSaved, Fault, GuardAct, Paper, Pictures, Request, UndoItem};
use crate::calls::CallTold;
use crate::help::HelpTold;
use crate::invite::InviteTold;

use super::RegisterTold;

/// What one line from the node leads to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Folded {
    /// What to ask next.
    pub asks: Vec<Request>,
    /// What to tell the person.
    pub told: Option<Told>,
}

/// What became of a draft that was to be kept or forgotten.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DraftNews {
    /// It is kept.
    Saved(Box<DraftSaved>),
    /// It is forgotten, or somebody else has kept this meanwhile.
    Gone(Option<Box<DraftItem>>),
    /// It could not be kept or forgotten.
    Failed(Fault),
    /// It went out, and is forgotten.
    Sent,
    /// It did not go out.
    Unsent(Fault),
    /// The home cannot say which drafts it keeps. Its mark is 0.
    Unlisted,
}

/// How a step of joining ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum JoinTold {
    /// Both sides see these.
    Pictures(Pictures),
    /// It failed: the node's code.
    Failed(String),
    /// This home is in.
    Joined,
    /// What was begun here is taken back.
    StartsAgain,
    /// The sheet to write down before founding.
    Paper(Box<Paper>),
    /// Nothing was founded: the node's code.
    NotFounded(String),
    /// The community stands.
    Founded,
}

/// Something the person should be told once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Told {
    /// A post is out.
    Posted {
        /// The post.
        id: String,
    },
    /// A reply was taken back.
    TakenBack {
        /// Below which post or notice.
        id: String,
    },
    /// A post or reply was reported.
    Reported {
        /// The post.
        id: String,
    },
    /// The last command was taken back, or could not be.
    Undo(UndoItem),
    /// Something was said below a post.
    Replied {
        /// The post.
        id: String,
        /// What.
        text: String,
    },
    /// A post is settled.
    Settled {
        /// The post.
        id: String,
    },
    /// Its author appealed.
    Appealed {
        /// The post or notice.
        id: String,
        /// The same, a blank and the comment, where it is about one.
        about: String,
    },
    /// A concern was handed to an office.
    HandedTo {
        /// The post.
        id: String,
        /// Which.
        office: String,
    },
    /// An office decided.
    Ruled {
        /// Its line in the queue.
        case: String,
        /// Hidden?
        hide: bool,
    },
    /// A notice was published.
    Published {
        /// The notice.
        id: String,
        /// Parts of its area that the register does not know.
        unknown: Vec<String>,
    },
    /// A notice waits for its time.
    Scheduled {
        /// When it goes out.
        at_ms: u64,
    },
    /// One that waited does so no more.
    Unscheduled,
    /// A template is kept.
    TemplateKept {
        /// Its name.
        name: String,
    },
    /// A template is forgotten.
    TemplateForgotten,
    /// A notice was taken back.
    Retracted,
    /// Those who have not confirmed are asked once more.
    Reminded,
    /// A unit was told.
    ToldAtDoor {
        /// The unit.
        unit: String,
    },
    /// Something was said below a notice.
    SaidBelow {
        /// The notice.
        id: String,
        /// What was said.
        text: String,
    },
    /// Comments below a notice were opened or closed.
    CommentsSet {
        /// Whether neighbours may say something.
        open: bool,
    },
    /// It was signed, and does not count: another computer of the office said the opposite by a later clock.
    CommentsNotSet {
        /// What was wanted.
        open: bool,
    },
    /// A notice was confirmed.
    Confirmed {
        /// Its headline.
        title: String,
    },
    /// A notice was confirmed that its office has taken back or corrected meanwhile.
    ConfirmedLate {
        /// Its headline.
        title: String,
        /// Corrected; otherwise taken back.
        corrected: bool,
    },
    /// A pass is ready.
    Issued,
    /// A pass is ready, and there is something to know about it.
    IssuedBut {
        /// Codes, as `PassIssued` has them.
        codes: Vec<String>,
    },
    /// All passes of this home were cancelled.
    AllCancelled,
    /// Plates of residents are issued and withdrawn.
    ResidentsApplied,
    /// A pass was cancelled.
    Cancelled {
        /// Its label.
        label: String,
    },
    /// Whom a pass is for is a regular visitor now.
    Kept,
    /// A regular visitor is forgotten.
    Dropped,
    /// Somebody is on this home's refusal list now.
    Refused,
    /// Somebody is off it.
    ReceivedAgain,
    /// Somebody of the household sits here now; none: the household as a whole.
    Sits {
        /// Who.
        name: Option<String>,
    },
    /// The exchange stopped.
    Paused,
    /// The exchange goes on.
    Resumed,
    /// Only the number of this pass is left, its picture is not here.
    NoPicture,
    /// A call of a gate went on.
    Call(CallTold),
    /// Joining went on.
    Join(JoinTold),
    /// Something about help.
    Help(HelpTold),
    /// Something about invitations.
    Invite(InviteTold),
    /// The order of the devices is set.
    DoorbellSet,
    /// Something about the register.
    Register(RegisterTold),
    /// A guard's act is written down.
    Guard(GuardAct),
    /// It did not work.
    Failed(Fault),
}
