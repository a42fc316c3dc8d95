//! Small scope, exhaustively (quality.md T2): scenes of seven events, every choice of up to five of them, in every
//! order. Whatever three replicas hold of a scene and however it reached them is among these.

use super::rules::Valid;
use super::set::{Item, add, authority_log, board_log, cut, device, feed};
use super::world::{FOUNDER, OFFICER, STEWARD, World};
use super::{authority, differ, expected, verdicts};
use linli_base::{EntryId, LaneClass, LogKey, ScopeId};
use linli_charter::Authority;
use linli_charter::epoch::{DeviceCut, Subtree, merkle_root};
use std::collections::BTreeMap;

/// Events of one scene, each a few things that arrive together.
type Scene = Vec<Vec<Item>>;

const MOST: u32 = 5;

struct Walk<'a> {
    w: &'a World,
    scene: &'a Scene,
    logs: Vec<LogKey>,
    /// What the oracle says of each subset.
    wanted: BTreeMap<u32, String>,
    orders: u32,
}

impl Walk<'_> {
    fn go(&mut self, a: &Authority, waiting: &[Item], held: u32) {
        self.judge(a, held);
        if held.count_ones() == MOST {
            return;
        }
        for n in 0..self.scene.len() {
            if held >> n & 1 == 1 {
                continue;
            }
            let mut next = a.clone();
            let mut waiting: Vec<Item> = waiting.to_vec();
            waiting.extend(self.scene[n].iter().cloned());
            loop {
                let before = waiting.len();
                waiting.retain(|item| !add(&mut next, item));
                if waiting.len() == before {
                    break;
                }
            }
            self.go(&next, &waiting, held | 1 << n);
        }
    }

    fn judge(&mut self, a: &Authority, held: u32) {
        self.orders += 1;
        let (w, scene, logs) = (self.w, self.scene, &self.logs);
        let wanted = self.wanted.entry(held).or_insert_with(|| {
            let events = scene.iter().enumerate().filter(|(n, _)| held >> n & 1 == 1);
            let begun = World::new().items;
            let items: Vec<Item> = begun
                .into_iter()
                .chain(events.flat_map(|(_, e)| e.clone()))
                .collect();
            let whole = authority(w, &items);
            expected(&Valid::of(whole.charter(), &items), logs)
        });
        if let Some(text) = differ(&verdicts(a, logs), wanted) {
            panic!("with events {held:b}:\n{text}");
        }
    }
}

fn every_order(w: &World, scene: &Scene) {
    let begun = World::new();
    let base = authority(w, &begun.items);
    let cast = [FOUNDER, STEWARD, OFFICER, 3, 5, 6, 9, 12, 13];
    let logs = cast.map(device).into_iter();
    let mut walk = Walk {
        w,
        scene,
        logs: logs
            .flat_map(|d| [authority_log(d), board_log(d)])
            .collect(),
        wanted: BTreeMap::new(),
        orders: 0,
    };
    walk.go(&base, &[], 0);
    assert_eq!(
        (scene.len(), walk.orders),
        (7, 1 + 7 + 42 + 210 + 840 + 2520)
    );
}

#[test]
fn a_household_and_its_stolen_phone() {
    let mut w = World::new();
    let scene = vec![
        w.event(|w| w.hold(5, 9, 0, 0)),
        w.event(|w| w.hold(9, 5, 0, 0)),
        w.event(|w| w.introduce(5, 12, 0, 0)),
        w.event(|w| w.hold(OFFICER, 5, 4, 0)),
        w.event(|w| w.lift(3, 2, 0)),
        w.event(|w| w.hold(12, 5, 8, 0)),
        w.event(|w| w.revoke(FOUNDER, 5, 4, 0)),
    ];
    every_order(&w, &scene);
}

