//! What a notice says in CAP's words beside its severity.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal $key:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// CAP's word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The key of the plain word for it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }
        }
    };
}

words!(
    /// How soon people should do something.
    Urgency {
        /// At once.
        Immediate = "Immediate" "cap-urgency-immediate",
        /// Within the hour.
        Expected = "Expected" "cap-urgency-expected",
        /// Later.
        Future = "Future" "cap-urgency-future",
        /// No longer.
        Past = "Past" "cap-urgency-past",
        /// Not known.
        Unknown = "Unknown" "cap-urgency-unknown",
    }
);

words!(
    /// How sure it is.
    Certainty {
        /// It happened, or goes on.
        Observed = "Observed" "cap-certainty-observed",
        /// More likely than not.
        Likely = "Likely" "cap-certainty-likely",
        /// It may be.
        Possible = "Possible" "cap-certainty-possible",
        /// Hardly.
        Unlikely = "Unlikely" "cap-certainty-unlikely",
        /// Not known.
        Unknown = "Unknown" "cap-certainty-unknown",
    }
);

words!(
    /// What people should do.
    Response {
        /// Get ready.
        Prepare = "Prepare" "cap-response-prepare",
        /// Stay inside.
        Shelter = "Shelter" "cap-response-shelter",
        /// Keep away.
        Avoid = "Avoid" "cap-response-avoid",
        /// Leave the place.
        Evacuate = "Evacuate" "cap-response-evacuate",
        /// Follow the plan that was told before.
        Execute = "Execute" "cap-response-execute",
        /// Watch for news.
        Monitor = "Monitor" "cap-response-monitor",
        /// Weigh what is said.
        Assess = "Assess" "cap-response-assess",
        /// The danger is over.
        AllClear = "AllClear" "cap-response-all-clear",
        /// Nothing.
        Nothing = "None" "cap-response-nothing",
    }
);

words!(
    /// The kind of event.
    Category {
        /// Power, water, gas, lifts, networks.
        Infra = "Infra" "cap-category-infra",
        /// Weather, floods.
        Met = "Met" "cap-category-met",
        /// Fire.
        Fire = "Fire" "cap-category-fire",
        /// Safety of the public.
        Safety = "Safety" "cap-category-safety",
        /// Crime, security.
        Security = "Security" "cap-category-security",
        /// Health.
        Health = "Health" "cap-category-health",
        /// Traffic.
        Transport = "Transport" "cap-category-transport",
        /// Rescue.
        Rescue = "Rescue" "cap-category-rescue",
        /// Pollution.
        Env = "Env" "cap-category-env",
        /// Earthquakes, landslides.
        Geo = "Geo" "cap-category-geo",
        /// Dangerous substances.
        Cbrne = "CBRNE" "cap-category-cbrne",
        /// Anything else.
        Other = "Other" "cap-category-other",
    }
);

/// All of them together; each may be left out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CapWords {
    /// How soon.
    pub urgency: Option<Urgency>,
    /// How sure.
    pub certainty: Option<Certainty>,
    /// What people should do.
    pub response: Option<Response>,
    /// The kind of event.
    pub category: Option<Category>,
}
