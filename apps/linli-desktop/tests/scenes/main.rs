//! What holds of every screen there is: all scenes of the gallery (`examples/gallery.rs`), which is where one adds a screen.
//!
//! | file | what holds |
//! |---|---|
//! | `layout.rs` | nothing outside the window, cut off or over something else, in three sizes |
//! | `names.rs` | whatever takes the focus has a name and a role, `Tab` reaches it, and one sees that it did |
//! | `typing.rs` | an input method types Chinese into every field |
//! | `contrast.rs` | text against what is behind it, from the pixels |
//! | `intents.rs` | every intent of the view crate is reached by the name of a control, by the keyboard |
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod capabilities;
mod contrast;
#[path = "../../examples/gallery.rs"]
mod gallery;
mod intents;
mod layout;
mod names;
mod typing;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Vec2, WidgetRect};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use gallery::common::window::Window;
use gallery::common::{self, Shared};
use gallery::{Scene, scenes};
use linli_desktop::state::State;
use linli_view::intent::Look;
use linli_view::words::Lang;
use std::collections::BTreeMap;
use std::path::Path;

/// Draws until nothing moves; what counts seconds down never comes to rest.
fn still(window: &mut Window) {
    let _ = window.try_run();
}

fn tap(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    still(window);
}

/// Where a scene is looked at.
#[derive(Clone, Copy)]
struct At {
    scene: &'static Scene,
    lang: Lang,
    look: Look,
    size: Vec2,
    scale: f32,
}

impl At {
    fn of(scene: &'static Scene, lang: Lang, look: Look) -> Self {
        Self {
            scene,
            lang,
            look,
            size: egui::vec2(1366.0, 768.0),
            scale: 1.0,
        }
    }

    /// As a failing test names it; the gallery draws it by the first word.
    fn name(&self) -> String {
        let (lang, look) = (self.lang, self.look.id());
        format!(
            "{} {lang} {look} {}x{}",
            self.scene.0, self.size.x, self.size.y
        )
    }

    /// The window on the scene, and the node behind it.
    fn window(&self) -> (Window, Shared) {
        let (name, screen, prepare, act) = self.scene;
        let node = common::node();
        prepare(&node);
        let state = State::new(self.lang, self.look, *screen);
        let nowhere = Path::new("/nonexistent/pictures");
        let shared = node.clone();
        let builder = Harness::builder()
            .with_size(self.size)
            .with_pixels_per_point(self.scale)
            .with_max_steps(8);
        let mut window: Window = builder
            .build_eframe(move |cc| common::app(&cc.egui_ctx, &shared, state, nowhere.to_owned()));
        still(&mut window);
        let ctx = window.ctx.clone();
        act(&ctx, window.state_mut());
        still(&mut window);
        if name.contains("-call") {
            // A call takes answers once it has stood for a moment.
            node.borrow_mut().later_ms += 1_000;
            still(&mut window);
        }
        (window, node)
    }
}

/// Something that people, eyes or a screen reader, find in the window.
#[derive(Clone, Debug)]
struct Thing {
    role: Role,
    /// What is read out.
    name: String,
    /// Whether the name comes from a name, not only from what it says.
    labelled: bool,
    rect: Rect,
    widget: Option<WidgetRect>,
    disabled: bool,
}

impl Thing {
    /// The part of it that is not scrolled away.
    fn seen(&self) -> Rect {
        let seen = self.widget.map_or(self.rect, |w| w.interact_rect);
        if seen.is_positive() {
            seen
        } else {
            Rect::NOTHING
        }
    }

    fn takes_focus(&self) -> bool {
        self.widget
            .is_some_and(|w| w.enabled && w.sense.is_focusable())
    }

    fn is_text(&self) -> bool {
        self.role == Role::Label
    }

    fn is_field(&self) -> bool {
        matches!(
            self.role,
            Role::TextInput | Role::MultilineTextInput | Role::PasswordInput
        )
    }
}

/// Everything in the window.
fn things(window: &Window) -> Vec<Thing> {
    let widgets: BTreeMap<u64, WidgetRect> = window.ctx.viewport(|viewport| {
        let layers = viewport.prev_pass.widgets.layers();
        let all = layers.flat_map(|(_, widgets)| widgets.iter().copied());
        all.map(|widget| (widget.id.value(), widget)).collect()
    });
    let scale = window.ctx.pixels_per_point();
    let mut things = Vec::new();
    let mut todo: Vec<_> = window.root().children().collect();
    while let Some(node) = todo.pop() {
        let access = node.accesskit_node();
        let label = access.label().unwrap_or_default();
        let value = access.value().unwrap_or_default();
        let widget = widgets.get(&access.locate().0.0).copied();
        let bounded = access.bounding_box().is_some();
        if bounded && (widget.is_some() || access.role() == Role::Label) {
            things.push(Thing {
                role: access.role(),
                labelled: !label.trim().is_empty(),
                name: if label.is_empty() { value } else { label },
                rect: node.rect() / scale,
                widget,
                disabled: access.is_disabled(),
            });
        }
        todo.extend(node.children());
    }
    things
}

/// In how many of its six views (two languages, three looks) a run goes over each scene.
const VIEWS: usize = 6;

/// Whether everything is looked at, however long it takes.
fn all() -> bool {
    std::env::var("LINLI_SCENES").is_ok_and(|which| which == "all")
}

/// Every scene in `few` of its views, which go round from scene to scene; `turn` lets tests begin at different ones. All six
/// of each take minutes: `LINLI_SCENES=all cargo nextest run --workspace --test scenes`.
fn views(few: usize, turn: usize) -> impl Iterator<Item = At> {
    let few = if all() { VIEWS } else { few };
    scenes().enumerate().flat_map(move |(n, scene)| {
        // Two views that follow each other have not the look and not the language in common.
        (0..few).map(move |k| {
            let view = n + turn + k;
            let lang = Lang::ALL[view % 2];
            At::of(scene, lang, Look::ALL[view % 3])
        })
    })
}

/// Fails with all that was found, and with what to do about it.
fn nothing(found: &[String], what_to_do: &str) {
    let shown: Vec<&String> = found.iter().take(40).collect();
    assert!(
        found.is_empty(),
        "{} found; {what_to_do}\n{shown:#?}",
        found.len()
    );
}

#[test]
fn scenes_have_names_of_their_own() {
    let mut names = std::collections::BTreeSet::new();
    for (name, ..) in scenes() {
        assert!(names.insert(name), "two scenes are called {name}");
    }
    // A file of scenes that nobody lists would be looked at by nobody.
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let gallery = std::fs::read_to_string(dir.join("gallery.rs")).unwrap();
    for file in std::fs::read_dir(dir.join("scenes")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let list = format!("{}::SCENES", name.trim_end_matches(".rs"));
        assert!(
            gallery.contains(&list),
            "examples/scenes/{name} is not in `scenes()` of the gallery: chain {list}"
        );
    }
}
