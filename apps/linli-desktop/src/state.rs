//! What belongs to this window alone: where one is, what is half filled in, how it looks.

use linli_view::alert::AlertState;
use linli_view::api::ScanKind;
use linli_view::bell::Opens;
use linli_view::board::{BoardFilter, PostAsk, PostDraft, SettleDraft, case_key};
use linli_view::compose::{ComposeDraft, Step};
use linli_view::drafts::DraftLine;
use linli_view::files::{Adding, Attached};
use linli_view::folder::Browse;
use linli_view::frame::{Note, note};
use linli_view::guide::Topic;
use linli_view::help::HelpState;
use linli_view::homes::Known;
use linli_view::intent::{Look, NoticeFilter, Screen};
use linli_view::invite::InviteDraft;
use linli_view::model::Told;
use linli_view::pass_form::PassDraft;
use linli_view::refusal_list::RefusalDraft;
use linli_view::register::RegisterState;
use linli_view::start::{Begin, FoundDraft, JoinDraft};
use linli_view::station::{Mode, Printed};
use linli_view::tone::Tone;
use linli_view::words::{Catalogue, Lang};
use std::collections::BTreeSet;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The state of one window.
#[derive(Clone, PartialEq, Debug)]
pub struct State {
    /// Language.
    pub lang: Lang,
    /// Look.
    pub look: Look,
    /// The look to go back to from the large one.
    pub standard: Look,
    /// Where one is.
    pub screen: Screen,
    /// The open notice.
    pub notice: Option<String>,
    /// Where the open notice was opened from, so that Back leads there.
    pub notice_from: Screen,
    /// Which notices the list shows.
    pub filter: NoticeFilter,
    /// At an office: the notice being written.
    pub notice_draft: Option<ComposeDraft>,
    /// It could not be kept, so far.
    pub notice_unkept: bool,
    /// Is it on screen?
    pub composing: bool,
    /// Photos and documents that go with it.
    pub notice_files: Vec<Attached>,
    /// How far it is.
    pub step: Step,
    /// "Take it back?" is on screen for the open notice.
    pub ask_retract: bool,
    /// Why, as typed.
    pub retract_reason: String,
    /// What is being written below the open notice.
    pub notice_reply: String,
    /// The comment it answers.
    pub notice_answers: Option<String>,
    /// The notice below which both stand.
    pub notice_talk: Option<String>,
    /// The open post.
    pub post: Option<String>,
    /// Which posts the list shows.
    pub board: BoardFilter,
    /// The post being written; kept when one goes elsewhere meanwhile.
    pub post_draft: PostDraft,
    /// Photos and documents that go with it.
    pub files: Vec<Attached>,
    /// Where the next of them is, as typed.
    pub file_path: String,
    /// How the last one fared.
    pub adding: Adding,
    /// Folders of this computer, while one of them is on screen.
    pub browse: Option<Browse>,
    /// The folder from which something was last chosen.
    pub browse_from: Option<PathBuf>,
    /// What somebody pressed on the system's screen, and is to be shown.
    pub opens: Option<Opens>,
    /// Where pictures are saved.
    pub pictures: PathBuf,
    /// Where papers are saved, and what is given away.
    pub papers: PathBuf,
    /// Photos that go with the reply below the open post.
    pub reply_files: Vec<Attached>,
    /// Photos that go with what is being written below the open notice.
    pub talk_files: Vec<Attached>,
    /// Somebody asked where photos of a reply are put in.
    pub reply_asks_files: bool,
    /// Is its form on screen?
    pub posting: bool,
    /// The reply being written.
    pub reply: String,
    /// Of what it is shown who is known to hold it.
    pub delivery: Option<String>,
    /// Drafts that are kept beside those on screen.
    pub drafts: Vec<DraftLine>,
    /// What is asked below the open post.
    pub post_ask: Option<PostAsk>,
    /// How it ends, half filled in.
    pub settle: SettleDraft,
    /// The words with what is asked, as typed.
    pub post_words: String,
    /// A button was pressed without them.
    pub post_tried: bool,
    /// At an office: the page of the register.
    pub register: RegisterState,
    /// At an office: an alert that is being read in.
    pub alert: Option<AlertState>,
    /// At an office: the open case.
    pub case: Option<String>,
    /// The reason of the decision, as typed.
    pub case_reason: String,
    /// The pass being filled in; kept when one goes elsewhere meanwhile.
    pub draft: Option<PassDraft>,
    /// Is its form on screen?
    pub form: bool,
    /// The pass on screen.
    pub pass: Option<String>,
    /// "Really cancel?" is on screen for the pass above.
    pub ask_cancel: bool,
    /// The PIN typed for the pass being filled in; no part of the draft.
    pub pin: Typed,
    /// "Really cancel all?" is on screen.
    pub ask_cancel_all: bool,
    /// The line of the refusal list that is being filled in.
    pub refusal: RefusalDraft,
    /// At a gate: what the field takes.
    pub mode: Mode,
    /// At a gate: what is scanned or typed so far.
    pub typed: Typed,
    /// At a gate: digits typed where one chooses.
    pub digits: Typed,
    /// At a gate: the number chosen, where what it names still has to be confirmed.
    pub chosen: Option<u8>,
    /// At a gate: people beside the holder of the next pass.
    pub companions: u8,
    /// At a gate: the plate seen on the car whose pass comes next.
    pub lane_plate: Option<String>,
    /// At a gate: what was scanned last, for as long as its verdict stands; a PIN goes with it.
    pub shown: Option<Shown>,
    /// At a gate: what became of the day sheet.
    pub printed: Option<Printed>,
    /// Dark at night and light by day, by the clock, until somebody chooses.
    pub by_day: bool,
    /// Help: what is asked and half filled in.
    pub help: HelpState,
    /// Calls to which this window says nothing.
    pub aside: BTreeSet<String>,
    /// The box that finds, while it is open.
    pub find: Option<Finding>,
    /// As whom this computer begins, once somebody has said so.
    pub begin: Option<Begin>,
    /// Joining, on the first page.
    pub joining: JoinDraft,
    /// Founding, on the first page.
    pub founding: FoundDraft,
    /// What will open the home that is founded, or joins, as typed.
    pub opens_with: Secret,
    /// The repeat.
    pub opens_again: Secret,
    /// Inviting: what is filled in, and which invitation is on screen.
    pub inviting: InviteDraft,
    /// Where the page that invites was opened from.
    pub invite_from: Screen,
    /// The name of one more person of the family, as typed.
    pub person: String,
    /// Who else could sit here is shown.
    pub who_sits: bool,
    /// Language and look were asked for when the window was opened: who sits here does not change them at once.
    pub given: (bool, bool),
    /// The page of help over the page.
    pub guide: Option<Topic>,
    /// Does the home start at log-in? None: this system cannot.
    pub at_log_in: Option<bool>,
    /// Has the call over the page stood long enough to be answered?
    pub armed: bool,
    /// The passphrase being typed.
    pub passphrase: Secret,
    /// The homes of this account, as of when they were last listed.
    pub homes: Vec<Known>,
    /// Is the list over the page?
    pub homes_open: bool,
    /// What was told last; stays until put away.
    pub said: Option<Said>,
    /// The text field to put the cursor into once, by name.
    pub focus: Option<Focus>,
}

