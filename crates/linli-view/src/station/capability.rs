//! Every capability of a gate and of passes and calls, once: how the command line reaches it, and how the screen does.
//!
//! Three tests hold on to this table: the command exists in the command tree and no command of `gate`, `pass` and `ring`
//! is missing here (`linli`), the key or button works in the drawn station or the drawn window of host and office
//! (`linli-desktop`), the page of the guide says the same (here).

use super::Mode;
use crate::words::Catalogue;
use std::fmt::Write as _;

/// How the screen reaches a capability.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// By the key and the button of a mode, and Enter.
    Mode(Mode),
    /// By a key that is no mode: its name as a guard reads it.
    Key(&'static str),
    /// The gate asks for it by itself when this code comes.
    Asked(&'static str),
    /// It is always on the screen, under this heading or sentence (a Fluent key).
    Shown(&'static str),
    /// By the button beside a line: its word (a Fluent key).
    Beside(&'static str),
    /// A field or a row of buttons of this name in the form for a pass, in the window of host and office.
    Form(&'static str),
    /// The same, at an office alone.
    OfficeForm(&'static str),
    /// A button of this word on the page of a pass.
    Card(&'static str),
    /// This word on the page of visitors of host and office.
    Visitors(&'static str),
    /// The same, at an office alone.
    OfficeVisitors(&'static str),
    /// This word on the page of the doorbell of a household.
    Doorbell(&'static str),
    /// A gate may not do it; the screen of whoever may does, which the Fluent key names.
    Elsewhere(&'static str),
    /// It has no screen; the Fluent key says why.
    NoScreen(&'static str),
}

/// One thing that can be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Capability {
    /// Its name, the Fluent key of what it is.
    pub word: &'static str,
    /// The command, from the group on: `["gate", "check"]`.
    pub command: &'static [&'static str],
    /// The argument that makes the difference: an option by its long name, or nothing.
    pub option: Option<&'static str>,
    /// How the screen reaches it.
    pub reach: Reach,
}

const fn can(
    word: &'static str,
    command: &'static [&'static str],
    option: Option<&'static str>,
    reach: Reach,
) -> Capability {
    Capability {
        word,
        command,
        option,
        reach,
    }
}

const CHECK: &[&str] = &["gate", "check"];
const ISSUE: &[&str] = &["pass", "issue"];
const SHOW: &[&str] = &["pass", "show"];
const CANCEL_ALL: &[&str] = &["pass", "cancel-all"];
const RESIDENTS: &[&str] = &["pass", "residents"];
const RINGS: &[&str] = &["ring", "list"];
const ANSWER: &[&str] = &["ring", "answer"];
const ORDER: &[&str] = &["ring", "order"];

/// All of them: a gate's in the order of the keys, then passes and calls.
pub const CAPABILITIES: &[Capability] = &[
    can("can-pass", CHECK, None, Reach::Mode(Mode::Scan)),
    can("can-code", CHECK, Some("code"), Reach::Mode(Mode::Scan)),
    can("can-plate", CHECK, Some("plate"), Reach::Mode(Mode::Plate)),
    can(
        "can-lane-plate",
        CHECK,
        Some("lane-plate"),
        Reach::Key("F2 F1"),
    ),
    can(
        "can-companions",
        CHECK,
        Some("companions"),
        Reach::Key("↑ ↓"),
    ),
    can("can-pin", CHECK, Some("pin"), Reach::Asked("E_PIN")),
    can(
        "can-picture",
        CHECK,
        Some("image"),
        Reach::Mode(Mode::Picture),
    ),
    can(
        "can-walk-in",
        &["gate", "walk-in"],
        Some("unit"),
        Reach::Mode(Mode::WalkIn),
    ),
    can("can-ring", &["gate", "ring"], None, Reach::Key("F3")),
    can(
        "can-delivery",
        &["gate", "walk-in"],
        Some("delivery"),
        Reach::Mode(Mode::Delivery),
    ),
    can(
        "can-exit",
        &["gate", "exit"],
        Some("plate"),
        Reach::Mode(Mode::Exit),
    ),
    can(
        "can-exit-code",
        &["gate", "exit"],
        Some("code"),
        Reach::Mode(Mode::Exit),
    ),
    can(
        "can-exit-line",
        &["gate", "exit"],
        None,
        Reach::Beside("station-leave"),
    ),
    can(
        "can-hand-over",
        &["gate", "handover"],
        Some("badge"),
        Reach::Mode(Mode::Badge),
    ),
    can(
        "can-correct",
        &["gate", "correct"],
        Some("reason"),
        Reach::Mode(Mode::Correct),
    ),
    can(
        "can-override",
        &["gate", "override"],
        Some("reason"),
        Reach::Mode(Mode::Override),
    ),
    can(
        "can-open-all",
        &["gate", "open-all"],
        Some("reason"),
        Reach::Mode(Mode::OpenAll),
    ),
    can(
        "can-shut",
        &["gate", "open-all"],
        Some("end"),
        Reach::Mode(Mode::OpenAll),
    ),
    can(
        "can-incidents",
        &["gate", "incidents"],
        None,
        Reach::Mode(Mode::Incidents),
    ),
    can(
        "can-evacuation",
        &["gate", "evacuation"],
        None,
        Reach::Mode(Mode::Evacuation),
    ),
    can(
        "can-inside",
        &["gate", "inside"],
        None,
        Reach::Shown("station-inside"),
    ),
    can(
        "can-expected",
        &["gate", "expected"],
        None,
        Reach::Shown("station-expected"),
    ),
    can(
        "can-log",
        &["gate", "log"],
        None,
        Reach::Shown("station-recent"),
    ),
    can(
        "can-export",
        &["gate", "log"],
        Some("export"),
        Reach::NoScreen("can-export-why"),
    ),
    can(
        "can-status",
        &["gate", "status"],
        None,
        Reach::Shown("station-cancels"),
    ),
    can(
        "can-serve",
        &["gate", "serve"],
        None,
        Reach::NoScreen("can-serve-why"),
    ),
    can(
        "can-resident",
        &["gate", "walk-in"],
        Some("resident"),
        Reach::Key("F3 F3"),
    ),
    can(
        "can-walk-in-plate",
        &["gate", "walk-in"],
        Some("plate"),
        Reach::Key("F2 F3"),
    ),
    can(
        "can-refuse",
        &["gate", "refuse", "list"],
        None,
        Reach::Mode(Mode::Refusals),
    ),
    can(
        "can-refuse-add",
        &["gate", "refuse", "add"],
        None,
        Reach::Elsewhere("can-refuse-where"),
    ),
    can(
        "can-refuse-remove",
        &["gate", "refuse", "remove"],
        None,
        Reach::Elsewhere("can-refuse-where"),
    ),
    can("can-unit", &["gate", "unit"], None, Reach::Mode(Mode::Unit)),
    can(
        "can-sheet",
        &["gate", "sheet"],
        None,
        Reach::Mode(Mode::Sheet),
    ),
    can(
        "can-incidents-home",
        &["gate", "incidents"],
        None,
        Reach::Visitors("incidents"),
    ),
    can("can-issue", ISSUE, None, Reach::Form("pass-make")),
    can(
        "pass-label",
        ISSUE,
        Some("label"),
        Reach::Form("pass-label"),
    ),
    can("pass-kind", ISSUE, Some("kind"), Reach::Form("pass-kind")),
    can("can-from", ISSUE, Some("from"), Reach::Form("pass-from")),
    can("can-until", ISSUE, Some("until"), Reach::Form("pass-until")),
    can(
        "can-host",
        ISSUE,
        Some("host"),
        Reach::OfficeForm("pass-host"),
    ),
    can(
        "pass-entries",
        ISSUE,
        Some("entries"),
        Reach::Form("pass-entries"),
    ),
    can(
        "pass-group-people",
        ISSUE,
        Some("group"),
        Reach::Form("pass-group-people"),
    ),
    can("pass-gates", ISSUE, Some("gate"), Reach::Form("pass-gates")),
    can(
        "pass-plate",
        ISSUE,
        Some("plate"),
        Reach::Form("pass-plate"),
    ),
    can(
        "pass-companions",
        ISSUE,
        Some("companions"),
        Reach::Form("pass-companions"),
    ),
    can("can-issue-pin", ISSUE, Some("pin"), Reach::Form("pass-pin")),
    can(
        "can-pin-file",
        ISSUE,
        Some("pin-file"),
        Reach::NoScreen("can-pin-file-why"),
    ),
    can(
        "can-window",
        ISSUE,
        Some("window"),
        Reach::Form("pass-week"),
    ),
    can("can-png", ISSUE, Some("png"), Reach::Card("pass-copy")),
    can("can-pdf", ISSUE, Some("pdf"), Reach::Card("card-a7")),
    can("can-paper", ISSUE, Some("paper"), Reach::Card("card-a4")),
    can(
        "can-text",
        ISSUE,
        Some("text"),
        Reach::NoScreen("can-text-why"),
    ),
    can("can-png", SHOW, Some("png"), Reach::Card("pass-copy")),
    can("can-pdf", SHOW, Some("pdf"), Reach::Card("card-a7")),
    can("can-paper", SHOW, Some("paper"), Reach::Card("card-a4")),
    can(
        "can-text",
        SHOW,
        Some("text"),
        Reach::NoScreen("can-text-why"),
    ),
    can(
        "can-list",
        &["pass", "list"],
        None,
        Reach::Visitors("pass-list-now"),
    ),
    can("can-show", SHOW, None, Reach::Visitors("pass-show-name")),
    can(
        "can-cancel",
        &["pass", "cancel"],
        None,
        Reach::Card("pass-cancel"),
    ),
    can(
        "can-cancel-all",
        CANCEL_ALL,
        None,
        Reach::Visitors("pass-all"),
    ),
    can(
        "can-residents",
        RESIDENTS,
        None,
        Reach::OfficeVisitors("plates-look"),
    ),
    can(
        "can-residents-apply",
        RESIDENTS,
        Some("apply"),
        Reach::OfficeVisitors("plates-apply"),
    ),
    can(
        "can-regulars",
        &["pass", "regulars"],
        None,
        Reach::Visitors("regulars"),
    ),
    can(
        "can-keep",
        &["pass", "keep"],
        None,
        Reach::Card("pass-keep"),
    ),
    can(
        "can-forget",
        &["pass", "forget"],
        None,
        Reach::Card("pass-forget"),
    ),
    can(
        "can-decode",
        &["pass", "decode"],
        None,
        Reach::NoScreen("can-decode-why"),
    ),
    can(
        "can-pass-check",
        &["pass", "check"],
        None,
        Reach::NoScreen("can-pass-check-why"),
    ),
    can(
        "can-vectors",
        &["pass", "vectors"],
        None,
        Reach::NoScreen("can-vectors-why"),
    ),
    can("can-rings", RINGS, None, Reach::Doorbell("bell-calls")),
    can("can-rings-gate", RINGS, None, Reach::Mode(Mode::Calls)),
    can(
        "can-ring-admit",
        ANSWER,
        Some("admit"),
        Reach::Doorbell("call-admit"),
    ),
    can(
        "can-ring-refuse",
        ANSWER,
        Some("refuse"),
        Reach::Doorbell("call-refuse"),
    ),
    can(
        "can-ring-answer",
        ANSWER,
        None,
        Reach::Doorbell("bell-calls"),
    ),
    can("can-order", ORDER, None, Reach::Doorbell("bell-earlier")),
    can(
        "can-seconds",
        ORDER,
        Some("seconds"),
        Reach::Doorbell("bell-seconds-name"),
    ),
];

/// The table as a page of the guide, both languages side by side.
#[must_use]
pub fn guide(zh: &Catalogue, en: &Catalogue) -> String {
    let mut page = String::from(
        "# What a gate, a host and an office can do, by command and by screen\n\n\
         Written from `crates/linli-view/src/station/capability.rs`; a test says when this page is old, and \
         `LINLI_WRITE=1 cargo test -p linli-view the_guide` writes it anew. More keys: `Space` or `Esc` calls the next \
         visitor, `F11` is full screen, `Ctrl+L` changes between day and night.\n\n\
         | 能做什么 | what | command | screen 屏幕 |\n|---|---|---|---|\n",
    );
    for can in CAPABILITIES {
        let option = can
            .option
            .map(|name| format!(" --{name}"))
            .unwrap_or_default();
        let both = |key: &str| format!("{} / {}", bare(zh, key), bare(en, key));
        let place = |place: &str, word: &str| format!("{place}: {word}");
        let screen = match can.reach {
            Reach::Mode(mode) => format!("`{}` {}", mode.key(), both(mode.word())),
            Reach::Key(key) => format!("`{key}`"),
            Reach::Asked(code) => format!("asked for after `{code}` 出现时会问"),
            Reach::Shown(key) => format!("always shown 一直显示: {}", both(key)),
            Reach::Beside(key) => format!("button 按钮: {}", both(key)),
            Reach::Form(key) => place("form of a pass 邀请访客", &both(key)),
            Reach::OfficeForm(key) => {
                place("an office's form of a pass 单位的邀请访客", &both(key))
            }
            Reach::Card(key) => place("page of a pass 一张码", &both(key)),
            Reach::Visitors(key) => place("page 页: 访客 / Visitors", &both(key)),
            Reach::OfficeVisitors(key) => {
                place("an office's page 单位的页: 访客 / Visitors", &both(key))
            }
            Reach::Doorbell(key) => place("page 页: 门铃 / Doorbell", &both(key)),
            Reach::Elsewhere(key) | Reach::NoScreen(key) => both(key),
        };
        // Writing into a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {} | `linli {}{option}` | {screen} |",
            zh.say(can.word),
            en.say(can.word),
            can.command.join(" "),
        );
    }
    page
}

/// A heading without what stands in it at run time.
fn bare(words: &Catalogue, key: &str) -> String {
    let said = words.text(
        key,
        &[
            ("n", "…".into()),
            ("time", "…".into()),
            ("label", "…".into()),
        ],
    );
    said.replace(['\u{2068}', '\u{2069}'], "")
}
