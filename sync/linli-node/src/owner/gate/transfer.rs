//! A counted pass between two gates: asking its home gate, and answering as one (pass.md §3).
//!
//! The home gate judges the scan with its own eyes and writes the use down before it answers. Whatever goes wrong on
//! the way costs the visitor nothing but the guard's look: the gate asks, and if the use was written already, the
//! guard's admission carries the same nonce and is that use.

use super::{GateNow, book, own_gate};
use crate::api::Fault;
use crate::home::clock::OsDice;
use crate::owner::Owner;
use linli_base::{DeviceId, Dice, Private};
use linli_charter::PrincipalKind;
use linli_net::{NetKey, ask_once};
use linli_pass::transfer::{ANSWER_MS, Answer, Ask, MAGIC};
use linli_pass::{Cti, Reason, Scan, Verdict, decide};
use linli_record::fact::{GateEvent, GateResult};
use std::time::Duration;
use tokio::runtime::{Handle, RuntimeFlavor};

/// Puts a question to the gate that is this device. `None`: it is out of reach and was not asked; `Some(None)`: it was
/// asked, and no answer came.
pub type GateLine = Box<dyn FnMut(DeviceId, Vec<u8>) -> Option<Option<Vec<u8>>> + Send>;

/// A question that was put to the home gate.
pub(super) struct Asked {
    pub(super) nonce: [u8; 16],
    pub(super) entry: Option<(Cti, u32)>,
}

/// Whether a question to this node is one between gates.
pub(crate) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

impl Owner {
    /// Asks the home gate for one entry. None when it cannot be asked: it is not online, or this is no running node.
    pub(super) fn ask_home(&mut self, home: u8, scan: &Scan) -> Option<Asked> {
        let replica = self.replica_ref().ok()?;
        let (me, community) = (replica.me(), replica.community());
        let gates = &replica.authority().charter().newest().epoch.gates;
        let device = gates.iter().find(|g| g.number == home)?.device?;
        let ask = Ask {
            nonce: OsDice.bytes::<16>(),
            from: me.device(),
            scan: scan.clone(),
        };
        let frame = ask.sign(&community, &me.sign)?;
        let said = match &mut self.gate_line {
            Some(line) => line(device, frame)?,
            None => self.over_the_net(device, frame)?,
        };
        let answer =
            said.and_then(|bytes| Answer::read(&bytes, &community, &device, &ask.nonce).ok());
        Some(Asked {
            nonce: ask.nonce,
            entry: answer.and_then(|a| a.entry),
        })
    }

    /// Puts a question to a gate that is online, and waits for the answer as long as a visitor does.
    fn over_the_net(&self, device: DeviceId, frame: Vec<u8>) -> Option<Option<Vec<u8>>> {
        let replica = self.replica_ref().ok()?;
        let online = replica.hub().online().any(|d| d == device);
        let net = replica
            .authority()
            .device(&device)?
            .net
            .filter(|_| online)?;
        let runtime = Handle::try_current().ok()?;
        if runtime.runtime_flavor() != RuntimeFlavor::MultiThread {
            return None;
        }
        let mut addrs: Vec<String> = self.addr_of.get(&device).cloned().into_iter().collect();
        addrs.extend(self.address_book().ok()?);
        let asking = ask_once(
            &replica.me().net_seed,
            &addrs,
            Some(NetKey(net)),
            frame,
            Duration::from_millis(ANSWER_MS),
        );
        // The gate does one thing at a time, and this is what its visitor waits for.
        let said = tokio::task::block_in_place(|| runtime.block_on(asking));
        if let Err(fault) = &said {
            tracing::debug!(%fault, "the home gate did not answer");
        }
        Some(said.ok())
    }

    /// Answers another gate. A question that is none gets bytes that are no answer.
    pub(crate) fn transfer_ask(&mut self, bytes: &[u8]) -> Vec<u8> {
        match self.hand_over(bytes) {
            Ok(answer) => answer,
            Err(fault) => {
                tracing::warn!(code = %fault.code, "a question of another gate was not answered");
                MAGIC.to_vec()
            }
        }
    }

    fn hand_over(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        let (gate, community) = (own_gate(replica)?, replica.community());
        let ask = Ask::read(bytes, &community).map_err(|_| Fault::input("not-a-transfer"))?;
        let authority = replica.authority();
        let good = authority
            .device(&ask.from)
            .is_some_and(|d| d.kind == PrincipalKind::Gate && d.gate.is_some())
            && !authority.is_revoked(&ask.from)
            && !authority.is_held(&ask.from);
        let again = book::events(replica)?
            .iter()
            .any(|e| e.nonce == Some(ask.nonce));
        if !good || again {
            return Err(Fault::forbidden("not-a-transfer"));
        }
        let said = |entry, owner: &Self| -> Result<Vec<u8>, Fault> {
            let answer = Answer {
                nonce: ask.nonce,
                entry,
            };
            Ok(answer.sign(&community, &owner.replica_ref()?.me().sign))
        };
        let at = GateNow {
            wall: now.wall.seconds(),
            mono: now.moment,
        };
        let state = self.fresh_state(now)?;
        let decision = decide(&ask.scan, state, at);
        if matches!(decision.reason, Reason::Pin(_)) {
            // Wrong tries count here, wherever they were made.
            state.remember(&ask.scan, &decision, at);
        }
        let entry = decision.show.as_ref().and_then(|s| s.entry);
        let free = decision.verdict == Verdict::Admit && decision.opens;
        let (Some(cti), Some((number, entries)), true) = (decision.cti, entry, free) else {
            return said(None, self);
        };
        let show = decision.show.as_ref();
        let event = GateEvent {
            cti: Some(cti.0),
            uses_after: Some(number),
            unit: show.and_then(|s| s.unit.clone()),
            label: show.and_then(|s| s.label.clone()),
            plate: show
                .and_then(|s| s.plate.as_ref())
                .map(|p| Private::new(p.as_str().to_owned())),
            scan_hash: Some(decision.scan),
            entries: u8::try_from(entries).ok().filter(|n| *n > 0),
            nonce: Some(ask.nonce),
            until_s: show.map(|s| s.until.0),
            ..GateEvent::new(now.wall.seconds().0, gate, GateResult::Transfer)
        };
        let told = event.clone();
        self.log_event(now, event)?;
        if let Some(host) = decision.signer
            && let Err(fault) = self.tell_host(now, &host, &told)
        {
            tracing::warn!(code = %fault.code, "the host could not be told");
        }
        said(Some((cti, number)), self)
    }
}
