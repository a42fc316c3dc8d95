# Calls to a household, refusal lists, residents' plates, clearing the estate; with the help of their commands.
help-ring = A gate calls a household: list, answer, set the order of the devices
help-ring-list = List the calls, newest first
help-ring-answer = Answer a call; the guard at the gate sees it and decides
help-ring-answer_event = The call, as linli ring list shows it
help-ring-answer_admit = Let in
help-ring-answer_refuse = Do not let in
help-ring-order = Show in which order this household's devices ring, or set it
help-ring-order_devices = Devices, the first to ring first; those not named come after
help-ring-order_seconds = How long each device rings: 5 to 120 seconds (at first 55)
ring-none = No calls.
ring-here = rings here: linli ring answer ID --admit or --refuse
ring-RINGS = ringing at the household
ring-ADMIT = the household says: let in
ring-REFUSE = the household says: do not let in
ring-NO_ANSWER = nobody answered; the guard decides
ring-NOT_REACHED = nobody could be reached; the guard decides
ring-DECIDED = the guard has let them in
ring-resident = (says they live there)
ring-said-admit = Said: let in. The guard sees it as soon as the gate is met, and decides.
ring-said-refuse = Said: do not let in. The guard sees it as soon as the gate is met.
ring-order = Each device rings for { $seconds } seconds, in this order:
help-gate-refuse = Who is not let in: a household's list for its unit, the property desk's for the estate
help-gate-refuse-add = Put a plate or a name on the list
help-gate-refuse-add_name = The name exactly as on the pass or as the guard writes it
help-gate-refuse-add_reason = Why; only those who keep the list read it
help-gate-refuse-remove = Take a line off the list
help-gate-refuse-list = Show the lists that this home may read
refuse-unit = On the list of your unit as { $id }. Gates refuse it once they hear of it.
refuse-estate = On the estate's list as { $id }. Gates refuse it once they hear of it.
refuse-removed = Taken off the list. Gates follow once they hear of it.
refuse-none = Nobody is on a list that this home may read.
refuse-whole-estate = whole estate
help-gate-evacuation = Who has to be looked for when the estate is cleared, by building, to print
help-gate-evacuation_out = Write the list to this text file
evacuation-head = TO BE LOOKED FOR: { $people ->
    [one] one visitor
   *[other] { $people } visitors
} inside, as of { $when }
evacuation-building = Building { $building }: { $people ->
    [one] one person
   *[other] { $people } people
}
evacuation-nowhere = (unknown)
evacuation-foot = Visitors only, as this gate has heard of them; residents are not counted. Also look where nobody is listed.
evacuation-written = List written: { $path }
help-gate-unit = Look a unit up: does it exist, can its household be called
help-gate-unit_query = Part of the unit, such as 501
unit-none = No such unit here.
unit-no-device = no device here; cannot be called
unit-linked = can be called now
unit-not-linked = can be called if somebody passes it on
help-gate-walk-in_resident = Says they live there and has no card; once let in they are not listed as a visitor
help-gate-walk-in_delivery = A courier: should leave within 30 minutes of being let in
help-pass-residents = Plates of residents by the register: preview, then --apply
help-pass-residents_apply = Issue and withdraw what the preview showed
residents-preview = Preview, nothing written: { $add } to issue, { $renew } to renew, { $withdraw } to withdraw, { $kept } stay. To write it: linli pass residents --apply
residents-applied = Written: { $add } issued, { $renew } renewed, { $withdraw } withdrawn, { $kept } stay. Gates follow once they hear of it.
residents-add = issue
residents-renew = renew
residents-withdraw = withdraw
residents-unreadable = not a plate, left out
residents-more = and { $n } more
help-pass-issue_group = One picture for so many people (2 to 255): each showing lets one in and is counted
pass-group = One picture for { $people } people: send it to all. Each shows it for themselves; the guard sees "12 of { $people }". Leave ten seconds between two people at one gate.
