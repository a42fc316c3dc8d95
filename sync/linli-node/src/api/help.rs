//! Calls for help, who has heard them, daily "I am fine", phone numbers.

use serde::{Deserialize, Serialize};

/// An act or question. `id` is a call (`h:...`) or its beginning.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum HelpAct {
    /// Calls for help. Data: `{id, practice, again}`; `again`: this household had called already, and nothing was written.
    Raise {
        /// Only to practise.
        practice: bool,
        /// More than "help"; sealed.
        words: Option<String>,
    },
    /// Takes a call back, or says that it is over. Data: `{id}`.
    Cancel {
        /// The call.
        id: String,
    },
    /// Says that a person here has heard it. Data: `{id, coming}`.
    Ack {
        /// The call.
        id: String,
        /// And is coming.
        coming: bool,
    },
    /// Data: `{calls:[call], missed:[{unit,due_ms,last_ms}], mine:{minute,helpers:[unit],last_ms}, as_of_ms}`, open calls first;
    /// call = `{id,by,practice,open,at_ms,over_ms,words,own,asks_me,hears_as,received:[{by,kind,how:"holds|received|heard|
    /// coming",at_ms}],nobody}`. `holds`: a device said that it has it; the others are signed. `hears_as`: what this home is
    /// to the caller, `own`, `helper`, `office`, `gate` or `neighbour`.
    List,
    /// Data: `{call, numbers, as_of_ms}`.
    Status {
        /// The call.
        id: String,
    },
    /// Data: `{numbers:[{office,label,number}]}`; the three of the state have no office, and their label is a key.
    Numbers,
    /// Gives out an office's numbers instead of those before. Data: as [`Self::Numbers`].
    SetNumbers {
        /// Label and number.
        numbers: Vec<(String, String)>,
    },
    /// "I am fine." Data: `{at_ms, helpers:[unit]}`.
    CheckIn,
    /// Who is asked to look after this household, and by when it checks in. Data: `{helpers:[unit], minute, last_ms}`.
    Care,
    /// Sets that. Data: as [`Self::Care`].
    SetCare {
        /// Units; none = as before.
        helpers: Option<Vec<String>>,
        /// Minute of the day; none = as before, none inside = not any more.
        minute: Option<Option<u16>>,
    },
}
