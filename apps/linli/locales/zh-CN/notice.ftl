# Notices.
notice-published = 已发布并签名，编号 { $id }。碰到邻居就送出去。
notice-corrected = 已发布更正，编号 { $id }。旧的一条会划去，不会消失。
notice-retracted = 已撤回。旧的一条会划去，不会消失。
notice-confirmed = 已确认。碰到办事处就送到。
notice-none = 还没有通知。
notice-by = { $office }，{ $when }，由设备 { $device } 签名
notice-state-invalid = 签名无效
notice-state-retracted = 已撤回
notice-state-corrected = 已更正
notice-state-confirmed = 已确认
notice-state-asks = 待确认
notice-state-plain = 有效
notice-state-over = 已过期
notice-retracted-why = 撤回原因：{ $reason }
notice-reach = 至少 { $delivered } 户已收到，{ $confirmed } 户已确认，共 { $of } 户。
notice-all-confirmed = 没有还未确认的户。
notice-unconfirmed = 还没有确认：{ $list }
