//! The box that finds: opening, typing, choosing. Whatever leads elsewhere closes it.

use super::App;
use crate::state::{Finding, Focus};
use linli_view::find;
use linli_view::intent::Intent;

impl App {
    /// True if there is nothing more to do about it.
    pub(super) fn perform_in_box(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::FindBox { open } => {
                self.state.find = open.then(Finding::default);
                self.state.focus = open.then_some(Focus::Find);
                self.model.found = None;
                true
            }
            Intent::FindStep { down } => {
                let (words, now) = (&self.words, self.now());
                if let Some(finding) = &mut self.state.find {
                    let rows = find::find(words, now, &self.model, &finding.typed, finding.chosen);
                    let last = rows.rows.len().saturating_sub(1);
                    finding.chosen = if *down {
                        (rows.chosen + 1).min(last)
                    } else {
                        rows.chosen.saturating_sub(1)
                    };
                }
                true
            }
            Intent::Find { query } => {
                if let Some(finding) = &mut self.state.find {
                    if finding.typed.trim() != query.trim() {
                        finding.typed.clone_from(query);
                    }
                    finding.chosen = 0;
                    self.state.focus = Some(Focus::Find);
                }
                false
            }
            // What is opened from the box is seen.
            _ => {
                let stays = matches!(
                    intent,
                    Intent::Speak(_) | Intent::Look(_) | Intent::CloseNote
                );
                if !stays {
                    self.state.find = None;
                }
                false
            }
        }
    }
}
