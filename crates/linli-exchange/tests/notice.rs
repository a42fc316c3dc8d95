//! Notices as CAP messages and feeds, and foreign messages as notices.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use linli_exchange::cap::{
    Alert, Category, Certainty, MsgType, ResponseType, Severity, Status, Urgency,
};
use linli_exchange::notice::{
    After, AlertOptions, Earlier, FOREIGN_TITLE_MAX, Feed, FeedEntry, Kept, Notice, Words, uuid_of,
};
use std::collections::BTreeSet;
use std::path::Path;

const SENT: u64 = 1_795_327_500_000;

fn notice() -> Notice {
    Notice {
        estate: "丰盛园".into(),
        community: "n:kt04jpcw".into(),
        offset_min: 480,
        id: "r:8f3k2m1p8f3k2m1p8f3k2m1p8f".into(),
        sender: "o:8f3k2m1p".into(),
        office: "居委会".into(),
        sent_ms: SENT,
        title: "停电".into(),
        body: "今天15时至18时停电。".into(),
        title_en: String::new(),
        body_en: String::new(),
        severity: Some(Severity::Moderate),
        words: Words::default(),
        area: vec![],
        cells: vec![],
        effective_ms: None,
        expires_ms: None,
        after: After::Nothing,
    }
}

fn written(notice: &Notice, options: &AlertOptions) -> Alert {
    let alert = notice.alert(options);
    assert_eq!(Alert::read(alert.xml().as_bytes()).unwrap(), alert);
    alert
}

#[test]
fn severity_and_time_become_the_words_of_the_table() {
    use Certainty::{Likely, Observed, Unknown as Unsure};
    use Urgency::{Expected, Future, Immediate, Unknown};
    let hour = 3_600_000;
    for (severity, ahead, urgency, certainty) in [
        (None, None, Unknown, Unsure),
        (None, Some(2 * hour), Unknown, Unsure),
        (Some(Severity::Unknown), None, Unknown, Unsure),
        (Some(Severity::Extreme), None, Immediate, Observed),
        (Some(Severity::Severe), Some(0), Immediate, Observed),
        (Some(Severity::Severe), Some(1), Expected, Likely),
        (Some(Severity::Extreme), Some(hour), Expected, Likely),
        (Some(Severity::Extreme), Some(hour + 1), Future, Likely),
        (Some(Severity::Moderate), None, Expected, Observed),
        (Some(Severity::Minor), None, Expected, Observed),
        (Some(Severity::Minor), Some(2 * hour), Future, Likely),
    ] {
        let notice = Notice {
            severity,
            effective_ms: ahead.map(|ahead| SENT + ahead),
            ..notice()
        };
        let alert = written(&notice, &AlertOptions::default());
        let info = &alert.infos[0];
        assert_eq!(
            (info.urgency, info.certainty),
            (urgency, certainty),
            "{severity:?} {ahead:?}"
        );
        assert_eq!(info.severity, severity.unwrap_or(Severity::Unknown));
        // What begins later has an onset; the message itself holds from the moment it was sent.
        let later = ahead.filter(|ahead| *ahead > 0);
        assert_eq!(
            info.onset.map(|at| at.ms()),
            later.map(|ahead| (SENT + ahead) / 1000 * 1000)
        );
        assert_eq!(info.effective.map(|at| at.ms()), ahead.map(|_| SENT));
    }
}

#[test]
fn a_plain_notice_is_an_alert_with_what_it_says_and_nothing_more() {
    let alert = written(&notice(), &AlertOptions::default());
    assert_eq!(
        (
            alert.status,
            alert.msg_type,
            alert.sent.to_string().as_str()
        ),
        (Status::Actual, MsgType::Alert, "2026-11-22T14:05:00+08:00")
    );
    assert_eq!(alert.sender, "o:8f3k2m1p@n:kt04jpcw");
    let info = &alert.infos[0];
    assert_eq!(alert.infos.len(), 1);
    assert_eq!(info.language.as_deref(), Some("zh-CN"));
    assert_eq!(
        (info.event.as_str(), info.headline.as_deref()),
        ("停电", Some("停电"))
    );
    assert_eq!(info.sender_name.as_deref(), Some("丰盛园 居委会"));
    assert_eq!(
        (&info.responses, &info.categories),
        (&vec![], &vec![Category::Other])
    );
    assert_eq!(
        (info.areas.len(), info.areas[0].desc.as_str()),
        (1, "丰盛园")
    );
}

