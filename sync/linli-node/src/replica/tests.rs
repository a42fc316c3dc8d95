//! Replicas over memory, linked by hand: the thinnest neighbourhood.

mod attacks;
mod found;
mod gatelog;
mod skeleton;

use super::*;
use linli_base::time::Moment;
use linli_base::{LaneClass, ScopeId, UtcOffset};
use linli_keys::SigningKey;
use linli_protocol::frame::{Hello, hello_bytes};
use linli_record::draft::{NoticeDraft, PostDraft};
use linli_record::fact::Reach;
use linli_record::schema::PostKind;
use linli_record::{Fact, RecordKind};
use linli_store::MemoryStore;
use std::collections::VecDeque;
use zeroize::Zeroizing;

struct Seeded(u64);
impl Dice for Seeded {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.0 >> 33) as u8;
        }
    }
}

fn keys(n: u8) -> DeviceKeys {
    DeviceKeys {
        sign: SigningKey::from_seed(&[n; 32]),
        kex: KexSecret::from_bytes(&[n ^ 0x55; 32]),
        net_seed: Zeroizing::new([n ^ 0xaa; 32]),
    }
}

fn now(t: u64) -> Now {
    Now {
        moment: Moment(t),
        wall: UnixMs(1_795_305_600_000 + t),
    }
}

fn found() -> Replica {
    let founding = Founding {
        name: "丰盛园".into(),
        offset: UtcOffset::parse("+08:00").unwrap(),
        gates: vec![(1, "东门".into())],
        office: "居委会".into(),
        paper: SigningKey::from_seed(&[99; 32]).device(),
    };
    Replica::found(
        Box::new(MemoryStore::new()),
        keys(1),
        Box::new(Seeded(1)),
        &founding,
        now(0),
    )
    .unwrap()
}

fn enrol(office: &mut Replica, n: u8, role: EnrolAs) -> Replica {
    let k = keys(n);
    let device = NewDevice {
        sign: k.sign.device(),
        net: SigningKey::from_seed(&k.net_seed).device().0,
        kex: *k.kex.public().as_bytes(),
    };
    let cert = office.enrol(now(1), &device, &role).unwrap();
    office.flush(now(1), &mut vec![]).unwrap();
    let epochs: Vec<Vec<u8>> = office
        .authority()
        .charter()
        .chain()
        .iter()
        .map(|h| h.bytes.clone())
        .collect();
    let mut r = Replica::join(
        Box::new(MemoryStore::new()),
        k,
        Box::new(Seeded(n.into())),
        &epochs,
        cert.bytes(),
        now(1),
    )
    .unwrap();
    r.ensure_scope_keys(now(1)).unwrap();
    r.flush(now(1), &mut vec![]).unwrap();
    r
}

fn hello(from: &Replica, to: &Replica) -> Hello {
    let newest = from.authority().charter().newest();
    let c = from.community();
    Hello {
        version: 1,
        community: c,
        certificate: from.me().certificate.bytes().to_vec(),
        proof: from
            .me()
            .sign
            .sign(&hello_bytes(&c, &from.me().net(), &to.me().net())),
        epoch: newest.epoch.number,
        epoch_id: newest.id,
    }
}

/// Links all pairs named and runs to quiet.
fn meet(all: &mut [Replica], pairs: &[(usize, usize)], t: u64) {
    let mut queue: VecDeque<(usize, Input)> = VecDeque::new();
    for (n, (a, b)) in pairs.iter().enumerate() {
        let link = LinkId(t * 1000 + n as u64);
        for (x, y) in [(*a, *b), (*b, *a)] {
            let h = hello(&all[x], &all[y]);
            let input = Input::LinkUp {
                link,
                peer_net: all[y].me().net(),
                my_net: all[x].me().net(),
                hello: Box::new(h),
            };
            queue.push_back((x, input));
        }
    }
    let mut steps = 0;
    while let Some((at, input)) = queue.pop_front() {
        steps += 1;
        assert!(steps < 20_000, "no quiet");
        let mut out = Vec::new();
        all[at].input(now(t), input, &mut out).unwrap();
        all[at].flush(now(t), &mut out).unwrap();
        all[at].ensure_scope_keys(now(t)).unwrap();
        all[at].flush(now(t), &mut out).unwrap();
        for o in out {
            match o {
                Output::Send(link, bytes) => {
                    let (a, b) = pairs[(link.0 - t * 1000) as usize];
                    let other = if at == a { b } else { a };
                    queue.push_back((other, Input::Frame(link, bytes)));
                }
                Output::HangUp(_, fault) => panic!("{at} hangs up: {fault:?}"),
                _ => {}
            }
        }
    }
    for (n, (a, b)) in pairs.iter().enumerate() {
        let link = LinkId(t * 1000 + n as u64);
        for x in [*a, *b] {
            all[x]
                .input(now(t), Input::LinkDown(link), &mut vec![])
                .unwrap();
        }
    }
}

