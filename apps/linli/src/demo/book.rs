//! The claims: what is said to hold, how it was checked, and whether it does.

use super::Stop;
use crate::ctx::Ctx;
use crate::envelope;
use crate::words::Words;
use linli_view::clean;
use linli_view::words::{Arg, Lang};
use serde_json::{Value, json};

/// Every claim, in the order of the story.
pub const CLAIMS: [&str; 17] = [
    "founded",
    "register",
    "enrolled",
    "gate-skeleton",
    "notice-signed",
    "notice-confirmed",
    "pass-offline",
    "household-off",
    "gate-admits",
    "gate-forged",
    "gate-used",
    "posted-apart",
    "healed",
    "same-digest",
    "nothing-of-others",
    "sealed-at-rest",
    "keys-outside",
];

/// A claim that was looked at.
struct Checked {
    id: &'static str,
    ok: bool,
    detail: String,
}

/// The claims of one run.
pub struct Book<'a> {
    ctx: &'a Ctx,
    both: [Words; 2],
    checked: Vec<Checked>,
}

impl<'a> Book<'a> {
    /// An empty one.
    pub fn new(ctx: &'a Ctx) -> Self {
        Self {
            ctx,
            both: Lang::ALL.map(Words::of),
            checked: Vec::new(),
        }
    }

    /// A line between the claims.
    pub fn tell(&self, key: &str, args: &[(&str, Arg<'_>)]) {
        envelope::err(&format!("{}\n", self.ctx.text(key, args)));
    }

    /// Enters a claim and says it. The detail of a failure says what came out instead.
    pub fn enter<T>(&mut self, id: &'static str, found: Result<(T, String), Stop>) -> Option<T> {
        let (value, ok, detail) = match found {
            Ok((value, detail)) => (Some(value), true, detail),
            Err(stop) => (None, false, stop),
        };
        let mark = if ok { "✓" } else { "✗" };
        let claim = self.ctx.say(&format!("claim-{id}"));
        let how = [("how", Arg::from(self.how(id)))];
        let mut said = format!("{mark} {claim}\n    {}\n", self.ctx.text("claim-how", &how));
        if !detail.is_empty() {
            said.push_str(&format!("    {}\n", clean::line(&detail, 400)));
        }
        envelope::err(&said);
        self.checked.push(Checked { id, ok, detail });
        value
    }

    fn how(&self, id: &str) -> String {
        self.ctx.say(&format!("claim-{id}-how"))
    }

    /// Claims that do not hold, and those that were never reached.
    pub fn wrong(&self) -> Vec<&'static str> {
        let holds = |id: &str| self.checked.iter().any(|one| one.id == id && one.ok);
        let fails = |id: &str| self.checked.iter().any(|one| one.id == id && !one.ok);
        CLAIMS
            .into_iter()
            .filter(|id| !holds(id) || fails(id))
            .collect()
    }

    /// How many claims there are.
    pub const fn total(&self) -> usize {
        CLAIMS.len()
    }

    /// All claims, in the order of the story.
    pub fn json(&self) -> Value {
        let [zh, en] = &self.both;
        CLAIMS
            .into_iter()
            .map(|id| {
                let one = self.checked.iter().find(|one| one.id == id);
                let key = format!("claim-{id}");
                json!({
                    "id": id,
                    "zh": zh.say(&key),
                    "en": en.say(&key),
                    "how": self.how(id),
                    "ok": one.is_some_and(|one| one.ok),
                    "detail": one.map_or("", |one| one.detail.as_str()),
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::CLAIMS;
    use crate::words::Words;
    use linli_view::words::Lang;

    #[test]
    fn every_claim_and_how_it_is_checked_is_worded_in_both_languages() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            for id in CLAIMS {
                assert!(words.has(&format!("claim-{id}")), "{lang} {id}");
                assert!(words.has(&format!("claim-{id}-how")), "{lang} {id}");
            }
        }
    }
}
