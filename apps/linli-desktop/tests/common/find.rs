//! The sample node looks for notices and posts that say it, and for one neighbour's unit.

use super::{NOW_MS, Node};
use linli_view::api::{FoundItem, FoundKind, FoundList};

pub fn found(node: &Node, query: &str) -> FoundList {
    let query = query.trim();
    let item = |kind, id: &str, title: &str, text: &str, at_ms| {
        let place = |text: &str| {
            let at = text.find(query)?;
            let before = text[..at].chars().count() as u32;
            Some(vec![(before, query.chars().count() as u32)])
        };
        (title.contains(query) || text.contains(query)).then(|| FoundItem {
            kind,
            id: id.into(),
            title: title.into(),
            title_marks: place(title).unwrap_or_default(),
            snippet: text.chars().take(48).collect(),
            marks: place(text).unwrap_or_default(),
            unit: (kind == FoundKind::Unit).then(|| title.into()),
            over: false,
            at_ms,
        })
    };
    let unit = item(
        FoundKind::Unit,
        "3-1-201",
        "3-1-201",
        "3号楼1单元201 31201",
        None,
    );
    let notices = node.notices.iter().filter_map(|n| {
        let at = Some(n.published_ms);
        item(FoundKind::Notice, &n.id, &n.text.title, &n.text.body, at)
    });
    let posts = node.posts.iter();
    let posts = posts.filter_map(|p| {
        item(
            FoundKind::Post,
            &p.id,
            &p.author,
            &p.body,
            Some(p.published_ms),
        )
    });
    let hits: Vec<FoundItem> = unit.into_iter().chain(notices).chain(posts).collect();
    FoundList {
        query: query.into(),
        total: hits.len() as u32,
        hits,
        as_of_ms: NOW_MS,
    }
}
