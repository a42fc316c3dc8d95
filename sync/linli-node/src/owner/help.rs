//! Calls for help: raised, heard, answered, taken back. Why it is so: `docs/decisions/0021-help-calls.md`.
//!
//! A call stands in the open on the board, with no more in it than whose it is, and sealed in the lane that gates and
//! the property desk read. Offices, gates and named helpers say by themselves that they have it; people say more.

mod care;
mod numbers;
mod shape;

use super::gate::may_grant;
use super::{Owner, answer, ids};
use crate::api::{Answer, Fault, HelpAct};
use crate::home::clock::OsDice;
use crate::replica::{Now, OpFault, Replica, WriteFault};
use linli_base::{Dice as _, LaneClass, LogKey, PrincipalId, Private, ScopeId, base32, hash};
use linli_charter::PrincipalKind;
use linli_record::fact::{HELP_WORDS_CHARS, HelpAck, HelpCall, HelpHow, LetterBody};
use linli_record::row::{Author, HelpAckRow};
use linli_record::{Fact, Row, RowKind};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Most open calls of one household that are listened to, and most ended ones that are shown; the newest.
const CALLS_MAX: usize = 20;
/// Pressing again within this time is the same call.
const AGAIN_MS: u64 = 30 * 60 * 1000;
/// A call that is older alarms nobody.
const ALARM_MS: u64 = 24 * 3600 * 1000;
/// A clock that says less was never set: its calls are taken as new.
const CLOCK_UNSET_MS: u64 = 1_767_225_600_000;
/// Most answers that a device writes by itself for one household within [`ALARM_MS`].
const ANSWERS_MAX: usize = 40;

/// `Local`: `y` ‖ name of a call -> 0 once the gates were told of it for another device, 1 once of its end.
const PASSED_ON: &[u8] = b"y";

/// A call as it is held here, from all its copies.
struct Call {
    key: [u8; 16],
    author: Author,
    practice: bool,
    words: Option<Private<String>>,
    at_ms: u64,
    over_ms: Option<u64>,
    /// Where its open copy stands.
    place: Option<(LogKey, u32)>,
}

impl Call {
    fn name(&self) -> String {
        name_of(&self.author.principal, &self.key)
    }

    fn open(&self) -> bool {
        self.over_ms.is_none()
    }

    /// Whether it is young enough to alarm anybody.
    fn alarms(&self, now: Now) -> bool {
        let young = now.wall.0.saturating_sub(self.at_ms) <= ALARM_MS;
        self.open() && (young || self.at_ms < CLOCK_UNSET_MS)
    }
}

/// How a call is named here: by its caller too, for whoever copies the name of another household's call.
fn id_of(caller: &PrincipalId, key: &[u8; 16]) -> [u8; 16] {
    let mut both = caller.0.to_vec();
    both.extend_from_slice(key);
    hash::first16(&hash::blake3_raw(&both))
}

fn name_of(caller: &PrincipalId, key: &[u8; 16]) -> String {
    shown_id(&id_of(caller, key))
}

fn shown_id(id: &[u8; 16]) -> String {
    format!("h:{}", base32::encode(id))
}

/// Words as a record takes them: lines end with LF, other control characters go.
fn fit_words(words: &str) -> String {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let kept = words
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.collect::<String>().trim().to_owned()
}

/// All calls held here, open ones first, each kind newest first; of a household the newest of each.
fn calls(replica: &Replica) -> Result<Vec<Call>, Fault> {
    let mut held: BTreeMap<(PrincipalId, [u8; 16]), Call> = BTreeMap::new();
    let mut over: BTreeMap<(PrincipalId, [u8; 16]), u64> = BTreeMap::new();
    for (_, row) in replica.rows(RowKind::HelpCall)? {
        let Row::HelpCall(row) = row else { continue };
        let which = (row.author.principal, row.key);
        if row.over {
            let at = over.entry(which).or_insert(row.time_ms);
            *at = row.time_ms.min(*at);
            continue;
        }
        let place = match row.lane == LaneClass::Board as u8 {
            true => replica.place_of(&row.id)?,
            false => None,
        };
        let call = held.entry(which).or_insert_with(|| Call {
            key: row.key,
            author: row.author.clone(),
            practice: row.practice,
            words: None,
            at_ms: row.time_ms,
            over_ms: None,
            place: None,
        });
        // Whoever says once that it is no practice is believed.
        call.practice &= row.practice;
        call.at_ms = call.at_ms.min(row.time_ms);
        call.words = call.words.take().or(row.words);
        call.place = call.place.or(place);
    }
    for (which, at) in over {
        if let Some(call) = held.get_mut(&which) {
            call.over_ms = Some(at);
        }
    }
    let mut all: Vec<Call> = held.into_values().collect();
    all.sort_by_key(|call| std::cmp::Reverse((call.open(), call.at_ms, call.key)));
    let mut counts: BTreeMap<(PrincipalId, bool), usize> = BTreeMap::new();
    all.retain(|call| {
        let count = counts
            .entry((call.author.principal, call.open()))
            .or_default();
        *count += 1;
        *count <= CALLS_MAX
    });
    Ok(all)
}

