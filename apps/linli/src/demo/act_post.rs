//! A request for help is posted in one half of a cut network and answered in the other; the cut heals.
//!
//! Halves: {first, second} and {office} while it is posted; then the cut moves: {first} and {second, office} while
//! it is answered. The two who ask and answer never meet in between: the second household carried the request.

use super::Stop;
use super::act_pass::{cut_off, today};
use super::book::Book;
use super::machine::Machine;
use super::play::{Play, done, left};
use crate::clock;
use crate::shape::Shape;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const REQUEST: &str = "今晚谁能帮忙搬一张沙发？在楼下，两个人就够。";
const ANSWER: &str = "物业可以借手推车，七点送到楼下。";
const CLAIM: &str = "我来搭把手。";
/// Scopes that several replicas share, and how many of the four at least.
const SHARED: [(&str, usize); 5] = [
    ("notice", 4),
    ("board", 3),
    ("skeleton", 4),
    ("pass", 4),
    ("gates", 2),
];

/// Plays the claim of the two halves.
pub fn apart(play: &mut Play<'_>, book: &mut Book<'_>) {
    let posted = post_apart(play);
    play.props.post = book.enter("posted-apart", posted);
}

/// Plays the claims of the healing.
pub fn heal(play: &mut Play<'_>, book: &mut Book<'_>) {
    let healed = heal_all(play);
    book.enter("healed", healed);
    book.enter("same-digest", same_digest(play));
}

fn post_apart(play: &mut Play<'_>) -> Result<(String, String), Stop> {
    done(play.props.enrolled, "enrolled")?;
    let second = play.on.second.addr.clone();
    cut_off(play, &play.on.office)?;
    if play.on.first.is_on() {
        play.on.first.must(&["net", "dial", &second])?;
    } else {
        play.on.first.serve(&[&second])?;
    }
    let on = &play.on;
    on.first.must(&["net", "resume", "--all"])?;
    meets(play, &on.first, &on.second)?;
    let id = on
        .first
        .must(&["post", "new", "--kind", "ask", REQUEST])?
        .line("id");
    on.second
        .until(play.stage, &["post", "show", &id], |reply| {
            (reply.exit == 0).then_some(())
        })?;
    if on.office.run(&["post", "show", &id])?.exit == 0 {
        return Err("the request crossed the cut".to_owned());
    }
    // The cut moves: the first household is alone, the second meets the office again.
    cut_off(play, &on.first)?;
    on.office.must(&["net", "resume", "--all"])?;
    on.office
        .until(play.stage, &["post", "show", &id], |reply| {
            (reply.exit == 0).then_some(())
        })?;
    on.office.must(&["post", "comment", &id, ANSWER])?;
    on.second.must(&["post", "claim", &id, CLAIM])?;
    for one in [&on.office, &on.second] {
        answered(play, one, &id)?;
    }
    let asked = on.first.must(&["post", "show", &id])?;
    if answers(asked.field("post")) != (0, 0) {
        return Err("the answer crossed the cut".to_owned());
    }
    let told = play.stage.text("detail-apart", &[]);
    Ok((id, told))
}

/// Comments and claims of a post.
fn answers(post: &Value) -> (usize, usize) {
    (post.list("comments").len(), post.list("claims").len())
}

fn answered(play: &Play<'_>, machine: &Machine, id: &str) -> Result<(), Stop> {
    machine.until(play.stage, &["post", "show", id], |reply| {
        let post = reply.data.field("post");
        let said = post
            .list("comments")
            .iter()
            .any(|c| c.line("body") == ANSWER);
        let claimed = post.list("claims").iter().any(|c| c.line("text") == CLAIM);
        (said && claimed && post.line("body") == REQUEST).then_some(())
    })
}

