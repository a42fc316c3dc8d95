//! A fault in words: what happened, what is safe, what to do next.

use crate::api::{Fault, FaultCode};
use crate::clean;
use crate::words::{Arg, Catalogue};

/// Longest argument of a sentence in characters.
const ARG_MAX: usize = 200;

/// The three sentences of a fault, and what the node said beside them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultView {
    /// What happened.
    pub what: String,
    /// What is safe.
    pub safe: String,
    /// What to do next.
    pub next: String,
    /// The node's own sentence, cleaned; empty if it gave none.
    pub detail: String,
}

impl FaultView {
    /// All of it as one paragraph.
    #[must_use]
    pub fn sentence(&self) -> String {
        let what = if self.what.ends_with(['。', '.']) {
            self.what.clone()
        } else {
            format!("{}{}", self.what, self.stop())
        };
        [what.as_str(), &self.safe, &self.next, &self.detail]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(if self.chinese() { "" } else { " " })
    }

    fn chinese(&self) -> bool {
        self.safe.ends_with('。')
    }

    fn stop(&self) -> &'static str {
        if self.chinese() { "。" } else { "." }
    }
}

/// A fault in words.
#[must_use]
pub fn view(words: &Catalogue, fault: &Fault) -> FaultView {
    let (what, next) = keys(fault.code);
    let own = |text: &str, key: &str| {
        let text = clean::line(text, 200);
        if text.is_empty() || fault.code != FaultCode::Other {
            words.say(key)
        } else {
            text
        }
    };
    let detail = clean::line(&fault.message, 300);
    let [what, safe, next] = of_the_node(words, fault).unwrap_or_else(|| {
        [
            words.say(what),
            own(&fault.safe, "fault-safe"),
            own(&fault.next, next),
        ]
    });
    FaultView {
        what,
        safe,
        next,
        detail: if detail.is_empty() {
            String::new()
        } else {
            words.text("fault-detail", &[("message", detail.into())])
        },
    }
}

/// What the node said of a home that stays closed; empty where the page for it says everything.
pub(crate) fn of_a_closed_home(words: &Catalogue, fault: &Fault) -> String {
    let said = view(words, fault);
    if of_the_node(words, fault).is_some() {
        said.sentence()
    } else {
        said.detail
    }
}

/// The sentences of the node's own code, which the command line says too; the last one as it is done in a window.
///
/// None where the window has words of its own for just this code, or the code or one of its arguments is of a later
/// version.
fn of_the_node(words: &Catalogue, fault: &Fault) -> Option<[String; 3]> {
    let general = matches!(
        fault.code,
        FaultCode::Storage
            | FaultCode::NotAllowed
            | FaultCode::NotFound
            | FaultCode::BadInput
            | FaultCode::Other
    );
    if !general || fault.said.is_empty() {
        return None;
    }
    let args: Vec<(&str, Arg<'_>)> = fault
        .args
        .iter()
        .map(|(name, value)| (name.as_str(), Arg::Text(clean::line(value, ARG_MAX).into())))
        .chain([("code", Arg::Text(clean::line(&fault.said, 60).into()))])
        .collect();
    let part = |part: &str| words.whole(&format!("fault-{}-{part}", fault.said), &args);
    let next = part("window").or_else(|| part("next"))?;
    Some([part("message")?, part("safe")?, next])
}

const fn keys(code: FaultCode) -> (&'static str, &'static str) {
    match code {
        FaultCode::NoHome => ("fault-no-home", "fault-next-retry"),
        FaultCode::NoCommunity => ("fault-no-community", "fault-next-retry"),
        FaultCode::Locked => ("fault-locked", "fault-next-retry"),
        FaultCode::WrongPassphrase => ("fault-wrong-passphrase", "fault-next-retry"),
        FaultCode::Busy => ("fault-busy", "fault-next-retry"),
        FaultCode::TooNew => ("fault-too-new", "fault-next-retry"),
        FaultCode::DiskFull => ("fault-disk-full", "fault-next-disk"),
        FaultCode::RuledMeanwhile => ("fault-ruled-meanwhile", "fault-next-ruled-meanwhile"),
        FaultCode::DraftGone => ("fault-draft-gone", "fault-next-draft-gone"),
        FaultCode::DraftsMany => ("fault-drafts-many", "fault-next-drafts-many"),
        FaultCode::DraftTooLong => ("fault-draft-too-long", "fault-next-shorten"),
        FaultCode::RegisterChanged => ("fault-register-changed", "fault-next-look-again"),
        FaultCode::BatchMeanwhile => ("fault-batch-meanwhile", "fault-next-batch"),
        FaultCode::BadCell => ("fault-bad-cell", "fault-next-cell"),
        FaultCode::BadPlace => ("fault-bad-place", "fault-next-place"),
        FaultCode::PlaceUnknown => ("fault-place-unknown", "fault-next-place"),
        FaultCode::PlaceNotOurs => ("fault-place-not-ours", "fault-next-place-office"),
        FaultCode::Storage => ("fault-storage", "fault-next-retry"),
        FaultCode::NotAllowed => ("fault-not-allowed", "fault-next-office"),
        FaultCode::NotFound => ("fault-not-found", "fault-next-retry"),
        FaultCode::BadInput => ("fault-bad-input", "fault-next-retry"),
        FaultCode::Gone => ("fault-gone", "fault-next-retry"),
        FaultCode::Other => ("fault-other", "fault-next-retry"),
    }
}
