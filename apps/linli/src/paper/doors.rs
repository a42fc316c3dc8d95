//! The door-knock sheet as a PDF: worded by `linli_view::doors`, printed by `linli_node::paper`.

use super::{faces, not_printed};
use crate::ctx::Ctx;
use linli_node::api::Fault;
use linli_node::paper;
use linli_view::api::ReachReport;
use linli_view::doors;
use serde_json::Value;

/// The PDF, from what `notice reach` answered.
pub fn pdf(ctx: &Ctx, reach: &Value) -> Result<Vec<u8>, Fault> {
    let words = ctx.words.shared();
    let reach: ReachReport =
        serde_json::from_value(reach.clone()).map_err(|_| Fault::ours("our-fault"))?;
    let worded = doors::sheet(words, ctx.now(), &reach);
    let foot = |page, of| doors::foot(words, page, of);
    paper::sheet(words, &faces()?, worded, &foot).map_err(not_printed)
}
