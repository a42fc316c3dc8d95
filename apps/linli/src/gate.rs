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
    //! What the screen of a gate can do and what its commands can do is one list.
    #![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

    use crate::localise::command;
    use crate::words::Words;
    use linli_view::station::CAPABILITIES;
    use linli_view::words::Lang;

    #[test]
    fn every_capability_of_the_station_is_a_command_and_no_gate_command_is_missing_there() {
        let mut tree = command(&Words::of(Lang::En));
        tree.build();
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
        for below in tree.find_subcommand("gate").unwrap().get_subcommands() {
            let name = below.get_name();
            // Of a group, each of its commands.
            let mut leaves: Vec<Vec<&str>> = below
                .get_subcommands()
                .filter(|leaf| leaf.get_name() != "help")
                .map(|leaf| vec!["gate", name, leaf.get_name()])
                .collect();
            if leaves.is_empty() {
                leaves.push(vec!["gate", name]);
            }
            let known = |leaf: &Vec<&str>| CAPABILITIES.iter().any(|can| can.command == leaf);
            assert!(
                leaves.iter().all(known) || name == "help",
                "linli gate {name} is not in linli_view::station::CAPABILITIES: say how the screen reaches it"
            );
        }
    }
}
