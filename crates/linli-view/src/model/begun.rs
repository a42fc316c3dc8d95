//! What an answer means to who is just beginning: joining or founding.

use super::{Folded, JoinTold, Model, Told};
use crate::api::{Reply, Request};

/// The answer to a step of joining or founding; none: it belongs to something else.
pub(super) fn begun(request: Option<&Request>, reply: &Reply) -> Option<Folded> {
    let joins = matches!(
        request,
        Some(
            Request::Join { .. }
                | Request::JoinPictures
                | Request::JoinConfirm { .. }
                | Request::StartAgain
        )
    );
    let founds = matches!(request, Some(Request::FoundPaper | Request::Found(_)));
    if let Some(folded) = super::invites::not_invited(request, reply) {
        return Some(folded);
    }
    let told = match (reply, request) {
        (Reply::Pictures(pictures), _) => JoinTold::Pictures((**pictures).clone()),
        (Reply::Paper(paper), _) => JoinTold::Paper(paper.clone()),
        (Reply::Done, Some(Request::JoinConfirm { .. })) => JoinTold::Joined,
        (Reply::Done, Some(Request::Found(_))) => JoinTold::Founded,
        (Reply::Done, Some(Request::StartAgain)) => JoinTold::StartsAgain,
        (Reply::Fault(fault), _) if joins => JoinTold::Failed(fault.message.clone()),
        (Reply::Fault(fault), _) if founds => JoinTold::NotFounded(fault.message.clone()),
        // Nobody pressed anything.
        (Reply::Fault(_), Some(Request::Nearby)) => return Some(Folded::default()),
        _ => return None,
    };
    let opens = matches!(
        told,
        JoinTold::Joined | JoinTold::Founded | JoinTold::StartsAgain
    );
    Some(Folded {
        asks: if opens { Model::opening() } else { Vec::new() },
        told: Some(Told::Join(told)),
    })
}
