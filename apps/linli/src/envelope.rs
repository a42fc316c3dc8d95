//! The one JSON object of `--json`, and the same for people: stdout for answers, stderr for everything else.

use crate::clock;
use crate::outcome::Outcome;
use crate::words::Words;
use linli_node::api::Fault;
use linli_view::clean;
use linli_view::words::{Arg, Lang};
use serde_json::{Value, json};
use std::io::Write;

/// The version of this shape; a field may be added to it, none is taken away.
pub const SCHEMA: &str = "linli/1";
/// Longest argument put into a sentence, in characters.
const ARG_MAX: usize = 600;

/// A fault in words: what happened, what is safe, what to do next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentences {
    /// What happened.
    pub message: String,
    /// What is safe.
    pub safe: String,
    /// What to do next.
    pub next: String,
}

impl Sentences {
    /// A fault in words; a code without sentences gets the general ones, which name it.
    pub fn of(words: &Words, fault: &Fault) -> Self {
        let cleaned: Vec<(&str, Arg<'_>)> = fault
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), Arg::Text(clean::line(value, ARG_MAX).into())))
            .chain([("code", Arg::Text(clean::line(&fault.code, 60).into()))])
            .collect();
        let part = |part: &str| {
            let own = format!("fault-{}-{part}", fault.code);
            // A sentence whose arguments did not come says less than the general one.
            words
                .whole(&own, &cleaned)
                .unwrap_or_else(|| words.text(&format!("fault-unknown-{part}"), &cleaned))
        };
        Self {
            message: part("message"),
            safe: part("safe"),
            next: part("next"),
        }
    }

    fn json(&self, fault: &Fault) -> Value {
        json!({
            "code": fault.code,
            "message": self.message,
            "safe": self.safe,
            "next": self.next,
            "args": fault.args,
        })
    }

    /// As one paragraph.
    pub fn paragraph(&self, lang: Lang) -> String {
        let glue = match lang {
            Lang::ZhCn => "",
            Lang::En => " ",
        };
        [&self.message, &self.safe, &self.next]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(glue)
    }
}

/// The object for an answer.
pub fn answer(words: &Words, outcome: &Outcome) -> Value {
    let warnings: Vec<Value> = outcome
        .warnings
        .iter()
        .map(|warning| Sentences::of(words, warning).json(warning))
        .collect();
    json!({
        "schema": SCHEMA,
        "ok": true,
        "as_of": clock::now().to_string(),
        "covers": outcome.covers,
        "data": outcome.data,
        "warnings": warnings,
        "error": null,
    })
}

/// The object for a fault.
pub fn fault(words: &Words, fault: &Fault) -> Value {
    json!({
        "schema": SCHEMA,
        "ok": false,
        "as_of": clock::now().to_string(),
        "covers": null,
        "data": null,
        "warnings": [],
        "error": Sentences::of(words, fault).json(fault),
    })
}

/// Says an answer.
pub fn say(words: &Words, json: bool, outcome: &Outcome) {
    if outcome.said {
        return;
    }
    if json {
        out(&format!("{}\n", answer(words, outcome)));
        return;
    }
    out(&ended(&outcome.human));
    for warning in &outcome.warnings {
        let said = Sentences::of(words, warning).paragraph(words.lang());
        err(&format!(
            "{}\n",
            words.text("warning", &[("what", said.into())])
        ));
    }
}

/// Says a fault.
pub fn complain(words: &Words, json: bool, what: &Fault) {
    if json {
        out(&format!("{}\n", fault(words, what)));
        return;
    }
    let said = Sentences::of(words, what);
    for line in [&said.message, &said.safe, &said.next] {
        if !line.is_empty() {
            err(&format!("{line}\n"));
        }
    }
}

fn ended(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') {
        text.to_owned()
    } else {
        format!("{text}\n")
    }
}

/// To stdout. A reader that went away is no fault of ours.
pub fn out(text: &str) {
    let mut out = std::io::stdout().lock();
    let _gone = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// To stderr.
pub fn err(text: &str) {
    let mut err = std::io::stderr().lock();
    let _gone = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn the_object_has_the_same_fields_for_an_answer_and_for_a_fault() {
        let words = Words::of(Lang::En);
        let good = answer(&words, &Outcome::plain(json!({"id": 1}), ""));
        let bad = fault(
            &words,
            &Fault::missing("file-not-found").with("file", "a.xlsx"),
        );
        for object in [&good, &bad] {
            let keys: Vec<&String> = object.as_object().unwrap().keys().collect();
            assert_eq!(keys.len(), 7, "{keys:?}");
            let as_of = object["as_of"].as_str().unwrap();
            assert!(as_of.parse::<jiff::Timestamp>().is_ok(), "{as_of}");
        }
        assert_eq!(bad["error"]["code"], "file-not-found");
        assert!(bad["error"]["message"].as_str().unwrap().contains("a.xlsx"));
    }

    #[test]
    fn an_unknown_code_is_named_and_hostile_arguments_are_cleaned() {
        for lang in Lang::ALL {
            let words = Words::of(lang);
            let said = Sentences::of(&words, &Fault::ours("brand-new"));
            assert!(said.message.contains("brand-new"), "{said:?}");
            let file = "a\u{1b}[31m\u{202e}b";
            let said = Sentences::of(&words, &Fault::missing("file-not-found").with("file", file));
            assert!(!said.message.contains('\u{1b}') && !said.message.contains('\u{202e}'));
        }
    }

    #[test]
    fn a_sentence_without_its_arguments_gives_way_to_the_general_one() {
        let words = Words::of(Lang::En);
        let said = Sentences::of(&words, &Fault::missing("file-not-found"));
        assert!(said.message.contains("file-not-found") && !said.message.contains('⟦'));
    }
}
