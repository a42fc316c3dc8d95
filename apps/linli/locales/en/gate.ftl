# The gate.
gate-ADMIT = ADMIT
gate-ASK = ASK
gate-DENY = DENY
gate-log-empty = Nothing logged yet.
gate-status = Gate { $no } { $name }: clock { $clock }, { $grants } passes heard of, { $cancelled } cancelled.
gate-cancels = Cancellations as of { $when }.
gate-cancels-never = No cancellations heard yet.
clock-GOOD = good
clock-DRIFT = not compared for over a day
clock-BEHIND = behind, set it right
clock-LOST = not reliable, set it right
