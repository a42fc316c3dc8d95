//! The layers as data: ranks, reserved dependencies, and what ranks 0 to 4 do without. ARCHITECTURE.md draws
//! the same picture; a change here is a change there.

/// The rank of one crate.
pub struct Rank {
    /// The package.
    pub name: &'static str,
    /// It may use crates of a lower number only.
    pub rank: u8,
    /// Why it stands there.
    pub reason: &'static str,
}

const fn rank(rank: u8, name: &'static str, reason: &'static str) -> Rank {
    Rank { name, rank, reason }
}

/// Every crate that is part of the product. An address may be reserved before the crate exists.
pub const RANKS: &[Rank] = &[
    rank(
        0,
        "linli-base",
        "ids, limits and encodings that all others speak",
    ),
    rank(
        1,
        "linli-keys",
        "a signature is checked before anything is believed",
    ),
    rank(
        2,
        "linli-charter",
        "who may say what needs keys and nothing more",
    ),
    rank(
        3,
        "linli-record",
        "what people write, judged once its author is known",
    ),
    rank(
        3,
        "linli-pass",
        "the gate's decision needs keys, and neither records nor a network",
    ),
    rank(
        3,
        "linli-log",
        "a log orders what keys and charter let through",
    ),
    rank(
        3,
        "linli-find",
        "compares texts, whatever they are records of",
    ),
    rank(
        4,
        "linli-view",
        "words for people, made of records and passes",
    ),
    rank(4, "linli-exchange", "files in and out, made of records"),
    rank(
        4,
        "linli-protocol",
        "moves what the log holds, and asks others to judge it",
    ),
    rank(5, "linli-store", "an adapter: its redb half touches files"),
    rank(5, "linli-net", "an adapter: sockets"),
    rank(5, "linli-vault", "an adapter: keyring and files"),
    rank(5, "linli-bell", "an adapter: the notices of the system"),
    rank(
        6,
        "linli-node",
        "the runtime: clock, dice and tasks come together here alone",
    ),
    rank(7, "linli", "an application chooses and wires"),
    rank(7, "linli-desktop", "an application chooses and wires"),
];

/// Up to this rank nothing touches the world: time and randomness are parameters.
pub const PURE_UP_TO: u8 = 4;

/// Crates below these folders span others and have no rank.
pub const FREE_FOLDERS: &[&str] = &["tests/"];

/// Packages without a rank elsewhere.
pub const FREE_PACKAGES: &[&str] = &["xtask"];

/// A dependency that only some of our crates may name.
pub struct Reserved {
    /// The packages it is about.
    pub packages: &'static [&'static str],
    /// Who may name them.
    pub to: &'static [&'static str],
    /// Why nobody else.
    pub reason: &'static str,
}

/// Held for every member, tests and this crate included.
pub const RESERVED: &[Reserved] = &[
    Reserved {
        packages: &["automerge", "autosurgeon"],
        to: &["linli-record"],
        reason: "it trusts its input, so only what our admission let through may reach it",
    },
    Reserved {
        packages: &["ed25519-dalek", "x25519-dalek", "hpke"],
        to: &["linli-keys"],
        reason: "one place decides what a valid signature and a sealed box are",
    },
    Reserved {
        packages: &["redb"],
        to: &["linli-store", "linli-sim"],
        reason: "one adapter; the simulator only puts a forgetful disk under it",
    },
    Reserved {
        packages: &["keyring"],
        to: &["linli-vault"],
        reason: "secrets at rest have one home",
    },
    Reserved {
        packages: &["zbus"],
        to: &["linli-bell", "linli-e2e"],
        reason: "one place speaks to the system's daemons; a test plays such a daemon",
    },
    Reserved {
        packages: &["libp2p", "libp2p-stream", "iroh", "iroh-blobs", "bao-tree"],
        to: &["linli-net"],
        reason: "the network libraries stay exchangeable behind one driver each",
    },
    Reserved {
        packages: &["egui", "eframe", "egui_extras", "egui_kittest"],
        // The shift of sixty visitors is played on the drawn window from outside of it; the bench times its frames.
        to: &["linli-bench", "linli-desktop", "linli-e2e"],
        reason: "everything a person reads is made as plain data first, and tested as text",
    },
];

/// A crate and the packages it must know nothing of.
pub struct Apart {
    /// The crate.
    pub name: &'static str,
    /// What it must not know.
    pub from: &'static [&'static str],
    /// True if no way through other crates may lead there either.
    pub not_even_through_others: bool,
    /// Why.
    pub reason: &'static str,
}

/// Pairs that ranks alone would allow.
pub const APART: &[Apart] = &[
    Apart {
        name: "linli-oracle",
        from: &[
            "linli-keys",
            "linli-charter",
            "linli-vault",
            "linli-record",
            "linli-log",
            "linli-protocol",
            "linli-node",
        ],
        not_even_through_others: true,
        reason: "a second model of validity that shares code with the first one finds nothing",
    },
    Apart {
        name: "linli-protocol",
        from: &["linli-record", "automerge"],
        not_even_through_others: true,
        reason: "it moves carried entries unopened and asks for judgement",
    },
    Apart {
        name: "linli-desktop",
        from: &[
            "linli-keys",
            "linli-charter",
            "linli-log",
            "linli-protocol",
            "linli-net",
        ],
        not_even_through_others: false,
        reason: "a window knows what to show, neither keys nor links",
    },
];

/// Packages that no way from ranks 0 to 4 may lead to, in tests neither.
pub const UNREACHED: &[(&str, &str)] = &[
    ("tokio", "a runtime is the node's choice"),
    ("libp2p", "sockets are an adapter's"),
    ("iroh", "sockets are an adapter's"),
    ("redb", "files are an adapter's"),
    ("egui", "pixels are the desktop's"),
    ("eframe", "pixels are the desktop's"),
];

/// Packages that ranks 0 to 4 may not name themselves. Others bring them along, for code we do not call.
pub const UNNAMED: &[(&str, &str)] = &[
    (
        "getrandom",
        "randomness is a parameter, so that a run can be replayed",
    ),
    (
        "rand",
        "randomness is a parameter, so that a run can be replayed",
    ),
    ("directories", "a place on disk is an adapter's to choose"),
    ("tempfile", "files are an adapter's"),
    ("keyring", "secrets at rest are the vault's"),
    ("interprocess", "sockets are an adapter's"),
];

const CLOCK: &str = "time is a parameter, so that a run can be replayed";
const DICE: &str = "randomness is a parameter, so that a run can be replayed";
const OUTSIDE: &str = "the core touches nothing outside itself";

/// Paths that the shipped source of ranks 0 to 4 does not name.
pub const WORLD: &[(&[&str], &str)] = &[
    (&["std", "time", "SystemTime"], CLOCK),
    (&["std", "time", "Instant"], CLOCK),
    (&["SystemTime", "now"], CLOCK),
    (&["Instant", "now"], CLOCK),
    (&["Timestamp", "now"], CLOCK),
    (&["Zoned", "now"], CLOCK),
    (&["std", "fs"], OUTSIDE),
    (&["std", "net"], OUTSIDE),
    (&["std", "process"], OUTSIDE),
    (&["std", "env"], OUTSIDE),
    (
        &["std", "thread"],
        "order comes from the caller, not from a scheduler",
    ),
    (&["tokio"], "a runtime is the node's choice"),
    (&["getrandom"], DICE),
    (&["thread_rng"], DICE),
    (&["OsRng"], DICE),
    (&["SysRng"], DICE),
    (&["rand", "rng"], DICE),
    (&["rand", "random"], DICE),
    (&["ActorId", "random"], DICE),
];