#[test]
fn what_the_notice_says_itself_goes_before_the_table_and_an_option_before_both() {
    let said = Words {
        urgency: Some(Urgency::Future),
        certainty: Some(Certainty::Possible),
        response: Some(ResponseType::Shelter),
        category: Some(Category::Met),
    };
    let notice = Notice {
        words: said,
        severity: Some(Severity::Extreme),
        ..notice()
    };
    let shown = |notice: &Notice, options: &AlertOptions| {
        let info = written(notice, options).infos.remove(0);
        let (response, category) = (info.responses.first().copied(), info.categories[0]);
        (info.urgency, info.certainty, response, category)
    };
    let own = (
        Urgency::Future,
        Certainty::Possible,
        said.response,
        Category::Met,
    );
    assert_eq!(shown(&notice, &AlertOptions::default()), own);
    let options = AlertOptions {
        urgency: Some(Urgency::Immediate),
        category: Some(Category::Fire),
        ..AlertOptions::default()
    };
    let mixed = (Urgency::Immediate, own.1, own.2, Category::Fire);
    assert_eq!(shown(&notice, &options), mixed);
    // Nobody is asked to stay inside by a notice that is taken back.
    let back = Notice {
        after: After::TakesBack {
            earlier: vec![],
            reason: "错了".into(),
        },
        ..notice
    };
    let over = (Urgency::Past, Certainty::Unknown, None, Category::Met);
    assert_eq!(shown(&back, &AlertOptions::default()), over);
}

#[test]
fn what_an_office_adds_and_says_in_english_stands_in_the_message() {
    let options = AlertOptions {
        exercise: true,
        category: Some(Category::Infra),
        event: Some("停电".into()),
        response: Some(ResponseType::Prepare),
        urgency: Some(Urgency::Future),
        certainty: Some(Certainty::Possible),
        web: Some("https://a.example/?a=1&b=2".into()),
        contact: Some("13900000021".into()),
    };
    let notice = Notice {
        title_en: "Power cut".into(),
        body_en: "15:00 to 18:00 <all>".into(),
        area: vec!["3".into(), "南楼".into()],
        ..notice()
    };
    let alert = written(&notice, &options);
    assert_eq!((alert.status, alert.infos.len()), (Status::Exercise, 2));
    let (zh, en) = (&alert.infos[0], &alert.infos[1]);
    let places = |at: usize| -> Vec<&str> {
        alert.infos[at]
            .areas
            .iter()
            .map(|a| a.desc.as_str())
            .collect()
    };
    assert_eq!(places(0), ["丰盛园 3号楼", "丰盛园 南楼"]);
    assert_eq!(places(1), ["丰盛园 Building 3", "丰盛园 南楼"]);
    assert_eq!(
        zh.areas[0].geocodes,
        [("building".to_owned(), "3".to_owned())]
    );
    assert_eq!(en.headline.as_deref(), Some("Power cut"));
    assert_eq!(
        (zh.urgency, en.certainty),
        (Urgency::Future, Certainty::Possible)
    );
    assert!(
        alert
            .xml()
            .contains("<web>https://a.example/?a=1&amp;b=2</web>")
    );
}

#[test]
fn a_grid_cell_goes_out_beside_its_buildings_and_comes_in_again() {
    let notice = Notice {
        area: vec!["3".into(), "4".into()],
        cells: vec!["02".into()],
        ..notice()
    };
    let alert = written(&notice, &AlertOptions::default());
    let areas: Vec<(&str, (&str, &str))> = alert.infos[0]
        .areas
        .iter()
        .map(|a| {
            (
                a.desc.as_str(),
                (a.geocodes[0].0.as_str(), a.geocodes[0].1.as_str()),
            )
        })
        .collect();
    assert_eq!(
        areas,
        [
            ("丰盛园 3号楼", ("building", "3")),
            ("丰盛园 4号楼", ("building", "4")),
            ("丰盛园 网格02", ("grid", "02")),
        ]
    );
    assert_eq!(alert.draft().unwrap().area, ["3", "4", "grid:02"]);
    let mut other = alert;
    other.infos[0].areas.remove(0);
    other.infos[0].areas.remove(0);
    other.infos[0].areas[0].geocodes[0].1 = "第2网格".into();
    assert_eq!(other.draft().unwrap().area, ["grid:02"]);
    assert_eq!(other.draft().unwrap().area_unread, [""; 0]);
    // What is not understood is told: without it the area would be empty, which is everybody.
    other.infos[0].areas[0].geocodes[0].1 = "…".into();
    let draft = other.draft().unwrap();
    assert_eq!(
        (draft.area.len(), draft.area_unread),
        (0, vec!["…".to_owned()])
    );
    // A code that is none of ours names the estate in words that others know.
    other.infos[0].areas[0].geocodes[0].0 = "GB2260".into();
    assert_eq!(other.draft().unwrap().area_unread, [""; 0]);
}

