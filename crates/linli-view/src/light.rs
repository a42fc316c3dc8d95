//! The sync light: one colour, always with words (product.md §5.3).
//!
//! Offline is normal, so most of the time without neighbours is grey, not red. Green is a promise that others
//! hold what was made here *and* that somebody was heard a moment ago: it is forbidden when nobody was heard
//! within [`HEARD_WITHIN_MS`]. The light is worked out anew from bare facts and `now`, because it fades by
//! itself.

use crate::api::{SyncFacts, Trouble};
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::Catalogue;

/// Somebody counts as heard for this long. A link pings every 15 s, so this is many lost pings.
pub const HEARD_WITHIN_MS: u64 = 5 * 60_000;
/// After this long without anybody, grey becomes yellow: a night offline is normal, a whole day is worth a look.
pub const ALONE_AFTER_MS: u64 = 24 * 3_600_000;

/// The five lights.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Others hold all that was made here, and were heard a moment ago.
    Green,
    /// Saved here; waiting, quiet or paused.
    Grey,
    /// Catching up.
    Blue,
    /// Only this computer has it, and that has lasted.
    Yellow,
    /// Only a person can mend it.
    Red,
}

impl Light {
    /// The tone it is drawn in.
    #[must_use]
    pub const fn tone(self) -> Tone {
        match self {
            Self::Green => Tone::Good,
            Self::Grey => Tone::Quiet,
            Self::Blue => Tone::Info,
            Self::Yellow => Tone::Warn,
            Self::Red => Tone::Danger,
        }
    }
}

/// Which light these facts give at `now_ms`.
///
/// ```
/// use linli_view::{api::SyncFacts, light::{Light, light}};
/// let facts = SyncFacts { online: 3, heard_ms: Some(1_000_000), ..SyncFacts::default() };
/// assert_eq!(light(&facts, 1_000_000), Light::Green);
/// assert_eq!(light(&facts, 1_000_000 + 6 * 60_000), Light::Grey); // nobody heard since
/// ```
#[must_use]
pub fn light(facts: &SyncFacts, now_ms: u64) -> Light {
    if facts.trouble.is_some() {
        return Light::Red;
    }
    if facts.paused {
        return Light::Grey;
    }
    let Some(heard_ms) = facts.heard_ms else {
        return Light::Yellow;
    };
    if heard(heard_ms, now_ms) {
        match facts.progress {
            Some(progress) if progress.done < progress.total => Light::Blue,
            _ if facts.undelivered > 0 => Light::Grey,
            _ => Light::Green,
        }
    } else if now_ms.saturating_sub(heard_ms) >= ALONE_AFTER_MS {
        Light::Yellow
    } else {
        Light::Grey
    }
}

/// The light with its sentence and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LightView {
    /// The colour.
    pub light: Light,
    /// The short sentence beside it, such as 已送达.
    pub words: String,
    /// What is behind it, or what to do.
    pub detail: String,
}

/// The light in words.
#[must_use]
pub fn view(words: &Catalogue, now: Now, facts: &SyncFacts) -> LightView {
    let light = light(facts, now.ms);
    let heard = facts
        .heard_ms
        .map(|ms| dates::ago(words, now, ms))
        .unwrap_or_default();
    let (key, detail) = match light {
        Light::Red => (
            words.say("light-red"),
            facts
                .trouble
                .map(|t| words.say(trouble(t)))
                .unwrap_or_default(),
        ),
        Light::Grey if facts.paused => (
            words.say("light-grey-paused"),
            words.say("light-grey-paused-detail"),
        ),
        Light::Grey if facts.undelivered > 0 => (
            words.text("light-grey-waiting", &[("n", facts.undelivered.into())]),
            words.say("light-grey-waiting-detail"),
        ),
        Light::Grey => {
            let since = facts
                .heard_ms
                .map(|ms| dates::at(words, now, ms))
                .unwrap_or_default();
            (
                words.text("light-grey-quiet", &[("when", since.into())]),
                words.say("light-grey-quiet-detail"),
            )
        }
        Light::Blue => {
            let (done, total) = facts.progress.map_or((0, 0), |p| (p.done, p.total));
            (
                words.text(
                    "light-blue",
                    &[("done", done.into()), ("total", total.into())],
                ),
                words.say("light-blue-detail"),
            )
        }
        Light::Yellow => (
            words.say("light-yellow"),
            match facts.heard_ms {
                None => words.say("light-yellow-never"),
                Some(ms) => {
                    let length = dates::length(words, now.ms.saturating_sub(ms));
                    words.text("light-yellow-long", &[("length", length.into())])
                }
            },
        ),
        Light::Green if facts.online > 0 => (
            words.say("light-green"),
            words.text(
                "light-green-detail",
                &[("n", facts.online.into()), ("when", heard.into())],
            ),
        ),
        Light::Green => (
            words.say("light-green"),
            words.text("light-green-away", &[("when", heard.into())]),
        ),
    };
    LightView {
        light,
        words: key,
        detail,
    }
}

/// The key of the sentence for a trouble.
#[must_use]
pub const fn trouble(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::DiskFull => "trouble-disk-full",
        Trouble::DiskFault => "trouble-disk-fault",
        Trouble::Clock => "trouble-clock",
        Trouble::VersionOld => "trouble-version-old",
        Trouble::Revoked => "trouble-revoked",
        Trouble::Held => "trouble-held",
        Trouble::Other => "trouble-other",
    }
}

/// Heard within the window. A moment in the future counts only within the same distance: after the clock was
/// set back, an old meeting must not look fresh for years.
fn heard(heard_ms: u64, now_ms: u64) -> bool {
    heard_ms.abs_diff(now_ms) < HEARD_WITHIN_MS
}

#[cfg(test)]
mod tests;
