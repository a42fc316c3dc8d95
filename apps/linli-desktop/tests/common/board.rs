//! The sample node's board.

use super::{NOW_MS, Node};
use linli_desktop::app::App;
use linli_view::api::{
    CommentItem, Delivery, DraftItem, DraftSaved, EarlierComments, Fault, FaultCode, FileItem,
    FileRef, HandedItem, HeardBy, ModerationItem, PostDo, PostItem, PostKind, PostsOf, PostsPage,
    QueueItem, Reply, ReportItem, Request, RulingItem, Seen, Stage, UndoItem, UndoState,
};
use linli_view::files::{Adding, Attached};
use linli_view::intent::Intent;

/// Files as they are shown once they went out.
pub fn kept(files: &[FileRef]) -> Vec<FileItem> {
    let one = |(n, file): (u32, &FileRef)| FileItem {
        n,
        media: file.media.clone(),
        name: file.name.clone(),
        bytes: u64::from(file.size) - 16,
        sealed: u64::from(file.size),
        width: file.sides.map(|(width, _)| width.into()),
        height: file.sides.map(|(_, height)| height.into()),
        state: "here".into(),
        ..FileItem::default()
    };
    (1..).zip(files).map(one).collect()
}

/// A few posts, the newest first.
pub fn posts() -> Vec<PostItem> {
    let post = |n: u64, kind, author: &str, body: &str| PostItem {
        id: format!("pst{n}"),
        kind,
        author: author.into(),
        body: body.into(),
        published_ms: NOW_MS - n * 3_600_000,
        heard_ms: NOW_MS - n * 3_500_000,
        closed: false,
        claims: vec![],
        comments: vec![],
        comments_left_out: 0,
        withheld: 0,
        own: false,
        likes: 0,
        liked: false,
        moderation: None,
        hidden: false,
        handed_to: None,
        handed: None,
        outcome: None,
        chosen: None,
        thanks: 0,
        thanked: false,
        delivery: None,
        files: vec![],
    };
    let reply = |author: &str, official: bool, body: &str| CommentItem {
        id: format!("{author}-{}", body.len()),
        author: author.into(),
        official,
        body: body.into(),
        published_ms: NOW_MS - 600_000,
        hidden: false,
        own: false,
        moderation: None,
        delivery: None,
        ..CommentItem::default()
    };
    let mut keys = post(
        1,
        PostKind::Found,
        "3-1-201",
        "捡到钥匙一串，在3号楼楼下花坛边，上面有个蓝色小熊。",
    );
    keys.likes = 7;
    let file = |n, media: &str, state: &str| linli_view::api::FileItem {
        n,
        media: media.into(),
        name: Some(format!("钥匙{n}.{media}")),
        bytes: 310_000,
        width: (media == "jpg").then_some(1_600),
        height: (media == "jpg").then_some(1_200),
        state: state.into(),
        have: 131_072,
        sealed: 310_016,
        from: Some("物业".into()),
    };
    keys.files = vec![file(1, "jpg", "coming"), file(2, "pdf", "waiting")];
    keys.comments = vec![
        reply("5-2-302", false, "好像是我家孩子的"),
        reply("物业", true, "也可以放到前台，我们登记。"),
    ];
    let mut sofa = post(
        2,
        PostKind::Ask,
        "3-2-501",
        "今晚七点想搬一张沙发下楼，需要两个人。",
    );
    (sofa.own, sofa.claims) = (true, vec!["2-1-302".into()]);
    let heard = |name: &str, ago| HeardBy {
        name: name.into(),
        at_ms: NOW_MS - ago,
    };
    sofa.delivery = Some(Delivery {
        stage: Stage::Arrived,
        heard_by: vec![heard("3-1-201", 7_200_000), heard("居委会", 300_000)],
    });
    let mut lamp = post(
        30,
        PostKind::Concern,
        "7-2-1102",
        "7号楼2单元的路灯坏了半年，报修三次。",
    );
    lamp.handed_to = Some("物业".into());
    lamp.handed = Some(HandedItem {
        by: "7-2-1102".into(),
        at_ms: NOW_MS - 3_600_000,
        words: Some("晚上孩子放学看不见路".into()),
        answer: None,
    });
    let mut desk = post(
        50,
        PostKind::Sell,
        "2-1-702",
        "二手儿童学习桌，可升降，200元。",
    );
    desk.closed = true;
    let mut quarrel = post(70, PostKind::Concern, "6-1-101", "");
    quarrel.hidden = true;
    quarrel.moderation = Some(ModerationItem {
        state: "hidden".into(),
        reports: 3,
        by: Some("居委会".into()),
        reason: Some("点了邻居的名，请就事论事".into()),
        ..ModerationItem::default()
    });
    vec![keys, sofa, lamp, desk, quarrel]
}

