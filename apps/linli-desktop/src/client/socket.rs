//! The home's local socket.

use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{GenericFilePath, Stream};
use linli_view::api::{Fault, FaultCode};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::sync::Arc;

/// One direction of a connection.
pub(super) struct Half(Arc<Stream>);

impl Read for Half {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        (&*self.0).read(buffer)
    }
}

impl Write for Half {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&*self.0).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&*self.0).flush()
    }
}

/// Both directions of the connection to the process that owns `home`.
#[expect(clippy::result_large_err, reason = "once a connection")]
pub(super) fn connect(home: &Path) -> Result<(Half, Half), Fault> {
    if !home.is_dir() {
        return Err(Fault::of(FaultCode::NoHome));
    }
    let fault = |code: FaultCode, error: io::Error| Fault {
        message: error.to_string(),
        ..Fault::of(code)
    };
    let path = linli_node::home::socket_path(home);
    let name = path
        .as_path()
        .to_fs_name::<GenericFilePath>()
        .map_err(|error| fault(FaultCode::Other, error))?;
    match Stream::connect(name) {
        Ok(stream) => {
            let stream = Arc::new(stream);
            Ok((Half(Arc::clone(&stream)), Half(stream)))
        }
        // No socket, or one nobody listens on any more: no program owns this home now.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::ConnectionRefused
            ) =>
        {
            Err(Fault::of(FaultCode::Gone))
        }
        Err(error) => Err(fault(FaultCode::Busy, error)),
    }
}

#[cfg(test)]
mod tests {
    //! A real socket in a real folder.
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

    use super::*;
    use interprocess::local_socket::ListenerOptions;

    #[test]
    fn a_home_without_a_folder_without_an_owner_and_with_one_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().join("home");
        assert_eq!(connect(&home).err().unwrap().code, FaultCode::NoHome);
        std::fs::create_dir(&home).unwrap();
        assert_eq!(connect(&home).err().unwrap().code, FaultCode::Gone);
        let path = linli_node::home::socket_path(&home);
        let name = path.as_path().to_fs_name::<GenericFilePath>().unwrap();
        let listener = ListenerOptions::new().name(name).create_sync().unwrap();
        let (mut reader, mut writer) = connect(&home).unwrap();
        let theirs = listener.accept().unwrap();
        writer.write_all(b"ask").unwrap();
        let mut heard = [0; 3];
        (&theirs).read_exact(&mut heard).unwrap();
        (&theirs).write_all(b"told").unwrap();
        let mut told = [0; 4];
        reader.read_exact(&mut told).unwrap();
        assert_eq!((&heard, &told), (b"ask", b"told"));
    }
}
