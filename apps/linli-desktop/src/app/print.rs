//! The day sheet of a gate: `linli_view::sheet` words it, `linli_node::paper` prints it, as for the command line.

use super::App;
use crate::{fonts, papers};
use linli_exchange::paper::PaperError;
use linli_node::paper;
use linli_view::api::GateSheet;
use linli_view::dates::Now;
use linli_view::sheet;
use linli_view::station::Printed;
use linli_view::words::Catalogue;

const HOUR_MS: u64 = 3_600_000;

impl App {
    /// Writes the sheet where the guard finds it, and says where.
    pub(super) fn print(&mut self, told: &GateSheet) {
        let written = pdf(&self.words, self.now(), told)
            .map_err(|error| error.to_string())
            .and_then(|(name, pdf)| {
                let saved = papers::keep(&self.world.papers, told.status.no, &name, &pdf);
                saved.map_err(|error| error.to_string())
            });
        self.seen = None;
        self.state.printed = Some(match written {
            Ok((path, left)) => Printed::At {
                path: path.display().to_string(),
                left: left.map(|path| path.display().to_string()),
                expected: told.expected.len(),
                inside: told.inside.len(),
            },
            Err(reason) => Printed::Failed { reason },
        });
    }
}

impl App {
    /// Once an hour, and as soon as the gate is known: sheets of yesterday go.
    pub(super) fn sweep_papers(&mut self) {
        let Some(gate) = self.model.gate.as_ref().map(|gate| gate.no) else {
            return;
        };
        let now = self.now();
        let hour = now.ms / HOUR_MS;
        if self.swept_hour != Some(hour) {
            self.swept_hour = Some(hour);
            papers::sweep(&self.world.papers, now, gate);
        }
    }
}

/// The sheet's name and its bytes.
fn pdf(words: &Catalogue, now: Now, told: &GateSheet) -> Result<(String, Vec<u8>), PaperError> {
    let sheet = sheet::sheet(words, now, told);
    let name = sheet.file_name.clone();
    let foot = |page, of| sheet::foot(words, page, of);
    Ok((name, paper::sheet(words, &fonts::faces()?, sheet, &foot)?))
}