fn notice(r: &mut Replica, title: &str) -> linli_base::RecordId {
    let draft = NoticeDraft {
        title: title.into(),
        body: "今天15时至18时".into(),
        confirm: true,
        ..NoticeDraft::default()
    };
    let id = r
        .create(now(5), RecordKind::Notice, |actor| draft.change(actor))
        .unwrap();
    r.flush(now(5), &mut vec![]).unwrap();
    id
}

fn post(r: &mut Replica, text: &str, t: u64) -> linli_base::RecordId {
    let draft = PostDraft {
        kind: PostKind::Offer,
        body: text.into(),
    };
    let id = r
        .create(now(t), RecordKind::Post, |actor| draft.change(actor))
        .unwrap();
    r.flush(now(t), &mut vec![]).unwrap();
    id
}

#[test]
fn a_notice_reaches_a_household_that_never_met_the_office() {
    let mut office = found();
    let a = enrol(
        &mut office,
        2,
        EnrolAs::Household {
            unit: "3-2-501".into(),
        },
    );
    let b = enrol(
        &mut office,
        3,
        EnrolAs::Household {
            unit: "3-2-502".into(),
        },
    );
    let id = notice(&mut office, "停电");
    let mut all = vec![office, a, b];
    meet(&mut all, &[(0, 1)], 10);
    meet(&mut all, &[(1, 2)], 20);
    assert_eq!(all[2].refused(), &std::collections::BTreeMap::new());
    let row = all[2].row(linli_record::RowKind::Notice, &id).unwrap();
    assert!(row.is_some(), "not here");
    let digests: Vec<_> = all.iter().map(|r| r.digests().unwrap()["notice"]).collect();
    assert_eq!(digests[0], digests[2]);

    all[2].receive(now(21), &id, Reach::CONFIRMED).unwrap();
    all[2].flush(now(21), &mut vec![]).unwrap();
    meet(&mut all, &[(1, 2)], 30);
    meet(&mut all, &[(0, 1)], 40);
    let receipts = all[0].receipts().unwrap();
    assert_eq!(receipts.len(), 1);
    assert!(receipts[0].1.notices[&id].0.has(Reach::CONFIRMED));
}

#[test]
fn posts_made_apart_are_on_both_sides_after_the_meeting() {
    let mut office = found();
    let a = enrol(
        &mut office,
        2,
        EnrolAs::Household {
            unit: "3-2-501".into(),
        },
    );
    let b = enrol(
        &mut office,
        3,
        EnrolAs::Household {
            unit: "3-2-502".into(),
        },
    );
    let mut all = vec![office, a, b];
    let draft = PostDraft {
        kind: PostKind::Ask,
        body: "谁能帮搬沙发?".into(),
    };
    let id = all[1]
        .create(now(6), RecordKind::Post, |actor| draft.change(actor))
        .unwrap();
    all[1].flush(now(6), &mut vec![]).unwrap();
    meet(&mut all, &[(0, 1), (0, 2)], 10);
    let comment = Fact::Comment {
        text: linli_base::Private::new("我来".into()),
        answers: None,
        files: Vec::new(),
    };
    all[2].say(now(11), &id, &comment).unwrap();
    all[2].flush(now(11), &mut vec![]).unwrap();
    meet(&mut all, &[(1, 2)], 20);
    meet(&mut all, &[(0, 1)], 30);
    let digests: Vec<_> = all.iter().map(|r| r.digests().unwrap()["board"]).collect();
    assert_eq!(digests[0], digests[1]);
    assert_eq!(digests[1], digests[2]);
    // A rebuild from the entries gives the same bytes.
    all[1].rebuild(now(40)).unwrap();
    assert_eq!(all[1].digests().unwrap()["board"], digests[1]);
}

