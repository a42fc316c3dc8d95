//! The node behind the station while the shift of `shift.csv` is played: it takes each row's time and knows what the row
//! says that the gate knows. A window cannot move a clock, and sixty passes of twelve hours have one each.
//!
//! What it decides about is what the window sent, not what the file says: a key that went wrong is a wrong answer.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

#[path = "../../../linli-vectors/shift/play.rs"]
pub mod play;

use linli_base::Private;
use linli_pass::reason::Setting;
use linli_pass::{Decision, Lane, Lang, Pin, Plate, Scan, Verdict, What};
use linli_view::api::{
    Fault, FaultCode, GateAnswer, GateEvent, GateMark, GateResult, GateScan, GateStatus, GuardAct,
    InsideItem, Me, PrincipalKind, Reply, Request, ScanKind, Status, SyncReport,
};
use play::{Row, Shift};

/// What the hands of a guard do with one row: keys by their names as xdotool knows them, and text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hand {
    /// One key.
    Key(&'static str),
    /// Text, as a barcode gun or fingers type it.
    Text(String),
}

/// What the screen has to say after a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// An answer with this code, or none.
    Answer(GateResult, String),
    /// A departure was logged.
    Left,
}

/// The node.
pub struct Desk {
    shift: Shift,
    rows: Vec<Row>,
    at: usize,
    status: Status,
    report: SyncReport,
    log: Vec<GateEvent>,
    inside: Vec<InsideItem>,
    /// The answer the window got last, and its sentences.
    pub answered: Option<GateAnswer>,
    /// Departures that were logged.
    pub left: usize,
    /// Milliseconds that the window's clock is ahead of the file's: none where the window takes the file's time.
    pub ahead: i64,
}

impl Desk {
    /// Before the shift.
    pub fn new() -> Self {
        let mut status: Status = serde_json::from_str(include_str!(
            "../../../../crates/linli-view/samples/status.json"
        ))
        .unwrap();
        status.me = status.me.map(|me| Me {
            kind: PrincipalKind::Gate,
            name: "东门".into(),
            unit: None,
            may_grant: false,
            ..me
        });
        let report: SyncReport = serde_json::from_str(include_str!(
            "../../../../crates/linli-view/samples/peers.json"
        ))
        .unwrap();
        Self {
            shift: Shift::new(),
            rows: play::rows(),
            at: 0,
            status,
            report,
            log: Vec::new(),
            inside: Vec::new(),
            answered: None,
            left: 0,
            ahead: 0,
        }
    }

    /// How many come.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The row's time, in milliseconds.
    pub fn now_ms(&self) -> u64 {
        self.rows[self.at].moment().0 * 1000
    }

    /// What the file says about a row.
    pub fn expected(&self, at: usize) -> Outcome {
        let fields = &self.rows[at].fields;
        match fields[8].as_str() {
            "EXIT" => Outcome::Left,
            word => {
                let result = serde_json::from_value(word.into()).unwrap();
                Outcome::Answer(result, fields[9].clone())
            }
        }
    }

    /// The next visitor stands there: what the guard types.
    pub fn arrives(&mut self, at: usize) -> Vec<Hand> {
        self.at = at;
        (self.answered, self.left) = (None, 0);
        let row = &self.rows[at];
        let (kind, text) = (row.fields[3].as_str(), |text: &str| {
            Hand::Text(text.to_owned())
        });
        let (enter, cti) = (Hand::Key("Return"), row.grant["id"].as_str());
        if kind == "exit" {
            let typed = match row.grant["plate"].as_str() {
                Some(plate) => plate.to_owned(),
                None => Shift::cti(cti.unwrap()).short_code().to_string(),
            };
            return vec![Hand::Key("F5"), Hand::Text(typed), enter];
        }
        let scan = self.shift.prepare(&self.rows[at]);
        let row = &self.rows[at];
        let mut hands = Vec::new();
        if let Some(seen) = &scan.plate_seen {
            hands.extend([Hand::Key("F2"), text(seen.reveal()), Hand::Key("F1")]);
        }
        hands.extend((0..scan.companions).map(|_| Hand::Key("Up")));
        match &scan.what {
            What::Text(pass) | What::Code(pass) => hands.push(text(pass)),
            What::Plate { read, .. } => hands.extend([Hand::Key("F2"), text(read)]),
            What::WalkIn { .. } if kind == "delivery" => {
                hands.extend([Hand::Key("F4"), text(row.unit())]);
            }
            What::WalkIn { name, .. } => {
                let typed = format!("{} {}", row.unit(), name.as_deref().unwrap());
                hands.extend([Hand::Key("F3"), Hand::Text(typed)]);
            }
        }
        hands.push(enter);
        hands
    }

