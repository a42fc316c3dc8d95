//! `linli notice template`: texts that an office needs again and again; and what `--template` makes of them.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use crate::table::Table;
use linli_node::api::{CapArgs, Fault, NoticeAct, NoticeArgs, Request};
use linli_view::compose::ComposeDraft;
use linli_view::templates::{self, blanks};
use serde_json::{Value, json};
use std::fmt::Write;

/// What can be done with templates.
#[derive(clap::Subcommand, Debug)]
pub enum Template {
    /// Lists them.
    List,
    /// Shows one.
    Show(Named),
    /// Keeps a notice as one.
    Save(Save),
    /// Forgets an own one.
    Delete(Named),
}

/// One template.
#[derive(clap::Args, Debug)]
pub struct Named {
    /// Which.
    #[arg(value_name = "TEMPLATE")]
    pub template: String,
}

/// Keeping.
#[derive(clap::Args, Debug)]
pub struct Save {
    /// Under which name.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Where its text is from.
    #[command(flatten)]
    pub from: Source,
}

/// Where its text is from.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Source {
    /// A notice.
    #[arg(long, value_name = "ID")]
    pub of: Option<String>,
    /// The draft of the window.
    #[arg(long)]
    pub draft: bool,
}

/// Runs it.
pub fn run(ctx: &Ctx, command: Template) -> Done {
    match command {
        Template::List => list(ctx),
        Template::Show(one) => show(ctx, &one.template),
        Template::Save(Save { name, from }) => save(ctx, name, from),
        Template::Delete(Named { template }) => {
            let act = NoticeAct::TemplateDelete { id: template };
            let answer = ctx.ask(Request::Notice { act })?;
            Ok(Outcome::of(answer, ctx.say("notice-template-deleted")))
        }
    }
}

/// The text that a draft begins with.
pub fn begin(ctx: &Ctx, id: &str) -> Result<NoticeArgs, Fault> {
    if let Some(one) = templates::shipped().into_iter().find(|one| one.id == id) {
        let text = one.text(ctx.words.lang());
        let word = |value: &Value| value.as_str().map(str::to_owned);
        return Ok(NoticeArgs {
            title: text.title.clone(),
            body: text.body.clone(),
            severity: one.severity.and_then(|s| word(&json!(s))),
            cap: CapArgs {
                urgency: one.cap.urgency.map(|w| w.word().to_owned()),
                certainty: one.cap.certainty.map(|w| w.word().to_owned()),
                response: one.cap.response.map(|w| w.word().to_owned()),
                category: one.cap.category.map(|w| w.word().to_owned()),
            },
            confirm: one.confirm,
            ..NoticeArgs::default()
        });
    }
    let own = own(ctx)?;
    let found = own
        .iter()
        .find(|one| one.line("id") == id || one.line("name") == id);
    let missing = || Fault::missing("no-template").with("template", id);
    let notice = found.ok_or_else(missing)?.field("notice").clone();
    serde_json::from_value(notice).map_err(|_| Fault::ours("our-fault"))
}

/// Fills blanks in: `NAME=TEXT` each.
pub fn fill(notice: &mut NoticeArgs, given: &[String]) -> Result<(), Fault> {
    for one in given {
        let bad = || Fault::input("bad-fill").with("text", one);
        let (name, with) = one.split_once(['=', '＝']).ok_or_else(bad)?;
        let texts = [
            Some(&mut notice.title),
            Some(&mut notice.body),
            notice.title_en.as_mut(),
            notice.body_en.as_mut(),
        ];
        let mut there = false;
        for text in texts.into_iter().flatten() {
            there |= blanks(text).iter().any(|blank| blank == name);
            *text = templates::fill(text, name, with);
        }
        if !there {
            return Err(Fault::input("no-such-blank").with("blank", name));
        }
    }
    Ok(())
}

fn own(ctx: &Ctx) -> Result<Vec<Value>, Fault> {
    let act = NoticeAct::Templates;
    let answer = ctx.ask(Request::Notice { act })?;
    Ok(answer.data.list("templates").to_vec())
}

/// Id, name, whether the office keeps it itself.
fn rows(ctx: &Ctx) -> Result<Vec<(String, String, bool)>, Fault> {
    let own = own(ctx)?;
    let own = own
        .iter()
        .map(|one| (one.line("id"), one.line("name"), true));
    let lang = ctx.words.lang();
    let shipped = templates::shipped().into_iter().map(|one| {
        let name = one.text(lang).name.clone();
        (one.id, name, false)
    });
    Ok(own.chain(shipped).collect())
}

