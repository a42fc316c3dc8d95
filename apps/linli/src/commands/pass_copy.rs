//! Copies of a pass's code: a picture, a card to print, its text alone, blocks on a terminal.

use crate::ctx::Ctx;
use crate::envelope;
use crate::input::Place;
use crate::paper;
use linli_exchange::paper::Form;
use linli_node::api::Fault;
use linli_pass::qr::{Medium, Symbol};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Pixels a module in the picture of a code: a version 16 code is 700 pixels wide then, sharp on any phone.
const MODULE_PX: u32 = 8;

/// Which copies are wanted.
#[derive(clap::Args, Debug)]
pub struct Copies {
    /// Writes the code as a picture.
    #[arg(long, value_name = "F")]
    pub png: Option<PathBuf>,
    /// Writes a card to print.
    #[arg(long, value_name = "F")]
    pub pdf: Option<PathBuf>,
    /// On which paper.
    #[arg(long, value_name = "FORM", default_value = "a7", value_parser = ["a7", "a4"], requires = "pdf")]
    pub paper: String,
    /// Prints the text of the code alone.
    #[arg(long)]
    pub text: bool,
}

/// The files to write, each known to be possible before there is a pass.
pub struct Places<'a> {
    png: Option<Place<'a>>,
    pdf: Option<Place<'a>>,
}

impl Copies {
    /// Makes sure that the files can be written.
    pub fn places(&self) -> Result<Places<'_>, Fault> {
        Ok(Places {
            png: self.png.as_deref().map(Place::beside).transpose()?,
            pdf: self.pdf.as_deref().map(Place::beside).transpose()?,
        })
    }

    /// The file that a fault in writing is about.
    pub fn file(&self) -> Option<&Path> {
        self.png.as_deref().or(self.pdf.as_deref())
    }

    /// Makes the copies of a code and adds to what is said.
    pub fn make(
        &self,
        ctx: &Ctx,
        text: &str,
        places: Places<'_>,
        human: &mut String,
    ) -> Result<(), Fault> {
        let code = Symbol::of(text, Medium::Screen);
        if let (Some(place), Some(file)) = (places.png, &self.png) {
            let code = code.as_ref().map_err(|_| Fault::ours("code-not-drawn"))?;
            let picture = code.png(MODULE_PX);
            place.fill(&picture.map_err(|_| Fault::ours("code-not-drawn"))?)?;
            let path = [("path", file.display().to_string().into())];
            let _ = writeln!(human, "{}", ctx.text("pass-picture", &path));
        }
        if let (Some(place), Some(file)) = (places.pdf, &self.pdf) {
            let form = Form::parse(&self.paper).unwrap_or_default();
            place.fill(&paper::card::pdf(ctx, text, form)?)?;
            let path = [("path", file.display().to_string().into())];
            let _ = writeln!(human, "{}", ctx.text("pass-card", &path));
        }
        if self.text {
            // Nothing else on stdout, so that a script can take it; the sentence goes beside.
            if !ctx.json {
                envelope::err(human);
            }
            *human = format!("{text}\n");
        } else if self.file().is_none() {
            if ctx.on_terminal()
                && let Ok(code) = &code
            {
                human.push_str(&code.blocks(true));
            }
            let _ = writeln!(human, "{text}");
        }
        Ok(())
    }
}
