//! Three ways to work a window: by what it tells a screen reader, by keys alone, by pointing.
//!
//! Text is typed on the keyboard in all three: nobody speaks it yet, and nobody points at letters.

use super::seat::HEIGHT;
use super::tree::Node;
use super::window::{Wanted, Window};

/// How somebody works the window.
pub trait Driver {
    /// Its name, as the command line and the table have it.
    fn id(&self) -> &'static str;
    /// Presses something.
    fn press(&self, window: &Window, wanted: &Wanted);
    /// Goes into a field to type there.
    fn enter(&self, window: &Window, wanted: &Wanted) {
        self.press(window, wanted);
    }
    /// Goes on in a list of which this is the last row in sight.
    fn further(&self, window: &Window, last: &Node);
    /// Goes to one of the pages.
    fn page(&self, window: &Window, wanted: &Wanted) {
        self.press(window, wanted);
    }
}

/// All of them.
pub const DRIVERS: [&dyn Driver; 3] = [&Keyboard, &Mouse, &Reader];

/// The one of this name.
#[must_use]
pub fn by_name(id: &str) -> Option<&'static dyn Driver> {
    DRIVERS.into_iter().find(|driver| driver.id() == id)
}

/// A screen reader: it names a thing and says "press".
struct Reader;

impl Driver for Reader {
    fn id(&self) -> &'static str {
        "tree"
    }

    fn press(&self, window: &Window, wanted: &Wanted) {
        let node = window.find(wanted);
        if !window.seat.tree.act(&node) {
            window.give_up(&format!("{wanted} cannot be pressed"));
        }
    }

    fn enter(&self, window: &Window, wanted: &Wanted) {
        let node = window.find(wanted);
        if !window.seat.tree.focus(&node) {
            window.give_up(&format!("{wanted} takes no keys"));
        }
    }

    fn further(&self, window: &Window, last: &Node) {
        let _gone = window.seat.tree.focus(last);
    }
}

/// Tab, Shift+Tab, Space, and the keys of the pages. Where one is, is read from the tree, as a person sees the frame.
struct Keyboard;

/// So many keys lead to everything.
const WALK: usize = 400;

impl Keyboard {
    fn walk(window: &Window, wanted: &Wanted) {
        let mut stuck = 0;
        for _ in 0..WALK {
            let nodes = window.nodes();
            let Some(goal) = wanted.among(&nodes) else {
                // It went away while one was on the way to it: wait until it is back.
                let _back = window.find(wanted);
                continue;
            };
            if goal.has_focus() {
                return;
            }
            let order: Vec<&Node> = nodes
                .iter()
                .skip(1)
                .filter(|node| node.is_reachable())
                .collect();
            let here = order.iter().position(|node| node.has_focus());
            let there = order.iter().position(|node| node.is(goal)).unwrap_or(0);
            // The shorter way round; straight on when the order of the tree misled.
            let forward = here.map_or(there + 1, |here| (there + order.len() - here) % order.len());
            let back = order.len() - forward.min(order.len());
            let (key, steps) = match here {
                Some(_) if stuck == 0 && back < forward => ("shift+Tab", back),
                _ => ("Tab", forward),
            };
            let steps = if stuck == 0 { steps.clamp(1, 8) } else { 1 };
            window.seat.key(&vec![key; steps]);
            let was = here.map(|here| order[here].clone());
            stuck = if moved(window, was.as_ref()) {
                0
            } else {
                stuck + 1
            };
            if stuck > 5 {
                break;
            }
        }
        window.give_up(&format!("no key leads to {wanted}"));
    }
}

/// Waits a little until the keys go elsewhere than there, and stay.
fn moved(window: &Window, was: Option<&Node>) -> bool {
    let mut last: Option<Node> = None;
    for _ in 0..40 {
        let nodes = window.nodes();
        let now = nodes.iter().skip(1).find(|node| node.has_focus());
        let elsewhere = match (now, was) {
            (Some(now), Some(was)) => !now.is(was),
            (now, was) => now.is_some() != was.is_some(),
        };
        if elsewhere
            && last
                .as_ref()
                .zip(now)
                .is_some_and(|(last, now)| last.is(now))
        {
            return true;
        }
        last = now.cloned();
        window.rest();
    }
    false
}

impl Driver for Keyboard {
    fn id(&self) -> &'static str {
        "keyboard"
    }

    fn press(&self, window: &Window, wanted: &Wanted) {
        Self::walk(window, wanted);
        window.seat.key(&["space"]);
    }

    fn enter(&self, window: &Window, wanted: &Wanted) {
        Self::walk(window, wanted);
    }

    fn further(&self, window: &Window, last: &Node) {
        Self::walk(window, &Wanted::named(&last.name));
    }

    fn page(&self, window: &Window, wanted: &Wanted) {
        let page = window.find(wanted);
        let nodes = window.nodes();
        // The pages stand under each other, and Alt with their number leads to them.
        let mut pages: Vec<&Node> = nodes
            .iter()
            .filter(|node| node.is_choice() && node.place.0 == page.place.0)
            .collect();
        pages.sort_by_key(|node| node.place.1);
        let number = pages.iter().position(|node| node.is(&page)).unwrap_or(0) + 1;
        window.seat.key(&[&format!("alt+{number}")]);
    }
}

/// Pointing and clicking; the wheel brings into sight what is not.
struct Mouse;

/// What stands above and below the part of the window that scrolls.
const EDGE: i32 = 135;

impl Mouse {
    /// Brings it into sight and says where it is, once it rests.
    fn sight(window: &Window, wanted: &Wanted) -> (i32, i32) {
        let mut last = None;
        let mut scrolled = 0;
        for _ in 0..120 {
            let (left, top, width, height) = window.find(wanted).place;
            let (x, y) = (left + width / 2, top + height / 2);
            let (x_text, rest) = (x.to_string(), (HEIGHT / 2).to_string());
            if last != Some((x, y)) {
                last = Some((x, y));
                window.rest();
                continue;
            }
            let below = y > HEIGHT - EDGE;
            // What the wheel does not move stands still: the bars.
            if (below || y < 8) && scrolled < 60 {
                window.seat.hand(&["mousemove", &x_text, &rest]);
                let wheel = if below { "5" } else { "4" };
                window.seat.hand(&["click", wheel]);
                window.rest();
                window.rest();
                let (_, now, ..) = window.find(wanted).place;
                scrolled = if now == top { 60 } else { scrolled + 1 };
                continue;
            }
            if (0..HEIGHT).contains(&y) {
                return (x, y);
            }
            break;
        }
        window.give_up(&format!("{wanted} cannot be brought into sight"));
    }
}

impl Driver for Mouse {
    fn id(&self) -> &'static str {
        "mouse"
    }

    fn press(&self, window: &Window, wanted: &Wanted) {
        let (x, y) = Self::sight(window, wanted);
        let (x, y) = (x.to_string(), y.to_string());
        window.seat.hand(&["mousemove", "--sync", &x, &y]);
        window.rest();
        window.seat.hand(&["click", "1"]);
    }

    fn further(&self, window: &Window, last: &Node) {
        let (left, _, width, _) = last.place;
        let (x, y) = ((left + width / 2).to_string(), (HEIGHT / 2).to_string());
        window.seat.hand(&["mousemove", "--sync", &x, &y]);
        window.seat.hand(&["click", "5"]);
    }
}
