//! One JSON object a line, over any two-way stream.
//!
//! Two threads: one reads lines into a bounded queue and wakes the window, one writes. The window itself never
//! waits for either. A line that is not understood is dropped (the node may be newer); a line that is too long,
//! or an end of the stream, closes the connection, which is told once.

use super::Wake;
use linli_view::api::{Event, Fault, FaultCode, Incoming, Request, RequestLine};
use linli_view::client::Client;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use zeroize::Zeroizing;

/// Longest line from the node: some ten thousand notices.
const LINE_MAX_BYTES: u64 = 64 << 20;
/// Lines waiting for the window; the reader waits when it is full.
const INBOX: usize = 256;
/// Requests waiting for the node. A person cannot fill it; if the node hangs, the rest is answered here.
const OUTBOX: usize = 256;

/// A client over a stream of lines.
pub struct LineClient {
    inbox: Receiver<Incoming>,
    /// `None` only while the client is dropped.
    outbox: Option<SyncSender<RequestLine>>,
    writer: Option<JoinHandle<()>>,
    refused: Vec<Incoming>,
    next: u64,
}

impl LineClient {
    /// Starts reading and writing. Fails only if the system gives out no more threads.
    ///
    /// The writing thread ends with this client; the reading one when the node closes the connection, which it
    /// does with the last writer, or with the process: nothing else can interrupt a blocking read.
    pub fn new(
        reader: impl Read + Send + 'static,
        writer: impl Write + Send + 'static,
        wake: Wake,
    ) -> io::Result<Self> {
        let (to_window, inbox) = sync_channel(INBOX);
        let (outbox, to_node) = sync_channel(OUTBOX);
        let named = |name: &str| thread::Builder::new().name(name.into());
        named("linli-read").spawn(move || read(reader, &to_window, &wake))?;
        let writer = named("linli-write").spawn(move || write(writer, &to_node))?;
        Ok(Self {
            inbox,
            outbox: Some(outbox),
            writer: Some(writer),
            refused: Vec::new(),
            next: 0,
        })
    }
}

impl Drop for LineClient {
    fn drop(&mut self) {
        // Without a sender the writer runs out of lines and ends; a node that reads nothing more must not hold
        // the window, so only a writer that has ended already is waited for.
        self.outbox = None;
        if let Some(writer) = self.writer.take().filter(JoinHandle::is_finished) {
            // It returned or it panicked; the window goes either way.
            let _ = writer.join();
        }
    }
}

impl LineClient {
    /// Sends a request under an id of the caller's choice; not to be mixed with [`Client::send`].
    pub fn send_as(&mut self, id: u64, req: Request) {
        let line = RequestLine { id, req };
        let sent = self
            .outbox
            .as_ref()
            .is_some_and(|outbox| outbox.try_send(line).is_ok());
        if !sent {
            let reply = linli_view::api::Reply::Fault(Fault::of(FaultCode::Gone));
            self.refused.push(Incoming::Reply { id, reply });
        }
    }
}

impl Client for LineClient {
    fn send(&mut self, req: Request) -> u64 {
        self.next += 1;
        self.send_as(self.next, req);
        self.next
    }

    fn poll(&mut self) -> Vec<Incoming> {
        let mut all = std::mem::take(&mut self.refused);
        all.extend(self.inbox.try_iter());
        all
    }
}

/// Reads until the stream ends, then says so.
fn read(reader: impl Read, to_window: &SyncSender<Incoming>, wake: &Wake) {
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader
            .by_ref()
            .take(LINE_MAX_BYTES)
            .read_until(b'\n', &mut line);
        if !matches!(read, Ok(bytes) if bytes > 0) || line.last() != Some(&b'\n') {
            break;
        }
        if let Ok(incoming) = serde_json::from_slice(&line) {
            if to_window.send(incoming).is_err() {
                return;
            }
            wake();
        }
    }
    // The window may be gone already; then there is nobody to tell.
    if to_window
        .send(Incoming::Event {
            event: Event::Closed(Fault::of(FaultCode::Gone)),
        })
        .is_ok()
    {
        wake();
    }
}

/// Writes until the window or the node goes away. The reader tells when it is the node.
fn write(mut writer: impl Write, to_node: &Receiver<RequestLine>) {
    while let Ok(line) = to_node.recv() {
        // A line may hold a passphrase: it is wiped once written.
        let Ok(bytes) = serde_json::to_vec(&line) else {
            continue;
        };
        let mut bytes = Zeroizing::new(bytes);
        bytes.push(b'\n');
        if writer
            .write_all(&bytes)
            .and_then(|()| writer.flush())
            .is_err()
        {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    //! Lines over an ordinary pipe.
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

    use super::*;
    use linli_view::api::Reply;
    use std::sync::Arc;

    /// Everything that comes in until the connection closes.
    fn all(mut client: LineClient, woken: &Receiver<()>) -> Vec<Incoming> {
        let mut all = Vec::new();
        while !all.iter().any(|line| {
            matches!(
                line,
                Incoming::Event {
                    event: Event::Closed(_)
                }
            )
        }) {
            woken.recv().unwrap();
            all.extend(client.poll());
        }
        all
    }

    fn client(bytes: &'static [u8]) -> Vec<Incoming> {
        let (wake, woken) = sync_channel(8);
        let client = LineClient::new(
            bytes,
            std::io::sink(),
            Arc::new(move || wake.send(()).unwrap_or_default()),
        )
        .unwrap();
        all(client, &woken)
    }

    #[test]
    fn lines_come_in_order_and_the_end_is_told() {
        let lines = client(
            b"{\"id\":1,\"reply\":{\"kind\":\"done\"}}\n{\"event\":{\"changed\":[\"sync\"]}}\n",
        );
        assert_eq!(lines.len(), 3);
        assert_eq!(
            lines[0],
            Incoming::Reply {
                id: 1,
                reply: Reply::Done
            }
        );
    }

    #[test]
    fn a_line_that_is_not_understood_is_passed_over_and_half_a_line_is_no_line() {
        let lines = client(b"nonsense\n\xff\xfe\n{\"id\":1,\"reply\":{\"kind\":\"moon\"}}\n{\"id\":1,\"reply\":{\"kind\":\"done\"}}");
        assert_eq!(
            lines,
            [Incoming::Event {
                event: Event::Closed(Fault::of(FaultCode::Gone))
            }]
        );
    }

    #[test]
    fn a_request_goes_out_as_one_line_with_its_id() {
        let (mut theirs, ours) = std::io::pipe().unwrap();
        let mut client = LineClient::new(std::io::empty(), ours, Arc::new(|| {})).unwrap();
        assert_eq!(client.send(Request::Status), 1);
        assert_eq!(client.send(Request::NetPause), 2);
        drop(client);
        let mut text = String::new();
        theirs.read_to_string(&mut text).unwrap();
        assert_eq!(
            text,
            "{\"id\":1,\"req\":{\"ask\":\"status\"}}\n{\"id\":2,\"req\":{\"ask\":\"net_pause\"}}\n"
        );
    }
}
