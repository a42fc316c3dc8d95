//! What the node of a home says to the programs on that home, as types.
//!
//! One process owns a home; the desktop and the command line speak to it over a local socket, one JSON object
//! a line. These are the `data` objects of that talk. They are serialisable because they are a wire format:
//! fields are added, never renamed; a reader ignores what it does not know. Moments are milliseconds since
//! 1970 (`_ms`) or whole seconds (`_s`), always UTC; the community's offset is in [`Status`].
//!
//! Nothing here is worded: sentences are made by the view-models of this crate, from these values and a `now`.

mod bell;
mod board;
mod cap;
mod door;
mod draft;
mod family;
mod fault;
mod file;
mod find;
mod folder;
mod frame;
mod gate;
mod help;
mod invite;
mod join;
mod notice;
mod office;
mod pass;
mod peer;
mod register;
mod request;
mod secret;
mod status;
mod undo;

pub use bell::{BellReport, BellSays, BellSettings, BellSystem};
pub use board::{
    CommentItem, EarlierComments, HandedItem, ModerationItem, PostDo, PostItem, PostKind, PostsOf,
    PostsPage, QueueItem, ReportItem, RulingItem, Seen,
};
pub use cap::{CapWords, Category, Certainty, Response, Urgency};
pub use door::{
    Doorbell, DoorbellDevice, Evacuation, EvacuationBuilding, EvacuationUnit, RefusalItem,
    RingItem, RingSaid, RingState, UnitItem,
};
pub use draft::{DraftItem, DraftSaved, NoticeOut};
pub use family::{FamilyDo, FamilyPerson, FamilyReport};
pub use fault::{Fault, FaultCode};
pub use file::{FileItem, FileRef, OpenFile};
pub use find::{FoundItem, FoundKind, FoundList};
pub use folder::SaveFolders;
pub use frame::{Event, Incoming, Reply, RequestLine, Topic};
pub use gate::{
    ExpectedItem, GateAnswer, GateEvent, GateMark, GateResult, GateScan, GateSheet, GateStatus,
    GuardAct, IncidentItem, InsideItem, ScanKind,
};
pub use help::{
    Care, HelpEar, HelpHow, HelpItem, HelpRaised, HelpReceived, HelpReport, MissedItem, PhoneItem,
};
pub use invite::{InviteItem, InviteReport, InviteState};
pub use join::{
    FoundRequest, Meanwhile, MeanwhileNotice, MeanwhileNumber, Nearby, NearbyCommunity, Paper,
    Pictures,
};
pub use notice::{Area, NoticeItem, NoticeText, Retraction, Severity};
pub use office::{
    AreaFacts, BuildingItem, CellItem, CellWord, DisputedItem, ExportForm, NoticeExport,
    NoticeRequest, ReachBuilding, ReachCount, ReachOpen, ReachPoint, ReachReport, ScheduledItem,
    TemplateItem,
};
pub use pass::{
    GateHeard, Hours, PassIssued, PassItem, PassKind, PassQr, PlateOf, RegularItem, ResidentPlates,
};
pub use peer::{Holding, PeerItem, PeerState, Reason, SyncReport};
pub use register::{
    AskItem, BatchCounts, BatchItem, BatchReport, BatchStage, BatchWritten, Duplicates, IssueItem,
    PersonItem, ReadTable, RegisterAsk, RegisterCell, RegisterFound, RegisterPlaces, RegisterSaid,
    RegisterUnit, UnitRecord,
};
pub use request::{PassRequest, Request};
pub use secret::Passphrase;
pub use status::{
    Community, Delivery, GateRef, HeardBy, Me, PrincipalKind, Progress, Stage, Status, SyncFacts,
    Trouble,
};
pub use undo::{UndoItem, UndoState};

#[cfg(test)]
mod tests;
