//! The rarer fields: days of the week, several days, a group, a PIN, whom an office invites for.

use super::*;
use crate::api::{Hours, Passphrase};

/// Half a year from now on is the community's limit for what recurs; a person's pass lives three days.
fn weekly(label: &str) -> PassDraft {
    PassDraft {
        week: 0b001_0101,
        from: "9:00".into(),
        until: "11：00".into(),
        entries: 0,
        ..draft(label)
    }
}

fn shown(draft: &PassDraft, pin: &str) -> PassForm {
    let draft = PassDraft {
        tried: true,
        ..draft.clone()
    };
    form(&zh(), NOW, Some(&status()), &draft, pin)
}

fn ms(day: u64, hour: u64, minute: u64) -> u64 {
    // NOW is Sunday 14:32.
    NOW.ms - 14 * HOUR - 32 * MINUTE + day * DAY + hour * HOUR + minute * MINUTE
}

#[test]
fn a_fresh_form_has_the_rarer_fields_shut_and_what_is_filled_in_keeps_them_open() {
    let fresh = draft("李然");
    assert!(!shown(&fresh, "").more.open);
    for change in [
        (|d: &mut PassDraft| d.more = true) as fn(&mut PassDraft),
        |d| d.week = 1,
        |d| d.last_day = "11-24".into(),
        |d| d.group = "50".into(),
        |d| d.pin = AskPin::Drawn,
    ] {
        let mut draft = fresh.clone();
        change(&mut draft);
        assert!(shown(&draft, "").more.open, "{draft:?}");
    }
}

#[test]
fn a_helper_comes_monday_wednesday_friday_from_nine_to_eleven_for_four_weeks() {
    let form = shown(&weekly("王阿姨"), "");
    assert_eq!(
        form.span,
        "周一 周三 周五 09:00–11:00 · 11月23日 周一 至 12月18日 周五"
    );
    let pass = form.request.unwrap();
    assert_eq!(pass.windows, [(0b001_0101, 540, 660)]);
    assert_eq!(pass.entries, 0, "the first visit does not use it up");
    // Sunday: the first opening is on Monday, the last closing on the last Friday within four weeks.
    assert_eq!(pass.from_s * 1000, ms(1, 9, 0));
    assert_eq!(pass.until_s * 1000, ms(26, 11, 0));
}

#[test]
fn choosing_the_first_day_makes_a_counted_pass_an_uncounted_one_but_a_group_stays() {
    let mut fresh = draft("王阿姨");
    assert_eq!(fresh.entries, 1);
    fresh.toggle_day(1);
    assert_eq!((fresh.week, fresh.entries), (1, 0));
    fresh.toggle_day(4);
    fresh.toggle_day(1);
    assert_eq!(fresh.week, 4);
    let mut group = draft("施工队");
    group.group = "12".into();
    group.toggle_day(1);
    assert_eq!(request(&group).unwrap().entries, 12);
}

#[test]
fn a_night_nurse_needs_two_windows_and_leaves_on_the_morning_after_the_last_night() {
    let night = PassDraft {
        week: 0b100_0000,
        from: "22:00".into(),
        until: "6:30".into(),
        last_day: "11-29".into(),
        ..weekly("护工")
    };
    let pass = shown(&night, "").request.unwrap();
    assert_eq!(pass.windows, [(0b100_0000, 1320, 1440), (1, 0, 390)]);
    assert_eq!(pass.from_s * 1000, ms(0, 22, 0));
    assert_eq!(pass.until_s * 1000, ms(8, 6, 30));
    let midnight = PassDraft {
        until: "0:00".into(),
        ..night
    };
    let pass = shown(&midnight, "").request.unwrap();
    assert_eq!(pass.windows, [(0b100_0000, 1320, 1440)]);
    assert_eq!(pass.until_s * 1000, ms(8, 0, 0));
}

#[test]
fn further_hours_are_added_up_to_eight_and_each_says_what_is_wrong_beside_it() {
    let mut helper = weekly("王阿姨");
    helper.more_hours();
    helper.also[0] = MoreHours {
        days: 0b010_0000,
        from: "14".into(),
        until: "18点半".into(),
    };
    let form = shown(&helper, "");
    assert_eq!(
        form.request.unwrap().windows,
        [(0b001_0101, 540, 660), (0b010_0000, 840, 1110)]
    );
    assert_eq!(form.more.also[0].from.name, "第 2 段 · 从");
    helper.also[0] = MoreHours {
        days: 0,
        from: "25".into(),
        until: "晚上".into(),
    };
    let form = shown(&helper, "");
    let also = &form.more.also[0];
    assert_eq!(form.request, None);
    assert!(also.problem.as_ref().unwrap().contains("星期几"));
    assert!(also.from.problem.as_ref().unwrap().contains("开始时间"));
    assert!(also.until.problem.as_ref().unwrap().contains("结束时间"));
    for _ in 0..20 {
        helper.more_hours();
    }
    assert_eq!(helper.also.len(), 7);
    assert_eq!(shown(&helper, "").more.add, None);
    // Five nights are ten windows.
    for hours in &mut helper.also {
        *hours = MoreHours {
            days: 1,
            from: "22".into(),
            until: "6".into(),
        };
    }
    let form = shown(&helper, "");
    assert_eq!(form.request, None);
    assert!(
        form.problems.iter().any(|p| p.contains("8 段")),
        "{:?}",
        form.problems
    );
}

