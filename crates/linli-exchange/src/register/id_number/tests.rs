//! GB 11643 by example and by property.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 11, 22);

fn with_check(seventeen: &str) -> String {
    format!(
        "{seventeen}{}",
        check_character(seventeen.as_bytes()).unwrap()
    )
}

#[test]
fn a_number_is_accepted_or_says_what_is_doubtful() {
    let future = with_check("11010120261123118");
    let newborn = with_check("11010120261122118");
    let nowhere = with_check("99010119900101118");
    let no_province = with_check("71010119900101118");
    let leap = with_check("11010120240229118");
    let no_leap = with_check("11010120230229118");
    for (text, expected) in [
        ("110101195610124044", None),
        ("11010120090702227x", None),
        ("'110101195610124044", None),
        (" 110101 19561012 4044", None),
        ("１１０１０１１９５６１０１２４０４４", None),
        (&newborn, None),
        (&nowhere, None),
        (&leap, None),
        (&no_leap, Some(IdDoubt::Date)),
        (&no_province, Some(IdDoubt::Division)),
        (&future, Some(IdDoubt::Future)),
        ("110101195610124045", Some(IdDoubt::CheckCharacter)),
        ("11010119561012404", Some(IdDoubt::Length)),
        ("110101561012404", Some(IdDoubt::OldForm)),
        ("11010119561312404X", Some(IdDoubt::Date)),
        ("110101000001014044", Some(IdDoubt::Date)),
        ("1.1010119880712E+17", Some(IdDoubt::StoredAsNumber)),
        ("1.10101E+17", Some(IdDoubt::StoredAsNumber)),
        ("E12345678", Some(IdDoubt::Length)),
        ("六个中国汉字", Some(IdDoubt::Length)),
        (
            "十八个中国汉字十八个中国汉字十八个中",
            Some(IdDoubt::Characters),
        ),
        ("11010119561012404字", Some(IdDoubt::Characters)),
        ("1101011956101240X4", Some(IdDoubt::Characters)),
        ("", Some(IdDoubt::Length)),
    ] {
        assert_eq!(IdNumber::read(text, TODAY).doubt(), expected, "{text}");
    }
}

#[test]
fn a_number_cell_is_never_accepted_even_when_the_check_fits() {
    let id = IdNumber::read_cell("110101195610124044", CellKind::Number, TODAY);
    assert_eq!(
        (id.accepted(), id.doubt()),
        (None, Some(IdDoubt::StoredAsNumber))
    );
    assert_eq!(id.text().reveal(), "110101195610124044");
    assert_eq!(IdNumber::restore("110101195610124044", id.doubt()), id);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn one_wrong_digit_or_one_swap_of_neighbours_is_always_found(serial in 0_u32..1000, at in 0_usize..17, add in 1_u8..10) {
        let text = with_check(&format!("11010119850228{serial:03}"));
        prop_assert!(IdNumber::read(&text, TODAY).accepted().is_some());
        let mut wrong = text.clone().into_bytes();
        wrong[at] = b'0' + (wrong[at] - b'0' + add) % 10;
        prop_assert!(IdNumber::read(std::str::from_utf8(&wrong).unwrap(), TODAY).accepted().is_none());
        let mut swapped = text.clone().into_bytes();
        swapped.swap(at, at + 1);
        if swapped != text.as_bytes() {
            prop_assert!(IdNumber::read(std::str::from_utf8(&swapped).unwrap(), TODAY).accepted().is_none());
        }
    }

    #[test]
    fn no_text_panics_and_reading_again_changes_nothing(text in "[0-9xX'年月日汉字E+. ]{0,24}|.{0,24}") {
        let once = IdNumber::read(&text, TODAY);
        prop_assert_eq!(IdNumber::read(once.text().reveal(), TODAY), once);
    }
}
