//! What the window tells a screen reader: its accessibility tree, read over AT-SPI.
//!
//! All three drivers look through this; only one of them acts through it.

use futures::future::{BoxFuture, FutureExt, join_all};
use futures::join;
use serde::Serialize;
use std::time::Duration;
use zbus::Connection;
use zbus::connection::Builder;
use zbus::zvariant::{DynamicDeserialize, DynamicType, OwnedObjectPath, OwnedValue, Value};

/// An answer that takes longer is none.
const ANSWER: Duration = Duration::from_secs(10);

const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const ACTION: &str = "org.a11y.atspi.Action";
const COMPONENT: &str = "org.a11y.atspi.Component";
const TEXT: &str = "org.a11y.atspi.Text";
const REGISTRY: &str = "org.a11y.atspi.Registry";
const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// Bits of the state, as AT-SPI numbers them.
const ENABLED: u32 = 1 << 8;
const FOCUSABLE: u32 = 1 << 11;
const FOCUSED: u32 = 1 << 12;
const PRESSED: u32 = 1 << 20;

/// Roles, as AT-SPI numbers them.
const ENTRY: u32 = 79;
const PASSWORD: u32 = 40;
const TOGGLE: u32 = 62;

/// A place on the screen: left, top, width, height.
pub type Place = (i32, i32, i32, i32);

/// One thing in the window.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    app: String,
    path: OwnedObjectPath,
    /// How it is called.
    pub name: String,
    /// What is written in it, if it is a text.
    pub text: Option<String>,
    role: u32,
    state: u32,
    /// Where it is.
    pub place: Place,
}

impl Node {
    /// Whether keys go there now.
    #[must_use]
    pub const fn has_focus(&self) -> bool {
        self.state & FOCUSED != 0
    }

    /// Whether a person can go there.
    #[must_use]
    pub const fn is_reachable(&self) -> bool {
        self.state & FOCUSABLE != 0 && self.state & ENABLED != 0
    }

    /// Whether a person writes there.
    #[must_use]
    pub const fn is_field(&self) -> bool {
        matches!(self.role, ENTRY | PASSWORD)
    }

    /// Whether it is one of several to choose from, as the pages are.
    #[must_use]
    pub const fn is_choice(&self) -> bool {
        self.role == TOGGLE
    }

    /// Whether it is the one that was chosen.
    #[must_use]
    pub const fn is_chosen(&self) -> bool {
        self.is_choice() && self.state & PRESSED != 0
    }

    /// Whether it is the same thing, wherever it is now.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        self.path == other.path
    }

    /// Whether this can be read on it.
    #[must_use]
    pub fn says(&self, words: &str) -> bool {
        self.name.contains(words) || self.text.as_ref().is_some_and(|text| text.contains(words))
    }

    /// For people who look why a run failed.
    #[must_use]
    pub fn line(&self) -> String {
        let kind = match self.role {
            ENTRY | PASSWORD => "field",
            TOGGLE => "choice",
            _ if self.is_reachable() => "button",
            _ => "",
        };
        let text = self.text.as_ref().filter(|text| **text != self.name);
        let text = text.map_or_else(String::new, |text| format!(" = {text:?}"));
        let focus = if self.has_focus() { " <- keys" } else { "" };
        let (x, y, w, h) = self.place;
        format!("{kind:>7} {:?}{text} [{x},{y} {w}x{h}]{focus}", self.name)
    }
}

/// The bus on which windows and screen readers meet.
#[derive(Debug)]
pub struct Tree {
    bus: Connection,
}

async fn call<B, R>(
    bus: &Connection,
    to: &str,
    path: &str,
    (interface, method): (&str, &str),
    body: &B,
) -> zbus::Result<R>
where
    B: Serialize + DynamicType,
    R: for<'d> DynamicDeserialize<'d>,
{
    let reply = bus
        .call_method(Some(to), path, Some(interface), method, body)
        .await?;
    reply.body().deserialize()
}

async fn open(address: &str) -> zbus::Result<Connection> {
    let builder = Builder::address(address)?.method_timeout(ANSWER);
    builder.build().await
}

