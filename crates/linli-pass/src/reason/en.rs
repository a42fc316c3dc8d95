//! The gate's sentences in English.

use super::{ChainFault, Of, PinFault, Reason, Setting, hours_minutes};
use crate::plate::Near;
use crate::token::TokenError;
use linli_base::UnixSec;

pub(super) fn sentence(reason: &Reason, s: &Setting<'_>) -> String {
    match reason {
        Reason::Admit { .. } | Reason::NoPass | Reason::CodeTwice | Reason::Repeat(_) => plain(reason, s),
        Reason::Token(error) => token(error).into(),
        Reason::HolderBound => {
            "This pass is bound to the visitor's phone; this gate must be updated to check it. Call the host".into()
        }
        Reason::KeyUnknown => "The key is not known here: ask the host for the pass with its certificate".into(),
        Reason::Chain(fault) => chain(*fault).into(),
        Reason::IssuerUnknown => "Issued by nobody known in this estate: ask where the visitor is going".into(),
        Reason::WeakKey => "Signed with a key that anyone could use: do not accept, tell the committee".into(),
        Reason::Sig => "Bad signature, the pass was altered or not read whole: ask the host for a new one".into(),
        Reason::Role => "That device may not invite visitors: ask the host to use another device".into(),
        Reason::Held { before: true } => "Issued before its device was put on hold: call the host, then decide".into(),
        Reason::Held { before: false } => "Issued after its device was put on hold: do not admit, see the committee".into(),
        Reason::Revoked => "The device that issued it is revoked: ask the host for a pass from the new device".into(),
        Reason::Retired => "The household that issued it has moved out: see the property office".into(),
        Reason::Cancelled { .. }
        | Reason::NotYet { .. }
        | Reason::Expired { .. }
        | Reason::TooLong { .. }
        | Reason::Window { .. }
        | Reason::Used { .. } => times(reason, s),
        Reason::Iss => "The pass names one household and is signed by another: call the host".into(),
        Reason::Aud { gates } if gates.is_empty() => "This pass is for another estate: ask where the visitor is going".into(),
        Reason::Aud { gates } => format!("This pass is for {} only: please use it there", names(gates, s)),
        Reason::Gate { gates } => format!("This gate is not in the pass: please use {}", names(gates, s)),
        Reason::Plate { granted, seen: Some(seen) } => {
            format!("The pass says {}, the camera reads {}: please check", granted.as_str(), seen.reveal())
        }
        Reason::Plate { granted, seen: None } => {
            format!("The pass is for {} and no plate was read: look at the car", granted.as_str())
        }
        Reason::Away { took_over: true, .. } => {
            "This gate's computer was replaced and cannot know whether the pass was used: call the host".into()
        }
        Reason::Away { home, .. } => {
            format!("Counted at {}, which has not handed the entry over: call the host, then decide", name(*home, s))
        }
        Reason::Companions { granted, seen } => format!("{seen} companions, {granted} granted: ask the host"),
        Reason::Pin(fault) => pin(*fault),
        Reason::Clock => "This gate's clock is not reliable, it cannot tell that the pass has not expired: call the host".into(),
        Reason::Stale { age_s: u64::MAX } => "This gate has never heard a list of cancellations: call the host".into(),
        Reason::Stale { age_s } => {
            format!("Cancellations are {} old, too old for so long a pass: call the host", length(*age_s))
        }
        Reason::Log => "The log cannot be written, so nothing opens: note it on paper, the guard decides".into(),
        Reason::Listed { estate: true } => "On the estate's refusal list: do not admit; complaints go to the property office".into(),
        Reason::Listed { estate: false } => "That household does not receive this person: please leave; complaints go to the property office".into(),
        Reason::PlateUnknown { read } => format!("Plate {} is not heard of here: ask for the code", read.reveal()),
        Reason::PlateNear { read, booked, near } => {
            let why = match near {
                None => "but the reading is in doubt",
                Some(Near::LookAlike) => "one look-alike character apart",
                Some(Near::OneEdit) => "one character apart",
            };
            format!("Read {}, booked {}, {why}: look at the car", read.as_str(), booked.as_str())
        }
        Reason::Inside { since } => format!("This car is marked as inside since {}: check that it is the same one", at(*since, s)),
        Reason::CodeUnknown => "Code not heard of here: read it again or call the household".into(),
        Reason::CodeLocked { wait_s } => format!("Five wrong codes: wait {wait_s} seconds or show the QR code"),
    }
}

fn plain(reason: &Reason, s: &Setting<'_>) -> String {
    match reason {
        Reason::Admit { entry, unheard } => {
            let mut out = String::from("May enter");
            if let Some((n, of)) = entry {
                out.push_str(&format!(", entry {n} of {of}"));
            }
            if *unheard {
                out.push_str("; household not heard of before, its certificate is good");
            }
            out
        }
        Reason::CodeTwice => {
            "Two passes have this short code: ask which household, and for the QR code".into()
        }
        Reason::Repeat(what) => {
            format!(
                "Same code within ten seconds, nothing opens and nothing is counted: {}",
                sentence(what, s)
            )
        }
        _ => "No pass: call the household; if nobody answers, the guard decides".into(),
    }
}

