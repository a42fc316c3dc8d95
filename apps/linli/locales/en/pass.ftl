# Visitor passes.
pass-issued =
    The pass for "{ $label }" is ready and needs no network: { $valid }
    Without the picture, the visitor says: { $code }
pass-picture = Picture saved: { $path }
pass-none = No passes yet.
pass-cancelled = Cancelled. Gates refuse it once they hear of it.
pass-all-cancelled = All passes issued until now are cancelled. Gates refuse them once they hear of it.
pass-uncounted = uncounted
pass-state-cancelled = cancelled
pass-state-used = the visitor came
pass-state-unheard = no gate has heard of it; it works all the same
pass-state-heard = heard at { $names }
pass-shown =
    { $label }  { $valid }
    used { $used }  code { $code }  { $state }
pass-decoded =
    { $label }  { $kind }  { $valid } (Beijing time)
    issued by { $iss }, { $entries ->
        [0] uncounted
        [one] one entry
       *[other] { $entries } entries
    }, code { $code }
    The signature has not been checked here: the gate decides.
pass-kind-person = guest
pass-kind-vehicle = vehicle
pass-kind-delivery = delivery
pass-kind-worker = craftsman
pin-prompt = PIN:{" "}
vectors-total = { $wrong ->
    [0] { $n ->
        [one] One vector, as expected.
       *[other] { $n } vectors, all as expected.
    }
   *[other] { $n } vectors, { $wrong } of them differ.
}
vectors-written = { $n } vectors written to { $dir }.
pass-kept = Kept, on this computer alone.
pass-forgotten = Forgotten.
pass-regulars-none = No regular visitors are kept. linli pass keep adds one.
