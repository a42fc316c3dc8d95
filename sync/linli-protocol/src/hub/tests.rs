//! The hub alone, with a library of nothing: doors and deadlines. Convergence is the simulator's business.

use super::*;
use crate::frame::{Frame, hello_bytes};
use linli_base::{
    CommunityId, Entry, EntryKind, EpochId, Header, LaneClass, Period, PrincipalId, RecordId,
    ScopeId, UnixMs, UnixSec, UtcOffset,
};
use linli_charter::cert::{DeviceClaims, MAY_GRANT};
use linli_charter::{Certificate, Charter, Epoch, IssuingKey, Limits, Member};
use linli_keys::SigningKey;

struct Empty;
impl Library for Empty {
    fn heads(&self) -> Vec<Cut> {
        vec![]
    }
    fn head(&self, _: &LogKey) -> Option<Cut> {
        None
    }
    fn id_at(&self, _: &LogKey, _: u32) -> Option<EntryId> {
        None
    }
    fn range(&self, _: &LogKey, _: u32, _: usize) -> Vec<(u32, Vec<u8>)> {
        vec![]
    }
    fn acts(&self) -> Vec<(EntryId, LaneKey)> {
        vec![]
    }
    fn act(&self, _: &EntryId) -> Option<(Vec<u8>, Vec<u8>)> {
        None
    }
    fn statements(&self) -> Vec<(StatementKey, u64)> {
        vec![]
    }
    fn statement(&self, _: &StatementKey) -> Option<Vec<u8>> {
        None
    }
}

fn authority(founder: &SigningKey) -> Authority {
    let epoch = Epoch {
        number: 0,
        prev: EpochId::ZERO,
        name: "x".into(),
        offset: UtcOffset::from_minutes(480).unwrap(),
        members: vec![Member {
            day: founder.device(),
            paper: SigningKey::from_seed(&[9; 32]).device(),
        }],
        threshold: 1,
        issuing: vec![IssuingKey {
            device: founder.device(),
            buildings: vec![],
            machines: true,
        }],
        offices: vec![],
        roles: vec![],
        gates: vec![],
        limits: Limits::default(),
        cuts: vec![],
        retired: vec![],
        ended_holds: vec![],
        checkpoint: vec![],
        round: 0,
        time: 0,
        salt: [0; 16],
    };
    Authority::new(Charter::found(&epoch, std::slice::from_ref(founder)).unwrap())
}

fn certificate(a: &Authority, issuer: &SigningKey, device: &SigningKey) -> Certificate {
    let claims = DeviceClaims {
        community: a.community().short(),
        exp: UnixSec(9_000_000_000),
        nbf: UnixSec(0),
        iat: UnixSec(0),
        device: device.device(),
        roles: MAY_GRANT,
        principal: PrincipalId::of_first_device(a.community(), &device.device()),
        unit: Some("3-2-501".into()),
        gate: None,
        enrol_seq: 3,
    };
    Certificate::sign(&claims, issuer).unwrap()
}

fn hello(
    community: &CommunityId,
    key: &SigningKey,
    cert: &Certificate,
    from: [u8; 32],
    to: [u8; 32],
) -> Hello {
    Hello {
        version: VERSION,
        community: *community,
        certificate: cert.bytes().to_vec(),
        proof: key.sign(&hello_bytes(community, &from, &to)),
        epoch: 0,
        epoch_id: EpochId::ZERO,
    }
}

struct Table {
    hub: Hub,
    authority: Authority,
    peer: SigningKey,
    cert: Certificate,
    now: Moment,
}

impl Table {
    fn new() -> Self {
        let founder = SigningKey::from_seed(&[1; 32]);
        let authority = authority(&founder);
        let peer = SigningKey::from_seed(&[2; 32]);
        let cert = certificate(&authority, &founder, &peer);
        Self {
            hub: Hub::new(),
            authority,
            peer,
            cert,
            now: Moment(0),
        }
    }

    fn step(&mut self, input: Input) -> Vec<Output> {
        let mut out = Vec::new();
        let ctx = Ctx {
            now: self.now,
            authority: &self.authority,
            library: &Empty,
        };
        self.hub.step(&ctx, input, &mut out);
        out
    }

    fn up(&mut self) {
        let mine = hello(
            self.authority.community(),
            &self.peer,
            &self.cert,
            [1; 32],
            [2; 32],
        );
        self.step(Input::LinkUp {
            link: LinkId(1),
            peer_net: [2; 32],
            my_net: [1; 32],
            hello: Box::new(mine),
        });
    }

    fn say(&mut self, frame: &Frame) -> Vec<Output> {
        self.step(Input::Frame(LinkId(1), frame.encode()))
    }
}

fn hung_up(out: &[Output]) -> Option<PeerFault> {
    out.iter().find_map(|o| {
        if let Output::HangUp(_, f) = o {
            Some(*f)
        } else {
            None
        }
    })
}

#[test]
fn a_peer_enrolled_while_we_were_apart_is_admitted_by_its_certificate() {
    let mut t = Table::new();
    t.up();
    let h = hello(t.authority.community(), &t.peer, &t.cert, [2; 32], [1; 32]);
    let out = t.say(&Frame::Hello(h));
    assert!(matches!(out[..], [Output::JudgeCertificate(..)]), "{out:?}");
    t.authority.add_certificate(t.cert.clone());
    let out = t.step(Input::Learned);
    assert!(
        out.iter()
            .any(|o| matches!(o, Output::Tell(Tell::Admitted(..)))),
        "{out:?}"
    );
    assert_eq!(t.hub.online().count(), 1);
}

