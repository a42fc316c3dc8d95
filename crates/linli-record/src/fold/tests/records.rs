//! Each kind of record, from its draft through admission to its row and the row's bytes.

use super::*;
use crate::draft::{
    BuildingDraft, Earlier, FieldChange, HouseholdDraft, NoticeDraft, PersonDraft, PostDraft,
    RoomDraft, VehicleDraft, VisitDraft, edit,
};
use crate::row::{RowKind, digest, row_digest};
use crate::schema::{
    CapWords, Category, Certainty, GATE_ITEMS, PostKind, Response, Severity, Urgency, VisitKind,
};
use proptest::prelude::*;

const A: Actor = [1; 16];
const B: Actor = [2; 16];

fn private(text: &str) -> Private<String> {
    Private::new(text.to_owned())
}

fn visit_draft() -> VisitDraft {
    VisitDraft {
        label: private("王*"),
        kind: VisitKind::Person,
        from_s: 1_000,
        until_s: 2_000,
        entries: 1,
        gates: vec![1, 2],
        plate: Some(private("京AD12345")),
        companions: 2,
        cti: [5; 12],
        token: private("LL1:ABC"),
        short_code: true,
        host_unit: None,
    }
}

fn person_draft() -> PersonDraft {
    PersonDraft {
        name: private("张㛃"),
        unit: private("3-2-501"),
        phones: vec![private("13900001234"), private("13900005678")],
        id_number: Some(private("11010119900101001X")),
        relation: Some(private("户主")),
        note: Some(private("行\n动不便")),
        batch: Some("b1".into()),
    }
}

fn cap_words() -> CapWords {
    CapWords {
        urgency: Some(Urgency::Expected),
        certainty: Some(Certainty::Likely),
        response: Some(Response::Prepare),
        category: Some(Category::Infra),
    }
}

/// Every kind: what its draft writes, and what the row shows of it.
fn bodies() -> Vec<(AuthorKind, Vec<u8>)> {
    let notice = NoticeDraft {
        title: "停电".into(),
        body: "今天\r\n三点".into(),
        title_en: "Power cut".into(),
        severity: Some(Severity::Moderate),
        cap: cap_words(),
        area: vec!["3".into(), "5".into()],
        cells: vec!["02".into()],
        effective_ms: Some(5),
        expires_ms: Some(6),
        confirm: true,
        earlier: Some(Earlier::Corrects(RecordId([4; 16]))),
        ..NoticeDraft::default()
    };
    let post = PostDraft {
        kind: PostKind::Found,
        body: "捡到钥匙 \u{202e}\u{200b}🔑".into(),
    };
    let building = BuildingDraft {
        name: "3".into(),
        stairs: vec!["1".into(), "2".into()],
        cell: Some("02".into()),
        batch: None,
    };
    let room = RoomDraft {
        building: "3".into(),
        stair: "2".into(),
        room: "501".into(),
        area_dm2: Some(8_920),
        cell: Some("03".into()),
        batch: Some("b1".into()),
    };
    let household = HouseholdDraft {
        unit: private("3-2-501"),
        usage: Some("自住".into()),
        area_dm2: None,
        batch: None,
    };
    let vehicle = VehicleDraft {
        plate: private("京AD12345"),
        unit: private("3-2-501"),
        owner: Some(RecordId([8; 16])),
        batch: None,
    };
    vec![
        (AuthorKind::Office, notice.change(A).unwrap()),
        (AuthorKind::Household, post.change(A).unwrap()),
        (AuthorKind::Household, visit_draft().change(A).unwrap()),
        (AuthorKind::Office, building.change(A).unwrap()),
        (AuthorKind::Office, room.change(A).unwrap()),
        (AuthorKind::Office, household.change(A).unwrap()),
        (AuthorKind::Office, person_draft().change(A).unwrap()),
        (AuthorKind::Office, vehicle.change(A).unwrap()),
    ]
}

fn rows() -> Vec<Row> {
    let fold = |(kind, body): (AuthorKind, Vec<u8>)| {
        let mut doc = Doc::new();
        let record = admit(&mut doc, A, &body);
        row(&doc, record, &author(kind, 1, 1)).unwrap()
    };
    bodies().into_iter().map(fold).collect()
}

