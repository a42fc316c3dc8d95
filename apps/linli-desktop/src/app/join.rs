//! Joining from the first page.

use super::App;
use crate::state::Said;
use linli_view::api::Request;
use linli_view::intent::Intent;
use linli_view::model::{JoinTold, Told};
use linli_view::start::{JoinDraft, JoinStage};

impl App {
    /// Carries out what belongs to joining; `true` if there is nothing more to do.
    pub(super) fn perform_join(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::TryJoin => self.try_join(),
            Intent::JoinAgain => {
                self.state.joining.stage = JoinStage::Asking;
                self.state.joining.problem = None;
                self.send(Request::JoinPictures);
            }
            _ => return false,
        }
        true
    }

    /// The next step as the page stands after this frame's typing, or what is missing.
    fn try_join(&mut self) {
        let draft = &mut self.state.joining;
        let request = match &draft.stage {
            JoinStage::Form => {
                draft.problem = draft.missing().map(str::to_owned);
                draft.problem.is_none().then(|| Request::Join {
                    invite: draft.invite.trim().to_owned(),
                    device_name: draft.name.trim().to_owned(),
                })
            }
            JoinStage::Pictures(_) if !draft.typed.trim().is_empty() => {
                draft.problem = None;
                Some(Request::JoinConfirm {
                    typed: draft.typed.trim().to_owned(),
                })
            }
            _ => None,
        };
        let Some(request) = request else { return };
        draft.stage = match std::mem::take(&mut draft.stage) {
            JoinStage::Pictures(pictures) => JoinStage::Confirming(pictures),
            _ => JoinStage::Asking,
        };
        self.send(request);
    }

    /// What became of the last step.
    pub(super) fn told_join(&mut self, told: JoinTold) {
        let draft = &mut self.state.joining;
        match told {
            JoinTold::Pictures(pictures) => {
                (draft.stage, draft.problem) = (JoinStage::Pictures(pictures), None);
                draft.typed.clear();
            }
            JoinTold::Failed(code) => {
                draft.stage = match std::mem::take(&mut draft.stage) {
                    JoinStage::Confirming(pictures) => JoinStage::Pictures(pictures),
                    _ => JoinStage::Form,
                };
                draft.problem = Some(code);
            }
            JoinTold::Joined => {
                *draft = JoinDraft::default();
                self.state.said = Some(Said::Told(Told::Join(JoinTold::Joined)));
            }
        }
    }
}
