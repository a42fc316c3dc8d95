//! The rows of a gate's log: of an older program, and after their month is over.

use super::*;
use linli_base::Period;
use linli_record::RowKind;
use linli_record::fact::{GateEvent, GateResult};
use linli_store::{RedbOptions, RedbStore, Table};

/// An office and a gate that wrote these labels.
fn gate_with(labels: &[&str]) -> Replica {
    let mut office = found();
    let gate = enrol(&mut office, 2, EnrolAs::Gate { number: 1 });
    let mut all = vec![office, gate];
    meet(&mut all, &[(0, 1)], 10);
    let mut gate = all.remove(1);
    log(&mut gate, labels);
    gate
}

fn log(gate: &mut Replica, labels: &[&str]) {
    let lane = gate.lane(
        now(20),
        LaneClass::GateLog,
        ScopeId::gates(&gate.community()),
    );
    for label in labels {
        let event = GateEvent {
            label: Some(linli_base::Private::new((*label).to_owned())),
            ..GateEvent::new(now(20).wall.seconds().0, 1, GateResult::Admit)
        };
        let fact = Fact::GateEvent(event);
        gate.record_fact(now(20), lane, &fact).unwrap();
    }
    gate.flush(now(20), &mut vec![]).unwrap();
}

#[test]
fn a_home_whose_rows_an_older_program_wrote_opens_and_says_the_same() {
    let mut gate = gate_with(&["李*", "王*", "赵*"]);
    let before = gate.staged.rows(Table::Rows, &[]).unwrap();
    assert!(
        before
            .iter()
            .any(|(key, _)| key[0] == RowKind::GateEvent as u8)
    );
    // As version 1 left it: no mark, rows of the first version, gate's lines without a place.
    gate.staged.delete(Table::Meta, *b"rows");
    for (key, mut row) in before.clone() {
        row[0] = 1;
        if key[0] == RowKind::GateEvent as u8 {
            row.truncate(40);
        }
        gate.staged.put(Table::Rows, key, row);
    }
    gate.staged.commit().unwrap();
    let store = gate.staged.into_store();
    let mut opened = Replica::open(store, keys(2), Box::new(Seeded(2))).unwrap();
    assert_eq!(opened.rows(RowKind::GateEvent).unwrap(), []);
    opened.renew_rows(now(30)).unwrap();
    assert_eq!(opened.staged.rows(Table::Rows, &[]).unwrap(), before);
    assert_eq!(opened.rows(RowKind::GateEvent).unwrap().len(), 3);
    // The second time there is nothing to do.
    opened.renew_rows(now(31)).unwrap();
    assert!(!opened.staged.is_dirty());
}

#[test]
fn of_a_month_that_is_over_no_byte_is_left_in_the_file() {
    // Without the seal around the store, so that a search can find what is there.
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("plain.redb");
    let mut office = found();
    let k = keys(2);
    let device = NewDevice {
        sign: k.sign.device(),
        net: SigningKey::from_seed(&k.net_seed).device().0,
        kex: *k.kex.public().as_bytes(),
    };
    let role = EnrolAs::Gate { number: 1 };
    let cert = office.enrol(now(1), &device, &role).unwrap();
    office.flush(now(1), &mut vec![]).unwrap();
    let epochs: Vec<Vec<u8>> = {
        let chain = office.authority().charter().chain().iter();
        chain.map(|h| h.bytes.clone()).collect()
    };
    let store = RedbStore::open_path(&file, RedbOptions::default()).unwrap();
    let mut gate = Replica::join(
        Box::new(store),
        k,
        Box::new(Seeded(2)),
        &epochs,
        cert.bytes(),
        now(1),
    )
    .unwrap();
    gate.ensure_scope_keys(now(1)).unwrap();
    gate.flush(now(1), &mut vec![]).unwrap();
    let mut all = vec![office, gate];
    meet(&mut all, &[(0, 1)], 10);
    let mut gate = all.remove(1);
    let labels: Vec<String> = (0..40).map(|n| format!("PLANTED-VISITOR-{n}")).collect();
    let texts: Vec<&str> = labels.iter().map(String::as_str).collect();
    log(&mut gate, &texts);
    let sealed: Vec<Vec<u8>> = gate
        .heads()
        .clone()
        .iter()
        .filter(|(log, _)| log.lane.class == LaneClass::GateLog)
        .flat_map(|(log, head)| (2..=head.seq).map(|seq| (*log, seq)))
        .filter_map(|(log, seq)| gate.entry_at(&log, seq).unwrap()?.payload)
        .collect();
    assert_eq!(sealed.len(), 40);
    let found_in_file = || {
        let bytes = std::fs::read(&file).unwrap();
        let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
        let plain = texts.iter().filter(|t| holds(t.as_bytes())).count();
        (plain, sealed.iter().filter(|s| holds(&s[..48])).count())
    };
    assert_eq!(found_in_file(), (40, 40), "they are there to be found");
    let old = gate.gate_months_before(Period(u32::MAX)).unwrap();
    assert_eq!(old.len(), 1);
    gate.drop_gate_month(&old[0]).unwrap();
    gate.flush(now(40), &mut vec![]).unwrap();
    gate.compact().unwrap();
    assert_eq!(found_in_file(), (0, 0));
    assert_eq!(gate.gate_months_before(Period(u32::MAX)).unwrap(), []);
    // The chain stands, and rows folded anew do not bring anything back.
    gate.rebuild(now(50)).unwrap();
    assert_eq!(gate.rows(RowKind::GateEvent).unwrap(), []);
    let head = gate.heads()[&old[0]];
    assert_eq!(head.seq, 41);
}

#[test]
fn a_neighbour_who_keeps_the_payloads_back_is_not_believed() {
    let mut gate = gate_with(&["李*"]);
    let log = *gate
        .heads()
        .keys()
        .find(|log| log.lane.class == LaneClass::GateLog)
        .unwrap();
    let mut office = found();
    // An office that knows the gate, from the same enrolment.
    let _gate = enrol(&mut office, 2, EnrolAs::Gate { number: 1 });
    let bare: Vec<Vec<u8>> = gate
        .served(&log, 1)
        .into_iter()
        .map(|(seq, bytes)| {
            if seq == 1 {
                bytes
            } else {
                bytes[..linli_base::entry::HEADER_LEN].to_vec()
            }
        })
        .collect();
    let heard = |office: &Replica| office.heads().get(&log).map(|head| head.seq);
    office
        .judge_entries(now(30), LinkId(1), &bare, &mut vec![])
        .unwrap();
    assert_eq!(heard(&office), Some(1));
    // With them it is taken in, and once the month is over by our own clock it may come bare.
    let mut later = now(40);
    later.wall = UnixMs(later.wall.0 + 400 * 86_400_000);
    office
        .judge_entries(later, LinkId(1), &bare, &mut vec![])
        .unwrap();
    assert_eq!(heard(&office), Some(2));
    gate.flush(now(50), &mut vec![]).unwrap();
}
