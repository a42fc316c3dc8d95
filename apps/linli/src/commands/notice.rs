//! `linli notice`: what an office says, signed; who has it, who confirmed it.

mod export;
mod import;
mod scheduled;
mod talk;
mod template;
mod verify;

use super::{attachment, grid, reach};
use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use crate::shape::{Shape, short};
use crate::table::Table;
use linli_node::api::{AttachAct, CapArgs, Fault, NoticeArgs, Request};
use linli_view::api::{Area, CapWords};
use linli_view::{cap, notice_page};
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::PathBuf;

/// What can be done with notices.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Publishes one.
    Publish(Publish),
    /// Lists them.
    List,
    /// Shows one.
    Show(One),
    /// Publishes a corrected text.
    Correct(Correct),
    /// Takes one back.
    Retract(Retract),
    /// Confirms one.
    Confirm(One),
    /// Says whom it reached, as far as is known here.
    Reach(reach::Reach),
    /// Asks those who have not confirmed once more.
    Remind(One),
    /// Notes that a unit was told at its door.
    Told(reach::Told),
    /// Says whom an area means.
    Area(grid::Area),
    /// Says something below one.
    Comment(talk::Comment),
    /// Takes that back.
    Uncomment(super::post::Back),
    /// Whether neighbours may.
    #[command(subcommand)]
    Comments(talk::Comments),
    /// Texts that an office needs again and again.
    #[command(subcommand)]
    Template(template::Template),
    /// Notices that wait for their time.
    #[command(subcommand)]
    Scheduled(scheduled::Scheduled),
    /// Writes it as a file for others.
    Export(Box<export::Export>),
    /// Checks a signed notice in a file.
    Verify(verify::Verify),
    /// Looks at an alert of an authority, and publishes it.
    Import(import::Import),
}

/// One notice.
#[derive(clap::Args, Debug)]
pub struct One {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
}

/// The text of a notice and what goes with it.
#[derive(clap::Args, Debug)]
pub struct Publish {
    /// In whose name.
    #[arg(long = "as", value_name = "ORG")]
    pub org: Option<String>,
    /// Headline.
    #[arg(long, value_name = "T", required_unless_present = "template")]
    pub title: Option<String>,
    /// Text, from a file; `-` is stdin.
    #[arg(long, value_name = "F", required_unless_present = "template")]
    pub body_file: Option<PathBuf>,
    /// Begins with a template.
    #[arg(long, value_name = "TEMPLATE")]
    pub template: Option<String>,
    /// Fills a blank of the template in; several times for several.
    #[arg(long, value_name = "NAME=TEXT", requires = "template")]
    pub fill: Vec<String>,
    /// Goes out then.
    #[arg(long, value_name = "T", conflicts_with = "attach")]
    pub at: Option<String>,
    /// Headline in English.
    #[arg(long, value_name = "T", requires = "body_file_en")]
    pub title_en: Option<String>,
    /// Text in English, from a file.
    #[arg(long, value_name = "F", requires = "title_en")]
    pub body_file_en: Option<PathBuf>,
    /// CAP severity.
    #[arg(long, value_name = "S", ignore_case = true, value_parser = export::SEVERITY)]
    pub severity: Option<String>,
    /// CAP: how soon.
    #[arg(long, value_name = "WORD", ignore_case = true, value_parser = export::URGENCY)]
    pub urgency: Option<String>,
    /// CAP: how sure.
    #[arg(long, value_name = "WORD", ignore_case = true, value_parser = export::CERTAINTY)]
    pub certainty: Option<String>,
    /// CAP: what people should do.
    #[arg(long, value_name = "WORD", ignore_case = true, value_parser = export::RESPONSE)]
    pub response: Option<String>,
    /// CAP: kind of event.
    #[arg(long, value_name = "WORD", ignore_case = true, value_parser = export::CATEGORY)]
    pub category: Option<String>,
    /// Holds from.
    #[arg(long, value_name = "T")]
    pub effective: Option<String>,
    /// Holds until.
    #[arg(long, value_name = "T")]
    pub expires: Option<String>,
    /// A building, stair, unit or grid cell; several times for several, never for all.
    #[arg(long, value_name = "A")]
    pub area: Vec<String>,
    /// Asks for a confirmation.
    #[arg(long)]
    pub confirm: bool,
    /// Whether neighbours may say something below it from the beginning.
    #[arg(long, value_name = "WORD", value_parser = ["open", "closed"])]
    pub comments: Option<String>,
    /// A photo or PDF that goes with it; several times for several.
    #[arg(long, value_name = "FILE")]
    pub attach: Vec<PathBuf>,
}

/// Correcting.
#[derive(clap::Args, Debug)]
pub struct Correct {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The corrected notice.
    #[command(flatten)]
    pub with: Publish,
}

