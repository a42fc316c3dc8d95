//! Looking for a file or a folder of this computer.

use super::App;
use crate::folders::{self, Found, Listed, Missing};
use crate::state::Said;
use linli_view::folder::{Browse, Want, shown};
use linli_view::intent::Intent;
use std::path::PathBuf;

impl App {
    /// Carries out what belongs to it; `true` if there is nothing more to do.
    pub(super) fn perform_on_folders(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::Browse(None) => self.state.browse = None,
            Intent::Browse(Some(want)) => {
                let state = &mut self.state;
                // Whether it is there the disk is asked elsewhere: a drive that does not answer holds no window up.
                let last = state.browse_from.clone();
                let begin = last.filter(|_| *want == Want::Attach).unwrap_or_else(|| {
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
            }
            _ => return false,
        }
        true
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
        let waits = |browse: &&mut Browse| browse.going.as_ref() == Some(&listed.path);
        let Some(browse) = self.state.browse.as_mut().filter(waits) else {
            return;
        };
        browse.going = None;
        browse.places = listed.places;
        match listed.found {
            Found::Folder(listing) => {
                if browse.want == Want::Attach {
                    self.state.browse_from = Some(listing.path.clone());
                }
                browse.show(listing);
            }
            Found::File if browse.want == Want::Attach => {
                self.state.browse = None;
                let to = super::files::writing(&self.look());
                self.add_file(to, listed.path);
            }
            Found::File | Found::Nothing => browse.failed = true,
        }
    }
}
