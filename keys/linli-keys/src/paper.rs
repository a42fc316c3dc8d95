//! The paper key: what is left of a person's authority when every device is gone.
//!
//! 256 random bits written as 24 English words of BIP-39 on a sheet in a drawer. The words carry a checksum
//! of 8 bits, so a slip of the pen is nearly always noticed before it matters. A household recovers with it
//! and a founder of a community signs with it; both derive an Ed25519 key and an X25519 pair from the same
//! bits (BLAKE3 key derivation, one context each).

use crate::seal::KexSecret;
use crate::sign::SigningKey;
use bip39::{Language, Mnemonic};
use linli_base::Dice;
use std::fmt;
use zeroize::Zeroizing;

/// Words on the sheet.
pub const PAPER_WORDS: usize = 24;
/// BLAKE3 context of the signing key's seed.
const CONTEXT_SIGN: &str = "linli/paper-sign/1";
/// BLAKE3 context of the X25519 secret.
const CONTEXT_KEX: &str = "linli/paper-kex/1";

/// Why typed words are no paper key. The words themselves are not repeated: they are a secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PaperError {
    /// A word that is not in the list.
    #[error("word {position} is not in the list")]
    Word {
        /// Which word, counted from 1.
        position: usize,
    },
    /// All words are in the list, but they are not 24.
    #[error("{found} words instead of 24")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// 24 words of the list, but not those of one sheet: one is wrong, or two changed places.
    #[error("the words do not belong together")]
    Checksum,
}

/// A paper key; wiped when dropped, never printed but by [`PaperKey::words`].
#[derive(Clone)]
pub struct PaperKey(Zeroizing<[u8; 32]>);

impl PaperKey {
    /// A new key.
    #[must_use]
    pub fn generate(dice: &mut dyn Dice) -> Self {
        let mut bits = Zeroizing::new([0; 32]);
        dice.fill(bits.as_mut_slice());
        Self(bits)
    }

    /// Reads the words from a sheet, in any case and with any spacing, commas or numbers between them.
    ///
    /// # Errors
    /// [`PaperError`] names the first word that is not in the list, a wrong count, or a failed checksum.
    pub fn from_words(text: &str) -> Result<Self, PaperError> {
        let mut sheet = Zeroizing::new(String::with_capacity(text.len() * 2));
        let mut found = 0;
        let words = text
            .split(|c: char| !c.is_alphabetic())
            .filter(|word| !word.is_empty());
        for (i, word) in words.enumerate() {
            let word = Zeroizing::new(narrow(word));
            if Language::English.find_word(&word).is_none() {
                return Err(PaperError::Word { position: i + 1 });
            }
            sheet.push_str(&word);
            sheet.push(' ');
            found = i + 1;
        }
        if found != PAPER_WORDS {
            return Err(PaperError::Count { found });
        }
        // All words are known and they are 24, so only the checksum is left to fail.
        let mnemonic = Mnemonic::parse_in_normalized(Language::English, sheet.trim_end())
            .map_err(|_| PaperError::Checksum)?;
        let (bits, _) = mnemonic.to_entropy_array();
        let bits = Zeroizing::new(bits);
        let bits = bits.first_chunk::<32>().ok_or(PaperError::Checksum)?;
        Ok(Self(Zeroizing::new(*bits)))
    }

    /// The 24 words, for the sheet alone.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        let mnemonic = Mnemonic::from_entropy_in(Language::English, self.0.as_slice());
        #[expect(
            clippy::expect_used,
            reason = "256 bits are one of the five lengths of BIP-39"
        )]
        let mnemonic = mnemonic.expect("256 bits make 24 words");
        mnemonic.words().collect()
    }

    /// The signing key of this sheet.
    #[must_use]
    pub fn signing_key(&self) -> SigningKey {
        SigningKey::from_seed(&self.derive(CONTEXT_SIGN))
    }

    /// The pair that things are sealed to for this sheet.
    #[must_use]
    pub fn kex(&self) -> KexSecret {
        KexSecret::from_bytes(&self.derive(CONTEXT_KEX))
    }

    fn derive(&self, context: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(blake3::derive_key(context, self.0.as_slice()))
    }
}

impl fmt::Debug for PaperKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PaperKey(•••)")
    }
}

/// Up to five words of the list that begin as `word` does, to propose for one that is not in it.
#[must_use]
pub fn words_like(word: &str) -> Vec<&'static str> {
    let word = narrow(word.trim());
    // Four letters name a word of the list; fewer leave a choice.
    (1..=4)
        .rev()
        .filter_map(|len| word.get(..len))
        .map(|start| Language::English.words_by_prefix(start))
        .find(|words| !words.is_empty())
        .map(|words| words.iter().take(5).copied().collect())
        .unwrap_or_default()
}

