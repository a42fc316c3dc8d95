//! Receipts.

use super::*;
use linli_base::RecordId;
use linli_base::limits::STATEMENT_MAX;

fn notice(number: u16) -> RecordId {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    RecordId(id)
}

fn any_receipt() -> impl Strategy<Value = Receipt> {
    let reach = prop::sample::select(vec![Reach::DELIVERED, Reach::READ, Reach::CONFIRMED]);
    let marks = prop::collection::vec((0..9u16, reach, 0..9u64), 0..12);
    let told = prop::collection::vec((0..4u16, "[1-9]-[1-3]-[0-9]{3}", 0..9u64), 0..5);
    (marks, told).prop_map(|(marks, told)| {
        let mut receipt = Receipt::default();
        for (number, reach, now) in marks {
            receipt.mark(notice(number), reach, now);
        }
        for (number, unit, now) in told {
            receipt.tell(notice(number), &unit, now);
        }
        receipt
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn receipts_are_read_as_they_are_written(receipt in any_receipt()) {
        prop_assert_eq!(Receipt::decode(&receipt.encode()), Ok(receipt));
    }

    #[test]
    fn merging_receipts_needs_no_order_and_no_count(
        a in any_receipt(),
        b in any_receipt(),
        c in any_receipt(),
    ) {
        let merged = |all: &[&Receipt]| {
            let mut sum = Receipt::default();
            all.iter().for_each(|one| sum.merge(one));
            sum
        };
        prop_assert_eq!(merged(&[&a, &b, &c]), merged(&[&c, &a, &b, &a]));
    }
}

#[test]
fn what_was_read_or_confirmed_was_delivered_and_reach_only_grows() {
    let mut receipt = Receipt::default();
    assert!(receipt.mark(notice(1), Reach::CONFIRMED, 5));
    assert!(!receipt.mark(notice(1), Reach::DELIVERED, 6));
    let (reach, at) = receipt.notices[&notice(1)];
    assert!(reach.has(Reach::DELIVERED) && reach.has(Reach::CONFIRMED) && !reach.has(Reach::READ));
    assert_eq!(at, 5, "the moment is that of the last news");
    assert!(receipt.mark(notice(1), Reach::READ, 7));
    assert_eq!(receipt.notices[&notice(1)].1, 7);
}

#[test]
fn the_newest_stay_when_not_all_fit_and_the_office_forgets_none() {
    let mut receipt = Receipt::default();
    let mut office = Receipt::default();
    let now = 1_800_000_000_000u64;
    for number in 0..600 {
        receipt.mark(notice(number), Reach::READ, now + u64::from(number));
        let bytes = receipt.encode();
        assert!(bytes.len() <= RECEIPT_MAX && RECEIPT_MAX + 64 <= STATEMENT_MAX);
        office.merge(&Receipt::decode(&bytes).unwrap());
    }
    let told = Receipt::decode(&receipt.encode()).unwrap();
    assert!(told.notices.len() > 130, "{}", told.notices.len());
    assert!(told.notices.contains_key(&notice(599)));
    assert!(!told.notices.contains_key(&notice(0)));
    assert_eq!(office.notices.len(), 600);
}

#[test]
fn a_receipt_that_is_none_is_refused() {
    let bytes = |bits: u64| {
        let state = Value::Array(vec![Value::Uint(bits), Value::Uint(1)]);
        let map = Value::Map(vec![(Value::bytes(&[0; 16]), state)]);
        Value::map(vec![(0, Some(Value::Uint(1))), (1, Some(map))]).encode()
    };
    assert!(Receipt::decode(&bytes(1)).is_ok());
    for bits in [0, 2, 4, 6, 8, 9, 256] {
        assert!(Receipt::decode(&bytes(bits)).is_err(), "{bits}");
    }
    let long = vec![0; RECEIPT_MAX + 1];
    assert_eq!(
        Receipt::decode(&long),
        Err(ReceiptError::TooLong(RECEIPT_MAX + 1))
    );
    for version in [0, 2, 3] {
        let bare = Value::map(vec![
            (0, Some(Value::Uint(version))),
            (1, Some(Value::Map(vec![]))),
        ]);
        assert!(Receipt::decode(&bare.encode()).is_err(), "{version}");
    }
}

#[test]
fn units_told_at_the_door_stand_in_version_2_in_order_and_once() {
    let mut steward = Receipt::default();
    steward.mark(notice(1), Reach::READ, 5);
    assert_eq!(
        steward.encode()[..3],
        [0xa2, 0, 1],
        "nobody was told: version 1"
    );
    assert!(steward.tell(notice(1), "3-1-201", 7));
    assert!(
        !steward.tell(notice(1), "3-1-201", 9),
        "the first time counts"
    );
    assert!(steward.tell(notice(1), "3-1-102", 8));
    let bytes = steward.encode();
    assert_eq!(bytes[..3], [0xa3, 0, 2]);
    assert_eq!(Receipt::decode(&bytes), Ok(steward));
    let told = |units: &[&str]| {
        let unit = |unit: &&str| Value::Array(vec![Value::text(*unit), Value::Uint(1)]);
        let list = Value::Array(units.iter().map(unit).collect());
        let map = Value::Map(vec![(Value::bytes(&[0; 16]), list)]);
        let (none, version) = (Value::Map(vec![]), Value::Uint(2));
        Value::map(vec![(0, Some(version)), (1, Some(none)), (2, Some(map))]).encode()
    };
    assert!(Receipt::decode(&told(&["1-1-101", "1-1-102"])).is_ok());
    for bad in [
        &["1-1-102", "1-1-101"][..],
        &["1", "1"],
        &[],
        &[" "],
        &["a\nb"],
    ] {
        assert!(Receipt::decode(&told(bad)).is_err(), "{bad:?}");
    }
}

#[test]
fn a_steward_with_more_doors_than_fit_says_the_newest_and_the_office_keeps_all() {
    let (mut steward, mut office) = (Receipt::default(), Receipt::default());
    for n in 0..900u64 {
        steward.tell(
            notice(1),
            &format!("3-{}-{}", n % 3, n),
            1_800_000_000_000 + n,
        );
        let bytes = steward.encode();
        assert!(bytes.len() <= RECEIPT_MAX);
        office.merge(&Receipt::decode(&bytes).unwrap());
    }
    assert_eq!(office.told[&notice(1)].len(), 900);
}
