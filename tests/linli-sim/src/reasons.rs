//! The ten reasons why something is not in step (product.md §5.3): each is caused on purpose between homes of the product,
//! and stands on the screen of neighbours in both languages; and the light that is never green with nobody heard.

use crate::dice::SimDice;
use crate::gates::Founded;
use crate::gates::estate::HOUSE;
use crate::reach::Street;
use crate::small::founding::OFFICE;
use crate::small::home::{Home, hands, hello, lock};
use linli_base::Private;
use linli_node::api::Request;
use linli_node::drive::{Came, Hands};
use linli_protocol::frame::Hello;
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_record::RecordKind;
use linli_record::attach::{Attachment, Media};
use linli_record::draft::PostDraft;
use linli_record::schema::PostKind;
use linli_view::api::{self, Reason, Reply, SyncReport};
use linli_view::dates::Now;
use linli_view::light::{self, HEARD_WITHIN_MS, Light};
use linli_view::neighbours;
use linli_view::words::{Catalogue, Lang};
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::Ordering::Relaxed;

const GATE: usize = 1;
const HOUR_MS: u64 = 3_600_000;

fn estate() -> Vec<Home> {
    let founded = Founded::new().unwrap();
    founded.homes(&mut SimDice::new(1), hands()).unwrap()
}

/// A line between two homes, and what is on its way there.
struct Line<'a> {
    ends: [&'a Home; 2],
    link: LinkId,
    queue: VecDeque<(usize, Input)>,
}

impl<'a> Line<'a> {
    fn new(a: &'a Home, b: &'a Home, link: u64) -> Self {
        let ends = [a, b];
        let queue = VecDeque::new();
        let link = LinkId(link);
        Self { ends, link, queue }
    }

    /// Both ends hear that the line stands; the second one may say something odd of itself.
    fn up(mut self, odd: impl Fn(&mut Hello)) -> Self {
        let net = |home: &Home| lock(&home.driven).replica().unwrap().me().net();
        let nets = self.ends.map(net);
        for end in 0..2 {
            let mut hello = {
                let mut driven = lock(&self.ends[end].driven);
                hello(driven.replica().unwrap(), &nets[1 - end])
            };
            if end == 1 {
                odd(&mut hello);
            }
            let input = Input::LinkUp {
                link: self.link,
                peer_net: nets[1 - end],
                my_net: nets[end],
                hello: Box::new(hello),
            };
            self.queue.push_back((end, input));
        }
        self.talk();
        self
    }

    /// Until nobody has anything to say.
    fn talk(&mut self) {
        while let Some((end, input)) = self.queue.pop_front() {
            self.turn(end, Came::Input(Box::new(input)));
        }
    }

    fn turn(&mut self, end: usize, came: Came) {
        let turned = lock(&self.ends[end].driven).turn(came).unwrap();
        for output in turned.sent {
            match output {
                Output::Send(link, bytes) if link == self.link => {
                    self.queue
                        .push_back((1 - end, Input::Frame(self.link, bytes)));
                }
                Output::HangUp(link, _) if link == self.link => {
                    self.queue.push_back((0, Input::LinkDown(self.link)));
                    self.queue.push_back((1, Input::LinkDown(self.link)));
                }
                _ => {}
            }
        }
    }

    fn chores(&mut self) {
        for end in 0..2 {
            self.turn(end, Came::Chores);
        }
        self.talk();
    }

    fn down(mut self) {
        for end in 0..2 {
            self.queue.push_back((end, Input::LinkDown(self.link)));
        }
        self.talk();
    }
}

fn report(home: &Home) -> SyncReport {
    match lock(&home.driven).desk(api::Request::Peers) {
        Reply::Peers(report) => *report,
        other => panic!("{other:?}"),
    }
}

/// The sentences that the screen of neighbours shows as reasons, each with what to do.
fn shown(home: &Home, lang: Lang) -> BTreeSet<(String, String)> {
    let (words, report) = (Catalogue::of(lang), report(home));
    let now = Now {
        ms: report.as_of_ms,
        offset_min: 480,
    };
    let page = neighbours::screen(&words, now, Some(&report), &report.facts);
    let all = page.peers.into_iter().filter_map(|row| row.reason);
    all.chain(page.reason)
        .map(|reason| (reason.why, reason.todo))
        .collect()
}

