//! The shift of `shift.csv`, played: each described pass is made and signed, one gate lives through all of it.
//!
//! Included by path: the pure function is held against the file in `tests/shift.rs`, the drawn and the real window in
//! `tests/linli-e2e/tests/`. So all of them meet the same passes at the same times.

use linli_base::time::Moment;
use linli_base::{CommunityId, Period, PrincipalId, Private, UnixSec, UtcOffset, base32, hash};
use linli_charter::cert::{IS_OFFICE, MAY_GRANT};
use linli_charter::{Certificate, DeviceClaims, IssuingKey, Limits};
use linli_keys::SigningKey;
use linli_pass::grant::Window;
use linli_pass::state::*;
use linli_pass::token::{PREFIX, to_text, unbase45, unprefix};
use linli_pass::{
    Claims, Cti, Decision, GateState, Grant, Kind, Lane, Now, Plate, Scan, What, decide, issue,
};
use serde_json::Value;

/// Monday 2026-11-23, 07:00 at +08:00.
const START: u64 = 1_795_388_400;
const DAY: u64 = 86_400;

/// A time as the file writes it: `+00:12:30`, `-01:00`, `+60d`, from the start of the shift.
fn at(text: &str) -> UnixSec {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let rest = text.trim_start_matches(['+', '-']);
    let seconds = if let Some(days) = rest.strip_suffix('d') {
        days.parse::<i64>().unwrap() * 86_400
    } else {
        let parts = rest.split(':').map(|p| p.parse::<i64>().unwrap());
        parts.zip([3600, 60, 1]).map(|(n, unit)| n * unit).sum()
    };
    UnixSec(START.checked_add_signed(sign * seconds).unwrap())
}

fn window(written: &Value) -> Window {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let day = |d: &str| DAYS.iter().position(|name| *name == d).unwrap();
    let bits = written[0]
        .as_str()
        .unwrap()
        .split(',')
        .fold(0u8, |bits, part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            (day(first)..=day(last)).fold(bits, |bits, d| bits | 1 << d)
        });
    let minute = |t: &Value| {
        let (h, m) = t.as_str().unwrap().split_once(':').unwrap();
        h.parse::<u16>().unwrap() * 60 + m.parse::<u16>().unwrap()
    };
    Window::new(bits, minute(&written[1]), minute(&written[2])).unwrap()
}

fn key_of(name: &str) -> SigningKey {
    SigningKey::from_seed(&hash::sha256(name.as_bytes()))
}

/// One gate and everything it heard.
pub struct Shift {
    community: CommunityId,
    /// What the gate knows.
    pub gate: GateState,
    seq: u32,
}

/// One visitor.
pub struct Row {
    /// The line of the file.
    pub no: usize,
    /// All columns.
    pub fields: Vec<String>,
    /// The pass as described.
    pub grant: Value,
    /// What the gate knows as described.
    pub state: Value,
}

impl Row {
    /// When.
    pub fn moment(&self) -> UnixSec {
        at(&self.fields[1])
    }

    /// What is shown, in words.
    pub fn shown(&self) -> &str {
        &self.fields[4]
    }

    /// The unit.
    pub fn unit(&self) -> &str {
        &self.fields[5]
    }

    fn signer(&self) -> &str {
        self.grant["signer"].as_str().unwrap_or_default()
    }

    /// A plate in a sentence: from the province on, up to the next space, comma or bracket.
    pub fn plate_in(&self) -> String {
        let from = self.shown().find(['京', '津']).unwrap();
        self.shown()[from..]
            .split([' ', ',', '('])
            .next()
            .unwrap()
            .to_owned()
    }
}

