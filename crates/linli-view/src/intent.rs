//! What the person wants, as plain comparable data: drawing collects these, the app carries them out.

use crate::api::{
    GateScan, GuardAct, NoticeRequest, PassRequest, Passphrase, PostDo, PostKind, Request,
};
use crate::board::BoardFilter;
use crate::refusal_list::Line;
use crate::station::Mode;
use crate::words::Lang;

/// The screens there are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Screen {
    /// 首页
    #[default]
    Home,
    /// 通知
    Notices,
    /// 访客
    Visitors,
    /// 互助
    Board,
    /// 邻居
    Neighbours,
    /// 门铃
    Doorbell,
}

impl Screen {
    /// All, in the order of the rail (and of `Alt+1`...).
    pub const ALL: [Self; 6] = [
        Self::Home,
        Self::Notices,
        Self::Visitors,
        Self::Board,
        Self::Neighbours,
        Self::Doorbell,
    ];
    /// Those of an office: nobody calls it from a gate.
    pub const OFFICE: [Self; 5] = [
        Self::Home,
        Self::Notices,
        Self::Visitors,
        Self::Board,
        Self::Neighbours,
    ];
    /// Those of a gate: its home is the station, and it invites nobody.
    pub const GATE: [Self; 3] = [Self::Home, Self::Notices, Self::Neighbours];

    /// The word `--screen` takes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Notices => "notices",
            Self::Visitors => "visitors",
            Self::Board => "board",
            Self::Neighbours => "neighbours",
            Self::Doorbell => "doorbell",
        }
    }

    /// Reads that word; `sync` and `peers` also mean the neighbours, `pass` the visitors.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "home" => Some(Self::Home),
            "notices" => Some(Self::Notices),
            "visitors" | "pass" | "passes" => Some(Self::Visitors),
            "board" | "posts" => Some(Self::Board),
            "neighbours" | "neighbors" | "sync" | "peers" => Some(Self::Neighbours),
            "doorbell" | "rings" => Some(Self::Doorbell),
            _ => None,
        }
    }
}

/// How the window looks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Look {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// 长辈版: large type, large targets, fewer entries, high contrast.
    Elderly,
}

impl Look {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Elderly];

    /// The word `--theme` takes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Elderly => "elderly",
        }
    }

    /// Reads that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.id() == word)
    }
}

