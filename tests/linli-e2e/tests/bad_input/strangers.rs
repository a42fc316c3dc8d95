//! Whoever reaches the port: noise, half-open connections, programs that speak the transport and then anything. The
//! node stays up, its memory stays small, and an honest neighbour is met as before (I12).

use linli_e2e::clock;
use linli_e2e::daemon::Daemon;
use linli_e2e::dice::Dice;
use linli_e2e::estate::{self, Estate, NEIGHBOUR};
use linli_net::{NetConfig, NetEvent, ask_once};
use linli_protocol::frame::{Frame, Hello};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream, UdpSocket};
use std::time::Duration;

/// I12: what any one input may cost in memory.
const MORE_KIB: u64 = 64 << 10;

/// Sends bytes as far as they are taken.
fn throw(port: u16, bytes: &[u8]) {
    let Ok(mut stream) = connect(port) else {
        return;
    };
    let _taken = stream.write_all(bytes);
    let mut answer = [0; 256];
    let _said = stream.read(&mut answer);
}

fn connect(port: u16) -> std::io::Result<TcpStream> {
    let addr = SocketAddr::from(([127, 0, 0, 1], port));
    let stream = TcpStream::connect_timeout(&addr, Duration::from_secs(5))?;
    stream.set_read_timeout(Some(Duration::from_millis(20)))?;
    stream.set_write_timeout(Some(Duration::from_secs(2)))?;
    Ok(stream)
}

#[test]
fn noise_on_the_port_costs_little_and_keeps_no_honest_neighbour_out() {
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let mut node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    let (port, before) = (node.port(), node.most_memory_kib());
    let mut dice = Dice::new(12);

    for n in 0..40 {
        let len = [1, 7, 64, 1000, 20_000][n % 5];
        throw(port, &dice.bytes(len));
    }
    throw(port, &dice.bytes(1 << 20));
    let negotiation = b"\x13/multistream/1.0.0\n";
    throw(port, &[negotiation, &b"\xff\xff\xff\xff\x0f"[..]].concat());
    throw(
        port,
        &[&negotiation[..], b"\x07/noise\n", &dice.bytes(1 << 20)].concat(),
    );
    throw(port, b"GET / HTTP/1.1\r\nHost: linli\r\n\r\n");
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    for _ in 0..800 {
        let _taken = udp.send_to(&dice.bytes(1200), ("127.0.0.1", port));
    }
    // More silent connections than a node has room for.
    let half_open: Vec<TcpStream> = (0..300).filter_map(|_| connect(port).ok()).collect();
    assert!(half_open.len() > 100);
    assert_eq!(
        office.must(&["status"])["state"],
        "member",
        "asked while they hang there"
    );
    let grown = node.most_memory_kib().saturating_sub(before);
    assert!(grown < MORE_KIB, "{grown} KiB more");

    // They are dropped by the node, not by us: the neighbour comes while all of them are still open here.
    let house_node = Daemon::start(&house, &[node.addr()]);
    estate::until_online(&house, 1);
    let id = office.must(&["post", "new", "--kind", "ask", "还在吗"])["id"].clone();
    clock::until("the post arrives", NEIGHBOUR, || {
        house.must(&["post", "list"])["posts"][0]["id"] == id
    });
    drop(half_open);
    assert!(node.is_alive());
    house_node.stop();
    node.stop();
}

