//! A neighbourhood made without people: keys from small numbers, enrolment without pictures, drafts to write.
//!
//! The replicas are the product's own; only who they are is made up. Time is a number that grows, so that no
//! benchmark depends on the day it runs on.

use anyhow::{Context as _, Result};
use linli_base::time::Moment;
use linli_base::{Dice, LaneClass, Private, RecordId, ScopeId, UnixMs, UnixSec, UtcOffset};
use linli_keys::SigningKey;
use linli_keys::seal::KexSecret;
use linli_node::replica::{DeviceKeys, EnrolAs, Founding, NewDevice, Now, Replica, Written};
use linli_pass::{Claims, Cti, Grant, Kind};
use linli_protocol::frame::{Hello, hello_bytes};
use linli_record::draft::{BuildingDraft, NoticeDraft, PersonDraft, PostDraft, RoomDraft};
use linli_record::fact::{self, GateEvent, GateResult};
use linli_record::schema::PostKind;
use linli_record::{Fact, RecordKind};
use linli_store::Store;
use zeroize::Zeroizing;

/// Monday 2026-11-23, 07:00 at +08:00, Unix seconds.
pub const MONDAY_S: u64 = 1_795_388_400;
/// A sentence of the usual length of a comment.
const SENTENCE: &str = "楼下的快递柜今天下午要检修,急用的邻居请在三点以前取件,谢谢大家配合。";

/// Numbers from a seed (splitmix64). Never for real keys.
pub struct Seeded(u64);

impl Seeded {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }
}

impl Dice for Seeded {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = self.0;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (mixed ^ (mixed >> 31)).to_be_bytes()[0];
        }
    }
}

/// So many milliseconds after the start of the story.
#[must_use]
pub const fn now(ms: u64) -> Now {
    Now {
        moment: Moment(ms),
        wall: UnixMs(MONDAY_S * 1000 + ms),
    }
}

/// The signing key of device `n`.
#[must_use]
pub fn signer(n: u32) -> SigningKey {
    SigningKey::from_seed(&Seeded::new(u64::from(n) << 8).bytes())
}

fn keys(n: u32) -> DeviceKeys {
    DeviceKeys {
        sign: signer(n),
        kex: KexSecret::from_bytes(&Seeded::new(u64::from(n) << 8 | 1).bytes()),
        net_seed: Zeroizing::new(Seeded::new(u64::from(n) << 8 | 2).bytes()),
    }
}

/// The founder's office, device 0, with two gates to fill.
///
/// # Errors
/// The store.
pub fn found(store: Box<dyn Store>) -> Result<Replica> {
    let founding = Founding {
        name: "丰盛园".into(),
        offset: UtcOffset::from_minutes(480).context("offset")?,
        gates: vec![(1, "东门".into()), (2, "西门".into())],
        office: "居委会".into(),
        paper: signer(u32::MAX).device(),
    };
    let dice = Box::new(Seeded::new(1));
    Ok(Replica::found(store, keys(0), dice, &founding, now(0))?)
}

/// Enrols device `n` and opens its replica.
///
/// # Errors
/// The stores, or an enrolment that the office may not make.
pub fn enrol(
    office: &mut Replica,
    n: u32,
    role: &EnrolAs,
    store: Box<dyn Store>,
) -> Result<Replica> {
    let keys = keys(n);
    let device = NewDevice {
        sign: keys.sign.device(),
        net: SigningKey::from_seed(&keys.net_seed).device().0,
        kex: *keys.kex.public().as_bytes(),
    };
    let certificate = office.enrol(now(1), &device, role)?;
    office.flush(now(1), &mut Vec::new())?;
    let chain = office.authority().charter().chain();
    let epochs: Vec<Vec<u8>> = chain.iter().map(|held| held.bytes.clone()).collect();
    let dice = Box::new(Seeded::new(u64::from(n) + 2));
    let mut joined = Replica::join(store, keys, dice, &epochs, certificate.bytes(), now(1))?;
    joined.ensure_scope_keys(now(1))?;
    joined.flush(now(1), &mut Vec::new())?;
    Ok(joined)
}

/// Opens the replica of device `n` again.
///
/// # Errors
/// When the store holds none, or another device's.
pub fn reopen(n: u32, store: Box<dyn Store>) -> Result<Replica> {
    let dice = Box::new(Seeded::new(u64::from(n) + 2));
    Ok(Replica::open(store, keys(n), dice)?)
}

/// Enrols a household of a unit of its own.
///
/// # Errors
/// As [`enrol`].
pub fn household(office: &mut Replica, n: u32, store: Box<dyn Store>) -> Result<Replica> {
    let unit = format!("{}-{}-{}", n % 9 + 1, n / 9 % 3 + 1, 101 + n);
    enrol(office, n, &EnrolAs::Household { unit }, store)
}

/// The hello that opens a link.
#[must_use]
pub fn hello(from: &Replica, to: &Replica) -> Hello {
    let (me, newest) = (from.me(), from.authority().charter().newest());
    let proof = hello_bytes(&me.community, &me.net(), &to.me().net());
    Hello {
        version: linli_protocol::hub::VERSION,
        community: me.community,
        certificate: me.certificate.bytes().to_vec(),
        proof: me.sign.sign(&proof),
        epoch: newest.epoch.number,
        epoch_id: newest.id,
    }
}

