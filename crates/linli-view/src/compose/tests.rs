//! The page of a notice that is being written.

use super::*;
use crate::samples;
use crate::words::Lang;

const MINUTE: u64 = 60_000;

fn now() -> Now {
    // Sunday 2026-11-22 14:32 in Beijing.
    Now {
        ms: 1_795_329_120_000,
        offset_min: 480,
    }
}

fn whole() -> ComposeDraft {
    ComposeDraft {
        title: "3号楼今天停电".into(),
        body: "15时至18时停电，请提前准备。".into(),
        ..ComposeDraft::default()
    }
}

fn page(draft: &ComposeDraft, step: Step) -> Compose {
    let words = Catalogue::of(Lang::ZhCn);
    compose(&words, now(), Some(&samples::status()), draft, step)
}

fn points(draft: &ComposeDraft) -> Vec<Tone> {
    let check = page(draft, Step::Check).check.unwrap();
    check.points.into_iter().map(|(tone, _)| tone).collect()
}

#[test]
fn an_empty_draft_says_what_is_missing_only_after_a_first_try() {
    let mut draft = ComposeDraft::default();
    let first = page(&draft, Step::Write);
    assert_eq!((first.headline.problem, first.request), (None, None));
    draft.tried = true;
    let tried = page(&draft, Step::Write);
    assert!(tried.headline.problem.is_some() && tried.body.problem.is_some());
    assert!(page(&whole(), Step::Write).request.is_some());
}

#[test]
fn a_headline_of_ten_thousand_characters_is_refused_with_a_sentence_and_kept() {
    let mut draft = whole();
    draft.title = "停".repeat(10_000);
    draft.tried = true;
    let page = page(&draft, Step::Write);
    assert!(page.headline.problem.is_some() && page.request.is_none());
    let Shown::Screen { page: shown, .. } = &page.preview.shown else {
        panic!("the screen is first")
    };
    assert!(shown.title.chars().count() <= clean::TITLE_MAX + 1);
    assert_eq!(
        draft.title.chars().count(),
        10_000,
        "nothing is cut off behind one's back"
    );
}

#[test]
fn english_is_both_or_neither() {
    let mut draft = whole();
    draft.title_en = "No power".into();
    assert_eq!(page(&draft, Step::Write).request, None);
    draft.body_en = "From three to six.".into();
    let request = page(&draft, Step::Write).request.unwrap();
    assert_eq!(
        request.english,
        Some(("No power".into(), "From three to six.".into()))
    );
}

#[test]
fn an_end_is_read_as_people_write_it_and_lies_ahead() {
    let ends = |text: &str| {
        let mut draft = whole();
        draft.until = text.into();
        let page = page(&draft, Step::Write);
        (
            page.request.and_then(|r| r.expires_ms),
            page.until.problem.is_some(),
        )
    };
    let at = |minutes: u64| (Some(now().ms + minutes * MINUTE), false);
    assert_eq!(ends("18:00"), at(3 * 60 + 28));
    assert_eq!(
        ends("9点"),
        at(18 * 60 + 28),
        "nine in the morning is tomorrow's"
    );
    assert_eq!(ends("11-23 18:00"), at(27 * 60 + 28));
    // A day ends with the day.
    assert_eq!(ends("11月23日"), at(33 * 60 + 28));
    for bad in ["soon", "25:00", "2026-11-21 10:00"] {
        assert_eq!(ends(bad), (None, true), "{bad}");
    }
}

#[test]
fn a_beginning_lies_ahead_and_before_the_end_and_is_shown_wherever_the_notice_is() {
    let begins = |from: &str, until: &str, corrects: bool| {
        let mut draft = whole();
        (draft.from, draft.until) = (from.into(), until.into());
        draft.corrects = corrects.then(|| "ntc000".into());
        let page = page(&draft, Step::Write);
        let ms = page.request.and_then(|r| r.effective_ms);
        (ms, page.from.problem)
    };
    let at = |minutes: u64| (Some(now().ms + minutes * MINUTE), None);
    assert_eq!(begins("18:00", "", false), at(3 * 60 + 28));
    assert_eq!(
        begins("11-23 18:00", "11-23 19:00", false),
        at(27 * 60 + 28)
    );
    let words = Catalogue::of(Lang::ZhCn);
    let refused = |key: &str| (None, Some(words.say(key)));
    assert_eq!(begins("soon", "", false), refused("compose-problem-until"));
    for end in ["17:00", "18:00"] {
        let over = refused("compose-problem-from-over");
        assert_eq!(begins("18:00", end, false), over, "{end}");
    }
    let past = "2026-11-21 10:00";
    assert_eq!(
        begins(past, "", false),
        refused("compose-problem-from-past")
    );
    assert!(
        begins(past, "", true).0.is_some(),
        "it had begun when it was corrected"
    );

    let mut draft = whole();
    (draft.from, draft.until) = ("18:00".into(), "20:00".into());
    let mut shown = |tab: PreviewTab| {
        draft.preview = tab;
        page(&draft, Step::Check)
    };
    let facts = shown(PreviewTab::Screen).check.unwrap().facts;
    let at = |text: &str| facts.iter().position(|f| f.contains(text)).unwrap();
    assert_eq!(at("今天 18:00 起有效") + 1, at("有效到 今天 20:00"));
    let Shown::Screen { page: screen, .. } = shown(PreviewTab::Large).preview.shown else {
        panic!("a screen")
    };
    let says = |facts: &[String]| {
        facts
            .iter()
            .any(|f| f.contains("18:00") && f.contains("20:00"))
    };
    assert!(says(&screen.facts), "{:?}", screen.facts);
    let Shown::Chat(chat) = shown(PreviewTab::Chat).preview.shown else {
        panic!("a chat")
    };
    assert!(says(std::slice::from_ref(&chat)), "{chat}");
}

