//! The gate's state, built from the replica: the same rows and standings everyone folds.

use super::{news, own_gate};
use crate::api::Fault;
use crate::replica::{Now, Replica};
use linli_base::{LaneClass, LogKey, Period, UnixSec};
use linli_charter::Cut;
use linli_pass::state::{
    Acts, Cancel, Carried, GateState, Grants, Heads, Issuer, Keys, KnownGrant, Ledger, LogPlace,
    Place, Subject, Use,
};
use linli_pass::{Cti, Grant, Plate};
use linli_record::fact::{GateEvent, GateResult};
use linli_record::row::CancelTarget;
use linli_record::{AuthorKind, Row, RowKind};

pub(super) fn build(replica: &Replica, now: Now) -> Result<GateState, Fault> {
    let number = own_gate(replica)?;
    let authority = replica.authority();
    let epoch = &authority.charter().newest().epoch;
    let me = replica.me().device();
    let others_before = authority
        .charter()
        .chain()
        .iter()
        .flat_map(|h| &h.epoch.gates)
        .any(|g| g.number == number && g.device.is_some_and(|d| d != me));
    let place = Place {
        community: replica.community(),
        offset: epoch.offset,
        gate: number,
        names: epoch
            .gates
            .iter()
            .map(|g| (g.number, g.name.clone()))
            .collect(),
        took_over: others_before.then(|| replica.me().certificate.claims().iat),
    };
    let mut state = GateState::new(place, epoch.limits, news::clock(replica, now, false)?);
    state.keys = keys(replica);
    state.grants = grants(replica)?;
    state.acts = acts(replica)?;
    state.ledger = ledger(replica)?;
    state.news = news::cancels_as_of(replica)?;
    Ok(state)
}

fn keys(replica: &Replica) -> Keys {
    let authority = replica.authority();
    let mut keys = Keys::default();
    for device in authority.devices().values() {
        keys.hear(device.certificate.claims().clone());
    }
    keys.set_issuers(
        authority
            .charter()
            .newest()
            .epoch
            .issuing
            .iter()
            .map(|key| {
                let head = authority.authority_head(&key.device);
                let log = LogKey {
                    device: key.device,
                    lane: linli_base::LaneKey {
                        class: LaneClass::Authority,
                        scope: linli_base::ScopeId::ZERO,
                        period: linli_base::Period::NONE,
                    },
                };
                Issuer {
                    held_to: head,
                    enrols: authority.enrolled_by(&key.device),
                    cut_at: authority.cut(&log).map(|c| c.seq),
                    ..Issuer::new(key.clone())
                }
            }),
    );
    keys
}

fn grants(replica: &Replica) -> Result<Grants, Fault> {
    let mut grants = Grants::default();
    for (_, row) in replica.rows(RowKind::Grant)? {
        let Row::Grant(g) = row else { continue };
        let grant = linli_base::cbor::decode(g.claims.reveal(), 6)
            .ok()
            .and_then(|v| Grant::from_value(v).ok());
        let (Some(grant), Some((log, seq))) = (grant, replica.place_of(&g.id)?) else {
            continue;
        };
        let place = LogPlace {
            device: log.device,
            period: log.lane.period,
            seq,
        };
        grants.hear(KnownGrant {
            grant,
            place,
            // An office's word that this plate is a resident's, from the register.
            resident: g.by_plate && g.author.kind == AuthorKind::Office,
        });
    }
    Ok(grants)
}

fn pass_heads(cuts: impl Iterator<Item = Cut>) -> Heads {
    cuts.filter(|c| c.log.lane.class == LaneClass::Pass)
        .map(|c| ((c.log.device, c.log.lane.period), c.seq))
        .collect()
}

