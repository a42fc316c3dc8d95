//! The command line of the window.

use clap::Parser;
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
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
    /// 先打开哪一页 / First screen: home, notices, visitors, neighbours
    #[arg(long, value_name = "S", value_parser = screen, default_value = "home")]
    pub screen: Screen,
    /// 外观 / Look: light, dark, elderly; auto: dark at night
    #[arg(long, value_name = "THEME", value_parser = look, default_value = "light")]
    pub theme: Theme,
    /// 全屏 / Full screen
    #[arg(long)]
    pub full_screen: bool,
    /// 等另一个程序打开家，断了自己再连 / Wait for the program that runs the home, and come back when it does
    #[arg(long)]
    pub attach: bool,
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

fn lang(text: &str) -> Result<Lang, String> {
    Lang::parse(text).ok_or_else(|| "zh-CN, en".into())
}

fn screen(text: &str) -> Result<Screen, String> {
    Screen::parse(text).ok_or_else(|| Screen::ALL.map(Screen::id).join(", "))
}

fn look(text: &str) -> Result<Theme, String> {
    if text == "auto" {
        return Ok(Theme::Auto);
    }
    let look = Look::parse(text).map(Theme::Fixed);
    look.ok_or_else(|| format!("{}, auto", Look::ALL.map(Look::id).join(", ")))
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
            (Screen::Neighbours, Theme::Fixed(Look::Elderly))
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
        assert_eq!(station.theme.start(), (Look::Light, true));
        assert!(Args::try_parse_from(["linli-desktop", "--theme", "pink"]).is_err());
        assert!(Args::try_parse_from(["linli-desktop", "--lang", "tlh"]).is_err());
    }
}
