//! Codes out of pictures: `rxing` first, which reads the large ones, `rqrr` as second try (pass.md §10).
//!
//! A picture comes from a stranger's phone. Its size is bounded before a pixel is decoded, and a panic inside a
//! reader is one picture without a code, not the end of the gate.

mod decode;
mod filter;

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Largest picture file.
pub const IMAGE_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Largest picture, in pixels: what phones make.
pub const IMAGE_PIXELS_MAX: u64 = 40_000_000;
/// Above this a picture is looked at smaller first: a code that fills a tenth of it is still large enough.
const QUICK_PIXELS: u64 = 2_000_000;

/// Why no code comes out of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ImageError {
    /// The file is too large.
    #[error("the picture file is larger than 20 MB")]
    Bytes,
    /// The picture has too many pixels.
    #[error("the picture has more than 40 million pixels")]
    Pixels,
    /// Another kind of file.
    #[error("only PNG and JPEG pictures are read: save it as one of these, or take a screenshot")]
    Format,
    /// A picture that is damaged.
    #[error("the picture is damaged")]
    Damaged,
    /// A picture without a readable code.
    #[error("no code was found in the picture: more light, closer, straighter")]
    NoCode,
}

/// All texts of QR codes in a PNG or JPEG, without repetition; at least one.
///
/// # Errors
/// [`ImageError`].
pub fn read_image(bytes: &[u8]) -> Result<Vec<String>, ImageError> {
    if bytes.len() > IMAGE_BYTES_MAX {
        return Err(ImageError::Bytes);
    }
    let (luma, width, height) = decode::luma(bytes)?;
    let found = read_luma(&luma, width, height);
    if found.is_empty() {
        Err(ImageError::NoCode)
    } else {
        Ok(found)
    }
}

/// All texts of QR codes in a grey picture (a camera frame), without repetition.
///
/// `luma` has `width * height` bytes, row by row, 0 = black; anything else finds nothing.
#[must_use]
pub fn read_luma(luma: &[u8], width: u32, height: u32) -> Vec<String> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 || pixels != luma.len() as u64 || pixels > IMAGE_PIXELS_MAX {
        return Vec::new();
    }
    let mut found = Vec::new();
    if pixels > QUICK_PIXELS {
        let (small, w, h) = shrink(luma, width, height);
        found = both(&small, w, h);
    }
    if found.is_empty() {
        found = both(luma, width, height);
    }
    found.sort();
    found.dedup();
    found
}

fn both(luma: &[u8], width: u32, height: u32) -> Vec<String> {
    let first =
        catch_unwind(AssertUnwindSafe(|| by_rxing(luma, width, height))).unwrap_or_default();
    if !first.is_empty() {
        return first;
    }
    let second =
        catch_unwind(AssertUnwindSafe(|| by_rqrr(luma, width, height))).unwrap_or_default();
    let small = u64::from(width) * u64::from(height) <= QUICK_PIXELS;
    if !second.is_empty() || !small {
        return second;
    }
    // Out of focus, or a dark evening's noise: once more through a filter for each.
    let filters = [filter::sharpened, filter::smoothed];
    let mut again = filters.into_iter().map(|filter| {
        let luma = filter(luma, width as usize);
        catch_unwind(AssertUnwindSafe(|| by_rxing(&luma, width, height))).unwrap_or_default()
    });
    again.find(|found| !found.is_empty()).unwrap_or_default()
}

fn by_rxing(luma: &[u8], width: u32, height: u32) -> Vec<String> {
    let mut hints = rxing::DecodeHints {
        PossibleFormats: Some([rxing::BarcodeFormat::QR_CODE].into()),
        TryHarder: Some(true),
        ..rxing::DecodeHints::default()
    };
    let found = rxing::helpers::detect_multiple_in_luma_with_hints(
        luma.to_vec(),
        width,
        height,
        &mut hints,
    );
    found
        .unwrap_or_default()
        .iter()
        .map(|code| code.getText().to_owned())
        .collect()
}

fn by_rqrr(luma: &[u8], width: u32, height: u32) -> Vec<String> {
    let (w, h) = (width as usize, height as usize);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(w, h, |x, y| luma[y * w + x]);
    let grids = image.detect_grids();
    grids
        .iter()
        .filter_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
        .collect()
}

/// Averages squares of pixels so that about [`QUICK_PIXELS`] remain.
fn shrink(luma: &[u8], width: u32, height: u32) -> (Vec<u8>, u32, u32) {
    let pixels = u64::from(width) * u64::from(height);
    let factor = (2..)
        .find(|f| pixels / (f * f) <= QUICK_PIXELS)
        .unwrap_or(2) as usize;
    let (w, h) = (width as usize / factor, height as usize / factor);
    let mean = |x: usize, y: usize| {
        let rows = (0..factor).map(|dy| (y * factor + dy) * width as usize + x * factor);
        let sum: usize = rows
            .flat_map(|at| &luma[at..at + factor])
            .map(|p| usize::from(*p))
            .sum();
        u8::try_from(sum / (factor * factor)).unwrap_or(u8::MAX)
    };
    let out = (0..h)
        .flat_map(|y| (0..w).map(move |x| (x, y)))
        .map(|(x, y)| mean(x, y))
        .collect();
    (
        out,
        u32::try_from(w).unwrap_or(0),
        u32::try_from(h).unwrap_or(0),
    )
}
