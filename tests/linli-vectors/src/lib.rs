//! Golden bytes of passes, entries, epochs, with their stories.
//!
//! `pass/` holds one file a case as [`linli_pass::vectors`] makes them; the tests here hold the files against the
//! program, and `judges/` holds both against other people's COSE libraries. [`pictures`] makes photographs of codes,
//! good and bad, the same every time. [`alerts`] makes CAP messages for a foreign schema.

pub mod alerts;
pub mod pictures;

use linli_pass::vectors::make::{self, MakeError};
use std::io;
use std::path::Path;

/// Why files could not be written.
#[derive(Debug)]
pub enum WriteError {
    /// A vector does not come out as written down.
    Make(MakeError),
    /// The folder or a file in it.
    Disk(io::Error),
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Make(e) => e.fmt(f),
            Self::Disk(e) => e.fmt(f),
        }
    }
}

impl From<MakeError> for WriteError {
    fn from(e: MakeError) -> Self {
        Self::Make(e)
    }
}

impl From<io::Error> for WriteError {
    fn from(e: io::Error) -> Self {
        Self::Disk(e)
    }
}

/// Writes every vector into a folder, and what foreign makers need into `foreign/` below it; says how many files
/// were written.
///
/// # Errors
/// [`WriteError`].
pub fn write_passes(folder: &Path) -> Result<usize, WriteError> {
    let foreign = folder.join("foreign");
    std::fs::create_dir_all(&foreign)?;
    let vectors = make::all()?;
    for vector in &vectors {
        std::fs::write(folder.join(&vector.name), &vector.json)?;
    }
    std::fs::write(foreign.join("keys.json"), make::keys()?)?;
    let gate =
        serde_json::to_string_pretty(&make::gate_context()?).map_err(MakeError::Json)? + "\n";
    std::fs::write(foreign.join("gate.json"), gate)?;
    Ok(vectors.len() + 2)
}
