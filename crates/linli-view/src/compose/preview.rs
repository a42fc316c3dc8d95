//! What the notice will look like: on a screen, on a screen in the large look, on paper, in a chat. Made by the same
//! functions that make those, from a notice that nobody has signed.

use super::{ComposeDraft, check};
use crate::api::{Area, Delivery, NoticeItem, NoticeText, Status};
use crate::clean;
use crate::dates::Now;
use crate::notice_page::{self, Confirm, NoticePage};
use crate::notice_paper::{self, Letter, PaperAfter, PaperEarlier, PaperNotice};
use crate::words::Catalogue;

/// Which of them is on screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PreviewTab {
    /// As most households see it.
    #[default]
    Screen,
    /// As it is in the large look.
    Large,
    /// On A4.
    Paper,
    /// In a chat group.
    Chat,
}

/// The previews.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// Heading.
    pub label: String,
    /// The tabs: which, word, chosen.
    pub tabs: Vec<(PreviewTab, String, bool)>,
    /// The chosen one.
    pub shown: Shown,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shown {
    /// On a screen, in the standard look or the large one.
    Screen {
        /// The page as a household has it.
        page: Box<NoticePage>,
        /// In the large look?
        large: bool,
        /// The button that a household presses, if it is asked to.
        asks: Option<String>,
    },
    /// On paper.
    Paper(Box<Letter>),
    /// In a chat.
    Chat(String),
}

/// From when and until when it holds, unix milliseconds.
type Holds = (Option<u64>, Option<u64>);

pub(super) fn preview(
    words: &Catalogue,
    now: Now,
    status: Option<&Status>,
    office: &str,
    draft: &ComposeDraft,
    holds: Holds,
) -> Preview {
    let tab = |tab: PreviewTab, key: &str| (tab, words.say(key), tab == draft.preview);
    let paper = || paper(now, status, office, draft, holds);
    Preview {
        label: words.say("compose-preview"),
        tabs: vec![
            tab(PreviewTab::Screen, "preview-screen"),
            tab(PreviewTab::Large, "preview-large"),
            tab(PreviewTab::Paper, "preview-paper"),
            tab(PreviewTab::Chat, "preview-chat"),
        ],
        shown: match draft.preview {
            PreviewTab::Paper => {
                let letter = notice_paper::letter(words, now, &paper(), None);
                Shown::Paper(Box::new(letter))
            }
            PreviewTab::Chat => Shown::Chat(notice_paper::chat(words, now, &paper(), None)),
            tab => screen(words, now, office, draft, holds, tab == PreviewTab::Large),
        },
    }
}

fn screen(
    words: &Catalogue,
    now: Now,
    office: &str,
    draft: &ComposeDraft,
    holds: Holds,
    large: bool,
) -> Shown {
    let item = item(now, office, draft, holds);
    let mut page = notice_page::of(words, now, &item, std::slice::from_ref(&item));
    // Who signed it and when is not known before it is signed.
    page.facts.drain(..page.facts.len().min(2));
    page.give = None;
    let asks = match &page.confirm {
        Confirm::Asked { button, .. } => Some(button.clone()),
        _ => None,
    };
    Shown::Screen {
        page: Box::new(page),
        large,
        asks,
    }
}

fn item(now: Now, office: &str, draft: &ComposeDraft, (from_ms, until_ms): Holds) -> NoticeItem {
    let text = |lang: &str, title: &str, body: &str| NoticeText {
        lang: lang.to_owned(),
        title: title.to_owned(),
        body: body.to_owned(),
    };
    let english = !draft.title_en.trim().is_empty();
    let area = check::areas(&draft.area);
    NoticeItem {
        id: String::new(),
        org: String::new(),
        org_name: office.to_owned(),
        signed_by: String::new(),
        text: text("zh-CN", &draft.title, &draft.body),
        also: english
            .then(|| text("en", &draft.title_en, &draft.body_en))
            .into_iter()
            .collect(),
        severity: draft.severity,
        cap: draft.severity.map(|_| draft.cap).unwrap_or_default(),
        area: if area.is_empty() {
            Area::All
        } else {
            Area::Buildings(area)
        },
        cells: Vec::new(),
        published_ms: now.ms,
        heard_ms: now.ms,
        effective_ms: from_ms,
        expires_ms: until_ms,
        needs_confirm: draft.confirm,
        confirm_asked: draft.confirm,
        ours: false,
        reminders: 0,
        confirmed_by_me_ms: None,
        read_ms: Some(now.ms),
        corrects: draft.corrects.clone(),
        corrected_by: None,
        retracted: None,
        files: Vec::new(),
        said: Vec::new(),
        said_left_out: 0,
        comments_closed_ms: None,
        delivery: Delivery::default(),
        valid: true,
    }
}

fn paper(
    now: Now,
    status: Option<&Status>,
    office: &str,
    draft: &ComposeDraft,
    (from_ms, until_ms): Holds,
) -> PaperNotice {
    let community = status.and_then(|status| status.community.as_ref());
    let corrects = draft.corrects.iter();
    let earlier: Vec<PaperEarlier> = corrects.map(|id| PaperEarlier { id: id.clone() }).collect();
    PaperNotice {
        estate: community
            .map(|c| clean::line(&c.name, clean::NAME_MAX))
            .unwrap_or_default(),
        offset_min: now.offset_min,
        id: String::new(),
        office: office.to_owned(),
        sent_ms: now.ms,
        title: draft.title.clone(),
        body: draft.body.clone(),
        title_en: draft.title_en.trim().to_owned(),
        body_en: draft.body_en.clone(),
        severity: draft.severity,
        words: draft.severity.map(|_| draft.cap).unwrap_or_default(),
        area: check::areas(&draft.area),
        cells: Vec::new(),
        effective_ms: from_ms,
        expires_ms: until_ms,
        after: if earlier.is_empty() {
            PaperAfter::Nothing
        } else {
            PaperAfter::Corrects(earlier)
        },
    }
}
