//! The scene: a code on a plane in space, light, a lens, a sensor.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use linli_pass::qr::Symbol;

/// Samples a pixel in each direction.
const SAMPLES: usize = 2;
/// The picture is this much wider than the code.
const ROOM: f64 = 1.5;
const INK: f64 = 35.0;
const PAPER: f64 = 225.0;
const TABLE: f64 = 120.0;

/// Pseudo-random numbers (SplitMix64), the same on every machine.
pub struct Dice(u64);

impl Dice {
    /// From a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        f64::from(u32::try_from(self.next() >> 32).unwrap_or(0)) / f64::from(u32::MAX)
    }

    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub(super) fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    pub(super) fn whole(&mut self, low: u8, high: u8) -> u8 {
        to_byte(self.between(f64::from(low), f64::from(high)))
    }

    /// Sum of twelve, which is close to a normal distribution of spread 1.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }
}

fn to_byte(value: f64) -> u8 {
    // Rounded into the range of a byte before it is cut.
    value.clamp(0.0, 255.0).round() as u8
}

/// What paper adds.
pub(super) struct Print {
    /// How far ink spreads, in modules.
    spread: f64,
    /// Where the fold runs, as a share of the side.
    fold: f64,
    /// How far paper stands off the plane, in modules.
    wave: f64,
    phase: f64,
}

impl Print {
    pub(super) fn of(dice: &mut Dice) -> Self {
        Self {
            spread: dice.between(0.02, 0.14),
            fold: dice.between(0.3, 0.7),
            wave: dice.between(0.0, 0.6),
            phase: dice.between(0.0, 6.0),
        }
    }
}

/// How a code is looked at.
pub(super) struct View {
    /// Pixels a module, where it is nearest.
    pub(super) px: f64,
    /// Degrees in the plane of the picture.
    pub(super) turn: f64,
    /// Degrees out of it.
    pub(super) tilt: f64,
    /// Direction of the axis it is tilted about.
    pub(super) axis: f64,
    /// Spread of the lens, in modules.
    pub(super) blur: f64,
    /// Spread of the sensor's noise, of 255.
    pub(super) noise: f64,
    /// How much darker the far corner is, from 0 to 1.
    pub(super) gradient: f64,
    /// How much darker it is in the shadow, from 0 to 1.
    pub(super) shadow: f64,
    /// On paper.
    pub(super) print: Option<Print>,
}

impl View {
    pub(super) const fn straight(px: f64) -> Self {
        Self {
            px,
            turn: 0.0,
            tilt: 0.0,
            axis: 0.0,
            blur: 0.0,
            noise: 0.0,
            gradient: 0.0,
            shadow: 0.0,
            print: None,
        }
    }

    /// The picture, square: its pixels and its side.
    pub(super) fn photograph(&self, code: &Symbol, dice: &mut Dice) -> (Vec<u8>, u32) {
        let modules = f64::from(u32::try_from(code.side()).unwrap_or(0));
        let side = (modules * self.px * ROOM).ceil() as usize;
        let lens = Lens::new(self, modules);
        let light = Light::new(self, dice);
        let mut luma = Vec::with_capacity(side * side);
        for y in 0..side {
            for x in 0..side {
                let mut sum = 0.0;
                for s in 0..SAMPLES * SAMPLES {
                    let sub = |n: usize| (n as f64 + 0.5) / SAMPLES as f64;
                    let (u, v) = (x as f64 + sub(s % SAMPLES), y as f64 + sub(s / SAMPLES));
                    let middle = side as f64 / 2.0;
                    sum += self.reflects(code, lens.onto_plane(u - middle, v - middle));
                }
                let share = |n: usize| n as f64 / side as f64;
                luma.push(sum / (SAMPLES * SAMPLES) as f64 * light.at(share(x), share(y)));
            }
        }
        let luma = blurred(luma, side, self.blur * self.px);
        let noise = self.noise;
        let pixels = luma.into_iter().map(|v| to_byte(v + noise * dice.normal()));
        (pixels.collect(), u32::try_from(side).unwrap_or(0))
    }

