//! Every intent of the view crate is reached by the name of a control, by the keyboard alone.
//!
//! Which intents there are is read from `intent.rs`, so a new one fails here until a person can reach it. Nothing is listed
//! for what a scene of the gallery shows: every control of every scene is given the focus by its name and pressed with the
//! space bar. What needs more than that (a key, a word typed before, a file, ten seconds) is one line in [`MORE`].

use super::{At, Thing, still, tap, things};
use crate::gallery::common::Shared;
use crate::gallery::common::window::Window;
use crate::gallery::{Scene, scenes};
use egui::{Event, Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT as _;
use linli_view::intent::{Intent, Look};
use linli_view::station::Mode;
use linli_view::words::Lang;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

const SOURCE: &str = include_str!("../../../../crates/linli-view/src/intent.rs");

/// Intents that are a wish of a list of their own: each of those is reached too.
const NESTED: [(&str, &str, &str); 2] = [
    (
        "Register",
        "RegisterDo",
        include_str!("../../../../crates/linli-view/src/register.rs"),
    ),
    (
        "Alert",
        "AlertDo",
        include_str!("../../../../crates/linli-view/src/alert.rs"),
    ),
];

/// What it takes beyond pressing a control: the intent, the scene it begins in, and what the person does there.
type More = (&'static str, &'static str, fn(&mut Window, &Shared));
const MORE: &[More] = &[
    ("FindStep", "54-find", |window, _| {
        tap(window, Modifiers::NONE, Key::ArrowDown);
    }),
    ("Companions", "17-station", |window, _| {
        tap(window, Modifiers::NONE, Key::ArrowUp);
    }),
    ("NightDay", "17-station", |window, _| {
        tap(window, Modifiers::COMMAND, Key::L);
    }),
    ("Picture", "17-station", |window, _| {
        let (modifiers, name) = match Mode::Picture.key().strip_prefix("Ctrl+") {
            Some(name) => (Modifiers::COMMAND, name),
            None => (Modifiers::NONE, Mode::Picture.key()),
        };
        tap(window, modifiers, Key::from_name(name).unwrap());
        write(window, "/media/code.png");
        tap(window, Modifiers::NONE, Key::Enter);
    }),
    ("Pin", "28-station-pin", |window, _| {
        write(window, "4711");
        tap(window, Modifiers::NONE, Key::Enter);
    }),
    ("PublishNotice", "33-compose-held", |window, node| {
        node.borrow_mut().later_ms += 11_000;
        still(window);
    }),
    ("RulePost", "39c-case", |window, _| {
        let field = things(window).into_iter().find(Thing::is_field).unwrap();
        same(window, &field).unwrap().focus();
        still(window);
        write(window, "点了邻居的名");
        press_named(window, "隐去");
    }),
    ("SayBelow", "70-notice-talk", |window, _| {
        let field = things(window).into_iter().find(Thing::is_field).unwrap();
        same(window, &field).unwrap().focus();
        still(window);
        write(window, "几点来电？");
        press_named(window, "发表");
    }),
    ("AddFile", "38-post-form", |window, _| {
        let fields = things(window).into_iter().filter(Thing::is_field);
        for field in fields.collect::<Vec<_>>() {
            same(window, &field).unwrap().focus();
            still(window);
            write(window, "/media/a.jpg");
        }
        press_named(window, "附上");
    }),
];

/// All variants, from the source.
pub(super) fn all() -> BTreeSet<String> {
    let mut all: BTreeSet<String> = variants(SOURCE, "Intent").collect();
    for (outer, name, source) in NESTED {
        all.extend(variants(source, name).map(|inner| format!("{outer}.{inner}")));
    }
    all
}

fn variants(source: &'static str, name: &str) -> impl Iterator<Item = String> {
    let (_, body) = source.split_once(&format!("pub enum {name} {{")).unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let names = body.lines().filter_map(|line| line.strip_prefix("    "));
    let names = names.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    names.map(name_of)
}

/// The name of an intent, from its text.
pub(super) fn name_of(text: &str) -> String {
    let word = text.chars().take_while(|c| c.is_alphanumeric());
    word.collect()
}

/// What was carried out since.
type Heard = Rc<RefCell<Vec<String>>>;

fn watched(at: &At) -> (Window, Shared, Heard) {
    let (mut window, node) = at.window();
    let heard = Heard::default();
    let ear = Rc::clone(&heard);
    let onlooker = move |intent: &Intent| {
        let said = format!("{intent:?}");
        let name = name_of(&said);
        let inner = said
            .strip_prefix(&name)
            .and_then(|rest| rest.strip_prefix('('));
        if let Some(inner) = inner.filter(|_| NESTED.iter().any(|(outer, ..)| *outer == name)) {
            ear.borrow_mut().push(format!("{name}.{}", name_of(inner)));
        }
        ear.borrow_mut().push(name);
    };
    window.state_mut().watch(Box::new(onlooker));
    (window, node, heard)
}

fn same<'a>(window: &'a Window, thing: &Thing) -> Option<Node<'a>> {
    let mut all = window.root().children_recursive();
    all.find(|node| {
        let access = node.accesskit_node();
        access.role() == thing.role && access.label().unwrap_or_default() == thing.name
    })
}

