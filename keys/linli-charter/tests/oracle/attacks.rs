//! What stolen keys try, one sentence each; and the rules that stop them.

mod cutting;
mod holding;
mod joining;

use super::authority;
use super::set::device;
use super::world::World;
use linli_charter::{Authority, DeviceClaims, PrincipalKind};

/// A household of building 1, its first and its introduced device.
const PHONE: u8 = 5;
const SECOND: u8 = 9;
/// Nobody yet.
const NEW: u8 = 12;

fn town(change: impl FnOnce(&mut World)) -> (World, Authority) {
    let mut w = World::new();
    change(&mut w);
    let a = authority(&w, &w.items);
    (w, a)
}

fn held(a: &Authority, who: u8) -> bool {
    a.holds_on(&device(who)).next().is_some()
}

/// Enrols with these claims in the name of an issuing key.
fn enrol(w: &mut World, by: u8, of: u8, claims: impl FnOnce(&World, &mut DeviceClaims)) {
    let mut c = w
        .maker
        .claims(device(of), PrincipalKind::Household, Some("2-1-301"));
    claims(w, &mut c);
    w.enrol(by, c, 0, 0);
}
