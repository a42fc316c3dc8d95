# 撤销。
undo-none = 最近没有做过可以撤销的事。
undo-state-can = 可撤销
undo-state-asks = 先问一句
undo-state-never = 不能撤销
