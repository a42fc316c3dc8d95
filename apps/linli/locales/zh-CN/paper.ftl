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
pass-card = 卡片已保存，打印即可：{ $path }
sheet-written = 当日单已保存，打印即可：{ $path }（预计 { $expected }，院内 { $inside }）
