//! The one place for colours, spacing and type sizes: light, dark, and large for older people.
//!
//! Sizes are on a 4-point grid. Contrast is held by a test: at least 4.5:1 for every text on its ground, 7:1 in
//! the elderly look (product.md §5.4). Nothing else in this crate names a colour.

mod apply;

use egui::Color32;
use linli_view::intent::Look;
use linli_view::tone::Tone;

pub use apply::apply;

/// Everything the drawing asks about looks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Theme {
    /// Which look this is.
    pub look: Look,
    /// Colours.
    pub colour: Colours,
    /// Type sizes.
    pub size: Sizes,
    /// Distances and targets.
    pub space: Spaces,
}

/// Colours by what they are for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Colours {
    /// Behind everything.
    pub page: Color32,
    /// Rail and bottom bar.
    pub rail: Color32,
    /// Cards, rows and text fields.
    pub card: Color32,
    /// A row under the pointer, a chosen row.
    pub raised: Color32,
    /// Borders and separators.
    pub line: Color32,
    /// Borders of what can be typed into or pressed.
    pub edge: Color32,
    /// Text.
    pub text: Color32,
    /// Text that matters less.
    pub quiet: Color32,
    /// The one button that matters, the chosen entry, the focus ring.
    pub accent: Color32,
    /// Text on it.
    pub on_accent: Color32,
    /// Dark modules of a QR code, in every look.
    pub ink: Color32,
    /// The ground of a QR code, in every look.
    pub paper: Color32,
    /// Over the page while something asks above it.
    pub veil: Color32,
    /// Fill and text of a very large button: called for help, all is well. Red is red at night, too.
    pub help: (Color32, Color32),
    /// The other one.
    pub fine: (Color32, Color32),
    tones: [(Color32, Color32); 7],
    bars: [Color32; 4],
}

/// Type sizes in points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Sizes {
    /// Badges, dates.
    pub small: f32,
    /// Lists, buttons.
    pub body: f32,
    /// Running text of a notice.
    pub reading: f32,
    /// Headings of cards.
    pub heading: f32,
    /// Heading of a page.
    pub title: f32,
    /// The code a visitor says.
    pub code: f32,
    /// Everything on the gate station but the verdict: read from a chair behind it.
    pub station: f32,
    /// The verdict of the gate station: read at two metres.
    pub verdict: f32,
    /// Line height as a multiple of the type size.
    pub line: f32,
}

/// Distances and targets in points.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spaces {
    /// The grid.
    pub unit: f32,
    /// Least height (and width) of anything that can be pressed.
    pub target: f32,
    /// Height of a row in a notice list.
    pub row: f32,
    /// Width of the rail.
    pub rail: f32,
    /// Width of the list beside an open notice.
    pub list: f32,
    /// Widest running text; longer lines are hard to read.
    pub measure: f32,
    /// Side of the QR code on screen.
    pub qr: f32,
    /// Rounding of cards and buttons.
    pub round: u8,
    /// Width of the page from which two columns stand side by side; infinite where one thing at a time is shown.
    pub two_columns: f32,
}

impl Theme {
    /// The tokens of a look.
    #[must_use]
    pub fn of(look: Look) -> Self {
        let (colour, size, space) = match look {
            Look::Light => (LIGHT, STANDARD, DESK),
            Look::Dark => (DARK, STANDARD, DESK),
            Look::Elderly => (CLEAR, LARGE, ROOMY),
        };
        Self {
            look,
            colour,
            size,
            space,
        }
    }

    /// Is this the large look?
    #[must_use]
    pub fn elderly(&self) -> bool {
        self.look == Look::Elderly
    }

    /// `n` steps of the 4-point grid.
    #[must_use]
    pub fn gap(&self, n: f32) -> f32 {
        self.space.unit * n
    }

    /// The coloured edge of an urgent row; `None` for what is not urgent. It carries no meaning alone.
    #[must_use]
    pub fn bar(&self, tone: Tone) -> Option<Color32> {
        let [info, warn, alert, danger] = self.colour.bars;
        match tone {
            Tone::Info => Some(info),
            Tone::Warn => Some(warn),
            Tone::Alert => Some(alert),
            Tone::Danger => Some(danger),
            Tone::Plain | Tone::Quiet | Tone::Good => None,
        }
    }

    /// Ground and text of a very large button that is filled with its tone.
    #[must_use]
    pub fn solid(&self, tone: Tone) -> (Color32, Color32) {
        match tone {
            Tone::Danger => self.colour.help,
            Tone::Good => self.colour.fine,
            other => self.tone(other),
        }
    }

