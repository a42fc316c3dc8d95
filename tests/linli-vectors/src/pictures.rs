//! Photographs of passes, made by a seeded program: what a gate's reader is measured on (pass.md §10).
//!
//! A real camera is not at hand on a build machine, and a folder of real photographs would be other people's passes. So
//! each picture is computed: the code lies on a plane in space, turned and tilted, is lit unevenly, photographed out
//! of focus with noise, and saved as PNG or JPEG. What this leaves out, and only a real lens can show: rolling
//! shutter, moire of a screen's own pixels, reflections of lamps in glass, and dirt on the lens. Each class changes
//! one thing; the last two change several.

mod scene;

use linli_pass::qr::{Medium, QrError, Symbol};
use scene::{Dice, Print, View};

pub use scene::{cat, jpeg, png};

/// What is done to the picture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// A screenshot: straight, sharp, PNG.
    Plain,
    /// Turned by any angle.
    Rotated,
    /// Seen from the side, up to 40 degrees.
    Perspective,
    /// Out of focus, up to half a module.
    Blurred,
    /// A gradient of light and the edge of a shadow across the code.
    Shaded,
    /// A dark evening's noise.
    Noisy,
    /// A screenshot that a messenger squeezed: small, JPEG of low quality.
    Squeezed,
    /// Printed with ink that spreads, folded, on paper that does not lie flat, then photographed; JPEG.
    Printed,
    /// Several of these at once, beyond what a visitor would hold up a second time. Reported, not promised.
    Hard,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 9] = [
        Self::Plain,
        Self::Rotated,
        Self::Perspective,
        Self::Blurred,
        Self::Shaded,
        Self::Noisy,
        Self::Squeezed,
        Self::Printed,
        Self::Hard,
    ];

    /// Its name in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Rotated => "rotated",
            Self::Perspective => "perspective",
            Self::Blurred => "blurred",
            Self::Shaded => "shaded",
            Self::Noisy => "noisy",
            Self::Squeezed => "squeezed",
            Self::Printed => "printed",
            Self::Hard => "hard",
        }
    }

    const fn medium(self) -> Medium {
        match self {
            Self::Printed => Medium::Paper,
            _ => Medium::Screen,
        }
    }

    /// Quality of the JPEG, or PNG.
    fn quality(self, dice: &mut Dice) -> Option<u8> {
        match self {
            Self::Squeezed => Some(dice.whole(25, 45)),
            Self::Printed | Self::Hard => Some(dice.whole(55, 85)),
            _ => dice
                .chance(0.5)
                .then(|| dice.whole(70, 90))
                .filter(|_| self != Self::Plain),
        }
    }

    fn view(self, dice: &mut Dice) -> View {
        let mut view = View::straight(dice.between(3.5, 6.0));
        match self {
            Self::Plain => view.px = dice.between(2.0, 6.0),
            Self::Rotated => view.turn = dice.between(0.0, 360.0),
            Self::Perspective => {
                view.tilt = dice.between(20.0, 40.0);
                view.axis = dice.between(0.0, 360.0);
                view.turn = dice.between(-15.0, 15.0);
            }
            Self::Blurred => view.blur = dice.between(0.3, 0.5),
            Self::Shaded => {
                view.gradient = dice.between(0.3, 0.6);
                view.shadow = dice.between(0.35, 0.6);
            }
            Self::Noisy => view.noise = dice.between(20.0, 40.0),
            Self::Squeezed => view.px = dice.between(3.0, 4.5),
            Self::Printed => {
                view.turn = dice.between(-20.0, 20.0);
                view.tilt = dice.between(0.0, 25.0);
                view.axis = dice.between(0.0, 360.0);
                view.blur = dice.between(0.1, 0.3);
                view.noise = dice.between(4.0, 10.0);
                view.gradient = dice.between(0.1, 0.35);
                view.print = Some(Print::of(dice));
            }
            Self::Hard => {
                view.px = dice.between(2.6, 3.8);
                view.turn = dice.between(0.0, 360.0);
                view.tilt = dice.between(20.0, 45.0);
                view.axis = dice.between(0.0, 360.0);
                view.blur = dice.between(0.2, 0.45);
                view.noise = dice.between(8.0, 18.0);
                view.gradient = dice.between(0.2, 0.5);
                view.shadow = dice.between(0.2, 0.4);
                view.print = Some(Print::of(dice));
            }
        }
        view
    }
}

/// A picture of a code.
#[derive(Clone, Debug)]
pub struct Shot {
    /// What was done to it.
    pub class: Class,
    /// What stands in the code.
    pub text: String,
    /// The file, PNG or JPEG.
    pub file: Vec<u8>,
}

/// `each` pictures of every class, of these texts in turn. Equal seeds give equal pictures.
///
/// # Errors
/// [`QrError`] for a text that is too long.
pub fn corpus(texts: &[String], seed: u64, each: usize) -> Result<Vec<Shot>, QrError> {
    let mut shots = Vec::new();
    for (class, salt) in Class::ALL.into_iter().zip(1u64..) {
        let mut dice = Dice::new(seed ^ (salt << 32));
        for text in texts.iter().cycle().take(each) {
            let code = Symbol::of(text, class.medium())?;
            let view = class.view(&mut dice);
            let (luma, side) = view.photograph(&code, &mut dice);
            let file = match class.quality(&mut dice) {
                Some(quality) => jpeg(&luma, side, side, quality),
                None => png(&luma, side, side),
            };
            shots.push(Shot {
                class,
                text: text.clone(),
                file,
            });
        }
    }
    Ok(shots)
}
