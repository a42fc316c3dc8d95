//! What this home keeps for the windows on it: this computer's own, sealed in its store, never signed and never sent. A path
//! tells who has an account here and what their folders are called.

use super::{Owner, answer};
use crate::api::{Answer, Fault, WindowAct};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// `Local`: `folders` -> where windows save, as JSON.
const FOLDERS: &[u8] = b"folders";
/// Longest path, as Linux has it (`PATH_MAX`).
const LONGEST: usize = 4_096;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Folders {
    pictures: Option<String>,
    papers: Option<String>,
}

impl Owner {
    pub(super) fn window_act(&mut self, act: WindowAct) -> Result<Answer, Fault> {
        let folders = match act {
            WindowAct::Folders => {
                let kept = self.replica_ref()?.local(FOLDERS)?.unwrap_or_default();
                // What cannot be read was of another version: it is chosen anew.
                serde_json::from_slice(&kept).unwrap_or_default()
            }
            WindowAct::KeepFolders { pictures, papers } => {
                let long = |path: &Option<String>| path.as_ref().is_some_and(|p| p.len() > LONGEST);
                if long(&pictures) || long(&papers) {
                    return Err(Fault::input("path-too-long").with("most", LONGEST));
                }
                let folders = Folders { pictures, papers };
                let bytes = serde_json::to_vec(&folders).map_err(|_| Fault::ours("our-fault"))?;
                let none = folders.pictures.is_none() && folders.papers.is_none();
                let replica = self.replica()?;
                replica.set_local(FOLDERS, (!none).then_some(&*bytes));
                folders
            }
        };
        Ok(answer(
            json!({ "pictures": folders.pictures, "papers": folders.papers }),
        ))
    }
}
