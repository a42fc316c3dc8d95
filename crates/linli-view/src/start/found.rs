//! Founding a community from the first page: a form, a sheet of words to write down, and then the home opens.
//!
//! The sheet comes first. Nothing is founded until the person has shown, by two of its words, that it is on paper: so
//! there is never a community whose founder has lost the only key that outlives this computer.

use super::OpensForm;
use crate::api::{FoundRequest, Paper, Passphrase};
use crate::clean;
use crate::words::Catalogue;

/// Longest field of the form, in characters; the node takes names of 40.
pub const FIELD_MAX: usize = 120;
/// Gates in one line; each has a number from 1.
const GATES_MAX: usize = 15;
/// Longest name of a community, an office or a gate, in characters, as the node takes it.
const NAME_CHARS: usize = 40;

/// What is filled in so far. What opens the home is kept elsewhere.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundDraft {
    /// Name of the community.
    pub name: String,
    /// Name of the office.
    pub office: String,
    /// Names of the gates, with commas between them.
    pub gates: String,
    /// The offset, as `+08:00`.
    pub offset: String,
    /// The two words that are asked for, as typed.
    pub typed: [Passphrase; 2],
    /// How far it is.
    pub stage: FoundStage,
    /// Why the last step failed: a code of the node, or one of ours.
    pub problem: Option<String>,
}

impl Default for FoundDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            office: String::new(),
            gates: String::new(),
            offset: "+08:00".into(),
            typed: [Passphrase(String::new()), Passphrase(String::new())],
            stage: FoundStage::default(),
            problem: None,
        }
    }
}

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum FoundStage {
    /// The form.
    #[default]
    Form,
    /// The sheet is being drawn.
    Drawing,
    /// The sheet, to be written down.
    Sheet(Box<Paper>),
    /// It is being founded.
    Founding(Box<Paper>),
}

impl FoundDraft {
    /// Is the node at work on a step?
    #[must_use]
    pub const fn under_way(&self) -> bool {
        matches!(self.stage, FoundStage::Drawing | FoundStage::Founding(_))
    }

    /// What is wrong with the form, as a code; none: it can go on. All that the node would refuse is found here, before
    /// somebody has copied 24 words. `passphrase` and its repeat as typed.
    #[must_use]
    pub fn missing(&self, passphrase: &str, again: &str) -> Option<&'static str> {
        let fits = |name: &str| clean::fit_name(name, NAME_CHARS).is_some();
        if self.name.trim().is_empty() {
            Some("no-name")
        } else if self.office.trim().is_empty() {
            Some("no-office")
        } else if offset(&self.offset).is_none() {
            Some("bad-offset")
        } else if !fits(&self.name) {
            Some("community-name-unfit")
        } else if !fits(&self.office) {
            Some("office-name-unfit")
        } else if !gates(&self.gates).iter().all(|name| fits(name)) {
            Some("gate-name-unfit")
        } else if gates(&self.gates).len() > GATES_MAX {
            Some("many-gates")
        } else if passphrase != again {
            Some("passphrases-differ")
        } else if !passphrase.is_empty() && passphrase.trim().is_empty() {
            Some("empty-passphrase")
        } else {
            None
        }
    }

    /// The request, once the two words fit; else a code.
    ///
    /// # Errors
    /// `sheet-words` when they do not; `bad-offset` as [`FoundDraft::missing`].
    pub fn request(&self, paper: &Paper, passphrase: &str) -> Result<FoundRequest, &'static str> {
        let all: Vec<&str> = paper.words.0.split_whitespace().collect();
        let fits = paper.ask.iter().zip(&self.typed).all(|(at, typed)| {
            let word = usize::from(*at).checked_sub(1).and_then(|at| all.get(at));
            word.is_some_and(|word| typed.0.trim().eq_ignore_ascii_case(word))
        });
        if !fits {
            return Err("sheet-words");
        }
        let gates = gates(&self.gates).into_iter().zip(1u8..);
        Ok(FoundRequest {
            name: self.name.trim().to_owned(),
            office: self.office.trim().to_owned(),
            utc_offset_min: offset(&self.offset).ok_or("bad-offset")?,
            gates: gates.map(|(name, number)| (number, name)).collect(),
            paper: paper.words.clone(),
            passphrase: (!passphrase.is_empty()).then(|| Passphrase(passphrase.to_owned())),
        })
    }
}

