//! What is announced, when, and in which words.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use crate::api::{
    BellSays, CommentItem, HelpItem, HelpReport, ModerationItem, NoticeItem, PostItem, Severity,
};
use crate::dates::Now;
use crate::samples::{DAY, HOUR, MINUTE, NOW, call, en, notice, notices, zh};
use proptest::prelude::*;

/// What a home holds, for one test.
#[derive(Default)]
struct House {
    notices: Vec<NoticeItem>,
    posts: Vec<PostItem>,
    help: HelpReport,
    rings: Vec<crate::api::RingItem>,
    kept: BellReport,
}

impl House {
    fn new() -> Self {
        let mut house = Self::default();
        // It has looked around before.
        house.kept.begun = true;
        house
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            notices: &self.notices,
            posts: &self.posts,
            help: &self.help,
            rings: &self.rings,
        }
    }

    /// Looks, and everything is shown.
    fn look(&mut self, now: Now) -> (Vec<Popup>, Option<u64>) {
        let mut kept = self.kept.clone();
        let all = items(now, self.facts());
        let turn = turn(now, &mut kept, &all);
        let popups = turn
            .show
            .iter()
            .map(|a| popup(&en(), kept.settings.says, a))
            .collect();
        for announce in &turn.show {
            shown(now, &mut kept, &announce.key, &announce.speaks_for);
        }
        let again = turn.again_ms;
        self.kept = kept;
        (popups, again)
    }

    fn titles(&mut self, now: Now) -> Vec<String> {
        self.look(now).0.into_iter().map(|p| p.title).collect()
    }
}

fn plain(id: &str) -> NoticeItem {
    let mut one = notices().remove(0);
    one.id = id.into();
    one.text.title = format!("T-{id}");
    one.also.clear();
    one.org_name = "Office".into();
    one.severity = None;
    one.cap = crate::api::CapWords::default();
    one.effective_ms = None;
    one.expires_ms = None;
    one.needs_confirm = false;
    one.confirmed_by_me_ms = None;
    one.read_ms = None;
    one.corrects = None;
    one.corrected_by = None;
    one.retracted = None;
    one.ours = false;
    one.valid = true;
    one.reminders = 0;
    one.heard_ms = NOW.ms;
    one
}

fn asks(id: &str) -> NoticeItem {
    NoticeItem {
        needs_confirm: true,
        ..plain(id)
    }
}

fn post(id: &str, own: bool) -> PostItem {
    serde_json::from_value(serde_json::json!({
        "id": id, "kind": "found", "author": if own { "3-2-501" } else { "3-1-201" },
        "body": "a bunch of keys of Wang 13800138000", "published_ms": NOW.ms - DAY, "heard_ms": NOW.ms - DAY,
        "closed": false, "own": own
    }))
    .unwrap()
}

fn comment(id: &str, official: bool) -> CommentItem {
    serde_json::from_value(serde_json::json!({
        "id": id, "author": if official { "Office" } else { "3-1-201" }, "official": official,
        "body": "ring me at 13800138000", "published_ms": NOW.ms
    }))
    .unwrap()
}

fn help(id: &str) -> HelpItem {
    serde_json::from_value(serde_json::json!({
        "id": id, "by": "3-1-201", "open": true, "at_ms": NOW.ms, "asks_me": true, "words": "I fell"
    }))
    .unwrap()
}

const fn at(ms: u64) -> Now {
    Now::beijing(ms)
}

/// 14:32 is the moment of the samples; this is 23:10 of that day.
const NIGHT: u64 = NOW.ms + 8 * HOUR + 38 * MINUTE;
/// 08:00 of the next day.
const MORNING: u64 = NOW.ms + 17 * HOUR + 28 * MINUTE;

#[test]
fn a_call_for_help_comes_at_night_and_again_until_somebody_answers() {
    let mut house = House::new();
    house.help.calls = vec![help("h1")];
    assert_eq!(house.titles(at(NIGHT)), ["A neighbour is calling for help"]);
    assert!(house.titles(at(NIGHT + REPEAT_MS - 1)).is_empty());
    let (popups, again) = house.look(at(NIGHT + REPEAT_MS));
    assert_eq!(popups.len(), 1);
    assert_eq!(popups[0].loud, Loud::Life);
    assert_eq!(again, Some(NIGHT + 2 * REPEAT_MS));
    house.help.calls[0].asks_me = false;
    let mut kept = house.kept.clone();
    let all = items(at(NIGHT), house.facts());
    let turn = turn(at(NIGHT + 2 * REPEAT_MS), &mut kept, &all);
    assert!(turn.show.is_empty());
    assert_eq!(turn.gone, ["h:h1"], "and the old one is taken away");
}

