//! The command line of the window.

use clap::Parser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use linli_view::bell::Opens;
use linli_view::intent::{Look, Screen};
use linli_view::words::{Catalogue, Lang};
use std::ffi::OsString;
use std::path::PathBuf;

/// The Linli desktop (邻里桌面).
#[derive(Parser, Clone, Debug)]
#[command(version, about = "邻里桌面 / The Linli desktop")]
pub struct Args {
    /// 家所在的文件夹 / Folder of the home [default: the platform's data folder]
    #[arg(long, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// 语言 / Language: zh-CN, en [default: from LANG]
    #[arg(long, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// 先打开哪一页 / First screen: home, notices, visitors, board, neighbours, doorbell, help, phones, settings
    #[arg(long, value_name = "S", value_parser = screen, default_value = "home")]
    pub screen: Screen,
    /// 打开后先显示什么 / What to show once the home is open: notice:ID, post:ID, board, help, home
    #[arg(long, value_name = "WHAT", value_parser = opens)]
    pub open: Option<Opens>,
    /// 外观 / Look: light, dark, elderly; auto: dark at night [default: as whoever sits here chose, else light]
    #[arg(long, value_name = "THEME", value_parser = look)]
    pub theme: Option<Theme>,
    /// 全屏 / Full screen
    #[arg(long)]
    pub full_screen: bool,
    /// 等另一个程序打开家，断了自己再连 / Wait for the program that runs the home, and come back when it does
    #[arg(long)]
    pub attach: bool,
    /// 没有窗口，只运行，让通知到达 / No window: run the home so that notices arrive
    #[arg(long)]
    pub background: bool,
    /// 输出摄像头画面（PGM）的命令 / A program that writes the camera's frames (PGM) to its standard output
    #[cfg(feature = "camera")]
    #[arg(long, value_name = "CMD")]
    pub camera: Option<String>,
    /// 把窗口画面存成 PNG 后退出 / Save a picture of the window as PNG, then leave
    #[arg(long, value_name = "FILE")]
    pub screenshot: Option<PathBuf>,
}

/// What `--theme` asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// This look.
    Fixed(Look),
    /// Light by day, dark at night.
    Auto,
}

impl Theme {
    /// The look to begin with, and whether the time of day changes it.
    #[must_use]
    pub const fn start(self) -> (Look, bool) {
        match self {
            Self::Fixed(look) => (look, false),
            Self::Auto => (Look::Light, true),
        }
    }
}

impl Args {
    /// Reads a command line. What is not understood comes back as sentences in the person's language.
    ///
    /// # Errors
    /// Those sentences. `--help` and `--version` are answered here, and the program ends.
    pub fn read(line: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let line: Vec<OsString> = line.into_iter().collect();
        Self::try_parse_from(&line).map_err(|error| {
            if matches!(
                error.kind(),
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
            ) {
                error.exit();
            }
            said(&error, wanted(&line))
        })
    }

    /// The home: as given, or the platform's data folder.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.home.clone().unwrap_or_else(|| {
            directories::ProjectDirs::from("", "", "linli").map_or_else(
                || PathBuf::from(".linli"),
                |dirs| dirs.data_dir().to_owned(),
            )
        })
    }

    /// The language: as given, or from the environment.
    #[must_use]
    pub fn lang(&self) -> Lang {
        self.lang.unwrap_or_else(|| {
            let values = ["LC_ALL", "LC_MESSAGES", "LANG"]
                .map(|name| std::env::var(name).unwrap_or_default());
            Lang::detect(values.iter().map(String::as_str))
        })
    }
}

/// The language asked for on a command line that could not be read, else that of the environment.
fn wanted(line: &[OsString]) -> Lang {
    let words: Vec<&str> = line.iter().filter_map(|word| word.to_str()).collect();
    let apart = words
        .windows(2)
        .find(|two| two[0] == "--lang")
        .map(|two| two[1]);
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let lang = apart.or(joined).and_then(Lang::parse);
    let values =
        ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).unwrap_or_default());
    lang.unwrap_or_else(|| Lang::detect(values.iter().map(String::as_str)))
}

