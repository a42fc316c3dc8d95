//! Makes the published vectors of entries, certificates, epochs, acts, statements and frames.
//!
//! All keys come from seeds of one repeated byte, all salts and times are fixed, so every run makes the same bytes.
//! Frames are put together here from `docs/formats/frames.md` and not with the program's own encoder, which is of a
//! higher layer and is held against them.

#[path = "make/frames.rs"]
mod frames;
#[path = "make/logged.rs"]
mod logged;
#[path = "make/signed.rs"]
mod signed;

use linli_base::entry::{actor_id, record_id};
use linli_base::{
    CommunityId, DeviceId, EntryId, EntryKind, EpochId, Header, LaneClass, LaneKey, LogKey, Period,
    PrincipalId, RecordId, ScopeId, UnixMs, UnixSec, UtcOffset, hash,
};
use linli_charter::cert::{DeviceClaims, IS_GATE, MAY_GRANT};
use linli_charter::epoch::{ROLE_GATE, ROLE_NOTICE, ROLE_OFFICER, ROLE_REGISTER, RoleGrant};
use linli_charter::{Certificate, Charter, Cut, Epoch, Gate, IssuingKey, Limits, Member};
use linli_keys::SigningKey;
use linli_keys::seal::plain_payload;
use serde_json::{Value as Json, json};

/// Lower-case hex.
pub fn hex(bytes: impl AsRef<[u8]>) -> String {
    bytes.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}

fn seed(n: u8) -> [u8; 32] {
    [n; 32]
}

fn key(n: u8) -> SigningKey {
    SigningKey::from_seed(&seed(n))
}

fn device(n: u8) -> DeviceId {
    key(n).device()
}

/// Founder's day key and office PC.
const FOUNDER: u8 = 1;
const PAPER: u8 = 2;
/// A household's phone.
const PHONE: u8 = 3;
const GATE: u8 = 4;
const NOON: u64 = 1_795_305_600;

fn founding() -> Result<Epoch, String> {
    Ok(Epoch {
        number: 0,
        prev: EpochId::ZERO,
        name: "丰盛园".into(),
        offset: UtcOffset::from_minutes(480).ok_or("eight hours are an offset")?,
        members: vec![Member {
            day: device(FOUNDER),
            paper: device(PAPER),
        }],
        threshold: 1,
        issuing: vec![IssuingKey {
            device: device(FOUNDER),
            buildings: vec![],
            machines: true,
        }],
        offices: vec![],
        roles: vec![RoleGrant {
            device: device(FOUNDER),
            bits: ROLE_NOTICE | ROLE_GATE | ROLE_OFFICER | ROLE_REGISTER,
        }],
        gates: vec![Gate {
            number: 1,
            name: "东门".into(),
            device: None,
        }],
        limits: Limits::default(),
        cuts: vec![],
        retired: vec![],
        ended_holds: vec![],
        checkpoint: vec![],
        round: 0,
        time: NOON,
        salt: [7; 16],
    })
}

fn authority_log(of: DeviceId) -> LogKey {
    LogKey {
        device: of,
        lane: LaneKey {
            class: LaneClass::Authority,
            scope: ScopeId::ZERO,
            period: Period::NONE,
        },
    }
}

fn board_log(of: DeviceId) -> LogKey {
    LogKey {
        device: of,
        lane: LaneKey {
            class: LaneClass::Board,
            scope: ScopeId::ZERO,
            period: Period(672),
        },
    }
}

fn cut(log: LogKey, seq: u32, id: u8) -> Cut {
    let id = EntryId(if seq == 0 { [0; 32] } else { [id; 32] });
    Cut { log, seq, id }
}

fn leaves() -> Vec<Cut> {
    (1..=5)
        .map(|n| cut(board_log(device(n)), u32::from(n), n))
        .collect()
}

fn charter() -> Result<Charter, String> {
    Charter::found(&founding()?, &[key(FOUNDER)]).map_err(|e| e.to_string())
}

