//! Passes that the sample node makes.

use super::{NOW_MS, Node};
use linli_view::api::{GateHeard, PassIssued, PassItem, PassQr, PassRequest, Reply};

impl Node {
    pub(super) fn issue(&mut self, ask: &PassRequest) -> Reply {
        let all = self.status.community.as_ref().unwrap().gates.clone();
        let gates = all
            .iter()
            .filter(|gate| ask.gates.is_empty() || ask.gates.contains(&gate.no))
            .map(|gate| GateHeard {
                no: gate.no,
                name: gate.name.clone(),
                heard: false,
                as_of_ms: Some(NOW_MS - 90_000),
            })
            .collect();
        let pass = PassItem {
            id: format!("g:new{}", self.passes.len()),
            label: ask.label.clone(),
            kind: ask.kind,
            from_s: ask.from_s,
            until_s: ask.until_s,
            entries: ask.entries,
            used: 0,
            last_used_ms: None,
            left_ms: None,
            companions: ask.companions,
            gates,
            names_gates: !ask.gates.is_empty(),
            plate: ask.plate.clone(),
            short_code: "90431175".into(),
            cancelled_ms: None,
            issued_ms: NOW_MS,
            delivery: linli_view::api::Delivery::default(),
        };
        self.passes.push(pass.clone());
        Reply::PassIssued(Box::new(issued(pass)))
    }
}

/// A pass with a code of the size a pass without its chain has.
pub fn issued(pass: PassItem) -> PassIssued {
    let text = format!(
        "LL1:{}",
        "6BFOXN*TS0BI$ZD-PHQ7I9AD66V5B22CH9M9ESI9XBHXK-".repeat(6)
    );
    let code = qrcode::QrCode::with_error_correction_level(&text, qrcode::EcLevel::M).unwrap();
    let modules: Vec<bool> = code
        .to_colors()
        .iter()
        .map(|c| *c == qrcode::Color::Dark)
        .collect();
    let qr = PassQr::pack(u16::try_from(code.width()).unwrap(), &modules).unwrap();
    PassIssued { pass, text, qr }
}
