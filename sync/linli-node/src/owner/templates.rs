//! An office's own templates: kept in this home, sealed like everything in its store, never sent.

use super::{Owner, answer};
use crate::api::{Answer, Fault, NoticeArgs};
use linli_view::templates::NAME_CHARS;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// `Local`: `i` -> the list as JSON.
const LIST: &[u8] = b"i";
/// Most that are kept.
const MOST: usize = 100;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct List {
    /// The last number given.
    last: u64,
    items: Vec<Item>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Item {
    id: String,
    name: String,
    notice: NoticeArgs,
}

impl Owner {
    pub(super) fn templates(&self) -> Result<Answer, Fault> {
        let list = read(self.replica_ref()?)?;
        let items: Vec<Value> = list.items.iter().map(|item| json!(item)).collect();
        Ok(answer(json!({ "templates": items })))
    }

    /// Keeps one under a name; what was kept under it before is replaced.
    pub(super) fn template_save(
        &mut self,
        name: &str,
        mut notice: NoticeArgs,
    ) -> Result<Answer, Fault> {
        let name = linli_view::clean::line(name, NAME_CHARS);
        if name.is_empty() || linli_view::clean::blank(&notice.title) {
            return Err(Fault::input("template-empty"));
        }
        // A template is about no day.
        (notice.effective_ms, notice.expires_ms) = (None, None);
        let replica = self.replica()?;
        let mut list = read(replica)?;
        let id = if let Some(old) = list.items.iter_mut().find(|item| item.name == name) {
            old.notice = notice;
            old.id.clone()
        } else {
            if list.items.len() >= MOST {
                return Err(Fault::input("templates-full").with("most", MOST));
            }
            list.last += 1;
            let id = format!("t{}", list.last);
            let (id, item) = (
                id.clone(),
                Item {
                    id,
                    name: name.clone(),
                    notice,
                },
            );
            list.items.push(item);
            id
        };
        write(replica, &list)?;
        Ok(answer(json!({ "id": id, "name": name })))
    }

    pub(super) fn template_delete(&mut self, id: &str) -> Result<Answer, Fault> {
        let replica = self.replica()?;
        let mut list = read(replica)?;
        let before = list.items.len();
        list.items.retain(|item| item.id != id && item.name != id);
        if list.items.len() == before {
            return Err(Fault::missing("not-found").with("id", id));
        }
        write(replica, &list)?;
        Ok(answer(json!({ "id": id })))
    }
}

fn read(replica: &crate::replica::Replica) -> Result<List, Fault> {
    match replica.local(LIST)? {
        None => Ok(List::default()),
        // What cannot be read is not written over.
        Some(kept) => {
            serde_json::from_slice(&kept).map_err(|_| Fault::ours("templates-unreadable"))
        }
    }
}

fn write(replica: &mut crate::replica::Replica, list: &List) -> Result<(), Fault> {
    let bytes = serde_json::to_vec(list).map_err(|_| Fault::ours("our-fault"))?;
    replica.set_local(LIST, Some(&bytes));
    Ok(())
}
