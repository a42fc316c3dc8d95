//! The sample node as an office's: it publishes, counts, keeps a draft.

use super::{NOW_MS, Node, Shared, node};
use linli_view::api::{
    AreaFacts, BuildingItem, CellItem, CellWord, CommentItem, DisputedItem, Fault, FaultCode, Me,
    NoticeExport, NoticeRequest, PrincipalKind, ReachBuilding, ReachCount, ReachOpen, ReachPoint,
    ReachReport, Reply, Request, Retraction, ScheduledItem, TemplateItem,
};

/// The same node as the home of 居委会, which signed some of the notices.
pub fn office() -> Shared {
    let node = node();
    be_office(&node);
    node
}

/// Makes the node's home an office's.
pub fn be_office(node: &Shared) {
    let me = node.borrow().status.me.clone();
    let mut node = node.borrow_mut();
    node.status.me = me.map(|me| Me {
        kind: PrincipalKind::Office,
        name: "居委会".into(),
        unit: None,
        resident_plates: true,
        keeps_register: true,
        ..me
    });
    node.invites = super::invite::may(&["household", "office", "gate", "screen"]);
    for notice in node.notices.iter_mut().filter(|n| n.valid) {
        notice.ours = notice.org_name == "居委会";
        notice.confirm_asked = notice.needs_confirm;
        notice.needs_confirm = false;
        (notice.confirmed_by_me_ms, notice.read_ms) = (None, Some(NOW_MS));
    }
}

/// Notices that were asked to go out or to wait: each with when, if it waits.
pub fn signed(node: &Shared) -> Vec<(NoticeRequest, Option<u64>)> {
    let out = |request: &Request| match request {
        Request::DraftSend {
            notice: Some(out), ..
        } => Some((out.notice.clone(), out.at_ms)),
        _ => None,
    };
    node.borrow().asked.iter().filter_map(out).collect()
}

/// The text of the newest draft of a notice that the home keeps.
pub fn kept_notice(node: &Shared) -> Option<String> {
    let drafts = &node.borrow().drafts;
    let notices = drafts.iter().filter(|draft| draft.kind == "notice");
    let newest = notices.max_by_key(|draft| draft.at_ms);
    newest.map(|draft| draft.text.clone())
}

impl Node {
    pub(super) fn office(&mut self, request: &Request) -> Reply {
        match request {
            Request::DraftSend { draft, .. } if self.sent.contains(&draft.id) => {
                Reply::Fault(Fault::of(FaultCode::DraftGone))
            }
            Request::DraftSend {
                draft,
                notice: Some(out),
                ..
            } => {
                self.forget_sent(draft);
                let notice = &out.notice;
                if let Some(at_ms) = out.at_ms {
                    self.scheduled.push(ScheduledItem {
                        id: format!("s{}", self.scheduled.len()),
                        at_ms,
                        state: "waits".into(),
                        title: notice.title.clone(),
                        notice: notice.clone(),
                    });
                    return Reply::Scheduled(self.scheduled.clone());
                }
                let mut item = self.notices[0].clone();
                item.id = format!("new{}", self.notices.len());
                item.text.title = notice.title.clone();
                item.text.body = notice.body.clone();
                item.corrects = notice.corrects.clone();
                (item.ours, item.published_ms) = (true, NOW_MS + self.later_ms);
                let id = item.id.clone();
                for old in &mut self.notices {
                    if Some(&old.id) == notice.corrects.as_ref() {
                        old.corrected_by = Some(id.clone());
                    }
                }
                self.notices.push(item);
                let unknown = notice.area.iter().filter(|a| *a == "99").cloned().collect();
                Reply::Published { id, unknown }
            }
            Request::NoticeArea { area } => Reply::Area(Box::new(area_facts(area))),
            Request::NoticeRetract { id, reason } => {
                let found = self.notices.iter_mut().find(|notice| notice.id == *id);
                found.unwrap().retracted = Some(Retraction {
                    by: "居委会".into(),
                    reason: reason.clone(),
                    at_ms: NOW_MS,
                });
                Reply::Done
            }
            Request::NoticeReach { id } => self.reach(id),
            Request::NoticeRemind { id } => {
                self.reminded_ms.push(NOW_MS + self.later_ms);
                self.reach(id)
            }
            Request::NoticeTold { id, unit } => {
                self.told.push(unit.clone());
                self.reach(id)
            }
            Request::NoticeSay {
                id,
                text,
                answers,
                files,
            } => {
                let me = self.status.me.clone().unwrap();
                let at = NOW_MS + self.later_ms;
                let item = self.notices.iter_mut().find(|n| n.id == *id).unwrap();
                item.said.push(CommentItem {
                    id: format!("e:new{}", item.said.len()),
                    author: me.name,
                    official: me.kind == PrincipalKind::Office,
                    body: text.clone(),
                    published_ms: at,
                    answers: answers.clone(),
                    files: super::board::kept(files),
                    ..CommentItem::default()
                });
                Reply::Notice(Box::new(item.clone()))
            }
            Request::Unschedule { id } => {
                self.scheduled.retain(|one| one.id != *id);
                Reply::Scheduled(self.scheduled.clone())
            }
            Request::Templates => Reply::Templates(self.templates.clone()),
            Request::TemplateSave { name, notice } => {
                self.templates.push(TemplateItem {
                    id: format!("t{}", self.templates.len()),
                    name: name.clone(),
                    title: notice.title.clone(),
                    body: notice.body.clone(),
                    ..TemplateItem::default()
                });
                Reply::Templates(self.templates.clone())
            }
            Request::TemplateDrop { id } => {
                self.templates.retain(|one| one.id != *id);
                Reply::Templates(self.templates.clone())
            }
            Request::NoticeExport { id, form } => {
                let item = self.notices.iter().find(|n| n.id == *id).unwrap();
                let notice = serde_json::json!({
                    "estate": "丰盛园", "community": "n:kt04jpcw", "offset_min": 480, "id": item.id,
                    "sender": "o:8f3k2m1p", "office": item.org_name, "sent_ms": item.published_ms,
                    "title": item.text.title, "body": item.text.body, "title_en": "", "body_en": "",
                    "severity": null, "area": [], "effective_ms": null, "expires_ms": null,
                    "after": "nothing",
                });
                let by = &item.corrected_by;
                let one = serde_json::json!({ "notice": notice, "corrected_by": by });
                let data = serde_json::json!({ "notices": [one] });
                let (id, form) = (id.clone(), *form);
                Reply::NoticeExport(Box::new(NoticeExport { id, form, data }))
            }
            Request::NoticeComments { id, open } => {
                let at = NOW_MS + self.later_ms;
                let item = self.notices.iter_mut().find(|n| n.id == *id).unwrap();
                item.comments_closed_ms = (!open).then_some(at);
                Reply::Notice(Box::new(item.clone()))
            }
            _ => Reply::Scheduled(self.scheduled.clone()),
        }
    }

