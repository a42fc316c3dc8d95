//! What must hold at every step, looked at from outside the replicas.

mod early;
mod store;
mod wire;

pub(crate) use wire::holds;
