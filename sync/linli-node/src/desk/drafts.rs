//! Drafts of posts, replies and notices.

use super::{office, shape};
use crate::api::{DraftAct, Fault, FileArgs, NoticeOut, Request};
use crate::owner::Owner;
use linli_view::api as view;

impl Owner {
    pub(super) fn desk_drafts(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        let act = match request {
            view::Request::DraftSave { draft, .. } => DraftAct::Keep {
                id: draft.id,
                kind: draft.kind,
                about: draft.about,
                text: draft.text,
                files: draft.files.into_iter().map(FileArgs::from).collect(),
                base: draft.version,
            },
            view::Request::DraftSend {
                draft,
                upto,
                notice,
                ..
            } => return self.desk_send(*draft, upto, notice),
            view::Request::DraftDrop { id, base, .. } => DraftAct::Drop { id, base },
            _ => DraftAct::List,
        };
        let kept = matches!(act, DraftAct::Keep { .. });
        let data = self.data(Request::Draft { act })?;
        Ok(if kept {
            let saved = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
            view::Reply::DraftSaved(Box::new(saved))
        } else if data.get("drafts").is_some() {
            view::Reply::Drafts(shape::known(&data["drafts"]))
        } else {
            let other = serde_json::from_value(data["other"].clone());
            view::Reply::DraftGone(other.map_err(|_| Fault::ours("answer"))?)
        })
    }

    fn desk_send(
        &mut self,
        draft: view::DraftItem,
        upto: u64,
        notice: Option<Box<view::NoticeOut>>,
    ) -> Result<view::Reply, Fault> {
        let (kind, on) = (draft.kind.clone(), draft.about.clone());
        let waits = notice.as_ref().map(|out| out.at_ms.is_some());
        let out = |out: Box<view::NoticeOut>| NoticeOut {
            at_ms: out.at_ms,
            corrects: out.notice.corrects.clone(),
            with: office::args(out.notice),
        };
        let act = DraftAct::Send {
            id: draft.id.unwrap_or_default(),
            kind: draft.kind,
            about: draft.about,
            text: draft.text,
            files: draft.files.into_iter().map(FileArgs::from).collect(),
            base: draft.version,
            upto,
            notice: notice.map(|notice| Box::new(out(notice))),
        };
        if waits == Some(false) {
            return self.desk_publish(Request::Draft { act });
        }
        let data = self.data(Request::Draft { act })?;
        if waits == Some(true) {
            return self.desk_scheduled();
        }
        if kind == "post" {
            let id = data["id"].as_str().unwrap_or_default().to_owned();
            return Ok(view::Reply::Posted(id));
        }
        let data = self.data(Request::PostShow { id: on })?;
        Ok(view::Reply::Post(Box::new(shape::post(&data["post"]))))
    }
}
