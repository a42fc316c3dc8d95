//! Grid cells of the register, and whom an area means.

use serde::{Deserialize, Serialize};

/// An act or question.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum GridAct {
    /// Data: `{cells:[{cell, buildings:[..], units}], without, buildings:[{building, units, cell}], disputed}`; `without` is how
    /// many units lie in no cell, `cell` of a building null where its units lie in several or in none. `disputed` is
    /// `[{places:[..], units, says:[{office, cell, own}], counts}]`: homes of which offices say different cells, a cell that
    /// is null being none, and by which this home goes.
    List,
    /// Says in which cell buildings, stairs or units lie. Data: `{cell, places:[..], changed}`; `changed` counts records.
    Set {
        /// The cell; none: in none.
        cell: Option<String>,
        /// As people write them.
        places: Vec<String>,
    },
    /// Whom an area would address if it were published now. Data: `{area:[..], cells:[..], units, vacant, unknown:[..],
    /// disputed}`; `disputed` as above, of these cells, `unknown` are words of which the register knows no unit. Nothing is written.
    Area {
        /// Buildings, stairs, units, `grid:02`; empty = all.
        area: Vec<String>,
    },
}
