//! The desktop's orders about passes: issuing one with all that a pass may say, cancelling all, plates of residents.

use super::shape;
use crate::api::{DoorAct, Fault, PassArgs, Request};
use crate::home::clock::OsDice;
use crate::owner::Owner;
use linli_base::Dice as _;
use linli_view::api as view;
use zeroize::Zeroizing;

/// A pass that lives shorter may have a PIN of four digits (pass.md §6).
const SIX_DIGITS_FROM_S: u64 = 12 * 3600;

impl Owner {
    pub(super) fn desk_passes(&mut self, request: view::Request) -> Result<view::Reply, Fault> {
        match request {
            view::Request::PassIssue(r) => self.desk_issue(r),
            view::Request::Residents { apply } => {
                let act = DoorAct::Residents { apply };
                let data = self.data(Request::Door { act })?;
                let plates = serde_json::from_value(data).map_err(|_| Fault::ours("answer"))?;
                Ok(view::Reply::Residents(Box::new(plates)))
            }
            _ => {
                self.data(Request::PassCancelAll)?;
                let data = self.data(Request::PassList)?;
                Ok(view::Reply::Passes(shape::list(
                    &data["passes"],
                    shape::pass,
                )))
            }
        }
    }

    fn desk_issue(&mut self, r: view::PassRequest) -> Result<view::Reply, Fault> {
        let kind = serde_json::to_value(r.kind)
            .ok()
            .and_then(|k| k.as_str().map(str::to_owned));
        let host = r.host.or_else(|| self.own_unit_if_office());
        // An empty PIN is one that is drawn here: people choose birthdays.
        let pin = r.pin.map(|pin| match pin.0.as_str() {
            "" => view::Passphrase(drawn(r.until_s.saturating_sub(r.from_s))),
            _ => pin,
        });
        let answer = self.handle(
            Request::PassIssue(PassArgs {
                label: r.label,
                kind: kind.unwrap_or_else(|| "person".into()),
                from_s: r.from_s,
                until_s: r.until_s,
                host,
                entries: r.entries,
                gates: r.gates,
                plate: r.plate,
                companions: r.companions,
                pin: pin.as_ref().map(|pin| pin.0.clone()),
                windows: r.windows,
            }),
            &mut |_, _| {},
        )?;
        let mut reply = self.desk_pass(answer.data["id"].as_str().unwrap_or_default())?;
        if let view::Reply::PassIssued(issued) = &mut reply {
            issued.pin = pin;
            issued.warnings = answer.warnings.into_iter().map(|w| w.code).collect();
        }
        Ok(reply)
    }

    /// Who the visitor of an office goes to when nobody else is named.
    fn own_unit_if_office(&self) -> Option<String> {
        let replica = self.replica_ref().ok()?;
        replica
            .authority()
            .office_name(&replica.me().principal)
            .map(str::to_owned)
    }

    /// Has this office the register and the gates in its charge?
    pub(super) fn issues_plates(&self) -> bool {
        let Ok(replica) = self.register_desk() else {
            return false;
        };
        replica.authority().is_gate_desk(&replica.me().device())
    }
}

/// A PIN of as many digits as the life of its pass asks for.
fn drawn(life_s: u64) -> String {
    let (width, most) = if life_s < SIX_DIGITS_FROM_S {
        (4, 10_000)
    } else {
        (6, 1_000_000)
    };
    let random = Zeroizing::new(OsDice.bytes::<16>());
    let number = u128::from_be_bytes(*random) % most;
    format!("{number:0width$}")
}

#[cfg(test)]
mod tests {
    //! What is drawn is a PIN as the gate asks for it.
    use super::*;
    use linli_pass::Pin;

    #[test]
    fn a_drawn_pin_has_the_digits_that_its_pass_needs_and_is_not_always_the_same() {
        for life in [60, SIX_DIGITS_FROM_S - 1, SIX_DIGITS_FROM_S, 90 * 86_400] {
            let mut seen = std::collections::BTreeSet::new();
            for _ in 0..50 {
                let pin = drawn(life);
                assert!(
                    Pin::parse(&pin).is_ok_and(|pin| pin.fits_life(life)),
                    "{life}"
                );
                seen.insert(pin);
            }
            assert!(seen.len() > 25, "{life}: {seen:?}");
        }
    }
}
