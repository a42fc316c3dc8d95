//! Codes are drawn as small as promised and read again, from clean pictures and from bad ones.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::testing::World;
use crate::token::{issue, unbase45, unprefix};
use linli_base::Private;
use proptest::prelude::*;

fn passes() -> [(String, &'static str); 4] {
    let w = World::new();
    let chain = w.certificate(|_| {});
    let small = w.grant(|_| {});
    let large = w.grant(|c| {
        c.label = Some(Private::new("王师傅".into()));
        c.plate = crate::Plate::parse("京AD90317").ok();
        c.companions = 2;
    });
    [
        (issue(&small, &w.host, None).unwrap(), "small"),
        (issue(&large, &w.host, None).unwrap(), "large"),
        (
            issue(&small, &w.host, Some(&chain)).unwrap(),
            "small, chain",
        ),
        (
            issue(&large, &w.host, Some(&chain)).unwrap(),
            "large, chain",
        ),
    ]
}

#[test]
fn passes_are_as_small_as_promised() {
    let expect = [
        (170..=206, 8..=11),
        (170..=216, 9..=11),
        (360..=411, 14..=16),
        (375..=421, 15..=16),
    ];
    for ((text, what), (bytes, versions)) in passes().into_iter().zip(expect) {
        let size = unbase45(unprefix(&text).unwrap()).unwrap().len();
        let version = Symbol::of(&text, Medium::Screen).unwrap().version();
        assert!(
            bytes.contains(&size) && versions.contains(&version),
            "{what}: {size} bytes, version {version}"
        );
    }
}

#[test]
fn the_alphanumeric_mode_is_really_used() {
    // 262 characters fill version 9 at level M in alphanumeric mode; as bytes they would need version 13.
    let text = format!("LL1:{}", "A".repeat(258));
    assert_eq!(Symbol::of(&text, Medium::Screen).unwrap().version(), 9);
    let bytes = format!("LL1:{}", "a".repeat(258));
    assert!(Symbol::of(&bytes, Medium::Screen).unwrap().version() >= 12);
    assert!(Symbol::of(&text, Medium::Paper).unwrap().version() > 9);
}

#[test]
fn pictures_are_read_again_in_every_size() {
    for (text, what) in passes() {
        for medium in [Medium::Screen, Medium::Paper] {
            let code = Symbol::of(&text, medium).unwrap();
            for px in [3, 5] {
                assert_eq!(
                    read_image(&code.png(px).unwrap()).unwrap(),
                    [text.as_str()],
                    "{what} {px} px"
                );
            }
        }
    }
}

/// A camera's view: turned by some degrees, grey, unevenly lit, blurred a little, noisy.
fn photographed(code: &Symbol, degrees: f64, px: f64) -> (Vec<u8>, u32) {
    let side = (code.side() as f64 * px * 1.5) as u32;
    let (sin, cos) = degrees.to_radians().sin_cos();
    let middle = f64::from(side) / 2.0;
    let mut seed = 1u32;
    let mut noise = move || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(seed >> 24) / 16.0 - 8.0
    };
    let ink = |x: f64, y: f64| {
        let at = |v: f64| (v / px + code.side() as f64 / 2.0) as isize;
        let (u, v) = (at(cos * x + sin * y), at(cos * y - sin * x));
        u >= 0 && v >= 0 && code.is_dark(u as usize, v as usize)
    };
    let pixel = |i: u32| {
        let (x, y) = (f64::from(i % side) - middle, f64::from(i / side) - middle);
        let around = [(0.0, 0.0), (0.4, 0.0), (0.0, 0.4), (-0.4, 0.0), (0.0, -0.4)];
        let dark = around.iter().filter(|(dx, dy)| ink(x + dx, y + dy)).count() as f64 / 5.0;
        let light = 170.0 + 50.0 * (x / middle);
        (light * (1.0 - dark) + 40.0 * dark + noise()).clamp(0.0, 255.0) as u8
    };
    ((0..side * side).map(pixel).collect(), side)
}

