//! The owner of a home: answers requests, keeps the gate's state, the invitations and what is known of peers.
//!
//! Synchronous: the tokio loop ([`crate::home::run`]) and a one-off command drive it alike. What it wants sent
//! over links it leaves in `outbox`.

mod attach;
mod bell;
mod board;
mod community;
mod delivery;
mod devices;
mod drafts;
mod family;
mod find;
mod gate;
mod grid;
mod help;
mod ids;
mod invites;
mod joining;
pub(crate) mod meanwhile;
mod notice_acts;
mod notice_files;
mod notices;
mod passes;
mod peers;
mod posts;
mod reach;
mod registry;
mod regulars;
mod said;
mod scheduled;
mod shelf;
mod status;
mod templates;
mod undo;
mod unseen;
mod window;

pub(crate) use bell::Line as BellLine;
pub use gate::GateLine;
pub(crate) use gate::is_transfer;
pub(crate) use joining::Joining;
pub use reach::{AsItIs, Counting};

use crate::api::{Answer, Fault, Request};
use crate::home::clock::{Clock, OsDice};
use crate::home::files::{HomeFiles, device_keys};
use crate::replica::{Now, OpenFault, Replica, Topic};
use gate::{Flood, GateDesk};
use invites::Window;
use linli_base::DeviceId;
use linli_base::time::Moment;
use linli_net::NetHandle;
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_store::Store;
use linli_vault::Secrets;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// What lives in the home.
pub(crate) enum State {
    /// A member of a community.
    Member(Box<Replica>),
    /// Compared pictures, perhaps; not enrolled yet.
    Joining(Box<Joining>),
    /// Nothing yet.
    Empty,
}

/// The owner. See the module's text.
pub(crate) struct Owner {
    pub(crate) files: HomeFiles,
    pub(crate) clock: Clock,
    pub(crate) state: State,
    pub(crate) net: Option<NetHandle>,
    pub(crate) outbox: Vec<Output>,
    pub(crate) windows: Vec<Window>,
    pub(crate) addr_of: BTreeMap<DeviceId, String>,
    pub(crate) addr_of_link: BTreeMap<LinkId, String>,
    /// Key of whoever is at the other end, as the transport proved it.
    pub(crate) net_of_link: BTreeMap<LinkId, [u8; 32]>,
    /// Links that were refused, oldest first.
    pub(crate) refused_links: BTreeMap<LinkId, peers::RefusedLink>,
    /// What was seen of what keeps neighbours apart.
    pub(crate) seen: peers::Seen,
    pub(crate) stop: bool,
    /// How long to wait for another person before giving up.
    pub(crate) patience: Duration,
    blobs: attach::Blobs,
    gate: Option<GateDesk>,
    /// Calls that this gate makes.
    calls: gate::Calls,
    /// When calls were first heard here, by this computer's own clock.
    calls_heard: std::sync::Mutex<gate::Heard>,
    /// Sees when the wall clock jumps against the one that never steps.
    gate_watch: linli_pass::state::Watch,
    /// Links are played by somebody else: a simulator.
    pub(crate) played: bool,
    /// How other gates are asked where there is no network but a simulator's.
    pub(crate) gate_line: Option<GateLine>,
    /// Lines of scans decided within the last seconds: a repeat is about the same line.
    gate_lines: BTreeMap<[u8; 32], (Moment, String)>,
    /// Refusals of the minute that runs.
    gate_flood: Flood,
    changed: BTreeSet<Topic>,
    /// What is announced by itself.
    bell: bell::Desk,
    /// What can be found, once somebody looked for something.
    finder: find::Finder,
    /// Which posts there are.
    shelf: shelf::Shelf,
    /// When a notice that waits has to go out.
    due: scheduled::Due,
}