#[test]
fn a_hello_replayed_from_another_network_key_is_refused() {
    let mut t = Table::new();
    t.authority.add_certificate(t.cert.clone());
    t.up();
    let h = hello(t.authority.community(), &t.peer, &t.cert, [7; 32], [1; 32]);
    assert_eq!(
        hung_up(&t.say(&Frame::Hello(h))),
        Some(PeerFault::NotEnrolled)
    );
}

#[test]
fn another_community_version_or_silence_is_refused_with_its_reason() {
    let mut t = Table::new();
    t.up();
    let h = hello(&CommunityId([9; 32]), &t.peer, &t.cert, [2; 32], [1; 32]);
    assert_eq!(
        hung_up(&t.say(&Frame::Hello(h))),
        Some(PeerFault::OtherCommunity)
    );

    t.up();
    let mut h = hello(t.authority.community(), &t.peer, &t.cert, [2; 32], [1; 32]);
    h.version = 2;
    assert_eq!(hung_up(&t.say(&Frame::Hello(h))), Some(PeerFault::Version));

    t.up();
    assert_eq!(hung_up(&t.say(&Frame::Done(1))), Some(PeerFault::BadFrame));

    t.up();
    assert_eq!(t.hub.deadline(), Some(Moment(HELLO_TIMEOUT_MS)));
    t.now = Moment(HELLO_TIMEOUT_MS);
    assert_eq!(hung_up(&t.step(Input::Tick)), Some(PeerFault::NoHello));
    assert_eq!(t.hub.deadline(), None);
}

#[test]
fn a_peer_that_never_becomes_known_is_let_go_in_time() {
    let mut t = Table::new();
    t.up();
    let h = hello(t.authority.community(), &t.peer, &t.cert, [2; 32], [1; 32]);
    t.say(&Frame::Hello(h));
    t.now = Moment(HELLO_TIMEOUT_MS);
    assert_eq!(hung_up(&t.step(Input::Tick)), Some(PeerFault::NotEnrolled));
}

/// A certificate that puts a phone into the household of the table's peer, signed by `issuer`.
fn introduction(t: &Table, phone: &SigningKey, issuer: &SigningKey) -> Certificate {
    let community = t.authority.community();
    let claims = DeviceClaims {
        device: phone.device(),
        roles: 0,
        principal: PrincipalId::of_first_device(community, &t.peer.device()),
        ..t.cert.claims().clone()
    };
    Certificate::sign(&claims, issuer).unwrap()
}

fn entry(device: DeviceId, class: LaneClass) -> Vec<u8> {
    let header = Header {
        kind: EntryKind::FACT,
        sealed: false,
        class,
        period: Period::NONE,
        seq: 1,
        payload_len: 0,
        time: UnixMs(0),
        epoch: 0,
        drop_day: 0,
        epoch_tag: [0; 8],
        scope: ScopeId::ZERO,
        device,
        prev: EntryId::ZERO,
        record: RecordId::ZERO,
        payload_hash: [0; 32],
        signature: [0; 64],
    };
    let payload = None;
    Entry { header, payload }.encode()
}

#[test]
fn a_newcomer_is_asked_for_its_introduction_and_nothing_else_of_it_is_read() {
    let mut t = Table::new();
    t.authority.add_certificate(t.cert.clone());
    let (household, phone) = (t.peer.device(), SigningKey::from_seed(&[3; 32]));
    let say_hello = |t: &mut Table, issuer: &SigningKey| {
        let cert = introduction(t, &phone, issuer);
        t.up();
        let h = hello(t.authority.community(), &phone, &cert, [2; 32], [1; 32]);
        t.say(&Frame::Hello(h))
    };
    // Who only says that it belongs to the household is asked nothing.
    let out = say_hello(&mut t, &SigningKey::from_seed(&[8; 32]));
    assert!(matches!(out[..], [Output::JudgeCertificate(..)]), "{out:?}");
    let theirs = entry(household, LaneClass::Authority);
    let brings = |entries: &[&Vec<u8>]| Frame::Entries {
        number: 1,
        entries: entries.iter().map(|e| (*e).clone()).collect(),
    };
    assert_eq!(t.say(&brings(&[&theirs])), vec![]);

    let out = say_hello(&mut t, &SigningKey::from_seed(&[2; 32]));
    let [Output::JudgeCertificate(..), Output::Send(_, asked)] = &out[..] else {
        panic!("{out:?}");
    };
    let Ok(Frame::Want(asked)) = Frame::decode(asked) else {
        panic!("not asked for a log");
    };
    assert_eq!(
        (asked.len(), asked[0].0.device, asked[0].1),
        (1, household, 1)
    );
    assert_eq!(asked[0].0.lane.class, LaneClass::Authority);

    let board = entry(household, LaneClass::Board);
    let own = entry(phone.device(), LaneClass::Authority);
    assert_eq!(t.say(&brings(&[&board, &own])), vec![]);
    let out = t.say(&brings(&[&board, &theirs, &own]));
    let [Output::JudgeEntries { entries, .. }] = &out[..] else {
        panic!("{out:?}");
    };
    assert_eq!(entries[..], [theirs]);
    assert_eq!(t.hub.online().count(), 0);
}
