//! What is measured, against what, and how good it must be: quality.md §5 as data.
//!
//! A row whose [`Must`] is [`Must::Shown`] has no bar of its own: it stands there because it says where the time of
//! the row above it goes.

/// What a row counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Operations a second: more is better.
    PerSecond,
    /// Seconds: less is better.
    Seconds,
    /// Memory in MiB: less is better.
    Mebibytes,
    /// MiB carried in a second: more is better.
    MebibytesPerSecond,
    /// Percent of one core: less is better.
    Percent,
}

/// What must hold for a row to be green.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Must {
    /// Value to limit is at least this.
    RatioAtLeast(f64),
    /// Value to limit is at most this.
    RatioAtMost(f64),
    /// The value itself is at most this many seconds.
    AtMostS(f64),
    /// The value itself, in the unit of the row, is at most this.
    AtMost(f64),
    /// No bar.
    Shown,
}

/// What an idle window may use of one core. The issue says nothing at all, over a minute; the system counts user and system
/// time in ticks of 10 ms and cuts each of them off, so up to two ticks cannot be told apart from nothing. Half a tick more is
/// for the arithmetic.
const IDLE_PERCENT: f64 = 100.0 * 2.5 * 0.01 / 60.0;

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Bar {
    /// Names the row, for good.
    pub key: &'static str,
    /// The benchmark of quality.md §5.
    pub id: &'static str,
    /// What is measured.
    pub what: &'static str,
    /// The limit or peer, measured in the same run.
    pub limit: &'static str,
    /// What is counted.
    pub unit: Unit,
    /// The bar.
    pub must: Must,
}

const fn bar(
    (key, id): (&'static str, &'static str),
    what: &'static str,
    limit: &'static str,
    unit: Unit,
    must: Must,
) -> Bar {
    Bar {
        key,
        id,
        what,
        limit,
        unit,
        must,
    }
}

use Must::{AtMost, AtMostS, RatioAtLeast, RatioAtMost, Shown};
use Unit::{Mebibytes, MebibytesPerSecond, PerSecond, Percent, Seconds};

