//! How the model takes a line from the node.

use super::board::done_on_board;
use super::{DraftNews, Folded, Model, Told};
use crate::api::{
    Event, FamilyDo, Fault, FaultCode, GuardAct, Incoming, Reply, Request, RingState,
};
use crate::calls::CallTold;
use crate::drafts::Form;
use crate::help::HelpTold;

impl Model {
    /// Takes one line from the node.
    pub fn fold(&mut self, incoming: Incoming) -> Folded {
        match incoming {
            Incoming::Event {
                event: Event::Changed(topics),
            } => Folded {
                asks: self.asks(topics),
                told: None,
            },
            // The window's own: it comes forward.
            Incoming::Event {
                event: Event::Open(_),
            } => Folded::default(),
            Incoming::Event {
                event: Event::Closed(fault),
            } => {
                self.pending.clear();
                self.closed = Some(fault);
                Folded::default()
            }
            Incoming::Reply { id, reply } => {
                let request = self.pending.remove(&id);
                self.reply(request, reply)
            }
        }
    }

    fn reply(&mut self, request: Option<Request>, reply: Reply) -> Folded {
        if let Some(folded) = super::begun::begun(request.as_ref(), &reply) {
            return folded;
        }
        match (reply, request) {
            (Reply::Status(status), request) => {
                let unlocked = matches!(request, Some(Request::Unlock { .. }));
                self.take_status(*status, unlocked)
            }
            (Reply::Notices(notices), _) => {
                self.take_notices(notices);
                Folded::default()
            }
            (Reply::Notice(notice), request) => {
                let told = match request {
                    Some(Request::NoticeConfirm { .. }) if notice.confirmed_by_me_ms.is_some() => {
                        let title = notice.text.title.clone();
                        let corrected = notice.corrected_by.is_some();
                        Some(if notice.retracted.is_some() || corrected {
                            let corrected = corrected && notice.retracted.is_none();
                            Told::ConfirmedLate { title, corrected }
                        } else {
                            Told::Confirmed { title }
                        })
                    }
                    Some(Request::PostDo { id, what }) => done_on_board(id, what),
                    Some(Request::NoticeSay { id, text, .. }) => Some(Told::SaidBelow { id, text }),
                    // Another computer of the office may have said the opposite, by a later clock.
                    Some(Request::NoticeComments { open, .. })
                        if notice.comments_closed_ms.is_none() != open =>
                    {
                        Some(Told::CommentsNotSet { open })
                    }
                    Some(Request::NoticeComments { open, .. }) => Some(Told::CommentsSet { open }),
                    _ => None,
                };
                let id = notice.id.clone();
                put(&mut self.notices, *notice, |n| n.id.as_str());
                self.opened(&id);
                Folded {
                    asks: Vec::new(),
                    told,
                }
            }
            (Reply::Published { id, unknown }, request) => {
                if let Some(Request::DraftSend { mark, .. }) = request {
                    self.draft_news.push((mark, DraftNews::Sent));
                }
                Folded {
                    asks: vec![Request::NoticeList],
                    told: Some(Told::Published { id, unknown }),
                }
            }
            (Reply::Reach(report), request) => {
                self.reach = Some(*report);
                Folded {
                    asks: Vec::new(),
                    told: match request {
                        Some(Request::NoticeRemind { .. }) => Some(Told::Reminded),
                        Some(Request::NoticeTold { unit, .. }) => Some(Told::ToldAtDoor { unit }),
                        _ => None,
                    },
                }
            }
            (Reply::Undone(item), _) => self.undone(item),
            (
                reply @ (Reply::Folders(_)
                | Reply::Drafts(_)
                | Reply::DraftSaved(_)
                | Reply::DraftGone(_)),
                request,
            ) => self.take_kept(reply, request),
            (Reply::PassIssued(issued), request) => {
                let codes = issued.warnings.clone();
                let told = matches!(request, Some(Request::PassIssue(_))).then(|| {
                    if codes.is_empty() {
                        Told::Issued
                    } else {
                        Told::IssuedBut { codes }
                    }
                });
                put(&mut self.passes, issued.pass.clone(), |p| p.id.as_str());
                self.issued = Some(*issued);
                Folded {
                    asks: Vec::new(),
                    told,
                }
            }
            (Reply::Pass(pass), request) => {
                let cancelled = matches!(request, Some(Request::PassCancel { .. }));
                let told = cancelled.then(|| Told::Cancelled {
                    label: pass.label.clone(),
                });
                if let Some(issued) = self
                    .issued
                    .as_mut()
                    .filter(|issued| issued.pass.id == pass.id)
                {
                    issued.pass = (*pass).clone();
                }
                put(&mut self.passes, *pass, |p| p.id.as_str());
                Folded {
                    asks: Vec::new(),
                    told,
                }
            }
            (Reply::Regulars(regulars), request) => {
                self.regulars = regulars;
                Folded {
                    asks: Vec::new(),
                    told: match request {
                        Some(Request::RegularKeep { .. }) => Some(Told::Kept),
                        Some(Request::RegularDrop { .. }) => Some(Told::Dropped),
                        _ => None,
                    },
                }
            }
            (Reply::Passes(passes), request) => {
                self.passes = passes;
                let all = matches!(request, Some(Request::PassCancelAll));
                Folded {
                    asks: Vec::new(),
                    told: all.then_some(Told::AllCancelled),
                }
            }
            (Reply::Residents(plates), _) => {
                let told = plates.applied.then_some(Told::ResidentsApplied);
                self.asked_for.residents = Some(*plates);
                Folded {
                    asks: Vec::new(),
                    told,
                }
            }
            (Reply::Peers(report), _) => {
                if let Some(status) = &mut self.status {
                    status.sync = report.facts.clone();
                }
                self.report = Some(*report);
                Folded::default()
            }
            (Reply::Found(found), _) => {
                self.found = Some(*found);
                Folded::default()
            }
            (Reply::File(open), _) => {
                self.opened_files.push(*open);
                Folded::default()
            }
            (Reply::Posted(id), request) => {
                if let Some(Request::DraftSend { mark, .. }) = request {
                    self.draft_news.push((mark, DraftNews::Sent));
                }
                Folded {
                    asks: vec![Request::PostList, Request::DraftList],
                    told: Some(Told::Posted { id }),
                }
            }
            (Reply::Post(post), request) => {
                self.take_post(*post);
                Folded {
                    asks: Vec::new(),
                    told: match request {
                        Some(Request::PostDo { id, what }) => done_on_board(id, what),
                        Some(Request::DraftSend { mark, draft, .. }) => {
                            self.draft_news.push((mark, DraftNews::Sent));
                            let (id, text) = (draft.about, draft.text);
                            Some(Told::Replied { id, text })
                        }
                        _ => None,
                    },
                }
            }
            (Reply::Queue(queue), request) => {
                self.queue = queue;
                match request {
                    Some(Request::BoardRule {
                        id, comment, hide, ..
                    }) => Folded {
                        asks: vec![Request::PostList],
                        told: Some(Told::Ruled {
                            case: crate::board::case_key(&id, comment.as_deref()),
                            hide,
                        }),
                    },
                    _ => Folded::default(),
                }
            }
            (Reply::Posts(page), _) => self.take_posts(page),
            (Reply::PostPage(page), request) => self.take_page(request, page),
            (Reply::Earlier(page), _) => self.take_earlier(*page),
            (Reply::Help(report), request) => {
                let told = self.helped(request, &report);
                self.help = *report;
                Folded {
                    asks: Vec::new(),
                    told: told.map(Told::Help),
                }
            }
            (Reply::HelpRaised(raised), _) => Folded {
                asks: vec![Request::HelpList],
                told: Some(Told::Help(HelpTold::Raised {
                    practice: raised.practice,
                    again: raised.again,
                    gates_not_told: raised.gates_not_told,
                })),
            },
            (Reply::Nearby(nearby), _) => {
                self.nearby = Some(*nearby);
                Folded::default()
            }
            (Reply::Pictures(_) | Reply::Paper(_), _) => Folded::default(),
            (Reply::Family(report), request) => self.take_family(request, *report),
            (Reply::Bell(report), _) => {
                self.bell = Some(*report);
                Folded::default()
            }
            (Reply::Phones(phones), request) => {
                self.phones = phones;
                let set = matches!(request, Some(Request::HelpSetNumbers { .. }));
                Folded {
                    asks: Vec::new(),
                    told: set.then_some(Told::Help(HelpTold::PhonesSet)),
                }
            }
            (Reply::GateAnswer(answer), _) => {
                self.answer = Some(*answer);
                Folded {
                    asks: vec![Request::GateLog, Request::GateInside],
                    told: None,
                }
            }
            (Reply::GateInside(inside), _) => {
                self.inside = inside;
                Folded::default()
            }
            (Reply::Rings(rings), request) => {
                self.rings = rings;
                if let (Some(Request::GateRing { event }), Some(answer)) =
                    (&request, &mut self.answer)
                    && answer.event.as_ref() == Some(event)
                {
                    // From now on this verdict follows the call.
                    answer.ring = Some(RingState::Rings);
                }
                self.answer_of_call();
                let told = match request {
                    Some(Request::RingAnswer { admit: true, .. }) => Some(CallTold::SaidAdmit),
                    Some(Request::RingAnswer { admit: false, .. }) => Some(CallTold::SaidRefuse),
                    _ => None,
                };
                Folded {
                    asks: Vec::new(),
                    told: told.map(Told::Call),
                }
            }
            (Reply::Doorbell(bell), request) => {
                self.doorbell = Some(*bell);
                let set = matches!(request, Some(Request::DoorbellSet { .. }));
                Folded {
                    asks: Vec::new(),
                    told: set.then_some(Told::DoorbellSet),
                }
            }
            (Reply::Refusals(lines), request) => {
                self.asked_for.refusals = Some(lines);
                Folded {
                    asks: Vec::new(),
                    told: match request {
                        Some(Request::Refuse { .. }) => Some(Told::Refused),
                        Some(Request::ReceiveAgain { .. }) => Some(Told::ReceivedAgain),
                        _ => None,
                    },
                }
            }
            (Reply::Evacuation(list), _) => {
                self.asked_for.evacuation = Some(*list);
                Folded::default()
            }
            (Reply::Units(units), request) => {
                let query = match request {
                    Some(Request::GateFindUnit { query }) => query,
                    _ => String::new(),
                };
                self.asked_for.units = Some((query, units));
                Folded::default()
            }
            (Reply::GateSheet(sheet), _) => {
                self.sheet = Some(*sheet);
                Folded::default()
            }
            (Reply::GateIncidents(incidents), _) => {
                self.incidents = incidents;
                Folded::default()
            }
            (Reply::GateExpected(expected), _) => {
                self.expected = expected;
                Folded::default()
            }
            (Reply::Done, Some(Request::GateGuard(act))) => {
                if matches!(act, GuardAct::Override { .. }) {
                    // Whoever it was about is in.
                    self.answer = None;
                }
                Folded {
                    asks: Self::gate(),
                    told: Some(Told::Guard(act)),
                }
            }
            (Reply::GateStatus(status), _) => {
                self.gate = Some(*status);
                Folded::default()
            }
            (Reply::GateLog(events), _) => {
                self.gate_log = events;
                Folded::default()
            }
            (Reply::Done, Some(Request::NoticeRetract { .. })) => Folded {
                asks: vec![Request::NoticeList],
                told: Some(Told::Retracted),
            },
            (Reply::Done, Some(Request::NetPause)) => Folded {
                asks: vec![Request::Peers],
                told: Some(Told::Paused),
            },
            (Reply::Done, Some(Request::NetResume)) => Folded {
                asks: vec![Request::Peers],
                told: Some(Told::Resumed),
            },
            (Reply::Done, _) => Folded::default(),
            (Reply::Fault(fault), request) => self.fault(request, fault),
            // Named one by one: a new kind of reply must not vanish here.
            (Reply::Invites(report), request) => self.take_invites(request, *report),
            (Reply::Register(said), request) => self.take_register(request, *said),
            (Reply::Scheduled(items), request) => self.take_scheduled(request, items),
            (Reply::Templates(items), request) => self.take_templates(request, items),
            (Reply::Area(facts), _) => {
                self.area = Some(*facts);
                Folded::default()
            }
            (Reply::NoticeExport(export), _) => {
                self.exports.push(*export);
                Folded::default()
            }
        }
    }

