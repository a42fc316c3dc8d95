//! A household that gates call.

use super::{NOW_MS, Node, Shared};
use linli_view::api::{
    Doorbell, DoorbellDevice, FamilyDo, FamilyPerson, Reply, RingItem, RingSaid, RingState, Topic,
};

/// A call that rings at this device since a minute.
pub fn call(event: &str, name: Option<&str>) -> RingItem {
    RingItem {
        event: event.into(),
        gate: 1,
        gate_name: Some("东门".into()),
        at_ms: NOW_MS - 60_000,
        heard_ms: 0,
        unit: Some("3-2-501".into()),
        name: name.map(str::to_owned),
        companions: 1,
        resident: false,
        code: None,
        plate: None,
        pass: None,
        state: RingState::Rings,
        live: true,
        here: true,
        rang: true,
        answers: Vec::new(),
        device: Some("d:3m8xk2p7".into()),
        for_s: Some(55),
        since_ms: NOW_MS - 60_000,
    }
}

/// Makes a call ring at the window.
pub fn ring(node: &Shared, call: RingItem) {
    let mut node = node.borrow_mut();
    node.rings.insert(0, call);
    node.changed(&[Topic::Passes]);
}

/// Two devices, the other one first.
pub fn doorbell() -> Doorbell {
    let devices = [("d:phone", false), ("d:3m8xk2p7", true)];
    Doorbell {
        order: devices
            .map(|(device, me)| DoorbellDevice {
                device: device.into(),
                me,
            })
            .to_vec(),
        seconds: 55,
        set: false,
    }
}

impl Node {
    pub(super) fn ring_answer(&mut self, event: &str, admit: bool) -> Reply {
        for ring in self.rings.iter_mut().filter(|ring| ring.event == event) {
            ring.here = false;
            ring.answers.push(RingSaid { admit, mine: true });
        }
        Reply::Rings(self.rings.clone())
    }

    pub(super) fn doorbell_set(&mut self, order: &[String], seconds: Option<u64>) -> Reply {
        let place = |d: &DoorbellDevice| order.iter().position(|o| *o == d.device);
        self.doorbell.order.sort_by_key(place);
        if let Some(seconds) = seconds {
            self.doorbell.seconds = u8::try_from(seconds).unwrap();
        }
        Reply::Doorbell(Box::new(self.doorbell.clone()))
    }
}

/// A founder's sheet, with the words of BIP-39's first test vectors.
pub fn paper() -> Box<linli_view::api::Paper> {
    let words = "abandon ability able about above absent absorb abstract absurd abuse access accident \
                 legal winner thank year wave sausage worth useful zoo vote letter advice";
    Box::new(linli_view::api::Paper {
        words: linli_view::api::Passphrase(words.into()),
        ask: [7, 24],
    })
}

impl Node {
    /// Who of the household sits here, as a node would keep it.
    pub fn family(&mut self, act: &FamilyDo) -> Reply {
        let family = &mut self.family;
        match act {
            FamilyDo::Show | FamilyDo::Rename { .. } => {}
            FamilyDo::Add { name } => family.people.push(FamilyPerson {
                id: family.people.len() as u32 + 1,
                name: name.clone(),
                ..FamilyPerson::default()
            }),
            FamilyDo::Remove { id } => family.people.retain(|person| person.id != *id),
            FamilyDo::Sit { id } => family.now = *id,
            FamilyDo::Set { id, lang, look } => {
                let now = id.or(family.now);
                let sits = family.people.iter_mut().find(|p| Some(p.id) == now);
                if let Some(person) = sits {
                    person.lang = lang.clone().or_else(|| person.lang.take());
                    person.look = look.clone().or_else(|| person.look.take());
                }
            }
        }
        Reply::Family(Box::new(family.clone()))
    }
}

/// Three generations at one computer; the grandmother has her own type size.
pub fn three_generations(node: &Shared) {
    let person = |id: u32, name: &str, look: Option<&str>| FamilyPerson {
        id,
        name: name.into(),
        lang: None,
        look: look.map(str::to_owned),
    };
    node.borrow_mut().family.people = vec![
        person(1, "奶奶", Some("elderly")),
        person(2, "妈妈", None),
        person(3, "小雨", None),
    ];
}
