//! Joining and founding, on the first page.

use super::App;
use crate::state::{Said, Secret};
use linli_view::api::{FaultCode, Passphrase, Request};
use linli_view::intent::Intent;
use linli_view::model::{JoinTold, Told};
use linli_view::start::{Begin, FoundDraft, FoundStage, JoinDraft, JoinStage};
use std::time::Duration;

/// How often it is listened who is nearby.
const AROUND_MS: u64 = 20_000;

impl App {
    /// Carries out what belongs to beginning; `true` if there is nothing more to do.
    pub(super) fn perform_join(&mut self, intent: &Intent) -> bool {
        match intent {
            Intent::Begin(begin) => {
                if *begin == Some(Begin::Gate) {
                    // A gate has no field for it.
                    self.state.opens_with = Secret::default();
                    self.state.opens_again = Secret::default();
                }
                self.state.begin = *begin;
                // What went wrong belongs to the page one leaves; what was typed stays.
                self.state.joining.problem = None;
                self.state.founding.problem = None;
                if begin.is_none() {
                    self.leave_sheet();
                    self.state.opens_with = Secret::default();
                    self.state.opens_again = Secret::default();
                }
            }
            Intent::TryFound => self.try_found(),
            Intent::TryJoin => self.try_join(),
            Intent::JoinAgain => {
                self.state.joining.stage = JoinStage::Asking;
                self.state.joining.problem = None;
                self.send(Request::JoinPictures);
            }
            Intent::StartAgain => self.start_again(),
            _ => return false,
        }
        true
    }

    /// Is the node at work on a step of joining or founding? A new connection would lose its answer.
    pub(super) fn beginning(&self) -> bool {
        self.state.joining.under_way() || self.state.founding.under_way()
    }

    /// Gives up the joining that was begun.
    fn start_again(&mut self) {
        if self.beginning() {
            return;
        }
        let draft = &mut self.state.joining;
        draft.problem = None;
        draft.stage = match std::mem::take(&mut draft.stage) {
            JoinStage::Pictures(pictures) => JoinStage::Leaving(Some(pictures)),
            _ => JoinStage::Leaving(None),
        };
        self.send(Request::StartAgain);
    }

    /// While there is no community, it is listened who is nearby, now and again.
    pub fn look_around(&mut self, ctx: &egui::Context) {
        let closed = self.model.closed.as_ref().map(|fault| fault.code);
        // A window that waits for another program sets nothing up.
        let waits = self.world.returns;
        if waits || !matches!(closed, Some(FaultCode::NoHome | FaultCode::NoCommunity)) {
            return;
        }
        let now = (self.world.clock)();
        if self
            .around_ms
            .is_none_or(|at| now.saturating_sub(at) >= AROUND_MS)
        {
            self.around_ms = Some(now);
            self.send(Request::Nearby);
        }
        ctx.request_repaint_after(Duration::from_millis(AROUND_MS));
    }

    /// The next step as the page stands after this frame's typing, or what is missing.
    fn try_join(&mut self) {
        let (opens, again) = (&self.state.opens_with.0, &self.state.opens_again.0);
        let draft = &mut self.state.joining;
        let request = match &draft.stage {
            JoinStage::Form => {
                draft.problem = draft.missing(opens, again).map(str::to_owned);
                draft.problem.is_none().then(|| Request::Join {
                    invite: draft.invite.trim().to_owned(),
                    device_name: draft.name.trim().to_owned(),
                    passphrase: (!opens.is_empty()).then(|| Passphrase(opens.to_string())),
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

    /// The next step of founding, or what is missing.
    fn try_found(&mut self) {
        let (opens, again) = (&self.state.opens_with.0, &self.state.opens_again.0);
        let draft = &mut self.state.founding;
        match std::mem::take(&mut draft.stage) {
            FoundStage::Form => {
                draft.problem = draft.missing(opens, again).map(str::to_owned);
                if draft.problem.is_none() {
                    draft.stage = FoundStage::Drawing;
                    self.send(Request::FoundPaper);
                }
            }
            FoundStage::Sheet(paper) => match draft.request(&paper, opens) {
                Ok(request) => {
                    draft.problem = None;
                    draft.stage = FoundStage::Founding(paper);
                    self.send(Request::Found(Box::new(request)));
                }
                Err(code) => {
                    draft.problem = Some(code.into());
                    draft.stage = FoundStage::Sheet(paper);
                }
            },
            // Nothing is done twice.
            under_way => draft.stage = under_way,
        }
    }

    /// A sheet that was left is void: the next one has other words.
    fn leave_sheet(&mut self) {
        let draft = &mut self.state.founding;
        if matches!(draft.stage, FoundStage::Sheet(_)) {
            draft.stage = FoundStage::Form;
            draft.typed = FoundDraft::default().typed;
        }
    }

    /// What became of the last step.
    pub(super) fn told_join(&mut self, told: JoinTold) {
        match told {
            JoinTold::Pictures(pictures) => {
                let draft = &mut self.state.joining;
                (draft.stage, draft.problem) = (JoinStage::Pictures(pictures), None);
                draft.typed.clear();
            }
            JoinTold::Failed(code) => {
                let draft = &mut self.state.joining;
                draft.stage = match std::mem::take(&mut draft.stage) {
                    JoinStage::Confirming(pictures) | JoinStage::Leaving(Some(pictures)) => {
                        JoinStage::Pictures(pictures)
                    }
                    _ => JoinStage::Form,
                };
                draft.problem = Some(code);
            }
            JoinTold::Paper(paper) => {
                let draft = &mut self.state.founding;
                if draft.stage == FoundStage::Drawing {
                    (draft.stage, draft.problem) = (FoundStage::Sheet(paper), None);
                }
            }
            JoinTold::NotFounded(code) => {
                let draft = &mut self.state.founding;
                // A sheet that is on paper holds for the next try.
                draft.stage = match std::mem::take(&mut draft.stage) {
                    FoundStage::Founding(paper) | FoundStage::Sheet(paper) => {
                        FoundStage::Sheet(paper)
                    }
                    FoundStage::Form | FoundStage::Drawing => FoundStage::Form,
                };
                draft.problem = Some(code);
            }
            JoinTold::StartsAgain => {
                self.state.begin = None;
                self.state.opens_with = Secret::default();
                self.state.opens_again = Secret::default();
                let name = std::mem::take(&mut self.state.joining.name);
                self.state.joining = JoinDraft {
                    name,
                    ..JoinDraft::default()
                };
            }
            JoinTold::Joined | JoinTold::Founded => {
                if told == JoinTold::Founded {
                    self.founded();
                }
                self.state.begin = None;
                self.state.joining = JoinDraft::default();
                self.state.founding = FoundDraft::default();
                self.state.opens_with = Secret::default();
                self.state.opens_again = Secret::default();
                self.state.said = Some(Said::Told(Told::Join(told)));
            }
        }
    }
}
