//! `linli notice verify`: whether a file holds what an office signed. With a home or without.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::port;
use crate::shape::{Shape, short};
use linli_base::CommunityId;
use linli_node::api::{Fault, Request};
use linli_node::proof::{BYTES_MAX, Proven};
use linli_view::clean;
use linli_view::dates::{self, Now};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;

/// Verifying.
#[derive(clap::Args, Debug)]
pub struct Verify {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The community it must be from; the home's own if not given.
    #[arg(long, value_name = "N")]
    pub community: Option<String>,
}

/// Runs it.
pub fn run(ctx: &Ctx, args: &Verify) -> Done {
    let community = community(ctx, args.community.as_deref())?;
    let bytes = input::stream(&args.file, BYTES_MAX)?;
    let proven = port::prove_notice(&bytes, &community).map_err(|why| {
        Fault::input("notice-unproven")
            .with("file", args.file.display())
            .with("why", ctx.say(&format!("unproven-{}", why.code())))
            .with("reason", why.code())
    })?;
    let here = known_here(ctx, &community, &proven);
    let data = data(&community, &proven, here.as_ref());
    let human = shown(ctx, &proven, &data);
    Ok(Outcome::plain(data, human))
}

fn community(ctx: &Ctx, typed: Option<&str>) -> Result<CommunityId, Fault> {
    if let Some(typed) = typed {
        let read = CommunityId::parse(typed.trim());
        return read.ok_or_else(|| Fault::input("community-unreadable").with("text", typed));
    }
    let shown = ctx.ask(Request::CommunityShow).map_err(|fault| {
        if fault.exit == 6 {
            Fault::input("community-not-given")
        } else {
            fault
        }
    })?;
    let id = shown.data.field("community").field("id").as_str();
    id.and_then(CommunityId::parse)
        .ok_or_else(|| Fault::ours("our-fault"))
}

/// What a home of this community knows of the notice: newer than the file, perhaps.
fn known_here(ctx: &Ctx, community: &CommunityId, proven: &Proven) -> Option<Value> {
    let shown = ctx.ask(Request::CommunityShow).ok()?.data;
    let own = shown.field("community").field("id").as_str();
    if own.and_then(CommunityId::parse).as_ref() != Some(community) {
        return None;
    }
    // The list, not the notice itself: checking a file is not reading what came.
    let list = ctx.ask(Request::NoticeList).ok()?.data;
    let id = proven.notice.id.to_text();
    let found = list.list("notices").iter().find(|n| n.line("id") == id);
    Some(found.cloned().unwrap_or(Value::Null))
}

fn data(community: &CommunityId, proven: &Proven, here: Option<&Value>) -> Value {
    let notice = &proven.notice;
    let told = here.filter(|here| !here.is_null());
    let by = notice
        .corrected_by
        .first()
        .map(|id| Value::from(id.to_text()));
    let back = notice
        .retracted
        .as_ref()
        .map(|back| json!({ "reason": back.reason, "at_ms": back.at_ms }));
    let newest = |name: &str, file: Option<Value>| {
        let here = told.map(|told| told.field(name).clone());
        here.filter(|here| !here.is_null()).or(file)
    };
    json!({
        "genuine": true,
        "community": community.to_text(),
        "estate": proven.estate,
        "id": notice.id.to_text(),
        "office": notice.author.office_name,
        "device": notice.author.device.to_text(),
        "signed_ms": notice.created_ms,
        "title": notice.title,
        "body": notice.body,
        "title_en": notice.title_en,
        "body_en": notice.body_en,
        "severity": notice.severity.map(|s| s.word()),
        "area": notice.area,
        "effective_ms": notice.effective_ms,
        "expires_ms": notice.expires_ms,
        "corrected_by": newest("corrected_by", by),
        "retracted": newest("retracted", back),
        "asked_home": here.is_some(),
        "known_here": told.is_some(),
    })
}

fn shown(ctx: &Ctx, proven: &Proven, data: &Value) -> String {
    let now = Now {
        ms: crate::clock::now_ms(),
        offset_min: proven.offset_min,
    };
    let signed = data.number("signed_ms");
    let when = dates::at(ctx.words.shared(), now, signed);
    let by = [
        ("office", data.line("office").into()),
        ("estate", data.line("estate").into()),
        ("when", when.into()),
        ("device", short(&data.line("device")).into()),
    ];
    let mut out = format!("{}\n\n", ctx.text("notice-genuine", &by));
    let _ = writeln!(
        out,
        "{}",
        clean::line(&proven.notice.title, clean::BODY_MAX)
    );
    let _ = writeln!(out, "{}\n", data.lines("body"));
    let retracted = data.field("retracted");
    let corrected = data.line("corrected_by");
    if !retracted.is_null() {
        let why = [("reason", retracted.lines("reason").into())];
        let _ = writeln!(out, "{}", ctx.text("notice-genuine-retracted", &why));
    } else if !corrected.is_empty() {
        let id = [("id", corrected.into())];
        let _ = writeln!(out, "{}", ctx.text("notice-genuine-corrected", &id));
    } else if data.is("known_here") {
        let _ = writeln!(out, "{} {}", ctx.say("notice-genuine-stands"), ctx.as_of());
    } else {
        let _ = writeln!(out, "{}", ctx.say("notice-genuine-alone"));
    }
    out
}
