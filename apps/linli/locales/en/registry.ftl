# The residents' register.
registry-reading = Reading the register
registry-comparing = Comparing with the records
registry-writing = Writing
registry-undoing = Undoing
registry-preview =
    A preview; no record has been written: { $rows } rows, { $units } units, { $persons } people, { $vehicles } vehicles.
    { $add } new · { $update } changed ({ $moved } moved) · { $same } the same · { $skipped } skipped · { $ask } rows for a person to decide
    In the records and not in the file: { $missing } people (never removed). { $issues } doubts:
registry-next = See each doubt: linli registry issues { $batch }    Write it: linli registry apply { $batch }
registry-written = Written: { $buildings } buildings, { $rooms } rooms, { $households } households, { $persons } people, { $vehicles } vehicles, { $updated } changes.
registry-can-undo = Undo the whole batch: linli registry undo { $batch }
registry-undone = The whole batch is undone.
registry-no-issues = There are no doubts about this batch.
registry-nothing = Nothing found.
registry-unit = { $unit }  { $use }  { $area }
severity-refused = not imported
severity-warning = doubtful
severity-note = note
issue-unit-missing = no building or room
issue-unit-unreadable = building, stair or room cannot be read
issue-unit-disagrees = the room names another building or stair than its columns
issue-name-missing = a phone, plate or ID number without a name
issue-too-long = too long, left out
issue-id = ID number fails its check
issue-phone = phone number of no known form
issue-plate = plate of no known form
issue-plate-twice = one plate twice
issue-area = area cannot be read
issue-area-disagrees = one unit, two areas
issue-use-disagrees = one unit, two uses
issue-use-unknown = use not known, kept as written
issue-note-without-person = a note on a row without a person
issue-repeats = repeats an earlier row
issue-adds = adds to an earlier row
issue-repeat-differs = the person of an earlier row, told otherwise
issue-id-in-other-unit = the ID number stands in another unit too
issue-name-twice = one name in one unit with two ID numbers
issue-totals = a row of totals
issue-broken-quotes = a quotation mark was not closed
issue-sheet-not-read = another sheet was not read
issue-column-not-read = a column was not imported
issue-grid = grid cell cannot be read
issue-grid-disagrees = one unit, two grid cells
registry-unit-cell = grid cell { $cell }
grid-none = The register has no grid cells yet. Give the spreadsheet a column "grid cell", or say it: linli registry grid set 02 3
grid-without = { $n } homes lie in no cell yet.
grid-disputed = ⚠ { $places } ({ $n ->
    [one] 1 home
   *[other] { $n } homes
}): { $says }. Here { $cell } counts.
grid-disputed-says = { $office } says { $cell }
grid-disputed-none = none
grid-disputed-next = Settle it with the other office; whoever is wrong says it anew: linli registry grid set CELL PLACE, or clear PLACE.
grid-comma = ,{" "}
grid-set = Noted: { $places } in grid cell { $cell }. Notices that are out stay as they are.
grid-cleared = Noted: { $places } in no grid cell. Notices that are out stay as they are.
grid-same = { $places }: the register says so already; nothing was changed.
head-cell = cell
head-buildings = buildings
area-units = = { $n } homes (by the register here)
area-units-vacant = = { $n } homes (by the register here; { $vacant } vacant ones not counted)
area-cells = Grid cell { $cells }, which is now: { $places }
area-unknown-words = Not in the register: { $list }
registry-no-batches = No table has been read in yet.
registry-ask-differs = Row { $row }: differs from this person in the register; not written.
registry-ask-several = Row { $row }: several people of the register are like this; not written. Add the ID number to the table.
registry-ask-other = Row { $row }: the ID number is that of somebody of another name in another home; not written. Please check.
registry-ask-id = Row { $row }: the register has a sound ID number and this row a doubtful one; not written. Please check.
registry-ask-repeats = Row { $row }: the same person as in row { $first }, written otherwise; not written. Keep the right one.
registry-ask-unit = { $unit }: use, floor area or grid cell differ from the register; not written.
batch-preview = looked at
batch-applied = written
batch-undone = undone
head-batch = batch
head-rows = rows
head-use = use
head-people = people
