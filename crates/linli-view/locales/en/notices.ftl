# Notices: home, list, page.
notices-title = Notices
notices-filter-all = All
notices-filter-needs = Waiting for me
notices-filter-current = Still valid
notices-count = { $n ->
    [one] { $n } notice on this computer
   *[other] { $n } notices on this computer
}
notices-none = No notice here yet. Once one is published, it arrives with the next neighbour met.
notices-none-here = No notice of this sort.
notice-severity-minor = Blue · minor
notice-severity-moderate = Yellow · moderate
notice-severity-severe = Orange · severe
notice-severity-extreme = Red · extreme
notice-severity-unknown = Urgency not known
notice-badge-retracted = Retracted
notice-badge-corrected = Corrected
notice-badge-correction = Correction
notice-badge-expired = Over
notice-badge-needs = Please confirm
notice-badge-confirmed = Confirmed
notice-badge-new = New
notice-badge-invalid = Not valid
notice-row-name = { $title }, { $org }, { $when }
notice-untitled = (no headline)
notice-published = Published { $published } · arrived here { $heard }
notice-signed = { $org } ✔ signature verified · device { $device }
notice-invalid = Not valid: the device that sent it ({ $device }) may not speak for "{ $org }". Do not act on it; call { $org } to check.
notice-effective = Valid: { $span }
notice-effective-from = Valid from { $from }
notice-effective-until = Valid until { $until }
notice-area-all = For: the whole estate
notice-area-buildings = For: { $buildings }
notice-building = Building { $name }
notice-list-comma = { ", " }
notice-corrects = It corrects an earlier notice
notice-corrects-open = See the earlier one
notice-corrected = This one was corrected; please go by the new one
notice-corrected-open = See the correction
notice-retracted = { $by } took this notice back { $when }. Please no longer act on it.
notice-retracted-reason = Reason: { $reason }
notice-confirm = I have read this
notice-confirm-name = Confirm: { $title }
notice-confirm-why = The office would like to know that your household got this. Only the office is told, no neighbour.
notice-confirmed = Your household confirmed this { $when }
notice-delivery-here = ◌ Your confirmation is only here so far; it goes out when a neighbour is met
notice-delivery-elsewhere = { $n ->
    [one] ◐ Your confirmation is on { $n } other computer, not yet with { $org }
   *[other] ◐ Your confirmation is on { $n } other computers, not yet with { $org }
}
notice-delivery-arrived = ● Your confirmation reached { $org }
notice-delivery-read = ✓ { $org } has seen your confirmation
notice-heard-by = Known to hold it: { $names }
notice-also = In another language, as the office wrote it
notice-open = Open the notice
notice-not-found = This notice is not here. It may not have arrived yet, or its time of keeping is over.
home-title = { $community }
home-urgent = Urgent
home-needs = Waiting for you
home-needs-none = Nothing is waiting for you.
home-recent = Latest notices
home-recent-none = No notice yet.
home-all-notices = All notices
home-visitors = Visitors today
home-visitors-none = No visitor today.
home-new-pass = + Invite a visitor
home-need-confirm = Confirm: { $title }
