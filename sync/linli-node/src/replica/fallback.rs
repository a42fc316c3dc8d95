//! Going back to what is committed, when the disk said no.
//!
//! Whatever was staged is gone then, from memory too. What came from peers among it they believe to be here: they
//! would not send it again on the same link. So those links are hung up; they come up again by themselves, heads
//! are exchanged, and nothing is missing. Until memory could be filled from the disk again, nothing is taken in
//! and nothing is written: a replica that does not know its own heads would continue its logs in the wrong place.

use super::{Now, Replica};
use linli_protocol::hub::{Output, PeerFault};
use linli_protocol::{Input, LinkId};
use linli_store::StoreFault;
use std::collections::BTreeSet;

/// What a fall back has to undo outside the store.
#[derive(Debug, Default)]
pub(super) struct Ground {
    links: BTreeSet<LinkId>,
    /// Something a peer sent is staged.
    pub(super) foreign: bool,
    /// Frames that speak of a charter which is staged: they leave once it is committed.
    pub(super) after_commit: Vec<Output>,
    /// Links have to be hung up.
    severed: bool,
    /// Memory is not what is committed: it could not be read.
    pub(super) lost: bool,
    /// Something was staged meanwhile, and is gone.
    in_vain: bool,
}

impl Ground {
    /// Links that are up.
    pub(super) fn links(&self) -> Vec<LinkId> {
        self.links.iter().copied().collect()
    }
}

impl Replica {
    /// Before anything else happens: memory is whole, and links that must go are gone.
    pub(super) fn stand(&mut self, now: Now, out: &mut Vec<Output>) -> Result<(), StoreFault> {
        self.regain()?;
        self.sever(now, out);
        Ok(())
    }

    /// Fills memory again, if it could not be filled when the disk failed. What was staged meanwhile goes with the
    /// rest, so whoever has something to write calls this first.
    pub(super) fn regain(&mut self) -> Result<(), StoreFault> {
        if self.ground.lost {
            self.ground.in_vain |= self.staged.is_dirty();
            self.reload()?;
        }
        Ok(())
    }

    /// Whether something was staged on lost ground and is gone: its commit has to say so. Answered once.
    pub(super) const fn take_in_vain(&mut self) -> bool {
        std::mem::replace(&mut self.ground.in_vain, false)
    }

    /// Keeps the list of links.
    pub(super) fn note_link(&mut self, input: &Input) {
        match input {
            Input::LinkUp { link, .. } => {
                self.ground.links.insert(*link);
            }
            Input::LinkDown(link) => {
                self.ground.links.remove(link);
            }
            _ => {}
        }
    }

    /// A frame on its way out: at once, or after the commit if it may speak of a charter that is only staged.
    pub(super) fn emit(&mut self, output: Output, out: &mut Vec<Output>) {
        if self.news.epochs {
            self.ground.after_commit.push(output);
        } else {
            out.push(output);
        }
    }

    /// Goes back to what is committed.
    pub(super) fn fall_back(&mut self, now: Now, out: &mut Vec<Output>) {
        // Where not even reading works, it is tried again before anything else is done.
        let _ = self.reload();
        self.sever(now, out);
    }

    /// What was staged is being forgotten.
    pub(super) fn lose_ground(&mut self) {
        let unsent = !std::mem::take(&mut self.ground.after_commit).is_empty();
        self.ground.severed |= std::mem::take(&mut self.ground.foreign) || unsent;
        self.ground.lost = true;
    }

    fn sever(&mut self, now: Now, out: &mut Vec<Output>) {
        if !std::mem::take(&mut self.ground.severed) {
            return;
        }
        for link in std::mem::take(&mut self.ground.links) {
            // No fault of the peer's: as when a newer link takes this one's place.
            out.push(Output::HangUp(link, PeerFault::Replaced));
            out.extend(self.hub_step(now, Input::LinkDown(link)));
        }
    }
}