#[test]
fn parts_of_the_estate_are_set_apart_by_anything() {
    let mut draft = whole();
    draft.area = "3号楼、5-2，7-1-301; 8".into();
    let area = page(&draft, Step::Write).request.unwrap().area;
    assert_eq!(area, ["3号楼", "5-2", "7-1-301", "8"]);
    for odd in ["3号楼 2单元", "3--2", "3-2-501-1", "…"] {
        draft.area = odd.into();
        let page = page(&draft, Step::Write);
        assert!(
            page.area.problem.is_some() && page.request.is_none(),
            "{odd}"
        );
    }
}

#[test]
fn grid_cells_and_buildings_are_pressed_typed_and_counted() {
    use crate::api::{AreaFacts, BuildingItem, CellItem, CellWord, DisputedItem};
    let mut draft = whole();
    draft.area = "3号楼 网格2".into();
    let facts = AreaFacts {
        asked: vec!["3号楼".into(), "网格2".into()],
        units: 186,
        vacant: 4,
        grid: ["01", "02"]
            .map(|cell| CellItem {
                cell: cell.into(),
                units: 99,
            })
            .to_vec(),
        buildings: ["3", "13", "南楼"]
            .map(|building| BuildingItem {
                building: building.into(),
                units: 99,
            })
            .to_vec(),
        ..AreaFacts::default()
    };
    let shown = |draft: &ComposeDraft, lang: Lang, facts: &AreaFacts, step: Step| {
        let words = Catalogue::of(lang);
        let mut page = compose(&words, now(), Some(&samples::status()), draft, step);
        places::put(&words, &mut page, draft, Some(facts));
        page
    };
    let page = shown(&draft, Lang::ZhCn, &facts, Step::Check);
    let items: Vec<(&str, bool)> = page
        .places
        .items
        .iter()
        .map(|p| (p.name.as_str(), p.chosen))
        .collect();
    assert_eq!(
        items,
        [
            ("网格01", false),
            ("网格02", true),
            ("3号楼", true),
            ("13号楼", false),
            ("南楼", false)
        ]
    );
    assert_eq!(page.places.count, "= 186 户（另有空置 4 户，不算在内）");
    assert!(page.check.unwrap().facts.contains(&page.places.count));
    // Pressing takes out what was typed another way, and puts in what the node reads.
    draft.toggle("网格02");
    assert_eq!(draft.area, "3号楼");
    let old = shown(&draft, Lang::ZhCn, &facts, Step::Write);
    assert_eq!(
        old.places.count, "",
        "a count of something else is not shown"
    );
    let english = shown(&draft, Lang::En, &facts, Step::Write);
    let cell = &english.places.items[1];
    assert_eq!(
        (cell.name.as_str(), cell.word.as_str()),
        ("Grid cell 02", "grid:02")
    );
    draft.toggle(&cell.word);
    assert_eq!(page_words(&draft), ["3号楼", "grid:02"]);
    let page = shown(&draft, Lang::ZhCn, &facts, Step::Write);
    assert!(page.places.items[1].chosen && page.request.is_some());
    for odd in ["网格", "grid:", "网格…"] {
        draft.area = odd.into();
        assert_eq!(draft.area_words(), None, "{odd}");
    }
    // Offices that disagree about a cell are said with it, a few of them, and no more when the field says something else.
    draft.area = "网格2".into();
    let word = |office: &str, cell: Option<&str>| CellWord {
        office: office.into(),
        cell: cell.map(str::to_owned),
        own: office == "居委会",
    };
    let one = DisputedItem {
        places: vec!["3-2-502".into(), "5".into()],
        units: 12,
        says: vec![word("居委会", Some("02")), word("物业", None)],
        counts: Some("02".into()),
    };
    let split = AreaFacts {
        asked: vec!["网格2".into()],
        disputed: vec![one; 6],
        ..facts.clone()
    };
    let told = shown(&draft, Lang::ZhCn, &split, Step::Write)
        .places
        .disputed;
    let line = "3-2-502、5（12 户）：居委会说是网格02、物业说是不属于任何网格；这里按网格02算。";
    assert_eq!((told.len(), told[0].as_str()), (6, line));
    assert_eq!(told[4], "另有 24 户，各办事处说的网格不一样。");
    let told = shown(&draft, Lang::En, &split, Step::Write).places.disputed;
    assert!(
        told[0].contains("(12 homes): 居委会 says Grid cell 02"),
        "{told:?}"
    );
    draft.area = "3".into();
    let other = shown(&draft, Lang::ZhCn, &split, Step::Write);
    assert_eq!(other.places.disputed, Vec::<String>::new());
    // What the register does not know is said at the field.
    draft.area = "grid:09".into();
    let unknown = AreaFacts {
        asked: vec!["grid:09".into()],
        unknown: vec!["grid:09".into()],
        ..facts
    };
    let page = shown(&draft, Lang::ZhCn, &unknown, Step::Write);
    assert!(page.area.problem.unwrap().contains("网格09") && page.request.is_none());
}

