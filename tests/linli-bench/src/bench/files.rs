//! B11: documents from one process to another, over libp2p on loopback, each asked for, proven piece by piece, synced to
//! the disk. The limit sends the same bytes through a bare TCP connection on loopback; the other one only hashes them.

use super::Scale;
use crate::child::node;
use crate::clock::timed;
use crate::estate::{self, DOCUMENT};
use crate::homes::{Running, ask, until};
use crate::stats::{Measured, Rounds};
use anyhow::{Result, anyhow};
use linli_node::api::Request;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let documents = scale.of(200, 3);
    let office = estate::with_documents(dir, documents)?;
    let household = estate::joined(dir, &office, documents)?;
    let at_office = Running::start(&office, Vec::new())?;
    let (mut wire, mut hash) = (Rounds::default(), Rounds::default());
    for _ in 0..scale.rounds {
        std::fs::remove_dir_all(household.dir.join("blobs"))?;
        let bare = rate(documents, loopback(documents)?);
        let hashed = rate(documents, hashing(documents));
        let (fetched, took) = timed(|| -> Result<()> {
            let fetching = node(&household, &at_office.addrs)?;
            until("the documents in the other process", || {
                Ok(estate::whole(&household)? == documents)
            })?;
            ask(&household, Request::Shutdown)?;
            drop(fetching);
            Ok(())
        });
        fetched?;
        wire.push(rate(documents, took), bare);
        hash.push(rate(documents, took), hashed);
    }
    at_office.stop()?;
    let note = format!("{documents} documents of {} MB", DOCUMENT / 1_000_000);
    Ok(vec![
        wire.measured("b11-wire", note.clone()),
        hash.measured("b11-hash", note),
    ])
}

/// MiB a second.
fn rate(documents: usize, took: Duration) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a gigabyte")]
    let bytes = (documents * DOCUMENT) as f64;
    bytes / f64::from(1 << 20) / took.as_secs_f64()
}

/// The same bytes through one connection, read by another thread.
fn loopback(documents: usize) -> Result<Duration> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let to = listener.local_addr()?;
    let reader = std::thread::Builder::new().spawn(move || -> std::io::Result<u64> {
        let (mut stream, _) = listener.accept()?;
        let mut buffer = vec![0; 256 << 10];
        let mut read = 0;
        loop {
            match stream.read(&mut buffer)? {
                0 => return Ok(read),
                n => read += n as u64,
            }
        }
    })?;
    let document = vec![0x5a; DOCUMENT];
    let (done, took) = timed(|| -> Result<u64> {
        let mut stream = TcpStream::connect(to)?;
        for _ in 0..documents {
            stream.write_all(&document)?;
        }
        drop(stream);
        Ok(reader
            .join()
            .map_err(|_| anyhow!("the reader panicked"))??)
    });
    match done? == (documents * DOCUMENT) as u64 {
        true => Ok(took),
        false => Err(anyhow!("bytes were lost on loopback")),
    }
}

/// BLAKE3 of the same bytes, one core.
fn hashing(documents: usize) -> Duration {
    let document = vec![0x5a; DOCUMENT];
    let ((), took) = timed(|| {
        for _ in 0..documents {
            std::hint::black_box(blake3::hash(&document));
        }
    });
    took
}
