//! Founding a community, joining one, and opening a home again.

use super::authoring::{About, WriteFault};
use super::library::{Fresh, Shelf, read_act};
use super::{Identity, News, Now, PlantedBugs, Replica, Staged, layout};
use linli_base::{
    CommunityId, Dice, Entry, EntryId, EntryKind, EpochId, LaneClass, LaneKey, LogKey, Period,
    PrincipalId, ScopeId, UnixSec, UtcOffset, limits,
};
use linli_charter::authority::AuthorityBody;
use linli_charter::cert::{self, DeviceClaims};
use linli_charter::epoch::{ROLE_GATE, ROLE_NOTICE, ROLE_OFFICER, ROLE_REGISTER};
use linli_charter::{
    Authority, Certificate, Charter, CharterError, Enrol, Epoch, Gate, IssuingKey, Keyset, Limits,
    Member, Office, PrincipalKind, RoleGrant, Statement,
};
use linli_keys::SigningKey;
use linli_keys::seal::{KexSecret, plain_body};
use linli_log::{Head, Logs};
use linli_protocol::Hub;
use linli_store::{Store, StoreFault, Table};
use std::collections::{BTreeMap, BTreeSet};
use zeroize::Zeroizing;

const META_CERTIFICATE: &[u8] = b"certificate";
const META_FOUNDER: &[u8] = b"founder";

/// What a founder decides.
#[derive(Clone, Debug)]
pub struct Founding {
    /// Name of the community.
    pub name: String,
    /// Its fixed offset.
    pub offset: UtcOffset,
    /// Gates by number and name.
    pub gates: Vec<(u8, String)>,
    /// Name of the founder's office.
    pub office: String,
    /// The founder's paper key.
    pub paper: linli_base::DeviceId,
}

