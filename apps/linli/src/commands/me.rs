//! `linli me`: who of this household sits at this computer. It is kept here and told to nobody.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::table::Table;
use linli_node::api::{Answer, Fault, Request};
use linli_view::api::{FamilyDo, FamilyPerson, FamilyReport};

/// What can be done about it.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// Shows who there is.
    List,
    /// Writes somebody down.
    Add(Name),
    /// Calls somebody otherwise.
    Rename(Rename),
    /// Forgets somebody.
    Remove(Name),
    /// Somebody sits down.
    Sit(Name),
    /// Nobody in particular sits here.
    Everybody,
    /// How it looks for who sits here.
    Set(Set),
}

/// Somebody.
#[derive(clap::Args, Debug)]
pub struct Name {
    /// What the family calls them.
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// Somebody, and another name.
#[derive(clap::Args, Debug)]
pub struct Rename {
    /// What the family calls them.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What it calls them from now on.
    #[arg(value_name = "NEW")]
    pub new: String,
}

/// How it looks.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = true)]
pub struct Set {
    /// Language of the window.
    #[arg(long, value_name = "LANGUAGE", value_parser = ["zh-CN", "en"])]
    pub language: Option<String>,
    /// Its look.
    #[arg(long, value_name = "LOOK", value_parser = ["light", "dark", "elderly"])]
    pub look: Option<String>,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    let act = match command {
        Command::List => FamilyDo::Show,
        Command::Add(Name { name }) => FamilyDo::Add { name },
        Command::Rename(Rename { name, new }) => FamilyDo::Rename {
            id: who(ctx, &name)?.id,
            name: new,
        },
        Command::Remove(Name { name }) => FamilyDo::Remove {
            id: who(ctx, &name)?.id,
        },
        Command::Sit(Name { name }) => FamilyDo::Sit {
            id: Some(who(ctx, &name)?.id),
        },
        Command::Everybody => FamilyDo::Sit { id: None },
        Command::Set(Set { language, look }) => FamilyDo::Set {
            id: None,
            lang: language,
            look,
        },
    };
    let answer = ask(ctx, act)?;
    let human = words(ctx, &answer)?;
    Ok(Outcome::of(answer, human))
}

fn ask(ctx: &Ctx, act: FamilyDo) -> Result<Answer, Fault> {
    ctx.ask(Request::Family { act })
}

fn report(answer: &Answer) -> Result<FamilyReport, Fault> {
    serde_json::from_value(answer.data.clone()).map_err(|_| Fault::ours("answer"))
}

/// Somebody by name.
fn who(ctx: &Ctx, name: &str) -> Result<FamilyPerson, Fault> {
    let people = report(&ask(ctx, FamilyDo::Show)?)?.people;
    let found = people.into_iter().find(|person| person.name == name.trim());
    found.ok_or_else(|| Fault::missing("family-nobody"))
}

/// A line for everybody, with a mark before who sits here.
fn words(ctx: &Ctx, answer: &Answer) -> Result<String, Fault> {
    let report = report(answer)?;
    if report.people.is_empty() {
        return Ok(ctx.say("me-nobody"));
    }
    let mut table = Table::default();
    for person in &report.people {
        let here = if Some(person.id) == report.now {
            "●"
        } else {
            ""
        };
        let set = |value: &Option<String>| value.clone().unwrap_or_default();
        let name = linli_view::clean::line(&person.name, linli_view::clean::NAME_MAX);
        table.row([here.to_owned(), name, set(&person.lang), set(&person.look)]);
    }
    let mut out = table.show();
    if report.now.is_none() {
        out.push_str(&ctx.say("me-everybody"));
        out.push('\n');
    }
    out.push_str(&ctx.words.shared().say("family-note"));
    Ok(out)
}
