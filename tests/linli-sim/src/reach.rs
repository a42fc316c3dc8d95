//! Twenty homes, six of them cut off: whom a notice reached, as its office shows it (product.md R4).
//!
//! The homes are the product's own ([`linli_node::drive`]), linked for the whole time as running nodes are, with what their
//! loop does after each turn: a household says to the office which notices came, windows are told what changed. A seed
//! draws links and how fast they are, notices and their areas, who reads, who confirms and whose door is knocked at, which six
//! homes are cut off and when, and who loses power. Beside them stands a truth that knows only what people did and what
//! stands on which disk. Three things hold:
//!
//! * what the office shows never exceeds that truth, by count and by unit;
//! * what the office holds its window shows within five seconds, though it asks again only when it is told of a change;
//! * after everybody has met again it is the truth.
//!
//! And no home's light is green unless that home heard somebody within five minutes.

mod judge;
mod links;
mod street;
mod tally;

pub use street::Street;
pub use tally::ReachTally;

use crate::dice::SimDice;
use crate::gates::estate::{Home, hands, lock};
use judge::{Books, Shown};
use links::Net;
use linli_base::{DeviceId, PrincipalId};
use linli_node::api::{NoticeArgs, Request};
use linli_node::drive::{Came, Hands, Turned};
use linli_node::replica::Topic;
use linli_protocol::hub::Output;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};
use street::{HOMES, OFFICE, STEWARD, unit};

/// Homes that are cut off.
const CUT_OFF: usize = 6;
/// How long people do things, ms.
const LIVED_MS: u64 = 150_000;
/// So long after the last of it everybody must have heard everything, ms.
const HEALED_MS: u64 = 90_000;
/// What the office holds is shown after so long, ms.
pub const SHOWN_WITHIN_MS: u64 = 5_000;

/// A fault planted on purpose: a world that does not tell the truth must be red.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ReachPlant {
    /// A confirmation comes about that no person gave.
    NobodyConfirmed,
    /// The window of the office is not told that something changed.
    WindowNotTold,
    /// One of the six stays cut off.
    NeverHealed,
    /// A household is counted in a building that it does not live in.
    WrongBuilding,
}

impl ReachPlant {
    /// Reads its name on the command line.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "nobody-confirmed" => Some(Self::NobodyConfirmed),
            "window-not-told" => Some(Self::WindowNotTold),
            "never-healed" => Some(Self::NeverHealed),
            "wrong-building" => Some(Self::WrongBuilding),
            _ => None,
        }
    }
}

/// What happens at a moment.
enum Event {
    /// An edge is tried.
    Dial(usize),
    /// An end hears that its link stands.
    Up { link: u64, end: usize },
    /// An end hears that its link is gone.
    Down { link: u64, end: usize },
    /// A frame arrives.
    Frame {
        link: u64,
        end: usize,
        bytes: Vec<u8>,
    },
    /// A home's loop turns without anything having come.
    Tick(usize),
    /// What is done from time to time.
    Chores(usize),
    /// Somebody does something at a home.
    Act,
    /// The office publishes.
    Publish,
    /// The cut begins.
    Cut,
    /// The cut is over.
    Heal,
    /// A home loses power, and comes back at once.
    Power,
    /// What the office shows is held against the truth.
    Look,
}

struct World {
    homes: Vec<Home>,
    /// Device and principal of each.
    who: Vec<(DeviceId, PrincipalId)>,
    net: Net,
    hands: &'static Hands,
    dice: SimDice,
    now: u64,
    /// What the homes' clock showed then.
    began_ms: u64,
    seq: u64,
    heap: BTreeMap<(u64, u64), Event>,
    books: Books,
    /// The window at the office, as it was last drawn.
    window: Shown,
    notices: Vec<String>,
    /// When each home heard a neighbour last.
    heard: [Option<u64>; HOMES],
    tally: ReachTally,
    plant: Option<ReachPlant>,
}

/// Runs one seed.
///
/// # Errors
/// What does not hold, in words.
pub fn run_reach(
    seed: u64,
    street: &Street,
    plant: Option<ReachPlant>,
) -> Result<ReachTally, String> {
    let (mut dice, hands) = (SimDice::new(seed), hands());
    let homes = street.homes(&mut dice, hands)?;
    let who = homes.iter().map(|home| {
        let mut driven = lock(&home.driven);
        let me = driven.replica().map_err(|f| f.code)?.me();
        Ok((me.device(), me.principal))
    });
    let who = who.collect::<Result<_, String>>()?;
    let net = Net::draw(&mut dice);
    let mut world = World {
        homes,
        who,
        net,
        hands,
        dice,
        now: 0,
        began_ms: hands.moment_ms.load(Ordering::Relaxed),
        seq: 0,
        heap: BTreeMap::new(),
        books: Books::default(),
        window: Shown::new(),
        notices: Vec::new(),
        heard: [None; HOMES],
        tally: ReachTally::default(),
        plant,
    };
    world.arrange();
    world.live(LIVED_MS + HEALED_MS)?;
    world.equal()?;
    world.asleep()?;
    Ok(world.tally)
}

