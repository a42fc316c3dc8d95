//! What is printed, worded: the card of a pass, a gate's day sheet, the doors to knock on, a notice.
//! `linli_exchange::paper` lays them out.
//!
//! The type is the desktop's own, so that what is on the screen and what is on paper look alike and the fonts are in
//! the repository once. It makes this program seven megabytes larger: a guard's name is not printed as a box.

pub mod card;
pub mod doors;
pub mod letter;
pub mod sheet;

use linli_exchange::paper::{Faces, PaperError};
use linli_node::api::Fault;

const REGULAR: &[u8] = include_bytes!("../../linli-desktop/font/LinliSansSC-Regular.otf");
/// Latin with all its marks, Greek, Cyrillic.
const REST: &[u8] = include_bytes!("../../linli-desktop/font/LinliSans-Rest.ttf");

/// The faces.
fn faces() -> Result<Faces, Fault> {
    Faces::of_program(&[REGULAR, REST]).map_err(not_printed)
}

fn not_printed(_: PaperError) -> Fault {
    Fault::ours("paper-not-printed")
}

#[cfg(test)]
mod tests {
    //! What is worded is also laid out.
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::ctx::Ctx;
    use crate::words::Words;
    use linli_view::words::Lang;
    use serde_json::json;
    use std::time::Duration;

    #[test]
    fn a_day_sheet_is_a_small_pdf_in_both_languages() {
        let status = json!({"gate": {"no": 1, "name": "东门"}, "clock": "DRIFT"});
        let expected = json!({"expected": [{"label": "王*", "unit": "3-2-501", "from_ms": 1, "until_ms": 2,
            "entries": 2, "used": 1, "companions": 2, "windows": 1, "hours": [[3, 540, 690]], "kind": "person"}]});
        let inside = json!({"inside": [{"event": "e:1", "gate": 1, "label": "老周", "since_ms": 1, "until_ms": null}]});
        let refused = json!({"refusals": [{"id": "l:1", "scope": "estate", "name": "推销员", "mine": false}]});
        let told = sheet::told(&status, &expected, &inside, &refused);
        assert_eq!((told.status.no, told.expected[0].used), (1, 1));
        assert_eq!((told.inside.len(), told.refused.len()), (1, 1));
        for lang in Lang::ALL {
            // No home answers, so dates are at Beijing's offset.
            let folder = std::env::temp_dir().join("linli-no-such-home");
            let words = Words::of(lang);
            let ctx = Ctx::new(words, true, Some(folder), None, Duration::from_secs(1));
            let pdf = sheet::pdf(&ctx, &told).unwrap();
            assert!(
                pdf.starts_with(b"%PDF-") && pdf.len() < 200_000,
                "{}",
                pdf.len()
            );
        }
    }
}