    /// What a point of the plane reflects; the origin is the middle of the code.
    fn reflects(&self, code: &Symbol, point: Option<(f64, f64)>) -> f64 {
        let Some((mut x, mut y)) = point else {
            return TABLE;
        };
        let half = code.side() as f64 / 2.0;
        let mut paper = PAPER;
        let mut spread = 0.0;
        if let Some(print) = &self.print {
            let wave = |at: f64| print.wave * (at / half * 2.0 + print.phase).sin();
            (x, y) = (x + wave(y), y + wave(x));
            spread = print.spread;
            if (y + half - 2.0 * half * print.fold).abs() < 0.12 {
                paper = 250.0;
            }
        }
        // A sheet a little larger than the code, on a table.
        if x.abs() > half * 1.12 || y.abs() > half * 1.12 {
            let grain = ((x * 0.7).sin() + (y * 0.23 + x * 0.05).sin()) * 12.0;
            return TABLE + grain;
        }
        let dark = |x: f64, y: f64| {
            let (column, row) = ((x + half).floor(), (y + half).floor());
            column >= 0.0 && row >= 0.0 && code.is_dark(column as usize, row as usize)
        };
        let around = [
            (0.0, 0.0),
            (spread, 0.0),
            (-spread, 0.0),
            (0.0, spread),
            (0.0, -spread),
        ];
        let inked = around.iter().any(|(dx, dy)| dark(x + dx, y + dy));
        // A fold breaks the ink.
        if inked && paper < 240.0 { INK } else { paper }
    }
}

/// A pinhole camera in front of the plane.
struct Lens {
    right: [f64; 3],
    down: [f64; 3],
    normal: [f64; 3],
    distance: f64,
    focal: f64,
}

impl Lens {
    fn new(view: &View, modules: f64) -> Self {
        let (turn, tilt, axis) = (
            view.turn.to_radians(),
            view.tilt.to_radians(),
            view.axis.to_radians(),
        );
        // Rodrigues' rotation about an axis in the plane, after a turn in it.
        let about = [axis.cos(), axis.sin(), 0.0];
        let rotate = |p: [f64; 3]| {
            let dot: f64 = (0..3).map(|i| about[i] * p[i]).sum();
            let cross = [
                about[1] * p[2] - about[2] * p[1],
                about[2] * p[0] - about[0] * p[2],
                about[0] * p[1] - about[1] * p[0],
            ];
            std::array::from_fn(|i| {
                p[i] * tilt.cos() + cross[i] * tilt.sin() + about[i] * dot * (1.0 - tilt.cos())
            })
        };
        // A phone held at twice the width of the code.
        let distance = modules * 2.0;
        Self {
            right: rotate([turn.cos(), turn.sin(), 0.0]),
            down: rotate([-turn.sin(), turn.cos(), 0.0]),
            normal: rotate([0.0, 0.0, 1.0]),
            distance,
            focal: distance * view.px,
        }
    }

    /// Where on the plane, in modules, a pixel looks; nowhere beyond the horizon.
    fn onto_plane(&self, u: f64, v: f64) -> Option<(f64, f64)> {
        let ray = [u, v, self.focal];
        let towards: f64 = (0..3).map(|i| self.normal[i] * ray[i]).sum();
        let t = self.normal[2] * self.distance / towards;
        if !t.is_finite() || t <= 0.0 {
            return None;
        }
        let hit = [ray[0] * t, ray[1] * t, ray[2] * t - self.distance];
        let along = |axis: &[f64; 3]| (0..3).map(|i| axis[i] * hit[i]).sum();
        Some((along(&self.right), along(&self.down)))
    }
}

/// Light over the picture.
struct Light {
    gradient: f64,
    shadow: f64,
    /// Direction and place of the shadow's edge.
    edge: (f64, f64, f64),
}

impl Light {
    fn new(view: &View, dice: &mut Dice) -> Self {
        let way = dice.between(0.0, std::f64::consts::TAU);
        Self {
            gradient: view.gradient,
            shadow: view.shadow,
            edge: (way.cos(), way.sin(), dice.between(-0.15, 0.15)),
        }
    }

