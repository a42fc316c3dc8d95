//! The card of a pass. What stands on it is read out of the pass itself, so that card and code say the same.

use super::{faces, not_printed};
use crate::ctx::Ctx;
use crate::shape::Shape;
use linli_exchange::paper::{Card, Form, Row};
use linli_node::api::{Fault, Request};
use linli_pass::qr::{Medium, Symbol};
use linli_pass::{Grant, Token};
use linli_view::sheet::window;
use linli_view::{clean, dates};

/// The PDF of a pass.
pub fn pdf(ctx: &Ctx, text: &str, form: Form) -> Result<Vec<u8>, Fault> {
    let code = Symbol::of(text, Medium::Paper).map_err(|_| Fault::ours("code-not-drawn"))?;
    let token = Token::read(text).map_err(|_| Fault::ours("code-not-drawn"))?;
    let estate = ctx.ask(Request::CommunityShow)?.data;
    let estate = estate.field("community");
    let card = Card {
        estate: estate.line("name"),
        title: ctx.say("paper-card-title"),
        label: label(&token),
        rows: rows(ctx, &token, estate.list("gates")),
        hint: ctx.say("paper-card-hint"),
        code,
        lang: ctx.words.lang().tag(),
    };
    card.pdf(&faces()?, form).map_err(not_printed)
}

fn label(token: &Token) -> String {
    let label = token.unverified_grant().label.as_ref();
    label.map_or_else(String::new, |l| clean::line(l.reveal(), clean::NAME_MAX))
}

fn rows(ctx: &Ctx, token: &Token, gates: &[serde_json::Value]) -> Vec<Row> {
    let grant = token.unverified_grant();
    let mut rows = Vec::new();
    let mut add = |key: &str, value: String| {
        if !value.is_empty() {
            let name = ctx.say(key);
            rows.push(Row { name, value });
        }
    };
    let (from, until) = (grant.nbf.ms().0, grant.exp.ms().0);
    add(
        "paper-valid",
        dates::span_dated(ctx.words.shared(), ctx.now(), from, until),
    );
    let windows = grant.windows.iter().map(|w| {
        let [days, start, end] = [u16::from(w.days()), w.start(), w.end()].map(u64::from);
        window(ctx.words.shared(), days, start, end)
    });
    add(
        "paper-hours",
        windows
            .collect::<Vec<_>>()
            .join(ctx.say("paper-and").as_str()),
    );
    add("paper-to", unit(token));
    add("paper-code", grant.cti.short_code().to_string());
    add("paper-gate", gate_names(grant, gates));
    add("paper-entries", entries(ctx, grant));
    let plate = grant.plate.as_ref().map(|p| p.as_str().to_owned());
    add("paper-plate", plate.unwrap_or_default());
    if grant.pin_tag.is_some() {
        add("paper-pin", ctx.say("paper-pin-needed"));
    }
    rows
}

/// The unit an office names, or the inviting household's own, which its certificate says.
fn unit(token: &Token) -> String {
    let named = token.unverified_grant().host_unit.as_ref();
    let named = named.map(|u| u.reveal().clone());
    let own = || token.certificate()?.ok()?.claims().unit.clone();
    let unit = named.or_else(own).unwrap_or_default();
    clean::line(&unit, clean::NAME_MAX)
}

fn gate_names(grant: &Grant, gates: &[serde_json::Value]) -> String {
    let name = |no: u8| {
        let found = gates.iter().find(|g| g.number("no") == u64::from(no));
        found.map_or_else(|| no.to_string(), |g| g.line("name"))
    };
    let names: Vec<String> = grant.gates.iter().map(|no| name(*no)).collect();
    names.join(" ")
}

fn entries(ctx: &Ctx, grant: &Grant) -> String {
    let mut text = match grant.entries {
        0 => ctx.say("pass-uncounted"),
        n => ctx.text("paper-entries-n", &[("n", u64::from(n).into())]),
    };
    if grant.companions > 0 {
        let n = [("n", u64::from(grant.companions).into())];
        text = format!("{text}  {}", ctx.text("paper-companions", &n));
    }
    text
}
