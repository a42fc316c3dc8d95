//! What a home can be asked, by whichever program: the command line, the desktop, a test.
//!
//! One line of JSON each way over the local socket, or a plain call where the asking program owns the home
//! itself: `{"id":1,"cmd":{"cmd":"status"}}` -> `{"id":1,"ok":{"data":{..},"warnings":[..]}}` or
//! `{"id":1,"err":{"code":"..","exit":4,"args":{..}}}`. Long work may send `{"id":1,"progress":[done,total]}`
//! first. A fault names its code and its arguments; sentences are made where people read them.

mod attach;
mod bell;
mod board;
mod door;
mod draft;
mod fault;
mod gate;
mod grid;
mod help;
mod invite;
mod line;
mod notice;
mod undo;
mod window;

pub use crate::replica::SCOPES;
pub use attach::{AttachAct, FileArgs};
pub use bell::BellAct;
pub use board::BoardAct;
pub use door::DoorAct;
pub use draft::{DraftAct, NoticeOut};
pub use fault::Fault;
pub use gate::GateAct;
pub use grid::GridAct;
pub use help::HelpAct;
pub use invite::InviteAct;
pub use line::{Answer, Ask, Line};
pub use notice::{CapArgs, NoticeAct, NoticeArgs, community_bytes, record_bytes};
pub use undo::UndoAct;
pub use window::WindowAct;

use linli_exchange::register::{Cleaned, Duplicates};
use serde::{Deserialize, Serialize};

