//! A visitor's pass on paper: as a card of A7 (74 by 105 mm, four to a sheet of A5) or a page of A4.
//!
//! The code takes what the paper gives, so that it survives rain, folds and a bad printer: never below
//! [`MODULE_MIN_MM`], with its quiet zone, at whatever level it was made (paper is level Q).

use super::faces::Measure;
use super::ink::{self, Ink, POINT_MM, Shade};
use super::{Faces, PaperError};
use linli_pass::qr::Symbol;

/// Smallest module that readers take off paper (pass.md §1), in millimetres.
pub const MODULE_MIN_MM: f32 = 0.4;
/// Below this the words are made smaller first.
const MODULE_GOOD_MM: f32 = 0.48;
/// Larger modules help nobody and eat ink.
const MODULE_MAX_MM: f32 = 1.5;
/// Type sizes of an A7 card in points: of what stands at the head, and of the rows, the largest that fits.
const ESTATE: f32 = 7.0;
const TITLE: f32 = 10.0;
const LABEL: f32 = 13.0;
const SIZES: [f32; 4] = [7.5, 6.8, 6.1, 5.5];
/// The hint is smaller than the rows.
const HINT: f32 = 0.82;

/// Which paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    /// A card of 74 by 105 mm.
    #[default]
    A7,
    /// A page of 210 by 297 mm.
    A4,
}

impl Form {
    /// Reads `a7` and `a4`.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "a7" => Some(Self::A7),
            "a4" => Some(Self::A4),
            _ => None,
        }
    }

    const fn layout(self) -> Layout {
        match self {
            Self::A7 => Layout {
                page: (74.0, 105.0),
                margin: 5.0,
                code: 58.0,
                scale: 1.0,
            },
            Self::A4 => Layout {
                page: (210.0, 297.0),
                margin: 20.0,
                code: 130.0,
                scale: 2.0,
            },
        }
    }
}

/// Sizes of a form, in millimetres; type sizes are those of A7 times `scale`.
struct Layout {
    page: (f32, f32),
    margin: f32,
    code: f32,
    scale: f32,
}

impl Layout {
    /// What the lines above and right below the code take.
    fn head(&self) -> f32 {
        let sizes = step(ESTATE) + step(TITLE) + step(LABEL);
        (sizes + 1.0) * self.scale
    }
}

/// How a card is laid out.
struct Plan {
    /// Type size of the rows, in points.
    size: f32,
    /// Room for their names, in millimetres.
    column: f32,
    rows: Vec<Vec<String>>,
    hint: Vec<String>,
    /// Size of a module, in millimetres.
    module: f32,
}

impl Plan {
    /// What rows and hint take, in millimetres.
    fn height(&self) -> f32 {
        let count = |n: usize| u16::try_from(n).map_or(f32::MAX, f32::from);
        let rows = count(self.rows.iter().map(Vec::len).sum());
        let hint = count(self.hint.len()) * HINT;
        step(self.size) * (rows + hint + 0.8)
    }
}

/// One line below the code: what it is and what it says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// "有效".
    pub name: String,
    /// "今天 18:00 - 22:00".
    pub value: String,
}

/// What stands on a card. The code is drawn by its modules.
#[derive(Clone, Debug)]
pub struct Card {
    /// The estate.
    pub estate: String,
    /// "访客通行码".
    pub title: String,
    /// Whom the guard sees, large.
    pub label: String,
    /// Beneath it, in order.
    pub rows: Vec<Row>,
    /// What to do with it, small.
    pub hint: String,
    /// The code.
    pub code: Symbol,
    /// The language of the words.
    pub lang: &'static str,
}

impl Card {
    /// Size of a module on this form, in millimetres.
    ///
    /// # Errors
    /// [`PaperError::CodeTooFine`] when it would be below [`MODULE_MIN_MM`].
    pub fn module_mm(&self, faces: &Faces, form: Form) -> Result<f32, PaperError> {
        Ok(self.plan(&faces.measure(), &form.layout())?.module)
    }