fn token(error: &TokenError) -> &'static str {
    match error {
        TokenError::Long | TokenError::Prefix => {
            "Not a visitor pass: ask for the code the host sent"
        }
        TokenError::Version | TokenError::Claims(crate::GrantError::Newer) => {
            "A newer kind of pass: update this gate, and call the host for now"
        }
        TokenError::Base45 => {
            "The code was misread: scan again, or ask the host to send the picture again"
        }
        TokenError::Cbor(_) | TokenError::Shape | TokenError::Size => {
            "Incomplete pass: ask the host to send the picture again"
        }
        TokenError::Claims(_) => "What the pass says breaks the format: ask the host for a new one",
        TokenError::NotCanonical(_) => {
            "Not written as passes are, perhaps altered: ask the host for a new one"
        }
        TokenError::Header(_) => {
            "The pass has the wrong headers: ask the host to issue it with Linli again"
        }
        TokenError::Typ => {
            "Another kind of document, not a visitor pass: ask for the code the host sent"
        }
    }
}

fn chain(fault: ChainFault) -> &'static str {
    match fault {
        ChainFault::Form => {
            "The certificate with it cannot be read: ask the host to send the pass again"
        }
        ChainFault::Signature => "The certificate with it has a bad signature: call the host",
        ChainFault::Time => {
            "The certificate with it is not valid now: ask the host to connect, renew and send again"
        }
        ChainFault::Kid => {
            "The certificate with it is another device's: ask the host to send the pass again"
        }
        ChainFault::Community => {
            "The certificate with it is from another estate: ask where the visitor is going"
        }
        ChainFault::Scope => {
            "The key that issued the certificate has no say over this unit: see the committee"
        }
        ChainFault::NotEnrolled => {
            "The enrolment it claims does not exist: do not admit, tell the committee"
        }
    }
}

fn times(reason: &Reason, s: &Setting<'_>) -> String {
    match reason {
        Reason::NotYet { from, of: Of::Pass } => format!("Not valid yet, starts {}: please come back then", at(*from, s)),
        Reason::NotYet { .. } => "The issuing device's certificate is not valid yet: call the host".into(),
        Reason::Expired { of: Of::Certificate, .. } => {
            "The issuing device's certificate has expired: ask the host to connect, renew and send again".into()
        }
        Reason::Expired { since, by_floor: true, .. } => {
            format!("Expired {}, certain even with this clock: ask the host for a new one", at(*since, s))
        }
        Reason::Expired { since, .. } => {
            let ago = length(s.now.0.saturating_sub(since.0));
            format!("Expired {ago} ago: ask the host for a new one")
        }
        Reason::TooLong { life_s, max_s } => {
            format!("Valid for {}, at most {} are allowed: ask the host for a new one", long(*life_s), long(*max_s))
        }
        Reason::Window { next: Some(next) } => format!("Not in its hours now, next opening {}: please come back then", at(*next, s)),
        Reason::Window { next: None } => "Not in its hours now and none are left before it ends: call the host".into(),
        Reason::Cancelled { at: when, all } => {
            let when = when.map(|t| format!(" {}", at(t, s))).unwrap_or_default();
            let what = if *all { " with all earlier ones" } else { "" };
            format!("Cancelled by the host{when}{what}: call the host")
        }
        Reason::Used { at: when, gate, entries } => {
            let when = when.map(|t| format!(" {}", at(t, s))).unwrap_or_default();
            let gate = gate.map(|g| format!(" at {}", name(g, s))).unwrap_or_default();
            let entries = if *entries == 1 { "one entry".into() } else { format!("{entries} entries") };
            format!("Used{when}{gate}, good for {entries} only: call the host")
        }
        _ => String::new(),
    }
}

fn pin(fault: PinFault) -> String {
    match fault {
        PinFault::Missing => {
            "This pass needs a PIN: ask the visitor for the digits the host told".into()
        }
        PinFault::NoMemory => "This gate has no memory left to check the PIN: call the host".into(),
        PinFault::Wrong { left: 0 } => {
            "PIN wrong three times, locked here for 15 minutes: call the host".into()
        }
        PinFault::Wrong { left: 1 } => "Wrong PIN, one more try".into(),
        PinFault::Wrong { left } => format!("Wrong PIN, {left} more tries"),
        PinFault::Locked { wait_s } => {
            format!(
                "PIN wrong three times, locked here for {} more minutes: wait or call the host",
                wait_s.div_ceil(60)
            )
        }
    }
}

fn name(gate: u8, s: &Setting<'_>) -> String {
    s.gates
        .get(&gate)
        .cloned()
        .unwrap_or_else(|| format!("gate {gate}"))
}

fn names(gates: &[u8], s: &Setting<'_>) -> String {
    gates
        .iter()
        .map(|g| name(*g, s))
        .collect::<Vec<_>>()
        .join(", ")
}

fn length(seconds: u64) -> String {
    match hours_minutes(seconds) {
        (0, m) => format!("{m} min"),
        (h, _) if h >= 48 => format!("{} days", h / 24),
        (h, 0) => format!("{h} h"),
        (h, m) => format!("{h} h {m:02} min"),
    }
}

/// Lengths of life, which are whole hours and days.
fn long(seconds: u64) -> String {
    match seconds.div_ceil(3600) {
        h if h > 72 => format!("{} days", h.div_ceil(24)),
        h => format!("{h} hours"),
    }
}

fn at(moment: UnixSec, s: &Setting<'_>) -> String {
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    let (t, now) = (s.offset.local(moment), s.offset.local(s.now));
    let clock = format!("{}:{:02}", t.minute_of_day / 60, t.minute_of_day % 60);
    if (t.year, t.month, t.day) == (now.year, now.month, now.day) {
        return format!("today at {clock}");
    }
    if moment > s.now && moment.0.abs_diff(s.now.0) / 86_400 < 7 {
        return format!("{} at {clock}", DAYS.get(t.weekday as usize).unwrap_or(&""));
    }
    format!("on {}-{:02}-{:02} at {clock}", t.year, t.month, t.day)
}
