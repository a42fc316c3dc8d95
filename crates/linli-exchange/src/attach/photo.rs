//! A photo, drawn anew: read within bounds, made small, turned upright, written with nothing but its points.

use super::{AttachFault, Kind, PHOTO_FILE_MAX, POINTS_MAX, Ready, SIDE_MAX};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder as _, Limits, Rgb, RgbImage,
};
use std::io::Cursor;

/// What a picture should not exceed; tried with less and less quality.
const GOAL: usize = 1_500_000;
/// A picture with few colours stays a PNG up to this size, because letters in it stay sharp.
const PNG_GOAL: usize = 600_000;
const QUALITIES: [u8; 4] = [82, 70, 55, 40];
/// What a decoder may take while it draws.
const DRAWING_MAX: u64 = 512 << 20;

/// Points of a picture: red, green, blue, and how much of it is seen.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
    /// Four bytes a point, row after row.
    pub rgba: Vec<u8>,
}

pub(super) fn prepare(file: &[u8]) -> Result<Ready, AttachFault> {
    if file.len() > PHOTO_FILE_MAX {
        let mb = PHOTO_FILE_MAX >> 20;
        return Err(AttachFault::FileTooLarge { mb });
    }
    let (picture, from_png) = read(file, SIDE_MAX, &OWN)?;
    if from_png {
        let rgba = picture.color().has_alpha();
        let (bytes, color) = if rgba {
            (picture.to_rgba8().into_raw(), ExtendedColorType::Rgba8)
        } else {
            (picture.to_rgb8().into_raw(), ExtendedColorType::Rgb8)
        };
        let mut out = Vec::new();
        let written =
            PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::Adaptive)
                .write_image(&bytes, picture.width(), picture.height(), color);
        if written.is_ok() && out.len() <= PNG_GOAL {
            return ready(out, Kind::Png, &picture);
        }
    }
    let points = flat(&picture);
    let mut out = Vec::new();
    for quality in QUALITIES {
        out.clear();
        JpegEncoder::new_with_quality(&mut out, quality)
            .write_image(
                points.as_raw(),
                points.width(),
                points.height(),
                ExtendedColorType::Rgb8,
            )
            .map_err(|_| AttachFault::Picture)?;
        if out.len() <= GOAL {
            break;
        }
    }
    ready(out, Kind::Jpeg, &picture)
}

fn ready(bytes: Vec<u8>, kind: Kind, picture: &DynamicImage) -> Result<Ready, AttachFault> {
    let side = |side: u32| u16::try_from(side).map_err(|_| AttachFault::Picture);
    Ok(Ready {
        bytes,
        kind,
        sides: Some((side(picture.width())?, side(picture.height())?)),
    })
}

/// The points of a picture, to be drawn at most `longest` points a side. `None` if it cannot be read within bounds.
#[must_use]
pub fn pixels(picture: &[u8], longest: u32) -> Option<Pixels> {
    let (picture, _) = read(picture, longest.clamp(1, SIDE_MAX), &STRANGERS).ok()?;
    let rgba = picture.to_rgba8();
    Some(Pixels {
        width: rgba.width(),
        height: rgba.height(),
        rgba: rgba.into_raw(),
    })
}

/// Reads a picture, at most `longest` points a side and upright; whether it was a PNG.
fn read(file: &[u8], longest: u32, bounds: &Bounds) -> Result<(DynamicImage, bool), AttachFault> {
    let from = Cursor::new(file);
    let from_png = file.starts_with(&[0x89, b'P', b'N', b'G']);
    let picture = if from_png {
        draw(
            PngDecoder::with_limits(from, bounds.limits()),
            longest,
            bounds,
        )
    } else {
        draw(JpegDecoder::new(from), longest, bounds)
    };
    picture.map(|picture| (picture, from_png))
}

/// What reading a picture may take.
struct Bounds {
    points: u64,
    bytes: u64,
}

/// A picture of one's own, as a camera makes it.
const OWN: Bounds = Bounds {
    points: POINTS_MAX,
    bytes: DRAWING_MAX,
};
/// A picture that came from somebody: nobody's program sends one above 2048 points a side.
const STRANGERS: Bounds = Bounds {
    points: 16_000_000,
    bytes: 128 << 20,
};

impl Bounds {
    fn limits(&self) -> Limits {
        let mut limits = Limits::default();
        limits.max_alloc = Some(self.bytes);
        limits
    }
}

fn draw<D: ImageDecoder>(
    decoder: image::ImageResult<D>,
    longest: u32,
    bounds: &Bounds,
) -> Result<DynamicImage, AttachFault> {
    let mut decoder = decoder.map_err(|_| AttachFault::Picture)?;
    let (width, height) = decoder.dimensions();
    let points = u64::from(width) * u64::from(height);
    if points == 0 {
        return Err(AttachFault::Picture);
    }
    if points > bounds.points || decoder.total_bytes() > bounds.bytes {
        let millions = points.div_ceil(1_000_000);
        return Err(AttachFault::Points { millions });
    }
    decoder
        .set_limits(bounds.limits())
        .map_err(|_| AttachFault::Picture)?;
    let turned = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| AttachFault::Picture)?;
    if width > longest || height > longest {
        picture = picture.thumbnail(longest, longest);
    }
    // Turned when it is small: turning needs a second copy.
    if let Some(turned) = turned {
        picture.apply_orientation(turned);
    }
    Ok(picture)
}

/// Without what can be seen through: paper is white.
fn flat(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let from = picture.to_rgba8();
    RgbImage::from_fn(from.width(), from.height(), |x, y| {
        let [r, g, b, a] = from.get_pixel(x, y).0;
        let over = |c: u8| {
            let mixed = (u16::from(c) * u16::from(a) + 255 * (255 - u16::from(a))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgb([over(r), over(g), over(b)])
    })
}
