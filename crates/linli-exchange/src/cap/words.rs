//! The closed lists of words in CAP 1.2, spelt as in the schema.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $($word:ident)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum $name {
            $(
                #[doc = concat!("`", stringify!($word), "`.")]
                $word
            ),*
        }

        impl $name {
            /// All of them, in the order of the schema.
            pub const ALL: &[Self] = &[$(Self::$word),*];

            /// The word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$word => stringify!($word)),*
                }
            }

            /// Reads the word, which has one spelling.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words!(
    /// Whether a message is meant.
    Status: Actual Exercise System Test Draft
);
words!(
    /// What a message does.
    MsgType: Alert Update Cancel Ack Error
);
words!(
    /// Whom a message is for.
    Scope: Public Restricted Private
);
words!(
    /// The kind of event.
    Category: Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other
);
words!(
    /// What people should do.
    ResponseType: Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None
);
words!(
    /// How soon people should do something.
    Urgency: Immediate Expected Future Past Unknown
);
words!(
    /// How bad it is.
    Severity: Extreme Severe Moderate Minor Unknown
);
words!(
    /// How sure it is.
    Certainty: Observed Likely Possible Unlikely Unknown
);
