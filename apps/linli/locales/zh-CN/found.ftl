# Founding, inviting, joining, the seven pictures, running.
founded = 小区“{ $name }”建好了：{ $picture } { $id }。家在 { $home }。
paper-words = 请把下面 24 个词抄在纸上收好。这台电脑坏了，只有它们能找回创建者的钥匙；谁拿到它们，谁就是创建者。
founded-next = 接下来：导入花名册（linli registry import），运行这个家（linli node run），请住户加入（linli invite open）。
community-line = { $name }  { $picture }  { $id }
community-gate = { $no } 号门 { $name }
community-office = 办事处：{ $name }
me-line = 本机：{ $what }，设备 { $device }
invite-open = 邀请已开，{ $until } 前有效，只能用一次。请在要加入的电脑上输入：
invite-device-name = 设备名称
invite-next = 两边屏幕会出现七个图案。用 linli sas show 看，念一遍，一样就两边都用 linli sas confirm 输入。
invite-none-open = 没有开着的邀请。
invite-is-open = 还没有人来
invite-is-arriving = 有人来了，图案马上就到
invite-is-comparing = { $device } 在等：请核对图案（linli sas show）
invite-is-confirmed = { $device }：等对方确认
invite-is-enrolled = { $device } 已加入
invite-closed = 已关闭：{ $who }。谁也不能再用它。
sas-none = 现在没有要比对的图案。
sas-side =
    要加入的是：{ $who }

        { $pictures }

    请互相念一遍。两边一样，就各自输入对方念的七个（图案或名称，用空格隔开）：
        linli sas confirm ...
    有一个不一样就不要输入：中间可能有人。
sas-is-enrolled = 已加入：{ $who }
sas-arriving = 正在连接：{ $who }，图案马上就到
sas-nobody-yet = 已邀请，还没有来：{ $who }
sas-confirmed = 这边已确认，等对方也输入。
sas-waiting = 这边已确认，等对方也输入。
sas-enrolled = 加入完成：设备 { $device } 已登记。在刚加入的电脑上接着运行 linli node run。
node-running = 正在运行，按 Ctrl-C 停止。
node-stopped = 已停止。内容都在。
