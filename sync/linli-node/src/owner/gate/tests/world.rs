//! Homes on a real disk with clocks that a test turns, linked by hand.

use crate::api::{Answer, Fault, GateAct, PassArgs, Request, ScanArgs};
use crate::home::HomeOptions;
use crate::home::clock::{Clock, Hands, OsDice};
use crate::home::files::{HomeFiles, device_keys};
use crate::owner::{Owner, State};
use crate::replica::{EnrolAs, Founding, NewDevice, Replica};
use linli_base::UtcOffset;
use linli_keys::SigningKey;
use linli_protocol::frame::{Hello, hello_bytes};
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Monday 2026-11-30, 10:00 at +08:00: the last day of a month.
pub(super) const MONDAY_S: u64 = 1_796_004_000;

pub(super) struct World {
    pub(super) homes: Vec<Owner>,
    hands: Vec<&'static Hands>,
    names: Vec<String>,
    links: u64,
    /// Homes take note of what others say that they hold.
    pub(super) hears: bool,
    dir: tempfile::TempDir,
}

pub(super) fn member(owner: &mut Owner) -> &mut Replica {
    match &mut owner.state {
        State::Member(replica) => replica,
        _ => panic!("no member"),
    }
}

impl World {
    /// An office with gate 1, alone. It is home 0.
    pub(super) fn found() -> Self {
        let mut world = Self {
            homes: vec![],
            hands: vec![],
            names: vec![],
            links: 0,
            hears: false,
            dir: tempfile::tempdir().unwrap(),
        };
        let (files, store, secrets) = HomeFiles::create(&world.options("office")).unwrap();
        let (clock, hands) = Self::clock(MONDAY_S);
        let founding = Founding {
            name: "丰盛园".into(),
            offset: UtcOffset::parse("+08:00").unwrap(),
            gates: vec![(1, "东门".into())],
            office: "居委会".into(),
            paper: SigningKey::from_seed(&[99; 32]).device(),
        };
        let keys = device_keys(&secrets);
        let replica =
            Replica::found(store, keys, Box::new(OsDice), &founding, clock.now()).unwrap();
        world.add("office", Owner::of_replica(files, replica, clock), hands);
        world
    }

    pub(super) fn options(&self, name: &str) -> HomeOptions {
        HomeOptions {
            dir: self.dir.path().join(name),
            passphrase: None,
            keys_dir: Some(self.dir.path().join("keys")),
            timeout: Duration::from_secs(1),
        }
    }

    fn clock(at_s: u64) -> (Clock, &'static Hands) {
        let hands: &'static Hands = Box::leak(Box::default());
        hands.wall_ms.store(at_s * 1000, Relaxed);
        hands.moment_ms.store(1_000, Relaxed);
        (Clock::Hands(hands), hands)
    }

    fn add(&mut self, name: &str, owner: Owner, hands: &'static Hands) -> usize {
        self.homes.push(owner);
        self.hands.push(hands);
        self.names.push(name.to_owned());
        self.homes.len() - 1
    }

    /// Enrols a home at the office.
    pub(super) fn join(&mut self, name: &str, role: &EnrolAs) -> usize {
        self.join_at(0, name, role)
    }

    /// A second computer of a household.
    pub(super) fn sibling(&mut self, house: usize, name: &str) -> usize {
        self.join_at(house, name, &EnrolAs::Sibling)
    }

    fn join_at(&mut self, host: usize, name: &str, role: &EnrolAs) -> usize {
        let (files, store, secrets) = HomeFiles::create(&self.options(name)).unwrap();
        let (clock, hands) = Self::clock(self.hands[0].wall_ms.load(Relaxed) / 1000);
        let keys = device_keys(&secrets);
        let device = NewDevice {
            sign: keys.sign.device(),
            net: SigningKey::from_seed(&keys.net_seed).device().0,
            kex: *keys.kex.public().as_bytes(),
        };
        let office = member(&mut self.homes[host]);
        let certificate = office.enrol(clock.now(), &device, role).unwrap();
        let epochs: Vec<Vec<u8>> = {
            let chain = office.authority().charter().chain().iter();
            chain.map(|held| held.bytes.clone()).collect()
        };
        self.homes[host].settle().unwrap();
        let bytes = certificate.bytes();
        let replica =
            Replica::join(store, keys, Box::new(OsDice), &epochs, bytes, clock.now()).unwrap();
        let home = self.add(name, Owner::of_replica(files, replica, clock), hands);
        self.homes[home].settle().unwrap();
        home
    }

    pub(super) fn gate(&mut self, name: &str) -> usize {
        self.join(name, &EnrolAs::Gate { number: 1 })
    }

    pub(super) fn house(&mut self, unit: &str) -> usize {
        let unit = unit.to_owned();
        self.join(&unit.clone(), &EnrolAs::Household { unit })
    }

    /// Ends the program of a home and starts it again: it has what it kept, and its clocks go on.
    pub(super) fn restart(&mut self, home: usize) {
        let options = self.options(&self.names[home]);
        let clock = self.homes[home].clock;
        let last = self.homes.len() - 1;
        self.homes.swap(home, last);
        drop(self.homes.pop());
        let (files, store, secrets) = HomeFiles::open(&options).unwrap();
        let mut owner = Owner::open(files, store, &secrets).unwrap();
        owner.clock = clock;
        self.homes.push(owner);
        self.homes.swap(home, last);
    }

