//! What a home must not lose and nobody else may have.

use linli_base::Dice;
use linli_keys::SigningKey;
use linli_keys::seal::KexSecret;
use std::fmt;
use zeroize::Zeroizing;

/// Length of the encoded form, always the same: it does not tell a founder's home from another.
pub(crate) const LEN: usize = 1 + 4 * 32 + 8 + 1 + 32;
/// First byte of the encoded form.
const VERSION: u8 = 1;

/// 32 secret bytes, wiped when dropped.
pub type Seed = Zeroizing<[u8; 32]>;

/// The secrets of one device (trust.md §2). Wiped when dropped, printed as dots.
///
/// Scope keys are not among them: they are many and rest in the store, sealed under [`Secrets::db_key`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secrets {
    /// Seed of the Ed25519 key that signs entries.
    pub sign_seed: Seed,
    /// Seed of the Ed25519 key of the transports.
    pub net_seed: Seed,
    /// X25519 secret that scope keys are wrapped to.
    pub kex_seed: Seed,
    /// What the store at rest is sealed with.
    pub db_key: Seed,
    /// Seed of a founder's day key, in the homes that have one.
    pub founder_seed: Option<Seed>,
    /// Counts the lives of this device's database, so that a restored copy is noticed (trust.md §5).
    pub generation: u64,
}

impl Secrets {
    /// New secrets for a new device, generation 1, without a founder's key.
    #[must_use]
    pub fn generate(dice: &mut dyn Dice) -> Self {
        Self {
            sign_seed: seed(dice),
            net_seed: seed(dice),
            kex_seed: seed(dice),
            db_key: seed(dice),
            founder_seed: None,
            generation: 1,
        }
    }

    /// The key that signs entries.
    #[must_use]
    pub fn sign(&self) -> SigningKey {
        SigningKey::from_seed(&self.sign_seed)
    }

    /// The key of the transports.
    #[must_use]
    pub fn net(&self) -> SigningKey {
        SigningKey::from_seed(&self.net_seed)
    }

    /// The pair that scope keys are wrapped to.
    #[must_use]
    pub fn kex(&self) -> KexSecret {
        KexSecret::from_bytes(&self.kex_seed)
    }

    /// The founder's day key, in the homes that have one.
    #[must_use]
    pub fn founder(&self) -> Option<SigningKey> {
        self.founder_seed
            .as_ref()
            .map(|seed| SigningKey::from_seed(seed))
    }

    /// `version 1 ‖ sign 32 ‖ net 32 ‖ kex 32 ‖ db 32 ‖ generation 8 ‖ founder? 1 ‖ founder 32 or zeros`.
    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut out = Zeroizing::new(Vec::with_capacity(LEN));
        out.push(VERSION);
        for seed in [
            &self.sign_seed,
            &self.net_seed,
            &self.kex_seed,
            &self.db_key,
        ] {
            out.extend_from_slice(seed.as_slice());
        }
        out.extend_from_slice(&self.generation.to_be_bytes());
        out.push(u8::from(self.founder_seed.is_some()));
        match &self.founder_seed {
            Some(seed) => out.extend_from_slice(seed.as_slice()),
            None => out.extend_from_slice(&[0; 32]),
        }
        out
    }

    /// Reads [`Self::encode`] again.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut rest = bytes;
        match take::<1>(&mut rest)? {
            [VERSION] => {}
            [version] if *version > VERSION => return Err(Unreadable::Newer(*version)),
            _ => return Err(Unreadable::Damaged),
        }
        let mut seed = || take::<32>(&mut rest).map(|seed| Zeroizing::new(*seed));
        let (sign_seed, net_seed, kex_seed, db_key) = (seed()?, seed()?, seed()?, seed()?);
        let generation = u64::from_be_bytes(*take(&mut rest)?);
        let has_founder = take::<1>(&mut rest)?;
        let founder = take::<32>(&mut rest)?;
        let founder_seed = match has_founder {
            [0] if *founder == [0; 32] => None,
            [1] => Some(Zeroizing::new(*founder)),
            _ => return Err(Unreadable::Damaged),
        };
        if !rest.is_empty() {
            return Err(Unreadable::Damaged);
        }
        Ok(Self {
            sign_seed,
            net_seed,
            kex_seed,
            db_key,
            founder_seed,
            generation,
        })
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Secrets(••• of {}, generation {})",
            self.sign().device(),
            self.generation
        )
    }
}

/// Why bytes are not what we wrote; the caller knows which file they came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unreadable {
    Damaged,
    Newer(u8),
    OtherHome,
    WrongPassphrase,
}

pub(crate) fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Result<&'b [u8; N], Unreadable> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or(Unreadable::Damaged)?;
    *rest = tail;
    Ok(head)
}

fn seed(dice: &mut dyn Dice) -> Seed {
    let mut seed = Zeroizing::new([0; 32]);
    dice.fill(seed.as_mut_slice());
    seed
}
