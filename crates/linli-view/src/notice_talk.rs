//! What is said below a notice: the office's answers first, then neighbours in their order; and the box for a reply.

use crate::api::{CommentItem, NoticeItem, PrincipalKind};
use crate::board::{AskForm, PostAsk, Reader, Standing, standing};
use crate::clean;
use crate::dates::{self, Now};
use crate::drafts::DraftRow;
use crate::files::{self, FileLine, ReplyFiles};
use crate::words::Catalogue;

/// Longest comment in characters (docs/formats/facts.md).
pub const COMMENT_CHARS: usize = 12_000;
/// So much of what is answered stands above the answer.
const QUOTE_CHARS: usize = 40;

/// All of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Talk {
    /// Heading.
    pub title: String,
    /// That comments are closed, since when and by whom; empty while they are open.
    pub closed: String,
    /// At the notice's own office: opens or closes them, with the word on the button.
    pub switch: Option<(bool, String)>,
    /// What is said; offices first.
    pub said: Vec<Said>,
    /// How many more there are that are not listed; empty if none.
    pub more: String,
    /// What stands there when nothing is said.
    pub empty: String,
    /// Where one writes; none where one may not.
    pub reply: Option<ReplyBox>,
    /// Other drafts below this notice; set where the window knows of them.
    pub drafts: Vec<DraftRow>,
}

/// One comment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Its id.
    pub id: String,
    /// Who and when.
    pub by: String,
    /// An office speaks; the word for that.
    pub official: Option<String>,
    /// What it answers, in short; may be empty.
    pub answers: String,
    /// Text, or why it is not shown.
    pub body: String,
    /// Photos and documents.
    pub files: Vec<FileLine>,
    /// What is to be known about it; may be empty.
    pub note: String,
    /// Why it is not shown, or who hid it.
    pub warning: Option<String>,
    /// What was decided about it before: sentences.
    pub decided: Vec<String>,
    /// What can be asked about it: question, word, accessible name.
    pub asks: Vec<(PostAsk, String, String)>,
    /// The question.
    pub ask: Option<AskForm>,
    /// The button that answers it, and its accessible name.
    pub answer: Option<(String, String)>,
}

/// Where one writes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReplyBox {
    /// Name of the field.
    pub name: String,
    /// What is being answered, and the button that answers nothing in particular.
    pub answering: Option<(String, String)>,
    /// Photos that go with it; set where the window knows of them.
    pub files: ReplyFiles,
    /// What is wrong with what is typed, which is not sent then; set where the window knows of it.
    pub problem: Option<String>,
    /// Who will read it.
    pub public: String,
    /// The button.
    pub send: String,
}

/// Makes it. `answering` is the comment being answered, `reader` who reads it and what is asked of whoever does.
#[must_use]
pub fn talk(
    words: &Catalogue,
    now: Now,
    item: &NoticeItem,
    me: PrincipalKind,
    answering: Option<&str>,
    reader: &Reader<'_>,
) -> Talk {
    let speaks = matches!(me, PrincipalKind::Household | PrincipalKind::Office);
    let may = speaks && item.valid && (item.comments_closed_ms.is_none() || item.ours);
    let of = |official: bool| item.said.iter().filter(move |c| c.official == official);
    let said = of(true).chain(of(false));
    let office = clean::line(&item.org_name, clean::NAME_MAX);
    let closed = item.comments_closed_ms.map(|ms| {
        let args = [
            ("office", office.into()),
            ("when", dates::at(words, now, ms).into()),
        ];
        words.text("talk-closed", &args)
    });
    let open = item.comments_closed_ms.is_none();
    let left_out = item.said_left_out;
    let count = left_out.saturating_add(item.said.len() as u64);
    Talk {
        title: words.text("talk-title", &[("n", count.into())]),
        closed: closed.unwrap_or_default(),
        switch: (item.ours && me == PrincipalKind::Office).then(|| {
            let key = if open { "talk-close" } else { "talk-open" };
            (!open, words.say(key))
        }),
        said: said
            .map(|c| one(words, now, item, c, may, speaks.then_some(reader)))
            .collect(),
        more: if left_out > 0 {
            words.text("talk-more", &[("n", left_out.into())])
        } else {
            String::new()
        },
        empty: words.say(if may { "talk-none" } else { "talk-none-closed" }),
        reply: may.then(|| ReplyBox {
            name: words.say("talk-reply"),
            answering: answering
                .and_then(|id| item.said.iter().find(|c| c.id == id))
                .map(|c| (quote(words, c), words.say("talk-answer-none"))),
            files: ReplyFiles::default(),
            problem: None,
            public: words.say(if me == PrincipalKind::Office {
                "talk-public-office"
            } else {
                "talk-public"
            }),
            send: words.say("talk-send"),
        }),
        drafts: Vec::new(),
    }
}

/// `reader` is none where nobody speaks: a gate reports nothing.
fn one(
    words: &Catalogue,
    now: Now,
    item: &NoticeItem,
    c: &CommentItem,
    may: bool,
    reader: Option<&Reader<'_>>,
) -> Said {
    let author = clean::line(&c.author, clean::NAME_MAX);
    let by = [
        ("author", (&author).into()),
        ("when", dates::at(words, now, c.published_ms).into()),
    ];
    let answered = c.answers.as_ref();
    let answered = answered.and_then(|id| item.said.iter().find(|other| other.id == *id));
    let shown = !c.hidden;
    let standing = reader.map(|reader| standing(words, now, c, reader));
    let Standing {
        warning,
        decided,
        asks,
        ask,
    } = standing.unwrap_or_default();
    Said {
        id: c.id.clone(),
        by: words.text("post-by", &by),
        official: c.official.then(|| words.say("talk-official")),
        answers: answered.map(|c| quote(words, c)).unwrap_or_default(),
        body: match (shown, c.late) {
            _ if c.gone => words.say("post-comment-gone"),
            (true, _) => clean::text(&c.body, clean::BODY_MAX),
            (false, true) => words.say("talk-late-hidden"),
            (false, false) => words.say("post-comment-hidden"),
        },
        files: files::lines(words, &c.files),
        note: if shown && c.late {
            words.say("talk-late")
        } else {
            String::new()
        },
        warning,
        decided,
        asks,
        ask,
        answer: (may && shown).then(|| {
            let name = words.text("talk-answer-name", &[("author", author.into())]);
            (words.say("talk-answer"), name)
        }),
    }
}

fn quote(words: &Catalogue, c: &CommentItem) -> String {
    let (photo, gone) = (words.say("talk-photo"), words.say("post-comment-gone"));
    let text = match c.body.trim() {
        _ if c.gone => &gone,
        _ if c.hidden => "…",
        "" if !c.files.is_empty() => &photo,
        said => said,
    };
    let args = [
        ("author", clean::line(&c.author, clean::NAME_MAX).into()),
        ("text", clean::line(text, QUOTE_CHARS).into()),
    ];
    words.text("talk-answers", &args)
}

#[cfg(test)]
mod tests;
