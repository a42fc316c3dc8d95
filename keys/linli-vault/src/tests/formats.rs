//! The bytes: what is damaged, foreign, newer or forged is told apart and never opens.

use super::*;
use crate::format::{SealingKey, open_sealed, read_open, write_open};
use crate::passphrase::Cost;
use crate::secrets::Unreadable;
use proptest::prelude::*;

fn passphrase() -> Passphrase {
    Passphrase::new("p").unwrap()
}

fn sealed() -> Vec<u8> {
    let mut dice = Counting(4);
    SealingKey::new(&passphrase(), Cost::LEAST, &mut dice).seal(&HOME_ID, &secrets(), &mut dice)
}

/// Puts a right checksum on changed bytes, as someone would who changes them on purpose.
fn with_right_sum(mut bytes: Vec<u8>) -> Vec<u8> {
    let at = bytes.len() - 16;
    let sum = blake3::hash(&bytes[..at]);
    bytes[at..].copy_from_slice(&sum.as_bytes()[..16]);
    bytes
}

fn open(bytes: &[u8]) -> Result<Secrets, Unreadable> {
    open_sealed(bytes, &HOME_ID, &passphrase()).map(|(secrets, _)| secrets)
}

#[test]
fn the_sealed_file_has_the_length_and_fields_of_the_format_page() {
    let bytes = sealed();
    assert_eq!(bytes.len(), 274);
    assert_eq!(&bytes[..4], b"LLV1");
    assert_eq!(&bytes[16..32], &HOME_ID);
    let mut no_founder = secrets();
    no_founder.founder_seed = None;
    let mut dice = Counting(4);
    let other = SealingKey::new(&passphrase(), Cost::LEAST, &mut dice).seal(
        &HOME_ID,
        &no_founder,
        &mut dice,
    );
    assert_eq!(
        other.len(),
        bytes.len(),
        "the length does not tell a founder"
    );
}

#[test]
fn a_new_file_costs_what_rfc_9106_recommends() {
    let ground = Ground::new();
    let mut places = ground.places.clone();
    places.cost = Places::new(ground.home(), HOME_ID, Some(ground.tmp.path().join("keys")))
        .unwrap()
        .cost;
    Vault::create(&places, &secrets(), phrase("x"), &mut Counting(1)).unwrap();
    let bytes = std::fs::read(places.sealed_file()).unwrap();
    assert_eq!(
        bytes[4..16],
        [0, 1, 0, 0, 0, 0, 0, 3, 0, 0, 0, 4],
        "64 MiB, 3 passes, 4 lanes"
    );
    assert_eq!(ground.open(Some("x")).unwrap().1, secrets());
}

#[test]
fn an_accident_is_damage_and_no_wrong_passphrase() {
    let good = sealed();
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bad = good.clone();
            bad[at] ^= 1 << bit;
            let got = open(&bad).unwrap_err();
            match (at, got) {
                (3, Unreadable::Newer(2..=9)) | (_, Unreadable::Damaged) => {}
                _ => panic!("byte {at} bit {bit}: {got:?}"),
            }
        }
    }
    for len in 0..good.len() {
        assert_eq!(open(&good[..len]), Err(Unreadable::Damaged), "cut at {len}");
    }
    assert_eq!(open(&[&good[..], &[0]].concat()), Err(Unreadable::Damaged));
}

#[test]
fn a_change_on_purpose_meets_the_seal() {
    let good = sealed();
    for at in 4..good.len() - 16 {
        let mut bad = good.clone();
        bad[at] ^= 1;
        let got = open(&with_right_sum(bad)).unwrap_err();
        let allowed: &[Unreadable] = match at {
            // Costs: refused when out of bounds, else another key comes out.
            4..16 => &[Unreadable::Damaged, Unreadable::WrongPassphrase],
            16..32 => &[Unreadable::OtherHome],
            _ => &[Unreadable::WrongPassphrase],
        };
        assert!(allowed.contains(&got), "byte {at}: {got:?}");
    }
}

#[test]
fn a_planted_file_cannot_ask_for_all_memory_or_for_hours() {
    for (memory, passes, lanes) in [
        (u32::MAX, 3, 4),
        (1024 * 1024 + 1, 3, 4),
        (65_536, 65, 4),
        (65_536, 0, 4),
        (65_536, 3, 0),
        (65_536, 3, 17),
        (31, 3, 4),
    ] {
        let mut bad = sealed();
        for (at, n) in [(4, memory), (8, passes), (12, lanes)] {
            bad[at..at + 4].copy_from_slice(&u32::to_be_bytes(n));
        }
        assert_eq!(open(&with_right_sum(bad)), Err(Unreadable::Damaged));
    }
}

