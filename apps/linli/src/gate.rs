//! The gate's commands beside the decision itself: serving a barrier, what a guard does, the log as a file.

pub mod acts;
pub mod export;
mod hook;
mod line;
pub mod refuse;
pub mod serve;
pub mod sheet;

#[cfg(test)]
mod tests {
    //! What the screens can do and what the commands can do is one list.
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use crate::screens::{leaves, tree};
    use linli_view::station::{CAPABILITIES, Reach};
    use linli_view::words::Lang;

    /// The groups of commands that have to have a screen, or a reason why not.
    const GROUPS: [&str; 3] = ["gate", "pass", "ring"];

    #[test]
    fn every_capability_is_a_command_with_its_option() {
        let tree = tree(Lang::En);
        for can in CAPABILITIES {
            let mut at = &tree;
            for name in can.command {
                at = at.find_subcommand(name).unwrap_or_else(|| {
                    panic!("{}: there is no linli {}", can.word, can.command.join(" "))
                });
            }
            if let Some(option) = can.option {
                let known = at.get_arguments().any(|arg| arg.get_long() == Some(option));
                assert!(
                    known,
                    "{}: linli {} has no --{option}",
                    can.word,
                    can.command.join(" ")
                );
            }
        }
    }

    #[test]
    fn no_command_of_gate_pass_and_ring_is_without_a_screen_or_a_reason() {
        let tree = tree(Lang::En);
        let mut seen = 0;
        for group in GROUPS {
            let at = tree.find_subcommand(group).unwrap();
            for (name, leaf) in leaves(at, &[group.to_owned()]) {
                let of = || CAPABILITIES.iter().filter(|can| name == can.command);
                let name_of = name.join(" ");
                assert!(
                    of().next().is_some(),
                    "linli {name_of} is not in linli_view::station::CAPABILITIES: say how the screen reaches it, or why not"
                );
                seen += 1;
                // What has no screen needs no field for its options; of a gate's commands the table says which matter.
                let no_screen = of().all(|can| matches!(can.reach, Reach::NoScreen(_)));
                if no_screen || group == "gate" {
                    continue;
                }
                let global = |id: &str| tree.get_arguments().any(|arg| arg.get_id() == id);
                for arg in leaf.get_arguments() {
                    let Some(long) = arg.get_long().filter(|_| !global(arg.get_id().as_str()))
                    else {
                        continue;
                    };
                    assert!(
                        long == "help" || of().any(|can| can.option == Some(long)),
                        "linli {name_of} --{long} is not in linli_view::station::CAPABILITIES"
                    );
                }
            }
        }
        assert!(seen > 30, "{seen} commands walked");
    }
}