#[test]
fn a_grave_warning_is_said_until_it_was_opened_and_only_while_it_holds() {
    let mut house = House::new();
    let mut storm = plain("n1");
    storm.severity = Some(Severity::Extreme);
    storm.effective_ms = Some(NIGHT);
    storm.expires_ms = Some(NIGHT + 10 * REPEAT_MS);
    house.notices = vec![storm];
    // Before it holds it is something that waits, by day; at night it sounds when it begins.
    let (before, again) = house.look(at(NIGHT - 8 * HOUR));
    assert_eq!(before[0].loud, Loud::Needs);
    assert_eq!(again, Some(NIGHT));
    house.kept.told.clear();
    assert_eq!(house.look(at(NIGHT)).0[0].loud, Loud::Life);
    assert_eq!(house.look(at(NIGHT + REPEAT_MS)).0.len(), 1);
    house.notices[0].read_ms = Some(NIGHT + REPEAT_MS);
    assert!(house.look(at(NIGHT + 2 * REPEAT_MS)).0.is_empty());
    house.notices[0].read_ms = None;
    assert!(house.look(at(NIGHT + 10 * REPEAT_MS)).0.is_empty());
    // A word this version does not know is no danger to life.
    house.notices[0].expires_ms = None;
    house.notices[0].severity = Some(Severity::Unknown);
    assert!(house.look(at(NIGHT + 3 * REPEAT_MS)).0.is_empty());
}

#[test]
fn what_waits_comes_at_once_by_day_and_the_next_morning_at_night() {
    let mut house = House::new();
    house.notices = vec![asks("n1")];
    assert_eq!(house.titles(NOW), ["T-n1"]);
    assert!(house.titles(at(NOW.ms + DAY)).is_empty(), "once");
    house.notices.push(asks("n2"));
    let (popups, again) = house.look(at(NIGHT));
    assert!(popups.is_empty());
    assert_eq!(again, Some(MORNING));
    assert!(house.look(at(MORNING - 1)).0.is_empty());
    assert_eq!(house.titles(at(MORNING)), ["T-n2"]);
    // Asked once more by the office, read or not.
    house.notices[1].read_ms = Some(MORNING);
    house.notices[1].reminders = 1;
    assert_eq!(house.titles(at(MORNING + HOUR)), ["T-n2"]);
    house.notices[1].confirmed_by_me_ms = Some(MORNING + HOUR);
    house.notices[1].reminders = 2;
    assert!(house.titles(at(MORNING + 2 * HOUR)).is_empty());
}

#[test]
fn many_things_that_wait_come_as_one() {
    let mut house = House::new();
    house.notices = (0..9).map(|n| asks(&format!("n{n}"))).collect();
    assert_eq!(house.titles(at(MORNING)), ["9 things are waiting for you"]);
    assert!(house.titles(at(MORNING + HOUR)).is_empty());
}

#[test]
fn somebody_at_the_gate_is_worth_nothing_the_next_morning() {
    let mut house = House::new();
    house.rings = vec![call("e:1", NIGHT)];
    let (popups, _) = house.look(at(NIGHT));
    assert_eq!(popups[0].title, "Somebody is at 东门");
    assert!(!popups[0].body.contains("老周"), "{}", popups[0].body);
    house.rings[0].here = false;
    assert!(house.look(at(MORNING)).0.is_empty());
}

#[test]
fn answers_come_a_few_at_a_time_by_day_and_an_offices_answer_at_once() {
    let mut house = House::new();
    house.posts = vec![post("p1", true)];
    house.posts[0].comments = vec![comment("c1", false)];
    assert_eq!(
        house.titles(NOW),
        ["An answer to what you wrote on the board"]
    );
    house.posts[0].comments.push(comment("c2", false));
    house.posts[0].claims = vec!["3-1-301".into()];
    let (popups, again) = house.look(at(NOW.ms + MINUTE));
    assert!(popups.is_empty());
    assert_eq!(again, Some(NOW.ms + BUNDLE_MS));
    assert_eq!(
        house.titles(at(NOW.ms + BUNDLE_MS)),
        ["2 answers to what you wrote on the board"]
    );
    assert_eq!(badge(&house.kept, &house.posts), 3);
    house.kept.looked_ms = NOW.ms + BUNDLE_MS;
    assert_eq!(badge(&house.kept, &house.posts), 0);
    house.posts[0].comments.push(comment("c3", true));
    assert_eq!(
        house.titles(at(NOW.ms + BUNDLE_MS + 1)),
        ["Office has answered you"]
    );
    // At night they wait for the morning.
    house.posts[0].comments.push(comment("c4", false));
    assert_eq!(house.look(at(NIGHT)).1, Some(MORNING));
    assert_eq!(house.look(at(MORNING)).0.len(), 1);
}

