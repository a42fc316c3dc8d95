# Cutting and healing the network; the home looked over.
net-paused = Cut: nothing is sent or received, and everything is kept. linli net resume heals it.
net-resumed = Healed: it goes on as soon as a neighbour is met.
net-dialled = { $addr } is noted and being called.
doctor-keys = keys
doctor-store = store
doctor-clock = clock
doctor-links = neighbours
doctor-space = disk space
doctor-charter = charter
doctor-logs = logs
doctor-version = version