/// All answers held here.
fn acks(replica: &Replica) -> Result<Vec<HelpAckRow>, Fault> {
    let rows = replica.rows(RowKind::HelpAck)?.into_iter();
    Ok(rows
        .filter_map(|(_, row)| match row {
            Row::HelpAck(ack) => Some(ack),
            _ => None,
        })
        .collect())
}

impl Owner {
    pub(super) fn help_act(&mut self, act: HelpAct) -> Result<Answer, Fault> {
        match act {
            HelpAct::Raise { practice, words } => self.help_raise(practice, words),
            HelpAct::Cancel { id } => self.help_cancel(&id),
            HelpAct::Ack { id, coming } => self.help_ack(&id, coming),
            HelpAct::List => self.help_list(),
            HelpAct::Status { id } => self.help_status(&id),
            HelpAct::Numbers => numbers::list(self.replica_ref()?).map(answer),
            HelpAct::SetNumbers { numbers } => self.set_numbers(numbers),
            HelpAct::CheckIn => self.check_in(),
            HelpAct::Care => care::shown_care(self.replica_ref()?).map(answer),
            HelpAct::SetCare { helpers, minute } => self.set_care(helpers, minute),
        }
    }

    fn find_call(&self, typed: &str) -> Result<Call, Fault> {
        let all = calls(self.replica_ref()?)?;
        let id = |call: &Call| id_of(&call.author.principal, &call.key);
        let picked = ids::pick(typed, "h", all.iter().map(id), shown_id)?;
        let found = all.into_iter().find(|call| id(call) == picked);
        found.ok_or_else(|| Fault::missing("not-found").with("id", typed))
    }