#[test]
fn strangers_who_speak_the_transport_and_then_anything_are_hung_up_on() {
    let estate = Estate::found();
    let (office, house) = (&estate.office, estate.home("house"));
    let mut node = Daemon::start(office, &[]);
    estate::enrol(office, &house, &["--unit", "3-2-501"]);
    let _house_node = Daemon::start(&house, &[node.addr()]);
    estate::until_online(office, 1);
    let before = node.most_memory_kib();
    let digest = office.must(&["digest"])["digest"].clone();
    let shown = office.must(&["community", "show"]);
    let community =
        linli_base::CommunityId::parse(shown["community"]["id"].as_str().unwrap()).unwrap();

    let mut dice = Dice::new(7);
    let hello = |community, certificate| {
        Frame::Hello(Hello {
            version: 1,
            community,
            certificate,
            proof: [7; 64],
            epoch: 9,
            epoch_id: linli_base::EpochId([9; 32]),
        })
        .encode()
    };
    let members = hello(community, dice.bytes(300));
    let bodies: Vec<Vec<Vec<u8>>> = vec![
        vec![dice.bytes(1)],
        vec![dice.bytes(300)],
        vec![dice.bytes(1 << 20)],
        vec![vec![0x9f; 3000]],
        // Arrays in arrays, and an array that claims four thousand million items.
        vec![vec![0x81; 4000]],
        vec![vec![0x82, 0x01, 0x9a, 0xff, 0xff, 0xff, 0xff]],
        vec![hello(linli_base::CommunityId([1; 32]), vec![])],
        vec![members.clone()],
        vec![members.clone(), dice.bytes(1 << 20), members.clone()],
        vec![members[..members.len() / 2].to_vec()],
        vec![Frame::Epochs(vec![dice.bytes(2000); 20]).encode(), members],
    ];
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    for (n, frames) in bodies.into_iter().enumerate() {
        let seed: [u8; 32] = dice.bytes(32).try_into().unwrap();
        let down = runtime.block_on(stranger(seed, node.addr(), frames));
        assert!(down, "stranger {n} was not hung up on");
        assert!(node.is_alive(), "stranger {n}");
    }
    for len in [1, 400, 60_000] {
        let seed: [u8; 32] = dice.bytes(32).try_into().unwrap();
        let addrs = [node.addr().to_owned()];
        let within = Duration::from_secs(10);
        // With the window closed nobody is answered; with it open, noise is refused.
        let _refused = runtime.block_on(ask_once(&seed, &addrs, None, dice.bytes(len), within));
        let _invite = estate::invite(office, &["--unit", "9-1-101", "--ttl", "30s"]);
        let _refused = runtime.block_on(ask_once(&seed, &addrs, None, dice.bytes(len), within));
    }
    let grown = node.most_memory_kib().saturating_sub(before);
    assert!(grown < MORE_KIB, "{grown} KiB more");
    assert_eq!(office.must(&["digest"])["digest"], digest);
    assert_eq!(
        office.must(&["status"])["online"],
        1,
        "the honest neighbour stays"
    );
    let id = office.must(&["post", "new", "--kind", "ask", "还在吗"])["id"].clone();
    clock::until("the post arrives", NEIGHBOUR, || {
        house.must(&["post", "list"])["posts"][0]["id"] == id
    });
    assert!(node.is_alive());
}

/// Links, says its frames, and waits to be hung up on. `false` if that does not happen in time.
async fn stranger(seed: [u8; 32], addr: &str, frames: Vec<Vec<u8>>) -> bool {
    let (net, mut events) = linli_net::start(NetConfig::new(seed)).await.unwrap();
    net.dial(addr).unwrap();
    let hung_up = tokio::time::timeout(Duration::from_secs(30), async {
        while let Some(event) = events.recv().await {
            match event {
                NetEvent::LinkUp { link, .. } => {
                    for frame in &frames {
                        // What no longer goes through was refused already.
                        let _sent = net.send(link, frame.clone());
                    }
                }
                NetEvent::LinkDown { .. } => return true,
                _ => {}
            }
        }
        false
    });
    let hung_up = hung_up.await.unwrap_or(false);
    net.shutdown().await;
    hung_up
}

#[test]
fn noise_on_the_local_socket_is_answered_and_stops_nobody() {
    let estate = Estate::found();
    let office = &estate.office;
    let mut node = Daemon::start(office, &[]);
    #[cfg(unix)]
    {
        use std::os::unix::net::UnixStream;
        let open = || {
            let stream = UnixStream::connect(office.dir.join("node.sock")).unwrap();
            stream
                .set_read_timeout(Some(Duration::from_secs(5)))
                .unwrap();
            stream
        };
        let mut dice = Dice::new(3);
        for bytes in [
            b"garbage\n".to_vec(),
            b"{}\n".to_vec(),
            b"{\"id\":1,\"cmd\":{\"cmd\":\"x\"}}\n".to_vec(),
        ] {
            let mut stream = open();
            stream.write_all(&bytes).unwrap();
            let mut answer = [0; 512];
            let read = stream.read(&mut answer).unwrap();
            assert!(String::from_utf8_lossy(&answer[..read]).contains("socket-line"));
        }
        let mut endless = open();
        let _taken = endless.write_all(&dice.bytes(1 << 20));
        let _silent: Vec<UnixStream> = (0..40).map(|_| open()).collect();
        assert_eq!(office.must(&["status"])["state"], "member");
    }
    assert!(node.is_alive());
    node.stop();
}
