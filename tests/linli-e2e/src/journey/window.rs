//! `linli-desktop` as a process on a seat: started, killed, started again; what it shows, and how one works it.
//!
//! Nothing here knows the window from inside. A thing is found by the name that a screen reader reads out.

use super::driver::Driver;
use super::seat::{HEIGHT, Seat, WIDTH};
use super::tree::Node;
use crate::clock;
use crate::exe;
use crate::home::Home;
use crate::process::{Output, Run};
use std::cell::RefCell;
use std::fmt;
use std::process::Command;
use std::time::Duration;

/// How long something is waited for; a machine that is busy is slow.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const LOOK: Duration = Duration::from_millis(60);

/// What of a name one knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Known {
    Whole,
    Start,
    Part,
}

/// What somebody looks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    name: String,
    known: Known,
    field: bool,
    /// How many of the same name stand before it.
    before: usize,
}

impl Wanted {
    /// What is called so.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            known: Known::Whole,
            field: false,
            before: 0,
        }
    }

    /// What has this in its name.
    #[must_use]
    pub fn with(part: &str) -> Self {
        Self {
            known: Known::Part,
            ..Self::named(part)
        }
    }

    /// What is called so, whatever stands behind it, as a number of things that wait.
    #[must_use]
    pub fn begins(start: &str) -> Self {
        Self {
            known: Known::Start,
            ..Self::named(start)
        }
    }

    /// The field of this name.
    #[must_use]
    pub fn field(name: &str) -> Self {
        Self {
            field: true,
            ..Self::named(name)
        }
    }

    /// The one behind so many of the same name.
    #[must_use]
    pub fn after(self, before: usize) -> Self {
        Self { before, ..self }
    }

    /// It, if it is there and a person can go there.
    #[must_use]
    pub fn among<'n>(&self, nodes: &'n [Node]) -> Option<&'n Node> {
        let called = |node: &&Node| {
            let named = match self.known {
                Known::Whole => node.name == self.name,
                Known::Start => node.name.starts_with(&self.name),
                Known::Part => node.name.contains(&self.name),
            };
            named && node.is_reachable() && node.is_field() == self.field
        };
        nodes.iter().filter(called).nth(self.before)
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.field {
            "the field"
        } else {
            "the button"
        };
        write!(f, "{kind} {:?}", self.name)?;
        match self.before {
            0 => Ok(()),
            before => write!(f, " behind {before} others"),
        }
    }
}

/// The window of a home.
pub struct Window<'s> {
    /// Where it opens.
    pub seat: &'s Seat,
    /// Whose it is.
    pub home: &'s Home,
    driver: &'static dyn Driver,
    lang: &'static str,
    look: &'static str,
    run: Option<Run>,
    /// What was done, for people who look why a run failed.
    done: RefCell<Vec<String>>,
}

impl<'s> Window<'s> {
    /// Opens it and waits until it shows something.
    #[must_use]
    pub fn open(
        seat: &'s Seat,
        home: &'s Home,
        driver: &'static dyn Driver,
        (lang, look): (&'static str, &'static str),
    ) -> Self {
        let mut window = Self {
            seat,
            home,
            driver,
            lang,
            look,
            run: None,
            done: RefCell::default(),
        };
        window.start();
        window
    }

    fn start(&mut self) {
        let mut command = Command::new(exe::desktop());
        command
            .args(["--lang", self.lang, "--theme", self.look, "--home"])
            .arg(&self.home.dir)
            .env("LINLI_KEYS_DIR", &self.home.keys)
            .env("RUST_BACKTRACE", "0");
        self.seat.sit(&mut command);
        self.note("opens the window");
        self.run = Some(Run::start(command));
        self.until("the window", |nodes| nodes.len() > 3);
        let found = self
            .seat
            .hand(&["search", "--onlyvisible", "--name", "Linli"]);
        let id = found.lines().last().unwrap_or_default();
        let (width, height) = (WIDTH.to_string(), HEIGHT.to_string());
        // Nobody manages windows here.
        self.seat.hand(&[
            "windowmove",
            id,
            "0",
            "0",
            "windowsize",
            id,
            &width,
            &height,
        ]);
        self.seat.hand(&["windowfocus", id]);
        self.until("the window in its size, with the keys", |nodes| {
            let whole = nodes.first().map(|node| node.place);
            whole == Some((0, 0, WIDTH, HEIGHT)) && nodes.iter().any(Node::has_focus)
        });
    }

    /// Looks up from the keyboard for a moment, in which a draft is kept.
    pub fn looks_up(&self) {
        self.note("looks up");
        clock::pass(Duration::from_secs(3));
    }

    /// The power goes: the window dies with the node in it, and is opened again.
    ///
    /// # Panics
    /// When it had ended by itself.
    pub fn dies_and_comes_back(&mut self) {
        self.note("the power goes");
        let killed = self.run.take().is_some_and(|mut run| run.kill());
        assert!(killed, "the window had ended by itself");
        self.start();
    }

    /// The system asks it to end, as when the computer shuts down; how it ended.
    ///
    /// # Panics
    /// When it does not end in time.
    pub fn is_asked_to_end(&mut self) -> Output {
        self.note("is asked to end");
        let Some(run) = self.run.take() else {
            self.give_up("it does not run")
        };
        run.ask_to_end();
        run.finish(PATIENCE)
    }

