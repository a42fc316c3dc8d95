//! `linli notice export`: a notice as a file for others: CAP, a feed, paper, a text for a chat group.

use crate::ctx::Ctx;
use crate::envelope;
use crate::input::{self, Place};
use crate::outcome::{Done, Outcome};
use crate::paper;
use crate::shape::Shape;
use linli_base::{CommunityId, RecordId};
use linli_exchange::cap::{Category, Certainty, ResponseType, Urgency};
use linli_exchange::notice::{AlertOptions, Feed, FeedEntry, Notice};
use linli_node::api::{Fault, Request};
use linli_view::api::CapWords;
use linli_view::cap;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// CAP's words, as they are typed in any case.
pub const SEVERITY: [&str; 5] = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"];
/// How soon.
pub const URGENCY: [&str; 5] = ["Immediate", "Expected", "Future", "Past", "Unknown"];
/// How sure.
pub const CERTAINTY: [&str; 5] = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"];
/// What people should do.
pub const RESPONSE: [&str; 9] = [
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None",
];
/// Kind of event.
pub const CATEGORY: [&str; 12] = [
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
];

/// A word as the standard spells it, in whichever case it was typed.
pub fn spelt(typed: Option<String>, all: &[&str]) -> Option<String> {
    let typed = typed?;
    let same = all.iter().find(|one| one.eq_ignore_ascii_case(&typed));
    Some(same.map_or(typed, |one| (*one).to_owned()))
}

/// Exporting.
#[derive(clap::Args, Debug)]
pub struct Export {
    /// Which.
    #[arg(value_name = "ID", required_unless_present = "all")]
    pub id: Option<String>,
    /// All that are in force.
    #[arg(long, conflicts_with = "id")]
    pub all: bool,
    /// In which form.
    #[arg(long, value_name = "FORM", value_parser = ["cap", "pdf", "atom", "text", "json"])]
    pub format: String,
    /// Where to.
    #[arg(long, value_name = "F", required_if_eq_any([("format", "cap"), ("format", "pdf"), ("format", "atom"), ("format", "json")]))]
    pub out: Option<PathBuf>,
    /// What CAP wants to know beside it.
    #[command(flatten)]
    pub cap: CapArgs,
}

/// What CAP has a place for: it goes before what the notice says.
#[derive(clap::Args, Debug, Default)]
pub struct CapArgs {
    /// A drill.
    #[arg(long)]
    pub exercise: bool,
    /// Kind of event.
    #[arg(long, value_name = "WORD", ignore_case = true, value_parser = CATEGORY)]
    pub category: Option<String>,
    /// The event.
    #[arg(long, value_name = "T")]
    pub event: Option<String>,
    /// What to do.
    #[arg(long, value_name = "WORD", ignore_case = true, value_parser = RESPONSE)]
    pub response: Option<String>,
    /// How soon.
    #[arg(long, value_name = "WORD", ignore_case = true, value_parser = URGENCY)]
    pub urgency: Option<String>,
    /// How sure.
    #[arg(long, value_name = "WORD", ignore_case = true, value_parser = CERTAINTY)]
    pub certainty: Option<String>,
    /// A page with more.
    #[arg(long, value_name = "URL")]
    pub web: Option<String>,
    /// Whom to ask.
    #[arg(long, value_name = "T")]
    pub contact: Option<String>,
}

/// A notice as the home gives it, and which one corrects it.
struct File {
    notice: Notice,
    cap: CapWords,
    corrected_by: Option<String>,
}

/// Runs it.
pub fn run(ctx: &Ctx, args: Export) -> Done {
    let form = args.format.as_str();
    if args.all && form != "atom" {
        return Err(Fault::input("only-feeds-hold-all").with("format", form));
    }
    if form != "cap" && args.cap.any() {
        return Err(Fault::input("only-for-cap").with("format", form));
    }
    let options = args.cap.options()?;
    let out = args.out.as_deref();
    let place = out.map(Place::beside).transpose()?;
    if let (Some(id), "json") = (&args.id, form) {
        let file = ctx.ask(Request::NoticeProof { id: id.clone() })?.data;
        return written(ctx, place, out, format!("{file}\n").into_bytes(), 1);
    }
    let answer = ctx.ask(Request::NoticeFiles { id: args.id })?;
    let files = files(&answer.data)?;
    if form == "atom" {
        let feed = feed(ctx, &answer.data, &files)?;
        let mut outcome = written(ctx, place, out, feed.xml().into_bytes(), files.len())?;
        outcome
            .warnings
            .extend(files.iter().filter_map(File::warning));
        return Ok(outcome);
    }
    let file = files.first().ok_or_else(|| Fault::ours("our-fault"))?;
    let bytes = match form {
        "cap" => file.notice.alert(&options).xml().into_bytes(),
        "pdf" => paper::letter::pdf(ctx, &file.notice, file.corrected_by.as_deref())?,
        _ => return said(ctx, file, place, out),
    };
    let mut outcome = written(ctx, place, out, bytes, 1)?;
    outcome.warnings.extend(file.warning());
    Ok(outcome)
}

