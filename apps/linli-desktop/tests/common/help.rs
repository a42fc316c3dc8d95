//! Calls for help at the sample node.

use super::{NOW_MS, Node, Shared};
use linli_view::api::{
    Fault, FaultCode, HelpEar, HelpHow, HelpItem, HelpRaised, HelpReceived, MissedItem, PhoneItem,
    PrincipalKind, Reply, Request, Topic,
};

/// A call of a neighbour in the same building, a minute old.
pub fn calls(id: &str, by: &str, hears_as: HelpEar) -> HelpItem {
    HelpItem {
        id: id.into(),
        by: by.into(),
        practice: false,
        open: true,
        at_ms: NOW_MS - 60_000,
        over_ms: None,
        own: false,
        words: (hears_as != HelpEar::Neighbour).then(|| "摔倒了，门没锁".into()),
        asks_me: true,
        hears_as,
        received: Vec::new(),
    }
}

pub fn received(by: &str, kind: PrincipalKind, how: HelpHow) -> HelpReceived {
    HelpReceived {
        by: by.into(),
        kind,
        how,
        at_ms: (how != HelpHow::Holds).then_some(NOW_MS),
    }
}

/// Makes it heard at the window.
pub fn cry(node: &Shared, call: HelpItem) {
    let mut node = node.borrow_mut();
    node.help.calls.insert(0, call);
    node.changed(&[Topic::Posts]);
}

/// Changes what the node knows of a call.
pub fn change(node: &Shared, id: &str, how: impl Fn(&mut HelpItem)) {
    let mut node = node.borrow_mut();
    for call in node.help.calls.iter_mut().filter(|call| call.id == id) {
        how(call);
    }
    node.changed(&[Topic::Posts]);
}

/// Who looks after this household.
pub fn cared_for(node: &Shared, minute: Option<u16>) {
    let mut node = node.borrow_mut();
    node.help.mine.helpers = vec!["3-2-502".into(), "4-1-101".into()];
    node.help.mine.minute = minute;
}

/// A neighbour has not said that all is well.
pub fn missed(node: &Shared) {
    node.borrow_mut().help.missed = vec![MissedItem {
        unit: "3-1-201".into(),
        due_ms: NOW_MS - 5 * 3_600_000,
        last_ms: Some(NOW_MS - 30 * 3_600_000),
    }];
}

/// The three of the state and those of an office.
pub fn phones() -> Vec<PhoneItem> {
    let phone = |office: Option<&str>, label: &str, number: &str| PhoneItem {
        office: office.map(str::to_owned),
        label: label.into(),
        number: number.into(),
        at_ms: office.map(|_| NOW_MS - 86_400_000),
    };
    vec![
        phone(None, "ambulance", "120"),
        phone(None, "police", "110"),
        phone(None, "fire", "119"),
        phone(Some("物业服务中心"), "值班室", "010-6666 0001"),
        phone(Some("丰盛园社区居委会"), "网格员 李芳", "139 0000 0023"),
    ]
}

impl Node {
    pub(super) fn helps(&mut self, request: &Request) -> Reply {
        let changes = !matches!(request, Request::HelpList | Request::HelpNumbers);
        if let Some(fault) = self.refuses.clone().filter(|_| changes) {
            return Reply::Fault(fault);
        }
        let now = NOW_MS + self.later_ms;
        let find = |node: &mut Self, id: &str| node.help.calls.iter().position(|c| c.id == *id);
        match request {
            Request::HelpRaise { practice, words } => {
                let id = format!("h:{}", self.help.calls.len() + 1);
                let mut call = calls(&id, "3-2-501", HelpEar::Own);
                (call.own, call.asks_me, call.at_ms) = (true, false, now);
                (call.practice, call.words) = (*practice, words.clone());
                self.help.calls.insert(0, call);
                return Reply::HelpRaised(HelpRaised {
                    id,
                    practice: *practice,
                    ..HelpRaised::default()
                });
            }
            Request::HelpCancel { id } => match find(self, id) {
                Some(at) if self.help.calls[at].open => {
                    let call = &mut self.help.calls[at];
                    (call.open, call.over_ms) = (false, Some(now));
                }
                _ => return Reply::Fault(Fault::of(FaultCode::BadInput)),
            },
            Request::HelpAnswer { id, coming } => match find(self, id) {
                Some(at) if self.help.calls[at].open => {
                    let call = &mut self.help.calls[at];
                    call.asks_me = false;
                    let how = if *coming {
                        HelpHow::Coming
                    } else {
                        HelpHow::Heard
                    };
                    let me = received("3-2-501", PrincipalKind::Household, how);
                    call.received.push(me);
                }
                _ => return Reply::Fault(Fault::of(FaultCode::BadInput)),
            },
            Request::HelpFine => self.help.mine.last_ms = Some(now),
            Request::HelpCare { helpers, minute } => {
                if helpers.iter().any(|unit| unit.starts_with('9')) {
                    return Reply::Fault(Fault::of(FaultCode::NotFound));
                }
                self.help.mine.helpers.clone_from(helpers);
                self.help.mine.minute = *minute;
            }
            Request::HelpSetNumbers { numbers } => {
                let office = self.status.me.as_ref().unwrap().name.clone();
                self.phones
                    .retain(|phone| phone.office.as_ref() != Some(&office));
                for (label, number) in numbers {
                    self.phones.push(PhoneItem {
                        office: Some(office.clone()),
                        label: label.clone(),
                        number: number.clone(),
                        at_ms: Some(now),
                    });
                }
                return Reply::Phones(self.phones.clone());
            }
            Request::HelpNumbers => return Reply::Phones(self.phones.clone()),
            _ => {}
        }
        Reply::Help(Box::new(self.help.clone()))
    }
}
