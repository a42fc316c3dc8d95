//! Who may say what: epochs, certificates, roles, holds and cut-offs.
//!
//! The charter is a chain of epochs signed by a threshold of the committee; it names issuing keys; issuing
//! keys enrol devices; devices write entries. [`Authority`] is the pure fold of everything held that decides
//! standing, and the only constructor of [`Carried`]: an entry in its place, which may be stored and relayed
//! unopened. Absent here: chains and holes (`linli-log`), content (`linli-record`), clocks.

pub mod act;
pub mod authority;
pub mod cert;
pub mod charter;
pub mod epoch;
mod epoch_codec;
pub mod statement;

pub use act::{Cut, Enrol, Hold, Keyset, Revoke};
pub use authority::{Authority, Carried, Device, PrincipalKind, Refusal};
pub use cert::{CertError, Certificate, DeviceClaims};
pub use charter::{Charter, CharterError};
pub use epoch::{Epoch, Gate, IssuingKey, Limits, Member, Office, RoleGrant};
pub use statement::{Statement, StatementKey, Topic};
