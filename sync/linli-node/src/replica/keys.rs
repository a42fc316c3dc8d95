//! Keys of scopes: publishing them, wrapping them for readers, learning them, opening what was waiting.

use super::authoring::{About, WriteFault};
use super::{Now, Replica, Topic};
use linli_base::{DeviceId, Entry, EntryKind, LaneClass, LaneKey, Period, ScopeId};
use linli_charter::authority::ScopeKey;
use linli_charter::{Carried, Keyset, PrincipalKind};
use linli_keys::seal::{self, KexPublic, KexSecret, KeyId};
use linli_store::{StoreFault, Table};

/// `Local`: `s` ‖ key id -> secret half of a scope key.
const SECRETS: &[u8] = b"s";

/// Class under which a scope's keys are published: grants and the gate log share the gates' key.
const fn published_class(class: LaneClass) -> LaneClass {
    match class {
        LaneClass::GateLog => LaneClass::Pass,
        other => other,
    }
}

impl Replica {
    /// The public half to seal to: the newest key that wraps for no removed device.
    pub(super) fn scope_key_for(&self, class: LaneClass, scope: &ScopeId) -> Option<KexPublic> {
        let keys = self.authority.scope_keys(published_class(class), scope);
        let newest = keys
            .iter()
            .filter(|k| !self.wraps_for_removed(k))
            .max_by_key(|k| (k.seq, k.by))?;
        KexPublic::from_bytes(newest.keyset.public).ok()
    }

    fn wraps_for_removed(&self, key: &ScopeKey) -> bool {
        let class = key.keyset.class;
        key.keyset.wraps.iter().any(|(target, _)| {
            let reader = self
                .authority
                .devices()
                .iter()
                .find(|(id, _)| id.act_target() == *target);
            reader.is_none_or(|(id, _)| !self.authority.may_read(id, class, &key.keyset.scope))
        })
    }

    /// Secret half of a scope key, if this device has it.
    pub(super) fn scope_secret(&self, id: &KeyId) -> Option<&KexSecret> {
        self.scope_keys.get(id)
    }

    /// Scopes whose keys this device publishes.
    fn my_scopes(&self) -> Vec<(LaneClass, ScopeId)> {
        let mut out = Vec::new();
        match self.me.kind {
            PrincipalKind::Household => out.push((LaneClass::House, self.me.principal.scope())),
            PrincipalKind::Office => {
                out.push((LaneClass::Office, self.me.principal.scope()));
                if self.authority.is_gate_desk(&self.me.device()) {
                    out.push((LaneClass::Pass, ScopeId::gates(&self.me.community)));
                }
            }
            PrincipalKind::Gate | PrincipalKind::Screen => {}
        }
        out
    }

    /// Publishes the keys this device is responsible for, and wraps them for readers who came since.
    ///
    /// # Errors
    /// [`WriteFault`].
    pub fn ensure_scope_keys(&mut self, now: Now) -> Result<(), WriteFault> {
        for (class, scope) in self.my_scopes() {
            let readers: Vec<(DeviceId, [u8; 32])> = self
                .authority
                .devices()
                .iter()
                .filter(|(id, _)| self.authority.may_read(id, class, &scope))
                .filter_map(|(id, d)| d.kex.map(|kex| (*id, kex)))
                .collect();
            let public = self.scope_key_for(class, &scope);
            let secret = public
                .map(|p| p.id(&self.me.community))
                .and_then(|id| self.scope_keys.get(&id).cloned());
            let (secret, fresh) = match (public, secret) {
                (Some(_), Some(secret)) => (secret, false),
                // Another device of ours has the key and this one not yet: it will be wrapped for us there.
                (Some(_), None) => continue,
                (None, _) => (KexSecret::generate(self.dice.as_mut()), true),
            };
            let wrapped: Vec<[u8; 16]> = self
                .authority
                .scope_keys(class, &scope)
                .into_iter()
                .filter(|k| k.keyset.public == *secret.public().as_bytes())
                .flat_map(|k| k.keyset.wraps.into_iter().map(|(to, _)| to))
                .collect();
            let missing: Vec<_> = readers
                .into_iter()
                .filter(|(id, _)| fresh || !wrapped.contains(&id.act_target()))
                .collect();
            if missing.is_empty() {
                continue;
            }
            let mut wraps = Vec::new();
            for (id, kex) in missing {
                if let Ok(to) = KexPublic::from_bytes(kex) {
                    let wrap = seal::wrap_key(
                        &to,
                        &self.me.community,
                        &scope,
                        &secret,
                        self.dice.as_mut(),
                    );
                    wraps.push((id.act_target(), wrap));
                }
            }
            let keyset = Keyset {
                class,
                scope,
                public: *secret.public().as_bytes(),
                wraps,
            };
            let lane = LaneKey {
                class: LaneClass::Authority,
                scope: ScopeId::ZERO,
                period: Period::NONE,
            };
            self.write(
                now,
                EntryKind::KEYSET,
                lane,
                About::Nothing,
                &keyset.encode(),
            )?;
            // Only then: a device whose log is closed would keep another secret at every try.
            self.keep_secret(&secret);
        }
        Ok(())
    }

    fn keep_secret(&mut self, secret: &KexSecret) {
        let id = secret.public().id(&self.me.community);
        let mut key = SECRETS.to_vec();
        key.extend_from_slice(&id.0);
        self.staged
            .put(Table::Local, key, secret.to_bytes().to_vec());
        self.scope_keys.insert(id, secret.clone());
    }

    /// Reads the scope secrets of an opened home.
    pub(super) fn load_secrets(&mut self) -> Result<(), StoreFault> {
        for (_, value) in self.staged.rows(Table::Local, SECRETS)? {
            if let Ok(bytes) = <[u8; 32]>::try_from(value.as_slice()) {
                let secret = KexSecret::from_bytes(&bytes);
                self.scope_keys
                    .insert(secret.public().id(&self.me.community), secret);
            }
        }
        Ok(())
    }

    /// Learns what a keyset wraps for this device, and admits what was sealed to it before.
    pub(super) fn learn_keyset(&mut self, now: Now, keyset: &Keyset) -> Result<(), StoreFault> {
        let target = self.me.device().act_target();
        let Ok(public) = KexPublic::from_bytes(keyset.public) else {
            return Ok(());
        };
        if self.scope_keys.contains_key(&public.id(&self.me.community)) {
            return Ok(());
        }
        let mine = keyset.wraps.iter().find(|(to, _)| *to == target);
        let secret = mine.and_then(|(_, wrap)| {
            seal::unwrap_key(
                &self.me.kex,
                &self.me.community,
                &keyset.scope,
                &public,
                wrap,
            )
            .ok()
        });
        let Some(secret) = secret else { return Ok(()) };
        self.keep_secret(&secret);
        self.admit_sealed_to(now, &keyset.scope)
    }

    fn admit_sealed_to(&mut self, now: Now, scope: &ScopeId) -> Result<(), StoreFault> {
        let logs: Vec<_> = self
            .logs
            .heads()
            .iter()
            .filter(|(log, _)| log.lane.scope == *scope)
            .map(|(log, head)| (*log, head.seq))
            .collect();
        for (log, head) in logs {
            for seq in 1..=head {
                let entry: Option<Entry> = self.entry_at(&log, seq)?;
                if let Some(entry) = entry.filter(|e| e.header.sealed) {
                    self.admit(now, &Carried::remembered(entry))?;
                }
            }
        }
        self.changed.insert(Topic::Status);
        Ok(())
    }
}
