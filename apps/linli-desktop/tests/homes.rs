//! Acting as somebody else: the list of this account's homes, and changing between two of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::office::{be_office, kept_notice, signed};
use common::window::{Window, can, click, key, press, says, type_text};
use common::{NOW_MS, Shared, node};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use linli_desktop::app::{App, World};
use linli_desktop::clipboard;
use linli_desktop::eyes::Eyes;
use linli_desktop::homes::Homes;
use linli_desktop::login::{LogIn, NoLogIn};
use linli_desktop::sound::Chimes;
use linli_desktop::state::State;
use linli_view::api::{Community, Fault, FaultCode, GateResult, Me, PrincipalKind, Request};
use linli_view::homes::{Known, Stands};
use linli_view::intent::{Look, Screen};
use linli_view::words::Lang;
use std::cell::RefCell;
use std::rc::Rc;

fn known(dir: &str, name: &str, unit: Option<&str>) -> Known {
    Known {
        dir: dir.into(),
        community: "丰盛园".into(),
        name: name.into(),
        kind: if unit.is_some() {
            PrincipalKind::Household
        } else {
            PrincipalKind::Office
        },
        unit: unit.map(str::to_owned),
        stands: Stands::Rests,
        here: dir == "/homes/office",
    }
}

/// Two homes behind one window: that of the office, and the household's own.
struct Two {
    nodes: [Shared; 2],
    homes: Rc<RefCell<Vec<Known>>>,
    here: Rc<RefCell<usize>>,
}

struct Silence;

impl Chimes for Silence {
    fn chime(&mut self, _: GateResult) {}
    fn ring(&mut self) {}
    fn alarm(&mut self) {}
}

struct Account {
    homes: Rc<RefCell<Vec<Known>>>,
    here: Rc<RefCell<usize>>,
}

impl Homes for Account {
    fn list(&mut self) -> Vec<Known> {
        let here = *self.here.borrow();
        let homes = self.homes.borrow();
        let all = homes.iter().enumerate();
        all.map(|(n, home)| Known {
            here: n == here,
            ..home.clone()
        })
        .collect()
    }

    fn note(&mut self, _: &Community, _: &Me) -> bool {
        true
    }

    fn forget(&mut self, dir: &str) -> bool {
        self.homes.borrow_mut().retain(|home| home.dir != dir);
        true
    }

    fn choose(&mut self, dir: &str) -> Option<(String, Box<dyn LogIn>)> {
        let homes = self.homes.borrow();
        let n = homes.iter().position(|home| home.dir == dir)?;
        if homes[n].stands == Stands::Missing {
            return None;
        }
        *self.here.borrow_mut() = n;
        Some((dir.to_owned(), Box::new(NoLogIn)))
    }
}

fn two() -> Two {
    let (office_node, house) = (node(), node());
    be_office(&office_node);
    Two {
        nodes: [office_node, house],
        homes: Rc::new(RefCell::new(vec![
            known("/homes/office", "居委会", None),
            known("/homes/own", "", Some("3-2-501")),
        ])),
        here: Rc::default(),
    }
}

impl Two {
    fn window(&self, look: Look) -> Window {
        let (nodes, here) = (self.nodes.clone(), Rc::clone(&self.here));
        let clock = Rc::clone(&self.nodes[0]);
        let world = World {
            connect: Box::new(move || common::line(&nodes[*here.borrow()])),
            clock: Box::new(move || NOW_MS + clock.borrow().later_ms),
            clipboard: Box::new(clipboard::System::default()),
            chimes: Box::new(Silence),
            eyes: Eyes::start(std::sync::Arc::new(|| {})),
            returns: false,
            papers: "/nonexistent".into(),
            pictures: "/nonexistent".into(),
            login: Box::new(NoLogIn),
            homes: Box::new(Account {
                homes: Rc::clone(&self.homes),
                here: Rc::clone(&self.here),
            }),
            home: "/homes/office".into(),
        };
        let state = State::new(Lang::ZhCn, look, Screen::Home);
        let builder = egui_kittest::Harness::builder()
            .with_size(egui::vec2(1180.0, 720.0))
            .with_max_steps(8);
        let mut window = builder.build_eframe(move |cc| App::new(&cc.egui_ctx, world, state));
        window.run();
        window
    }