/// Why a home cannot be opened, founded or joined.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// No community lives here yet.
    #[error("this home belongs to no community yet")]
    NoCommunity,
    /// The charter held here does not verify: the store is damaged.
    #[error("the charter held here does not verify")]
    Charter(#[from] CharterError),
    /// Our certificate does not fit our key: the store and the keys are of different homes.
    #[error("the keys are not those of this home")]
    OtherKeys,
    /// The first entries could not be written.
    #[error(transparent)]
    Write(#[from] WriteFault),
}

/// The secrets a home is opened with.
pub struct DeviceKeys {
    /// Signs.
    pub sign: SigningKey,
    /// Opens what is sealed to the device.
    pub kex: KexSecret,
    /// libp2p.
    pub net_seed: Zeroizing<[u8; 32]>,
}

/// Reads the certificate of a home's store; `None` before it joined.
///
/// # Errors
/// A fault of the store.
pub fn read_identity_certificate(store: &dyn Store) -> Result<Option<Certificate>, StoreFault> {
    Ok(store
        .get(Table::Meta, META_CERTIFICATE)?
        .and_then(|b| Certificate::parse(&b).ok()))
}

impl Replica {
    /// Founds a community on this device: founder, issuing key and office with the right to grant.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub fn found(
        store: Box<dyn Store>,
        keys: DeviceKeys,
        mut dice: Box<dyn Dice + Send>,
        founding: &Founding,
        now: Now,
    ) -> Result<Self, OpenFault> {
        let device = keys.sign.device();
        let mut salt = [0; 16];
        dice.fill(&mut salt);
        let body = Epoch {
            number: 0,
            prev: EpochId::ZERO,
            name: founding.name.clone(),
            offset: founding.offset,
            members: vec![Member {
                day: device,
                paper: founding.paper,
            }],
            threshold: 1,
            issuing: vec![IssuingKey {
                device,
                buildings: vec![],
                machines: true,
            }],
            offices: vec![],
            roles: vec![RoleGrant {
                device,
                bits: ROLE_NOTICE | ROLE_GATE | ROLE_OFFICER | ROLE_REGISTER,
            }],
            gates: founding
                .gates
                .iter()
                .map(|(number, name)| Gate {
                    number: *number,
                    name: name.clone(),
                    device: None,
                })
                .collect(),
            limits: Limits::default(),
            cuts: vec![],
            retired: vec![],
            ended_holds: vec![],
            checkpoint: vec![],
            round: 0,
            time: now.wall.seconds().0,
            salt,
        };
        let founder = std::slice::from_ref(&keys.sign);
        let mut charter = Charter::found(&body, founder)?;
        let community = *charter.community();
        let principal = PrincipalId::of_first_device(&community, &device);
        // The office's id follows from the community's, so it can only be named from epoch 1 on.
        let office = Office {
            principal,
            name: founding.office.clone(),
        };
        let next = charter.propose(now.wall.seconds().0, founder, |e| e.offices.push(office))?;
        charter.append(&next)?;
        let claims = DeviceClaims {
            community: community.short(),
            exp: UnixSec(now.wall.seconds().0 + limits::CERT_LIFE_S),
            nbf: UnixSec(now.wall.seconds().0.saturating_sub(300)),
            iat: now.wall.seconds(),
            device,
            roles: cert::MAY_GRANT | cert::IS_OFFICE,
            principal,
            unit: None,
            gate: None,
            enrol_seq: 2,
        };
        let certificate =
            Certificate::sign(&claims, &keys.sign).map_err(|_| OpenFault::OtherKeys)?;
        let enrol = Enrol {
            certificate: certificate.bytes().to_vec(),
            kex: *keys.kex.public().as_bytes(),
            net: SigningKey::from_seed(&keys.net_seed).device().0,
        };
        let mut replica = Self::assemble(store, keys, dice, charter, certificate)?;
        let changed = replica
            .authority
            .add_certificate(replica.me.certificate.clone());
        replica.note_changed(changed);
        replica.staged.put(Table::Meta, META_FOUNDER, *b"1");
        let lane = LaneKey {
            class: LaneClass::Authority,
            scope: ScopeId::ZERO,
            period: Period::NONE,
        };
        replica.write(
            now,
            EntryKind::ENROL,
            lane,
            About::Of(device.act_target()),
            &enrol.encode(),
        )?;
        replica.ensure_scope_keys(now)?;
        replica.flush(now, &mut Vec::new())?;
        Ok(replica)
    }

    /// Joins with a certificate and the charter that an enrolment brought.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub fn join(
        store: Box<dyn Store>,
        keys: DeviceKeys,
        dice: Box<dyn Dice + Send>,
        epochs: &[Vec<u8>],
        certificate: &[u8],
        now: Now,
    ) -> Result<Self, OpenFault> {
        let (first, rest) = epochs.split_first().ok_or(OpenFault::NoCommunity)?;
        let mut charter = Charter::from_founding(first)?;
        for epoch in rest {
            charter.append(epoch)?;
        }
        let certificate = Certificate::parse(certificate).map_err(|_| OpenFault::OtherKeys)?;
        let mut replica = Self::assemble(store, keys, dice, charter, certificate)?;
        let changed = replica
            .authority
            .add_certificate(replica.me.certificate.clone());
        replica.note_changed(changed);
        replica.flush(now, &mut Vec::new())?;
        Ok(replica)
    }

    fn assemble(
        store: Box<dyn Store>,
        keys: DeviceKeys,
        dice: Box<dyn Dice + Send>,
        charter: Charter,
        certificate: Certificate,
    ) -> Result<Self, OpenFault> {
        if certificate.claims().device != keys.sign.device() {
            return Err(OpenFault::OtherKeys);
        }
        let mut staged = Staged::new(store);
        for held in charter.chain() {
            staged.put(
                Table::Epochs,
                held.epoch.number.to_be_bytes(),
                held.bytes.clone(),
            );
        }
        staged.put(Table::Meta, META_CERTIFICATE, certificate.bytes().to_vec());
        let rows = [linli_record::row::ROW_VERSION];
        staged.put(Table::Meta, super::rebuild::META_ROWS, rows);
        Ok(Self::empty(staged, keys, dice, charter, certificate))
    }

    fn empty(
        staged: Staged,
        keys: DeviceKeys,
        dice: Box<dyn Dice + Send>,
        charter: Charter,
        certificate: Certificate,
    ) -> Self {
        let community = *charter.community();
        let me = Identity {
            community,
            principal: certificate.claims().principal,
            kind: kind_of(&certificate),
            sign: keys.sign,
            kex: keys.kex,
            net_seed: keys.net_seed,
            certificate,
        };
        Self {
            me,
            authority: Authority::new(charter),
            logs: Logs::new(community, []),
            hub: Hub::new(),
            staged,
            shelf: Shelf::default(),
            fresh: Fresh::default(),
            scope_keys: BTreeMap::new(),
            news: News::default(),
            judged: Vec::new(),
            orphans: BTreeMap::new(),
            own_body: None,
            refold: false,
            learned: false,
            relearn: false,
            changed: BTreeSet::new(),
            touched: super::Touched::All,
            holds: BTreeMap::new(),
            refused: BTreeMap::new(),
            unheard: BTreeMap::new(),
            ground: super::fallback::Ground::default(),
            bugs: PlantedBugs::default(),
            dice,
        }
    }

    /// Opens a home that has joined.
    ///
    /// # Errors
    /// [`OpenFault`].
    pub fn open(
        store: Box<dyn Store>,
        keys: DeviceKeys,
        dice: Box<dyn Dice + Send>,
    ) -> Result<Self, OpenFault> {
        let certificate =
            read_identity_certificate(store.as_ref())?.ok_or(OpenFault::NoCommunity)?;
        if certificate.claims().device != keys.sign.device() {
            return Err(OpenFault::OtherKeys);
        }
        let mut charter: Option<Charter> = None;
        let staged = Staged::new(store);
        for (_, bytes) in staged.rows(Table::Epochs, &[])? {
            match &mut charter {
                None => charter = Some(Charter::from_founding(&bytes)?),
                Some(charter) => {
                    charter.append(&bytes)?;
                }
            }
        }
        let charter = charter.ok_or(OpenFault::NoCommunity)?;
        let mut replica = Self::empty(staged, keys, dice, charter, certificate);
        replica.load()?;
        Ok(replica)
    }

    /// Goes back to what is committed, after a commit failed.
    pub(super) fn reload(&mut self) -> Result<(), StoreFault> {
        self.staged.discard();
        self.touched = super::Touched::All;
        self.lose_ground();
        let mut charter: Option<Charter> = None;
        for (_, bytes) in self.staged.rows(Table::Epochs, &[])? {
            match &mut charter {
                None => charter = Charter::from_founding(&bytes).ok(),
                Some(charter) => {
                    // What does not follow any more was never committed.
                    let _ = charter.append(&bytes);
                }
            }
        }
        if let Some(charter) = charter {
            self.authority = Authority::new(charter);
        }
        self.shelf = Shelf::default();
        self.fresh = Fresh::default();
        self.news = News::default();
        self.judged.clear();
        self.scope_keys.clear();
        self.refold = false;
        self.load()?;
        self.ground.lost = false;
        Ok(())
    }

    /// Fills memory from the committed store.
    fn load(&mut self) -> Result<(), StoreFault> {
        self.load_secrets()?;
        let mut heads = BTreeMap::new();
        for (key, value) in self.staged.rows(Table::Index, layout::HEADS)? {
            let log = LogKey::from_bytes(&key[1..]);
            let head = value
                .split_first_chunk::<4>()
                .and_then(|(seq, id)| Some((u32::from_be_bytes(*seq), EntryId::from_slice(id)?)));
            if let (Some(log), Some((seq, id))) = (log, head) {
                heads.insert(log, Head { seq, id });
                self.shelf.heads.insert(log, (seq, id));
            }
        }
        self.logs = Logs::new(self.me.community, heads.clone());
        let mut entries: Vec<Entry> = Vec::new();
        for (log, head) in &heads {
            let last = if log.lane.class == LaneClass::Authority {
                head.seq
            } else {
                1
            };
            for seq in 1..=last {
                entries.extend(self.entry_at(log, seq)?);
            }
        }
        let mut acts = Vec::new();
        for (key, value) in self.staged.rows(Table::Acts, &[])? {
            let entry = read_act(&value)
                .and_then(|(bytes, cert)| Some((Entry::decode(&bytes).ok()?, cert)));
            if let (Some(id), Some((entry, cert))) = (EntryId::from_slice(&key), entry) {
                self.shelf.acts.insert(id, entry.header.log().lane);
                acts.push((id, entry, cert));
            }
        }
        let mut forks = Vec::new();
        for (key, value) in self.staged.rows(Table::Index, layout::FORKS)? {
            if let (Some(log), Ok(seq)) = (
                LogKey::from_bytes(&key[1..]),
                <[u8; 4]>::try_from(value.as_slice()),
            ) {
                forks.push((log, u32::from_be_bytes(seq)));
            }
        }
        if !forks.is_empty() {
            entries.extend(self.load_proofs(&forks)?);
        }
        for (_, value) in self.staged.rows(Table::Statements, &[])? {
            if let Some(s) = Statement::decode(&value) {
                self.shelf.statements.insert(s.key, s.counter);
            }
        }
        let (mine, community) = (self.me.certificate.clone(), self.me.community);
        self.authority.all_at_once(|a| {
            a.add_certificate(mine);
            for entry in &entries {
                add_entry(a, entry, &community);
            }
            for (id, entry, cert) in &acts {
                if let Ok(cert) = Certificate::parse(cert) {
                    a.add_certificate(cert);
                }
                if let Some(body) = entry.payload.as_deref().and_then(plain_body) {
                    a.add_act(&entry.header, *id, body);
                }
            }
            for (log, seq) in forks {
                a.add_fork(log, seq);
            }
        });
        self.renew_own_certificate();
        Ok(())
    }

    /// Finds the other branch of each fork in quarantine; returns entries of authority logs, which decide standing on both.
    fn load_proofs(&mut self, forks: &[(LogKey, u32)]) -> Result<Vec<Entry>, StoreFault> {
        let mut authority = Vec::new();
        for (_, value) in self.staged.rows(Table::Quarantine, &[])? {
            let Ok(entry) = Entry::decode(&value) else {
                continue;
            };
            let place = (entry.header.log(), entry.header.seq);
            if forks.contains(&place) {
                let id = entry.header.id(&self.me.community);
                self.shelf.forks.insert(place.0, (place.1, id));
            }
            if entry.header.class == LaneClass::Authority {
                authority.push(entry);
            }
        }
        Ok(authority)
    }

    /// The newest certificate of this device that counts is the one it shows.
    fn renew_own_certificate(&mut self) {
        if let Some(device) = self.authority.device(&self.me.device()) {
            self.me.certificate = device.certificate.clone();
        }
    }

    /// Whether this home holds a founder's day key.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn is_founder(&self) -> Result<bool, StoreFault> {
        Ok(self.staged.get(Table::Meta, META_FOUNDER)?.is_some())
    }
}

