//! A notice on paper for the hall, and as a short text for a chat group: the same words around it.
//!
//! Neither proves anything by itself, and both say so: what counts is the notice with this number in Linli.

use super::{faces, not_printed};
use crate::ctx::Ctx;
use linli_exchange::cap::Stamp;
use linli_exchange::notice::{After, Notice};
use linli_exchange::paper::{Letter, Row};
use linli_node::api::Fault;
use linli_pass::qr::{Medium, Symbol};
use linli_view::clean;
use linli_view::dates::{self, Now};
use linli_view::words::Lang;

/// A chat shows about this much without folding it away.
const CHAT_BODY_MAX: usize = 300;
/// Of an id on paper and in a chat: enough to find it, few enough to type.
const ID_SHOWN: usize = 10;

/// The PDF.
pub fn pdf(ctx: &Ctx, notice: &Notice, corrected_by: Option<&str>) -> Result<Vec<u8>, Fault> {
    let id = shown_id(&notice.id);
    let foot = |page: usize, of: usize| {
        let said = [
            ("page", page.into()),
            ("of", of.into()),
            ("id", id.clone().into()),
        ];
        ctx.text("letter-foot", &said)
    };
    let letter = letter(ctx, notice, corrected_by)?;
    letter.pdf(&faces()?, &foot).map_err(not_printed)
}

fn letter(ctx: &Ctx, notice: &Notice, corrected_by: Option<&str>) -> Result<Letter, Fault> {
    let row = |key: &str, value: String| Row {
        name: ctx.say(key),
        value,
    };
    let mut rows = vec![row("letter-for", places(ctx, notice))];
    rows.extend(span(ctx, notice).map(|span| row("letter-when", span)));
    let mut texts = vec![(notice.title.clone(), notice.body.clone())];
    if !notice.title_en.is_empty() {
        texts.push((notice.title_en.clone(), notice.body_en.clone()));
    }
    let texts = texts.into_iter().map(|(title, body)| {
        let title = clean::line(&title, clean::BODY_MAX);
        (title, clean::text(&body, clean::BODY_MAX))
    });
    let id = [("id", shown_id(&notice.id).into())];
    let by = [
        ("office", head(notice).into()),
        ("when", signed(ctx, notice).into()),
    ];
    let code = Symbol::of(&code(notice), Medium::Paper);
    Ok(Letter {
        head: head(notice),
        date: day(ctx, notice),
        banner: banner(ctx, notice, corrected_by),
        texts: texts.collect(),
        rows,
        check: vec![
            ctx.text("letter-by", &by),
            ctx.text("letter-id", &id),
            ctx.say("letter-check"),
        ],
        code: code.map_err(|_| Fault::ours("code-not-drawn"))?,
        lang: ctx.words.lang().tag(),
    })
}

/// The text for a chat group.
pub fn text(ctx: &Ctx, notice: &Notice, corrected_by: Option<&str>) -> String {
    let english = ctx.words.lang() == Lang::En && !notice.title_en.is_empty();
    let (title, body) = if english {
        (&notice.title_en, &notice.body_en)
    } else {
        (&notice.title, &notice.body)
    };
    let mut parts = Vec::new();
    if let Some((words, why)) = banner(ctx, notice, corrected_by) {
        parts.push(words);
        parts.push(why);
    }
    let headline = [
        (
            "office",
            clean::line(&notice.office, clean::NAME_MAX).into(),
        ),
        ("title", clean::line(title, clean::BODY_MAX).into()),
    ];
    parts.push(ctx.text("chat-title", &headline));
    let whole = clean::text(body, clean::BODY_MAX);
    let short = clean::text(&whole, CHAT_BODY_MAX);
    let cut = short != whole;
    parts.push(short);
    if cut {
        parts.push(ctx.say("chat-more"));
    }
    let mut facts = format!("{}{}", ctx.say("chat-for"), places(ctx, notice));
    if let Some(span) = span(ctx, notice) {
        facts = format!("{facts}\n{}{span}", ctx.say("chat-when"));
    }
    parts.push(facts);
    let last = [
        ("office", head(notice).into()),
        ("when", signed(ctx, notice).into()),
        ("id", shown_id(&notice.id).into()),
    ];
    parts.push(ctx.text("chat-check", &last));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// `LLN1`, community, notice, office, when it was signed: a page of `docs/formats` has it.
fn code(notice: &Notice) -> String {
    let sent = Stamp::of_ms(notice.sent_ms, notice.offset_min);
    let Notice {
        community,
        id,
        sender,
        ..
    } = notice;
    format!("LLN1 {community} {id} {sender} {sent}")
}

/// What must be known before the rest, and why.
fn banner(ctx: &Ctx, notice: &Notice, corrected_by: Option<&str>) -> Option<(String, String)> {
    match (&notice.after, corrected_by) {
        (After::TakesBack { reason, .. }, _) => {
            Some((ctx.say("letter-retracted"), clean::text(reason, 2_000)))
        }
        (_, Some(by)) => {
            let id = [("id", shown_id(by).into())];
            Some((ctx.text("letter-corrected", &id), String::new()))
        }
        (After::Corrects(earlier), None) => {
            let id = earlier.first().map(|e| shown_id(&e.id));
            let id = [("id", id.unwrap_or_default().into())];
            Some((ctx.text("letter-corrects", &id), String::new()))
        }
        (After::Nothing, None) => None,
    }
}

fn head(notice: &Notice) -> String {
    let office = clean::line(&notice.office, clean::NAME_MAX);
    format!("{}  {office}", clean::line(&notice.estate, 64))
}

fn shown_id(id: &str) -> String {
    id.chars().take(ID_SHOWN).collect()
}

fn places(ctx: &Ctx, notice: &Notice) -> String {
    if notice.area.is_empty() {
        return ctx.say("letter-all");
    }
    let place = |building: &String| {
        let number = building.bytes().all(|b| b.is_ascii_digit());
        let building = clean::line(building, clean::NAME_MAX);
        if number {
            ctx.text("letter-building", &[("no", building.into())])
        } else {
            building
        }
    };
    let places: Vec<String> = notice.area.iter().map(place).collect();
    places.join(ctx.say("letter-comma").as_str())
}

/// From when, until when: with days, since paper is read on another day than it is made.
fn span(ctx: &Ctx, notice: &Notice) -> Option<String> {
    let shared = ctx.words.shared();
    let now = now(ctx, notice);
    let dated = |ms| format!("{} {}", dates::day(shared, now, ms), dates::time(now, ms));
    match (notice.effective_ms, notice.expires_ms) {
        (Some(from), Some(until)) => Some(dates::span_dated(shared, now, from, until)),
        (Some(from), None) => Some(ctx.text("letter-from", &[("when", dated(from).into())])),
        (None, Some(until)) => Some(ctx.text("letter-until", &[("when", dated(until).into())])),
        (None, None) => None,
    }
}

fn now(ctx: &Ctx, notice: &Notice) -> Now {
    let ms = ctx.now().ms;
    Now {
        ms,
        offset_min: notice.offset_min,
    }
}

fn day(ctx: &Ctx, notice: &Notice) -> String {
    dates::day(ctx.words.shared(), now(ctx, notice), notice.sent_ms)
}

fn signed(ctx: &Ctx, notice: &Notice) -> String {
    let time = dates::time(now(ctx, notice), notice.sent_ms);
    format!("{} {time}", day(ctx, notice))
}
