# 自己弹出来的
notifications-on = 开
notifications-off = 关
notifications-muted = { $id } 不再提醒。危险和求助仍会告诉您。
notifications-unmuted = { $id } 有新内容会重新告诉您。
today-nothing-waits = 没有事等您处理。
today-waits = 等您处理的：{ $n } 件
background-now-on = 从现在起，窗口关着也收得到通知，下次登录后也是。
background-now-off = 只有窗口开着时才收得到通知。
background-is-on = 登录时自动运行。
background-is-off = 不会自动运行：只有窗口开着时才收得到通知。要改：linli background on
background-runs = 现在正在后台运行。
background-runs-not = 现在没有在后台运行。
background-passphrase = 这个家有口令：登录后要有人打开窗口输入口令才收得到通知，窗口关了又收不到。用 --passphrase-file FILE 可以自动打开；那样谁能读那个文件，谁就能打开这个家。
me-nobody = 还没有写家里有谁：linli me add 名字
me-everybody = 现在是全家共用。
