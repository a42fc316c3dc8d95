//! Carries out what the person wants: changes of this window here, the rest as requests to the node.

use super::App;
use crate::files;
use crate::picture;
use crate::state::{Focus, Said, Secret, Typed};
use crate::view::{Beside, Page};
use linli_view::calls::CallTold;
use linli_view::compose::Step;
use linli_view::intent::{Intent, Look, Screen};
use linli_view::model::{Model, Told};
use linli_view::pass_card::PassCard;
use linli_view::pass_form::{self, PassDraft};
use linli_view::refusal_list::RefusalDraft;

impl App {
    /// Carries out one intent.
    pub fn perform(&mut self, ctx: &egui::Context, intent: Intent) {
        if let Some(onlooker) = &mut self.onlooker {
            onlooker(&intent);
        }
        if self.perform_at_gate(ctx, &intent)
            || self.perform_at_office(&intent)
            || self.perform_on_register(&intent)
            || self.perform_alert(ctx, &intent)
            || self.perform_below_notice(&intent)
            || self.perform_export(&intent)
            || self.perform_on_passes(&intent)
            || self.perform_on_board(ctx, &intent)
            || self.perform_in_box(&intent)
            || self.perform_help(ctx, &intent)
            || self.perform_on_folders(&intent)
            || self.perform_on_files(&intent)
            || self.perform_bell(&intent)
            || self.perform_homes(&intent)
            || self.perform_join(&intent)
            || self.perform_invite(ctx, &intent)
            || self.perform_family(&intent)
        {
            return;
        }
        match &intent {
            Intent::Go(screen) => self.go(*screen),
            Intent::Back => self.back(),
            Intent::Speak(lang) => {
                self.state.lang = *lang;
                self.remember(Some(*lang), None);
            }
            Intent::Look(look) => {
                self.state.by_day = false;
                self.dress(*look);
                self.remember(None, Some(self.state.look));
            }
            Intent::OpenNotice { id } => {
                self.state.notice_from = self.state.screen;
                self.state.screen = Screen::Notices;
                self.state.notice = Some(id.clone());
                self.state.composing = false;
                self.state.ask_retract = false;
                self.state.retract_reason.clear();
                self.state.post_ask = None;
                self.follow_talk();
                let ours = |n: &&linli_view::api::NoticeItem| n.id == *id && n.ours;
                if self.model.notices.iter().any(|n| ours(&n)) {
                    let id = id.clone();
                    self.send(linli_view::api::Request::NoticeReach { id });
                }
            }
            Intent::Filter(filter) => {
                self.state.screen = Screen::Notices;
                self.state.notice = None;
                self.state.filter = *filter;
            }
            Intent::NewPass => {
                let community = self
                    .model
                    .status
                    .as_ref()
                    .and_then(|status| status.community.as_ref());
                // What was filled in before one went elsewhere is still there.
                if self
                    .state
                    .draft
                    .as_ref()
                    .is_none_or(|draft| draft.label.is_empty())
                {
                    self.state.draft = Some(PassDraft::fresh(self.now(), community));
                }
                self.state.screen = Screen::Visitors;
                self.state.form = true;
                self.state.focus = Some(Focus::Label);
                self.state.ask_cancel = false;
                self.forget_pin();
            }
            Intent::NewPassFor { label } => {
                let community = self
                    .model
                    .status
                    .as_ref()
                    .and_then(|s| s.community.as_ref());
                let found = self.model.regulars.iter().find(|one| one.label == *label);
                if let Some(one) = found {
                    self.state.draft = Some(PassDraft::regular(self.now(), community, one));
                    self.state.screen = Screen::Visitors;
                    self.state.form = true;
                    self.state.focus = Some(Focus::Label);
                    self.state.ask_cancel = false;
                    self.forget_pin();
                }
            }
            Intent::TryPass => return self.try_pass(ctx),
            Intent::TryRefuse => {
                self.state.refusal.tried = true;
                if let Some(line) = self.state.refusal.line() {
                    self.perform(ctx, Intent::Refuse(line));
                }
                return;
            }
            Intent::ShowPass { id } => {
                self.state.screen = Screen::Visitors;
                self.state.form = false;
                self.state.ask_cancel = false;
                self.state.pass = Some(id.clone());
                self.forget_pin();
            }
            Intent::AskCancelPass { .. } => self.state.ask_cancel = true,
            Intent::KeepPass => self.state.ask_cancel = false,
            Intent::CancelPass { .. } => self.state.ask_cancel = false,
            Intent::SavePicture => self.save_picture(),
            Intent::CopyPicture => self.copy_picture(),
            Intent::CopyText => {
                if let Some(card) = self.card() {
                    ctx.copy_text(card.share);
                    self.state.said = Some(Said::CopiedText);
                }
            }
            Intent::Unlock(_) => self.state.passphrase = Secret::default(),
            Intent::Retry if self.beginning() => {}
            Intent::Retry => {
                // A node that still answers is asked again; a new connection is made only for one that is gone.
                self.model.reset();
                if !self.connected {
                    self.client = (self.world.connect)();
                    self.connected = true;
                }
                self.open();
            }
            Intent::CloseNote => self.state.said = None,
            Intent::AsideCall { event } => {
                self.state.aside.insert(event.clone());
                self.state.said = Some(Said::Told(Told::Call(CallTold::Aside)));
            }
            Intent::BackToCall { event } => {
                self.state.aside.remove(event);
                self.state.said = None;
            }
            Intent::AnswerCall { .. } => self.seen = None,
            Intent::ConfirmNotice(_)
            | Intent::SetBell(_)
            | Intent::Background(_)
            | Intent::Guide(_)
            | Intent::Invite(_)
            | Intent::Begin(_)
            | Intent::TryFound
            | Intent::Family(_)
            | Intent::TryPerson
            | Intent::WhoSits
            | Intent::Homes(_)
            | Intent::ActAs(_)
            | Intent::ForgetHome(_)
            | Intent::TryJoin
            | Intent::JoinAgain
            | Intent::StartAgain
            | Intent::Mute { .. }
            | Intent::OpenPost { .. }
            | Intent::EarlierReplies { .. }
            | Intent::FilterPosts(_)
            | Intent::OlderPosts(..)
            | Intent::NewPost
            | Intent::TryPost
            | Intent::SendPost { .. }
            | Intent::PostDo { .. }
            | Intent::FindBox { .. }
            | Intent::FindStep { .. }
            | Intent::Find { .. }
            | Intent::AskReplyFiles
            | Intent::AddFile { .. }
            | Intent::Browse(_)
            | Intent::OpenPath(_)
            | Intent::SaveInto(_)
            | Intent::DropFile { .. }
            | Intent::SaveFile { .. }
            | Intent::AskReport
            | Intent::AskPost(_)
            | Intent::OpenCase { .. }
            | Intent::Undo { .. }
            | Intent::KeepDone
            | Intent::ShowDelivery(_)
            | Intent::TakeDraft { .. }
            | Intent::DropDraft(_)
            | Intent::AnotherPost
            | Intent::RulePost { .. }
            | Intent::KeepPost
            | Intent::NewNotice
            | Intent::CorrectNotice(_)
            | Intent::CheckNotice
            | Intent::WriteNotice
            | Intent::SignNotice
            | Intent::CallBack
            | Intent::PublishNotice(_)
            | Intent::DiscardDraft
            | Intent::AnotherNotice
            | Intent::AskRetract
            | Intent::KeepNotice
            | Intent::AnswerBelow { .. }
            | Intent::GiveNotice { .. }
            | Intent::UseTemplate(_)
            | Intent::Register(_)
            | Intent::Alert(_)
            | Intent::KeepTemplate
            | Intent::DropTemplate(_)
            | Intent::Unschedule(_)
            | Intent::PrintDoors { .. }
            | Intent::SayBelow { .. }
            | Intent::SetComments { .. }
            | Intent::RetractNotice { .. }
            | Intent::Remind(_)
            | Intent::ToldAtDoor { .. }
            | Intent::IssuePass(_)
            | Intent::KeepRegular { .. }
            | Intent::DropRegular { .. }
            | Intent::AskCancelAll
            | Intent::KeepAll
            | Intent::CancelAll
            | Intent::Residents { .. }
            | Intent::PrintCard { .. }
            | Intent::AskHelp { .. }
            | Intent::LeaveHelp
            | Intent::TryHelp
            | Intent::CallHelp { .. }
            | Intent::AnswerHelp { .. }
            | Intent::AskEndHelp
            | Intent::KeepHelp
            | Intent::EndHelp(_)
            | Intent::SayFine
            | Intent::EditCare
            | Intent::LeaveCare
            | Intent::TryCare
            | Intent::SetCare { .. }
            | Intent::EditPhones
            | Intent::LeavePhones
            | Intent::TryPhones
            | Intent::SetPhones { .. }
            | Intent::Pause
            | Intent::Resume
            | Intent::ScanMode(_)
            | Intent::TryScan
            | Intent::Scan(_)
            | Intent::Choose(_)
            | Intent::Picture { .. }
            | Intent::Pin(_)
            | Intent::Companions { .. }
            | Intent::NightDay
            | Intent::Leaves { .. }
            | Intent::WalkIn { .. }
            | Intent::CallAbout { .. }
            | Intent::FindUnit { .. }
            | Intent::Refuse(_)
            | Intent::ReceiveAgain { .. }
            | Intent::Guard(_)
            | Intent::SetDoorbell { .. }
            | Intent::NextVisitor => {}
        }
        if let Some(request) = intent.request() {
            self.send(request);
        }
    }

