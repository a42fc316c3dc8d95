//! The sample node as a host: it opens invitations, somebody knocks, the pictures are compared.

use super::{NOW_MS, Node, Shared};
use linli_view::api::{
    Fault, FaultCode, InviteItem, InviteReport, InviteState, PassQr, Passphrase, Pictures, Reply,
    Request, Topic,
};

/// The line of every invitation here.
pub const LINE: &str = "LLI1:05A1KJ3M7W0Q8ZB5RT6XG2HD9ENVC4PFYS";
/// What the other screen shows.
pub const NUMBERS: &str = "1 52 17 33 26 49 61";

/// As whom an office's first computer, and a household's, may invite.
pub fn may(roles: &[&str]) -> InviteReport {
    InviteReport {
        may: roles.iter().map(|role| (*role).to_owned()).collect(),
        ..InviteReport::default()
    }
}

/// Seven pictures.
pub fn pictures() -> Pictures {
    Pictures {
        emoji: ["🐶", "🔑", "🌙", "🎈", "🍎", "🚲", "⚓"]
            .map(String::from)
            .into(),
        names_zh: ["狗", "钥匙", "月亮", "气球", "苹果", "自行车", "锚"]
            .map(String::from)
            .into(),
        names_en: [
            "dog", "key", "moon", "balloon", "apple", "bicycle", "anchor",
        ]
        .map(String::from)
        .into(),
        numbers: vec![1, 52, 17, 33, 26, 49, 61],
        ..Pictures::default()
    }
}

fn qr() -> PassQr {
    // As long as a real one with two addresses.
    let line = LINE.repeat(8);
    let code = qrcode::QrCode::with_error_correction_level(&line, qrcode::EcLevel::M).unwrap();
    let colours = code.to_colors();
    let dark: Vec<bool> = colours.iter().map(|c| *c == qrcode::Color::Dark).collect();
    PassQr::pack(u16::try_from(code.width()).unwrap(), &dark).unwrap()
}

/// Somebody comes with the newest invitation, and both screens show the pictures.
pub fn knocks(node: &Shared, device: &str) {
    let mut node = node.borrow_mut();
    let one = node.invites.invites.last_mut().unwrap();
    (one.state, one.line, one.qr) = (InviteState::Comparing, None, None);
    one.device_name = Some(device.to_owned());
    one.pictures = Some(pictures());
    node.changed(&[Topic::Invites]);
}

/// The person there has typed the pictures too.
pub fn agrees_there(node: &Shared) {
    let mut node = node.borrow_mut();
    let one = node.invites.invites.last_mut().unwrap();
    one.confirmed_there = true;
    if one.confirmed {
        (one.state, one.pictures) = (InviteState::Enrolled, None);
    }
    node.changed(&[Topic::Invites]);
}

impl Node {
    pub(super) fn invites(&mut self, request: &Request) -> Reply {
        let refused = |code: &str| {
            Reply::Fault(Fault {
                message: code.into(),
                ..Fault::of(FaultCode::NotAllowed)
            })
        };
        let now_ms = NOW_MS + self.later_ms;
        let all = &mut self.invites.invites;
        all.retain(|one| one.until_ms > now_ms);
        let mut opened = None;
        match request {
            Request::InviteOpen { unit, role, ttl_s } => {
                if unit.as_deref() == Some("会所") {
                    return refused("bad-unit");
                }
                let id = format!("i:{:06}", all.len() + 1);
                opened = Some(id.clone());
                all.push(InviteItem {
                    id,
                    role: role.clone(),
                    unit: unit.clone(),
                    until_ms: now_ms + ttl_s * 1000,
                    known_unit: unit.as_deref() != Some("9-9-999"),
                    tries_left: 3,
                    line: Some(Passphrase(LINE.repeat(8))),
                    qr: Some(qr()),
                    ..InviteItem::default()
                });
            }
            Request::InviteClose { id } => {
                let before = all.len();
                all.retain(|one| one.id != *id);
                if all.len() == before {
                    return refused("no-such-invite");
                }
            }
            Request::InviteConfirm { id, typed } => {
                let Some(at) = all.iter().position(|one| one.id == *id) else {
                    return refused("no-such-invite");
                };
                let one = &mut all[at];
                if typed != NUMBERS {
                    one.tries_left -= 1;
                    if one.tries_left == 0 {
                        all.remove(at);
                    }
                    return refused("sas-different");
                }
                one.confirmed = true;
                if one.confirmed_there {
                    (one.state, one.pictures) = (InviteState::Enrolled, None);
                }
            }
            _ => {}
        }
        Reply::Invites(Box::new(InviteReport {
            opened,
            ..self.invites.clone()
        }))
    }
}
