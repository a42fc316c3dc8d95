//! `linli nearby`: who of Linli is heard on the local network, before one belongs anywhere.

use crate::ctx::Ctx;
use crate::outcome::{Done, Outcome};
use crate::port;
use crate::shape::Shape;
use linli_view::clean;

/// Listens, and says who was heard. What a computer says of itself is said to be that.
pub fn run(ctx: &Ctx) -> Done {
    let answer = port::nearby()?;
    let shared = ctx.words.shared();
    let mut lines: Vec<String> = Vec::new();
    for one in answer.data.list("heard") {
        let name = clean::line(&one.line("name"), clean::NAME_MAX);
        let args = [
            ("name", name.into()),
            ("picture", one.line("picture").into()),
        ];
        lines.push(shared.text("nearby-open", &args));
    }
    let others = answer.data.number("others");
    lines.push(if !lines.is_empty() {
        shared.say("nearby-ask")
    } else if others > 0 {
        shared.text("nearby-closed", &[("n", others.into())])
    } else {
        shared.say("nearby-none")
    });
    Ok(Outcome::of(answer, lines.join("\n")))
}
