//! How an unfinished enrolment waits between two commands.
//!
//! `linli join` may be one process and the confirmation another, so each state can be written down and read
//! back. These bytes hold secrets: they belong in the home's sealed store and nowhere else, they never
//! travel, and they are wiped from memory when dropped. Fixed fields come first and the frames after, so
//! that a secret is written once and no buffer grows around it.

use super::frames::{HostKeys, Reveal};
use super::{HostState, InviteSecret, JoinerState, Role, Session};
use crate::seal::KexSecret;
use crate::sign::PublicKey;
use linli_base::CommunityId;
use zeroize::Zeroizing;

/// The bytes are not a state that this version wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the stored state of the enrolment cannot be read")]
pub struct StateError;

const VERSION: u8 = 1;
const JOINER: u8 = 1;
const HOST: u8 = 2;
const SESSION: u8 = 3;

impl JoinerState {
    /// For the home's sealed store.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let net = self.host_net.map_or([0; 32], |net| net.device().0);
        let ephemeral = self.ephemeral.to_bytes();
        let frame = self.reveal.encode();
        join(&[
            &[VERSION, JOINER],
            self.secret.as_bytes(),
            ephemeral.as_slice(),
            &self.community.0,
            &net,
            &frame,
        ])
    }

    /// Reads [`Self::to_bytes`] again.
    ///
    /// # Errors
    /// [`StateError`] for any other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        let mut rest = after_head(bytes, JOINER)?;
        let secret = InviteSecret::from_bytes(take(&mut rest)?);
        let ephemeral = KexSecret::from_bytes(take(&mut rest)?);
        let community = CommunityId(*take(&mut rest)?);
        let net: &[u8; 32] = take(&mut rest)?;
        let host_net = match net {
            [0, zeros @ ..] if zeros.iter().all(|&b| b == 0) => None,
            net => Some(PublicKey::parse(net).map_err(|_| StateError)?),
        };
        let reveal = Reveal::decode(rest).map_err(|_| StateError)?;
        if reveal.ephemeral != ephemeral.public() {
            return Err(StateError);
        }
        Ok(Self {
            secret,
            ephemeral,
            community,
            host_net,
            reveal,
        })
    }
}

impl HostState {
    /// For the home's sealed store.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let ephemeral = self.ephemeral.to_bytes();
        let frame = self.host.encode();
        join(&[
            &[VERSION, HOST],
            self.secret.as_bytes(),
            ephemeral.as_slice(),
            &self.commitment,
            &frame,
        ])
    }

    /// Reads [`Self::to_bytes`] again.
    ///
    /// # Errors
    /// [`StateError`] for any other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        let mut rest = after_head(bytes, HOST)?;
        let secret = InviteSecret::from_bytes(take(&mut rest)?);
        let ephemeral = KexSecret::from_bytes(take(&mut rest)?);
        let commitment = *take(&mut rest)?;
        let host = HostKeys::decode(rest).map_err(|_| StateError)?;
        if host.ephemeral != ephemeral.public() {
            return Err(StateError);
        }
        Ok(Self {
            secret,
            ephemeral,
            commitment,
            host,
        })
    }
}

impl Session {
    /// For the home's sealed store.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let (host, joiner) = (self.host.encode(), self.joiner.encode());
        let host_len = u16::try_from(host.len()).unwrap_or(u16::MAX).to_be_bytes();
        join(&[
            &[VERSION, SESSION, self.role as u8],
            self.key.as_slice(),
            &self.bits,
            &host_len,
            &host,
            &joiner,
        ])
    }

    /// Reads [`Self::to_bytes`] again.
    ///
    /// # Errors
    /// [`StateError`] for any other bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StateError> {
        let mut rest = after_head(bytes, SESSION)?;
        let role = match take::<1>(&mut rest)? {
            [1] => Role::Joiner,
            [2] => Role::Host,
            _ => return Err(StateError),
        };
        let key = Zeroizing::new(*take(&mut rest)?);
        let bits = *take(&mut rest)?;
        let host_len = usize::from(u16::from_be_bytes(*take(&mut rest)?));
        let (host, joiner) = rest.split_at_checked(host_len).ok_or(StateError)?;
        Ok(Self {
            role,
            bits,
            key,
            host: HostKeys::decode(host).map_err(|_| StateError)?,
            joiner: Reveal::decode(joiner).map_err(|_| StateError)?,
        })
    }
}

/// Concatenates into a buffer that never grows, so that no copy of a secret is left on the heap.
fn join(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let mut out = Zeroizing::new(Vec::with_capacity(parts.iter().map(|p| p.len()).sum()));
    parts.iter().for_each(|part| out.extend_from_slice(part));
    out
}

fn after_head(bytes: &[u8], kind: u8) -> Result<&[u8], StateError> {
    bytes.strip_prefix(&[VERSION, kind]).ok_or(StateError)
}

fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Result<&'b [u8; N], StateError> {
    let (head, tail) = rest.split_first_chunk::<N>().ok_or(StateError)?;
    *rest = tail;
    Ok(head)
}
