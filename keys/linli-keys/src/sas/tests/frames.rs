//! Frames: one encoding each, and nothing else is read.

use super::*;
use proptest::prelude::*;

fn all() -> (Commit, HostKeys, Reveal, Confirm) {
    let (joiner, office, secret) = (Device::new(1), Device::new(2), invite(3));
    let (state, commit) = JoinerState::start(joiner.request(&secret), &mut Counting(4)).unwrap();
    let (_, host) = HostState::answer(office.offer(), secret, &commit, &mut Counting(5)).unwrap();
    let (session, reveal) = state.reveal(host.clone()).unwrap();
    let confirm = session.confirm(&joiner.sign);
    (commit, host, reveal, confirm)
}

/// Checks that `decode` gives `frame` back and refuses every cut and any lengthening.
fn check<T: PartialEq + std::fmt::Debug>(
    frame: &T,
    bytes: &[u8],
    decode: impl Fn(&[u8]) -> Result<T, FrameError>,
) {
    assert_eq!(decode(bytes).as_ref(), Ok(frame));
    for len in 0..bytes.len() {
        assert!(decode(&bytes[..len]).is_err(), "cut at {len}");
    }
    assert!(decode(&[bytes, &[0]].concat()).is_err());
    assert_eq!(decode(&vec![0; 4097]), Err(FrameError::TooLong));
}

#[test]
fn every_frame_is_read_as_it_was_written_and_no_part_of_one_is() {
    let (commit, host, reveal, confirm) = all();
    check(&commit, &commit.encode(), Commit::decode);
    check(&host, &host.encode(), HostKeys::decode);
    check(&reveal, &reveal.encode(), Reveal::decode);
    check(&confirm, &confirm.encode(), Confirm::decode);
}

#[test]
fn one_frame_is_not_taken_for_another() {
    let (commit, host, ..) = all();
    let got = HostKeys::decode(&commit.encode());
    assert_eq!(
        got,
        Err(FrameError::Kind {
            expected: 2,
            found: 1
        })
    );
    let got = Commit::decode(&host.encode());
    assert_eq!(
        got,
        Err(FrameError::Kind {
            expected: 1,
            found: 2
        })
    );
}

#[test]
fn the_largest_frames_fit() {
    let (_, mut host, mut reveal, _) = all();
    host.unit = Private::new("𠮷".repeat(PLACE_CHARS));
    host.role = "𠮷".repeat(PLACE_CHARS);
    reveal.name = Private::new("𠮷".repeat(NAME_CHARS));
    assert_eq!(HostKeys::decode(&host.encode()), Ok(host));
    assert_eq!(Reveal::decode(&reveal.encode()), Ok(reveal));
}

#[test]
fn unsound_keys_and_texts_are_refused_as_they_are_read() {
    let (_, host, reveal, _) = all();
    let replace = |bytes: &[u8], old: &[u8], new: &[u8]| {
        let at = bytes.windows(old.len()).position(|w| w == old).unwrap();
        [&bytes[..at], new, &bytes[at + old.len()..]].concat()
    };
    let weak = |old: &[u8; 32]| HostKeys::decode(&replace(&host.encode(), old, &[0; 32]));
    assert_eq!(
        weak(host.ephemeral.as_bytes()),
        Err(FrameError::Key("ephemeral"))
    );
    assert_eq!(weak(&host.sign.device().0), Err(FrameError::Key("sign")));
    assert_eq!(weak(&host.net.device().0), Err(FrameError::Key("net")));
    let kex = reveal.keys.kex;
    let bytes = replace(&reveal.encode(), kex.as_bytes(), &[0xff; 32]);
    assert_eq!(Reveal::decode(&bytes), Err(FrameError::Key("kex")));
    let mut unseen = reveal;
    unseen.name = Private::new("office\u{200b}".into());
    assert_eq!(
        Reveal::decode(&unseen.encode()),
        Err(FrameError::Text("name"))
    );
    let mut long = host;
    long.role = "x".repeat(PLACE_CHARS + 1);
    assert_eq!(
        HostKeys::decode(&long.encode()),
        Err(FrameError::Text("role"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn bytes_from_a_stranger_are_refused_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Commit::decode(&bytes).is_err());
        prop_assert!(HostKeys::decode(&bytes).is_err());
        prop_assert!(Reveal::decode(&bytes).is_err());
        prop_assert!(Confirm::decode(&bytes).is_err());
        let _ = JoinerState::from_bytes(&bytes);
        let _ = HostState::from_bytes(&bytes);
        let _ = Session::from_bytes(&bytes);
    }

    #[test]
    fn a_frame_that_is_read_at_all_has_one_encoding(at in 0usize..400, flip in 1u8..) {
        let (commit, host, reveal, confirm) = all();
        let bend = |mut bytes: Vec<u8>| {
            let at = at % bytes.len();
            bytes[at] ^= flip;
            bytes
        };
        let (c, h, r, f) =
            (bend(commit.encode()), bend(host.encode()), bend(reveal.encode()), bend(confirm.encode()));
        if let Ok(frame) = Commit::decode(&c) { prop_assert_eq!(frame.encode(), c); }
        if let Ok(frame) = HostKeys::decode(&h) { prop_assert_eq!(frame.encode(), h); }
        if let Ok(frame) = Reveal::decode(&r) { prop_assert_eq!(frame.encode(), r); }
        if let Ok(frame) = Confirm::decode(&f) { prop_assert_eq!(frame.encode(), f); }
    }
}