/// Small letters, and full-width ones (as a Chinese input method leaves them) in their common form.
fn narrow(word: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff21}'..='\u{ff5a}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    word.chars()
        .map(|c| narrow(c).to_ascii_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        reason = "tests"
    )]

    use super::*;
    use proptest::prelude::*;

    struct Fixed([u8; 32]);

    impl Dice for Fixed {
        fn fill(&mut self, out: &mut [u8]) {
            out.copy_from_slice(&self.0);
        }
    }

    fn key(bits: [u8; 32]) -> PaperKey {
        PaperKey::generate(&mut Fixed(bits))
    }

    #[test]
    fn the_words_and_keys_are_those_of_other_implementations() {
        // Words: the reference vectors of BIP-39. Public keys: PyPI blake3 and cryptography over the same bits.
        let winner = "legal winner thank year wave sausage worth useful legal winner thank year wave sausage \
                      worth useful legal winner thank year wave sausage worth title";
        let abandon = format!("{}art", "abandon ".repeat(23));
        for (bits, words, sign, kex) in [
            (
                [0; 32],
                abandon.as_str(),
                "d2917e9f778298de7249785ab9acb173edbab7b233a7df372b1c14ffe6a45889",
                "1cbc2166c837bb53c18fa8fdc92b7f3dcb423027931176f64b89895d5cc1ba5e",
            ),
            (
                [0x7f; 32],
                winner,
                "176c5f95d801ef41b0698700454baafdee63701780259f0a824b590d29525d00",
                "0db75b15d52670bfdd2146650d297e8e1f200e3fd3c0bad32af161bfc713d62e",
            ),
        ] {
            let key = key(bits);
            assert_eq!(key.words().join(" "), words);
            assert_eq!(
                PaperKey::from_words(words).unwrap().words().join(" "),
                words
            );
            assert_eq!(hex::encode(key.signing_key().device().0), sign);
            assert_eq!(hex::encode(key.kex().public().to_bytes()), kex);
        }
    }

    #[test]
    fn a_sheet_may_be_typed_carelessly() {
        let words = key([7; 32]).words();
        let numbered: String = words
            .iter()
            .enumerate()
            .map(|(i, w)| format!("{}.{w}\n", i + 1))
            .collect();
        let wide: String = words
            .join("　")
            .chars()
            .map(|c| {
                if c.is_ascii_lowercase() {
                    char::from_u32(c as u32 + 0xfee0).unwrap()
                } else {
                    c
                }
            })
            .collect();
        for text in [
            words.join("  ").to_uppercase(),
            words.join(", "),
            numbered,
            wide,
        ] {
            assert_eq!(
                PaperKey::from_words(&text).unwrap().words(),
                words,
                "{text}"
            );
        }
    }

    #[test]
    fn a_wrong_sheet_is_refused_with_the_reason() {
        let mut words = key([7; 32]).words();
        let parse = |words: &[&str]| PaperKey::from_words(&words.join(" ")).err();
        assert_eq!(parse(&words[..23]), Some(PaperError::Count { found: 23 }));
        assert_eq!(parse(&[]), Some(PaperError::Count { found: 0 }));
        let twelve = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
        let refused = PaperKey::from_words(twelve).err();
        assert_eq!(
            refused,
            Some(PaperError::Count { found: 12 }),
            "shorter sheets are not ours"
        );
        words.swap(3, 4);
        assert_eq!(parse(&words), Some(PaperError::Checksum));
        words[16] = "linli";
        assert_eq!(parse(&words), Some(PaperError::Word { position: 17 }));
        words[5] = "邻里";
        assert_eq!(parse(&words), Some(PaperError::Word { position: 6 }));
    }

    #[test]
    fn a_slip_gets_proposals() {
        assert_eq!(words_like("abandn"), ["abandon"]);
        assert_eq!(words_like("zoologist"), ["zoo"]);
        assert!(words_like("wi").len() == 5);
        assert!(words_like("邻").is_empty() && words_like("").is_empty());
    }

    #[test]
    fn the_key_prints_as_dots() {
        assert_eq!(format!("{:?}", key([1; 32])), "PaperKey(•••)");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn every_key_comes_back_from_its_words(bits: [u8; 32]) {
            let words = key(bits).words();
            prop_assert_eq!(words.len(), PAPER_WORDS);
            let back = PaperKey::from_words(&words.join(" ")).unwrap();
            prop_assert_eq!(*back.0, bits);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,80}") {
            prop_assert!(PaperKey::from_words(&text).is_err());
            let _ = words_like(&text);
        }
    }
}
