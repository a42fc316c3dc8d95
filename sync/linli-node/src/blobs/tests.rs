//! Fetching and serving against each other, carried in memory: what a neighbour may do to a transfer.

use super::super::serve::{AT_ONCE, Server};
use super::super::shelf::{MemoryShelf, Shelf};
use super::*;
use linli_base::hash::blake3_raw;
use linli_net::blob::open;
use linli_net::{AskId, Carrier};

fn blob(length: usize) -> (BlobId, Vec<u8>) {
    let bytes: Vec<u8> = (0..length).map(|n| (n / 3 + n / 999) as u8).collect();
    let id = BlobId {
        hash: blake3_raw(&bytes),
        size: u32::try_from(length).unwrap(),
    };
    (id, bytes)
}

const fn peer(n: u8) -> NetKey {
    NetKey([n; 32])
}

/// How a neighbour behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Manner {
    Honest,
    /// Sends other bytes.
    Lies,
    /// Cuts its pieces short.
    Short,
    /// Answers nothing.
    Silent,
    /// Has nothing.
    Empty,
    /// Has not got it yet, for the first ten seconds.
    Slow,
    /// Does not know the protocol.
    Old,
}

/// Carries in memory: what was asked waits until it is taken.
#[derive(Default)]
struct InMemory {
    names: u64,
    sent: Vec<(u64, NetKey, BlobAsk)>,
}

impl Carrier for InMemory {
    fn ask(&mut self, peer: NetKey, ask: &BlobAsk) -> Option<AskId> {
        self.names += 1;
        self.sent.push((self.names, peer, *ask));
        Some(AskId(self.names))
    }
}

/// One home that fetches, and its neighbours.
struct World {
    now: Moment,
    fetcher: Fetcher,
    shelf: MemoryShelf,
    there: MemoryShelf,
    servers: BTreeMap<NetKey, Server>,
    manners: BTreeMap<NetKey, Manner>,
    asked: Vec<(NetKey, BlobAsk)>,
    carrier: InMemory,
    carried: u64,
    lies: Vec<NetKey>,
}

impl World {
    fn new(blobs: &[(BlobId, Vec<u8>)], manners: &[(u8, Manner)]) -> Self {
        let mut there = MemoryShelf::default();
        for (id, bytes) in blobs {
            assert!(there.put(id, 0, bytes).unwrap());
        }
        let mut world = Self {
            now: Moment(1_000),
            fetcher: Fetcher::default(),
            shelf: MemoryShelf::default(),
            there,
            servers: BTreeMap::new(),
            manners: manners.iter().map(|(n, m)| (peer(*n), *m)).collect(),
            asked: vec![],
            carrier: InMemory::default(),
            carried: 0,
            lies: vec![],
        };
        world.want(blobs);
        world
    }

    fn want(&mut self, blobs: &[(BlobId, Vec<u8>)]) {
        let missing = blobs.iter().filter(|(id, _)| !self.shelf.has(id));
        let missing: Vec<_> = missing.map(|(id, _)| (*id, self.shelf.come(id))).collect();
        self.fetcher.want(missing);
        let all: BTreeSet<NetKey> = self.manners.keys().copied().collect();
        self.fetcher.meet(|_| all.clone());
    }

    /// Asks and answers once around; how many pieces were put.
    fn turn(&mut self) -> usize {
        let carrier = &mut self.carrier;
        self.fetcher.next(self.now, usize::MAX, |to, ask| {
            carrier.ask(to, ask).map(|name| name.0)
        });
        let sent = std::mem::take(&mut self.carrier.sent);
        let mut put = 0;
        for (name, to, ask) in sent {
            self.asked.push((to, ask));
            let answer = self.answer(to, &ask);
            if let Ok(bytes) = &answer {
                self.carried += bytes.len() as u64;
            }
            match self.fetcher.answered_by(self.now, name, answer, open) {
                Came::Piece { id, at, bytes } => match self.shelf.put(&id, at, &bytes) {
                    Ok(whole) => {
                        put += 1;
                        self.fetcher.put(&id, self.shelf.come(&id), whole);
                    }
                    Err(_) => self.fetcher.disk_refused(self.now),
                },
                Came::Nothing => {}
                Came::Lie(who) => self.lies.push(who),
            }
        }
        self.now = self.now.plus(100);
        put
    }

