//! Paper rendered by a foreign program (poppler), and its words read again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    unreachable_pub,
    reason = "tests; each test binary uses its part"
)]

use linli_exchange::paper::Faces;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn font(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../apps/linli-desktop/font");
    std::fs::read(folder.join(name)).unwrap()
}

pub fn faces() -> Faces {
    Faces::new([font("LinliSansSC-Regular.otf"), font("LinliSans-Rest.ttf")]).unwrap()
}

/// A program of poppler-utils; the step of the tests installs it.
fn poppler(program: &str, args: &[&str]) {
    let done = Command::new(program).args(args).output();
    let done = done.unwrap_or_else(|e| panic!("{program} is missing (apt: poppler-utils): {e}"));
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
}

pub struct Printed {
    folder: tempfile::TempDir,
    pub pdf: PathBuf,
}

impl Printed {
    pub fn new(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pdf = folder.path().join("p.pdf");
        std::fs::write(&pdf, bytes).unwrap();
        Self { folder, pdf }
    }

    /// Pictures of the pages at this many dots an inch.
    pub fn pages(&self, dpi: u32) -> Vec<Vec<u8>> {
        let stem = self.folder.path().join("page");
        let dpi = dpi.to_string();
        let (pdf, stem) = (self.pdf.to_str().unwrap(), stem.to_str().unwrap());
        poppler("pdftoppm", &["-r", &dpi, "-gray", "-png", pdf, stem]);
        let mut files: Vec<PathBuf> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|f| f.unwrap().path())
            .filter(|f| f.extension().is_some_and(|e| e == "png"))
            .collect();
        files.sort();
        files.iter().map(|f| std::fs::read(f).unwrap()).collect()
    }

    pub fn text(&self) -> String {
        let out = self.folder.path().join("p.txt");
        let args = [
            "-enc",
            "UTF-8",
            "-layout",
            self.pdf.to_str().unwrap(),
            out.to_str().unwrap(),
        ];
        poppler("pdftotext", &args);
        std::fs::read_to_string(out).unwrap()
    }

    pub fn fonts(&self) -> String {
        let done = Command::new("pdffonts").arg(&self.pdf).output().unwrap();
        String::from_utf8(done.stdout).unwrap()
    }
}
