//! Words with a fixed meaning: what a field may say where it is no free text.
//!
//! A **closed** list never grows: a change with another word is void. An **open** list may grow in a later
//! version: a word this version does not know is admitted if it has the shape of one, and read as `Other`.

use serde::{Deserialize, Serialize};

/// Longest word of an open list, in bytes.
pub const WORD_MAX: usize = 24;

/// Whether a word could belong to an open list: 1 to 24 of `a-z`, `0-9` and `_`, a letter first.
#[must_use]
pub fn is_word(text: &str) -> bool {
    text.len() <= WORD_MAX
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// All words of the list, as they are written.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// The word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// Reads [`Self::word`].
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

words!(
    /// The severity words of CAP 1.2 (and of GB/T 35965.1). Closed.
    Severity {
        /// Extraordinary threat; red.
        Extreme = "Extreme",
        /// Significant threat; orange.
        Severe = "Severe",
        /// Possible threat; yellow.
        Moderate = "Moderate",
        /// Minimal threat; blue.
        Minor = "Minor",
        /// Not known.
        Unknown = "Unknown",
    }
);

words!(
    /// How soon people should do something, in CAP's words. Closed.
    Urgency {
        /// At once.
        Immediate = "Immediate",
        /// Within the hour.
        Expected = "Expected",
        /// In the near future.
        Future = "Future",
        /// No longer.
        Past = "Past",
        /// Not known.
        Unknown = "Unknown",
    }
);

words!(
    /// How sure it is, in CAP's words. Closed.
    Certainty {
        /// It happened, or goes on.
        Observed = "Observed",
        /// More likely than not.
        Likely = "Likely",
        /// It may be.
        Possible = "Possible",
        /// Hardly.
        Unlikely = "Unlikely",
        /// Not known.
        Unknown = "Unknown",
    }
);

words!(
    /// What people should do, in CAP's words. Closed.
    Response {
        /// Stay inside.
        Shelter = "Shelter",
        /// Leave the place.
        Evacuate = "Evacuate",
        /// Get ready.
        Prepare = "Prepare",
        /// Follow the plan that was told before.
        Execute = "Execute",
        /// Keep away.
        Avoid = "Avoid",
        /// Watch for news.
        Monitor = "Monitor",
        /// Weigh what is said; not for the public.
        Assess = "Assess",
        /// The danger is over.
        AllClear = "AllClear",
        /// Nothing.
        Nothing = "None",
    }
);

words!(
    /// The kind of event, in CAP's words. Closed.
    Category {
        /// Earthquakes, landslides.
        Geo = "Geo",
        /// Weather, floods.
        Met = "Met",
        /// Safety of the public.
        Safety = "Safety",
        /// Crime, security.
        Security = "Security",
        /// Rescue.
        Rescue = "Rescue",
        /// Fire.
        Fire = "Fire",
        /// Health.
        Health = "Health",
        /// Pollution.
        Env = "Env",
        /// Traffic.
        Transport = "Transport",
        /// Power, water, gas, lifts, networks.
        Infra = "Infra",
        /// Dangerous substances.
        Cbrne = "CBRNE",
        /// Anything else.
        Other = "Other",
    }
);

/// What a notice says in CAP's words beside its severity; each may be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CapWords {
    /// How soon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// How sure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<Certainty>,
    /// What people should do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
    /// The kind of event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
}

impl CapWords {
    /// Whether none of them is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

words!(
    /// What a post is about. Open.
    PostKind {
        /// Asks for help.
        Ask = "ask",
        /// Offers help.
        Offer = "offer",
        /// Something was lost.
        Lost = "lost",
        /// Something was found.
        Found = "found",
        /// To give away.
        Give = "give",
        /// To lend.
        Lend = "lend",
        /// To sell.
        Sell = "sell",
        /// A worry or complaint.
        Concern = "concern",
        /// A word of a later version.
        Other = "other",
    }
);

words!(
    /// How a post ended. Open.
    Outcome {
        /// Helped, or the thing changed hands.
        Done = "done",
        /// What was lost is back.
        Returned = "returned",
        /// Nobody needed it any more.
        Withdrawn = "withdrawn",
        /// A word of a later version.
        Other = "other",
    }
);

words!(
    /// Whom a pass lets in: the four kinds of the pass format. Closed.
    VisitKind {
        /// A guest.
        Person = "person",
        /// A car, let in by its plate.
        Vehicle = "vehicle",
        /// A courier.
        Delivery = "delivery",
        /// A helper or craftsman.
        Worker = "worker",
    }
);