    fn answer(&mut self, to: NetKey, ask: &BlobAsk) -> Result<Vec<u8>, BlobFault> {
        let server = self.servers.entry(to).or_default();
        let honest = server.answer(self.now, to, &ask.encode(), &self.there, |_| true);
        match self.manners[&to] {
            Manner::Honest => Ok(honest.encode()),
            Manner::Lies => {
                let mut bytes = honest.encode();
                let last = bytes.len() - 1;
                bytes[last] ^= 1;
                Ok(bytes)
            }
            Manner::Short => {
                let mut bytes = honest.encode();
                bytes.truncate(bytes.len() / 2);
                Ok(bytes)
            }
            Manner::Silent => Err(BlobFault::Silent),
            Manner::Empty => Ok(BlobAnswer::No.encode()),
            Manner::Slow if self.now < Moment(11_000) => {
                let nothing = MemoryShelf::default();
                let mut server = Server::default();
                let answer = server.answer(self.now, to, &ask.encode(), &nothing, |_| true);
                Ok(answer.encode())
            }
            Manner::Slow => Ok(honest.encode()),
            Manner::Old => Err(BlobFault::Unknown),
        }
    }

    fn until_whole(&mut self, turns: usize) -> bool {
        for _ in 0..turns {
            if !self.fetcher.is_waiting() {
                return true;
            }
            self.turn();
        }
        !self.fetcher.is_waiting()
    }
}

#[test]
fn a_blob_comes_whole_from_whoever_has_it_and_bad_neighbours_do_not_stop_it() {
    use Manner::{Empty, Honest, Lies, Old, Short, Silent};
    let one = blob(1_234_567);
    for bad in [Lies, Short, Silent, Empty, Old] {
        let manners = [(1, bad), (2, Honest), (3, bad)];
        let mut world = World::new(std::slice::from_ref(&one), &manners);
        assert!(world.until_whole(500), "{bad:?}");
        assert_eq!(world.shelf.whole(&one.0).as_ref(), Some(&one.1), "{bad:?}");
        let liars = matches!(bad, Lies | Short);
        assert!(liars || world.lies.is_empty(), "{bad:?}");
        for liar in [1, 3].map(peer) {
            let times = world.asked.iter().filter(|(to, _)| *to == liar).count();
            assert!(
                !liars || times <= 1,
                "a liar is asked once at most: {times}"
            );
        }
    }
}

#[test]
fn among_bad_neighbours_alone_nothing_comes_and_they_are_asked_less_and_less() {
    let one = blob(300_000);
    let mut world = World::new(std::slice::from_ref(&one), &[(1, Manner::Empty)]);
    for _ in 0..36_000 {
        world.turn();
    }
    // An hour: at 0, 5, 15, 35 .. seconds, and then every ten minutes.
    assert!(
        (8..16).contains(&world.asked.len()),
        "{}",
        world.asked.len()
    );
    let mut world = World::new(std::slice::from_ref(&one), &[(1, Manner::Lies)]);
    for _ in 0..1_000 {
        assert_eq!(world.turn(), 0);
    }
    assert_eq!((world.asked.len(), world.lies.len()), (1, 1));
    assert!(world.shelf.held.is_empty(), "nothing unproven is kept");
}

#[test]
fn who_has_not_got_it_yet_is_asked_again_soon() {
    let one = blob(300_000);
    let mut world = World::new(std::slice::from_ref(&one), &[(1, Manner::Slow)]);
    assert!(world.until_whole(200), "within twenty seconds");
    assert!(world.asked.len() < 10, "{}", world.asked.len());
}

#[test]
fn a_transfer_that_was_cut_goes_on_with_fewer_bytes_than_anew() {
    let one = blob(2_000_000);
    let honest = [(1, Manner::Honest)];
    let mut whole = World::new(std::slice::from_ref(&one), &honest);
    assert!(whole.until_whole(100));
    let mut cut = World::new(std::slice::from_ref(&one), &honest);
    for _ in 0..4 {
        cut.turn();
    }
    let before = cut.carried;
    // The program ends: only what lies on the shelf is left.
    let mut again = World::new(std::slice::from_ref(&one), &honest);
    again.shelf.held = std::mem::take(&mut cut.shelf.held);
    again.want(std::slice::from_ref(&one));
    again.fetcher = Fetcher::default();
    again.want(std::slice::from_ref(&one));
    assert!(again.until_whole(100));
    assert_eq!(again.shelf.whole(&one.0), Some(one.1));
    assert_eq!(before + again.carried, whole.carried, "not a byte twice");
    assert!(again.carried < whole.carried * 6 / 10);
}

