# What is printed: the card of a pass, a gate's day sheet.
paper-card-title = Visitor pass
paper-card-hint = Show it at the gate, which reads it without a network. This paper is a key: do not forward it, do not post it; if it is lost, ask your host to cancel it.
paper-valid = Valid
paper-hours = Hours
paper-to = Going to
paper-gate = Gate
paper-entries = Entries
paper-entries-n = { $n ->
    [one] one
   *[other] { $n }
}
paper-companions = with { $n } more
paper-plate = Plate
paper-pin = PIN
paper-pin-needed = the guard will ask for it
paper-code = Code
paper-and = {"; "}
pass-card = Card saved, ready to print: { $path }
sheet-written = Day sheet saved, ready to print: { $path } (expected { $expected }, inside { $inside })
