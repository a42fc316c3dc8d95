# Dates and times. `year` is 0 when it is this year and is then left out. `weekday`: 1 is Monday.
date-today = 今天 { $time }
date-yesterday = 昨天 { $time }
date-tomorrow = 明天 { $time }
date-full = { $year ->
    [0] { "" }
   *[other] { $year }年
}{ $month }月{ $day }日 { $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
} { $time }
date-unknown = 时间不明
day-full = { $year ->
    [0] { "" }
   *[other] { $year }年
}{ $month }月{ $day }日 { $weekday ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
}
ago-now = 刚刚
ago-minutes = { $n } 分钟前
ago-hours = { $n } 小时前
length-minutes = { $n } 分钟
length-hours = { $n } 小时
length-days = { $n } 天
span-day = { $from }–{ $time }
span-days = { $from } 至 { $until }