#[test]
fn a_blob_that_goes_on_on_another_neighbour_begins_where_it_was() {
    let one = blob(2_000_000);
    let mut world = World::new(
        std::slice::from_ref(&one),
        &[(1, Manner::Honest), (2, Manner::Honest)],
    );
    for _ in 0..3 {
        world.turn();
    }
    let first = world.asked[0].0;
    world.manners.remove(&first);
    world.want(std::slice::from_ref(&one));
    assert!(world.until_whole(100));
    let groups: Vec<u32> = world.asked.iter().map(|(_, ask)| ask.first).collect();
    let expected: Vec<u32> = (0..8).map(|n| n * 16).collect();
    assert_eq!(groups, expected);
    assert!(world.asked[3..].iter().all(|(to, _)| *to != first));
}

#[test]
fn a_full_disk_stops_the_asking_for_a_while_and_keeps_what_is_there() {
    let one = blob(600_000);
    let mut world = World::new(std::slice::from_ref(&one), &[(1, Manner::Honest)]);
    world.shelf.room = Some(300_000);
    for _ in 0..20 {
        world.turn();
    }
    assert_eq!(world.shelf.come(&one.0), 262_144);
    assert_eq!(world.asked.len(), 2, "asked once in vain, then silent");
    world.shelf.room = None;
    for _ in 0..300 {
        world.turn();
    }
    assert_eq!(world.shelf.whole(&one.0), Some(one.1));
}

#[test]
fn what_is_no_longer_wanted_is_not_asked_for_and_a_late_piece_of_it_is_dropped() {
    let one = blob(600_000);
    let mut world = World::new(std::slice::from_ref(&one), &[(1, Manner::Honest)]);
    let mut name = 0;
    world.fetcher.next(world.now, usize::MAX, |_, _| {
        name = 7;
        Some(7)
    });
    assert_eq!(name, 7);
    world.fetcher.want([]);
    let answer = Ok(BlobAnswer::Later.encode());
    assert_eq!(
        world.fetcher.answered_by(world.now, 7, answer, open),
        Came::Nothing
    );
    assert!(!world.fetcher.is_waiting());
    assert_eq!(world.turn(), 0);
}

#[test]
fn one_neighbour_gets_his_share_and_then_waits() {
    let one = blob(5 << 20);
    let mut server = Server::default();
    let mut shelf = MemoryShelf::default();
    shelf.put(&one.0, 0, &one.1).unwrap();
    let ask = BlobAsk {
        hash: one.0.hash,
        size: one.0.size,
        first: 0,
        groups: PIECE_GROUPS,
    };
    let now = Moment(5);
    let mut pieces = 0;
    while matches!(
        server.answer(now, peer(1), &ask.encode(), &shelf, |_| true),
        BlobAnswer::Piece(_)
    ) {
        pieces += 1;
        assert!(pieces < 10_000);
    }
    let most = usize::try_from(AT_ONCE).unwrap() / (PIECE_GROUPS as usize * linli_net::blob::GROUP);
    assert!((most * 15 / 16..=most).contains(&pieces), "{pieces}");
    let mut asks =
        |at: u64, n: u8| server.answer(Moment(at), peer(n), &ask.encode(), &shelf, |_| true);
    assert_eq!(asks(5, 1), BlobAnswer::Later);
    assert!(
        matches!(asks(5, 2), BlobAnswer::Piece(_)),
        "another has his own"
    );
    assert!(
        matches!(asks(1_005, 1), BlobAnswer::Piece(_)),
        "a second later"
    );
}