    fn help_raise(&mut self, practice: bool, words: Option<String>) -> Result<Answer, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        let me = replica.me();
        if me.kind != PrincipalKind::Household {
            return Err(Fault::forbidden("households-call"));
        }
        // A call is never refused for its words: they are made fit, and what is too long is cut.
        let fit = words.as_deref().map(fit_words).unwrap_or_default();
        let cut = fit.chars().count() > HELP_WORDS_CHARS;
        let words: String = fit.chars().take(HELP_WORDS_CHARS).collect();
        let words = Some(words.trim().to_owned()).filter(|w| !w.is_empty());
        let mine = me.principal;
        // Somebody in need presses more than once.
        let same = calls(replica)?.into_iter().find(|call| {
            call.author.principal == mine
                && call.open()
                && call.practice == practice
                && now.wall.0.abs_diff(call.at_ms) <= AGAIN_MS
        });
        if let (Some(call), None) = (&same, &words) {
            let data = json!({ "id": call.name(), "practice": practice, "again": true });
            return Ok(answer(data));
        }
        let key = OsDice.bytes::<16>();
        let words = words.map(Private::new);
        let open = Fact::HelpCall(HelpCall {
            key,
            practice,
            words: None,
        });
        let sealed = Fact::HelpCall(HelpCall {
            key,
            practice,
            words: words.clone(),
        });
        let told = self.undo_on_fault(|o| {
            let replica = o.replica()?;
            let board = replica.lane(now, LaneClass::Board, ScopeId::ZERO);
            replica.record_fact(now, board, &open)?;
            if let Some(text) = words {
                let to = care::readers(replica, true)?;
                let letters = replica.letters_to(&to, &LetterBody::Words { key, text });
                if !letters.is_empty() {
                    replica.record_fact(now, board, &Fact::Letter(letters))?;
                }
            }
            tell_gates(replica, now, &sealed)
        })?;
        let mut said =
            answer(json!({ "id": name_of(&mine, &key), "practice": practice, "again": false }));
        if !told {
            said.warnings.push(Fault::warning("gates-not-told"));
        }
        if cut {
            let cut = Fault::warning("help-words-long").with("max", HELP_WORDS_CHARS);
            said.warnings.push(cut);
        }
        Ok(said)
    }

    fn help_cancel(&mut self, id: &str) -> Result<Answer, Fault> {
        let now = self.now();
        let call = self.find_call(id)?;
        if call.author.principal != self.replica_ref()?.me().principal {
            return Err(Fault::forbidden("not-your-call"));
        }
        if !call.open() {
            return Err(Fault::input("help-over"));
        }
        let end = Fact::HelpEnd(call.key);
        self.undo_on_fault(|o| {
            let replica = o.replica()?;
            let board = replica.lane(now, LaneClass::Board, ScopeId::ZERO);
            replica.record_fact(now, board, &end)?;
            tell_gates(replica, now, &end)
        })?;
        Ok(answer(json!({ "id": call.name() })))
    }

    fn help_ack(&mut self, id: &str, coming: bool) -> Result<Answer, Fault> {
        let now = self.now();
        let call = self.find_call(id)?;
        if call.author.principal == self.replica_ref()?.me().principal {
            return Err(Fault::input("own-call"));
        }
        if !call.open() {
            return Err(Fault::input("help-over"));
        }
        let how = if coming {
            HelpHow::Coming
        } else {
            HelpHow::Heard
        };
        self.undo_on_fault(|o| o.say_received(now, &call, how))?;
        Ok(answer(json!({ "id": call.name(), "coming": coming })))
    }

    /// An answer, where the caller and the other neighbours read it.
    fn say_received(&mut self, now: Now, call: &Call, how: HelpHow) -> Result<(), Fault> {
        let caller = call.author.principal;
        let key = call.key;
        let fact = Fact::HelpAck(HelpAck { key, caller, how });
        let replica = self.replica()?;
        match replica.me().kind {
            PrincipalKind::Gate => self.gate_tells_house(now, caller, &fact),
            PrincipalKind::Screen => Err(Fault::forbidden("not-allowed")),
            PrincipalKind::Household | PrincipalKind::Office => {
                let board = replica.lane(now, LaneClass::Board, ScopeId::ZERO);
                replica.record_fact(now, board, &fact)?;
                Ok(())
            }
        }
    }

    fn help_list(&mut self) -> Result<Answer, Fault> {
        let now = self.now();
        let replica = self.replica_ref()?;
        let (acks, words) = (acks(replica)?, care::words(replica)?);
        let cares = care::whom(replica)?;
        let mut list = Vec::new();
        for call in calls(replica)? {
            list.push(shape::call(replica, now, &call, &acks, &words, &cares)?);
        }
        Ok(answer(json!({
            "calls": list, "missed": care::missed(replica, now)?, "mine": care::shown_care(replica)?,
            "as_of_ms": now.wall.0,
        })))
    }

    fn help_status(&mut self, id: &str) -> Result<Answer, Fault> {
        let now = self.now();
        let call = self.find_call(id)?;
        let replica = self.replica_ref()?;
        let (acks, words) = (acks(replica)?, care::words(replica)?);
        let mut data = numbers::list(replica)?;
        let cares = care::whom(replica)?;
        data["call"] = shape::call(replica, now, &call, &acks, &words, &cares)?;
        data["as_of_ms"] = now.wall.0.into();
        Ok(answer(data))
    }

    /// What a gate shows beside its state: open calls that are no practice.
    pub(super) fn help_at_gate(&self, now: Now) -> Result<Vec<serde_json::Value>, Fault> {
        let open = calls(self.replica_ref()?)?.into_iter();
        Ok(open
            .filter(|call| call.alarms(now) && !call.practice)
            .map(|call| {
                let by = super::posts::shown(&call.author);
                json!({ "id": call.name(), "by": by, "at_ms": call.at_ms })
            })
            .collect())
    }

    /// Offices, gates and named helpers say by themselves that they have a call; `true` if something was written.
    pub(crate) fn help_chores(&mut self) -> bool {
        let now = self.now();
        match self.answer_calls(now) {
            Ok(news) => news,
            Err(fault) => {
                // Tried again with the next news.
                if self.replica().is_ok_and(|r| r.forget_staged().is_ok()) {
                    tracing::warn!(code = %fault.code, "a call for help could not be answered");
                }
                false
            }
        }
    }

    fn answer_calls(&mut self, now: Now) -> Result<bool, Fault> {
        let Ok(replica) = self.replica_ref() else {
            return Ok(false);
        };
        let me = replica.me();
        let (device, mine) = (me.device(), me.principal);
        if me.kind == PrincipalKind::Screen {
            return Ok(false);
        }
        let passed_on = self.pass_on(now)?;
        let replica = self.replica_ref()?;
        let due: Vec<Call> = calls(replica)?
            .into_iter()
            .filter(|call| call.author.principal != mine && call.alarms(now))
            .collect();
        if due.is_empty() {
            return Ok(passed_on);
        }
        let cares = match replica.me().kind {
            PrincipalKind::Household => Some(care::whom(replica)?),
            _ => None,
        };
        let mut said: BTreeSet<(PrincipalId, [u8; 16])> = BTreeSet::new();
        let mut lately: BTreeMap<PrincipalId, usize> = BTreeMap::new();
        for ack in acks(replica)? {
            if ack.author.device == device {
                said.insert((ack.caller, ack.key));
                if now.wall.0.abs_diff(ack.time_ms) <= ALARM_MS {
                    *lately.entry(ack.caller).or_default() += 1;
                }
            }
        }
        let mut news = passed_on;
        for call in due {
            let caller = call.author.principal;
            let asked = cares.as_ref().is_none_or(|of| of.contains(&caller));
            let count = lately.entry(caller).or_default();
            if !asked || said.contains(&(caller, call.key)) || *count >= ANSWERS_MAX {
                continue;
            }
            *count += 1;
            self.say_received(now, &call, HelpHow::Received)?;
            news = true;
        }
        if news {
            self.settle()?;
        }
        Ok(news)
    }
}

