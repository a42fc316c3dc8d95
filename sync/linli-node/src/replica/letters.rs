//! Letters of a household to single devices, inside an entry that everybody carries.

use super::Replica;
use linli_base::DeviceId;
use linli_keys::seal::{self, KexPublic};
use linli_record::fact::{LETTERS_MAX, LetterBody};
use linli_record::row::LetterRow;

/// What a letter is; with its author, so that nobody passes on another's as their own.
fn context(author: &DeviceId) -> Vec<u8> {
    [&b"help"[..], &author.0].concat()
}

impl Replica {
    /// The same words, sealed to each of these devices; what is too much is left out from the end.
    pub fn letters_to(&mut self, to: &[DeviceId], body: &LetterBody) -> Vec<Vec<u8>> {
        let (context, plain) = (context(&self.me.device()), body.encode());
        let keys: Vec<KexPublic> = to
            .iter()
            .filter_map(|id| self.authority.device(id)?.kex)
            .filter_map(|kex| KexPublic::from_bytes(kex).ok())
            .take(LETTERS_MAX)
            .collect();
        let community = self.me.community;
        keys.iter()
            .map(|key| seal::seal_to(key, &community, &context, &plain, self.dice.as_mut()))
            .collect()
    }

    /// What a letter says to this device; `None` where none is for it.
    #[must_use]
    pub fn open_letter(&self, row: &LetterRow) -> Option<LetterBody> {
        let mine = self.me.kex.public().id(&self.me.community);
        let context = context(&row.author.device);
        let letter = row
            .letters
            .iter()
            .find(|letter| seal::sealed_to(letter) == Some(mine))?;
        let of_mine = |id: &seal::KeyId| (*id == mine).then_some(&self.me.kex);
        let plain = seal::open(of_mine, &self.me.community, &context, letter).ok()?;
        LetterBody::decode(&plain)
    }
}
