//! A community is founded, the register imported, two households and a gate enrolled; the gate has the skeleton.

use super::Stop;
use super::book::Book;
use super::machine::Machine;
use super::play::{Play, done, left};
use crate::shape::{Shape, line_of};
use serde_json::Value;

/// The estate's name.
const ESTATE: &str = "丰盛园";
/// Its one gate.
const GATE: &str = "东门";

/// Plays the first four claims.
pub fn play(play: &mut Play<'_>, book: &mut Book<'_>) {
    let founded = found(play);
    play.props.founded = book.enter("founded", founded);
    let imported = register(play);
    play.props.registered = book.enter("register", imported).is_some();
    let enrolled = enrol_all(play);
    play.props.enrolled = book.enter("enrolled", enrolled).is_some();
    book.enter("gate-skeleton", gate_skeleton(play));
}

fn found(play: &Play<'_>) -> Result<(Value, String), Stop> {
    let office = &play.on.office;
    let gate = format!("1:{GATE}");
    office.must(&[
        "community",
        "found",
        "--name",
        ESTATE,
        "--utc-offset",
        "+08:00",
        "--founders",
        "1",
        "--gate",
        &gate,
        "--office",
        "物业服务中心",
    ])?;
    // Asked anew, by another process.
    let shown = office.must(&["community", "show"])?;
    let community = shown.field("community");
    let named = community.line("name") == ESTATE;
    let gated = community
        .list("gates")
        .iter()
        .any(|gate| gate.line("name") == GATE);
    let log = office.must(&["charter", "log"])?;
    let epochs = log.list("epochs").len();
    let empty = office.must(&["digest"])?.field("scopes").clone();
    if named && gated && epochs > 0 {
        let picture = community.line("emoji");
        Ok((empty, format!("{} {picture}", community.line("short"))))
    } else {
        Err(format!("name {named}, gate {gated}, epochs {epochs}"))
    }
}

fn register(play: &Play<'_>) -> Result<((), String), Stop> {
    left(&play.props.founded, "founded")?;
    let (office, cast) = (&play.on.office, play.cast);
    let file = play
        .registry
        .to_str()
        .ok_or("the file's name is not UTF-8")?;
    let before = office.must(&["digest"])?.line("digest");
    let preview = office.must(&["registry", "import", file])?;
    let after = office.must(&["digest"])?.line("digest");
    if before != after {
        return Err("the preview wrote records".to_owned());
    }
    let read = ["rows", "units", "persons"].map(|name| preview.field("counts").number(name));
    let expected = [cast.rows, cast.units, cast.persons].map(u64::from);
    if read != expected {
        return Err(format!(
            "rows, units, persons: {read:?} instead of {expected:?}"
        ));
    }
    let batch = preview.line("batch");
    office.must(&["registry", "apply", &batch])?;
    let status = office.must(&["status"])?;
    let units = status.field("counts").number("units");
    let persons = status.field("counts").number("persons");
    if units != expected[1] || persons == 0 || persons > expected[2] {
        return Err(format!(
            "{units} units and {persons} persons after apply, not {expected:?}"
        ));
    }
    for unit in [&cast.first, &cast.second] {
        let shown = office.must(&["registry", "show", unit])?;
        if shown.field("unit").list("persons").is_empty() {
            return Err(format!("nobody in {unit} after apply"));
        }
    }
    let told = [
        ("rows", cast.rows.into()),
        ("units", units.into()),
        ("persons", persons.into()),
    ];
    Ok(((), play.stage.text("detail-register", &told)))
}

