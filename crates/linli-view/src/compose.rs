//! Writing a notice: a draft of one window, what it will look like, and what to look at before it is signed.
//!
//! What is signed cannot be unsaid, so there are three steps: write, check, and ten seconds in which it can still be
//! called back. The draft is kept in the home while it is written; a program that dies loses nothing.

mod check;
pub mod correction;
pub mod places;
mod preview;

pub use places::{Place, Places};
pub use preview::{Preview, PreviewTab, Shown};

use crate::api::{CapWords, NoticeItem, NoticeRequest, Severity, Status};
use crate::cap::{self, CapChoice};
use crate::clean;
use crate::dates::{self, Now};
use crate::drafts::DraftRow;
use crate::files::FilesForm;
use crate::pass_form::{Choices, Field};
use crate::templates::Choice;
use crate::tone::Tone;
use crate::typed;
use crate::words::Catalogue;
use serde::{Deserialize, Serialize};

/// Longest headline in characters: what the record holds (docs/formats/records.md).
pub const TITLE_CHARS: usize = 200;
/// A headline that fits on one line of a phone, a poster and a screen.
pub const TITLE_GOOD: usize = 30;
/// Longest text in characters.
pub const BODY_CHARS: usize = 12_000;
/// How long a signed notice is held back, so that it can be called back.
pub const HOLD_MS: u64 = 10_000;

/// What the person has written so far.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ComposeDraft {
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
    /// Headline in English.
    pub title_en: String,
    /// Text in English.
    pub body_en: String,
    /// The CAP word.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words; kept, and said only with a severity.
    pub cap: CapWords,
    /// Buildings, stairs, units, grid cells, as typed.
    pub area: String,
    /// From when it holds, as typed; empty: from when it goes out.
    pub from: String,
    /// Until when, as typed.
    pub until: String,
    /// Whether households are asked to confirm.
    pub confirm: bool,
    /// Whether comments are closed from the beginning.
    pub comments_closed: bool,
    /// The notice it corrects.
    pub corrects: Option<String>,
    /// When it goes out, as typed; empty: at once.
    pub at: String,
    /// It was signed, and was not called back: one that is found so when a window opens has not gone out.
    pub held: bool,
    /// Which preview is on screen.
    #[serde(skip)]
    pub preview: PreviewTab,
    /// "Check" was pressed once: from now on every problem is shown.
    #[serde(skip)]
    pub tried: bool,
}

impl ComposeDraft {
    /// A draft that corrects a notice begins with everything it says: whoever puts one word right loses neither its
    /// end nor whom it is for. What goes along with it is taken over by whoever draws.
    #[must_use]
    pub fn correcting(words: &Catalogue, now: Now, item: &NoticeItem) -> Self {
        let english = item.also.iter().find(|t| t.lang == "en");
        let places = match &item.area {
            crate::api::Area::All => &[],
            crate::api::Area::Buildings(names) => names.as_slice(),
        };
        // The places that a cell stood for when it was signed stay with it: the register may have changed since.
        let cells = item.cells.iter().map(|cell| places::cell_word(words, cell));
        let area: Vec<String> = cells.chain(places.iter().cloned()).collect();
        Self {
            title: item.text.title.clone(),
            body: item.text.body.clone(),
            title_en: english.map(|t| t.title.clone()).unwrap_or_default(),
            body_en: english.map(|t| t.body.clone()).unwrap_or_default(),
            severity: item.severity,
            cap: item.cap,
            area: area.join(" "),
            from: typed(now, item.effective_ms),
            until: typed(now, item.expires_ms),
            confirm: item.confirm_asked,
            comments_closed: item.comments_closed_ms.is_some(),
            corrects: Some(item.id.clone()),
            ..Self::default()
        }
    }

    /// One that waited for its time is written on. It keeps that time, so that signing it again does not publish it at once.
    #[must_use]
    pub fn going_on(now: Now, notice: &NoticeRequest, at_ms: u64) -> Self {
        let (title_en, body_en) = notice.english.clone().unwrap_or_default();
        Self {
            title: notice.title.clone(),
            body: notice.body.clone(),
            title_en,
            body_en,
            severity: notice.severity,
            cap: notice.cap,
            area: notice.area.join(" "),
            from: typed(now, notice.effective_ms),
            until: typed(now, notice.expires_ms),
            at: typed(now, Some(at_ms)),
            confirm: notice.confirm,
            comments_closed: notice.comments_closed,
            corrects: notice.corrects.clone(),
            ..Self::default()
        }
    }