fn list(ctx: &Ctx) -> Done {
    let rows = rows(ctx)?;
    let mut table = Table::headed(["head-id", "head-what", "head-by"].map(|key| ctx.say(key)));
    for (id, name, own) in &rows {
        let whose = if *own {
            "notice-template-own"
        } else {
            "notice-template-shipped"
        };
        table.row([id.clone(), name.clone(), ctx.say(whose)]);
    }
    let all: Vec<Value> = rows
        .iter()
        .map(|(id, name, own)| json!({ "id": id, "name": name, "own": own }))
        .collect();
    Ok(Outcome::plain(json!({ "templates": all }), table.show()))
}

fn show(ctx: &Ctx, id: &str) -> Done {
    let notice = begin(ctx, id)?;
    let texts = [Some(&notice.title), Some(&notice.body)];
    let english = [notice.title_en.as_ref(), notice.body_en.as_ref()];
    let texts: Vec<&String> = texts.into_iter().chain(english).flatten().collect();
    let mut open: Vec<String> = Vec::new();
    for blank in texts.iter().flat_map(|text| blanks(text)) {
        if !open.contains(&blank) {
            open.push(blank);
        }
    }
    let mut out = String::new();
    for text in texts {
        let _ = writeln!(out, "{text}\n");
    }
    if !open.is_empty() {
        let fills: Vec<String> = open.iter().map(|b| format!("--fill {b}=…")).collect();
        let next = [("id", id.into()), ("fills", fills.join(" ").into())];
        let _ = writeln!(out, "{}", ctx.text("notice-template-next", &next));
    }
    let data = json!({ "id": id, "notice": notice, "blanks": open });
    Ok(Outcome::plain(data, out))
}

fn save(ctx: &Ctx, name: String, from: Source) -> Done {
    let notice = match from.of {
        Some(id) => of_notice(ctx, id)?,
        None => of_draft(ctx)?,
    };
    let act = NoticeAct::TemplateSave {
        name,
        with: Box::new(notice),
    };
    let answer = ctx.ask(Request::Notice { act })?;
    let said = [
        ("name", answer.data.line("name").into()),
        ("id", answer.data.line("id").into()),
    ];
    let human = ctx.text("notice-template-saved", &said);
    Ok(Outcome::of(answer, human))
}

fn of_notice(ctx: &Ctx, id: String) -> Result<NoticeArgs, Fault> {
    let answer = ctx.ask(Request::NoticeShow { id })?;
    let notice = answer.data.field("notice");
    let text = |key: &str| notice.field(key).as_str().map(str::to_owned);
    let lines = notice.list("area").iter();
    Ok(NoticeArgs {
        title: text("title").unwrap_or_default(),
        body: text("body").unwrap_or_default(),
        title_en: text("title_en"),
        body_en: text("body_en"),
        severity: text("severity"),
        cap: CapArgs {
            urgency: text("urgency"),
            certainty: text("certainty"),
            response: text("response"),
            category: text("category"),
        },
        area: lines
            .filter_map(|a| a.as_str().map(str::to_owned))
            .collect(),
        confirm: notice.is("needs_confirm"),
        comments: notice.some_number("comments_closed_ms").map(|_| false),
        ..NoticeArgs::default()
    })
}

/// What is being written in the window of this home.
fn of_draft(ctx: &Ctx) -> Result<NoticeArgs, Fault> {
    let answer = ctx.ask(Request::DraftRead)?;
    let kept = answer.data.field("text").as_str();
    let draft: Option<ComposeDraft> = kept.and_then(|text| serde_json::from_str(text).ok());
    let draft = draft.ok_or_else(|| Fault::missing("no-draft"))?;
    let some = |text: String| Some(text).filter(|text| !text.trim().is_empty());
    Ok(NoticeArgs {
        title: draft.title,
        body: draft.body,
        title_en: some(draft.title_en),
        body_en: some(draft.body_en),
        severity: draft
            .severity
            .and_then(|s| json!(s).as_str().map(str::to_owned)),
        area: draft.area.split_whitespace().map(str::to_owned).collect(),
        confirm: draft.confirm,
        comments: draft.comments_closed.then_some(false),
        ..NoticeArgs::default()
    })
}