impl Shift {
    /// A gate before the shift.
    pub fn new() -> Self {
        let mut id = [0; 32];
        id[..5].copy_from_slice(&base32::decode("k3v9x2qa").unwrap());
        let place = Place {
            community: CommunityId(id),
            offset: UtcOffset::parse("+08:00").unwrap(),
            gate: 1,
            names: [(1, "东门".to_owned()), (2, "西门".to_owned())].into(),
            took_over: None,
        };
        let clock = Clock {
            state: ClockState::Good,
            floor: UnixSec(START - DAY),
        };
        let mut gate = GateState::new(place, Limits::default(), clock);
        let device = key_of("issuer").device();
        let issuing = IssuingKey {
            device,
            buildings: vec![],
            machines: true,
        };
        gate.keys.set_issuers([Issuer::new(issuing)]);
        Self {
            community: CommunityId(id),
            gate,
            seq: 0,
        }
    }

    fn device(&self, name: &str) -> DeviceClaims {
        let device = key_of(name).device();
        let office = name == "office";
        DeviceClaims {
            community: self.community.short(),
            exp: UnixSec(START + 60 * DAY),
            nbf: UnixSec(START - 60 * DAY),
            iat: UnixSec(START - 60 * DAY),
            device,
            roles: MAY_GRANT | if office { IS_OFFICE } else { 0 },
            principal: PrincipalId::of_first_device(&self.community, &device),
            unit: (!office).then(|| name.to_owned()),
            gate: None,
            enrol_seq: 1,
        }
    }

    /// The id of a pass of the file.
    pub fn cti(id: &str) -> Cti {
        let mut cti = [0x5a; 12];
        cti[..id.len()].copy_from_slice(id.as_bytes());
        Cti(cti)
    }

    /// Who signs the pass of a row; held, revoked, known or not as the row says.
    fn author(&mut self, row: &Row) -> DeviceClaims {
        let by_office = row.grant["iss"]
            .as_str()
            .is_some_and(|iss| iss.starts_with("office"));
        let name = match row.signer() {
            "key of 3-2-502" => "3-2-502",
            "certificate of another community" => "elsewhere",
            _ if by_office => "office",
            _ => row.unit(),
        };
        let mut claims = self.device(name);
        let heads = |seq| Heads::from([((claims.device, Period(680)), seq)]);
        match row.signer() {
            s if s.ends_with("pass above the heads of the hold") => {
                self.gate
                    .acts
                    .hold(Subject::Device(claims.device), heads(1));
            }
            s if s.ends_with("above the cut-off") => self
                .gate
                .acts
                .revoke(Subject::Device(claims.device), heads(1)),
            "household retired" => self.gate.acts.retire(claims.principal),
            "device without MAY_GRANT" => claims.roles = 0,
            _ => {}
        }
        let unheard = [
            "chain",
            "unknown key, no certificate",
            "certificate of another community",
        ];
        if !unheard.contains(&row.signer()) {
            self.gate.keys.hear(claims.clone());
        }
        claims
    }

    fn grant(&self, row: &Row, author: &DeviceClaims) -> Grant {
        let g = &row.grant;
        let text = |name: &str| g[name].as_str();
        let number = |name: &str| u8::try_from(g[name].as_u64().unwrap_or(0)).unwrap();
        let nbf = text("nbf").map_or(UnixSec(START - 3600), at);
        let office = author.roles & IS_OFFICE != 0;
        let issuer = if row.signer().starts_with("key of") {
            self.device(row.unit())
        } else {
            author.clone()
        };
        let list = |name: &str| g[name].as_array().cloned().unwrap_or_default();
        Grant::new(Claims {
            iss: issuer.principal.issuer_text(office),
            aud: vec![text("aud").unwrap_or("n:k3v9x2qa").to_owned()],
            exp: text("exp").map_or(UnixSec(START + DAY), at),
            nbf,
            iat: text("iat").map_or(nbf, at),
            cti: Self::cti(text("id").unwrap_or("none")),
            holder: None,
            host_unit: office.then(|| Private::new(row.unit().to_owned())),
            kind: Kind::parse(text("kind").unwrap_or("person")).unwrap(),
            entries: number("entries"),
            companions: number("companions"),
            plate: text("plate").map(|p| Plate::parse(p).unwrap()),
            windows: list("windows").iter().map(window).collect(),
            gates: list("gates")
                .iter()
                .map(|n| u8::try_from(n.as_u64().unwrap()).unwrap())
                .collect(),
            label: text("label")
                .or(Some("王*"))
                .map(|l| Private::new(l.to_owned())),
            pin_tag: g["pin"].as_bool().map(|_| [1, 2, 3, 4]),
        })
        .unwrap()
    }

