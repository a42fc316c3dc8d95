//! The daemon of a Linux desktop.

use linli_view::bell::{Bell, BellFault, Loud, Popup};
use std::collections::{BTreeMap, HashMap};
use zbus::blocking::Connection;
use zbus::zvariant::Value;

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
    shown: BTreeMap<String, u32>,
}

struct Bus {
    connection: Connection,
    /// It reads marks such as `<b>` in the text.
    marks: bool,
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
            let marks = can.iter().any(|word| word == "body-markup");
            self.bus = Some(Bus { connection, marks });
        }
        self.bus.as_ref().ok_or(BellFault)
    }

    fn notify(&mut self, popup: &Popup) -> Result<u32, BellFault> {
        let replaces = self.shown.get(&popup.key).copied().unwrap_or(0);
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
        let actions: [&str; 0] = [];
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
                self.shown.insert(popup.key.clone(), number);
                Ok(())
            }
            Err(fault) => {
                // Whoever logs out and in again has another daemon, which knows no number of ours.
                self.bus = None;
                self.shown.clear();
                Err(fault)
            }
        }
    }

    fn close(&mut self, key: &str) {
        let Some(number) = self.shown.remove(key) else {
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
