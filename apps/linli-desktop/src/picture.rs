//! The picture of a pass: the QR code on white, with the lines a visitor needs under it.
//!
//! Made from the module matrix alone, without a window and without a graphics card, so that what is saved,
//! copied and tested is the same to the last pixel. A gate's camera wants at least 0.4 mm a module and a quiet
//! zone of four; a phone shows this picture at some 60 mm, so eight pixels a module are plenty.

use crate::fonts;
use egui::epaint::text::{Fonts, FontsView, TextOptions};
use egui::{Color32, FontFamily, FontId, Galley};
use linli_view::api::PassQr;
use linli_view::pass_card::PassCard;
use std::sync::Arc;

/// Pixels a module.
const MODULE_PX: usize = 8;
/// Modules of white around the code (ISO 18004).
const QUIET: usize = 4;
/// Narrowest picture, so that short codes leave room for the lines.
const WIDTH_MIN_PX: usize = 560;
const MARGIN_PX: usize = 28;
const LINE_PX: f32 = 26.0;
const HEAD_PX: f32 = 34.0;

/// Pixels, row by row, red green blue alpha.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

impl Picture {
    /// A white picture.
    #[must_use]
    pub fn white(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            rgba: vec![255; width * height * 4],
        }
    }

    /// As PNG.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut encoder = png::Encoder::new(&mut bytes, side(self.width), side(self.height));
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rgba)?;
        writer.finish()?;
        Ok(bytes)
    }

    /// Lays `ink` over a pixel, `cover` of 255 thick; outside the picture nothing happens.
    fn blend(&mut self, x: usize, y: usize, ink: Color32, cover: u8) {
        if x >= self.width || y >= self.height {
            return;
        }
        let at = (y * self.width + x) * 4;
        let Some(pixel) = self.rgba.get_mut(at..at + 3) else {
            return;
        };
        for (old, new) in pixel.iter_mut().zip([ink.r(), ink.g(), ink.b()]) {
            let mixed = (u32::from(*old) * u32::from(255 - cover)
                + u32::from(new) * u32::from(cover))
                / 255;
            *old = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
}

/// The picture of a pass; `None` if its code is not here.
#[must_use]
pub fn pass(card: &PassCard) -> Option<Picture> {
    let qr = card.qr.as_ref().filter(|qr| qr.sound())?;
    let side = (usize::from(qr.size) + 2 * QUIET) * MODULE_PX;
    let width = side.max(WIDTH_MIN_PX);
    let mut fonts = Fonts::new(TextOptions::default(), fonts::embedded());
    let mut fonts = fonts.with_pixels_per_point(1.0);
    let room = (width - 2 * MARGIN_PX) as f32;
    let lines: Vec<Arc<Galley>> = card
        .caption
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let font = if at == 0 {
                FontId::new(HEAD_PX, fonts::medium())
            } else {
                FontId::new(LINE_PX, FontFamily::Proportional)
            };
            fonts.layout(line.clone(), font, Color32::BLACK, room)
        })
        .collect();
    let text_height: f32 = lines.iter().map(|line| line.size().y).sum();
    let height = side + text_height.ceil() as usize + MARGIN_PX;
    let mut picture = Picture::white(width, height);
    code(&mut picture, qr, (width - side) / 2);
    let mut top = side as f32;
    for line in &lines {
        write(
            &mut picture,
            &mut fonts,
            line,
            (width as f32 - line.size().x) / 2.0,
            top,
        );
        top += line.size().y;
    }
    Some(picture)
}

/// Draws the code with its quiet zone, `left` pixels from the edge.
fn code(picture: &mut Picture, qr: &PassQr, left: usize) {
    for y in 0..qr.size {
        for x in (0..qr.size).filter(|x| qr.dark(*x, y)) {
            let (x0, y0) = (
                (usize::from(x) + QUIET) * MODULE_PX + left,
                (usize::from(y) + QUIET) * MODULE_PX,
            );
            for row in y0..y0 + MODULE_PX {
                for column in x0..x0 + MODULE_PX {
                    picture.blend(column, row, Color32::BLACK, 255);
                }
            }
        }
    }
}

/// Writes laid out text, copying each glyph from the font's atlas.
fn write(picture: &mut Picture, fonts: &mut FontsView<'_>, text: &Galley, left: f32, top: f32) {
    let atlas = fonts.image();
    for row in &text.rows {
        for glyph in &row.row.glyphs {
            let uv = glyph.uv_rect;
            let at = row.pos + glyph.pos.to_vec2() + uv.offset;
            let (x0, y0) = (
                (left + at.x).round().max(0.0) as usize,
                (top + at.y).round().max(0.0) as usize,
            );
            for v in uv.min[1]..uv.max[1] {
                for u in uv.min[0]..uv.max[0] {
                    let texel = usize::from(v) * atlas.size[0] + usize::from(u);
                    let cover = atlas.pixels.get(texel).map_or(0, egui::Color32::a);
                    let (x, y) = (
                        x0 + usize::from(u - uv.min[0]),
                        y0 + usize::from(v - uv.min[1]),
                    );
                    picture.blend(x, y, Color32::BLACK, cover);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
