//! The last commands of this device, and how each is taken back.
//!
//! Nothing that was signed is unsaid: a command is undone by another one that says the opposite. What has no opposite says
//! why. The journal is this device's own, sealed in its store like everything, and holds only what was done within a
//! sitting. Scope and reasons: `docs/decisions/0026-undo.md`.

use super::{Owner, answer, posts};
use crate::api::{
    Answer, AttachAct, BoardAct, DoorAct, DraftAct, Fault, GridAct, NoticeAct, Request, UndoAct,
};
use crate::replica::Replica;
use linli_base::RecordId;
use linli_record::row::{CommentRow, Moderation, PostRow};
use linli_record::{Row, RowKind};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// `Local`: `U` -> the steps as JSON, the newest last.
const JOURNAL: &[u8] = b"U";
/// Most steps that are kept.
const MOST: usize = 30;
/// How long a step belongs to this sitting: a working day.
const SITTING_MS: u64 = 12 * 3_600_000;
/// The public reason of an office that takes a decision of a moment ago back.
const TAKEN_BACK: &str = "撤回刚才的决定 / The decision of a moment ago is taken back";

/// One command that was carried out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Step {
    what: String,
    about: String,
    #[serde(default)]
    at_ms: u64,
    back: Back,
    /// It was told why it cannot be taken back.
    #[serde(default)]
    told: bool,
}

/// How it is taken back.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Back {
    /// By this command.
    Do(Box<Request>),
    /// By cancelling what it issued, while nobody has used it.
    Cancel(String),
    /// By erasing what it wrote.
    Erase(String),
    /// By taking back what it said below the first of these; the second is the comment.
    Uncomment(String, String),
    /// By forgetting a regular visitor.
    Forget(String),
    /// Not at all.
    Never,
}

impl Back {
    const fn asks(&self) -> bool {
        matches!(self, Self::Cancel(_) | Self::Erase(_) | Self::Uncomment(..))
    }
}

fn step(what: &str, about: impl Into<String>, back: Back) -> Step {
    Step {
        what: what.to_owned(),
        about: about.into(),
        at_ms: 0,
        back,
        told: false,
    }
}

/// What is said below a post or notice.
fn said(text: &str) -> Step {
    let back = Back::Uncomment(String::new(), String::new());
    step("said", brief(text), back)
}

fn by(act: BoardAct) -> Back {
    Back::Do(Box::new(Request::Board { act }))
}

