//! Keeps keys that belong to an input method away from the window.
//!
//! While a Chinese input method composes, Enter, Escape, Tab and the arrows choose among its candidates. Some
//! systems deliver those keys to the window all the same; then Enter would send a half-written form. So as long
//! as there is composed text, and for the rest of the frame in which it is committed, those keys are dropped.

use egui::{Event, ImeEvent, Key};

/// Whether an input method is at work in this window.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Typing {
    composing: bool,
}

impl Typing {
    /// Looks at the events of one frame, in order, and removes the keys that are the input method's.
    pub fn filter(&mut self, events: &mut Vec<Event>) {
        // The key that commits comes in the same frame as the commit, before or after it; no person presses
        // Enter a second time within that frame.
        let commits = events
            .iter()
            .any(|event| matches!(event, Event::Ime(ImeEvent::Commit(_))));
        let mut composing = self.composing;
        events.retain(|event| match event {
            Event::Ime(ImeEvent::Preedit { text, .. }) => {
                composing = !text.is_empty();
                true
            }
            Event::Ime(ImeEvent::Commit(_)) => {
                composing = false;
                true
            }
            Event::Key { key, .. } => !((composing || commits) && of_the_method(*key)),
            _ => true,
        });
        self.composing = composing;
    }

    /// Is there composed text that is not committed yet?
    #[must_use]
    pub fn composing(&self) -> bool {
        self.composing
    }
}

/// Keys that choose, confirm or dismiss candidates.
fn of_the_method(key: Key) -> bool {
    matches!(
        key,
        Key::Enter
            | Key::Escape
            | Key::Tab
            | Key::Space
            | Key::Backspace
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::PageUp
            | Key::PageDown
    )
}

#[cfg(test)]
mod tests {
    //! Enter while composing belongs to the input method.

    use super::*;
    use egui::Modifiers;

    fn key(key: Key) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn preedit(text: &str) -> Event {
        Event::Ime(ImeEvent::Preedit {
            text: text.into(),
            active_range_chars: None,
        })
    }

    /// What is left of the frames' events.
    fn left(frames: Vec<Vec<Event>>) -> Vec<Vec<Event>> {
        let mut typing = Typing::default();
        frames
            .into_iter()
            .map(|mut events| {
                typing.filter(&mut events);
                events
            })
            .collect()
    }

    #[test]
    fn enter_is_the_input_methods_while_it_composes_and_ours_afterwards() {
        let commit = Event::Ime(ImeEvent::Commit("李然".into()));
        let frames = vec![
            vec![key(Key::Enter)],
            vec![preedit("li ran")],
            vec![key(Key::Enter), key(Key::A)],
            vec![key(Key::Enter), commit.clone()],
            vec![key(Key::Enter)],
            vec![preedit("x"), commit.clone(), key(Key::Enter)],
        ];
        let left = left(frames);
        assert_eq!(left[0], [key(Key::Enter)]);
        assert_eq!(left[2], [key(Key::A)]);
        assert_eq!(left[3], std::slice::from_ref(&commit));
        assert_eq!(left[4], [key(Key::Enter)]);
        assert_eq!(
            left[5],
            [preedit("x"), commit],
            "too fast for a person: it is the committing key"
        );
    }

    #[test]
    fn a_dismissed_composition_gives_the_keys_back() {
        let left = left(vec![
            vec![preedit("li")],
            vec![preedit("")],
            vec![key(Key::Escape)],
        ]);
        assert_eq!(left[2], [key(Key::Escape)]);
    }
}
