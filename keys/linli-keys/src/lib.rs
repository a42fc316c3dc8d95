//! Device keys and the first two steps of trust: `Signed` (unreadable) and `Verified` (by the key it names).
//!
//! There is one predicate for every signature on every path ([`PublicKey::verify`]); replicas that disagreed
//! about one crafted signature would diverge for ever. Absent here: who may say what (`linli-charter`), files
//! (`linli-vault`), clocks and ambient randomness.

pub mod blob;
pub mod cose;
pub mod paper;
pub mod sas;
pub mod seal;
pub mod sign;
pub mod signed;

pub use sign::{KeyError, PublicKey, SigningKey};
pub use signed::{BadSignature, Signable, Signed, Verified};
