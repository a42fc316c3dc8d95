//! What is told and asked after something was done on the board, or taken back.

use super::fold::put;
use super::{Folded, Model, Told};
use crate::api::{
    CommentItem, EarlierComments, PostDo, PostItem, PostsOf, PostsPage, Request, UndoItem,
    UndoState,
};
use crate::board::{PAGE, Shelf, case_key};

impl Model {
    /// What was taken back is seen anew wherever it is shown.
    pub(super) fn undone(&mut self, item: UndoItem) -> Folded {
        if item.state == UndoState::Asks {
            self.undo = Some(item);
            return Folded::default();
        }
        self.undo = None;
        let asks = match item.state {
            UndoState::Done => vec![
                Request::PostList,
                Request::PassList,
                Request::RegularList,
                Request::Peers,
            ],
            _ => Vec::new(),
        };
        Folded {
            asks,
            told: Some(Told::Undo(item)),
        }
    }
}

/// A part of the board beside the newest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Older {
    /// Which posts.
    pub of: PostsOf,
    /// What came.
    pub page: PostsPage,
}

impl Model {
    /// What the board shows of its posts.
    #[must_use]
    pub fn shelf(&self) -> Shelf<'_> {
        Shelf {
            posts: &self.posts,
            total: self.posts_total,
            from_ms: self.posts_from_ms,
            older: self.older.as_ref(),
        }
    }

    /// The board shows this sort of posts from now on. What to ask for it: nothing, where all are here.
    pub fn turn_to(&mut self, of: PostsOf) -> Option<Request> {
        if self.wanted.is_none_or(|(wanted, _)| wanted != of) {
            self.older = None;
            self.wanted = (of != PostsOf::All).then_some((of, PAGE));
        }
        self.further()
    }

    /// The board shows so many posts of this sort.
    pub fn go_back(&mut self, of: PostsOf, most: u32) {
        self.wanted = Some((of, most));
    }

    /// Nobody looks at the board: what is further back is asked for again when somebody does.
    pub fn leave_board(&mut self) {
        self.older = None;
    }

    /// What is looked at and not here, where the list is not all there is.
    pub(super) fn further(&self) -> Option<Request> {
        let (of, most) = self.wanted.filter(|_| self.posts_from_ms.is_some())?;
        Some(Request::PostPage { of, most })
    }

    pub(super) fn take_page(&mut self, request: Option<Request>, page: PostsPage) -> Folded {
        if let Some(Request::PostPage { of, most }) = request
            && self.wanted == Some((of, most))
        {
            self.older = Some(Older { of, page });
        }
        Folded::default()
    }

    /// A post of such a part that is opened is known before the node has said more of it.
    pub fn hold_post(&mut self, id: &str) {
        let known = self.posts.iter().any(|post| post.id == id);
        let older = self.older.iter().flat_map(|older| &older.page.posts);
        if !known && let Some(post) = older.into_iter().find(|post| post.id == id) {
            self.posts.push(post.clone());
        }
    }
}

impl Model {
    /// A list has the newest comments of each post; of the one that is open what is here stays until all is here again.
    pub(super) fn take_posts(&mut self, page: PostsPage) -> Folded {
        let open = self.open_post.as_deref();
        let held = open.and_then(|open| self.posts.iter().position(|p| p.id == open));
        let held = held.map(|at| self.posts.swap_remove(at));
        let all = page.newest >= page.total;
        let newest = page.posts.iter().take(page.newest as usize);
        let from_ms = newest.map(PostItem::placed_ms).min();
        self.posts_from_ms = from_ms.filter(|_| !all);
        self.posts_total = page.total;
        self.posts = page.posts;
        if let Some(held) = held {
            match self.posts.iter_mut().find(|p| p.id == held.id) {
                Some(new) => {
                    if held.body.starts_with(&new.body) && !new.hidden {
                        new.body.clone_from(&held.body);
                    }
                    join(new, held);
                }
                // It may be one further back: it is asked for by itself too.
                None if !all => self.posts.push(held),
                None => {}
            }
        }
        if all {
            self.older = None;
        }
        // What stands in the window was asked for before this said that there is more.
        let asks = match &self.older {
            None => self.further().into_iter().collect(),
            Some(_) => Vec::new(),
        };
        Folded { asks, told: None }
    }

    /// One post, whole or its newest page: what was read of its earlier comments stays.
    pub(super) fn take_post(&mut self, mut post: PostItem) {
        let held = self.posts.iter().find(|p| p.id == post.id);
        if let Some(held) = held.cloned() {
            join(&mut post, held);
        }
        put(&mut self.posts, post, |p| p.id.as_str());
    }

    /// Comments before those that are here.
    pub(super) fn take_earlier(&mut self, page: EarlierComments) -> Folded {
        if let Some(post) = self.posts.iter_mut().find(|p| p.id == page.id) {
            let here = |c: &CommentItem| post.comments.iter().any(|old| old.id == c.id);
            let fresh: Vec<CommentItem> = page.comments.into_iter().filter(|c| !here(c)).collect();
            post.comments.splice(0..0, fresh);
            post.comments_left_out = page.left_out;
        }
        Folded::default()
    }

    /// A post is not here any more.
    pub(super) fn lost_post(&mut self, id: &str) -> Folded {
        self.open_post.take_if(|open| open == id);
        self.posts.retain(|post| post.id != id);
        Folded::default()
    }
}

/// Puts before the comments of `new` those of `held` that are older than they. Where another one was taken back or hidden since,
/// it may be among those: they are read anew, page by page, rather than shown once more.
fn join(new: &mut PostItem, mut held: PostItem) {
    if new.withheld != held.withheld {
        return;
    }
    let first = new.comments.first().map(|c| &c.id);
    let Some(at) = first.and_then(|id| held.comments.iter().position(|c| c.id == *id)) else {
        return;
    };
    held.comments.truncate(at);
    let known = u32::try_from(at).unwrap_or(u32::MAX);
    new.comments_left_out = new.comments_left_out.saturating_sub(known);
    new.comments.splice(0..0, held.comments);
}

/// What is told once after something was done about a post; most of it is seen at once.
pub(super) fn done_on_board(id: String, what: PostDo) -> Option<Told> {
    match what {
        PostDo::Report { .. } | PostDo::ReportReply { .. } => Some(Told::Reported { id }),
        PostDo::TakeBack { .. } => Some(Told::TakenBack { id }),
        PostDo::Settle { .. } => Some(Told::Settled { id }),
        PostDo::Appeal { comment, .. } => {
            let about = case_key(&id, comment.as_deref());
            Some(Told::Appealed { id, about })
        }
        PostDo::HandOver { to, .. } => Some(Told::HandedTo { id, office: to }),
        PostDo::Claim
        | PostDo::Unclaim
        | PostDo::Like { .. }
        | PostDo::Thank { .. }
        | PostDo::Reopen
        | PostDo::Close => None,
        PostDo::Comment { text } => Some(Told::Replied { id, text }),
    }
}
