//! Reading a table in: choose it, read what it would change and what is not taken, write it, or take it back.

use super::{Chosen, RegisterState};
use crate::api::{
    AskItem, BatchCounts, BatchReport, BatchStage, BatchWritten, Duplicates, RegisterAsk, Request,
};
use crate::clean;
use crate::dates::{self, Now};
use crate::model::Model;
use crate::pass_form::Choices;
use crate::tone::Tone;
use crate::words::{Catalogue, Lang};

/// Doubts on the page at once; more are shown when they are asked for.
const DOUBTS: usize = 60;
/// Imports of before that are offered.
const BEFORE: usize = 8;

/// Kinds of doubts, the gravest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Doubt {
    /// The row is not taken.
    Refused,
    /// A person has to decide; the row is not taken.
    Ask,
    /// Taken as written, to be looked at.
    Warning,
    /// For information.
    Note,
}

impl Doubt {
    const ALL: [Self; 4] = [Self::Refused, Self::Ask, Self::Warning, Self::Note];

    const fn key(self) -> &'static str {
        match self {
            Self::Refused => "register-doubt-refused",
            Self::Ask => "register-doubt-ask",
            Self::Warning => "register-doubt-warning",
            Self::Note => "register-doubt-note",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Ask => "",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A kind of doubts to press.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tab {
    /// With how many there are.
    pub word: String,
    /// Is it listed?
    pub chosen: bool,
    /// Which.
    pub doubt: Doubt,
}

/// The page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportPage {
    /// Heading.
    pub title: String,
    /// What can be read and that nothing is written yet.
    pub advice: String,
    /// What is done with who is there already.
    pub duplicates: Choices<Duplicates>,
    /// Chooses a file; none while one is being read or written.
    pub choose: Option<String>,
    /// How far it is.
    pub step: ImportStep,
    /// Heading of the imports of before.
    pub before_title: String,
    /// Them: a line, its button, the accessible name of that, which.
    pub before: Vec<(String, String, String, String)>,
}

/// How far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ImportStep {
    /// Nothing is chosen.
    Choose,
    /// Something takes its time: what.
    Waits(String),
    /// It could not be read: why, and what to do.
    Failed(String),
    /// What it would change, or has changed.
    Report(Box<Report>),
}

/// A report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Which import it is.
    pub batch: String,
    /// The file and when it was looked at.
    pub heading: String,
    /// How it stands.
    pub state: (Tone, String),
    /// What the file holds and what would change, or what was written.
    pub lines: Vec<String>,
    /// What has to be known before it is written.
    pub warnings: Vec<String>,
    /// Kinds of doubts.
    pub tabs: Vec<Tab>,
    /// Those of the chosen kind, a sentence each.
    pub doubts: Vec<String>,
    /// More of them.
    pub more: Option<String>,
    /// Said where there are none at all.
    pub none: Option<String>,
    /// Writes it.
    pub write: Option<String>,
    /// Takes it back; asks first.
    pub take_back: Option<String>,
    /// What is asked: sentence, no, yes.
    pub asks: Option<(String, String, String)>,
}

