//! The picture of a pass, pixel by pixel where it matters.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;
use linli_view::api::{PassIssued, PassItem};
use linli_view::dates::Now;
use linli_view::model::Model;
use linli_view::pass_card;
use linli_view::words::{Catalogue, Lang};

const TOKEN: &str = "LL1:6BFOXN*TS0BI$ZD-PHQ7I9AD66V5B22CH9M9ESI9XBHXK-%69LQOGI.*V76GCV4*XUA2P-FHT-H3H%2V+.H7HVL/JQ";

/// A card with a real code.
fn card() -> PassCard {
    let passes: Vec<PassItem> = serde_json::from_str(include_str!(
        "../../../../crates/linli-view/samples/passes.json"
    ))
    .unwrap();
    let code = qrcode::QrCode::with_error_correction_level(TOKEN, qrcode::EcLevel::M).unwrap();
    let modules: Vec<bool> = code
        .to_colors()
        .iter()
        .map(|c| *c == qrcode::Color::Dark)
        .collect();
    let qr = PassQr::pack(u16::try_from(code.width()).unwrap(), &modules).unwrap();
    let mut model = Model::default();
    model.status = Some(
        serde_json::from_str(include_str!(
            "../../../../crates/linli-view/samples/status.json"
        ))
        .unwrap(),
    );
    model.issued = Some(PassIssued {
        pass: passes[0].clone(),
        text: TOKEN.into(),
        qr,
        pin: None,
        warnings: Vec::new(),
    });
    model.passes = passes;
    pass_card::card(
        &Catalogue::of(Lang::ZhCn),
        Now::beijing(1_795_329_120_000),
        &model,
        "g:liran",
    )
    .unwrap()
}

fn dark(picture: &Picture, x: usize, y: usize) -> bool {
    picture.rgba[(y * picture.width + x) * 4] < 128
}

#[test]
fn every_module_of_the_code_stands_in_the_picture_with_its_quiet_zone() {
    let card = card();
    let picture = pass(&card).unwrap();
    let qr = card.qr.unwrap();
    let side = (usize::from(qr.size) + 2 * QUIET) * MODULE_PX;
    let left = (picture.width - side) / 2;
    for y in 0..usize::from(qr.size) + 2 * QUIET {
        for x in 0..usize::from(qr.size) + 2 * QUIET {
            let inside = |n: usize| n.checked_sub(QUIET).map(|n| u16::try_from(n).unwrap());
            let want = inside(x).zip(inside(y)).is_some_and(|(x, y)| qr.dark(x, y));
            let middle = MODULE_PX / 2;
            assert_eq!(
                dark(
                    &picture,
                    left + x * MODULE_PX + middle,
                    y * MODULE_PX + middle
                ),
                want,
                "{x} {y}"
            );
        }
    }
}

#[test]
fn the_lines_for_the_visitor_stand_below_the_code() {
    let card = card();
    assert_eq!(card.caption.len(), 5);
    let picture = pass(&card).unwrap();
    let side = (usize::from(card.qr.unwrap().size) + 2 * QUIET) * MODULE_PX;
    let ink = (side..picture.height).flat_map(|y| (0..picture.width).map(move |x| (x, y)));
    let written = ink.filter(|(x, y)| dark(&picture, *x, *y)).count();
    assert!(written > 2_000, "{written} dark pixels under the code");
    let edge =
        (0..picture.height).any(|y| dark(&picture, 0, y) || dark(&picture, picture.width - 1, y));
    assert!(!edge, "nothing is cut off at the sides");
}

#[test]
fn the_png_holds_the_same_pixels() {
    let picture = pass(&card()).unwrap();
    let bytes = picture.png().unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(
        (info.width as usize, info.height as usize),
        (picture.width, picture.height)
    );
    assert_eq!(pixels, picture.rgba);
    assert!(bytes.len() < 200_000, "{} bytes", bytes.len());
}

#[test]
fn without_a_code_there_is_no_picture_and_a_long_label_wraps() {
    let mut card = card();
    card.caption[1] = "很长的称呼".repeat(20);
    assert!(pass(&card).unwrap().height > 560);
    card.qr = None;
    assert_eq!(pass(&card), None);
}