    /// What a node answers.
    pub fn answer(&mut self, request: &Request) -> Reply {
        match request {
            Request::Status => Reply::Status(Box::new(self.status.clone())),
            Request::Subscribe | Request::NetPause | Request::NetResume => Reply::Done,
            Request::NoticeList => Reply::Notices(Vec::new()),
            Request::PassList => Reply::Passes(Vec::new()),
            Request::RegularList => Reply::Regulars(Vec::new()),
            Request::Peers => Reply::Peers(Box::new(self.report.clone())),
            Request::GateStatus => {
                let row = &self.rows[self.at];
                let stale_ms = row.state["stale_min"].as_u64().unwrap_or(0) * 60_000;
                Reply::GateStatus(Box::new(GateStatus {
                    no: 1,
                    name: Some("东门".into()),
                    clock: row.state["clock"].as_str().map(str::to_owned),
                    cancels_as_of_ms: Some(self.now_ms() - stale_ms),
                    grants: 0,
                    badge: Some("赵队 07".into()),
                    open_all: false,
                }))
            }
            Request::GateLog => Reply::GateLog(self.log.clone()),
            Request::GateInside => Reply::GateInside(self.inside.clone()),
            Request::GateExpected => Reply::GateExpected(Vec::new()),
            Request::GateIncidents => Reply::GateIncidents(Vec::new()),
            Request::GateCheck(scan) => self.decide(&scanned(scan)),
            Request::GateWalkIn {
                unit,
                name,
                companions,
                ..
            } => {
                // A node takes the unit and the name apart; no unit of this shift has a blank.
                let (unit, behind) = unit.split_once(' ').unwrap_or((unit, ""));
                let behind = (!behind.is_empty()).then(|| behind.to_owned());
                let mut scan = Scan::of(What::WalkIn {
                    unit: Some(unit.to_owned()),
                    name: name.clone().or(behind),
                });
                scan.companions = *companions;
                self.decide(&scan)
            }
            Request::GateGuard(GuardAct::Exit { plate, code, .. }) => self.leave(plate, code),
            other => {
                let message = format!("{other:?}");
                Reply::Fault(Fault {
                    message,
                    ..Fault::of(FaultCode::Other)
                })
            }
        }
    }

    /// The right one leaves, or nobody does.
    fn leave(&mut self, plate: &Option<String>, code: &Option<String>) -> Reply {
        let row = &self.rows[self.at];
        let (id, of) = (row.grant["id"].as_str(), row.grant["plate"].as_str());
        let by_plate = plate.is_some() && plate.as_deref() == of;
        let by_code =
            code.is_some() && *code == id.map(|id| Shift::cti(id).short_code().to_string());
        if !(by_plate || by_code) {
            return Reply::Fault(Fault::of(FaultCode::NotFound));
        }
        self.shift.leave(row);
        let label = row.grant["label"].as_str().map(str::to_owned);
        self.inside.retain(|one| one.label != label);
        self.left += 1;
        Reply::Done
    }

    fn decide(&mut self, scan: &Scan) -> Reply {
        let decision = self.shift.answer(&self.rows[self.at], scan);
        let answer = self.worded(&decision);
        if decision.opens {
            self.inside.push(InsideItem {
                event: format!("e{}", self.at),
                since_ms: self.now_ms(),
                label: answer.label.clone(),
                unit: answer.unit.clone(),
                plate: answer.plate.clone(),
                companions: scan.companions,
                overstayed_s: None,
                until_ms: None,
            });
        }
        let event = GateEvent {
            id: format!("e{}", self.at),
            at_ms: self.now_ms(),
            result: match answer.result {
                GateResult::Admit => GateMark::Admit,
                GateResult::Ask => GateMark::Ask,
                GateResult::Deny => GateMark::Deny,
            },
            code: answer.code.clone(),
            count: None,
            gate: 1,
            corrected: false,
            label: answer.label.clone(),
            unit: answer.unit.clone(),
            plate: answer.plate.clone(),
        };
        self.log.insert(0, event);
        self.log.truncate(50);
        self.answered = Some(answer.clone());
        Reply::GateAnswer(Box::new(answer))
    }

    fn worded(&self, d: &Decision) -> GateAnswer {
        let place = &self.shift.gate.place;
        let sentence = |lang| {
            d.reason.sentence(&Setting {
                lang,
                offset: place.offset,
                gates: &place.names,
                now: self.rows[self.at].moment(),
            })
        };
        let show = d.show.as_ref();
        GateAnswer {
            result: match d.verdict {
                Verdict::Admit => GateResult::Admit,
                Verdict::Ask => GateResult::Ask,
                Verdict::Deny => GateResult::Deny,
            },
            opens: d.opens,
            code: d.code().map(|code| code.as_str().to_owned()),
            sentence_zh: sentence(Lang::ZhCn),
            sentence_en: sentence(Lang::En),
            label: show
                .and_then(|s| s.label.as_ref())
                .map(|l| l.reveal().clone()),
            unit: show
                .and_then(|s| s.unit.as_ref())
                .map(|u| u.reveal().clone()),
            plate: show
                .and_then(|s| s.plate.as_ref())
                .map(|p| p.as_str().to_owned()),
            until_s: show.map(|s| s.until.0),
            entry: show.and_then(|s| s.entry).map(|e| e.0),
            of: show.and_then(|s| s.entry).map(|e| e.1),
            companions: show.map(|s| s.companions),
            pin_unasked: show.is_some_and(|s| s.pin_unasked),
            clock: d.clock.map(|c| c.as_str().to_owned()),
            event: Some(format!("e{}", self.at)),
            cancels_as_of_s: None,
            at_ms: self.now_ms().saturating_add_signed(self.ahead),
            ring: None,
        }
    }
}

/// As the node of a home reads what the window sends.
fn scanned(scan: &GateScan) -> Scan {
    let mut read = Scan::of(match scan.kind {
        ScanKind::Text => What::Text(scan.value.clone()),
        ScanKind::Code => What::Code(scan.value.clone()),
        ScanKind::Plate => What::Plate {
            read: scan.value.clone(),
            sure: true,
        },
    });
    read.companions = scan.companions;
    if scan.kind == ScanKind::Plate || scan.lane_plate.is_some() {
        read.lane = Lane::Vehicle;
    }
    let seen = scan
        .lane_plate
        .as_ref()
        .map(|plate| Plate::parse(plate).unwrap());
    read.plate_seen = seen.map(|plate| Private::new(plate.as_str().to_owned()));
    read.pin = scan.pin.as_ref().map(|pin| Pin::parse(pin).unwrap());
    read
}
