//! A notice on paper and as a text for a chat group: worded by `linli_view::notice_paper`, laid out by
//! `linli_exchange::paper`.

use super::{faces, not_printed};
use crate::ctx::Ctx;
use linli_exchange::notice::Notice;
use linli_exchange::paper::{Letter, Row};
use linli_node::api::Fault;
use linli_pass::qr::{Medium, Symbol};
use linli_view::notice_paper::{self, PaperNotice};

/// The PDF.
pub fn pdf(ctx: &Ctx, notice: &Notice, corrected_by: Option<&str>) -> Result<Vec<u8>, Fault> {
    let words = ctx.words.shared();
    let paper = plain(notice)?;
    let said = notice_paper::letter(words, ctx.now(), &paper, corrected_by);
    let code = Symbol::of(&notice.paper_code(), Medium::Paper);
    let rows = said.rows.into_iter();
    let letter = Letter {
        head: said.head,
        date: said.date,
        banner: said.banner,
        texts: said.texts,
        rows: rows.map(|(name, value)| Row { name, value }).collect(),
        check: said.check,
        code: code.map_err(|_| Fault::ours("code-not-drawn"))?,
        lang: words.lang().tag(),
    };
    let foot = |page, of| notice_paper::foot(words, &paper, page, of);
    letter.pdf(&faces()?, &foot).map_err(not_printed)
}

/// The text for a chat group.
pub fn text(ctx: &Ctx, notice: &Notice, corrected_by: Option<&str>) -> Result<String, Fault> {
    let paper = plain(notice)?;
    let words = ctx.words.shared();
    Ok(notice_paper::chat(words, ctx.now(), &paper, corrected_by))
}

/// The same notice as it is worded.
fn plain(notice: &Notice) -> Result<PaperNotice, Fault> {
    let value = serde_json::to_value(notice).and_then(serde_json::from_value);
    value.map_err(|_| Fault::ours("our-fault"))
}
