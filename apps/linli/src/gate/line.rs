//! The lines of `linli gate serve --stdin`: one letter, a space, the rest. Whatever comes, a line is read within a
//! fixed amount of memory and gives either an order or a fault.

use linli_node::api::Fault;
use linli_pass::ShortCode;
use std::io::BufRead;

/// Longest line that is kept, in bytes. A gate refuses a pass above 1,200 characters, so nothing that could be one
/// is cut; of ten megabytes it sees as much as it needs to refuse them.
pub const LINE_MAX: usize = 8_192;

/// What a line asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Order {
    /// `P`: the text of a pass.
    Pass(String),
    /// `L`: a plate read by a camera.
    Plate(String),
    /// `C`: a short code.
    Code(String),
    /// `X`: a car leaves.
    ExitPlate(String),
    /// `X`: whoever came with this code leaves.
    ExitCode(String),
    /// `W`: somebody without a pass, for a unit.
    WalkIn(String),
    /// `N`: people beside the holder, for the next line.
    Companions(u8),
    /// `K`: the PIN said, for the next line.
    Pin(String),
    /// `V`: the plate of the car in whose window the next code is shown.
    PlateSeen(String),
}

/// One line of input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Raw {
    /// Its beginning, at most [`LINE_MAX`] bytes, without the end of the line.
    pub bytes: Vec<u8>,
    /// There was more.
    pub cut: bool,
}

/// Reads the next line; `None` at the end of the input. Holds no more of it than [`LINE_MAX`] bytes.
pub fn next(input: &mut impl BufRead) -> std::io::Result<Option<Raw>> {
    let mut raw = Raw {
        bytes: Vec::new(),
        cut: false,
    };
    let mut anything = false;
    loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            return Ok(anything.then_some(raw));
        }
        anything = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        let room = LINE_MAX - raw.bytes.len();
        raw.cut |= part.len() > room;
        raw.bytes.extend_from_slice(&part[..part.len().min(room)]);
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            if !raw.cut && raw.bytes.last() == Some(&b'\r') {
                raw.bytes.pop();
            }
            return Ok(Some(raw));
        }
    }
}

impl Raw {
    /// What the line asks for. Bytes that are no UTF-8 are read as marks that no pass contains.
    pub fn order(&self) -> Result<Order, Fault> {
        let text = String::from_utf8_lossy(&self.bytes);
        let text = text.trim_start_matches('\u{feff}');
        if text.trim().is_empty() {
            return Err(Fault::input("gate-line-empty"));
        }
        let (letter, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        let rest = rest.trim();
        if self.cut && letter != "P" {
            return Err(Fault::input("gate-line-long").with("max", LINE_MAX));
        }
        let order = match letter {
            "P" => Order::Pass(rest.to_owned()),
            "L" => Order::Plate(rest.to_owned()),
            "C" => Order::Code(rest.to_owned()),
            "X" if ShortCode::parse(rest).is_some() => Order::ExitCode(rest.to_owned()),
            "X" => Order::ExitPlate(rest.to_owned()),
            "W" => Order::WalkIn(rest.to_owned()),
            "N" => {
                let count = rest.parse();
                Order::Companions(count.map_err(|_| Fault::input("gate-line-number"))?)
            }
            "K" => Order::Pin(rest.to_owned()),
            "V" => Order::PlateSeen(rest.to_owned()),
            _ => return Err(Fault::input("gate-line-unknown")),
        };
        if rest.is_empty() {
            return Err(Fault::input("gate-line-nothing").with("letter", letter));
        }
        Ok(order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Vec<Raw> {
        // A buffer that is smaller than most lines.
        let mut input = std::io::BufReader::with_capacity(7, bytes);
        let mut out = Vec::new();
        while let Some(raw) = next(&mut input).unwrap() {
            out.push(raw);
        }
        out
    }

    fn order(text: &str) -> Result<Order, String> {
        let read = lines(text.as_bytes());
        assert_eq!(read.len(), 1, "{text:?}");
        read[0].order().map_err(|fault| fault.code)
    }

    #[test]
    fn each_letter_is_an_order() {
        let text = "LL1:NCF".to_owned();
        assert_eq!(order("P LL1:NCF\n"), Ok(Order::Pass(text.clone())));
        assert_eq!(order("P \tLL1:NCF \r\n"), Ok(Order::Pass(text)));
        assert_eq!(order("L 京AD12345"), Ok(Order::Plate("京AD12345".into())));
        assert_eq!(order("C 4821-0376"), Ok(Order::Code("4821-0376".into())));
        assert_eq!(
            order("X 4821-0376"),
            Ok(Order::ExitCode("4821-0376".into()))
        );
        assert_eq!(
            order("X 京AD12345"),
            Ok(Order::ExitPlate("京AD12345".into()))
        );
        assert_eq!(order("W 3-2-501"), Ok(Order::WalkIn("3-2-501".into())));
        assert_eq!(order("N 2"), Ok(Order::Companions(2)));
        assert_eq!(order("K 4821"), Ok(Order::Pin("4821".into())));
        assert_eq!(
            order("V 京AD12345"),
            Ok(Order::PlateSeen("京AD12345".into()))
        );
    }

    #[test]
    fn what_is_no_order_has_a_code() {
        for (text, code) in [
            ("\n", "gate-line-empty"),
            (" \t \n", "gate-line-empty"),
            ("Q x\n", "gate-line-unknown"),
            ("PLL1:NCF\n", "gate-line-unknown"),
            ("p x\n", "gate-line-unknown"),
            ("P\n", "gate-line-nothing"),
            ("C  \n", "gate-line-nothing"),
            ("N many\n", "gate-line-number"),
            ("N 256\n", "gate-line-number"),
            ("N -1\n", "gate-line-number"),
            ("\0\n", "gate-line-unknown"),
            ("wxp://f2f0sample\n", "gate-line-unknown"),
        ] {
            assert_eq!(order(text), Err(code.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn ten_megabytes_take_no_more_room_than_a_line_may() {
        let mut bytes = b"P ".to_vec();
        bytes.resize(10 << 20, b'A');
        bytes.extend_from_slice(b"\nL ");
        bytes.resize(bytes.len() + (1 << 20), 0xff);
        bytes.extend_from_slice(b"\nC 4821-0376");
        let read = lines(&bytes);
        assert_eq!(read.len(), 3);
        assert!(read[0].cut && read[0].bytes.len() == LINE_MAX);
        assert!(matches!(read[0].order(), Ok(Order::Pass(text)) if text.len() > 1_200));
        let long = read[1].order().map_err(|fault| fault.code);
        assert_eq!(long, Err("gate-line-long".to_owned()));
        assert!(matches!(read[2].order(), Ok(Order::Code(_))));
    }

    #[test]
    fn lines_end_as_people_and_machines_end_them() {
        assert_eq!(lines(b""), []);
        let read = lines(b"a\r\nb\n\nc");
        let text: Vec<&[u8]> = read.iter().map(|raw| &raw.bytes[..]).collect();
        assert_eq!(text, [&b"a"[..], b"b", b"", b"c"]);
        let exact = vec![b'x'; LINE_MAX];
        assert!(!lines(&exact)[0].cut);
    }
}
