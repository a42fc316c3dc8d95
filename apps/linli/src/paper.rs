//! What is printed, worded: the card of a pass, a gate's day sheet, the doors to knock on. `linli_exchange::paper` lays them out.
//!
//! The type is the desktop's own, so that what is on the screen and what is on paper look alike and the fonts are in
//! the repository once. It makes this program seven megabytes larger: a guard's name is not printed as a box.

pub mod card;
pub mod doors;
pub mod sheet;

use crate::ctx::Ctx;
use linli_exchange::paper::{Faces, PaperError};
use linli_node::api::Fault;

const REGULAR: &[u8] = include_bytes!("../../linli-desktop/font/LinliSansSC-Regular.otf");
/// Latin with all its marks, Greek, Cyrillic.
const REST: &[u8] = include_bytes!("../../linli-desktop/font/LinliSans-Rest.ttf");
const MINUTES_AN_HOUR: u64 = 60;

/// The faces.
fn faces() -> Result<Faces, Fault> {
    Faces::of_program(&[REGULAR, REST]).map_err(not_printed)
}

fn not_printed(_: PaperError) -> Fault {
    Fault::ours("paper-not-printed")
}

/// A recurring window in words: 周一 周三 09:00–11:30. Bit 0 of the days is Monday.
fn window(ctx: &Ctx, days: u64, start: u64, end: u64) -> String {
    let time = |minute: u64| {
        format!(
            "{:02}:{:02}",
            minute / MINUTES_AN_HOUR,
            minute % MINUTES_AN_HOUR
        )
    };
    let names: Vec<String> = (0..7_u64)
        .filter(|bit| days >> bit & 1 == 1)
        .map(|bit| ctx.text("paper-weekday", &[("day", (bit + 1).into())]))
        .collect();
    let days = if names.len() == 7 {
        ctx.say("paper-every-day")
    } else {
        names.join(" ")
    };
    format!("{days} {}–{}", time(start), time(end))
}