#[test]
fn corrections_and_retractions_name_all_that_came_before() {
    let earlier = |n: u64| Earlier {
        id: format!("r:{n}"),
        sent_ms: SENT - n * 60_000,
    };
    let correction = Notice {
        after: After::Corrects(vec![earlier(1), earlier(2)]),
        ..notice()
    };
    let alert = written(&correction, &AlertOptions::default());
    assert_eq!(alert.msg_type, MsgType::Update);
    assert!(alert.xml().contains(
        "<references>o:8f3k2m1p@n:kt04jpcw,r:1,2026-11-22T14:04:00+08:00 \
         o:8f3k2m1p@n:kt04jpcw,r:2,2026-11-22T14:03:00+08:00</references>"
    ));
    let back = Notice {
        title_en: "Power cut".into(),
        after: After::TakesBack {
            earlier: vec![earlier(1)],
            reason: "修好了".into(),
        },
        ..notice()
    };
    let alert = written(&back, &AlertOptions::default());
    assert_eq!(
        (alert.msg_type, alert.note.as_deref()),
        (MsgType::Cancel, Some("修好了"))
    );
    let (zh, en) = (&alert.infos[0], &alert.infos[1]);
    assert_eq!(zh.headline.as_deref(), Some("撤回：停电"));
    assert_eq!(en.headline.as_deref(), Some("Withdrawn: Power cut"));
    assert_eq!(
        (zh.urgency, zh.description.as_deref()),
        (Urgency::Past, Some("修好了"))
    );
}

#[test]
fn what_xml_cannot_hold_is_marked_and_never_breaks_the_file() {
    let hostile = Notice {
        title: "a\u{0}b\u{1b}[2J ]]> <script>&amp;".into(),
        body: "\u{ffff}\r\n\u{202e}𠮷".into(),
        ..notice()
    };
    let alert = Alert::read(hostile.alert(&AlertOptions::default()).xml().as_bytes()).unwrap();
    let info = &alert.infos[0];
    assert_eq!(
        info.headline.as_deref(),
        Some("a\u{fffd}b\u{fffd}[2J ]]> <script>&amp;")
    );
    assert_eq!(info.description.as_deref(), Some("\u{fffd}\r\n\u{202e}𠮷"));
}

fn sample(name: &str) -> Alert {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/cap");
    Alert::read(&std::fs::read(folder.join(name)).unwrap()).unwrap()
}

#[test]
fn an_alert_of_an_authority_becomes_a_notice_that_says_where_it_is_from() {
    let draft = sample("01-alert-gas-leak.xml").draft().unwrap();
    assert_eq!(draft.title, "7号楼2单元燃气泄漏,请立即下楼");
    assert_eq!(
        (draft.severity, draft.area),
        (Severity::Extreme, vec!["7".to_owned()])
    );
    let alert = sample("01-alert-gas-leak.xml");
    let info = &alert.infos[0];
    assert_eq!(
        (draft.words.urgency, draft.words.certainty),
        (Some(info.urgency), Some(info.certainty))
    );
    assert_eq!(draft.words.response, info.responses.first().copied());
    assert!(draft.words.response.is_some() && draft.words.category.is_some());
    for part in [
        "浓度较高",
        "立即走楼梯下楼",
        "地点：丰盛园小区7号楼",
        "联系：13900000024",
        "转自丰盛园物业服务中心，2026-11-20T18:42:00+08:00 发出",
    ] {
        assert!(draft.body.contains(part), "{part} in {}", draft.body);
    }
    let last = "CAP wuye@fengshengyuan.invalid,FSY-WY-20261120184200-0";
    assert_eq!(draft.body.lines().next_back(), Some(last));
    let cancel = sample("03-cancel-gas-leak.xml");
    assert!(cancel.earlier_lines().contains(&last.to_owned()));
    assert!(cancel.draft().unwrap().title.starts_with("【解除】"));

    let two = sample("04-two-languages-icy-roads.xml").draft().unwrap();
    assert_eq!(
        two.title_en.as_deref(),
        Some("Icy roads: yellow warning, take your time tomorrow morning")
    );
    assert!(
        two.body_en
            .unwrap()
            .contains("Passed on from Fengshengyuan residents' committee")
    );
    // The event begins at ten at night, five hours after the message.
    assert_eq!(two.effective_ms, Some(1_795_269_600_000));
    let drill = sample("06-gbt35965-exercise.xml").draft().unwrap();
    assert!(drill.title.starts_with("【演练】"));
}