/// Makes the page.
#[must_use]
pub fn import(words: &Catalogue, now: Now, model: &Model, state: &RegisterState) -> ImportPage {
    let asked = |is: fn(&RegisterAsk) -> bool| {
        model.under_way(|request| matches!(request, Request::Register(ask) if is(ask)))
    };
    let reads = asked(|ask| matches!(ask, RegisterAsk::Read { .. }));
    let writes = asked(|ask| matches!(ask, RegisterAsk::Apply { .. }));
    let undoes = asked(|ask| matches!(ask, RegisterAsk::Undo { .. }));
    let report = model.register.batch.as_ref();
    let report = report.filter(|report| state.batch.as_ref() == Some(&report.batch));
    let file = |file: &String| clean::line(file, clean::NAME_MAX);
    let step = match (&state.chosen, report) {
        _ if writes => ImportStep::Waits(words.say("register-writes")),
        _ if undoes => ImportStep::Waits(words.say("register-undoes")),
        (Chosen::Reads(name), _) => {
            ImportStep::Waits(words.text("register-reads", &[("file", file(name).into())]))
        }
        _ if reads => ImportStep::Waits(words.say("register-compares")),
        (Chosen::Failed(name, why), _) => {
            let said = [
                ("file", file(name).into()),
                ("why", why.sentence(words).into()),
            ];
            ImportStep::Failed(words.text("register-unread", &said))
        }
        (_, Some(report)) => ImportStep::Report(Box::new(self::report(words, now, report, state))),
        (_, None) => ImportStep::Choose,
    };
    let waits = matches!(step, ImportStep::Waits(_));
    let mode = |mode: Duplicates| {
        let key = match mode {
            Duplicates::Update => "register-mode-update",
            Duplicates::Skip => "register-mode-skip",
            Duplicates::Add => "register-mode-add",
            Duplicates::Ask => "register-mode-ask",
        };
        (mode, words.say(key), state.duplicates == mode)
    };
    let again = matches!(step, ImportStep::Report(_) | ImportStep::Failed(_));
    ImportPage {
        title: words.say("register-import-title"),
        advice: words.say("register-import-advice"),
        duplicates: Choices {
            name: words.say("register-mode"),
            items: if waits {
                Vec::new()
            } else {
                Duplicates::ALL.map(mode).to_vec()
            },
        },
        choose: (!waits).then(|| {
            words.say(if again {
                "register-choose-other"
            } else {
                "register-choose"
            })
        }),
        before_title: words.say("register-before"),
        before: if waits {
            Vec::new()
        } else {
            before(words, now, model, state)
        },
        step,
    }
}

fn before(
    words: &Catalogue,
    now: Now,
    model: &Model,
    state: &RegisterState,
) -> Vec<(String, String, String, String)> {
    let others = model.register.batches.iter();
    let others = others.filter(|one| state.batch.as_ref() != Some(&one.batch));
    let lines = others.take(BEFORE).map(|one| {
        let stage = words.say(stage_key(one.stage));
        let when = (one.at_ms > 0).then(|| dates::at(words, now, one.at_ms));
        let rows = words.text("register-rows", &[("n", one.rows.into())]);
        let file = clean::line(&one.file, clean::NAME_MAX);
        let line = [Some(file), Some(rows), when, Some(stage)]
            .into_iter()
            .flatten();
        let line = line.collect::<Vec<_>>().join(" · ");
        let word = words.say("register-show-batch");
        let name = format!("{word} · {line}");
        (line, word, name, one.batch.clone())
    });
    lines.collect()
}

const fn stage_key(stage: BatchStage) -> &'static str {
    match stage {
        BatchStage::Preview => "register-stage-preview",
        BatchStage::Applied => "register-stage-applied",
        BatchStage::Undone => "register-stage-undone",
        BatchStage::Other => "register-stage-other",
    }
}

fn report(words: &Catalogue, now: Now, of: &BatchReport, state: &RegisterState) -> Report {
    let counts = &of.counts;
    let left = counts.ask + counts.units_ask;
    // The home writes nothing of an import that is to ask, as long as something is to be asked.
    let must_choose = of.mode == Duplicates::Ask && left > 0;
    let changes = counts.add + counts.update + counts.units_add + counts.units_update > 0;
    let preview = of.stage == BatchStage::Preview;
    let mut lines = lines(words, counts);
    let mut warnings = Vec::new();
    if let Some(written) = &of.written {
        lines.insert(0, self::written(words, written));
        if written.cells_elsewhere > 0 {
            let n = [("n", written.cells_elsewhere.into())];
            warnings.push(words.text("register-cells-elsewhere", &n));
        }
    }
    if preview && must_choose {
        warnings.push(words.text("register-must-choose", &[("n", left.into())]));
    } else if preview && left > 0 {
        warnings.push(words.text("register-ask-left", &[("n", left.into())]));
    }
    if preview && !changes {
        warnings.push(words.say("register-no-change"));
    }
    let chosen = state.doubt.unwrap_or_else(|| {
        let first = Doubt::ALL.into_iter().find(|doubt| number(of, *doubt) > 0);
        first.unwrap_or(Doubt::Refused)
    });
    let tabs = Doubt::ALL
        .into_iter()
        .filter(|doubt| number(of, *doubt) > 0);
    let tabs: Vec<Tab> = tabs
        .map(|doubt| Tab {
            word: words.text(doubt.key(), &[("n", number(of, doubt).into())]),
            chosen: doubt == chosen,
            doubt,
        })
        .collect();
    let all = sentences(words, of, chosen);
    let shown = DOUBTS * (state.more + 1);
    let left_out = all.len().saturating_sub(shown);
    let when = (of.at_ms > 0).then(|| dates::at(words, now, of.at_ms));
    let heading = [Some(clean::line(&of.file, clean::NAME_MAX)), when];
    let tone = match of.stage {
        BatchStage::Applied => Tone::Good,
        _ => Tone::Info,
    };
    let applied = of.stage == BatchStage::Applied;
    Report {
        batch: of.batch.clone(),
        heading: heading
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        state: (
            tone,
            words.say(match of.stage {
                BatchStage::Preview => "register-is-preview",
                BatchStage::Applied => "register-is-applied",
                BatchStage::Undone => "register-is-undone",
                BatchStage::Other => "register-stage-other",
            }),
        ),
        lines,
        warnings,
        none: tabs.is_empty().then(|| words.say("register-no-doubts")),
        tabs,
        doubts: all.into_iter().take(shown).collect(),
        more: (left_out > 0).then(|| words.text("register-more-doubts", &[("n", left_out.into())])),
        write: (preview && changes && !must_choose).then(|| words.say("register-write")),
        take_back: (applied && !state.ask_back).then(|| words.say("register-take-back")),
        asks: (applied && state.ask_back).then(|| {
            let say = |key: &str| words.say(key);
            (
                say("register-take-back-sure"),
                say("register-keep"),
                say("register-take-back-yes"),
            )
        }),
    }
}

