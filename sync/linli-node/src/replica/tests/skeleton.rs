//! What a gate has of the board: every building and room, and nothing that people wrote.

use super::*;
use linli_base::{EntryKind, Private};
use linli_record::RowKind;
use linli_record::draft::{BuildingDraft, PersonDraft, RoomDraft};
use linli_store::Table;

const NAME: &str = "袁静文";
const WORDS: &str = "今晚谁能搭把手";

/// An office with a small register, a household that posts, a gate; all have met.
fn estate() -> Vec<Replica> {
    let mut office = found();
    let unit = "3-2-501".to_owned();
    let family = enrol(&mut office, 2, EnrolAs::Household { unit });
    let gate = enrol(&mut office, 3, EnrolAs::Gate { number: 1 });
    let mut all = vec![office, family, gate];
    let building = BuildingDraft {
        name: "3".into(),
        stairs: vec!["2".into()],
        ..BuildingDraft::default()
    };
    let room = RoomDraft {
        building: "3".into(),
        stair: "2".into(),
        room: "501".into(),
        ..RoomDraft::default()
    };
    let person = PersonDraft {
        name: Private::new(NAME.into()),
        unit: Private::new("3-2-501".into()),
        ..PersonDraft::default()
    };
    let office = &mut all[0];
    office
        .create(now(5), RecordKind::Building, |a| building.change(a))
        .unwrap();
    office
        .create(now(5), RecordKind::Room, |a| room.change(a))
        .unwrap();
    office
        .create(now(5), RecordKind::Person, |a| person.change(a))
        .unwrap();
    office.flush(now(5), &mut vec![]).unwrap();
    let post = PostDraft {
        kind: PostKind::Ask,
        body: WORDS.into(),
    };
    let family = &mut all[1];
    family
        .create(now(6), RecordKind::Post, |a| post.change(a))
        .unwrap();
    family.flush(now(6), &mut vec![]).unwrap();
    meet(&mut all, &[(0, 1), (0, 2), (1, 2)], 10);
    all
}

#[test]
fn a_gate_has_the_skeleton_and_its_digest_is_the_offices() {
    let all = estate();
    let digests: Vec<_> = all.iter().map(|r| r.digests().unwrap()).collect();
    let skeleton: Vec<_> = digests.iter().map(|d| d["skeleton"]).collect();
    assert_eq!(skeleton, [skeleton[0]; 3]);
    assert_ne!(skeleton[0], found().digests().unwrap()["skeleton"]);
    for (kind, rows) in [
        (RowKind::Building, 1),
        (RowKind::Room, 1),
        (RowKind::Post, 0),
        (RowKind::Household, 0),
        (RowKind::Person, 0),
        (RowKind::Vehicle, 0),
    ] {
        assert_eq!(all[2].rows(kind).unwrap().len(), rows, "{kind:?}");
    }
    assert!(!digests[2].contains_key("board") && !digests[2].contains_key("office"));
    assert_eq!(digests[0]["board"], digests[1]["board"]);
}

#[test]
fn a_gate_stores_no_entry_of_the_board_but_the_skeleton_and_no_word_of_anybody() {
    let all = estate();
    for log in all[2].heads().keys() {
        let board = log.lane.class == LaneClass::Board;
        assert!(!board || log.lane.period.0 == 0, "{log:?}");
        assert_ne!(log.lane.class, LaneClass::Office);
    }
    let has = |r: &Replica, word: &str| {
        let word = word.as_bytes();
        Table::ALL.into_iter().any(|table| {
            let rows = r.staged.rows(table, &[]).unwrap();
            rows.iter()
                .any(|(_, value)| value.windows(word.len()).any(|w| w == word))
        })
    };
    // The search itself finds: the office's own rows hold the name in the clear under the store's seal.
    assert!(has(&all[0], NAME) && has(&all[0], WORDS) && has(&all[1], WORDS));
    assert!(!has(&all[2], NAME) && !has(&all[2], WORDS));
}

#[test]
fn a_household_puts_nothing_into_the_lane_that_gates_carry() {
    let mut all = estate();
    let mut lane = all[1].lane(now(20), LaneClass::Board, ScopeId::ZERO);
    lane.period = linli_base::Period::NONE;
    let written = all[1].write(now(20), EntryKind::CHANGE, lane, About::Nothing, b"x");
    assert!(
        matches!(
            written,
            Err(WriteFault::NotAllowed(linli_charter::Refusal::Role))
        ),
        "{written:?}"
    );
}
