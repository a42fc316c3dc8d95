# What is announced by itself
notifications-on = on
notifications-off = off
notifications-muted = Nothing more is said about { $id }. Danger and calls for help still come.
notifications-unmuted = What is new about { $id } is announced again.
today-nothing-waits = Nothing is waiting for you.
today-waits = Waiting for you: { $n }
background-now-on = From now on notices arrive while the window is closed, also after the next log-in.
background-now-off = Notices arrive only while the window is open.
background-is-on = It starts when you log in.
background-is-off = It does not start by itself: notices arrive only while the window is open. linli background on changes that.
background-runs = It runs now, without a window.
background-runs-not = It does not run now.
background-passphrase = This home has a passphrase: after a log-in nothing arrives until somebody opens the window and types it, and again once the window is closed. With --passphrase-file FILE it opens by itself; then whoever can read that file can open the home.
me-nobody = Nobody was written down here: linli me add NAME
me-everybody = The whole family uses this now.
