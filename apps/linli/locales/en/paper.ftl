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
doors-title = Doors to knock on: { $title }
doors-published = Published { $when }.
doors-counts = As known here { $when }: at least { $reached } of { $of } units reached. Vacant by the register and left out: { $vacant }.
doors-use = Tell whoever opens, tick the door, and write down what was said. Afterwards enter each tick: linli notice told { $id } --unit (unit)
doors-stair = Building { $building }, stair { $stair } ({ $n })
doors-building = Building { $building } ({ $n })
doors-elsewhere = Elsewhere ({ $n })
doors-so-far = So far
doors-remark = Remark
doors-state-read = read, not confirmed
doors-state-delivered = arrived, not opened
doors-state-not-heard = computer not heard of
doors-state-no-device = no computer
doors-foot = Page { $page } of { $of } · carries units and no names
letter-for = For
letter-when = Time
letter-all = the whole estate
letter-building = Building { $no }
letter-comma = {", "}
letter-from = from { $when }
letter-until = until { $when }
letter-retracted = This notice was retracted
letter-corrected = Corrected by notice { $id }: read that one
letter-corrects = Correction: replaces notice { $id }
letter-by = Signed by { $office }, { $when }
letter-id = Notice number { $id }
letter-check = Is this sheet true? Search for the number in Linli on any neighbour's computer. If it is not there, or says something else, do not believe the sheet and ask the office. The code holds the whole number.
letter-foot = Notice { $id } · page { $page } of { $of }
chat-title = [{ $office }] { $title }
chat-more = (shortened; the whole text is in Linli)
chat-for = For:{" "}
chat-when = Time:{" "}
chat-check =
    { $office }, { $when }
    Check: search for { $id } in Linli. What is not there, the office did not sign.