fn meets(play: &Play<'_>, one: &Machine, other: &Machine) -> Result<(), Stop> {
    one.until(play.stage, &["net", "peers"], |reply| {
        let peers = reply.data.list("peers");
        let met = peers
            .iter()
            .any(|p| p.line("device") == other.device && p.is("online"));
        met.then_some(())
    })
}

fn heal_all(play: &mut Play<'_>) -> Result<((), String), Stop> {
    if !play.on.first.is_on() {
        let (second, office) = (play.on.second.addr.clone(), play.on.office.addr.clone());
        play.on.first.serve(&[&second, &office])?;
    }
    let on = &play.on;
    let began = clock::instant();
    for one in on.all() {
        one.must(&["net", "resume", "--all"])?;
    }
    let id = left(&play.props.post, "posted-apart")?;
    for one in [&on.first, &on.second, &on.office] {
        answered(play, one, &id)?;
    }
    // The host hears that the visitor came, from a gate it was cut off from.
    let used = |data: &Value| {
        data.list("passes")
            .iter()
            .any(|pass| pass.number("used") == 1)
    };
    on.first.until(play.stage, &["pass", "list"], |reply| {
        used(&reply.data).then_some(())
    })?;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(((), play.stage.text("detail-healed", &[("ms", ms.into())])))
}

/// Every scope that replicas share has one digest once they are at rest, and not that of an empty one.
fn same_digest(play: &Play<'_>) -> Result<((), String), Stop> {
    done(play.props.enrolled, "enrolled")?;
    let empty = left(&play.props.founded, "founded")?;
    cancel_one(play)?;
    let on = &play.on;
    let mut digests = Vec::new();
    let agreed = on.office.until(play.stage, &["digest"], |_| {
        digests = on
            .all()
            .into_iter()
            .filter_map(|one| one.must(&["digest"]).ok())
            .collect();
        agree(&by_scope(&digests), &empty).then_some(())
    });
    let by_scope = by_scope(&digests);
    if agreed.is_err() {
        let apart = |by: &[String]| {
            BTreeSet::from_iter(by)
                .into_iter()
                .cloned()
                .collect::<Vec<_>>()
        };
        return Err(told(&by_scope, |by| apart(by).join(" ≠ ")));
    }
    Ok((
        (),
        told(&by_scope, |by| {
            format!("{} ×{}", by.first().map_or("", |d| d), by.len())
        }),
    ))
}

/// A pass made and cancelled at once: a cancellation is what every replica holds of passes.
fn cancel_one(play: &Play<'_>) -> Result<(), Stop> {
    let second = &play.on.second;
    let (from, until) = today()?;
    let made = second.must(&[
        "pass", "issue", "--label", "李*", "--from", &from, "--until", &until, "--gate", "1",
    ])?;
    second
        .must(&["pass", "cancel", &made.line("id")])
        .map(|_| ())
}

/// The digests of each shared scope, shortened, of those replicas that may hold it.
type ByScope = BTreeMap<&'static str, Vec<String>>;

fn by_scope(digests: &[Value]) -> ByScope {
    SHARED
        .into_iter()
        .map(|(scope, _)| {
            let of = digests.iter().map(|data| data.field("scopes").line(scope));
            (scope, of.filter(|digest| !digest.is_empty()).collect())
        })
        .collect()
}

fn agree(by_scope: &ByScope, empty: &Value) -> bool {
    SHARED.iter().all(|(scope, at_least)| {
        let of = by_scope.get(scope).map_or(&[][..], Vec::as_slice);
        let equal = of.windows(2).all(|two| two[0] == two[1]);
        of.len() >= *at_least && equal && of.first() != Some(&empty.line(scope))
    })
}

fn told(by_scope: &ByScope, say: impl Fn(&[String]) -> String) -> String {
    let lines = by_scope.iter().map(|(scope, by)| {
        let short: Vec<String> = by.iter().map(|d| d.chars().take(8).collect()).collect();
        format!("{scope} {}", say(&short))
    });
    lines.collect::<Vec<_>>().join("   ")
}
