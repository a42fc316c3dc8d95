//! What a journey is played on: an estate with its homes and nodes, and seats for those who have a window.

use super::driver::Driver;
use super::seat::Seat;
use super::window::Window;
use crate::daemon::Daemon;
use crate::estate::{self, Estate, NEIGHBOUR};
use crate::home::Home;
use crate::{clock, exe};
use serde_json::Value;
use std::cell::RefCell;

/// The stage.
pub struct Stage {
    /// The homes.
    pub estate: Estate,
    driver: &'static dyn Driver,
    lang: &'static str,
    look: &'static str,
    /// What was measured on the way, for the table.
    notes: RefCell<Vec<String>>,
}

impl Stage {
    /// An estate that was just founded.
    #[must_use]
    pub fn new(driver: &'static dyn Driver, lang: &'static str, look: &'static str) -> Self {
        Self {
            estate: Estate::found(),
            driver,
            lang,
            look,
            notes: RefCell::default(),
        }
    }

    /// Writes down what was measured; nothing is held to it.
    pub fn notes(&self, note: &str) {
        self.notes.borrow_mut().push(note.to_owned());
    }

    /// All that was written down.
    #[must_use]
    pub fn noted(&self) -> Vec<String> {
        self.notes.take()
    }

    /// The office.
    #[must_use]
    pub const fn office(&self) -> &Home {
        &self.estate.office
    }

    /// Opens a home's window.
    #[must_use]
    pub fn window<'s>(&self, seat: &'s Seat, home: &'s Home) -> Window<'s> {
        Window::open(seat, home, self.driver, (self.lang, self.look))
    }

    /// A household that has joined at the running office and knows where to find it; its node does not run.
    #[must_use]
    pub fn household(&self, name: &str, unit: &str, office: &Daemon) -> Home {
        let home = self.estate.home(name);
        estate::enrol(self.office(), &home, &["--unit", unit]);
        let node = Daemon::start(&home, &[]);
        home.must(&["net", "dial", office.addr()]);
        estate::until_online(&home, 1);
        node.stop();
        home
    }

    /// A household asks another one to look after it.
    pub fn is_looked_after(&self, home: &Home, by: &str, office: &Daemon) {
        let node = Daemon::start(home, &[office.addr()]);
        until(
            home,
            "the helper is known",
            &["help", "helpers", "set", by],
            |_| true,
        );
        node.stop();
    }

    /// The office's register: the small sample.
    pub fn register(&self) {
        let file = exe::sample("registry-small-utf8.csv");
        let file = file.to_str().expect("a path in UTF-8");
        let batch = self.office().must(&["registry", "import", file]);
        let batch = batch["batch"].as_str().expect("a batch");
        self.office().must(&["registry", "apply", batch]);
    }
}

/// Waits until a running home says so.
pub fn until(home: &Home, what: &str, args: &[&str], holds: impl Fn(&Value) -> bool) {
    clock::until(&format!("{}: {what}", home.name), NEIGHBOUR, || {
        let reply = home.run(args);
        reply.code == Some(0) && holds(reply.data())
    });
}

/// The id that a command gave.
///
/// # Panics
/// When it gave none.
#[must_use]
pub fn id(data: &Value) -> String {
    data["id"].as_str().expect("an id").to_owned()
}