fn acts(replica: &Replica) -> Result<Acts, Fault> {
    let authority = replica.authority();
    let mut acts = Acts::default();
    for hold in authority.holds().values() {
        let heads = pass_heads(hold.hold.heads.iter().copied());
        if hold.hold.principal {
            acts.hold(
                Subject::Principal(linli_base::PrincipalId(hold.target)),
                heads,
            );
        } else {
            let device = authority
                .devices()
                .keys()
                .find(|d| d.act_target() == hold.target);
            if let Some(device) = device {
                acts.hold(Subject::Device(*device), heads);
            }
        }
    }
    for device in authority
        .devices()
        .keys()
        .filter(|d| authority.is_revoked(d))
    {
        let logs = replica.heads().keys().filter(|l| l.device == *device);
        acts.revoke(
            Subject::Device(*device),
            pass_heads(logs.filter_map(|l| authority.cut(l))),
        );
    }
    for principal in &authority.charter().newest().epoch.retired {
        acts.retire(*principal);
    }
    for (_, row) in replica.rows(RowKind::Cancel)? {
        let Row::Cancel(c) = row else { continue };
        let at = linli_base::UnixSec(c.time_ms / 1000);
        match c.target {
            CancelTarget::Pass(cti) => {
                let officer = authority.is_gate_desk(&c.author.device);
                acts.cancel(
                    Cti(cti),
                    Cancel {
                        by: c.author.principal,
                        officer,
                        at: Some(at),
                    },
                );
            }
            CancelTarget::AllBefore(before) => {
                acts.cancel_all(c.author.principal, linli_base::UnixSec(before));
            }
        }
    }
    for refusal in super::refusals::standing(replica)? {
        acts.refuse(refusal.into());
    }
    Ok(acts)
}

/// The pass that a line of a gate's log uses up, if it does. A use that was handed over is counted where it was
/// handed over.
fn used(result: GateResult, cti: Option<[u8; 12]>, handed_over: bool) -> Option<Cti> {
    let counts = match result {
        GateResult::Transfer => true,
        GateResult::Admit | GateResult::Override => !handed_over,
        _ => false,
    };
    cti.filter(|_| counts).map(Cti)
}

/// Takes a line that this gate has just written into its ledger, as building it anew would; of a car that a guard let
/// in twice one departure ends both until then. `false`: it has to be built anew.
pub(super) fn note(ledger: &mut Ledger, e: &GateEvent, (log, seq): (LogKey, u32)) -> bool {
    if let Some(cti) = used(e.result, e.cti, e.nonce.is_some()) {
        let entry = Use {
            at: UnixSec(e.at_s),
            gate: e.gate,
            device: log.device,
            period: log.lane.period,
            seq,
        };
        ledger.used(cti, entry);
    }
    let plate = e.plate.as_ref().and_then(|p| Plate::parse(p.reveal()).ok());
    match (e.result, plate) {
        (GateResult::Corrected, _) => return false,
        (GateResult::Admit | GateResult::Override, Some(plate)) => {
            ledger.came_in(plate, UnixSec(e.at_s));
        }
        (GateResult::Exit, Some(plate)) => ledger.left(&plate),
        _ => {}
    }
    true
}

pub(super) fn ledger(replica: &Replica) -> Result<Ledger, Fault> {
    let mut ledger = Ledger::default();
    for (_, row) in replica.rows(RowKind::GateEvent)? {
        let Row::GateEvent(e) = row else { continue };
        if let Some(cti) = used(e.result, e.cti, e.nonce.is_some()) {
            let entry = Use {
                at: UnixSec(e.at_s),
                gate: e.gate,
                device: e.author.device,
                period: Period(e.month),
                seq: e.seq,
            };
            ledger.used(cti, entry);
        }
    }
    for line in super::book::logs(replica)?.inside() {
        if let Some(plate) = line.plate.clone() {
            ledger.came_in(plate, line.at);
        }
    }
    for (_, row) in replica.rows(RowKind::Spent)? {
        let Row::Spent(s) = row else { continue };
        let Some((log, _)) = replica.place_of(&s.id)? else {
            continue;
        };
        for spend in &s.counts {
            ledger.carried_over(
                Cti(spend.cti),
                Carried {
                    device: log.device,
                    period: log.lane.period,
                    spent: spend.count,
                },
            );
        }
    }
    Ok(ledger)
}
