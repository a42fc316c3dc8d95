//! A notice on paper and as a text for a chat group: worded by `linli_view::notice_paper`, printed by `linli_node::paper`.

use super::{faces, not_printed};
use crate::ctx::Ctx;
use linli_exchange::notice::Notice;
use linli_node::api::Fault;
use linli_node::paper::{self, NotPrinted};
use linli_view::notice_paper;

/// The PDF.
pub fn pdf(ctx: &Ctx, notice: &Notice, corrected_by: Option<&str>) -> Result<Vec<u8>, Fault> {
    let words = ctx.words.shared();
    let pdf = paper::notice(words, ctx.now(), &faces()?, notice, corrected_by);
    pdf.map_err(|why| match why {
        NotPrinted::Notice(_) => Fault::ours("our-fault"),
        NotPrinted::Code(_) => Fault::ours("code-not-drawn"),
        NotPrinted::Paper(why) => not_printed(why),
    })
}

/// The text for a chat group.
pub fn text(ctx: &Ctx, notice: &Notice, corrected_by: Option<&str>) -> Result<String, Fault> {
    let paper = paper::plain(notice).map_err(|_| Fault::ours("our-fault"))?;
    let words = ctx.words.shared();
    Ok(notice_paper::chat(words, ctx.now(), &paper, corrected_by))
}