fn enrol_all(play: &mut Play<'_>) -> Result<((), String), Stop> {
    left(&play.props.founded, "founded")?;
    play.on.office.serve(&[])?;
    play.on.office.device = device_of(&play.on.office)?;
    let cast = play.cast;
    let on = &mut play.on;
    let (office, addr) = (&on.office, on.office.addr.clone());
    let first = enrol(office, &mut on.first, &["--unit", &cast.first], true)?;
    on.first.serve(&[&addr])?;
    let second = enrol(office, &mut on.second, &["--unit", &cast.second], false)?;
    on.second.serve(&[&addr])?;
    enrol(office, &mut on.gate, &["--role", "gate:1"], false)?;
    on.gate.serve(&[&addr])?;
    for one in [&on.first, &on.second, &on.gate] {
        one.wait(play.stage, &["--synced", &on.office.device])?;
        on.office.wait(play.stage, &["--synced", &one.device])?;
    }
    let told = [("first", first.into()), ("second", second.into())];
    Ok(((), play.stage.text("detail-enrolled", &told)))
}

/// The gate has every building and room of the register, and nobody who lives there.
fn gate_skeleton(play: &Play<'_>) -> Result<((), String), Stop> {
    let empty = left(&play.props.founded, "founded")?;
    done(play.props.registered, "register")?;
    done(play.props.enrolled, "enrolled")?;
    let (office, gate) = (&play.on.office, &play.on.gate);
    let ask = ["digest", "--scope", "skeleton"];
    let ours = office.must(&ask)?.line("digest");
    if ours == empty.line("skeleton") {
        return Err("the office's skeleton is that of an empty estate".to_owned());
    }
    let theirs = gate.must(&ask)?.line("digest");
    if theirs != ours {
        return Err(format!("{ours} at the office, {theirs} at the gate"));
    }
    let counts = gate.must(&["status"])?.field("counts").clone();
    let (units, persons) = (counts.number("units"), counts.number("persons"));
    if units != u64::from(play.cast.units) || persons != 0 {
        return Err(format!("{units} units and {persons} persons at the gate"));
    }
    // The rest of the board is not the gate's: it is refused, not empty.
    let board = gate.run(&["digest", "--scope", "board"])?;
    if board.exit != 4 {
        return Err(format!("the gate's board answers {}", board.exit));
    }
    let told = [("units", units.into()), ("digest", ours.into())];
    Ok(((), play.stage.text("detail-skeleton", &told)))
}

/// One device joins: invite, exchange, seven pictures compared and typed on both sides. Returns them.
fn enrol(
    office: &Machine,
    joiner: &mut Machine,
    role: &[&str],
    slip: bool,
) -> Result<String, Stop> {
    let opened = office.must(&[&["invite", "open", "--ttl", "5m"], role].concat())?;
    let invite = opened.field("invite").as_str().unwrap_or_default();
    let theirs = seven(&joiner.must(&["join", invite, "--device-name", joiner.name])?);
    let shown = office.must(&["sas", "show"])?;
    let ours = shown
        .list("sides")
        .iter()
        .map(seven)
        .find(|ours| *ours == theirs);
    let Some(ours) = ours.filter(|seven| seven.len() == 7) else {
        return Err(format!(
            "{}: the two screens show different pictures",
            joiner.name
        ));
    };
    if slip {
        // Whoever types other pictures enrols nobody.
        let mut wrong = theirs.clone();
        wrong.rotate_left(1);
        if wrong != theirs {
            let typed: Vec<&str> = wrong.iter().map(String::as_str).collect();
            let reply = office.run(&[&["sas", "confirm"], &typed[..]].concat())?;
            if reply.exit == 0 {
                return Err("other pictures than those shown were accepted".to_owned());
            }
        }
    }
    // Each side types what stands on the other's screen.
    for (machine, screen) in [(office, &theirs), (&*joiner, &ours)] {
        let typed: Vec<&str> = screen.iter().map(String::as_str).collect();
        machine.must(&[&["sas", "confirm"], &typed[..]].concat())?;
    }
    joiner.device = device_of(joiner)?;
    Ok(theirs.join(" "))
}

fn seven(side: &Value) -> Vec<String> {
    side.list("emoji").iter().map(line_of).collect()
}

fn device_of(machine: &Machine) -> Result<String, Stop> {
    let shown = machine.must(&["community", "show"])?;
    let device = shown.field("me").line("device");
    if device.is_empty() {
        return Err(format!("{}: not a member", machine.name));
    }
    Ok(device)
}