#[test]
fn what_one_wrote_oneself_and_what_is_hidden_is_no_news() {
    let mut house = House::new();
    house.posts = vec![post("p1", true)];
    let mut own = comment("c1", false);
    own.author = "3-2-501".into();
    let mut hidden = comment("c2", false);
    hidden.hidden = true;
    house.posts[0].comments = vec![own, hidden];
    let mut ours = asks("n1");
    ours.ours = true;
    let mut forged = asks("n2");
    forged.valid = false;
    house.notices = vec![ours, forged];
    assert!(house.look(NOW).0.is_empty());
    house.posts[0].moderation = Some(ModerationItem {
        state: "hidden".into(),
        ..ModerationItem::default()
    });
    assert_eq!(
        house.titles(NOW),
        ["What you wrote on the board is not shown for now"]
    );
}

#[test]
fn a_new_home_does_not_announce_the_past_but_what_still_waits() {
    let mut house = House::new();
    house.kept.begun = false;
    house.posts = vec![post("p1", true)];
    house.posts[0].comments = vec![comment("c1", false), comment("c2", true)];
    house.notices = vec![asks("n1"), plain("n2")];
    house.help.calls = vec![help("h1")];
    let titles = house.titles(NOW);
    assert_eq!(titles, ["A neighbour is calling for help", "T-n1"]);
    assert_eq!(badge(&house.kept, &house.posts), 0);
}

#[test]
fn nothing_more_is_said_of_a_muted_thread_except_where_life_is_at_stake() {
    let mut house = House::new();
    let mut second = asks("n2");
    second.corrects = Some("n1".into());
    let mut first = asks("n1");
    first.corrected_by = Some("n2".into());
    house.notices = vec![first, second];
    house.kept.mute("n1", true);
    assert!(house.look(NOW).0.is_empty());
    house.notices[1].severity = Some(Severity::Extreme);
    assert_eq!(house.titles(NOW), ["T-n2"]);
    house.posts = vec![post("p1", true)];
    house.kept.mute("p1", true);
    house.posts[0].comments = vec![comment("c1", false), comment("c2", true)];
    assert_eq!(house.look(at(NOW.ms + 1)).0, []);
    assert_eq!(badge(&house.kept, &house.posts), 0);
    house.kept.mute("p1", false);
    assert_eq!(house.look(at(NOW.ms + 2)).0.len(), 2);
}

#[test]
fn what_is_switched_off_stays_off_and_life_cannot_be() {
    let mut house = House::new();
    house.kept.settings.needs = false;
    house.kept.settings.mine = false;
    house.notices = vec![asks("n1")];
    house.posts = vec![post("p1", true)];
    house.posts[0].comments = vec![comment("c1", false)];
    house.help.calls = vec![help("h1")];
    assert_eq!(house.titles(NOW), ["A neighbour is calling for help"]);
}

#[test]
fn what_was_not_shown_is_announced_again_and_what_was_shown_is_not() {
    let mut house = House::new();
    house.notices = vec![asks("n1")];
    let all = items(NOW, house.facts());
    let mut kept = house.kept.clone();
    assert_eq!(turn(NOW, &mut kept, &all).show.len(), 1);
    // The program died before the system took it.
    assert_eq!(turn(at(NOW.ms + 1), &mut kept, &all).show.len(), 1);
    shown(NOW, &mut kept, "n:n1", &["n:n1".into()]);
    // What is remembered survives as text.
    let text = serde_json::to_string(&kept).unwrap();
    let mut kept: BellReport = serde_json::from_str(&text).unwrap();
    assert!(turn(at(NOW.ms + 2), &mut kept, &all).show.is_empty());
}

#[test]
fn the_digest_holds_what_came_between_two_of_its_hours() {
    let mut house = House::new();
    let morning = NOW.ms - 6 * HOUR - 32 * MINUTE;
    let mut late = post("p1", false);
    late.heard_ms = morning - HOUR;
    let mut early = post("p2", false);
    early.heard_ms = morning - 15 * HOUR;
    let mut new = post("p3", false);
    new.heard_ms = NOW.ms;
    house.posts = vec![late, early, new];
    let mut unread = plain("n1");
    unread.heard_ms = morning - 3 * DAY;
    let mut read = plain("n2");
    read.heard_ms = morning - 3 * DAY;
    read.read_ms = Some(morning);
    house.notices = vec![unread, read, asks("n3")];
    let texts = |now: Now, house: &House| -> Vec<String> {
        let digest = digest(&en(), now, &house.kept, house.facts());
        digest.lines.into_iter().map(|line| line.text).collect()
    };
    assert_eq!(
        texts(NOW, &house),
        [
            "Found · 3-1-201: a bunch of keys of Wang 13800138000",
            "Office: T-n1"
        ]
    );
    // At 18:00 what came since; what nobody opened is still there.
    let evening = texts(at(NOW.ms + 4 * HOUR), &house);
    assert_eq!(evening.len(), 2, "{evening:?}");
    assert!(evening[1].contains("T-n1"));
    house.kept.mute("n1", true);
    assert_eq!(texts(NOW, &house).len(), 1);
    let slot = slot(NOW).unwrap();
    assert_eq!(
        (slot.from_ms, slot.until_ms),
        (morning - 14 * HOUR, morning)
    );
}

