//! Looking for a file or a folder of this computer.

use super::App;
use crate::folders::{self, Found, Listed, Missing};
use crate::state::Said;
use linli_view::api::{Request, SaveFolders};
use linli_view::folder::{Browse, Want, shown};
use linli_view::intent::Intent;
use std::path::{Path, PathBuf};

/// The folders to save into that the home remembers.
#[derive(Default)]
pub(super) struct SavesInto {
    /// It has said which.
    heard: bool,
    /// Those of which the disk has not said yet whether they are there.
    waits: Vec<(Want, PathBuf)>,
}

impl App {
    /// Carries out what belongs to it; `true` if there is nothing more to do.
    pub(super) fn perform_on_folders(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::Browse(None) => self.state.browse = None,
            Intent::Browse(Some(want)) => {
                let state = &mut self.state;
                // Whether it is there the disk is asked elsewhere: a drive that does not answer holds no window up.
                let last = state.browse_from.clone();
                let begin = last.filter(|_| !want.saves()).unwrap_or_else(|| {
                    folders::begin(*want, &state.pictures, &state.papers).to_owned()
                });
                state.browse = Some(Browse::new(*want));
                self.look_into(begin, Missing::Above);
            }
            Intent::OpenPath(path) => self.look_into(path.clone(), Missing::Nothing),
            Intent::SaveInto(path) => {
                let Some(browse) = self.state.browse.take() else {
                    return true;
                };
                let key = match browse.want {
                    Want::SavePictures => {
                        self.state.pictures.clone_from(path);
                        "saving-pictures"
                    }
                    _ => {
                        self.state.papers.clone_from(path);
                        "saving-papers"
                    }
                };
                self.state.said = Some(Said::Gave(key, shown(path), false));
                self.keep_folder(browse.want, path);
            }
            _ => return false,
        }
        true
    }

    /// Has the home remember a folder that was chosen; the usual one is nothing to remember.
    fn keep_folder(&mut self, want: Want, path: &Path) {
        // Whatever waited to be taken up for this was chosen before.
        self.saves_into.waits.retain(|(of, _)| *of != want);
        let pictures = want == Want::SavePictures;
        let usual = match pictures {
            true => &self.world.pictures,
            false => &self.world.papers,
        };
        let chosen = Some(path).filter(|path| path != usual);
        let chosen = chosen.and_then(Path::to_str).map(str::to_owned);
        // The other one stays as it is remembered, also where it is a stick that is not in now.
        let mut folders: SaveFolders = self.model.folders.clone().unwrap_or_default();
        match pictures {
            true => folders.pictures = chosen,
            false => folders.papers = chosen,
        }
        if self.model.folders.as_ref() != Some(&folders) {
            self.model.folders = Some(folders.clone());
            self.send(Request::FoldersKeep(folders));
        }
    }

    /// What the home remembers is taken up, once the disk has said that it is there: what is saved in the place where a
    /// stick was would be found by nobody.
    pub(super) fn follow_folders(&mut self) {
        let Some(folders) = self
            .model
            .folders
            .clone()
            .filter(|_| !self.saves_into.heard)
        else {
            return;
        };
        self.saves_into.heard = true;
        let kept = [
            (Want::SavePictures, folders.pictures),
            (Want::SavePapers, folders.papers),
        ];
        for (want, path) in kept {
            let Some(path) = path.map(PathBuf::from) else {
                continue;
            };
            if self.album.list(path.clone(), want, Missing::Nothing) {
                self.saves_into.waits.push((want, path));
            }
        }
    }

    /// The disk said what a remembered folder is; what was chosen meanwhile goes before.
    fn take_up(&mut self, listed: &Listed) {
        let waits = std::mem::take(&mut self.saves_into.waits);
        let (here, waits) = waits
            .into_iter()
            .partition(|(_, path)| *path == listed.path);
        self.saves_into.waits = waits;
        let here: Vec<(Want, PathBuf)> = here;
        if !matches!(listed.found, Found::Folder(_)) {
            return;
        }
        for (want, path) in here {
            match want {
                Want::SavePictures => self.state.pictures = path,
                _ => self.state.papers = path,
            }
        }
    }

    fn look_into(&mut self, path: PathBuf, missing: Missing) {
        let Some(browse) = &mut self.state.browse else {
            return;
        };
        browse.failed = !self.album.list(path.clone(), browse.want, missing);
        browse.going = (!browse.failed).then_some(path);
    }

    /// What the disk said; what nobody waits for any more is passed over.
    pub(super) fn listed(&mut self, listed: Listed) {
        self.take_up(&listed);
        let waits = |browse: &&mut Browse| browse.going.as_ref() == Some(&listed.path);
        let Some(browse) = self.state.browse.as_mut().filter(waits) else {
            return;
        };
        browse.going = None;
        browse.places = listed.places;
        match listed.found {
            Found::Folder(listing) => {
                if !browse.want.saves() {
                    self.state.browse_from = Some(listing.path.clone());
                }
                browse.show(listing);
            }
            Found::File if !browse.want.saves() => {
                let want = browse.want;
                self.state.browse = None;
                match want {
                    Want::Table => self.read_table(listed.path),
                    Want::Alert => self.read_alert(listed.path),
                    _ => {
                        let to = super::files::writing(&self.look());
                        self.add_file(to, listed.path);
                    }
                }
            }
            Found::File | Found::Nothing => browse.failed = true,
        }
    }
}
