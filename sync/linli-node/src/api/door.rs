//! Whom gates refuse, how they call a household, which plates are residents'.

use serde::{Deserialize, Serialize};

/// An act or question. `event` is an id of a gate's log or its beginning.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum DoorAct {
    /// Puts a plate, a name or both on the refusal list: a household on its unit's, the property desk on the estate's.
    /// Data: `{id, scope:"unit|estate", unit}`.
    Refuse {
        /// A plate.
        plate: Option<String>,
        /// A name, exactly as a pass or the guard writes it.
        name: Option<String>,
        /// Why; only those who keep the list read it.
        reason: Option<String>,
    },
    /// Takes a line off the list. Data: `{id}`.
    ReceiveAgain {
        /// The line.
        id: String,
    },
    /// Data: `{refusals:[{id,scope,unit,plate,name,reason,at_ms,mine}]}`: what this home may read.
    Refusals,
    /// Calls that gates make or made, newest first. Data: `{rings:[{event,gate,gate_name,at_ms,unit,name,companions,
    /// resident,code,plate,pass,state:"RINGS|ADMIT|REFUSE|NO_ANSWER|NOT_REACHED|DECIDED",live,device,here,for_s,since_ms,
    /// steps:[{state,at_ms,device,for_s}], answers:[{device,admit,at_ms,mine}]}]}`; `here`: it rings at this device.
    Rings,
    /// Answers a call. Data: `{event, admit}`.
    Answer {
        /// The call.
        event: String,
        /// Whether to let in.
        admit: bool,
    },
    /// How this household wants to be called. Data: `{order:[{device,me}], seconds, set}`.
    Doorbell,
    /// Sets that. Data: as [`Self::Doorbell`].
    SetDoorbell {
        /// Devices in their order; empty = as before.
        order: Vec<String>,
        /// How long each rings, 5 to 120; none = as before.
        seconds: Option<u64>,
    },
    /// Issues and withdraws plates by the register. Data: `{applied, add:[{plate,unit}], renew:[..], withdraw:[..],
    /// kept, unreadable:[{plate,unit}]}`.
    Residents {
        /// Write it; otherwise only say what would be written.
        apply: bool,
    },
}