/// Retracting.
#[derive(clap::Args, Debug)]
pub struct Retract {
    /// Which.
    #[arg(value_name = "ID")]
    pub id: String,
    /// Why; everybody will read it.
    #[arg(long, value_name = "R", default_value = "")]
    pub reason: String,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::Publish(args) if args.at.is_some() => args.schedule(ctx, None),
        Command::Correct(args) if args.with.at.is_some() => args.with.schedule(ctx, Some(args.id)),
        Command::Template(command) => template::run(ctx, command),
        Command::Scheduled(command) => scheduled::run(ctx, command),
        Command::Publish(args) => {
            let answer = ctx.ask(args.request(ctx, None)?)?;
            let human = went_out(ctx, &answer.data, "notice-published");
            Ok(Outcome::of(answer, human))
        }
        Command::Correct(args) => {
            let answer = ctx.ask(args.with.request(ctx, Some(args.id))?)?;
            let human = went_out(ctx, &answer.data, "notice-corrected");
            Ok(Outcome::of(answer, human))
        }
        Command::Retract(Retract { id, reason }) => {
            let answer = ctx.ask(Request::NoticeRetract { id, reason })?;
            Ok(Outcome::of(answer, ctx.say("notice-retracted")))
        }
        Command::Confirm(One { id }) => {
            let answer = ctx.ask(Request::NoticeConfirm { id })?;
            Ok(Outcome::of(answer, ctx.say("notice-confirmed")))
        }
        Command::List => list(ctx),
        Command::Show(One { id }) => {
            let answer = ctx.ask(Request::NoticeShow { id })?;
            let human = show(ctx, answer.data.field("notice"));
            Ok(Outcome::of(answer, human))
        }
        Command::Reach(args) => reach::reach(ctx, args),
        Command::Remind(One { id }) => reach::remind(ctx, id),
        Command::Told(args) => reach::told(ctx, args),
        Command::Area(args) => grid::area(ctx, args),
        Command::Comment(args) => talk::comment(ctx, args),
        Command::Uncomment(which) => which.take(ctx),
        Command::Comments(which) => talk::comments(ctx, which),
        Command::Export(args) => export::run(ctx, *args),
        Command::Verify(args) => verify::run(ctx, &args),
        Command::Import(args) => import::run(ctx, &args),
    }
}

/// That it is out; and where it is so, that nobody can say anything below it.
fn went_out(ctx: &Ctx, data: &Value, said: &str) -> String {
    let mut human = ctx.text(said, &[("id", data.line("id").into())]);
    if data.field("comments") == &json!(false) {
        let _ = write!(human, "\n{}", ctx.say("notice-out-closed"));
    }
    human
}

impl Publish {
    /// The order to publish it, or to correct another one by it.
    fn request(self, ctx: &Ctx, corrects: Option<String>) -> Result<Request, Fault> {
        let attach = self.attach.clone();
        let with = self.read(ctx)?;
        let files = attachment::stage(ctx, &attach)?;
        Ok(match (files.is_empty(), corrects) {
            (true, None) => Request::NoticePublish(with),
            (true, Some(id)) => Request::NoticeCorrect { id, with },
            (false, corrects) => Request::Attach {
                act: AttachAct::NoticePublish {
                    with,
                    corrects,
                    files,
                },
            },
        })
    }

    /// Puts it on the list of what goes out later.
    fn schedule(self, ctx: &Ctx, corrects: Option<String>) -> Done {
        let at_ms = input::moment_near(self.at.as_deref().unwrap_or_default(), ctx.now())?;
        let with = self.read(ctx)?;
        scheduled::schedule(ctx, with, corrects, at_ms)
    }

    /// Reads the files and times.
    fn read(self, ctx: &Ctx) -> Result<NoticeArgs, Fault> {
        let moment = |text: Option<String>| {
            let near = |text: &str| input::moment_near(text, ctx.now());
            text.as_deref().map(near).transpose()
        };
        let expires = self.expires.as_deref();
        let expires_ms = expires
            .map(|text| input::end_near(text, ctx.now()))
            .transpose()?;
        let cap = CapArgs {
            urgency: export::spelt(self.urgency, &export::URGENCY),
            certainty: export::spelt(self.certainty, &export::CERTAINTY),
            response: export::spelt(self.response, &export::RESPONSE),
            category: export::spelt(self.category, &export::CATEGORY),
        };
        let body = self.body_file.as_deref().map(input::text).transpose()?;
        let body_en = self.body_file_en.as_deref().map(input::text).transpose()?;
        let mut notice = match &self.template {
            Some(id) => template::begin(ctx, id)?,
            None => NoticeArgs::default(),
        };
        template::fill(&mut notice, &self.fill)?;
        // What is said here goes before what the template says.
        let from = std::mem::take(&mut notice);
        let area = if self.area.is_empty() {
            from.area
        } else {
            self.area
        };
        Ok(NoticeArgs {
            org: self.org,
            title: self.title.unwrap_or(from.title),
            body: body.unwrap_or(from.body),
            title_en: self.title_en.or(from.title_en),
            body_en: body_en.or(from.body_en),
            severity: export::spelt(self.severity, &export::SEVERITY).or(from.severity),
            cap: CapArgs {
                urgency: cap.urgency.or(from.cap.urgency),
                certainty: cap.certainty.or(from.cap.certainty),
                response: cap.response.or(from.cap.response),
                category: cap.category.or(from.cap.category),
            },
            area,
            effective_ms: moment(self.effective)?,
            expires_ms,
            confirm: self.confirm || from.confirm,
            comments: self.comments.map(|word| word == "open").or(from.comments),
        })
    }
}

