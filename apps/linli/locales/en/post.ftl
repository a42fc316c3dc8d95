# The board.
post-new = Posted, id { $id }. It goes out as soon as a neighbour is met.
post-commented = Answered.
post-uncommented = Taken back. Others lose it as they hear of it.
post-comment-gone = [taken back by whoever wrote it]
post-claimed = Claimed.
post-closed = Closed.
post-none = No posts yet.
post-closed-kind = { $kind } (closed)
post-head = { $kind }  { $by }  { $when }
post-claim-line = ✋ claimed by { $by }: { $text }
post-earlier-comments = [{ $n } earlier comments: linli post show { $id } --before { $comment }]
post-comment-line = 💬 { $id } { $by }{ $official ->
    [yes] {" "}[office]
   *[other] {""}
} ({ $when }): { $text }
post-is-closed = Closed: { $outcome }
post-kind-ask = asks
post-kind-offer = offers
post-kind-lost = lost
post-kind-found = found
post-kind-give = gives
post-kind-lend = lends
post-kind-sell = sells
post-kind-concern = concern
post-reopened = Open again.
post-drafts-damaged = { $n } { $n ->
    [one] draft is
   *[other] drafts are
} kept that cannot be read; what was written in them is lost, all else is here.
post-draft-appeal = appeal
post-draft-ruling = decision
post-drafts-none = Nothing is half written.
post-draft-post = post
post-draft-reply = reply
post-draft-below = reply below a notice
post-draft-notice = notice
post-unclaimed = Claim taken back.
post-reacted = Said.
post-unreacted = Taken back.
post-reported = Reported; an office will look at it. Households that reported it: { $reports }. Three pause it until an office decides.
post-reported-paused = Reported. { $reports } households have, so it is paused until an office decides.
post-ruled-hidden = Hidden. Everybody can read why, and the author can appeal.
post-ruled-stays = It stays. The reports so far are answered.
post-appeal-sent = Appeal sent; the office decides again.
post-handed = Handed to { $office }, for everybody to see. What { $office } answers is marked.
post-queue-none = Nothing waits for a decision.
post-queue-next = To decide: linli post moderate ID --hide or --stays, --reason WHY (a comment: --comment ID)
post-hidden = [Hidden by { $by }, { $when }: { $reason }]
post-paused = [Paused: reported by { $reports } households; an office will decide]
post-may-appeal = Others cannot read it; you can. If you do not agree: linli post appeal ID --words WHY
post-author-may-appeal = Its author can appeal.
post-is-appealed = The author has appealed: { $words }
post-stays-line = [{ $by } decided that it stays: { $reason }]
post-reactions = likes { $likes }, thanks { $thanks }
post-handed-line = Handed to { $office } by { $by }, { $when }{ $answered ->
    [yes] {""}; answered
   *[other] {""}; not answered yet
}
post-thanks-line = { $by } thanks { $who }
post-outcome-done = done
post-outcome-returned = returned
post-outcome-withdrawn = no longer needed
post-outcome-other = otherwise
post-reason-abuse = abuse
post-reason-ad = advertising
post-reason-privacy = privacy
post-reason-wrong = not true
post-reason-other = other
post-state-stands = reported
post-state-paused = paused
post-state-hidden = hidden
post-state-appealed = appealed
