# The gate.
gate-ADMIT = 可进入
gate-ASK = 请判断
gate-DENY = 不能进
gate-log-empty = 还没有记录。
gate-status = { $no } 号门 { $name }：时钟{ $clock }，已听到通行码 { $grants } 张，取消 { $cancelled } 张。
gate-cancels = 取消名单以 { $when } 为准。
gate-cancels-never = 还没有听到过取消名单。
clock-GOOD = 准确
clock-DRIFT = 一天以上没有核对
clock-BEHIND = 慢了，请校准
clock-LOST = 不可靠，请校准