impl Owner {
    /// What a command is, before it is carried out: its opposite may be what stood before. None for a question.
    pub(super) fn step_of(&self, request: &Request) -> Option<Step> {
        Some(match request {
            Request::PostNew { body, .. }
            | Request::Attach {
                act: AttachAct::PostNew { body, .. },
            } => step("post", brief(body), Back::Erase(String::new())),
            Request::Draft {
                act: DraftAct::Send { kind, text, .. },
            } if kind == "post" => step("post", brief(text), Back::Erase(String::new())),
            Request::Draft {
                act: DraftAct::Send { kind, text, .. },
            } if kind == "reply" => said(text),
            Request::PostClaim { id, .. } => {
                let id = id.clone();
                let back = by(BoardAct::Unclaim { id: id.clone() });
                step("claim", self.brief_of(&id), back)
            }
            Request::PostClose { id, .. } => self.closing(id)?,
            Request::PassIssue(args) => {
                step("pass", args.label.clone(), Back::Cancel(String::new()))
            }
            Request::PassKeep { .. } => step("regular", "", Back::Forget(String::new())),
            Request::NetPause { peer } => {
                let peer = peer.clone();
                let about = peer.clone().unwrap_or_default();
                step(
                    "pause",
                    about,
                    Back::Do(Box::new(Request::NetResume { peer })),
                )
            }
            Request::NetResume { peer } => {
                let peer = peer.clone();
                let about = peer.clone().unwrap_or_default();
                step(
                    "resume",
                    about,
                    Back::Do(Box::new(Request::NetPause { peer })),
                )
            }
            Request::Notice {
                act: NoticeAct::Comments { id, open },
            } => {
                let (id, open) = (id.clone(), !open);
                let act = NoticeAct::Comments { id, open };
                step("comments", "", Back::Do(Box::new(Request::Notice { act })))
            }
            Request::Board { act } => self.step_on_board(act)?,
            Request::PostComment { text, .. } => said(text),
            Request::Draft {
                act: DraftAct::Send {
                    notice: Some(out), ..
                },
            } if out.at_ms.is_none() => step("notice", brief(&out.with.title), Back::Never),
            Request::NoticePublish(args)
            | Request::NoticeCorrect { with: args, .. }
            | Request::Attach {
                act: AttachAct::NoticePublish { with: args, .. },
            } => step("notice", brief(&args.title), Back::Never),
            Request::NoticeRetract { .. }
            | Request::NoticeConfirm { .. }
            | Request::NoticeRemind { .. }
            | Request::NoticeTold { .. }
            | Request::Erase { .. }
            | Request::DeviceHold { .. }
            | Request::DeviceLift { .. }
            | Request::DeviceRevoke { .. }
            | Request::Door {
                act:
                    DoorAct::Refuse { .. }
                    | DoorAct::ReceiveAgain { .. }
                    | DoorAct::Answer { .. }
                    | DoorAct::Residents { apply: true },
            } => step("signed", "", Back::Never),
            Request::PassCancel { .. } | Request::PassCancelAll => {
                step("cancelled", "", Back::Never)
            }
            Request::Grid {
                act: GridAct::Set { .. },
            } => step("signed", "", Back::Never),
            Request::RegistryApply { .. } | Request::RegistryUndo { .. } => {
                step("register", "", Back::Never)
            }
            _ => return None,
        })
    }

    fn step_on_board(&self, act: &BoardAct) -> Option<Step> {
        Some(match act {
            BoardAct::React { id, what } => {
                let before = self.reaction_on(id);
                if before == *what {
                    return None;
                }
                let what = before;
                let back = by(BoardAct::React {
                    id: id.clone(),
                    what,
                });
                step("like", self.brief_of(id), back)
            }
            BoardAct::Unclaim { id } => {
                let post = self.post_of(id)?;
                let me = self.replica_ref().ok()?.me().principal;
                let mine = post.claims.iter().find(|c| c.author.principal == me)?;
                let text = mine.text.as_ref().map(|text| text.reveal().clone());
                let id = id.clone();
                let claim = Request::PostClaim { id, text };
                step(
                    "unclaim",
                    brief(post.body.reveal()),
                    Back::Do(Box::new(claim)),
                )
            }
            BoardAct::Close { id, .. } => self.closing(id)?,
            BoardAct::Reopen { id } => {
                let post = self.post_of(id)?;
                let closed = post.closed.as_ref()?;
                let chosen = closed.chosen.and_then(|chosen| {
                    let claim = post.claims.iter().find(|c| c.author.principal == chosen);
                    claim.map(|c| posts::shown(&c.author))
                });
                let back = by(BoardAct::Close {
                    id: id.clone(),
                    outcome: closed.outcome.map(|word| word.word().to_owned()),
                    chosen,
                    thanks: None,
                });
                step("reopen", brief(post.body.reveal()), back)
            }
            BoardAct::Moderate {
                id, comment, hide, ..
            }
            | BoardAct::Decide {
                id, comment, hide, ..
            } => self.ruling(id, comment.as_deref(), *hide),
            BoardAct::Comment { text, .. } => said(text),
            BoardAct::Uncomment { .. } => step("unsaid", "", Back::Never),
            BoardAct::Report { .. } | BoardAct::Appeal { .. } | BoardAct::HandOver { .. } => {
                step("signed", "", Back::Never)
            }
            BoardAct::List { .. } | BoardAct::Earlier { .. } | BoardAct::Queue => return None,
        })
    }

