# 章程里的期限，以及这个命令的帮助。
help-charter-limits = 查看章程里的期限，或者签一期新章程来改（只有创始人）
help-charter-limits_gate-log-months = 门岗记录在当月结束后再保留几个整月：1 到 60
limits-changed = 已改，章程第 { $epoch } 期已签。各门岗和办事处听到后照办：过期月份从它们的磁盘上彻底删除。
limits-as-before = 本来就是这样，章程仍是第 { $epoch } 期。
limits-gate-log = 门岗记录：当月结束后再保留 { $n } 个整月
limits-person = 一个人的通行码：最长 { $n } 小时
limits-standing = 常来帮工或车辆的通行码：最长 { $n } 小时
limits-stale-day = 门岗 { $n } 小时没听到取消名单，一天以内的码就要问人
limits-stale-week = 超过 { $n } 小时，超过一天的码就要问人
limits-stale-long = 超过 { $n } 小时，超过一周的码就要问人
