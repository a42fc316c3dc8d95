//! The daemon of a Linux desktop.

use linli_view::bell::{Bell, BellFault, Loud, Popup, Pressed};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::Value;
use zbus::{MatchRule, Message};

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// The program, as people read it.
const APP: &str = "Linli 邻里";
/// The file that says what the window is.
const ENTRY: &str = "linli-desktop";

/// The way to it, and what it was told.
#[derive(Default)]
pub(crate) struct Daemon {
    bus: Option<Bus>,
    /// Its own number for each of our keys.
    shown: Numbers,
    /// Who is told what was pressed.
    told: Option<Pressed>,
}

/// The daemon's number for each of our keys; also read by the thread that hears what was pressed.
type Numbers = Arc<Mutex<BTreeMap<String, u32>>>;

/// The word by which the daemon names a press on the notice itself.
const DEFAULT: &str = "default";
/// Most presses that wait to be heard.
const PRESSES_MAX: usize = 16;

struct Bus {
    connection: Connection,
    /// It reads marks such as `<b>` in the text.
    marks: bool,
    /// It says when a notice is pressed.
    presses: bool,
}

impl Daemon {
    /// The bus, looked for again after it went away.
    fn bus(&mut self) -> Result<&Bus, BellFault> {
        if self.bus.is_none() {
            let connection = Connection::session().map_err(|_| BellFault)?;
            let can = connection
                .call_method(Some(SERVICE), PATH, Some(SERVICE), "GetCapabilities", &())
                .map_err(|_| BellFault)?;
            let can: Vec<String> = can.body().deserialize().map_err(|_| BellFault)?;
            let knows = |what: &str| can.iter().any(|word| word == what);
            let presses = match &self.told {
                Some(told) if knows("actions") => {
                    hear(&connection, Arc::clone(&self.shown), Arc::clone(told)).is_some()
                }
                _ => false,
            };
            self.bus = Some(Bus {
                connection,
                marks: knows("body-markup"),
                presses,
            });
        }
        self.bus.as_ref().ok_or(BellFault)
    }

    fn notify(&mut self, popup: &Popup) -> Result<u32, BellFault> {
        let known = self.shown.lock().ok();
        let replaces = known.and_then(|shown| shown.get(&popup.key).copied());
        let replaces = replaces.unwrap_or(0);
        let bus = self.bus()?;
        let body = if bus.marks {
            plain(&popup.body)
        } else {
            popup.body.clone()
        };
        let (urgency, wait): (u8, i32) = match popup.loud {
            // 2: it does not go by itself.
            Loud::Life => (2, 0),
            Loud::Needs => (1, -1),
            Loud::Quiet => (0, -1),
        };
        let mut hints: HashMap<&str, Value<'_>> = HashMap::new();
        hints.insert("urgency", urgency.into());
        hints.insert("desktop-entry", ENTRY.into());
        match popup.loud {
            Loud::Life => hints.insert("sound-name", "alarm-clock-elapsed".into()),
            Loud::Needs => hints.insert("sound-name", "message-new-instant".into()),
            Loud::Quiet => hints.insert("suppress-sound", true.into()),
        };
        // A name and what it is called.
        let open = popup.open.as_deref().filter(|_| bus.presses);
        let actions: Vec<&str> = open.map(|open| vec![DEFAULT, open]).unwrap_or_default();
        let call = (
            APP,
            replaces,
            ENTRY,
            popup.title.as_str(),
            body.as_str(),
            &actions[..],
            hints,
            wait,
        );
        let reply = bus
            .connection
            .call_method(Some(SERVICE), PATH, Some(SERVICE), "Notify", &call)
            .map_err(|_| BellFault)?;
        reply.body().deserialize().map_err(|_| BellFault)
    }
}

impl Bell for Daemon {
    fn show(&mut self, popup: &Popup) -> Result<(), BellFault> {
        match self.notify(popup) {
            Ok(number) => {
                if let Ok(mut shown) = self.shown.lock() {
                    shown.insert(popup.key.clone(), number);
                }
                Ok(())
            }
            Err(fault) => {
                // Whoever logs out and in again has another daemon, which knows no number of ours.
                if let Some(bus) = self.bus.take() {
                    // It ends the thread that hears presses, too.
                    let _ = bus.connection.close();
                }
                if let Ok(mut shown) = self.shown.lock() {
                    shown.clear();
                }
                Err(fault)
            }
        }
    }

    fn listen(&mut self, told: Pressed) {
        self.told = Some(told);
    }

    fn close(&mut self, key: &str) {
        let shown = self.shown.lock().ok();
        let Some(number) = shown.and_then(|mut shown| shown.remove(key)) else {
            return;
        };
        if let Ok(bus) = self.bus() {
            // Who has put it away already is told so by an error.
            let _ = bus.connection.call_method(
                Some(SERVICE),
                PATH,
                Some(SERVICE),
                "CloseNotification",
                &number,
            );
        }
    }
}

/// Hears presses from now on, in a thread that ends with the connection. `None`: this system does not let us.
fn hear(connection: &Connection, shown: Numbers, told: Pressed) -> Option<()> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender(SERVICE)
        .ok()?
        .path(PATH)
        .ok()?
        .interface(SERVICE)
        .ok()?
        .member("ActionInvoked")
        .ok()?
        .build();
    let presses = MessageIterator::for_match_rule(rule, connection, Some(PRESSES_MAX)).ok()?;
    let body = move || {
        // What ends the connection ends this.
        for message in presses.map_while(Result::ok) {
            let pressed = pressed(&message).and_then(|number| {
                let shown = shown.lock().ok()?;
                let ours = shown.iter().find(|(_, known)| **known == number);
                ours.map(|(key, _)| key.clone())
            });
            // The daemon tells everybody of everybody's notices.
            if let Some(key) = pressed {
                told(&key);
            }
        }
    };
    let thread = std::thread::Builder::new().name("linli-presses".into());
    thread.spawn(body).ok().map(drop)
}

/// The number of the notice that was pressed itself, not one of its buttons.
fn pressed(message: &Message) -> Option<u32> {
    let (number, action): (u32, String) = message.body().deserialize().ok()?;
    (action == DEFAULT).then_some(number)
}

/// Text in which no mark is read.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_an_office_calls_itself_is_no_mark() {
        assert_eq!(plain("a<b>&c</b>"), "a&lt;b&gt;&amp;c&lt;/b&gt;");
    }
}