fn lines(words: &Catalogue, c: &BatchCounts) -> Vec<String> {
    let held = [
        ("rows", c.rows.into()),
        ("units", c.units.into()),
        ("persons", c.persons.into()),
        ("vehicles", c.vehicles.into()),
    ];
    let mut lines = vec![words.text("register-holds", &held)];
    let mut line = |key: &str, n: u32| {
        if n > 0 {
            lines.push(words.text(key, &[("n", n.into())]));
        }
    };
    line("register-units-add", c.units_add);
    line("register-units-update", c.units_update);
    line("register-add", c.add);
    line("register-update", c.update);
    line("register-moved", c.moved);
    line("register-same", c.same);
    line("register-skipped", c.skipped);
    line("register-refused", c.refused);
    line("register-missing", c.missing);
    lines
}

fn written(words: &Catalogue, w: &BatchWritten) -> String {
    let counts = [
        ("buildings", w.buildings.into()),
        ("rooms", w.rooms.into()),
        ("households", w.households.into()),
        ("persons", w.persons.into()),
        ("vehicles", w.vehicles.into()),
        ("updated", w.updated.into()),
    ];
    words.text("register-written", &counts)
}

fn number(of: &BatchReport, doubt: Doubt) -> usize {
    match doubt {
        Doubt::Ask => of.asks.len() + of.units_ask.len(),
        _ => of
            .issues
            .iter()
            .filter(|issue| issue.severity == doubt.word())
            .count(),
    }
}

fn sentences(words: &Catalogue, of: &BatchReport, doubt: Doubt) -> Vec<String> {
    let cleaned = |text: &str| clean::line(text, 400);
    if doubt == Doubt::Ask {
        let units = of.units_ask.iter().map(|unit| {
            words.text(
                "register-ask-unit",
                &[("unit", clean::line(unit, clean::NAME_MAX).into())],
            )
        });
        return of
            .asks
            .iter()
            .map(|one| ask(words, one))
            .chain(units)
            .collect();
    }
    let of = of
        .issues
        .iter()
        .filter(|issue| issue.severity == doubt.word());
    of.map(|issue| {
        cleaned(match words.lang() {
            Lang::ZhCn => &issue.zh,
            Lang::En => &issue.en,
        })
    })
    .collect()
}

fn ask(words: &Catalogue, one: &AskItem) -> String {
    let key = match one.why.as_str() {
        "several_records" => "register-ask-several",
        "other_name_and_unit" => "register-ask-other",
        "doubtful_id" => "register-ask-id",
        "repeats_row" => "register-ask-repeats",
        _ => "register-ask-differs",
    };
    let first = one.first.unwrap_or_default();
    words.text(key, &[("row", one.row.into()), ("first", first.into())])
}
