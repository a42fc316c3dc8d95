//! What is held: the sets that [`super::Authority`] is a function of.
//!
//! Everything here only grows, and nothing remembers in which order it came. What is kept beside the sets
//! (who signed which certificate, which device a target names, which scope two principals share) follows from
//! them and saves doing the same work again.

use super::branch::{Step, StepBody, Steps, authority_log};
use super::{Act, AuthorityBody, HeldAct};
use crate::act::{Cut, Enrol};
use crate::cert::Certificate;
use crate::charter::Charter;
use crate::epoch::{self, Epoch};
use linli_base::{DeviceId, EntryId, Header, LogKey, PrincipalId, ScopeId, hash};
use linli_keys::PublicKey;
use std::collections::{BTreeMap, BTreeSet};

/// A certificate is kept by its device and the hash of all its bytes: a copy with a broken signature has the same
/// id, and must not take the place of the right one.
type CertificateKey = (DeviceId, [u8; 32]);

/// A certificate and what follows from it alone or from the charter.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub certificate: Certificate,
    /// Issuing keys that signed it.
    pub signers: BTreeSet<DeviceId>,
    /// Whether its device is the one its principal begins with.
    pub is_first: bool,
}

fn certificate_key(certificate: &Certificate) -> CertificateKey {
    let hash = hash::blake3_raw(certificate.bytes());
    (certificate.claims().device, hash)
}

/// Which epoch an entry cites: its number and the first bytes of its id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cited {
    number: u32,
    tag: [u8; 8],
}

impl Cited {
    pub(super) const fn by(header: &Header) -> Self {
        Self {
            number: header.epoch,
            tag: header.epoch_tag,
        }
    }
}

/// The sets.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub charter: Charter,
    certificates: BTreeMap<CertificateKey, Known>,
    pub logs: BTreeMap<DeviceId, Steps>,
    /// By author and id.
    pub acts: BTreeMap<(DeviceId, EntryId), HeldAct>,
    pub forks: BTreeMap<LogKey, BTreeSet<u32>>,
    /// Of each log, what the checkpoint of an epoch says.
    pub leaves: BTreeMap<LogKey, BTreeMap<u32, Cut>>,
    /// Leaves that some epoch commits to, by class, scope and root: a later epoch may commit to the same ones.
    committed: BTreeMap<(u8, ScopeId, [u8; 32]), Vec<Cut>>,
    /// Every device that is or was an issuing key.
    pub issuers: BTreeMap<DeviceId, PublicKey>,
    /// Devices by the name that acts call them.
    pub names: BTreeMap<[u8; 16], DeviceId>,
    /// Scopes that a household and an office share, of all pairs ever seen.
    shared: BTreeMap<ScopeId, (PrincipalId, PrincipalId)>,
    paired: (BTreeSet<PrincipalId>, BTreeSet<PrincipalId>),
    /// An id seen at each place of an authority log: a second one is a fork.
    places: BTreeMap<(LogKey, u32), EntryId>,
}

impl Given {
    pub(super) fn new(charter: Charter) -> Self {
        let mut given = Self {
            charter,
            certificates: BTreeMap::new(),
            logs: BTreeMap::new(),
            acts: BTreeMap::new(),
            forks: BTreeMap::new(),
            leaves: BTreeMap::new(),
            committed: BTreeMap::new(),
            issuers: BTreeMap::new(),
            names: BTreeMap::new(),
            shared: BTreeMap::new(),
            paired: (BTreeSet::new(), BTreeSet::new()),
            places: BTreeMap::new(),
        };
        given.meet_issuing_keys();
        given
    }

    /// The epoch an entry cites, if it is held and is the one meant.
    pub(super) fn epoch(&self, cited: Cited) -> Option<&Epoch> {
        let held = self.charter.epoch(cited.number)?;
        (held.id.0[..8] == cited.tag).then_some(&held.epoch)
    }

    pub(super) fn newest(&self) -> &Epoch {
        &self.charter.newest().epoch
    }

    pub(super) fn epochs(&self) -> impl Iterator<Item = &Epoch> {
        self.charter.chain().iter().map(|held| &held.epoch)
    }

    /// Whether a device is or was an issuing key. Such a device is the charter's to revoke, for ever.
    pub(super) fn was_issuing(&self, device: &DeviceId) -> bool {
        self.issuers.contains_key(device)
    }

