//! One module a group of commands: its arguments, the request it makes, the sentences of its answer.

pub mod attachment;
pub mod charter;
pub mod community;
pub mod device;
pub mod erase;
pub mod find;
pub mod gate;
pub mod help;
pub mod insight;
pub mod invite;
pub mod join;
pub mod net;
pub mod node;
pub mod notice;
pub mod pass;
pub mod pass_copy;
mod pass_file;
pub mod pin;
pub mod post;
pub mod reach;
pub mod registry;
mod residents;
pub mod ring;
pub mod sas;
pub mod scripts;
pub mod undo;
pub mod wait;
