//! The office's desk: its notices, whom they reached, templates. What is written goes out as a draft does.

use super::shape;
use crate::api::{BoardAct, CapArgs, Fault, FileArgs, GridAct, NoticeAct, NoticeArgs, Request};
use crate::owner::Owner;
use linli_view::api as view;

impl Owner {
    pub(super) fn desk_office(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        Ok(match request {
            view::Request::NoticeArea { area } => {
                let act = GridAct::List;
                let grid = self.data(Request::Grid { act })?;
                let asked = area.clone();
                let act = GridAct::Area { area };
                let data = self.data(Request::Grid { act })?;
                view::Reply::Area(Box::new(shape::area(asked, &data, &grid)?))
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
            view::Request::NoticeSay {
                id,
                text,
                answers,
                files,
            } => {
                let of = id.clone();
                let act = BoardAct::Comment {
                    id,
                    text,
                    answers,
                    files: files.into_iter().map(FileArgs::from).collect(),
                };
                self.data(Request::Board { act })?;
                self.desk_notice(of)?
            }
            view::Request::Unschedule { id } => {
                self.notice_data(NoticeAct::Unschedule { id })?;
                self.desk_scheduled()?
            }
            view::Request::Templates => self.desk_templates()?,
            view::Request::TemplateSave { name, notice } => {
                let with = Box::new(args(*notice));
                self.notice_data(NoticeAct::TemplateSave { name, with })?;
                self.desk_templates()?
            }
            view::Request::TemplateDrop { id } => {
                self.notice_data(NoticeAct::TemplateDelete { id })?;
                self.desk_templates()?
            }
            view::Request::NoticeExport { id, form } => {
                let of = id.clone();
                let data = self.data(match form {
                    view::ExportForm::Signed => Request::NoticeProof { id },
                    view::ExportForm::Atom => Request::NoticeFiles { id: None },
                    _ => Request::NoticeFiles { id: Some(id) },
                })?;
                let id = of;
                view::Reply::NoticeExport(Box::new(view::NoticeExport { id, form, data }))
            }
            view::Request::NoticeComments { id, open } => {
                let of = id.clone();
                let act = NoticeAct::Comments { id, open };
                self.data(Request::Notice { act })?;
                self.desk_notice(of)?
            }
            _ => self.desk_scheduled()?,
        })
    }

    pub(super) fn desk_publish(&mut self, request: Request) -> Result<view::Reply, Fault> {
        let answer = self.handle(request, &mut |_, _| {})?;
        let unknown = answer.warnings.iter().filter(|w| w.code == "area-unknown");
        let area = |w: &Fault| w.args.get("area").cloned();
        Ok(view::Reply::Published {
            id: answer.data["id"].as_str().unwrap_or_default().to_owned(),
            unknown: unknown.filter_map(area).collect(),
        })
    }

    fn notice_data(&mut self, act: NoticeAct) -> Result<serde_json::Value, Fault> {
        self.data(Request::Notice { act })
    }

    pub(super) fn desk_scheduled(&mut self) -> Result<view::Reply, Fault> {
        let data = self.notice_data(NoticeAct::Scheduled)?;
        let list = shape::list(&data["scheduled"], shape::scheduled);
        Ok(view::Reply::Scheduled(list))
    }

    fn desk_templates(&mut self) -> Result<view::Reply, Fault> {
        let data = self.notice_data(NoticeAct::Templates)?;
        let list = shape::list(&data["templates"], shape::template);
        Ok(view::Reply::Templates(list))
    }

    pub(super) fn desk_notice(&mut self, id: String) -> Result<view::Reply, Fault> {
        let data = self.data(Request::NoticeShow { id })?;
        Ok(view::Reply::Notice(Box::new(shape::notice(
            &data["notice"],
        ))))
    }

    fn desk_reach(&mut self, id: String) -> Result<view::Reply, Fault> {
        let data = self.data(Request::NoticeReach { id })?;
        let report = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
        Ok(view::Reply::Reach(Box::new(report)))
    }
}

pub(super) fn args(r: view::NoticeRequest) -> NoticeArgs {
    let (title_en, body_en) = r.english.unzip();
    NoticeArgs {
        org: None,
        title: r.title,
        body: r.body,
        title_en,
        body_en,
        severity: r.severity.and_then(shape::severity_word),
        cap: CapArgs {
            urgency: r.cap.urgency.map(|w| w.word().to_owned()),
            certainty: r.cap.certainty.map(|w| w.word().to_owned()),
            response: r.cap.response.map(|w| w.word().to_owned()),
            category: r.cap.category.map(|w| w.word().to_owned()),
        },
        area: r.area,
        effective_ms: r.effective_ms,
        expires_ms: r.expires_ms,
        confirm: r.confirm,
        comments: Some(!r.comments_closed),
    }
}
