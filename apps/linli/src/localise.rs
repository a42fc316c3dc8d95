//! The command tree in the chosen language.
//!
//! clap speaks English only. So help texts come from the catalogue by key (`help-notice-publish` for a command,
//! `help-notice-publish_title` for its argument, `help-arg_title` where many commands share one), and headings,
//! usage lines, defaults and choices are worded here. The manual and the completions are made from the same tree.

use crate::cli::Cli;
use crate::words::Words;
use clap::builder::Resettable;
use clap::{Arg, ArgAction, Command, CommandFactory};
use linli_view::words::Arg as WordArg;

/// The width of help where the terminal does not say.
const WIDTH: usize = 100;

/// The whole tree, worded.
pub fn command(words: &Words) -> Command {
    let mut root = worded(Cli::command(), "help", words)
        .disable_version_flag(true)
        .max_term_width(WIDTH)
        .arg(flag("version", 'V', ArgAction::Version, words));
    root.build();
    usages(root, words)
}

/// One command and those below it. `key` is that of the command: `help-notice`, `help-notice-publish`.
fn worded(command: Command, key: &str, words: &Words) -> Command {
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}",
        words.say("usage-heading")
    );
    let has_below = command.has_subcommands();
    let mut command = command
        .about(words.say(&about_key(key)))
        // What clap takes from comments for `--help` would be in the comments' language.
        .long_about(Resettable::Reset)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .help_template(template)
        .mut_args(|arg| argument(arg, key, words))
        .arg(flag("help", 'h', ArgAction::HelpShort, words));
    if has_below {
        command = command
            .subcommand_help_heading(leaked(words.say("commands-heading")))
            .subcommand_value_name(leaked(words.say("command-value")))
            .mut_subcommands(|below| {
                let key = format!("{key}-{}", below.get_name());
                worded(below, &key, words)
            });
    }
    command
}

/// The root's key is `help` itself; a message needs a name of its own.
fn about_key(key: &str) -> String {
    if key == "help" {
        "help-linli".to_owned()
    } else {
        key.to_owned()
    }
}

fn argument(arg: Arg, key: &str, words: &Words) -> Arg {
    let heading = if arg.is_global_set() {
        "global-heading"
    } else if arg.is_positional() {
        "arguments-heading"
    } else {
        "options-heading"
    };
    let mut help = words.say(&argument_key(&arg, key, words));
    let choices: Vec<String> = arg
        .get_possible_values()
        .iter()
        .filter(|value| takes_value(&arg) && !value.is_hide_set())
        .map(|value| value.get_name().to_owned())
        .collect();
    if !choices.is_empty() {
        let list = [("list", WordArg::from(choices.join(", ")))];
        help.push_str(&words.text("choices", &list));
    }
    if let Some(default) = arg
        .get_default_values()
        .first()
        .filter(|value| takes_value(&arg) && !value.is_empty())
    {
        let value = [(
            "value",
            WordArg::from(default.to_string_lossy().into_owned()),
        )];
        help.push_str(&words.text("default", &value));
    }
    let takes = takes_value(&arg);
    arg.help(help)
        .long_help(Resettable::Reset)
        .help_heading(leaked(words.say(heading)))
        .hide_default_value(takes)
        .hide_possible_values(takes)
}

fn takes_value(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)
}

/// The sentence of an argument: its own, else the one shared by all arguments of this name.
pub fn argument_key(arg: &Arg, key: &str, words: &Words) -> String {
    let id = arg.get_id().as_str().replace('_', "-");
    let own = format!("{key}_{id}");
    if words.has(&own) {
        own
    } else {
        format!("help-arg_{id}")
    }
}

fn flag(name: &'static str, short: char, action: ArgAction, words: &Words) -> Arg {
    Arg::new(name)
        .long(name)
        .short(short)
        .action(action)
        .help(words.say(&format!("help-arg_{name}")))
        .help_heading(leaked(words.say("global-heading")))
}

/// Usage lines as clap would write them, with its English words replaced.
fn usages(mut command: Command, words: &Words) -> Command {
    let rendered = command.render_usage().to_string();
    let line = rendered
        .trim_start_matches("Usage:")
        .trim()
        .replace("[OPTIONS]", &words.say("options-value"));
    command
        .override_usage(line)
        .mut_subcommands(|below| usages(below, words))
}

/// clap keeps headings as `'static`. There are five of them, made once in a process.
fn leaked(text: String) -> &'static str {
    use std::collections::BTreeMap;
    use std::sync::{Mutex, PoisonError};
    static KEPT: Mutex<BTreeMap<String, &'static str>> = Mutex::new(BTreeMap::new());
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = kept.get(&text) {
        return known;
    }
    let forever: &'static str = Box::leak(text.clone().into_boxed_str());
    kept.insert(text, forever);
    forever
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;
    use linli_view::words::Lang;

    fn each(command: &Command, check: &mut dyn FnMut(&Command)) {
        check(command);
        for below in command.get_subcommands() {
            each(below, check);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_sentence_in_both_languages() {
        for lang in Lang::ALL {
            let mut tree = command(&Words::of(lang));
            tree.build();
            each(&tree, &mut |one| {
                let about = one.get_about().map(ToString::to_string).unwrap_or_default();
                assert!(
                    !about.is_empty() && !about.contains('⟦'),
                    "{}: {about}",
                    one.get_name()
                );
                for arg in one.get_arguments() {
                    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
                    let at = format!("{} {}", one.get_name(), arg.get_id());
                    assert!(
                        !help.is_empty() && !help.contains('⟦'),
                        "{lang} {at}: {help}"
                    );
                    // An empty default is none.
                    let empty = Words::of(lang).text("default", &[("value", "".into())]);
                    assert!(!help.contains(empty.trim()), "{lang} {at}: {help}");
                }
            });
        }
    }

    #[test]
    fn help_speaks_one_language_only() {
        let pages = |lang| {
            let mut pages = String::new();
            each(&command(&Words::of(lang)), &mut |one| {
                pages.push_str(&one.clone().render_help().to_string());
            });
            pages
        };
        let chinese = pages(Lang::ZhCn);
        for word in [
            "Usage",
            "Commands",
            "Options",
            "Arguments",
            "OPTIONS",
            "COMMAND",
            "Print",
            "default",
            "possible",
        ] {
            assert!(!chinese.contains(word), "{word} in\n{chinese}");
        }
        let english = pages(Lang::En);
        let foreign = english
            .chars()
            .find(|c| ('\u{4e00}'..'\u{9fff}').contains(c));
        assert_eq!(foreign, None, "{english}");
    }

    #[test]
    fn no_help_sentence_lies_unused() {
        let words = Words::of(Lang::En);
        let mut used = std::collections::BTreeSet::new();
        fn walk(
            one: &Command,
            key: &str,
            words: &Words,
            used: &mut std::collections::BTreeSet<String>,
        ) {
            used.insert(about_key(key));
            for arg in one.get_arguments() {
                used.insert(argument_key(arg, key, words));
            }
            for below in one.get_subcommands() {
                walk(below, &format!("{key}-{}", below.get_name()), words, used);
            }
        }
        let mut tree = Cli::command().disable_help_subcommand(true);
        tree.build();
        walk(&tree, "help", &words, &mut used);
        for text in crate::words::own(Lang::En) {
            let keys = text
                .lines()
                .filter_map(|line| line.split_once(" = "))
                .map(|(key, _)| key);
            for key in keys.filter(|key| key.starts_with("help-")) {
                assert!(used.contains(key), "{key} explains nothing");
            }
        }
    }
}
