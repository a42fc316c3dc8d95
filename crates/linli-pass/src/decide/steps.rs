//! Steps 7 to 15: what a grant whose signer is known must still satisfy.
//!
//! Each step is one function that adds what it finds wrong; [`judge`] calls them in the normative order and the
//! first finding gives the answer.

use super::{Decision, Lane, Now, Scan, Show};
use crate::grant::{Grant, Kind};
use crate::plate::Plate;
use crate::reason::{Of, PinFault, Reason};
use crate::state::{GateState, Judged, LogPlace};
use linli_base::{Private, UnixSec};
use linli_charter::DeviceClaims;
use linli_charter::cert::{IS_OFFICE, MAY_GRANT};
use linli_keys::{PublicKey, cose};

const DAY_S: u64 = 86_400;

/// A plate as the scan itself.
#[derive(Clone, Copy)]
pub(super) struct ByPlate<'a> {
    pub(super) read: &'a Plate,
    pub(super) sure: bool,
}

/// A grant in somebody's hand, with everything that is known about who signed it.
pub(super) struct Bearer<'a> {
    pub(super) grant: &'a Grant,
    pub(super) signer: &'a DeviceClaims,
    /// The signer is known by its certificate alone.
    pub(super) unheard: bool,
    /// Where the grant stands in the signer's log, if it was heard.
    pub(super) place: Option<&'a LogPlace>,
    pub(super) by_plate: Option<ByPlate<'a>>,
    pub(super) resident: bool,
}

impl Bearer<'_> {
    /// Where the visitor goes: the signer's own unit, or the one an office names.
    fn unit(&self) -> Option<&str> {
        let named = self.grant.host_unit.as_ref().map(|u| u.reveal().as_str());
        named.or(self.signer.unit.as_deref())
    }
}

struct Findings<'a> {
    bearer: &'a Bearer<'a>,
    scan: &'a Scan,
    gate: &'a GateState,
    now: Now,
    time: Judged,
    found: Vec<Reason>,
    /// A PIN stands that was not asked for.
    pin_unasked: bool,
}

/// Runs steps 7 to 15.
pub(super) fn judge(bearer: &Bearer<'_>, scan: &Scan, gate: &GateState, now: Now) -> Decision {
    let time = gate.clock.judge(now.wall);
    let mut f = Findings {
        bearer,
        scan,
        gate,
        now,
        time,
        found: Vec::new(),
        pin_unasked: false,
    };
    f.beside();
    f.standing();
    f.who_and_when();
    f.window_and_gate();
    f.cancelled();
    f.plate();
    let entry = f.entries();
    f.companions();
    f.pin();
    f.clock_and_news();
    let pin_unasked = f.pin_unasked;
    let mut found = f.found.into_iter();
    let reason = found.next().unwrap_or(Reason::Admit {
        entry,
        unheard: bearer.unheard,
    });
    let grant = bearer.grant;
    Decision {
        also: found.collect(),
        show: Some(Show {
            label: grant.label.clone(),
            unit: bearer.unit().map(|u| Private::new(u.to_owned())),
            plate: grant.plate.clone(),
            kind: grant.kind,
            companions: grant.companions,
            from: grant.nbf,
            until: grant.exp,
            entry,
            pin_unasked,
        }),
        cti: Some(grant.cti),
        signer: Some(bearer.signer.device),
        ..Decision::new(scan, reason)
    }
}