/// What waits for an office: a post that was paused, a reply whose author appealed.
pub fn queue() -> Vec<QueueItem> {
    let report = |by: &str, reason: &str, words: Option<&str>| ReportItem {
        by: by.into(),
        reason: reason.into(),
        words: words.map(Into::into),
        at_ms: NOW_MS - 1_800_000,
        answered: false,
    };
    let reply = QueueItem {
        record: "pst1".into(),
        comment: Some("c9".into()),
        kind: "comment".into(),
        author: "4-1-101".into(),
        body: "又是他，每次都这样。".into(),
        files: vec![linli_view::api::FileItem {
            n: 1,
            media: "jpg".into(),
            name: Some("门口.jpg".into()),
            bytes: 210_000,
            sealed: 210_016,
            width: Some(1_600),
            height: Some(1_200),
            state: "here".into(),
            ..linli_view::api::FileItem::default()
        }],
        published_ms: NOW_MS - 5_400_000,
        moderation: ModerationItem {
            state: "hidden".into(),
            by: Some("物业".into()),
            reason: Some("人身攻击".into()),
            appealed: true,
            appeal: Some("我只是说事实，没有骂人。".into()),
            rulings: vec![RulingItem {
                hide: true,
                by: "物业".into(),
                reason: "人身攻击".into(),
                at_ms: NOW_MS - 3_600_000,
            }],
            ..ModerationItem::default()
        },
        reports: vec![ReportItem {
            answered: true,
            ..report("3-2-502", "abuse", None)
        }],
        ..QueueItem::default()
    };
    let post = QueueItem {
        seen: seen(),

        record: "pst90".into(),
        kind: "concern".into(),
        author: "6-1-101".into(),
        body: "5楼那家的狗天天在楼道里拉屎，大家认认门：502。".into(),
        published_ms: NOW_MS - 7_200_000,
        moderation: ModerationItem {
            state: "paused".into(),
            reports: 3,
            why: vec![("privacy".into(), 2), ("abuse".into(), 1)],
            ..ModerationItem::default()
        },
        reports: vec![
            report("3-2-502", "privacy", Some("写了我家门牌")),
            report("3-2-601", "privacy", None),
            report("4-1-102", "abuse", Some("请就事论事")),
        ],
        ..QueueItem::default()
    };
    vec![reply, post]
}

/// A photo that goes with what is being written.
pub fn attached(name: &str) -> Attached {
    Attached {
        name: name.into(),
        file: FileRef {
            hash: String::new(),
            key: String::new(),
            size: 1_000,
            media: "jpg".into(),
            sides: Some((1_600, 1_200)),
            name: Some(name.into()),
        },
    }
}

/// A form with two files that go along, and a third that cannot.
pub fn writing(ctx: &egui::Context, app: &mut App) {
    app.perform(ctx, Intent::NewPost);
    app.state.files = vec![attached("钥匙.jpg"), attached("小区平面图.pdf")];
    app.state.adding = Adding::Refused("attach-heic".into());
}

/// What the office has before it in the first case.
pub fn seen() -> Seen {
    Seen {
        ruling: None,
        heard: vec!["h1".into()],
    }
}

fn take_back(said: &mut [CommentItem], comment: &str) {
    let one = said.iter_mut().find(|c| c.id == comment).unwrap();
    (one.gone, one.hidden) = (true, true);
    one.body.clear();
    one.files.clear();
}

