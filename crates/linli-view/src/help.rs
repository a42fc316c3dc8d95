//! Help: one large button and one key, who has received the call, phone numbers, and the daily "I am fine".
//!
//! **The key is `F9`, pressed twice.** No page uses it. It stands alone in the top row, is pressed with one finger of
//! one hand, writes nothing into a field, and needs no second key held down. The first press opens the question, the
//! second says yes; so a book on the keyboard, a child or a cleaning cloth raises nothing: a key that is held down
//! repeats, and repeats are not heard. On the question Enter says yes too, because its button has the cursor. Nothing
//! has to be aimed at, held for a time, or done before a time is over: a hand that trembles may take as long as it takes.
//!
//! **Ten seconds.** A call that no office, gate, helper or person has received ten seconds after it was raised shows the
//! numbers at once, large, and says why. That a neighbour's computer has it proves nobody awake: it does not count here
//! (decision 0021). Nor does a computer of a gate, an office or a helper for longer than a minute: if no person has
//! answered by then, the numbers come as well. They are on this page before and after that, and on the page of a home that
//! is closed.
//!
//! **What stands over what.** Whoever calls for help here is covered by nothing: others' calls wait in the bar below.
//! Next comes a neighbour's call for help ([`alarm`]); below it a gate's call ([`crate::calls`]).

pub mod alarm;
mod care;
mod numbers;
mod own;
mod rows;
mod told;

pub use alarm::{Alarm, Go};
pub use care::{CareDraft, CareForm, CarePart, Fine, MissedRow, fine, missed};
pub use numbers::{Numbers, Phone, PhonesDraft, PhonesForm, numbers};
pub use own::{AskHelp, Ending, Mine, OpenCall, Receiver, need, overdue, own_call};
pub use rows::{Answer, Bar, HelpRow, bars};
pub use told::HelpTold;
pub(crate) use told::{news, told};

use crate::api::{HelpItem, PrincipalKind, Request};
use crate::dates::Now;
use crate::model::Model;
use crate::words::Catalogue;

/// The key that calls for help.
pub const KEY: &str = "F9";
/// After this long without anybody the numbers are shown.
pub const PATIENCE_MS: u64 = 10_000;
/// After this long with computers that say "received" and no person who answers they are shown too.
pub const SILENCE_MS: u64 = 60_000;
/// A question whether to practise stands this long; then the key asks in earnest again.
pub const PRACTICE_MS: u64 = 60_000;
/// Pressing again within this time is the same call, as at the node.
pub const AGAIN_MS: u64 = 30 * 60_000;
/// Longest words with a call, in characters, as at the node.
pub const WORDS_CHARS: usize = 200;

/// What belongs to one window: what is asked, what is half filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HelpState {
    /// "Do you need help?" is on screen; is it to practise?
    pub asking: Option<bool>,
    /// Words to go with the call.
    pub words: String,
    /// "Take it back?" is on screen.
    pub ending: bool,
    /// Who looks after this household, being filled in.
    pub care: Option<CareDraft>,
    /// At an office: its numbers, being filled in.
    pub phones: Option<PhonesDraft>,
}

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HelpPage {
    /// Its heading.
    pub title: String,
    /// This household's own call, or the button for one; none where no household lives.
    pub mine: Option<Mine>,
    /// The daily "I am fine", where somebody looks after this household.
    pub fine: Option<Fine>,
    /// Who has not said that all is well.
    pub missed: Vec<MissedRow>,
    /// Heading of the calls of others.
    pub calls_title: String,
    /// Calls of others: those that ask first.
    pub calls: Vec<HelpRow>,
    /// Said when there is none.
    pub calls_none: String,
    /// Who looks after this household; none where no household lives.
    pub care: Option<CarePart>,
    /// Phone numbers.
    pub numbers: Numbers,
    /// The word on the way to the numbers.
    pub numbers_word: String,
}

/// Makes the page.
#[must_use]
pub fn page(words: &Catalogue, now: Now, model: &Model, state: &HelpState) -> HelpPage {
    let house = model.is_house();
    let calls = rows::rows(words, now, model);
    HelpPage {
        title: words.say("help-title"),
        mine: house.then(|| own::mine(words, now, model, state)),
        fine: fine(words, now, model).filter(|_| house),
        missed: missed(words, now, model),
        calls_title: words.say("help-calls"),
        calls_none: words.say(if house {
            "help-calls-none"
        } else {
            "help-calls-none-office"
        }),
        calls,
        care: house.then(|| care::part(words, model, state)),
        numbers: numbers(words, now, model, state),
        numbers_word: words.say("help-numbers-open"),
    }
}

/// How much waits on the page: calls that ask somebody here, and missed check-ins.
#[must_use]
pub fn waits(model: &Model) -> usize {
    let asks = |call: &&HelpItem| asks(model, call);
    model.help.calls.iter().filter(asks).count() + model.help.missed.len()
}

/// Does this call wait for an answer of a person here?
pub(crate) fn asks(model: &Model, call: &HelpItem) -> bool {
    let kind = me_kind(model);
    let answers = matches!(
        kind,
        Some(PrincipalKind::Household | PrincipalKind::Office | PrincipalKind::Gate)
    );
    call.asks_me && call.open && !call.own && !call.practice && answers && !answering(model, call)
}

/// Has it been answered here, and the node has not replied yet?
fn answering(model: &Model, call: &HelpItem) -> bool {
    model.under_way(|asked| matches!(asked, Request::HelpAnswer { id, .. } if *id == call.id))
}

fn me_kind(model: &Model) -> Option<PrincipalKind> {
    let me = model.status.as_ref().and_then(|status| status.me.as_ref());
    me.map(|me| me.kind)
}

#[cfg(test)]
mod tests;