impl Tree {
    /// Meets them, by way of the session's bus, and announces a screen reader, without which windows tell nothing.
    /// Nothing as long as the bus of accessibility is not up.
    #[must_use]
    pub fn find(session: &str) -> Option<Self> {
        let found = async {
            let session = open(session).await?;
            let (dbus, path_of_dbus) = ("org.freedesktop.DBus", "/org/freedesktop/DBus");
            let (bus, path) = ("org.a11y.Bus", "/org/a11y/bus");
            // Asked before it is up, the session would start another one, in which no screen reader is.
            let up: bool = call(&session, dbus, path_of_dbus, (dbus, "NameHasOwner"), &bus).await?;
            if !up {
                return Ok(None);
            }
            let set = ("org.freedesktop.DBus.Properties", "Set");
            for word in ["IsEnabled", "ScreenReaderEnabled"] {
                let yes = ("org.a11y.Status", word, Value::from(true));
                let () = call(&session, bus, path, set, &yes).await?;
            }
            let address: String = call(&session, bus, path, (bus, "GetAddress"), &()).await?;
            Ok::<_, zbus::Error>(Some(open(&address).await?))
        };
        let bus = zbus::block_on(found).ok()??;
        Some(Self { bus })
    }

    /// Everything in the window of this process, in the order it was drawn. Nothing while it is not there.
    #[must_use]
    pub fn nodes(&self, process: u32) -> Option<Vec<Node>> {
        zbus::block_on(async {
            let apps = self.children(REGISTRY, ROOT).await?;
            for (app, path) in apps {
                let dbus = "org.freedesktop.DBus";
                let asked = (dbus, "GetConnectionUnixProcessID");
                let path_of_bus = "/org/freedesktop/DBus";
                let pid = call::<_, u32>(&self.bus, dbus, path_of_bus, asked, &app.as_str()).await;
                if pid.is_ok_and(|pid| pid == process) {
                    let windows = self.children(&app, &path).await?;
                    let mut out = Vec::new();
                    for (app, path) in windows {
                        out.extend(self.below(app, path).await?);
                    }
                    return Ok((!out.is_empty()).then_some(out));
                }
            }
            Ok::<_, zbus::Error>(None)
        })
        // A thing that went away while it was asked: the next look sees it whole.
        .unwrap_or(None)
    }

    async fn children(
        &self,
        app: &str,
        path: &str,
    ) -> zbus::Result<Vec<(String, OwnedObjectPath)>> {
        call(&self.bus, app, path, (ACCESSIBLE, "GetChildren"), &()).await
    }

    fn below(&self, app: String, path: OwnedObjectPath) -> BoxFuture<'_, zbus::Result<Vec<Node>>> {
        async move {
            let (node, children) = join!(self.node(&app, &path), self.children(&app, &path));
            let mut out = vec![node?];
            let children = children?.into_iter();
            let children = children.map(|(app, path)| self.below(app, path));
            for child in join_all(children).await {
                out.extend(child?);
            }
            Ok(out)
        }
        .boxed()
    }

    async fn node(&self, app: &str, path: &OwnedObjectPath) -> zbus::Result<Node> {
        let ask = |method| (ACCESSIBLE, method);
        let properties = ("org.freedesktop.DBus.Properties", "Get");
        let named = (ACCESSIBLE, "Name");
        let (interfaces, name, role, state) = join!(
            call::<_, Vec<String>>(&self.bus, app, path, ask("GetInterfaces"), &()),
            call::<_, OwnedValue>(&self.bus, app, path, properties, &named),
            call::<_, u32>(&self.bus, app, path, ask("GetRole"), &()),
            call::<_, Vec<u32>>(&self.bus, app, path, ask("GetState"), &()),
        );
        let interfaces = interfaces?;
        let has = |interface: &str| interfaces.iter().any(|one| one == interface);
        let (has_place, has_text) = (has(COMPONENT), has(TEXT));
        let place = async {
            if !has_place {
                return Ok(Place::default());
            }
            call(&self.bus, app, path, (COMPONENT, "GetExtents"), &0_u32).await
        };
        let text = async {
            if !has_text {
                return Ok(None);
            }
            let text = call(&self.bus, app, path, (TEXT, "GetText"), &(0_i32, -1_i32)).await;
            text.map(Some)
        };
        let (place, text) = join!(place, text);
        Ok(Node {
            app: app.to_owned(),
            path: path.clone(),
            name: String::try_from(name?).unwrap_or_default(),
            text: text?,
            role: role?,
            state: state?.first().copied().unwrap_or_default(),
            place: place?,
        })
    }

    /// Does what the thing is there for, as a screen reader's "press". `false` if it is gone or cannot.
    #[must_use]
    pub fn act(&self, node: &Node) -> bool {
        let asked = (ACTION, "DoAction");
        let done = call(&self.bus, &node.app, &node.path, asked, &0_i32);
        zbus::block_on(done).unwrap_or(false)
    }

    /// Sends the keys there. `false` if it is gone or takes none.
    #[must_use]
    pub fn focus(&self, node: &Node) -> bool {
        let asked = (COMPONENT, "GrabFocus");
        let done = call(&self.bus, &node.app, &node.path, asked, &());
        zbus::block_on(done).unwrap_or(false)
    }
}
