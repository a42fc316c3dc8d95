//! What holds for every view in every language: whole sentences, whatever comes in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use crate::api::{Area, Fault, FaultCode, PassIssued, PassQr, Reason, SyncFacts, Trouble};
use crate::dates::Now;
use crate::help::HelpState;
use crate::intent::{Look, NoticeFilter, Screen};
use crate::model::{Model, Told};
use crate::pass_form::{Day, PassDraft};
use crate::samples::{NOW, model};
use crate::words::{Catalogue, Lang};
use crate::{
    calls, doorbell, frame, help, home, neighbours, notice_page, notices, pass_card, pass_form,
    pass_list, reasons, start,
};
use proptest::prelude::*;

/// Every view there is, as one text.
fn everything(words: &Catalogue, now: Now, model: &Model, draft: &PassDraft) -> String {
    let mut out = String::new();
    let mut put = |view: String| out.push_str(&view);
    for look in Look::ALL {
        for screen in Screen::ALL {
            put(format!(
                "{:?}",
                frame::frame(words, now, model, screen, look)
            ));
        }
    }
    put(format!("{:?}", home::home(words, now, model)));
    for filter in [
        NoticeFilter::All,
        NoticeFilter::NeedsMe,
        NoticeFilter::Current,
    ] {
        put(format!(
            "{:?}",
            notices::board(words, now, &model.notices, filter)
        ));
    }
    for item in &model.notices {
        put(format!(
            "{:?}",
            notice_page::page(words, now, &model.notices, &item.id)
        ));
    }
    for pass in &model.passes {
        put(format!(
            "{:?}",
            pass_card::card(words, now, model, &pass.id)
        ));
    }
    put(format!("{:?}", pass_list::lists(words, now, model)));
    let aside = model.rings.iter().skip(1).map(|r| r.event.clone());
    let aside = aside.collect();
    put(format!("{:?}", calls::call(words, now, model, &aside)));
    put(format!("{:?}", calls::waiting(words, now, model, &aside)));
    put(format!("{:?}", doorbell::page(words, now, model)));
    put(format!(
        "{:?}",
        pass_form::form(words, now, model.status.as_ref(), draft, "")
    ));
    put(format!(
        "{:?}",
        help::page(words, now, model, &HelpState::default())
    ));
    put(format!("{:?}", help::alarm::alarm(words, now, model)));
    let facts = model
        .status
        .as_ref()
        .map(|s| s.sync.clone())
        .unwrap_or_default();
    put(format!(
        "{:?}",
        neighbours::screen(words, now, model.report.as_ref(), &facts)
    ));
    out
}

fn draft() -> PassDraft {
    let mut draft = PassDraft::fresh(NOW, model().status.unwrap().community.as_ref());
    draft.tried = true;
    draft
}

#[test]
fn every_sentence_of_every_view_exists_in_both_languages_with_its_arguments() {
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        let mut texts = vec![everything(&words, NOW, &model(), &draft())];
        texts.push(everything(&words, NOW, &Model::default(), &draft()));
        let bad = PassDraft {
            label: String::new(),
            from: "x".into(),
            until: "y".into(),
            day: Day::Other,
            plate: "?".into(),
            ..draft()
        };
        texts.push(everything(&words, NOW, &model(), &bad));
        let used_up = PassDraft {
            gates: vec![1, 2],
            until: draft().from,
            plate: "x".repeat(40),
            ..draft()
        };
        texts.push(everything(&words, NOW, &model(), &used_up));
        for reason in Reason::ALL {
            texts.push(format!("{:?}", reasons::view(&words, reason)));
        }
        for trouble in [
            Trouble::DiskFull,
            Trouble::DiskFault,
            Trouble::Clock,
            Trouble::VersionOld,
            Trouble::Revoked,
            Trouble::Held,
            Trouble::Other,
        ] {
            let facts = SyncFacts {
                trouble: Some(trouble),
                ..SyncFacts::default()
            };
            texts.push(format!("{:?}", crate::light::view(&words, NOW, &facts)));
        }
        for code in codes() {
            let fault = Fault {
                message: "EIO".into(),
                ..Fault::of(code)
            };
            texts.push(format!(
                "{:?}",
                start::closed(&words, &fault, "/srv/家/linli home")
            ));
            texts.push(format!("{:?}", frame::note(&words, &Told::Failed(fault))));
        }
        texts.push(format!("{:?}", start::connecting(&words, "/srv/home")));
        for told in [
            Told::Confirmed {
                title: "停电".into(),
            },
            Told::ConfirmedLate {
                title: "停电".into(),
                corrected: true,
            },
            Told::ConfirmedLate {
                title: "停电".into(),
                corrected: false,
            },
            Told::Issued,
            Told::Cancelled {
                label: "李然".into(),
            },
            Told::Paused,
            Told::Resumed,
            Told::NoPicture,
            Told::DoorbellSet,
        ] {
            texts.push(format!("{:?}", frame::note(&words, &told)));
        }
        for text in texts {
            assert!(
                !text.contains('⟦'),
                "{lang}: {}",
                &text[text.find('⟦').unwrap()..]
                    .chars()
                    .take(80)
                    .collect::<String>()
            );
        }
    }
}

