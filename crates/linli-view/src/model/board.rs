//! What is told and asked after something was done on the board, or taken back.

use super::{Folded, Model, Told};
use crate::api::{PostDo, Request, UndoItem, UndoState};

impl Model {
    /// What was taken back is seen anew wherever it is shown.
    pub(super) fn undone(&mut self, item: UndoItem) -> Folded {
        if item.state == UndoState::Asks {
            self.undo = Some(item);
            return Folded::default();
        }
        self.undo = None;
        let asks = match item.state {
            UndoState::Done => vec![
                Request::PostList,
                Request::PassList,
                Request::RegularList,
                Request::Peers,
            ],
            _ => Vec::new(),
        };
        Folded {
            asks,
            told: Some(Told::Undo(item)),
        }
    }
}

/// What is told once after something was done about a post; most of it is seen at once.
pub(super) fn done_on_board(id: String, what: PostDo) -> Option<Told> {
    match what {
        PostDo::Report { .. } | PostDo::ReportReply { .. } => Some(Told::Reported { id }),
        PostDo::Settle { .. } => Some(Told::Settled { id }),
        PostDo::Appeal { .. } => Some(Told::Appealed { id }),
        PostDo::HandOver { to, .. } => Some(Told::HandedTo { id, office: to }),
        PostDo::Claim
        | PostDo::Unclaim
        | PostDo::Like { .. }
        | PostDo::Thank { .. }
        | PostDo::Reopen
        | PostDo::Close => None,
        PostDo::Comment { text } => Some(Told::Replied { id, text }),
    }
}
