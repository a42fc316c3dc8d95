//! A session's bus of the test's own, and on it a daemon that shows notices by writing them down.

use linli_e2e::clock;
use linli_e2e::process::Run;
use std::collections::HashMap;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::OwnedValue;

const SERVICE: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

const CONFIG: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir=FOLDER</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"#;

/// A session's bus.
pub(crate) struct Bus {
    _run: Option<Run>,
    /// Its address, as `DBUS_SESSION_BUS_ADDRESS` has it.
    pub(crate) address: String,
}

impl Bus {
    pub(crate) fn start(folder: &Path) -> Self {
        let file = folder.join("bus.conf");
        let config = CONFIG.replace("FOLDER", folder.to_str().unwrap());
        std::fs::write(&file, config).unwrap();
        let mut command = Command::new("dbus-daemon");
        command
            .arg(format!("--config-file={}", file.display()))
            .args(["--print-address", "--nofork", "--nosyslog"]);
        let run = Run::start(command);
        let there = || run.said().contains('\n');
        assert!(
            clock::holds_within(Duration::from_secs(20), there),
            "dbus-daemon (apt: dbus-daemon): {}",
            run.logged()
        );
        let address = run.said().lines().next().unwrap().to_owned();
        Self {
            _run: Some(run),
            address,
        }
    }

    /// One that somebody else runs.
    pub(crate) fn at(address: &str) -> Self {
        Self {
            _run: None,
            address: address.to_owned(),
        }
    }
}

/// What was shown.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) urgency: u8,
    pub(crate) wait: i32,
    pub(crate) replaces: u32,
    pub(crate) actions: Vec<String>,
}

#[derive(Clone, Default)]
struct Book {
    shown: Arc<Mutex<Vec<Shown>>>,
    closed: Arc<Mutex<Vec<u32>>>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Book {
    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".into(), "body-markup".into(), "actions".into()]
    }

    #[allow(clippy::too_many_arguments, reason = "the interface has eight")]
    fn notify(
        &self,
        _app: String,
        replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        wait: i32,
    ) -> u32 {
        let urgency = hints
            .get("urgency")
            .and_then(|v| v.downcast_ref::<u8>().ok());
        let mut shown = self.shown.lock().unwrap();
        shown.push(Shown {
            title,
            body,
            urgency: urgency.unwrap_or_default(),
            wait,
            replaces,
            actions,
        });
        u32::try_from(shown.len()).unwrap()
    }

    fn close_notification(&self, id: u32) {
        self.closed.lock().unwrap().push(id);
    }
}

/// The daemon, until dropped.
pub(crate) struct Daemon {
    book: Book,
    connection: Connection,
}

impl Daemon {
    pub(crate) fn start(bus: &Bus) -> Self {
        let book = Book::default();
        let connection = Builder::address(bus.address.as_str())
            .unwrap()
            .serve_at(PATH, book.clone())
            .unwrap()
            .name(SERVICE)
            .unwrap()
            .build()
            .unwrap();
        Self { book, connection }
    }

    pub(crate) fn shown(&self) -> Vec<Shown> {
        self.book.shown.lock().unwrap().clone()
    }

    /// Somebody presses it.
    pub(crate) fn press(&self, number: u32) {
        let pressed = (number, "default");
        self.connection
            .emit_signal(None::<()>, PATH, SERVICE, "ActionInvoked", &pressed)
            .unwrap();
    }

    pub(crate) fn closed(&self) -> Vec<u32> {
        self.book.closed.lock().unwrap().clone()
    }
}
