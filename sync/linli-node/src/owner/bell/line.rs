//! The way to what shows notices: a thread of its own, because a system's daemon may take its time.

use linli_view::api::BellSettings;
use linli_view::bell::{Bell, Popup};
use linli_view::words::Lang;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Most notices that wait for a slow daemon; what finds no room is said again later.
const WAITING_MAX: usize = 64;
/// Most presses that wait to be taken; a hand is slower.
const PRESSED_MAX: usize = 16;

/// What the thread is told.
enum Order {
    Show(Popup, Vec<String>),
    Close(String),
}

/// What became of one.
pub(crate) struct Done {
    pub(crate) key: String,
    pub(crate) speaks_for: Vec<String>,
    pub(crate) shown: bool,
}

/// The way there and back.
pub(crate) struct Line {
    orders: SyncSender<Order>,
    done: Mutex<(Receiver<Done>, Vec<Done>)>,
    pressed: Mutex<Receiver<String>>,
    lang: Lang,
}

impl Line {
    /// Starts the thread; `None` where the system gives none. It ends when this is dropped. `presses`: something can be opened
    /// when a notice is pressed.
    pub(crate) fn start(mut bell: Box<dyn Bell>, lang: Lang, presses: bool) -> Option<Self> {
        let (orders, told) = sync_channel::<Order>(WAITING_MAX);
        let (tell, done) = sync_channel(WAITING_MAX);
        let (press, pressed) = sync_channel::<String>(PRESSED_MAX);
        if presses {
            bell.listen(Arc::new(move |key| {
                // Whoever presses more often than it is taken means the same.
                let _ = press.try_send(key.to_owned());
            }));
        }
        let body = move || {
            for order in told {
                match order {
                    Order::Show(popup, speaks_for) => {
                        let shown = bell.show(&popup).is_ok();
                        let key = popup.key;
                        let done = Done {
                            key,
                            speaks_for,
                            shown,
                        };
                        if tell.send(done).is_err() {
                            return;
                        }
                    }
                    Order::Close(key) => bell.close(&key),
                }
            }
        };
        let thread = std::thread::Builder::new().name("linli-bell".into());
        thread.spawn(body).ok()?;
        Some(Self {
            orders,
            done: Mutex::new((done, Vec::new())),
            pressed: Mutex::new(pressed),
            lang,
        })
    }

    /// The language of its notices.
    pub(crate) fn lang(&self, settings: &BellSettings) -> Lang {
        let asked = settings.lang.as_deref().and_then(Lang::parse);
        asked.unwrap_or(self.lang)
    }

    /// Shows one. What became of it comes with [`Self::done`]; `false`: there is no room now.
    pub(crate) fn show(&self, popup: Popup, speaks_for: Vec<String>) -> bool {
        let order = Order::Show(popup, speaks_for);
        self.orders.try_send(order).is_ok()
    }

    /// Takes one away.
    pub(crate) fn close(&self, key: &str) {
        // Where there is no room it stays until somebody puts it away.
        let _ = self.orders.try_send(Order::Close(key.to_owned()));
    }

    /// Keys of what was pressed since the last call.
    pub(crate) fn pressed(&self) -> Vec<String> {
        let pressed = self.pressed.lock();
        pressed
            .map(|keys| keys.try_iter().collect())
            .unwrap_or_default()
    }

    /// Has something become of one?
    pub(crate) fn has_done(&self) -> bool {
        let Ok(mut done) = self.done.lock() else {
            return false;
        };
        let new: Vec<Done> = done.0.try_iter().collect();
        done.1.extend(new);
        !done.1.is_empty()
    }

    /// What became of those that were shown since the last call.
    pub(crate) fn done(&self) -> Vec<Done> {
        if !self.has_done() {
            return Vec::new();
        }
        let done = self.done.lock();
        done.map(|mut done| std::mem::take(&mut done.1))
            .unwrap_or_default()
    }
}
