# Who of the family sits at this computer.
family-title = Who of the family sits here?
family-note = Language, type size, what was read and what is muted go with the person, on this computer only. What is written goes out in the household's name without anyone's own, and "confirmed" counts once for the whole household.
family-everybody = Everybody
family-here = Here: { $name }
family-here-name = { $name } sits here; somebody else
family-sit-name = { $name } sits here now
family-field = One more, as the family calls them
family-add = Add
family-drop = Remove { $name }
family-drop-name = Remove { $name } from this computer, with the marks of what was read
family-greeting = Hello, { $name }
note-sits = { $name } sits here now.
note-sits-everybody = The whole family uses this now.
