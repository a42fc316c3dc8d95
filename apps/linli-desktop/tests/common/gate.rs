//! What a gate's node answers beside acts: scans, walk-ins, lists, units.

use super::{NOW_MS, Node};
use linli_view::api::{
    Evacuation, EvacuationBuilding, EvacuationUnit, ExpectedItem, GateAnswer, GateEvent, GateMark,
    GateResult, GateScan, GateSheet, GateStatus, RefusalItem, Reply, Request, RingItem, RingState,
    ScanKind, UnitItem,
};

/// Who comes later today.
pub fn expected() -> Vec<ExpectedItem> {
    vec![ExpectedItem {
        label: Some("张*".into()),
        unit: Some("1-1-101".into()),
        from_ms: NOW_MS + 4 * 3_600_000,
        until_ms: NOW_MS + 6 * 3_600_000,
        companions: 1,
        entries: 1,
        ..ExpectedItem::default()
    }]
}

/// One line of the estate, one of a household.
pub fn refusals() -> Vec<RefusalItem> {
    let line =
        |id: &str, unit: Option<&str>, name: Option<&str>, plate: Option<&str>| RefusalItem {
            id: id.into(),
            unit: unit.map(str::to_owned),
            plate: plate.map(str::to_owned),
            name: name.map(str::to_owned),
            reason: Some("闹过事".into()),
            at_ms: NOW_MS - 86_400_000,
            mine: false,
        };
    vec![
        line("l:2", Some("3-1-701"), Some("赵六"), None),
        line("l:1", None, Some("推销员"), Some("京N58K21")),
    ]
}

fn units() -> Vec<UnitItem> {
    let unit = |unit: &str, devices, online, plates: &[&str]| UnitItem {
        unit: unit.into(),
        devices,
        online,
        plates: plates.iter().map(|plate| (*plate).to_owned()).collect(),
    };
    vec![
        unit("1-1-101", 0, false, &[]),
        unit("2-1-501", 1, false, &["京Q88B26"]),
        unit("3-2-501", 2, true, &["京AD12345", "京N58K27"]),
    ]
}

impl Node {
    pub(super) fn gate_status(&self) -> GateStatus {
        GateStatus {
            no: 1,
            name: Some("东门".into()),
            clock: Some("GOOD".into()),
            cancels_as_of_ms: Some(NOW_MS - 180_000),
            grants: 12,
            badge: self.badge.clone(),
            open_all: self.open_all,
        }
    }

    /// Lists and units.
    pub(super) fn door(&mut self, request: &Request) -> Reply {
        match request {
            Request::GateFindUnit { query } => {
                let found = units().into_iter().filter(|one| one.unit.contains(query));
                Reply::Units(found.collect())
            }
            Request::GateEvacuation => Reply::Evacuation(Box::new(self.evacuation())),
            Request::GateSheet => Reply::GateSheet(Box::new(GateSheet {
                status: self.gate_status(),
                expected: expected(),
                inside: self.inside.clone(),
                refused: self.refusals.clone(),
            })),
            Request::Refuse {
                plate,
                name,
                reason,
            } => {
                let id = format!("l:new{}", self.refusals.len());
                self.refusals.push(RefusalItem {
                    id,
                    unit: Some("3-2-501".into()),
                    plate: plate.clone(),
                    name: name.clone(),
                    reason: reason.clone(),
                    at_ms: NOW_MS,
                    mine: true,
                });
                Reply::Refusals(self.refusals.clone())
            }
            Request::ReceiveAgain { id } => {
                self.refusals.retain(|one| one.id != *id);
                Reply::Refusals(self.refusals.clone())
            }
            _ => Reply::Refusals(self.refusals.clone()),
        }
    }

    fn evacuation(&self) -> Evacuation {
        let mut list = Evacuation {
            as_of_ms: NOW_MS,
            ..Evacuation::default()
        };
        for one in &self.inside {
            let unit = one.unit.clone().unwrap_or_default();
            let people = 1 + u64::from(one.companions);
            let building = unit.split('-').next().unwrap_or_default().to_owned();
            list.people += people;
            list.buildings.push(EvacuationBuilding {
                building,
                people,
                units: vec![EvacuationUnit {
                    unit,
                    people,
                    inside: vec![one.clone()],
                }],
            });
        }
        list
    }

