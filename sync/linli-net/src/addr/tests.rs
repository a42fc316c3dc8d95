//! What people and programs type as addresses.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;

const BOTH: Ways = Ways {
    tcp: true,
    quic: true,
    quic_first: false,
};

fn candidates(text: &str, on: Ways) -> Vec<String> {
    let addr = Addr::parse(text, on).unwrap();
    let found = futures::executor::block_on(addr.candidates());
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn a_bare_host_and_port_means_tcp_and_then_quic() {
    assert_eq!(
        candidates(" 127.0.0.1:4001 ", BOTH),
        ["/ip4/127.0.0.1/tcp/4001", "/ip4/127.0.0.1/udp/4001/quic-v1"]
    );
    assert_eq!(
        candidates("[fd00::7]:4001", BOTH),
        ["/ip6/fd00::7/tcp/4001", "/ip6/fd00::7/udp/4001/quic-v1"]
    );
}

#[test]
fn the_order_and_the_choice_of_transports_are_configured() {
    let quic_first = Ways {
        quic_first: true,
        ..BOTH
    };
    assert_eq!(
        candidates("127.0.0.1:9", quic_first),
        ["/ip4/127.0.0.1/udp/9/quic-v1", "/ip4/127.0.0.1/tcp/9"]
    );
    let tcp_only = Ways {
        quic: false,
        ..BOTH
    };
    assert_eq!(
        candidates("127.0.0.1:9", tcp_only),
        ["/ip4/127.0.0.1/tcp/9"]
    );
    assert_eq!(
        Addr::parse("/ip4/127.0.0.1/udp/9/quic-v1", tcp_only),
        Err(AddrFault::SwitchedOff)
    );
    let none = Ways {
        tcp: false,
        ..tcp_only
    };
    assert_eq!(
        Addr::parse("127.0.0.1:9", none),
        Err(AddrFault::SwitchedOff)
    );
}

#[test]
fn a_multiaddr_may_name_who_must_answer() {
    let key = NetKey::of_seed(&[3; 32]);
    let addr = Addr::parse(&format!("/ip4/10.0.0.3/tcp/4001/p2p/{key}"), BOTH).unwrap();
    assert_eq!(addr.peer, Some(key));
    assert_eq!(
        candidates(&format!("/ip4/10.0.0.3/tcp/4001/p2p/{key}"), BOTH),
        ["/ip4/10.0.0.3/tcp/4001"]
    );
}

#[test]
fn what_is_no_address_of_ours_is_refused() {
    let cases = [
        ("", AddrFault::Unreadable),
        ("127.0.0.1", AddrFault::Unreadable),
        ("127.0.0.1:99999", AddrFault::Unreadable),
        (":4001", AddrFault::Unreadable),
        ("no spaces:1", AddrFault::Unreadable),
        ("/ip4/1.2.3/tcp/1", AddrFault::Unreadable),
        ("/ip4/127.0.0.1/udp/1", AddrFault::Unsupported),
        ("/ip4/127.0.0.1/tcp/1/ws", AddrFault::Unsupported),
        ("/memory/7", AddrFault::Unsupported),
        (
            "/ip4/127.0.0.1/tcp/1/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
            AddrFault::Peer,
        ),
    ];
    for (text, fault) in cases {
        assert_eq!(Addr::parse(text, BOTH), Err(fault), "{text}");
    }
    assert_eq!(
        Addr::parse(&"a".repeat(600), BOTH),
        Err(AddrFault::Unreadable)
    );
}

#[test]
fn a_port_the_system_chose_serves_both_transports() {
    let addr = Addr::parse("127.0.0.1:0", BOTH).unwrap();
    let (first, quic_waits) = addr.listening();
    assert!(quic_waits);
    let found = futures::executor::block_on(first.candidates());
    assert_eq!(found, ["/ip4/127.0.0.1/tcp/0".parse().unwrap()]);
    let quic = quic_on(&found[0], 4444).unwrap();
    assert_eq!(quic.to_string(), "/ip4/127.0.0.1/udp/4444/quic-v1");
    assert!(!Addr::parse("127.0.0.1:7", BOTH).unwrap().listening().1);
}

#[test]
fn a_host_name_is_looked_up_when_dialed() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let addr = Addr::parse("/dns4/localhost/tcp/7", BOTH).unwrap();
    let found = runtime.block_on(addr.candidates());
    assert!(found.iter().all(|addr| port_of(addr) == Some(7)));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,60}") {
        let _ = Addr::parse(&text, BOTH);
    }
}
