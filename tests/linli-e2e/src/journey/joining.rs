//! A computer joins by its window: who it is, the invitation, seven pictures read over from the other side, and the power
//! goes while both sides look at them.

use super::stage::Stage;
use super::window::Window;
use crate::clock;
use crate::estate;
use crate::home::Home;
use serde_json::Value;

/// Joins with what `host` opened. The stage is told how long it took, the power cut and all.
///
/// # Panics
/// When the window gives up.
pub fn joins(stage: &Stage, window: &mut Window<'_>, host: &Home, invite: &str) {
    let began = clock::now();
    window.shows("You are?");
    window.press_begins("A household");
    window.shows("Join your community");
    window.write("The invitation, which begins with LLI1", invite);
    window.write("What your neighbours call this computer", "study");
    window.press("Join");
    window.shows("Compare seven pictures");
    let side = comparing(host);
    let cut = clock::now();
    window.dies_and_comes_back();
    window.press("Show the pictures again");
    window.shows("Compare seven pictures");
    let cut = cut.elapsed();
    let numbers: Vec<String> = side["numbers"]
        .as_array()
        .expect("numbers")
        .iter()
        .map(Value::to_string)
        .collect();
    window.write("What the other screen shows", &numbers.join(" "));
    window.press("Confirm");
    window.shows("Waiting for the other side");
    let typed = [&["sas", "confirm"], &estate::strings(&side["emoji"])[..]].concat();
    host.must(&typed);
    window.shows("You are in.");
    let whole = began.elapsed();
    stage.notes(&format!(
        "first run {:.1} s, of it {:.1} s for a power cut",
        whole.as_secs_f64(),
        cut.as_secs_f64()
    ));
}

/// What the other side's screen shows.
fn comparing(host: &Home) -> Value {
    let shown = host.must(&["sas", "show"]);
    let sides = shown["sides"].as_array().expect("sides");
    let side = sides.iter().find(|side| side["state"] == "comparing");
    side.expect("somebody who compares").clone()
}
