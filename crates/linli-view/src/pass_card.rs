//! A pass on screen and in the list, and the words that go with its picture into a chat.

use crate::api::{PassItem, PassQr, Passphrase, Status};
use crate::clean;
use crate::dates::{self, Now};
use crate::delivery::{self, DeliveryLine, What};
use crate::incidents;
use crate::model::Model;
use crate::pass_form;
use crate::tone::{Badge, Tone};
use crate::words::Catalogue;

/// How a pass stands. The order of the checks is the order in which they matter to a person.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PassState {
    /// Works now.
    Valid,
    /// Works later.
    Later,
    /// All its entries are used, as far as is known here.
    Used,
    /// Its time is over.
    Over,
    /// Cancelled.
    Cancelled,
}

/// How a pass stands now.
#[must_use]
pub fn state(pass: &PassItem, now: Now) -> PassState {
    let now_s = now.ms / 1000;
    if pass.cancelled_ms.is_some() {
        PassState::Cancelled
    } else if pass.until_s <= now_s {
        PassState::Over
    } else if pass.entries > 0 && pass.used >= u32::from(pass.entries) {
        PassState::Used
    } else if pass.from_s > now_s || !pass_form::open(&pass.windows, now) {
        PassState::Later
    } else {
        PassState::Valid
    }
}

/// The pass on screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassCard {
    /// Its id.
    pub id: String,
    /// The visitor and who comes along.
    pub who: String,
    /// State and uses.
    pub badges: Vec<Badge>,
    /// When, how often, by which gate, plate.
    pub facts: Vec<String>,
    /// 口头报码
    pub code_label: String,
    /// `4821-0376`
    pub code: String,
    /// That the visitor came, and that he left; empty while neither is known here.
    pub visit: Vec<String>,
    /// The label, where it is a regular visitor's already.
    pub regular: Option<String>,
    /// What each gate has heard; for any gate one line.
    pub gates: Vec<GateLine>,
    /// How far it has got.
    pub delivery: DeliveryLine,
    /// The picture, if it is here and sound.
    pub qr: Option<PassQr>,
    /// Accessible name of the picture.
    pub qr_name: String,
    /// Said instead of the picture, if it is not here.
    pub no_picture: String,
    /// That whoever holds it can use it.
    pub secret: String,
    /// The PIN, once: right after the pass was made.
    pub pin: Option<PinOnce>,
    /// That it was used too often, each time a line, and what to do.
    pub incidents: Vec<String>,
    /// The lines under the picture that is saved or copied.
    pub caption: Vec<String>,
    /// The sentence to copy.
    pub share: String,
    /// Proposed file name.
    pub file_name: String,
    /// The words on the buttons.
    pub buttons: PassButtons,
    /// May it still be cancelled?
    pub can_cancel: bool,
}

/// The PIN of a pass that was just made. It is shown here and kept nowhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PinOnce {
    /// Its heading.
    pub title: String,
    /// The digits.
    pub digits: Passphrase,
    /// What to do with it.
    pub advice: String,
}

/// The words on a pass's buttons.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassButtons {
    /// 保存图片
    pub save: String,
    /// 复制图片
    pub copy: String,
    /// 复制文字
    pub copy_text: String,
    /// 卡片（A7）
    pub card_a7: String,
    /// A4 纸
    pub card_a4: String,
    /// 记为常来的人
    pub keep: String,
    /// 不再记着
    pub forget: String,
    /// 取消这张码
    pub cancel: String,
    /// The question before cancelling.
    pub sure: String,
    /// Yes.
    pub yes: String,
    /// No.
    pub no: String,
}

/// What a gate has heard of a pass.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GateLine {
    /// The sentence.
    pub text: String,
    /// Did it hear of it?
    pub heard: bool,
}

