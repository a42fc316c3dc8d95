//! Seals every value before it reaches a disk.
//!
//! redb does not encrypt, and a stolen computer must not give away a neighbourhood. [`Sealed`] sits
//! on any store and encrypts each value with XChaCha20-Poly1305 under keys derived from one 32-byte
//! database key. A value is bound to its table and key, so nobody can move one to another place. Keys
//! of rows are not sealed, since they must sort: a caller that has personal data in a key puts the
//! [`blind`](Sealed::blind)ed form there.
//!
//! What this does not hide: how many rows there are, how long they are, when the file changed. What
//! it cannot notice: an old copy of a whole file, or an old value of a row put back in its place.
//! Signatures and heads above the store notice those.
//!
//! The layout is in docs/formats/store.md.

mod key;

pub use key::{Blinder, DbKey};

use crate::port::{Batch, SCHEMA, SCHEMA_KEY, Store, StoreFault, Table, Write};
use chacha20poly1305::aead::AeadInOut;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use key::{CONTEXT_SEAL, NonceSource};

/// The row by which a wrong database key is noticed.
pub const SEAL_KEY: &[u8] = b"\0seal";

const SEAL_CHECK: &[u8] = b"linli-store seal check";
const FORMAT: u8 = SCHEMA as u8;
const NONCE_LEN: usize = 24;
const TAG_LEN: usize = 16;
/// What sealing adds to a value, in bytes.
pub const SEAL_OVERHEAD: usize = 1 + NONCE_LEN + TAG_LEN;

const UNSEALABLE: StoreFault = StoreFault::Damaged {
    what: "a sealed value does not open",
};

/// A store whose values are sealed at rest.
///
/// Opening checks the key against a sealed row, so a wrong key is [`StoreFault::WrongKey`] and
/// nothing else can be read or written with it.
///
/// ```
/// use linli_store::{Batch, DbKey, MemoryStore, Sealed, Store, Table};
///
/// let key = DbKey::new([7; 32]);
/// let salt = [1; 16]; // sixteen random bytes, new for every opening
/// let mut store = Sealed::open(MemoryStore::new(), &key, salt)?;
/// let by_phone = store.blind("phone", b"13800000000");
/// store.commit(Batch::new().put(Table::Index, by_phone, *b"unit 5-301"))?;
/// assert_eq!(store.get(Table::Index, &by_phone)?.as_deref(), Some(&b"unit 5-301"[..]));
/// # Ok::<(), linli_store::StoreFault>(())
/// ```
pub struct Sealed<S> {
    inner: S,
    cipher: XChaCha20Poly1305,
    nonces: NonceSource,
    blinder: Blinder,
}

impl<S: Store> Sealed<S> {
    /// Seals `inner` under `key`, or recognises that it is sealed under another.
    ///
    /// An empty store is given its check row here, in a commit of its own; a store that has rows and
    /// no check row is not one of ours and is [`StoreFault::Damaged`]. `salt` must be random and new
    /// for every opening; should one ever come back, only equality of equal values is revealed,
    /// because nonces also depend on what is sealed.
    pub fn open(inner: S, key: &DbKey, salt: [u8; 16]) -> Result<Self, StoreFault> {
        let cipher = XChaCha20Poly1305::new((&*key.derive(CONTEXT_SEAL)).into());
        let mut store = Self {
            inner,
            cipher,
            nonces: NonceSource::new(key, salt),
            blinder: Blinder::new(key),
        };
        match store.inner.get(Table::Meta, SEAL_KEY)? {
            Some(sealed) => match store.unseal(Table::Meta, SEAL_KEY, sealed) {
                Ok(plain) if plain == SEAL_CHECK => Ok(store),
                _ => Err(StoreFault::WrongKey),
            },
            None if store.inner_has_rows()? => Err(StoreFault::Damaged {
                what: "the store has rows but no seal check",
            }),
            None => {
                let sealed = store.seal(Table::Meta, SEAL_KEY, SEAL_CHECK)?;
                store
                    .inner
                    .commit(Batch::new().put(Table::Meta, SEAL_KEY, sealed))?;
                Ok(store)
            }
        }
    }

    /// A keyed digest of personal data, to be used as a row's key.
    ///
    /// The same label and data give the same digest for the life of the database key, and nothing
    /// about the data can be learnt from it without that key. `label` keeps kinds of data apart.
    #[must_use]
    pub fn blind(&self, label: &str, personal: &[u8]) -> [u8; 32] {
        self.blinder.blind(label, personal)
    }