/// Runs many seeds on two threads; `red` hears of each that is.
///
/// # Errors
/// The street could not be founded.
pub fn many_reach(
    from: u64,
    count: u64,
    plant: Option<ReachPlant>,
    red: impl Fn(u64, &str) + Sync,
) -> Result<(ReachTally, u64), String> {
    let street = Street::new()?;
    let (next, reds) = (AtomicU64::new(from), AtomicU64::new(0));
    let sum = Mutex::new(ReachTally::default());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= from.saturating_add(count) {
                return;
            }
            match run_reach(seed, &street, plant) {
                Ok(tally) => sum
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add(&tally),
                Err(what) => {
                    reds.fetch_add(1, Ordering::Relaxed);
                    red(seed, &what);
                }
            }
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        scope.spawn(work);
    });
    let sum = *sum.lock().unwrap_or_else(PoisonError::into_inner);
    Ok((sum, reds.into_inner()))
}

impl World {
    fn push(&mut self, at: u64, event: Event) {
        self.seq += 1;
        self.heap.insert((at, self.seq), event);
    }

    /// Draws what happens when.
    fn arrange(&mut self) {
        for edge in 0..self.net.edges.len() {
            let at = self.dice.range(0, 400);
            self.push(at, Event::Dial(edge));
        }
        for home in 0..HOMES {
            let at = self.dice.range(0, 1_000);
            self.push(at, Event::Tick(home));
            let at = self.dice.range(0, 30_000);
            self.push(at, Event::Chores(home));
        }
        self.push(2_000, Event::Publish);
        for _ in 0..self.dice.range(1, 3) {
            let at = self.dice.range(5_000, 100_000);
            self.push(at, Event::Publish);
        }
        for _ in 0..self.dice.range(40, 90) {
            let at = self.dice.range(3_000, LIVED_MS);
            self.push(at, Event::Act);
        }
        for _ in 0..self.dice.range(0, 4) {
            let at = self.dice.range(3_000, LIVED_MS);
            self.push(at, Event::Power);
        }
        let from = self.dice.range(0, 60_000);
        self.push(from, Event::Cut);
        let until = self.dice.range(from + 30_000, LIVED_MS);
        self.push(until, Event::Heal);
        for second in 1..=(LIVED_MS + HEALED_MS) / 1_000 {
            self.push(second * 1_000, Event::Look);
        }
    }

    fn live(&mut self, until: u64) -> Result<(), String> {
        while let Some(next) = self.heap.first_entry() {
            let at = next.key().0;
            if at > until {
                break;
            }
            let event = next.remove();
            self.pass(at);
            self.happen(event)
                .map_err(|why| format!("at {at} ms: {why}"))?;
        }
        self.pass(until);
        let clock = self.hands.moment_ms.load(Ordering::Relaxed);
        if clock == self.began_ms + self.now {
            Ok(())
        } else {
            Err(format!(
                "the clock jumped: {clock} is not {} later",
                self.now
            ))
        }
    }

    /// Time passes until this moment.
    fn pass(&mut self, at: u64) {
        let step = at.saturating_sub(self.now);
        self.hands.wall_ms.fetch_add(step, Ordering::Relaxed);
        self.hands.moment_ms.fetch_add(step, Ordering::Relaxed);
        self.now = at;
    }

