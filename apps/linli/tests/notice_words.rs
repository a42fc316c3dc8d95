//! What a notice says in the words of warnings, and what is said below it, as the real program does it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;
mod office;

use common::{Desk, split};
use linli_exchange::cap::Alert;
use office::{exported, founded, publish};
use serde_json::{Value, json};

fn shown_notice(desk: &Desk, id: &str) -> Value {
    let said = desk.json(&["notice", "show", id]);
    assert_eq!(said.exit, 0, "{said:?}");
    said.object()["data"]["notice"].clone()
}

#[test]
fn the_words_of_a_warning_are_the_notices_own_and_are_read_in_plain_ones() {
    let (desk, body) = founded();
    let more = "--severity severe --urgency expected --certainty likely --response prepare --category infra";
    let id = publish(&desk, "停电", &body, more);
    let notice = shown_notice(&desk, &id);
    let word = |field: &str| notice[field].as_str().unwrap().to_owned();
    let fields = ["severity", "urgency", "certainty", "response", "category"];
    assert_eq!(
        fields.map(word),
        ["Severe", "Expected", "Likely", "Prepare", "Infra"]
    );
    let zh = desk.words("zh-CN", &["notice", "show", &id]).out;
    let en = desk.words("en", &["notice", "show", &id]).out;
    assert!(
        zh.contains("请大家：提前准备") && zh.contains("把握：很可能"),
        "{zh}"
    );
    assert!(en.contains("What to do: Get ready"), "{en}");
    assert!(zh.contains("范围：全小区"), "{zh}");
    let other = publish(&desk, "煤气", &body, "--response evacuate");
    let taken = desk.json(&["notice", "retract", &other, "--reason", "误报"]);
    assert_eq!(taken.exit, 0, "{taken:?}");
    let zh = desk.words("zh-CN", &["notice", "show", &other]).out;
    assert!(zh.contains("误报") && !zh.contains("请大家"), "{zh}");

    let alert = |more: &str| {
        let line = [&[id.as_str(), "--format", "cap"][..], &split(more)].concat();
        Alert::read(&exported(&desk, &line).0)
            .unwrap()
            .infos
            .remove(0)
    };
    let own = alert("");
    let words = (own.urgency.word(), own.certainty.word());
    assert_eq!(words, ("Expected", "Likely"));
    assert_eq!(own.responses[0].word(), "Prepare");
    assert_eq!(own.categories[0].word(), "Infra");
    let other = alert("--response Shelter");
    assert_eq!(other.responses[0].word(), "Shelter");
    assert_eq!(other.categories[0].word(), "Infra");

    // Without them all is as it was before notices had them.
    let plain = shown_notice(&desk, &publish(&desk, "通知", &body, ""));
    for field in fields {
        assert_eq!(plain[field], Value::Null, "{field}");
    }
    let bad = split("notice publish --title a --body-file b --response run");
    assert_eq!(desk.json(&bad).exit, 2);
}

#[test]
fn an_alert_that_is_passed_on_keeps_the_words_of_whoever_sent_it() {
    let (desk, _) = founded();
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/data/cap/01-alert-gas-leak.xml"
    );
    let bytes = std::fs::read(file).unwrap();
    let sent = Alert::read(&bytes).unwrap().infos.remove(0);
    let seen = desk.json(&["notice", "import", file]).object()["data"].clone();
    assert_eq!(seen["notice"]["urgency"], sent.urgency.word());
    assert_eq!(seen["notice"]["response"], sent.responses[0].word());
    assert_eq!(seen["notice"]["category"], sent.categories[0].word());
}

#[test]
fn an_office_answers_below_its_notice_and_closes_and_opens_the_comments() {
    let (desk, body) = founded();
    let id = publish(&desk, "停电", &body, "");
    let say = |line: &[&str]| {
        let said = desk.json(&[&["notice"][..], line].concat());
        assert_eq!(said.exit, 0, "{said:?}");
        said.object()["data"].clone()
    };
    let first = say(&["comment", &id, "请大家有问题在这里问。"])["id"].clone();
    let first = first.as_str().unwrap();
    say(&["comment", &id, "补充：电梯也停。", "--answers", first]);
    let notice = shown_notice(&desk, &id);
    assert_eq!(
        (&notice["comments"], &notice["said"][1]["answers"]),
        (&json!(2), &json!(first))
    );
    assert_eq!(notice["said"][0]["official"], true);

    assert_eq!(say(&["comments", "close", &id])["news"], true);
    assert_eq!(say(&["comments", "close", &id])["news"], false);
    assert!(shown_notice(&desk, &id)["comments_closed_ms"].is_number());
    let zh = desk.words("zh-CN", &["notice", "show", &id]).out;
    assert!(
        zh.contains("评论在") && zh.contains("补充：电梯也停。"),
        "{zh}"
    );
    // Its own office still has the word.
    say(&["comment", &id, "已来电。"]);
    assert_eq!(say(&["comments", "open", &id])["news"], true);
    assert_eq!(shown_notice(&desk, &id)["comments_closed_ms"], Value::Null);
    let missing = desk.json(&["notice", "comments", "close", "r:zzzzzzzz"]);
    assert_eq!(missing.exit, 6, "{missing:?}");
}

