# Usage faults. `hint` is a likely right word, or empty.
fault-usage-unknown-command-message = There is no command "{ $argument }".
fault-usage-unknown-command-safe = Nothing was done.
fault-usage-unknown-command-next = { $hint ->
    [none] linli --help lists the commands.
   *[other] Did you mean { $hint }? linli --help lists the commands.
}
fault-usage-unknown-argument-message = There is no option "{ $argument }".
fault-usage-unknown-argument-safe = Nothing was done.
fault-usage-unknown-argument-next = { $hint ->
    [none] Add --help to the command to see its options.
   *[other] Did you mean { $hint }? Add --help to the command to see its options.
}
fault-usage-bad-value-message = { $argument } does not take "{ $value }".
fault-usage-bad-value-safe = Nothing was done.
fault-usage-bad-value-next = { $hint ->
    [none] Add --help to the command to see what it takes.
   *[other] It can be: { $hint }.
}
fault-usage-value-missing-message = A value is missing after { $argument }.
fault-usage-value-missing-safe = Nothing was done.
fault-usage-value-missing-next = { $hint ->
    [none] Add --help to the command to see what it takes.
   *[other] It can be: { $hint }.
}
fault-usage-missing-message = Still needed: { $argument }
fault-usage-missing-safe = Nothing was done.
fault-usage-missing-next = Add it and try again. --help after the command explains it.
fault-usage-missing-command-message = A further command is needed.
fault-usage-missing-command-safe = Nothing was done.
fault-usage-missing-command-next = Add --help to see which there are.
fault-usage-conflict-message = { $argument } cannot be used together with { $other }.
fault-usage-conflict-safe = Nothing was done.
fault-usage-conflict-next = Leave one of them out and try again.
fault-usage-not-utf8-message = An argument is not UTF-8 text.
fault-usage-not-utf8-safe = Nothing was done.
fault-usage-not-utf8-next = Check the encoding of the terminal.
fault-usage-other-message = This command line is not right: { $argument }
fault-usage-other-safe = Nothing was done.
fault-usage-other-next = Add --help to the command to see how it is used.