    /// After epochs were appended: names of whom they list, and which certificates new issuing keys signed.
    pub(super) fn meet_issuing_keys(&mut self) {
        let epochs = || self.charter.chain().iter().map(|held| &held.epoch);
        let issuing = epochs().flat_map(|e| &e.issuing).map(|k| k.device);
        let roles = epochs().flat_map(|e| &e.roles).map(|r| r.device);
        let listed: BTreeSet<DeviceId> = issuing.clone().chain(roles).collect();
        let new: BTreeSet<DeviceId> = issuing.filter(|k| !self.was_issuing(k)).collect();
        self.names
            .extend(listed.into_iter().map(|d| (d.act_target(), d)));
        for issuer in new {
            let Ok(key) = PublicKey::parse(&issuer.0) else {
                continue;
            };
            self.issuers.insert(issuer, key);
            for known in self.certificates.values_mut() {
                if known.certificate.issued_by(&key, self.charter.community()) {
                    known.signers.insert(issuer);
                }
            }
        }
    }

    /// Returns whether it is new.
    pub(super) fn add_certificate(&mut self, certificate: Certificate) -> bool {
        let device = certificate.claims().device;
        let at = certificate_key(&certificate);
        if self.certificates.contains_key(&at) {
            return false;
        }
        let community = self.charter.community();
        let signed = |key: &PublicKey| certificate.issued_by(key, community);
        let signers = self.issuers.iter().filter(|(_, key)| signed(key));
        let first = PrincipalId::of_first_device(community, &device);
        let known = Known {
            signers: signers.map(|(issuer, _)| *issuer).collect(),
            is_first: certificate.claims().principal == first,
            certificate,
        };
        self.names.insert(device.act_target(), device);
        self.certificates.insert(at, known);
        true
    }

    /// All certificates, by device.
    pub(super) fn certificates(&self) -> impl Iterator<Item = &Known> {
        self.certificates.values()
    }

    /// Certificates of one device.
    pub(super) fn certificates_of(&self, device: &DeviceId) -> impl Iterator<Item = &Known> {
        self.certificates
            .range((*device, [0; 32])..=(*device, [0xff; 32]))
            .map(|(_, known)| known)
    }

    /// Returns whether it is new; entries of other logs than authority logs are none.
    pub(super) fn add_step(&mut self, header: &Header, id: EntryId, body: AuthorityBody) -> bool {
        let log = header.log();
        if log != authority_log(header.device) || header.seq == 0 {
            return false;
        }
        let body = match body {
            AuthorityBody::Other => StepBody::Other,
            AuthorityBody::Keyset(keyset) => StepBody::Keyset(keyset),
            AuthorityBody::Enrol(enrol) => self.enrolment(header.device, &enrol),
        };
        self.note_place(log, header.seq, id);
        let step = Step {
            prev: header.prev,
            cited: Cited::by(header),
            body,
        };
        self.logs
            .entry(header.device)
            .or_default()
            .insert(header.seq, id, step)
    }

    fn enrolment(&mut self, by: DeviceId, enrol: &Enrol) -> StepBody {
        let Ok(certificate) = Certificate::parse(&enrol.certificate) else {
            return StepBody::Other;
        };
        self.add_certificate(certificate.clone());
        let at = certificate_key(&certificate);
        let own = if self.was_issuing(&by) {
            // Checked a moment ago, with all other issuing keys.
            self.certificates
                .get(&at)
                .is_some_and(|k| k.signers.contains(&by))
        } else {
            PublicKey::parse(&by.0)
                .is_ok_and(|key| certificate.issued_by(&key, self.charter.community()))
        };
        StepBody::Enrol {
            certificate: Box::new(certificate),
            own,
            kex: enrol.kex,
            net: enrol.net,
        }
    }

    /// Returns whether it is new; acts elsewhere than in authority logs decide no standing.
    pub(super) fn add_act(&mut self, header: &Header, id: EntryId, act: Act) -> bool {
        let (log, at) = (header.log(), (header.device, id));
        let here = log == authority_log(header.device) && header.seq != 0;
        if !here || self.acts.contains_key(&at) {
            return false;
        }
        self.note_place(log, header.seq, id);
        let held = HeldAct {
            seq: header.seq,
            cited: Cited::by(header),
            target: header.record.0,
            act,
        };
        self.acts.insert(at, held);
        true
    }

