//! Which posts there are, newest first and without their words: a window asks for a page of a board of fifty thousand, and
//! what is not on it is not read.

use super::Owner;
use super::board::hidden_from;
use super::posts::{self, Said};
use crate::api::Fault;
use crate::replica::{Replica, Touched};
use linli_base::RecordId;
use linli_record::row::PostRow;
use linli_record::schema;
use linli_record::{Row, RowKind};
use linli_store::StoreFault;
use linli_view::api::{PostItem, PostKind, PostsOf, PostsPage};
use linli_view::board::MOST;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Characters of a post in a list, which shows a line of it.
const LINE_MAX: usize = 500;

/// Where a post stands: newest first, then by id. One whose author's clock is ahead stands where it came.
type Place = (Reverse<u64>, RecordId);

/// The posts that this home holds. It is made when somebody first asks, and follows what is written from then on.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    posts: BTreeMap<Place, Brief>,
    places: BTreeMap<RecordId, Place>,
    /// What was written since.
    touched: Touched,
}

/// What a page is chosen by.
#[derive(Clone, Copy, Debug)]
struct Brief {
    kind: PostKind,
    open: bool,
    own: bool,
    /// It or something below it was reported or decided about.
    judged: bool,
}

impl Brief {
    fn of(replica: &Replica, post: &PostRow) -> Self {
        let hidden = hidden_from(replica, &post.author, post.moderation.as_ref());
        Self {
            kind: shown_kind(post.kind),
            open: post.closed.is_none() && !hidden,
            own: post.author.principal == replica.me().principal,
            judged: post.moderation.is_some()
                || post.thread.comments.iter().any(|c| c.moderation.is_some()),
        }
    }

    fn is(&self, of: PostsOf) -> bool {
        match of {
            PostsOf::All => true,
            PostsOf::Open => self.open,
            PostsOf::Kind(kind) => self.kind == kind,
        }
    }
}

/// A kind as windows know it.
const fn shown_kind(kind: schema::PostKind) -> PostKind {
    match kind {
        schema::PostKind::Ask => PostKind::Ask,
        schema::PostKind::Offer => PostKind::Offer,
        schema::PostKind::Lost => PostKind::Lost,
        schema::PostKind::Found => PostKind::Found,
        schema::PostKind::Give => PostKind::Give,
        schema::PostKind::Lend => PostKind::Lend,
        schema::PostKind::Sell => PostKind::Sell,
        schema::PostKind::Concern => PostKind::Concern,
        schema::PostKind::Other => PostKind::Other,
    }
}

fn placed(replica: &Replica, post: &PostRow, now_ms: u64) -> Result<u64, StoreFault> {
    if post.created_ms <= now_ms {
        return Ok(post.created_ms);
    }
    let heard = replica.heard_ms(&post.id)?.unwrap_or(now_ms);
    Ok(post.created_ms.min(heard))
}

impl Shelf {
    /// Takes notice of what was written.
    pub(super) fn touch(&mut self, touched: Touched) {
        self.touched.join(touched);
    }

    fn renew(&mut self, replica: &Replica, now_ms: u64) -> Result<(), Fault> {
        match std::mem::replace(&mut self.touched, Touched::none()) {
            Touched::All => {
                // A fault on the way leaves everything to be read again.
                self.touched = Touched::All;
                (self.posts, self.places) = (BTreeMap::new(), BTreeMap::new());
                let mut ahead = Vec::new();
                replica.each_row(RowKind::Post, &mut |id, row| match row {
                    Row::Post(post) if post.created_ms > now_ms => ahead.push(post),
                    Row::Post(post) => self.put(replica, id, post.created_ms, &post),
                    _ => {}
                })?;
                for post in ahead {
                    self.put(replica, post.id, placed(replica, &post, now_ms)?, &post);
                }
                self.touched = Touched::none();
            }
            Touched::Rows(rows) => {
                for (kind, id) in rows {
                    if kind == RowKind::Post
                        && let Err(fault) = self.look(replica, id, now_ms)
                    {
                        self.touched = Touched::All;
                        return Err(fault.into());
                    }
                }
            }
        }
        Ok(())
    }

