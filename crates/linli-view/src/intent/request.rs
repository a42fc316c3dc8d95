//! Which wish is a request to the node, and which one.

use super::{Intent, Screen};
use crate::api::{GuardAct, RegisterAsk, Request};
use crate::station::Mode;

impl Intent {
    /// The request this wish sends to the node, if it sends one.
    #[must_use]
    pub fn request(&self) -> Option<Request> {
        match self {
            Self::OpenNotice { id } => Some(Request::NoticeShow { id: id.clone() }),
            Self::ConfirmNotice(id) => Some(Request::NoticeConfirm { id: id.clone() }),
            Self::PostDo { id, what } => Some(Request::PostDo {
                id: id.clone(),
                what: what.clone(),
            }),
            Self::EarlierReplies { id, before } => Some(Request::PostEarlier {
                id: id.clone(),
                before: before.clone(),
            }),
            Self::OlderPosts(of, most) => Some(Request::PostPage {
                of: *of,
                most: *most,
            }),
            Self::Undo { yes } => Some(Request::Undo { yes: *yes }),
            Self::RulePost {
                id,
                comment,
                hide,
                reason,
                seen,
            } => Some(Request::BoardRule {
                id: id.clone(),
                comment: comment.clone(),
                hide: *hide,
                reason: reason.clone(),
                seen: seen.clone(),
            }),
            Self::Find { query } if !query.trim().is_empty() => Some(Request::Find {
                query: query.clone(),
            }),
            Self::SaveFile { id, n } => Some(Request::FileOpen {
                id: id.clone(),
                n: *n,
            }),
            Self::Go(Screen::Board) => Some(Request::PostList),
            Self::RetractNotice { id, reason } => Some(Request::NoticeRetract {
                id: id.clone(),
                reason: reason.clone(),
            }),
            Self::Remind(id) => Some(Request::NoticeRemind { id: id.clone() }),
            Self::ToldAtDoor { id, unit } => Some(Request::NoticeTold {
                id: id.clone(),
                unit: unit.clone(),
            }),
            Self::DropTemplate(id) => Some(Request::TemplateDrop { id: id.clone() }),
            Self::Unschedule(id) => Some(Request::Unschedule { id: id.clone() }),
            Self::GiveNotice { id, form } => Some(Request::NoticeExport {
                id: id.clone(),
                form: *form,
            }),
            Self::SayBelow { id, text, answers } => Some(Request::NoticeSay {
                id: id.clone(),
                text: text.clone(),
                answers: answers.clone(),
                files: Vec::new(),
            }),
            Self::SetComments { id, open } => Some(Request::NoticeComments {
                id: id.clone(),
                open: *open,
            }),
            Self::IssuePass(pass) => Some(Request::PassIssue(pass.clone())),
            Self::ShowPass { id } => Some(Request::PassImage { id: id.clone() }),
            Self::KeepRegular { id } => Some(Request::RegularKeep { id: id.clone() }),
            Self::DropRegular { label } => Some(Request::RegularDrop {
                label: label.clone(),
            }),
            Self::CancelPass { id } => Some(Request::PassCancel { id: id.clone() }),
            Self::CancelAll => Some(Request::PassCancelAll),
            Self::Residents { apply } => Some(Request::Residents { apply: *apply }),
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
            Self::CallAbout { event } => Some(Request::GateRing {
                event: event.clone(),
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
            Self::CallHelp { practice, words } => Some(Request::HelpRaise {
                practice: *practice,
                words: words.clone(),
            }),
            Self::AnswerHelp { id, coming } => Some(Request::HelpAnswer {
                id: id.clone(),
                coming: *coming,
            }),
            Self::EndHelp(id) => Some(Request::HelpCancel { id: id.clone() }),
            Self::SayFine => Some(Request::HelpFine),
            Self::SetCare { helpers, minute } => Some(Request::HelpCare {
                helpers: helpers.clone(),
                minute: *minute,
            }),
            Self::SetPhones { numbers } => Some(Request::HelpSetNumbers {
                numbers: numbers.clone(),
            }),
            Self::Register(what) => what.ask().map(Request::Register),
            Self::Go(Screen::Register) => Some(Request::Register(RegisterAsk::Places)),
            Self::Go(Screen::Settings) => Some(Request::Bell),
            Self::Go(Screen::Invite) => Some(Request::Invites),
            Self::Go(Screen::Help | Screen::Phones) => Some(Request::HelpList),
            Self::SetBell(settings) => Some(Request::BellSet(settings.clone())),
            Self::Mute { thread, on } => Some(Request::BellMute {
                thread: thread.clone(),
                on: *on,
            }),
            Self::Family(act) => Some(Request::Family(act.clone())),
            Self::Pause => Some(Request::NetPause),
            Self::Resume => Some(Request::NetResume),
            Self::Unlock(passphrase) => Some(Request::Unlock {
                passphrase: passphrase.clone(),
            }),
            Self::Background(_)
            | Self::Guide(_)
            | Self::Invite(_)
            | Self::Begin(_)
            | Self::TryFound
            | Self::TryPerson
            | Self::WhoSits
            | Self::Homes(_)
            | Self::ActAs(_)
            | Self::ForgetHome(_)
            | Self::TryJoin
            | Self::JoinAgain
            | Self::StartAgain => None,
            Self::Go(_)
            | Self::Back
            | Self::Speak(_)
            | Self::Look(_)
            | Self::Filter(_)
            | Self::OpenPost { .. }
            | Self::FilterPosts(_)
            | Self::NewPost
            | Self::TryPost
            | Self::SendPost { .. }
            | Self::FindBox { .. }
            | Self::FindStep { .. }
            | Self::Find { .. }
            | Self::AskReplyFiles
            | Self::AddFile { .. }
            | Self::Browse(_)
            | Self::OpenPath(_)
            | Self::SaveInto(_)
            | Self::DropFile { .. }
            | Self::AskReport
            | Self::AskPost(_)
            | Self::OpenCase { .. }
            | Self::KeepDone
            | Self::ShowDelivery(_)
            | Self::TakeDraft { .. }
            | Self::DropDraft(_)
            | Self::AnotherPost
            | Self::KeepPost
            | Self::NewNotice
            | Self::CorrectNotice(_)
            | Self::CheckNotice
            | Self::WriteNotice
            | Self::SignNotice
            | Self::CallBack
            | Self::DiscardDraft
            | Self::AnotherNotice
            | Self::PublishNotice(_)
            | Self::AskRetract
            | Self::AnswerBelow { .. }
            | Self::UseTemplate(_)
            | Self::Alert(_)
            | Self::KeepTemplate
            | Self::PrintDoors { .. }
            | Self::KeepNotice
            | Self::NewPass
            | Self::NewPassFor { .. }
            | Self::TryPass
            | Self::AskCancelPass { .. }
            | Self::KeepPass
            | Self::AskCancelAll
            | Self::KeepAll
            | Self::PrintCard { .. }
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
            | Self::AskHelp { .. }
            | Self::LeaveHelp
            | Self::TryHelp
            | Self::AskEndHelp
            | Self::KeepHelp
            | Self::EditCare
            | Self::LeaveCare
            | Self::TryCare
            | Self::EditPhones
            | Self::LeavePhones
            | Self::TryPhones
            | Self::AsideCall { .. }
            | Self::BackToCall { .. }
            | Self::Retry
            | Self::CloseNote => None,
        }
    }
}
