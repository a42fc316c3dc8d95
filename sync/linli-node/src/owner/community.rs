//! The community and its charter, shown.

use super::{Owner, answer};
use crate::api::{Answer, Fault};
use crate::replica::{OpFault, Replica};
use linli_charter::PrincipalKind;
use linli_charter::epoch::{Epoch, ROLE_GATE, ROLE_NOTICE, ROLE_OFFICER, ROLE_REGISTER};
use linli_keys::sas::emoji_of;
use serde_json::{Value, json};

/// How many months gates' logs may be kept: at least one, so that a wrong click can be looked up; not for ever.
const GATE_LOG_MONTHS: std::ops::RangeInclusive<u64> = 1..=60;

impl Owner {
    /// What is said right after founding. The community is on the disk by now: whatever does not succeed here is done
    /// when the home is opened, and what cannot be shown now can be shown later.
    pub(crate) fn founded(&mut self, name: &str) -> Answer {
        let shown = self.community_show();
        let _ = self.settle();
        shown.unwrap_or_else(|_| answer(json!({ "community": { "name": name } })))
    }

    pub(super) fn community_show(&self) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        Ok(answer(
            json!({ "community": community(replica), "me": me(replica) }),
        ))
    }

    pub(super) fn charter_log(&self) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let epochs: Vec<Value> = replica
            .authority()
            .charter()
            .chain()
            .iter()
            .map(|held| {
                let mut e = of_epoch(&held.epoch);
                e["number"] = held.epoch.number.into();
                e["id"] = held.id.to_text().into();
                e["time_s"] = held.epoch.time.into();
                e["name"] = held.epoch.name.clone().into();
                e["limits"] = limits(&held.epoch);
                e["issuing"] = held
                    .epoch
                    .issuing
                    .iter()
                    .map(|k| k.device.to_text())
                    .collect();
                e
            })
            .collect();
        Ok(answer(json!({ "epochs": epochs })))
    }

    /// The limits; with a number, a new epoch that keeps the gates' logs for so many months.
    pub(super) fn charter_limits(&mut self, months: Option<u64>) -> Result<Answer, Fault> {
        let now = self.now();
        let held = |r: &Replica| {
            r.authority()
                .charter()
                .newest()
                .epoch
                .limits
                .gate_log_months
        };
        let before = held(self.replica_ref()?);
        let months = match months {
            None => before,
            Some(months) if GATE_LOG_MONTHS.contains(&months) => {
                u32::try_from(months).unwrap_or(before)
            }
            Some(months) => return Err(Fault::input("gate-log-months").with("months", months)),
        };
        if months != before {
            let change = |o: &mut Self| {
                let epoch = o.replica()?.new_epoch(now, |epoch| {
                    epoch.limits.gate_log_months = months;
                });
                epoch.map_err(|fault| match fault {
                    OpFault::NotAllowed => Fault::forbidden("not-a-founder"),
                    other => other.into(),
                })
            };
            self.undo_on_fault(change)?;
            // Whoever carries these logs lets go of what is over within half a minute; here it goes at once.
            self.settle()?;
            if let Err(fault) = self.gate_chores() {
                tracing::warn!(code = %fault.code, "months that are over are dropped later");
            }
        }
        let epoch = &self.replica_ref()?.authority().charter().newest().epoch;
        Ok(answer(json!({
            "epoch": epoch.number, "limits": limits(epoch), "changed": months != before,
        })))
    }
}

fn limits(e: &Epoch) -> Value {
    let l = &e.limits;
    json!({
        "person_pass_s": l.person_pass_s, "standing_pass_s": l.standing_pass_s,
        "stale_day_s": l.stale_day_s, "stale_week_s": l.stale_week_s, "stale_long_s": l.stale_long_s,
        "gate_log_months": l.gate_log_months,
    })
}

pub(super) fn community(r: &Replica) -> Value {
    let held = r.authority().charter().newest();
    let id = r.community();
    let mut out = of_epoch(&held.epoch);
    out["id"] = id.to_text().into();
    out["short"] = id.short().into();
    out["emoji"] = emoji_of(&id)
        .emoji()
        .map(|e| e.emoji)
        .collect::<Vec<_>>()
        .join(" ")
        .into();
    out["name"] = held.epoch.name.clone().into();
    out["utc_offset"] = held.epoch.offset.to_string().into();
    out["epoch"] = held.epoch.number.into();
    out["members"] = held.epoch.members.len().into();
    out["threshold"] = held.epoch.threshold.into();
    out
}

fn of_epoch(e: &Epoch) -> Value {
    let gates: Vec<Value> = e
        .gates
        .iter()
        .map(|g| json!({ "no": g.number, "name": g.name, "device": g.device.map(|d| d.to_text()) }))
        .collect();
    let offices: Vec<Value> = e
        .offices
        .iter()
        .map(|o| json!({ "id": o.principal.issuer_text(true), "name": o.name }))
        .collect();
    let roles: Vec<Value> = e
        .roles
        .iter()
        .map(|r| json!({ "device": r.device.to_text(), "roles": role_words(r.bits) }))
        .collect();
    json!({ "gates": gates, "offices": offices, "roles": roles })
}

pub(super) fn me(r: &Replica) -> Value {
    let me = r.me();
    let device = me.device();
    let roles = r.authority().charter().newest().epoch.roles_of(&device);
    json!({
        "device": device.to_text(),
        "principal": me.principal.issuer_text(me.kind == PrincipalKind::Office),
        "kind": kind_word(me.kind),
        "unit": me.certificate.claims().unit,
        "gate": me.certificate.claims().gate,
        "office": r.authority().office_name(&me.principal),
        "roles": role_words(roles),
    })
}

pub(super) const fn kind_word(kind: PrincipalKind) -> &'static str {
    match kind {
        PrincipalKind::Household => "household",
        PrincipalKind::Office => "office",
        PrincipalKind::Gate => "gate",
        PrincipalKind::Screen => "screen",
    }
}

fn role_words(bits: u64) -> Vec<&'static str> {
    [
        (ROLE_NOTICE, "notice"),
        (ROLE_GATE, "gate"),
        (ROLE_OFFICER, "officer"),
        (ROLE_REGISTER, "register"),
    ]
    .into_iter()
    .filter(|(bit, _)| bits & bit != 0)
    .map(|(_, word)| word)
    .collect()
}
