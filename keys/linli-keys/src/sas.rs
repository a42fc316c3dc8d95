//! Letting a new device in while two people compare seven pictures.
//!
//! The office shows a QR code with a one-time secret; the new device answers. Both exchange keys in an order
//! in which neither can choose its own after seeing the other's (commit, then reveal), and both derive seven
//! pictures from all that was said. If the people see the same pictures, nobody stands between the devices.
//! The design is that of ZRTP and of Matrix's device verification; bytes and CDDL are in
//! `docs/formats/sas.md`.
//!
//! ```text
//! joiner                                   host
//!   start ------- 1 Commit ----------------> answer
//!  reveal <------ 2 HostKeys --------------
//!         ------- 3 Reveal ----------------> check
//!   both show Session::pictures; two people compare
//! confirm ------- 4 Confirm ---------------> check_confirm, and the host's person agrees
//!    open <------ sealed answer ------------ seal
//! ```
//!
//! ```
//! use linli_base::{CommunityId, Dice, EpochId, Private};
//! use linli_keys::SigningKey;
//! use linli_keys::sas::{HostOffer, HostState, InviteSecret, JoinKeys, JoinRequest, JoinerState};
//! use linli_keys::seal::KexSecret;
//! # struct Count(u8);
//! # impl Dice for Count {
//! #     fn fill(&mut self, out: &mut [u8]) {
//! #         for b in out { self.0 = self.0.wrapping_mul(5).wrapping_add(1); *b = self.0; }
//! #     }
//! # }
//! # fn main() -> Result<(), linli_keys::sas::SasError> {
//! # let mut dice = Count(7);
//! # let dice = &mut dice;
//! let community = CommunityId([1; 32]);
//! let secret = InviteSecret::generate(dice); // travels in the QR code
//! let (sign, net, kex) = (SigningKey::generate(dice), SigningKey::generate(dice), KexSecret::generate(dice));
//! let keys = JoinKeys { sign: sign.public(), net: net.public(), kex: kex.public() };
//! let name = Private::new("客厅电脑".to_string());
//! let request = JoinRequest { community, secret: secret.clone(), host_net: None, keys, name };
//! let (joiner, commit) = JoinerState::start(request, dice)?;
//!
//! # let office = SigningKey::generate(dice);
//! let offer = HostOffer {
//!     community,
//!     sign: office.public(),
//!     net: office.public(),
//!     unit: Private::new("3-2-502".into()),
//!     role: "household".into(),
//!     epoch: EpochId([2; 32]),
//! };
//! let (host, host_keys) = HostState::answer(offer, secret, &commit, dice)?;
//! let (at_joiner, reveal) = joiner.reveal(host_keys)?;
//! let at_host = host.check(reveal)?;
//! assert!(at_host.pictures().matches(&at_joiner.pictures()));
//!
//! let enrolled = at_host.check_confirm(&at_joiner.confirm(&sign))?;
//! assert_eq!(enrolled.keys, keys);
//! let answer = at_host.seal(b"enrolled", b"certificate", dice);
//! assert_eq!(at_joiner.open(b"enrolled", &answer)?.as_slice(), b"certificate");
//! # Ok(())
//! # }
//! ```

mod emoji;
mod exchange;
mod frames;
mod invite;
mod resting;
mod session;
mod typed;

pub use emoji::{Emoji, Lang, Seven, TABLE, emoji_of};
pub use exchange::{HostOffer, HostState, JoinRequest, JoinerState, SasError};
pub use frames::{
    Commit, Confirm, FrameError, HostKeys, JoinKeys, NAME_CHARS, PLACE_CHARS, Reveal,
};
pub use invite::{InviteId, InviteSecret};
pub use resting::StateError;
pub use session::{BOX_OVERHEAD, Role, Session};
pub use typed::{TypedError, parse_typed};

#[cfg(test)]
mod tests;
