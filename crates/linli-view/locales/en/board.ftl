# The board: posts, answers, reports.
board-title = Board
board-count = { $n ->
    [one] { $n } post on this computer
   *[other] { $n } posts on this computer
}
board-none = Nobody has posted yet. Ask for help, say what you found, give something away: write it here.
board-none-here = No post of this sort.
board-new = New post
board-open = Still open
board-all = All
board-kind-ask = Ask
board-kind-offer = Offer
board-kind-lost = Lost
board-kind-found = Found
board-kind-give = Give
board-kind-lend = Lend
board-kind-sell = Sell
board-kind-concern = Concern
board-kind-other = Other
board-badge-closed = Settled
board-badge-claims = { $n ->
    [one] { $n } answer
   *[other] { $n } answers
}
board-badge-paused = Paused
board-badge-hidden = Hidden
board-badge-handed = Handed to { $office }
board-row-name = { $kind }: { $title }, { $author }, { $when }
board-hidden = This post is not shown for now.
board-form-title = New post
board-form-kind = About
board-form-body = Say when, where, and how to reach you
board-form-hint = Such as: a sofa has to go downstairs tonight at seven, two people wanted.
board-form-send = Post
board-form-empty = Write a few words first.
board-form-long = Too long: 12,000 characters at most.
board-form-public = Everybody in the estate can read it, with your unit. It cannot be changed afterwards, only settled or erased.
post-by = { $author } · { $when }
post-claim = I'll do it
post-claim-mine = That is mine
post-claim-want = I would like it
post-unclaim = I can't after all
post-claims = Answered: { $list }
post-like = Like ({ $n })
post-unlike = Unlike ({ $n })
post-close = Settled
post-report = Report
post-report-ask = Why do you report it? After three households it is paused and the office decides.
post-report-abuse = Abuse
post-report-ad = Advertising
post-report-privacy = Privacy
post-report-wrong = Not true
post-report-no = Do not report
post-comments = Replies ({ $n })
post-comment = Write a reply
post-comment-send = Reply
post-official = Official reply
post-comment-hidden = This reply is not shown for now.
post-paused = { $n } households reported it; it is paused until the office decides.
post-was-hidden = { $by } hid this post: { $reason }
post-own-hidden = Only you and the offices still see it. If you disagree: linli post appeal
note-posted = Posted. It goes out as soon as a neighbour is met.
note-reported = Reported. The office will see it.