#[test]
fn days_that_do_not_fit_are_said_beside_the_last_day() {
    let with = |last: &str| {
        let draft = PassDraft {
            last_day: last.into(),
            ..weekly("王阿姨")
        };
        let form = shown(&draft, "");
        (form.more.last_day.problem, form.request.is_some())
    };
    assert_eq!(with("11-30"), (None, true));
    assert!(with("下周").0.unwrap().contains("日期看不懂"));
    let none = PassDraft {
        week: 0b001_0000,
        day: Day::Other,
        date: "11-23".into(),
        last_day: "11-25".into(),
        ..weekly("王阿姨")
    };
    let form = shown(&none, "");
    assert!(
        form.more
            .last_day
            .problem
            .unwrap()
            .contains("没有选上的星期几")
    );
    let before = PassDraft {
        day: Day::Other,
        date: "12-1".into(),
        last_day: "11-25".into(),
        ..draft("李然")
    };
    let form = shown(&before, "");
    assert!(form.more.last_day.problem.unwrap().contains("不能早于"));
    assert_eq!(form.request, None);
}

#[test]
fn a_guest_may_stay_three_days_and_a_helper_half_a_year() {
    let stay = |kind, last: &str| {
        let draft = PassDraft {
            kind,
            last_day: last.into(),
            until: "12:00".into(),
            ..draft("李然")
        };
        shown(&draft, "")
    };
    let guest = stay(PassKind::Person, "11-25");
    assert_eq!(guest.span, "今天 14:30 至 11月25日 周三 12:00");
    assert_eq!(guest.request.unwrap().until_s * 1000, ms(3, 12, 0));
    let long = stay(PassKind::Person, "11-26");
    assert_eq!(long.problems, ["最长只能 3 天，请把时间缩短。"]);
    assert!(stay(PassKind::Worker, "12-20").request.is_some());
    let helper = PassDraft {
        last_day: "2027-9-1".into(),
        ..weekly("王阿姨")
    };
    assert!(shown(&helper, "").problems[0].contains("最长只能"));
}

#[test]
fn a_wedding_of_fifty_shares_one_picture() {
    let mut wedding = draft("喜宴");
    wedding.group = "５０人".into();
    let form = shown(&wedding, "");
    assert_eq!(form.entries.words, "50 次");
    assert!(form.hints.iter().any(|hint| hint.contains("给 50 人用")));
    assert_eq!(form.request.unwrap().entries, 50);
    for (typed, entries) in [
        ("255", Some(255)),
        ("1", Some(1)),
        ("256", None),
        ("0", None),
        ("很多", None),
    ] {
        wedding.group = typed.into();
        let form = shown(&wedding, "");
        assert_eq!(
            form.request.as_ref().map(|pass| pass.entries),
            entries,
            "{typed}"
        );
        assert_eq!(
            form.more.group.problem.is_some(),
            entries.is_none(),
            "{typed}"
        );
    }
    // A group is counted by a gate.
    wedding.any_gate();
    wedding.group = "50".into();
    wedding.grouped(Some(1));
    assert_eq!(wedding.gates, [1]);
    // One of the buttons of the plain form takes it back.
    wedding.count(2, Some(1));
    assert_eq!(
        (wedding.group.as_str(), request(&wedding).unwrap().entries),
        ("", 2)
    );
}

#[test]
fn a_pin_is_four_digits_for_a_short_visit_and_six_for_a_long_one_and_in_no_draft() {
    let mut short = draft("李然");
    assert_eq!(request(&short).unwrap().pin, None);
    short.pin = AskPin::Own;
    assert_eq!(
        shown(&short, "４８２７").request.unwrap().pin,
        Some(Passphrase("4827".into()))
    );
    for (typed, wrong) in [
        ("", "4 位或 6 位"),
        ("12345", "4 位或 6 位"),
        ("12ab", "4 位或 6 位"),
        ("生日", "4 位或 6 位"),
    ] {
        let form = shown(&short, typed);
        assert_eq!(form.request, None, "{typed}");
        assert!(
            form.more
                .pin
                .digits
                .unwrap()
                .problem
                .unwrap()
                .contains(wrong)
        );
    }
    let long = PassDraft {
        pin: AskPin::Own,
        ..weekly("王阿姨")
    };
    assert!(
        shown(&long, "4827")
            .more
            .pin
            .digits
            .unwrap()
            .problem
            .unwrap()
            .contains("6 位")
    );
    let form = shown(&long, "482735");
    assert_eq!(
        form.request.as_ref().unwrap().pin,
        Some(Passphrase("482735".into()))
    );
    assert!(
        !format!("{form:?}{long:?}").contains("482735"),
        "printed nowhere"
    );
    let drawn = PassDraft {
        pin: AskPin::Drawn,
        ..draft("李然")
    };
    let form = shown(&drawn, "");
    assert_eq!(form.request.unwrap().pin, Some(Passphrase(String::new())));
    assert!(form.more.pin.digits.is_none());
}