    /// A fault of the home itself closes the screens; any other is told once and changes nothing.
    fn fault(&mut self, request: Option<Request>, fault: Fault) -> Folded {
        let of_the_home = matches!(
            fault.code,
            FaultCode::NoHome
                | FaultCode::NoCommunity
                | FaultCode::Locked
                | FaultCode::WrongPassphrase
                | FaultCode::Busy
                | FaultCode::TooNew
                | FaultCode::Gone
        );
        if of_the_home || self.status.is_none() {
            self.closed = Some(fault);
            return Folded::default();
        }
        match request {
            Some(Request::PassImage { .. }) if fault.code == FaultCode::NotFound => Folded {
                asks: Vec::new(),
                told: Some(Told::NoPicture),
            },
            // Nobody pressed anything: the next event asks again.
            None
            | Some(
                Request::Subscribe
                | Request::Status
                | Request::Peers
                | Request::Rings
                | Request::Doorbell
                | Request::Refusals
                | Request::HelpList
                | Request::HelpNumbers
                | Request::NoticeArea { .. }
                | Request::Scheduled
                | Request::Templates
                | Request::Bell
                | Request::Folders
                | Request::Family(FamilyDo::Show)
                | Request::BellLooked,
            ) => Folded::default(),
            Some(Request::Register(ask)) => self.register_fault(ask, fault),
            Some(Request::GateIncidents) if !self.is_gate() => Folded::default(),
            Some(
                request @ (Request::HelpRaise { .. }
                | Request::HelpCancel { .. }
                | Request::HelpAnswer { .. }
                | Request::HelpCare { .. }),
            ) => {
                if let Request::HelpAnswer { id, .. } = &request {
                    self.help_aside.insert(id.clone());
                }
                Folded {
                    asks: vec![Request::HelpList],
                    told: Some(Self::not_helped(&request, fault)),
                }
            }
            Some(Request::DraftSave { mark, .. } | Request::DraftDrop { mark, .. }) => {
                self.draft_news.push((mark, DraftNews::Failed(fault)));
                Folded::default()
            }
            Some(Request::DraftSend { mark, draft, .. }) => {
                let told = Some(Told::Failed(fault.clone()));
                self.draft_news.push((mark, DraftNews::Unsent(fault)));
                let asks = if draft.kind == Form::Notice.word() {
                    vec![Request::NoticeList, Request::DraftList]
                } else {
                    vec![Request::PostList]
                };
                Folded { asks, told }
            }
            // What was decided meanwhile is shown.
            Some(Request::BoardRule { .. }) => Folded {
                asks: vec![Request::BoardQueue],
                told: Some(Told::Failed(fault)),
            },
            // It is gone: the list says so.
            Some(Request::PostShow { id }) if fault.code == FaultCode::NotFound => {
                self.lost_post(&id)
            }
            Some(Request::PostShow { .. } | Request::PostPage { .. }) => Folded::default(),
            Some(Request::DraftList) => {
                self.draft_news.push((0, DraftNews::Unlisted));
                Folded::default()
            }
            // It may be over, or answered by another program: what stands is looked up.
            Some(Request::RingAnswer { .. }) => Folded {
                asks: vec![Request::Rings],
                told: Some(Told::Failed(fault)),
            },
            Some(_) => Folded {
                asks: Vec::new(),
                told: Some(Told::Failed(fault)),
            },
        }
    }
}

/// Replaces the item of the same id, or adds it.
pub(super) fn put<T>(items: &mut Vec<T>, item: T, id: impl Fn(&T) -> &str) {
    match items.iter().position(|old| id(old) == id(&item)) {
        Some(at) => {
            if let Some(old) = items.get_mut(at) {
                *old = item;
            }
        }
        None => items.push(item),
    }
}
