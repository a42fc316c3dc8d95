# Visitors: the form, the pass, the list.
passes-title = Visitors
pass-new = Invite a visitor
pass-label = Visitor
pass-label-hint = The name the guard sees, such as Li Ran
pass-kind = Coming for
pass-kind-person = Visit
pass-kind-vehicle = Vehicle
pass-kind-delivery = Delivery
pass-kind-worker = Work
pass-day = Day
pass-day-today = Today
pass-day-tomorrow = Tomorrow
pass-day-other = Other
pass-date = Date
pass-date-hint = Month-day, such as 11-23
pass-from = From
pass-until = Until
pass-entries = Entries
pass-entries-n = { $n ->
    [one] once
    [2] twice
   *[other] { $n } times
}
pass-entries-free = Any number
pass-entries-hint = As often as they like within the time
pass-more = One more
pass-less = One less
pass-companions = Companions
pass-companions-n = { $n } more
pass-companions-none = Alone
pass-gates = Gate
pass-gate-any = Any gate
pass-plate = Number plate
pass-plate-hint = May stay empty, such as 京AD12345
pass-make = Make the pass
pass-make-hint = Enter does it too
pass-problem-label = Please give the visitor a name.
pass-problem-label-long = The name is too long: at most 24 letters, or 8 Chinese characters.
pass-problem-label-marks = The name holds invisible characters; please type it again.
pass-problem-date = That date is not understood; please write it like 11-23.
pass-problem-from = That starting time is not understood; please write it like 18:00.
pass-problem-until = That end is not understood; please write it like 22:00.
pass-problem-order = The end has to be later than the start.
pass-problem-past = That time is already over.
pass-problem-long = At most { $length }; please shorten it.
pass-problem-gate = A pass for a number of entries needs a gate that does the counting.
pass-problem-plate = A pass for a vehicle needs its number plate.
pass-problem-plate-long = The plate is too long: at most 32 letters (a Chinese character counts as three).
pass-problem-right = This computer may not issue passes. Use another one of your household, or ask the committee.
pass-problem-community = Not in a community yet, so no pass can be issued.
pass-hint-two-gates = While the network is cut, two gates cannot hear each other: the first ({ $gate }) counts, the others ask the guard. One gate works most smoothly.
pass-hint-plate = That plate looks unusual; please check it once more. It can stay as it is.
pass-hint-overnight = It ends on the next day.
pass-state-valid = Works now
pass-state-later = Not yet
pass-state-used = Used up
pass-state-over = Over
pass-state-cancelled = Cancelled
pass-state-used-n = { $n ->
    [one] Entered once
    [2] Entered twice
   *[other] Entered { $n } times
}
pass-who = { $label } + { $n }
pass-code = Code to say
pass-gate-heard = { $gate }: has it ✓
pass-gate-not-heard = { $gate }: heard { $when }, does not have it yet (the pass works all the same)
pass-gate-never = { $gate }: not in touch so far (the pass works all the same)
pass-gates-any = Any gate will do
pass-share-any = any gate
pass-share = Hello { $who }: your visitor pass for { $community }, valid { $span }, { $gates }. Show the picture at the gate, or say { $code }.
pass-share-gates = by { $gates }
pass-secret = Whoever holds this picture can use it. Send it to your visitor only.
pass-caption-code = Without the picture, say { $code }
pass-save = Save picture
pass-copy = Copy picture
pass-copy-text = Copy text
pass-cancel = Cancel this pass
pass-cancel-sure = Really cancel the pass for "{ $label }"? It cannot be brought back, only made anew.
pass-cancel-yes = Cancel it
pass-cancel-no = Keep it
pass-show = Show
pass-show-name = Show the pass for { $label }
pass-image-gone = This pass was made on another computer or its picture was cleared away: only the code is left.
pass-qr-name = QR code of the pass for { $label }
pass-list = Passes you made
pass-list-none = No pass made yet.
pass-list-now = Now and later
pass-list-past = Past
pass-file = pass-{ $label }.png
pass-arrived = arrived { $time }
pass-left = left { $time }
pass-keep = Comes regularly
pass-forget = No longer regular
regulars = Regular visitors
regular-name = Invite { $label } again