    /// A post that is closed is opened again; one that was closed before goes back to how it was.
    fn closing(&self, id: &str) -> Option<Step> {
        let post = self.post_of(id)?;
        let id = id.to_owned();
        let back = by(BoardAct::Reopen { id });
        Some(step("close", brief(post.body.reveal()), back))
    }

    /// A decision is taken back by the one that stood before; where reports alone had paused it there was none.
    fn ruling(&self, id: &str, comment: Option<&str>, hide: bool) -> Step {
        let what = if hide { "hide" } else { "stays" };
        let before = self.moderation_of(id, comment);
        let ruled = before.as_ref().and_then(Moderation::ruling);
        let back = match (hide, ruled) {
            (true, _) => Some((false, TAKEN_BACK.to_owned())),
            (false, Some(ruled)) if ruled.hide => Some((true, ruled.reason.reveal().clone())),
            _ => None,
        };
        let back = match back {
            Some((hide, reason)) => by(BoardAct::Moderate {
                id: id.to_owned(),
                comment: comment.map(str::to_owned),
                hide,
                reason,
            }),
            None => Back::Never,
        };
        step(what, self.brief_of(id), back)
    }

    fn post_of(&self, id: &str) -> Option<PostRow> {
        let record = self.find_record(RowKind::Post, id).ok()?;
        match self.replica_ref().ok()?.row(RowKind::Post, &record).ok()? {
            Some(Row::Post(post)) => Some(post),
            _ => None,
        }
    }

    fn brief_of(&self, id: &str) -> String {
        let post = self.post_of(id);
        post.map(|post| brief(post.body.reveal()))
            .unwrap_or_default()
    }

    fn reaction_on(&self, id: &str) -> Option<String> {
        let replica = self.replica_ref().ok()?;
        let record = self.find_said_about(id).ok()?;
        let thread = match replica.row(RowKind::Post, &record).ok()? {
            Some(Row::Post(post)) => post.thread,
            _ => match replica.row(RowKind::Notice, &record).ok()? {
                Some(Row::Notice(notice)) => notice.thread,
                _ => return None,
            },
        };
        let me = replica.me().principal;
        let mut mine = thread.reactions.into_iter();
        let mine = mine.find(|r| r.author.principal == me);
        mine.map(|r| r.what)
    }

    pub(super) fn moderation_of(&self, id: &str, comment: Option<&str>) -> Option<Moderation> {
        let Some(typed) = comment else {
            return self.post_of(id)?.moderation;
        };
        let replica = self.replica_ref().ok()?;
        let record: RecordId = self.find_said_about(id).ok()?;
        let comments: Vec<CommentRow> = match replica.row(RowKind::Post, &record).ok()? {
            Some(Row::Post(post)) => post.thread.comments,
            _ => match replica.row(RowKind::Notice, &record).ok()? {
                Some(Row::Notice(notice)) => notice.thread.comments,
                _ => return None,
            },
        };
        let mut comments = comments.into_iter();
        let found = comments.find(|c| c.id.to_text().starts_with(typed));
        found.and_then(|c| c.moderation)
    }

    /// Puts a step that was carried out into the journal; what the answer named is what will be taken back.
    pub(super) fn note_step(&mut self, mut step: Step, said: &Answer) -> Result<(), Fault> {
        if said.data["news"] == false {
            return Ok(());
        }
        let id = || said.data["id"].as_str().unwrap_or_default().to_owned();
        step.back = match step.back {
            Back::Cancel(_) => Back::Cancel(id()),
            Back::Erase(_) => Back::Erase(id()),
            Back::Uncomment(..) => {
                let on = said.data["record"].as_str().unwrap_or_default();
                Back::Uncomment(on.to_owned(), id())
            }
            Back::Forget(_) => {
                let label = said.data["label"].as_str().unwrap_or_default();
                step.about = label.to_owned();
                Back::Forget(step.about.clone())
            }
            back => back,
        };
        step.at_ms = self.now().wall.0;
        let replica = self.replica()?;
        let mut steps = read(replica)?;
        steps.push(step);
        let surplus = steps.len().saturating_sub(MOST);
        steps.drain(..surplus);
        write(replica, &steps);
        Ok(())
    }