/// Names between commas, Chinese ones too.
fn gates(line: &str) -> Vec<String> {
    let names = line.split([',', '，', '、', ';', '；']).map(str::trim);
    names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `+08:00` as minutes east of UTC.
fn offset(text: &str) -> Option<i32> {
    let text = text.trim();
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once([':', '：'])?;
    let plain = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(hours) || !plain(minutes) {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

/// The form or the sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Its heading.
    pub title: String,
    /// What to do.
    pub body: String,
    /// The form.
    pub form: Option<FoundForm>,
    /// The sheet.
    pub sheet: Option<Sheet>,
    /// What went wrong, and what to do.
    pub problem: Option<String>,
    /// The button; none while something is under way.
    pub button: Option<String>,
    /// Back to the choice; none while something is under way.
    pub back: Option<String>,
}

/// The words beside the fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundForm {
    /// The community's name, and an example.
    pub name: (String, String),
    /// The office's.
    pub office: (String, String),
    /// The gates'.
    pub gates: (String, String),
    /// The offset's.
    pub offset: String,
    /// What opens the home from now on.
    pub opens: OpensForm,
}

/// The sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// Number and word.
    pub words: Vec<(usize, Passphrase)>,
    /// How it is kept.
    pub keep: Vec<String>,
    /// What is to be typed.
    pub check: String,
    /// Names of the two fields.
    pub fields: [String; 2],
}

/// Makes it.
#[must_use]
pub fn found(words: &Catalogue, draft: &FoundDraft) -> Found {
    let (stage, paper) = match &draft.stage {
        FoundStage::Form => ("form", None),
        FoundStage::Drawing => ("drawing", None),
        FoundStage::Sheet(paper) => ("sheet", Some(paper)),
        FoundStage::Founding(_) => ("founding", None),
    };
    let still = matches!(draft.stage, FoundStage::Form | FoundStage::Sheet(_));
    let with = |key: &str| (words.say(key), words.say(&format!("{key}-example")));
    Found {
        title: words.say(&format!("found-{stage}-title")),
        body: words.say(&format!("found-{stage}-body")),
        form: (draft.stage == FoundStage::Form).then(|| FoundForm {
            name: with("found-name"),
            office: with("found-office"),
            gates: with("found-gates"),
            offset: words.say("found-offset"),
            opens: super::join::opens(words),
        }),
        sheet: paper.map(|paper| sheet(words, paper)),
        problem: draft.problem.as_deref().map(|code| problem(words, code)),
        button: still.then(|| words.say(&format!("found-{stage}-button"))),
        back: still.then(|| words.say("begin-back")),
    }
}

fn sheet(words: &Catalogue, paper: &Paper) -> Sheet {
    let all = paper.words.0.split_whitespace();
    Sheet {
        words: all
            .enumerate()
            .map(|(at, word)| (at + 1, Passphrase(word.to_owned())))
            .collect(),
        keep: ["paper", "photo", "lost", "once"]
            .map(|key| words.say(&format!("found-keep-{key}")))
            .into(),
        check: words.say("found-check"),
        fields: paper
            .ask
            .map(|at| words.text("found-word", &[("n", u32::from(at).into())])),
    }
}

fn problem(words: &Catalogue, code: &str) -> String {
    let key = format!("found-problem-{code}");
    if words.has(&key) {
        words.say(&key)
    } else {
        let code = clean::line(code, clean::NAME_MAX);
        words.text("found-problem-other", &[("code", code.into())])
    }
}

#[cfg(test)]
mod tests;
