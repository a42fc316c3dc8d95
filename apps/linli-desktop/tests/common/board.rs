//! The sample node's board.

use super::{NOW_MS, Node};
use linli_desktop::app::App;
use linli_view::api::{CommentItem, PostDo, PostItem, PostKind, Reply, Request};
use linli_view::api::{Fault, FaultCode, FileRef};
use linli_view::files::{Adding, Attached};
use linli_view::intent::Intent;

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
        own: false,
        likes: 0,
        liked: false,
        moderation: None,
        hidden: false,
        handed_to: None,
        files: vec![],
    };
    let reply = |author: &str, official: bool, body: &str| CommentItem {
        id: format!("{author}-{}", body.len()),
        author: author.into(),
        official,
        body: body.into(),
        published_ms: NOW_MS - 600_000,
        hidden: false,
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
    let mut lamp = post(
        30,
        PostKind::Concern,
        "7-2-1102",
        "7号楼2单元的路灯坏了半年，报修三次。",
    );
    lamp.handed_to = Some("物业".into());
    let mut desk = post(
        50,
        PostKind::Sell,
        "2-1-702",
        "二手儿童学习桌，可升降，200元。",
    );
    desk.closed = true;
    let mut quarrel = post(70, PostKind::Concern, "6-1-101", "");
    quarrel.hidden = true;
    quarrel.moderation = Some(linli_view::api::ModerationItem {
        state: "hidden".into(),
        reports: 3,
        by: Some("居委会".into()),
        reason: Some("点了邻居的名，请就事论事".into()),
        appealed: false,
    });
    vec![keys, sofa, lamp, desk, quarrel]
}

/// A form with two files that go along, and a third that cannot.
pub fn writing(ctx: &egui::Context, app: &mut App) {
    app.perform(ctx, Intent::NewPost);
    let attached = |name: &str| Attached {
        name: name.into(),
        file: FileRef {
            hash: String::new(),
            key: String::new(),
            size: 1_000,
            media: "jpg".into(),
            sides: None,
            name: None,
        },
    };
    app.state.files = vec![attached("钥匙.jpg"), attached("小区平面图.pdf")];
    app.state.adding = Adding::Refused("attach-heic".into());
}

impl Node {
    pub(super) fn board(&mut self, request: &Request) -> Reply {
        match request {
            Request::PostNew { kind, body } => {
                let mut post = posts().remove(1);
                post.id = format!("new{}", self.posts.len());
                (post.kind, post.body) = (*kind, body.clone());
                (post.claims, post.published_ms) = (vec![], NOW_MS);
                let id = post.id.clone();
                self.posts.insert(0, post);
                Reply::Posted(id)
            }
            Request::FileOpen { .. } => Reply::Fault(Fault::of(FaultCode::NotFound)),
            Request::PostDo { id, what } => {
                let post = self.posts.iter_mut().find(|post| post.id == *id).unwrap();
                let me = "3-2-501".to_owned();
                match what {
                    PostDo::Claim => post.claims.push(me),
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
                    }),
                    PostDo::Close => post.closed = true,
                    PostDo::Report { .. } => {}
                }
                Reply::Post(Box::new(post.clone()))
            }
            _ => Reply::Posts(self.posts.clone()),
        }
    }
}
