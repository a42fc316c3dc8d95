//! Taking the last command back.

use crate::api::{Fault, Request, UndoAct};
use crate::owner::Owner;
use linli_view::api as view;
use view::UndoState;

impl Owner {
    /// What cannot be done, or asks first, is an answer here: the window words it.
    pub(super) fn desk_undo(&mut self, yes: bool) -> Result<view::Reply, Fault> {
        let act = UndoAct::Last { yes };
        let (state, what, about) = match self.data(Request::Undo { act }) {
            Ok(data) => {
                let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
                (UndoState::Done, text("what"), text("about"))
            }
            Err(fault) => {
                let state = match fault.code.as_str() {
                    "undo-asks" => UndoState::Asks,
                    "undo-never" => UndoState::Never,
                    "undo-used" => UndoState::Used,
                    "undo-nothing" => UndoState::Nothing,
                    _ => return Err(fault),
                };
                let text = |key: &str| fault.args.get(key).cloned().unwrap_or_default();
                (state, text("what"), text("about"))
            }
        };
        Ok(view::Reply::Undone(view::UndoItem { state, what, about }))
    }
}
