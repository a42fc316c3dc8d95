# Cutting and healing the network; the home looked over.
net-paused = 已断开：不收也不发，内容都在。用 linli net resume 恢复。
net-resumed = 已恢复：碰到邻居就会接着对。
net-dialled = 已记下 { $addr } 并开始联系。
doctor-keys = 钥匙
doctor-store = 存储
doctor-clock = 时钟
doctor-links = 邻居
doctor-space = 磁盘空间
doctor-charter = 章程
doctor-logs = 日志
doctor-version = 版本