    /// Something the node did on our request.
    pub(super) fn told(&mut self, told: Told) {
        if let Told::Published { id, .. } = &told {
            let id = id.clone();
            self.published(&id);
        }
        self.told_below(&told);
        if matches!(told, Told::Scheduled { .. }) && self.put_away_draft() {
            self.state.composing = false;
        }
        if let Told::Join(join) = told {
            return self.told_join(join);
        }
        if let Told::Invite(invite) = told {
            return self.told_invite(invite);
        }
        if let Told::Help(help) = &told {
            return self.told_help(help);
        }
        if let Told::Register(what) = &told {
            self.told_register(what);
        }
        self.done_on_board(&told);
        if let Told::Posted { id } = &told {
            let id = id.clone();
            self.posted(&id);
        }
        if matches!(told, Told::Issued | Told::IssuedBut { .. }) {
            self.state.draft = None;
            self.state.pin = Typed::default();
            self.state.form = false;
            self.state.pass = self
                .model
                .issued
                .as_ref()
                .map(|issued| issued.pass.id.clone());
        }
        if told == Told::Refused {
            self.state.refusal = RefusalDraft::default();
        }
        self.state.said = Some(Said::Told(told));
    }

    /// Sends the form as it stands after this frame's typing, or shows what is missing.
    fn try_pass(&mut self, ctx: &egui::Context) {
        let Some(draft) = &self.state.draft else {
            return;
        };
        let (status, pin) = (self.model.status.as_ref(), &self.state.pin.0);
        let form = pass_form::form(&self.words, self.now(), status, draft, pin);
        match form.request {
            Some(request) => self.perform(ctx, Intent::IssuePass(request)),
            None => {
                if let Some(draft) = &mut self.state.draft {
                    draft.tried = true;
                }
                self.state.focus = Some(Focus::Label);
            }
        }
    }

