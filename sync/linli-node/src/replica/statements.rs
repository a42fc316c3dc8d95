//! Last words that are not logged: what a household received of an office's notices, and answers to a gate's call.

use super::ops::OpFault;
use super::{Now, Replica, Topic, layout};
use linli_base::{DeviceId, LaneClass, PrincipalId, RecordId, ScopeId};
use linli_charter::{StatementKey, Topic as Said};
use linli_record::fact::{Reach, Receipt};
use linli_store::{StoreFault, Table};

impl Replica {
    /// Notes how far a notice got with this household, and tells the office that published it: a cumulative
    /// statement sealed to the office.
    ///
    /// # Errors
    /// [`OpFault::NotFound`] for a notice that is not here.
    pub fn receive(&mut self, now: Now, notice: &RecordId, reach: Reach) -> Result<(), OpFault> {
        self.regain()?;
        let meta = self.meta(notice)?.ok_or(OpFault::NotFound)?;
        let office = self
            .authority
            .device(&meta.owner)
            .ok_or(OpFault::NotFound)?
            .principal;
        let to = office;
        let mut receipt = self.own_receipt(&to)?;
        // Where the office's key had not arrived yet, it was marked here and never said.
        let said = StatementKey {
            device: self.me.device(),
            topic: Said::Receipt,
            to,
        };
        let unsaid = self.statement(&said)?.is_none();
        let news = receipt.mark(*notice, reach, now.wall.0);
        if !news && !unsaid {
            return Ok(());
        }
        self.put_own_receipt(&to, &receipt);
        if let Some(key) = self.scope_key_for(LaneClass::Office, &office.scope()) {
            let sealed = linli_keys::seal::seal_to(
                &key,
                &self.me.community,
                b"receipt",
                &receipt.encode(),
                self.dice.as_mut(),
            );
            self.state(Said::Receipt, to, sealed)?;
        }
        self.changed.insert(Topic::Notices);
        Ok(())
    }

    /// What this device told an office.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn own_receipt(&self, office: &PrincipalId) -> Result<Receipt, StoreFault> {
        let value = self.staged.get(Table::Local, &layout::receipt(office))?;
        Ok(value
            .and_then(|v| Receipt::decode(&v).ok())
            .unwrap_or_default())
    }

    fn put_own_receipt(&mut self, office: &PrincipalId, receipt: &Receipt) {
        self.staged
            .put(Table::Local, layout::receipt(office), receipt.encode());
    }

    /// Says again what this device, which may not grant, answered to calls of gates; sealed to the gates.
    ///
    /// # Errors
    /// [`OpFault::Write`] where the gates' key has not arrived.
    pub fn say_ring_answers(&mut self, payload: &[u8]) -> Result<(), OpFault> {
        self.regain()?;
        let gates = ScopeId::gates(&self.me.community);
        let key = self
            .scope_key_for(LaneClass::Pass, &gates)
            .ok_or(super::WriteFault::NoScopeKey)?;
        let sealed = linli_keys::seal::seal_to(
            &key,
            &self.me.community,
            b"ring",
            payload,
            self.dice.as_mut(),
        );
        Ok(self.state(Said::Ring, PrincipalId::ZERO, sealed)?)
    }

    /// What devices that may not grant answered to calls, if this home can read it.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn ring_statements(&self) -> Result<Vec<(DeviceId, Vec<u8>)>, StoreFault> {
        let mut out = Vec::new();
        for s in self
            .statements()?
            .into_iter()
            .filter(|s| s.key.topic == Said::Ring)
        {
            let open = linli_keys::seal::open(
                |id| self.scope_secret(id),
                &self.me.community,
                b"ring",
                &s.payload,
            );
            if let Ok(payload) = open {
                out.push((s.key.device, payload.to_vec()));
            }
        }
        Ok(out)
    }

    /// What a device said it received, if the office this home belongs to can read it.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn receipts(&self) -> Result<Vec<(DeviceId, Receipt)>, StoreFault> {
        let mut out = Vec::new();
        for s in self
            .statements()?
            .into_iter()
            .filter(|s| s.key.topic == Said::Receipt)
        {
            let open = linli_keys::seal::open(
                |id| self.scope_secret(id),
                &self.me.community,
                b"receipt",
                &s.payload,
            );
            if let Some(receipt) = open.ok().and_then(|bytes| Receipt::decode(&bytes).ok()) {
                out.push((s.key.device, receipt));
            }
        }
        Ok(out)
    }
}
