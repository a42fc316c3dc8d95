//! The desktop's questions, answered from the same orders as the command line's: the desktop adds no power.
//!
//! Its lines are `{"id":7,"req":{"ask":".."}}`; the replies are typed in `linli_view::api`. Every answer here
//! is made from [`crate::api::Request`]s, so what a screen shows a command can show too.

mod bell;
mod board;
mod door;
mod drafts;
mod help;
mod invite;
mod office;
mod passes;
mod register;
mod shape;
mod undo;

pub(crate) use shape::post;

use crate::api::{Fault, GateAct, Request, ScanArgs, WindowAct};
use crate::owner::Owner;
use crate::replica::Topic;
use linli_pass::qr::{Medium, Symbol};
use linli_view::api as view;
use serde_json::Value;
use std::collections::BTreeSet;

/// Posts that a board shows at first.
const NEWEST_POSTS: usize = linli_view::board::PAGE as usize;

impl Owner {
    /// Answers one question of the desktop.
    pub(crate) fn desk(&mut self, request: view::Request) -> view::Reply {
        match self.desk_answer(request) {
            Ok(reply) => reply,
            Err(fault) => view::Reply::Fault(shape::fault(&fault)),
        }
    }

    fn data(&mut self, request: Request) -> Result<Value, Fault> {
        Ok(self.handle(request, &mut |_, _| {})?.data)
    }

    fn desk_folders(&mut self, act: WindowAct) -> Result<view::Reply, Fault> {
        let data = self.data(Request::Window { act })?;
        let folders = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
        Ok(view::Reply::Folders(Box::new(folders)))
    }

    fn gate_data(&mut self, act: GateAct) -> Result<Value, Fault> {
        self.data(Request::Gate { act })
    }

