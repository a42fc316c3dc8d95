# 断网也看得到的帮助。
guide-open = 帮助 (F1)
guide-keys = 按键
guide-more = 更多帮助
guide-key-guide = 看这一页的帮助
guide-key-pages = 左边第一页；Alt+2 是第二页，依此类推
guide-key-find = 找任何内容
guide-key-new = 在这一页新写：通行码、帖子、通知
guide-key-settings = 设置
guide-key-back = 退一步
guide-key-help = 求助；再按一次就是“是”
guide-key-sign = 检查通知；再按一次就签名
guide-key-pass = 在表格的任何一格里按：做好通行码
guide-key-post = 发出帖子
guide-key-homes = 换身份：这台电脑上有几个家时
