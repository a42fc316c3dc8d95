//! Benchmarks: what Linli does, measured against a limit taken in the same run, on the same disk and core.
//!
//! A number alone says how fast a machine is; a ratio says how much of it we waste. So each row of the table
//! ([`bars`]) names its limit or peer (a bare `fdatasync`, a bare signature), the benchmark takes both in turns,
//! and the bar is put on the ratio, or on a time that a person notices. A missed bar stays red, with its cause
//! from [`causes`].
//!
//! Nothing here is a test: no time is ever asserted by `cargo test`, because a busy machine is no mistake.

pub mod bars;
pub mod bench;
pub mod causes;
pub mod child;
pub mod clock;
pub mod disk;
pub mod estate;
pub mod homes;
pub mod machine;
pub mod mesh;
pub mod stats;
pub mod table;
pub mod topology;
pub mod world;
