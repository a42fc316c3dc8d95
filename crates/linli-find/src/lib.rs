//! One box that finds: notices, posts, units, people, passes, pages.
//!
//! Texts are compared in one folded form ([`fold`]): lower case, half width, simplified characters; so 電梯, 电梯 and ＤＩＡＮＴＩ
//! are looked for alike. Letters are also read as pinyin, whole (`zhangsan`), by first letters (`zs`) or mixed (`zhangs`,
//! `张s`), with every reading of a character ([`Spelling`]).
//!
//! [`Index`] keeps what can be found in memory, and only there: nothing of it is written to a disk. Without clock, thread
//! or file. Costs: one pass over all folded texts. Measured by the benchmark B12.

mod fold;
mod index;
mod query;
mod sound;

pub use fold::fold;
pub use index::{Doc, Found, Hit, How, Index, Mark};
pub use query::{Filter, Kind, Query, QueryError, Status};
pub use sound::Spelling;

/// Most characters of a query; what is longer is refused.
pub const QUERY_MAX: usize = 100;
/// Characters of a text around the place that was found.
pub const SNIPPET: usize = 48;
/// Characters of a text that are searched; the rest is not.
pub const TEXT_MAX: usize = 20_000;