/// What kind of principal a certificate is for.
#[must_use]
pub fn kind_of(certificate: &Certificate) -> PrincipalKind {
    let roles = certificate.claims().roles;
    if roles & cert::IS_GATE != 0 {
        PrincipalKind::Gate
    } else if roles & cert::IS_SCREEN != 0 {
        PrincipalKind::Screen
    } else if roles & cert::IS_OFFICE != 0 {
        PrincipalKind::Office
    } else {
        PrincipalKind::Household
    }
}

/// Feeds an entry that decides standing to the authority.
pub(super) fn add_entry(a: &mut Authority, entry: &Entry, community: &CommunityId) {
    let h = &entry.header;
    let Some(body) = entry.payload.as_deref().and_then(plain_body) else {
        return;
    };
    if h.kind == EntryKind::OPEN
        && let Ok(certificate) = Certificate::parse(body)
    {
        a.add_certificate(certificate);
    }
    if h.class == LaneClass::Authority {
        let id = h.id(community);
        a.add_authority_entry(h, id, authority_body(h.kind, body));
        if h.kind.is_act() {
            a.add_act(h, id, body);
        }
    }
}

/// Reads the body of an authority entry.
pub(super) fn authority_body(kind: EntryKind, body: &[u8]) -> AuthorityBody {
    match kind {
        EntryKind::ENROL => Enrol::decode(body).map_or(AuthorityBody::Other, AuthorityBody::Enrol),
        EntryKind::KEYSET => {
            Keyset::decode(body).map_or(AuthorityBody::Other, AuthorityBody::Keyset)
        }
        _ => AuthorityBody::Other,
    }
}