#[test]
fn what_is_drafted_is_admitted_and_shown() {
    let rows = rows();
    let kinds: Vec<u8> = rows.iter().map(|row| row.kind() as u8).collect();
    assert_eq!(kinds, [1, 2, 3, 4, 5, 6, 7, 8]);
    let Row::Notice(notice) = &rows[0] else {
        panic!("a notice")
    };
    assert_eq!(
        (notice.title.as_str(), notice.body.as_str()),
        ("停电", "今天\n三点")
    );
    assert_eq!(notice.area, ["3", "5"]);
    assert_eq!(notice.cells, ["02"]);
    assert_eq!(notice.cap, cap_words());
    assert_eq!(notice.corrects, Some(RecordId([4; 16])));
    assert!(notice.confirm && notice.stands());
    let Row::Post(post) = &rows[1] else {
        panic!("a post")
    };
    assert_eq!(post.body.reveal(), "捡到钥匙 \u{202e}\u{200b}🔑");
    let Row::Visit(visit) = &rows[2] else {
        panic!("a visit")
    };
    assert_eq!(
        (visit.gates.as_slice(), visit.cti),
        ([1, 2].as_slice(), [5; 12])
    );
    let Row::Room(room) = &rows[4] else {
        panic!("a room")
    };
    assert_eq!(
        (room.unit().as_str(), room.cell.as_deref()),
        ("3-2-501", Some("03"))
    );
    assert!(matches!(&rows[3], Row::Building(b) if b.cell.as_deref() == Some("02")));
    let Row::Person(person) = &rows[6] else {
        panic!("a person")
    };
    assert_eq!(person.phones.len(), 2);
    assert_eq!(person.note.as_ref().unwrap().reveal(), "行\n动不便");
}

#[test]
fn a_row_is_read_as_it_was_written_and_a_rebuild_gives_the_same_bytes() {
    let again = rows();
    for (row, again) in rows().into_iter().zip(&again) {
        let bytes = row.to_bytes();
        assert_eq!(Row::from_bytes(&bytes).unwrap(), row);
        assert_eq!(again.to_bytes(), bytes);
        assert_eq!(
            (bytes[0], bytes[1]),
            (crate::row::ROW_VERSION, row.kind() as u8)
        );
        for cut in 0..bytes.len() {
            assert!(Row::from_bytes(&bytes[..cut]).is_err());
        }
        assert!(Row::from_bytes(&[bytes.as_slice(), &[0]].concat()).is_err());
    }
}

#[test]
fn nothing_of_a_person_is_in_the_debug_text_of_a_row() {
    let text = format!("{:?}", rows());
    for secret in [
        "张㛃",
        "13900001234",
        "11010119900101001X",
        "京AD12345",
        "LL1:ABC",
        "王*",
        "3-2-501",
        "行",
        "户主",
        "捡到",
    ] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    assert!(text.contains("停电"), "a notice is public");
}

#[test]
fn an_author_who_may_not_keep_a_record_has_no_row() {
    for (kind, body) in bodies() {
        let mut doc = Doc::new();
        let record = admit(&mut doc, A, &body);
        for other in [AuthorKind::Gate, AuthorKind::Machine] {
            assert_eq!(row(&doc, record, &author(other, 1, 1)), None);
        }
        if kind == AuthorKind::Office {
            assert_eq!(
                row(&doc, record, &author(AuthorKind::Household, 1, 1)),
                None
            );
        }
    }
}

#[test]
fn a_notice_that_was_edited_is_none() {
    let notice = NoticeDraft {
        title: "停电".into(),
        ..NoticeDraft::default()
    };
    let mut doc = Doc::new();
    let kind = admit(&mut doc, A, &notice.change(A).unwrap());
    let office = author(AuthorKind::Office, 1, 1);
    assert!(row(&doc, kind, &office).is_some());
    let second = doc
        .author(A, |draft| draft.put("title", "来电"))
        .map(|change| ChangeBody { kind, change }.encode());
    admit(&mut doc, A, &second.unwrap());
    assert_eq!(row(&doc, kind, &office), None);
}

