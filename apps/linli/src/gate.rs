//! The gate's commands beside the decision itself: serving a barrier, what a guard does, the log as a file.

pub mod acts;
pub mod export;
mod hook;
mod line;
pub mod refuse;
pub mod serve;
pub mod sheet;