/// The card of the pass with this id.
#[must_use]
pub fn card(words: &Catalogue, now: Now, model: &Model, id: &str) -> Option<PassCard> {
    let pass = model.passes.iter().find(|pass| pass.id == id)?;
    let issued = model.issued.as_ref().filter(|issued| issued.pass.id == id);
    let code = code(&pass.short_code);
    let who = who(words, pass);
    let span = span(words, now, pass);
    // What leaves this window is read on another day: it says the date.
    let dated = dates::span_dated(
        words,
        now,
        pass.from_s.saturating_mul(1000),
        pass.until_s.saturating_mul(1000),
    );
    // Where it recurs its days are dates already.
    let dated = if pass.windows.is_empty() {
        dated
    } else {
        span.clone()
    };
    let pin_asked = if pass.pin {
        words.say("pass-pin-asked")
    } else {
        String::new()
    };
    let gates = gate_names(words, pass);
    let label = clean::line(&pass.label, clean::NAME_MAX);
    let community = model
        .status
        .as_ref()
        .and_then(community_name)
        .unwrap_or_default();
    let state = state(pass, now);
    let args = |key: &str, name: &str, value: &str| words.text(key, &[(name, value.into())]);
    Some(PassCard {
        id: pass.id.clone(),
        badges: badges(words, now, pass, state),
        visit: visit(words, now, pass),
        regular: model
            .regulars
            .iter()
            .find(|one| one.label == pass.label)
            .map(|one| one.label.clone()),
        facts: facts(words, pass, &span),
        code_label: words.say("pass-code"),
        gates: gate_lines(words, now, pass),
        delivery: delivery::line(words, now, &pass.delivery, What::Pass, &pass.id, None),
        qr: issued.map(|issued| issued.qr.clone()).filter(PassQr::sound),
        qr_name: args("pass-qr-name", "label", &label),
        no_picture: words.say("pass-image-gone"),
        secret: words.say("pass-secret"),
        pin: issued
            .and_then(|issued| issued.pin.clone())
            .map(|digits| PinOnce {
                title: words.say("pass-pin-once"),
                digits,
                advice: words.say("pass-pin-advice"),
            }),
        incidents: incidents::of_pass(words, now, model, &pass.mark),
        caption: [
            community.clone(),
            who.clone(),
            dated.clone(),
            gates.clone(),
            args("pass-caption-code", "code", &code),
            pin_asked,
        ]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect(),
        share: words.text(
            if pass.pin {
                "pass-share-pin"
            } else {
                "pass-share"
            },
            &[
                ("who", (&label).into()),
                ("community", community.into()),
                ("span", dated.into()),
                (
                    "gates",
                    if pass.names_gates {
                        args("pass-share-gates", "gates", &gates)
                    } else {
                        words.say("pass-share-any")
                    }
                    .into(),
                ),
                ("code", (&code).into()),
            ],
        ),
        file_name: args("pass-file", "label", &file_stem(&label)),
        buttons: PassButtons {
            save: words.say("pass-save"),
            copy: words.say("pass-copy"),
            copy_text: words.say("pass-copy-text"),
            card_a7: words.say("card-a7"),
            card_a4: words.say("card-a4"),
            keep: words.say("pass-keep"),
            forget: words.say("pass-forget"),
            cancel: words.say("pass-cancel"),
            sure: args("pass-cancel-sure", "label", &label),
            yes: words.say("pass-cancel-yes"),
            no: words.say("pass-cancel-no"),
        },
        can_cancel: matches!(state, PassState::Valid | PassState::Later),
        who,
        code,
    })
}

/// When it holds: its hours where it recurs, and its ends.
pub(crate) fn span(words: &Catalogue, now: Now, pass: &PassItem) -> String {
    let ms = |s: u64| s.saturating_mul(1000);
    if pass.windows.is_empty() {
        return dates::span(words, now, ms(pass.from_s), ms(pass.until_s));
    }
    pass_form::weekly(words, now, &pass.windows, ms(pass.from_s), ms(pass.until_s))
}

/// Eight digits as two groups of four; anything else as it is, cleaned.
fn code(short: &str) -> String {
    match short.split_at_checked(4) {
        Some((a, b)) if short.len() == 8 && short.bytes().all(|c| c.is_ascii_digit()) => {
            format!("{a}-{b}")
        }
        _ => clean::line(short, 12),
    }
}