    fn asked(&self, n: usize, is: fn(&Request) -> bool) -> usize {
        self.nodes[n]
            .borrow()
            .asked
            .iter()
            .filter(|r| is(r))
            .count()
    }
}

const CHANGE: &str = "换身份（Ctrl+Shift+H）";
const OFFICE: &str = "现在的身份：居委会（丰盛园）";
const OWN: &str = "现在的身份：3-2-501 户（丰盛园）";

fn open(window: &mut Window) {
    key(window, Modifiers::COMMAND | Modifiers::SHIFT, Key::H);
    // It is drawn once unseen, to learn how large it is, and takes no click before.
    window.run();
    window.step();
}

/// Runs until the change is through.
fn through(window: &mut Window) {
    for _ in 0..6 {
        window.run_ok();
    }
}

#[test]
fn with_one_home_nothing_is_said_and_the_key_does_nothing() {
    for look in [Look::Light, Look::Elderly] {
        let two = two();
        two.homes.borrow_mut().truncate(1);
        let mut window = two.window(look);
        open(&mut window);
        assert!(
            !can(&window, CHANGE) && !says(&window, "现在的身份") && !says(&window, "用哪个身份")
        );
    }
}

#[test]
fn who_signs_stands_over_every_page_and_the_office_is_left_for_ones_own_home() {
    let two = two();
    let mut window = two.window(Look::Light);
    for page in [Key::Num1, Key::Num2, Key::Num3, Key::Num4] {
        key(&mut window, Modifiers::ALT, page);
        assert!(says(&window, OFFICE), "{page:?}");
    }
    click(&mut window, CHANGE);
    assert!(says(&window, "现在就是它") && says(&window, "/homes/own"));
    press(&mut window, Key::Escape);
    assert!(!says(&window, "现在就是它"));
    open(&mut window);
    click(&mut window, "换成3-2-501 户");
    through(&mut window);
    assert!(says(&window, OWN) && !says(&window, OFFICE));
    assert!(two.asked(1, |r| matches!(r, Request::Status)) > 0);
    // What only an office does is gone with it.
    key(&mut window, Modifiers::ALT, Key::Num2);
    assert!(!can(&window, "写通知"));
    open(&mut window);
    click(&mut window, "换成居委会");
    through(&mut window);
    assert!(says(&window, OFFICE));
}

#[test]
fn a_draft_stays_in_its_home_and_no_key_brings_it_into_the_other() {
    let two = two();
    // Both are offices, so that the other one has the same form.
    be_office(&two.nodes[1]);
    two.homes.borrow_mut()[1] = known("/homes/own", "物业", None);
    let mut window = two.window(Look::Light);
    key(&mut window, Modifiers::ALT, Key::Num2);
    key(&mut window, Modifiers::COMMAND, Key::N);
    type_text(&mut window, "居委会要说的");
    open(&mut window);
    click(&mut window, "换成物业");
    through(&mut window);
    let kept = kept_notice(&two.nodes[0]).unwrap();
    assert!(kept.contains("居委会要说的"), "{kept}");
    key(&mut window, Modifiers::ALT, Key::Num2);
    key(&mut window, Modifiers::COMMAND, Key::N);
    // Taking typing back is of this field and this home.
    key(&mut window, Modifiers::COMMAND, Key::Z);
    type_text(&mut window, "物业");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    through(&mut window);
    let draft = window.state().state.notice_draft.clone().unwrap();
    assert!(!draft.title.contains("居委会"), "{}", draft.title);
    let other = kept_notice(&two.nodes[1]).unwrap_or_default();
    assert!(!other.contains("居委会要说的"), "{other}");
    assert_eq!(signed(&two.nodes[0]), []);
    assert_eq!(signed(&two.nodes[1]), []);
    // Back at the first, it is there again.
    open(&mut window);
    click(&mut window, "换成居委会");
    through(&mut window);
    assert_eq!(
        window.state().state.notice_draft.as_ref().unwrap().title,
        "居委会要说的"
    );
}