#[test]
fn english_views_of_our_own_words_hold_no_chinese_left_by_mistake() {
    let words = Catalogue::of(Lang::En);
    let text = format!(
        "{:?}",
        start::closed(&words, &Fault::of(FaultCode::NoHome), "/srv/home")
    );
    assert!(
        !text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
        "{text}"
    );
}

fn codes() -> [FaultCode; 13] {
    use FaultCode::{
        BadInput, Busy, DiskFull, Gone, Locked, NoCommunity, NoHome, NotAllowed, NotFound, Other,
        Storage, TooNew, WrongPassphrase,
    };
    [
        NoHome,
        NoCommunity,
        Locked,
        WrongPassphrase,
        Busy,
        TooNew,
        DiskFull,
        Storage,
        NotAllowed,
        NotFound,
        BadInput,
        Gone,
        Other,
    ]
}

/// Text as a hostile neighbour would write it.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,40}",
        Just("\u{202e}\u{2066}\u{200b}\u{feff}".to_owned()),
        Just(format!("a{}", "\u{301}".repeat(5_000))),
        Just("\n".repeat(3_000)),
        Just("\u{e0041}\u{fffe}\u{0}\u{7f}\u{85}\u{2028}".to_owned()),
        Just("👩\u{200d}👩\u{200d}👧\u{fe0f}🏳️‍🌈".to_owned()),
        Just("{ $n }{\"x\"} -term = [one]".to_owned()),
        Just("\u{feff}ا\u{61c}ب".repeat(50)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_text_and_no_number_from_outside_makes_a_view_panic_or_turn_around(
        text in hostile(), other in hostile(), ms in any::<u64>(), then in any::<u64>(), size in any::<u16>(), skew in any::<i64>(),
        offset in any::<i32>(),
    ) {
        let mut model = model();
        for item in &mut model.notices {
            item.text.title = text.clone();
            item.text.body = other.clone();
            item.also.clear();
            item.org_name = other.clone();
            item.signed_by = text.clone();
            item.published_ms = ms;
            item.heard_ms = then;
            item.expires_ms = Some(then);
            item.area = Area::Buildings(vec![text.clone(), other.clone()]);
        }
        for pass in &mut model.passes {
            pass.label = text.clone();
            pass.short_code = other.clone();
            pass.plate = Some(other.clone());
            pass.from_s = ms;
            pass.until_s = then;
            pass.windows = vec![(ms as u8, then as u16, ms as u16), (127, 0, u16::MAX)];
            pass.host = Some(text.clone());
            pass.mark = other.clone();
        }
        model.incidents = vec![crate::api::IncidentItem {
            pass: other.clone(),
            label: Some(text.clone()),
            unit: Some(other.clone()),
            entries: 1,
            number: u32::MAX,
            at_ms: then,
            gate: 63,
            by_guard: false,
        }];
        let status = model.status.as_mut().unwrap();
        status.community.as_mut().unwrap().name = text.clone();
        status.community.as_mut().unwrap().pass_max_s = then;
        status.me.as_mut().unwrap().unit = Some(other.clone());
        status.sync.heard_ms = Some(ms);
        let report = model.report.as_mut().unwrap();
        report.clock_skew_ms = Some(skew);
        report.as_of_ms = ms;
        for peer in &mut report.peers {
            peer.name = text.clone();
            peer.owner = other.clone();
            peer.last_met_ms = Some(then);
            peer.lacks = Some(ms);
        }
        for event in ["e:1", "e:2"] {
            let mut ring = crate::samples::call(event, ms);
            (ring.name, ring.unit) = (Some(text.clone()), Some(other.clone()));
            ring.gate_name = Some(other.clone());
            model.rings.push(ring);
        }
        model.doorbell = Some(crate::api::Doorbell {
            order: vec![crate::api::DoorbellDevice { device: text.clone(), me: false }],
            seconds: 9,
            set: true,
        });
        let pass = model.passes[0].clone();
        model.issued = Some(PassIssued {
            pass,
            text: text.clone(),
            qr: PassQr { size, bits: vec![1, 2, 3] },
            pin: None,
            warnings: vec![text.clone()],
        });
        let draft = PassDraft { label: text.clone(), date: other.clone(), from: text.clone(), until: other.clone(),
            plate: text.clone(), day: Day::Other, week: ms as u8, last_day: text.clone(), group: other.clone(),
            host: text.clone(), pin: crate::pass_form::AskPin::Own,
            also: vec![crate::pass_form::MoreHours { days: then as u8, from: other.clone(), until: text.clone() }],
            ..draft() };
        for lang in Lang::ALL {
            let words = Catalogue::of(lang);
            let board = notices::board(&words, Now { ms: then, offset_min: offset }, &model.notices, NoticeFilter::All);
            for row in &board.rows {
                prop_assert!(row.title.chars().count() <= crate::clean::TITLE_MAX);
                let turned = row.title.contains(['\n', '\u{202e}', '\u{2066}', '\u{200b}']);
                prop_assert!(!turned);
            }
            everything(&words, Now { ms: then, offset_min: offset }, &model, &draft);
            for item in &model.notices {
                let page = notice_page::page(&words, NOW, &model.notices, &item.id).unwrap();
                let turned = page.body.contains(['\u{202e}', '\u{202d}', '\u{2066}', '\u{200f}', '\0']);
                prop_assert!(!turned);
            }
        }
    }
}