/// A question or order. Ids are full ids (`r:...`) or any unambiguous prefix of at least six characters.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "cmd", rename_all = "snake_case")]
pub enum Request {
    /// Data: `{community:{id,short,emoji,name,utc_offset,epoch,gates:[{no,name,device}],offices:[{id,name}],
    /// members,threshold}, me:{device,principal,kind,unit,office,roles:[..]}}`.
    CommunityShow,
    /// Data: `{epochs:[{number,id,time_s,name,gates,offices,issuing,roles,limits}]}`, where limits is
    /// `{person_pass_s,standing_pass_s,stale_day_s,stale_week_s,stale_long_s,gate_log_months}`.
    CharterLog,
    /// Shows the limits that the charter sets, or changes them by a new epoch. Data: `{epoch, limits:{..}, changed}`.
    CharterLimits {
        /// How many whole months a month of the gates' logs is kept after it is over; none = as it is.
        gate_log_months: Option<u64>,
    },
    /// Data: `{state:"new|joining|member", community:{..}, me:{..}, running:bool, counts:{notices,posts,
    /// passes,units,persons}, online, paused, waiting, refused, protected, next:[hint keys]}`.
    Status,
    /// Data: `{peers:[{device,kind,label,unit,online,paused,last_met_ms,lacks,addr,reason}],
    /// refused:[{addr,reason}], listening:[..], as_of_ms, reason, ahead_ms}`; reason: why nothing moves at all, ahead_ms:
    /// how far this clock is ahead of an office's.
    Peers,
    /// Data: `{item, state:"online|paused|away|here-only|elsewhere", copies:[{device,label}], reason, running}`;
    /// reason is one of the ten of sync.md §5; `clocks-apart` is told of the home as a whole, by [`Self::Peers`].
    Why {
        /// Id of a record, or of a device.
        item: String,
    },
    /// Data: `{conflicts:[{record,kind,field,values}], forks:[..], quarantined:[{entry,reason}]}`.
    Conflicts,
    /// Data: `{checks:[{name,ok,detail}]}`.
    Doctor,
    /// Data: `{digest, scope, scopes:{notice:..,board:..,pass:..,gates:..,office:..,..}}`.
    Digest {
        /// One scope instead of all that this replica may hold: notice, board, pass, gates, house, office.
        scope: Option<String>,
    },
    /// Data: `{paused:[..]|"all"}`.
    NetPause {
        /// One peer; none = all.
        peer: Option<String>,
    },
    /// As [`Self::NetPause`].
    NetResume {
        /// One peer; none = all.
        peer: Option<String>,
    },
    /// Dials an address now and keeps it in the address book.
    NetDial {
        /// `host:port` or a multiaddr.
        addr: String,
    },
    /// Data: `{id, invite, unit, role, expires_ms, addrs}`.
    InviteOpen {
        /// Unit, for a household.
        unit: Option<String>,
        /// `household`, `office:NAME`, `gate:NO`, `screen`, or `sibling` (a further device here).
        role: String,
        /// Seconds the window stays open.
        ttl_s: u64,
    },
    /// Invitations that are open.
    Invite {
        /// The act or question.
        act: InviteAct,
    },
    /// Data: `{sides:[{emoji:[7],names_zh:[7],names_en:[7],numbers:[7],unit,role,device_name,confirmed,state}]}`.
    SasShow,
    /// Data: `{state:"confirmed|waiting|enrolled", device, principal}`.
    SasConfirm {
        /// What the person typed: emoji, names in either language, or numbers.
        typed: String,
    },
    /// Data: `{devices:[{id,short,kind,label,unit,gate,may_grant,issuer,held,holds:[{id,reason}],
    /// revoked,me,expires_s}]}`.
    DeviceList,
    /// Data: `{hold}`.
    DeviceHold {
        /// The device.
        id: String,
        /// Why.
        reason: String,
    },
    /// Data: `{lifted}`.
    DeviceLift {
        /// The device or the hold.
        id: String,
    },
    /// Data: `{revoked}`.
    DeviceRevoke {
        /// The device.
        id: String,
        /// Why.
        reason: String,
    },
    /// Data: `{id}`; publishes.
    NoticePublish(NoticeArgs),
    /// Data: `{notices:[notice]}`; notice = `{id,org,org_name,title,body,title_en,body_en,severity,urgency,
    /// certainty,response,category,area,cells,effective_ms,expires_ms,published_ms,heard_ms,needs_confirm,asks_me,confirmed_by_me_ms,corrects,corrected_by,
    /// retracted:{by,reason,at_ms},signed_by,valid,copies,comments,said:[comment],
    /// comments_closed_ms}`; `comments` is how many, a comment as a post has it, with `late`: said while they were closed.
    NoticeList,
    /// Data: `{notice}`.
    NoticeShow {
        /// The notice.
        id: String,
    },
    /// Data: `{id}` of the new notice, which corrects the old one.
    NoticeCorrect {
        /// The notice to correct.
        id: String,
        /// The corrected text.
        with: NoticeArgs,
    },
    /// Data: `{id}` of the retraction.
    NoticeRetract {
        /// The notice.
        id: String,
        /// Why.
        reason: String,
    },
    /// Data: `{id, confirmed_ms}`; a warning where it was taken back or corrected.
    NoticeConfirm {
        /// The notice.
        id: String,
    },
    /// Data: `{id, title, asks, published_ms, reminded_ms:[..], as_of_ms, of, delivered, read, confirmed, told, reached,
    /// settled, not_heard, no_device, vacant, buildings:[{building, of, delivered, ..}], open:[{unit, building,
    /// state:"read|delivered|not-heard|no-device"}], unconfirmed:[unit]}`; units, lower bounds, in walking order.
    NoticeReach {
        /// The notice.
        id: String,
    },
    /// Asks those who have not confirmed once more. Data: `{id, asked, reminders, left}`.
    NoticeRemind {
        /// The notice.
        id: String,
    },
    /// A unit was told of a notice at its door. Data: `{id, unit, news}`.
    NoticeTold {
        /// The notice.
        id: String,
        /// The unit, as people write it.
        unit: String,
        /// What was said there, for the office.
        words: Option<String>,
    },
    /// What can be done about notices beside that.
    Notice {
        /// The act or question.
        act: NoticeAct,
    },
    /// The draft of a notice that this home kept last. Data: `{text}`, as the window writes it; none: there is none.
    DraftRead,
    /// What this home keeps for its windows.
    Window {
        /// The act or question.
        act: WindowAct,
    },
    /// Drafts of posts, replies and notices.
    Draft {
        /// The act or question.
        act: DraftAct,
    },
    /// A notice with its history as others can check it. Data: [`crate::proof::File`].
    NoticeProof {
        /// The notice.
        id: String,
    },
    /// What goes out of the house. Data: `{community, estate, notices:[{notice, corrected_by}]}`; notice as
    /// [`linli_exchange::notice::Notice`].
    NoticeFiles {
        /// One notice; none = all that are in force, newest first.
        id: Option<String>,
    },
    /// Data: `{batch, file, counts:{rows,units,persons,vehicles,add,update,same,skipped,ask,missing,issues:{note,warning,refused}}}`.
    /// Nothing is written but the preview itself.
    RegistryImport {
        /// Name of the file, for the list of batches.
        file: String,
        /// What was read.
        cleaned: Box<Cleaned>,
        /// What to do with people who are there already.
        duplicates: Duplicates,
    },
    /// Data: `{batch, written:{buildings,rooms,households,persons,vehicles,updated}}`.
    RegistryApply {
        /// The batch.
        batch: String,
    },
    /// Data: `{batch, undone}`.
    RegistryUndo {
        /// The batch.
        batch: String,
    },
    /// Data: `{batches:[{batch, file, stage:"preview|applied|undone", at_ms, rows}]}`, the newest first.
    RegistryBatches,
    /// Data: `{buildings:[{building,units,cell}], units:[{unit,use,persons,cell}]}`; units only of a place.
    RegistryList {
        /// A building, a stair or a unit.
        place: Option<String>,
    },
    /// Data: `{batch, file, stage, at_ms, mode, counts, issues:[{row,severity,zh,en,..}], asks:[{row,why,first}], units_ask:[unit]}`.
    RegistryIssues {
        /// The batch.
        batch: String,
    },
    /// Data: `{units:[unit], persons:[{id,unit,name,relation,phones}]}`; what this home may see.
    RegistryFind {
        /// Unit, part of a name, plate.
        query: String,
    },
    /// Notices, posts, units, people and passes that this home holds: by characters of either script, by pinyin whole or in
    /// first letters, by unit or plate; filters `类:通知 楼:3 网格:02 状态:未确认` or
    /// `kind:notice building:3 grid:02 status:waits`.
    /// Data: `{hits:[{kind:"unit|person|notice|post|pass",id,title,title_marks:[[from,len]],snippet,marks,unit,
    /// how:"exact|title|exact-sound|text|title-sound|text-sound",status:"waits|open|over",mine,at_ms}], total, as_of_ms}`; the
    /// closest first, marks in characters.
    Find {
        /// As typed, at most 100 characters.
        query: String,
        /// Hits, at most 100; none = 20.
        most: Option<usize>,
    },
    /// Data: `{unit:{unit,use,area_dm2,cell,persons:[..],vehicles:[..]}}` or `{record}`.
    RegistryShow {
        /// Unit or id.
        what: String,
    },
    /// Grid cells of the register, and whom an area means.
    Grid {
        /// The act or question.
        act: GridAct,
    },
    /// Data: `{id, text, short_code, label, from_s, until_s, with_chain, qr_version, warnings}`.
    PassIssue(PassArgs),
    /// Data: `{passes:[pass]}`; pass = `{id,label,kind,from_s,until_s,entries,used,companions,gates:[{no,name,
    /// heard,as_of_ms}],names_gates,plate,short_code,cancelled_ms,issued_ms,text,host,copies,windows:[[days,start,
    /// end]],pin,mark}`; `pin`: the gate asks for one; `mark` is what incidents call the pass.
    PassList,
    /// Data: `{pass}`.
    PassShow {
        /// The pass.
        id: String,
    },
    /// Data: `{id}`.
    PassCancel {
        /// The pass.
        id: String,
    },
    /// Whom this home invites again and again; kept here alone. Data: `{regulars:[{label,kind,from_s,until_s,entries,
    /// companions,gates,plate,windows}]}`.
    PassRegulars,
    /// Keeps what a pass says as a regular visitor. Data: `{label}`.
    PassKeep {
        /// The pass.
        id: String,
    },
    /// Forgets a regular visitor. Data: `{label}`.
    PassForget {
        /// The label.
        label: String,
    },
    /// Data: `{before_s}`: everything this principal issued until now.
    PassCancelAll,
    /// Data: `{result:"ADMIT|ASK|DENY", code, sentence_zh, sentence_en, label, unit, plate, until_s, use, of,
    /// companions, pin_unasked, event, as_of}`; `pin_unasked`: the pass has a PIN, and something else was wrong before it
    /// came to that. A repeat names the line of the first answer. Exit status follows the result.
    GateCheck(ScanArgs),
    /// Data: `{events:[{id,at_ms,gate,result,code,label,unit,plate,uses,entries,companions,badge,reason,about,
    /// corrected}]}`.
    GateLog,
    /// Data: `{gate:{no,name}, clock:"GOOD|DRIFT|BEHIND|LOST", cancels_as_of_ms, grants, cancelled, open_all, badge,
    /// help:[{id,by,at_ms}]}`; `help` are open calls that are no practice.
    GateStatus,
    /// What a guard does beside looking at a pass, and what the log is asked.
    Gate {
        /// The act or question.
        act: GateAct,
    },
    /// Whom gates refuse, how they call a household, resident plates.
    Door {
        /// The act or question.
        act: DoorAct,
    },
    /// Data: `{id}`.
    PostNew {
        /// ask, offer, lost, found, give, lend, sell, concern.
        kind: String,
        /// Text.
        body: String,
    },
    /// Data: `{posts:[post]}`; post = `{id,kind,author,body,published_ms,heard_ms,closed,outcome,claims:[{by,text}],
    /// comments:[{id,author,official,body,hidden,published_ms,answers,own,moderation}], hidden, moderation, handed:{to,
    /// by,at_ms,words,answer}, reactions:{word:count}, reacted, chosen, own, delivery}`;
    /// delivery = null, or of what was made here `{stage:"here|elsewhere|arrived|read", heard_by:[{device,name,at_ms}]}`, so
    /// too of comments, passes and an office's notices; moderation = null or `{state:"stands|paused|hidden",reports,why:[[word,count]],by,reason,at_ms,rulings:[{hide,by,reason,at_ms}],appealed,appeal,
    /// may_appeal}`. Where `hidden`, the text is left out: neither its author nor an office asks.
    PostList,
    /// Data: `{post}`.
    PostShow {
        /// The post.
        id: String,
    },
    /// Data: `{id}`.
    PostComment {
        /// The post or notice.
        id: String,
        /// Text.
        text: String,
    },
    /// Data: `{id}`.
    PostClaim {
        /// The post.
        id: String,
        /// A word with it.
        text: Option<String>,
    },
    /// Data: `{id}`.
    PostClose {
        /// The post.
        id: String,
        /// How it ended.
        outcome: Option<String>,
    },
    /// What can be done on the board beside that.
    Board {
        /// The act or question.
        act: BoardAct,
    },
    /// Pictures and documents that go with posts and notices.
    Attach {
        /// The act or question.
        act: AttachAct,
    },
    /// Calls for help and what belongs to them.
    Help {
        /// The act or question.
        act: HelpAct,
    },
    /// Takes the last command back.
    Undo {
        /// The act or question.
        act: UndoAct,
    },
    /// What is announced by itself.
    Bell {
        /// The act or question.
        act: BellAct,
    },
    /// Who of a household sits at this computer. Data: `{people:[{id,name,lang,look}], now, read:[..]}`.
    Family {
        /// The act or question.
        act: linli_view::api::FamilyDo,
    },
    /// Data: `{id}`.
    Erase {
        /// The record.
        id: String,
    },
    /// Stops the owner of the home. Data: `{}`.
    Shutdown,
    /// Asks to be told of changes: the socket then also sends `{"event":[topics]}`. Data: `{}`.
    Subscribe,
}

/// A pass to issue.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PassArgs {
    /// What the guard sees.
    pub label: String,
    /// person, vehicle, delivery, worker.
    pub kind: String,
    /// Valid from.
    pub from_s: u64,
    /// Valid until.
    pub until_s: u64,
    /// Host unit, when an office issues.
    pub host: Option<String>,
    /// Entries allowed; 0 = unlimited inside the windows.
    pub entries: u8,
    /// Gates; the first is the home gate. Empty and counted: the estate's first gate.
    pub gates: Vec<u8>,
    /// Licence plate.
    pub plate: Option<String>,
    /// Companions.
    pub companions: u8,
    /// PIN told by voice.
    pub pin: Option<String>,
    /// Windows: days (bit 0 = Monday), start and end minute.
    pub windows: Vec<(u8, u16, u16)>,
}

/// What a gate was shown.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ScanArgs {
    /// Text of a pass.
    pub text: Option<String>,
    /// A plate.
    pub plate: Option<String>,
    /// A short code.
    pub code: Option<String>,
    /// People with the holder.
    pub companions: u8,
    /// The PIN said.
    pub pin: Option<String>,
    /// In the vehicle lane: the plate seen there.
    pub lane_plate: Option<String>,
}