    /// The code on the phone, with the fault the row describes.
    fn text(&self, row: &Row, author: &DeviceClaims) -> String {
        match row.grant["fault"].as_str() {
            Some("prefix") => return "wxp://f2f0sample".to_owned(),
            Some("version") => return "LL2:NCFOXN".to_owned(),
            _ => {}
        }
        let key = match row.signer() {
            "key of 3-2-502" => key_of("3-2-502"),
            "certificate of another community" => key_of("elsewhere"),
            _ if author.unit.is_none() => key_of("office"),
            _ => key_of(row.unit()),
        };
        let certificate = match row.signer() {
            "chain" => Some(Certificate::sign(author, &key_of("issuer")).unwrap()),
            "certificate of another community" => {
                let elsewhere = DeviceClaims {
                    community: "n:z9m4c1wb".into(),
                    ..author.clone()
                };
                Some(Certificate::sign(&elsewhere, &key_of("their issuer")).unwrap())
            }
            _ => None,
        };
        let text = issue(&self.grant(row, author), &key, certificate.as_ref()).unwrap();
        let mut bytes = unbase45(unprefix(&text).unwrap()).unwrap();
        match row.grant["fault"].as_str() {
            Some("sig") => {
                let label = bytes.windows(3).position(|b| b == "王".as_bytes()).unwrap();
                bytes[label..label + 3].copy_from_slice("李".as_bytes());
            }
            Some("cbor") => bytes.truncate(bytes.len() - 20),
            _ => {}
        }
        assert!(text.starts_with(PREFIX));
        to_text(&bytes)
    }

    fn scan(&mut self, row: &Row) -> Scan {
        let author = self.author(row);
        let has_pass = row.grant.is_object();
        let by_code = row.grant["code"].as_bool() == Some(true);
        let by_plate = row.fields[3] == "plate";
        let logged_before = row.signer().ends_with("below the heads of the hold");
        if has_pass && (by_code || by_plate || logged_before) {
            let place = LogPlace {
                device: author.device,
                period: Period(680),
                seq: 1,
            };
            let resident = author.roles & IS_OFFICE != 0;
            self.gate.grants.hear(KnownGrant {
                grant: self.grant(row, &author),
                place,
                resident,
            });
        }
        let what = match row.fields[3].as_str() {
            "plate" => What::Plate {
                read: row.plate_in(),
                sure: true,
            },
            "code" if !has_pass => {
                // G34 with its first two different digits swapped.
                let mut digits: Vec<char> =
                    Self::cti("G34").short_code().to_string().chars().collect();
                let other = (1..4).find(|i| digits[*i] != digits[0]).unwrap();
                digits.swap(0, other);
                What::Code(digits.into_iter().collect())
            }
            _ if by_code => {
                let code = Self::cti(row.grant["id"].as_str().unwrap())
                    .short_code()
                    .to_string();
                let hyphen = !row.shown().contains("without the hyphen");
                What::Code(if hyphen { code } else { code.replace('-', "") })
            }
            "walk-in" | "delivery" if !has_pass => What::WalkIn {
                unit: Some(row.unit().to_owned()),
                name: Some(row.shown().to_owned()),
            },
            _ => What::Text(self.text(row, &author)),
        };
        let mut scan = Scan::of(what);
        scan.lane = if row.fields[2] == "vehicle" {
            Lane::Vehicle
        } else {
            Lane::Foot
        };
        scan.companions = u8::try_from(row.state["companions_seen"].as_u64().unwrap_or(0)).unwrap();
        scan.plate_seen = row.state["plate_seen"]
            .as_str()
            .map(|p| Private::new(p.to_owned()));
        scan
    }

