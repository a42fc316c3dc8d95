//! An alert of an authority that came as a file: who says what, for whom, until when, and what it becomes here. A clerk reads
//! it before anything is written, and what is not understood about its places is asked, never guessed.
//!
//! It becomes the draft of a notice, which is checked and signed like any other; the end of something that this office had
//! passed on takes that back.

use crate::api::{CapWords, NoticeItem, Severity};
use crate::clean;
use crate::compose::{self, ComposeDraft, places};
use crate::dates::{self, Now};
use crate::model::Model;
use crate::pass_form::{Choices, Field};
use crate::register::Unread;
use crate::tone::Tone;
use crate::words::Catalogue;

/// Longest reason of a retraction, in characters (docs/formats/records.md).
const REASON_MAX: usize = 1_000;
/// Places that are shown of a long list.
const PLACES_SHOWN: usize = 40;

/// What a person wants of an alert.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AlertDo {
    /// It is for the whole estate, or for the places that are typed.
    Whole(bool),
    /// It becomes a draft, or takes back what was passed on.
    Take,
    /// Nothing is made of it.
    Leave,
}

/// What a message does to those before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum AlertKind {
    /// It stands alone.
    #[default]
    New,
    /// It replaces an earlier one.
    Update,
    /// Something is over.
    Cancel,
}

/// Why it is not to be passed on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// A test, a draft, or for programs only.
    NotMeant,
    /// It answers another program.
    NotForPeople,
    /// It is for named recipients.
    Private,
    /// Its time is over.
    Over,
    /// Its text is longer than a notice can be.
    TooLong,
}

/// An alert as it was read. All text is foreign.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AlertRead {
    /// What its file was called.
    pub file: String,
    /// Who says it: the name for people, else the address.
    pub sender: String,
    /// When it was sent, Unix milliseconds.
    pub sent_ms: u64,
    /// What it is to earlier ones.
    pub kind: AlertKind,
    /// An exercise, nothing that happened.
    pub exercise: bool,
    /// Why it is not to be passed on.
    pub unfit: Option<Unfit>,
    /// Who should see it at most, where its author says so.
    pub only_for: Option<String>,
    /// Headline.
    pub title: String,
    /// Text, with its source below.
    pub body: String,
    /// The same in English.
    pub english: Option<(String, String)>,
    /// How severe.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words.
    pub cap: CapWords,
    /// Where it says it is for, in its own words.
    pub places: Vec<String>,
    /// The parts of this estate that it names as we do.
    pub area: Vec<String>,
    /// What it names as such a part, and is none that we read.
    pub area_unread: Vec<String>,
    /// From when it holds.
    pub effective_ms: Option<u64>,
    /// Until when.
    pub expires_ms: Option<u64>,
    /// The line that says where it is from; a later message is matched by it.
    pub source: String,
    /// Those lines of the messages that it replaces or ends.
    pub earlier: Vec<String>,
}

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AlertState {
    /// The file is being read.
    Reads(String),
    /// It could not be.
    Failed(String, Unread),
    /// It was read.
    Read(Box<AlertAsk>),
}

/// An alert, and what the clerk has said about whom it is for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AlertAsk {
    /// The alert.
    pub alert: AlertRead,
    /// For the whole estate, or for the places below; none: not said yet.
    pub whole: Option<bool>,
    /// Buildings, stairs, units, cells, as typed.
    pub places: String,
    /// The button was pressed while something was open.
    pub tried: bool,
}

/// What it becomes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Becomes {
    /// The draft of a notice.
    Draft(Box<ComposeDraft>),
    /// A notice is taken back.
    Retraction {
        /// Which.
        id: String,
        /// Why.
        reason: String,
    },
    /// Nothing, yet or at all.
    Nothing,
}

impl AlertAsk {
    /// What was just read. Places that are all understood are not asked about, nor is a file that names none.
    #[must_use]
    pub fn of(alert: AlertRead) -> Self {
        let unread = !alert.area_unread.is_empty();
        Self {
            whole: match (alert.area.is_empty(), alert.places.is_empty()) {
                _ if unread => None,
                (false, _) => Some(false),
                (true, true) => Some(true),
                (true, false) => None,
            },
            places: alert.area.join(" "),
            alert,
            tried: false,
        }
    }