    fn look(&mut self, replica: &Replica, id: RecordId, now_ms: u64) -> Result<(), StoreFault> {
        if let Some(place) = self.places.remove(&id) {
            self.posts.remove(&place);
        }
        if let Some(Row::Post(post)) = replica.row(RowKind::Post, &id)? {
            self.put(replica, id, placed(replica, &post, now_ms)?, &post);
        }
        Ok(())
    }

    fn put(&mut self, replica: &Replica, id: RecordId, at_ms: u64, post: &PostRow) {
        let place = (Reverse(at_ms), id);
        self.posts.insert(place, Brief::of(replica, post));
        self.places.insert(id, place);
    }

    /// The newest of those that fit, and how many fit.
    fn newest(&self, most: usize, fits: impl Fn(&Brief) -> bool) -> (Vec<Place>, usize) {
        let mut fitting = self.posts.iter().filter(|(_, brief)| fits(brief));
        let page: Vec<Place> = fitting.by_ref().take(most).map(|(at, _)| *at).collect();
        let total = page.len() + fitting.count();
        (page, total)
    }
}

impl Owner {
    /// The newest posts, at most so many of them, and as many of this home's own that are older.
    pub(crate) fn posts_newest(&mut self, most: usize) -> Result<PostsPage, Fault> {
        let shelf = self.shelf()?;
        let (mut places, total) = shelf.newest(most, |_| true);
        let newest = places.len();
        let last = places.last().copied();
        let (own, _) = shelf.newest(most, |brief| brief.own);
        places.extend(own.into_iter().filter(|at| Some(at) > last.as_ref()));
        self.page(&places, newest, total)
    }

    /// The newest posts of one sort, at most so many.
    pub(crate) fn posts_of(&mut self, of: PostsOf, most: u32) -> Result<PostsPage, Fault> {
        let most = usize::try_from(most.min(MOST)).unwrap_or_default();
        let (places, total) = self.shelf()?.newest(most, |brief| brief.is(of));
        self.page(&places, places.len(), total)
    }

    /// Every post of this home's own, with all that is said below it.
    pub(super) fn posts_own(&mut self) -> Result<Vec<PostItem>, Fault> {
        let (places, _) = self.shelf()?.newest(usize::MAX, |brief| brief.own);
        self.shown(&places, Said::All)
    }

    /// Every post of which something was reported or decided about.
    pub(super) fn posts_judged(&mut self) -> Result<Vec<PostRow>, Fault> {
        let (places, _) = self.shelf()?.newest(usize::MAX, |brief| brief.judged);
        self.rows_at(&places)
    }

    fn page(&self, places: &[Place], newest: usize, total: usize) -> Result<PostsPage, Fault> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(PostsPage {
            posts: self.shown(places, Said::Newest)?,
            newest: count(newest),
            total: count(total),
        })
    }

    fn shown(&self, places: &[Place], said: Said) -> Result<Vec<PostItem>, Fault> {
        let rows = self.rows_at(places)?;
        let replica = self.replica_ref()?;
        posts::each(replica, said, &rows, |mut shown| {
            self.add_states(&mut shown);
            let mut post = crate::desk::post(&shown);
            if said == Said::Newest
                && let Some((at, _)) = post.body.char_indices().nth(LINE_MAX)
            {
                post.body.truncate(at);
            }
            post
        })
    }

    fn rows_at(&self, places: &[Place]) -> Result<Vec<PostRow>, Fault> {
        let replica = self.replica_ref()?;
        let mut rows = Vec::with_capacity(places.len());
        for (_, id) in places {
            if let Some(Row::Post(post)) = replica.row(RowKind::Post, id)? {
                rows.push(post);
            }
        }
        Ok(rows)
    }

    fn shelf(&mut self) -> Result<&Shelf, Fault> {
        self.follow_rows()?;
        let now_ms = self.now().wall.0;
        let mut shelf = std::mem::take(&mut self.shelf);
        let renewed = self
            .replica_ref()
            .and_then(|replica| shelf.renew(replica, now_ms));
        self.shelf = shelf;
        renewed.map(|()| &self.shelf)
    }

    /// Tells whoever keeps an index of rows what was written.
    pub(super) fn follow_rows(&mut self) -> Result<(), Fault> {
        let touched = self.replica()?.take_touched();
        self.finder.touch(touched.clone());
        self.shelf.touch(touched);
        Ok(())
    }
}