impl Node {
    pub(super) fn forget_sent(&mut self, draft: &DraftItem) {
        self.sent.push(draft.id.clone());
        self.drafts.retain(|kept| kept.id != draft.id);
    }

    pub(super) fn board(&mut self, request: &Request) -> Reply {
        match request {
            Request::DraftSend { draft, .. } if self.sent.contains(&draft.id) => {
                Reply::Fault(Fault::of(FaultCode::DraftGone))
            }
            Request::DraftSend { draft, .. } if draft.kind == "reply" => {
                self.forget_sent(draft);
                let (id, text) = (draft.about.clone(), draft.text.clone());
                let what = PostDo::Comment { text };
                let about = Request::PostDo { id, what };
                self.board(&about);
                let post = self.posts.iter_mut().find(|post| post.id == draft.about);
                let post = post.unwrap();
                post.comments.last_mut().unwrap().files = kept(&draft.files);
                Reply::Post(Box::new(post.clone()))
            }
            Request::DraftSend { draft, .. } => {
                self.forget_sent(draft);
                let kind = PostKind::ALL.into_iter().find(|k| k.word() == draft.about);
                let (kind, body) = (&kind.unwrap(), &draft.text);
                let mut post = posts().remove(1);
                post.id = format!("new{}", self.posts.len());
                (post.kind, post.body) = (*kind, body.clone());
                (post.claims, post.published_ms) = (vec![], NOW_MS);
                let id = post.id.clone();
                self.posts.insert(0, post);
                Reply::Posted(id)
            }
            Request::PostShow { id } => match self.posts.iter().find(|post| post.id == *id) {
                Some(post) => Reply::Post(Box::new(post.clone())),
                None => Reply::Fault(Fault::of(FaultCode::NotFound)),
            },
            Request::PostEarlier { id, before } => {
                let post = self.posts.iter().find(|post| post.id == *id).unwrap();
                let at = post.comments.iter().position(|c| c.id == *before).unwrap();
                let earlier = |n: usize| CommentItem {
                    id: format!("earlier{n}"),
                    author: "1-1-101".into(),
                    body: format!("更早的第{n}条"),
                    published_ms: NOW_MS - 7_200_000,
                    ..CommentItem::default()
                };
                Reply::Earlier(Box::new(EarlierComments {
                    id: id.clone(),
                    comments: if at == 0 {
                        (1..=3).map(earlier).collect()
                    } else {
                        vec![]
                    },
                    left_out: 0,
                }))
            }
            // It takes its time.
            Request::FileOpen { .. } => Reply::Done,
            Request::PostDo { id, what } if self.notices.iter().any(|n| n.id == *id) => {
                let notice = self.notices.iter_mut().find(|n| n.id == *id).unwrap();
                if let PostDo::Appeal { comment, words } = what {
                    let of = |c: &&mut CommentItem| Some(&c.id) == comment.as_ref();
                    let comment = notice.said.iter_mut().find(of).unwrap();
                    let m = comment.moderation.as_mut().unwrap();
                    (m.appealed, m.may_appeal) = (true, false);
                    m.appeal = Some(words.clone());
                }
                if let PostDo::TakeBack { comment } = what {
                    take_back(&mut notice.said, comment);
                }
                Reply::Notice(Box::new(notice.clone()))
            }
            Request::PostDo { id, what } => {
                let post = self.posts.iter_mut().find(|post| post.id == *id).unwrap();
                let me = "3-2-501".to_owned();
                match what {
                    PostDo::Claim => post.claims.push(me),
                    PostDo::TakeBack { comment } => take_back(&mut post.comments, comment),
                    PostDo::Unclaim => post.claims.retain(|by| *by != me),
                    PostDo::Like { on } => {
                        (post.liked, post.likes) = (*on, post.likes + u32::from(*on));
                    }
                    PostDo::Comment { text } => post.comments.push(CommentItem {
                        id: format!("c{}", post.comments.len()),
                        author: me,
                        official: false,
                        body: text.clone(),
                        published_ms: NOW_MS,
                        hidden: false,
                        own: true,
                        moderation: None,
                        delivery: Some(Delivery::default()),
                        ..CommentItem::default()
                    }),
                    PostDo::Thank { on } => {
                        (post.thanked, post.thanks) = (*on, post.thanks + u32::from(*on));
                    }
                    PostDo::Reopen => {
                        post.closed = false;
                        (post.outcome, post.chosen) = (None, None);
                    }
                    PostDo::Close => post.closed = true,
                    PostDo::Settle {
                        outcome, chosen, ..
                    } => {
                        post.closed = true;
                        (post.outcome, post.chosen) = (outcome.clone(), chosen.clone());
                    }
                    PostDo::HandOver { to, words } => {
                        post.handed_to = Some(to.clone());
                        post.handed = Some(HandedItem {
                            by: me,
                            at_ms: NOW_MS,
                            words: words.clone(),
                            answer: None,
                        });
                    }
                    PostDo::Appeal { words, .. } => {
                        let m = post.moderation.as_mut().unwrap();
                        (m.appealed, m.may_appeal) = (true, false);
                        m.appeal = Some(words.clone());
                    }
                    PostDo::Report { .. } | PostDo::ReportReply { .. } => {}
                }
                Reply::Post(Box::new(post.clone()))
            }
            Request::BoardRule { id, comment, .. } => {
                self.queue
                    .retain(|item| item.record != *id || item.comment != *comment);
                Reply::Queue(self.queue.clone())
            }
            Request::BoardQueue => Reply::Queue(self.queue.clone()),
            Request::Undo { yes } => {
                let Some(item) = self.undo.clone() else {
                    return Reply::Undone(UndoItem {
                        state: UndoState::Nothing,
                        what: String::new(),
                        about: String::new(),
                    });
                };
                if item.state != UndoState::Asks || *yes {
                    self.undo = None;
                }
                Reply::Undone(match item.state {
                    UndoState::Asks if *yes => UndoItem {
                        state: UndoState::Done,
                        ..item
                    },
                    _ => item,
                })
            }
            Request::DraftList => Reply::Drafts(self.drafts.clone()),
            Request::DraftSave { .. } | Request::DraftDrop { .. } if self.full => {
                Reply::Fault(Fault::of(FaultCode::DiskFull))
            }
            Request::DraftSave { mark, draft } => {
                let mut draft = (**draft).clone();
                let base = draft.version;
                draft.version += 1;
                let at = self.drafts.iter().position(|d| d.id == draft.id);
                let mut other = None;
                match at.filter(|at| self.drafts[*at].version == base) {
                    Some(at) => self.drafts[at] = draft.clone(),
                    None if at.is_none() && base == 0 => self.drafts.push(draft.clone()),
                    None => {
                        other = at.map(|at| self.drafts[at].clone());
                        draft.id = Some(format!("d{mark}-{}", self.drafts.len()));
                        self.drafts.push(draft.clone());
                    }
                }
                Reply::DraftSaved(Box::new(DraftSaved { draft, other }))
            }
            Request::DraftDrop { id, .. } => {
                self.drafts.retain(|d| d.id.as_ref() != Some(id));
                Reply::DraftGone(None)
            }
            Request::PostPage { of, most } => {
                let lists = |post: &&PostItem| match of {
                    PostsOf::All => true,
                    PostsOf::Open => !post.closed && !post.hidden,
                    PostsOf::Kind(kind) => post.kind == *kind,
                };
                let mut posts: Vec<PostItem> = self.posts.iter().filter(lists).cloned().collect();
                posts.sort_by_key(|post| std::cmp::Reverse(post.published_ms));
                let mut page = PostsPage::whole(posts);
                page.posts.truncate(*most as usize);
                page.newest = page.posts.len() as u32;
                Reply::PostPage(page)
            }
            _ => {
                let mut posts = self.posts.clone();
                posts.sort_by_key(|post| std::cmp::Reverse(post.published_ms));
                let mut page = PostsPage::whole(posts);
                page.posts.truncate(self.shelf);
                page.newest = page.posts.len() as u32;
                Reply::Posts(page)
            }
        }
    }
}