    /// What the button makes of it.
    #[must_use]
    pub fn becomes(&self, now: Now, notices: &[NoticeItem]) -> Becomes {
        let alert = &self.alert;
        if alert.unfit.is_some() {
            return Becomes::Nothing;
        }
        let of = earlier(alert, notices);
        if let (AlertKind::Cancel, Some(of)) = (alert.kind, of) {
            // What takes back goes where the notice went: its own places are not asked about.
            let reason = clean::text(&format!("{}\n{}", alert.title, alert.source), REASON_MAX);
            return Becomes::Retraction {
                id: of.id.clone(),
                reason,
            };
        }
        let area = match self.whole {
            Some(true) => String::new(),
            Some(false) if !compose::area_words(&self.places).is_empty() => self.places.clone(),
            _ => return Becomes::Nothing,
        };
        let (title_en, body_en) = alert.english.clone().unwrap_or_default();
        Becomes::Draft(Box::new(ComposeDraft {
            title: alert.title.clone(),
            body: alert.body.clone(),
            title_en,
            body_en,
            severity: alert.severity,
            cap: alert.cap,
            area,
            from: compose::typed(now, alert.effective_ms.filter(|ms| *ms > now.ms)),
            until: compose::typed(now, alert.expires_ms),
            corrects: of
                .filter(|_| alert.kind == AlertKind::Update)
                .map(|of| of.id.clone()),
            ..ComposeDraft::default()
        }))
    }
}

/// The notice in which this office passed on what the alert replaces or ends.
fn earlier<'a>(alert: &AlertRead, notices: &'a [NoticeItem]) -> Option<&'a NoticeItem> {
    let stands = |n: &&NoticeItem| n.ours && n.corrected_by.is_none() && n.retracted.is_none();
    notices.iter().filter(stands).find(|notice| {
        let last = notice.text.body.lines().next_back().unwrap_or_default();
        alert.earlier.iter().any(|line| line == last)
    })
}

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlertPage {
    /// Heading.
    pub title: String,
    /// It is being read, or could not be.
    pub said: Option<(Tone, String)>,
    /// Chooses another file.
    pub other: String,
    /// What it says, once it was read.
    pub shown: Option<Box<AlertShown>>,
}

/// What an alert says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AlertShown {
    /// Who says it, when, from and until when.
    pub facts: Vec<String>,
    /// What is to be known first: an exercise, not to be passed on, for few.
    pub warnings: Vec<(Tone, String)>,
    /// Headline.
    pub headline: String,
    /// Text.
    pub body: String,
    /// The same in English.
    pub english: Option<(String, String)>,
    /// How severe, and CAP's other words, in plain ones.
    pub words: Vec<String>,
    /// For whom, and whether that was understood; none where it goes where an earlier one went.
    pub area: Option<(Tone, String)>,
    /// For whom it is to be: whole estate?
    pub whole: Option<Choices<bool>>,
    /// Places, where it is for some.
    pub places: Option<Field>,
    /// What it becomes.
    pub becomes: String,
    /// Makes it that.
    pub take: Option<String>,
    /// Makes nothing of it.
    pub leave: String,
}

/// Makes the page.
#[must_use]
pub fn page(words: &Catalogue, now: Now, model: &Model, state: &AlertState) -> AlertPage {
    let file = |file: &String| clean::line(file, clean::NAME_MAX);
    let (said, shown) = match state {
        AlertState::Reads(name) => {
            let said = words.text("register-reads", &[("file", file(name).into())]);
            (Some((Tone::Info, said)), None)
        }
        AlertState::Failed(name, why) => {
            let args = [
                ("file", file(name).into()),
                ("why", why.sentence(words).into()),
            ];
            (Some((Tone::Warn, words.text("alert-unread", &args))), None)
        }
        AlertState::Read(ask) => (None, Some(Box::new(shown(words, now, model, ask)))),
    };
    AlertPage {
        title: words.say("alert-title"),
        said,
        other: words.say("alert-other"),
        shown,
    }
}

