//! What must not be in files is not in files: other people's names and numbers, and the keys themselves.

use super::Stop;
use super::book::Book;
use super::machine::Machine;
use super::play::{Play, done};
use super::search::{Needles, Searched, files};
use crate::shape::Shape;
use std::path::Path;

/// A key file begins with what is no secret: four letters and the home's id, which also stands in the home.
const KEY_HEAD: usize = 20;
/// Any 24 bytes of a key in a row contain one of these pieces.
const PIECE: usize = 16;
const STEP: usize = 8;

/// Plays three claims.
pub fn play(play: &Play<'_>, book: &mut Book<'_>) {
    let needles = Needles::of_texts(&play.cast.others);
    book.enter("nothing-of-others", nothing_of_others(play, &needles));
    book.enter("sealed-at-rest", sealed_at_rest(play, &needles));
    book.enter("keys-outside", keys_outside(play));
}

fn nothing_of_others(play: &Play<'_>, needles: &Needles) -> Result<((), String), Stop> {
    done(play.props.registered, "register")?;
    done(play.props.enrolled, "enrolled")?;
    let on = &play.on;
    let holders = [&on.first, &on.second, &on.gate];
    let mut seen = Searched::default();
    for one in holders {
        add(&mut seen, search(needles, &one.home)?);
    }
    nothing_found(&seen)?;
    // Sealed files alone prove little: the homes themselves, which have the keys, know nobody either.
    for name in &play.cast.asked_for {
        let office = on.office.must(&["registry", "find", name])?;
        if office.list("persons").is_empty() {
            return Err("the office does not find its own people".to_owned());
        }
        for one in holders {
            let reply = one.run(&["registry", "find", name])?;
            if !reply.data.list("persons").is_empty() {
                return Err(format!("{} finds people of other units", one.name));
            }
        }
    }
    Ok(((), told(play, needles, &seen)))
}

fn sealed_at_rest(play: &Play<'_>, needles: &Needles) -> Result<((), String), Stop> {
    done(play.props.registered, "register")?;
    let seen = search(needles, &play.on.office.home)?;
    nothing_found(&seen)?;
    Ok(((), told(play, needles, &seen)))
}

fn search(needles: &Needles, folder: &Path) -> Result<Searched, Stop> {
    let seen = needles.in_folder(folder).map_err(|e| e.to_string())?;
    if seen.bytes == 0 {
        return Err(format!("{}: no files to search", folder.display()));
    }
    Ok(seen)
}

fn add(sum: &mut Searched, more: Searched) {
    sum.files += more.files;
    sum.bytes += more.bytes;
    sum.hits.extend(more.hits);
}

fn nothing_found(seen: &Searched) -> Result<(), Stop> {
    match seen.hits.first() {
        None => Ok(()),
        // Where, and never what.
        Some(hit) => Err(format!("{}, byte {}", hit.file.display(), hit.offset)),
    }
}

fn told(play: &Play<'_>, needles: &Needles, seen: &Searched) -> String {
    let told = [
        ("needles", needles.count().into()),
        ("files", seen.files.into()),
        ("kb", (seen.bytes / 1024).into()),
    ];
    play.stage.text("detail-searched", &told)
}

fn keys_outside(play: &Play<'_>) -> Result<((), String), Stop> {
    done(play.props.enrolled, "enrolled")?;
    let mut codes = Vec::new();
    for one in play.on.all() {
        let needles = key_pieces(&one.keys)?;
        nothing_found(&search(&needles, &one.home)?)?;
        codes.push(stolen(play, one)?);
    }
    codes.dedup();
    let told = [("code", codes.join(" ").into())];
    Ok(((), play.stage.text("detail-keys", &told)))
}

/// Overlapping pieces of every key file.
fn key_pieces(folder: &Path) -> Result<Needles, Stop> {
    let mut pieces = Vec::new();
    for file in files(folder).map_err(|e| e.to_string())? {
        let bytes = std::fs::read(&file).map_err(|e| e.to_string())?;
        let secret = bytes.get(KEY_HEAD..).unwrap_or_default();
        let cut = secret.windows(PIECE).step_by(STEP).map(<[u8]>::to_vec);
        // A place for a key that this home does not have is all zeros, as many places of any file are.
        pieces.extend(cut.filter(|piece| piece.iter().filter(|byte| **byte == 0).count() < STEP));
    }
    if pieces.is_empty() {
        return Err(format!("no key in {}", folder.display()));
    }
    Ok(Needles::of_bytes(pieces))
}

/// A copy of the home's files, without the keys outside it, opens nothing. Returns the fault it meets.
fn stolen(play: &Play<'_>, one: &Machine) -> Result<String, Stop> {
    let copy = play.stage.dir().join("stolen").join(one.name);
    let fail = |e: std::io::Error| e.to_string();
    for file in files(&one.home).map_err(fail)? {
        let inside = file.strip_prefix(&one.home).map_err(|e| e.to_string())?;
        let to = copy.join(inside);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(fail)?;
        }
        std::fs::copy(&file, &to).map_err(fail)?;
    }
    let reply = one.thief(&copy, &play.stage.dir().join("stolen/keys"))?;
    std::fs::remove_dir_all(play.stage.dir().join("stolen")).map_err(fail)?;
    if reply.exit == 5 {
        Ok(reply.code)
    } else {
        Err(format!(
            "{}: a copy of the home without its keys gives exit {} {}",
            one.name,
            reply.exit,
            reply.data.line("state")
        ))
    }
}
