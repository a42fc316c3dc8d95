# What is printed: the card of a pass, a gate's day sheet.
paper-card-title = 访客通行码
paper-card-hint = 请在门口出示。门岗没有网络也能扫。这张纸等于钥匙：不要转发，不要拍照发到网上；丢了请住户取消。
paper-valid = 有效
paper-hours = 时段
paper-to = 去哪里
paper-gate = 从哪个门
paper-entries = 次数
paper-entries-n = { $n } 次
paper-companions = 另带 { $n } 人
paper-plate = 车牌
paper-pin = 口令
paper-pin-needed = 门岗会问口令数字
paper-code = 短码
paper-and = ；
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
pass-card = 卡片已保存，打印即可：{ $path }
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
sheet-written = 当日单已保存，打印即可：{ $path }（预计 { $expected }，院内 { $inside }）
doors-title = 敲门单：{ $title }
doors-published = { $when } 发布。
doors-counts = 本机所知，截至 { $when }：{ $of } 户中至少已通知到 { $reached } 户。登记为空置、未列入的 { $vacant } 户。
doors-use = 有人应门就当面告知，打勾，记下对方的话。回来逐户录入：linli notice told { $id } --unit（房号）
doors-stair = { $building }号楼 { $stair }单元（{ $n } 户）
doors-building = { $building }号楼（{ $n } 户）
doors-elsewhere = 其他（{ $n } 户）
doors-so-far = 目前
doors-remark = 备注
doors-state-read = 已读，未确认
doors-state-delivered = 已收到，未打开
doors-state-not-heard = 电脑没有消息
doors-state-no-device = 没有电脑
doors-foot = 第 { $page } 页，共 { $of } 页 · 只有房号，没有姓名
