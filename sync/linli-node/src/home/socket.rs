//! The local socket: one line of JSON each way, spoken between the owner of a home and every other program on it.

use super::HomeOptions;
use super::files::HomeFiles;
use crate::api::{Answer, Ask, Fault, Line, Request};
use interprocess::local_socket::traits::Stream as _;
use interprocess::local_socket::{GenericFilePath, Stream, ToFsName as _};
use std::io::{BufRead, BufReader, Read as _, Write as _};

/// Longest line either side reads: a register of 200,000 rows fits.
pub const LINE_MAX: usize = 256 << 20;

/// A connection to the owner of a home.
pub struct OwnerStream(BufReader<Stream>);

impl OwnerStream {
    /// Connects to the owner of a home; `None` if nobody owns it.
    #[must_use]
    pub fn connect(o: &HomeOptions) -> Option<Self> {
        let path = HomeFiles::socket_path(&o.dir);
        let name = path.as_path().to_fs_name::<GenericFilePath>().ok()?;
        let stream = Stream::connect(name).ok()?;
        let limit = Some(o.timeout);
        stream.set_recv_timeout(limit).ok()?;
        stream.set_send_timeout(limit).ok()?;
        Some(Self(BufReader::new(stream)))
    }

    /// Sends one line.
    ///
    /// # Errors
    /// [`Fault`] when the owner is gone.
    pub fn send(&mut self, ask: &Ask) -> Result<(), Fault> {
        let mut line = serde_json::to_vec(ask).map_err(|_| Fault::ours("socket"))?;
        line.push(b'\n');
        self.0
            .get_mut()
            .write_all(&line)
            .map_err(|_| Fault::unreachable("owner-gone"))
    }

    /// Reads the next line.
    ///
    /// # Errors
    /// [`Fault`] when the owner is gone or does not answer in time.
    pub fn read(&mut self) -> Result<Line, Fault> {
        match read_bounded(&mut self.0, LINE_MAX) {
            Ok(line) if line.is_empty() => Err(Fault::unreachable("owner-gone")),
            Ok(line) => {
                serde_json::from_slice(&line).map_err(|_| Fault::version("owner-other-version"))
            }
            Err(e)
                if matches!(
                    e.kind(),
                    std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                ) =>
            {
                Err(Fault::unreachable("timed-out"))
            }
            Err(_) => Err(Fault::unreachable("owner-gone")),
        }
    }
}

/// Reads a line of at most `max` bytes; more than that is never in memory. A longer one is cut there, so it is no
/// JSON; an empty one is the end.
fn read_bounded(from: &mut impl BufRead, max: usize) -> std::io::Result<Vec<u8>> {
    let mut line = Vec::new();
    from.take(max as u64).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// Asks the owner of a home, if there is one.
pub(crate) fn ask_owner(
    o: &HomeOptions,
    request: &Request,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Option<Result<Answer, Fault>>, Fault> {
    let Some(mut stream) = OwnerStream::connect(o) else {
        return Ok(None);
    };
    stream.send(&Ask {
        id: 1,
        cmd: request.clone(),
    })?;
    loop {
        match stream.read()? {
            Line::Ok { id: 1, answer } => return Ok(Some(Ok(answer))),
            Line::Err { id: 1, fault } => return Ok(Some(Err(fault))),
            Line::Progress { id: 1, done, total } => progress(done, total),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read_bounded;

    #[test]
    fn a_line_without_an_end_fills_no_memory_and_shorter_ones_are_read_one_by_one() {
        let mut endless = std::io::BufReader::new(std::io::repeat(b'x'));
        assert_eq!(read_bounded(&mut endless, 1_000).unwrap().len(), 1_000);
        let mut two = &b"one\ntwo"[..];
        assert_eq!(read_bounded(&mut two, 4).unwrap(), b"one\n");
        assert_eq!(read_bounded(&mut two, 4).unwrap(), b"two");
        assert_eq!(read_bounded(&mut two, 4).unwrap(), b"");
    }
}
