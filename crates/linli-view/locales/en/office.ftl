# An office's desk: writing a notice, whom it reached.
compose-new = New notice
compose-resume = Go on with the draft
compose-title = New notice
compose-correct-title = Correction
compose-acting = In the name of: { $office }
compose-corrects = This replaces a notice that is out already. The old one stays readable, struck through, and leads here.
compose-headline = Headline
compose-headline-hint = What happens, where, when
compose-count = { $n } of { $of } characters
compose-body = Text
compose-body-hint = What people should know and do
compose-headline-en = Headline in English (if wanted)
compose-body-en = Text in English
compose-en-hint = Leave empty, or write both
compose-severity = How urgent
compose-severity-none = Ordinary
compose-area = For whom
compose-area-hint = Whole estate; or 3 5-2 7-1-301 grid:02
compose-places = Choose grid cells and buildings
compose-place-cell = Grid cell { $cell }
compose-place-full = { $name }, { $n } { $n ->
    [one] household
   *[other] households
}
compose-place-unknown = Not in the register: { $list }. Check the spelling, or say in the register which homes lie in the cell.
compose-disputed = { $places } ({ $n ->
    [one] 1 home
   *[other] { $n } homes
}): { $says }. Here { $cell } counts.
compose-disputed-says = { $office } says { $cell }
compose-disputed-none = no grid cell
compose-disputed-more = Of { $n } more homes offices say different grid cells.
compose-disputed-next = A notice to a grid cell goes to the homes that this office counts there. Settle it with the other office; whoever is wrong says it anew in the register.
compose-households = = { $n } { $n ->
    [one] household
   *[other] households
}
compose-households-vacant = = { $n } { $n ->
    [one] household
   *[other] households
} ({ $vacant } vacant ones not counted)
compose-from = Holds from
compose-from-hint = Empty: from when it goes out; or 18:00, 11-23 18:00
compose-until = Holds until
compose-until-hint = 18:00, 11-23, or 11-23 18:00
compose-asks = Households are asked
compose-asks-nothing = Nothing
compose-asks-confirm = To confirm that they read it
compose-comments = Comments below it
compose-comments-open = Open
compose-comments-closed = Closed, read only
compose-fact-comments-closed = Comments are closed from the beginning; neighbours can only read
compose-preview = What people will see
compose-next = Check it
compose-discard = Throw the draft away
compose-kept = The draft is kept on this computer while you write.
compose-unkept = This draft is not kept yet. It is only in this window.
compose-another = Keep this for later, write another
compose-check = Check before signing
compose-publish = Sign and publish
compose-edit = Go on writing
compose-held = It goes out, signed, in { $n } s. Leave this window open until then.
compose-undo = Call it back
compose-fact-signed = Signed by: { $office }
compose-fact-all = Everybody in the estate sees it.
compose-fact-area = For { $area }; the others can read it too.
compose-fact-from = It holds from { $when }.
compose-fact-open = It holds until you correct it or take it back.
compose-fact-until = It holds until { $when }.
compose-fact-confirm = Households are asked to confirm.
compose-fact-plain = Households are asked nothing.
compose-point-id = There is a number of 18 digits in it, perhaps an identity number. Everybody would read it.
compose-point-phone = Phone numbers in it: { $list }. Are they right, and may everybody read them?
compose-point-title = The headline is long. A short one fits on a phone, a screen and a poster.
compose-point-open = An urgent notice without an end stays on top for good. Say until when it holds.
compose-point-confirm = Nobody is asked to confirm this urgent notice, so you will not know who read it.
compose-point-marks = There are invisible characters in the text, perhaps from copying. People do not see them.
compose-point-end-gone = The notice this corrects had an end; this one has none.
compose-point-beginning-gone = The notice this corrects said from when it holds; this one does not.
compose-point-files-gone = The notice this corrects has { $had ->
    [one] one file
   *[other] { $had } files
}; { $n ->
    [0] none goes
    [one] one goes
   *[other] { $n } go
} along with this one.
compose-problem-title = Write a headline.
compose-problem-body = Write what people should know.
compose-problem-english = In English write both headline and text, or neither.
compose-problem-area = This is no part of the estate: { $area }. Write a building (3), a stair (3-2) or a unit (3-2-501), without a blank inside.
compose-problem-until = This cannot be read as a time. Write 18:00, or 11-23 18:00.
compose-problem-until-past = That is over already.
compose-problem-from-over = By then it would be over: it has to begin before it ends.
compose-problem-from-past = That has begun already. Leave it empty: it holds from when it goes out.
reach-title = Whom it reached
reach-counting = Counting …
reach-line = As known here { $when }: at least { $reached } of { $of } units reached, { $confirmed } confirmed, { $told } told at the door.
reach-silent = Not heard of since: { $silent } units with a computer; { $bare } have none. Vacant by the register and not counted: { $vacant }.
reach-all = All
reach-elsewhere = Elsewhere
reach-bar = { $reached } of { $of }
reach-spread-title = How it spread
reach-spread-said = By { $when } at least { $first } of { $of } units were reached, by { $until } { $last }.
reach-spread-once = By { $until } at least { $last } of { $of } units were reached.
reach-spread-name = Columns over time, of { $of } units:
reach-spread-column = by { $when } { $reached } reached, { $read } opened, { $settled } confirmed or told
reach-spread-clocks = The times are those of the households' own computers, and of whoever stood at the door.
reach-shade-reached = reached
reach-shade-read = opened
reach-shade-settled = confirmed or told
reach-doors = Still open: { $n } units, in walking order
reach-doors-more = and { $n } more
reach-door-read = read, not confirmed
reach-door-delivered = arrived, not opened
reach-door-silent = computer not heard of
reach-door-bare = no computer
reach-told = Told
reach-told-name = { $unit } was told at the door
reach-remind = Ask the others once more
reach-remind-soon = Ask the others once more · in { $n } min
reach-reminded = Asked { $n } times so far; three times at most, five minutes apart.
reach-correct = Correct
reach-retract = Take back
reach-retract-ask = Take this notice back? It stays readable, struck through, with the reason.
reach-retract-reason = Why (everybody reads it)
reach-retract-yes = Yes, take it back
reach-retract-no = No, it stands
note-published = Signed and published. It goes out as soon as a neighbour is met.
note-published-unknown = Signed and published. The register knows no room in { $area }: correct it if that is wrong.
note-retracted = Taken back. It stays readable, struck through.
note-reminded = Those who have not confirmed are asked once more.
note-told-at-door = Noted: { $unit } was told at the door.
note-draft-first = Another draft is not finished yet. Publish it or throw it away first.
note-held = A notice goes out in a few seconds. Wait for it or call it back first.
note-held-close = A notice goes out in a few seconds, so the window stays open. Close it once the notice is out, or call it back first.
note-not-out = A notice was signed but has not gone out: it is still a draft. To publish it, check and sign it again.
note-called-back = Called back. Nothing was published; the draft is still here.
notice-badge-asks = Asks to confirm
notice-badge-again = Asked again
preview-screen = Screen
preview-large = Large type
preview-paper = A4
preview-chat = Chat
compose-at = When it goes out
compose-at-hint = Empty: now; or 18:00, 11-23, 11-23 8:00
compose-publish-at = Sign and publish then
compose-fact-at = It goes out { $when }, if this computer is on; else as soon as it is on again.
compose-problem-at-far = A year ahead at most.
compose-problem-at-over = By then the notice would be over.
compose-problem-blank = Not filled in yet: { $blank }
note-files-not-here = A file of that notice has not arrived on this computer yet and cannot go along. Correct it later, or add the file yourself.
note-no-files-later = Photos and documents cannot wait with a notice. Take them off, or publish it when the time comes.
template-title = Begin with a template
template-use-name = Use the template: { $name }
template-forget = Forget
template-forget-name = Forget the template: { $name }
template-keep = Keep as a template
note-template-kept = Kept as the template "{ $name }". It stands under "Begin with a template".
note-template-forgotten = The template is forgotten.
scheduled-title = Waiting for their time ({ $n })
scheduled-line = { $when }: { $title }
scheduled-missed = It did not go out: this computer was off, and when it came back the notice was over. Give it another time.
scheduled-failed = It did not go out: this computer may no longer publish, or the earlier notice has changed. Look at it and publish it again.
scheduled-back = Take back and edit
scheduled-back-name = Take back and edit, it will not go out: { $title }
note-scheduled = It is on the list and goes out by itself, signed, when its time comes. This computer has to be on then.
note-unscheduled = Taken back. It will not go out.
