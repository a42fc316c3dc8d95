//! What can be done with a pass without any home: look into it, decide about it as a described gate would, run
//! published vectors.

use super::gate::exit_of;
use crate::clock;
use crate::ctx::Ctx;
use crate::input;
use crate::outcome::{Done, Outcome};
use linli_base::UnixSec;
use linli_node::api::Fault;
use linli_pass::context::Context;
use linli_pass::{
    Decision, GateState, Grant, Setting, Token, codes::Code, qr, vectors as published,
};
use linli_view::clean;
use linli_view::dates::{self, Now};
use linli_view::words::Lang;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Largest context or vector file: the largest of ours have 20 kB.
const JSON_MAX: usize = 4 << 20;

/// Looking into a pass.
#[derive(clap::Args, Debug)]
pub struct Decode {
    /// What was scanned.
    #[command(flatten)]
    pub scanned: Scanned,
}

/// A pass as text or in a picture.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Scanned {
    /// The text of the code.
    #[arg(value_name = "TEXT")]
    pub text: Option<String>,
    /// A picture of the code (PNG).
    #[arg(long, value_name = "F")]
    pub image: Option<PathBuf>,
}

/// Deciding.
#[derive(clap::Args, Debug)]
pub struct Check {
    /// The text of the code.
    #[arg(value_name = "SCAN")]
    pub scan: String,
    /// The gate: keys, charter, clock, ledger.
    #[arg(long, value_name = "FILE")]
    pub context: PathBuf,
    /// The moment; the context's own if not given.
    #[arg(long, value_name = "T")]
    pub at: Option<String>,
}

/// Vectors.
#[derive(clap::Args, Debug)]
#[group(required = true, multiple = false)]
pub struct Vectors {
    /// Files to run.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Writes our own into this folder.
    #[arg(long, value_name = "DIR")]
    pub write: Option<PathBuf>,
}

/// The one text in a picture of a code.
pub fn image(path: &Path) -> Result<String, Fault> {
    let bytes = input::file(path, qr::IMAGE_BYTES_MAX)?;
    let file = path.display();
    let found = qr::read_image(&bytes).map_err(|error| match error {
        qr::ImageError::Bytes | qr::ImageError::Pixels => {
            Fault::input("image-too-large").with("file", &file)
        }
        qr::ImageError::Format => Fault::input("image-not-png").with("file", &file),
        qr::ImageError::Damaged => Fault::input("image-damaged").with("file", &file),
        qr::ImageError::NoCode => Fault::input("image-without-code").with("file", &file),
    })?;
    match found.as_slice() {
        [one] => Ok(one.clone()),
        // Several codes on one picture: a pass is told from a poster by its prefix.
        many => {
            let mut passes = many.iter().filter(|text| text.starts_with("LL"));
            match (passes.next(), passes.next()) {
                (Some(one), None) => Ok(one.clone()),
                _ => Err(Fault::choose("image-several-codes").with("file", &file)),
            }
        }
    }
}

/// `linli pass decode`.
pub fn decode(ctx: &Ctx, args: &Decode) -> Done {
    let text = match (&args.scanned.text, &args.scanned.image) {
        (_, Some(file)) => image(file)?,
        (Some(text), None) => text.clone(),
        (None, None) => String::new(),
    };
    let token = Token::read(&text)
        .map_err(|error| Fault::input("not-a-pass").with("reason", error.code()))?;
    let grant = token.unverified_grant();
    let data = json!({
        "text": text.trim(),
        "verified": false,
        "id": grant.cti.to_string(),
        "short_code": grant.cti.short_code().to_string(),
        "iss": grant.iss,
        "aud": grant.aud,
        "from_s": grant.nbf.0,
        "until_s": grant.exp.0,
        "issued_s": grant.iat.0,
        "kind": grant.kind.as_str(),
        "entries": grant.entries,
        "companions": grant.companions,
        "gates": grant.gates,
        "plate": grant.plate.as_ref().map(|plate| plate.as_str().to_owned()),
        "label": grant.label.as_ref().map(|label| label.reveal().clone()),
        "host_unit": grant.host_unit.as_ref().map(|unit| unit.reveal().clone()),
        "pin": grant.pin_tag.is_some(),
        "windows": grant.windows.iter().map(|w| json!([w.days(), w.start(), w.end()])).collect::<Vec<_>>(),
        "with_chain": token.has_certificate(),
        "bytes": token.bytes().len(),
    });
    Ok(Outcome::plain(data, decoded(ctx, grant)))
}

/// Dates of a pass at Beijing's offset, named so: the pass itself does not say where it is meant for.
fn decoded(ctx: &Ctx, grant: &Grant) -> String {
    let now = Now::beijing(clock::now_ms());
    let valid = dates::span(ctx.words.shared(), now, grant.nbf.ms().0, grant.exp.ms().0);
    let label = grant
        .label
        .as_ref()
        .map(|label| clean::line(label.reveal(), clean::NAME_MAX));
    ctx.text(
        "pass-decoded",
        &[
            ("label", label.unwrap_or_default().into()),
            (
                "kind",
                ctx.say(&format!("pass-kind-{}", grant.kind.as_str()))
                    .into(),
            ),
            ("valid", valid.into()),
            ("iss", clean::line(&grant.iss, 40).into()),
            ("entries", grant.entries.into()),
            ("code", grant.cti.short_code().to_string().into()),
        ],
    )
}

