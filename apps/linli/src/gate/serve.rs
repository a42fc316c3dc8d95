//! `linli gate serve --stdin`: for a barrier controller or a plate camera. One line in, one JSON object out, in order;
//! what a line decided is durable before its answer is written. No line ends the loop.

use super::hook::Hook;
use super::line::{self, Order, Raw};
use crate::ctx::Ctx;
use crate::envelope;
use crate::outcome::{Done, Outcome};
use crate::port;
use linli_node::api::{Answer, Fault, GateAct, Request, ScanArgs};
use linli_node::home::Session;
use serde_json::{Value, json};
use std::io::Write;

/// Serving.
#[derive(clap::Args, Debug)]
pub struct Serve {
    /// Lines come on stdin.
    #[arg(long, required = true)]
    pub stdin: bool,
    /// A command for every admission.
    #[arg(long, value_name = "CMD")]
    pub on_admit: Option<String>,
}

/// What was said beforehand for the next scan.
#[derive(Default)]
struct Beside {
    companions: u8,
    pin: Option<String>,
    plate_seen: Option<String>,
}

/// Serves until stdin ends or nobody reads the answers any more.
pub fn run(ctx: &Ctx, args: Serve) -> Done {
    let mut session = port::session(ctx.options()?)?;
    // Who serves a gate that is none must hear of it before the first car.
    session.ask(Request::GateStatus)?;
    let mut hook = args.on_admit.map(Hook::new);
    let mut beside = Beside::default();
    let (mut input, mut number) = (std::io::stdin().lock(), 0u64);
    loop {
        let read = line::next(&mut input);
        let raw = read.map_err(|_| Fault::input("stdin-unreadable"))?;
        let Some(raw) = raw else {
            return Ok(Outcome::silent());
        };
        number += 1;
        let mut object = match answer(&raw, &mut session, &mut beside) {
            Ok(answer) => {
                let mut outcome = Outcome::of(answer, "");
                if let (Some(hook), Some(true)) = (&mut hook, outcome.data["opens"].as_bool())
                    && let Err(warning) = hook.admit(&outcome.data)
                {
                    outcome.warnings.push(warning);
                }
                envelope::answer(&ctx.words, &outcome)
            }
            Err(fault) => envelope::fault(&ctx.words, &fault),
        };
        object["line"] = number.into();
        if !said(&object) {
            return Ok(Outcome::silent());
        }
    }
}

/// Whether somebody still reads.
fn said(object: &Value) -> bool {
    let mut out = std::io::stdout().lock();
    let line = format!("{object}\n");
    out.write_all(line.as_bytes())
        .and_then(|()| out.flush())
        .is_ok()
}

fn answer(raw: &Raw, session: &mut Session, beside: &mut Beside) -> Result<Answer, Fault> {
    let mut scan = |beside: &mut Beside, change: &dyn Fn(&mut ScanArgs)| {
        // Said once, for one scan: the next car has other people in it.
        let said = std::mem::take(beside);
        let mut args = ScanArgs {
            companions: said.companions,
            pin: said.pin,
            lane_plate: said.plate_seen,
            ..ScanArgs::default()
        };
        change(&mut args);
        session.ask(Request::GateCheck(args))
    };
    match raw.order()? {
        Order::Pass(text) => scan(beside, &|args| args.text = Some(text.clone())),
        Order::Plate(plate) => scan(beside, &|args| args.plate = Some(plate.clone())),
        Order::Code(code) => scan(beside, &|args| args.code = Some(code.clone())),
        Order::WalkIn(unit) => {
            let said = std::mem::take(beside);
            let act = GateAct::WalkIn {
                resident: false,
                courier: false,
                unit,
                name: None,
                plate: said.plate_seen,
                companions: said.companions,
            };
            session.ask(Request::Gate { act })
        }
        Order::ExitPlate(plate) => exit(session, Some(plate), None),
        Order::ExitCode(code) => exit(session, None, Some(code)),
        Order::Companions(count) => {
            beside.companions = count;
            Ok(noted("companions"))
        }
        Order::Pin(pin) => {
            beside.pin = Some(pin);
            Ok(noted("pin"))
        }
        Order::PlateSeen(plate) => {
            beside.plate_seen = Some(plate);
            Ok(noted("plate_seen"))
        }
    }
}

fn exit(
    session: &mut Session,
    plate: Option<String>,
    code: Option<String>,
) -> Result<Answer, Fault> {
    let act = GateAct::Exit {
        event: None,
        plate,
        code,
    };
    session.ask(Request::Gate { act })
}

/// Taken down for the next line. What was said is not said back: a PIN is nobody else's business.
fn noted(what: &str) -> Answer {
    Answer {
        data: json!({ "noted": what }),
        warnings: Vec::new(),
    }
}
