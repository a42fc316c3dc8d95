//! Replicas over memory, linked by hand.

use linli_base::time::Moment;
use linli_base::{Dice, LaneClass, LogKey, RecordId, ScopeId, UnixMs, UtcOffset};
use linli_keys::SigningKey;
use linli_keys::seal::KexSecret;
use linli_node::replica::{DeviceKeys, EnrolAs, Founding, NewDevice, Now, Replica};
use linli_protocol::frame::{Frame, Hello, hello_bytes};
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_record::draft::PostDraft;
use linli_record::schema::PostKind;
use linli_record::{RecordKind, RowKind};
use linli_store::MemoryStore;
use std::collections::VecDeque;
use zeroize::Zeroizing;

/// A linear congruential generator: the same for the same seed.
pub struct Seeded(pub u64);

impl Dice for Seeded {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 33).to_le_bytes()[0];
        }
    }
}

/// The keys of device `n`.
pub fn keys(n: u8) -> DeviceKeys {
    DeviceKeys {
        sign: SigningKey::from_seed(&[n; 32]),
        kex: KexSecret::from_bytes(&[n ^ 0x55; 32]),
        net_seed: Zeroizing::new([n ^ 0xaa; 32]),
    }
}

/// So many milliseconds after the beginning.
pub fn now(t: u64) -> Now {
    Now {
        moment: Moment(t),
        wall: UnixMs(1_795_305_600_000 + t),
    }
}

/// An office that founds a community with gate 1.
pub fn found() -> Replica {
    let founding = Founding {
        name: "丰盛园".into(),
        offset: UtcOffset::parse("+08:00").unwrap(),
        gates: vec![(1, "东门".into())],
        office: "居委会".into(),
        paper: SigningKey::from_seed(&[99; 32]).device(),
    };
    let store = Box::new(MemoryStore::new());
    Replica::found(store, keys(1), Box::new(Seeded(1)), &founding, now(0)).unwrap()
}

/// What device `n` shows of itself when it joins.
pub fn new_device(n: u8) -> NewDevice {
    let k = keys(n);
    NewDevice {
        sign: k.sign.device(),
        net: SigningKey::from_seed(&k.net_seed).device().0,
        kex: *k.kex.public().as_bytes(),
    }
}

/// Joins as device `n` with a certificate and the charter of whoever enrolled it; `dice` tells two copies of one device
/// apart.
pub fn join(host: &Replica, n: u8, certificate: &[u8], dice: u64) -> Replica {
    let chain = host.authority().charter().chain().iter();
    let epochs: Vec<Vec<u8>> = chain.map(|h| h.bytes.clone()).collect();
    let store = Box::new(MemoryStore::new());
    let dice = Box::new(Seeded(dice));
    let mut r = Replica::join(store, keys(n), dice, &epochs, certificate, now(1)).unwrap();
    r.ensure_scope_keys(now(1)).unwrap();
    r.flush(now(1), &mut vec![]).unwrap();
    r
}

/// Enrols device `n`.
pub fn enrol(host: &mut Replica, n: u8, role: &EnrolAs) -> Replica {
    let certificate = host.enrol(now(1), &new_device(n), role).unwrap();
    host.flush(now(1), &mut vec![]).unwrap();
    join(host, n, certificate.bytes(), n.into())
}

/// A household in a unit.
pub fn unit(unit: &str) -> EnrolAs {
    EnrolAs::Household { unit: unit.into() }
}

/// Writes a post.
pub fn post(r: &mut Replica, text: &str, t: u64) -> RecordId {
    let (kind, body) = (PostKind::Offer, text.to_owned());
    let draft = PostDraft { kind, body };
    let id = r
        .create(now(t), RecordKind::Post, |actor| draft.change(actor))
        .unwrap();
    r.flush(now(t), &mut vec![]).unwrap();
    id
}

/// Whether a post is shown.
pub fn shows(r: &Replica, id: &RecordId) -> bool {
    r.row(RowKind::Post, id).unwrap().is_some()
}

