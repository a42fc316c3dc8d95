//! The community and its charter, shown.

use super::{Owner, answer};
use crate::api::{Answer, Fault};
use crate::replica::Replica;
use linli_charter::PrincipalKind;
use linli_charter::epoch::{Epoch, ROLE_GATE, ROLE_NOTICE, ROLE_OFFICER, ROLE_REGISTER};
use linli_keys::sas::emoji_of;
use serde_json::{Value, json};

impl Owner {
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
