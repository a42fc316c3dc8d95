//! Photos and PDFs as people hand them in, and as nobody should.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod printed;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _, Rgb, RgbImage};
use linli_exchange::attach::{
    AttachFault, Kind, PDF_MAX, PHOTO_FILE_MAX, SIDE_MAX, pixels, prepare,
};
use linli_exchange::paper::Sheet;
use printed::faces;
use proptest::prelude::*;

/// Red above, blue below, so that it shows whether it was turned.
fn flag(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |_, y| {
        if y < height / 2 {
            Rgb([200, 20, 20])
        } else {
            Rgb([20, 20, 200])
        }
    })
}

/// Points that no encoder makes small.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 7_u32;
    RgbImage::from_fn(width, height, |_, _| {
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        Rgb([next(), next(), next()])
    })
}

fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, quality)
        .write_image(
            picture,
            picture.width(),
            picture.height(),
            ExtendedColorType::Rgb8,
        )
        .unwrap();
    out
}

fn png(picture: &RgbImage) -> Vec<u8> {
    let mut out = Vec::new();
    PngEncoder::new(&mut out)
        .write_image(
            picture,
            picture.width(),
            picture.height(),
            ExtendedColorType::Rgb8,
        )
        .unwrap();
    out
}

/// A JPEG with an EXIF block behind its first marker: how it is turned, and a place.
fn with_exif(jpeg: &[u8], orientation: u8, place: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(place);
    let mut out = jpeg[..2].to_vec();
    out.extend_from_slice(&[0xff, 0xe1]);
    out.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    out.extend_from_slice(&exif);
    out.extend_from_slice(&jpeg[2..]);
    out
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|at| at == what)
}

#[test]
fn a_photo_is_made_small_upright_and_loses_where_it_was_taken() {
    let place = b"GPS 39.9042 116.4074 iPhone 15 of Zhang San";
    let taken = with_exif(&jpeg(&flag(3_000, 1_500), 90), 6, place);
    assert!(holds(&taken, place));
    let ready = prepare(&taken).unwrap();
    assert_eq!(ready.kind, Kind::Jpeg);
    assert_eq!(ready.sides, Some((1_024, 2_048)), "turned by a quarter");
    assert!(!holds(&ready.bytes, b"Exif") && !holds(&ready.bytes, b"GPS"));
    // Orientation 6: what was on the left is now above; red was above and is on the right.
    let points = pixels(&ready.bytes, 64).unwrap();
    assert_eq!((points.width, points.height), (32, 64));
    let at = |x: usize, y: usize| &points.rgba[(y * 32 + x) * 4..][..3];
    assert!(
        at(28, 32)[0] > 150 && at(28, 32)[2] < 90,
        "{:?}",
        at(28, 32)
    );
    assert!(at(3, 32)[2] > 150 && at(3, 32)[0] < 90, "{:?}", at(3, 32));
}

#[test]
fn a_photo_of_forty_megabytes_becomes_a_picture_within_the_limits() {
    let mut photo = jpeg(&noise(3_600, 2_700), 100);
    assert!(photo.len() > 20_000_000, "{}", photo.len());
    // What cameras write behind the picture, previews and films, makes it 40 MB.
    photo.resize(photo.len().max(42_000_000), 0x55);
    let ready = prepare(&photo).unwrap();
    let (width, height) = ready.sides.unwrap();
    assert_eq!((u32::from(width), u32::from(height)), (SIDE_MAX, 1_536));
    assert!(ready.bytes.len() <= 1_500_000, "{}", ready.bytes.len());
    assert!(pixels(&ready.bytes, 200).is_some());
    let huge = [photo, vec![0x55; PHOTO_FILE_MAX]].concat();
    assert_eq!(prepare(&huge), Err(AttachFault::FileTooLarge { mb: 64 }));
}

#[test]
fn a_picture_from_somebody_may_take_less_than_ones_own() {
    let large = png(&RgbImage::new(4_100, 4_000));
    let ready = prepare(&large).unwrap();
    assert!(pixels(&ready.bytes, 100).is_some());
    assert!(pixels(&large, 100).is_none());
}

#[test]
fn a_small_file_that_claims_to_be_huge_is_refused_before_it_is_drawn() {
    // The header of a PNG of 100,000 by 100,000 points, its checksum sound, and nothing more.
    let mut bomb = png(&flag(8, 8));
    bomb[16..20].copy_from_slice(&100_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&100_000_u32.to_be_bytes());
    let crc = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(
        prepare(&bomb),
        Err(AttachFault::Points { millions: 10_000 })
    );
    assert!(pixels(&bomb, 100).is_none());
    let mut bomb = jpeg(&flag(16, 16), 80);
    let frame = bomb.windows(2).position(|at| at == [0xff, 0xc0]).unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    assert!(matches!(
        prepare(&bomb),
        Err(AttachFault::Points { millions: 4_295 })
    ));
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}

