//! `linli notice import`: an alert of an authority becomes a notice, once a clerk has looked at it.
//!
//! Without `--publish` nothing is written: the text that would go out is shown with the line that sends it out.

use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::Shape;
use linli_exchange::cap::{Alert, BYTES_MAX, MsgType, Scope};
use linli_exchange::notice::{Draft, FOREIGN_BODY_MAX, Unfit};
use linli_node::api::{CapArgs, Fault, NoticeArgs, Request};
use linli_view::clean;
use linli_view::words::Lang;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;

/// Importing.
#[derive(clap::Args, Debug)]
pub struct Import {
    /// The CAP file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Publishes it.
    #[arg(long)]
    pub publish: bool,
    /// In whose name.
    #[arg(long = "as", value_name = "ORG", requires = "publish")]
    pub org: Option<String>,
    /// A building; several times for several, instead of what the file says.
    #[arg(long, value_name = "A")]
    pub area: Vec<String>,
    /// Asks for a confirmation.
    #[arg(long)]
    pub confirm: bool,
}

/// What publishing would do.
enum Act {
    Publish,
    Correct(String),
    Retract(String),
}

impl Act {
    const fn word(&self) -> &'static str {
        match self {
            Self::Publish => "publish",
            Self::Correct(_) => "correct",
            Self::Retract(_) => "retract",
        }
    }

    fn about(&self) -> Option<&str> {
        match self {
            Self::Publish => None,
            Self::Correct(id) | Self::Retract(id) => Some(id),
        }
    }
}

/// Runs it.
pub fn run(ctx: &Ctx, args: &Import) -> Done {
    let alert = read(ctx, args)?;
    let why_not = unfit(ctx, &alert);
    let empty = || Fault::input("cap-without-text").with("file", args.file.display());
    let mut draft = alert.draft().ok_or_else(empty)?;
    if !args.area.is_empty() {
        draft.area.clone_from(&args.area);
        draft.area_unread.clear();
    }
    if draft.body.chars().count() > FOREIGN_BODY_MAX {
        return Err(Fault::input("cap-too-long").with("most", FOREIGN_BODY_MAX));
    }
    let notices = match ctx.ask(Request::NoticeList) {
        Ok(answer) => answer.data,
        // A preview needs no home; publishing does.
        Err(_) if !args.publish => Value::Null,
        Err(fault) => return Err(fault),
    };
    let act = act(ctx, &alert, &notices);
    let why_not = why_not.or_else(|| unread(&draft, &act));
    let mut data = preview(&alert, &draft, &act);
    if args.publish {
        if let Some(fault) = why_not {
            return Err(fault);
        }
        return publish(ctx, args, &alert, draft, &act, data);
    }
    let human = shown(ctx, args, &alert, &draft, &act, why_not.is_none());
    data["published"] = Value::Null;
    let mut outcome = Outcome::plain(data, human);
    outcome
        .warnings
        .extend(why_not.map(|fault| Fault { exit: 0, ..fault }));
    Ok(outcome)
}

fn read(ctx: &Ctx, args: &Import) -> Result<Alert, Fault> {
    let bytes = input::stream(&args.file, BYTES_MAX)?;
    Alert::read(&bytes).map_err(|error| {
        let sentence = match ctx.words.lang() {
            Lang::ZhCn => error.zh(),
            Lang::En => error.en(),
        };
        // The element's name is the file's own.
        Fault::input("cap-unreadable")
            .with("file", args.file.display())
            .with("sentence", clean::line(&sentence, 400))
            .with("reason", error.fault.code())
            .with("line", error.line)
            .with("element", clean::line(&error.element, 40))
    })
}

/// Why it must not be published.
fn unfit(ctx: &Ctx, alert: &Alert) -> Option<Fault> {
    alert.unfit(ctx.now().ms).map(|why| match why {
        Unfit::NotMeant(status) => Fault::input("cap-not-meant").with("status", status.word()),
        Unfit::NotForPeople(kind) => Fault::input("cap-not-for-people").with("kind", kind.word()),
        Unfit::Private => Fault::input("cap-private"),
        Unfit::Over => Fault::input("cap-over"),
    })
}

/// Places that are not understood must not become fewer homes than were meant, and none at all must not become everybody.
/// What takes back goes where the notice went.
fn unread(draft: &Draft, act: &Act) -> Option<Fault> {
    if draft.area_unread.is_empty() || matches!(act, Act::Retract(_)) {
        return None;
    }
    let places = clean::line(&draft.area_unread.join(" "), 200);
    Some(Fault::input("cap-area-unread").with("places", places))
}

/// An Update or Cancel of what this office passed on before is a correction or retraction of that.
fn act(ctx: &Ctx, alert: &Alert, notices: &Value) -> Act {
    let earlier = alert.earlier_lines();
    if earlier.is_empty() || notices.is_null() {
        return Act::Publish;
    }
    let office = match ctx.ask(Request::CommunityShow) {
        Ok(answer) => answer.data.field("me").line("principal"),
        Err(_) => return Act::Publish,
    };
    let found = notices.list("notices").iter().find(|notice| {
        let body = notice.field("body").as_str().unwrap_or_default();
        let last = body.lines().next_back().unwrap_or_default();
        notice.line("org") == office
            && notice.field("corrected_by").is_null()
            && notice.field("retracted").is_null()
            && earlier.iter().any(|line| line == last)
    });
    let id = found.map(|notice| notice.line("id"));
    match (alert.msg_type, id) {
        (MsgType::Update, Some(id)) => Act::Correct(id),
        (MsgType::Cancel, Some(id)) => Act::Retract(id),
        _ => Act::Publish,
    }
}

