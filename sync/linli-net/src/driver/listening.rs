//! Where we can be reached, and saying so when we cannot.

use std::io;

use libp2p::Multiaddr;
use libp2p::core::transport::ListenerId;
use tokio::sync::oneshot;

use super::Driver;
use crate::addr::{Addr, port_of, quic_on, tcp_of};
use crate::event::NetEvent;

/// The listeners we asked for.
#[derive(Default)]
pub(super) struct Listens {
    all: Vec<Listen>,
    /// Told when every listener has answered for the first time.
    pub(super) settled: Option<oneshot::Sender<()>>,
}

struct Listen {
    id: ListenerId,
    /// As it was configured.
    text: String,
    /// It has said where it listens.
    settled: bool,
    /// The host on which QUIC is asked for when the port of this one is known.
    then: Option<Multiaddr>,
}

impl Listens {
    pub(super) fn settle(&mut self) {
        if self.all.iter().all(|listen| listen.settled)
            && let Some(settled) = self.settled.take()
        {
            let _ = settled.send(());
        }
    }
}

impl Driver {
    /// Asks for the listeners of one configured address.
    pub(super) async fn listen(&mut self, text: &str, addr: &Addr) {
        let (first, quic_waits) = addr.listening();
        let candidates = first.candidates().await;
        if candidates.is_empty() {
            self.listen_failed(text, "no such host");
        }
        for at in candidates {
            let then = quic_waits.then(|| at.clone());
            if let Err(why) = self.listen_at(text, at, then) {
                self.listen_failed(text, &why);
            }
        }
    }

    fn listen_at(
        &mut self,
        text: &str,
        at: Multiaddr,
        then: Option<Multiaddr>,
    ) -> Result<(), String> {
        is_free(&at).map_err(|error| error.to_string())?;
        let id = self
            .swarm
            .listen_on(at)
            .map_err(|error| error.to_string())?;
        self.listens.all.push(Listen {
            id,
            text: text.to_owned(),
            settled: false,
            then,
        });
        Ok(())
    }

    pub(super) fn listens_now(&mut self, id: ListenerId, at: &Multiaddr) {
        let addr = at.to_string();
        tracing::debug!(%addr, "listening");
        self.shared.listening().insert(addr.clone());
        self.tell(NetEvent::Listening { addr });
        let listen = self.listens.all.iter_mut().find(|listen| listen.id == id);
        if let Some(listen) = listen {
            listen.settled = true;
            let text = listen.text.clone();
            if let (Some(then), Some(port)) = (listen.then.take(), port_of(at)) {
                self.listen_too(&text, &then, port);
            }
        }
        self.listens.settle();
        // A cable was plugged in, a Wi-Fi joined: whoever was out of reach may be in reach now.
        self.hurry_all();
    }

    /// QUIC on the port that TCP was given, or on any other if somebody has that one.
    fn listen_too(&mut self, text: &str, host: &Multiaddr, port: u16) {
        let mut why = "no port for QUIC".to_owned();
        for port in [port, 0] {
            if let Some(at) = quic_on(host, port) {
                match self.listen_at(text, at, None) {
                    Ok(()) => return,
                    Err(error) => why = error,
                }
            }
        }
        self.listen_failed(text, &why);
    }

    pub(super) fn listens_no_more(&mut self, at: &Multiaddr, why: &str) {
        let addr = at.to_string();
        if self.shared.listening().remove(&addr) {
            self.listen_failed(&addr, why);
        }
    }

    pub(super) fn listener_closed(
        &mut self,
        id: ListenerId,
        addrs: &[Multiaddr],
        reason: Result<(), io::Error>,
    ) {
        let why = match reason {
            Ok(()) => "closed".to_owned(),
            Err(error) => error.to_string(),
        };
        for at in addrs {
            self.listens_no_more(at, &why);
        }
        if let Some(at) = self.listens.all.iter().position(|listen| listen.id == id) {
            let listen = self.listens.all.swap_remove(at);
            if !listen.settled {
                self.listen_failed(&listen.text, &why);
            }
        }
        self.listens.settle();
    }

    fn listen_failed(&mut self, addr: &str, why: &str) {
        self.tell(NetEvent::ListenFailed {
            addr: addr.to_owned(),
            why: why.to_owned(),
        });
    }
}

/// Whether nobody listens on this TCP port yet. libp2p would share it with another process of the same user,
/// and each of the two would get some of the calls.
fn is_free(at: &Multiaddr) -> io::Result<()> {
    match tcp_of(at) {
        Some(socket) => std::net::TcpListener::bind(socket).map(drop),
        None => Ok(()),
    }
}