    /// The power goes and comes back: the clock that never steps begins anew.
    pub(super) fn reboot(&mut self, home: usize) {
        self.restart(home);
        self.hands[home].moment_ms.store(50, Relaxed);
    }

    /// Sets the wall clock of a home.
    pub(super) fn set(&self, home: usize, wall_s: u64) {
        self.hands[home].wall_ms.store(wall_s * 1000, Relaxed);
    }

    pub(super) fn wall(&self, home: usize) -> u64 {
        self.hands[home].wall_ms.load(Relaxed) / 1000
    }

    /// Lets time pass on the clock that never steps, and not on the wall clock of this home.
    pub(super) fn freeze(&self, home: usize, seconds: u64) {
        self.hands[home]
            .moment_ms
            .fetch_add(seconds * 1000, Relaxed);
    }

    /// Lets time pass everywhere.
    pub(super) fn pass(&self, seconds: u64) {
        for hands in &self.hands {
            hands.moment_ms.fetch_add(seconds * 1000, Relaxed);
            hands.wall_ms.fetch_add(seconds * 1000, Relaxed);
        }
    }

    /// Links two homes, lets them say all they have, and parts them.
    pub(super) fn meet(&mut self, a: usize, b: usize) {
        self.homes[0].office_states().unwrap();
        self.links += 1;
        let link = LinkId(self.links);
        let mut queue: VecDeque<(usize, Input)> = VecDeque::new();
        for (x, y) in [(a, b), (b, a)] {
            let to = member(&mut self.homes[y]).me().net();
            let from = member(&mut self.homes[x]);
            let newest = from.authority().charter().newest();
            let (community, net) = (from.community(), from.me().net());
            let hello = Hello {
                version: 1,
                community,
                certificate: from.me().certificate.bytes().to_vec(),
                proof: from.me().sign.sign(&hello_bytes(&community, &net, &to)),
                epoch: newest.epoch.number,
                epoch_id: newest.id,
            };
            let up = Input::LinkUp {
                link,
                peer_net: to,
                my_net: net,
                hello: Box::new(hello),
            };
            queue.push_back((x, up));
        }
        let mut steps = 0;
        while let Some((at, input)) = queue.pop_front() {
            steps += 1;
            assert!(steps < 20_000, "no quiet");
            self.homes[at].input(input).unwrap();
            self.homes[at].settle().unwrap();
            for output in std::mem::take(&mut self.homes[at].outbox) {
                match output {
                    Output::Send(_, bytes) => {
                        let other = if at == a { b } else { a };
                        queue.push_back((other, Input::Frame(link, bytes)));
                    }
                    Output::HangUp(_, fault) => panic!("{at} hangs up: {fault:?}"),
                    Output::Tell(tell) if self.hears => self.homes[at].heard(&tell).unwrap(),
                    _ => {}
                }
            }
        }
        for x in [a, b] {
            self.homes[x].input(Input::LinkDown(link)).unwrap();
            self.homes[x].compare_clock().unwrap();
        }
    }

    pub(super) fn ask(&mut self, home: usize, request: Request) -> Result<Answer, Fault> {
        self.homes[home].handle(request, &mut |_, _| {})
    }

    pub(super) fn data(&mut self, home: usize, request: Request) -> Value {
        self.ask(home, request)
            .unwrap_or_else(|f| panic!("{f:?}"))
            .data
    }

    /// A pass for one entry at gate 1, from now for two days; gives its text.
    pub(super) fn issue(&mut self, home: usize, label: &str) -> String {
        self.issue_for(home, label, 1, None)
    }

    /// The same for so many entries, with a PIN or without.
    pub(super) fn issue_for(
        &mut self,
        home: usize,
        label: &str,
        entries: u8,
        pin: Option<&str>,
    ) -> String {
        let from_s = self.wall(home);
        let issued = self.data(
            home,
            Request::PassIssue(PassArgs {
                label: label.into(),
                kind: "person".into(),
                from_s,
                until_s: from_s + 2 * 86_400,
                host: (home == 0).then(|| "3-2-501".to_owned()),
                entries,
                gates: vec![1],
                plate: None,
                companions: 0,
                pin: pin.map(str::to_owned),
                windows: vec![],
            }),
        );
        issued["text"].as_str().unwrap().to_owned()
    }

    /// What a gate answers to a text.
    pub(super) fn scan(&mut self, gate: usize, text: &str) -> Value {
        let args = ScanArgs {
            text: Some(text.to_owned()),
            ..ScanArgs::default()
        };
        self.data(gate, Request::GateCheck(args))
    }

    /// Result and code.
    pub(super) fn check(&mut self, gate: usize, text: &str) -> (String, String) {
        let said = self.scan(gate, text);
        let word = |key: &str| said[key].as_str().unwrap_or_default().to_owned();
        (word("result"), word("code"))
    }

    pub(super) fn act(&mut self, gate: usize, act: GateAct) -> Value {
        self.data(gate, Request::Gate { act })
    }

    /// The log of a home, newest first.
    pub(super) fn log(&mut self, home: usize) -> Vec<Value> {
        let log = self.data(home, Request::GateLog);
        log["events"].as_array().unwrap().clone()
    }

    pub(super) fn status(&mut self, gate: usize) -> Value {
        self.data(gate, Request::GateStatus)
    }
}

pub(super) fn pair(result: &str, code: &str) -> (String, String) {
    (result.to_owned(), code.to_owned())
}