/// What is wrong with a command line, and what it could be.
fn said(error: &clap::Error, lang: Lang) -> String {
    let words = Catalogue::of(lang);
    let given = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        _ => None,
    };
    // `--screen <S>` is `--screen` to whoever typed it.
    let arg = given(ContextKind::InvalidArg);
    let arg = arg.map(|arg| arg.split(' ').next().unwrap_or_default().to_owned());
    let value = given(ContextKind::InvalidValue).filter(|value| !value.is_empty());
    let mut out = match (&arg, value) {
        (Some(arg), Some(value)) => words.text(
            "args-unknown-value",
            &[("arg", arg.into()), ("value", value.into())],
        ),
        (Some(arg), None) if error.kind() == ErrorKind::InvalidValue => {
            words.text("args-missing-value", &[("arg", arg.into())])
        }
        (Some(arg), None) => words.text("args-unknown", &[("arg", arg.into())]),
        (None, _) => words.say("args-bad"),
    };
    let known = match arg.as_deref() {
        Some("--screen") => Some(Screen::EVERY.map(Screen::id).join(", ")),
        Some("--theme") => Some(looks()),
        Some("--open") => Some(OPENS.to_owned()),
        Some("--lang") => Some(Lang::ALL.map(Lang::tag).join(", ")),
        _ => None,
    };
    let known = known.map(|known| words.text("args-known", &[("known", known.into())]));
    for sentence in known.into_iter().chain([words.say("args-help")]) {
        out.push('\n');
        out.push_str(&sentence);
    }
    out
}

fn looks() -> String {
    format!("{}, auto", Look::ALL.map(Look::id).join(", "))
}

/// What a window may be opened on.
const OPENS: &str = "notice:ID, post:ID, board, help, home";

fn opens(text: &str) -> Result<Opens, String> {
    Opens::parse(text).ok_or_else(|| OPENS.into())
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "zh-CN, en".into())
}

fn screen(text: &str) -> Result<Screen, String> {
    Screen::parse(text).ok_or_else(|| Screen::EVERY.map(Screen::id).join(", "))
}

fn look(text: &str) -> Result<Theme, String> {
    if text == "auto" {
        return Ok(Theme::Auto);
    }
    let look = Look::parse(text).map(Theme::Fixed);
    look.ok_or_else(looks)
}

#[cfg(test)]
mod tests {
    //! The contract of cli.md for the window.
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

    use super::*;

    #[test]
    fn the_arguments_of_the_contract_are_understood() {
        let args = Args::parse_from([
            "linli-desktop",
            "--home",
            "/srv/h",
            "--lang",
            "en",
            "--screen",
            "sync",
            "--theme",
            "elderly",
            "--screenshot",
            "x.png",
        ]);
        assert_eq!(
            (args.home(), args.lang()),
            (PathBuf::from("/srv/h"), Lang::En)
        );
        assert_eq!(
            (args.screen, args.theme),
            (Screen::Neighbours, Some(Theme::Fixed(Look::Elderly)))
        );
        let station = [
            "linli-desktop",
            "--full-screen",
            "--attach",
            "--theme",
            "auto",
        ];
        let station = Args::parse_from(station);
        assert!(station.full_screen && station.attach);
        assert_eq!(station.theme.unwrap().start(), (Look::Light, true));
        assert!(Args::try_parse_from(["linli-desktop", "--theme", "pink"]).is_err());
        assert!(Args::try_parse_from(["linli-desktop", "--lang", "tlh"]).is_err());
        let args = Args::parse_from(["linli-desktop", "--open", "post:r:abc"]);
        let id = "r:abc".to_owned();
        assert_eq!(args.open, Some(Opens::Post { id }));
        assert!(Args::try_parse_from(["linli-desktop", "--open", "post"]).is_err());
    }
}