#[test]
fn nobody_leaves_while_a_notice_goes_out_or_a_draft_is_not_kept() {
    let two = two();
    let mut window = two.window(Look::Light);
    key(&mut window, Modifiers::ALT, Key::Num2);
    key(&mut window, Modifiers::COMMAND, Key::N);
    type_text(&mut window, "停电");
    {
        let draft = window.state_mut().state.notice_draft.as_mut().unwrap();
        draft.body = "今天三点".into();
    }
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    key(&mut window, Modifiers::COMMAND, Key::Enter);
    open(&mut window);
    click(&mut window, "换成3-2-501 户");
    through(&mut window);
    assert!(says(&window, OFFICE) && says(&window, "通知几秒后就发出"));
    press(&mut window, Key::Escape);
    // The disk is full: what was written is in no home yet.
    two.nodes[0].borrow_mut().full = true;
    window.state_mut().state.notice_draft.as_mut().unwrap().body = "今天四点".into();
    through(&mut window);
    open(&mut window);
    // The window looks again and again whether it is kept by now: it does not come to rest.
    window
        .get_by_role_and_label(Role::Button, "换成3-2-501 户")
        .click();
    through(&mut window);
    assert!(says(&window, OFFICE) && !says(&window, OWN), "it waits");
    two.nodes[0].borrow_mut().later_ms += 11_000;
    through(&mut window);
    assert!(says(&window, OFFICE) && !says(&window, OWN));
    assert!(says(&window, "磁盘"), "why it stays is said");
    // It has given up, and is at rest again.
    window.run();
    assert_eq!(
        window.state().state.notice_draft.as_ref().unwrap().body,
        "今天四点"
    );
    // With room again it goes.
    two.nodes[0].borrow_mut().full = false;
    two.nodes[0].borrow_mut().later_ms += 6_000;
    through(&mut window);
    open(&mut window);
    click(&mut window, "换成3-2-501 户");
    through(&mut window);
    assert!(says(&window, OWN));
    assert!(kept_notice(&two.nodes[0]).unwrap().contains("今天四点"));
}

#[test]
fn a_home_that_is_gone_locked_or_newer_says_so_and_there_is_a_way_back() {
    for code in [FaultCode::Locked, FaultCode::TooNew, FaultCode::Busy] {
        let two = two();
        two.nodes[1].borrow_mut().closed = Some(Fault::of(code));
        let mut window = two.window(Look::Light);
        open(&mut window);
        click(&mut window, "换成3-2-501 户");
        through(&mut window);
        assert!(
            says(&window, OWN),
            "{code:?}: whose home it is stays in sight"
        );
        assert!(!says(&window, OFFICE));
        open(&mut window);
        click(&mut window, "换成居委会");
        through(&mut window);
        assert!(says(&window, OFFICE), "{code:?}");
    }
    let two = two();
    two.homes.borrow_mut().push(Known {
        stands: Stands::Missing,
        ..known("/media/stick", "业委会", None)
    });
    let mut window = two.window(Look::Light);
    open(&mut window);
    assert!(says(&window, "盘没有插上"));
    click(&mut window, "把业委会从名单上去掉，家本身不动");
    assert!(!says(&window, "/media/stick") && says(&window, "家本身没有动"));
    // Gone between the list and the press.
    two.homes.borrow_mut()[1].stands = Stands::Missing;
    click(&mut window, "换成3-2-501 户");
    through(&mut window);
    assert!(says(&window, OFFICE) && says(&window, "那里没有家了"));
}
