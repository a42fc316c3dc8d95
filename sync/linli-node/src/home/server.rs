//! The owner's end of the local socket: connections are read and written by tasks of their own; requests come to
//! the loop one at a time.

use super::files::HomeFiles;
use crate::api::{Ask, Fault, Line, Request};
use crate::replica::Topic;
use interprocess::local_socket::tokio::{Listener, Stream};
use interprocess::local_socket::traits::tokio::Listener as _;
use interprocess::local_socket::{GenericFilePath, ListenerOptions, ToFsName as _};
use linli_view::api as view;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Connections at the same time: the desktop, a few commands, a script.
const CONNECTIONS_MAX: usize = 64;
/// Lines waiting for one slow reader.
const LINES_MAX: usize = 1_024;

/// What is asked, by which kind of program.
pub(super) enum Question {
    /// An order of the command line.
    Command(Request),
    /// A screen's question.
    Desk(view::Request),
}

/// A question and where its lines go.
pub(super) struct Asked {
    pub(super) id: u64,
    pub(super) question: Question,
    pub(super) lines: mpsc::Sender<Vec<u8>>,
}

/// A line as it is read.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Incoming {
    Command(Ask),
    Desk(view::RequestLine),
}

/// Who wants to be told, and in which words.
struct Subscriber {
    lines: mpsc::Sender<Vec<u8>>,
    desk: bool,
}

type Subscribers = Arc<Mutex<Vec<Subscriber>>>;

