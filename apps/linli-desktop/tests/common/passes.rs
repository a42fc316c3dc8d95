//! Passes that the sample node makes.

use super::{NOW_MS, Node};
use linli_view::api::{
    GateHeard, IncidentItem, PassIssued, PassItem, PassQr, PassRequest, Passphrase, PlateOf,
    RegularItem, Reply, ResidentPlates,
};

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
            windows: ask.windows.clone(),
            pin: ask.pin.is_some(),
            host: ask.host.clone(),
            mark: "newmark1".into(),
        };
        self.passes.push(pass.clone());
        let mut issued = issued(pass);
        // What the node draws where nobody typed one.
        issued.pin = ask.pin.clone().map(|pin| match pin.0.as_str() {
            "" => Passphrase("482735".into()),
            _ => pin,
        });
        if ask.host.as_deref() == Some("9-9-999") {
            issued.warnings = vec!["host-unit-unknown".into()];
        }
        Reply::PassIssued(Box::new(issued))
    }

    pub(super) fn cancel_all(&mut self) -> Reply {
        for pass in &mut self.passes {
            pass.cancelled_ms = Some(NOW_MS);
        }
        Reply::Passes(self.passes.clone())
    }

    /// One car comes, one goes, one is no plate; afterwards all is as the register says.
    pub(super) fn residents(&mut self, apply: bool) -> Reply {
        let of = |plate: &str, unit: &str| PlateOf {
            plate: plate.into(),
            unit: unit.into(),
        };
        let plates = if self.plates_issued {
            ResidentPlates {
                kept: 12,
                ..ResidentPlates::default()
            }
        } else {
            ResidentPlates {
                applied: apply,
                add: vec![of("京AD12345", "3-2-501")],
                renew: Vec::new(),
                withdraw: vec![of("京N58K21", "3-1-701")],
                kept: 11,
                unreadable: vec![of("拖拉机", "1-1-101")],
            }
        };
        self.plates_issued |= apply;
        Reply::Residents(Box::new(plates))
    }
}

/// A visitor's pass that was used twice, and allows once; the guard let the second one in.
pub fn incident(mark: &str) -> IncidentItem {
    IncidentItem {
        pass: mark.into(),
        label: Some("郑*".into()),
        unit: Some("2-3-502".into()),
        entries: 1,
        number: 2,
        at_ms: NOW_MS - 900_000,
        gate: 2,
        by_guard: true,
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
    PassIssued {
        pass,
        text,
        qr,
        pin: None,
        warnings: Vec::new(),
    }
}

/// Whoever a pass is for, as a regular visitor.
pub fn regular(pass: &PassItem) -> RegularItem {
    let gates = pass.gates.iter().map(|gate| gate.no).collect();
    RegularItem {
        label: pass.label.clone(),
        kind: pass.kind,
        from_s: pass.from_s,
        until_s: pass.until_s,
        entries: pass.entries,
        companions: pass.companions,
        gates: if pass.names_gates { gates } else { Vec::new() },
        plate: pass.plate.clone(),
        windows: pass.windows.clone(),
    }
}
