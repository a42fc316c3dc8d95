//! Folding, checked by example and by property.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

use proptest::prelude::*;

use super::*;

#[test]
fn full_width_hidden_characters_and_dashes_fold_to_plain_ones() {
    for (from, to) in [
        ("１０２", "102"),
        ("\u{200B}张 三\u{FEFF}", "张 三"),
        ("３－２－５０１", "3-2-501"),
        ("3–2—501", "3-2-501"),
        ("  a \t\r\n b　c ", "a b c"),
        ("建筑面积(㎡)", "建筑面积(m2)"),
        ("\u{FA11}", "\u{FA11}"),
    ] {
        assert_eq!(fold(from), to);
    }
}

#[test]
fn names_lose_blanks_only_where_a_chinese_name_is_spaced_out() {
    for (from, to) in [
        ("张 三", "张三"),
        ("张　　三", "张三"),
        ("欧阳 建国", "欧阳建国"),
        ("Maria  Silva", "Maria Silva"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 • 买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("扎西 次仁 卓玛", "扎西 次仁 卓玛"),
    ] {
        assert_eq!(name_form(from), to);
    }
    assert_eq!(name_key("MARIA silva"), name_key("Maria Silva"));
    assert_eq!(
        name_key("\u{FA19}"),
        name_key("神"),
        "a compatibility ideograph is the same name"
    );
    assert_eq!(
        name_form("\u{FA19}"),
        "\u{FA19}",
        "and is kept as it was written"
    );
}

#[test]
fn numbers_in_characters_are_read() {
    for (text, number) in [
        ("一", Some(1)),
        ("十", Some(10)),
        ("十二", Some(12)),
        ("二十", Some(20)),
        ("二十一", Some(21)),
        ("一百零三", Some(103)),
        ("一百一十", Some(110)),
        ("二〇一", Some(201)),
        ("一零零三", Some(1003)),
        ("", None),
        ("甲", None),
        ("一甲", None),
        ("九九九九九九九九九九九九", None),
    ] {
        assert_eq!(chinese_number(text), number, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn folding_twice_changes_nothing(text in ".{0,24}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        let name = name_form(&text);
        prop_assert_eq!(name_form(&name), name);
        let compacted = compact(&text);
        prop_assert_eq!(compact(&compacted), compacted.clone());
        let key = name_key(&text);
        prop_assert_eq!(name_key(&key), key);
    }

    #[test]
    fn names_of_chinese_characters_blanks_and_dots_have_one_form(text in "[张三买提\u{3000} ·・.•]{0,12}") {
        let name = name_form(&text);
        prop_assert_eq!(name_form(&name), name);
    }

    #[test]
    fn no_text_is_too_odd_for_a_number(text in "[〇零一二三九十百两甲]{0,14}") {
        let _ = chinese_number(&text);
    }
}
