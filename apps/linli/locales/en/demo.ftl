# The demonstration: its claims, each with how it is checked.
demo-begins = A neighbourhood is played in { $dir }: four "computers", each with its own home, real programs speaking over this machine's network.
demo-all-hold = All { $n } claims hold; it took { $s } s.
demo-some-fail = { $n ->
    [one] One claim does not hold: { $names }
   *[other] { $n } claims do not hold: { $names }
}
demo-kept = The programs run on. Open the desktop on each home:
demo-kept-end = Stop them afterwards: kill { $pids }
claim-how = Checked: { $how }
claim-founded = One computer founded a community, without any server
claim-founded-how = another program then asks community show and charter log: name, gate, charter
claim-register = A real register was imported: the preview wrote nothing, and no unit is missing afterwards
claim-register-how = the digest is the same before and after the preview; rows, units and people are those the demo read itself; people are found in both units
claim-enrolled = Two households and a gate joined: the same seven pictures on both sides, typed on both
claim-enrolled-how = the pictures of both screens are compared; a slip on purpose is refused; afterwards no machine lacks anything of another
claim-notice-signed = A signed notice reached both households
claim-notice-signed-how = both show the same text and a valid signature by the office's device
claim-notice-confirmed = One household confirmed it, and the office sees that
claim-notice-confirmed-how = notice reach says 0 before and 1 after, and only the other household is left to confirm
claim-pass-offline = A household without network made a pass, and the gate has never heard of it
claim-pass-offline-how = before and after, that household meets no machine; the gate does not know the short code
claim-household-off = The household that made it is switched off
claim-household-off-how = its program is killed and no longer runs
claim-gate-admits = A gate that can reach nobody admits the visitor
claim-gate-admits-how = the gate's network is cut and it meets no machine; gate check says ADMIT with the right label
claim-gate-forged = With one byte changed it does not open
claim-gate-forged-how = one bit is changed in the header, in the claims, in the signature: DENY each time
claim-gate-used = The same pass does not open a second time
claim-gate-used-how = after the ten seconds in which an answer is repeated: DENY, E_USED, and one admission in the gate's log
claim-posted-apart = The network is cut in two: help is asked for in one half and promised in the other, though they never met
claim-posted-apart-how = the office does not see the request; the cut moves and the second household carries it; the asker does not see the answer
claim-healed = When it heals, request, answer and claim are seen everywhere, and the host knows that the visitor came
claim-healed-how = post show is the same in three places, the host's pass list says used once; nothing was restarted
claim-same-digest = All replicas that may hold the same show the same digest
claim-same-digest-how = digest is asked on all four and compared scope by scope
claim-nothing-of-others = No name, phone, plate or ID number of another household is on the households' and the gate's computers
claim-nothing-of-others-how = each of them, from the register, is looked for in all their files as UTF-8, UTF-16 and GB 18030; then by name, with their own keys
claim-sealed-at-rest = The office's own files hold none of them in the clear
claim-sealed-at-rest-how = the same is looked for in all files of the office
claim-keys-outside = Whoever takes a home's folder cannot open it
claim-keys-outside-how = no file of a home holds any part of its key file; a copy without the keys does not open
