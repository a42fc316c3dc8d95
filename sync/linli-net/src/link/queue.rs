//! What waits to be written to one link, counted in bytes.
//!
//! A slow reader costs us [`limits::IN_FLIGHT_MAX`] bytes and one frame, never more: beyond that
//! [`Outgoing::push`] turns frames away, says so once, and says once when half of it is free again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use linli_base::limits;
use tokio::sync::Notify;

use crate::event::{LinkEnd, LinkId, NetEvent};
use crate::handle::SendFault;

/// The queue of one link, and the place where its end is decided: the first reason given stands.
#[derive(Default)]
pub(crate) struct Outgoing {
    state: Mutex<State>,
    /// There is something to write, or the end has come.
    work: Notify,
    /// There may be something to tell about congestion.
    news: Notify,
    /// The end has come.
    end: Notify,
}

#[derive(Default)]
struct State {
    frames: VecDeque<Arc<[u8]>>,
    /// Of the frames and of the one that is being written.
    bytes: usize,
    congestion: Congestion,
    end: Option<LinkEnd>,
}

#[derive(Default, PartialEq, Eq)]
enum Congestion {
    #[default]
    None,
    /// A frame was turned away; nobody has been told yet.
    Felt,
    Told,
}

/// What the writer should do next.
pub(crate) enum Next {
    Write(Arc<[u8]>),
    Wait,
    /// Everything is written and the link is to be closed, for this reason.
    Close(LinkEnd),
}

impl Outgoing {
    /// Puts a frame behind the others, or turns it away.
    pub(crate) fn push(&self, frame: Arc<[u8]>) -> Result<(), SendFault> {
        if frame.is_empty() || frame.len() > limits::FRAME_MAX {
            return Err(SendFault::Length);
        }
        let mut state = self.state();
        if state.end.is_some() {
            return Err(SendFault::Gone);
        }
        if state.bytes > 0 && state.bytes + frame.len() > limits::IN_FLIGHT_MAX {
            if state.congestion == Congestion::None {
                state.congestion = Congestion::Felt;
                self.news.notify_one();
            }
            return Err(SendFault::Congested);
        }
        state.bytes += frame.len();
        state.frames.push_back(frame);
        drop(state);
        self.work.notify_one();
        Ok(())
    }

    pub(crate) fn next(&self) -> Next {
        let mut state = self.state();
        match (state.frames.pop_front(), state.end) {
            (Some(frame), _) => Next::Write(frame),
            (None, Some(why)) => Next::Close(why),
            (None, None) => Next::Wait,
        }
    }

    pub(crate) fn written(&self, length: usize) {
        let mut state = self.state();
        state.bytes -= length;
        if state.congestion != Congestion::None && state.bytes <= limits::IN_FLIGHT_MAX / 2 {
            self.news.notify_one();
        }
    }

    /// Resolves when [`Outgoing::next`] may have something else to say than `Wait`.
    pub(crate) async fn work(&self) {
        self.work.notified().await;
    }

    /// The next thing to tell about congestion.
    pub(crate) async fn news(&self, link: LinkId) -> NetEvent {
        loop {
            {
                let mut state = self.state();
                if state.congestion == Congestion::Felt {
                    state.congestion = Congestion::Told;
                    return NetEvent::Congested { link };
                }
                let half_free = state.bytes <= limits::IN_FLIGHT_MAX / 2;
                if state.congestion == Congestion::Told && half_free {
                    state.congestion = Congestion::None;
                    return NetEvent::Drained { link };
                }
            }
            self.news.notified().await;
        }
    }

    /// Gives the link its end. `false` if it had one.
    pub(crate) fn end(&self, why: LinkEnd) -> bool {
        let mut state = self.state();
        let first = state.end.is_none();
        state.end.get_or_insert(why);
        drop(state);
        self.work.notify_one();
        self.end.notify_one();
        first
    }

    /// Resolves with the end once it has come.
    pub(crate) async fn ended(&self) -> LinkEnd {
        loop {
            if let Some(end) = self.state().end {
                return end;
            }
            self.end.notified().await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn frame(length: usize) -> Arc<[u8]> {
        vec![7; length].into()
    }

    fn write_one(queue: &Outgoing) -> usize {
        let Next::Write(frame) = queue.next() else {
            panic!("nothing to write")
        };
        queue.written(frame.len());
        frame.len()
    }

    #[test]
    fn a_full_queue_turns_frames_away_and_says_so_once() {
        let queue = Outgoing::default();
        let link = LinkId(1);
        for _ in 0..4 {
            queue.push(frame(limits::FRAME_MAX)).unwrap();
        }
        assert!(queue.news(link).now_or_never().is_none());
        assert_eq!(queue.push(frame(1)), Err(SendFault::Congested));
        assert_eq!(queue.push(frame(1)), Err(SendFault::Congested));
        let told = queue.news(link).now_or_never().unwrap();
        assert!(matches!(told, NetEvent::Congested { .. }));

        write_one(&queue);
        assert!(queue.news(link).now_or_never().is_none());
        write_one(&queue);
        let told = queue.news(link).now_or_never().unwrap();
        assert!(matches!(told, NetEvent::Drained { .. }));
        assert!(queue.news(link).now_or_never().is_none());
        queue.push(frame(1)).unwrap();
    }

    #[test]
    fn frames_of_no_length_or_too_much_are_never_queued() {
        let queue = Outgoing::default();
        assert_eq!(queue.push(frame(0)), Err(SendFault::Length));
        assert_eq!(
            queue.push(frame(limits::FRAME_MAX + 1)),
            Err(SendFault::Length)
        );
    }

    #[test]
    fn what_was_queued_before_the_end_is_still_written_and_nothing_after() {
        let queue = Outgoing::default();
        queue.push(frame(3)).unwrap();
        assert!(queue.end(LinkEnd::HungUp));
        assert!(!queue.end(LinkEnd::Lost));
        assert_eq!(queue.push(frame(3)), Err(SendFault::Gone));
        assert_eq!(write_one(&queue), 3);
        assert!(matches!(queue.next(), Next::Close(LinkEnd::HungUp)));
        assert_eq!(queue.ended().now_or_never(), Some(LinkEnd::HungUp));
    }
}