#[test]
fn a_crooked_badly_lit_picture_is_read() {
    for (text, what) in passes() {
        let code = Symbol::of(&text, Medium::Screen).unwrap();
        for degrees in [0.0, 7.0, -20.0] {
            let (luma, side) = photographed(&code, degrees, 4.0);
            assert_eq!(
                read_luma(&luma, side, side),
                [text.as_str()],
                "{what} {degrees}"
            );
        }
    }
}

#[test]
fn a_large_photograph_is_read_through_a_smaller_one() {
    let (text, _) = &passes()[0];
    let (luma, side) = photographed(&Symbol::of(text, Medium::Screen).unwrap(), 3.0, 20.0);
    assert!(u64::from(side) * u64::from(side) > 2_000_000);
    assert_eq!(read_luma(&luma, side, side), [text.as_str()]);
}

fn picture(color: png::ColorType, pixel: impl Fn(bool) -> Vec<u8>) -> Vec<u8> {
    let code = Symbol::of("LL1:HELLO", Medium::Screen).unwrap();
    let side = code.side() * 4;
    let data = (0..side * side).flat_map(|i| pixel(code.is_dark(i % side / 4, i / side / 4)));
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, side as u32, side as u32);
    encoder.set_color(color);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&data.collect::<Vec<u8>>()).unwrap();
    writer.finish().unwrap();
    out
}

#[test]
fn colours_and_transparency_are_read_as_on_white_paper() {
    let blue = |dark| {
        if dark {
            vec![20, 30, 140]
        } else {
            vec![255, 250, 240]
        }
    };
    let clear = |dark: bool| vec![0, 0, 0, if dark { 255 } else { 0 }];
    let grey = |dark: bool| vec![0, if dark { 255 } else { 0 }];
    for bytes in [
        picture(png::ColorType::Rgb, blue),
        picture(png::ColorType::Rgba, clear),
        picture(png::ColorType::GrayscaleAlpha, grey),
    ] {
        assert_eq!(read_image(&bytes).unwrap(), ["LL1:HELLO"]);
    }
}

#[test]
fn what_is_no_picture_or_too_large_is_refused_before_it_costs_anything() {
    let good = Symbol::of("LL1:HELLO", Medium::Screen)
        .unwrap()
        .png(4)
        .unwrap();
    assert_eq!(read_image(b""), Err(ImageError::Format));
    assert_eq!(read_image(b"GIF89a\x01\x00"), Err(ImageError::Format));
    assert_eq!(
        read_image(b"\xff\xd8\xff\xe0 no JPEG"),
        Err(ImageError::Damaged)
    );
    assert_eq!(
        read_image(&vec![0; IMAGE_BYTES_MAX + 1]),
        Err(ImageError::Bytes)
    );
    assert_eq!(
        read_image(&good[..good.len() / 2]),
        Err(ImageError::Damaged)
    );
    let mut bomb = Vec::new();
    let encoder = png::Encoder::new(&mut bomb, 100_000, 100_000);
    drop(encoder.write_header().unwrap());
    assert_eq!(read_image(&bomb), Err(ImageError::Pixels));
    let blank = picture(png::ColorType::Grayscale, |_| vec![200]);
    assert_eq!(read_image(&blank), Err(ImageError::NoCode));
    assert!(read_luma(&[0; 10], 100, 100).is_empty());
}

#[test]
fn blocks_for_a_terminal_hold_every_module() {
    let code = Symbol::of("LL1:HELLO", Medium::Screen).unwrap();
    let lines: Vec<Vec<char>> = code
        .blocks(true)
        .lines()
        .map(|l| l.chars().collect())
        .collect();
    assert_eq!(lines.len(), code.side().div_ceil(2));
    for (y, line) in lines.iter().enumerate() {
        assert_eq!(line.len(), code.side());
        for (x, c) in line.iter().enumerate() {
            let upper_light = matches!(c, '█' | '▀');
            assert_eq!(upper_light, !code.is_dark(x, 2 * y));
        }
    }
    assert_ne!(code.blocks(true), code.blocks(false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn damaged_pictures_panic_nowhere(edits in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = Symbol::of("LL1:HELLO", Medium::Screen).unwrap().png(3).unwrap();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = read_image(&bytes);
    }
}
