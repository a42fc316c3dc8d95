# Undo.
undo-none = Nothing was done lately that could be undone.
undo-state-can = can be undone
undo-state-asks = asks first
undo-state-never = cannot be undone
