//! The type on paper: several faces, each for the characters that those before it lack.
//!
//! Names go beyond every single face, and a box instead of somebody's character is no name. A text is cut into runs of
//! one face each; widths come from the faces' own tables, so that lines break where they must.

use super::PaperError;
use krilla::text::Font;
use ttf_parser::Face;

/// Most faces; a handful is used.
const FACES_MAX: usize = 16;
/// Stands for a character that no face has.
const MISSING: char = '□';

/// Faces in the order in which a character is looked for.
#[derive(Clone, Debug)]
pub struct Faces {
    faces: Vec<Loaded>,
}

#[derive(Clone, Debug)]
struct Loaded {
    font: Font,
    bytes: Bytes,
}

/// Bytes that live with the program or with the faces.
#[derive(Clone)]
enum Bytes {
    Static(&'static [u8]),
    Owned(std::sync::Arc<Vec<u8>>),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Owned(bytes) => bytes,
        }
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.get().len())
    }
}

/// A piece of text in one face, and its width in ems.
pub(super) struct Run {
    pub(super) face: usize,
    pub(super) text: String,
    pub(super) width: f32,
}

impl Faces {
    /// Takes the bytes of faces, OpenType or TrueType, the first to be looked in first.
    ///
    /// # Errors
    /// [`PaperError::Face`] for bytes that are no face, [`PaperError::Faces`] for none or too many.
    pub fn new(faces: impl IntoIterator<Item = Vec<u8>>) -> Result<Self, PaperError> {
        let owned = faces.into_iter().map(|b| Bytes::Owned(b.into()));
        Self::load(owned)
    }

    /// The same for faces that are part of the program, without a copy.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn of_program(faces: &[&'static [u8]]) -> Result<Self, PaperError> {
        Self::load(faces.iter().map(|b| Bytes::Static(b)))
    }

    fn load(all: impl Iterator<Item = Bytes>) -> Result<Self, PaperError> {
        let mut faces = Vec::new();
        for (at, bytes) in all.enumerate() {
            let data = match &bytes {
                Bytes::Static(bytes) => krilla::Data::from(*bytes),
                Bytes::Owned(bytes) => krilla::Data::from(bytes.clone()),
            };
            if Face::parse(bytes.get(), 0).is_err() {
                return Err(PaperError::Face(at));
            }
            let font = Font::new(data, 0).ok_or(PaperError::Face(at))?;
            faces.push(Loaded { font, bytes });
        }
        if (1..=FACES_MAX).contains(&faces.len()) {
            Ok(Self { faces })
        } else {
            Err(PaperError::Faces)
        }
    }

    pub(super) fn font(&self, face: usize) -> Option<Font> {
        self.faces.get(face).map(|f| f.font.clone())
    }

    /// Everything that is needed to measure; made once a page, since reading a face's tables takes a while.
    pub(super) fn measure(&self) -> Measure<'_> {
        let faces = self
            .faces
            .iter()
            .filter_map(|f| Face::parse(f.bytes.get(), 0).ok())
            .collect();
        Measure { faces }
    }
}

/// Measures text.
pub(super) struct Measure<'a> {
    faces: Vec<Face<'a>>,
}

impl Measure<'_> {
    /// The face that has a character, the character itself or the box that stands for it, and its width in ems.
    pub(super) fn char(&self, c: char) -> (usize, char, f32) {
        let c = if c.is_control() { ' ' } else { c };
        let found = |c: char| {
            self.faces.iter().enumerate().find_map(|(at, face)| {
                let glyph = face.glyph_index(c)?;
                let advance = f32::from(face.glyph_hor_advance(glyph)?);
                Some((at, c, advance / f32::from(face.units_per_em())))
            })
        };
        found(c).or_else(|| found(MISSING)).unwrap_or((0, ' ', 0.3))
    }

    /// Width of a text in ems.
    pub(super) fn width(&self, text: &str) -> f32 {
        text.chars().map(|c| self.char(c).2).sum()
    }

    /// The text in runs of one face each.
    pub(super) fn runs(&self, text: &str) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for c in text.chars() {
            let (face, c, width) = self.char(c);
            match runs.last_mut() {
                Some(run) if run.face == face => {
                    run.text.push(c);
                    run.width += width;
                }
                _ => runs.push(Run {
                    face,
                    text: c.into(),
                    width,
                }),
            }
        }
        runs
    }

    /// Breaks a text into lines of at most `width` ems: at spaces, and between any two characters of Chinese; a word
    /// longer than a line is cut.
    pub(super) fn lines(&self, text: &str, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let (mut line, mut used) = (String::new(), 0.0);
            for piece in pieces(paragraph) {
                let wide = self.width(piece);
                if used + self.width(piece.trim_end()) > width && !line.is_empty() {
                    lines.push(std::mem::take(&mut line).trim_end().to_owned());
                    used = 0.0;
                }
                if wide <= width {
                    line.push_str(piece);
                    used += wide;
                    continue;
                }
                for c in piece.chars() {
                    let (_, _, w) = self.char(c);
                    if used + w > width && !line.is_empty() {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    line.push(c);
                    used += w;
                }
            }
            lines.push(line.trim_end().to_owned());
        }
        lines
    }
}

/// Pieces that stay together: a word with the spaces behind it, or one Chinese character with the mark behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = before.is_some_and(|b| {
            let after_space = b.is_whitespace() && !c.is_whitespace();
            let chinese = (is_wide(b) || is_wide(c)) && !c.is_whitespace() && !hangs(c);
            after_space || (chinese && !opens(b))
        });
        if breaks {
            out.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    out.push(&text[start..]);
    out
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that do not begin a line.
fn hangs(c: char) -> bool {
    "，。、；：？！）》」』】”’,.;:?!)]}%".contains(c)
}

/// Marks that do not end one.
fn opens(c: char) -> bool {
    "（《「『【“‘([{".contains(c)
}
