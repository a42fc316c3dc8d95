//! A fault in words: what happened, what is safe, what to do next.

use crate::api::{Fault, FaultCode};
use crate::clean;
use crate::words::Catalogue;

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
    FaultView {
        what: words.say(what),
        safe: own(&fault.safe, "fault-safe"),
        next: own(&fault.next, next),
        detail: if detail.is_empty() {
            String::new()
        } else {
            words.text("fault-detail", &[("message", detail.into())])
        },
    }
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
