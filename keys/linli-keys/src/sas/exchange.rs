//! The two sides of an enrolment, each a value that is used up by its next step.
//!
//! The joiner commits to its keys before it sees the host's, and the host shows its keys before it sees the
//! joiner's. Whoever stands between them must therefore choose blindly on one side or the other and is
//! right once in 2^42 exchanges, each of which two people see fail.

use super::frames::{
    self, Commit, FrameError, HostKeys, JoinKeys, NAME_CHARS, PLACE_CHARS, Reveal,
};
use super::{InviteSecret, Role, Session};
use crate::seal::KexSecret;
use crate::sign::PublicKey;
use linli_base::{CommunityId, Dice, EpochId, Private, hash};
use std::fmt;

/// Domain of the joiner's commitment.
const DOMAIN_COMMIT: &str = "linli/sas-commit/1";
/// Domain of the joiner's proof that it holds the invitation.
const DOMAIN_JOINER_PROOF: &str = "linli/sas-joiner/1";
/// Domain of the host's proof.
const DOMAIN_HOST_PROOF: &str = "linli/sas-host/1";

/// Why an exchange ends. After any of these the window should be closed and a new invitation made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SasError {
    /// The commitment names another invitation than the one that is open: the peer's fault, or an old QR code.
    #[error("this answers another invitation")]
    OtherInvite,
    /// The peer does not hold the invitation's secret.
    #[error("the other side does not hold the invitation's secret")]
    Proof,
    /// The host speaks for another neighbourhood than the invitation names.
    #[error("the host belongs to {0}, which is not the neighbourhood of the invitation")]
    OtherCommunity(CommunityId),
    /// The host has another transport key than the invitation names.
    #[error("the host is not the device that the invitation names")]
    OtherHost,
    /// What was revealed is not what was committed to: someone stands between, or a broken peer.
    #[error("the revealed keys are not those that were committed to")]
    Commitment,
    /// A message of the session was not made by the other side.
    #[error("the message is not from the other side of this exchange")]
    Mac,
    /// The joiner does not hold the signing key that it wants enrolled.
    #[error("the joiner does not hold the signing key that it showed")]
    Signature,
    /// A name, unit or role that cannot be shown: ours, before anything was sent.
    #[error(transparent)]
    Text(#[from] FrameError),
}

/// What a joiner begins with.
#[derive(Clone, Debug)]
pub struct JoinRequest {
    /// The neighbourhood named in the invitation.
    pub community: CommunityId,
    /// The invitation's secret.
    pub secret: InviteSecret,
    /// The host's transport key, where the invitation names it.
    pub host_net: Option<PublicKey>,
    /// The keys to be enrolled.
    pub keys: JoinKeys,
    /// What the device calls itself: 1 to 64 visible characters.
    pub name: Private<String>,
}

/// What a host answers with.
#[derive(Clone, Debug)]
pub struct HostOffer {
    /// The neighbourhood.
    pub community: CommunityId,
    /// The enrolling device's signing key.
    pub sign: PublicKey,
    /// The enrolling device's transport key.
    pub net: PublicKey,
    /// The unit of a household; may be empty, at most 128 visible characters.
    pub unit: Private<String>,
    /// What the device will be; may be empty, at most 128 visible characters.
    pub role: String,
    /// The newest epoch known to the host.
    pub epoch: EpochId,
}

/// A joiner that has committed and waits for the host's keys.
///
/// Must answer one host only: the pictures are safe because the keys are shown after the host's. A program
/// that stores it replaces it by the [`Session`] *before* the reveal is sent.
pub struct JoinerState {
    pub(super) secret: InviteSecret,
    pub(super) ephemeral: KexSecret,
    pub(super) community: CommunityId,
    pub(super) host_net: Option<PublicKey>,
    pub(super) reveal: Reveal,
}

impl JoinerState {
    /// Begins: the first frame, and what is kept until the host answers.
    ///
    /// # Errors
    /// [`SasError::Text`] when the name cannot be shown.
    pub fn start(request: JoinRequest, dice: &mut dyn Dice) -> Result<(Self, Commit), SasError> {
        frames::check_text(request.name.reveal(), 1, NAME_CHARS, "name")?;
        let ephemeral = KexSecret::generate(dice);
        let mut nonce = [0; 16];
        dice.fill(&mut nonce);
        let reveal = Reveal {
            ephemeral: ephemeral.public(),
            keys: request.keys,
            name: request.name,
            nonce,
        };
        let community = request.community;
        let commitment = commitment_of(&reveal, &community);
        let secret = request.secret;
        let commit = Commit {
            invite: secret.id(&community),
            commitment,
            proof: *secret
                .prove(DOMAIN_JOINER_PROOF, &community, &commitment)
                .as_bytes(),
        };
        let state = Self {
            secret,
            ephemeral,
            community,
            host_net: request.host_net,
            reveal,
        };
        Ok((state, commit))
    }