impl Owner {
    /// What a device of this household that may not grant called into the board, this one tells the gates, each once.
    fn pass_on(&mut self, now: Now) -> Result<bool, Fault> {
        let replica = self.replica_ref()?;
        let (authority, mine) = (replica.authority(), replica.me().principal);
        if !may_grant(replica) || replica.me().kind != PrincipalKind::Household {
            return Ok(false);
        }
        let cannot = |call: &Call| {
            let device = authority.device(&call.author.device);
            call.author.principal == mine && device.is_some_and(|d| !d.may_grant)
        };
        let mut facts: Vec<(Vec<u8>, Fact)> = Vec::new();
        for call in calls(replica)?.into_iter().filter(cannot) {
            let of = [PASSED_ON, &call.key[..]].concat();
            let told = replica.local(&of)?;
            let (key, practice) = (call.key, call.practice);
            if told.is_none() && call.alarms(now) {
                let words = care::words(replica)?.remove(&(mine, key));
                let fact = HelpCall {
                    key,
                    practice,
                    words,
                };
                facts.push((of, Fact::HelpCall(fact)));
            } else if told.is_some_and(|said| said == [0]) && !call.open() {
                facts.push((of, Fact::HelpEnd(key)));
            }
        }
        let mut news = false;
        for (of, fact) in facts {
            let replica = self.replica()?;
            if tell_gates(replica, now, &fact)? {
                let over = matches!(fact, Fact::HelpEnd(_));
                replica.set_local(&of, Some(&[u8::from(over)]));
                news = true;
            }
        }
        if news {
            self.settle()?;
        }
        Ok(news)
    }
}

/// The copy for gates and the property desk; `false` where this device cannot write it.
fn tell_gates(replica: &mut Replica, now: Now, fact: &Fact) -> Result<bool, Fault> {
    if !may_grant(replica) {
        return Ok(false);
    }
    let lane = replica.lane(now, LaneClass::Pass, ScopeId::gates(&replica.community()));
    match replica.record_fact(now, lane, fact) {
        Ok(_) => Ok(true),
        Err(OpFault::Write(WriteFault::NoScopeKey)) => Ok(false),
        Err(fault) => Err(fault.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_named_by_its_caller_so_that_a_copied_name_is_another_call() {
        let key = [7; 16];
        let (one, other) = (PrincipalId([1; 16]), PrincipalId([2; 16]));
        assert_ne!(name_of(&one, &key), name_of(&other, &key));
        assert_eq!(name_of(&one, &key), shown_id(&id_of(&one, &key)));
    }

    #[test]
    fn words_are_made_fit_and_what_says_nothing_is_nothing() {
        assert_eq!(fit_words(" a\r\nb\rc\u{7}\u{0} "), "a\nb\nc");
        assert_eq!(fit_words("\r\n \t"), "");
    }
}
