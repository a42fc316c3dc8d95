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
mod street;
mod tally;

pub use street::Street;
pub use tally::ReachTally;

use crate::dice::SimDice;
use crate::small::home::{hands, lock};
use crate::small::mesh::{Lives, Mesh, Net};
use crate::small::seeds;
use judge::{Books, Shown};
use linli_base::{DeviceId, PrincipalId, Private, RecordId};
use linli_node::api::{NoticeArgs, Request};
use linli_node::drive::{Came, Turned};
use linli_node::replica::Topic;
use linli_protocol::hub::Output;
use linli_record::fact::Told;
use serde_json::Value;
use street::{HOMES, OFFICE, STEWARD, unit};

/// Homes that are cut off.
const CUT_OFF: usize = 6;
/// Doors of a round: more than fit a statement.
const DOORS: usize = 110;
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
    /// Inside the counting: each device of a household is a unit of its own.
    DevicesApart,
    /// Inside the counting: units that nobody lives in are to be reached.
    VacantToo,
    /// Inside the counting: what a full statement no longer repeats is forgotten.
    SaidLastOnly,
    /// Inside the counting: what was said of the earlier version is said of its correction.
    EarlierToo,
    /// Inside the counting: what has come was read.
    ComeIsRead,
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
            "devices-apart" => Some(Self::DevicesApart),
            "vacant-too" => Some(Self::VacantToo),
            "said-last-only" => Some(Self::SaidLastOnly),
            "earlier-too" => Some(Self::EarlierToo),
            "come-is-read" => Some(Self::ComeIsRead),
            _ => None,
        }
    }
}

/// What happens at a moment.
enum Event {
    /// Somebody does something at a home.
    Act,
    /// The office publishes.
    Publish,
    /// The steward stands at more doors than one statement holds.
    Round,
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
    mesh: Mesh<Event>,
    /// Device and principal of each.
    who: Vec<(DeviceId, PrincipalId)>,
    books: Books,
    /// The window at the office, as it was last drawn.
    window: Shown,
    notices: Vec<String>,
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
    let net = net(&mut dice);
    let mut world = World {
        mesh: Mesh::new(homes, net, hands, dice),
        who,
        books: Books::default(),
        window: Shown::new(),
        notices: Vec::new(),
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
    let run = |seed| run_reach(seed, &street, plant);
    Ok(seeds::each(from, count, run, red))
}

/// A ring with chords.
fn net(dice: &mut SimDice) -> Net {
    let chord = usize::try_from(dice.range(3, 8)).unwrap_or(3);
    let mut edges: Vec<(usize, usize)> = Vec::new();
    for a in 0..HOMES {
        for step in [1, chord] {
            let b = (a + step) % HOMES;
            edges.push((a.min(b), a.max(b)));
        }
    }
    Net::new(HOMES, edges, dice.range(5, 600))
}

impl Lives for World {
    type Own = Event;

    fn mesh(&mut self) -> &mut Mesh<Event> {
        &mut self.mesh
    }

    fn rest_ms(&mut self) -> u64 {
        2_000
    }

    fn happen(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Act => self.act(),
            Event::Publish => self.publish(),
            Event::Round => self.round(),
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

    fn turn(&mut self, home: usize, came: Came) -> Result<(), String> {
        let turned = lock(&self.mesh.homes[home].driven).turn(came);
        let turned = turned.map_err(|fault| format!("home {home}: {}", fault.code))?;
        self.follow(home, turned)
    }
}

impl World {
    /// Draws what happens when.
    fn arrange(&mut self) {
        self.mesh.begin();
        self.mesh.push(2_000, Event::Publish);
        for _ in 0..self.mesh.dice.range(1, 3) {
            let at = self.mesh.dice.range(5_000, 100_000);
            self.mesh.push(at, Event::Publish);
        }
        if self.mesh.dice.chance(700) {
            let at = self.mesh.dice.range(40_000, LIVED_MS);
            self.mesh.push(at, Event::Round);
        }
        for _ in 0..self.mesh.dice.range(40, 90) {
            let at = self.mesh.dice.range(3_000, LIVED_MS);
            self.mesh.push(at, Event::Act);
        }
        for _ in 0..self.mesh.dice.range(0, 4) {
            let at = self.mesh.dice.range(3_000, LIVED_MS);
            self.mesh.push(at, Event::Power);
        }
        let from = self.mesh.dice.range(0, 60_000);
        self.mesh.push(from, Event::Cut);
        let until = self.mesh.dice.range(from + 30_000, LIVED_MS);
        self.mesh.push(until, Event::Heal);
        for second in 1..=(LIVED_MS + HEALED_MS) / 1_000 {
            self.mesh.push(second * 1_000, Event::Look);
        }
    }

    /// Somebody at a home asks for something.
    fn ask(&mut self, home: usize, request: Request) -> Result<Value, String> {
        let asked = lock(&self.mesh.homes[home].driven).ask_linked(request);
        let (answer, turned) = asked.map_err(|fault| format!("home {home}: {}", fault.code))?;
        self.follow(home, turned)?;
        Ok(answer.data)
    }

