//! What a guard does beside looking at a pass, and what a gate's log is asked.

use serde::{Deserialize, Serialize};

/// A guard's act or question. `badge` names the guard, `event` is an id of the gate's log or its beginning.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum GateAct {
    /// Somebody leaves. Data: `{event, ended, since_ms, label, unit, plate, overstayed_s}`.
    Exit {
        /// The entry that ends.
        event: Option<String>,
        /// A plate.
        plate: Option<String>,
        /// A short code.
        code: Option<String>,
    },
    /// Lets somebody in whom the gate asked about or refused. Data: `{event, overrides, label, unit, plate}`.
    Override {
        /// The decision.
        event: String,
        /// Why.
        reason: String,
        /// The guard.
        badge: String,
    },
    /// Somebody without a pass; the household is called. Data: as a decision, and `hosts:[{device,online}]`,
    /// `ring:"RINGS|NOT_REACHED"`, `known_unit`.
    WalkIn {
        /// Where they want to go.
        unit: String,
        /// What they say they are called.
        name: Option<String>,
        /// The plate of their car.
        plate: Option<String>,
        /// People with them.
        companions: u8,
        /// They say that they live there and have no card with them.
        #[serde(default)]
        resident: bool,
        /// A courier: should have left half an hour after being let in.
        #[serde(default)]
        courier: bool,
    },
    /// Calls the household about a line that asks about a pass or a plate. Data: `{event, ring:"RINGS|NOT_REACHED",
    /// code, unit, label, plate, hosts:[{device,online}]}`. The line stays what it is: letting in on it is an override
    /// of it, and spends the use of the pass.
    Ring {
        /// The line.
        event: String,
    },
    /// The gate stays open for everybody: fire, ambulance. Data: `{event}`.
    OpenAll {
        /// Why.
        reason: String,
        /// The guard.
        badge: String,
    },
    /// Shut again. Data: `{event}`.
    CloseAll {
        /// The guard.
        badge: String,
    },
    /// Takes a wrong click back. Data: `{event, corrects}`. It gives no use of a pass back.
    Correct {
        /// What was clicked.
        event: String,
        /// Why.
        reason: String,
        /// The guard.
        badge: String,
    },
    /// A guard takes over. Data: `{event, badge}`.
    HandOver {
        /// The guard.
        badge: String,
    },
    /// Who is inside. Data: `{inside:[{event,gate,since_ms,label,unit,plate,companions,until_ms,overstayed_s}],
    /// people}`.
    Inside,
    /// Who has to be looked for when the estate is cleared. Data: `{people, buildings:[{building, people,
    /// units:[{unit, people, inside:[as Inside]}]}]}`; building and unit are empty where nobody knows.
    Evacuation,
    /// Looks a unit up. Data: `{units:[{unit,devices,online,plates}]}`: units whose name holds the text, with the plates
    /// that the property desk issued for their residents.
    FindUnit {
        /// Part of a unit.
        query: String,
    },
    /// Who is expected until tomorrow. Data: `{expected:[{label,unit,plate,kind,from_ms,until_ms,entries,used,
    /// companions}]}`.
    Expected,
    /// Passes used more often than they allow; any home may ask. Data: `{incidents:[{pass,label,unit,entries,number,
    /// at_ms,gate,by_guard,before:[{at_ms,gate,by_guard}]}]}`.
    Incidents,
}