fn publish(
    ctx: &Ctx,
    args: &Import,
    alert: &Alert,
    draft: Draft,
    act: &Act,
    mut data: Value,
) -> Done {
    let reason = reason(alert, &draft);
    let with = NoticeArgs {
        org: args.org.clone(),
        title: draft.title,
        body: draft.body,
        title_en: draft.title_en,
        body_en: draft.body_en,
        severity: Some(draft.severity.word().to_owned()),
        cap: CapArgs {
            urgency: draft.words.urgency.map(|w| w.word().to_owned()),
            certainty: draft.words.certainty.map(|w| w.word().to_owned()),
            response: draft.words.response.map(|w| w.word().to_owned()),
            category: draft.words.category.map(|w| w.word().to_owned()),
        },
        area: draft.area,
        effective_ms: draft.effective_ms,
        expires_ms: draft.expires_ms,
        confirm: args.confirm,
        comments: None,
    };
    let (request, key) = match act {
        Act::Publish => (Request::NoticePublish(with), "notice-published"),
        Act::Correct(id) => {
            let id = id.clone();
            (Request::NoticeCorrect { id, with }, "notice-corrected")
        }
        Act::Retract(id) => {
            let id = id.clone();
            (Request::NoticeRetract { id, reason }, "notice-retracted")
        }
    };
    let answer = ctx.ask(request)?;
    data["published"] = answer.data.field("id").clone();
    let id = [("id", answer.data.line("id").into())];
    let human = ctx.text(key, &id);
    let warnings = answer.warnings;
    Ok(Outcome {
        warnings,
        ..Outcome::plain(data, human)
    })
}

/// A retraction says why in one text: what the Cancel itself says, with its source.
fn reason(alert: &Alert, draft: &Draft) -> String {
    let text = format!("{}\n{}", draft.title, alert.source_line());
    clean::text(&text, 1_000)
}

fn preview(alert: &Alert, draft: &Draft, act: &Act) -> Value {
    json!({
        "source": {
            "identifier": alert.identifier,
            "sender": alert.sender,
            "sent": alert.sent.to_string(),
            "status": alert.status.word(),
            "type": alert.msg_type.word(),
            "scope": alert.scope.word(),
        },
        "act": act.word(),
        "about": act.about(),
        "notice": {
            "title": draft.title,
            "body": draft.body,
            "title_en": draft.title_en,
            "body_en": draft.body_en,
            "severity": draft.severity.word(),
            "urgency": draft.words.urgency.map(|w| w.word()),
            "certainty": draft.words.certainty.map(|w| w.word()),
            "response": draft.words.response.map(|w| w.word()),
            "category": draft.words.category.map(|w| w.word()),
            "area": draft.area,
            "area_unread": draft.area_unread,
            "effective_ms": draft.effective_ms,
            "expires_ms": draft.expires_ms,
        },
    })
}

fn shown(ctx: &Ctx, args: &Import, alert: &Alert, draft: &Draft, act: &Act, fit: bool) -> String {
    let mut out = String::new();
    let from = [
        ("sender", clean::line(&alert.sender, 100).into()),
        ("sent", alert.sent.to_string().into()),
        ("kind", alert.msg_type.word().into()),
        ("status", alert.status.word().into()),
    ];
    let _ = writeln!(out, "{}\n", ctx.text("notice-import-from", &from));
    let _ = writeln!(out, "{}", clean::line(&draft.title, clean::BODY_MAX));
    let _ = writeln!(out, "{}\n", clean::text(&draft.body, clean::BODY_MAX));
    if let (Some(title), Some(body)) = (&draft.title_en, &draft.body_en) {
        let _ = writeln!(out, "{}", clean::line(title, clean::BODY_MAX));
        let _ = writeln!(out, "{}\n", clean::text(body, clean::BODY_MAX));
    }
    let mut areas = draft.area.clone();
    areas.extend(draft.area_unread.iter().map(|place| format!("{place}?")));
    let areas = if areas.is_empty() {
        ctx.say("notice-import-all")
    } else {
        clean::line(&areas.join(" "), 400)
    };
    let until = draft.expires_ms.map(|at| ctx.at(at));
    let rows = [
        ("severity", draft.severity.word().into()),
        ("areas", areas.into()),
        (
            "until",
            until
                .unwrap_or_else(|| ctx.say("notice-import-open"))
                .into(),
        ),
    ];
    let _ = writeln!(out, "{}", ctx.text("notice-import-rows", &rows));
    if let Some(id) = act.about() {
        let id = [("id", id.to_owned().into())];
        let key = format!("notice-import-{}", act.word());
        let _ = writeln!(out, "{}", ctx.text(&key, &id));
    }
    let restricted = alert.scope == Scope::Restricted;
    if let Some(rule) = alert.restriction.as_ref().filter(|_| restricted) {
        let rule = [("rule", clean::line(rule, 200).into())];
        let _ = writeln!(out, "{}", ctx.text("notice-import-restricted", &rule));
    }
    if fit {
        let line = [("line", command(args).into())];
        let _ = writeln!(out, "{}", ctx.text("notice-import-next", &line));
    }
    out
}

/// The line that publishes it, as a shell takes it.
fn command(args: &Import) -> String {
    let quoted = |text: &str| {
        let plain = |c: char| c.is_alphanumeric() || "/._-+:".contains(c);
        if !text.is_empty() && text.chars().all(plain) {
            text.to_owned()
        } else {
            format!("'{}'", text.replace('\'', "'\\''"))
        }
    };
    let mut line = format!(
        "linli notice import {}",
        quoted(&args.file.display().to_string())
    );
    for area in &args.area {
        let _ = write!(line, " --area {}", quoted(area));
    }
    if args.confirm {
        line.push_str(" --confirm");
    }
    line + " --publish"
}
