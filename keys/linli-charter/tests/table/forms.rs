//! The form of lanes and headers, and what waits, by whom an entry cites and who was cut.

use super::set::{self, device};
use super::town::{COLUMNS, DESK, GATE, ISSUER, PHONE, SPARE, STRANGER, Town};
use linli_base::{EntryId, EntryKind, Header, LaneClass, LaneKey, Period, RecordId, ScopeId};
use linli_charter::Refusal;
use linli_charter::epoch::{ROLE_GATE, ROLE_NOTICE, ROLE_OFFICER, RoleGrant};

/// A change of a header and what is said to it.
type Bent = (&'static str, fn(&mut Header), Refusal);

#[test]
fn lanes_periods_scopes_seals_and_days_have_one_form() {
    let town = Town::new();
    let place = |by: u8, class, kind, bend: fn(&mut Header)| {
        let mut h = town.header(device(by), class, kind);
        bend(&mut h);
        town.a.place(&h)
    };
    let cases: [(u8, LaneClass, EntryKind, Bent); 17] = [
        (
            PHONE,
            LaneClass::Authority,
            EntryKind::KEYSET,
            ("a period", |h| h.period = Period(672), Refusal::Lane),
        ),
        (
            PHONE,
            LaneClass::Authority,
            EntryKind::KEYSET,
            ("a scope", |h| h.scope = ScopeId([1; 16]), Refusal::Lane),
        ),
        (
            DESK,
            LaneClass::Notice,
            EntryKind::CHANGE,
            ("no period", |h| h.period = Period(0), Refusal::Lane),
        ),
        (
            DESK,
            LaneClass::Notice,
            EntryKind::CHANGE,
            ("half a year", |h| h.period = Period(678), Refusal::Lane),
        ),
        (
            PHONE,
            LaneClass::Board,
            EntryKind::CHANGE,
            ("a scope", |h| h.scope = ScopeId([1; 16]), Refusal::Lane),
        ),
        (
            PHONE,
            LaneClass::Pass,
            EntryKind::FACT,
            ("a month", |h| h.period = Period(682), Refusal::Lane),
        ),
        (
            PHONE,
            LaneClass::Pass,
            EntryKind::FACT,
            (
                "another scope",
                |h| h.scope = ScopeId([1; 16]),
                Refusal::Lane,
            ),
        ),
        (
            GATE,
            LaneClass::GateLog,
            EntryKind::CHANGE,
            ("no period", |h| h.period = Period(0), Refusal::Lane),
        ),
        (
            PHONE,
            LaneClass::Private,
            EntryKind::CHANGE,
            ("no period", |h| h.period = Period(0), Refusal::Lane),
        ),
        (
            PHONE,
            LaneClass::House,
            EntryKind::CHANGE,
            ("no scope", |h| h.scope = ScopeId::ZERO, Refusal::Lane),
        ),
        (
            PHONE,
            LaneClass::House,
            EntryKind::CHANGE,
            ("open", |h| h.sealed = false, Refusal::Sealing),
        ),
        (
            PHONE,
            LaneClass::Board,
            EntryKind::CHANGE,
            ("sealed", |h| h.sealed = true, Refusal::Sealing),
        ),
        (
            PHONE,
            LaneClass::Pass,
            EntryKind::CANCEL,
            ("sealed", |h| h.sealed = true, Refusal::Sealing),
        ),
        (
            PHONE,
            LaneClass::Pass,
            EntryKind::CANCEL,
            ("an end", |h| h.drop_day = 1, Refusal::Form),
        ),
        (
            PHONE,
            LaneClass::Authority,
            EntryKind::KEYSET,
            ("an end", |h| h.drop_day = 1, Refusal::Form),
        ),
        (
            PHONE,
            LaneClass::Board,
            EntryKind::CHANGE,
            ("no certificate before it", |h| h.seq = 1, Refusal::Form),
        ),
        (
            PHONE,
            LaneClass::Board,
            EntryKind::OPEN,
            ("a second certificate", |h| h.seq = 2, Refusal::Form),
        ),
    ];
    for (by, class, kind, (what, bend, refusal)) in cases {
        assert_eq!(
            place(by, class, kind, |_| {}),
            Ok(()),
            "{class:?} as it should be"
        );
        assert_eq!(
            place(by, class, kind, bend),
            Err(refusal),
            "{class:?} with {what}"
        );
    }
    // The skeleton of the estate has no period; neither have settings and cards.
    for (by, class) in [
        (DESK, LaneClass::Board),
        (PHONE, LaneClass::House),
        (PHONE, LaneClass::With),
        (DESK, LaneClass::Office),
    ] {
        assert_eq!(
            place(by, class, EntryKind::CHANGE, |h| h.period = Period(0)),
            Ok(())
        );
    }
    let other = |h: &mut Header| h.epoch_tag = [9; 8];
    assert_eq!(
        place(PHONE, LaneClass::Board, EntryKind::CHANGE, other),
        Err(Refusal::WrongEpoch)
    );
    let ahead = |h: &mut Header| h.epoch += 1;
    assert_eq!(
        place(PHONE, LaneClass::Board, EntryKind::CHANGE, ahead),
        Err(Refusal::EpochAhead)
    );
    let nobody = |h: &mut Header| h.device = device(99);
    assert_eq!(
        place(PHONE, LaneClass::Board, EntryKind::CHANGE, nobody),
        Err(Refusal::UnknownDevice)
    );
}

#[test]
fn only_offices_write_the_skeleton_which_everybody_carries() {
    let town = Town::new();
    let skeleton = LaneKey {
        period: Period(0),
        ..town.lane(LaneClass::Board)
    };
    for (by, writes) in COLUMNS
        .iter()
        .zip([false, false, false, true, true, true, false, false, false])
    {
        for kind in [
            EntryKind::OPEN,
            EntryKind::FACT,
            EntryKind::CHANGE,
            EntryKind::ATTACH,
            EntryKind::ERASE,
            EntryKind(99),
        ] {
            let mut h = town.header(device(*by), LaneClass::Board, kind);
            h.period = Period(0);
            let expected = if writes { Ok(()) } else { Err(Refusal::Role) };
            assert_eq!(town.a.place(&h), expected, "{by} {kind:?}");
        }
        assert!(town.a.may_carry(&device(*by), &skeleton), "{by}");
    }
    // Of everything else that has no period or is on the board, a gate carries what it did.
    for class in LaneClass::ALL {
        let lane = town.lane(class);
        let bare = LaneKey {
            period: Period(0),
            ..lane
        };
        let may = |lane| town.a.may_carry(&device(GATE), lane);
        assert_eq!(
            may(&lane),
            !matches!(class, LaneClass::Board | LaneClass::Office)
        );
        assert_eq!(may(&bare), class != LaneClass::Office, "{class:?}");
    }
}

#[test]
fn a_lane_waits_until_those_it_is_named_after_are_known() {
    let town = Town::new();
    let c = town.maker.community();
    let (stranger, new) = (
        town.maker.principal(device(STRANGER)),
        town.maker.principal(device(50)),
    );
    let desk = town.maker.principal(device(DESK));
    let with = |household| ScopeId::with(&c, household, &desk);
    let mut h = town.header(device(DESK), LaneClass::With, EntryKind::CHANGE);
    h.scope = with(&stranger);
    assert_eq!(town.a.place(&h), Ok(()));
    h.scope = with(&new);
    assert_eq!(town.a.place(&h), Err(Refusal::UnknownScope));
    assert!(Refusal::UnknownScope.can_wait());
    let mut h = town.header(device(GATE), LaneClass::House, EntryKind::CHANGE);
    h.scope = new.scope();
    assert_eq!(town.a.place(&h), Err(Refusal::UnknownScope));
    // A household cannot write into what another shares with the office.
    let mut h = town.header(device(PHONE), LaneClass::With, EntryKind::CHANGE);
    h.scope = with(&stranger);
    assert_eq!(town.a.place(&h), Err(Refusal::Role));
}

#[test]
fn a_role_is_judged_by_the_epoch_that_an_entry_cites() {
    let mut town = Town::new();
    let before = town.header(device(DESK), LaneClass::Notice, EntryKind::CHANGE);
    town.epoch(|e| {
        e.roles.clear();
        e.roles.push(RoleGrant {
            device: device(PHONE),
            bits: ROLE_NOTICE | ROLE_OFFICER | ROLE_GATE,
        });
        e.gates[0].device = Some(device(SPARE));
    });
    assert_eq!(town.a.place(&before), Ok(()));
    assert!(!town.writes(DESK, LaneClass::Notice, EntryKind::CHANGE));
    assert!(!town.writes(GATE, LaneClass::GateLog, EntryKind::FACT));
    assert!(town.writes(SPARE, LaneClass::GateLog, EntryKind::FACT));
    // Roles are for office devices: a household's phone that the charter lists has none.
    assert!(!town.writes(PHONE, LaneClass::Notice, EntryKind::CHANGE));
    assert!(!town.a.is_officer(&device(PHONE)) && !town.a.is_gate_desk(&device(PHONE)));
    let gates = ScopeId::gates(&town.maker.community());
    for (who, reads) in [(GATE, false), (SPARE, true), (DESK, false), (PHONE, false)] {
        assert_eq!(
            town.a.may_read(&device(who), LaneClass::Pass, &gates),
            reads,
            "{who}"
        );
    }
}

#[test]
fn who_is_cut_reads_and_carries_nothing_and_writes_nothing_above_his_cut() {
    let mut town = Town::new();
    let cut = set::cut(
        set::lane(device(PHONE), LaneClass::Board, ScopeId::ZERO, 672),
        4,
        EntryId([9; 32]),
    );
    let item = town
        .maker
        .revoke(town.place(ISSUER), device(PHONE), vec![cut]);
    town.hear(ISSUER, &item);
    for class in LaneClass::ALL {
        let lane = town.lane(class);
        assert!(!town.a.may_carry(&device(PHONE), &lane), "{class:?}");
        assert!(
            !town.a.may_read(&device(PHONE), class, &lane.scope),
            "{class:?}"
        );
    }
    let mut h = town.header(device(PHONE), LaneClass::Board, EntryKind::CHANGE);
    h.seq = 4;
    assert_eq!(town.a.place(&h), Ok(()));
    h.seq = 5;
    assert_eq!(town.a.place(&h), Err(Refusal::AboveCut));
    // Cancels of single passes count for ever; "all before" does not.
    let mut h = town.header(device(PHONE), LaneClass::Pass, EntryKind::CANCEL);
    assert_eq!(town.a.place(&h), Ok(()));
    h.record = RecordId::ZERO;
    assert_eq!(town.a.place(&h), Err(Refusal::AboveCut));
}
