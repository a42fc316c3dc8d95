//! The board: writing a post, and what is done about one.

use super::shape;
use crate::api::{AttachAct, BoardAct, Fault, FileArgs, Request};
use crate::owner::Owner;
use linli_record::RowKind;
use linli_view::api as view;

impl Owner {
    pub(super) fn desk_board(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        let (id, what) = match request {
            view::Request::FileOpen { id, n } => {
                let act = AttachAct::Open { id, n };
                let mut data = self.data(Request::Attach { act })?;
                // A window asked for it by what it goes with.
                if data["comment"].is_string() {
                    data["record"] = data["comment"].take();
                }
                let open = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
                return Ok(view::Reply::File(Box::new(open)));
            }
            view::Request::BoardQueue => return self.desk_queue(),
            view::Request::PostShow { id } => {
                let data = self.data(Request::PostShow { id })?;
                return Ok(view::Reply::Post(Box::new(shape::post(&data["post"]))));
            }
            view::Request::PostEarlier { id, before } => {
                let data = self.data(board(BoardAct::Earlier { id, before }))?;
                return Ok(view::Reply::Earlier(Box::new(shape::earlier(&data))));
            }
            view::Request::BoardRule {
                id,
                comment,
                hide,
                reason,
                seen,
            } => {
                self.data(board(BoardAct::Decide {
                    id,
                    comment,
                    hide,
                    reason,
                    ruling: seen.ruling,
                    heard: seen.heard,
                }))?;
                return self.desk_queue();
            }
            view::Request::PostDo { id, what } => (id, what),
            _ => return Err(Fault::ours("answer")),
        };
        let of = id.clone();
        let request = match what {
            view::PostDo::Claim => Request::PostClaim { id, text: None },
            view::PostDo::Unclaim => board(BoardAct::Unclaim { id }),
            view::PostDo::Like { on } => {
                let what = on.then(|| "like".to_owned());
                board(BoardAct::React { id, what })
            }
            view::PostDo::Comment { text } => Request::PostComment { id, text },
            view::PostDo::TakeBack { comment } => board(BoardAct::Uncomment { id, comment }),
            view::PostDo::Close => Request::PostClose { id, outcome: None },
            view::PostDo::Settle {
                outcome,
                chosen,
                thanks,
            } => board(BoardAct::Close {
                id,
                outcome,
                chosen,
                thanks,
            }),
            view::PostDo::Reopen => board(BoardAct::Reopen { id }),
            view::PostDo::Thank { on } => {
                let what = on.then(|| "thanks".to_owned());
                board(BoardAct::React { id, what })
            }
            view::PostDo::Report { reason } => report(id, None, reason),
            view::PostDo::ReportReply { comment, reason } => report(id, Some(comment), reason),
            view::PostDo::Appeal { comment, words } => {
                board(BoardAct::Appeal { id, comment, words })
            }
            view::PostDo::HandOver { to, words } => board(BoardAct::HandOver {
                id,
                to: Some(to),
                words,
            }),
        };
        self.data(request)?;
        if self.find_record(RowKind::Post, &of).is_err() {
            // It was about a comment below a notice.
            return self.desk_notice(of);
        }
        let data = self.data(Request::PostShow { id: of })?;
        Ok(view::Reply::Post(Box::new(shape::post(&data["post"]))))
    }

    fn desk_queue(&mut self) -> Result<view::Reply, Fault> {
        let data = self.data(board(BoardAct::Queue))?;
        Ok(view::Reply::Queue(shape::list(
            &data["queue"],
            shape::queued,
        )))
    }
}

fn report(id: String, comment: Option<String>, reason: String) -> Request {
    board(BoardAct::Report {
        id,
        comment,
        reason,
        words: None,
    })
}

impl From<view::FileRef> for FileArgs {
    fn from(file: view::FileRef) -> Self {
        Self {
            hash: file.hash,
            key: file.key,
            size: file.size,
            media: file.media,
            sides: file.sides,
            name: file.name,
        }
    }
}

const fn board(act: BoardAct) -> Request {
    Request::Board { act }
}