    /// What the row says about the gate besides the scan.
    fn set(&mut self, row: &Row) -> Now {
        let (now, s) = (row.moment(), &row.state);
        self.gate.clock.state = ClockState::parse(s["clock"].as_str().unwrap()).unwrap();
        self.gate.clock.floor = s["floor"].as_str().map_or(UnixSec(START - DAY), at);
        self.gate.news = Some(UnixSec(now.0 - s["stale_min"].as_u64().unwrap_or(0) * 60));
        let id = row.grant["id"].as_str().map(Self::cti);
        self.gate.transfer = s["transfer_ms"]
            .as_u64()
            .and(id)
            .map(|cti| Transfer { cti, entry: 1 });
        let mono = Moment(now.0 * 1000);
        for _ in 0..s["pin_wrong"].as_u64().unwrap_or(0) {
            self.gate.tries.wrong_pin(id.unwrap(), mono);
        }
        for n in 0..s["wrong_codes_last_minute"].as_u64().unwrap_or(0) {
            self.gate
                .tries
                .wrong_code(Moment(mono.0 - 50_000 + n * 10_000));
        }
        if s["listed"].is_string() {
            let private = |t: &str| Some(Private::new(t.to_owned()));
            self.gate.acts.refuse(Refusal {
                unit: private(row.unit()),
                plate: None,
                name: private(row.shown()),
            });
        }
        if let Some(when) = row.grant["cancelled"].as_str() {
            let by = self.device(row.unit()).principal;
            let cancel = Cancel {
                by,
                officer: false,
                at: Some(at(when)),
            };
            self.gate.acts.cancel(id.unwrap(), cancel);
        }
        // A clock behind its floor reads anything: yesterday, here.
        let wall = if self.gate.clock.state == ClockState::Behind {
            UnixSec(now.0 - DAY)
        } else {
            now
        };
        Now { wall, mono }
    }

    /// The visitor comes and is answered.
    #[allow(dead_code, reason = "a window types the scan itself")]
    pub fn show(&mut self, row: &Row) -> Decision {
        let scan = self.prepare(row);
        self.answer(row, &scan)
    }

    /// What the visitor of this row shows; the gate hears beforehand what the row says that it has heard.
    pub fn prepare(&mut self, row: &Row) -> Scan {
        if row.signer().ends_with("below the heads of the hold") {
            // The hold that row 33 met names this household's first grant.
            let device = self.device(row.unit()).device;
            self.gate.acts.hold(
                Subject::Device(device),
                Heads::from([((device, Period(680)), 1)]),
            );
        }
        self.scan(row)
    }

    /// Decides about what was scanned, at the row's time and with what the row says of the gate.
    pub fn answer(&mut self, row: &Row, scan: &Scan) -> Decision {
        let now = self.set(row);
        let mut decision = decide(scan, &self.gate, now);
        if row.state["disk"] == "full" {
            decision = decision.not_logged();
        }
        self.gate.remember(scan, &decision, now);
        if decision.opens {
            self.seq += 1;
            let gate_device = key_of("gate 1").device();
            let entry = Use {
                at: now.wall,
                gate: 1,
                device: gate_device,
                period: Period(682),
                seq: self.seq,
            };
            self.gate.ledger.used(decision.cti.unwrap(), entry);
            let plate = decision.show.as_ref().and_then(|s| s.plate.clone());
            if let (Lane::Vehicle, Some(plate)) = (scan.lane, plate) {
                self.gate.ledger.came_in(plate, now.wall);
            }
        }
        decision
    }

    /// Somebody leaves.
    pub fn leave(&mut self, row: &Row) {
        if let Some(plate) = row.grant["plate"].as_str() {
            self.gate.ledger.left(&Plate::parse(plate).unwrap());
        }
    }
}

/// The file.
pub fn rows() -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(include_str!("shift.csv").as_bytes());
    let json = |text: &str| {
        if text.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(text).unwrap()
        }
    };
    let row = |(no, record): (usize, Result<csv::StringRecord, csv::Error>)| {
        let fields: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        Row {
            no: no + 1,
            grant: json(&fields[6]),
            state: json(&fields[7]),
            fields,
        }
    };
    reader.records().enumerate().map(row).collect()
}
