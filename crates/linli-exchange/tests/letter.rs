//! A notice on A4, rendered by a foreign program and read again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod printed;

use linli_exchange::paper::{Letter, Row};
use linli_pass::qr::{Medium, Symbol, read_image};
use printed::{Printed, faces};

const CODE: &str =
    "LLN1 n:kt04jpcw r:8f3k2m1p8f3k2m1p8f3k2m1p8f o:8f3k2m1p 2026-11-22T14:05:00+08:00";

fn letter(body: String) -> Letter {
    let row = |name: &str, value: &str| Row {
        name: name.into(),
        value: value.into(),
    };
    Letter {
        head: "丰盛园  居委会".into(),
        date: "11月22日 周日".into(),
        banner: None,
        texts: vec![
            ("台风“青禾”残余影响，请提前防范".into(), body),
            (
                "Typhoon Qinghe: please prepare".into(),
                "Stay at home after 20:00.".into(),
            ),
        ],
        rows: vec![
            row("适用", "1号楼、3号楼"),
            row("时间", "11月22日 周日 18:00–22:00"),
        ],
        check: vec!["通知编号 r:8f3k2m1p".into(), "在邻里里搜这个编号。".into()],
        code: Symbol::of(CODE, Medium::Paper).unwrap(),
        lang: "zh-CN",
    }
}

fn foot(page: usize, of: usize) -> String {
    format!("第 {page} 页，共 {of} 页")
}

fn words(printed: &Printed) -> String {
    printed.text().split_whitespace().collect()
}

#[test]
fn a_notice_hangs_on_one_page_with_its_office_its_words_and_a_code_that_a_camera_reads() {
    let bytes = letter("请大家今明两天做好几件事：\n1. 垫高怕水的东西；\n2. 收花盆（𬭼）。".into())
        .pdf(&faces(), &foot)
        .unwrap();
    let printed = Printed::new(&bytes);
    let pages = printed.pages(150);
    assert_eq!(pages.len(), 1);
    assert_eq!(read_image(&pages[0]).unwrap(), [CODE]);
    let words = words(&printed);
    for part in [
        "丰盛园",
        "居委会",
        "11月22日",
        "台风“青禾”残余影响，请提前防范",
        "请大家今明两天做好几件事：1.垫高怕水的东西；2.收花盆（𬭼）。",
        "TyphoonQinghe:pleaseprepare",
        "Stayathomeafter20:00.",
        "适用1号楼、3号楼",
        "18:00–22:00",
        "通知编号r:8f3k2m1p",
        "第1页，共1页",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(
        bytes.len() < 120_000,
        "the faces are subset: {}",
        bytes.len()
    );
}

#[test]
fn a_long_notice_goes_over_pages_and_no_paragraph_is_lost() {
    let body: Vec<String> = (0..160)
        .map(|n| {
            format!(
                "第{n:03}条。请把怕水的东西垫高，收好花盆、晾衣杆和遮阳伞，车不要停在低洼处。\n"
            )
        })
        .collect();
    let mut long = letter(body.concat());
    let buildings: Vec<String> = (1..=200).map(|n| format!("{n}号楼")).collect();
    long.rows[0].value = buildings.join("、");
    let printed = Printed::new(&long.pdf(&faces(), &foot).unwrap());
    let mut pictures = printed.pages(150);
    let pages = pictures.len();
    assert!(pages > 4, "{pages}");
    let words = words(&printed);
    for n in 0..160 {
        assert_eq!(words.matches(&format!("第{n:03}条。")).count(), 1, "{n}");
    }
    assert_eq!(
        words.matches("丰盛园居委会").count(),
        pages,
        "its head is on every page"
    );
    for n in 1..=pages {
        assert!(words.contains(&format!("第{n}页，共{pages}页")));
    }
    assert!(words.contains("200号楼"));
    let last = pictures.pop().unwrap();
    assert_eq!(read_image(&last).unwrap(), [CODE]);
}

#[test]
fn what_was_taken_back_says_so_above_everything_else() {
    let mut back = letter("今天15时停水。".into());
    let why = "水管已经修好，不停水了。".repeat(60);
    back.banner = Some(("本通知已撤回".into(), why.clone()));
    let printed = Printed::new(&back.pdf(&faces(), &foot).unwrap());
    let words = words(&printed);
    let place = |part: &str| words.find(part).unwrap_or_else(|| panic!("{part}"));
    assert!(place("本通知已撤回") < place("水管已经修好"));
    assert!(place("水管已经修好") < place("台风“青禾”"));
    assert_eq!(words.matches("水管已经修好").count(), 60);
}