#[test]
fn an_answer_that_came_before_the_digest_is_in_it_once_for_each_thread() {
    let mut house = House::new();
    house.posts = vec![post("p1", true)];
    house.posts[0].comments = vec![comment("c1", false), comment("c2", false)];
    let _ = house.look(at(NOW.ms + HOUR));
    let digest = digest(&zh(), at(NOW.ms + 4 * HOUR), &house.kept, house.facts());
    assert_eq!(digest.lines.len(), 1, "{digest:?}");
    assert!(digest.lines[0].text.contains("3-1-201"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    /// By default and with less the system's daemon learns neither name nor number nor what a neighbour wrote.
    #[test]
    fn the_system_is_told_no_more_than_is_allowed(who in "[A-Z]{8}", number in "1[0-9]{10}", text in "[a-z]{12}", hour in 0..48_u64) {
        let now = at(NOW.ms + hour * HOUR);
        let mut house = House::new();
        let mut posted = post("p1", true);
        posted.body = format!("{text} {number}");
        posted.claims = vec![who.clone()];
        let mut said = comment("c1", false);
        said.author = who.clone();
        said.body = text.clone();
        posted.comments = vec![said, comment("c2", true)];
        house.posts = vec![posted];
        let mut cry = help("h1");
        cry.by = who.clone();
        cry.words = Some(text.clone());
        house.help.calls = vec![cry];
        house.help.missed = vec![crate::api::MissedItem { unit: who.clone(), due_ms: NOW.ms, last_ms: None }];
        let mut ring = call("e:1", now.ms);
        ring.name = Some(who.clone());
        ring.plate = Some(number.clone());
        house.rings = vec![ring];
        let mut asked = asks("n1");
        asked.text.body = text.clone();
        house.notices = vec![asked];
        for says in [BellSays::Less, BellSays::Title] {
            let mut kept = house.kept.clone();
            kept.settings.says = says;
            let all = items(now, house.facts());
            let turn = turn(now, &mut kept, &all);
            prop_assert!(!turn.show.is_empty());
            for announce in &turn.show {
                for words in [zh(), en()] {
                    let popup = popup(&words, says, announce);
                    let shown = format!("{}\n{}", popup.title, popup.body);
                    for secret in [&who, &number, &text] {
                        prop_assert!(!shown.contains(secret.as_str()), "{shown}");
                    }
                    if says == BellSays::Less {
                        prop_assert!(!shown.contains("T-n1") && !shown.contains("Office"), "{shown}");
                    }
                    prop_assert!(!shown.contains('⟦'), "{shown}");
                }
            }
        }
    }
}

#[test]
fn who_allows_more_reads_who_calls_and_who_is_at_the_gate() {
    let mut house = House::new();
    house.kept.settings.says = BellSays::All;
    house.help.calls = vec![help("h1")];
    house.rings = vec![call("e:1", NOW.ms)];
    let (popups, _) = house.look(NOW);
    assert_eq!(popups[0].title, "3-1-201 is calling for help");
    assert!(popups[1].body.contains("老周"));
}

#[test]
fn the_page_of_settings_offers_what_it_names_and_lists_what_is_muted() {
    let mut model = crate::samples::model();
    let id = notice(&model.notices[0].id).id;
    model.bell = Some(BellReport::default());
    for words in [zh(), en()] {
        let button = mute(&words, &model, &id).unwrap();
        assert!(button.on && !button.name.contains('⟦'));
        model.bell.as_mut().unwrap().mute(&button.thread, true);
        let page = settings(&words, NOW, &model, Some(true));
        assert!(page.background.as_ref().unwrap().on);
        assert_eq!(settings(&words, NOW, &model, None).background, None);
        assert_eq!(page.muted.len(), 1);
        assert!(!page.muted[0].on);
        assert!(!page.toggles[0].to.needs && page.toggles[0].to.mine);
        assert!(page.toggles[0].on && page.says[1].on);
        assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
        model.bell.as_mut().unwrap().mute(&button.thread, false);
    }
}
