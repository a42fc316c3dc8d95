//! What is announced by itself.

use crate::api::{BellAct, Fault};
use crate::owner::Owner;
use linli_view::api as view;

impl Owner {
    pub(super) fn desk_bell(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        let act = match request {
            view::Request::Bell => BellAct::Show,
            view::Request::BellSet(settings) => BellAct::Set { settings },
            view::Request::BellMute { thread, on } => BellAct::Mute { id: thread, on },
            view::Request::BellLooked => BellAct::Looked,
            _ => return Err(Fault::ours("answer")),
        };
        self.bell_report(act)
    }
}
