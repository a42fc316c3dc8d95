//! The local socket: one line of JSON each way, spoken between the owner of a home and every other program on it.

use super::HomeOptions;
use super::files::HomeFiles;
use crate::api::{Answer, Ask, Fault, Line, Request};
use interprocess::local_socket::traits::Stream as _;
use interprocess::local_socket::{GenericFilePath, Stream, ToFsName as _};
use std::io::{BufRead as _, BufReader, Write as _};

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
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(0) => Err(Fault::unreachable("owner-gone")),
            Ok(_) => serde_json::from_str(&line).map_err(|_| Fault::version("owner-other-version")),
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