/// `linli pass check`.
pub fn check(ctx: &Ctx, args: &Check) -> Done {
    let unsound = |why: &dyn std::fmt::Display| {
        Fault::input("context-unsound")
            .with("file", args.context.display())
            .with("reason", why)
    };
    let at = args.at.as_deref().map(input::moment_s).transpose()?;
    let json = utf8(&args.context)?;
    let context = Context::parse(&json).map_err(|error| unsound(&error))?;
    let (decision, state) = context
        .check(&args.scan, at.map(UnixSec))
        .map_err(|error| unsound(&error))?;
    let now = at.map_or(context.clock.now.0, UnixSec);
    let data = decision_json(&decision, &state, now);
    let sentence = sentence(&decision, &state, now, ctx.words.lang());
    let human = format!(
        "{}  {sentence}",
        ctx.say(&format!("gate-{}", decision.verdict))
    );
    Ok(Outcome::plain(data, human).exits(exit_of(decision.verdict.as_str())))
}

/// A decision under the same names as a gate's answer.
fn decision_json(decision: &Decision, state: &GateState, now: UnixSec) -> Value {
    let show = decision.show.as_ref();
    json!({
        "result": decision.verdict.as_str(),
        "code": decision.code().map(Code::as_str),
        "opens": decision.opens,
        "sentence_zh": sentence(decision, state, now, Lang::ZhCn),
        "sentence_en": sentence(decision, state, now, Lang::En),
        "also": decision.also.iter().filter_map(|r| r.code().map(Code::as_str)).collect::<Vec<_>>(),
        "label": show.and_then(|s| s.label.as_ref().map(|l| l.reveal().clone())),
        "unit": show.and_then(|s| s.unit.as_ref().map(|u| u.reveal().clone())),
        "plate": show.and_then(|s| s.plate.as_ref().map(|p| p.as_str().to_owned())),
        "until_s": show.map(|s| s.until.0),
        "use": show.and_then(|s| s.entry.map(|(n, _)| n)),
        "of": show.and_then(|s| s.entry.map(|(_, of)| of)),
        "companions": show.map(|s| s.companions),
    })
}

fn sentence(decision: &Decision, state: &GateState, now: UnixSec, lang: Lang) -> String {
    let lang = match lang {
        Lang::ZhCn => linli_pass::Lang::ZhCn,
        Lang::En => linli_pass::Lang::En,
    };
    decision.reason.sentence(&Setting {
        lang,
        offset: state.place.offset,
        now,
        gates: &state.place.names,
    })
}

/// `linli pass vectors`: a line each; exit status 1 on any difference.
pub fn vectors(ctx: &Ctx, args: &Vectors) -> Done {
    if let Some(dir) = &args.write {
        return write(ctx, dir);
    }
    let mut lines = String::new();
    let mut results = Vec::new();
    let mut wrong = 0_u32;
    for file in &args.files {
        let difference = match published::run(&utf8(file)?) {
            Ok(_) => None,
            Err(difference) => Some(difference.to_string()),
        };
        wrong += u32::from(difference.is_some());
        let name = clean::line(&file.display().to_string(), 200);
        let _ = match &difference {
            None => writeln!(lines, "✓ {name}"),
            Some(difference) => writeln!(lines, "✗ {name}: {}", clean::line(difference, 400)),
        };
        results.push(json!({"file": file.display().to_string(), "ok": difference.is_none(), "difference": difference}));
    }
    let total = [("n", args.files.len().into()), ("wrong", wrong.into())];
    lines.push_str(&ctx.text("vectors-total", &total));
    let data = json!({"vectors": results, "wrong": wrong});
    Ok(Outcome::plain(data, lines).exits(u8::from(wrong > 0)))
}

fn write(ctx: &Ctx, dir: &Path) -> Done {
    let made = published::make::all().map_err(|_| Fault::ours("our-fault"))?;
    let fault = |_| Fault::storage("file-not-written").with("file", dir.display());
    std::fs::create_dir_all(dir).map_err(fault)?;
    let mut names = Vec::new();
    for vector in made {
        std::fs::write(dir.join(&vector.name), &vector.json).map_err(fault)?;
        names.push(vector.name);
    }
    let args = [
        ("n", names.len().into()),
        ("dir", dir.display().to_string().into()),
    ];
    Ok(Outcome::plain(
        json!({"files": names}),
        ctx.text("vectors-written", &args),
    ))
}

fn utf8(file: &Path) -> Result<String, Fault> {
    String::from_utf8(input::stream(file, JSON_MAX)?)
        .map_err(|_| Fault::input("text-not-utf8").with("file", file.display()))
}