fn page_words(draft: &ComposeDraft) -> Vec<String> {
    draft.area_words().unwrap()
}

#[test]
fn the_check_points_at_numbers_marks_and_an_urgent_notice_without_end() {
    assert_eq!(points(&whole()), []);
    let with = |text: &str| {
        let mut draft = whole();
        draft.body = text.into();
        points(&draft)
    };
    assert_eq!(with("电话 139-0000 0023，找张工"), [Tone::Warn]);
    assert_eq!(with("电话１３９０００００２３３"), [Tone::Warn]);
    assert_eq!(with("身份证 11010120090702227x"), [Tone::Danger]);
    assert_eq!(with("单号 123456789012，2026-11-22 18:00"), []);
    assert_eq!(with("看\u{202e}不\u{200b}见"), [Tone::Warn]);
    let mut urgent = whole();
    urgent.severity = Some(Severity::Extreme);
    assert_eq!(points(&urgent), [Tone::Warn, Tone::Info]);
    urgent.until = "18:00".into();
    urgent.confirm = true;
    assert_eq!(points(&urgent), []);
}

#[test]
fn the_words_of_a_warning_are_chosen_in_plain_ones_and_go_with_a_severity_only() {
    use crate::api::{Category, Response};
    let mut draft = whole();
    assert_eq!(page(&draft, Step::Write).cap, []);
    draft.severity = Some(Severity::Moderate);
    let rows = page(&draft, Step::Write).cap;
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["请大家怎么做", "多快", "有多大把握", "哪一类事"]);
    for row in &rows {
        // Nothing is chosen for the clerk.
        let chosen: Vec<&str> = row
            .items
            .iter()
            .filter(|i| i.2)
            .map(|i| i.1.as_str())
            .collect();
        assert_eq!(chosen, ["不写"], "{}", row.name);
    }
    let pick = |draft: &mut ComposeDraft, word: &str| {
        let rows = page(draft, Step::Write).cap;
        let mut all = rows.iter().flat_map(|row| &row.items);
        all.find(|item| item.1 == word)
            .unwrap()
            .0
            .put(&mut draft.cap);
    };
    pick(&mut draft, "提前准备");
    pick(&mut draft, "水电气、电梯、网络");
    let request = page(&draft, Step::Write).request.unwrap();
    assert_eq!(request.cap.response, Some(Response::Prepare));
    assert_eq!(request.cap.category, Some(Category::Infra));
    let facts = page(&draft, Step::Check).check.unwrap().facts;
    assert!(facts.contains(&"请大家：提前准备".to_owned()), "{facts:?}");
    draft.severity = None;
    let plain = page(&draft, Step::Write).request.unwrap();
    assert_eq!(plain.cap, CapWords::default());
    assert_eq!(
        draft.cap.response,
        Some(Response::Prepare),
        "kept for another try"
    );
}

