//! Where somebody without a pass wants to go, and who they are, out of the one line a guard types.
//!
//! A unit may have blanks in it: 3号楼 2单元 501, Building 3 Unit 2 501. The longest beginning that is a unit known here
//! is the unit; else the shortest that reads as one; else what stands before the first comma; else the words with
//! figures at the beginning. What is left is the name.

use super::evacuation::as_written;
use crate::api::Fault;
use crate::owner::Owner;
use linli_exchange::register::UnitKey;

/// What English says before the number of a building, a stair or a room.
const PARTS: [&str; 12] = [
    "building", "bldg", "block", "tower", "unit", "stair", "entrance", "room", "rm", "apt", "flat",
    "no",
];
const COMMAS: [char; 5] = [',', '，', '、', ';', '；'];

impl Owner {
    /// The unit and the name in what was typed.
    pub(crate) fn whither(&self, typed: &str) -> Result<(String, Option<String>), Fault> {
        let units = super::evacuation::units(self.replica_ref()?)?;
        Ok(apart(typed, |unit| units.contains_key(unit)))
    }
}

/// A word, and where what follows it begins.
struct Word<'t> {
    text: &'t str,
    rest: &'t str,
}

fn words(typed: &str) -> Vec<Word<'_>> {
    let gap = |c: char| c.is_whitespace() || COMMAS.contains(&c);
    let mut all = Vec::new();
    let mut left = typed.trim_matches(gap);
    while !left.is_empty() {
        let (text, rest) = left.split_once(gap).unwrap_or((left, ""));
        let rest = rest.trim_start_matches(gap);
        all.push(Word { text, rest });
        left = rest;
    }
    all
}

fn apart(typed: &str, known: impl Fn(&str) -> bool) -> (String, Option<String>) {
    let words = words(typed);
    let first = |n: usize| -> Vec<&str> { words.iter().take(n).map(|w| w.text).collect() };
    let after = |n: usize| {
        let rest = words.get(n.saturating_sub(1)).map_or("", |word| word.rest);
        let rest = rest.trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    };
    for n in (1..=words.len()).rev() {
        let mut all = std::iter::once(as_written(&first(n).join(" "))).chain(numbered(&first(n)));
        if let Some(unit) = all.find(|unit| known(unit)) {
            return (unit, after(n));
        }
    }
    for n in 1..=words.len() {
        let read = UnitKey::from_line(&first(n).join(" ")).ok();
        let read = read
            .map(|unit| unit.to_string())
            .or_else(|| numbered(&first(n)));
        if let Some(unit) = read {
            return (unit, after(n));
        }
    }
    if let Some((unit, name)) = typed.split_once(COMMAS) {
        let name = name.trim_matches(|c: char| c.is_whitespace() || COMMAS.contains(&c));
        let name = (!name.is_empty()).then(|| name.to_owned());
        return (unit.trim().to_owned(), name);
    }
    let figures = words.iter().take_while(|word| of_a_unit(word.text)).count();
    let n = figures.max(1);
    (first(n).join(" "), after(n))
}

fn figure(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '0'..='9' | '０'..='９'))
}

fn part(text: &str) -> bool {
    let text = text.trim_end_matches('.').to_lowercase();
    PARTS.contains(&text.as_str())
}

fn of_a_unit(text: &str) -> bool {
    figure(text) || part(text)
}

/// `3 2 501` and `Building 3 Unit 2 Room 501`: numbers, or a letter for the building, that stand alone.
fn numbered(words: &[&str]) -> Option<String> {
    let mut numbers = words.iter().filter(|word| !part(word)).peekable();
    numbers.peek()?;
    let numbers: Vec<&str> = numbers.copied().collect();
    let letter = |text: &str| text.len() == 1 && text.bytes().all(|b| b.is_ascii_alphabetic());
    let (head, tail) = numbers.split_first()?;
    if !(figure(head) || letter(head)) || !tail.iter().all(|word| figure(word)) {
        return None;
    }
    let unit = UnitKey::from_line(&numbers.join("-")).ok()?;
    Some(unit.to_string())
}

#[cfg(test)]
mod tests {
    use super::apart;

    fn is(typed: &str, unit: &str, name: Option<&str>) {
        let known = |unit: &str| ["3-2-501", "Rose Court 5", "3-2-5"].contains(&unit);
        let want = (unit.to_owned(), name.map(str::to_owned));
        assert_eq!(apart(typed, known), want, "{typed}");
        if !typed.starts_with("Rose") {
            assert_eq!(apart(typed, |_| false), want, "nobody knows {typed}");
        }
    }

    #[test]
    fn a_unit_may_have_blanks_and_a_name_stands_behind_it() {
        for unit in [
            "3-2-501",
            "3号楼 2单元 501",
            "3号楼2单元501",
            "三号楼　二单元　501室",
            "３－２－５０１",
            "3 2 501",
            "Building 3 Unit 2 501",
            "Bldg. 3, Unit 2, Room 501",
            "No. 3 unit 2 501",
        ] {
            is(unit, "3-2-501", None);
            is(&format!(" {unit}  老 周 "), "3-2-501", Some("老 周"));
            is(&format!("{unit}，老周"), "3-2-501", Some("老周"));
            is(&format!("{unit}, Mr Zhou"), "3-2-501", Some("Mr Zhou"));
            is(
                &format!("{unit} Mr Zhou, DHL"),
                "3-2-501",
                Some("Mr Zhou, DHL"),
            );
        }
    }

    #[test]
    fn what_no_reader_of_units_knows_is_taken_as_it_stands() {
        is("会所", "会所", None);
        is("会所 老周", "会所", Some("老周"));
        is("Rose Court 5 Zhou", "Rose Court 5", Some("Zhou"));
        is("Elm House 7, Zhou", "Elm House 7", Some("Zhou"));
        is("3号楼 501 老周", "3号楼 501", Some("老周"));
        is("501 2 人", "501 2", Some("人"));
        is("", "", None);
        is(" ， ", "", None);
    }
}