    pub(super) fn undo_act(&mut self, act: &UndoAct) -> Result<Answer, Fault> {
        let now_ms = self.now().wall.0;
        let mut steps = read(self.replica_ref()?)?;
        // A clock that was set back does not give yesterday's commands back.
        steps.retain(|s| s.at_ms <= now_ms && now_ms - s.at_ms < SITTING_MS);
        match act {
            UndoAct::List => {
                let shown = steps.iter().rev().map(|s| {
                    json!({
                        "what": s.what, "about": s.about, "at_ms": s.at_ms,
                        "can": !matches!(s.back, Back::Never), "asks": s.back.asks(),
                    })
                });
                let shown: Vec<_> = shown.collect();
                Ok(answer(json!({ "steps": shown })))
            }
            UndoAct::Last { yes } => self.undo_last(steps, *yes),
        }
    }

    fn undo_last(&mut self, mut steps: Vec<Step>, yes: bool) -> Result<Answer, Fault> {
        while steps.last().is_some_and(|last| last.told) {
            steps.pop();
        }
        let Some(mut last) = steps.pop() else {
            return Err(Fault::missing("undo-nothing"));
        };
        let unused = self.still_unused(&last);
        if last.back.asks() && !yes && unused.is_ok() {
            return Err(Fault::choose("undo-asks")
                .with("what", &last.what)
                .with("about", &last.about));
        }
        let done = unused.and_then(|()| {
            let request = match &last.back {
                Back::Do(request) => (**request).clone(),
                Back::Cancel(id) => Request::PassCancel { id: id.clone() },
                Back::Erase(id) => Request::Erase { id: id.clone() },
                Back::Uncomment(id, comment) => Request::Board {
                    act: BoardAct::Uncomment {
                        id: id.clone(),
                        comment: comment.clone(),
                    },
                },
                Back::Forget(label) => Request::PassForget {
                    label: label.clone(),
                },
                Back::Never => {
                    return Err(Fault::input("undo-never")
                        .with("what", &last.what)
                        .with("about", &last.about));
                }
            };
            self.dispatch(request, &mut |_, _| {})
        });
        let left = steps.len();
        if done.is_err() {
            // It is told once; the next time it goes on to the command before.
            last.told = true;
            steps.push(last.clone());
        }
        write(self.replica()?, &steps);
        if let Err(fault) = done {
            self.settle()?;
            return Err(fault);
        }
        Ok(answer(
            json!({ "what": last.what, "about": last.about, "left": left }),
        ))
    }

    /// A pass that was used let somebody in: cancelling it would say it had not been theirs.
    fn still_unused(&self, step: &Step) -> Result<(), Fault> {
        let Back::Cancel(id) = &step.back else {
            return Ok(());
        };
        let pass = self.pass_show(id)?.data;
        if pass["pass"]["used"].as_u64() > Some(0) {
            return Err(Fault::input("undo-used").with("about", &step.about));
        }
        Ok(())
    }
}

/// The beginning of a text.
fn brief(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    line.chars().take(24).collect()
}

fn read(replica: &Replica) -> Result<Vec<Step>, Fault> {
    let kept = replica.local(JOURNAL)?.unwrap_or_default();
    Ok(serde_json::from_slice(&kept).unwrap_or_default())
}

fn write(replica: &mut Replica, steps: &[Step]) {
    let bytes = serde_json::to_vec(steps).unwrap_or_default();
    replica.set_local(JOURNAL, Some(&bytes));
}