    fn go(&mut self, screen: Screen) {
        if screen != Screen::Board {
            self.model.leave_board();
        }
        self.state.screen = screen;
        self.state.notice = None;
        self.state.composing = false;
        self.state.ask_retract = false;
        self.state.post_ask = None;
        self.state.ask_cancel = false;
        self.state.ask_cancel_all = false;
        self.forget_pin();
        (self.state.help.asking, self.state.help.ending) = (None, false);
        if screen != Screen::Notices {
            self.state.alert = None;
        }
        if screen == Screen::Visitors {
            self.state.pass = None;
            self.state.form = false;
        }
    }

    /// One step back, always to where one came from.
    fn back(&mut self) {
        if self.back_on_board() || self.back_on_help() || self.back_on_register() {
            return;
        }
        let held = matches!(self.state.step, Step::Held { .. });
        if held && self.state.composing && self.state.screen == Screen::Notices {
            self.perform_at_office(&Intent::CallBack);
        } else if self.state.ask_cancel {
            self.state.ask_cancel = false;
        } else if self.state.ask_cancel_all && self.state.screen == Screen::Visitors {
            self.state.ask_cancel_all = false;
        } else if self.state.alert.is_some() && self.state.screen == Screen::Notices {
            self.state.alert = None;
        } else if self.state.ask_retract {
            self.state.ask_retract = false;
        } else if self.state.composing && self.state.screen == Screen::Notices {
            match self.state.step {
                Step::Write => self.state.composing = false,
                Step::Check | Step::Held { .. } => self.state.step = Step::Write,
            }
        } else if self.state.form && self.state.screen == Screen::Visitors {
            self.state.form = false;
        } else if self.state.pass.is_some() && self.state.screen == Screen::Visitors {
            self.state.pass = None;
            self.forget_pin();
        } else if self.state.post_ask.is_some() && self.state.screen == Screen::Notices {
            self.state.post_ask = None;
        } else if self.state.notice.is_some() && self.state.screen == Screen::Notices {
            self.state.notice = None;
            self.state.screen = self.state.notice_from;
        } else if self.state.screen == Screen::Invite {
            self.state.screen = self.state.invite_from;
            self.state.inviting.founded = false;
        } else if self.state.screen == Screen::Home {
            self.state.said = None;
        } else {
            self.state.screen = Screen::Home;
        }
    }

