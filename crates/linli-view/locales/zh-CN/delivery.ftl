# 送到哪里了：◌ ◐ ● ✓。
delivery-here = 只在这台电脑上
delivery-elsewhere = 已到 { $n } 台别的电脑
delivery-arrived-post = 已到办事处
delivery-arrived-reply = 已到发帖人那里
delivery-arrived-pass = 已到门岗
delivery-arrived-notice = 已到住户或门岗
delivery-read-post = 已有邻居回应
delivery-read-reply = 发帖人已回应
delivery-read-pass = 已经用过
delivery-read-notice = 已有住户确认
delivery-name = 送到哪里了：{ $text }
delivery-holds = { $name } 有一份
delivery-holds-at = { $name } 有一份，上次联系 { $when }
delivery-more = 还有 { $n } 台
delivery-nobody = 还没有别的电脑说有它。遇到邻居就会送出去。
delivery-as-of = 以上是本机 { $time } 所知，实际可能更多。
