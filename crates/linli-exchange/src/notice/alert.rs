//! A notice as a CAP message. The table of `docs/formats/cap.md` is this code in words.

use super::{After, Earlier, Notice, Tongue, Words, building_name, cell_name};
use crate::cap::{
    Alert, Area, Category, Certainty, Info, MsgType, Reference, ResponseType, Scope, Severity,
    Stamp, Status, Urgency,
};

/// Within this time something is expected, later it is future (CAP 1.2 §3.2.2).
const SOON_MS: u64 = 3_600_000;

/// What an office adds for readers outside; it goes before what the notice itself says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AlertOptions {
    /// A drill.
    pub exercise: bool,
    /// The kind of event; `Other` where neither says one.
    pub category: Option<Category>,
    /// What it is about; the headline where nothing is said.
    pub event: Option<String>,
    /// What people should do.
    pub response: Option<ResponseType>,
    /// How soon, instead of what the table says.
    pub urgency: Option<Urgency>,
    /// How sure, instead of what the table says.
    pub certainty: Option<Certainty>,
    /// A page with more.
    pub web: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
}

impl Notice {
    /// The CAP message: an Alert, an Update of what it corrects, or a Cancel of what it takes back.
    #[must_use]
    pub fn alert(&self, options: &AlertOptions) -> Alert {
        let earlier: &[Earlier] = match &self.after {
            After::Nothing => &[],
            After::Corrects(earlier) | After::TakesBack { earlier, .. } => earlier,
        };
        let references = earlier.iter().map(|earlier| Reference {
            sender: self.sender_address(),
            identifier: earlier.id.clone(),
            sent: self.stamp(earlier.sent_ms),
        });
        let mut infos = vec![self.info(options, Tongue::Zh)];
        if !self.title_en.trim().is_empty() {
            infos.push(self.info(options, Tongue::En));
        }
        let note = match &self.after {
            After::TakesBack { reason, .. } if !reason.trim().is_empty() => Some(reason.clone()),
            _ => None,
        };
        Alert {
            identifier: self.id.clone(),
            sender: self.sender_address(),
            sent: self.stamp(self.sent_ms),
            status: if options.exercise {
                Status::Exercise
            } else {
                Status::Actual
            },
            msg_type: match self.after {
                After::Nothing => MsgType::Alert,
                After::Corrects(_) => MsgType::Update,
                After::TakesBack { .. } => MsgType::Cancel,
            },
            source: None,
            scope: Scope::Public,
            restriction: None,
            addresses: None,
            codes: Vec::new(),
            note,
            references: references.collect(),
            incidents: None,
            infos,
        }
    }

    fn stamp(&self, ms: u64) -> Stamp {
        Stamp::of_ms(ms, self.offset_min)
    }

    fn info(&self, options: &AlertOptions, tongue: Tongue) -> Info {
        let (title, body) = match tongue {
            Tongue::Zh => (&self.title, &self.body),
            Tongue::En => (&self.title_en, &self.body_en),
        };
        let (headline, description) = match (&self.after, tongue) {
            (After::TakesBack { reason, .. }, Tongue::Zh) => {
                (format!("撤回：{title}"), reason.clone())
            }
            (After::TakesBack { reason, .. }, Tongue::En) => {
                (format!("Withdrawn: {title}"), reason.clone())
            }
            _ => (title.clone(), body.clone()),
        };
        // What was asked and expected does not hold of a notice that is taken back.
        let said = match self.after {
            After::TakesBack { .. } => Words::default(),
            _ => self.words,
        };
        // What holds only later is valid information from now on, about something that begins then.
        let later = self.effective_ms.filter(|at| *at > self.sent_ms);
        let effective = self.effective_ms.map(|at| at.min(self.sent_ms));
        Info {
            language: Some(match tongue {
                Tongue::Zh => "zh-CN".to_owned(),
                Tongue::En => "en".to_owned(),
            }),
            categories: vec![
                options
                    .category
                    .or(self.words.category)
                    .unwrap_or(Category::Other),
            ],
            event: options.event.clone().unwrap_or_else(|| title.clone()),
            responses: options.response.or(said.response).into_iter().collect(),
            urgency: options
                .urgency
                .or(said.urgency)
                .unwrap_or_else(|| self.urgency()),
            severity: self.severity.unwrap_or(Severity::Unknown),
            certainty: options
                .certainty
                .or(said.certainty)
                .unwrap_or_else(|| self.certainty()),
            audience: None,
            event_codes: Vec::new(),
            effective: effective.map(|at| self.stamp(at)),
            onset: later.map(|at| self.stamp(at)),
            expires: self.expires_ms.map(|at| self.stamp(at)),
            sender_name: Some(format!("{} {}", self.estate, self.office)),
            headline: Some(headline),
            description: Some(description).filter(|text| !text.trim().is_empty()),
            instruction: None,
            web: options.web.clone(),
            contact: options.contact.clone(),
            parameters: vec![("linli:community".to_owned(), self.community.clone())],
            resources: Vec::new(),
            areas: self.areas(tongue),
        }
    }

    fn urgency(&self) -> Urgency {
        if matches!(self.after, After::TakesBack { .. }) {
            return Urgency::Past;
        }
        let ahead = self
            .effective_ms
            .map_or(0, |at| at.saturating_sub(self.sent_ms));
        match self.severity {
            None | Some(Severity::Unknown) => Urgency::Unknown,
            _ if ahead > SOON_MS => Urgency::Future,
            _ if ahead > 0 => Urgency::Expected,
            Some(Severity::Extreme | Severity::Severe) => Urgency::Immediate,
            Some(Severity::Moderate | Severity::Minor) => Urgency::Expected,
        }
    }

    fn certainty(&self) -> Certainty {
        let back = matches!(self.after, After::TakesBack { .. });
        let ahead = self.effective_ms.is_some_and(|at| at > self.sent_ms);
        match self.severity {
            _ if back => Certainty::Unknown,
            None | Some(Severity::Unknown) => Certainty::Unknown,
            _ if ahead => Certainty::Likely,
            _ => Certainty::Observed,
        }
    }

    /// The whole estate, or an area for each building; and one for each grid cell by which those were chosen, which adds no
    /// place: the buildings are signed, the cell is what people call them together.
    fn areas(&self, tongue: Tongue) -> Vec<Area> {
        if self.area.is_empty() {
            return vec![Area {
                desc: self.estate.clone(),
                ..Area::default()
            }];
        }
        let area = |building: &String| Area {
            desc: format!("{} {}", self.estate, building_name(building, tongue)),
            geocodes: vec![("building".to_owned(), building.clone())],
            ..Area::default()
        };
        let cell = |cell: &String| Area {
            desc: format!("{} {}", self.estate, cell_name(cell, tongue)),
            geocodes: vec![("grid".to_owned(), cell.clone())],
            ..Area::default()
        };
        let places = self.area.iter().map(area);
        places.chain(self.cells.iter().map(cell)).collect()
    }
}
