//! One page as we draw on it: millimetres from the upper left corner, texts with their faces, lines, squares.

use super::PaperError;
use super::faces::{Faces, Measure};
use krilla::Document;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::TextDirection;
use linli_pass::qr::Symbol;

/// Points a millimetre.
const PT: f32 = 72.0 / 25.4;
/// Millimetres a point of type.
pub(super) const POINT_MM: f32 = 25.4 / 72.0;

/// How dark.
#[derive(Clone, Copy)]
pub(super) enum Shade {
    Black,
    Grey,
    Pale,
}

impl Shade {
    fn fill(self) -> Fill {
        let v = match self {
            Self::Black => 0,
            Self::Grey => 110,
            Self::Pale => 200,
        };
        Fill {
            paint: krilla::color::luma::Color::new(v).into(),
            ..Fill::default()
        }
    }
}

/// What a page is drawn with.
pub(super) struct Ink<'a, 's> {
    pub(super) surface: Surface<'s>,
    pub(super) faces: &'a Faces,
    pub(super) measure: &'a Measure<'a>,
}

impl Ink<'_, '_> {
    /// Writes one line; `y` is where its letters stand. Type size in points.
    pub(super) fn text(&mut self, x: f32, y: f32, size: f32, shade: Shade, text: &str) {
        self.surface.set_fill(Some(shade.fill()));
        let mut at = x * PT;
        for run in self.measure.runs(text) {
            let Some(font) = self.faces.font(run.face) else {
                continue;
            };
            let from = Point::from_xy(at, y * PT);
            let direction = TextDirection::LeftToRight;
            self.surface
                .draw_text(from, font, size, &run.text, false, direction);
            at += run.width * size;
        }
    }

    /// Writes one line in the middle between two edges.
    pub(super) fn centred(
        &mut self,
        (left, right): (f32, f32),
        y: f32,
        size: f32,
        shade: Shade,
        text: &str,
    ) {
        let wide = self.measure.width(text) * size * POINT_MM;
        self.text((left + right - wide) / 2.0, y, size, shade, text);
    }

    /// Fills rectangles (x, y, width, height) as one shape, so that no hairline stands between neighbours.
    pub(super) fn rects(
        &mut self,
        shade: Shade,
        rects: impl IntoIterator<Item = (f32, f32, f32, f32)>,
    ) {
        let mut path = PathBuilder::new();
        for (x, y, w, h) in rects {
            if let Some(rect) = Rect::from_xywh(x * PT, y * PT, w * PT, h * PT) {
                path.push_rect(rect);
            }
        }
        if let Some(path) = path.finish() {
            self.surface.set_fill(Some(shade.fill()));
            self.surface.draw_path(&path);
        }
    }

    /// A text cut to the room there is, with an ellipsis.
    pub(super) fn cut(&self, text: &str, room_mm: f32, size: f32) -> String {
        let room = room_mm / (size * POINT_MM);
        if self.measure.width(text) <= room {
            return text.to_owned();
        }
        let (mut out, mut used) = (String::new(), self.measure.width("…"));
        for c in text.chars() {
            used += self.measure.char(c).2;
            if used > room {
                break;
            }
            out.push(c);
        }
        out + "…"
    }

    /// A code by its runs of dark modules; the quiet zone is part of the symbol.
    pub(super) fn code(&mut self, code: &Symbol, (x, y): (f32, f32), module: f32) {
        let side = code.side();
        let mm = |modules: usize| module * u16::try_from(modules).map_or(0.0, f32::from);
        let mut rects = Vec::new();
        for row in 0..side {
            let mut column = 0;
            while column < side {
                let run = (column..side).take_while(|c| code.is_dark(*c, row)).count();
                if run > 0 {
                    rects.push((x + mm(column), y + mm(row), mm(run), module));
                }
                column += run.max(1);
            }
        }
        self.rects(Shade::Black, rects);
    }

    /// An empty box.
    pub(super) fn frame(&mut self, x: f32, y: f32, width: f32, height: f32, thick: f32) {
        let sides = [
            (x, y, width, thick),
            (x, y + height - thick, width, thick),
            (x, y, thick, height),
            (x + width - thick, y, thick, height),
        ];
        self.rects(Shade::Black, sides);
    }

    /// A level line.
    pub(super) fn rule(&mut self, x: f32, y: f32, width: f32, thick: f32, shade: Shade) {
        self.rects(shade, [(x, y, width, thick)]);
    }
}

/// Adds a page of this size in millimetres and draws on it.
pub(super) fn page(
    document: &mut Document,
    (width, height): (f32, f32),
    faces: &Faces,
    measure: &Measure<'_>,
    draw: impl FnOnce(&mut Ink<'_, '_>),
) -> Result<(), PaperError> {
    let settings = PageSettings::from_wh(width * PT, height * PT)
        .ok_or_else(|| PaperError::Pdf("page size".into()))?;
    let mut page = document.start_page_with(settings);
    {
        let mut ink = Ink {
            surface: page.surface(),
            faces,
            measure,
        };
        draw(&mut ink);
        ink.surface.finish();
    }
    page.finish();
    Ok(())
}

/// A new document that says what it is and in which language.
pub(super) fn document(title: &str, lang: &str) -> Document {
    let mut document = Document::new();
    let metadata = krilla::metadata::Metadata::new()
        .title(title.to_owned())
        .language(lang.to_owned())
        .creator("Linli".to_owned());
    document.set_metadata(metadata);
    document
}

/// Ends the document.
pub(super) fn finish(document: Document) -> Result<Vec<u8>, PaperError> {
    document
        .finish()
        .map_err(|e| PaperError::Pdf(e.to_string()))
}
