//! From what is new to what is announced, when, and how (product.md §5.5).
//!
//! | class | announced | by |
//! |---|---|---|
//! | [`Class::Life`] | at once, day and night, again every three minutes until somebody looked | the system, with sound |
//! | [`Class::Needs`] | at once from 08:00 to 21:00, else the next morning | the system, a number in the rail |
//! | [`Class::Mine`] | a few at a time, at least fifteen minutes apart, by day | the system, a number, the digest |
//! | [`Class::Rest`] | at 08:00 and at 18:00 | the digest on the first screen |
//!
//! Everything here is a function of what the home holds, of what it remembers ([`BellReport`]) and of `now`. What was
//! announced is written down only after it was shown, so that a program that dies in between announces it again.

mod digest;
mod item;
mod opens;
mod page;
mod popup;
mod turn;

pub use digest::{Digest, DigestLine, Slot, digest, lines, slot};
pub use item::{Class, Facts, Item, What, badge, items, thread};
pub use opens::{Opens, opens};
pub use page::{Background, Muted, Settings, Toggle, mute, settings};
pub use popup::{Loud, Popup, locked, popup};
pub use turn::{Announce, BUNDLE_MS, REPEAT_MS, Turn, Way, shown, turn};

use crate::api::BellReport;
use std::sync::Arc;

/// What shows notices: the system's daemon, or a recorder in a test.
pub trait Bell: Send {
    /// Shows one, in the place of an earlier one with the same key.
    ///
    /// # Errors
    /// The system does not show it: it is tried again later.
    fn show(&mut self, popup: &Popup) -> Result<(), BellFault>;
    /// Takes one away, if it is still there.
    fn close(&mut self, key: &str);
    /// From now on tells the key of one that somebody presses, and offers that. A system that knows no pressing says nothing.
    fn listen(&mut self, _told: Pressed) {}
}

/// Is told the key of what was pressed; on whichever thread.
pub type Pressed = Arc<dyn Fn(&str) + Send + Sync>;

/// The system does not show notices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BellFault;

impl BellReport {
    /// Nothing more is said of a thread, or again.
    pub fn mute(&mut self, thread: &str, on: bool) {
        if on {
            self.muted.insert(thread.to_owned());
        } else {
            self.muted.remove(thread);
        }
    }
}

#[cfg(test)]
mod tests;