    /// What is kept of it as a template: nothing about a day. None without a headline.
    #[must_use]
    pub fn template(&self) -> Option<NoticeRequest> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Some(NoticeRequest {
            title: some(&self.title)?,
            body: self.body.trim().to_owned(),
            english: some(&self.title_en).zip(some(&self.body_en)),
            severity: self.severity,
            cap: self.severity.map(|_| self.cap).unwrap_or_default(),
            area: check::areas(&self.area),
            effective_ms: None,
            expires_ms: None,
            confirm: self.confirm,
            comments_closed: self.comments_closed,
            corrects: None,
        })
    }

    /// Nothing has been written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let texts = [&self.title, &self.body, &self.title_en, &self.body_en];
        texts.iter().all(|t| t.trim().is_empty())
    }
}

/// A moment as it is typed into the form, with its year: one that is over is not taken for next year's.
pub(crate) fn typed(now: Now, ms: Option<u64>) -> String {
    let civil = ms.and_then(|ms| now.civil(ms));
    civil.map_or_else(String::new, |at| at.strftime("%Y-%m-%d %H:%M").to_string())
}

/// How far the notice is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Step {
    /// It is being written.
    #[default]
    Write,
    /// It is being checked.
    Check,
    /// It goes out at this moment, unless it is called back.
    Held {
        /// Unix milliseconds.
        until_ms: u64,
    },
}

/// The page as it is drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Compose {
    /// Heading.
    pub title: String,
    /// In whose name.
    pub acting: String,
    /// What it does to an earlier notice; may be empty.
    pub corrects: String,
    /// Headline.
    pub headline: Field,
    /// How long the headline is.
    pub count: String,
    /// Text.
    pub body: Field,
    /// Headline in English.
    pub headline_en: Field,
    /// Text in English.
    pub body_en: Field,
    /// How urgent.
    pub severities: Choices<Option<Severity>>,
    /// Of an urgent one: what to do, how soon, how sure, what kind of thing.
    pub cap: Vec<Choices<CapChoice>>,
    /// Whom it is for.
    pub area: Field,
    /// Buildings and grid cells to press, and how many households it is for.
    pub places: Places,
    /// From when.
    pub from: Field,
    /// Until when.
    pub until: Field,
    /// When it goes out.
    pub at: Field,
    /// The same, where it is said and everything is right.
    pub at_ms: Option<u64>,
    /// What one may begin with, while nothing is written.
    pub templates: Vec<Choice>,
    /// Heading of that.
    pub templates_title: String,
    /// Keeps what is written as a template.
    pub keep: Option<String>,
    /// What is asked of households.
    pub asks: Choices<bool>,
    /// Whether neighbours may say something below it: closed?
    pub comments: Choices<bool>,
    /// Photos and documents that go with it.
    pub files: FilesForm,
    /// What it will look like.
    pub preview: Preview,
    /// The button that goes on, and the one that throws the draft away.
    pub next: String,
    /// See above.
    pub discard: String,
    /// Where the draft is kept, or that it is not.
    pub kept: String,
    /// The button that leaves this one as a draft and begins another.
    pub another: Option<String>,
    /// Drafts of other notices.
    pub drafts: Vec<DraftRow>,
    /// What to look at before signing; the request, once everything is right.
    pub check: Option<Check>,
    /// It goes out in so many seconds.
    pub held: Option<Held>,
    /// The whole request, once everything is right.
    pub request: Option<NoticeRequest>,
}

/// The step before signing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// Heading.
    pub title: String,
    /// Who signs, who sees it, until when: plain facts.
    pub facts: Vec<String>,
    /// What to look at again.
    pub points: Vec<(Tone, String)>,
    /// Signs.
    pub publish: String,
    /// Back to writing.
    pub back: String,
}

/// Signed and held back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// The sentence with the seconds.
    pub text: String,
    /// Calls it back.
    pub undo: String,
}