    fn at(&self, x: f64, y: f64) -> f64 {
        let (cos, sin, offset) = self.edge;
        let past = (x - 0.5) * cos + (y - 0.5) * sin - offset;
        // The edge is soft over a fiftieth of the picture.
        let inside = (past * 50.0 + 0.5).clamp(0.0, 1.0);
        (1.0 - self.gradient * (x + y) / 2.0) * (1.0 - self.shadow * inside)
    }
}

/// Three box blurs are close to a Gaussian one of this spread, in pixels.
fn blurred(mut luma: Vec<f64>, side: usize, spread: f64) -> Vec<f64> {
    if spread < 0.3 {
        return luma;
    }
    // The variance of a box of width w is (w^2 - 1) / 12; three of them add up.
    let width = (4.0 * spread * spread + 1.0).sqrt();
    let radius = ((width - 1.0) / 2.0).max(0.0);
    for _ in 0..3 {
        luma = boxed(&luma, side, radius, 1);
        luma = boxed(&luma, side, radius, side);
    }
    luma
}

/// A box blur along one direction; the outermost pixels count in part.
fn boxed(luma: &[f64], side: usize, radius: f64, step: usize) -> Vec<f64> {
    let (whole, part) = (radius.floor() as usize, radius.fract());
    let total = 2.0 * radius + 1.0;
    let mut out = vec![0.0; luma.len()];
    for (at, target) in out.iter_mut().enumerate() {
        let place = if step == 1 { at % side } else { at / side };
        let start = at - place * step;
        let read = |offset: isize| {
            let clamped = place.saturating_add_signed(offset).min(side - 1);
            luma[start + clamped * step]
        };
        let reach = isize::try_from(whole).unwrap_or(0);
        let sum: f64 = (-reach..=reach).map(read).sum();
        *target = (sum + part * (read(-reach - 1) + read(reach + 1))) / total;
    }
    out
}

/// Grey pixels as a PNG; empty when they do not fit the size.
#[must_use]
pub fn png(luma: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    let encoder = PngEncoder::new(&mut out);
    let written = encoder.write_image(luma, width, height, ExtendedColorType::L8);
    written.map_or_else(|_| Vec::new(), |()| out)
}

/// Grey pixels as a JPEG; empty when they do not fit the size.
#[must_use]
pub fn jpeg(luma: &[u8], width: u32, height: u32, quality: u8) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut out, quality);
    let written = encoder.encode(luma, width, height, ExtendedColorType::L8);
    written.map_or_else(|_| Vec::new(), |()| out)
}

/// Something like a photograph of a cat: fur, two ears, two eyes, whiskers, and no code.
#[must_use]
pub fn cat(seed: u64, side: u32) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    let half = f64::from(side) / 2.0;
    let disc = |x: f64, y: f64, cx: f64, cy: f64, r: f64| (x - cx).hypot(y - cy) < r;
    let pixel = |at: u32| {
        let (x, y) = (
            f64::from(at % side) / half - 1.0,
            f64::from(at / side) / half - 1.0,
        );
        let fur = 25.0 * ((x * 31.0 + (y * 17.0).sin() * 3.0).sin() + (y * 43.0 + x * 9.0).cos());
        let ear = |side: f64| y > -0.95 && y < -0.35 && (x - side).abs() < (y + 0.95) * 0.4;
        let eye = |side: f64| disc(x, y, side, -0.12, 0.13);
        let slit = |side: f64| (x - side).abs() < 0.03 && (y + 0.12).abs() < 0.11;
        let whisker = y > 0.15 && y < 0.4 && ((y * 40.0 + x * 6.0).sin() > 0.97);
        let shade = if slit(-0.3) || slit(0.3) {
            10.0
        } else if eye(-0.3) || eye(0.3) {
            205.0
        } else if whisker {
            235.0
        } else if disc(x, y, 0.0, 0.05, 0.72) || ear(-0.45) || ear(0.45) {
            120.0 + fur
        } else {
            180.0 - 60.0 * y
        };
        to_byte(shade + 6.0 * dice.normal())
    };
    (0..side * side).map(pixel).collect()
}
