//! Devices: list, hold, lift, revoke.

use super::{Owner, answer, community::kind_word};
use crate::api::{Answer, Fault};
use linli_base::DeviceId;
use serde_json::{Value, json};

impl Owner {
    pub(super) fn device_list(&self) -> Result<Answer, Fault> {
        let replica = self.replica_ref()?;
        let (a, me) = (replica.authority(), replica.me().device());
        let list: Vec<Value> = a
            .devices()
            .iter()
            .map(|(id, d)| {
                let holds: Vec<Value> = a
                    .holds_on(id)
                    .map(|(hold, open)| json!({ "id": hold.to_text(), "reason": open.hold.reason }))
                    .collect();
                json!({
                    "id": id.to_text(), "short": id.short(), "kind": kind_word(d.kind),
                    "label": a.office_name(&d.principal), "unit": d.unit(), "gate": d.gate,
                    "may_grant": d.may_grant, "issuer": d.issuer.short(),
                    "held": !holds.is_empty(), "holds": holds, "revoked": a.is_revoked(id),
                    "me": *id == me, "expires_s": d.certificate.claims().exp.0,
                })
            })
            .collect();
        Ok(answer(json!({ "devices": list })))
    }

    pub(super) fn device_hold(&mut self, id: &str, reason: &str) -> Result<Answer, Fault> {
        let (now, device) = (self.now(), self.find_other(id)?);
        let hold =
            self.undo_on_fault(|o| o.replica()?.hold(now, &device, reason).map_err(Fault::from))?;
        Ok(answer(
            json!({ "device": device.to_text(), "hold": hold.to_text() }),
        ))
    }

    pub(super) fn device_lift(&mut self, id: &str) -> Result<Answer, Fault> {
        let (now, device) = (self.now(), self.find_device(id)?);
        let lifted =
            self.undo_on_fault(|o| o.replica()?.lift(now, &device).map_err(Fault::from))?;
        Ok(answer(
            json!({ "device": device.to_text(), "lifted": lifted }),
        ))
    }

    pub(super) fn device_revoke(&mut self, id: &str, reason: &str) -> Result<Answer, Fault> {
        let (now, device) = (self.now(), self.find_other(id)?);
        let act = self.undo_on_fault(|o| {
            o.replica()?
                .revoke(now, &device, reason)
                .map_err(Fault::from)
        })?;
        Ok(answer(
            json!({ "device": device.to_text(), "revoked": act.to_text() }),
        ))
    }

    /// A device that is not this one: nobody shuts itself out by a slip of the hand.
    fn find_other(&self, id: &str) -> Result<DeviceId, Fault> {
        let device = self.find_device(id)?;
        if device == self.replica_ref()?.me().device() {
            return Err(Fault::input("device-is-this-one"));
        }
        Ok(device)
    }

    /// Runs an order; when it faults, what it had staged is forgotten.
    pub(super) fn undo_on_fault<T>(
        &mut self,
        order: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.settle()?;
        let done = order(self);
        if done.is_err() {
            self.replica()?.forget_staged()?;
        }
        done
    }
}
