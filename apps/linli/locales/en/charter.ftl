# The charter's limits, with the help of the command.
help-charter-limits = Show the charter's limits, or change them by a new epoch (founder only)
help-charter-limits_gate-log-months = For how many whole months a month of the gates' logs is kept after it is over: 1 to 60
limits-changed = Changed; epoch { $epoch } of the charter is signed. Every gate and office follows it as soon as it has heard of it: months that are over are taken off their disks for good.
limits-as-before = It was so already; epoch { $epoch } of the charter stands.
limits-gate-log = Gates' logs: kept for { $n } whole months after the month is over
limits-person = A person's pass: valid for { $n } hours at most
limits-standing = A recurring helper's or a vehicle's pass: valid for { $n } hours at most
limits-stale-day = A gate that has heard no cancellations for { $n } hours asks about passes of a day or less
limits-stale-week = and after { $n } hours about passes of more than a day
limits-stale-long = and after { $n } hours about passes of more than a week
