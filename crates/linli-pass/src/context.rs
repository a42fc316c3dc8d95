//! A gate's state as a JSON file: the `TESTCTX` of a vector, and what `linli pass check --context` reads.
//!
//! The fields are those of [`GateState`] under names a person can write by hand; everything but the charter and
//! the clock may be left out. Unknown fields are refused, because a misspelt "HOLDS" would make a gate that
//! holds nobody. Byte strings are hex, times are RFC 3339 (or Unix seconds).

mod parts;

pub use parts::*;

use crate::decide::{Decision, Lane, Now, Scan, What, decide};
use crate::grant::{Cti, Grant, GrantError, ShortCode};
use crate::pin::Pin;
use crate::plate::Plate;
use crate::state::{
    Cancel, Carried, Clock, ClockState, GateState, Heads, Issuer, KnownGrant, LogPlace, Place,
    Refusal, Subject, Transfer, Use,
};
use linli_base::{CommunityId, DeviceId, Period, PrincipalId, Private, UnixSec, UtcOffset, cbor};
use linli_charter::{CertError, Certificate, IssuingKey, Limits};
use serde::{Deserialize, Serialize};

/// Why a context cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ContextError {
    /// Not the JSON that is expected.
    #[error("not a gate context: {0}")]
    Json(#[from] serde_json::Error),
    /// A value that means nothing.
    #[error("{field}: {what}")]
    Value {
        /// Which.
        field: &'static str,
        /// What is wrong with it.
        what: String,
    },
    /// A certificate that is none.
    #[error("KEYS.DEVICES: {0}")]
    Certificate(#[from] CertError),
    /// A grant that is none.
    #[error("LEDGER.GRANTS: {0}")]
    Grant(#[from] GrantError),
}

fn value(field: &'static str, what: impl ToString) -> ContextError {
    ContextError::Value {
        field,
        what: what.to_string(),
    }
}

/// A gate's state and a scan before it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "SCREAMING_SNAKE_CASE")]
pub struct Context {
    /// Devices and issuing keys known.
    #[serde(default)]
    pub keys: KeysPart,
    /// Community, offset, gates, limits.
    pub charter: CharterPart,
    /// The gate's clock and the age of its news.
    pub clock: ClockPart,
    /// The gate itself and what comes in front of it.
    pub gate: GatePart,
    /// What the logs say.
    #[serde(default)]
    pub ledger: LedgerPart,
}

impl Context {
    /// Reads a context, or the `TESTCTX` of a whole vector.
    ///
    /// # Errors
    /// [`ContextError::Json`].
    pub fn parse(json: &str) -> Result<Self, ContextError> {
        let mut whole: serde_json::Value = serde_json::from_str(json)?;
        let inner = whole.get_mut("TESTCTX").map(serde_json::Value::take);
        Ok(serde_json::from_value(inner.unwrap_or(whole))?)
    }

    /// Decides what somebody holds before this gate: a pass, a short code or a plate, whichever `text` is; the
    /// lane, companions and PIN are those of the context. `at` replaces the context's time.
    ///
    /// # Errors
    /// [`ContextError`] when the context is not sound.
    pub fn check(
        &self,
        text: &str,
        at: Option<UnixSec>,
    ) -> Result<(Decision, GateState), ContextError> {
        let mut scan = self.scan(Some(text))?;
        scan.what = guess(text);
        self.decide(&scan, at.unwrap_or(self.clock.now.0))
    }

    /// Decides the context's own scan; `text` is the pass when the scan names none.
    ///
    /// # Errors
    /// [`ContextError`] when the context is not sound.
    pub fn run(&self, text: Option<&str>) -> Result<(Decision, GateState), ContextError> {
        self.decide(&self.scan(text)?, self.clock.now.0)
    }

    fn decide(&self, scan: &Scan, at: UnixSec) -> Result<(Decision, GateState), ContextError> {
        let mut state = self.state()?;
        for (seq, before) in (1u32..).zip(&self.gate.before) {
            let mut earlier = scan.clone();
            before.scan.fill(&mut earlier)?;
            let now = Now::at(before.at.0);
            let decision = decide(&earlier, &state, now);
            state.remember(&earlier, &decision, now);
            if let (true, Some(cti)) = (decision.opens, decision.cti) {
                state.ledger.used(cti, self.use_here(now.wall, seq));
            }
        }
        state.transfer = self.transfer();
        let decision = decide(scan, &state, Now::at(at));
        let decision = if self.ledger.writable {
            decision
        } else {
            decision.not_logged()
        };
        Ok((decision, state))
    }

    fn use_here(&self, at: UnixSec, seq: u32) -> Use {
        let (gate, device) = (self.gate.number, self.gate.device());
        Use {
            at,
            gate,
            device,
            period: Period::NONE,
            seq,
        }
    }

    fn transfer(&self) -> Option<Transfer> {
        let transfer = self.gate.transfer.as_ref()?;
        Some(Transfer {
            cti: Cti(transfer.cti.0),
            entry: transfer.entry,
        })
    }

    /// The scan of the context; `text` is the pass when it names nothing else.
    ///
    /// # Errors
    /// [`ContextError::Value`].
    pub fn scan(&self, text: Option<&str>) -> Result<Scan, ContextError> {
        let mut scan = Scan::text(text.unwrap_or_default());
        self.gate.scan.fill(&mut scan)?;
        Ok(scan)
    }

    /// The gate's state.
    ///
    /// # Errors
    /// [`ContextError`] names what is not sound.
    pub fn state(&self) -> Result<GateState, ContextError> {
        let offset = UtcOffset::parse(&self.charter.offset)
            .ok_or_else(|| value("OFFSET", "not like +08:00"))?;
        let place = Place {
            community: CommunityId(self.charter.community.0),
            offset,
            gate: self.gate.number,
            names: self.charter.gates.clone(),
            took_over: self.gate.took_over.map(|t| t.0),
        };
        let state = ClockState::parse(&self.clock.state)
            .ok_or_else(|| value("STATE", &self.clock.state))?;
        let clock = Clock {
            state,
            floor: self.clock.floor.map_or(UnixSec(0), |t| t.0),
        };
        let mut gate = GateState::new(place, self.charter.limits.to_limits(), clock);
        gate.news = self.clock.news.map(|t| t.0);
        for device in &self.keys.devices {
            gate.keys
                .hear(Certificate::parse(&device.cert.0)?.claims().clone());
        }
        gate.keys
            .set_issuers(self.keys.issuing.iter().map(IssuingPart::to_issuer));
        self.fill_grants(&mut gate)?;
        self.fill_uses(&mut gate)?;
        self.fill_acts(&mut gate)?;
        Ok(gate)
    }

    fn fill_grants(&self, gate: &mut GateState) -> Result<(), ContextError> {
        for g in &self.ledger.grants {
            let claims = cbor::decode(&g.claims.0, crate::token::DEPTH_MAX)
                .map_err(|e| value("GRANTS", e))?;
            gate.grants.hear(KnownGrant {
                grant: Grant::from_value(claims)?,
                place: LogPlace {
                    device: DeviceId(g.device.0),
                    period: Period(g.period),
                    seq: g.seq,
                },
                resident: g.resident,
            });
        }
        Ok(())
    }

    fn fill_uses(&self, gate: &mut GateState) -> Result<(), ContextError> {
        for u in &self.ledger.uses {
            let entry = Use {
                at: u.at.0,
                gate: u.gate,
                device: u.device.map_or(DeviceId::ZERO, |d| DeviceId(d.0)),
                period: Period(u.period),
                seq: u.seq,
            };
            gate.ledger.used(Cti(u.cti.0), entry);
        }
        for c in &self.ledger.carried {
            let device = c.device.map_or(DeviceId::ZERO, |d| DeviceId(d.0));
            let carried = Carried {
                device,
                period: Period(c.period),
                spent: c.spent,
            };
            gate.ledger.carried_over(Cti(c.cti.0), carried);
        }
        for (plate, since) in &self.ledger.inside {
            gate.ledger.came_in(
                Plate::parse(plate).map_err(|e| value("INSIDE", e))?,
                since.0,
            );
        }
        Ok(())
    }

    fn fill_acts(&self, gate: &mut GateState) -> Result<(), ContextError> {
        for act in &self.ledger.holds {
            let (subject, heads) = act.parts()?;
            gate.acts.hold(subject, heads);
        }
        for act in &self.ledger.revoked {
            let (subject, heads) = act.parts()?;
            gate.acts.revoke(subject, heads);
        }
        for principal in &self.ledger.retired {
            gate.acts.retire(PrincipalId(principal.0));
        }
        for c in &self.ledger.cancels {
            let cancel = Cancel {
                by: PrincipalId(c.by.0),
                officer: c.officer,
                at: c.at.map(|t| t.0),
            };
            gate.acts.cancel(Cti(c.cti.0), cancel);
        }
        for c in &self.ledger.cancel_all {
            gate.acts.cancel_all(PrincipalId(c.by.0), c.before.0);
        }
        for r in &self.ledger.refusals {
            let plate = r.plate.as_deref().map(Plate::parse).transpose();
            gate.acts.refuse(Refusal {
                unit: r.unit.clone().map(Private::new),
                plate: plate.map_err(|e| value("REFUSALS", e))?,
                name: r.name.clone().map(Private::new),
            });
        }
        Ok(())
    }
}

/// What a text in somebody's hand is: eight digits are a short code, seven or eight plate characters a plate,
/// anything else the text of a pass.
#[must_use]
pub fn guess(text: &str) -> What {
    if ShortCode::parse(text).is_some() {
        What::Code(text.to_owned())
    } else if Plate::parse(text).is_ok() {
        What::Plate {
            read: text.to_owned(),
            sure: true,
        }
    } else {
        What::Text(text.to_owned())
    }
}

impl ScanPart {
    /// Lays what is said here over a scan.
    fn fill(&self, scan: &mut Scan) -> Result<(), ContextError> {
        if let Some(what) = self.what() {
            scan.what = what;
        }
        match self.lane.as_deref() {
            None => {}
            Some("foot") => scan.lane = Lane::Foot,
            Some("vehicle") => scan.lane = Lane::Vehicle,
            Some(other) => return Err(value("LANE", other)),
        }
        if let Some(pin) = &self.pin {
            scan.pin = Some(Pin::parse(pin).map_err(|e| value("PIN", e))?);
        }
        scan.companions = self.companions.unwrap_or(scan.companions);
        if let Some(seen) = &self.plate_seen {
            scan.plate_seen = Some(Private::new(seen.clone()));
        }
        Ok(())
    }

    fn what(&self) -> Option<What> {
        if let Some(text) = &self.text {
            Some(What::Text(text.clone()))
        } else if let Some(plate) = &self.plate {
            Some(What::Plate {
                read: plate.clone(),
                sure: self.sure.unwrap_or(true),
            })
        } else if let Some(code) = &self.code {
            Some(What::Code(code.clone()))
        } else {
            let walk_in = self.unit.is_some() || self.name.is_some();
            walk_in.then(|| What::WalkIn {
                unit: self.unit.clone(),
                name: self.name.clone(),
            })
        }
    }
}

impl IssuingPart {
    fn to_issuer(&self) -> Issuer {
        Issuer {
            key: IssuingKey {
                device: DeviceId(self.key.0),
                buildings: self.buildings.clone(),
                machines: self.machines,
            },
            held_to: self.held_to,
            enrols: self
                .enrols
                .iter()
                .map(|(seq, d)| (*seq, DeviceId(d.0)))
                .collect(),
            cut_at: self.cut_at,
        }
    }
}

impl ActPart {
    fn parts(&self) -> Result<(Subject, Heads), ContextError> {
        let subject = match (self.device, self.principal) {
            (Some(d), None) => Subject::Device(DeviceId(d.0)),
            (None, Some(p)) => Subject::Principal(PrincipalId(p.0)),
            _ => {
                return Err(value(
                    "HOLDS or REVOKED",
                    "names either a DEVICE or a PRINCIPAL",
                ));
            }
        };
        let heads = self
            .heads
            .iter()
            .map(|h| ((DeviceId(h.device.0), Period(h.period)), h.seq));
        Ok((subject, heads.collect()))
    }
}

impl GatePart {
    fn device(&self) -> DeviceId {
        self.device.map_or(DeviceId::ZERO, |d| DeviceId(d.0))
    }
}

impl LimitsPart {
    fn to_limits(self) -> Limits {
        let d = Limits::default();
        Limits {
            person_pass_s: self.person_pass_s.unwrap_or(d.person_pass_s),
            standing_pass_s: self.standing_pass_s.unwrap_or(d.standing_pass_s),
            stale_day_s: self.stale_day_s.unwrap_or(d.stale_day_s),
            stale_week_s: self.stale_week_s.unwrap_or(d.stale_week_s),
            stale_long_s: self.stale_long_s.unwrap_or(d.stale_long_s),
            ..d
        }
    }
}

#[cfg(test)]
mod tests;