    /// The blinding alone, for code that has no store in hand.
    #[must_use]
    pub fn blinder(&self) -> Blinder {
        self.blinder.clone()
    }

    fn inner_has_rows(&self) -> Result<bool, StoreFault> {
        let mut found = false;
        for table in Table::ALL {
            self.inner.scan(table, b"", &mut |key, _| {
                found = table != Table::Meta || key != SCHEMA_KEY;
                !found
            })?;
            if found {
                break;
            }
        }
        Ok(found)
    }

    fn seal(&mut self, table: Table, key: &[u8], plain: &[u8]) -> Result<Vec<u8>, StoreFault> {
        let data = additional_data(table, key, FORMAT);
        let nonce = self.nonces.next(&data, plain);
        let mut sealed = Vec::with_capacity(plain.len() + SEAL_OVERHEAD);
        sealed.push(FORMAT);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let body = sealed.get_mut(1 + NONCE_LEN..).unwrap_or_default();
        let tag = self
            .cipher
            .encrypt_inout_detached(&XNonce::from(nonce), &data, body.into())
            .map_err(|_| StoreFault::Refused {
                why: "a value is too long to seal",
            })?;
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    }

    fn unseal(&self, table: Table, key: &[u8], sealed: Vec<u8>) -> Result<Vec<u8>, StoreFault> {
        let (format, rest) = sealed.split_first().ok_or(UNSEALABLE)?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE_LEN>().ok_or(UNSEALABLE)?;
        let (body, tag) = rest.split_last_chunk::<TAG_LEN>().ok_or(UNSEALABLE)?;
        let data = additional_data(table, key, *format);
        let mut plain = body.to_vec();
        self.cipher
            .decrypt_inout_detached(
                &XNonce::from(*nonce),
                &data,
                plain.as_mut_slice().into(),
                tag.into(),
            )
            .map_err(|_| UNSEALABLE)?;
        Ok(plain)
    }
}

/// What a sealed value is bound to: table ‖ 00 ‖ key ‖ schema version (four bytes).
///
/// Unambiguous: no table name holds a zero byte and the version has a fixed length.
fn additional_data(table: Table, key: &[u8], format: u8) -> Vec<u8> {
    let mut data = Vec::with_capacity(table.name().len() + key.len() + 5);
    data.extend_from_slice(table.name().as_bytes());
    data.push(0);
    data.extend_from_slice(key);
    data.extend_from_slice(&u32::from(format).to_be_bytes());
    data
}

fn is_reserved(table: Table, key: &[u8]) -> bool {
    table == Table::Meta && key.first() == Some(&0)
}

impl<S: Store> Store for Sealed<S> {
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreFault> {
        match self.inner.get(table, key)? {
            Some(clear) if table == Table::Meta && key == SCHEMA_KEY => Ok(Some(clear)),
            Some(sealed) => self.unseal(table, key, sealed).map(Some),
            None => Ok(None),
        }
    }

    fn scan_from(
        &self,
        table: Table,
        prefix: &[u8],
        from_key: &[u8],
        visit: &mut dyn FnMut(&[u8], Vec<u8>) -> bool,
    ) -> Result<(), StoreFault> {
        let mut fault = None;
        self.inner
            .scan_from(table, prefix, from_key, &mut |key, value| {
                if table == Table::Meta && key == SCHEMA_KEY {
                    return visit(key, value);
                }
                match self.unseal(table, key, value) {
                    Ok(plain) => visit(key, plain),
                    Err(found) => {
                        fault = Some(found);
                        false
                    }
                }
            })?;
        fault.map_or(Ok(()), Err)
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreFault> {
        if batch
            .writes()
            .iter()
            .any(|write| is_reserved(write.table(), write.key()))
        {
            return Err(StoreFault::Refused {
                why: "keys of meta that begin with a zero byte are reserved",
            });
        }
        let mut sealed = Batch::new();
        for write in batch.writes() {
            match write {
                Write::Put { table, key, value } => {
                    let value = self.seal(*table, key, value)?;
                    sealed.put(*table, key.as_slice(), value);
                }
                Write::Delete { table, key } => {
                    sealed.delete(*table, key.as_slice());
                }
            }
        }
        self.inner.commit(&sealed)
    }

    fn compact(&mut self) -> Result<bool, StoreFault> {
        self.inner.compact()
    }

    fn close(&mut self) -> Result<(), StoreFault> {
        self.inner.close()
    }
}

impl<S> std::fmt::Debug for Sealed<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed")
    }
}
