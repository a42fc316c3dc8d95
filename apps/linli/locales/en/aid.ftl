# Calls for help.
aid-raised = Called for help, id { $id }. Who has received it: linli help status { $id } --wait 10
aid-raised-again = Your call still stands; there is no need to call again. Who has received it: linli help status { $id } --wait 10
aid-raised-practice = [PRACTICE] Sent, id { $id }. Nobody is alarmed. Who has received it: linli help status { $id } --wait 10
aid-cancelled = Taken back. Everybody who heard it is told.
aid-acked = They are told that somebody has heard them.
aid-acked-coming = They are told that you are coming.
aid-call = { $practice ->
    [yes] [PRACTICE]{" "}
   *[other] {""}
}{ $open ->
    [yes] 🆘 { $id } { $by } calls for help, { $when }
   *[other] { $id } { $by } called, { $when }; taken back
}
aid-words = says: { $words }
aid-how-holds = is on a computer of { $by } (nobody has answered there)
aid-how-received = received by { $by }, { $when }
aid-how-heard = somebody at { $by } has heard it, { $when }
aid-how-coming = { $by } is coming, { $when }
aid-nobody = Nobody here has received this. Call now:
aid-asks-me = Please answer: linli help ack ID (add --coming if you go), or phone
aid-none = No calls for help, and nobody has missed a check-in.
aid-missed = ⚠ { $unit } has not said by { $due } that all is well, as far as is known here{ $heard ->
    [yes] ; the last time was { $last }
   *[other] ; it never has
}. Please phone or knock.
aid-number-ambulance = ambulance
aid-number-police = police
aid-number-fire = fire brigade
aid-checked-in = Said that all is well, to: { $helpers }
aid-helpers = Looking after this household: { $helpers }
aid-no-helpers = Nobody is asked to look after this household. Use linli help helpers set UNIT
aid-daily = Every day by { $at } it says that all is well; if it does not, they see that.
aid-at-gate = 🆘 { $by } calls for help, { $when }. Send somebody, and tell them: linli help ack { $id } --coming
