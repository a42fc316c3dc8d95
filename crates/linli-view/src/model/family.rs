//! Who sits here, as the window has it: marks of the person lie over those of the household.

use super::{Folded, Model, Told};
use crate::api::{FamilyDo, FamilyReport, Request};

impl Model {
    /// Takes the new report.
    pub(super) fn take_family(&mut self, request: Option<Request>, report: FamilyReport) -> Folded {
        let before = self.family.as_ref().map(|family| family.now);
        let changed = before.is_some_and(|now| now != report.now);
        let name = report.sitting().map(|person| person.name.clone());
        let told = match request {
            Some(Request::Family(FamilyDo::Sit { .. })) => Some(Told::Sits { name }),
            _ => None,
        };
        self.family = Some(report);
        self.as_sitter();
        // Under the marks of whoever sat here before lie those of the household.
        let bell = vec![Request::NoticeList, Request::Bell];
        Folded {
            asks: if changed { bell } else { Vec::new() },
            told,
        }
    }

    /// Somebody opened a notice.
    pub(super) fn opened(&mut self, notice: &str) {
        if let Some(family) = self.family.as_mut().filter(|family| family.now.is_some()) {
            family.read.insert(notice.to_owned());
        }
        self.as_sitter();
    }

    /// What who sits here has not opened is new, whoever else of the household has read or confirmed it. To the
    /// household as a whole what was confirmed is read.
    pub(super) fn as_sitter(&mut self) {
        let Some(family) = self.family.as_ref().filter(|f| f.sitting().is_some()) else {
            for notice in &mut self.notices {
                notice.read_ms = notice.read_ms.or(notice.confirmed_by_me_ms);
            }
            return;
        };
        for notice in &mut self.notices {
            if !family.read.contains(&notice.id) {
                notice.read_ms = None;
            } else if notice.read_ms.is_none() {
                notice.read_ms = Some(notice.published_ms);
            }
        }
    }
}
