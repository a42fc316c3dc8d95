//! Numbers that people with weak eyes rely on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use super::*;

/// Relative luminance and contrast as WCAG 2.2 defines them.
fn luminance(colour: Color32) -> f64 {
    let part = |value: u8| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(colour.r()) + 0.7152 * part(colour.g()) + 0.0722 * part(colour.b())
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    a.max(b) / a.min(b)
}

#[test]
fn every_text_stands_out_from_every_ground_it_is_drawn_on() {
    for look in Look::ALL {
        let theme = Theme::of(look);
        let least = if look == Look::Elderly { 7.0 } else { 4.5 };
        let c = theme.colour;
        let grounds = [c.page, c.rail, c.card, c.raised];
        let mut pairs: Vec<(&str, Color32, Color32)> = vec![("on accent", c.on_accent, c.accent)];
        for ground in grounds {
            pairs.extend([("text", c.text, ground), ("quiet", c.quiet, ground)]);
        }
        for ground in [c.page, c.rail, c.card] {
            pairs.push(("accent", c.accent, ground));
        }
        for (text, ground) in c.tones {
            pairs.extend([
                ("tone", text, ground),
                ("tone on card", text, c.card),
                ("tone on rail", text, c.rail),
            ]);
        }
        for (ground, text) in [c.help, c.fine] {
            pairs.push(("large button", text, ground));
        }
        for (what, text, ground) in pairs {
            let contrast = contrast(text, ground);
            assert!(
                contrast >= least,
                "{look:?} {what} {text:?} on {ground:?}: {contrast:.2}"
            );
        }
        // What can be pressed or typed into has a visible border (3:1 where it is the only sign of it).
        assert!(contrast(c.accent, c.card) >= 3.0);
    }
}

#[test]
fn the_elderly_look_meets_its_numbers() {
    let theme = Theme::of(Look::Elderly);
    let sizes = [
        theme.size.small,
        theme.size.body,
        theme.size.reading,
        theme.size.heading,
        theme.size.title,
    ];
    assert!(
        sizes.iter().all(|size| (18.0..=30.0).contains(size)),
        "{sizes:?}"
    );
    assert!(theme.space.target >= 60.0);
    assert!((1.3..=1.5).contains(&theme.size.line));
}

#[test]
fn distances_lie_on_the_grid() {
    for look in Look::ALL {
        let space = Theme::of(look).space;
        for distance in [
            space.target,
            space.row,
            space.rail,
            space.list,
            space.measure,
            space.qr,
        ] {
            assert!((distance % space.unit).abs() < f32::EPSILON, "{distance}");
        }
    }
}

#[test]
fn the_ground_of_a_qr_code_is_white_in_every_look() {
    for look in Look::ALL {
        let colour = Theme::of(look).colour;
        assert!(contrast(colour.ink, colour.paper) > 20.0);
    }
}
