# Notices.
notice-published = Published and signed, id { $id }. It goes out as soon as a neighbour is met.
notice-corrected = The correction is published, id { $id }. The old one is struck through and stays.
notice-retracted = Retracted. The old one is struck through and stays.
notice-confirmed = Confirmed. It reaches the office as soon as it is met.
notice-none = No notices yet.
notice-by = { $office }, { $when }, signed by device { $device }
notice-state-invalid = signature not valid
notice-state-retracted = retracted
notice-state-corrected = corrected
notice-state-confirmed = confirmed
notice-state-asks = to be confirmed
notice-state-plain = valid
notice-state-over = over
notice-retracted-why = Retracted because: { $reason }
notice-reach = At least { $delivered } of { $of } households have it, { $confirmed } confirmed.
notice-all-confirmed = Nobody is left who has not confirmed.
notice-unconfirmed = Not confirmed yet: { $list }
