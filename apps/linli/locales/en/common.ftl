# Words that many commands share: headings of tables, where a replica stands, what to do next.
warning = Note: { $what }
as-of = As known here at { $time }.
and-more = { $n ->
    [one] And one more.
   *[other] And { $n } more.
}
office-name = Office
usage-heading = Usage:
commands-heading = Commands
arguments-heading = Arguments
options-heading = Options
global-heading = Options of every command
options-value = [OPTIONS]
command-value = COMMAND
choices = {" "}(one of: { $list })
default = {" "}(default: { $value })
head-id = id
head-what = kind
head-when = when
head-name = name
head-state = state
head-epoch = epoch
head-office = by
head-title = title
head-label = label
head-valid = valid
head-used = used
head-code = code
head-by = by
head-files = files
head-text = text
head-answers = answers
head-comment = comment
head-reports = reports
head-gate = gate
head-result = result
head-unit = unit
head-plate = plate
head-building = building
head-reached = reached
head-confirmed = confirmed
head-told = at the door
head-until = by
head-read = opened
head-settled = confirmed or told
head-units = units
status-none = There is no home here yet ({ $home }).
status-joining = This home is joining a community ({ $home }); both sides have yet to type the seven pictures.
status-held = Held here: { $notices } notices, { $posts } posts, { $passes } passes, { $units } units, { $persons } people.
status-running = A program runs this home.
status-not-running = No program runs this home: nothing is sent or received, and everything is kept.
status-online = { $n ->
    [one] One neighbour online.
   *[other] { $n } neighbours online.
}
status-waiting = { $n ->
    [one] One thing made here is still on its way.
   *[other] { $n } things made here are still on their way.
}
status-quarantined = { $n ->
    [one] One thing received did not pass the checks; it is set aside and not shown.
   *[other] { $n } things received did not pass the checks; they are set aside and not shown.
}
status-unprotected = The keys of this home have no passphrase: whoever can read the files of this computer can open it.
next-heading = Next you could:
next-found = linli community found --name NAME --utc-offset +08:00  found a new community
next-join = linli join INVITE --device-name NAME  join one by an invite
next-demo = linli demo --registry REGISTER.xlsx  watch a neighbourhood work on this machine
next-node-run = linli node run  run this home and meet the others
next-sas-show = linli sas show  see the seven pictures
next-sas-confirm = linli sas confirm SEVEN PICTURES  type them if both sides agree
next-gate-status = linli gate status  see the clock and the age of the cancellations
next-import = linli registry import REGISTER.xlsx  import the residents' register (a preview first)
next-invite = linli invite open --unit 3-2-501  invite a household
next-publish = linli notice publish --title TITLE --body-file TEXT.txt  publish a notice
next-read = linli notice list  read the notices
next-pass = linli pass issue --label NAME --from T --until T  make a pass for a visitor
next-check = linli gate check CODE  check a pass at the gate
next-post = linli post new --kind ask TEXT  ask the neighbours for help
next-peers = linli peers  see who is in step
why-copies = { $n ->
    [one] One other machine has it: { $names }
   *[other] { $n } other machines have it: { $names }
}
why-online = It is there, and nothing stands between.
why-paused = The network is paused on purpose; linli net resume ends that.
why-away = It is not there now.
why-run = Run it: linli node run
conflict-line = "{ $field }" of { $record } has several values; a person must choose: { $values }
fork-line = The log of device { $device } has forked: it signed two things for one place. What came after is not believed.
quarantine-line = { $n ->
    [one] One thing did not pass the checks and is set aside: { $reason }
   *[other] { $n } things did not pass the checks and are set aside: { $reason }
}
conflicts-none = Nothing that a person must decide.
digest-all = all
wait-done = It holds.
erased = Erased. The other machines erase it when they hear of it.
man-written = { $n } manual pages written to { $dir }.
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-version = VERSION
man-title = Linli manual
device-state-revoked = revoked
device-state-held = held
device-state-because = { $state }: { $reason }
device-state-me = this one
device-state-issuer = may enrol
device-state-fine = fine
device-held = The device is held: machines that hear of it believe nothing new from it. linli device lift lifts it.
device-lifted = Lifted.
device-revoked = The device is revoked. That cannot be taken back; what it made before stays valid.
kind-household = household
kind-office = office
kind-gate = gate
kind-screen = screen
kind-sibling = further device
head-community = community
head-folder = folder
homes-none = No home is on the list yet. One that was opened in the window notes itself; or: linli --home DIR homes add
homes-unit = household { $unit }
homes-noted = On the list: { $who } ({ $community }). In the window Ctrl+Shift+H changes to it.
homes-forgotten = Taken off the list: { $dir }. The home itself stays as it is.
homes-runs = a program runs it
homes-rests = not open
homes-locked = not open, needs its passphrase
homes-missing = not found
head-acts = acts as
