//! The office's desk: publishing, reach, the draft.

use super::board::file_args;
use super::shape;
use crate::api::{AttachAct, Fault, NoticeArgs, Request};
use crate::owner::Owner;
use linli_view::api as view;

impl Owner {
    pub(super) fn desk_office(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        Ok(match request {
            view::Request::NoticePublish(r) => {
                let corrects = r.corrects.clone();
                let with = args(*r);
                self.desk_publish(match corrects {
                    Some(id) => Request::NoticeCorrect { id, with },
                    None => Request::NoticePublish(with),
                })?
            }
            view::Request::NoticeWith { notice, files } => {
                let corrects = notice.corrects.clone();
                let (with, files) = (args(*notice), files.into_iter().map(file_args));
                let files = files.collect();
                let act = AttachAct::NoticePublish {
                    with,
                    corrects,
                    files,
                };
                self.desk_publish(Request::Attach { act })?
            }
            view::Request::NoticeRetract { id, reason } => {
                self.data(Request::NoticeRetract { id, reason })?;
                view::Reply::Done
            }
            view::Request::NoticeReach { id } => self.desk_reach(id)?,
            view::Request::NoticeRemind { id } => {
                self.data(Request::NoticeRemind { id: id.clone() })?;
                self.desk_reach(id)?
            }
            view::Request::NoticeTold { id, unit } => {
                let words = None;
                let of = id.clone();
                self.data(Request::NoticeTold { id, unit, words })?;
                self.desk_reach(of)?
            }
            view::Request::DraftKeep { text } => {
                self.data(Request::DraftKeep { text })?;
                view::Reply::Done
            }
            _ => {
                let data = self.data(Request::DraftRead)?;
                view::Reply::Draft(data["text"].as_str().map(str::to_owned))
            }
        })
    }

    fn desk_publish(&mut self, request: Request) -> Result<view::Reply, Fault> {
        let answer = self.handle(request, &mut |_, _| {})?;
        let unknown = answer.warnings.iter().filter(|w| w.code == "area-unknown");
        let area = |w: &Fault| w.args.get("area").cloned();
        Ok(view::Reply::Published {
            id: answer.data["id"].as_str().unwrap_or_default().to_owned(),
            unknown: unknown.filter_map(area).collect(),
        })
    }

    fn desk_reach(&mut self, id: String) -> Result<view::Reply, Fault> {
        let data = self.data(Request::NoticeReach { id })?;
        let report = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
        Ok(view::Reply::Reach(Box::new(report)))
    }
}

fn args(r: view::NoticeRequest) -> NoticeArgs {
    let (title_en, body_en) = r.english.unzip();
    NoticeArgs {
        org: None,
        title: r.title,
        body: r.body,
        title_en,
        body_en,
        severity: r.severity.and_then(shape::severity_word),
        area: r.area,
        effective_ms: None,
        expires_ms: r.expires_ms,
        confirm: r.confirm,
    }
}
