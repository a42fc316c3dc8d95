//! A PIN that is told by voice: typed at a prompt or read from a file, never an argument others could see in the
//! list of processes.

use crate::ctx::Ctx;
use crate::envelope;
use crate::input;
use linli_node::api::Fault;
use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

/// The two ways to hand a PIN in.
#[derive(clap::Args, Debug)]
pub struct PinArgs {
    /// Asks for it on the terminal.
    #[arg(long, conflicts_with = "pin_file")]
    pub pin: bool,
    /// A file whose first line it is.
    #[arg(long, value_name = "F")]
    pub pin_file: Option<PathBuf>,
}

impl PinArgs {
    /// The PIN, if one was asked for.
    pub fn read(&self, ctx: &Ctx) -> Result<Option<String>, Fault> {
        if let Some(file) = &self.pin_file {
            let text = input::text(file)?;
            return Ok(Some(
                text.lines().next().unwrap_or_default().trim().to_owned(),
            ));
        }
        if !self.pin {
            return Ok(None);
        }
        let stdin = std::io::stdin();
        if !stdin.is_terminal() {
            return Err(Fault::input("pin-needs-terminal"));
        }
        envelope::err(&ctx.say("pin-prompt"));
        let mut line = String::new();
        let read = stdin.lock().read_line(&mut line);
        read.map_err(|_| Fault::input("pin-needs-terminal"))?;
        Ok(Some(line.trim().to_owned()))
    }
}