fn here(scene: &'static Scene) -> At {
    At::of(scene, Lang::ZhCn, Look::Light)
}

fn scene(name: &str) -> &'static Scene {
    let mut found = scenes().filter(|(is, ..)| *is == name);
    found
        .next()
        .unwrap_or_else(|| panic!("there is no scene {name}"))
}

fn write(window: &mut Window, text: &str) {
    window.event(Event::Text(text.into()));
    still(window);
}

/// Gives a control the focus by its name and presses it; in a field it types a word and Enter.
fn press(window: &mut Window, thing: &Thing) {
    let Some(node) = same(window, thing) else {
        return;
    };
    node.focus();
    still(window);
    if thing.is_field() {
        window.event(Event::Text("1".into()));
        still(window);
        tap(window, Modifiers::NONE, Key::Enter);
        tap(window, Modifiers::COMMAND, Key::Enter);
    } else {
        tap(window, Modifiers::NONE, Key::Space);
    }
}

fn press_named(window: &mut Window, name: &str) {
    let thing = things(window).into_iter().find(|t| t.name == name);
    press(
        window,
        &thing.unwrap_or_else(|| panic!("nothing is called {name}")),
    );
}

/// What is carried out when a control is pressed, as debug text.
pub(super) fn pressed(at: &At, thing: &Thing) -> Vec<String> {
    let (mut window, _node) = at.window();
    let heard = Heard::default();
    let ear = Rc::clone(&heard);
    let onlooker = move |intent: &Intent| ear.borrow_mut().push(format!("{intent:?}"));
    window.state_mut().watch(Box::new(onlooker));
    press(&mut window, thing);
    heard.take()
}

/// Rows of one list are alike: this many of each are pressed.
const ALIKE: usize = 3;

#[test]
fn every_intent_is_reached_by_the_name_of_a_control_and_the_keyboard() {
    let all = all();
    assert!(all.len() > 90 && all.contains("CloseNote"), "{all:?}");
    let mut reached: BTreeMap<String, String> = BTreeMap::new();
    let mut pressed = BTreeSet::new();
    for scene in scenes() {
        let at = here(scene);
        let (window, ..) = watched(&at);
        let mut alike: BTreeMap<[i32; 3], usize> = BTreeMap::new();
        for thing in things(&window) {
            let corner = (thing.rect.left() as i32, thing.rect.top() as i32);
            let new = thing.takes_focus() && pressed.insert((thing.name.clone(), corner));
            let (rect, list) = (thing.rect, thing.rect.width() > 300.0);
            let shape = [rect.left(), rect.width(), rect.height()].map(|part| part as i32);
            let before = alike.entry(shape).or_default();
            *before += usize::from(new);
            if !new || (list && *before > ALIKE) {
                continue;
            }
            let (mut window, _node, heard) = watched(&at);
            press(&mut window, &thing);
            for intent in heard.take() {
                let how = format!("{}: “{}”", scene.0, thing.name);
                reached.entry(intent).or_insert(how);
            }
        }
    }
    for (intent, begins, act) in MORE {
        let (mut window, node, heard) = watched(&here(scene(begins)));
        act(&mut window, &node);
        let heard = heard.take();
        assert!(
            heard.iter().any(|one| one == intent),
            "{intent} is not reached from {begins} any more; heard: {heard:?}"
        );
        let how = format!("{begins}: by more than one press");
        reached.entry((*intent).to_owned()).or_insert(how);
    }
    let missing: Vec<&String> = all
        .iter()
        .filter(|one| !reached.contains_key(*one))
        .collect();
    assert!(
        missing.is_empty(),
        "no control of any scene reaches {missing:?}: add a scene to examples/scenes/ in which its control stands, or, if it \
         takes more than a press, a line to MORE in tests/scenes/intents.rs"
    );
}
