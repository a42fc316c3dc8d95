//! From the answers' JSON to the desktop's types.

mod posts;

pub(crate) use posts::post;
pub(super) use posts::{comment, earlier, queued};

use crate::api::{Fault, GateAct};
use linli_charter::PrincipalKind;
use linli_view::api as view;
use serde_json::Value;

/// Most lines of its log that a gate station is sent at once.
const GATE_LOG_MAX: usize = 50;

pub(super) fn list<T>(value: &Value, one: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().into_iter().flatten().map(one).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn opt_text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_default()
}

fn word<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

pub(super) const fn kind(kind: PrincipalKind) -> view::PrincipalKind {
    match kind {
        PrincipalKind::Household => view::PrincipalKind::Household,
        PrincipalKind::Office => view::PrincipalKind::Office,
        PrincipalKind::Gate => view::PrincipalKind::Gate,
        PrincipalKind::Screen => view::PrincipalKind::Screen,
    }
}

/// Of what is not this home's own there is nothing to say.
fn delivery(value: &Value) -> view::Delivery {
    serde_json::from_value(value.clone()).unwrap_or_default()
}

/// The CAP word.
pub(super) fn severity_word(severity: view::Severity) -> Option<String> {
    serde_json::to_value(severity)
        .ok()?
        .as_str()
        .map(str::to_owned)
}

/// What goes with a post or notice.
fn files(list: &Value) -> Vec<view::FileItem> {
    serde_json::from_value(list.clone()).unwrap_or_default()
}

/// The notice of a template or of one that waits, as its form has it.
fn request(n: &Value) -> view::NoticeRequest {
    let english = opt_text(&n["title_en"]).zip(opt_text(&n["body_en"]));
    view::NoticeRequest {
        title: text(&n["title"]),
        body: text(&n["body"]),
        english,
        severity: word(&n["severity"]),
        cap: word(&n["cap"]).unwrap_or_default(),
        area: list(&n["area"], text),
        effective_ms: n["effective_ms"].as_u64(),
        expires_ms: n["expires_ms"].as_u64(),
        confirm: n["confirm"].as_bool().unwrap_or_default(),
        comments_closed: n["comments"] == false,
        corrects: None,
    }
}

pub(super) fn scheduled(one: &Value) -> view::ScheduledItem {
    view::ScheduledItem {
        id: text(&one["id"]),
        at_ms: number(&one["at_ms"]),
        state: text(&one["state"]),
        title: text(&one["title"]),
        notice: view::NoticeRequest {
            corrects: opt_text(&one["corrects"]),
            ..request(&one["notice"])
        },
    }
}

pub(super) fn template(one: &Value) -> view::TemplateItem {
    let notice = request(&one["notice"]);
    view::TemplateItem {
        id: text(&one["id"]),
        name: text(&one["name"]),
        title: notice.title,
        body: notice.body,
        english: notice.english,
        severity: notice.severity,
        cap: notice.cap,
        area: notice.area,
        confirm: notice.confirm,
        comments_closed: notice.comments_closed,
    }
}