    fn desk_answer(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        Ok(match request {
            view::Request::Status => view::Reply::Status(Box::new(self.desk_status()?)),
            view::Request::Subscribe => view::Reply::Done,
            view::Request::NoticeList => {
                let data = self.data(Request::NoticeList)?;
                view::Reply::Notices(shape::list(&data["notices"], shape::notice))
            }
            view::Request::NoticeShow { id } => {
                let data = self.data(Request::NoticeShow { id })?;
                view::Reply::Notice(Box::new(shape::notice(&data["notice"])))
            }
            view::Request::NoticeConfirm { id } => {
                self.data(Request::NoticeConfirm { id: id.clone() })?;
                let data = self.data(Request::NoticeShow { id })?;
                view::Reply::Notice(Box::new(shape::notice(&data["notice"])))
            }
            view::Request::NoticeArea { .. }
            | view::Request::NoticeRetract { .. }
            | view::Request::NoticeReach { .. }
            | view::Request::NoticeRemind { .. }
            | view::Request::NoticeTold { .. }
            | view::Request::NoticeSay { .. }
            | view::Request::NoticeExport { .. }
            | view::Request::Scheduled
            | view::Request::Unschedule { .. }
            | view::Request::Templates
            | view::Request::TemplateSave { .. }
            | view::Request::TemplateDrop { .. }
            | view::Request::NoticeComments { .. } => self.desk_office(request)?,
            view::Request::Undo { yes } => self.desk_undo(yes)?,
            view::Request::DraftList
            | view::Request::DraftSave { .. }
            | view::Request::DraftSend { .. }
            | view::Request::DraftDrop { .. } => self.desk_drafts(request)?,
            view::Request::PassIssue(_)
            | view::Request::PassCancelAll
            | view::Request::Residents { .. } => self.desk_passes(request)?,
            view::Request::PassList => {
                let data = self.data(Request::PassList)?;
                view::Reply::Passes(shape::list(&data["passes"], shape::pass))
            }
            view::Request::PassCancel { id } => {
                self.data(Request::PassCancel { id: id.clone() })?;
                let data = self.data(Request::PassShow { id })?;
                view::Reply::Pass(Box::new(shape::pass(&data["pass"])))
            }
            view::Request::RegularList => self.desk_regulars()?,
            view::Request::RegularKeep { id } => {
                self.data(Request::PassKeep { id })?;
                self.desk_regulars()?
            }
            view::Request::RegularDrop { label } => {
                self.data(Request::PassForget { label })?;
                self.desk_regulars()?
            }
            view::Request::PassImage { id } => self.desk_pass(&id)?,
            view::Request::Peers => {
                let data = self.data(Request::Peers)?;
                let facts = self.sync_facts(&data)?;
                view::Reply::Peers(Box::new(shape::peers(&data, facts)))
            }
            view::Request::NetPause => {
                self.data(Request::NetPause { peer: None })?;
                view::Reply::Done
            }
            view::Request::NetResume => {
                self.data(Request::NetResume { peer: None })?;
                view::Reply::Done
            }
            view::Request::Register(ask) => self.desk_register(ask)?,
            view::Request::Find { query } => {
                let most = None;
                let wanted = query.clone();
                let data = self.data(Request::Find { query, most })?;
                view::Reply::Found(Box::new(shape::found(&wanted, &data)))
            }
            view::Request::PostList => view::Reply::Posts(self.posts_newest(NEWEST_POSTS)?),
            view::Request::PostPage { of, most } => view::Reply::PostPage(self.posts_of(of, most)?),
            view::Request::FileOpen { .. }
            | view::Request::BoardQueue
            | view::Request::BoardRule { .. }
            | view::Request::PostShow { .. }
            | view::Request::PostEarlier { .. }
            | view::Request::PostDo { .. } => self.desk_board(request)?,
            view::Request::HelpList
            | view::Request::HelpRaise { .. }
            | view::Request::HelpCancel { .. }
            | view::Request::HelpAnswer { .. }
            | view::Request::HelpFine
            | view::Request::HelpCare { .. }
            | view::Request::HelpNumbers
            | view::Request::HelpSetNumbers { .. } => self.desk_help(request)?,
            view::Request::Invites
            | view::Request::InviteOpen { .. }
            | view::Request::InviteClose { .. }
            | view::Request::InviteConfirm { .. } => self.desk_invites(request)?,
            view::Request::Family(act) => {
                let data = self.data(Request::Family { act })?;
                let report = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
                view::Reply::Family(Box::new(report))
            }
            view::Request::Folders => self.desk_folders(WindowAct::Folders)?,
            view::Request::FoldersKeep(folders) => self.desk_folders(WindowAct::KeepFolders {
                pictures: folders.pictures,
                papers: folders.papers,
            })?,
            view::Request::Bell
            | view::Request::BellSet(_)
            | view::Request::BellMute { .. }
            | view::Request::BellLooked => self.desk_bell(request)?,
            view::Request::GateCheck(scan) => {
                let (mut text, mut plate, mut code) = (None, None, None);
                match scan.kind {
                    view::ScanKind::Text => text = Some(scan.value),
                    view::ScanKind::Plate => plate = Some(scan.value),
                    view::ScanKind::Code => code = Some(scan.value),
                }
                let at_ms = self.now().wall.0;
                let mut data = self.data(Request::GateCheck(ScanArgs {
                    text,
                    plate,
                    code,
                    companions: scan.companions,
                    pin: scan.pin,
                    lane_plate: scan.lane_plate,
                }))?;
                data["at_ms"] = at_ms.into();
                let answer = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
                view::Reply::GateAnswer(Box::new(answer))
            }
            view::Request::GateStatus => {
                let data = self.data(Request::GateStatus)?;
                view::Reply::GateStatus(Box::new(shape::gate(&data)))
            }
            view::Request::GateLog => {
                let data = self.data(Request::GateLog)?;
                view::Reply::GateLog(shape::gate_log(&data["events"]))
            }
            view::Request::GateInside => {
                let data = self.gate_data(GateAct::Inside)?;
                view::Reply::GateInside(shape::known(&data["inside"]))
            }
            view::Request::GateExpected => {
                let data = self.gate_data(GateAct::Expected)?;
                view::Reply::GateExpected(shape::known(&data["expected"]))
            }
            view::Request::GateIncidents => {
                let data = self.gate_data(GateAct::Incidents)?;
                view::Reply::GateIncidents(shape::known(&data["incidents"]))
            }
            view::Request::GateWalkIn {
                unit,
                name,
                companions,
                courier,
                resident,
                plate,
            } => {
                let at_ms = self.now().wall.0;
                let (unit, said) = self.whither(&unit)?;
                let name = match (name, said) {
                    (Some(word), Some(said)) => Some(format!("{word} {said}")),
                    (word, said) => word.or(said),
                };
                let mut data = self.gate_data(GateAct::WalkIn {
                    unit,
                    name,
                    plate,
                    companions,
                    resident,
                    courier,
                })?;
                data["at_ms"] = at_ms.into();
                let answer = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
                view::Reply::GateAnswer(Box::new(answer))
            }
            view::Request::GateRing { .. }
            | view::Request::Rings
            | view::Request::RingAnswer { .. }
            | view::Request::Doorbell
            | view::Request::DoorbellSet { .. }
            | view::Request::Refusals
            | view::Request::Refuse { .. }
            | view::Request::ReceiveAgain { .. }
            | view::Request::GateEvacuation
            | view::Request::GateSheet
            | view::Request::GateFindUnit { .. } => self.desk_door(request)?,
            view::Request::GateGuard(act) => {
                self.gate_data(shape::act(act))?;
                view::Reply::Done
            }
            view::Request::Join { .. }
            | view::Request::JoinPictures
            | view::Request::JoinConfirm { .. }
            | view::Request::StartAgain
            | view::Request::Nearby
            | view::Request::FoundPaper
            | view::Request::Found(_) => {
                let dir = self.files.dir.display();
                return Err(Fault::input("home-exists").with("dir", dir));
            }
            // The owner of a home has opened it; a locked home has no owner to ask.
            view::Request::Unlock { .. } => view::Reply::Status(Box::new(self.desk_status()?)),
        })
    }

