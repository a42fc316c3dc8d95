# The residents' register.
registry-reading = 读取花名册
registry-comparing = 与现有档案比对
registry-writing = 写入
registry-undoing = 撤销
registry-preview =
    预览，还没有写入任何档案：{ $rows } 行，{ $units } 户，{ $persons } 人，{ $vehicles } 辆车。
    新增 { $add } 人 · 更新 { $update } 人（其中搬家 { $moved } 人） · 相同 { $same } 人 · 跳过 { $skipped } 人 · 要人来定 { $ask } 行
    册上没有而档案里有：{ $missing } 人（不会删除）。存疑 { $issues } 处：
registry-next = 逐条看存疑：linli registry issues { $batch }    写入：linli registry apply { $batch }
registry-written = 已写入：楼 { $buildings } 栋，房屋 { $rooms } 套，户 { $households } 户，人员 { $persons } 人，车辆 { $vehicles } 辆，更新 { $updated } 处。
registry-can-undo = 整批撤销：linli registry undo { $batch }
registry-undone = 整批已撤销。
registry-no-issues = 这一批没有存疑。
registry-nothing = 没有找到。
registry-unit = { $unit }  { $use }  { $area }
severity-refused = 不导入
severity-warning = 存疑
severity-note = 提示
issue-unit-missing = 没有楼栋或房号
issue-unit-unreadable = 楼栋、单元或房号读不懂
issue-unit-disagrees = 房号与楼栋、单元两栏不一致
issue-name-missing = 有电话、车牌或证件号，没有姓名
issue-too-long = 内容过长，没有收
issue-id = 证件号不合校验
issue-phone = 电话写法不认识
issue-plate = 车牌写法不认识
issue-plate-twice = 同一车牌出现两次
issue-area = 面积读不懂
issue-area-disagrees = 同一户的面积前后不一
issue-use-disagrees = 同一户的居住性质前后不一
issue-use-unknown = 居住性质不认识，照原样收
issue-note-without-person = 备注所在行没有人
issue-repeats = 与前面一行相同
issue-adds = 补充前面一行
issue-repeat-differs = 与前面一行同一人，内容不同
issue-id-in-other-unit = 同一证件号在另一户
issue-name-twice = 同户同名，证件号不同
issue-totals = 合计行
issue-broken-quotes = 引号没有配对
issue-sheet-not-read = 另一张表没有读
issue-column-not-read = 有一栏没有导入
issue-grid = 看不懂是哪个网格
issue-grid-disagrees = 同一房屋写了两个网格
registry-unit-cell = 网格 { $cell }
grid-none = 登记里还没有网格。花名册加一列“网格”，或用 linli registry grid set 02 3号楼 写明。
grid-without = 还有 { $n } 户没有写明网格。
grid-disputed = ⚠ { $places }（{ $n } 户）：{ $says }；这里按{ $cell }算。
grid-disputed-says = { $office }说是{ $cell }
grid-disputed-none = 不属于任何网格
grid-disputed-next = 请和对方商量好，谁错了谁改：linli registry grid set 网格 房屋，或 clear 房屋。
grid-comma = 、
grid-set = 已记下：{ $places } 属于网格 { $cell }。已经发出的通知不受影响。
grid-cleared = 已记下：{ $places } 不属于任何网格。已经发出的通知不受影响。
grid-same = { $places }：登记里本来就是这样，没有改动。
head-cell = 网格
head-buildings = 楼
area-units = = { $n } 户（按本机的登记）
area-units-vacant = = { $n } 户（按本机的登记；另有空置 { $vacant } 户，不算在内）
area-cells = 网格 { $cells }，现在是：{ $places }
area-unknown-words = 登记里没有：{ $list }
