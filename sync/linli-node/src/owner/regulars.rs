//! Regular visitors: whom a household invites again and again, so that the next pass is one click and Enter.
//!
//! They stay in this home, sealed like everything in its store, and are never sent anywhere: who comes to a flat every week
//! is nobody's business but the flat's. A second computer of the family keeps its own.

use super::{Owner, answer};
use crate::api::{Answer, Fault};
use crate::replica::Replica;
use linli_pass::Token;
use serde_json::{Value, json};

/// `Local`: `v` -> the list as JSON, the newest first.
const REGULARS: &[u8] = b"v";
/// Most that are kept; the oldest goes.
const MOST: usize = 50;

impl Owner {
    pub(super) fn pass_regulars(&self) -> Result<Answer, Fault> {
        let list = read(self.replica_ref()?)?;
        Ok(answer(json!({ "regulars": list })))
    }

    /// Keeps what a pass says, under its label.
    pub(super) fn pass_keep(&mut self, id: &str) -> Result<Answer, Fault> {
        let visit = self.find_visit(id)?;
        let label = visit.label.reveal().clone();
        let hours: Vec<_> = match Token::read(visit.token.reveal()) {
            Ok(token) => {
                let windows = token.unverified_grant().windows.iter();
                windows.map(|w| (w.days(), w.start(), w.end())).collect()
            }
            Err(_) => Vec::new(),
        };
        let regular = json!({
            "label": label, "kind": visit.kind.word(), "from_s": visit.from_s, "until_s": visit.until_s,
            "entries": visit.entries, "companions": visit.companions, "gates": visit.gates,
            "plate": visit.plate.as_ref().map(|p| p.reveal().clone()), "windows": hours,
        });
        let replica = self.replica()?;
        let mut list = read(replica)?;
        list.retain(|one| one["label"] != label);
        list.insert(0, regular);
        list.truncate(MOST);
        write(replica, &list);
        Ok(answer(json!({ "label": label })))
    }

    pub(super) fn pass_forget(&mut self, label: &str) -> Result<Answer, Fault> {
        let replica = self.replica()?;
        let mut list = read(replica)?;
        let before = list.len();
        list.retain(|one| one["label"] != label);
        if list.len() == before {
            return Err(Fault::missing("not-found").with("id", label));
        }
        write(replica, &list);
        Ok(answer(json!({ "label": label })))
    }
}

fn read(replica: &Replica) -> Result<Vec<Value>, Fault> {
    let kept = replica.local(REGULARS)?.unwrap_or_default();
    Ok(serde_json::from_slice(&kept).unwrap_or_default())
}

fn write(replica: &mut Replica, list: &[Value]) {
    let bytes = json!(list).to_string().into_bytes();
    replica.set_local(REGULARS, Some(&bytes));
}
