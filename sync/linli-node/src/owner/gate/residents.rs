//! Plates of residents, issued by the property desk from the register: they open while the clock is lost.
//!
//! What should be there (the register's vehicles) is compared with what is (grants by this office that stand), so that
//! saying it twice changes nothing. A car that left the register, or moved to another unit, is withdrawn by a cancel.

use crate::api::Fault;
use crate::home::clock::OsDice;
use crate::owner::Owner;
use crate::replica::{About, Now, Replica};
use linli_base::{Dice, EntryKind, LaneClass, Private, ScopeId, UnixSec};
use linli_charter::act;
use linli_pass::{Claims, Cti, Grant, Kind, Plate};
use linli_record::row::CancelTarget;
use linli_record::{AuthorKind, Fact, Row, RowKind, fact};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What ends within this time is issued anew: a month in which the desk may be on holiday.
const RENEW_S: u64 = 30 * 86_400;
/// Plates between two looks at the progress.
const STEP: usize = 200;

/// A car and where it belongs.
type Car = (Plate, String);

/// What applying would do.
#[derive(Default)]
struct Plan {
    add: Vec<Car>,
    renew: Vec<Car>,
    withdraw: Vec<(Car, Vec<[u8; 12]>)>,
    kept: usize,
    unreadable: Vec<(String, String)>,
}

impl Owner {
    pub(super) fn residents(
        &mut self,
        apply: bool,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Value, Fault> {
        let now = self.now();
        self.register_desk()?;
        let replica = self.replica_ref()?;
        let me = replica.me().device();
        if !replica.authority().is_gate_desk(&me) {
            return Err(Fault::forbidden("no-gate-role"));
        }
        if !super::refusals::may_grant(replica) {
            return Err(Fault::forbidden("may-not-grant"));
        }
        let plan = plan(replica, now.wall.seconds())?;
        if apply {
            self.undo_on_fault(|o| plan.apply(o.replica()?, now, progress))?;
        }
        Ok(plan.shown(apply))
    }
}

fn plan(replica: &Replica, at: UnixSec) -> Result<Plan, Fault> {
    let mut plan = Plan::default();
    let mut wanted: BTreeSet<Car> = BTreeSet::new();
    for (_, row) in replica.rows(RowKind::Vehicle)? {
        let Row::Vehicle(car) = row else { continue };
        if car.removed {
            continue;
        }
        let unit = car.unit.reveal().clone();
        match Plate::parse(car.plate.reveal()) {
            Ok(plate) => {
                wanted.insert((plate, unit));
            }
            Err(_) => plan.unreadable.push((car.plate.reveal().clone(), unit)),
        }
    }
    plan.unreadable.sort();
    let mut held = issued(replica, at)?;
    for car in wanted {
        match held.remove(&car) {
            None => plan.add.push(car),
            Some(grants) if grants.iter().all(|(_, exp)| *exp < at.0 + RENEW_S) => {
                plan.renew.push(car);
            }
            Some(_) => plan.kept += 1,
        }
    }
    let gone = held.into_iter();
    plan.withdraw = gone
        .map(|(car, grants)| (car, grants.into_iter().map(|(cti, _)| cti).collect()))
        .collect();
    Ok(plan)
}

/// Of each car the plate grants that stand: their ids and when they end, Unix seconds.
type Issued = BTreeMap<Car, Vec<([u8; 12], u64)>>;

/// Plate grants of this office that stand, with when each ends.
fn issued(replica: &Replica, at: UnixSec) -> Result<Issued, Fault> {
    let authority = replica.authority();
    let me = replica.me().principal;
    let (mut cancelled, mut all_before) = (BTreeSet::new(), 0);
    for (_, row) in replica.rows(RowKind::Cancel)? {
        let Row::Cancel(c) = row else { continue };
        let own = c.author.principal == me;
        match c.target {
            CancelTarget::Pass(cti) if own || authority.is_gate_desk(&c.author.device) => {
                cancelled.insert(cti);
            }
            CancelTarget::AllBefore(before) if own => all_before = before.max(all_before),
            _ => {}
        }
    }
    let mut held: BTreeMap<Car, Vec<([u8; 12], u64)>> = BTreeMap::new();
    for (_, row) in replica.rows(RowKind::Grant)? {
        let Row::Grant(g) = row else { continue };
        let ours = g.by_plate && g.author.kind == AuthorKind::Office && g.author.principal == me;
        let over = g.exp_s <= at.0 || cancelled.contains(&g.cti) || g.iat_s < all_before;
        if !ours || over {
            continue;
        }
        let grant = linli_base::cbor::decode(g.claims.reveal(), 6)
            .ok()
            .and_then(|value| Grant::from_value(value).ok());
        if let Some(grant) = grant
            && let (Some(plate), Some(unit)) = (&grant.plate, &grant.host_unit)
        {
            let car = (plate.clone(), unit.reveal().clone());
            held.entry(car).or_default().push((g.cti, g.exp_s));
        }
    }
    Ok(held)
}

impl Plan {
    fn apply(
        &self,
        replica: &mut Replica,
        now: Now,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Fault> {
        let lane = replica.lane(now, LaneClass::Pass, ScopeId::gates(&replica.community()));
        let total = (self.add.len() + self.renew.len() + self.withdraw.len()) as u64;
        for (n, car) in self.add.iter().chain(&self.renew).enumerate() {
            let grant = grant(replica, now.wall.seconds(), car)?;
            let logged = fact::Grant {
                claims: Private::new(grant.encode()),
                short_code: false,
            };
            replica.record_fact(now, lane, &Fact::PlateGrant(logged))?;
            if n % STEP == 0 {
                progress(n as u64, total);
            }
        }
        for cti in self.withdraw.iter().flat_map(|(_, all)| all) {
            let target = About::Of(act::cancel_target(cti));
            let body = act::cancel_body(None);
            replica.write(now, EntryKind::CANCEL, lane, target, &body)?;
        }
        Ok(())
    }

    fn shown(&self, applied: bool) -> Value {
        let car = |(plate, unit): &Car| json!({ "plate": plate.as_str(), "unit": unit });
        let cars = |list: &[Car]| list.iter().map(car).collect::<Vec<_>>();
        json!({
            "applied": applied, "add": cars(&self.add), "renew": cars(&self.renew),
            "withdraw": self.withdraw.iter().map(|(c, _)| car(c)).collect::<Vec<_>>(),
            "kept": self.kept,
            "unreadable": self.unreadable.iter()
                .map(|(plate, unit)| json!({ "plate": plate, "unit": unit })).collect::<Vec<_>>(),
        })
    }
}

/// As long as a vehicle's pass may live: in and out as often as they like, by any gate.
fn grant(replica: &Replica, at: UnixSec, (plate, unit): &Car) -> Result<Grant, Fault> {
    let limits = &replica.authority().charter().newest().epoch.limits;
    let claims = Claims {
        iss: replica.me().principal.issuer_text(true),
        aud: vec![replica.community().short()],
        exp: UnixSec(at.0 + limits.standing_pass_s),
        nbf: at,
        iat: at,
        cti: Cti(OsDice.bytes::<12>()),
        holder: None,
        host_unit: Some(Private::new(unit.clone())),
        kind: Kind::Vehicle,
        entries: 0,
        companions: 0,
        plate: Some(plate.clone()),
        windows: Vec::new(),
        gates: Vec::new(),
        label: None,
        pin_tag: None,
    };
    Grant::new(claims).map_err(|e| Fault::input("bad-pass").with("what", e))
}