fn claims(community: &CommunityId, of: u8, roles: u64) -> DeviceClaims {
    DeviceClaims {
        community: community.short(),
        exp: UnixSec(NOON + 90 * 86_400),
        nbf: UnixSec(NOON - 300),
        iat: UnixSec(NOON),
        device: device(of),
        roles,
        principal: PrincipalId::of_first_device(community, &device(of)),
        unit: (roles == MAY_GRANT).then(|| "3-2-501".into()),
        gate: (roles == IS_GATE).then_some(1),
        enrol_seq: 2,
    }
}

fn certificate(community: &CommunityId, of: u8, roles: u64) -> Result<Certificate, String> {
    Certificate::sign(&claims(community, of, roles), &key(FOUNDER)).map_err(|e| e.to_string())
}

/// All files: name and content.
///
/// # Errors
/// When a vector cannot be made; that is a fault of this program.
pub fn all() -> Result<Vec<(&'static str, String)>, String> {
    let charter = charter()?;
    let files = [
        ("entry.json", logged::entries(&charter)?),
        ("certificate.json", signed::certificates(&charter)?),
        ("epoch.json", signed::epochs(&charter)?),
        ("acts.json", logged::acts(&charter)?),
        ("statement.json", signed::statements(&charter)?),
        ("frames.json", frames::frames(&charter)?),
    ];
    let text = |json: &Json| serde_json::to_string_pretty(json).map_err(|e| e.to_string());
    files
        .iter()
        .map(|(name, json)| Ok((*name, text(json)? + "\n")))
        .collect()
}

struct Made {
    header: Header,
    payload: Vec<u8>,
}

fn entry(
    charter: &Charter,
    by: u8,
    log: LogKey,
    kind: EntryKind,
    at: (u32, EntryId),
    about: Option<[u8; 16]>,
    body: &[u8],
) -> Made {
    let newest = charter.newest();
    let mut epoch_tag = [0; 8];
    epoch_tag.copy_from_slice(&newest.id.0[..8]);
    let payload = plain_payload([0x5a; 16], body);
    let mut header = Header {
        kind,
        sealed: false,
        class: log.lane.class,
        period: log.lane.period,
        seq: at.0,
        payload_len: u32::try_from(payload.len()).unwrap_or(0),
        time: UnixMs(NOON * 1000 + u64::from(at.0)),
        epoch: newest.epoch.number,
        drop_day: 0,
        epoch_tag,
        scope: log.lane.scope,
        device: log.device,
        prev: at.1,
        record: about.map_or(RecordId::ZERO, RecordId),
        payload_hash: hash::blake3_raw(&payload),
        signature: [0; 64],
    };
    header.signature = key(by).sign(&header.signed_bytes(charter.community()));
    Made { header, payload }
}

impl Made {
    fn bytes(&self) -> Vec<u8> {
        let mut out = self.header.encode().to_vec();
        out.extend_from_slice(&self.payload);
        out
    }

    fn json(&self, name: &str, community: &CommunityId, seed_of: u8, body: &[u8]) -> Json {
        let h = &self.header;
        let log = h.log();
        json!({
            "name": name,
            "seed": hex(seed(seed_of)),
            "kind": h.kind.0, "flags": u8::from(h.sealed), "class": h.class as u8,
            "period": h.period.0, "seq": h.seq, "time_ms": h.time.0, "epoch": h.epoch,
            "epoch_tag": hex(h.epoch_tag), "drop_day": h.drop_day, "scope": hex(h.scope.0),
            "device": hex(h.device.0), "prev": hex(h.prev.0), "record": hex(h.record.0),
            "body": hex(body), "payload": hex(&self.payload),
            "log": hex(log.to_bytes()),
            "created_record": hex(record_id(community, &log, h.seq).0),
            "actor": hex(actor_id(community, &h.device, &h.record)),
            "id": hex(h.id(community).0),
            "entry": hex(self.bytes()),
        })
    }
}