#[test]
fn texts_of_any_length_and_kind_fit_a_notice_or_say_that_they_do_not() {
    let mut alert = sample("01-alert-gas-leak.xml");
    let info = &mut alert.infos[0];
    info.headline = Some("长".repeat(500));
    info.event = "燃气\u{9}\n 泄漏\u{85}".into();
    info.areas[0].geocodes = (0..300)
        .map(|n| ("building".into(), format!(" {n}\n")))
        .collect();
    info.areas[0]
        .geocodes
        .push(("building".into(), "x".repeat(41)));
    let draft = alert.draft().unwrap();
    assert_eq!(draft.title, "燃气 泄漏");
    assert!(
        draft.body.starts_with(&"长".repeat(500)),
        "what does not fit above stands below"
    );
    assert_eq!((draft.area.len(), draft.area[1].as_str()), (200, "1"));
    let info = &mut alert.infos[0];
    info.event = "事".repeat(500);
    info.language = None;
    let draft = alert.draft().unwrap();
    assert!(draft.title.chars().count() <= FOREIGN_TITLE_MAX);
    assert!(draft.body.contains("Where: ") && draft.title_en.is_none());
    alert.infos.clear();
    assert!(alert.draft().is_none());
}

#[test]
fn a_feed_keeps_its_ids_and_is_as_new_as_its_newest_notice() {
    let entry = |byte: u8, notice: Notice| FeedEntry {
        id: vec![byte; 16],
        notice,
        plain: vec![],
        plain_en: vec![],
    };
    let words = Words {
        category: Some(Category::Infra),
        response: Some(ResponseType::Prepare),
        ..Words::default()
    };
    let urgent = Notice {
        words,
        title: "停电 <3号楼>".into(),
        title_en: "Power cut".into(),
        body_en: "All day".into(),
        area: vec!["3".into()],
        expires_ms: Some(SENT + 3_600_000),
        sent_ms: SENT + 1_000,
        ..notice()
    };
    let mut feed = Feed {
        estate: "丰盛园".into(),
        community: vec![0xff; 32],
        offset_min: 480,
        made_ms: SENT + 9_999_000,
        entries: vec![
            FeedEntry {
                plain: vec!["请做好准备".into(), "水电等设施".into()],
                plain_en: vec!["Get ready".into()],
                ..entry(0x01, urgent)
            },
            entry(0xfe, notice()),
        ],
    };
    let xml = feed.xml();
    for part in [
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"zh-CN\" xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.2\">",
        "  <id>urn:uuid:ffffffff-ffff-8fff-bfff-ffffffffffff</id>",
        "  <updated>2026-11-22T14:05:01+08:00</updated>",
        "    <id>urn:uuid:01010101-0101-8101-8101-010101010101</id>",
        "    <title>停电 &lt;3号楼&gt;</title>",
        "      <name>丰盛园 居委会</name>",
        "    <category term=\"Moderate\"></category>",
        "    <cap:category>Infra</cap:category>\n    <cap:responseType>Prepare</cap:responseType>\n    <cap:severity>Moderate</cap:severity>\n    <cap:expires>2026-11-22T15:05:00+08:00</cap:expires>\n",
        "    <content type=\"text\">今天15时至18时停电。\n\n请做好准备\n水电等设施\n\nPower cut\nAll day\nGet ready\n\n适用：3号楼  2026-11-22T15:05:00+08:00 止</content>",
        "    <id>urn:uuid:7efefefe-fefe-8efe-befe-fefefefefefe</id>",
    ] {
        assert!(xml.contains(part), "{part} in {xml}");
    }
    // Only what the office said: of an ordinary notice nothing, and then no name space either.
    let plain = Notice {
        severity: None,
        ..notice()
    };
    feed.entries = vec![entry(0x02, plain)];
    assert!(!feed.xml().contains("cap"), "{}", feed.xml());
    feed.entries.clear();
    assert!(
        feed.xml()
            .contains("<updated>2026-11-22T16:51:39+08:00</updated>")
    );
}

#[test]
fn a_uuid_is_the_ids_own_and_says_what_it_is_for() {
    let ids: Vec<[u8; 16]> = (0..=255).map(|n| [n; 16]).collect();
    let mut seen = BTreeSet::new();
    for id in &ids {
        for kept in [Kept::Feed, Kept::Notice] {
            let text = uuid_of(kept, id);
            assert_eq!((text.len(), &text[23..24]), (45, "8"), "{text}");
            assert!("89ab".contains(&text[28..29]), "{text}");
            seen.insert(text);
        }
    }
    // The first bit of the id gives way to what it is for.
    assert_eq!(seen.len(), 512);
    assert_eq!(
        uuid_of(Kept::Notice, &[1; 40]),
        uuid_of(Kept::Notice, &[1; 16])
    );
}
