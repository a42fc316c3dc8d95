//! A shift of twelve hours and sixty visitors through the drawn station, with nothing but keys; each outcome as the file
//! says, in both languages. `shift_window.rs` plays the same through the real window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

#[path = "shift/desk.rs"]
mod shift;

use egui::{Event, ImeEvent, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use linli_desktop::app::{App, World};
use linli_desktop::clipboard::System;
use linli_desktop::eyes::Eyes;
use linli_desktop::sound::Chimes;
use linli_desktop::state::State;
use linli_view::api::{GateResult, Incoming, Request};
use linli_view::client::Client;
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use shift::{Desk, Hand, Outcome};
use std::cell::RefCell;
use std::rc::Rc;

/// The desk as the window's node, answering at once.
struct Line {
    desk: Rc<RefCell<Desk>>,
    inbox: Vec<Incoming>,
    next: u64,
}

impl Client for Line {
    fn send(&mut self, request: Request) -> u64 {
        self.next += 1;
        let reply = self.desk.borrow_mut().answer(&request);
        let id = self.next;
        self.inbox.push(Incoming::Reply { id, reply });
        id
    }

    fn poll(&mut self) -> Vec<Incoming> {
        std::mem::take(&mut self.inbox)
    }
}

struct Silence;

impl Chimes for Silence {
    fn chime(&mut self, _: GateResult) {}
    fn ring(&mut self) {}
    fn alarm(&mut self) {}
}

type Window = Harness<'static, App>;

fn open(desk: &Rc<RefCell<Desk>>, lang: Lang) -> Window {
    let (node, clock) = (Rc::clone(desk), Rc::clone(desk));
    let world = World {
        connect: Box::new(move || {
            Box::new(Line {
                desk: Rc::clone(&node),
                inbox: Vec::new(),
                next: 0,
            })
        }),
        // The file's time of day.
        clock: Box::new(move || clock.borrow().now_ms()),
        clipboard: Box::new(System::default()),
        chimes: Box::new(Silence),
        eyes: Eyes::start(std::sync::Arc::new(|| {})),
        returns: false,
        papers: "/nonexistent".into(),
        login: Box::new(linli_desktop::login::NoLogIn),
        homes: Box::new(linli_desktop::homes::OneHome),
        pictures: "/nonexistent".into(),
        home: "/srv/gate".into(),
    };
    let state = State::new(lang, Look::Light, Screen::Home);
    let builder = Harness::builder()
        .with_size(vec2(1366.0, 768.0))
        .with_max_steps(8);
    let mut window = builder.build_eframe(move |cc| App::new(&cc.egui_ctx, world, state));
    window.run();
    window
}

fn key(window: &mut Window, key: Key) {
    window.key_press_modifiers(Modifiers::NONE, key);
    window.run();
}

fn hand(window: &mut Window, hand: &Hand) {
    match hand {
        Hand::Key("Return") => key(window, Key::Enter),
        Hand::Key("Up") => key(window, Key::ArrowUp),
        Hand::Key(name) => key(window, Key::from_name(name).unwrap()),
        Hand::Text(text) => {
            // As a gun types: a key and a character each, all within a frame; what no key types comes committed.
            for c in text.chars() {
                match Key::from_name(&c.to_string()).or((c == ' ').then_some(Key::Space)) {
                    Some(key) => {
                        window.event(Event::Key {
                            key,
                            physical_key: None,
                            pressed: true,
                            repeat: false,
                            modifiers: Modifiers::NONE,
                        });
                        window.event(Event::Text(c.to_string()));
                    }
                    None if c.is_ascii() => window.event(Event::Text(c.to_string())),
                    None => window.event(Event::Ime(ImeEvent::Commit(c.to_string()))),
                }
            }
            window.run();
        }
    }
}

fn says(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn sixty_visitors_of_a_shift_are_answered_as_written_down_with_keys_alone_in_chinese() {
    play(Lang::ZhCn);
}

#[test]
fn sixty_visitors_of_a_shift_are_answered_as_written_down_with_keys_alone_in_english() {
    play(Lang::En);
}

fn play(lang: Lang) {
    let desk = Rc::new(RefCell::new(Desk::new()));
    let mut window = open(&desk, lang);
    let rows = desk.borrow().rows();
    assert_eq!(rows, 60);
    let mut wrong = Vec::new();
    for at in 0..rows {
        let hands = desk.borrow_mut().arrives(at);
        for one in &hands {
            hand(&mut window, one);
        }
        let expected = desk.borrow().expected(at);
        let seen = match &expected {
            Outcome::Left => {
                let word = match lang {
                    Lang::ZhCn => "已记录离开",
                    Lang::En => "The exit is logged",
                };
                desk.borrow().left == 1 && says(&window, word)
            }
            Outcome::Answer(result, code) => {
                let answer = desk.borrow().answered.clone();
                answer.is_some_and(|answer| {
                    let word = match (lang, result, answer.opens) {
                        (Lang::ZhCn, GateResult::Admit, true) => "可进入",
                        (Lang::ZhCn, GateResult::Admit, false) => "已放行过",
                        (Lang::ZhCn, GateResult::Ask, _) => "请先确认",
                        (Lang::ZhCn, GateResult::Deny, _) => "不可进入",
                        (Lang::En, GateResult::Admit, true) => "May enter",
                        (Lang::En, GateResult::Admit, false) => "Already let in",
                        (Lang::En, GateResult::Ask, _) => "Ask first",
                        (Lang::En, GateResult::Deny, _) => "No entry",
                    };
                    let sentence = match lang {
                        Lang::ZhCn => &answer.sentence_zh,
                        Lang::En => &answer.sentence_en,
                    };
                    // All three in the verdict itself: it is one live sentence, then its code.
                    says(&window, word)
                        && says(&window, sentence)
                        && answer.code.as_deref().unwrap_or_default() == code
                        && (code.is_empty() || says(&window, code))
                })
            }
        };
        if !seen {
            let got = desk.borrow().answered.clone();
            wrong.push(format!(
                "{lang} row {}: expected {expected:?}, got {got:?} by {hands:?}",
                at + 1
            ));
        }
        key(&mut window, Key::Escape);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