    fn happen(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Dial(edge) => {
                self.dial(edge);
                Ok(())
            }
            Event::Up { link, end } => self.up(link, end),
            Event::Down { link, end } => self.down(link, end),
            Event::Frame { link, end, bytes } => self.arrives(link, end, bytes),
            Event::Tick(home) => {
                self.push(self.now + 2_000, Event::Tick(home));
                self.turn(home, Came::Nothing)
            }
            Event::Chores(home) => {
                self.push(self.now + 30_000, Event::Chores(home));
                self.turn(home, Came::Chores)
            }
            Event::Act => self.act(),
            Event::Publish => self.publish(),
            Event::Cut => {
                self.cut();
                Ok(())
            }
            Event::Heal => {
                self.heal();
                Ok(())
            }
            Event::Power => self.power(),
            Event::Look => self.look(),
        }
    }

    /// One turn of a home's loop.
    fn turn(&mut self, home: usize, came: Came) -> Result<(), String> {
        let turned = lock(&self.homes[home].driven).turn(came);
        let turned = turned.map_err(|fault| format!("home {home}: {}", fault.code))?;
        self.follow(home, turned)
    }

    /// Somebody at a home asks for something.
    fn ask(&mut self, home: usize, request: Request) -> Result<Value, String> {
        let asked = lock(&self.homes[home].driven).ask_linked(request);
        let (answer, turned) = asked.map_err(|fault| format!("home {home}: {}", fault.code))?;
        self.follow(home, turned)?;
        Ok(answer.data)
    }

    /// What a turn leaves to be done: frames on their way, books kept, the office's window drawn anew.
    fn follow(&mut self, home: usize, turned: Turned) -> Result<(), String> {
        for output in turned.sent {
            match output {
                Output::Send(link, bytes) => self.carry(home, link.0, bytes),
                Output::HangUp(_, why) => return Err(format!("home {home} hangs up: {why:?}")),
                _ => {}
            }
        }
        if !turned.changed.is_empty() {
            self.note(home)?;
        }
        let told = turned.changed.contains(&Topic::Notices);
        if home == OFFICE && told && self.plant != Some(ReachPlant::WindowNotTold) {
            self.draw()?;
        }
        Ok(())
    }

    fn publish(&mut self) -> Result<(), String> {
        let buildings = [vec![], vec!["1".to_owned()], vec!["2".into(), "3".into()]];
        let area = self.dice.pick(&buildings).cloned().unwrap_or_default();
        let args = NoticeArgs {
            title: format!("通知{}", self.notices.len()),
            body: "今天15时至18时停水".into(),
            area: area.clone(),
            confirm: true,
            ..NoticeArgs::default()
        };
        let said = self.ask(OFFICE, Request::NoticePublish(args))?;
        let id = said["id"].as_str().ok_or("a notice without a name")?;
        self.tally.notices += 1;
        self.notices.push(id.to_owned());
        self.books.published(id, &area);
        self.draw()
    }

    /// Somebody reads, confirms, or stands at a door.
    fn act(&mut self) -> Result<(), String> {
        let Some(notice) = self.dice.pick(&self.notices).cloned() else {
            return Ok(());
        };
        if self.dice.chance(150) {
            return self.door(&notice);
        }
        let home = self.dice.index(HOMES);
        let Some(unit) = unit(home) else {
            return Ok(());
        };
        if !self.books.is_at(home, &notice) {
            return Ok(());
        }
        let confirms = self.dice.chance(500);
        let id = notice.clone();
        // What a person did is true before any computer says so.
        self.books.did(&unit, &notice, confirms);
        let request = if confirms {
            Request::NoticeConfirm { id }
        } else {
            Request::NoticeShow { id }
        };
        self.ask(home, request)?;
        if self.plant == Some(ReachPlant::NobodyConfirmed) {
            let id = notice;
            self.ask(home, Request::NoticeConfirm { id })?;
        }
        Ok(())
    }

    fn door(&mut self, notice: &str) -> Result<(), String> {
        let who = if self.dice.chance(500) {
            OFFICE
        } else {
            STEWARD
        };
        let doors: Vec<String> = (0..HOMES)
            .filter_map(unit)
            .filter(|unit| self.books.is_for(notice, unit))
            .filter(|unit| who == OFFICE || unit.starts_with(street::STEWARDS))
            .collect();
        let Some(unit) = self.dice.pick(&doors).cloned() else {
            return Ok(());
        };
        if !self.books.is_at(who, notice) {
            return Ok(());
        }
        self.tally.doors += 1;
        self.books.told(&unit, notice);
        let told = Request::NoticeTold {
            id: notice.to_owned(),
            unit,
            words: None,
        };
        self.ask(who, told)?;
        Ok(())
    }

    /// A home loses power. What it had said it kept is there when it comes back.
    fn power(&mut self) -> Result<(), String> {
        let home = self.dice.index(HOMES);
        self.tally.cuts += 1;
        for link in self.net.of(home) {
            self.break_link(link);
        }
        let hands = self.hands;
        self.homes[home].restart(&mut self.dice, hands)?;
        self.note(home)?;
        if home == OFFICE {
            // A window that finds its node again asks for all that it shows.
            self.draw()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dozen_seeds_are_green_and_reach_what_they_should() {
        let red = |seed: u64, what: &str| panic!("seed {seed}: {what}");
        let (tally, reds) = many_reach(1, 12, None, red).unwrap();
        assert_eq!(reds, 0);
        assert!(tally.reached_all(), "{tally}");
    }

    fn is_found(plant: ReachPlant, by: &str) {
        let said = Mutex::new(Vec::new());
        let hear = |_: u64, what: &str| said.lock().unwrap().push(what.to_owned());
        let (_, reds) = many_reach(1, 2, Some(plant), hear).unwrap();
        assert!(reds > 0, "{plant:?} is not found");
        let said = said.into_inner().unwrap();
        assert!(said.iter().all(|what| what.contains(by)), "{said:?}");
    }

    #[test]
    fn a_confirmation_that_nobody_gave_is_found() {
        is_found(ReachPlant::NobodyConfirmed, "exceeds the truth");
    }

    #[test]
    fn a_window_that_is_not_told_is_found() {
        is_found(ReachPlant::WindowNotTold, "is not shown");
    }

    #[test]
    fn a_household_counted_in_another_building_is_found() {
        is_found(ReachPlant::WrongBuilding, "exceeds the truth");
    }

    #[test]
    fn a_home_that_never_comes_back_is_found() {
        is_found(ReachPlant::NeverHealed, "is not the truth");
    }
}
