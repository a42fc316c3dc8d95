# 一个框找全部
find-title = 找东西
find-hint = 房号、姓名、拼音、车牌、通知里的字
find-close = 关闭（Esc）
find-how = 可以写：电梯、dianti、dt、3-2-501、32501、京A12345。缩小范围：类:通知 楼:3 网格:02 状态:未确认。↑↓ 选择，Enter 打开。
find-looking = 正在找……
find-nothing = 这台电脑上没有（{ $at }）。换个写法再试：少写几个字，或写拼音。
find-count = { $total ->
    [1] 找到 1 条
   *[other] 找到 { $total } 条，列出 { $shown } 条
}（这台电脑 { $at } 所知）。Enter 打开，↑↓ 选择。
find-over = 已结束
find-kind-go = 打开
find-kind-unit = 房
find-kind-person = 人
find-kind-notice = 通知
find-kind-post = 帖子
find-kind-pass = 通行码
find-row-go = 打开：{ $what }
find-new-pass = 新通行码
find-new-post = 写帖子
find-new-notice = 写通知
find-open = 找（Ctrl+K）
find-field = 要找什么