fn shown(words: &Catalogue, now: Now, model: &Model, ask: &AlertAsk) -> AlertShown {
    let alert = &ask.alert;
    let line = |text: &String| clean::line(text, clean::TITLE_MAX);
    let at = |ms: u64| dates::at(words, now, ms);
    let of = earlier(alert, &model.notices);
    let cancels = alert.kind == AlertKind::Cancel && of.is_some();
    let sent = [
        ("sender", line(&alert.sender).into()),
        ("when", at(alert.sent_ms).into()),
    ];
    let mut facts = vec![words.text("alert-from", &sent)];
    if let Some(ms) = alert.effective_ms.filter(|ms| *ms > now.ms) {
        facts.push(words.text("compose-fact-from", &[("when", at(ms).into())]));
    }
    facts.push(alert.expires_ms.map_or_else(
        || words.say("alert-open"),
        |ms| words.text("alert-until", &[("when", at(ms).into())]),
    ));
    let mut warnings = Vec::new();
    if let Some(why) = alert.unfit {
        let key = match why {
            Unfit::NotMeant => "alert-not-meant",
            Unfit::NotForPeople => "alert-not-for-people",
            Unfit::Private => "alert-private",
            Unfit::Over => "alert-over",
            Unfit::TooLong => "alert-too-long",
        };
        warnings.push((Tone::Danger, words.say(key)));
    }
    if alert.exercise {
        warnings.push((Tone::Warn, words.say("alert-exercise")));
    }
    if let Some(whom) = &alert.only_for {
        warnings.push((
            Tone::Warn,
            words.text("alert-only-for", &[("whom", line(whom).into())]),
        ));
    }
    let severity = alert.severity.map(|severity| {
        let key = match severity {
            Severity::Minor => "notice-severity-minor",
            Severity::Moderate => "notice-severity-moderate",
            Severity::Severe => "notice-severity-severe",
            Severity::Extreme => "notice-severity-extreme",
            Severity::Unknown => "notice-severity-unknown",
        };
        words.text("alert-severity", &[("what", words.say(key).into())])
    });
    let mut plain: Vec<String> = severity.into_iter().collect();
    plain.extend(crate::cap::lines(words, &alert.cap));
    let asks = alert.unfit.is_none() && !cancels;
    let is = |whole: bool| ask.whole == Some(whole);
    let empty = compose::area_words(&ask.places).is_empty();
    let open = ask.whole.is_none() || (is(false) && empty);
    let becomes = match (&alert.unfit, alert.kind, of) {
        (Some(_), ..) => words.say("alert-becomes-nothing"),
        (None, AlertKind::Cancel, Some(of)) => words.text(
            "alert-becomes-retraction",
            &[("title", line(&of.text.title).into())],
        ),
        (None, AlertKind::Update, Some(of)) => words.text(
            "alert-becomes-correction",
            &[("title", line(&of.text.title).into())],
        ),
        _ => words.say("alert-becomes-draft"),
    };
    AlertShown {
        facts,
        warnings,
        headline: line(&alert.title),
        body: clean::text(&alert.body, clean::BODY_MAX),
        english: alert
            .english
            .as_ref()
            .map(|(title, body)| (line(title), clean::text(body, clean::BODY_MAX))),
        words: plain,
        area: (!cancels).then(|| area(words, alert)),
        whole: asks.then(|| Choices {
            name: words.say("alert-whom"),
            items: vec![
                (true, words.say("alert-whole"), is(true)),
                (false, words.say("alert-some"), is(false)),
            ],
        }),
        places: (asks && is(false)).then(|| Field {
            name: words.say("compose-area"),
            hint: words.say("alert-places-hint"),
            problem: (ask.tried && empty).then(|| words.say("register-field-empty")),
        }),
        becomes: if ask.tried && asks && open {
            words.say("alert-say-whom")
        } else {
            becomes
        },
        take: alert.unfit.is_none().then(|| {
            words.say(if cancels {
                "alert-take-back"
            } else {
                "alert-take"
            })
        }),
        leave: words.say("alert-leave"),
    }
}

/// Whom the file says it is for, and whether we know where that is.
fn area(words: &Catalogue, alert: &AlertRead) -> (Tone, String) {
    let comma = words.say("notice-list-comma");
    let joined = |all: &[String], said: &dyn Fn(&String) -> String| {
        let all: Vec<String> = all.iter().take(PLACES_SHOWN).map(said).collect();
        all.join(&comma)
    };
    let plainly = |text: &String| clean::line(text, clean::NAME_MAX);
    let known = joined(&alert.area, &|one| places::said(words, one));
    let own = joined(&alert.places, &plainly);
    if !alert.area_unread.is_empty() {
        let unread = joined(&alert.area_unread, &plainly);
        return (
            Tone::Warn,
            words.text("alert-area-unread", &[("places", unread.into())]),
        );
    }
    match (known.is_empty(), own.is_empty()) {
        (false, _) => (
            Tone::Good,
            words.text("alert-area-known", &[("places", known.into())]),
        ),
        (true, false) => (
            Tone::Warn,
            words.text("alert-area-own", &[("places", own.into())]),
        ),
        (true, true) => (Tone::Info, words.say("alert-area-none")),
    }
}

#[cfg(test)]
mod tests;
