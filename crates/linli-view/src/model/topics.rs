//! What is asked again when the node says that something changed, or where the home stands now.

use super::{Folded, Model};
use crate::api::{FamilyDo, Fault, FaultCode, Request, Status, Topic};

impl Model {
    /// Takes where the home stands. One that opens only now, and one that turns out to be a gate's, an office's or a
    /// household's, is asked for what belongs to it.
    pub(super) fn take_status(&mut self, status: Status, unlocked: bool) -> Folded {
        self.closed = status
            .community
            .is_none()
            .then(|| Fault::of(FaultCode::NoCommunity));
        let (was_gate, was_office, was_house) = (self.is_gate(), self.is_office(), self.is_house());
        self.status = Some(status);
        let mut asks = if unlocked {
            Self::opening()
        } else {
            Vec::new()
        };
        if self.is_gate() && !was_gate {
            asks.extend(Self::gate());
        }
        if self.is_office() && !was_office {
            asks.extend(Self::office());
        }
        if !self.is_gate() && self.asked_for.refusals.is_none() && self.closed.is_none() {
            asks.push(Request::Refusals);
        }
        if self.is_house() && !was_house {
            asks.extend(Self::house());
        }
        Folded { asks, told: None }
    }

    /// What to ask when these topics changed; what only a gate has is asked only there.
    pub(super) fn asks(&self, topics: Vec<Topic>) -> Vec<Request> {
        let register = topics.contains(&Topic::Register);
        let mut asks: Vec<Request> = topics.into_iter().filter_map(ask).collect();
        if register {
            asks.extend(self.register_again());
        }
        if let Some(reach) = self
            .reach
            .as_ref()
            .filter(|_| asks.contains(&Request::NoticeList))
        {
            let id = reach.id.clone();
            asks.push(Request::NoticeReach { id });
        }
        if self.is_office()
            && (asks.contains(&Request::PostList) || asks.contains(&Request::NoticeList))
        {
            // Reports come as what the board is made of, those of comments also with notices.
            asks.push(Request::BoardQueue);
        }
        if let Some(id) = self.open_post.clone()
            && asks.contains(&Request::PostList)
        {
            // A list has the newest of its comments alone.
            asks.push(Request::PostShow { id });
        }
        if asks.contains(&Request::PostList) && self.older.is_some() {
            asks.extend(self.further());
        }
        if asks.contains(&Request::PostList) {
            // Calls for help, letters and numbers come as what the board is made of.
            asks.extend([Request::HelpList, Request::HelpNumbers]);
        } else if asks.contains(&Request::Peers) && crate::help::own_call(self).is_some() {
            // Another computer may hold the call now.
            asks.push(Request::HelpList);
        }
        if asks.contains(&Request::PassList) && self.asked_for.refusals.is_some() {
            // What is on the screen stays true.
            asks.push(Request::Refusals);
        }
        if self.is_gate() && asks.contains(&Request::PassList) {
            // What a household answers comes as what passes are made of.
            asks.extend([Request::GateExpected, Request::GateInside, Request::Rings]);
            if self.asked_for.evacuation.is_some() {
                asks.push(Request::GateEvacuation);
            }
        }
        if self.is_office() && asks.contains(&Request::NoticeList) {
            // One that waited may have gone out.
            asks.push(Request::Scheduled);
        }
        if self.is_house() && asks.contains(&Request::Status) {
            // Another window or a command may have said that somebody else sits here now.
            asks.push(Request::Family(FamilyDo::Show));
        }
        if self.is_house() && asks.contains(&Request::PassList) {
            // Calls and the doorbell come as what passes are made of.
            asks.extend(Self::house());
        }
        if self.is_office() && asks.contains(&Request::PassList) {
            // Lines of the gates' logs come as what passes are made of.
            asks.push(Request::GateIncidents);
        }
        if self.is_gate() && asks.contains(&Request::Peers) {
            // Whoever was heard may have brought cancellations and the time of day.
            asks.push(Request::GateStatus);
        }
        let news = asks.contains(&Request::PostList) || asks.contains(&Request::NoticeList);
        if news && !self.is_gate() {
            asks.push(Request::Bell);
        }
        // A gate invites nobody.
        asks.retain(|request| !self.is_gate() || *request != Request::Invites);
        asks.retain(|request| self.is_gate() || *request != Request::GateStatus);
        // Gates carry no board.
        let board = |r: &Request| {
            matches!(
                r,
                Request::PostList | Request::PostPage { .. } | Request::PostShow { .. }
            )
        };
        asks.retain(|request| !self.is_gate() || !board(request));
        asks.dedup();
        asks
    }
}

/// What to ask when a topic changed.
const fn ask(topic: Topic) -> Option<Request> {
    match topic {
        Topic::Status => Some(Request::Status),
        Topic::Notices => Some(Request::NoticeList),
        Topic::Passes => Some(Request::PassList),
        Topic::Sync => Some(Request::Peers),
        Topic::Gate => Some(Request::GateStatus),
        Topic::Posts => Some(Request::PostList),
        Topic::Invites => Some(Request::Invites),
        Topic::Register | Topic::Other => None,
    }
}
