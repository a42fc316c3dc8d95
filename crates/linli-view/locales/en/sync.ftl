# The light, the neighbours, the ten reasons.
light-name = { $words }
light-green = Delivered
light-green-detail = { $n ->
    [one] { $n } neighbour online · { $when }
   *[other] { $n } neighbours online · { $when }
}
light-green-away = All agreed a moment ago · { $when }
light-grey-waiting = Saved; { $n } waiting for a neighbour
light-grey-quiet = Saved; nobody heard since { $when }
light-grey-quiet-detail = Everything works without a network. It goes on with the next neighbour met.
light-grey-waiting-detail = It is safe on this computer and goes out with the next neighbour met.
light-grey-paused = Paused
light-grey-paused-detail = You paused it. Everything is here, and goes on when you resume.
light-blue = Syncing { $done }/{ $total }
light-blue-detail = Urgent things first, pictures last.
light-yellow = Only this computer
light-yellow-never = No other computer was met yet: everything is on this one only. Check the cable or Wi-Fi, or switch on another one at home.
light-yellow-long = No neighbour was heard for { $length }. Check the cable or Wi-Fi, or carry it to a neighbour on a USB stick.
light-red = Needs you
trouble-disk-full = The disk is full; nothing new can be saved. Please free some space.
trouble-disk-fault = The disk fails to read or write. Make a backup first, then check the disk.
trouble-clock = This computer's clock is far from everybody else's. Please set the time.
trouble-version-old = This program is too old to read what is new. Please update it.
trouble-revoked = This computer's identity was revoked; it cannot send anything new. Ask the committee to enrol it again.
trouble-held = This computer is on hold. If your household did not ask for that, talk to the committee.
trouble-other = There is a problem this version does not know. Please update the program.
sync-title = Neighbours
sync-all-there = All that was made here has reached others.
sync-waiting = { $n ->
    [one] { $n } item made here is still on its way.
   *[other] { $n } items made here are still on their way.
}
sync-nobody = This computer has not met another one yet.
sync-clock-fine = Clock: agrees with the neighbours
sync-clock-off = Clock: { $length } apart from the neighbours
sync-clock-unknown = Clock: nobody to compare with yet
sync-as-of = As known here: { $time }
sync-pause = Pause
sync-pause-name = Pause exchange with all neighbours
sync-resume = Resume
sync-peers = Other computers
sync-peers-none = No other computer is known yet.
sync-peers-count = { $total } known, { $online } online
sync-undelivered = Still on their way
sync-undelivered-none = Nothing is on its way.
peer-unit = { $unit } · { $device }
peer-owner = { $owner } · { $device }
peer-online = online
peer-away = away
peer-paused = paused
peer-met = met { $when }
peer-never-met = never met
peer-same = has all of it
peer-not-known = what it has is not known until it is met
peer-lacks = { $n ->
    [one] lacks { $n } item
   *[other] lacks { $n } items
}
peer-lacks-away = { $n ->
    [one] lacks about { $n } item (may have it from others)
   *[other] lacks about { $n } items (may have them from others)
}
peer-has-more = has news that is not here yet
peer-row-name = { $who }, { $state }, { $step }
holding-notice = Notice
holding-pass = Pass
holding-confirm = Confirmation
holding-post = Post
holding-comment = Comment
holding-other = Other
holding-nobody = on no other computer yet
holding-copies = { $n ->
    [one] on { $n } other computer
   *[other] on { $n } other computers
}
holding-waits = still to reach: { $names }
holding-since = made { $when }
reason-nobody-on-lan = No computer of this community was found on this local network
reason-nobody-on-lan-do = See that the cable or Wi-Fi is on the estate's network. You can also type an address, or carry a USB stick.
reason-other-off = The other side is off, or on another network
reason-other-off-do = Nothing to do: it goes on by itself once they are back. If it is urgent, call them.
reason-other-community = That computer belongs to another community
reason-other-community-do = Nothing is exchanged with it. If it should be your own estate, check the invitation.
reason-clocks-apart = The two clocks are too far apart
reason-clocks-apart-do = Set this computer's time; if it is right, the other one has to be set.
reason-version-too-old = One of the two programs is too old
reason-version-too-old-do = Please update the older one.
reason-firewall = A firewall is in the way
reason-firewall-do = Allow Linli on the local network in the firewall, then try again.
reason-disk-full = A disk is full and cannot take anything new
reason-disk-full-do = Free some space on the full one; it goes on by itself.
reason-large-file = A large file has to arrive first
reason-large-file-do = Nothing to do: notices and passes overtake it.
reason-not-entitled = The other side is not entitled to hold this
reason-not-entitled-do = That is as it should be: nobody keeps another household's papers in the clear. If it is not right here, ask the committee.
reason-verification-failed = What came did not pass its signature check and was thrown away
reason-verification-failed-do = Nothing here was touched. If the same computer does it again and again, tell the committee.
