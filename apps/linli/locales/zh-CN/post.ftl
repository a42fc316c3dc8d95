# The board.
post-new = 已发出，编号 { $id }。碰到邻居就送出去。
post-commented = 已回复。
post-uncommented = 已收回。别处一听到就不再显示。
post-comment-gone = 〔已由写的人收回〕
post-claimed = 已认领。
post-closed = 已结束。
post-none = 还没有帖子。
post-closed-kind = { $kind }（已结束）
post-head = { $kind }  { $by }  { $when }
post-claim-line = ✋ { $by } 认领：{ $text }
post-earlier-comments = 〔更早还有 { $n } 条：linli post show { $id } --before { $comment }〕
post-comment-line = 💬 { $id } { $by }{ $official ->
    [yes] 【办事处】
   *[other] {""}
}（{ $when }）：{ $text }
post-is-closed = 已结束：{ $outcome }
post-kind-ask = 求助
post-kind-offer = 可帮
post-kind-lost = 丢失
post-kind-found = 捡到
post-kind-give = 送
post-kind-lend = 借
post-kind-sell = 卖
post-kind-concern = 反映
post-reopened = 已重新打开。
post-drafts-damaged = 有 { $n } 份草稿读不出来，里面写的找不回来；别的都在。
post-draft-appeal = 申诉
post-draft-ruling = 处理决定
post-drafts-none = 没有没写完的。
post-draft-post = 帖子
post-draft-reply = 回复
post-draft-below = 通知下面的回复
post-draft-notice = 通知
post-unclaimed = 已取消认领。
post-reacted = 已表态。
post-unreacted = 已收回。
post-reported = 已举报，办事处会看。现有 { $reports } 户举报；满 3 户先暂停显示，由办事处决定。
post-reported-paused = 已举报。已有 { $reports } 户举报，先暂停显示，等办事处决定。
post-ruled-hidden = 已隐藏。原因大家看得到，作者可以申诉。
post-ruled-stays = 已决定保留。之前的举报都算答复过了。
post-appeal-sent = 已申诉，办事处会再决定一次。
post-handed = 已转给{ $office }，大家都看得到；{ $office }的回复会标明。
post-queue-none = 没有等着决定的。
post-queue-next = 决定一条：linli post moderate 编号 --hide 或 --stays --reason 原因（评论加 --comment 编号）
post-hidden = 〔{ $by }于{ $when }隐藏了这条，原因：{ $reason }〕
post-paused = 〔{ $reports } 户举报，暂停显示，等办事处决定〕
post-may-appeal = 别人看不到，自家还看得到。不同意可以申诉：linli post appeal 编号 --words 理由（评论加 --comment 编号）
post-author-may-appeal = 作者可以申诉。
post-is-appealed = 作者已申诉：{ $words }
post-stays-line = 〔{ $by }决定保留，原因：{ $reason }〕
post-reactions = 赞 { $likes }，谢谢 { $thanks }
post-handed-line = 已由 { $by } 转给{ $office }（{ $when }）{ $answered ->
    [yes] ，已有答复
   *[other] ，等待答复
}
post-thanks-line = { $by } 谢谢 { $who }
post-outcome-done = 办好了
post-outcome-returned = 已归还
post-outcome-withdrawn = 不需要了
post-outcome-other = 其他
post-reason-abuse = 骂人
post-reason-ad = 广告
post-reason-privacy = 泄露隐私
post-reason-wrong = 不属实
post-reason-other = 其他
post-state-stands = 有举报
post-state-paused = 已暂停
post-state-hidden = 已隐藏
post-state-appealed = 作者申诉
