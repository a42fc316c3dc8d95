# Cutting and healing the network; the home looked over.
net-paused = Cut: nothing is sent or received, and everything is kept. linli net resume heals it.
net-resumed = Healed: it goes on as soon as a neighbour is met.
net-dialled = { $addr } is noted and being called.
doctor-keys-protected = keys
doctor-keys-protected-fine = under a passphrase or in the keyring
doctor-keys-protected-not = unprotected: they lie in a file outside the home, and whoever reads it opens the home; --passphrase-file at founding or joining protects them
doctor-certificate = certificate
doctor-certificate-fine = good for { $n ->
    [one] one more day
   *[other] { $n } more days
}
doctor-certificate-not = expired: meet the office, or ask it to enrol this device anew
doctor-not-revoked = revocation
doctor-not-revoked-fine = not revoked
doctor-not-revoked-not = revoked: nothing new goes out; ask the office
doctor-not-held = hold
doctor-not-held-fine = not held
doctor-not-held-not = held: if your household did not ask for it, ask the office
doctor-no-fork = log
doctor-no-fork-fine = not forked
doctor-no-fork-not = forked: this home may have been copied and used on two computers; ask the office to enrol it anew
doctor-running = running
doctor-running-fine = a program runs this home
doctor-running-not = no program runs it: nothing is sent or received
doctor-member = community
doctor-member-fine = joined
doctor-member-not = not joined yet
