//! A node that answers from the samples, and a window on it, for tests and the gallery.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

pub mod board;
pub mod find;
pub mod gate;
pub mod help;
pub mod homes;
pub mod house;
pub mod invite;
pub mod office;
pub mod passes;
pub mod raster;
pub mod register;
pub mod system;
pub mod window;

use linli_desktop::app::{App, World};
use linli_desktop::eyes::Eyes;
use linli_desktop::login::NoLogIn;
use linli_desktop::picture::Picture;
use linli_desktop::state::State;
use linli_view::api::{
    Doorbell, DraftItem, Event, FamilyReport, Fault, FaultCode, GateEvent, GateResult, GuardAct,
    HelpReport, IncidentItem, Incoming, InsideItem, InviteReport, Me, Nearby, NoticeItem, PassItem,
    PhoneItem, PostItem, PrincipalKind, QueueItem, RefusalItem, RegularItem, Reply, Request,
    RingItem, ScheduledItem, Status, SyncReport, TemplateItem, Topic, UndoItem,
};
use linli_view::client::Client;
use linli_view::homes::Known;
use passes::issued;
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

/// Sunday 2026-11-22 14:32 in Beijing.
pub const NOW_MS: u64 = 1_795_329_120_000;

/// The node behind the window, shared with the test.
pub struct Node {
    pub status: Status,
    pub notices: Vec<NoticeItem>,
    pub passes: Vec<PassItem>,
    pub report: SyncReport,
    /// Regular visitors.
    pub regulars: Vec<RegularItem>,
    /// Passes used too often, where the home is no gate's.
    pub incidents: Vec<IncidentItem>,
    /// Were plates of residents issued?
    pub plates_issued: bool,
    /// What is announced by itself.
    pub bell: linli_view::api::BellReport,
    /// Every request so far.
    pub asked: Vec<Request>,
    /// Set: the home is closed with this fault.
    pub closed: Option<Fault>,
    /// At an office: what waits for its time.
    pub scheduled: Vec<ScheduledItem>,
    /// At an office: its own templates.
    pub templates: Vec<TemplateItem>,
    /// Set: requests that change something fail with this fault.
    pub refuses: Option<Fault>,
    /// The passphrase that opens a locked home.
    pub passphrase: String,
    /// Pictures that reached the clipboard.
    pub copied: Vec<Picture>,
    /// Set: there is no clipboard.
    pub no_clipboard: bool,
    pub connections: u32,
    /// The homes of this account.
    pub homes: Vec<Known>,
    /// The home that was chosen last.
    pub chosen: Option<String>,
    /// The gate's log, where the home is a gate's.
    pub gate_log: Vec<GateEvent>,
    /// Who is inside.
    pub inside: Vec<InsideItem>,
    /// The guard on duty.
    pub badge: Option<String>,
    /// Open for everybody?
    pub open_all: bool,
    /// The board.
    pub posts: Vec<PostItem>,
    /// How many of them its list has.
    pub shelf: usize,
    /// Drafts of posts and replies.
    pub drafts: Vec<DraftItem>,
    /// Those that were sent.
    pub sent: Vec<Option<String>>,
    /// Its answers do not come yet.
    pub silent: bool,
    /// How the next undo goes.
    pub undo: Option<UndoItem>,
    /// Drafts cannot be kept.
    pub full: bool,
    /// What waits for an office.
    pub queue: Vec<QueueItem>,
    /// Milliseconds since [`NOW_MS`] that the clock shows.
    pub later_ms: u64,
    /// Units that were told at the door.
    pub told: Vec<String>,
    /// When the office reminded of its notice.
    pub reminded_ms: Vec<u64>,
    /// The refusal lists.
    pub refusals: Vec<RefusalItem>,
    /// Sounds that were played.
    pub chimes: Vec<GateResult>,
    /// How often the doorbell was heard.
    pub bells: u32,
    /// Calls for help.
    pub help: HelpReport,
    /// Phone numbers.
    pub phones: Vec<PhoneItem>,
    /// How often the alarm was heard.
    pub alarms: u32,
    /// Calls of gates.
    pub rings: Vec<RingItem>,
    /// Who is heard nearby.
    pub nearby: Nearby,
    /// Where its windows save.
    pub folders: linli_view::api::SaveFolders,
    /// Who of it sits here.
    pub family: FamilyReport,
    /// Invitations that are open, and which may be opened.
    pub invites: InviteReport,
    /// How this household is called.
    pub doorbell: Doorbell,
    /// At an office: the residents' register.
    pub register: register::Sample,
    inbox: Vec<Incoming>,
    next: u64,
}

