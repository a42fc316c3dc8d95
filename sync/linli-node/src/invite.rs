//! The invitation: what a joining device needs, as one line of text that fits a QR code.
//!
//! `LLI1:` ‖ base32 (upper case) of `CBOR ‖ first 4 bytes of its SHA-256`. Format: `docs/formats/invite.md`.

use linli_base::cbor::{self, Fields, Value};
use linli_base::{CommunityId, base32, hash};
use linli_keys::sas::InviteSecret;

/// Prefix of an invitation.
pub const PREFIX: &str = "LLI1:";
/// Longest invitation read.
const TEXT_MAX: usize = 4_096;

/// An invitation.
#[derive(Clone)]
pub struct Invite {
    /// The community.
    pub community: CommunityId,
    /// The inviting device's libp2p key.
    pub net: [u8; 32],
    /// One-time secret.
    pub secret: InviteSecret,
    /// Where the inviting device can be reached.
    pub addrs: Vec<String>,
    /// Until when, Unix seconds.
    pub until_s: u64,
}

/// Why a text is no invitation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InviteError {
    /// Does not begin like one.
    #[error("this is not an invitation")]
    NotOne,
    /// Of a newer version.
    #[error("this invitation is of a newer version")]
    Newer,
    /// Cut off, mistyped or damaged.
    #[error("the invitation is incomplete or damaged")]
    Damaged,
}

impl Invite {
    /// The text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = Value::map(vec![
            (1, Some(Value::bytes(&self.community.0))),
            (2, Some(Value::bytes(&self.net))),
            (3, Some(Value::bytes(self.secret.as_bytes()))),
            (
                4,
                Some(Value::Array(self.addrs.iter().map(Value::text).collect())),
            ),
            (5, Some(Value::Uint(self.until_s))),
        ])
        .encode();
        let check = hash::sha256(&bytes);
        bytes.extend_from_slice(&check[..4]);
        format!("{PREFIX}{}", base32::encode(&bytes).to_uppercase())
    }

    /// Reads a text, white space inside or around it aside.
    ///
    /// # Errors
    /// [`InviteError`].
    pub fn parse(text: &str) -> Result<Self, InviteError> {
        let text: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .take(TEXT_MAX + 1)
            .collect();
        let Some(rest) = text
            .strip_prefix(PREFIX)
            .or_else(|| text.strip_prefix("lli1:"))
        else {
            let newer = text.starts_with("LLI") && text.contains(':');
            return Err(if newer {
                InviteError::Newer
            } else {
                InviteError::NotOne
            });
        };
        if text.len() > TEXT_MAX {
            return Err(InviteError::Damaged);
        }
        let bytes = base32::decode(rest).ok_or(InviteError::Damaged)?;
        let (body, check) = bytes.split_last_chunk::<4>().ok_or(InviteError::Damaged)?;
        if hash::sha256(body)[..4] != check[..] {
            return Err(InviteError::Damaged);
        }
        let read = || {
            let mut f = Fields::of(cbor::decode(body, 4).ok()?).ok()?;
            let invite = Self {
                community: CommunityId(f.array(1).ok()?),
                net: f.array(2).ok()?,
                secret: InviteSecret::from_bytes(&f.array(3).ok()?),
                addrs: f
                    .list(4)
                    .ok()?
                    .into_iter()
                    .map(|a| a.into_text(4))
                    .collect::<Result<_, _>>()
                    .ok()?,
                until_s: f.uint(5).ok()?,
            };
            f.finish().ok()?;
            Some(invite)
        };
        read().ok_or(InviteError::Damaged)
    }
}

impl std::fmt::Debug for Invite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Invite(to {})", self.community)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_read_as_written_and_a_cut_one_is_noticed() {
        let invite = Invite {
            community: CommunityId([1; 32]),
            net: [2; 32],
            secret: InviteSecret::from_bytes(&[3; 32]),
            addrs: vec!["/ip4/127.0.0.1/tcp/4001".into()],
            until_s: 1_795_305_600,
        };
        let text = invite.to_text();
        let read = Invite::parse(&format!("  {}\n{} ", &text[..40], &text[40..])).unwrap();
        assert_eq!(read.to_text(), text);
        for cut in 6..text.len() {
            assert_eq!(
                Invite::parse(&text[..cut]).unwrap_err(),
                InviteError::Damaged,
                "{cut}"
            );
        }
        assert_eq!(Invite::parse("LLI2:ABC").unwrap_err(), InviteError::Newer);
        assert_eq!(Invite::parse("LL1:ABC").unwrap_err(), InviteError::NotOne);
        assert_eq!(Invite::parse("你好").unwrap_err(), InviteError::NotOne);
    }
}