/// Whether a reason stands there, in both languages, with one thing to do.
fn says(home: &Home, word: &str) -> bool {
    let stands = |lang: Lang| {
        let words = Catalogue::of(lang);
        let key = format!("reason-{word}");
        let both = (words.say(&key), words.say(&format!("{key}-do")));
        assert!(!both.0.is_empty() && !both.1.is_empty());
        shown(home, lang).contains(&both)
    };
    Lang::ALL.into_iter().all(stands)
}

fn light_of(home: &Home) -> Light {
    let report = report(home);
    light::light(&report.facts, report.as_of_ms)
}

fn pass(hands: &Hands, ms: u64) {
    hands.wall_ms.fetch_add(ms, Relaxed);
    hands.moment_ms.fetch_add(ms, Relaxed);
}

fn post(home: &Home) -> Result<(), String> {
    let request = Request::PostNew {
        kind: "ask".into(),
        body: "借梯子".into(),
    };
    let asked = lock(&home.driven).ask_linked(request);
    asked.map(drop).map_err(|fault| fault.code)
}

#[test]
fn nobody_on_this_network() {
    let homes = estate();
    lock(&homes[HOUSE].driven).turn(Came::Nothing).unwrap();
    assert!(says(&homes[HOUSE], "nobody-on-lan"));
    let line = Line::new(&homes[OFFICE], &homes[HOUSE], 1).up(|_| {});
    assert!(!says(&homes[HOUSE], "nobody-on-lan"));
    line.down();
    assert!(says(&homes[HOUSE], "nobody-on-lan"));
}

#[test]
fn the_other_side_is_off() {
    let homes = estate();
    assert!(!says(&homes[HOUSE], "other-off"));
    let _line = Line::new(&homes[OFFICE], &homes[HOUSE], 1).up(|_| {});
    assert!(says(&homes[HOUSE], "other-off"), "the gates are");
}

#[test]
fn a_device_of_another_community() {
    let homes = estate();
    let street = Street::new().unwrap();
    let others = street.homes(&mut SimDice::new(2), hands()).unwrap();
    let line = Line::new(&homes[HOUSE], &others[0], 1).up(|_| {});
    assert_eq!(line.queue.len(), 0);
    for home in [&homes[HOUSE], &others[0]] {
        assert!(says(home, "other-community"));
        // It is said of the stranger, and of none of one's own who are merely away.
        let own = report(home).peers;
        assert!(
            !own.is_empty()
                && own
                    .iter()
                    .all(|peer| peer.reason != Some(Reason::OtherCommunity))
        );
    }
    assert_ne!(light_of(&homes[HOUSE]), Light::Blue);
}

#[test]
fn clocks_apart_ahead_and_behind() {
    for (mine, theirs) in [(3 * HOUR_MS, 0), (0, 3 * HOUR_MS)] {
        let founded = Founded::new().unwrap();
        let clocks = [hands(), hands()];
        let of = |n: usize| clocks[usize::from(n == HOUSE)];
        let homes = founded.homes_by(&mut SimDice::new(1), of).unwrap();
        clocks[1].wall_ms.fetch_add(mine, Relaxed);
        clocks[0].wall_ms.fetch_add(theirs, Relaxed);
        let mut line = Line::new(&homes[OFFICE], &homes[HOUSE], 1).up(|_| {});
        for _ in 0..3 {
            line.chores();
            for clock in clocks {
                pass(clock, 30_000);
            }
        }
        assert!(says(&homes[HOUSE], "clocks-apart"), "{mine} {theirs}");
        assert_eq!(light_of(&homes[HOUSE]), Light::Red);
        let skew = report(&homes[HOUSE]).clock_skew_ms.unwrap();
        assert!(skew.unsigned_abs().abs_diff(3 * HOUR_MS) < 60_000, "{skew}");
        // Put right, it is right again.
        clocks[1].wall_ms.fetch_sub(mine, Relaxed);
        clocks[0].wall_ms.fetch_sub(theirs, Relaxed);
        for _ in 0..4 {
            line.chores();
            for clock in clocks {
                pass(clock, 30_000);
            }
        }
        assert!(!says(&homes[HOUSE], "clocks-apart"), "{mine} {theirs}");
    }
}

