//! What a home says of the others, by its commands and on its socket's lines for the desktop: who is away is never said
//! to be in step.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;

use common::{Estate, data, post, until};
use linli_node::api::Request;
use linli_node::home::HomeOptions;
use linli_view::api as view;
use serde_json::Value;

/// The one other device, as commands show it.
fn peer(o: &HomeOptions) -> Value {
    data(o, Request::Peers)["peers"][0].clone()
}

/// The same as the desktop is told.
#[cfg(unix)]
fn on_the_desk(o: &HomeOptions) -> view::PeerItem {
    use std::io::{BufRead as _, BufReader, Write as _};
    let path = linli_node::home::socket_path(&o.dir);
    let mut stream = std::os::unix::net::UnixStream::connect(path).unwrap();
    let ask = view::RequestLine {
        id: 7,
        req: view::Request::Peers,
    };
    let line = serde_json::to_string(&ask).unwrap();
    stream.write_all(format!("{line}\n").as_bytes()).unwrap();
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    match serde_json::from_str(&answer).unwrap() {
        view::Incoming::Reply {
            id: 7,
            reply: view::Reply::Peers(report),
        } => report.peers[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_another_lacks_is_counted_while_it_is_met_and_unknown_while_it_is_away() {
    let mut estate = Estate::found();
    let office = estate.office.clone();
    let house = estate.join("house", Some("3-2-501"), "household");
    estate.meet(&[&house]);
    until("in step", || peer(&office)["lacks"] == 0);
    #[cfg(unix)]
    assert_eq!(on_the_desk(&office).lacks, Some(0));

    data(&house, Request::NetPause { peer: None });
    until("it is away", || peer(&office)["online"] == false);
    data(&office, post("你不在的时候"));
    let away = peer(&office);
    assert_eq!(
        (&away["lacks"], &away["they_have_more"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(away["reason"], "nobody-on-lan");
    assert!(away["last_met_ms"].is_u64(), "{away}");
    #[cfg(unix)]
    {
        let shown = on_the_desk(&office);
        assert_eq!((shown.lacks, shown.state), (None, view::PeerState::Away));
    }
    data(&house, Request::NetResume { peer: None });
    estate.meet(&[&house]);
    until("in step again", || peer(&office)["lacks"] == 0);
}