pub type Shared = Rc<RefCell<Node>>;

pub fn node() -> Shared {
    Rc::new(RefCell::new(Node {
        status: serde_json::from_str(include_str!(
            "../../../../crates/linli-view/samples/status.json"
        ))
        .unwrap(),
        notices: serde_json::from_str(include_str!(
            "../../../../crates/linli-view/samples/notices.json"
        ))
        .unwrap(),
        passes: serde_json::from_str(include_str!(
            "../../../../crates/linli-view/samples/passes.json"
        ))
        .unwrap(),
        report: serde_json::from_str(include_str!(
            "../../../../crates/linli-view/samples/peers.json"
        ))
        .unwrap(),
        regulars: Vec::new(),
        incidents: Vec::new(),
        plates_issued: false,
        bell: linli_view::api::BellReport {
            begun: true,
            ..Default::default()
        },
        folders: linli_view::api::SaveFolders::default(),
        asked: Vec::new(),
        closed: None,
        scheduled: Vec::new(),
        templates: Vec::new(),
        refuses: None,
        passphrase: "correct horse".into(),
        copied: Vec::new(),
        no_clipboard: false,
        connections: 0,
        homes: Vec::new(),
        chosen: None,
        gate_log: Vec::new(),
        inside: vec![InsideItem {
            event: "e-in".into(),
            since_ms: NOW_MS - 5_400_000,
            label: Some("王*".into()),
            unit: Some("3-2-501".into()),
            plate: Some("京AD12345".into()),
            companions: 1,
            overstayed_s: Some(1_800),
            ..InsideItem::default()
        }],
        badge: None,
        open_all: false,
        posts: board::posts(),
        shelf: usize::MAX,
        queue: board::queue(),
        drafts: Vec::new(),
        sent: Vec::new(),
        silent: false,
        full: false,
        undo: None,
        later_ms: 0,
        told: Vec::new(),
        reminded_ms: Vec::new(),
        refusals: gate::refusals(),
        chimes: Vec::new(),
        bells: 0,
        help: HelpReport::default(),
        phones: help::phones(),
        alarms: 0,
        rings: Vec::new(),
        nearby: Nearby::default(),
        family: FamilyReport::default(),
        invites: invite::may(&["sibling"]),
        doorbell: house::doorbell(),
        register: register::Sample::default(),
        inbox: Vec::new(),
        next: 0,
    }))
}

/// The same node as the home of a gate.
pub fn gate() -> Shared {
    let node = node();
    be_gate(&node);
    node
}

/// Makes the node's home a gate's.
pub fn be_gate(node: &Shared) {
    let me = node.borrow().status.me.clone();
    node.borrow_mut().status.me = me.map(|me| Me {
        kind: PrincipalKind::Gate,
        name: "东门".into(),
        unit: None,
        may_grant: false,
        ..me
    });
    node.borrow_mut().invites = InviteReport::default();
}

impl Node {
    /// Something changed by itself.
    pub fn tell(&mut self, event: Event) {
        self.inbox.push(Incoming::Event { event });
    }

    pub fn changed(&mut self, topics: &[Topic]) {
        self.tell(Event::Changed(topics.to_vec()));
    }

    fn is_gate(&self) -> bool {
        let me = self.status.me.as_ref();
        me.is_some_and(|me| me.kind == PrincipalKind::Gate)
    }