#[test]
fn a_program_that_is_too_old() {
    let homes = estate();
    let line = Line::new(&homes[HOUSE], &homes[GATE], 1);
    line.up(|hello| hello.version = 99);
    assert!(says(&homes[HOUSE], "version-too-old"));
}

#[test]
fn a_firewall_between() {
    let homes = estate();
    let net = lock(&homes[GATE].driven).replica().unwrap().me().net();
    lock(&homes[HOUSE].driven).turn(Came::Nothing).unwrap();
    lock(&homes[HOUSE].driven).walled(net, "/ip4/192.168.1.9/tcp/7411");
    assert!(says(&homes[HOUSE], "firewall"));
    let _line = Line::new(&homes[HOUSE], &homes[GATE], 1).up(|_| {});
    assert!(!says(&homes[HOUSE], "firewall"), "met: there is none");
}

#[test]
fn a_disk_that_is_full() {
    let homes = estate();
    lock(&homes[HOUSE].driven).turn(Came::Nothing).unwrap();
    homes[HOUSE].disk.set_full(true);
    assert_eq!(post(&homes[HOUSE]), Err("disk-full".to_owned()));
    assert!(says(&homes[HOUSE], "disk-full"));
    assert_eq!(light_of(&homes[HOUSE]), Light::Red);
    homes[HOUSE].disk.set_full(false);
    assert_eq!(post(&homes[HOUSE]), Ok(()));
    assert!(!says(&homes[HOUSE], "disk-full"));
}

#[test]
fn a_large_file_on_its_way() {
    let homes = estate();
    let (now, draft) = {
        let hands = hands();
        let now = linli_node::replica::Now {
            moment: linli_base::time::Moment(hands.moment_ms.load(Relaxed)),
            wall: linli_base::UnixMs(hands.wall_ms.load(Relaxed)),
        };
        let kind = PostKind::Found;
        let body = "钥匙".into();
        (now, PostDraft { kind, body })
    };
    let photo = Attachment {
        hash: [5; 32],
        key: Private::new([6; 32]),
        size: 2_000_000,
        media: Media::Jpeg,
        sides: Some((1_600, 1_200)),
        name: None,
    };
    {
        let mut office = lock(&homes[OFFICE].driven);
        let replica = office.replica().unwrap();
        let files = [photo];
        let change = |actor| draft.change_with(actor, &files);
        replica.create(now, RecordKind::Post, change).unwrap();
    }
    let _line = Line::new(&homes[OFFICE], &homes[HOUSE], 1).up(|_| {});
    assert!(says(&homes[HOUSE], "large-file"));
}

#[test]
fn somebody_who_may_not_hold_it() {
    let homes = estate();
    let device = lock(&homes[HOUSE].driven).replica().unwrap().me().device();
    lock(&homes[OFFICE].driven).turn(Came::Nothing).unwrap();
    let revoke = Request::DeviceRevoke {
        id: device.to_text(),
        reason: "丢失".into(),
    };
    lock(&homes[OFFICE].driven).ask_linked(revoke).unwrap();
    assert!(says(&homes[OFFICE], "not-entitled"));
    // The device itself hears of it, and its light asks for a person.
    let _line = Line::new(&homes[OFFICE], &homes[GATE], 1).up(|_| {});
    let _line = Line::new(&homes[GATE], &homes[HOUSE], 2).up(|_| {});
    assert!(says(&homes[GATE], "not-entitled"));
}

#[test]
fn what_did_not_pass_its_checks() {
    let homes = estate();
    let mut line = Line::new(&homes[OFFICE], &homes[HOUSE], 1).up(|_| {});
    line.queue
        .push_back((1, Input::Frame(LinkId(1), vec![0xff; 64])));
    line.talk();
    assert!(says(&homes[HOUSE], "verification-failed"));
}

#[test]
fn green_goes_out_when_nobody_is_heard_any_more() {
    let founded = Founded::new().unwrap();
    let hands = hands();
    let homes = founded.homes(&mut SimDice::new(1), hands).unwrap();
    let line = Line::new(&homes[OFFICE], &homes[HOUSE], 1).up(|_| {});
    assert_eq!(light_of(&homes[HOUSE]), Light::Green);
    line.down();
    pass(hands, HEARD_WITHIN_MS + 1);
    assert_ne!(light_of(&homes[HOUSE]), Light::Green);
}
