//! Founding and succession: who must sign, and what is refused.

use super::*;
use crate::epoch::{Limits, Member};
use linli_base::UtcOffset;

fn keys(n: u8) -> Vec<SigningKey> {
    (0..n)
        .map(|i| SigningKey::from_seed(&[i + 1; 32]))
        .collect()
}

fn body(founders: &[SigningKey]) -> Epoch {
    Epoch {
        number: 0,
        prev: EpochId::ZERO,
        name: "丰盛园".into(),
        offset: UtcOffset::from_minutes(480).unwrap(),
        members: founders
            .iter()
            .map(|k| {
                let mut seed = [0x80; 32];
                seed[0] = k.device().0[0];
                Member {
                    day: k.device(),
                    paper: SigningKey::from_seed(&seed).device(),
                }
            })
            .collect(),
        threshold: u32::try_from(founders.len() / 2 + 1).unwrap(),
        issuing: vec![],
        offices: vec![],
        roles: vec![],
        gates: vec![],
        limits: Limits::default(),
        cuts: vec![],
        retired: vec![],
        ended_holds: vec![],
        checkpoint: vec![],
        round: 0,
        time: 1_795_305_600,
        salt: [7; 16],
    }
}

#[test]
fn three_founders_found_and_two_of_them_change_the_charter() {
    let k = keys(3);
    let mut charter = Charter::found(&body(&k), &k).unwrap();
    let one = charter.propose(1, &k[..1], |e| e.name = "新名".into());
    assert_eq!(
        one.unwrap_err(),
        CharterError::Threshold { have: 1, need: 2 }
    );
    let next = charter
        .propose(1, &k[..2], |e| e.name = "新名".into())
        .unwrap();
    charter.append(&next).unwrap();
    assert_eq!(charter.newest().epoch.number, 1);
    assert_eq!(charter.append(&next), Err(CharterError::NotNext));
    let again = Charter::from_founding(&charter.chain()[0].bytes).unwrap();
    assert_eq!(again.community(), charter.community());
}

#[test]
fn a_founding_that_a_founder_did_not_sign_is_none() {
    let k = keys(3);
    assert_eq!(
        Charter::found(&body(&k), &k[..2]),
        Err(CharterError::Threshold { have: 2, need: 3 })
    );
}

#[test]
fn a_new_committee_needs_the_old_and_the_new() {
    let k = keys(4);
    let charter = Charter::found(&body(&k[..1]), &k[..1]).unwrap();
    let newcomers = body(&k[1..4]).members;
    let change = |e: &mut Epoch| {
        e.members = newcomers.clone();
        e.threshold = 2;
    };
    assert!(charter.propose(1, &k[..1], change).is_err());
    let change = |e: &mut Epoch| {
        e.members = newcomers.clone();
        e.threshold = 2;
    };
    assert!(charter.propose(1, &k[..3], change).is_ok());
}

#[test]
fn an_epoch_is_read_as_written_and_a_changed_byte_is_noticed() {
    let k = keys(1);
    let b = body(&k);
    assert_eq!(Epoch::decode(&b.encode()).unwrap(), b);
    let charter = Charter::found(&b, &k).unwrap();
    let bytes = charter.newest().bytes.clone();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        let same =
            Charter::from_founding(&changed).is_ok_and(|c| c.community() == charter.community());
        assert!(!same, "byte {at}");
    }
}

#[test]
fn rules_of_an_epoch_are_held() {
    let k = keys(2);
    assert!(matches!(
        Charter::found(&body(&k), &k),
        Err(CharterError::Rule(_))
    ));
    let mut b = body(&k[..1]);
    b.name = " ".into();
    assert!(matches!(
        Charter::found(&b, &k[..1]),
        Err(CharterError::Rule(_))
    ));
}
