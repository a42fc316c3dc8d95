//! What is asked again when the node says that something changed.

use super::Model;
use crate::api::{FamilyDo, Request, Topic};

impl Model {
    /// What to ask when these topics changed; what only a gate has is asked only there.
    pub(super) fn asks(&self, topics: Vec<Topic>) -> Vec<Request> {
        let mut asks: Vec<Request> = topics.into_iter().filter_map(ask).collect();
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
        if let Some(older) = self.older.as_ref()
            && asks.contains(&Request::PostList)
        {
            let (of, most) = (older.of, older.most);
            asks.push(Request::PostPage { of, most });
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
        Topic::Other => None,
    }
}
