//! Usage faults in the chosen language: what clap says in English, by kind and context.

use crate::envelope;
use crate::outcome::Outcome;
use crate::words::Words;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use linli_node::api::Fault;
use serde_json::json;

/// Says what is wrong with the arguments, or the help that was asked for; the exit status.
pub fn say(words: &Words, json: bool, error: &clap::Error) -> u8 {
    let help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    );
    if help {
        let page = error.render().to_string();
        envelope::say(words, json, &Outcome::plain(json!({"page": page}), page));
        return 0;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !json {
        envelope::err(&error.render().to_string());
        return 2;
    }
    let fault = fault(error);
    envelope::complain(words, json, &fault);
    if !json && let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        // The overridden usage line still carries clap's own heading.
        let line = usage.to_string();
        let line = line.trim_start_matches("Usage:").trim();
        envelope::err(&format!("\n{} {line}\n", words.say("usage-heading")));
    }
    fault.exit
}

/// The usage fault behind a clap error.
fn fault(error: &clap::Error) -> Fault {
    let argument = text(error, ContextKind::InvalidArg);
    let (code, named) = match error.kind() {
        ErrorKind::InvalidSubcommand => (
            "usage-unknown-command",
            text(error, ContextKind::InvalidSubcommand),
        ),
        ErrorKind::UnknownArgument => ("usage-unknown-argument", argument),
        ErrorKind::InvalidValue if text(error, ContextKind::InvalidValue).is_empty() => {
            ("usage-value-missing", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => ("usage-bad-value", argument),
        ErrorKind::MissingRequiredArgument => ("usage-missing", argument),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ("usage-missing-command", String::new())
        }
        ErrorKind::ArgumentConflict => ("usage-conflict", argument),
        ErrorKind::InvalidUtf8 => ("usage-not-utf8", String::new()),
        _ => ("usage-other", argument),
    };
    let mut fault = Fault {
        code: code.to_owned(),
        exit: 2,
        args: std::collections::BTreeMap::new(),
    };
    fault = fault
        .with("argument", named)
        .with("value", text(error, ContextKind::InvalidValue))
        .with("other", text(error, ContextKind::PriorArg));
    let hints = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    // What is near may still not be meant: where there is a list, all of it is told.
    let list = text(error, ContextKind::ValidValue);
    let hint = Some(list).filter(|list| !list.is_empty()).or_else(|| {
        hints
            .into_iter()
            .map(|kind| text(error, kind))
            .find(|hint| !hint.is_empty())
    });
    fault.with("hint", hint.as_deref().unwrap_or("none"))
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::Sentences;
    use crate::localise;
    use crate::words::Words;
    use linli_view::words::Lang;

    fn refused(line: &str) -> Fault {
        let args = line.split(' ');
        let tree = localise::command(&Words::of(Lang::En));
        fault(&tree.try_get_matches_from(args).expect_err("refused"))
    }

    #[test]
    fn each_kind_of_usage_fault_has_its_sentence() {
        for (line, code, named) in [
            ("linli nonsense", "usage-unknown-command", "nonsense"),
            (
                "linli charter propose x",
                "usage-unknown-command",
                "propose",
            ),
            ("linli halp raise", "usage-unknown-command", "halp"),
            (
                "linli status --colour",
                "usage-unknown-argument",
                "--colour",
            ),
            ("linli post new --kind riot x", "usage-bad-value", "--kind"),
            ("linli status --timeout x", "usage-bad-value", "--timeout"),
            ("linli notice show", "usage-missing", "<ID>"),
            ("linli status --home", "usage-value-missing", "--home"),
            (
                "linli wait --notice a --digest b",
                "usage-conflict",
                "--notice",
            ),
        ] {
            let fault = refused(line);
            assert_eq!((fault.code.as_str(), fault.exit), (code, 2), "{line}");
            for lang in Lang::ALL {
                let said = Sentences::of(&Words::of(lang), &fault);
                assert!(said.message.contains(named), "{line}: {said:?}");
                assert!(!said.message.contains(code), "{line}: {said:?}");
            }
        }
    }

    #[test]
    fn a_misspelt_command_brings_the_right_one() {
        let fault = refused("linli notise list");
        let said = Sentences::of(&Words::of(Lang::En), &fault);
        assert!(said.next.contains("notice"), "{said:?}");
    }
}
