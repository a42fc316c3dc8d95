//! The tables of trust.md §4, line by line: who writes, reads and carries what; which lanes there are; which
//! kinds of entries have their place where.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    dead_code,
    reason = "tests"
)]

mod forms;
mod scopes;
#[path = "../oracle/set.rs"]
mod set;
mod town;

use linli_base::{EntryKind, LaneClass};
use set::device;
use town::{ACTORS, COLUMNS, Town};

/// Class, kind of the entry that is tried, and for each actor: w writes, r reads, c carries.
const TABLE: &str = "
    class kind  phone sibling stranger desk clerk issuer gate spare screen
    0     21    wrc   wrc     wrc      wrc  wrc   wrc    .rc  .rc   .rc
    1     3     .rc   .rc     .rc      wrc  .rc   .rc    .rc  .rc   .rc
    2     3     wrc   wrc     wrc      wrc  wrc   wrc    ...  ...   ..c
    3     2     w.c   ..c     w.c      wrc  w.c   w.c    .rc  ..c   ..c
    4     2     ...   ...     ...      .rc  ..c   ..c    wrc  ...   ...
    5     3     wrc   wrc     ..c      ..c  ..c   ..c    w.c  ..c   ..c
    6     3     wrc   wrc     ..c      wrc  ..c   ..c    ..c  ..c   ..c
    7     3     ...   ...     ...      wrc  ...   ...    ...  ...   ...
    8     3     wrc   wrc     w.c      w.c  w.c   w.c    ..c  ..c   ..c
";

/// The words of the lines of a table, without the empty ones.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = table
        .lines()
        .map(|l| l.split_whitespace().collect::<Vec<_>>());
    lines.filter(|words| !words.is_empty())
}

#[test]
fn everyone_writes_reads_and_carries_what_the_table_says() {
    let town = Town::new();
    let mut table = rows(TABLE);
    assert_eq!(table.next().unwrap()[2..], ACTORS);
    for (n, row) in table.enumerate() {
        let class = LaneClass::ALL[n];
        assert_eq!(row[0], n.to_string());
        let kind = EntryKind(row[1].parse().unwrap());
        let lane = town.lane(class);
        let mark = |yes: bool, letter: &'static str| if yes { letter } else { "." };
        let have = COLUMNS.map(|n| {
            let id = device(n);
            mark(town.writes(n, class, kind), "w").to_owned()
                + mark(town.a.may_read(&id, class, &lane.scope), "r")
                + mark(town.a.may_carry(&id, &lane), "c")
        });
        assert_eq!(have[..], row[2..], "{class:?} {ACTORS:?}");
    }
}

/// Who writes entries of a kind in each class: * whoever writes anything there, - nobody, else the actors by the
/// letter below.
const KINDS: &str = "
    kind  0       1  2       3       4  5    6    7  8
    1     *       *  *       *       *  *    *    *  *
    2     -       *  *       psdci  *  *    *    *  *
    3     -       *  *       psdci  *  *    *    *  *
    4     -       *  *       psdci  *  *    *    *  *
    5     *       *  *       *       *  *    *    *  *
    10    -       -  -       *       -  -    -    -  -
    11    pbsd    -  -       -       -  -    -    -  -
    12    *       -  -       -       -  -    -    -  -
    13    i       -  -       -       -  -    -    -  -
    14    -       *  *       *       -  *    *    *  *
    20    pbsi    -  -       -       -  -    -    -  -
    21    *       -  -       -       -  -    -    -  -
    99    *       *  *       *       *  *    *    *  *
    all   pbsdci  d  pbsdci  pbsdci  g  pbg  pbd  d  pbsdci
";
/// Phone, its sibling (brother), stranger, desk, clerk, issuer, gate, spare gate, screen.
const LETTERS: [char; 9] = ['p', 'b', 's', 'd', 'c', 'i', 'g', 'x', 'y'];

#[test]
fn each_kind_has_its_lanes_and_its_writers() {
    let town = Town::new();
    let table: Vec<Vec<&str>> = rows(KINDS).skip(1).collect();
    let (everyone, kinds) = table.split_last().unwrap();
    for row in kinds {
        let kind = EntryKind(row[0].parse().unwrap());
        for (n, class) in LaneClass::ALL.into_iter().enumerate() {
            let want: String = match row[n + 1] {
                "*" => everyone[n + 1].into(),
                "-" => String::new(),
                some => some.into(),
            };
            let writers = COLUMNS.iter().zip(LETTERS);
            let writers = writers.filter(|(who, _)| town.writes(**who, class, kind));
            let have: String = writers.map(|(_, letter)| letter).collect();
            assert_eq!(have, want, "kind {} in {class:?}", kind.0);
        }
    }
}
