//! B8 and the idle half of B12: the window on a home with 100,000 records and a gigabyte, from the start of the program
//! to its first useful screen; what it and a node keep in memory; what an open window costs while nothing happens.
//!
//! The files have just been written, so the system holds them in its cache: the limit says how long reading them takes
//! here. A first screen is there when every answer that it needs has come and its picture is on the disk.

use super::Scale;
use crate::child::{Display, node, wait};
use crate::clock::timed;
use crate::estate::{self, Written};
use crate::homes::{ask, until};
use crate::stats::{Measured, Rounds};
use anyhow::Result;
use linli_node::api::Request;
use std::path::Path;
use std::time::Duration;

/// A window or node has nothing more to do this long after it has started.
const SETTLED: Duration = Duration::from_secs(20);

pub(super) fn run(dir: &Path, scale: Scale) -> Result<Vec<Measured>> {
    let documents = scale.of(200, 2);
    let written = Written {
        posts: scale.of(50_000, 100) - documents,
        notices: scale.of(3_000, 10),
        comments: scale.of(47_000, 100),
    };
    let office = estate::with_documents(dir, documents)?;
    estate::write(&office, written)?;
    let display = Display::start()?;
    let picture = dir.join("first.png");
    let (mut clean, mut killed) = (Rounds::default(), Rounds::default());
    let (mut window, mut at_node) = (Rounds::default(), Rounds::default());
    let mut idle = Rounds::default();
    let mut size = 0.0;
    for _ in 0..scale.rounds {
        let (read, reading) = timed(|| estate::read(&office.dir));
        size = mib(read?);
        let first = display.first_screen(&office, &picture)?;
        clean.push(first.as_secs_f64(), reading.as_secs_f64());

        let open = display.open(&office)?;
        let new = || Request::PostNew {
            kind: "ask".into(),
            body: "写到一半".into(),
        };
        until("a window that answers", || {
            Ok(ask(&office, Request::Status).is_ok())
        })?;
        wait(Duration::from_secs(scale.of(20, 2) as u64).min(SETTLED));
        window.push(open.resident_mib()?, size);
        let (before, minute) = (open.used_s()?, scale.of(60, 1));
        wait(Duration::from_secs(minute as u64));
        let used = open.used_s()? - before;
        #[expect(clippy::cast_precision_loss, reason = "a minute")]
        idle.push(100.0 * used / minute as f64, 100.0);
        ask(&office, new())?;
        open.kill()?;
        let first = display.first_screen(&office, &picture)?;
        killed.push(first.as_secs_f64(), reading.as_secs_f64());

        let running = node(&office, &[])?;
        wait(Duration::from_secs(scale.of(5, 1) as u64));
        at_node.push(running.resident_mib()?, size);
        ask(&office, Request::Shutdown)?;
        drop(running);
    }
    let note = format!(
        "{} records, {documents} documents, {size:.0} MiB in all",
        written.all() + documents
    );
    Ok(vec![
        clean.measured("b8-clean", note.clone()),
        killed.measured("b8-killed", note.clone()),
        at_node.measured("b8-node", note.clone()),
        window.measured("b8-window", note.clone()),
        idle.measured("b8-idle", note),
    ])
}

fn mib(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "the size of one home")]
    let bytes = bytes as f64;
    bytes / f64::from(1 << 20)
}
