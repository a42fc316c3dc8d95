# How far something has got: ◌ ◐ ● ✓.
delivery-here = Only on this computer
delivery-elsewhere = { $n ->
    [one] On { $n } other computer
   *[other] On { $n } other computers
}
delivery-arrived-post = An office has it
delivery-arrived-reply = Its author has it
delivery-arrived-pass = The gates have it
delivery-arrived-notice = Households or gates have it
delivery-read-post = A neighbour has answered
delivery-read-reply = Its author has answered
delivery-read-pass = Used
delivery-read-notice = Confirmed by a household
delivery-name = How far it has got: { $text }
delivery-holds = { $name } has a copy
delivery-holds-at = { $name } has a copy, last met { $when }
delivery-more = { $n } more
delivery-nobody = No other computer has said that it has it. It goes out when a neighbour is met.
delivery-as-of = As known here at { $time }; there may be more.
