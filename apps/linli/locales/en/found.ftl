# Founding, inviting, joining, the seven pictures, running.
founded = The community "{ $name }" is founded: { $picture } { $id }. Its home is { $home }.
paper-words = Copy these 24 words onto paper and keep them safe. If this computer breaks, they alone bring the founder's keys back; whoever has them is the founder.
founded-next = Next: import the register (linli registry import), run this home (linli node run), invite households (linli invite open).
community-line = { $name }  { $picture }  { $id }
community-gate = gate { $no } { $name }
community-office = office: { $name }
me-line = This device: { $what }, { $device }
invite-open = The invite is open until { $until } and works once. On the computer that joins, type:
invite-device-name = NAME
invite-next = Seven pictures appear on both sides. See them with linli sas show, read them to each other, and if they agree type them on both sides with linli sas confirm.
invite-none-open = No invite is open.
invite-is-open = nobody has come yet
invite-is-arriving = somebody has come; the pictures are on their way
invite-is-comparing = { $device } waits: compare the pictures (linli sas show)
invite-is-confirmed = { $device }: waiting for the other side
invite-is-enrolled = { $device } has joined
invite-closed = Closed: { $who }. Nobody can use it any more.
sas-none = There are no pictures to compare now.
sas-side =
    Joining: { $who }

        { $pictures }

    Read them to each other. If all agree, each side types what the other read out, as pictures or
    as names, with spaces between:
        linli sas confirm ...
    If one differs, do not: somebody may stand between you.
sas-is-enrolled = Enrolled: { $who }
sas-arriving = Connecting: { $who }; the pictures are about to come
sas-nobody-yet = Invited, and not here yet: { $who }
sas-confirmed = Confirmed on this side; waiting for the other.
sas-waiting = Confirmed on this side; waiting for the other.
sas-enrolled = Done: device { $device } is enrolled. On the computer that joined, go on with linli node run.
node-running = Running; Ctrl-C stops it.
node-stopped = Stopped. Everything is kept.
