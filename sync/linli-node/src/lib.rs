//! The runtime: one home, its replica, its links, its local socket.
//!
//! [`replica::Replica`] is the whole of a replica without a clock: the simulator drives it too. [`home`] gives it
//! a clock, dice, a disk and links. Programs ask a home through [`api`].

pub mod api;
mod blobs;
mod desk;
pub mod drive;
pub mod home;
pub mod invite;
mod joinproto;
mod killpoint;
mod owner;
pub mod paper;
pub mod proof;
pub mod replica;
#[cfg(test)]
mod testing;