    fn desk_regulars(&mut self) -> Result<view::Reply, Fault> {
        let data = self.data(Request::PassRegulars)?;
        Ok(view::Reply::Regulars(shape::known(&data["regulars"])))
    }

    fn desk_pass(&mut self, id: &str) -> Result<view::Reply, Fault> {
        let data = self.data(Request::PassShow { id: id.to_owned() })?;
        let text = data["pass"]["text"].as_str().unwrap_or_default().to_owned();
        let qr = qr(&text)?;
        Ok(view::Reply::PassIssued(Box::new(view::PassIssued {
            pass: shape::pass(&data["pass"]),
            text,
            qr,
            pin: None,
            warnings: Vec::new(),
        })))
    }

    fn desk_status(&mut self) -> Result<view::Status, Fault> {
        let data = self.data(Request::Status)?;
        let peers = self.data(Request::Peers)?;
        let facts = self.sync_facts(&peers)?;
        let replica = self.replica_ref()?;
        let epoch = &replica.authority().charter().newest().epoch;
        let me = replica.me();
        let device = replica.authority().device(&me.device());
        let claims = me.certificate.claims();
        let gate_name = claims
            .gate
            .and_then(|no| epoch.gates.iter().find(|g| g.number == no))
            .map(|g| g.name.clone());
        let name = replica
            .authority()
            .office_name(&me.principal)
            .map(str::to_owned)
            .or(gate_name)
            .or_else(|| claims.unit.clone())
            .unwrap_or_default();
        Ok(view::Status {
            as_of_ms: data["as_of_ms"].as_u64().unwrap_or_default(),
            community: Some(view::Community {
                id: replica.community().short(),
                name: epoch.name.clone(),
                utc_offset_min: epoch.offset.minutes(),
                gates: epoch
                    .gates
                    .iter()
                    .map(|g| view::GateRef {
                        no: g.number,
                        name: g.name.clone(),
                    })
                    .collect(),
                offices: epoch.offices.iter().map(|o| o.name.clone()).collect(),
                pass_max_s: epoch.limits.person_pass_s,
                pass_max_long_s: epoch.limits.standing_pass_s,
            }),
            me: Some(view::Me {
                kind: shape::kind(me.kind),
                principal: data["me"]["principal"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                name,
                unit: claims.unit.clone(),
                device: me.device().short(),
                device_name: me.device().short(),
                may_grant: device.is_some_and(|d| d.may_grant),
                provisional: false,
                resident_plates: self.issues_plates(),
                keeps_register: self.register_desk().is_ok(),
            }),
            sync: facts,
            protected: self.files.protected,
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// What the light is made from.
    fn sync_facts(&self, peers: &Value) -> Result<view::SyncFacts, Fault> {
        let replica = self.replica_ref()?;
        let me = replica.me().device();
        let trouble = if replica.authority().is_revoked(&me) {
            Some(view::Trouble::Revoked)
        } else if replica.authority().holds_on(&me).next().is_some() {
            Some(view::Trouble::Held)
        } else if self.seen.disk_is_full() {
            Some(view::Trouble::DiskFull)
        } else if self.seen.clocks_apart() {
            Some(view::Trouble::Clock)
        } else {
            None
        };
        let heard = peers["peers"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|p| p["last_met_ms"].as_u64())
            .max();
        Ok(view::SyncFacts {
            online: u32::try_from(replica.hub().online().count()).unwrap_or(u32::MAX),
            heard_ms: heard,
            undelivered: u32::try_from(replica.undelivered()).unwrap_or(u32::MAX),
            progress: None,
            paused: self.paused()?,
            trouble,
        })
    }
}

/// A text as a QR code without its quiet zone.
fn qr(text: &str) -> Result<view::PassQr, Fault> {
    let symbol = Symbol::of(text, Medium::Screen).map_err(|_| Fault::ours("qr"))?;
    let quiet = linli_pass::qr::QUIET_ZONE;
    let width = symbol.side() - 2 * quiet;
    let dark: Vec<bool> = (0..width * width)
        .map(|at| symbol.is_dark(quiet + at % width, quiet + at / width))
        .collect();
    let size = u16::try_from(width).map_err(|_| Fault::ours("qr"))?;
    view::PassQr::pack(size, &dark).ok_or_else(|| Fault::ours("qr"))
}

/// The desktop's names of what changed.
pub(crate) fn topics(changed: &BTreeSet<Topic>) -> Vec<view::Topic> {
    let mut out: Vec<view::Topic> = changed
        .iter()
        .flat_map(|t| match t {
            Topic::Status => vec![view::Topic::Status],
            Topic::Register => vec![view::Topic::Status, view::Topic::Register],
            Topic::Notices => vec![view::Topic::Notices],
            Topic::Passes => vec![view::Topic::Passes],
            Topic::Posts => vec![view::Topic::Posts],
            Topic::Sync => vec![view::Topic::Sync],
            Topic::Invites => vec![view::Topic::Invites],
        })
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}