#[test]
fn an_office_says_whom_the_visitor_goes_to_and_a_household_is_not_asked() {
    let mut office = status();
    office.me.as_mut().unwrap().kind = PrincipalKind::Office;
    let with = |host: &str| {
        let draft = PassDraft {
            host: host.into(),
            tried: true,
            ..draft("李然")
        };
        form(&zh(), NOW, Some(&office), &draft, "")
    };
    assert_eq!(
        with(" 3-2-501 ").request.unwrap().host.as_deref(),
        Some("3-2-501")
    );
    assert_eq!(with("").request.unwrap().host, None);
    let long = with("一二三四五六七八九");
    assert!(long.host.unwrap().problem.unwrap().contains("房号太长") && long.request.is_none());
    let house = PassDraft {
        host: "3-2-501".into(),
        ..draft("李然")
    };
    let form = shown(&house, "");
    assert_eq!((form.host, form.request.unwrap().host), (None, None));
}

#[test]
fn somebody_who_comes_every_week_is_invited_again_with_the_same_hours() {
    let regular = RegularItem {
        label: "王阿姨".into(),
        kind: PassKind::Worker,
        from_s: ms(1, 9, 0) / 1000,
        until_s: ms(26, 11, 0) / 1000,
        entries: 0,
        companions: 0,
        gates: Vec::new(),
        plate: None,
        windows: vec![(0b001_0101, 540, 660), (0b010_0000, 840, 1440)],
    };
    let later = Now::beijing(NOW.ms + 40 * DAY);
    let again = PassDraft::regular(later, status().community.as_ref(), &regular);
    let form = form(&zh(), later, Some(&status()), &again, "");
    let pass = form.request.unwrap();
    assert_eq!(pass.windows, regular.windows);
    assert!(pass.from_s * 1000 >= later.ms && pass.until_s > pass.from_s + 20 * 86_400);
}

/// The minutes of a week at which these windows are open.
fn minutes(windows: &[Hours]) -> Vec<bool> {
    let mut week = vec![false; 7 * 1440];
    for (days, start, end) in windows {
        for day in (0..7).filter(|day| days >> day & 1 == 1) {
            for minute in *start..*end {
                week[day * 1440 + usize::from(minute)] = true;
            }
        }
    }
    week
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    /// What was chosen is what the pass opens, minute by minute; and what the pass says fills in the same form again.
    #[test]
    fn windows_say_what_was_chosen_and_go_round(
        rows in proptest::collection::vec((1_u8..128, 0_u16..1440, 1_u16..=1440), 1..6),
    ) {
        prop_assume!(rows.iter().all(|(_, from, until)| from % 1440 != *until % 1440));
        let clock = |minute: u16| format!("{}:{:02}", minute / 60, minute % 60);
        let mut draft = weekly("王阿姨");
        (draft.week, draft.from, draft.until) = (rows[0].0, clock(rows[0].1), clock(rows[0].2));
        draft.also = rows[1..]
            .iter()
            .map(|(days, from, until)| MoreHours { days: *days, from: clock(*from), until: clock(*until) })
            .collect();
        let mut chosen = vec![false; 7 * 1440];
        for (days, from, until) in &rows {
            let (from, until) = (usize::from(*from), usize::from(*until));
            let length = if until > from { until - from } else { until + 1440 - from };
            for day in (0..7).filter(|day| days >> day & 1 == 1) {
                for minute in 0..length {
                    chosen[(day * 1440 + from + minute) % (7 * 1440)] = true;
                }
            }
        }
        let many = rows.iter().map(|(_, f, u)| if u > f { 1 } else { 2 }).sum::<usize>() > HOURS_MAX;
        match request(&draft) {
            None => prop_assert!(many, "{draft:?}"),
            Some(pass) => {
                prop_assert!(pass.windows.len() <= HOURS_MAX && pass.from_s < pass.until_s);
                prop_assert!(pass.windows.iter().all(|(d, s, e)| (1..128).contains(d) && s < e && *e <= 1440));
                prop_assert_eq!(minutes(&pass.windows), chosen);
                let regular = RegularItem {
                    label: pass.label.clone(), kind: pass.kind, from_s: pass.from_s, until_s: pass.until_s,
                    entries: 0, companions: 0, gates: Vec::new(), plate: None, windows: pass.windows.clone(),
                };
                let again = PassDraft::regular(NOW, status().community.as_ref(), &regular);
                prop_assert_eq!(request(&again).unwrap().windows, pass.windows);
            }
        }
    }
}
