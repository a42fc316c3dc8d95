//! The neighbours screen as text.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::api::Reason;
use crate::samples::{NOW, en, report, zh};

fn view(words: &Catalogue) -> Neighbours {
    let report = report();
    screen(words, NOW, Some(&report), &report.facts)
}

#[test]
fn every_device_says_whether_it_is_there_what_it_lacks_and_why() {
    let lines: Vec<String> = view(&zh())
        .peers
        .iter()
        .map(|p| {
            format!(
                "{} / {} / {} / {} / {}",
                p.who,
                p.state,
                p.step,
                p.met,
                p.reason.as_ref().map_or("", |r| &r.why)
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            "居委会 · 办公室1 / 在线 / 全部一致 / 刚刚见过 / ",
            "物业 · 前台 / 不在线 / 大约差 3 条（可能已从别处得到） / 3 小时前见过 / 两台机器的时钟差得太多",
            "东门 · 东门岗亭 / 在线 / 还差 2 条 / 1 分钟前见过 / ",
            "西门 · 西门岗亭 / 不在线 / 大约差 1 条（可能已从别处得到） / 22 分钟前见过 / 这个局域网上没有发现本小区的机器",
            "3-2-501 · 客厅电视盒 / 在线 / 有新内容还没送来 / 刚刚见过 / 正在等一个大文件先送完",
            "3-1-201 · 王家平板 / 不在线 / 大约差 14 条（可能已从别处得到） / 昨天 21:32见过 / 对方没开机，或不在同一个网里",
            "3-2-502 · 李阿姨 / 已暂停 / 大约差 31 条（可能已从别处得到） / 11月20日 周五 14:32见过 / ",
        ]
    );
}

#[test]
fn who_is_not_met_is_never_said_to_have_all_of_it() {
    let mut report = report();
    for peer in &mut report.peers {
        (peer.lacks, peer.they_have_more) = (None, false);
    }
    for (words, said) in [
        (zh(), "遇到后才知道差多少"),
        (en(), "what it has is not known until it is met"),
    ] {
        let view = screen(&words, NOW, Some(&report), &report.facts);
        for row in &view.peers {
            assert_eq!(row.step, said);
            assert!(row.name.contains(said), "{}", row.name);
        }
    }
}

#[test]
fn what_is_on_its_way_is_listed_with_where_it_must_still_go() {
    let view = view(&zh());
    assert_eq!(view.summary, "本机做的有 2 条还在路上。");
    assert_eq!(view.waiting[0].what, "确认 · 7号楼险情解除");
    assert_eq!(
        view.waiting[1].detail,
        "已有 3 台收到 · 还要送到：西门 · 25 分钟前做的"
    );
    assert_eq!(
        super::tests::view(&en()).waiting[1].detail,
        "on 3 other computers · still to reach: 西门 · made 25 minutes ago"
    );
}

#[test]
fn all_ten_reasons_have_a_sentence_and_a_thing_to_do_and_no_two_are_alike() {
    for words in [zh(), en()] {
        let mut seen = std::collections::BTreeSet::new();
        for reason in Reason::ALL {
            let view = reasons::view(&words, reason);
            assert!(!view.todo.is_empty());
            assert!(seen.insert(view.why));
        }
        assert_eq!(seen.len(), 10);
    }
}

#[test]
fn a_clock_that_is_off_is_said_in_words() {
    let off = |ms| clock(&zh(), ms);
    assert_eq!(off(Some(-400)), "时钟：和邻居一致");
    assert_eq!(off(Some(-3_600_000 * 26)), "时钟：和邻居相差 26 小时");
    assert_eq!(off(Some(i64::MIN)).split_whitespace().count(), 3);
    assert_eq!(off(None), "时钟：还没法和邻居比");
}

#[test]
fn before_anything_was_heard_the_screen_is_whole() {
    let view = screen(&en(), NOW, None, &SyncFacts::default());
    assert_eq!(view.summary, "This computer has not met another one yet.");
    assert_eq!(view.light.light, crate::light::Light::Yellow);
    assert!(!view.pause.paused);
}
