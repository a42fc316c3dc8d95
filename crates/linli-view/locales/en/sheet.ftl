# The day sheet of a gate, printed before an outage.
paper-every-day = every day
paper-weekday = { $day ->
    [1] Mon
    [2] Tue
    [3] Wed
    [4] Thu
    [5] Fri
    [6] Sat
   *[7] Sun
}
sheet-title = Gate { $no } { $name }, day sheet, { $day }
sheet-printed = Printed { $when }. The lists end at this time tomorrow.
sheet-cancels = Cancellations as of { $when }: this sheet does not know of later ones.
sheet-cancels-never = This gate has not heard of any cancellations: somebody on this sheet may have been cancelled. In doubt, ask the household first.
sheet-clock = This gate's clock: { $state }. Compare the times here with a watch.
sheet-use = For an outage: compare name, unit and plate, tick each visitor and write down the time. Enter them at the gate afterwards; then take the sheet back and destroy it.
sheet-inside = Still inside ({ $n })
sheet-expected = Expected ({ $n })
sheet-recurring = Regular helpers by days and hours ({ $n })
sheet-plates = Plates ({ $n })
sheet-refused = Not to be let in ({ $n })
sheet-empty = None.
sheet-since = Came
sheet-until = Until
sheet-over = overstayed
sheet-left = Left
sheet-windows = { $n } windows a week, see the pass
sheet-estate = the whole estate
sheet-refused-by = Refused by
sheet-foot = Page { $page } of { $of } · carries no phone numbers
sheet-label = label
sheet-unit = unit
sheet-plate = plate
sheet-valid = valid
sheet-hours = Hours
sheet-uncounted = uncounted
sheet-clock-drift = not compared for over a day
sheet-clock-behind = behind, set it right
sheet-clock-lost = not reliable, set it right
sheet-file = day-sheet-{ $gate }-{ $date }.pdf