    /// What a node would answer.
    fn answer(&mut self, request: &Request) -> Reply {
        if let Some(fault) = &self.closed {
            match request {
                Request::Unlock { passphrase } if passphrase.0 == self.passphrase => {
                    self.closed = None
                }
                Request::Unlock { .. } => {
                    return Reply::Fault(Fault::of(FaultCode::WrongPassphrase));
                }
                _ => return Reply::Fault(fault.clone()),
            }
        }
        let changes = matches!(
            request,
            Request::NoticeConfirm { .. }
                | Request::NoticeSay { .. }
                | Request::NoticeRemind { .. }
                | Request::PassIssue(_)
                | Request::PassCancel { .. }
                | Request::PassCancelAll
                | Request::PostDo { .. }
                | Request::DraftSend { .. }
        );
        if let Some(fault) = self.refuses.clone().filter(|_| changes) {
            return Reply::Fault(fault);
        }
        match request {
            Request::Status | Request::Unlock { .. } => {
                Reply::Status(Box::new(self.status.clone()))
            }
            Request::Subscribe => Reply::Done,
            Request::NoticeList => Reply::Notices(self.notices.clone()),
            Request::NoticeShow { id } => self.notice(id, |notice| notice.read_ms = Some(NOW_MS)),
            Request::NoticeConfirm { id } => {
                self.notice(id, |notice| notice.confirmed_by_me_ms = Some(NOW_MS))
            }
            Request::PassList => Reply::Passes(self.passes.clone()),
            Request::RegularList => Reply::Regulars(self.regulars.clone()),
            Request::RegularKeep { id } => {
                let pass = self.passes.iter().find(|pass| pass.id == *id).unwrap();
                self.regulars.push(passes::regular(pass));
                Reply::Regulars(self.regulars.clone())
            }
            Request::RegularDrop { label } => {
                self.regulars.retain(|one| one.label != *label);
                Reply::Regulars(self.regulars.clone())
            }
            Request::PassIssue(pass) => self.issue(pass),
            Request::PassCancel { id } => {
                match self.passes.iter_mut().find(|pass| pass.id == *id) {
                    Some(pass) => {
                        pass.cancelled_ms = Some(NOW_MS);
                        Reply::Pass(Box::new(pass.clone()))
                    }
                    None => Reply::Fault(Fault::of(FaultCode::NotFound)),
                }
            }
            Request::PassImage { id } => match self.passes.iter().find(|pass| pass.id == *id) {
                Some(pass) => Reply::PassIssued(Box::new(issued(pass.clone()))),
                None => Reply::Fault(Fault::of(FaultCode::NotFound)),
            },
            Request::Peers => Reply::Peers(Box::new(self.report.clone())),
            Request::NetPause => {
                self.report.facts.paused = true;
                Reply::Done
            }
            Request::NetResume => {
                self.report.facts.paused = false;
                Reply::Done
            }
            Request::Register(ask) => self.register(ask),
            Request::Find { query } => Reply::Found(Box::new(find::found(self, query))),
            Request::DraftSend {
                notice: Some(_), ..
            } => self.office(request),
            Request::PostList
            | Request::PostPage { .. }
            | Request::DraftSend { .. }
            | Request::FileOpen { .. }
            | Request::BoardQueue
            | Request::BoardRule { .. }
            | Request::Undo { .. }
            | Request::DraftList
            | Request::DraftSave { .. }
            | Request::DraftDrop { .. }
            | Request::PostShow { .. }
            | Request::PostEarlier { .. }
            | Request::PostDo { .. } => self.board(request),
            Request::NoticeArea { .. }
            | Request::NoticeRetract { .. }
            | Request::NoticeReach { .. }
            | Request::NoticeRemind { .. }
            | Request::NoticeTold { .. }
            | Request::NoticeSay { .. }
            | Request::NoticeExport { .. }
            | Request::Scheduled
            | Request::Unschedule { .. }
            | Request::Templates
            | Request::TemplateSave { .. }
            | Request::TemplateDrop { .. }
            | Request::NoticeComments { .. } => self.office(request),
            Request::GateCheck(scan) => self.gate_check(scan),
            Request::GateStatus => Reply::GateStatus(Box::new(self.gate_status())),
            Request::GateIncidents if self.is_gate() => {
                Reply::GateIncidents(vec![passes::incident("k3v9x2qa")])
            }
            Request::GateIncidents => Reply::GateIncidents(self.incidents.clone()),
            Request::PassCancelAll => self.cancel_all(),
            Request::Residents { apply } => self.residents(*apply),
            Request::GateLog => Reply::GateLog(self.gate_log.clone()),
            Request::GateInside => Reply::GateInside(self.inside.clone()),
            Request::GateRing { event } => self.gate_ring(event),
            Request::HelpList
            | Request::HelpRaise { .. }
            | Request::HelpCancel { .. }
            | Request::HelpAnswer { .. }
            | Request::HelpFine
            | Request::HelpCare { .. }
            | Request::HelpNumbers
            | Request::HelpSetNumbers { .. } => self.helps(request),
            Request::Join { .. }
            | Request::JoinPictures
            | Request::JoinConfirm { .. }
            | Request::StartAgain
            | Request::Found(_) => Reply::Done,
            Request::Invites
            | Request::InviteOpen { .. }
            | Request::InviteClose { .. }
            | Request::InviteConfirm { .. } => self.invites(request),
            Request::Family(act) => self.family(act),
            Request::Folders => Reply::Folders(Box::new(self.folders.clone())),
            Request::FoldersKeep(folders) => {
                self.folders = folders.clone();
                Reply::Folders(Box::new(self.folders.clone()))
            }
            Request::Nearby => Reply::Nearby(Box::new(self.nearby.clone())),
            Request::FoundPaper => Reply::Paper(house::paper()),
            Request::Bell => Reply::Bell(Box::new(self.bell.clone())),
            Request::BellSet(settings) => {
                self.bell.settings = settings.clone();
                Reply::Bell(Box::new(self.bell.clone()))
            }
            Request::BellMute { thread, on } => {
                self.bell.mute(thread, *on);
                Reply::Bell(Box::new(self.bell.clone()))
            }
            Request::BellLooked => {
                self.bell.looked_ms = NOW_MS;
                Reply::Bell(Box::new(self.bell.clone()))
            }
            Request::Rings => Reply::Rings(self.rings.clone()),
            Request::RingAnswer { event, admit } => self.ring_answer(event, *admit),
            Request::Doorbell => Reply::Doorbell(Box::new(self.doorbell.clone())),
            Request::DoorbellSet { order, seconds } => self.doorbell_set(order, *seconds),
            Request::Refusals
            | Request::Refuse { .. }
            | Request::ReceiveAgain { .. }
            | Request::GateEvacuation
            | Request::GateSheet
            | Request::GateFindUnit { .. } => self.door(request),
            Request::GateExpected => Reply::GateExpected(gate::expected()),
            Request::GateWalkIn { .. } => self.walk_in(),
            Request::GateGuard(act) => {
                match act {
                    GuardAct::Exit { event, .. } => self
                        .inside
                        .retain(|item| event.as_ref().is_some_and(|e| item.event != *e)),
                    GuardAct::HandOver { badge } => self.badge = Some(badge.clone()),
                    GuardAct::OpenAll { .. } => self.open_all = true,
                    GuardAct::CloseAll { .. } => self.open_all = false,
                    GuardAct::Correct { event, .. } => {
                        for one in self.gate_log.iter_mut().filter(|one| one.id == *event) {
                            one.corrected = true;
                        }
                    }
                    GuardAct::Override { .. } => {}
                }
                Reply::Done
            }
        }
    }