/// One line of JSON.
pub(super) fn line(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The listening socket and its connections.
pub(super) struct Server {
    listener: Listener,
    asked: mpsc::Receiver<Asked>,
    ask: mpsc::Sender<Asked>,
    tasks: JoinSet<()>,
    subscribers: Subscribers,
    path: PathBuf,
}

impl Server {
    pub(super) fn bind(dir: &Path) -> Result<Self, Fault> {
        let path = HomeFiles::socket_path(dir);
        let name = path
            .as_path()
            .to_fs_name::<GenericFilePath>()
            .map_err(|_| Fault::ours("socket-name"))?;
        // Whoever left a socket behind is gone: the store is ours, and only its owner listens here.
        let _ = std::fs::remove_file(&path);
        let listener = ListenerOptions::new()
            .name(name)
            .create_tokio()
            .map_err(|e| Fault::storage("cannot-listen-locally").with("kind", e.kind()))?;
        restrict(&path)?;
        let (ask, asked) = mpsc::channel(CONNECTIONS_MAX);
        Ok(Self {
            listener,
            asked,
            ask,
            tasks: JoinSet::new(),
            subscribers: Subscribers::default(),
            path,
        })
    }

    /// The next request; accepts connections while it waits.
    pub(super) async fn next(&mut self) -> Option<Asked> {
        loop {
            tokio::select! {
                asked = self.asked.recv() => return asked,
                Some(_) = self.tasks.join_next(), if !self.tasks.is_empty() => {}
                connection = self.listener.accept(), if self.tasks.len() < CONNECTIONS_MAX => {
                    if let Ok(stream) = connection {
                        self.tasks.spawn(converse(stream, self.ask.clone(), self.subscribers.clone()));
                    }
                }
            }
        }
    }

    /// Has the window that was opened last show something; `false`: there is no window.
    pub(super) fn open(&self, opens: &linli_view::bell::Opens) -> bool {
        let event = view::Event::Open(opens.clone());
        let open = line(&view::Incoming::Event { event });
        let Ok(list) = self.subscribers.lock() else {
            return false;
        };
        let mut windows = list.iter().rev().filter(|s| s.desk);
        windows.any(|s| s.lines.try_send(open.clone()).is_ok())
    }

    /// Tells subscribers what changed; one who does not read is dropped.
    pub(super) fn tell(&self, changed: &BTreeSet<Topic>) {
        let words: Vec<String> = changed
            .iter()
            .map(|t| format!("{t:?}").to_lowercase())
            .collect();
        let command = line(&Line::Event(words));
        let desk = line(&view::Incoming::Event {
            event: view::Event::Changed(crate::desk::topics(changed)),
        });
        if let Ok(mut list) = self.subscribers.lock() {
            list.retain(|s| {
                s.lines
                    .try_send(if s.desk {
                        desk.clone()
                    } else {
                        command.clone()
                    })
                    .is_ok()
            });
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(unix)]
fn restrict(path: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .map_err(|e| Fault::storage("cannot-listen-locally").with("kind", e.kind()))
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> Result<(), Fault> {
    Ok(())
}

async fn converse(stream: Stream, ask: mpsc::Sender<Asked>, subscribers: Subscribers) {
    let stream = Arc::new(stream);
    let mut write = stream.as_ref();
    let read = stream.as_ref();
    let (lines, mut outgoing) = mpsc::channel::<Vec<u8>>(LINES_MAX);
    let writing = async {
        while let Some(bytes) = outgoing.recv().await {
            if write.write_all(&bytes).await.is_err() {
                break;
            }
        }
    };
    let reading = async move {
        let mut reader = BufReader::new(read);
        let mut text = String::new();
        loop {
            text.clear();
            // One byte more than fits tells a line that is too long, without taking all of it in.
            let most = super::socket::LINE_MAX as u64 + 1;
            match (&mut reader).take(most).read_line(&mut text).await {
                Ok(0) | Err(_) => return,
                Ok(n) if n > super::socket::LINE_MAX => return,
                Ok(_) => {}
            }
            let (id, question, subscribes) = match serde_json::from_str::<Incoming>(&text) {
                Ok(Incoming::Command(Ask { id, cmd })) => {
                    let subscribes = matches!(cmd, Request::Subscribe).then_some(false);
                    (id, Question::Command(cmd), subscribes)
                }
                Ok(Incoming::Desk(view::RequestLine { id, req })) => {
                    let subscribes = matches!(req, view::Request::Subscribe).then_some(true);
                    (id, Question::Desk(req), subscribes)
                }
                Err(_) => {
                    let fault = Fault::input("socket-line");
                    if lines.send(line(&Line::Err { id: 0, fault })).await.is_err() {
                        return;
                    }
                    continue;
                }
            };
            if let Some(desk) = subscribes
                && let Ok(mut list) = subscribers.lock()
            {
                list.push(Subscriber {
                    lines: lines.clone(),
                    desk,
                });
            }
            if ask
                .send(Asked {
                    id,
                    question,
                    lines: lines.clone(),
                })
                .await
                .is_err()
            {
                return;
            }
        }
    };
    tokio::join!(reading, writing);
}

/// Resolves when a node is asked to stop by a signal.
pub(super) type Stop = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells, once, when this process is asked to stop. From then on a signal does nothing by itself: whoever asks for this ends
/// the process. For a program with a window, which has something to put away first.
///
/// # Errors
/// [`Fault`], where the system does not tell.
pub fn on_stop(told: impl FnOnce() + Send + 'static) -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|_| Fault::ours("runtime"))?;
    // Heard from here on, before the thread runs.
    let stop = {
        let _entered = runtime.enter();
        stop_signal()?
    };
    std::thread::Builder::new()
        .name("linli-stop".into())
        .spawn(move || {
            runtime.block_on(stop);
            told();
        })
        .map_err(|_| Fault::ours("runtime"))?;
    Ok(())
}

/// Resolves when the process is asked to stop.
pub(super) fn stop_signal() -> Result<Stop, Fault> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut term = signal(SignalKind::terminate()).map_err(|_| Fault::ours("signals"))?;
        Ok(Box::pin(async move {
            tokio::select! {
                _ = term.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }))
    }
    #[cfg(not(unix))]
    Ok(Box::pin(async {
        let _ = tokio::signal::ctrl_c().await;
    }))
}