    /// Text and ground of a tone.
    #[must_use]
    pub fn tone(&self, tone: Tone) -> (Color32, Color32) {
        let [plain, quiet, info, good, warn, alert, danger] = self.colour.tones;
        match tone {
            Tone::Plain => plain,
            Tone::Quiet => quiet,
            Tone::Info => info,
            Tone::Good => good,
            Tone::Warn => warn,
            Tone::Alert => alert,
            Tone::Danger => danger,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one file of colours")]
const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

const LIGHT: Colours = Colours {
    page: rgb(0xf3_f5_f7),
    rail: rgb(0xfb_fc_fd),
    card: rgb(0xff_ff_ff),
    raised: rgb(0xe9_f1_fa),
    line: rgb(0xde_e2_e7),
    edge: rgb(0xb4_bc_c6),
    text: rgb(0x1a_1f_25),
    quiet: rgb(0x56_5f_6a),
    accent: rgb(0x1b_5f_aa),
    on_accent: rgb(0xff_ff_ff),
    ink: rgb(0x00_00_00),
    paper: rgb(0xff_ff_ff),
    veil: Color32::from_black_alpha(150),
    help: (rgb(0xa3_18_1e), rgb(0xff_ff_ff)),
    fine: (rgb(0x17_64_38), rgb(0xff_ff_ff)),
    tones: [
        (rgb(0x1a_1f_25), rgb(0xec_ef_f2)),
        (rgb(0x56_5f_6a), rgb(0xec_ef_f2)),
        (rgb(0x1b_5a_a0), rgb(0xe4_ee_f9)),
        (rgb(0x17_64_38), rgb(0xe1_f3_e7)),
        (rgb(0x74_4e_00), rgb(0xfb_ef_c9)),
        (rgb(0x94_38_00), rgb(0xfc_e6_d6)),
        (rgb(0xa3_18_1e), rgb(0xfb_e2_e2)),
    ],
    bars: [
        rgb(0x2f_7b_d0),
        rgb(0xe0_a8_00),
        rgb(0xe8_73_0c),
        rgb(0xd2_23_2a),
    ],
};

const DARK: Colours = Colours {
    page: rgb(0x13_16_1a),
    rail: rgb(0x18_1c_21),
    card: rgb(0x1d_22_28),
    raised: rgb(0x25_30_3d),
    line: rgb(0x33_3a_43),
    edge: rgb(0x5c_66_72),
    text: rgb(0xe8_ea_ed),
    quiet: rgb(0xa6_ae_b8),
    accent: rgb(0x77_b5_f6),
    on_accent: rgb(0x0a_16_24),
    ink: rgb(0x00_00_00),
    paper: rgb(0xff_ff_ff),
    veil: Color32::from_black_alpha(150),
    help: (rgb(0xb8_22_28), rgb(0xff_ff_ff)),
    fine: (rgb(0x1d_73_43), rgb(0xff_ff_ff)),
    tones: [
        (rgb(0xe8_ea_ed), rgb(0x2b_31_39)),
        (rgb(0xa6_ae_b8), rgb(0x2b_31_39)),
        (rgb(0x8f_c3_fb), rgb(0x17_2b_42)),
        (rgb(0x7d_d9_9d), rgb(0x16_30_20)),
        (rgb(0xf0_cb_60), rgb(0x35_2c_11)),
        (rgb(0xff_a9_6b), rgb(0x3c_24_14)),
        (rgb(0xff_95_95), rgb(0x40_1c_1e)),
    ],
    bars: [
        rgb(0x2f_7b_d0),
        rgb(0xe0_a8_00),
        rgb(0xe8_73_0c),
        rgb(0xd2_23_2a),
    ],
};

/// Black on white, every tone at least 7:1.
const CLEAR: Colours = Colours {
    page: rgb(0xff_ff_ff),
    rail: rgb(0xf3_f6_f9),
    card: rgb(0xff_ff_ff),
    raised: rgb(0xe2_ee_fb),
    line: rgb(0x9a_a3_ad),
    edge: rgb(0x55_5f_6a),
    text: rgb(0x00_00_00),
    quiet: rgb(0x37_3e_46),
    accent: rgb(0x0b_3e_75),
    on_accent: rgb(0xff_ff_ff),
    ink: rgb(0x00_00_00),
    paper: rgb(0xff_ff_ff),
    veil: Color32::from_black_alpha(150),
    help: (rgb(0x7a_0d_12), rgb(0xff_ff_ff)),
    fine: (rgb(0x0a_47_24), rgb(0xff_ff_ff)),
    tones: [
        (rgb(0x00_00_00), rgb(0xec_ef_f2)),
        (rgb(0x37_3e_46), rgb(0xec_ef_f2)),
        (rgb(0x0b_3e_75), rgb(0xe4_ee_f9)),
        (rgb(0x0a_47_24), rgb(0xe1_f3_e7)),
        (rgb(0x50_36_00), rgb(0xfb_ef_c9)),
        (rgb(0x68_27_00), rgb(0xfc_e6_d6)),
        (rgb(0x7a_0d_12), rgb(0xfb_e2_e2)),
    ],
    bars: [
        rgb(0x2f_7b_d0),
        rgb(0xe0_a8_00),
        rgb(0xe8_73_0c),
        rgb(0xd2_23_2a),
    ],
};

const STANDARD: Sizes = Sizes {
    small: 12.5,
    body: 14.0,
    reading: 16.0,
    heading: 16.0,
    title: 22.0,
    code: 26.0,
    station: 28.0,
    verdict: 96.0,
    line: 1.5,
};
const LARGE: Sizes = Sizes {
    small: 20.0,
    body: 22.0,
    reading: 24.0,
    heading: 26.0,
    title: 30.0,
    code: 36.0,
    station: 32.0,
    verdict: 96.0,
    line: 1.5,
};

const DESK: Spaces = Spaces {
    unit: 4.0,
    target: 28.0,
    row: 64.0,
    rail: 148.0,
    list: 372.0,
    measure: 680.0,
    qr: 300.0,
    round: 6,
    two_columns: 860.0,
};
const ROOMY: Spaces = Spaces {
    unit: 4.0,
    target: 60.0,
    row: 120.0,
    rail: 228.0,
    list: 420.0,
    measure: 820.0,
    qr: 380.0,
    round: 8,
    two_columns: f32::INFINITY,
};

#[cfg(test)]
mod tests;
