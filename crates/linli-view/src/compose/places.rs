//! Whom a notice is for: buildings and grid cells to press beside the field, and how many households that makes.

use super::{Compose, ComposeDraft, check};
use crate::api::{AreaFacts, DisputedItem};
use crate::clean;
use crate::words::{Catalogue, Lang};

/// Most buildings to press; of a larger estate only the cells are shown, and buildings are typed.
const BUILDINGS_MAX: usize = 40;
/// Most cells to press.
const CELLS_MAX: usize = 60;
/// What stands before a cell in the node's spelling.
const CELL: &str = "grid:";

/// What one may press, and what the field comes to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Places {
    /// Heading.
    pub title: String,
    /// Grid cells first, then buildings.
    pub items: Vec<Place>,
    /// "= 186 households", as of the register that this home holds; empty while it is counted.
    pub count: String,
    /// That offices say different cells of some homes, a sentence each; the last says what to do about it.
    pub disputed: Vec<String>,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// On its button.
    pub name: String,
    /// What stands in the field for it.
    pub word: String,
    /// The same with how many households live there.
    pub full: String,
    /// Is it in the field?
    pub chosen: bool,
}

impl ComposeDraft {
    /// The words of the field, if each can be read; to be counted by the node.
    #[must_use]
    pub fn area_words(&self) -> Option<Vec<String>> {
        let words = check::areas(&self.area);
        words
            .iter()
            .all(|word| check::is_area(word))
            .then_some(words)
    }

    /// Puts a place into the field, or takes it out again.
    pub fn toggle(&mut self, place: &str) {
        let mut words = check::areas(&self.area);
        let before = words.len();
        words.retain(|word| !same(word, place));
        if words.len() == before {
            words.push(place.to_owned());
        }
        self.area = words.join(" ");
    }
}

/// A grid cell as it is typed into the form in this language.
pub(super) fn cell_word(words: &Catalogue, cell: &str) -> String {
    let word = format!("{CELL}{cell}");
    if words.lang() == Lang::ZhCn {
        said(words, &word)
    } else {
        word
    }
}

/// Are two words one place? `3` and `3号楼`, `grid:02` and `网格2` are.
fn same(a: &str, b: &str) -> bool {
    let bare = |word: &str| {
        let word = word.to_lowercase();
        let cell = word.contains("网格") || word.starts_with(CELL);
        let core = word.trim_start_matches(CELL).trim_start_matches("网格");
        let core = core
            .trim_start_matches(['第', ':', '：'])
            .trim_end_matches("网格");
        let core = core.trim_end_matches("号楼").trim_end_matches('楼');
        (cell, core.trim_start_matches('0').to_owned())
    };
    bare(a) == bare(b)
}

/// A word of an area as people say it: `grid:02` is 网格02.
pub(crate) fn said(words: &Catalogue, word: &str) -> String {
    let word = clean::line(word, clean::NAME_MAX);
    match word.strip_prefix(CELL) {
        Some(cell) => words.text("compose-place-cell", &[("cell", cell.into())]),
        None => word,
    }
}

/// Most sentences about homes of which offices say different cells.
const DISPUTED_MAX: usize = 4;

/// Homes of which offices say different cells.
fn disputed(words: &Catalogue, facts: &AreaFacts) -> Vec<String> {
    let comma = words.say("notice-list-comma");
    let cell = |cell: &Option<String>| match cell {
        Some(cell) => said(words, &format!("{CELL}{cell}")),
        None => words.say("compose-disputed-none"),
    };
    let one = |of: &DisputedItem| {
        let says = of.says.iter().map(|word| {
            let office = clean::line(&word.office, clean::NAME_MAX);
            let args = [("office", office.into()), ("cell", cell(&word.cell).into())];
            words.text("compose-disputed-says", &args)
        });
        let says: Vec<String> = says.collect();
        let args = [
            ("places", clean::line(&of.places.join(&comma), 120).into()),
            ("n", of.units.into()),
            ("says", says.join(&comma).into()),
            ("cell", cell(&of.counts).into()),
        ];
        words.text("compose-disputed", &args)
    };
    let mut lines: Vec<String> = facts.disputed.iter().take(DISPUTED_MAX).map(one).collect();
    let more = facts.disputed.iter().skip(DISPUTED_MAX);
    let more: u64 = more.map(|of| u64::from(of.units)).sum();
    if more > 0 {
        lines.push(words.text("compose-disputed-more", &[("n", more.into())]));
    }
    if !lines.is_empty() {
        lines.push(words.say("compose-disputed-next"));
    }
    lines
}

/// Adds to the page what the node says about the area.
pub fn put(words: &Catalogue, page: &mut Compose, draft: &ComposeDraft, facts: Option<&AreaFacts>) {
    let Some(facts) = facts else { return };
    let typed = check::areas(&draft.area);
    let zh = words.lang() == Lang::ZhCn;
    let item = |name: String, word: String, units: u32| Place {
        full: words.text(
            "compose-place-full",
            &[("name", (&name).into()), ("n", units.into())],
        ),
        chosen: typed.iter().any(|one| same(one, &word)),
        name,
        word,
    };
    let cells = facts.grid.iter().take(CELLS_MAX).map(|cell| {
        let cell_name = clean::line(&cell.cell, clean::NAME_MAX);
        let word = format!("{CELL}{cell_name}");
        let name = said(words, &word);
        item(name.clone(), if zh { name } else { word }, cell.units)
    });
    let buildings = facts.buildings.iter().map(|building| {
        let word = clean::line(&building.building, clean::NAME_MAX);
        let name = if word.bytes().all(|b| b.is_ascii_digit()) {
            words.text("letter-building", &[("no", (&word).into())])
        } else {
            word.clone()
        };
        item(name.clone(), if zh { name } else { word }, building.units)
    });
    let many = facts.buildings.len() > BUILDINGS_MAX;
    page.places = Places {
        title: words.say("compose-places"),
        items: cells
            .chain(buildings.take(if many { 0 } else { BUILDINGS_MAX }))
            .collect(),
        count: String::new(),
        disputed: Vec::new(),
    };
    if draft.area_words().as_ref() != Some(&facts.asked) {
        return;
    }
    page.places.disputed = disputed(words, facts);
    let odd: Vec<String> = facts.unknown.iter().map(|one| said(words, one)).collect();
    if !odd.is_empty() && page.area.problem.is_none() {
        let list = odd.join(&words.say("notice-list-comma"));
        page.area.problem = Some(words.text("compose-place-unknown", &[("list", list.into())]));
    }
    if facts.unknown.iter().any(|one| one.starts_with(CELL)) {
        // A building that the register lacks may be a new one; a cell without homes is for nobody.
        page.request = None;
        page.at_ms = None;
    }
    page.places.count = words.text(
        if facts.vacant > 0 {
            "compose-households-vacant"
        } else {
            "compose-households"
        },
        &[("n", facts.units.into()), ("vacant", facts.vacant.into())],
    );
    if let Some(check) = &mut page.check {
        // Behind who signs and whom it is for.
        let at = check.facts.len().min(2);
        check.facts.insert(at, page.places.count.clone());
    }
}