#[test]
fn a_visit_moved_apart_from_its_end_is_clamped_and_the_race_is_shown() {
    let mut doc = Doc::new();
    let kind = admit(&mut doc, A, &visit_draft().change(A).unwrap());
    let later = edit(&doc, kind, A, &[FieldChange::set("from_s", 1_900u64)]).unwrap();
    let sooner = edit(&doc, kind, B, &[FieldChange::set("until_s", 1_100u64)]).unwrap();
    let other = edit(&doc, kind, B, &[FieldChange::set("until_s", 1_500u64)]).unwrap();
    assert_ne!(sooner, other);
    admit(&mut doc, A, &later);
    admit(&mut doc, B, &sooner);
    let home = author(AuthorKind::Household, 1, 1);
    let Some(Row::Visit(visit)) = row(&doc, kind, &home) else {
        panic!("a visit")
    };
    assert_eq!((visit.from_s, visit.until_s), (1_900, 1_900));
    assert_eq!(visit.conflicts, []);
    // Whoever edits next has to settle it, and is told how.
    let label = [FieldChange::set("label", "李然")];
    let error = edit(&doc, kind, A, &label).unwrap_err();
    assert_eq!(error.to_string(), "until_s: is before from_s");
    let both = [
        FieldChange::set("label", "李然"),
        FieldChange::set("until_s", 3_000u64),
    ];
    let settled = edit(&doc, kind, A, &both).unwrap();
    admit(&mut doc, A, &settled);
    let Some(Row::Visit(visit)) = row(&doc, kind, &home) else {
        panic!("a visit")
    };
    assert_eq!((visit.from_s, visit.until_s), (1_900, 3_000));
}

#[test]
fn a_call_off_is_not_undone_by_a_race() {
    let mut doc = Doc::new();
    let kind = admit(&mut doc, A, &visit_draft().change(A).unwrap());
    let first = edit(&doc, kind, A, &[FieldChange::set("cancelled_ms", 7u64)]).unwrap();
    let second = edit(&doc, kind, B, &[FieldChange::set("cancelled_ms", 9u64)]).unwrap();
    admit(&mut doc, A, &first);
    admit(&mut doc, B, &second);
    let Some(Row::Visit(visit)) = row(&doc, kind, &author(AuthorKind::Household, 1, 1)) else {
        panic!("a visit")
    };
    assert_eq!(visit.cancelled_ms, Some(7));
    assert_eq!(visit.conflicts.len(), 1);
}

#[test]
fn lists_that_grew_apart_are_clamped_and_cut_by_the_next_edit() {
    let mut doc = Doc::new();
    let mut draft = visit_draft();
    draft.gates = (0..12).collect();
    let kind = admit(&mut doc, A, &draft.change(A).unwrap());
    let grown = |actor, mut gates: std::ops::Range<u64>| {
        let change = doc
            .author(actor, |draft| {
                gates.try_for_each(|gate| draft.push("gates", gate))
            })
            .unwrap();
        ChangeBody { kind, change }.encode()
    };
    let (one, two) = (grown(A, 12..16), grown(B, 16..20));
    admit(&mut doc, A, &one);
    admit(&mut doc, B, &two);
    assert_eq!(doc.snapshot().list("gates").unwrap().len(), 20);
    let home = author(AuthorKind::Household, 1, 1);
    let Some(Row::Visit(visit)) = row(&doc, kind, &home) else {
        panic!("a visit")
    };
    assert_eq!(visit.gates.len(), GATE_ITEMS);
    let edited = edit(&doc, kind, A, &[FieldChange::set("label", "李然")]).unwrap();
    admit(&mut doc, A, &edited);
    assert_eq!(doc.snapshot().list("gates").unwrap().len(), GATE_ITEMS);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn two_clerks_who_edit_apart_see_one_row_in_every_order(
        order in Just((0..4usize).collect::<Vec<_>>()).prop_shuffle(),
        names in prop::collection::vec("[a-c]{1,2}", 4),
        fields in prop::collection::vec(prop::sample::select(vec!["name", "relation", "note"]), 4),
    ) {
        let mut base = Doc::new();
        let kind = admit(&mut base, A, &person_draft().change(A).unwrap());
        let bodies: Vec<(Actor, Vec<u8>)> = (0..4u8)
            .filter_map(|at| {
                let actor = [at + 2; 16];
                let change = FieldChange::set(fields[usize::from(at)], names[usize::from(at)].as_str());
                edit(&base, kind, actor, &[change]).ok().map(|body| (actor, body))
            })
            .collect();
        let fold = |order: &[usize]| {
            let mut doc = base.clone();
            for at in order {
                if let Some((actor, body)) = bodies.get(*at) {
                    admit(&mut doc, *actor, body);
                }
            }
            row(&doc, kind, &author(AuthorKind::Office, 1, 1)).unwrap().to_bytes()
        };
        prop_assert_eq!(fold(&order), fold(&[0, 1, 2, 3]));
    }

    #[test]
    fn the_digest_does_not_depend_on_the_order_of_rows(
        mut rows in prop::collection::vec(any::<[u8; 4]>(), 0..6),
    ) {
        let of = |rows: &[[u8; 4]]| {
            digest(rows.iter().map(|row| row_digest(RowKind::Post, &row[..2], &row[2..])))
        };
        let forward = of(&rows);
        rows.reverse();
        prop_assert_eq!(of(&rows), forward);
        rows.push([0; 4]);
        prop_assert_ne!(of(&rows), forward);
    }
}

