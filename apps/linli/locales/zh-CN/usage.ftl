# Usage faults. `hint` is a likely right word, or empty.
fault-usage-unknown-command-message = 没有“{ $argument }”这个命令。
fault-usage-unknown-command-safe = 什么都没有做。
fault-usage-unknown-command-next = { $hint ->
    [none] 用 linli --help 看有哪些命令。
   *[other] 您是不是要输入 { $hint }？用 linli --help 看有哪些命令。
}
fault-usage-unknown-argument-message = 没有“{ $argument }”这个选项。
fault-usage-unknown-argument-safe = 什么都没有做。
fault-usage-unknown-argument-next = { $hint ->
    [none] 在命令后面加 --help 看它的选项。
   *[other] 您是不是要输入 { $hint }？在命令后面加 --help 看它的选项。
}
fault-usage-bad-value-message = { $argument } 不接受“{ $value }”。
fault-usage-bad-value-safe = 什么都没有做。
fault-usage-bad-value-next = { $hint ->
    [none] 在命令后面加 --help 看它接受什么。
   *[other] 可以是：{ $hint }。
}
fault-usage-value-missing-message = { $argument } 后面缺一个值。
fault-usage-value-missing-safe = 什么都没有做。
fault-usage-value-missing-next = { $hint ->
    [none] 在命令后面加 --help 看它接受什么。
   *[other] 可以是：{ $hint }。
}
fault-usage-missing-message = 还缺：{ $argument }
fault-usage-missing-safe = 什么都没有做。
fault-usage-missing-next = 补上再试。在命令后面加 --help 看例子和说明。
fault-usage-missing-command-message = 后面还要一个命令。
fault-usage-missing-command-safe = 什么都没有做。
fault-usage-missing-command-next = 加 --help 看有哪些命令。
fault-usage-conflict-message = { $argument } 不能和 { $other } 一起用。
fault-usage-conflict-safe = 什么都没有做。
fault-usage-conflict-next = 去掉其中一个再试。
fault-usage-not-utf8-message = 有一个参数不是 UTF-8 文字。
fault-usage-not-utf8-safe = 什么都没有做。
fault-usage-not-utf8-next = 请检查终端的编码。
fault-usage-other-message = 这一行命令不对：{ $argument }
fault-usage-other-safe = 什么都没有做。
fault-usage-other-next = 在命令后面加 --help 看用法。
