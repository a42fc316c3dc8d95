# One box that finds everything
find-title = Find
find-hint = unit, name, pinyin, plate, words of a notice
find-close = Close (Esc)
find-how = For example: lift, dianti, dt, 3-2-501, 32501, 京A12345. To narrow it: kind:notice building:3 grid:02 status:waits. ↑↓ choose, Enter opens.
find-looking = Looking…
find-nothing = Not on this computer ({ $at }). Try again with fewer letters, or with pinyin.
find-count = { $total ->
    [1] 1 found
   *[other] { $total } found, { $shown } listed
} (as known here at { $at }). Enter opens, ↑↓ choose.
find-over = over
find-kind-go = Go to
find-kind-unit = Unit
find-kind-person = Person
find-kind-notice = Notice
find-kind-post = Post
find-kind-pass = Pass
find-row-go = Go to { $what }
find-new-pass = New pass
find-new-post = New post
find-new-notice = New notice
find-open = Find (Ctrl+K)
find-field = What to find