/// Which notices the list shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum NoticeFilter {
    /// All of them.
    #[default]
    All,
    /// Those that wait for this household.
    NeedsMe,
    /// Those that still hold.
    Current,
}

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
    ConfirmNotice {
        /// The notice.
        id: String,
    },
    /// Opens a post.
    OpenPost {
        /// The post.
        id: String,
    },
    /// Other posts in the list.
    FilterPosts(BoardFilter),
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
    /// Does something about a post.
    PostDo {
        /// The post.
        id: String,
        /// What.
        what: PostDo,
    },
    /// Asks why a post is reported.
    AskReport,
    /// No, it stays.
    KeepPost,
    /// A new notice, on the draft that is kept.
    NewNotice,
    /// A correction of one.
    CorrectNotice {
        /// The notice.
        id: String,
    },
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
    /// Keeps the draft in the home; none: forgets it.
    KeepDraft {
        /// As the window writes it.
        text: Option<String>,
    },
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
    Remind {
        /// The notice.
        id: String,
    },
    /// A unit was told at its door.
    ToldAtDoor {
        /// The notice.
        id: String,
        /// The unit.
        unit: String,
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
        /// The unit.
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

impl Intent {
    /// The request this wish sends to the node, if it sends one.
    #[must_use]
    pub fn request(&self) -> Option<Request> {
        match self {
            Self::OpenNotice { id } => Some(Request::NoticeShow { id: id.clone() }),
            Self::ConfirmNotice { id } => Some(Request::NoticeConfirm { id: id.clone() }),
            Self::SendPost { kind, body } => Some(Request::PostNew {
                kind: *kind,
                body: body.clone(),
            }),
            Self::PostDo { id, what } => Some(Request::PostDo {
                id: id.clone(),
                what: what.clone(),
            }),
            Self::Go(Screen::Board) => Some(Request::PostList),
            Self::PublishNotice(notice) => Some(Request::NoticePublish(notice.clone())),
            Self::KeepDraft { text } => Some(Request::DraftKeep { text: text.clone() }),
            Self::RetractNotice { id, reason } => Some(Request::NoticeRetract {
                id: id.clone(),
                reason: reason.clone(),
            }),
            Self::Remind { id } => Some(Request::NoticeRemind { id: id.clone() }),
            Self::ToldAtDoor { id, unit } => Some(Request::NoticeTold {
                id: id.clone(),
                unit: unit.clone(),
            }),
            Self::IssuePass(pass) => Some(Request::PassIssue(pass.clone())),
            Self::ShowPass { id } => Some(Request::PassImage { id: id.clone() }),
            Self::KeepRegular { id } => Some(Request::RegularKeep { id: id.clone() }),
            Self::DropRegular { label } => Some(Request::RegularDrop {
                label: label.clone(),
            }),
            Self::CancelPass { id } => Some(Request::PassCancel { id: id.clone() }),
            Self::Scan(scan) => Some(Request::GateCheck(scan.clone())),
            Self::Leaves { event } => Some(Request::GateGuard(GuardAct::Exit {
                event: Some(event.clone()),
                plate: None,
                code: None,
            })),
            Self::WalkIn {
                unit,
                name,
                companions,
                courier,
                resident,
                plate,
            } => Some(Request::GateWalkIn {
                unit: unit.clone(),
                name: name.clone(),
                companions: *companions,
                courier: *courier,
                resident: *resident,
                plate: plate.clone(),
            }),
            Self::ScanMode(Mode::Incidents) => Some(Request::GateIncidents),
            Self::ScanMode(Mode::Evacuation) => Some(Request::GateEvacuation),
            Self::ScanMode(Mode::Refusals) => Some(Request::Refusals),
            Self::ScanMode(Mode::Sheet) => Some(Request::GateSheet),
            Self::Refuse(line) => Some(Request::Refuse {
                plate: line.plate.clone(),
                name: line.name.clone(),
                reason: line.reason.clone(),
            }),
            Self::ReceiveAgain { id } => Some(Request::ReceiveAgain { id: id.clone() }),
            Self::FindUnit { query } => Some(Request::GateFindUnit {
                query: query.clone(),
            }),
            Self::Guard(act) => Some(Request::GateGuard(act.clone())),
            Self::AnswerCall { event, admit } => Some(Request::RingAnswer {
                event: event.clone(),
                admit: *admit,
            }),
            Self::SetDoorbell { order, seconds } => Some(Request::DoorbellSet {
                order: order.clone(),
                seconds: *seconds,
            }),
            Self::Pause => Some(Request::NetPause),
            Self::Resume => Some(Request::NetResume),
            Self::Unlock(passphrase) => Some(Request::Unlock {
                passphrase: passphrase.clone(),
            }),
            Self::Go(_)
            | Self::Back
            | Self::Speak(_)
            | Self::Look(_)
            | Self::Filter(_)
            | Self::OpenPost { .. }
            | Self::FilterPosts(_)
            | Self::NewPost
            | Self::TryPost
            | Self::AskReport
            | Self::KeepPost
            | Self::NewNotice
            | Self::CorrectNotice { .. }
            | Self::CheckNotice
            | Self::WriteNotice
            | Self::SignNotice
            | Self::CallBack
            | Self::DiscardDraft
            | Self::AskRetract
            | Self::KeepNotice
            | Self::NewPass
            | Self::NewPassFor { .. }
            | Self::TryPass
            | Self::AskCancelPass { .. }
            | Self::KeepPass
            | Self::SavePicture
            | Self::CopyPicture
            | Self::CopyText
            | Self::ScanMode(_)
            | Self::TryScan
            | Self::TryRefuse
            | Self::NextVisitor
            | Self::Choose(_)
            | Self::Picture { .. }
            | Self::Pin(_)
            | Self::Companions { .. }
            | Self::NightDay
            | Self::AsideCall { .. }
            | Self::BackToCall { .. }
            | Self::Retry
            | Self::CloseNote => None,
        }
    }
}
