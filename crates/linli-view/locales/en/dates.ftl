# Dates and times. `year` is 0 when it is this year and is then left out. `weekday`: 1 is Monday.
date-today = today { $time }
date-yesterday = yesterday { $time }
date-tomorrow = tomorrow { $time }
date-full = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}{ $year ->
    [0] { "" }
   *[other] { " " }{ $year }
} { $time }
date-unknown = at an unknown time
day-full = { $weekday ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
} { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}{ $year ->
    [0] { "" }
   *[other] { " " }{ $year }
}
ago-now = just now
ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
length-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
length-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
length-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
span-day = { $from }–{ $time }
span-days = { $from } to { $until }