pub(super) fn notice(n: &Value) -> view::NoticeItem {
    let english = opt_text(&n["title_en"]).map(|title| view::NoticeText {
        lang: "en".into(),
        title,
        body: text(&n["body_en"]),
    });
    let area: Vec<String> = list(&n["area"], text);
    view::NoticeItem {
        id: text(&n["id"]),
        org: text(&n["org"]),
        org_name: text(&n["org_name"]),
        signed_by: text(&n["signed_by"]),
        text: view::NoticeText {
            lang: "zh-CN".into(),
            title: text(&n["title"]),
            body: text(&n["body"]),
        },
        also: english.into_iter().collect(),
        severity: word(&n["severity"]),
        cap: view::CapWords {
            urgency: word(&n["urgency"]),
            certainty: word(&n["certainty"]),
            response: word(&n["response"]),
            category: word(&n["category"]),
        },
        area: if area.is_empty() {
            view::Area::All
        } else {
            view::Area::Buildings(area)
        },
        cells: list(&n["cells"], text),
        published_ms: number(&n["published_ms"]),
        heard_ms: number(&n["heard_ms"]),
        effective_ms: n["effective_ms"].as_u64(),
        expires_ms: n["expires_ms"].as_u64(),
        needs_confirm: n["asks_me"].as_bool().unwrap_or_default(),
        confirm_asked: n["needs_confirm"].as_bool().unwrap_or_default(),
        ours: n["ours"].as_bool().unwrap_or_default(),
        reminders: list(&n["reminded_ms"], number)
            .len()
            .try_into()
            .unwrap_or(u32::MAX),
        confirmed_by_me_ms: n["confirmed_by_me_ms"].as_u64(),
        read_ms: n["read_ms"].as_u64(),
        corrects: opt_text(&n["corrects"]),
        corrected_by: opt_text(&n["corrected_by"]),
        retracted: n["retracted"].is_object().then(|| view::Retraction {
            by: text(&n["retracted"]["by"]),
            reason: text(&n["retracted"]["reason"]),
            at_ms: number(&n["retracted"]["at_ms"]),
        }),
        files: files(&n["files"]),
        said: list(&n["said"], comment),
        said_left_out: number(&n["said_left_out"]),
        comments_closed_ms: n["comments_closed_ms"].as_u64(),
        delivery: delivery(&n["delivery"]),
        valid: n["valid"].as_bool().unwrap_or_default(),
    }
}

pub(super) fn pass(p: &Value) -> view::PassItem {
    let small = |v: &Value| u8::try_from(number(v)).unwrap_or(u8::MAX);
    view::PassItem {
        id: text(&p["id"]),
        label: text(&p["label"]),
        kind: word(&p["kind"]).unwrap_or_default(),
        from_s: number(&p["from_s"]),
        until_s: number(&p["until_s"]),
        entries: small(&p["entries"]),
        used: u32::try_from(number(&p["used"])).unwrap_or(u32::MAX),
        last_used_ms: p["arrived_ms"].as_u64(),
        left_ms: p["left_ms"].as_u64(),
        companions: small(&p["companions"]),
        gates: list(&p["gates"], |g| view::GateHeard {
            no: small(&g["no"]),
            name: text(&g["name"]),
            heard: g["heard"].as_bool().unwrap_or_default(),
            as_of_ms: g["as_of_ms"].as_u64(),
        }),
        names_gates: p["names_gates"].as_bool().unwrap_or_default(),
        plate: opt_text(&p["plate"]),
        short_code: text(&p["short_code"]),
        cancelled_ms: p["cancelled_ms"].as_u64(),
        issued_ms: number(&p["issued_ms"]),
        delivery: delivery(&p["delivery"]),
        windows: known(&p["windows"]),
        pin: p["pin"].as_bool().unwrap_or_default(),
        host: opt_text(&p["host"]),
        mark: text(&p["mark"]),
    }
}

pub(super) fn found(query: &str, data: &Value) -> view::FoundList {
    let small = |v: &Value| u32::try_from(number(v)).unwrap_or(u32::MAX);
    let marks = |v: &Value| list(v, |mark| (small(&mark[0]), small(&mark[1])));
    let item = |hit: &Value| {
        Some(view::FoundItem {
            kind: word(&hit["kind"])?,
            id: text(&hit["id"]),
            title: text(&hit["title"]),
            title_marks: marks(&hit["title_marks"]),
            snippet: text(&hit["snippet"]),
            marks: marks(&hit["marks"]),
            unit: opt_text(&hit["unit"]),
            over: hit["status"] == "over",
            at_ms: hit["at_ms"].as_u64(),
        })
    };
    view::FoundList {
        query: query.trim().to_owned(),
        hits: list(&data["hits"], item).into_iter().flatten().collect(),
        total: small(&data["total"]),
        as_of_ms: number(&data["as_of_ms"]),
    }
}