/// Makes the page.
#[must_use]
pub fn compose(
    words: &Catalogue,
    now: Now,
    status: Option<&Status>,
    draft: &ComposeDraft,
    step: Step,
) -> Compose {
    let me = status.and_then(|s| s.me.as_ref());
    let office = me.map(|me| clean::line(&me.name, clean::NAME_MAX));
    let office = office.unwrap_or_default();
    let read = check::read(words, now, draft);
    let shown = |problem: &Option<String>| problem.clone().filter(|_| draft.tried);
    // What is too long or cannot be seen is said at once, with what is missing only after a first try.
    let unfit = |text: &str, max: usize| typed::problem(words, text, max);
    let field = |name: &str, hint: &str, problem: Option<String>| Field {
        name: words.say(name),
        hint: words.say(hint),
        problem,
    };
    let checking = (step == Step::Check).then(|| Check {
        title: words.say("compose-check"),
        facts: check::facts(words, now, &office, draft, &read),
        points: check::points(words, draft, read.until_ms),
        publish: words.say(if read.at_ms.is_some() {
            "compose-publish-at"
        } else {
            "compose-publish"
        }),
        back: words.say("compose-edit"),
    });
    let held = match step {
        Step::Held { .. } => Some(Held {
            text: words.text(
                "compose-held",
                &[("n", held_s(step, now).unwrap_or_default().into())],
            ),
            undo: words.say("compose-undo"),
        }),
        _ => None,
    };
    let body_en = unfit(&draft.body_en, BODY_CHARS);
    let length = draft.title.trim().chars().count();
    let count = [("n", length.into()), ("of", TITLE_GOOD.into())];
    Compose {
        title: words.say(if draft.corrects.is_some() {
            "compose-correct-title"
        } else {
            "compose-title"
        }),
        files: FilesForm::default(),
        acting: words.text("compose-acting", &[("office", (&office).into())]),
        corrects: if draft.corrects.is_some() {
            words.say("compose-corrects")
        } else {
            String::new()
        },
        headline: field(
            "compose-headline",
            "compose-headline-hint",
            unfit(&draft.title, TITLE_CHARS).or_else(|| shown(&read.title)),
        ),
        count: words.text("compose-count", &count),
        body: field(
            "compose-body",
            "compose-body-hint",
            unfit(&draft.body, BODY_CHARS).or_else(|| shown(&read.body)),
        ),
        headline_en: field(
            "compose-headline-en",
            "compose-en-hint",
            unfit(&draft.title_en, TITLE_CHARS)
                .or_else(|| shown(&read.english).filter(|_| body_en.is_none())),
        ),
        body_en: field("compose-body-en", "compose-en-hint", body_en),
        severities: severities(words, draft),
        cap: match draft.severity {
            Some(_) => cap::choices(words, &draft.cap),
            None => Vec::new(),
        },
        area: field("compose-area", "compose-area-hint", read.area.clone()),
        places: Places::default(),
        from: field("compose-from", "compose-from-hint", read.from.clone()),
        until: field("compose-until", "compose-until-hint", read.until.clone()),
        asks: Choices {
            name: words.say("compose-asks"),
            items: vec![
                (false, words.say("compose-asks-nothing"), !draft.confirm),
                (true, words.say("compose-asks-confirm"), draft.confirm),
            ],
        },
        comments: Choices {
            name: words.say("compose-comments"),
            items: vec![
                (
                    false,
                    words.say("compose-comments-open"),
                    !draft.comments_closed,
                ),
                (
                    true,
                    words.say("compose-comments-closed"),
                    draft.comments_closed,
                ),
            ],
        },
        preview: preview::preview(words, now, status, &office, draft, read.holds()),
        at: field("compose-at", "compose-at-hint", read.at.clone()),
        at_ms: read.at_ms.filter(|_| read.request.is_some()),
        templates: Vec::new(),
        templates_title: words.say("template-title"),
        keep: (!draft.title.trim().is_empty()).then(|| words.say("template-keep")),
        next: words.say("compose-next"),
        discard: words.say("compose-discard"),
        kept: words.say("compose-kept"),
        another: (!draft.is_empty()).then(|| words.say("compose-another")),
        drafts: Vec::new(),
        check: checking,
        held,
        request: read.request,
    }
}

fn severities(words: &Catalogue, draft: &ComposeDraft) -> Choices<Option<Severity>> {
    let one = |severity: Option<Severity>, key: &str| {
        (severity, words.say(key), draft.severity == severity)
    };
    Choices {
        name: words.say("compose-severity"),
        items: vec![
            one(None, "compose-severity-none"),
            one(Some(Severity::Minor), "notice-severity-minor"),
            one(Some(Severity::Moderate), "notice-severity-moderate"),
            one(Some(Severity::Severe), "notice-severity-severe"),
            one(Some(Severity::Extreme), "notice-severity-extreme"),
        ],
    }
}

/// The moment a notice that is held goes out, for whoever draws.
#[must_use]
pub const fn due(step: Step, now: Now) -> bool {
    matches!(step, Step::Held { until_ms } if until_ms <= now.ms)
}

/// Seconds until a notice that is held goes out.
#[must_use]
pub const fn held_s(step: Step, now: Now) -> Option<u64> {
    match step {
        Step::Held { until_ms } => Some(until_ms.saturating_sub(now.ms).div_ceil(1000)),
        Step::Write | Step::Check => None,
    }
}

/// Parts of the estate in a field, however they are set apart.
pub(crate) fn area_words(text: &str) -> Vec<String> {
    check::areas(text)
}

/// When a draft says that it ends, in words; empty where it says nothing.
fn until_words(words: &Catalogue, now: Now, until_ms: Option<u64>) -> String {
    until_ms.map_or_else(
        || words.say("compose-fact-open"),
        |ms| {
            words.text(
                "compose-fact-until",
                &[("when", dates::at(words, now, ms).into())],
            )
        },
    )
}

#[cfg(test)]
mod tests;