/// The log of a replica's own in a class of the community.
pub fn log(r: &Replica, class: LaneClass) -> LogKey {
    LogKey {
        device: r.me().device(),
        lane: r.lane(now(0), class, ScopeId::ZERO),
    }
}

/// What one shows another when a link opens.
pub fn hello(from: &Replica, to: &Replica) -> Hello {
    let (newest, community) = (from.authority().charter().newest(), from.community());
    let proof = hello_bytes(&community, &from.me().net(), &to.me().net());
    Hello {
        version: 1,
        community,
        certificate: from.me().certificate.bytes().to_vec(),
        proof: from.me().sign.sign(&proof),
        epoch: newest.epoch.number,
        epoch_id: newest.id,
    }
}

/// Links two of them and runs to quiet.
pub fn meet(all: &mut [Replica], a: usize, b: usize, t: u64) {
    meet_but(all, a, b, t, |_, _| true);
}

/// The same, when only some frames arrive: `arrives(sender, frame)`. A link that is hung up is over.
pub fn meet_but(
    all: &mut [Replica],
    a: usize,
    b: usize,
    t: u64,
    arrives: impl Fn(usize, &Frame) -> bool,
) {
    let link = LinkId(t);
    let ups = [(a, b), (b, a)].map(|(x, y)| (x, link_up(&all[x], &all[y], link)));
    run(all, [a, b], t, ups, arrives);
    for x in [a, b] {
        let down = Input::LinkDown(link);
        all[x].input(now(t), down, &mut vec![]).unwrap();
        all[x].flush(now(t), &mut vec![]).unwrap();
    }
}

/// A link to `peer` stands.
pub fn link_up(me: &Replica, peer: &Replica, link: LinkId) -> Input {
    Input::LinkUp {
        link,
        peer_net: peer.me().net(),
        my_net: me.me().net(),
        hello: Box::new(hello(me, peer)),
    }
}

/// Hands inputs and what follows from them over until all is quiet.
pub fn run(
    all: &mut [Replica],
    [a, b]: [usize; 2],
    t: u64,
    inputs: impl IntoIterator<Item = (usize, Input)>,
    arrives: impl Fn(usize, &Frame) -> bool,
) {
    let mut queue: VecDeque<(usize, Input)> = inputs.into_iter().collect();
    let (mut steps, mut over) = (0, false);
    while let Some((at, input)) = queue.pop_front() {
        steps += 1;
        assert!(steps < 20_000, "no quiet");
        let mut out = Vec::new();
        all[at].input(now(t), input, &mut out).unwrap();
        all[at].flush(now(t), &mut out).unwrap();
        all[at].ensure_scope_keys(now(t)).unwrap();
        all[at].flush(now(t), &mut out).unwrap();
        for output in out {
            match output {
                Output::Send(link, bytes) if !over => {
                    let other = if at == a { b } else { a };
                    if arrives(at, &Frame::decode(&bytes).unwrap()) {
                        queue.push_back((other, Input::Frame(link, bytes)));
                    }
                }
                Output::HangUp(..) => over = true,
                _ => {}
            }
        }
    }
}

/// Lets all meet until nobody has news, and asserts that they agree on a scope and that each would build the same rows
/// from nothing.
pub fn agree(all: &mut [Replica], t: u64, scope: &str) {
    for round in 0..3 {
        for a in 0..all.len() {
            for b in 0..a {
                meet(all, a, b, t + round * 100 + (a * 10 + b) as u64);
            }
        }
    }
    let digests: Vec<_> = all.iter().map(|r| r.digests().unwrap()[scope]).collect();
    assert!(digests.iter().all(|d| *d == digests[0]), "they differ");
    for r in all.iter_mut() {
        r.rebuild(now(t + 999)).unwrap();
        assert_eq!(r.digests().unwrap()[scope], digests[0], "a rebuild differs");
    }
}