/// Whom an area would address, with what one may choose from.
pub(super) fn area(
    asked: Vec<String>,
    data: &Value,
    grid: &Value,
) -> Result<view::AreaFacts, Fault> {
    let read = |value: &Value| serde_json::from_value(value.clone());
    let mut facts: view::AreaFacts = read(data).map_err(|_| Fault::ours("answer"))?;
    facts.asked = asked;
    facts.grid = list(&grid["cells"], |cell| view::CellItem {
        cell: text(&cell["cell"]),
        units: u32::try_from(number(&cell["units"])).unwrap_or(u32::MAX),
    });
    facts.buildings = list(&grid["buildings"], |building| view::BuildingItem {
        building: text(&building["building"]),
        units: u32::try_from(number(&building["units"])).unwrap_or(u32::MAX),
    });
    Ok(facts)
}

fn reason(value: &Value) -> Option<view::Reason> {
    let word = value.as_str()?.replace('-', "_");
    serde_json::from_value(Value::String(word)).ok()
}

pub(super) fn peers(data: &Value, facts: view::SyncFacts) -> view::SyncReport {
    view::SyncReport {
        as_of_ms: number(&data["as_of_ms"]),
        reason: reason(&data["reason"]),
        facts,
        peers: list(&data["peers"], |p| view::PeerItem {
            device: text(&p["device"]),
            name: text(&p["short"]),
            kind: word(&p["kind"]).unwrap_or(view::PrincipalKind::Other),
            owner: text(&p["label"]),
            unit: opt_text(&p["unit"]),
            state: if p["online"].as_bool().unwrap_or_default() {
                view::PeerState::Online
            } else if p["paused"].as_bool().unwrap_or_default() {
                view::PeerState::Paused
            } else {
                view::PeerState::Away
            },
            last_met_ms: p["last_met_ms"].as_u64(),
            lacks: p["lacks"].as_u64(),
            they_have_more: p["they_have_more"].as_bool().unwrap_or_default(),
            reason: reason(&p["reason"]),
        }),
        undelivered: Vec::new(),
        clock_skew_ms: data["ahead_ms"].as_i64(),
    }
}

/// Where a gate stands.
pub(super) fn gate(data: &Value) -> view::GateStatus {
    view::GateStatus {
        no: u8::try_from(number(&data["gate"]["no"])).unwrap_or_default(),
        name: opt_text(&data["gate"]["name"]),
        clock: opt_text(&data["clock"]),
        cancels_as_of_ms: data["cancels_as_of_ms"].as_u64(),
        grants: number(&data["grants"]),
        badge: opt_text(&data["badge"]),
        open_all: !data["open_all"].is_null() && data["open_all"] != false,
    }
}

/// A guard's act as the command line gives it.
pub(super) fn act(act: view::GuardAct) -> GateAct {
    match act {
        view::GuardAct::Exit { event, plate, code } => GateAct::Exit { event, plate, code },
        view::GuardAct::Override {
            event,
            reason,
            badge,
        } => GateAct::Override {
            event,
            reason,
            badge,
        },
        view::GuardAct::HandOver { badge } => GateAct::HandOver { badge },
        view::GuardAct::OpenAll { reason, badge } => GateAct::OpenAll { reason, badge },
        view::GuardAct::CloseAll { badge } => GateAct::CloseAll { badge },
        view::GuardAct::Correct {
            event,
            reason,
            badge,
        } => GateAct::Correct {
            event,
            reason,
            badge,
        },
    }
}

/// The items of a list that have the shape the desktop knows.
pub(super) fn known<T: serde::de::DeserializeOwned>(items: &Value) -> Vec<T> {
    let items = items.as_array().into_iter().flatten();
    items
        .filter_map(|item| serde_json::from_value(item.clone()).ok())
        .collect()
}