#[test]
fn equal_values_written_apart_are_no_conflict_and_unknown_fields_stay_unseen() {
    let mut doc = Doc::new();
    let kind = admit(&mut doc, A, &person_draft().change(A).unwrap());
    let one = edit(&doc, kind, A, &[FieldChange::set("name", "张洁")]).unwrap();
    let two = edit(&doc, kind, B, &[FieldChange::set("name", "张洁")]).unwrap();
    admit(&mut doc, A, &one);
    admit(&mut doc, B, &two);
    let newer = doc
        .author(A, |draft| draft.put("shoe_size", 43u64))
        .unwrap();
    admit(
        &mut doc,
        A,
        &ChangeBody {
            kind,
            change: newer,
        }
        .encode(),
    );
    let Some(Row::Person(person)) = row(&doc, kind, &author(AuthorKind::Office, 1, 1)) else {
        panic!("a person")
    };
    assert_eq!(person.conflicts, []);
    let wrong = doc.author(A, |draft| draft.put("name", 43u64)).unwrap();
    let schema = schema::judge(kind);
    let verdict = doc.admit(
        &wrong,
        &Expect {
            actor: A,
            schema: &schema,
        },
    );
    assert_eq!(
        verdict.unwrap_err().to_string(),
        "the record would not be sound: name: is not text"
    );
}

#[test]
fn a_conflict_names_its_values_with_the_winner_first_and_an_edit_settles_it() {
    let mut doc = Doc::new();
    let kind = admit(&mut doc, A, &person_draft().change(A).unwrap());
    let one = edit(&doc, kind, A, &[FieldChange::set("name", "张洁")]).unwrap();
    let two = edit(&doc, kind, B, &[FieldChange::set("name", "章洁")]).unwrap();
    admit(&mut doc, A, &one);
    admit(&mut doc, B, &two);
    let office = author(AuthorKind::Office, 1, 1);
    let Some(Row::Person(person)) = row(&doc, kind, &office) else {
        panic!("a person")
    };
    let values: Vec<&str> = person.conflicts[0]
        .values
        .iter()
        .map(|value| value.reveal().as_str())
        .collect();
    assert_eq!(person.conflicts[0].field, "name");
    assert_eq!(values[0], person.name.reveal());
    assert_eq!(values.len(), 2);
    let settled = edit(&doc, kind, A, &[FieldChange::set("name", values[0])]).unwrap();
    admit(&mut doc, A, &settled);
    let Some(Row::Person(person)) = row(&doc, kind, &office) else {
        panic!("a person")
    };
    assert_eq!(person.conflicts, []);
}
