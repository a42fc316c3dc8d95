//! What the tests of an enrolment share: devices, dice and an invitation.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod exchange;
mod foreign;
mod frames;
mod typed;

use super::*;
use crate::seal::KexSecret;
use crate::sign::SigningKey;
use linli_base::{CommunityId, Dice, EpochId, Private};

/// Dice that count, so that every draw is different and every run the same.
struct Counting(u64);

impl Dice for Counting {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

const COMMUNITY: CommunityId = CommunityId([0xC0; 32]);

/// One device's secrets.
struct Device {
    sign: SigningKey,
    net: SigningKey,
    kex: KexSecret,
}

impl Device {
    fn new(seed: u64) -> Self {
        let mut dice = Counting(seed);
        Self {
            sign: SigningKey::generate(&mut dice),
            net: SigningKey::generate(&mut dice),
            kex: KexSecret::generate(&mut dice),
        }
    }

    fn keys(&self) -> JoinKeys {
        JoinKeys {
            sign: self.sign.public(),
            net: self.net.public(),
            kex: self.kex.public(),
        }
    }

    fn request(&self, secret: &InviteSecret) -> JoinRequest {
        JoinRequest {
            community: COMMUNITY,
            secret: secret.clone(),
            host_net: None,
            keys: self.keys(),
            name: Private::new("张三的手机".into()),
        }
    }

    fn offer(&self) -> HostOffer {
        HostOffer {
            community: COMMUNITY,
            sign: self.sign.public(),
            net: self.net.public(),
            unit: Private::new("3-2-502".into()),
            role: "household".into(),
            epoch: EpochId([9; 32]),
        }
    }
}

fn invite(seed: u64) -> InviteSecret {
    InviteSecret::generate(&mut Counting(seed))
}
