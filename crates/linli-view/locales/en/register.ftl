# The residents' register: buildings, stairs, units, people; reading a table in; grid cells.
nav-register = Register
register-title = Residents' register
register-count = { $buildings ->
    [one] 1 building
   *[other] { $buildings } buildings
} · { $units ->
    [one] 1 home
   *[other] { $units } homes
}
register-search = Look up
register-search-hint = A home, a name, a plate, grid:02
register-look = Look up
register-all = Back to all buildings
register-fetches = Fetching the register …
register-looks = Looking …
register-found-nothing = Nothing was found. Write a home as 3-2-501; part of a name will do.
register-empty = There are no homes in the register yet. Press "Read a table in" and begin with your list of residents.
register-empty-other = There are no homes in the register yet. They show here once the office that keeps the register has read them in.
register-other-office = Another office keeps the register. You see the homes here, not who lives there, and cannot change them.
register-units = { $n ->
    [one] 1 home
   *[other] { $n } homes
}
register-stair = Stair { $no }
register-persons = { $n ->
    [one] 1 person
   *[other] { $n } people
}
register-kind-unit = Home
register-use = Use: { $what }
register-area = Floor area: { $what }
register-cell-of = Lies in: { $what }
register-unit-bare = The register says nothing of its use, floor area or grid cell.
register-people = Who lives here
register-nobody = The register names nobody here.
register-nobody-other = Only the office that keeps the register sees who lives here.
register-plates = Plates: { $what }
register-to-grid = Change its grid cell
register-grid = Grid cells
register-grid-title = Grid cells
register-grid-advice = Say which buildings, stairs or homes lie in which cell; notices can then be written to a cell. Notices that are out stay as they are.
register-cell-line = { $cell }: { $n ->
    [one] 1 home
   *[other] { $n } homes
} ({ $buildings })
register-cells-none = There are no grid cells yet. Give your table a column "grid cell", or say it below.
register-cells-without = { $n ->
    [one] 1 home lies
   *[other] { $n } homes lie
} in no cell yet.
register-cell = Number of the cell
register-cell-hint = 02
register-places = Buildings, stairs or homes
register-places-hint = 3 4-2 5-1-301
register-field-empty = Write something here.
register-cell-set = Put them into this cell
register-cell-clear = They lie in no cell
register-import = Read a table in
register-import-title = Read a list of residents in
register-import-advice = Choose an Excel (.xlsx) or CSV table with columns for building, stair, room and name. You first see what would change and which rows are not taken; it is written once you say so, and can be taken back as a whole. Names, phones and ID numbers stay in this office.
register-mode = People who are in the register already
register-mode-update = Update from the table
register-mode-skip = Leave as they are
register-mode-add = Add another person
register-mode-ask = Ask where they differ
register-choose = Choose a table …
register-choose-other = Choose another table …
register-reads = Reading { $file } …
register-compares = Comparing with the register …
register-writes = Writing the register. Some thousand homes take a few seconds; please keep the window open. Even if the power fails, nothing is left half written.
register-undoes = Taking the whole import back; please keep the window open.
register-unread = { $file } cannot be read. { $why } The register was not changed.
register-unread-missing = It cannot be opened. It may be gone, or closed to you; choose another one.
register-unread-large = It is too large; at most { $mb } MB. Keep only the sheet that is needed and save it again.
register-before = Read in before
register-rows = { $n ->
    [one] 1 row
   *[other] { $n } rows
}
register-show-batch = Look at it
register-stage-preview = looked at, not written
register-stage-applied = written
register-stage-undone = taken back
register-stage-other = in a state that this version does not know
register-is-preview = Nothing is written yet. Read first what would change.
register-is-applied = This is written into the register.
register-is-undone = This was taken back as a whole; the register is as it was before.
register-holds = The table holds { $rows } rows: { $units } homes, { $persons } people, { $vehicles } plates.
register-units-add = New homes: { $n }
register-units-update = Homes that change: { $n }
register-add = New people: { $n }
register-update = People who change: { $n }
register-moved = Of these, moved to another home: { $n }
register-same = People who are there already as they are: { $n }
register-skipped = People left as they are: { $n }
register-refused = Rows that are not taken: { $n }; the reasons stand below
register-missing = In the register and not in the table: { $n } people; nobody is removed
register-written = Written: { $buildings } buildings, { $rooms } rooms, { $households } households, { $persons } people, { $vehicles } vehicles, { $updated } changes.
register-cells-elsewhere = The grid cell of { $n ->
    [one] 1 home
   *[other] { $n } homes
} was left: another office keeps it.
register-must-choose = { $n ->
    [one] 1 place is
   *[other] { $n } places are
} for a person to decide. With "ask where they differ" nothing is written before that; choose otherwise above, or mend the table and read it again.
register-ask-left = { $n ->
    [one] 1 place is for a person to decide and is
   *[other] { $n } places are for a person to decide and are
} not written; all else is. Mend the table and read it again.
register-no-change = The table says what the register says. There is nothing to write.
register-no-doubts = Every row was understood; there are no doubts.
register-doubt-refused = Not taken: { $n }
register-doubt-ask = To decide: { $n }
register-doubt-warning = Please check: { $n }
register-doubt-note = Remarks: { $n }
register-more-doubts = List more ({ $n } left)
register-ask-differs = Row { $row }: differs from this person in the register.
register-ask-several = Row { $row }: several people of the register are like this; add the ID number to the table.
register-ask-other = Row { $row }: the ID number is that of somebody of another name in another home; please check.
register-ask-id = Row { $row }: the register has a sound ID number and this row a doubtful one; please check.
register-ask-repeats = Row { $row }: the same person as in row { $first }, written otherwise; keep the right one.
register-ask-unit = { $unit }: use, floor area or grid cell differ from the register.
register-write = Write it into the register
register-take-back = Take the whole import back
register-take-back-sure = Really take it back? All that this import added goes, and what it changed is as before.
register-keep = Keep it
register-take-back-yes = Take it back
note-register-compared = Compared. Nothing is written yet.
note-register-written = It is written into the register.
note-register-taken-back = The whole import was taken back.
note-register-cell-set = Noted: { $places } lies in { $cell }. Notices that are out stay as they are.
note-register-cell-cleared = Noted: { $places } lies in no cell. Notices that are out stay as they are.
note-register-cell-same = { $places }: the register says so already; nothing changed.
fault-register-changed = The register has changed since you looked
fault-next-look-again = Read the table in again, look, then write.
fault-batch-meanwhile = This import is not what it was; it may have been written or taken back elsewhere
fault-next-batch = Look how it stands now.
fault-bad-cell = This is no number of a grid cell
fault-next-cell = Write its number, such as 02.
fault-bad-place = This is no part of the estate
fault-place-unknown = The register has no such place
fault-next-place = Write a building (3), a stair (3-2) or a home (3-2-501), as the register has it.
fault-place-not-ours = Another office keeps these homes
fault-next-place-office = Ask that office to change it.