impl Owner {
    /// Opens what lives in a home.
    pub(crate) fn open(
        files: HomeFiles,
        store: Box<dyn Store>,
        secrets: &Secrets,
    ) -> Result<Self, Fault> {
        let keys = device_keys(secrets);
        let clock = Clock::start();
        if crate::replica::read_identity_certificate(store.as_ref())?.is_none() {
            let state = match Joining::load(store.as_ref(), keys)? {
                Ok(mut joining) => {
                    joining.store = Some(store);
                    State::Joining(Box::new(joining))
                }
                Err(()) => State::Empty,
            };
            return Ok(Self::new(files, state, clock));
        }
        match Replica::open(store, keys, Box::new(OsDice)) {
            Ok(replica) => {
                let mut owner = Self::of_replica(files, replica, clock);
                owner.renew_rows()?;
                owner.recall_holds()?;
                owner.begin_to_hear()?;
                Ok(owner)
            }
            Err(OpenFault::NoCommunity) => Ok(Self::new(files, State::Empty, clock)),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Rows that an older program folded are folded anew, before anything reads them.
    fn renew_rows(&mut self) -> Result<(), Fault> {
        let now = self.now();
        Ok(self.replica()?.renew_rows(now)?)
    }

    pub(crate) fn of_replica(files: HomeFiles, replica: Replica, clock: Clock) -> Self {
        let mut owner = Self::new(files, State::Member(Box::new(replica)), clock);
        owner.calls_heard = std::sync::Mutex::new(gate::Heard::of_a_new_home());
        owner
    }

    pub(crate) fn joining(
        files: HomeFiles,
        joining: Joining,
        clock: Clock,
        patience: Duration,
    ) -> Self {
        let mut owner = Self::new(files, State::Joining(Box::new(joining)), clock);
        owner.patience = patience;
        owner
    }

    fn new(files: HomeFiles, state: State, clock: Clock) -> Self {
        Self {
            blobs: attach::Blobs::of_home(&files.dir),
            files,
            clock,
            state,
            net: None,
            outbox: Vec::new(),
            windows: Vec::new(),
            addr_of: BTreeMap::new(),
            net_of_link: BTreeMap::new(),
            addr_of_link: BTreeMap::new(),
            refused_links: BTreeMap::new(),
            seen: peers::Seen::default(),
            stop: false,
            patience: Duration::from_secs(600),
            gate: None,
            calls: gate::Calls::default(),
            calls_heard: std::sync::Mutex::default(),
            gate_watch: linli_pass::state::Watch::default(),
            played: false,
            gate_line: None,
            gate_lines: BTreeMap::new(),
            gate_flood: Flood::default(),
            changed: BTreeSet::new(),
            bell: bell::Desk::default(),
            finder: find::Finder::default(),
            shelf: shelf::Shelf::default(),
            due: scheduled::Due::default(),
        }
    }

    /// Whether there are links, or could be.
    pub(crate) fn is_running(&self) -> bool {
        self.net.is_some() || self.played
    }

    pub(crate) fn now(&self) -> Now {
        self.clock.now()
    }

    /// The replica, or the fault that says why there is none.
    pub(crate) fn replica(&mut self) -> Result<&mut Replica, Fault> {
        match &mut self.state {
            State::Member(replica) => Ok(replica),
            State::Joining(_) => Err(Fault::missing("still-joining")),
            State::Empty => Err(Fault::missing("no-community")),
        }
    }

    pub(crate) fn replica_ref(&self) -> Result<&Replica, Fault> {
        match &self.state {
            State::Member(replica) => Ok(replica),
            State::Joining(_) => Err(Fault::missing("still-joining")),
            State::Empty => Err(Fault::missing("no-community")),
        }
    }

    /// When the loop must wake for this home's sake.
    pub(crate) fn deadline(&self) -> Option<Moment> {
        match &self.state {
            State::Member(replica) => replica.deadline(),
            _ => None,
        }
    }

    /// Advances the replica by one input; [`Self::settle`] commits.
    pub(crate) fn input(&mut self, input: Input) -> Result<(), Fault> {
        let now = self.now();
        if let State::Member(replica) = &mut self.state {
            replica.input(now, input, &mut self.outbox)?;
        }
        Ok(())
    }

    /// Commits what is staged and queues what follows from it.
    pub(crate) fn settle(&mut self) -> Result<(), Fault> {
        let settled = self.commit();
        if let Err(fault) = &settled {
            self.seen.committed(Some(fault));
        }
        settled
    }

    fn commit(&mut self) -> Result<(), Fault> {
        let now = self.now();
        if let State::Member(replica) = &mut self.state {
            let mut kept = replica.needs_flush();
            replica.flush(now, &mut self.outbox)?;
            replica.ensure_scope_keys(now)?;
            kept |= replica.needs_flush();
            replica.flush(now, &mut self.outbox)?;
            let changed = replica.take_changed();
            // Where there was nothing to keep, a full disk is as full as before.
            if kept {
                self.seen.committed(None);
            }
            if changed.contains(&Topic::Passes) || changed.contains(&Topic::Status) {
                self.gate_is_stale();
            }
            self.finder.changed(&changed);
            if changed.contains(&Topic::Posts) || changed.contains(&Topic::Notices) {
                self.blobs.are_stale();
            }
            self.changed.extend(changed);
        }
        Ok(())
    }

    /// Topics that changed since the last call, for subscribers.
    pub(crate) fn take_changed(&mut self) -> BTreeSet<Topic> {
        std::mem::take(&mut self.changed)
    }

    /// Answers a request; what it writes is durable when this returns.
    pub(crate) fn handle(
        &mut self,
        request: Request,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Answer, Fault> {
        let step = self.step_of(&request);
        let answer = self.dispatch(request, progress)?;
        if let Some(step) = step {
            self.note_step(step, &answer)?;
        }
        self.settle()?;
        // What was erased is gone from the disk when this says so.
        self.follow_blobs()?;
        Ok(answer)
    }

    fn dispatch(
        &mut self,
        request: Request,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Answer, Fault> {
        match request {
            Request::CommunityShow => self.community_show(),
            Request::CharterLog => self.charter_log(),
            Request::CharterLimits { gate_log_months } => self.charter_limits(gate_log_months),
            Request::Status => self.status(),
            Request::Peers => self.peers(),
            Request::Why { item } => self.why(&item),
            Request::Conflicts => self.conflicts(),
            Request::Doctor => self.doctor(),
            Request::Digest { scope } => self.digest(scope.as_deref()),
            Request::NetPause { peer } => self.net_pause(peer.as_deref(), true),
            Request::NetResume { peer } => self.net_pause(peer.as_deref(), false),
            Request::NetDial { addr } => self.net_dial(&addr),
            Request::InviteOpen { unit, role, ttl_s } => self.invite_open(unit, &role, ttl_s),
            Request::Invite { act } => self.invite_act(act),
            Request::SasShow => self.sas_show(),
            Request::SasConfirm { typed } => self.sas_confirm(&typed),
            Request::DeviceList => self.device_list(),
            Request::DeviceHold { id, reason } => self.device_hold(&id, &reason),
            Request::DeviceLift { id } => self.device_lift(&id),
            Request::DeviceRevoke { id, reason } => self.device_revoke(&id, &reason),
            Request::NoticePublish(args) => self.notice_publish(&args, None),
            Request::NoticeList => self.notice_list(),
            Request::NoticeShow { id } => self.notice_show(&id),
            Request::NoticeCorrect { id, with } => self.notice_publish(&with, Some(&id)),
            Request::NoticeRetract { id, reason } => self.notice_retract(&id, &reason),
            Request::NoticeConfirm { id } => self.notice_confirm(&id),
            Request::NoticeReach { id } => self.notice_reach(&id),
            Request::DraftRead => self.draft_read(),
            Request::Draft { act } => self.draft_act(act),
            Request::Window { act } => self.window_act(act),
            Request::NoticeRemind { id } => self.notice_remind(&id),
            Request::NoticeTold { id, unit, words } => self.notice_told(&id, &unit, words),
            Request::Notice { act } => self.notice_act(act),
            Request::NoticeProof { id } => self.notice_proof(&id),
            Request::NoticeFiles { id } => self.notice_files(id.as_deref()),
            Request::RegistryImport {
                file,
                cleaned,
                duplicates,
            } => self.registry_import(&file, *cleaned, duplicates),
            Request::RegistryApply { batch } => self.registry_apply(&batch, progress),
            Request::RegistryUndo { batch } => self.registry_undo(&batch, progress),
            Request::RegistryIssues { batch } => self.registry_issues(&batch),
            Request::RegistryBatches => self.registry_batches(),
            Request::RegistryList { place } => self.registry_list(place.as_deref()),
            Request::RegistryFind { query } => self.registry_find(&query),
            Request::Find { query, most } => self.find(&query, most),
            Request::RegistryShow { what } => self.registry_show(&what),
            Request::Grid { act } => self.grid_act(act),
            Request::PassIssue(args) => self.pass_issue(&args),
            Request::PassList => self.pass_list(),
            Request::PassShow { id } => self.pass_show(&id),
            Request::PassCancel { id } => self.pass_cancel(&id),
            Request::PassCancelAll => self.pass_cancel_all(),
            Request::PassRegulars => self.pass_regulars(),
            Request::PassKeep { id } => self.pass_keep(&id),
            Request::PassForget { label } => self.pass_forget(&label),
            Request::GateCheck(args) => self.gate_check(&args),
            Request::GateLog => self.gate_log(),
            Request::GateStatus => self.gate_status(),
            Request::Gate { act } => self.gate_act(&act),
            Request::Door { act } => self.door_act(&act, progress),
            Request::PostNew { kind, body } => self.post_new(&kind, body),
            Request::PostList => self.post_list(),
            Request::PostShow { id } => self.post_show(&id),
            Request::PostComment { id, text } => self.post_comment(&id, text),
            Request::PostClaim { id, text } => self.post_claim(&id, text),
            Request::PostClose { id, outcome } => self.post_close(&id, outcome),
            Request::Board { act } => self.board_act(act),
            Request::Attach { act } => self.attach_act(act),
            Request::Bell { act } => self.bell_act(act),
            Request::Family { act } => self.family_act(act),
            Request::Help { act } => self.help_act(act),
            Request::Undo { act } => self.undo_act(&act),
            Request::Erase { id } => self.erase(&id),
            Request::Shutdown => {
                self.stop = true;
                Ok(Answer::default())
            }
            Request::Subscribe => Ok(Answer::default()),
        }
    }
}

/// An answer without warnings.
pub(crate) fn answer(data: serde_json::Value) -> Answer {
    Answer {
        data,
        warnings: Vec::new(),
    }
}