/// The box that finds, as far as it is this window's.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Finding {
    /// What is typed.
    pub typed: String,
    /// The line that Enter opens.
    pub chosen: usize,
}

/// What is scanned or typed at a gate: perhaps a bearer ticket, so it prints as dots and is wiped when it goes.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Typed(pub Zeroizing<String>);

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(••••)")
    }
}

/// A scan that was answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// What kind of scan it was.
    pub kind: ScanKind,
    /// The scan.
    pub value: Typed,
    /// People beside the holder.
    pub companions: u8,
    /// The plate seen.
    pub lane_plate: Option<String>,
}

/// What is typed into the passphrase field; wiped when it goes.
///
/// A copy of the state has no copy of it, and two states that differ in nothing else are equal: no view shows it.
/// egui keeps its own copy for undo; it is let go when the form is sent, but not wiped.
#[derive(Default)]
pub struct Secret(pub Zeroizing<String>);

impl Clone for Secret {
    fn clone(&self) -> Self {
        Self::default()
    }
}
impl PartialEq for Secret {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(••••)")
    }
}

/// A field that takes the cursor when it appears.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Focus {
    /// The visitor's name.
    Label,
    /// The passphrase.
    Passphrase,
    /// The plate at a gate.
    Plate,
    /// The headline of a notice.
    Headline,
    /// The text of a post.
    Post,
    /// The box that finds.
    Find,
    /// The button that says yes, help is needed.
    Help,
    /// The first field of the form that is open on the page of help.
    Care,
}