    fn notice(&mut self, id: &str, change: impl Fn(&mut NoticeItem)) -> Reply {
        match self.notices.iter_mut().find(|notice| notice.id == id) {
            Some(notice) => {
                change(notice);
                Reply::Notice(Box::new(notice.clone()))
            }
            None => Reply::Fault(Fault::of(FaultCode::NotFound)),
        }
    }
}

struct Line(Shared);

impl Client for Line {
    fn send(&mut self, request: Request) -> u64 {
        let mut node = self.0.borrow_mut();
        node.next += 1;
        let id = node.next;
        let reply = node.answer(&request);
        node.asked.push(request);
        node.inbox.push(Incoming::Reply { id, reply });
        id
    }

    fn poll(&mut self) -> Vec<Incoming> {
        let mut node = self.0.borrow_mut();
        if node.silent {
            return Vec::new();
        }
        std::mem::take(&mut node.inbox)
    }
}

/// A connection to a node, for a window of a test's own.
pub fn line(node: &Shared) -> Box<dyn Client> {
    node.borrow_mut().connections += 1;
    Box::new(Line(Rc::clone(node)))
}

/// A window on the node.
pub fn app(ctx: &egui::Context, node: &Shared, state: State, pictures: PathBuf) -> App {
    let (line, clock) = (Rc::clone(node), Rc::clone(node));
    let world = World {
        connect: Box::new(move || {
            line.borrow_mut().connections += 1;
            Box::new(Line(Rc::clone(&line)))
        }),
        clock: Box::new(move || NOW_MS + clock.borrow().later_ms),
        clipboard: Box::new(system::Board(Rc::clone(node))),
        chimes: Box::new(system::Bell(Rc::clone(node))),
        eyes: Eyes::start(std::sync::Arc::new(|| {})),
        returns: false,
        papers: pictures.clone(),
        login: Box::new(NoLogIn),
        homes: Box::new(homes::Account(Rc::clone(node))),
        pictures,
        home: "/srv/liran/linli".into(),
    };
    App::new(ctx, world, state)
}