#[test]
fn a_newer_format_is_not_called_damaged() {
    for head in [b"LLV2", b"LLV9"] {
        let mut bytes = sealed();
        bytes[..4].copy_from_slice(head);
        assert_eq!(open(&bytes), Err(Unreadable::Newer(head[3] - b'0')));
        assert_eq!(open(head), Err(Unreadable::Newer(head[3] - b'0')));
    }
    for head in [b"LLV0", b"LLVx", b"LLU1", b"\0\0\0\0"] {
        let mut bytes = sealed();
        bytes[..4].copy_from_slice(head);
        assert_eq!(open(&with_right_sum(bytes)), Err(Unreadable::Damaged));
    }
    // A newer content under our own envelope is noticed too.
    let mut content = write_open(&HOME_ID, &secrets()).to_vec();
    content[20] = 2;
    assert_eq!(
        read_open(&with_right_sum(content), &HOME_ID),
        Err(Unreadable::Newer(2))
    );
}

#[test]
fn the_open_form_knows_its_home_and_notices_damage() {
    let good = write_open(&HOME_ID, &secrets());
    assert_eq!(good.len(), 206);
    assert_eq!(read_open(&good, &HOME_ID), Ok(secrets()));
    assert_eq!(read_open(&good, &[1; 16]), Err(Unreadable::OtherHome));
    for at in 4..good.len() {
        let mut bad = good.to_vec();
        bad[at] ^= 1;
        assert_eq!(read_open(&bad, &HOME_ID), Err(Unreadable::Damaged), "{at}");
    }
}

#[test]
fn files_on_disk_are_refused_with_their_own_reason() {
    let ground = Ground::new();
    ground.create(phrase("x")).unwrap();
    let file = ground.places.sealed_file();
    let good = std::fs::read(&file).unwrap();
    std::fs::write(&file, &good[..100]).unwrap();
    assert!(matches!(ground.open(Some("x")), Err(VaultError::Damaged { path }) if path == file));
    std::fs::write(&file, b"").unwrap();
    assert!(matches!(
        ground.open(Some("x")),
        Err(VaultError::Damaged { .. })
    ));
    std::fs::write(&file, vec![b'L'; 5000]).unwrap();
    assert!(matches!(
        ground.open(Some("x")),
        Err(VaultError::Damaged { .. })
    ));
    std::fs::write(&file, b"LLV7 and what comes after").unwrap();
    assert!(matches!(
        ground.open(Some("x")),
        Err(VaultError::Newer { version: 7, .. })
    ));
    // The sealed file of a home with another id.
    std::fs::write(&file, sealed()).unwrap();
    let mut places =
        Places::new(ground.home(), [1; 16], Some(ground.tmp.path().join("keys"))).unwrap();
    places.ring = ground.ring.clone();
    let refused = Vault::open(&places, Some(&passphrase()));
    assert!(matches!(refused, Err(VaultError::OtherHome { .. })));
}

#[test]
fn a_file_that_other_libraries_sealed_by_the_format_page_opens_here() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/vectors/vault-foreign.json"
    );
    let v: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let bytes = |name: &str| hex::decode(v[name].as_str().unwrap()).unwrap();
    let home: [u8; 16] = bytes("home_id").try_into().unwrap();
    let passphrase = Passphrase::new(v["passphrase"].as_str().unwrap()).unwrap();
    let (opened, _) = open_sealed(&bytes("sealed"), &home, &passphrase).unwrap();
    assert_eq!(read_open(&bytes("open"), &home), Ok(opened.clone()));
    assert_eq!(*opened.sign_seed, [1; 32]);
    assert_eq!(*opened.net_seed, [2; 32]);
    assert_eq!(*opened.kex_seed, [3; 32]);
    assert_eq!(*opened.db_key, [4; 32]);
    assert_eq!(opened.founder_seed.as_deref(), Some(&[5; 32]));
    assert_eq!(opened.generation, 258);
    assert_eq!(write_open(&home, &opened).as_slice(), bytes("open"));
}

#[test]
fn secrets_print_as_dots_and_give_their_keys() {
    let secrets = secrets();
    let shown = format!("{secrets:?}");
    assert!(shown.starts_with("Secrets(••• of d:"), "{shown}");
    assert_eq!(
        secrets.sign().device().short(),
        shown["Secrets(••• of ".len()..][..10]
    );
    assert_ne!(secrets.sign().device(), secrets.net().device());
    assert_eq!(secrets.kex().to_bytes(), secrets.kex_seed);
    assert!(secrets.founder().is_some());
    assert!(Secrets::generate(&mut Counting(1)).founder().is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_secrets_come_back(seed: u64, generation: u64, founder: Option<[u8; 32]>) {
        let mut secrets = Secrets::generate(&mut Counting(seed));
        secrets.generation = generation;
        secrets.founder_seed = founder.map(Zeroizing::new);
        prop_assert_eq!(Secrets::decode(&secrets.encode()), Ok(secrets));
    }

    #[test]
    fn any_bytes_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(open(&bytes).is_err());
        prop_assert!(read_open(&bytes, &HOME_ID).is_err());
        prop_assert!(Secrets::decode(&bytes).is_err() || bytes.len() == 170);
        let marked = [b"LLV1".as_slice(), &bytes].concat();
        prop_assert!(open(&marked).is_err());
    }
}