    fn reach(&self, id: &str) -> Reply {
        let told = u32::try_from(self.told.len()).unwrap();
        let count = |of: u32, reached: u32, confirmed: u32| ReachCount {
            of,
            reached: reached + told,
            confirmed,
            told,
            settled: confirmed + told,
            not_heard: 4,
            no_device: of - reached - 4,
        };
        let building = |name: &str, of, reached, confirmed| ReachBuilding {
            building: name.into(),
            count: count(of, reached, confirmed),
        };
        let doors = ["3-1-101", "3-1-202", "3-2-301", "5-1-102", "5-2-601"];
        let states = ["no-device", "read", "delivered", "not-heard", "no-device"];
        let open = doors.into_iter().zip(states);
        Reply::Reach(Box::new(ReachReport {
            id: id.to_owned(),
            title: "停电".into(),
            published_ms: NOW_MS - 5 * 3_600_000,
            as_of_ms: NOW_MS + self.later_ms,
            all: count(186, 141, 88),
            vacant: 9,
            asks: true,
            reminded_ms: self.reminded_ms.clone(),
            buildings: vec![building("3", 96, 80, 61), building("5", 90, 61, 27)],
            open: open
                .filter(|(unit, _)| !self.told.iter().any(|t| t == unit))
                .map(|(unit, state)| ReachOpen {
                    unit: unit.into(),
                    state: state.into(),
                })
                .collect(),
            spread: [
                (20, 11, 6),
                (74, 40, 31),
                (121, 82, 70),
                (133, 90, 81),
                (141, 97, 88),
            ]
            .into_iter()
            .zip(1..=5)
            .map(|((reached, read, settled), hours)| ReachPoint {
                until_ms: NOW_MS - (5 - hours) * 3_600_000,
                reached,
                read,
                settled,
            })
            .collect(),
        }))
    }
}

/// Eight buildings of 99 units, two in each of four cells.
fn area_facts(area: &[String]) -> AreaFacts {
    let cell = |word: &String| {
        let name = word.trim_start_matches("网格").trim_start_matches("grid:");
        let is = name != word.as_str();
        is.then(|| name.trim_start_matches('0').parse::<u32>().unwrap_or(9))
    };
    let units = area
        .iter()
        .map(|word| match (cell(word), word.matches('-').count()) {
            (Some(1..=4), _) => 198,
            (Some(_), _) => 0,
            (None, 0) => 99,
            (None, 1) => 33,
            _ => 1,
        });
    let unknown = area
        .iter()
        .filter(|word| cell(word).is_some_and(|no| no > 4));
    // Of the last cell another office says something else.
    let word = |office: &str, name: &str, own| CellWord {
        office: office.into(),
        cell: Some(name.into()),
        own,
    };
    let fourth = area.iter().any(|word| cell(word) == Some(4));
    let disputed = fourth.then(|| DisputedItem {
        places: vec!["7-2".into(), "8".into()],
        units: 132,
        says: vec![word("居委会", "04", true), word("物业", "03", false)],
        counts: Some("04".into()),
    });
    AreaFacts {
        disputed: disputed.into_iter().collect(),
        asked: area.to_vec(),
        units: if area.is_empty() { 792 } else { units.sum() },
        vacant: 0,
        unknown: unknown.cloned().collect(),
        grid: (1..=4)
            .map(|no| CellItem {
                cell: format!("{no:02}"),
                units: 198,
            })
            .collect(),
        buildings: (1..=8)
            .map(|no| BuildingItem {
                building: no.to_string(),
                units: 99,
            })
            .collect(),
    }
}
