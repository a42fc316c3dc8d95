# 叫人帮忙。
aid-raised = 已呼救，编号 { $id }。看谁收到：linli help status { $id } --wait 10
aid-raised-again = 刚才的呼救还在，不用再发。看谁收到：linli help status { $id } --wait 10
aid-raised-practice = 【演练】已发出，编号 { $id }。不会惊动别人。看谁收到：linli help status { $id } --wait 10
aid-cancelled = 已撤回，收到过的人都会看到。
aid-acked = 已告诉对方：有人听到了。
aid-acked-coming = 已告诉对方：马上就来。
aid-call = { $practice ->
    [yes] 【演练】
   *[other] {""}
}{ $open ->
    [yes] 🆘 { $id } { $by } 呼救（{ $when }）
   *[other] { $id } { $by } 的呼救（{ $when }）已撤回
}
aid-words = 说：{ $words }
aid-how-holds = { $by } 的电脑上有了（还没有人回应）
aid-how-received = { $by } 已收到，{ $when }
aid-how-heard = { $by } 有人听到了，{ $when }
aid-how-coming = { $by } 马上来，{ $when }
aid-nobody = 这里还没有人收到。请马上打电话：
aid-asks-me = 请回应：linli help ack 编号（能去就加 --coming），或者打电话
aid-none = 没有呼救，也没有漏报平安的。
aid-missed = ⚠ { $unit } 到{ $due }还没有报平安（以本机所知为准）{ $heard ->
    [yes] ，上次是{ $last }
   *[other] ，还没有报过
}。请打电话或上门看看。
aid-number-ambulance = 急救
aid-number-police = 报警
aid-number-fire = 火警
aid-checked-in = 已报平安，会告诉：{ $helpers }
aid-helpers = 照看我家的：{ $helpers }
aid-no-helpers = 还没有请人照看。请用 linli help helpers set 门牌号
aid-daily = 每天 { $at } 前报平安；没报，照看的人会看到。
aid-at-gate = 🆘 { $by } 呼救（{ $when }）。请派人去看，并告诉对方：linli help ack { $id } --coming