#[test]
fn a_steward_whose_key_is_used_twice_and_then_cut() {
    let mut w = World::new();
    let scene = vec![
        w.event(|w| w.enrol_somebody(STEWARD, 12, 5, 0)),
        w.event(|w| w.fork(STEWARD, 1)),
        w.event(|w| w.enrol_somebody(STEWARD, 13, 5, 3)),
        w.event(|w| w.revoke(STEWARD, 7, 16, 0)),
        w.event(|w| w.revoke(STEWARD, 8, 16, 3)),
        w.event(|w| w.cut_off(STEWARD, 0)),
        w.event(|w| w.lift(STEWARD, 0, 3)),
    ];
    every_order(&w, &scene);
}

#[test]
fn officers_who_hold_and_lift_each_other() {
    let mut w = World::new();
    let scene = vec![
        w.event(|w| w.hold(OFFICER, 16 + 6, 0, 0)),
        w.event(|w| w.lift(6, 0, 0)),
        w.event(|w| w.hold(FOUNDER, 3, 0, 0)),
        w.event(|w| w.lift(3, 1, 0)),
        w.event(|w| w.lift(3, 0, 0)),
        w.event(|w| w.epoch(6, OFFICER, 0)),
        w.event(|w| w.revoke(FOUNDER, 3, 4, 0)),
    ];
    every_order(&w, &scene);
}

#[test]
fn a_checkpoint_selects_a_branch_and_bounds_an_issuing_keys_cut() {
    let mut w = World::new();
    let mut scene = vec![
        w.event(|w| w.introduce(5, 12, 0, 0)),
        w.event(|w| w.fork(5, 1)),
        w.event(|w| w.introduce(5, 13, 0, 3)),
    ];
    let log = authority_log(device(5));
    let leaves = vec![
        cut(log, 2, w.id_at(5, 0, 2)),
        cut(authority_log(device(9)), 0, EntryId::ZERO),
    ];
    let root = merkle_root(&leaves);
    let (class, scope) = (LaneClass::Authority as u8, ScopeId::ZERO);
    let checkpoint = w
        .maker
        .epoch(|e| e.checkpoint.push(Subtree { class, scope, root }));
    let cut_below = w.maker.epoch(|e| {
        e.cuts.push(DeviceCut {
            device: device(5),
            heads: vec![cut(log, 2, w_other(&scene))],
        });
    });
    scene.push(vec![checkpoint]);
    scene.push(vec![Item::Leaves(class, scope, leaves)]);
    scene.push(w.event(|w| w.revoke(FOUNDER, 5, 8, 0)));
    scene.push(vec![cut_below]);
    every_order(&w, &scene);
}

/// The entry at place 2 of the other branch.
fn w_other(scene: &Scene) -> EntryId {
    let community = World::new().maker.community();
    let items = scene[1].iter().chain(&scene[2]);
    let headers = items.filter_map(super::set::header_of);
    let second = headers.filter(|h| h.seq == 2).map(|h| h.id(&community));
    second.max_by_key(|_| 0).unwrap()
}

#[test]
fn a_household_that_moves_out_while_its_phones_still_write() {
    let mut w = World::new();
    let scene = vec![
        w.event(|w| w.introduce(9, 12, 0, 0)),
        w.event(|w| w.publish_key(5, 0, 5, 0)),
        w.event(|w| w.epoch(2, 5, 0)),
        w.event(|w| w.cut_off(5, 0)),
        w.event(|w| w.hold(9, 5, 0, 0)),
        w.event(|w| w.revoke(FOUNDER, 9, 4, 0)),
        w.event(|w| w.enrol_somebody(FOUNDER, 5, 3, 0)),
    ];
    every_order(&w, &scene);
}

#[test]
fn feeding_twice_changes_nothing() {
    let w = World::new();
    let mut a = authority(&w, &w.items);
    let logs = w.logs();
    let once = verdicts(&a, &logs);
    feed(&mut a, &w.items);
    assert_eq!(verdicts(&a, &logs), once);
}