    /// It is opened again.
    pub fn comes_back(&mut self) {
        self.start();
    }

    /// Everything that it tells now.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node> {
        let process = self.run.as_ref().map_or(0, Run::pid);
        self.seat.tree.nodes(process).unwrap_or_default()
    }

    /// Lets the window draw.
    pub fn rest(&self) {
        std::thread::park_timeout(LOOK);
    }

    /// Waits until what it tells is so.
    pub fn until(&self, what: &str, mut holds: impl FnMut(&[Node]) -> bool) {
        let came = clock::holds_within(PATIENCE, || {
            let came = holds(&self.nodes());
            if !came {
                self.rest();
            }
            came
        });
        if !came {
            self.give_up(&format!("not there: {what}"));
        }
    }

    /// Waits until this can be read somewhere.
    pub fn shows(&self, words: &str) {
        self.note(&format!("reads {words:?}"));
        self.until(&format!("{words:?}"), |nodes| {
            nodes.iter().any(|node| node.says(words))
        });
    }

    /// Waits until this can be read nowhere any more.
    pub fn hides(&self, words: &str) {
        self.note(&format!("no longer reads {words:?}"));
        self.until(&format!("without {words:?}"), |nodes| {
            !nodes.is_empty() && !nodes.iter().any(|node| node.says(words))
        });
    }

    /// Whether this can be read now.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.nodes().iter().any(|node| node.says(words))
    }

    /// Waits until it is there.
    #[must_use]
    pub fn find(&self, wanted: &Wanted) -> Node {
        let mut found = None;
        self.until(&wanted.to_string(), |nodes| {
            found = wanted.among(nodes).cloned();
            found.is_some()
        });
        found.unwrap_or_else(|| self.give_up(&wanted.to_string()))
    }

    /// Presses what is called so.
    pub fn press(&self, name: &str) {
        self.press_it(&Wanted::named(name));
    }

    /// Presses what has this in its name.
    pub fn press_with(&self, part: &str) {
        self.press_it(&Wanted::with(part));
    }

    /// Presses what is called so, whatever stands behind it.
    pub fn press_begins(&self, start: &str) {
        self.press_it(&Wanted::begins(start));
    }

    /// Presses this.
    pub fn press_it(&self, wanted: &Wanted) {
        self.note(&format!("presses {wanted}"));
        let _there = self.find(wanted);
        self.driver.press(self, wanted);
    }

    /// Goes down a list until what is called so is there, and presses it. A list draws what is in sight.
    pub fn press_down(&self, start: &str, rows: &str) {
        self.note(&format!("goes down the list to {start:?}"));
        let wanted = Wanted::begins(start);
        for _ in 0..200 {
            let nodes = self.nodes();
            if wanted.among(&nodes).is_some() {
                return self.press_it(&wanted);
            }
            let row = |node: &&Node| node.is_choice() && node.name.contains(rows);
            if let Some(last) = nodes.iter().rfind(row) {
                self.driver.further(self, last);
            }
            self.rest();
        }
        self.give_up(&format!("the list does not lead to {wanted}"));
    }

    /// Goes to a page.
    pub fn page(&self, name: &str) {
        self.note(&format!("goes to {name:?}"));
        let wanted = Wanted::begins(name);
        let _there = self.find(&wanted);
        self.driver.page(self, &wanted);
        // A thing of the same name may stand on both pages.
        self.until(&format!("the page {name:?}"), |nodes| {
            wanted.among(nodes).is_some_and(Node::is_chosen)
        });
    }

    /// Writes into the field of this name, in place of what stood there.
    pub fn write(&self, name: &str, text: &str) {
        self.note(&format!("writes {text:?} into {name:?}"));
        let wanted = Wanted::field(name);
        let field = self.find(&wanted);
        self.driver.enter(self, &wanted);
        self.until(&format!("the keys in {wanted}"), |nodes| {
            wanted.among(nodes).is_some_and(Node::has_focus)
        });
        if field.text.is_some_and(|text| !text.is_empty()) {
            self.seat.key(&["ctrl+a", "Delete"]);
        }
        let mut written = String::new();
        for part in Seat::strokes(text) {
            self.seat.type_in(&part);
            written.push_str(&part);
            self.until(&format!("{written:?} in {wanted}"), |nodes| {
                let field = wanted.among(nodes);
                field.is_some_and(|field| field.text.as_ref() == Some(&written))
            });
        }
    }

    /// Presses keys that the window has a meaning for.
    pub fn keys(&self, names: &[&str]) {
        self.note(&format!("keys {names:?}"));
        self.seat.key(names);
    }

    fn note(&self, what: &str) {
        self.done.borrow_mut().push(what.to_owned());
    }

    /// Ends the run with what was done, and what the window shows.
    ///
    /// # Panics
    /// Always.
    pub fn give_up(&self, why: &str) -> ! {
        let done = self.done.borrow().join("\n  ");
        let nodes = self.nodes();
        let shown: Vec<String> = nodes.iter().map(Node::line).collect();
        let said = self.run.as_ref().map(Run::logged).unwrap_or_default();
        panic!(
            "{}, by {}: {why}\nwhat was done:\n  {done}\nwhat the window shows:\n  {}\n{said}",
            self.home.name,
            self.driver.id(),
            shown.join("\n  ")
        );
    }
}