/// Every row, in the order of the table.
pub const BARS: &[Bar] = &[
    bar(
        ("b1-rate", "B1"),
        "durable local edit: a comment written, sealed, committed",
        "the same bytes appended to a file and fdatasync",
        PerSecond,
        RatioAtLeast(0.9),
    ),
    bar(
        ("b1-tail", "B1"),
        "the same edit, p99",
        "the same append and fdatasync, p99",
        Seconds,
        RatioAtMost(2.0),
    ),
    bar(
        ("b1-pages", "B1"),
        "the same edit",
        "twelve scattered pages of 4 KiB, as the commit of it writes, and one fdatasync",
        PerSecond,
        Shown,
    ),
    bar(
        ("b2-burst", "B2"),
        "a burst of comments, one commit",
        "Ed25519 signatures of as many entries, one core",
        PerSecond,
        RatioAtLeast(0.5),
    ),
    bar(
        ("b3-ingest", "B3"),
        "entries from a peer: verified, admitted, applied, committed",
        "strict verification of the same signatures, one core",
        PerSecond,
        RatioAtLeast(0.6),
    ),
    bar(
        ("b3-memory", "B3"),
        "the same entries into a store in memory, unsealed",
        "strict verification of the same signatures, one core",
        PerSecond,
        Shown,
    ),
    bar(
        ("b6-homes", "B6"),
        "notice published to notice visible in every home: the running product over libp2p on loopback, p99",
        "hops x (fdatasync + verification + round trip)",
        Seconds,
        AtMostS(0.25),
    ),
    bar(
        ("b6-mesh", "B6"),
        "the same with frames passed by hand, each replica on a machine of its own, p99",
        "hops x (fdatasync + verification + round trip)",
        Seconds,
        AtMostS(0.25),
    ),
    bar(
        ("b6-one-core", "B6"),
        "the same with the work of all replicas one after another on one core, p99",
        "hops x (fdatasync + verification + round trip)",
        Seconds,
        Shown,
    ),
    bar(
        ("b7-known", "B7"),
        "finding the signer of a pass and its signature, key known at the gate",
        "the one verify_strict it makes",
        Seconds,
        RatioAtMost(1.5),
    ),
    bar(
        ("b7-chain", "B7"),
        "the same for a pass with its certificate, key unknown",
        "the two verify_strict it makes",
        Seconds,
        RatioAtMost(1.5),
    ),
    bar(
        ("b7-text", "B7"),
        "from the text of a pass to its verified grant, key known",
        "the one verify_strict it makes",
        Seconds,
        Shown,
    ),
    bar(
        ("b7-decide", "B7"),
        "decision without the durable entry, any kind of scan but a PIN, p99",
        "the verify_strict calls of one such scan, mean",
        Seconds,
        AtMostS(0.001),
    ),
    bar(
        ("b7-decide-999", "B7"),
        "the same, p99.9",
        "the verify_strict calls of one such scan, mean",
        Seconds,
        Shown,
    ),
    bar(
        ("b7-frame", "B7"),
        "from a photograph of a pass, PNG or JPEG, to the verdict, median",
        "the decision alone, of the same text",
        Seconds,
        Shown,
    ),
    bar(
        ("b7-frame-99", "B7"),
        "the same, p99",
        "the decision alone, p99",
        Seconds,
        Shown,
    ),
    bar(
        ("b7-durable", "B7"),
        "decision with the entry durable in the gate's log, p99",
        "2 x fdatasync (p99) + 1 ms",
        Seconds,
        RatioAtMost(1.0),
    ),
    bar(
        ("b7-durable-999", "B7"),
        "the same, p99.9",
        "2 x fdatasync (p99) + 1 ms",
        Seconds,
        Shown,
    ),
    bar(
        ("b7-reread", "B7"),
        "reading the gate's log from its store: the least that building the gate's state anew costs",
        "one decision with its durable entry, median",
        Seconds,
        Shown,
    ),
    bar(
        ("b7-cold", "B7"),
        "a program started on a gate's store, to its first decision; the files are in the system's cache",
        "reading the file of the store",
        Seconds,
        AtMostS(5.0),
    ),
    bar(
        ("b7-memory", "B7"),
        "what that program keeps in memory then, with its code",
        "the file of the store",
        Mebibytes,
        Shown,
    ),
    bar(
        ("b7-month", "B7"),
        "a month of the gate's log dropped, one commit",
        "writing a file of the size of the store anew, synced",
        Seconds,
        Shown,
    ),
    bar(
        ("b7-compact", "B7"),
        "and the store compacted, so that nothing of the month is left in the file; once a month, nobody is let in meanwhile",
        "writing a file of the size of the store anew, synced",
        Seconds,
        AtMostS(30.0),
    ),
    bar(
        ("b8-clean", "B8"),
        "the window started on a large home, to the picture of its first useful screen on the disk",
        "reading every byte of the home",
        Seconds,
        AtMostS(1.5),
    ),
    bar(
        ("b8-killed", "B8"),
        "the same after the window was killed in the middle of its work",
        "reading every byte of the home",
        Seconds,
        AtMostS(5.0),
    ),
    bar(
        ("b8-node", "B8"),
        "what a node without a window keeps in memory on that home",
        "the size of the home",
        Mebibytes,
        AtMost(150.0),
    ),
    bar(
        ("b8-window", "B8"),
        "what the window with its node keeps in memory",
        "the size of the home",
        Mebibytes,
        AtMost(250.0),
    ),
    bar(
        ("b8-idle", "B8"),
        "processor time of that window over a minute in which nothing happens",
        "one core",
        Percent,
        AtMost(IDLE_PERCENT),
    ),
    bar(
        ("b11-wire", "B11"),
        "documents fetched by another process, proven and synced",
        "the same bytes through a bare TCP connection on loopback",
        MebibytesPerSecond,
        RatioAtLeast(0.25),
    ),
    bar(
        ("b11-hash", "B11"),
        "the same",
        "BLAKE3 of the same bytes, one core",
        MebibytesPerSecond,
        Shown,
    ),
    bar(
        ("b12-find", "B12"),
        "the slowest of five searches by characters, other script, pinyin and first letters, one without a hit",
        "one pass over the same bytes for a text that is not there",
        Seconds,
        AtMostS(0.05),
    ),
    bar(
        ("b12-index", "B12"),
        "the index made, once after a start",
        "the same pass",
        Seconds,
        Shown,
    ),
    bar(
        ("b12-scroll", "B12"),
        "a frame of the window while the board and the notices are scrolled, p99 of processor time",
        "the same with ten posts and ten notices",
        Seconds,
        AtMostS(0.008),
    ),
    bar(
        ("b12-typing", "B12"),
        "a frame while somebody types a post beside the board, p99 of processor time",
        "the same with ten posts and ten notices",
        Seconds,
        AtMostS(0.008),
    ),
    bar(
        ("b14-csv", "B14"),
        "CSV register read, cleaned, checked, planned",
        "reading the file",
        Seconds,
        AtMostS(5.0),
    ),
    bar(
        ("b14-xlsx", "B14"),
        "the same as XLSX",
        "reading the file",
        Seconds,
        AtMostS(5.0),
    ),
    bar(
        ("b14-preview", "B14"),
        "preview through a home: the file read and cleaned, planned and kept by the home",
        "reading the file",
        Seconds,
        AtMostS(5.0),
    ),
    bar(
        ("b14-apply", "B14"),
        "the preview applied: every record written, signed, sealed, one commit",
        "signatures of as many entries, one core",
        Seconds,
        AtMostS(30.0),
    ),
    bar(
        ("b14-undo", "B14"),
        "and undone",
        "signatures of as many entries, one core",
        Seconds,
        Shown,
    ),
];