#[test]
fn a_gate_reads_grants_and_a_household_carries_them_unopened() {
    let mut office = found();
    let a = enrol(
        &mut office,
        2,
        EnrolAs::Household {
            unit: "3-2-501".into(),
        },
    );
    let g = enrol(&mut office, 4, EnrolAs::Gate { number: 1 });
    let b = enrol(
        &mut office,
        3,
        EnrolAs::Household {
            unit: "3-2-502".into(),
        },
    );
    let mut all = vec![office, a, g, b];
    meet(&mut all, &[(0, 1), (0, 2), (0, 3)], 10);
    let claims = crate::testing::claims(&all[1], now(11));
    let grant = linli_record::fact::Grant {
        claims: linli_base::Private::new(claims),
        short_code: true,
    };
    let gates = ScopeId::gates(&all[1].community());
    let lane = all[1].lane(now(11), LaneClass::Pass, gates);
    all[1]
        .record_fact(now(11), lane, &Fact::Grant(grant))
        .unwrap();
    all[1].flush(now(11), &mut vec![]).unwrap();
    meet(&mut all, &[(1, 3)], 20);
    meet(&mut all, &[(3, 2)], 30);
    assert_eq!(all[2].rows(linli_record::RowKind::Grant).unwrap().len(), 1);
    assert_eq!(all[3].rows(linli_record::RowKind::Grant).unwrap().len(), 0);
    meet(&mut all, &[(0, 2)], 40);
    assert_eq!(
        all[0].digests().unwrap()["gates"],
        all[2].digests().unwrap()["gates"]
    );
}

#[test]
fn a_revoked_device_writes_nothing_more_that_counts() {
    let mut office = found();
    let a = enrol(
        &mut office,
        2,
        EnrolAs::Household {
            unit: "3-2-501".into(),
        },
    );
    let b = enrol(
        &mut office,
        3,
        EnrolAs::Household {
            unit: "3-2-502".into(),
        },
    );
    let mut all = vec![office, a, b];
    let before = post(&mut all[1], "之前", 6);
    meet(&mut all, &[(0, 1), (1, 2)], 10);
    let after = post(&mut all[1], "之后", 11);
    let stolen = all[1].me().device();
    all[0].revoke(now(12), &stolen, "丢失").unwrap();
    all[0].flush(now(12), &mut vec![]).unwrap();
    // b hears the late post before it hears of the revocation, and takes it back then.
    meet(&mut all, &[(1, 2)], 20);
    assert!(
        all[2]
            .row(linli_record::RowKind::Post, &after)
            .unwrap()
            .is_some()
    );
    meet(&mut all, &[(0, 2)], 30);
    assert!(
        all[2]
            .row(linli_record::RowKind::Post, &before)
            .unwrap()
            .is_some()
    );
    assert!(
        all[2]
            .row(linli_record::RowKind::Post, &after)
            .unwrap()
            .is_none()
    );
    assert_eq!(
        all[0].digests().unwrap()["board"],
        all[2].digests().unwrap()["board"]
    );
}

#[test]
fn a_newcomer_whose_household_is_away_is_admitted_by_the_introduction_it_brings() {
    let mut office = found();
    let unit = "3-2-501".into();
    let a = enrol(&mut office, 2, EnrolAs::Household { unit });
    let mut household = vec![office, a];
    meet(&mut household, &[(0, 1)], 10);
    let (mut a, office) = (household.pop().unwrap(), household.pop().unwrap());
    let phone = enrol(&mut a, 3, EnrolAs::Sibling);
    let mut home = vec![a, phone];
    meet(&mut home, &[(0, 1)], 20);
    let (phone, away) = (home.pop().unwrap(), home.pop().unwrap());

    let mut all = vec![office, phone];
    assert!(all[0].authority().device(&all[1].me().device()).is_none());
    meet(&mut all, &[(0, 1)], 30);
    let known = all[0].authority().device(&all[1].me().device()).unwrap();
    assert_eq!(known.principal, away.me().principal);
    assert_eq!(all[0].refused(), &std::collections::BTreeMap::new());

    // What it has to say arrives, over that link or the next.
    let id = post(&mut all[1], "新手机", 31);
    meet(&mut all, &[(0, 1)], 40);
    assert!(
        all[0]
            .row(linli_record::RowKind::Post, &id)
            .unwrap()
            .is_some()
    );
}