    /// The household is called.
    pub(super) fn walk_in(&mut self) -> Reply {
        let reply = self.gate_check(&GateScan {
            kind: ScanKind::Plate,
            value: String::new(),
            companions: 0,
            pin: None,
            lane_plate: None,
        });
        match reply {
            Reply::GateAnswer(answer) => Reply::GateAnswer(Box::new(GateAnswer {
                ring: Some(RingState::Rings),
                ..*answer
            })),
            other => other,
        }
    }

    /// The household is called about a line that asks.
    pub(super) fn gate_ring(&mut self, event: &str) -> Reply {
        self.rings.insert(
            0,
            RingItem {
                here: false,
                rang: false,
                code: Some("E_COMPANIONS".into()),
                pass: Some("k3v9x2qa".into()),
                at_ms: NOW_MS,
                since_ms: NOW_MS,
                ..super::house::call(event, Some("李*"))
            },
        );
        Reply::Rings(self.rings.clone())
    }

    /// Scans the tests know: a good pass, a good code, more people than a pass says, a plate nobody has heard of.
    pub(super) fn gate_check(&mut self, scan: &GateScan) -> Reply {
        let (result, code, zh, en) = match (scan.kind, scan.value.as_str()) {
            (ScanKind::Text, "LL1:GOOD PASS") | (ScanKind::Code, "4821-0376") => (
                GateResult::Admit,
                None,
                "签名有效，可进入",
                "Signature valid, may enter",
            ),
            (ScanKind::Text, "LL1:WITH PIN") if scan.pin.as_deref() == Some("482103") => (
                GateResult::Admit,
                None,
                "口令对，可进入",
                "The PIN is right, may enter",
            ),
            (ScanKind::Text, "LL1:WITH PIN") => (
                GateResult::Deny,
                Some("E_PIN"),
                "请来客说口令",
                "Ask the visitor for the PIN",
            ),
            (ScanKind::Text, "LL1:TOO MANY") => (
                GateResult::Ask,
                Some("E_COMPANIONS"),
                "通行码上同行 2 人，来了 4 人：请问住户，再由您决定",
                "The pass says 2 people with them, 4 came: ask the household, then decide",
            ),
            (ScanKind::Plate, _) => (
                GateResult::Ask,
                Some("E_PLATE_UNKNOWN"),
                "本门没有听说过这个车牌：请来客出示通行码，或打电话给住户",
                "This gate has not heard of the plate: ask for the code, or call the household",
            ),
            _ => (
                GateResult::Deny,
                Some("E_SIG"),
                "签名不对：这张码被改过，请住户重新发一张",
                "The signature does not hold: the pass was changed; ask the household for a new one",
            ),
        };
        let opens = result == GateResult::Admit;
        // What is personal is shown once the signature holds.
        let admitted = opens || code == Some("E_COMPANIONS");
        let answer = GateAnswer {
            result,
            opens,
            code: code.map(str::to_owned),
            sentence_zh: zh.into(),
            sentence_en: en.into(),
            label: admitted.then(|| "李*".into()),
            unit: admitted.then(|| "3-2-501".into()),
            plate: None,
            until_s: admitted.then_some(NOW_MS / 1000 + 3_600),
            entry: admitted.then_some(1),
            of: admitted.then_some(1),
            companions: admitted.then_some(2),
            pin_unasked: false,
            clock: Some("GOOD".into()),
            event: Some(format!("e{}", self.gate_log.len())),
            cancels_as_of_s: Some(NOW_MS / 1000 - 180),
            at_ms: NOW_MS,
            ring: None,
        };
        self.gate_log.insert(
            0,
            GateEvent {
                id: answer.event.clone().unwrap(),
                at_ms: NOW_MS,
                result: match result {
                    GateResult::Admit => GateMark::Admit,
                    GateResult::Ask => GateMark::Ask,
                    GateResult::Deny => GateMark::Deny,
                },
                code: answer.code.clone(),
                count: None,
                gate: 1,
                corrected: false,
                label: answer.label.clone(),
                unit: answer.unit.clone(),
                plate: None,
            },
        );
        Reply::GateAnswer(Box::new(answer))
    }
}