#[test]
fn a_screenshot_stays_sharp_and_a_noisy_png_becomes_a_jpeg() {
    let ready = prepare(&png(&flag(800, 600))).unwrap();
    assert_eq!((ready.kind, ready.sides), (Kind::Png, Some((800, 600))));
    let ready = prepare(&png(&noise(1_000, 800))).unwrap();
    assert_eq!(ready.kind, Kind::Jpeg);
    // The kind is that of the content: what a file is called does not come here at all.
}

#[test]
fn what_is_neither_picture_nor_pdf_is_refused_with_its_reason() {
    assert_eq!(prepare(b""), Err(AttachFault::Empty));
    assert_eq!(prepare(b"hello"), Err(AttachFault::Kind));
    assert_eq!(prepare(b"GIF89a......"), Err(AttachFault::Kind));
    assert_eq!(
        prepare(b"MZ\x90\0 a program called photo.jpg"),
        Err(AttachFault::Kind)
    );
    assert_eq!(
        prepare(b"\0\0\0\x18ftypheic\0\0\0\0"),
        Err(AttachFault::Heic)
    );
    let photo = jpeg(&flag(64, 64), 80);
    assert_eq!(prepare(&photo[..20]), Err(AttachFault::Picture));
    assert_eq!(
        prepare(&png(&flag(64, 64))[..40]),
        Err(AttachFault::Picture)
    );
}

fn pdf() -> Vec<u8> {
    let mut out = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\n".to_vec();
    let table = out.len();
    out.extend_from_slice(b"xref\n0 1\n0000000000 65535 f \ntrailer <</Root 1 0 R>>\nstartxref\n");
    out.extend_from_slice(format!("{table}\n%%EOF\n").as_bytes());
    out
}

#[test]
fn a_pdf_is_looked_at_from_both_ends() {
    let good = pdf();
    let ready = prepare(&good).unwrap();
    assert_eq!(
        (ready.kind, &ready.bytes, ready.sides),
        (Kind::Pdf, &good, None)
    );
    // Cut short, as a download that broke off.
    assert_eq!(prepare(&good[..good.len() - 20]), Err(AttachFault::Pdf));
    // A table that begins nowhere.
    let text = String::from_utf8(good.clone()).unwrap();
    let lost = text.replace("startxref\n43", "startxref\n9999");
    assert_ne!(lost, text);
    assert_eq!(prepare(lost.as_bytes()), Err(AttachFault::Pdf));
    let version = text.replace("%PDF-1.4", "%PDF-9.9");
    assert_eq!(prepare(version.as_bytes()), Err(AttachFault::Pdf));
    let locked = text.replace("<</Root 1 0 R>>", "<</Root 1 0 R /Encrypt 2 0 R>>");
    assert_eq!(prepare(locked.as_bytes()), Err(AttachFault::Locked));
    let large = [good, vec![b' '; PDF_MAX]].concat();
    assert_eq!(prepare(&large), Err(AttachFault::FileTooLarge { mb: 5 }));
    assert_eq!(prepare(&with_object()).unwrap().kind, Kind::Pdf);
    // One that our own printer makes, of which a foreign program says that it is sound (tests/paper.rs).
    let sheet = Sheet {
        title: "名单".into(),
        lines: vec!["今天".into()],
        tables: vec![],
        lang: "zh-CN",
    };
    let sheet = sheet.pdf(&faces(), &|n, of| format!("{n}/{of}")).unwrap();
    assert_eq!(prepare(&sheet).unwrap().bytes, sheet);
}

/// A PDF with its table as an object.
fn with_object() -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let table = out.len();
    out.extend_from_slice(b"12 0 obj\n<</Type /XRef>>\nstream\n..\nendstream\nendobj\nstartxref\n");
    out.extend_from_slice(format!("{table}\n%%EOF").as_bytes());
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_photos_give_a_picture_or_a_reason(at in 0_usize.., to in 0_u8.., cut in 0_usize.., which in 0..3) {
        let mut file = match which {
            0 => jpeg(&flag(90, 70), 80),
            1 => png(&flag(90, 70)),
            _ => pdf(),
        };
        let at = at % file.len();
        file[at] = to;
        file.truncate(file.len() - cut % 40);
        if let Ok(ready) = prepare(&file) {
            prop_assert!(ready.bytes.len() <= 5 << 20);
            if let Some((width, height)) = ready.sides {
                prop_assert!(u32::from(width.max(height)) <= SIDE_MAX);
                prop_assert!(pixels(&ready.bytes, 50).is_some());
            }
        }
    }

    #[test]
    fn any_bytes_give_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        for begin in [&b""[..], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4"] {
            let _ = prepare(&[begin, &bytes].concat());
        }
    }
}