impl Findings<'_> {
    /// A holder key that cannot be checked, and the refusal lists.
    fn beside(&mut self) {
        let grant = self.bearer.grant;
        if grant.holder.is_some() {
            // Whoever bound the pass to a phone did not mean a copy of it to open the gate.
            self.found.push(Reason::HolderBound);
        }
        let seen = self.plate_seen();
        let plates: Vec<&Plate> = grant.plate.iter().chain(&seen).collect();
        let label = grant.label.as_ref().map(|l| l.reveal().as_str());
        if let Some(estate) = self.gate.acts.refused(self.bearer.unit(), label, &plates) {
            self.found.push(Reason::Listed { estate });
        }
    }

    /// Step 7. What denies comes before what asks: a revocation outranks the hold it followed.
    fn standing(&mut self) {
        let signer = self.bearer.signer;
        if signer.roles & MAY_GRANT == 0 {
            self.found.push(Reason::Role);
        }
        let standing = self
            .gate
            .acts
            .standing(signer.device, signer.principal, self.bearer.place);
        if standing.held == Some(false) {
            self.found.push(Reason::Held { before: false });
        }
        if standing.revoked {
            self.found.push(Reason::Revoked);
        }
        if standing.retired {
            self.found.push(Reason::Retired);
        }
        if standing.held == Some(true) {
            self.found.push(Reason::Held { before: true });
        }
    }

    /// Step 8.
    fn who_and_when(&mut self) {
        let (grant, signer, time) = (self.bearer.grant, self.bearer.signer, self.time);
        if grant.iss != signer.principal.issuer_text(signer.roles & IS_OFFICE != 0) {
            self.found.push(Reason::Iss);
        }
        if let Some(gates) = self.meant_for_others() {
            self.found.push(Reason::Aud { gates });
        }
        let from = grant.nbf.max(grant.iat);
        if time.is_before(from) {
            self.found.push(Reason::NotYet { from, of: Of::Pass });
        }
        let by_floor = !time.reliable();
        if time.is_past(grant.exp) {
            self.found.push(Reason::Expired {
                since: grant.exp,
                of: Of::Pass,
                by_floor,
            });
        }
        let (life_s, max_s) = (grant.life_s(), self.longest());
        if life_s > max_s {
            self.found.push(Reason::TooLong { life_s, max_s });
        }
        if time.is_before(signer.nbf) {
            self.found.push(Reason::NotYet {
                from: signer.nbf,
                of: Of::Certificate,
            });
        }
        if time.is_past(signer.exp) {
            self.found.push(Reason::Expired {
                since: signer.exp,
                of: Of::Certificate,
                by_floor,
            });
        }
    }

    /// `None` when this gate is meant; else the gates of this community that are.
    fn meant_for_others(&self) -> Option<Vec<u8>> {
        let here = self.gate.place.community.short();
        let this = format!("{here}/g{}", self.gate.place.gate);
        let aud = &self.bearer.grant.aud;
        if aud.iter().any(|a| *a == here || *a == this) {
            return None;
        }
        let number = |a: &String| a.strip_prefix(&here)?.strip_prefix("/g")?.parse().ok();
        Some(aud.iter().filter_map(number).collect())
    }

    /// A guest's or courier's pass is short; a car, a helper and whatever recurs may stand for months.
    fn longest(&self) -> u64 {
        let grant = self.bearer.grant;
        let standing =
            matches!(grant.kind, Kind::Vehicle | Kind::Worker) || !grant.windows.is_empty();
        if standing {
            self.gate.limits.standing_pass_s
        } else {
            self.gate.limits.person_pass_s
        }
    }

    /// Step 9. Without a reliable clock nobody can say which hour it is; step 15 asks then.
    fn window_and_gate(&mut self) {
        let (grant, offset) = (self.bearer.grant, self.gate.place.offset);
        if let Some(now) = self.time.now()
            && !grant.windows.is_empty()
            && !grant.windows.iter().any(|w| w.contains(now, offset))
        {
            let opens = grant
                .windows
                .iter()
                .filter_map(|w| w.next_opening(now.max(grant.nbf), offset));
            let next = opens.min().filter(|at| *at < grant.exp);
            self.found.push(Reason::Window { next });
        }
        if !grant.gates.is_empty() && !grant.gates.contains(&self.gate.place.gate) {
            self.found.push(Reason::Gate {
                gates: grant.gates.clone(),
            });
        }
    }

    /// Step 10.
    fn cancelled(&mut self) {
        let (grant, principal) = (self.bearer.grant, &self.bearer.signer.principal);
        if let Some(cancel) = self.gate.acts.cancelled(&grant.cti, principal) {
            self.found.push(Reason::Cancelled {
                at: cancel.at,
                all: false,
            });
        } else if let Some(at) = self.gate.acts.cancelled_with_all(grant.iat, principal) {
            self.found.push(Reason::Cancelled {
                at: Some(at),
                all: true,
            });
        }
    }

    /// Step 11.
    fn plate(&mut self) {
        let Some(granted) = &self.bearer.grant.plate else {
            return;
        };
        match self.bearer.by_plate {
            Some(ByPlate { sure: true, .. }) => {}
            Some(ByPlate { read, sure: false }) => self.found.push(Reason::PlateNear {
                read: read.clone(),
                booked: granted.clone(),
                near: None,
            }),
            None if self.scan.lane == Lane::Vehicle
                && self.plate_seen().as_ref() != Some(granted) =>
            {
                self.found.push(Reason::Plate {
                    granted: granted.clone(),
                    seen: self.scan.plate_seen.clone(),
                });
            }
            None => {}
        }
    }

    /// Step 12, and "already inside". Gives this entry's number when entries are counted.
    fn entries(&mut self) -> Option<(u32, u32)> {
        let entry = self.counted();
        let seen = self
            .bearer
            .by_plate
            .map(|p| p.read.clone())
            .or_else(|| self.plate_seen());
        let since =
            seen.filter(|_| self.scan.lane == Lane::Vehicle || self.bearer.by_plate.is_some());
        if let Some(since) = since.and_then(|p| self.gate.ledger.inside_since(&p)) {
            self.found.push(Reason::Inside { since });
        }
        entry
    }

    fn counted(&mut self) -> Option<(u32, u32)> {
        let grant = self.bearer.grant;
        let (home, entries) = (grant.home_gate()?, u32::from(grant.entries));
        let place = &self.gate.place;
        if home != place.gate
            && let Some(transfer) = self.gate.transfer.filter(|t| t.cti == grant.cti)
        {
            return Some((transfer.entry, entries));
        }
        let spent = self.gate.ledger.spent(&grant.cti);
        if spent >= entries {
            let last = self.gate.ledger.last_use(&grant.cti);
            let (at, gate) = (last.map(|u| u.at), last.map(|u| u.gate));
            self.found.push(Reason::Used { at, gate, entries });
        } else if home != place.gate {
            self.found.push(Reason::Away {
                home,
                took_over: false,
            });
        } else if place.took_over.is_some_and(|since| grant.iat < since) {
            self.found.push(Reason::Away {
                home,
                took_over: true,
            });
        }
        Some((spent.saturating_add(1).min(entries), entries))
    }

    /// Step 13.
    fn companions(&mut self) {
        let (granted, seen) = (self.bearer.grant.companions, self.scan.companions);
        if seen > granted {
            self.found.push(Reason::Companions { granted, seen });
        }
    }

    /// Step 14; computed only when everything before it was right, because it takes 64 MiB and 100 ms.
    fn pin(&mut self) {
        let grant = self.bearer.grant;
        self.pin_unasked = grant.pin_tag.is_some() && !self.found.is_empty();
        let Some(tag) = grant.pin_tag.filter(|_| self.found.is_empty()) else {
            return;
        };
        let (wrong, locked) = self.gate.tries.pin(&grant.cti, self.now);
        let fault = if let Some(wait_s) = locked {
            PinFault::Locked { wait_s }
        } else if let Some(pin) = &self.scan.pin {
            // A key that verified the pass, or that the log knows, has parsed before.
            let kid = PublicKey::parse(&self.bearer.signer.device.0).map(|key| cose::kid(&key));
            match kid.map(|kid| pin.tag(&grant.cti, &kid, grant.life_s())) {
                Ok(Ok(computed)) if computed == tag => return,
                Ok(Err(crate::PinError::Memory)) => PinFault::NoMemory,
                _ => PinFault::Wrong {
                    left: crate::state::PIN_TRIES.saturating_sub(wrong + 1),
                },
            }
        } else {
            PinFault::Missing
        };
        self.found.push(Reason::Pin(fault));
    }

    /// Step 15.
    fn clock_and_news(&mut self) {
        let Some(now) = self.time.now() else {
            let resident_car = self.bearer.resident && self.bearer.by_plate.is_some();
            if !resident_car {
                self.found.push(Reason::Clock);
            }
            return;
        };
        let limits = &self.gate.limits;
        let left = self.bearer.grant.exp.0.saturating_sub(now.0);
        let allowed = match left {
            l if l > 7 * DAY_S => limits.stale_long_s,
            l if l > DAY_S => limits.stale_week_s,
            _ => limits.stale_day_s,
        };
        let age_s = self
            .gate
            .news
            .map_or(u64::MAX, |UnixSec(at)| now.0.saturating_sub(at));
        if age_s > allowed {
            self.found.push(Reason::Stale { age_s });
        }
    }

    fn plate_seen(&self) -> Option<Plate> {
        let seen = self.scan.plate_seen.as_ref()?;
        Plate::parse(seen.reveal()).ok()
    }
}