#[test]
fn unknown_and_not_entitled_are_answered_alike() {
    let one = blob(1_000);
    let mut server = Server::default();
    let mut shelf = MemoryShelf::default();
    shelf.put(&one.0, 0, &one.1).unwrap();
    let ask = |hash| BlobAsk {
        hash,
        size: 1_000,
        first: 0,
        groups: 1,
    };
    let now = Moment(1);
    // What no entry refers to is nobody's to have.
    let may = |id: &BlobId| *id == one.0;
    let unknown = server.answer(now, peer(1), &ask([0; 32]).encode(), &shelf, may);
    let not_yours = server.answer(now, peer(1), &ask(one.0.hash).encode(), &shelf, |_| false);
    assert_eq!((unknown.encode(), not_yours.encode()), (vec![0], vec![0]));
    let yours = server.answer(now, peer(1), &ask(one.0.hash).encode(), &shelf, |_| true);
    assert!(matches!(yours, BlobAnswer::Piece(_)));
    // Even right after it was served to another.
    let not_yours = server.answer(now, peer(2), &ask(one.0.hash).encode(), &shelf, |_| false);
    assert_eq!(not_yours, BlobAnswer::No);
    assert_eq!(
        server.answer(now, peer(1), b"?", &shelf, |_| true),
        BlobAnswer::No
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    /// Whatever the neighbours do and whenever it is cut: with one honest neighbour all come, and never a wrong byte.
    #[test]
    fn with_one_honest_neighbour_everything_comes(
        sizes in proptest::collection::vec(1..400_000_usize, 1..4),
        manners in proptest::collection::vec(0..6_u8, 0..5),
        cuts in proptest::collection::vec(0..6_usize, 0..4),
    ) {
        use Manner::{Empty, Honest, Lies, Old, Short, Silent};
        let mut blobs: Vec<(BlobId, Vec<u8>)> = sizes.iter().map(|n| blob(*n)).collect();
        blobs.sort();
        blobs.dedup();
        let all = [Honest, Lies, Short, Silent, Empty, Old];
        let mut of: Vec<(u8, Manner)> = (10..).zip(manners).map(|(n, m)| (n * 9, all[usize::from(m)])).collect();
        of.push((77, Honest));
        let mut world = World::new(&blobs, &of);
        for turns in cuts {
            for _ in 0..turns {
                world.turn();
            }
            world.fetcher = Fetcher::default();
            world.want(&blobs);
        }
        proptest::prop_assert!(world.until_whole(3_000));
        for (id, bytes) in &blobs {
            proptest::prop_assert_eq!(world.shelf.whole(id), Some(bytes.clone()));
        }
    }
}

#[test]
fn what_has_come_whole_but_lacks_its_name_is_asked_for_once_more() {
    for groups in [1, 2] {
        let size = groups * 16_384;
        let id = BlobId {
            hash: [7; 32],
            size,
        };
        let mut fetcher = Fetcher::default();
        fetcher.want([(id, size as usize)]);
        let (come, _) = fetcher.progress(&id).unwrap();
        assert_eq!(come, size as usize - 16_384);
    }
}

#[test]
fn two_who_say_nothing_do_not_keep_the_places_of_all_the_others() {
    let blobs: Vec<_> = (1..=60).map(|n| blob(n * 10_000)).collect();
    let mut fetcher = Fetcher::default();
    fetcher.want(blobs.iter().map(|(id, _)| (*id, 0)));
    fetcher.meet(|_| [peer(1), peer(2), peer(3)].into());
    let mut there = MemoryShelf::default();
    for (id, bytes) in &blobs {
        there.put(id, 0, bytes).unwrap();
    }
    let (mut server, mut here) = (Server::default(), MemoryShelf::default());
    // Each second: an honest neighbour answers within two, the others are given up after a minute.
    let mut under_way: Vec<(u64, u64, NetKey, BlobAsk)> = Vec::new();
    let (mut names, mut silences) = (0, 0);
    for second in 0..600 {
        let now = Moment(second * 1_000);
        let due: Vec<_> = under_way.extract_if(.., |(at, ..)| *at <= second).collect();
        for (_, name, to, ask) in due {
            let answer = if to == peer(3) {
                let answer = server.answer(now, peer(9), &ask.encode(), &there, |_| true);
                Ok(answer.encode())
            } else {
                silences += 1;
                Err(BlobFault::Silent)
            };
            if let Came::Piece { id, at, bytes } = fetcher.answered_by(now, name, answer, open) {
                let whole = here.put(&id, at, &bytes).unwrap();
                fetcher.put(&id, here.come(&id), whole);
            }
        }
        fetcher.next(now, usize::MAX, |to, ask| {
            names += 1;
            let takes = if to == peer(3) { 2 } else { 60 };
            under_way.push((second + takes, names, to, *ask));
            Some(names)
        });
        if !fetcher.is_waiting() {
            assert!(second < 300, "sixty pictures took {second} s");
            assert!(silences > 2, "they were asked");
            return;
        }
    }
    panic!("after ten minutes something is missing");
}