/// A notice, staged.
///
/// # Errors
/// When the device may not publish.
pub fn notice(r: &mut Replica, at: Now, n: usize) -> Result<RecordId> {
    let draft = NoticeDraft {
        title: format!("停电通知 {n}"),
        body: SENTENCE.repeat(3),
        confirm: true,
        ..NoticeDraft::default()
    };
    Ok(r.create(at, RecordKind::Notice, |actor| draft.change(actor))?)
}

/// A post, staged.
///
/// # Errors
/// The store.
pub fn post(r: &mut Replica, at: Now, n: usize) -> Result<RecordId> {
    let draft = PostDraft {
        kind: PostKind::Ask,
        body: format!("{SENTENCE} {n}"),
    };
    Ok(r.create(at, RecordKind::Post, |actor| draft.change(actor))?)
}

/// A comment below a post, staged.
///
/// # Errors
/// When the post is not here.
pub fn comment(r: &mut Replica, at: Now, post: &RecordId, n: usize) -> Result<Written> {
    let fact = Fact::Comment {
        text: Private::new(format!("{SENTENCE} {n}")),
        answers: None,
        files: Vec::new(),
    };
    Ok(r.say(at, post, &fact)?)
}

/// A building or room of the skeleton, staged.
///
/// # Errors
/// When the device is no register desk.
pub fn room(r: &mut Replica, at: Now, n: usize) -> Result<RecordId> {
    let building = (n / 100 + 1).to_string();
    if n.is_multiple_of(100) {
        let draft = BuildingDraft {
            name: building,
            stairs: vec!["1".into(), "2".into()],
            ..BuildingDraft::default()
        };
        return Ok(r.create(at, RecordKind::Building, |actor| draft.change(actor))?);
    }
    let draft = RoomDraft {
        building,
        stair: (n % 2 + 1).to_string(),
        room: (100 + n % 100).to_string(),
        ..RoomDraft::default()
    };
    Ok(r.create(at, RecordKind::Room, |actor| draft.change(actor))?)
}

/// A person of the register, sealed to the office, staged.
///
/// # Errors
/// When the device is no register desk.
pub fn person(r: &mut Replica, at: Now, n: usize) -> Result<RecordId> {
    let draft = PersonDraft {
        name: Private::new("欧阳文静".into()),
        unit: Private::new(format!("3-2-{}", 101 + n % 800)),
        phones: vec![Private::new(format!("1390000{:04}", n % 10_000))],
        ..PersonDraft::default()
    };
    Ok(r.create(at, RecordKind::Person, |actor| draft.change(actor))?)
}

/// Claims of a pass for one visitor at gate 1, around the start of the story.
///
/// # Errors
/// Never; the claims are sound.
pub fn claims(iss: String, aud: String, cti: Cti) -> Result<Grant> {
    Ok(Grant::new(Claims {
        iss,
        aud: vec![aud],
        exp: UnixSec(MONDAY_S + 6 * 3600),
        nbf: UnixSec(MONDAY_S - 3600),
        iat: UnixSec(MONDAY_S - 3600),
        cti,
        holder: None,
        host_unit: None,
        kind: Kind::Person,
        entries: 1,
        companions: 0,
        plate: None,
        windows: vec![],
        gates: vec![1],
        label: Some(Private::new("李*".into())),
        pin_tag: None,
    })?)
}

/// An id of a pass from a number.
#[must_use]
pub fn cti(n: usize) -> Cti {
    Cti(Seeded::new((n as u64) << 4 | 3).bytes())
}

/// A grant as the household's log tells gates of it, sealed, staged.
///
/// # Errors
/// When the gates' key has not arrived.
pub fn grant(r: &mut Replica, at: Now, n: usize) -> Result<Written> {
    let iss = r.me().principal.issuer_text(false);
    let claims = claims(iss, r.community().short(), cti(n))?.encode();
    let fact = Fact::Grant(fact::Grant {
        claims: Private::new(claims),
        short_code: true,
    });
    let lane = r.lane(at, LaneClass::Pass, ScopeId::gates(&r.community()));
    Ok(r.record_fact(at, lane, &fact)?)
}

/// A decision as the gate's log keeps it.
#[must_use]
pub fn gate_event(at: Now, n: usize) -> GateEvent {
    GateEvent {
        cti: Some(cti(n).0),
        uses_after: Some(1),
        label: Some(Private::new("李*".into())),
        scan_hash: Some(Seeded::new(n as u64).bytes()),
        ..GateEvent::new(at.wall.seconds().0, 1, GateResult::Admit)
    }
}

/// An event in the gate's log, sealed, staged.
///
/// # Errors
/// When the gates' key has not arrived.
pub fn log_event(r: &mut Replica, at: Now, event: GateEvent) -> Result<Written> {
    let lane = r.lane(at, LaneClass::GateLog, ScopeId::gates(&r.community()));
    Ok(r.record_fact(at, lane, &Fact::GateEvent(event))?)
}