    /// Whether an enrolment is held above a place of a log: an entry there may connect it.
    pub(super) fn enrols_above(&self, device: &DeviceId, seq: u32) -> bool {
        self.logs.get(device).is_some_and(|s| s.enrols_above(seq))
    }

    /// Whether a log is known to fork or a checkpoint names it, so that any entry may show which branch counts.
    pub(super) fn may_branch(&self, log: &LogKey) -> bool {
        self.forks.contains_key(log) || self.leaves.contains_key(log)
    }

    /// Devices that have written acts.
    pub(super) fn authors(&self) -> BTreeSet<DeviceId> {
        self.acts.keys().map(|(by, _)| *by).collect()
    }

    /// Acts of one device, by id.
    pub(super) fn acts_of(&self, device: DeviceId) -> impl Iterator<Item = (&EntryId, &HeldAct)> {
        let ids = (device, EntryId::ZERO)..=(device, EntryId([0xff; 32]));
        self.acts.range(ids).map(|((_, id), act)| (id, act))
    }

    /// Two entries at one place prove a fork, whoever noticed it.
    fn note_place(&mut self, log: LogKey, seq: u32, id: EntryId) {
        if *self.places.entry((log, seq)).or_insert(id) != id {
            self.forks.entry(log).or_default().insert(seq);
        }
    }

    /// Leaves count for every epoch that commits to exactly them.
    pub(super) fn add_leaves(&mut self, class: u8, scope: ScopeId, leaves: &[Cut]) -> bool {
        let fits = leaves
            .iter()
            .all(|l| l.log.lane.class as u8 == class && l.log.lane.scope == scope);
        if !fits {
            return false;
        }
        let root = epoch::merkle_root(leaves);
        let committed: Vec<u32> = self
            .epochs()
            .filter(|e| {
                let of =
                    |s: &epoch::Subtree| s.class == class && s.scope == scope && s.root == root;
                e.checkpoint.iter().any(of)
            })
            .map(|e| e.number)
            .collect();
        for number in &committed {
            self.commit(*number, leaves);
        }
        if !committed.is_empty() {
            let known = self.committed.entry((class, scope, root));
            known.or_insert_with(|| leaves.to_vec());
        }
        !committed.is_empty()
    }

    /// Leaves that are held and that the newest epoch commits to as well.
    pub(super) fn meet_checkpoint(&mut self) {
        let newest = self.newest();
        let number = newest.number;
        let held = |s: &epoch::Subtree| self.committed.get(&(s.class, s.scope, s.root)).cloned();
        let lists: Vec<Vec<Cut>> = newest.checkpoint.iter().filter_map(held).collect();
        for leaves in &lists {
            self.commit(number, leaves);
        }
    }

    fn commit(&mut self, number: u32, leaves: &[Cut]) {
        for leaf in leaves {
            let of = self.leaves.entry(leaf.log).or_default();
            let at = of.entry(number).or_insert(*leaf);
            *at = (*at).max(*leaf);
        }
    }

    /// Learns the scopes that principals share, each pair once.
    pub(super) fn pair(
        &mut self,
        households: &BTreeSet<PrincipalId>,
        offices: &BTreeSet<PrincipalId>,
    ) {
        let community = *self.charter.community();
        let new_h: Vec<_> = households.difference(&self.paired.0).copied().collect();
        let new_o: Vec<_> = offices.difference(&self.paired.1).copied().collect();
        self.paired.0.extend(&new_h);
        for office in &self.paired.1 {
            for household in &new_h {
                let scope = ScopeId::with(&community, household, office);
                self.shared.insert(scope, (*household, *office));
            }
        }
        for office in new_o {
            for household in &self.paired.0 {
                let scope = ScopeId::with(&community, household, &office);
                self.shared.insert(scope, (*household, office));
            }
            self.paired.1.insert(office);
        }
    }

    /// The household and the office that share a scope.
    pub(super) fn parties(&self, scope: &ScopeId) -> Option<(PrincipalId, PrincipalId)> {
        self.shared.get(scope).copied()
    }
}