/// Something to tell, kept as data so that it changes with the language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Said {
    /// From the node.
    Told(Told),
    /// A picture was saved there.
    Saved(String),
    /// A card to print was saved there.
    Printed(String),
    /// Something to give away was saved there: the sentence, where, and whether another notice has corrected it since.
    Gave(&'static str, String, bool),
    /// A photo or document was saved there.
    FileSaved(String),
    /// It could not be saved.
    SaveFailed(String),
    /// The picture is on the clipboard.
    Copied,
    /// It is not.
    CopyFailed,
    /// The text is on the clipboard.
    CopiedText,
    /// A sentence by its key.
    Sentence(&'static str, Tone),
}

impl State {
    /// A window just opened.
    #[must_use]
    pub fn new(lang: Lang, look: Look, screen: Screen) -> Self {
        Self {
            lang,
            look,
            standard: if look == Look::Elderly {
                Look::Light
            } else {
                look
            },
            screen,
            notice: None,
            notice_from: Screen::Notices,
            filter: NoticeFilter::All,
            notice_reply: String::new(),
            notice_answers: None,
            notice_talk: None,
            post: None,
            board: BoardFilter::All,
            post_draft: PostDraft::default(),
            files: Vec::new(),
            file_path: String::new(),
            adding: Adding::Nothing,
            browse: None,
            browse_from: None,
            opens: None,
            pictures: PathBuf::new(),
            papers: PathBuf::new(),
            reply_files: Vec::new(),
            talk_files: Vec::new(),
            reply_asks_files: false,
            posting: false,
            reply: String::new(),
            delivery: None,
            drafts: Vec::new(),
            post_ask: None,
            settle: SettleDraft::default(),
            post_words: String::new(),
            post_tried: false,
            register: RegisterState::default(),
            alert: None,
            case: None,
            case_reason: String::new(),
            notice_draft: None,
            notice_unkept: false,
            composing: false,
            notice_files: Vec::new(),
            step: Step::Write,
            ask_retract: false,
            retract_reason: String::new(),
            draft: None,
            form: false,
            pass: None,
            ask_cancel: false,
            pin: Typed::default(),
            ask_cancel_all: false,
            refusal: RefusalDraft::default(),
            mode: Mode::Scan,
            typed: Typed::default(),
            digits: Typed::default(),
            chosen: None,
            companions: 0,
            lane_plate: None,
            shown: None,
            printed: None,
            by_day: false,
            help: HelpState::default(),
            aside: BTreeSet::new(),
            find: None,
            begin: None,
            joining: JoinDraft::default(),
            founding: FoundDraft::default(),
            opens_with: Secret::default(),
            opens_again: Secret::default(),
            inviting: InviteDraft::default(),
            invite_from: Screen::Home,
            person: String::new(),
            who_sits: false,
            given: (false, false),
            guide: None,
            at_log_in: None,
            armed: false,
            homes: Vec::new(),
            homes_open: false,
            passphrase: Secret::default(),
            said: None,
            focus: None,
        }
    }

    /// What an appeal that is being written is about: the post or notice, a blank and the comment, where it is about one.
    #[must_use]
    pub fn appeals(&self) -> Option<String> {
        let Some(PostAsk::Appeal { comment }) = &self.post_ask else {
            return None;
        };
        let record = match self.screen {
            Screen::Notices => self.notice.as_ref(),
            _ => self.post.as_ref(),
        };
        Some(case_key(record?, comment.as_deref()))
    }

    /// The note at the bottom, in the language of the moment.
    #[must_use]
    pub fn note(&self, words: &Catalogue) -> Option<Note> {
        let good = |text: String| Note {
            text,
            tone: Tone::Good,
        };
        self.said.as_ref().map(|said| match said {
            Said::Told(told) => note(words, told),
            Said::Saved(path) => good(words.text("note-saved", &[("path", path.into())])),
            Said::Printed(path) => good(words.text("note-card-saved", &[("path", path.into())])),
            Said::Gave(key, path, false) => good(words.text(key, &[("path", path.into())])),
            Said::Gave(key, path, true) => Note {
                text: format!(
                    "{}\n{}",
                    words.text(key, &[("path", path.into())]),
                    words.say("note-gave-corrected"),
                ),
                tone: Tone::Warn,
            },
            Said::FileSaved(path) => good(words.text("file-saved", &[("path", path.into())])),
            Said::SaveFailed(reason) => Note {
                text: words.text("note-save-failed", &[("reason", reason.into())]),
                tone: Tone::Alert,
            },
            Said::Copied => good(words.say("note-copied")),
            Said::CopyFailed => Note {
                text: words.say("note-copy-failed"),
                tone: Tone::Warn,
            },
            Said::CopiedText => good(words.say("note-copied-text")),
            Said::Sentence(key, tone) => Note {
                text: words.say(key),
                tone: *tone,
            },
        })
    }
}