fn list(ctx: &Ctx) -> Done {
    let answer = ctx.ask(Request::NoticeList)?;
    let notices = answer.data.list("notices");
    if notices.is_empty() {
        return Ok(Outcome::of(answer, ctx.say("notice-none")));
    }
    let headings = [
        "head-id",
        "head-when",
        "head-office",
        "head-title",
        "head-state",
    ];
    let mut table = Table::headed(headings.map(|key| ctx.say(key)));
    for notice in notices {
        table.row([
            short(&notice.line("id")),
            ctx.at(notice.number("published_ms")),
            notice.line("org_name"),
            notice.line("title"),
            state(ctx, notice),
        ]);
    }
    Ok(Outcome::of(answer, table.show()))
}

fn state(ctx: &Ctx, notice: &Value) -> String {
    ctx.say(state_key(ctx, notice))
}

fn state_key(ctx: &Ctx, notice: &Value) -> &'static str {
    if notice.field("valid") == &json!(false) {
        "notice-state-invalid"
    } else if !notice.field("retracted").is_null() {
        "notice-state-retracted"
    } else if !notice.field("corrected_by").is_null() {
        "notice-state-corrected"
    } else if notice
        .some_number("expires_ms")
        .is_some_and(|at| at <= ctx.now().ms)
    {
        "notice-state-over"
    } else if notice.some_number("confirmed_by_me_ms").is_some() {
        "notice-state-confirmed"
    } else if notice.is("asks_me") && !notice.list("reminded_ms").is_empty() {
        "notice-state-asks-again"
    } else if notice.is("asks_me") {
        "notice-state-asks"
    } else {
        "notice-state-plain"
    }
}

/// Does it still hold? What a notice that does not once asked people to do is not said again.
fn stands(ctx: &Ctx, notice: &Value) -> bool {
    !matches!(
        state_key(ctx, notice),
        "notice-state-invalid"
            | "notice-state-retracted"
            | "notice-state-corrected"
            | "notice-state-over"
    )
}

/// Whom it is for, as the window says it.
fn area(ctx: &Ctx, notice: &Value) -> String {
    let texts = |name: &str| -> Vec<String> {
        let list = notice.list(name).iter();
        list.filter_map(|one| one.as_str().map(str::to_owned))
            .collect()
    };
    let names = texts("area");
    let area = if names.is_empty() {
        Area::All
    } else {
        Area::Buildings(names)
    };
    notice_page::area(ctx.words.shared(), &area, &texts("cells"))
}

fn show(ctx: &Ctx, notice: &Value) -> String {
    let mut out = format!("{}\n", notice.line("title"));
    let by = [
        ("office", notice.line("org_name").into()),
        ("when", ctx.at(notice.number("published_ms")).into()),
        ("device", short(&notice.line("signed_by")).into()),
    ];
    let _ = writeln!(out, "{}", ctx.text("notice-by", &by));
    let _ = writeln!(out, "{}", state(ctx, notice));
    let _ = writeln!(out, "{}\n", area(ctx, notice));
    let _ = writeln!(out, "{}", notice.lines("body"));
    let english = notice.lines("body_en");
    if !english.is_empty() {
        let _ = writeln!(out, "\n{}\n{english}", notice.line("title_en"));
    }
    if !notice.list("files").is_empty() {
        out.push('\n');
        attachment::lines(ctx, &mut out, notice);
    }
    let words: CapWords = serde_json::from_value(notice.clone()).unwrap_or_default();
    let words = cap::lines(ctx.words.shared(), &words);
    if !words.is_empty() && stands(ctx, notice) {
        let _ = writeln!(out, "\n{}", words.join("\n"));
    }
    let retracted = notice.field("retracted");
    if !retracted.is_null() {
        let why = [("reason", retracted.line("reason").into())];
        let _ = writeln!(out, "\n{}", ctx.text("notice-retracted-why", &why));
    }
    talk::lines(ctx, &mut out, notice);
    out
}