    /// Takes the host's answer and shows the keys.
    ///
    /// # Errors
    /// When the host does not hold the invitation's secret or is not the one that it names.
    pub fn reveal(self, host: HostKeys) -> Result<(Session, Reveal), SasError> {
        let commitment = commitment_of(&self.reveal, &self.community);
        if host.community != self.community {
            return Err(SasError::OtherCommunity(host.community));
        }
        if self.host_net.is_some_and(|net| net != host.net) {
            return Err(SasError::OtherHost);
        }
        if host_proof(&self.secret, &host, &commitment) != host.proof {
            return Err(SasError::Proof);
        }
        let shared = self.ephemeral.agree(&host.ephemeral);
        let reveal = self.reveal.clone();
        let session = Session::derive(Role::Joiner, &shared, &self.secret, host, self.reveal);
        Ok((session, reveal))
    }
}

impl fmt::Debug for JoinerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The keys are public, but not yet: the commitment hides them until the host has shown its own.
        write!(f, "JoinerState(••• for {})", self.community)
    }
}

/// A host that has shown its keys and waits for the joiner's.
#[derive(Debug)]
pub struct HostState {
    pub(super) secret: InviteSecret,
    pub(super) ephemeral: KexSecret,
    pub(super) commitment: [u8; 32],
    pub(super) host: HostKeys,
}

impl HostState {
    /// Answers a joiner's first frame.
    ///
    /// # Errors
    /// When the frame answers another invitation or was made without its secret, or when our own texts
    /// cannot be shown.
    pub fn answer(
        offer: HostOffer,
        secret: InviteSecret,
        commit: &Commit,
        dice: &mut dyn Dice,
    ) -> Result<(Self, HostKeys), SasError> {
        frames::check_text(offer.unit.reveal(), 0, PLACE_CHARS, "unit")?;
        frames::check_text(&offer.role, 0, PLACE_CHARS, "role")?;
        let community = offer.community;
        if commit.invite != secret.id(&community) {
            return Err(SasError::OtherInvite);
        }
        let proof = secret.prove(DOMAIN_JOINER_PROOF, &community, &commit.commitment);
        if proof != commit.proof {
            return Err(SasError::Proof);
        }
        let ephemeral = KexSecret::generate(dice);
        let mut host = HostKeys {
            ephemeral: ephemeral.public(),
            sign: offer.sign,
            net: offer.net,
            community,
            unit: offer.unit,
            role: offer.role,
            epoch: offer.epoch,
            proof: [0; 32],
        };
        host.proof = *host_proof(&secret, &host, &commit.commitment).as_bytes();
        let state = Self {
            secret,
            ephemeral,
            commitment: commit.commitment,
            host: host.clone(),
        };
        Ok((state, host))
    }

    /// Takes the joiner's keys.
    ///
    /// # Errors
    /// [`SasError::Commitment`] when they are not those it committed to.
    pub fn check(self, reveal: Reveal) -> Result<Session, SasError> {
        // Public values: comparing them tells nobody anything.
        if commitment_of(&reveal, &self.host.community) != self.commitment {
            return Err(SasError::Commitment);
        }
        let shared = self.ephemeral.agree(&reveal.ephemeral);
        Ok(Session::derive(
            Role::Host,
            &shared,
            &self.secret,
            self.host,
            reveal,
        ))
    }
}

/// What the joiner binds itself to: BLAKE3 over domain, community and the bytes of the third frame.
pub(super) fn commitment_of(reveal: &Reveal, community: &CommunityId) -> [u8; 32] {
    hash::blake3_of(DOMAIN_COMMIT, community, &[&reveal.encode()])
}

fn host_proof(secret: &InviteSecret, host: &HostKeys, commitment: &[u8; 32]) -> blake3::Hash {
    let message = [commitment.as_slice(), &host.unproved()].concat();
    secret.prove(DOMAIN_HOST_PROOF, &host.community, &message)
}
