//! One link per peer, also when both call at the same moment.
//!
//! Who dialed a connection opens the stream on it, and the link stands only when the other side has said
//! that it takes it. When calls cross, one of the two devices decides alone, so that the two can never decide
//! differently: the one with the smaller key (compared as bytes). It keeps its own call and does not take the
//! other; the larger takes whatever the smaller opens and lets its own call go.
//!
//! A device that opens a new stream although we believe to have a link with it has lost that link and we
//! have not noticed yet (its power failed, its address changed). Then the new one replaces the old one. The
//! only exception is a call that crossed ours and arrives late: see [`CROSSING`].

use std::time::Duration;

use libp2p::swarm::ConnectionId;
use tokio::time::Instant;

use crate::event::LinkId;

/// A stream that comes in so soon after our own call was taken was opened before the peer knew that.
pub(crate) const CROSSING: Duration = Duration::from_secs(3);

/// The one place that a peer has.
#[derive(Debug)]
pub(crate) enum Seat<S> {
    /// Our stream is open; the peer has not said yet that he takes it.
    Opening(ConnectionId),
    /// There is a link.
    Up(Up),
    /// The link is told to end; the stream that replaces it waits until that is reported.
    Replacing {
        /// The one that ends.
        old: LinkId,
        /// The connection and stream of the one that begins.
        next: (ConnectionId, S),
    },
}

impl<S> Seat<S> {
    /// The connection that the seat's stream is on, or will be.
    pub(crate) fn connection(&self) -> ConnectionId {
        match self {
            Self::Opening(id) | Self::Replacing { next: (id, _), .. } => *id,
            Self::Up(up) => up.connection,
        }
    }
}

/// A link that holds a seat.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Up {
    pub(crate) link: LinkId,
    pub(crate) connection: ConnectionId,
    pub(crate) dialed: bool,
    pub(crate) since: Instant,
}

/// What to do with a stream that a peer opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The peer gets the seat, and a call of ours that was under way is dropped.
    Take,
    /// The stream is closed unanswered.
    Refuse,
    /// The link that holds the seat ends first.
    Replace,
}

/// Judges a stream that the peer opened on a connection that he dialed.
pub(crate) fn judge<S>(seat: Option<&Seat<S>>, we_are_smaller: bool, now: Instant) -> Verdict {
    match seat {
        None => Verdict::Take,
        Some(Seat::Opening(_)) if we_are_smaller => Verdict::Refuse,
        Some(Seat::Opening(_)) => Verdict::Take,
        Some(Seat::Up(up)) => {
            let may_have_crossed = we_are_smaller && up.dialed && now - up.since < CROSSING;
            if may_have_crossed {
                Verdict::Refuse
            } else {
                Verdict::Replace
            }
        }
        Some(Seat::Replacing { .. }) => Verdict::Replace,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn up(dialed: bool, since: Instant) -> Seat<()> {
        Seat::Up(Up {
            link: LinkId(1),
            connection: ConnectionId::new_unchecked(1),
            dialed,
            since,
        })
    }

    #[test]
    fn of_two_calls_that_cross_both_sides_keep_that_of_the_smaller() {
        let now = Instant::now();
        let calling = Seat::<()>::Opening(ConnectionId::new_unchecked(1));
        assert_eq!(judge(Some(&calling), true, now), Verdict::Refuse);
        assert_eq!(judge(Some(&calling), false, now), Verdict::Take);
        // The same, but our call was taken before his arrived.
        assert_eq!(judge(Some(&up(true, now)), true, now), Verdict::Refuse);
        assert_eq!(judge(Some(&up(true, now)), false, now), Verdict::Replace);
    }

    #[test]
    fn a_peer_who_calls_again_has_lost_the_link_we_still_see() {
        let now = Instant::now();
        for smaller in [true, false] {
            assert_eq!(
                judge(Some(&up(true, now)), smaller, now + CROSSING),
                Verdict::Replace
            );
            assert_eq!(judge(Some(&up(false, now)), smaller, now), Verdict::Replace);
        }
    }

    #[test]
    fn an_empty_seat_is_free() {
        assert_eq!(judge::<()>(None, true, Instant::now()), Verdict::Take);
    }
}
