//! The QR code of a pass: a picture, blocks of text for a terminal, and its size before it is drawn.
//!
//! Base45 exists so that a code needs 5.5 bits a character (alphanumeric mode) and stays small; anything above
//! version 12 is hard to read off a phone in the rain, so [`Symbol::version`] is shown to whoever sends it.

mod read;

#[cfg(test)]
mod tests;

pub use read::{IMAGE_BYTES_MAX, IMAGE_PIXELS_MAX, ImageError, read_image, read_luma};

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code that ISO/IEC 18004 asks for.
pub const QUIET_ZONE: usize = 4;
/// Size of a module in print that the picture asks for, in micrometres: above the 0.4 mm that readers need.
const MODULE_UM: u32 = 500;
/// Largest module in pixels: a version 40 code is 5,664 pixels wide then.
const MODULE_PX_MAX: u32 = 32;

/// Where a code is shown, which decides how much of it may be damaged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Medium {
    /// A screen: level M, 15 %.
    Screen,
    /// Paper, which gets wet and folded: level Q, 25 %.
    Paper,
}

/// Why a text cannot be drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum QrError {
    /// Longer than a QR code holds.
    #[error("the text is too long for a QR code")]
    TooLong,
    /// The picture could not be encoded.
    #[error("the picture could not be written")]
    Png,
}

/// A QR code.
///
/// ```
/// use linli_pass::qr::{Medium, Symbol, read_image};
/// let code = Symbol::of("LL1:HELLO WORLD", Medium::Screen)?;
/// assert_eq!(code.version(), 1);
/// assert_eq!(read_image(&code.png(4)?).unwrap(), ["LL1:HELLO WORLD"]);
/// # Ok::<(), linli_pass::qr::QrError>(())
/// ```
#[derive(Clone)]
pub struct Symbol {
    dark: Vec<bool>,
    width: usize,
    version: u8,
}

impl Symbol {
    /// Lays a text out, in the smallest version that holds it.
    ///
    /// # Errors
    /// [`QrError::TooLong`].
    pub fn of(text: &str, medium: Medium) -> Result<Self, QrError> {
        let level = match medium {
            Medium::Screen => EcLevel::M,
            Medium::Paper => EcLevel::Q,
        };
        let code =
            QrCode::with_error_correction_level(text, level).map_err(|_| QrError::TooLong)?;
        let version = match code.version() {
            qrcode::Version::Normal(v) | qrcode::Version::Micro(v) => u8::try_from(v).unwrap_or(0),
        };
        let dark = code
            .to_colors()
            .into_iter()
            .map(|c| c == Color::Dark)
            .collect();
        Ok(Self {
            dark,
            width: code.width(),
            version,
        })
    }

    /// Version 1 to 40; up to 12 is easy to read.
    #[must_use]
    pub const fn version(&self) -> u8 {
        self.version
    }

    /// Modules on a side, with the quiet zone.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.width + 2 * QUIET_ZONE
    }

    /// Whether a module is dark; the quiet zone and everything outside is light.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(QUIET_ZONE).filter(|at| *at < self.width);
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => self.dark.get(y * self.width + x).copied().unwrap_or(false),
            _ => false,
        }
    }

    /// A PNG with this many pixels a module (1 to 32), black on white, one bit a pixel, asking to be printed with
    /// modules of half a millimetre.
    ///
    /// # Errors
    /// [`QrError::Png`].
    pub fn png(&self, module_px: u32) -> Result<Vec<u8>, QrError> {
        let module_px = module_px.clamp(1, MODULE_PX_MAX);
        let scale = module_px as usize;
        let side_px = self.side() * scale;
        let mut rows = Vec::with_capacity(side_px * side_px.div_ceil(8));
        for y in 0..self.side() {
            let mut row = vec![0u8; side_px.div_ceil(8)];
            for at in (0..side_px).filter(|at| !self.is_dark(at / scale, y)) {
                row[at / 8] |= 0x80 >> (at % 8);
            }
            (0..scale).for_each(|_| rows.extend_from_slice(&row));
        }
        let mut out = Vec::new();
        let side = u32::try_from(side_px).map_err(|_| QrError::Png)?;
        let mut encoder = png::Encoder::new(&mut out, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let per_metre = module_px * (1_000_000 / MODULE_UM);
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit: png::Unit::Meter,
        }));
        let mut writer = encoder.write_header().map_err(|_| QrError::Png)?;
        writer.write_image_data(&rows).map_err(|_| QrError::Png)?;
        writer.finish().map_err(|_| QrError::Png)?;
        Ok(out)
    }

    /// Blocks for a terminal, two rows of modules a line. `light_ink`: the terminal writes light on dark, as most do,
    /// so the light modules are drawn.
    #[must_use]
    pub fn blocks(&self, light_ink: bool) -> String {
        let side = self.side();
        let inked = |x, y| y < side && self.is_dark(x, y) != light_ink;
        let mut out = String::with_capacity(side * (side / 2 + 1) * 3);
        for y in (0..side).step_by(2) {
            for x in 0..side {
                out.push(match (inked(x, y), inked(x, y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            out.push('\n');
        }
        out
    }
}

impl std::fmt::Debug for Symbol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Symbol(version {})", self.version)
    }
}