    /// What a turn leaves to be done: frames on their way, books kept, the office's window drawn anew.
    fn follow(&mut self, home: usize, turned: Turned) -> Result<(), String> {
        for output in turned.sent {
            match output {
                Output::Send(link, bytes) => self.mesh.carry(home, link.0, bytes),
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
        let area = self.mesh.dice.pick(&buildings).cloned().unwrap_or_default();
        let args = NoticeArgs {
            title: format!("通知{}", self.notices.len()),
            body: "今天15时至18时停水".into(),
            area: area.clone(),
            confirm: true,
            ..NoticeArgs::default()
        };
        let earlier = self.mesh.dice.pick(&self.notices).cloned();
        let request = match earlier.filter(|_| self.mesh.dice.chance(500)) {
            Some(id) => Request::NoticeCorrect { id, with: args },
            None => Request::NoticePublish(args),
        };
        let said = self.ask(OFFICE, request)?;
        let id = said["id"].as_str().ok_or("a notice without a name")?;
        self.tally.notices += 1;
        self.notices.push(id.to_owned());
        self.books.published(id, &area);
        self.draw()
    }

    /// Somebody reads, confirms, or stands at a door.
    fn act(&mut self) -> Result<(), String> {
        let Some(notice) = self.mesh.dice.pick(&self.notices).cloned() else {
            return Ok(());
        };
        if self.mesh.dice.chance(150) {
            return self.door(&notice);
        }
        let home = self.mesh.dice.index(HOMES);
        let Some(unit) = unit(home) else {
            return Ok(());
        };
        if !self.books.is_at(home, &notice) {
            return Ok(());
        }
        let confirms = self.mesh.dice.chance(500);
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
        let who = if self.mesh.dice.chance(500) {
            OFFICE
        } else {
            STEWARD
        };
        let doors: Vec<String> = (0..HOMES)
            .filter_map(unit)
            .chain(street::WITHOUT.map(str::to_owned))
            .filter(|unit| self.books.is_for(notice, unit))
            .filter(|unit| who == OFFICE || unit.starts_with(street::STEWARDS))
            .collect();
        let Some(unit) = self.mesh.dice.pick(&doors).cloned() else {
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

    /// The steward stands at so many doors that are in no register that a statement cannot hold them: what it said before,
    /// and the office holds, is no longer repeated.
    fn round(&mut self) -> Result<(), String> {
        let here = self.notices.iter().filter(|n| self.books.is_at(STEWARD, n));
        let here: Vec<String> = here.cloned().collect();
        let mine = self.statement_of(STEWARD, STEWARD)?;
        let held = self.statement_of(OFFICE, STEWARD)?;
        let Some(notice) = self.mesh.dice.pick(&here).cloned() else {
            return Ok(());
        };
        if mine.is_none() || mine != held {
            return Ok(());
        }
        let notice = RecordId::parse(&notice).ok_or("a notice's name")?;
        self.tally.rounds += 1;
        for n in 0..DOORS {
            let told = Told {
                unit: Private::new(format!("{}{n:0>30}", street::STEWARDS)),
                words: None,
            };
            let now = self.mesh.clock();
            {
                let mut driven = lock(&self.mesh.homes[STEWARD].driven);
                let replica = driven.replica().map_err(|fault| fault.code)?;
                let told = replica.told_at_door(now, &notice, told);
                told.map_err(|why| format!("the steward cannot tell: {why}"))?;
            }
            self.turn(STEWARD, Came::Nothing)?;
        }
        Ok(())
    }

    /// A home loses power. What it had said it kept is there when it comes back.
    fn power(&mut self) -> Result<(), String> {
        let home = self.mesh.dice.index(HOMES);
        self.tally.cuts += 1;
        for link in self.mesh.net.of(home) {
            self.mesh.break_link(link);
        }
        let hands = self.mesh.hands;
        self.mesh.homes[home].restart(&mut self.mesh.dice, hands)?;
        self.note(home)?;
        if home == OFFICE {
            // A window that finds its node again asks for all that it shows.
            self.draw()?;
        }
        Ok(())
    }

    /// Six homes are cut off, in one island or in several. The office is not among them.
    fn cut(&mut self) {
        let (net, dice) = (&mut self.mesh.net, &mut self.mesh.dice);
        let mut left: Vec<usize> = (1..HOMES).collect();
        for _ in 0..CUT_OFF {
            let home = left.remove(dice.index(left.len()));
            net.part[home] = u8::try_from(dice.range(1, 3)).unwrap_or(1);
        }
        self.mesh.is_parted();
    }

    /// Everybody hears everybody again.
    fn heal(&mut self) {
        let part = &mut self.mesh.net.part;
        let stays = (self.plant == Some(ReachPlant::NeverHealed))
            .then(|| (0..HOMES).find(|home| part[*home] != 0))
            .flatten();
        for (home, part) in part.iter_mut().enumerate() {
            *part = u8::from(Some(home) == stays) * 9;
        }
        self.mesh.is_parted();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

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
    fn a_fault_inside_the_counting_is_found() {
        is_found(ReachPlant::DevicesApart, "is for");
        is_found(ReachPlant::VacantToo, "is for");
        is_found(ReachPlant::SaidLastOnly, "not");
        is_found(ReachPlant::EarlierToo, "exceeds the truth");
        is_found(ReachPlant::ComeIsRead, "exceeds the truth");
    }

    #[test]
    fn a_home_that_never_comes_back_is_found() {
        is_found(ReachPlant::NeverHealed, "is not the truth");
    }
}
