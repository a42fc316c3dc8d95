# 查找
find-none = 这台电脑上没有。换个写法再试：少写几个字，或写拼音。
find-more = 共 { $total } 条；要看更多：--limit 100，或用 类:通知 楼:3 状态:未确认 缩小范围。
find-is-unit = 房
find-is-person = 人
find-is-notice = 通知
find-is-post = 帖子
find-is-pass = 通行码