/// The short text: to a file, or alone on stdout so that a script can take it.
fn said(ctx: &Ctx, file: &File, place: Option<Place<'_>>, out: Option<&Path>) -> Done {
    let text = paper::letter::text(ctx, &file.notice, file.corrected_by.as_deref())?;
    let mut outcome = if let (Some(place), Some(out)) = (place, out) {
        written(ctx, Some(place), Some(out), text.clone().into_bytes(), 1)?
    } else {
        if !ctx.json {
            envelope::err(&format!("{}\n", ctx.say("notice-copy-text")));
        }
        Outcome::plain(json!({ "count": 1 }), text.clone())
    };
    outcome.data["text"] = text.into();
    outcome.warnings.extend(file.warning());
    Ok(outcome)
}

fn written(
    ctx: &Ctx,
    place: Option<Place<'_>>,
    out: Option<&Path>,
    bytes: Vec<u8>,
    count: usize,
) -> Done {
    let (Some(place), Some(out)) = (place, out) else {
        return Err(Fault::ours("our-fault"));
    };
    place.fill(&bytes)?;
    let path = out.display().to_string();
    let said = [("path", path.clone().into()), ("n", count.into())];
    let human = ctx.text("notice-exported", &said);
    let data = json!({ "path": path, "bytes": bytes.len(), "count": count });
    Ok(Outcome::plain(data, human))
}

fn feed(ctx: &Ctx, data: &Value, files: &[File]) -> Result<Feed, Fault> {
    let ours = || Fault::ours("our-fault");
    let community = data
        .field("community")
        .as_str()
        .and_then(CommunityId::parse);
    let now = ctx.now();
    let notices = files.iter().map(|file| {
        let id = RecordId::parse(&file.notice.id).ok_or_else(ours)?;
        let (plain, plain_en) = cap::lines_in_both(&file.cap);
        Ok(FeedEntry {
            id: id.0.to_vec(),
            notice: file.notice.clone(),
            plain,
            plain_en,
        })
    });
    Ok(Feed {
        estate: data.field("estate").as_str().unwrap_or_default().to_owned(),
        community: community.ok_or_else(ours)?.0.to_vec(),
        offset_min: now.offset_min,
        made_ms: now.ms,
        entries: notices.collect::<Result<_, Fault>>()?,
    })
}

fn files(data: &Value) -> Result<Vec<File>, Fault> {
    let file = |value: &Value| {
        let notice = serde_json::from_value(value.field("notice").clone());
        // The words are the same ones; where one is of a later version, nothing is said in plain words.
        let cap = serde_json::from_value(value.field("notice").field("words").clone());
        Ok(File {
            notice: notice.map_err(|_| Fault::ours("our-fault"))?,
            cap: cap.unwrap_or_default(),
            corrected_by: value.field("corrected_by").as_str().map(str::to_owned),
        })
    };
    data.list("notices").iter().map(file).collect()
}

impl File {
    /// Whoever passes on a text that was corrected should know.
    fn warning(&self) -> Option<Fault> {
        let by = self.corrected_by.as_ref()?;
        Some(Fault::warning("notice-corrected-since").with("id", by))
    }
}

impl CapArgs {
    fn any(&self) -> bool {
        let words = [
            &self.category,
            &self.event,
            &self.response,
            &self.urgency,
            &self.certainty,
            &self.web,
            &self.contact,
        ];
        self.exercise || words.into_iter().any(Option::is_some)
    }

    fn options(&self) -> Result<AlertOptions, Fault> {
        let line = |text: &Option<String>| text.as_deref().map(input::line).transpose();
        Ok(AlertOptions {
            exercise: self.exercise,
            category: word(self.category.as_deref(), Category::ALL, Category::word),
            event: line(&self.event)?,
            response: word(
                self.response.as_deref(),
                ResponseType::ALL,
                ResponseType::word,
            ),
            urgency: word(self.urgency.as_deref(), Urgency::ALL, Urgency::word),
            certainty: word(self.certainty.as_deref(), Certainty::ALL, Certainty::word),
            web: self.web.as_deref().map(input::page).transpose()?,
            contact: line(&self.contact)?,
        })
    }
}

/// A word in whichever case it was typed; clap has let no other through.
fn word<T: Copy>(typed: Option<&str>, all: &[T], of: impl Fn(T) -> &'static str) -> Option<T> {
    let typed = typed?;
    let same = |one: &&T| of(**one).eq_ignore_ascii_case(typed);
    all.iter().find(same).copied()
}
