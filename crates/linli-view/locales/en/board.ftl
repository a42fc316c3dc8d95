# The board: posts, answers, reports.
board-title = Board
board-count = { $n ->
    [one] { $n } post on this computer
   *[other] { $n } posts on this computer
}
board-older = Show older ones ({ $n } more)
board-older-some = Show older ones
board-search = { $n } older ones are here too: choose a sort above, or search with Ctrl+K.
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
post-report-reply = Report this reply: { $by }
post-why = { $reason } { $n }
post-thank = Thanks ({ $n })
post-unthank = Take thanks back ({ $n })
post-report-ask = Why do you report it? After three households it is paused and the office decides.
post-report-abuse = Abuse
post-report-ad = Advertising
post-report-privacy = Privacy
post-report-wrong = Not true
post-report-no = Do not report
post-comments = Replies ({ $n })
post-earlier = Earlier replies ({ $n } more)
post-comment = Write a reply
post-comment-send = Reply
post-official = Official reply
post-comment-hidden = This reply is not shown for now.
post-paused = { $n } households reported it ({ $why }); it is paused until the office decides.
post-was-hidden = { $by } hid this post: { $reason }
post-own-hidden = Only you and the offices still see it. If you disagree, appeal: the office looks at it again.
post-own-waits = Only you and the offices still see it. You have appealed; the office decides again.
note-posted = Posted. It goes out as soon as a neighbour is met.
note-reported = Reported. The office will see it.
post-reopen = Open it again
post-settle-ask = Is this settled?
post-settle-how = How it ended
post-settle-who = Who helped
post-chosen-nobody = Nobody in particular
post-settle-thanks = A word of thanks (if you like; everybody reads it)
post-settle-send = Settle it
post-settle-no = Not yet
post-outcome-done = Done
post-outcome-returned = Returned
post-outcome-withdrawn = No longer needed
post-settled-line = Settled: { $outcome }
post-chosen-line = Its author chose { $who }, with thanks.
post-hand = Hand to an office
post-hand-office = Turn into a case
post-hand-ask = To which office? Everybody sees that it was handed over, and the post stays here.
post-hand-words = A word to the office (if you like)
post-hand-no = Not now
post-handed-line = Handed to { $office } by { $by }, { $when }.
post-handed-words = With it: { $words }
post-handed-waits = The office has not replied yet.
post-handed-answered = The office has replied below.
post-appeal = Appeal
post-appeal-reply = Appeal about this reply: { $by }
post-appeal-ask = Why should it be shown? The office looks at it again and says why it decides.
post-appeal-words = Your reasons
post-appeal-empty = Write your reasons first.
post-appeal-send = Appeal now
post-appeal-no = Do not appeal
post-is-appealed = Its author has appealed; the office decides again.
post-appeal-said = The appeal: { $words }
post-ruled-hide = { $by } decided to hide it, { $when }: { $reason }
post-ruled-stay = { $by } decided that it stays, { $when }: { $reason }
case-filter = To decide ({ $n })
case-none = No report or appeal waits for a decision.
case-comment = Reply
case-badge-appealed = Appeal
case-badge-reports = { $n ->
    [one] { $n } report
   *[other] { $n } reports
}
case-title = Does it stay or go?
case-reports = Reports ({ $n })
case-report = { $by } · { $reason } · { $when }
case-report-answered = { $by } · { $reason } · { $when } · dealt with
case-reason = Reason (everybody reads it, with this office's name)
case-reason-hint = Such as: it names a neighbour; please keep to the matter.
case-reason-missing = Write the reason first: everybody should understand why.
case-hide = Hide it
case-stays = It stays
case-whole = Show the whole thread
note-settled = Settled. Thank you for telling everybody.
note-appealed = Appealed. The office looks at it again.
note-handed-to = Handed to { $office }. Its reply will stand below this post.
note-ruled-hidden = Hidden. Everybody sees who did it and why; its author can appeal.
note-ruled-stays = It stays. Reports of these households do not count again.
note-replied = Replied. It goes out as soon as a neighbour is met.
draft-line = Draft: { $title }{ $files ->
    [0] {""}
    [one] { " " }(1 file)
   *[other] { " " }({ $files } files)
} · { $when }
draft-take = Go on
draft-drop = Throw away
draft-another = Keep this for later, write another
draft-unsaved = The draft is not kept yet: the disk is full. All you wrote is still in this window. Make room and it is kept by itself; do not close the window.
draft-unsaved-many = The draft is not kept: there are too many drafts. All you wrote is still in this window. Send it, or throw away another draft and this one is kept by itself.
draft-unsaved-long = The draft is not kept: it is too long. All you wrote is still in this window. Shorten it and it is kept by itself.
draft-unsaved-other = The draft is not kept yet. All you wrote is still in this window, and it is tried again every few seconds; do not close the window.
draft-unlisted = The drafts of this home cannot be read at the moment, and what you write now is only in this window. It is tried again every few seconds; do not close the window before you have sent it.
draft-saved-again = The draft is kept.
draft-twice = Another window has changed this draft too. Both are kept: choose the one to go on with.