#[test]
fn a_notice_goes_out_with_its_comments_closed_and_says_so() {
    let (desk, body) = founded();
    let publish = ["notice", "publish", "--title", "停电", "--body-file", &body];
    let said = desk.words("en", &[&publish[..], &["--comments", "closed"]].concat());
    assert_eq!(said.exit, 0, "{said:?}");
    assert!(
        said.out.contains("Comments below it are closed."),
        "{said:?}"
    );
    let list = desk.json(&["notice", "list"]).object()["data"]["notices"].clone();
    let id = list[0]["id"].as_str().unwrap();
    assert!(list[0]["comments_closed_ms"].is_number());
    let correct = [
        "notice",
        "correct",
        id,
        "--title",
        "停电改期",
        "--body-file",
        &body,
    ];
    let kept = desk.json(&correct).object()["data"].clone();
    assert_eq!(kept["comments"], false, "as below the one it corrects");
    let opened = [&correct[..], &["--comments", "open"]].concat();
    assert_eq!(desk.json(&opened).object()["data"]["comments"], true);
    let wrong = desk.json(&[&publish[..], &["--comments", "shut"]].concat());
    assert_eq!(wrong.exit, 2, "{wrong:?}");
}

#[test]
fn a_template_is_filled_in_published_kept_and_forgotten() {
    let (desk, body) = founded();
    let list = desk.json(&["notice", "template", "list"]).object()["data"]["templates"].clone();
    assert_eq!(list.as_array().unwrap().len(), 8);
    assert_eq!(
        (&list[0]["id"], &list[0]["name"]),
        (&json!("power-cut"), &json!("Power cut"))
    );
    let shown = desk
        .json(&["notice", "template", "show", "power-cut"])
        .object()["data"]
        .clone();
    assert_eq!(
        shown["blanks"],
        json!(["where", "day", "reason", "from and until", "phone"])
    );

    let begin = ["notice", "publish", "--template", "power-cut"];
    let open = desk.json(&begin);
    assert_eq!((open.exit, open.code()), (3, "blank-left".to_owned()));
    let fills = [
        "where=3",
        "day=Monday",
        "reason=repairs",
        "from and until=9-11",
        "phone=1",
    ];
    let fills: Vec<&str> = fills.iter().flat_map(|one| ["--fill", one]).collect();
    let said = desk.json(&[&begin[..], &fills, &["--severity", "severe"]].concat());
    assert_eq!(said.exit, 0, "{said:?}");
    let id = said.object()["data"]["id"].as_str().unwrap().to_owned();
    let notice = shown_notice(&desk, &id);
    assert_eq!(notice["title"], "Power cut: 3, Monday");
    assert_eq!(
        (&notice["severity"], &notice["category"]),
        (&json!("Severe"), &json!("Infra"))
    );
    let wrong = desk.json(&[&begin[..], &["--fill", "colour=red"]].concat());
    assert_eq!(wrong.code(), "no-such-blank");
    assert_eq!(
        desk.json(&[&begin[..], &["--fill", "day"]].concat()).code(),
        "bad-fill"
    );

    let saved = desk.json(&["notice", "template", "save", "每月保养", "--of", &id]);
    assert_eq!(saved.exit, 0, "{saved:?}");
    let again = desk.json(&[
        "notice",
        "publish",
        "--template",
        "每月保养",
        "--body-file",
        &body,
    ]);
    let again = shown_notice(&desk, again.object()["data"]["id"].as_str().unwrap());
    assert_eq!(again["title"], "Power cut: 3, Monday");
    assert!(
        again["body"].as_str().unwrap().contains("停电抢修"),
        "what is given goes first"
    );
    assert_eq!(
        desk.json(&["notice", "template", "delete", "每月保养"])
            .exit,
        0
    );
    assert_eq!(
        desk.json(&["notice", "template", "show", "每月保养"])
            .code(),
        "no-template"
    );
    assert_eq!(
        desk.json(&["notice", "template", "save", "x", "--draft"])
            .code(),
        "no-draft"
    );
}

#[test]
fn a_notice_with_a_time_waits_is_listed_and_cancelled() {
    let (desk, body) = founded();
    let line = ["notice", "publish", "--title", "停水", "--body-file", &body];
    let said = desk.json(&[&line[..], &["--at", "+4h", "--expires", "+8h"]].concat());
    assert_eq!(said.exit, 0, "{said:?}");
    let id = said.object()["data"]["id"].as_str().unwrap().to_owned();
    let list = desk.json(&["notice", "scheduled", "list"]).object()["data"]["scheduled"].clone();
    assert_eq!(
        (&list[0]["id"], &list[0]["state"]),
        (&json!(id), &json!("waits"))
    );
    assert_eq!(list[0]["title"], "停水");
    let none = desk.json(&["notice", "list"]).object()["data"]["notices"].clone();
    assert_eq!(none, json!([]));
    let zh = desk.words("zh-CN", &["notice", "scheduled", "list"]).out;
    assert!(zh.contains("停水") && zh.contains("等着"), "{zh}");
    let over = desk.json(&[&line[..], &["--at", "+8h", "--expires", "+4h"]].concat());
    assert_eq!(over.code(), "schedule-over");
    assert_eq!(desk.json(&["notice", "scheduled", "cancel", &id]).exit, 0);
    assert_eq!(desk.json(&["notice", "scheduled", "cancel", &id]).exit, 6);
    let list = desk.json(&["notice", "scheduled", "list"]).object()["data"]["scheduled"].clone();
    assert_eq!(list, json!([]));
}
