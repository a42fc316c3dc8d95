//! Text of which nobody would see anything is refused where it is written. A record that came from elsewhere, or from an
//! older version, may hold such text: it still opens, and is shown as what can be seen of it.

use crate::api::Fault;
use linli_view::clean;

/// Refuses a text that is not empty and yet shows nothing: zero-width characters, marks that turn the reading direction,
/// fillers. Whether a field may be empty is said elsewhere.
pub(super) fn refuse(field: &str, text: &str) -> Result<(), Fault> {
    if text.trim().is_empty() || !clean::blank(text) {
        return Ok(());
    }
    Err(Fault::input("bad-field")
        .with("field", field)
        .with("why", "unseen"))
}

/// The same of words that need not be there.
pub(super) fn refuse_any(field: &str, text: Option<&String>) -> Result<(), Fault> {
    text.map_or(Ok(()), |text| refuse(field, text))
}
