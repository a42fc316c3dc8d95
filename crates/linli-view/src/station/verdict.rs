//! The answer to a scan as a guard reads it at two metres.

use super::call;
use crate::api::{GateAnswer, GateResult};
use crate::clean;
use crate::dates::{self, Now};
use crate::tone::Tone;
use crate::words::{Catalogue, Lang};

/// The answer to the last scan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Admit, ask or deny.
    pub result: GateResult,
    /// Its tone; word and shape say the same.
    pub tone: Tone,
    /// The word: 可进入.
    pub word: String,
    /// Who, with how many, to which unit, with which plate.
    pub who: String,
    /// The reason, which says what to do.
    pub sentence: String,
    /// Whom a key calls about it, or how far that call is.
    pub call: Option<(String, Tone)>,
    /// Validity and count.
    pub facts: String,
    /// The code for who asks on the phone.
    pub code: String,
    /// All of it in one sentence, for who hears the screen.
    pub name: String,
}

/// The tone of an answer.
#[must_use]
pub const fn tone(result: GateResult) -> Tone {
    match result {
        GateResult::Admit => Tone::Good,
        GateResult::Ask => Tone::Warn,
        GateResult::Deny => Tone::Danger,
    }
}

fn word(words: &Catalogue, result: GateResult, opens: bool) -> String {
    words.say(match (result, opens) {
        (GateResult::Admit, true) => "station-admit",
        (GateResult::Admit, false) => "station-admitted",
        (GateResult::Ask, _) => "station-ask",
        (GateResult::Deny, _) => "station-deny",
    })
}

pub(super) fn verdict(words: &Catalogue, now: Now, answer: &GateAnswer) -> Verdict {
    let sentence = match words.lang() {
        Lang::ZhCn => &answer.sentence_zh,
        Lang::En => &answer.sentence_en,
    };
    let mut sentence = clean::line(sentence, clean::BODY_MAX);
    if sentence.is_empty() && answer.result == GateResult::Ask {
        // A guard is never asked without being told what to do.
        sentence = words.say("station-ask-instruction");
    }
    if answer.pin_unasked && answer.result == GateResult::Ask {
        // Whoever lets in, and whoever is called, would take it for checked.
        sentence.push_str(&words.say("station-pin-unasked"));
    }
    let word = word(words, answer.result, answer.opens);
    let who = who(words, answer);
    let mut facts = Vec::new();
    if let Some(until) = answer.until_s {
        let until = dates::at(words, now, until.saturating_mul(1000));
        facts.push(words.text("station-until", &[("time", until.into())]));
    }
    if let (Some(entry), Some(of)) = (answer.entry, answer.of) {
        let args = [("n", entry.into()), ("of", of.into())];
        facts.push(words.text("station-entry", &args));
    }
    let call = call::line(words, answer);
    let said = call.as_ref().map_or("", |(said, _)| said.as_str());
    let name = [word.as_str(), &who, &sentence, said]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(match words.lang() {
            Lang::ZhCn => "，",
            Lang::En => ", ",
        });
    Verdict {
        result: answer.result,
        tone: tone(answer.result),
        word,
        who,
        sentence,
        call,
        facts: facts.join(" · "),
        code: answer.code.clone().unwrap_or_default(),
        name,
    }
}

fn who(words: &Catalogue, answer: &GateAnswer) -> String {
    let short = |text: &Option<String>| {
        text.as_deref()
            .map(|text| clean::line(text, clean::NAME_MAX))
    };
    let mut parts = Vec::new();
    if let Some(label) = short(&answer.label) {
        parts.push(match answer.companions {
            Some(n) if n > 0 => {
                let args = [("label", label.into()), ("n", n.into())];
                words.text("station-with", &args)
            }
            _ => label,
        });
    }
    if let Some(unit) = short(&answer.unit) {
        parts.push(words.text("station-to", &[("unit", unit.into())]));
    }
    parts.extend(short(&answer.plate));
    parts.join("  ")
}
