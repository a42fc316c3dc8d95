//! Help as the desktop asks for it.

use super::aid::meet;
use super::world::World;

const HOUR_S: u64 = 3600;

#[test]
fn the_window_reads_what_the_commands_read_and_as_what_it_hears_a_call() {
    use linli_view::api::{FaultCode, HelpEar, HelpHow, HelpReport, Reply, Request as Ask};

    fn report(world: &mut World, home: usize, ask: Ask) -> HelpReport {
        match world.homes[home].desk(ask) {
            Reply::Help(report) => *report,
            other => panic!("{other:?}"),
        }
    }
    let mut world = World::found();
    let (elder, helper, other) = (
        world.house("3-2-501"),
        world.house("3-2-502"),
        world.house("4-1-101"),
    );
    let spread = |world: &mut World| {
        for home in [elder, helper, other, elder, helper] {
            meet(world, 0, home);
        }
    };
    spread(&mut world);
    let numbers = vec![("值班室".to_owned(), "010-6666 0001".to_owned())];
    let Reply::Phones(phones) = world.homes[0].desk(Ask::HelpSetNumbers { numbers }) else {
        panic!()
    };
    let last = phones.last().unwrap();
    assert_eq!(
        (last.office.as_deref(), last.label.as_str()),
        (Some("居委会"), "值班室")
    );
    let care = |unit: &str| Ask::HelpCare {
        helpers: vec![unit.to_owned()],
        minute: Some(11 * 60),
    };
    let Reply::Fault(fault) = world.homes[elder].desk(care("9-9-999")) else {
        panic!()
    };
    assert_eq!(
        fault.code,
        FaultCode::NotFound,
        "the window has words for it"
    );
    let set = report(&mut world, elder, care("3-2-502"));
    assert_eq!(
        (set.mine.helpers, set.mine.minute),
        (vec!["3-2-502".to_owned()], Some(660))
    );
    let fine = report(&mut world, elder, Ask::HelpFine);
    assert!(fine.mine.last_ms.is_some());
    spread(&mut world);

    let raise = || Ask::HelpRaise {
        practice: false,
        words: None,
    };
    for again in [false, true] {
        let Reply::HelpRaised(raised) = world.homes[elder].desk(raise()) else {
            panic!()
        };
        assert_eq!((raised.again, raised.practice), (again, false));
    }
    spread(&mut world);
    for (home, ear) in [
        (elder, HelpEar::Own),
        (helper, HelpEar::Helper),
        (other, HelpEar::Neighbour),
        (0, HelpEar::Office),
    ] {
        let call = report(&mut world, home, Ask::HelpList).calls.remove(0);
        assert_eq!((call.hears_as, call.open), (ear, true));
        assert_eq!(call.asks_me, home != elder);
    }
    let id = report(&mut world, helper, Ask::HelpList).calls[0]
        .id
        .clone();
    let answer = Ask::HelpAnswer {
        id: id.clone(),
        coming: true,
    };
    assert!(!report(&mut world, helper, answer).calls[0].asks_me);
    spread(&mut world);
    let held = report(&mut world, elder, Ask::HelpList);
    let said: Vec<(&str, HelpHow)> = held.calls[0]
        .received
        .iter()
        .map(|received| (received.by.as_str(), received.how))
        .collect();
    assert!(said.contains(&("3-2-502", HelpHow::Coming)), "{said:?}");
    assert!(said.contains(&("居委会", HelpHow::Received)), "{said:?}");
    let over = report(&mut world, elder, Ask::HelpCancel { id: id.clone() });
    assert!(!over.calls[0].open && over.calls[0].over_ms.is_some());
    let Reply::Fault(fault) = world.homes[elder].desk(Ask::HelpCancel { id }) else {
        panic!()
    };
    assert_eq!(fault.code, FaultCode::BadInput);
    world.pass(26 * HOUR_S);
    let missed = report(&mut world, helper, Ask::HelpList).missed;
    assert_eq!(missed[0].unit, "3-2-501");
}
