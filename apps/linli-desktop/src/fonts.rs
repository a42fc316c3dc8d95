//! The type: Noto Sans SC in two weights and what stands behind it, cut by `font/cut.py`; then whatever the system
//! has.
//!
//! Regular holds all of GBK, Extension A and the Table of General Standard Chinese Characters, because people's
//! names do. egui has no synthetic bold, so what is emphasised uses Medium, which falls back to Regular beyond
//! GB 2312. All are under the SIL Open Font License 1.1, see `font/OFL-*.txt`.

use egui::{FontData, FontDefinitions, FontFamily};
use linli_exchange::paper::{Faces, PaperError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name, bytes. In the order in which a missing character is looked for, except that each family has its own first.
const FACES: [(&str, &[u8]); 5] = [
    ("medium", include_bytes!("../font/LinliSansSC-Medium.otf")),
    ("mono", include_bytes!("../font/LinliMono.ttf")),
    ("regular", include_bytes!("../font/LinliSansSC-Regular.otf")),
    ("rest", include_bytes!("../font/LinliSans-Rest.ttf")),
    ("emoji", include_bytes!("../font/LinliEmoji.ttf")),
];
const BEHIND: [&str; 3] = ["regular", "rest", "emoji"];
/// No system face beyond this size is loaded: it is only for the rare character.
const SYSTEM_FACE_MAX_BYTES: u64 = 40 << 20;

/// The family for what is emphasised.
#[must_use]
pub fn medium() -> FontFamily {
    FontFamily::Name("medium".into())
}

/// The faces carried in the program.
#[must_use]
pub fn embedded() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FACES {
        fonts
            .font_data
            .insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    let families = [
        (FontFamily::Proportional, None),
        (medium(), Some("medium")),
        (FontFamily::Monospace, Some("mono")),
    ];
    for (family, first) in families {
        fonts.families.insert(
            family,
            first.into_iter().chain(BEHIND).map(str::to_owned).collect(),
        );
    }
    fonts
}

/// The faces for what is printed: Chinese, then Latin with all its marks.
///
/// # Errors
/// [`PaperError`] if the program was built with something that is no font.
pub fn faces() -> Result<Faces, PaperError> {
    Faces::of_program(&[FACES[2].1, FACES[3].1])
}

/// The embedded faces, and the system's behind them.
#[must_use]
pub fn with_system() -> FontDefinitions {
    let mut fonts = embedded();
    for (at, path) in system_faces().into_iter().enumerate() {
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        let name = format!("system-{at}");
        fonts
            .font_data
            .insert(name.clone(), Arc::new(FontData::from_owned(bytes)));
        for family in fonts.families.values_mut() {
            family.push(name.clone());
        }
    }
    fonts
}

/// Faces that hold what ours lack (Extension B and later, Hangul, Arabic), where the common systems keep them.
/// At most a handful: every one is read into memory.
fn system_faces() -> Vec<PathBuf> {
    const CANDIDATES: [&str; 10] = [
        "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
        "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf",
        "/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
        "C:\\Windows\\Fonts\\simsunb.ttf",
        "C:\\Windows\\Fonts\\malgun.ttf",
        "C:\\Windows\\Fonts\\segoeui.ttf",
        "/System/Library/Fonts/AppleSDGothicNeo.ttc",
        "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    ];
    let fits = |path: &&&str| {
        std::fs::metadata(Path::new(path))
            .is_ok_and(|meta| meta.is_file() && meta.len() <= SYSTEM_FACE_MAX_BYTES)
    };
    CANDIDATES.iter().filter(fits).map(PathBuf::from).collect()
}

#[cfg(test)]
mod tests;
