//! `linli background`: this home runs from log-in on, so that notices arrive while the window is closed.

use super::node::{RunCommand, say_ready};
use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::port;
use crate::shape::Shape;
use linli_bell::Autostart;
use linli_node::api::{BellAct, Fault, Request};
use linli_node::home::Ringer;
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::process::{Command as Process, Stdio};

/// What can be done with it.
#[derive(clap::Subcommand, Debug)]
pub enum Command {
    /// From the next log-in on, and now.
    On(On),
    /// Not any more.
    Off,
    /// Shows how it stands.
    Status,
    /// Runs it, as the log-in does.
    Run(RunCommand),
}

/// Switching it on.
#[derive(clap::Args, Debug)]
pub struct On {
    /// Not now, only from the next log-in on.
    #[arg(long)]
    pub later: bool,
}

/// Runs a command of this group.
pub fn run(ctx: &Ctx, command: Command) -> Done {
    match command {
        Command::On(On { later }) => on(ctx, later),
        Command::Off => off(ctx),
        Command::Status => {
            let stands = stands(ctx)?;
            let human = words(ctx, &stands);
            Ok(Outcome::plain(stands, human))
        }
        Command::Run(args) => serve(ctx, args),
    }
}

fn entry(ctx: &Ctx) -> Result<Autostart, Fault> {
    Autostart::of(&ctx.home_dir()).ok_or_else(|| Fault::storage("no-autostart"))
}

fn not_written(error: &std::io::Error) -> Fault {
    Fault::storage("autostart-not-written").with("kind", error.kind())
}

fn on(ctx: &Ctx, later: bool) -> Done {
    if !port::is_home(ctx.options()?) {
        return Err(Fault::missing("no-home").with("dir", ctx.home_dir().display()));
    }
    let program = std::env::current_exe().map_err(|error| not_written(&error))?;
    let home = std::path::absolute(ctx.home_dir()).unwrap_or_else(|_| ctx.home_dir());
    let file = ctx.passphrase_file.as_deref().map(std::path::absolute);
    let file = file.and_then(Result::ok);
    let mut args: Vec<&OsStr> = vec!["--home".as_ref(), home.as_os_str()];
    if let Some(file) = &file {
        args.extend([OsStr::new("--passphrase-file"), file.as_os_str()]);
    }
    args.extend(["background", "run"].map(OsStr::new));
    entry(ctx)?
        .on(&program, &args)
        .map_err(|error| not_written(&error))?;
    if !later && !stands(ctx)?.is("background") {
        let mut process = Process::new(&program);
        process.args(&args);
        apart(&mut process);
        process.spawn().map_err(|error| not_written(&error))?;
    }
    let stands = stands(ctx)?;
    let mut human = ctx.say("background-now-on");
    human.push('\n');
    if stands.is("needs_passphrase") && file.is_none() {
        human.push_str(&ctx.say("background-passphrase"));
        human.push('\n');
    }
    Ok(Outcome::plain(stands, human))
}

/// It lives on when the terminal closes, and says nothing there.
fn apart(process: &mut Process) {
    process
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(process, 0);
}

fn off(ctx: &Ctx) -> Done {
    let runs = stands(ctx)?.is("background");
    entry(ctx)?.off().map_err(|error| not_written(&error))?;
    if runs {
        ctx.ask(Request::Shutdown)?;
        if !port::wait_until_free(ctx.options()?) {
            return Err(Fault::unreachable("still-stopping"));
        }
    }
    let stands = stands(ctx)?;
    Ok(Outcome::plain(stands, ctx.say("background-now-off")))
}

/// `{on, file, background, system, needs_passphrase}`.
fn stands(ctx: &Ctx) -> Result<Value, Fault> {
    let entry = entry(ctx)?;
    let options = ctx.options()?;
    let asked = if port::has_owner(options) {
        ctx.ask(Request::Bell { act: BellAct::Show })?.data
    } else {
        Value::Null
    };
    Ok(json!({
        "on": entry.is_on(),
        "file": entry.file().to_string_lossy(),
        "background": asked.is("background"),
        "system": if asked.is_null() { "silent".into() } else { asked.line("system") },
        "needs_passphrase": port::needs_passphrase(options),
    }))
}

fn words(ctx: &Ctx, stands: &Value) -> String {
    let mut out = ctx.say(if stands.is("on") {
        "background-is-on"
    } else {
        "background-is-off"
    });
    out.push('\n');
    out.push_str(&ctx.say(if stands.is("background") {
        "background-runs"
    } else {
        "background-runs-not"
    }));
    out.push('\n');
    if stands.is("background") {
        let system = format!("settings-system-{}", stands.line("system"));
        out.push_str(&ctx.words.shared().say(&system));
        out.push('\n');
    }
    if stands.is("needs_passphrase") {
        out.push_str(&ctx.say("background-passphrase"));
        out.push('\n');
    }
    out
}

/// Runs the home. While a window or another program has it, this waits: when that one closes, notices go on arriving.
fn serve(ctx: &Ctx, args: RunCommand) -> Done {
    let lang = ctx.words.lang();
    let home = ctx.home_dir();
    let mut ringer = || Ringer {
        bell: linli_bell::system(),
        lang,
        background: true,
        opens: linli_bell::Opener::of(&home, lang).map(|mut window| -> linli_node::home::Opener {
            Box::new(move |opens| window.open(opens))
        }),
    };
    let options = ctx.options()?;
    let mut still = || true;
    let mut said = |ready: Value| say_ready(ctx, &ready);
    let ended = port::run_in_background(options, args.into(), &mut ringer, &mut still, &mut said);
    if let Err(fault) = &ended
        && fault.code == "passphrase-needed"
    {
        let locked = linli_view::bell::locked(ctx.words.shared());
        // Where nothing shows it the command's own words have to do.
        let _ = linli_bell::system().show(&locked);
    }
    ended.map(|()| Outcome::silent())
}