/// A row by its key.
#[must_use]
pub fn find(key: &str) -> Option<&'static Bar> {
    BARS.iter().find(|bar| bar.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_benchmark_asked_for_has_a_bar() {
        for id in ["B1", "B2", "B3", "B6", "B7", "B8", "B11", "B12", "B14"] {
            let barred = BARS
                .iter()
                .filter(|b| b.id == id && b.must != Must::Shown)
                .count();
            assert!(barred > 0, "{id}");
        }
    }

    #[test]
    fn the_bars_are_those_of_the_quality_page() {
        let must = |key: &str| find(key).map(|b| b.must);
        assert_eq!(must("b1-rate"), Some(RatioAtLeast(0.9)));
        assert_eq!(must("b1-tail"), Some(RatioAtMost(2.0)));
        assert_eq!(must("b2-burst"), Some(RatioAtLeast(0.5)));
        assert_eq!(must("b3-ingest"), Some(RatioAtLeast(0.6)));
        assert_eq!(must("b6-homes"), Some(AtMostS(0.25)));
        assert_eq!(must("b7-known"), Some(RatioAtMost(1.5)));
        assert_eq!(must("b7-chain"), Some(RatioAtMost(1.5)));
        assert_eq!(must("b7-decide"), Some(AtMostS(0.001)));
        assert_eq!(must("b7-durable"), Some(RatioAtMost(1.0)));
        assert_eq!(must("b7-cold"), Some(AtMostS(5.0)));
        assert_eq!(must("b8-clean"), Some(AtMostS(1.5)));
        assert_eq!(must("b8-killed"), Some(AtMostS(5.0)));
        assert_eq!(must("b8-node"), Some(AtMost(150.0)));
        assert_eq!(must("b8-window"), Some(AtMost(250.0)));
        // Two ticks in a minute are as good as none, three are not.
        assert!(
            matches!(must("b8-idle"), Some(AtMost(bar)) if 100.0 * 0.02 / 60.0 < bar && bar < 100.0 * 0.03 / 60.0)
        );
        assert_eq!(must("b11-wire"), Some(RatioAtLeast(0.25)));
        assert_eq!(must("b12-find"), Some(AtMostS(0.05)));
        assert_eq!(must("b12-scroll"), Some(AtMostS(0.008)));
        assert_eq!(must("b12-typing"), Some(AtMostS(0.008)));
        assert_eq!(must("b14-csv"), Some(AtMostS(5.0)));
        assert_eq!(must("b14-apply"), Some(AtMostS(30.0)));
    }

    #[test]
    fn no_two_rows_share_a_key_and_each_key_says_its_id() {
        let keys: BTreeSet<&str> = BARS.iter().map(|b| b.key).collect();
        assert_eq!(keys.len(), BARS.len());
        for bar in BARS {
            let id = bar.id.to_lowercase();
            assert!(bar.key.starts_with(&format!("{id}-")), "{}", bar.key);
        }
    }
}
