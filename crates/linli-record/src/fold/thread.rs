//! Comments, reactions, claims and closings, from the facts about one record.

use super::board::Gathered;
use super::order::in_order;
use super::{FactIn, may_speak};
use crate::attach;
use crate::fact::Fact;
use crate::row::{
    Author, ClaimRow, CloseRow, CommentRow, HandOverRow, Moderation, ReactionRow, Thread,
};
use crate::schema::Outcome;
use linli_base::{EntryId, PrincipalId, Private};
use std::collections::{BTreeMap, BTreeSet};

/// Most comments of one principal below one record that are shown: a row is written anew at each comment, so
/// one neighbour must not be able to make it as large as they like.
pub const COMMENTS_PER_PRINCIPAL: usize = 200;

/// What the facts about a record amount to.
pub(super) struct Said {
    pub thread: Thread,
    pub claims: Vec<ClaimRow>,
    pub closed: Option<CloseRow>,
    pub moderation: Option<Moderation>,
    pub handed: Vec<HandOverRow>,
}

/// Folds the facts about a record that `author` made at `created_ms`.
pub(super) fn fold(author: &Author, created_ms: u64, facts: &[FactIn]) -> Said {
    let owner = author.principal;
    let mut board = Gathered::default();
    let mut comments: Vec<CommentRow> = Vec::new();
    let mut left_out = 0;
    let mut written: BTreeMap<PrincipalId, usize> = BTreeMap::new();
    let mut reactions: BTreeMap<PrincipalId, Option<ReactionRow>> = BTreeMap::new();
    let mut claims: BTreeMap<PrincipalId, Option<(usize, ClaimRow)>> = BTreeMap::new();
    let mut closed = None;
    let gone = taken_back(facts);
    // Closed as it was made: whatever another clock claims, nobody can have said anything before that.
    let mut closed_ms = facts
        .iter()
        .any(|said| {
            let closes = said.fact == Fact::Comments { open: false };
            closes && said.author.principal == owner && said.time_ms == created_ms
        })
        .then_some(created_ms);
    for (place, said) in in_order(facts).into_iter().enumerate() {
        if !may_speak(said.author.kind) {
            continue;
        }
        board.take(owner, said);
        let who = said.author.principal;
        match &said.fact {
            Fact::Comment {
                text,
                answers,
                files,
            } => {
                let count = written.entry(who).or_default();
                *count += 1;
                if *count > COMMENTS_PER_PRINCIPAL {
                    left_out += 1;
                    continue;
                }
                // Its place stays, so that what was answered to it does not seem to answer something else.
                let gone = gone.contains(&(who, said.entry));
                comments.push(CommentRow {
                    id: said.entry,
                    author: said.author.clone(),
                    time_ms: said.time_ms,
                    text: if gone {
                        Private::new(String::new())
                    } else {
                        text.clone()
                    },
                    answers: *answers,
                    files: if gone {
                        Vec::new()
                    } else {
                        attach::known(files.iter().map(|file| file.reveal().as_slice()))
                    },
                    moderation: None,
                    late: closed_ms.is_some() && who != owner,
                    gone,
                });
            }
            Fact::Comments { open } if who == owner => {
                closed_ms = (!open).then_some(said.time_ms);
            }
            Fact::Reaction { what } => {
                let row = what.as_ref().map(|what| ReactionRow {
                    author: said.author.clone(),
                    what: what.clone(),
                });
                reactions.insert(who, row);
            }
            // Who wrote the post has nothing to claim of it.
            Fact::Claim { text } if who != owner => {
                let row = ClaimRow {
                    id: said.entry,
                    author: said.author.clone(),
                    time_ms: said.time_ms,
                    text: text.clone(),
                };
                // Saying more does not lose the place in the row; taking back and claiming again does.
                match claims.entry(who).or_default() {
                    Some((_, first)) => first.text = row.text.or(first.text.take()),
                    empty => *empty = Some((place, row)),
                }
            }
            Fact::Unclaim => {
                claims.insert(who, None);
            }
            Fact::Close { outcome, chosen } if who == owner => {
                closed = Some(CloseRow {
                    time_ms: said.time_ms,
                    outcome: outcome
                        .as_ref()
                        .map(|word| Outcome::parse(word).unwrap_or(Outcome::Other)),
                    chosen: *chosen,
                });
            }
            Fact::Reopen if who == owner => closed = None,
            _ => {}
        }
    }
    let mut in_place: Vec<_> = claims.into_values().flatten().collect();
    in_place.sort_by_key(|(place, _)| *place);
    // Of what is not there any more nothing is left to decide.
    for comment in comments.iter_mut().filter(|comment| !comment.gone) {
        comment.moderation = board.settle(Some(comment.id), &comment.author);
    }
    Said {
        thread: Thread {
            comments,
            comments_left_out: left_out,
            reactions: reactions.into_values().flatten().collect(),
            closed_ms,
        },
        claims: in_place.into_iter().map(|(_, row)| row).collect(),
        closed,
        moderation: board.settle(None, author),
        handed: board.handed,
    }
}

/// Which comments were taken back, by whom. That of somebody else is not: the fold asks for both. In whichever order the two
/// arrived, and whatever the clocks say, what was taken back stays so.
fn taken_back(facts: &[FactIn]) -> BTreeSet<(PrincipalId, EntryId)> {
    facts
        .iter()
        .filter_map(|said| match said.fact {
            Fact::Uncomment(comment) => Some((said.author.principal, comment)),
            _ => None,
        })
        .collect()
}
