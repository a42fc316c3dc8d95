# Finding
find-none = Not on this computer. Try again with fewer letters, or with pinyin.
find-more = { $total } in all; for more: --limit 100, or narrow it with kind:notice building:3 status:waits.
find-is-unit = unit
find-is-person = person
find-is-notice = notice
find-is-post = post
find-is-pass = pass