#[test]
fn each_preview_is_made_from_what_its_output_is_made_of() {
    let mut draft = whole();
    (draft.confirm, draft.until, draft.area) = (true, "18:00".into(), "3 5".into());
    let mut shown = |tab: PreviewTab| {
        draft.preview = tab;
        page(&draft, Step::Write).preview.shown
    };
    for (tab, wanted) in [(PreviewTab::Screen, false), (PreviewTab::Large, true)] {
        let Shown::Screen { page, large, asks } = shown(tab) else {
            panic!("{tab:?}")
        };
        assert_eq!((large, asks.as_deref()), (wanted, Some("我知道了")));
        assert_eq!(page.title, "3号楼今天停电");
        assert!(
            page.facts.contains(&"范围：3号楼、5号楼".to_owned()),
            "{:?}",
            page.facts
        );
        assert!(
            !page.facts.iter().any(|fact| fact.contains('✔')),
            "nothing is signed"
        );
    }
    let Shown::Paper(letter) = shown(PreviewTab::Paper) else {
        panic!("paper")
    };
    assert_eq!(letter.texts[0].0, "3号楼今天停电");
    assert!(letter.check[0].contains("草稿"));
    let Shown::Chat(chat) = shown(PreviewTab::Chat) else {
        panic!("a chat")
    };
    assert!(
        chat.contains("3号楼今天停电") && chat.contains("适用：3号楼、5号楼"),
        "{chat}"
    );
}

#[test]
fn a_time_to_go_out_at_lies_ahead_and_before_the_end() {
    let at = |at: &str, until: &str| {
        let mut draft = whole();
        (draft.at, draft.until) = (at.into(), until.into());
        let page = page(&draft, Step::Check);
        (page.at_ms, page.at.problem.is_some(), page.check.unwrap())
    };
    let (ms, problem, check) = at("18:00", "");
    assert_eq!(
        (ms, problem),
        (Some(now().ms + (3 * 60 + 28) * MINUTE), false)
    );
    assert!(check.facts[0].contains("今天 18:00") && check.publish.contains("到时"));
    assert!(at("18:00", "19:00").0.is_some());
    for (bad, until) in [
        ("soon", ""),
        ("2026-11-21 10:00", ""),
        ("18:00", "17:00"),
        ("2028-01-01 10:00", ""),
    ] {
        let (ms, problem, _) = at(bad, until);
        assert_eq!((ms, problem), (None, true), "{bad} {until}");
    }
    assert_eq!(at("", "").0, None);
}

#[test]
fn one_that_waited_is_written_on_as_it_was() {
    let mut draft = whole();
    (draft.until, draft.area, draft.confirm) = ("2026-11-23 18:00".into(), "3 5".into(), true);
    draft.severity = Some(Severity::Minor);
    draft.from = "2026-11-23 08:00".into();
    draft.at = "2026-11-23 15:00".into();
    let checked = page(&draft, Step::Write);
    let (request, at_ms) = (checked.request.unwrap(), checked.at_ms.unwrap());
    let again = ComposeDraft::going_on(now(), &request, at_ms);
    assert_eq!(again, draft);
    assert_eq!(
        page(&again, Step::Write).at_ms,
        Some(at_ms),
        "and waits as it did"
    );
    // Its time passed meanwhile: it goes out neither now nor in a year until somebody says when.
    let late = Now {
        ms: at_ms + 9 * 3_600_000,
        ..now()
    };
    let missed = ComposeDraft::going_on(late, &request, at_ms);
    let checked = compose(
        &Catalogue::of(Lang::ZhCn),
        late,
        Some(&samples::status()),
        &missed,
        Step::Write,
    );
    assert_eq!((checked.request, checked.at_ms), (None, None));
    assert!(checked.at.problem.is_some() && checked.until.problem.is_some());
    let template = draft.template().unwrap();
    assert_eq!((template.expires_ms, template.area.len()), (None, 2));
    assert_eq!(template.effective_ms, None);
    assert_eq!(ComposeDraft::default().template(), None);
}

#[test]
fn a_signed_notice_is_held_and_the_seconds_are_said() {
    let held = |ms: u64| Step::Held {
        until_ms: now().ms + ms,
    };
    let text = |ms| page(&whole(), held(ms)).held.unwrap().text;
    assert!(text(HOLD_MS).contains("10 秒") && text(1).contains("1 秒"));
    assert!(!due(held(1), now()) && due(held(0), now()) && !due(Step::Check, now()));
}

#[test]
fn a_draft_is_kept_whole_and_an_older_or_newer_one_is_read_as_far_as_it_goes() {
    let mut draft = whole();
    draft.severity = Some(Severity::Severe);
    draft.corrects = Some("r:1".into());
    let text = serde_json::to_string(&draft).unwrap();
    assert_eq!(serde_json::from_str::<ComposeDraft>(&text).unwrap(), draft);
    let other: ComposeDraft = serde_json::from_str(r#"{"title":"停水","later":1}"#).unwrap();
    assert_eq!(other.title, "停水");
}