pub(crate) fn who(words: &Catalogue, pass: &PassItem) -> String {
    let label = clean::line(&pass.label, clean::NAME_MAX);
    if pass.companions == 0 {
        return label;
    }
    words.text(
        "pass-who",
        &[("label", label.into()), ("n", pass.companions.into())],
    )
}

/// That the visitor came, and that he left.
fn visit(words: &Catalogue, now: Now, pass: &PassItem) -> Vec<String> {
    let said = |key: &str, ms: u64| words.text(key, &[("time", dates::at(words, now, ms).into())]);
    let came = pass.last_used_ms.map(|ms| said("pass-arrived", ms));
    let left = pass.left_ms.map(|ms| said("pass-left", ms));
    came.into_iter().chain(left).collect()
}

pub(crate) fn badges(words: &Catalogue, now: Now, pass: &PassItem, state: PassState) -> Vec<Badge> {
    let (key, tone) = match state {
        PassState::Valid => ("pass-state-valid", Tone::Good),
        PassState::Later => ("pass-state-later", Tone::Info),
        PassState::Used => ("pass-state-used", Tone::Quiet),
        PassState::Over => ("pass-state-over", Tone::Quiet),
        PassState::Cancelled => ("pass-state-cancelled", Tone::Warn),
    };
    let mut badges = vec![Badge::new(words.say(key), tone)];
    if pass.used > 0 {
        badges.push(Badge::new(
            words.text("pass-state-used-n", &[("n", pass.used.into())]),
            Tone::Info,
        ));
    }
    if let Some(last) = visit(words, now, pass).pop() {
        badges.push(Badge::new(last, Tone::Info));
    }
    badges
}

fn facts(words: &Catalogue, pass: &PassItem, span: &str) -> Vec<String> {
    let entries = if pass.entries == 0 {
        words.say("pass-entries-hint")
    } else {
        words.text("pass-entries-n", &[("n", pass.entries.into())])
    };
    let plate = pass
        .plate
        .as_deref()
        .map(|plate| clean::line(plate, clean::NAME_MAX));
    let host = pass.host.as_deref().map(|host| {
        let host = clean::line(host, clean::NAME_MAX);
        words.text("pass-to", &[("unit", host.into())])
    });
    [
        Some(span.to_owned()),
        Some(gate_names(words, pass)),
        Some(entries),
        plate,
        host,
        pass.pin.then(|| words.say("pass-pin-asked")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn gate_names(words: &Catalogue, pass: &PassItem) -> String {
    if !pass.names_gates {
        return words.say("pass-gates-any");
    }
    let names: Vec<String> = pass
        .gates
        .iter()
        .map(|gate| clean::line(&gate.name, clean::NAME_MAX))
        .collect();
    names.join(&words.say("notice-list-comma"))
}

fn gate_lines(words: &Catalogue, now: Now, pass: &PassItem) -> Vec<GateLine> {
    pass.gates
        .iter()
        .map(|gate| {
            let name = clean::line(&gate.name, clean::NAME_MAX);
            let text = match gate.as_of_ms {
                _ if gate.heard => words.text("pass-gate-heard", &[("gate", name.into())]),
                Some(ms) => {
                    let when = dates::ago(words, now, ms);
                    words.text(
                        "pass-gate-not-heard",
                        &[("gate", name.into()), ("when", when.into())],
                    )
                }
                None => words.text("pass-gate-never", &[("gate", name.into())]),
            };
            GateLine {
                text,
                heard: gate.heard,
            }
        })
        .collect()
}

fn community_name(status: &Status) -> Option<String> {
    status
        .community
        .as_ref()
        .map(|community| clean::line(&community.name, clean::NAME_MAX))
}

/// A label without what file systems refuse.
pub(crate) fn file_stem(label: &str) -> String {
    let stem: String = label
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '-' })
        .collect::<String>()
        .trim_matches('-')
        .into();
    if stem.is_empty() { "pass".into() } else { stem }
}

#[cfg(test)]
mod tests;