    /// The card as a PDF of one page.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn pdf(&self, faces: &Faces, form: Form) -> Result<Vec<u8>, PaperError> {
        let (layout, measure) = (form.layout(), faces.measure());
        let plan = self.plan(&measure, &layout)?;
        let mut document = ink::document(&self.title, self.lang);
        ink::page(&mut document, layout.page, faces, &measure, |ink| {
            self.draw(ink, &layout, &plan);
        })?;
        ink::finish(document)
    }

    /// The largest type that leaves the code its room; no row is left out, and the hint only when nothing else helps.
    fn plan(&self, measure: &Measure<'_>, layout: &Layout) -> Result<Plan, PaperError> {
        let side = self.code.side();
        let too_fine = PaperError::CodeTooFine(side);
        let modules = f32::from(u16::try_from(side).map_err(|_| too_fine.clone())?);
        let mut best: Option<Plan> = None;
        for with_hint in [true, false] {
            for size in SIZES {
                let mut plan = self.worded(measure, layout, size, with_hint);
                let taken = 2.0 * layout.margin + layout.head() + plan.height();
                let room = (layout.page.1 - taken).min(layout.code);
                plan.module = (room / modules).min(MODULE_MAX_MM);
                if plan.module >= MODULE_GOOD_MM {
                    return Ok(plan);
                }
                if best.as_ref().is_none_or(|b| b.module < plan.module) {
                    best = Some(plan);
                }
            }
        }
        best.filter(|plan| plan.module >= MODULE_MIN_MM)
            .ok_or(too_fine)
    }

    fn worded(&self, measure: &Measure<'_>, layout: &Layout, size: f32, hint: bool) -> Plan {
        let size = size * layout.scale;
        let room = layout.page.0 - 2.0 * layout.margin;
        let names = self.rows.iter().map(|row| measure.width(&row.name));
        let column = names.fold(0.0, f32::max) * size * POINT_MM + 2.0 * layout.scale;
        let value = (room - column) / (size * POINT_MM);
        let rows = self.rows.iter().map(|row| measure.lines(&row.value, value));
        let small = room / (size * HINT * POINT_MM);
        let hint = hint.then(|| measure.lines(&self.hint, small));
        Plan {
            size,
            column,
            rows: rows.collect(),
            hint: hint.unwrap_or_default(),
            module: 0.0,
        }
    }

    fn draw(&self, ink: &mut Ink<'_, '_>, layout: &Layout, plan: &Plan) {
        let width = layout.page.0;
        let edges = (layout.margin, width - layout.margin);
        let room = edges.1 - edges.0;
        let mut y = layout.margin;
        let heads = [
            (ESTATE, Shade::Grey, &self.estate),
            (TITLE, Shade::Black, &self.title),
        ];
        for (size, shade, text) in heads {
            let size = size * layout.scale;
            y += step(size);
            let text = ink.cut(text, room, size);
            ink.centred(edges, y, size, shade, &text);
        }
        y += layout.scale;
        let side = plan.module * u16::try_from(self.code.side()).map_or(0.0, f32::from);
        ink.code(&self.code, ((width - side) / 2.0, y), plan.module);
        y += side + step(LABEL * layout.scale) * 0.7;
        let size = LABEL * layout.scale;
        let label = ink.cut(&self.label, room, size);
        ink.centred(edges, y, size, Shade::Black, &label);
        y += step(size) * 0.3;
        for (row, lines) in self.rows.iter().zip(&plan.rows) {
            let from = y + step(plan.size);
            ink.text(edges.0, from, plan.size, Shade::Grey, &row.name);
            for line in lines {
                y += step(plan.size);
                ink.text(edges.0 + plan.column, y, plan.size, Shade::Black, line);
            }
        }
        y += step(plan.size) * 0.4;
        for line in &plan.hint {
            y += step(plan.size * HINT);
            ink.text(edges.0, y, plan.size * HINT, Shade::Grey, line);
        }
    }
}

/// From one line to the next, in millimetres.
fn step(size: f32) -> f32 {
    size * POINT_MM * 1.35
}
