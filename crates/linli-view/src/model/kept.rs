//! What a home keeps for its windows: drafts, and where they save.

use super::{DraftNews, Folded, Model};
use crate::api::{Reply, Request};

impl Model {
    pub(super) fn take_kept(&mut self, reply: Reply, request: Option<Request>) -> Folded {
        match (reply, request) {
            (Reply::Folders(folders), _) => self.folders = Some(*folders),
            (Reply::Drafts(drafts), _) => self.drafts = Some(drafts),
            (Reply::DraftSaved(saved), Some(Request::DraftSave { mark, .. })) => {
                self.draft_news.push((mark, DraftNews::Saved(saved)));
            }
            (Reply::DraftGone(other), Some(Request::DraftDrop { mark, .. })) => {
                self.draft_news.push((mark, DraftNews::Gone(other)));
            }
            _ => {}
        }
        Folded::default()
    }
}