    pub(super) fn dress(&mut self, look: Look) {
        match look {
            Look::Elderly => self.state.look = Look::Elderly,
            // Out of the large look back to what was there before it.
            other if self.state.look == Look::Elderly => {
                self.state.look = if other == Look::Light {
                    self.state.standard
                } else {
                    other
                };
            }
            other => {
                self.state.look = other;
                self.state.standard = other;
            }
        }
    }

    /// The pass on screen.
    pub(super) fn card(&mut self) -> Option<PassCard> {
        match &self.look().page {
            Page::Visitors(_, Beside::Card(card)) => Some(PassCard::clone(card)),
            _ => None,
        }
    }

    fn save_picture(&mut self) {
        let Some(card) = self.card() else { return };
        let Some(picture) = picture::pass(&card) else {
            return;
        };
        let saved = picture
            .png()
            .map_err(|error| error.to_string())
            .and_then(|png| {
                files::save(&self.state.pictures, &card.file_name, &png)
                    .map_err(|error| error.to_string())
            });
        self.state.said = Some(match saved {
            Ok(path) => Said::Saved(path.display().to_string()),
            Err(reason) => Said::SaveFailed(reason),
        });
    }

    fn copy_picture(&mut self) {
        let Some(picture) = self.card().and_then(|card| picture::pass(&card)) else {
            return;
        };
        self.state.said = Some(match self.world.clipboard.picture(&picture) {
            Ok(()) => Said::Copied,
            Err(_) => Said::CopyFailed,
        });
    }

    /// What to ask when a window opens; for tests that drive a client by hand.
    #[must_use]
    pub fn opening() -> Vec<linli_view::api::Request> {
        Model::opening()
    }
}
