# The day sheet of a gate, printed before an outage.
paper-every-day = 每天
paper-weekday = { $day ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
}
sheet-title = { $no } 号门 { $name } 当日单 { $day }
sheet-printed = 打印于 { $when }。名单到明天此时为止。
sheet-cancels = 取消名单以 { $when } 为准：此后取消的，这张单子不知道。
sheet-cancels-never = 本门还没有听到过取消名单：已取消的也可能在单子上，拿不准请先联系住户。
sheet-clock = 本门时钟{ $state }；单子上的时间请对照手表。
sheet-use = 停电断网时用：核对称呼、房号、车牌，来一位勾一位并写下时间。恢复后用门岗程序补记；用完请收回销毁。
sheet-inside = 还在院内（{ $n }）
sheet-expected = 预计到访（{ $n }）
sheet-recurring = 常来的人，按时段（{ $n }）
sheet-plates = 车牌（{ $n }）
sheet-refused = 不予放行（{ $n }）
sheet-empty = 没有。
sheet-since = 进门
sheet-until = 到
sheet-over = 已超时
sheet-left = 还可进
sheet-windows = 每周 { $n } 个时段，详见通行码
sheet-estate = 全小区
sheet-refused-by = 谁不接待
sheet-foot = 第 { $page } 页，共 { $of } 页 · 不含电话号码
sheet-label = 称呼
sheet-unit = 户
sheet-plate = 车牌
sheet-valid = 有效
sheet-hours = 时段
sheet-uncounted = 不限次
sheet-clock-drift = 一天以上没有核对
sheet-clock-behind = 慢了，请校准
sheet-clock-lost = 不可靠，请校准
sheet-file = 当日单-{ $gate }-{ $date }.pdf
