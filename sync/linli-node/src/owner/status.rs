//! Where the replica stands, its digests, its conflicts, its health.

use super::{Owner, State, answer, community};
use crate::api::{Answer, Fault};
use crate::replica::{SCOPES, is_removed};
use linli_base::base32;
use linli_record::RowKind;
use serde_json::{Value, json};

impl Owner {
    pub(super) fn status(&self) -> Result<Answer, Fault> {
        let protected = self.files.protected;
        let replica = match &self.state {
            State::Member(replica) => replica,
            State::Joining(_) => {
                return Ok(answer(json!({
                    "state": "joining", "running": self.net.is_some(), "protected": protected,
                    "next": ["sas-show", "sas-confirm"],
                })));
            }
            State::Empty => {
                return Ok(answer(json!({
                    "state": "new", "running": false, "protected": protected, "next": ["found", "join"],
                })));
            }
        };
        let count = |kind| {
            let rows = replica.rows(kind);
            rows.map(|rows| rows.iter().filter(|(_, row)| !is_removed(row)).count())
        };
        let mut next = Vec::new();
        if self.net.is_none() {
            next.push("node-run");
        }
        let paused = self.paused()?;
        Ok(answer(json!({
            "state": "member",
            "community": community::community(replica),
            "me": community::me(replica),
            "running": self.net.is_some(),
            "protected": protected,
            "counts": {
                "notices": count(RowKind::Notice)?,
                "posts": count(RowKind::Post)?,
                "passes": count(RowKind::Visit)?,
                "units": count(RowKind::Room)?,
                "persons": count(RowKind::Person)?,
            },
            "online": replica.hub().online().count(),
            "devices": replica.authority().devices().len(),
            "paused": paused,
            "waiting": replica.waiting(),
            "refused": replica.refused().values().sum::<u64>(),
            "as_of_ms": self.now().wall.0,
            "next": next,
        })))
    }

    pub(super) fn digest(&self, scope: Option<&str>) -> Result<Answer, Fault> {
        if let Some(scope) = scope.filter(|s| !SCOPES.contains(s)) {
            return Err(Fault::input("unknown-scope")
                .with("scope", scope)
                .with("known", SCOPES.join(", ")));
        }
        let digests = self.replica_ref()?.digests()?;
        let text = |d: &[u8; 32]| base32::encode(&d[..16]);
        let scopes: serde_json::Map<String, Value> = digests
            .iter()
            .map(|(s, d)| ((*s).to_owned(), text(d).into()))
            .collect();
        let shown = match scope {
            Some(scope) => digests
                .get(scope)
                .map(text)
                .ok_or_else(|| Fault::forbidden("scope-not-held").with("scope", scope))?,
            None => {
                let all: Vec<u8> = digests.values().flatten().copied().collect();
                text(&linli_base::hash::blake3_raw(&all))
            }
        };
        Ok(answer(
            json!({ "digest": shown, "scope": scope, "scopes": scopes }),
        ))
    }

    pub(super) fn conflicts(&self) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let mut found: Vec<Value> = Vec::new();
        for kind in RowKind::ALL {
            for (id, row) in replica.rows(*kind)? {
                let conflicts = match &row {
                    linli_record::Row::Post(r) => &r.conflicts,
                    linli_record::Row::Visit(r) => &r.conflicts,
                    linli_record::Row::Building(r) => &r.conflicts,
                    linli_record::Row::Room(r) => &r.conflicts,
                    linli_record::Row::Household(r) => &r.conflicts,
                    linli_record::Row::Person(r) => &r.conflicts,
                    linli_record::Row::Vehicle(r) => &r.conflicts,
                    _ => continue,
                };
                for c in conflicts {
                    let values: Vec<&str> = c.values.iter().map(|v| v.reveal().as_str()).collect();
                    found.push(json!({
                        "record": id.to_text(), "kind": format!("{kind:?}").to_lowercase(),
                        "field": c.field, "values": values,
                    }));
                }
            }
        }
        let forks: Vec<String> = replica
            .heads()
            .keys()
            .filter(|log| replica.authority().fork(log).is_some())
            .map(|log| log.device.to_text())
            .collect();
        let quarantined: Vec<Value> = replica
            .refused()
            .iter()
            .map(|(why, n)| json!({ "reason": why, "count": n }))
            .collect();
        Ok(answer(
            json!({ "conflicts": found, "forks": forks, "quarantined": quarantined }),
        ))
    }

    pub(super) fn doctor(&self) -> Result<Answer, Fault> {
        let mut checks = vec![json!({
            "name": "keys-protected", "ok": self.files.protected,
            "detail": if self.files.protected { "protected" } else { "unprotected-file" },
        })];
        match &self.state {
            State::Member(replica) => {
                let now = self.now().wall.seconds();
                let left = replica
                    .me()
                    .certificate
                    .claims()
                    .exp
                    .0
                    .saturating_sub(now.0)
                    / 86_400;
                checks.push(json!({ "name": "certificate", "ok": left > 0, "detail": left }));
                let device = replica.me().device();
                let revoked = replica.authority().is_revoked(&device);
                checks.push(json!({ "name": "not-revoked", "ok": !revoked, "detail": revoked }));
                let held = replica.authority().holds_on(&device).count();
                checks.push(json!({ "name": "not-held", "ok": held == 0, "detail": held }));
                let mine = replica.heads().keys().filter(|l| l.device == device);
                let forks = mine
                    .filter(|l| replica.authority().fork(l).is_some())
                    .count();
                checks.push(json!({ "name": "no-fork", "ok": forks == 0, "detail": forks }));
                checks.push(json!({ "name": "running", "ok": self.net.is_some(), "detail": self.net.is_some() }));
            }
            _ => checks.push(json!({ "name": "member", "ok": false, "detail": "none" })),
        }
        Ok(answer(json!({ "checks": checks })))
    }
}