/// The newest scans of a gate's log; a line this version does not know is left out.
pub(super) fn gate_log(events: &Value) -> Vec<view::GateEvent> {
    events
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|event| serde_json::from_value(event.clone()).ok())
        .take(GATE_LOG_MAX)
        .collect()
}

/// The codes the desktop has a page for; of the rest it says what the command line says.
pub(super) fn fault(fault: &Fault) -> view::Fault {
    let code = match fault.code.as_str() {
        "no-home" => view::FaultCode::NoHome,
        "no-community" | "still-joining" => view::FaultCode::NoCommunity,
        "passphrase-needed" => view::FaultCode::Locked,
        "wrong-passphrase" => view::FaultCode::WrongPassphrase,
        "home-busy" => view::FaultCode::Busy,
        "home-newer" | "keys-newer" => view::FaultCode::TooNew,
        "disk-full" => view::FaultCode::DiskFull,
        "ruled-meanwhile" => view::FaultCode::RuledMeanwhile,
        "draft-gone" => view::FaultCode::DraftGone,
        "drafts-many" => view::FaultCode::DraftsMany,
        "draft-too-long" => view::FaultCode::DraftTooLong,
        "register-changed" => view::FaultCode::RegisterChanged,
        "batch-applied"
        | "batch-undone"
        | "batch-not-applied"
        | "batch-other-version"
        | "no-batch" => view::FaultCode::BatchMeanwhile,
        "bad-grid" => view::FaultCode::BadCell,
        "bad-area" => view::FaultCode::BadPlace,
        "grid-no-place" => view::FaultCode::PlaceUnknown,
        "grid-not-ours" => view::FaultCode::PlaceNotOurs,
        _ => match fault.exit {
            3 => view::FaultCode::BadInput,
            4 => view::FaultCode::NotAllowed,
            6 => view::FaultCode::NotFound,
            8 => view::FaultCode::Storage,
            _ => view::FaultCode::Other,
        },
    };
    view::Fault {
        said: fault.code.clone(),
        args: fault.args.clone(),
        ..view::Fault::of(code)
    }
}

#[cfg(test)]
mod tests {
    //! What the node says and what the window reads are the same words.
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use linli_record::fact::GateResult as R;
    use linli_view::api::GateMark as M;

    #[test]
    fn the_window_counts_reminders_as_the_record_does() {
        use linli_record::fold::{REMINDER_APART_MS, REMINDERS};
        assert_eq!(linli_view::reach::REMINDERS, REMINDERS);
        assert_eq!(linli_view::reach::REMINDER_APART_MS, REMINDER_APART_MS);
    }

    #[test]
    fn a_fault_brings_its_own_code_and_arguments_to_the_window() {
        let said = fault(&Fault::forbidden("remind-too-soon").with("minutes", 4));
        assert_eq!(said.code, view::FaultCode::NotAllowed);
        assert_eq!(said.said, "remind-too-soon");
        assert_eq!(said.args["minutes"], "4");
    }

    #[test]
    fn the_window_knows_every_line_of_a_gates_log() {
        let all = [
            (R::Admit, M::Admit),
            (R::Ask, M::Ask),
            (R::Deny, M::Deny),
            (R::Exit, M::Exit),
            (R::Override, M::Override),
            (R::WalkIn, M::WalkIn),
            (R::OpenAll, M::OpenAll),
            (R::Closed, M::Closed),
            (R::Corrected, M::Corrected),
            (R::HandOver, M::HandOver),
            (R::Transfer, M::Transfer),
            (R::Refused, M::Refused),
        ];
        for (said, read) in all {
            let line = serde_json::json!([{ "id": "e", "at_ms": 1, "result": said.word() }]);
            assert_eq!(gate_log(&line)[0].result, read, "{}", said.word());
        }
        let later = serde_json::json!([{ "id": "e", "at_ms": 1, "result": "SOMETHING_NEW" }]);
        assert_eq!(gate_log(&later)[0].result, M::Other);
    }
}
