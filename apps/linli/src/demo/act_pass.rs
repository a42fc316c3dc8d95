//! A household without network makes a pass; a gate cut off from everybody checks it.

use super::Stop;
use super::book::Book;
use super::machine::Machine;
use super::play::{Play, done, left};
use crate::clock;
use crate::shape::Shape;
use jiff::{SignedDuration, Timestamp};
use linli_pass::Token;
use linli_pass::token::{to_text, unbase45, unprefix};
use serde_json::Value;
use std::time::{Duration, Instant};

const VISITOR: &str = "王*";
/// The gate repeats its answer to the same code for ten seconds; after that the entry counts.
const REPEATS: Duration = Duration::from_millis(10_500);
/// A byte of the signed header: its beginning names the algorithm.
const HEADER_AT: usize = 6;
const ADMIT: i32 = 0;
const DENY: i32 = 11;

/// Plays four claims.
pub fn play(play: &mut Play<'_>, book: &mut Book<'_>) {
    let issued = issue_offline(play);
    play.props.pass = book.enter("pass-offline", issued);
    let off = switch_off(play);
    book.enter("household-off", off);
    let admitted = admit(play);
    play.props.admitted = book.enter("gate-admits", admitted);
    let forged = forged(play);
    book.enter("gate-forged", forged);
}

/// Plays the claim that the pass is used up.
pub fn again(play: &Play<'_>, book: &mut Book<'_>) {
    let used = used(play);
    book.enter("gate-used", used);
}

/// Cuts a computer off and makes sure that it meets nobody.
pub fn cut_off(play: &Play<'_>, machine: &Machine) -> Result<(), Stop> {
    machine.must(&["net", "pause", "--all"])?;
    alone(play, machine)
}

fn alone(play: &Play<'_>, machine: &Machine) -> Result<(), Stop> {
    machine.until(play.stage, &["net", "peers"], |reply| {
        let peers = reply.data.list("peers");
        let nobody = !peers.is_empty() && peers.iter().all(|peer| !peer.is("online"));
        nobody.then_some(())
    })
}

fn issue_offline(play: &Play<'_>) -> Result<((String, String), String), Stop> {
    done(play.props.enrolled, "enrolled")?;
    let (first, gate) = (&play.on.first, &play.on.gate);
    cut_off(play, first)?;
    let (from, until) = today()?;
    let made = first.must(&[
        "pass",
        "issue",
        "--label",
        VISITOR,
        "--from",
        &from,
        "--until",
        &until,
        "--entries",
        "1",
        "--gate",
        "1",
    ])?;
    alone(play, first)?;
    let (text, code) = (
        made.field("text").as_str().unwrap_or_default(),
        made.line("short_code"),
    );
    // The gate, still in touch with the office, has never heard of it: it knows no such short code.
    let reply = gate.run(&["gate", "check", "--code", &code])?;
    if reply.exit != DENY || reply.data.line("code") != "E_CODE_UNKNOWN" {
        return Err(format!(
            "the gate knows it already: {} {}",
            reply.exit,
            reply.data.line("code")
        ));
    }
    let told = [
        ("code", (&code).into()),
        ("version", made.number("qr_version").into()),
    ];
    let told = play.stage.text("detail-pass", &told);
    Ok(((text.to_owned(), code), told))
}

/// From a minute ago, for four hours.
pub fn today() -> Result<(String, String), Stop> {
    let now = clock::now();
    let from = moment(now, SignedDuration::from_mins(-1))?;
    Ok((from, moment(now, SignedDuration::from_hours(4))?))
}

fn moment(now: Timestamp, later: SignedDuration) -> Result<String, Stop> {
    let at = now.checked_add(later).map_err(|e| e.to_string())?;
    Ok(at.strftime("%FT%H:%M:%SZ").to_string())
}

fn switch_off(play: &Play<'_>) -> Result<((), String), Stop> {
    left(&play.props.pass, "pass-offline")?;
    let first = &play.on.first;
    let pid = first.pid().unwrap_or_default();
    if !first.is_on() || !first.off() {
        return Err("it was not running, or did not stop".to_owned());
    }
    // Nobody answers for the home any more: this command had to open it itself.
    let status = first.must(&["status"])?;
    if status.field("running") != &Value::Bool(false) {
        return Err("a program still runs this home".to_owned());
    }
    let told = [("pid", pid.to_string().into())];
    Ok(((), play.stage.text("detail-off", &told)))
}

fn admit(play: &Play<'_>) -> Result<(Instant, String), Stop> {
    let (text, _) = left(&play.props.pass, "pass-offline")?;
    let gate = &play.on.gate;
    cut_off(play, gate)?;
    let reply = gate.run(&["gate", "check", &text])?;
    let at = clock::instant();
    alone(play, gate)?;
    let label = reply.data.line("label");
    if reply.exit == ADMIT && reply.data.line("result") == "ADMIT" && label == VISITOR {
        let unit = reply.data.line("unit");
        Ok((at, format!("ADMIT {label} → {unit}")))
    } else {
        Err(format!(
            "{} {} {label}",
            reply.data.line("result"),
            reply.data.line("code")
        ))
    }
}

/// One bit is changed in the header, in the claims, in the signature: each is refused for what it is, not because
/// the pass was used.
fn forged(play: &Play<'_>) -> Result<((), String), Stop> {
    let (text, _) = left(&play.props.pass, "pass-offline")?;
    let bytes = unprefix(&text)
        .and_then(unbase45)
        .map_err(|e| e.to_string())?;
    let mut codes = Vec::new();
    for at in places(&bytes)? {
        let mut changed = bytes.clone();
        if let Some(byte) = changed.get_mut(at) {
            *byte ^= 1;
        }
        let reply = play.on.gate.run(&["gate", "check", &to_text(&changed)])?;
        let (result, code) = (reply.data.line("result"), reply.data.line("code"));
        if reply.exit != DENY || result != "DENY" || code == "E_USED" || code.is_empty() {
            return Err(format!("byte {at} changed: {result} {code}"));
        }
        if !reply.data.line("label").is_empty() {
            return Err(format!(
                "byte {at} changed, and something personal was shown"
            ));
        }
        codes.push(code);
    }
    Ok(((), codes.join(" ")))
}

/// The middle of the signed header, the middle of the claims, the end of the signature.
fn places(bytes: &[u8]) -> Result<[usize; 3], Stop> {
    let token = Token::from_message(bytes.to_vec()).map_err(|e| e.to_string())?;
    let claims = token.payload();
    let begins = bytes
        .windows(claims.len().max(1))
        .position(|part| part == claims);
    let begins = begins.ok_or("the claims are not in the message")?;
    Ok([HEADER_AT, begins + claims.len() / 2, bytes.len() - 1])
}

fn used(play: &Play<'_>) -> Result<((), String), Stop> {
    let (text, _) = left(&play.props.pass, "pass-offline")?;
    let admitted = left(&play.props.admitted, "gate-admits")?;
    std::thread::sleep(REPEATS.saturating_sub(admitted.elapsed()));
    let gate = &play.on.gate;
    let reply = gate.run(&["gate", "check", &text])?;
    let (result, code) = (reply.data.line("result"), reply.data.line("code"));
    let log = gate.must(&["gate", "log"])?;
    let admissions = log
        .list("events")
        .iter()
        .filter(|e| e.line("result") == "ADMIT")
        .count();
    if reply.exit == DENY && result == "DENY" && code == "E_USED" && admissions == 1 {
        Ok(((), format!("{result} {code}")))
    } else {
        Err(format!("{result} {code}, {admissions} admissions logged"))
    }
}
