//! What every command has at hand: its language, its home, and how to ask it.

use crate::clock;
use crate::input;
use crate::port;
use crate::progress::Progress;
use crate::words::Words;
use linli_node::api::{Answer, Fault, Request};
use linli_node::home::HomeOptions;
use linli_view::dates::{self, Now};
use linli_view::words::Arg;
use std::cell::OnceCell;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::Duration;

/// Beijing time, until the home says otherwise.
const OFFSET_MIN: i32 = 480;

/// The global options, and what follows from them.
pub struct Ctx {
    /// Sentences in the chosen language.
    pub words: Words,
    /// One JSON object instead of sentences.
    pub json: bool,
    /// `--home`.
    pub home: Option<PathBuf>,
    /// `--passphrase-file`.
    pub passphrase_file: Option<PathBuf>,
    /// `--timeout`.
    pub timeout: Duration,
    options: OnceCell<HomeOptions>,
    offset: OnceCell<i32>,
}

impl Ctx {
    /// From the global options.
    pub fn new(
        words: Words,
        json: bool,
        home: Option<PathBuf>,
        passphrase_file: Option<PathBuf>,
        timeout: Duration,
    ) -> Self {
        Self {
            words,
            json,
            home,
            passphrase_file,
            timeout,
            options: OnceCell::new(),
            offset: OnceCell::new(),
        }
    }

    /// The folder of the home: as given, or the platform's data folder, as the desktop has it.
    pub fn home_dir(&self) -> PathBuf {
        self.home.clone().unwrap_or_else(|| {
            directories::ProjectDirs::from("", "", "linli").map_or_else(
                || PathBuf::from(".linli"),
                |dirs| dirs.data_dir().to_owned(),
            )
        })
    }

    /// How to open the home. Reads the passphrase once.
    pub fn options(&self) -> Result<&HomeOptions, Fault> {
        if let Some(options) = self.options.get() {
            return Ok(options);
        }
        let passphrase = self
            .passphrase_file
            .as_deref()
            .map(input::passphrase)
            .transpose()?;
        let options = HomeOptions {
            dir: self.home_dir(),
            passphrase,
            keys_dir: std::env::var_os("LINLI_KEYS_DIR").map(PathBuf::from),
            timeout: self.timeout,
        };
        Ok(self.options.get_or_init(|| options))
    }

    /// Asks the home.
    pub fn ask(&self, request: Request) -> Result<Answer, Fault> {
        port::ask(self.options()?, request, &mut |_done, _total| ())
    }

    /// Asks the home for something that may take long, with a bar on a terminal.
    pub fn ask_long(&self, request: Request, label: &str) -> Result<Answer, Fault> {
        let mut bar = Progress::new(&self.say(label));
        let answer = port::ask(self.options()?, request, &mut |done, total| {
            bar.at(done, total);
        });
        bar.finish();
        answer
    }

    /// A sentence without arguments.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// A sentence with its arguments.
    pub fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.words.text(key, args)
    }

    /// The present moment at the community's offset, for dates in sentences. Asks the home once.
    pub fn now(&self) -> Now {
        let offset_min = *self.offset.get_or_init(|| {
            let shown = self.ask(Request::CommunityShow).ok();
            let offset = shown.and_then(|answer| {
                let offset = answer.data.pointer("/community/utc_offset")?.clone();
                match offset {
                    serde_json::Value::String(text) => {
                        linli_base::UtcOffset::parse(&text).map(linli_base::UtcOffset::minutes)
                    }
                    number => i32::try_from(number.as_i64()?).ok(),
                }
            });
            offset.unwrap_or(OFFSET_MIN)
        });
        Now {
            ms: clock::now_ms(),
            offset_min,
        }
    }

    /// A moment in words: 今天 14:05.
    pub fn at(&self, ms: u64) -> String {
        dates::at(self.words.shared(), self.now(), ms)
    }

    /// How long ago: 3 分钟前.
    pub fn ago(&self, ms: u64) -> String {
        dates::ago(self.words.shared(), self.now(), ms)
    }

    /// "As known here at 14:05".
    pub fn as_of(&self) -> String {
        let now = self.now();
        self.text("as-of", &[("time", dates::time(now, now.ms).into())])
    }

    /// Whether a person reads stdout on a terminal.
    pub fn on_terminal(&self) -> bool {
        !self.json && std::io::stdout().is_terminal()
    }
}
