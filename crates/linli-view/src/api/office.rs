//! What an office's desk asks: publish, take back, whom it reached, the draft that is not finished.

use super::{CapWords, Severity};
use serde::{Deserialize, Serialize};

/// A notice to publish. The node checks it all again.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct NoticeRequest {
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
    /// The same in English; both or neither.
    pub english: Option<(String, String)>,
    /// The CAP word; none for an ordinary notice.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words; with a severity only.
    #[serde(default)]
    pub cap: CapWords,
    /// Buildings, stairs, units, grid cells as they were typed; empty: the whole estate.
    pub area: Vec<String>,
    /// From when it holds; none: from when it goes out.
    #[serde(default)]
    pub effective_ms: Option<u64>,
    /// Until when it holds.
    pub expires_ms: Option<u64>,
    /// Whether households are asked to confirm.
    pub confirm: bool,
    /// Whether comments are closed from the beginning.
    #[serde(default)]
    pub comments_closed: bool,
    /// The notice it corrects.
    pub corrects: Option<String>,
}

/// Whom an area would address, and what one may choose from.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AreaFacts {
    /// The words that were asked about.
    pub asked: Vec<String>,
    /// Units that it would be for, without vacant ones.
    pub units: u32,
    /// Units in it that the register says nobody lives in.
    pub vacant: u32,
    /// Words of which the register knows no unit.
    pub unknown: Vec<String>,
    /// Homes of which offices say different cells, as far as these words name one.
    pub disputed: Vec<DisputedItem>,
    /// The grid cells of the register.
    pub grid: Vec<CellItem>,
    /// Its buildings, in the order in which people count.
    pub buildings: Vec<BuildingItem>,
}

/// A grid cell.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct CellItem {
    /// Its name, `02`.
    pub cell: String,
    /// Units in it.
    pub units: u32,
}

/// Homes of which offices say different grid cells.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DisputedItem {
    /// Buildings, stairs, units.
    pub places: Vec<String>,
    /// How many homes.
    pub units: u32,
    /// What each office says.
    pub says: Vec<CellWord>,
    /// The cell that this home goes by; none = in none.
    pub counts: Option<String>,
}

/// What an office says of a home.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CellWord {
    /// The office.
    pub office: String,
    /// The cell; none = in none.
    pub cell: Option<String>,
    /// This home's own office.
    pub own: bool,
}

/// A building.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct BuildingItem {
    /// Its name, `3`.
    pub building: String,
    /// Units in it.
    pub units: u32,
}

/// Whom a notice reached, in units, as it is known here. Lower bounds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ReachReport {
    /// The notice.
    pub id: String,
    /// Its headline.
    #[serde(default)]
    pub title: String,
    /// When it was signed.
    #[serde(default)]
    pub published_ms: u64,
    /// When this was counted.
    pub as_of_ms: u64,
    /// All of them together.
    #[serde(flatten)]
    pub all: ReachCount,
    /// Units that the register says nobody lives in; not counted.
    pub vacant: u32,
    /// Whether the notice asks for a confirmation.
    pub asks: bool,
    /// When it was reminded of.
    pub reminded_ms: Vec<u64>,
    /// The same by building, in walking order.
    pub buildings: Vec<ReachBuilding>,
    /// Who is still open, in walking order.
    pub open: Vec<ReachOpen>,
    /// How it spread, in the order of time; empty where nobody was reached yet.
    #[serde(default)]
    pub spread: Vec<ReachPoint>,
}

/// How many units had got how far by a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ReachPoint {
    /// The moment.
    pub until_ms: u64,
    /// Their computer had it, or they had been told.
    pub reached: u32,
    /// It had been opened.
    pub read: u32,
    /// Confirmed or told.
    pub settled: u32,
}

/// Units, by how far a notice got.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ReachCount {
    /// All.
    pub of: u32,
    /// Their computer has it, or they were told.
    pub reached: u32,
    /// Confirmed on their computer.
    pub confirmed: u32,
    /// Told at the door.
    pub told: u32,
    /// Confirmed, told, or both.
    #[serde(default)]
    pub settled: u32,
    /// Have a computer that was not heard of since.
    pub not_heard: u32,
    /// Have none.
    pub no_device: u32,
}

/// One building.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ReachBuilding {
    /// Its name; empty for units that are no address.
    pub building: String,
    /// Its units.
    #[serde(flatten)]
    pub count: ReachCount,
}

/// A unit that has neither confirmed nor been told.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ReachOpen {
    /// The unit.
    pub unit: String,
    /// `read`, `delivered`, `not-heard` or `no-device`.
    pub state: String,
}

/// In which form a notice leaves the house.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExportForm {
    /// A sheet of A4.
    Paper,
    /// CAP 1.2.
    Cap,
    /// All that hold, as an Atom feed.
    Atom,
    /// A text for a chat group.
    Chat,
    /// With its signatures, for whoever wants to check it.
    Signed,
}

/// What the node gives for it, as the command line has it from `notice_files` and `notice_proof`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NoticeExport {
    /// The notice that was asked for.
    pub id: String,
    /// In which form.
    pub form: ExportForm,
    /// The answer.
    pub data: serde_json::Value,
}

/// A template that the office keeps itself.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateItem {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Headline.
    pub title: String,
    /// Text.
    pub body: String,
    /// The same in English.
    pub english: Option<(String, String)>,
    /// The CAP word.
    pub severity: Option<Severity>,
    /// What else it says in CAP's words.
    pub cap: CapWords,
    /// Buildings, stairs, units.
    pub area: Vec<String>,
    /// Whether households are asked to confirm.
    pub confirm: bool,
    /// Whether comments are closed from the beginning.
    pub comments_closed: bool,
}

/// A notice that waits for its time, or did not go out when it came.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ScheduledItem {
    /// Its id.
    pub id: String,
    /// When it goes out, or should have.
    pub at_ms: u64,
    /// `waits`, `missed` or `failed`.
    pub state: String,
    /// Headline.
    pub title: String,
    /// The whole of it.
    pub notice: NoticeRequest,
}
