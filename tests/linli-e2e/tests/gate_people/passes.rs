//! A party with one picture, companions, helpers with days and hours.

use crate::common::{check, is, issue, said, until_good};
use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::estate::{self, Estate, HOST};

#[test]
fn one_picture_lets_a_party_in_one_by_one_and_helpers_come_on_their_days_with_their_companions() {
    let estate = Estate::found();
    let office = &estate.office;
    let (gate, house) = (estate.home("gate"), estate.home("house"));
    let office_node = Daemon::start(office, &[]);
    estate::enrol(office, &gate, &["--role", "gate:1"]);
    estate::enrol(office, &house, &["--unit", HOST]);
    let gate_node = Daemon::start(&gate, &[office_node.addr()]);
    let house_node = Daemon::start(&house, &[office_node.addr(), gate_node.addr()]);
    estate::until_online(&gate, 2);

    let party = issue(&house, "婚礼", &["--group", "3"]);
    assert_eq!(
        (&party["entries"], &party["gates"]),
        (&3.into(), &serde_json::json!([1]))
    );
    let family = issue(&house, "一家人", &["--companions", "2", "--entries", "0"]);
    // A day that is neither today nor next to it, whatever the second of the day.
    let today = (clock::unix_s() + 8 * 3600).div_euclid(86_400) + 3;
    let other = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        [usize::try_from((today + 3) % 7).unwrap()];
    let other = format!("{other},08:00-18:00");
    let (from, until) = (clock::rfc3339(-60), clock::rfc3339(60 * 86_400));
    let helper = |window: &str, kind: &str| {
        let what = [
            "pass",
            "issue",
            "--label",
            "阿姨",
            "--kind",
            kind,
            "--entries",
            "0",
        ];
        let when = ["--from", &from, "--until", &until, "--window", window];
        house.must(&[&what[..], &when].concat())
    };
    let every_day = helper("Mon-Sun,00:00-24:00", "worker");
    let another_day = helper(&other, "worker");
    // What recurs may stand for months, whoever it is.
    let guest = helper("Mon-Sun,00:00-24:00", "person");
    until_good(&gate, 5);
    // Also a gate that is started for each showing repeats its answer for ten seconds; then comes the next guest.
    gate_node.stop();
    for n in 1..=3u64 {
        if n > 1 {
            let again = check(&gate, &party, &[]);
            assert_eq!(said(&again), is("ADMIT", "E_REPEAT"), "before guest {n}");
            assert_eq!(again.data()["opens"], false);
            clock::pass_the_repeats();
        }
        let shown = check(&gate, &party, &[]);
        assert_eq!(said(&shown), is("ADMIT", ""), "guest {n}");
        let data = shown.data();
        assert_eq!((&data["use"], &data["of"]), (&n.into(), &3.into()));
        let sentence = data["sentence_en"].as_str().unwrap();
        assert!(
            sentence.contains(&n.to_string()) && sentence.contains('3'),
            "{sentence}"
        );
    }
    assert_eq!(said(&check(&gate, &party, &[])), is("DENY", "E_USED"));
    let three = check(&gate, &family, &["--companions", "3"]);
    assert_eq!(said(&three), is("ASK", "E_COMPANIONS"));
    let two = check(&gate, &family, &["--companions", "2"]);
    assert_eq!(said(&two), is("ADMIT", ""));
    for pass in [&every_day, &guest] {
        assert_eq!(said(&check(&gate, pass, &[])), is("ADMIT", ""));
        assert_eq!(said(&check(&gate, pass, &[])), is("ADMIT", "E_REPEAT"));
    }
    assert_eq!(
        said(&check(&gate, &another_day, &[])),
        is("DENY", "E_WINDOW")
    );
    let too_many = [
        "pass",
        "issue",
        "--label",
        "x",
        "--group",
        "3",
        "--entries",
        "2",
    ];
    let from_until = ["--from", &from, "--until", &until];
    let both = [&too_many[..], &from_until].concat();
    house.refused(&both, 2, "usage-conflict");
    house_node.stop();
    office_node.stop();
}
