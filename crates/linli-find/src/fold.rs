//! The form in which texts are compared.

/// Folds a text for comparison: full-width letters, digits and marks become half width, letters lower case, traditional
/// characters simplified, every blank one blank.
///
/// One character stays one character, so a place in the folded text is the same place in the text.
///
/// ```
/// assert_eq!(linli_find::fold("３號樓 Lobby"), "3号楼 lobby");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let narrow: String = text.chars().map(narrow).collect();
    let simplified = fast2s::convert(&narrow);
    if simplified.chars().count() == narrow.chars().count() {
        return simplified;
    }
    // A phrase of the table that is not as long as what it stands for: character by character then.
    narrow.chars().map(simplify).collect()
}

/// Half width, lower case, blanks alike.
fn narrow(c: char) -> char {
    let c = match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn simplify(c: char) -> char {
    let mut utf8 = [0; 4];
    let simple = fast2s::convert(c.encode_utf8(&mut utf8));
    let mut chars = simple.chars();
    match (chars.next(), chars.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_case_and_script_are_one() {
        assert_eq!(fold("電梯"), fold("电梯"));
        assert_eq!(fold("ＡＢＣ　１２３"), "abc 123");
        assert_eq!(fold("鑰匙 在 樓下"), "钥匙 在 楼下");
        assert_eq!(fold("楼：３"), "楼:3");
    }

    proptest! {
        #[test]
        fn a_place_stays_the_same_place(text in "\\PC{0,80}") {
            prop_assert_eq!(fold(&text).chars().count(), text.chars().count());
        }

        #[test]
        fn folding_twice_is_folding_once(text in "[\\u{4e00}-\\u{9fff}A-Za-z０-９ ]{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
