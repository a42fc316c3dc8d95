//! What the committee of a random community does: epochs, cut-offs, checkpoints.

use super::super::set::{Item, authority_log, cut, device};
use super::{ALL, OFFICER, STEWARD, World};
use linli_base::{LaneClass, PrincipalId, ScopeId};
use linli_charter::Cut;
use linli_charter::epoch::{DeviceCut, ROLE_GATE, ROLE_OFFICER, RoleGrant, Subtree, merkle_root};

impl World {
    /// The committee cuts a device off at its heads, with all its logs.
    pub fn cut_off(&mut self, of: u8, branch: u8) {
        let heads = self.heads_of(of, branch * 3);
        let item = self.maker.epoch(|e| {
            let device = device(of);
            e.cuts.push(DeviceCut { device, heads });
        });
        self.items.push(item);
    }

    /// The committee cuts a device off whose key was used twice, on this branch, that one, or both.
    pub(super) fn cut_whom_was_forked(&mut self, a: u8, b: u8, c: u8) {
        let forked: Vec<u8> = (0..ALL)
            .filter(|n| self.heads.contains_key(&(*n, 1)))
            .collect();
        let Some(of) = forked.get(usize::from(a) % forked.len().max(1)).copied() else {
            return self.epoch(0, b, c);
        };
        let branches: &[u8] = [&[0][..], &[3], &[0, 3]][usize::from(b % 3)];
        let mut heads: Vec<Vec<Cut>> = branches
            .iter()
            .map(|branch| self.heads_of(of, c & 0b1100 | branch))
            .collect();
        if c >= 128 && heads.len() == 2 {
            // At the same place.
            let seq = heads.iter().map(|h| h[0].seq).min().unwrap_or(0);
            for (h, branch) in heads.iter_mut().zip([0, 1]) {
                h[0] = cut(h[0].log, seq, self.id_at(of, branch, seq));
            }
        }
        let item = self.maker.epoch(|e| {
            for heads in heads {
                let device = device(of);
                e.cuts.push(DeviceCut { device, heads });
            }
        });
        self.items.push(item);
    }

    pub fn epoch(&mut self, a: u8, b: u8, c: u8) {
        let of = b % ALL;
        let heads = self.heads_of(of, c);
        let principal: PrincipalId = self.maker.principal(device(of));
        let hold = self
            .holds
            .get(usize::from(c) % self.holds.len().max(1))
            .copied();
        let item = self.maker.epoch(|e| match a % 8 {
            0 | 1 => e.cuts.push(DeviceCut {
                device: device(of),
                heads,
            }),
            2 => e.retired.push(principal),
            3 => e.ended_holds.extend(hold),
            4 => e.issuing.retain(|k| k.device != device(STEWARD)),
            5 => {
                for k in &mut e.issuing {
                    k.buildings = vec![["1", "2"][usize::from(c % 2)].to_owned()];
                }
            }
            6 => {
                e.roles.retain(|r| r.device != device(OFFICER + b % 2));
                e.gates[0].device = Some(device(of));
            }
            _ => e.roles.push(RoleGrant {
                device: device(of),
                bits: ROLE_OFFICER | ROLE_GATE,
            }),
        });
        self.items.push(item);
    }

    /// A checkpoint over some authority logs, with the leaves it commits to, and now and then others.
    pub(super) fn checkpoint(&mut self, a: u8, b: u8) {
        let mut leaves = Vec::new();
        for n in 0..ALL {
            if (u16::from(a) >> (n % 8)) & 1 == 1 {
                let heads = self.heads_of(n, b & 0b1111);
                leaves.extend(
                    heads
                        .into_iter()
                        .find(|c| c.log == authority_log(device(n))),
                );
            }
        }
        let class = LaneClass::Authority as u8;
        let root = merkle_root(&leaves);
        let item = self.maker.epoch(|e| {
            e.checkpoint.push(Subtree {
                class,
                scope: ScopeId::ZERO,
                root,
            });
        });
        self.items.push(item);
        if (b / 16).is_multiple_of(4) {
            leaves.pop();
        }
        self.items.push(Item::Leaves(class, ScopeId::ZERO, leaves));
    }
}
