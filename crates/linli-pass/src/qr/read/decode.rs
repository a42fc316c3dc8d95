//! A picture file as grey pixels: PNG and JPEG, which is what phones and screens make.
//!
//! The header is read first, and a picture too large is refused before room is made for it. A JPEG that was cut off
//! comes out grey where it ends: the code may stand in the part that arrived.

use super::{IMAGE_PIXELS_MAX, ImageError};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// What the PNG decoder may allocate: the largest picture with four channels, and a little.
const PNG_BYTES_MAX: usize = 4 * 40_000_000 + (1 << 20);
/// A progressive JPEG of a phone comes in ten scans; each is a pass over the whole picture.
const JPEG_SCANS_MAX: usize = 30;

/// Grey pixels, row by row, with width and height.
pub(super) type Luma = (Vec<u8>, u32, u32);

/// Decodes whatever the first bytes say it is; a panic inside a decoder is a damaged picture.
pub(super) fn luma(bytes: &[u8]) -> Result<Luma, ImageError> {
    let decoder = match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => png,
        [0xff, 0xd8, 0xff, ..] => jpeg,
        _ => return Err(ImageError::Format),
    };
    catch_unwind(AssertUnwindSafe(|| decoder(bytes))).unwrap_or(Err(ImageError::Damaged))
}

fn jpeg(bytes: &[u8]) -> Result<Luma, ImageError> {
    let damaged = |_| ImageError::Damaged;
    let options = DecoderOptions::default()
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_max_scans(JPEG_SCANS_MAX)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let info = decoder.info().ok_or(ImageError::Damaged)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    if u64::from(width) * u64::from(height) > IMAGE_PIXELS_MAX {
        return Err(ImageError::Pixels);
    }
    let data = decoder.decode().map_err(damaged)?;
    let pixels = usize::from(info.width) * usize::from(info.height);
    let luma = match decoder.output_colorspace().map(|c| c.num_components()) {
        Some(1) => data,
        // Colour models that the decoder does not turn into grey by itself.
        Some(3) => grey(&data, 3, |p| (weigh(p), u8::MAX)),
        _ => return Err(ImageError::Damaged),
    };
    if luma.len() == pixels {
        Ok((luma, width, height))
    } else {
        Err(ImageError::Damaged)
    }
}

fn png(bytes: &[u8]) -> Result<Luma, ImageError> {
    let damaged = |_| ImageError::Damaged;
    let limits = png::Limits {
        bytes: PNG_BYTES_MAX,
    };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(damaged)?;
    let (width, height) = (header.width, header.height);
    if u64::from(width) * u64::from(height) > IMAGE_PIXELS_MAX {
        return Err(ImageError::Pixels);
    }
    let mut reader = decoder.read_info().map_err(damaged)?;
    let size = reader.output_buffer_size().filter(|s| *s <= PNG_BYTES_MAX);
    let mut data = vec![0; size.ok_or(ImageError::Pixels)?];
    let info = reader.next_frame(&mut data).map_err(damaged)?;
    data.truncate(info.buffer_size());
    let luma = match info.color_type {
        png::ColorType::Grayscale => data,
        png::ColorType::GrayscaleAlpha => grey(&data, 2, |p| (p[0], p[1])),
        png::ColorType::Rgb => grey(&data, 3, |p| (weigh(p), u8::MAX)),
        png::ColorType::Rgba => grey(&data, 4, |p| (weigh(p), p[3])),
        png::ColorType::Indexed => return Err(ImageError::Damaged),
    };
    Ok((luma, width, height))
}

/// Lays each pixel (grey, opacity) on white paper.
fn grey(data: &[u8], channels: usize, pixel: impl Fn(&[u8]) -> (u8, u8)) -> Vec<u8> {
    let on_white = |(grey, alpha): (u8, u8)| {
        let (grey, alpha) = (u16::from(grey), u16::from(alpha));
        u8::try_from((grey * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    data.chunks_exact(channels)
        .map(|p| on_white(pixel(p)))
        .collect()
}

/// Brightness of red, green and blue as an eye weighs them (BT.601).
fn weigh(rgb: &[u8]) -> u8 {
    let [r, g, b] = [rgb[0], rgb[1], rgb[2]].map(u32::from);
    u8::try_from((r * 299 + g * 587 + b * 114) / 1000).unwrap_or(u8::MAX)
}
