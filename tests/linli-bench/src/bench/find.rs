//! B12, the half of it that is searching: 50,000 posts and 3,000 notices in one index, looked through by characters, by
//! pinyin and by first letters. The peer is one pass over the same bytes with the standard library's search for a text that
//! is not there: no index that reads them all can be faster.

use super::Scale;
use crate::clock::timed;
use crate::stats::{Measured, Rounds};
use anyhow::{Result, ensure};
use linli_find::{Doc, Index, Kind, Query, Status};
use std::path::Path;

/// What people write about; posts are drawn from these words.
const WORDS: [&str; 24] = [
    "今晚",
    "谁能",
    "帮忙",
    "搬沙发",
    "捡到",
    "钥匙",
    "楼下",
    "花坛",
    "停电",
    "通知",
    "电梯",
    "保养",
    "周三",
    "上午",
    "物业",
    "居委会",
    "报名",
    "雨伞",
    "快递",
    "门岗",
    "修水管",
    "老人",
    "孩子",
    "自行车",
];
/// What is looked for: two characters, a word in traditional script, whole syllables, first letters, one that is nowhere.
const QUERIES: [&str; 5] = ["电梯", "鑰匙", "banshafa", "tdtz", "zhangsanfeng"];

pub(super) fn run(_dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let posts = scale.of(50_000, 500);
    let notices = scale.of(3_000, 30);
    let mut index = Index::default();
    let mut bytes = String::new();
    let (mut made, mut seed) = (Rounds::default(), 1_u64);
    let docs: Vec<Doc> = (0..posts + notices)
        .map(|n| doc(n, n >= posts, &mut seed))
        .collect();
    for doc in &docs {
        bytes.push_str(&doc.text);
    }
    for _ in 0..scale.rounds {
        let ((), bare) = timed(|| assert!(!bytes.contains("不在里面的")));
        let (fresh, took) = timed(|| {
            let mut index = Index::default();
            docs.iter().cloned().for_each(|doc| index.put(doc));
            index
        });
        index = fresh;
        made.push(took.as_secs_f64(), bare.as_secs_f64());
    }
    let mut worst = Rounds::default();
    for _ in 0..scale.rounds {
        let ((), bare) = timed(|| assert!(!bytes.contains("不在里面的")));
        let mut slowest = 0.0_f64;
        for typed in QUERIES {
            let (found, took) = timed(|| -> Result<usize> {
                let query = Query::parse(typed, |_| None, |_| Vec::new())?;
                Ok(index.find(&query, 1, 20).total)
            });
            ensure!((found? > 0) == (typed != "zhangsanfeng"), "{typed}");
            slowest = slowest.max(took.as_secs_f64());
        }
        worst.push(slowest, bare.as_secs_f64());
    }
    let note = format!("{posts} posts, {notices} notices");
    Ok(vec![
        worst.measured("b12-find", note.clone()),
        made.measured("b12-index", note),
    ])
}

fn doc(n: usize, notice: bool, seed: &mut u64) -> Doc {
    let mut text = String::new();
    for _ in 0..if notice { 60 } else { 24 } {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        text.push_str(WORDS[(*seed >> 33) as usize % WORDS.len()]);
    }
    Doc {
        kind: if notice { Kind::Notice } else { Kind::Post },
        id: n.to_string(),
        title: text.chars().take(12).collect(),
        text,
        unit: None,
        buildings: Vec::new(),
        cells: Vec::new(),
        plates: Vec::new(),
        mine: false,
        status: Status::Open,
        until_ms: None,
        at_ms: n as u64,
    }
}
