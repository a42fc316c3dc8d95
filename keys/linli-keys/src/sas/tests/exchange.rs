//! The exchange itself: that it works, and every way in which someone may try to stand between.

use super::*;

/// Runs a whole exchange and returns both sessions, the joiner's first.
fn exchanged(seed: u64) -> (Device, Session, Session) {
    let (joiner, office, secret) = (Device::new(seed), Device::new(seed + 1), invite(seed));
    let (state, commit) =
        JoinerState::start(joiner.request(&secret), &mut Counting(seed + 2)).unwrap();
    let (host, keys) =
        HostState::answer(office.offer(), secret, &commit, &mut Counting(seed + 3)).unwrap();
    let (at_joiner, reveal) = state.reveal(keys).unwrap();
    let at_host = host.check(reveal).unwrap();
    (joiner, at_joiner, at_host)
}

#[test]
fn both_sides_see_the_same_pictures_and_share_a_session() {
    let (joiner, at_joiner, at_host) = exchanged(10);
    assert!(at_joiner.pictures().matches(&at_host.pictures()));
    assert_eq!(at_joiner.transcript(), at_host.transcript());
    assert_eq!(at_host.joiner().keys, joiner.keys());
    assert_eq!(at_joiner.host().unit.reveal(), "3-2-502");
    let confirm = at_joiner.confirm(&joiner.sign);
    assert_eq!(at_host.check_confirm(&confirm).unwrap().keys, joiner.keys());
    let sealed = at_host.seal(b"enrolled", b"certificate", &mut Counting(1));
    assert_eq!(sealed.len(), 11 + BOX_OVERHEAD);
    assert_eq!(
        at_joiner.open(b"enrolled", &sealed).unwrap().as_slice(),
        b"certificate"
    );
}

#[test]
fn two_exchanges_never_show_the_same_pictures() {
    let pictures: std::collections::BTreeSet<Seven> = (0..200)
        .map(|seed| exchanged(seed * 5).1.pictures())
        .collect();
    assert_eq!(pictures.len(), 200);
}

#[test]
fn someone_between_who_knows_the_secret_makes_the_pictures_differ() {
    let (joiner, office, between) = (Device::new(1), Device::new(2), Device::new(3));
    let secret = invite(4);
    // To the joiner the one between plays the host, to the host a joiner with keys of his own.
    let (state, commit) = JoinerState::start(joiner.request(&secret), &mut Counting(5)).unwrap();
    let (false_host, false_keys) =
        HostState::answer(between.offer(), secret.clone(), &commit, &mut Counting(6)).unwrap();
    let (at_joiner, reveal) = state.reveal(false_keys).unwrap();
    let at_between = false_host.check(reveal.clone()).unwrap();
    let (false_joiner, false_commit) =
        JoinerState::start(between.request(&secret), &mut Counting(7)).unwrap();
    let (host, keys) =
        HostState::answer(office.offer(), secret, &false_commit, &mut Counting(8)).unwrap();
    let (_, false_reveal) = false_joiner.reveal(keys).unwrap();
    // Passing on the victim's keys instead of those committed to is noticed at once.
    let copy = HostState::from_bytes(&host.to_bytes()).unwrap();
    assert_eq!(copy.check(reveal).err(), Some(SasError::Commitment));
    let at_host = host.check(false_reveal).unwrap();
    assert!(at_joiner.pictures().matches(&at_between.pictures()));
    assert!(!at_joiner.pictures().matches(&at_host.pictures()));
    // What the victim confirms does not count at the office.
    let confirm = at_joiner.confirm(&joiner.sign);
    assert_eq!(at_host.check_confirm(&confirm).err(), Some(SasError::Mac));
}

#[test]
fn passing_frames_on_with_one_field_changed_changes_the_pictures_or_ends_the_exchange() {
    let (joiner, office, secret) = (Device::new(1), Device::new(2), invite(3));
    let (state, commit) = JoinerState::start(joiner.request(&secret), &mut Counting(4)).unwrap();
    let (_, keys) = HostState::answer(office.offer(), secret, &commit, &mut Counting(5)).unwrap();
    let mut other_unit = keys.clone();
    other_unit.unit = Private::new("1-1-101".into());
    assert_eq!(state.reveal(other_unit).err(), Some(SasError::Proof));
}

#[test]
fn without_the_invitations_secret_nobody_gets_an_answer() {
    let (joiner, office) = (Device::new(1), Device::new(2));
    let (guessed, real) = (invite(3), invite(4));
    let (_, mut commit) = JoinerState::start(joiner.request(&guessed), &mut Counting(5)).unwrap();
    let answer = |commit: &Commit| {
        HostState::answer(office.offer(), real.clone(), commit, &mut Counting(6)).err()
    };
    assert_eq!(answer(&commit), Some(SasError::OtherInvite));
    commit.invite = real.id(&COMMUNITY);
    assert_eq!(answer(&commit), Some(SasError::Proof));
}

#[test]
fn a_host_that_is_not_the_invitations_is_left() {
    let (joiner, office, stranger, secret) =
        (Device::new(1), Device::new(2), Device::new(3), invite(4));
    let request = || JoinRequest {
        host_net: Some(office.net.public()),
        ..joiner.request(&secret)
    };
    let start = || JoinerState::start(request(), &mut Counting(5)).unwrap();
    let answer = |who: &Device, secret: &InviteSecret, commit: &Commit| {
        HostState::answer(who.offer(), secret.clone(), commit, &mut Counting(6))
            .unwrap()
            .1
    };
    let (state, commit) = start();
    let keys = answer(&stranger, &secret, &commit);
    assert_eq!(state.reveal(keys).err(), Some(SasError::OtherHost));
    let (state, commit) = start();
    let mut keys = answer(&office, &secret, &commit);
    keys.community = CommunityId([1; 32]);
    let other = SasError::OtherCommunity(CommunityId([1; 32]));
    assert_eq!(state.reveal(keys).err(), Some(other));
    // An answer to somebody else's commitment is no answer to ours.
    let (_, elsewhere) = JoinerState::start(joiner.request(&secret), &mut Counting(50)).unwrap();
    let (state, _) = start();
    let keys = answer(&office, &secret, &elsewhere);
    assert_eq!(state.reveal(keys).err(), Some(SasError::Proof));
    let (state, commit) = start();
    assert!(state.reveal(answer(&office, &secret, &commit)).is_ok());
}

#[test]
fn keys_that_the_joiner_does_not_hold_are_not_enrolled() {
    let (_, at_joiner, at_host) = exchanged(20);
    let thief = Device::new(99);
    let confirm = at_joiner.confirm(&thief.sign);
    assert_eq!(
        at_host.check_confirm(&confirm).err(),
        Some(SasError::Signature)
    );
}

#[test]
fn messages_count_for_their_speaker_context_and_session() {
    let (_, at_joiner, at_host) = exchanged(30);
    let (_, _, elsewhere) = exchanged(40);
    let mac = at_joiner.mac(Role::Joiner, b"yes");
    assert_eq!(at_host.check_mac(Role::Joiner, b"yes", &mac), Ok(()));
    assert_eq!(
        at_host.check_mac(Role::Host, b"yes", &mac),
        Err(SasError::Mac)
    );
    assert_eq!(
        at_host.check_mac(Role::Joiner, b"no", &mac),
        Err(SasError::Mac)
    );
    assert_eq!(
        elsewhere.check_mac(Role::Joiner, b"yes", &mac),
        Err(SasError::Mac)
    );
    let sealed = at_host.seal(b"a", b"text", &mut Counting(1));
    assert_eq!(
        at_host.open(b"a", &sealed),
        Err(SasError::Mac),
        "nobody opens his own"
    );
    assert_eq!(at_joiner.open(b"b", &sealed), Err(SasError::Mac));
    for len in 0..sealed.len() {
        assert_eq!(at_joiner.open(b"a", &sealed[..len]), Err(SasError::Mac));
    }
    for at in 0..sealed.len() {
        let mut bad = sealed.clone();
        bad[at] ^= 1;
        assert_eq!(at_joiner.open(b"a", &bad), Err(SasError::Mac));
    }
}

#[test]
fn an_exchange_goes_on_after_each_step_was_written_down_and_read_back() {
    let (joiner, office, secret) = (Device::new(1), Device::new(2), invite(3));
    let request = JoinRequest {
        host_net: Some(office.net.public()),
        ..joiner.request(&secret)
    };
    let (state, commit) = JoinerState::start(request, &mut Counting(4)).unwrap();
    let state = JoinerState::from_bytes(&state.to_bytes()).unwrap();
    let (host, keys) =
        HostState::answer(office.offer(), secret, &commit, &mut Counting(5)).unwrap();
    let host = HostState::from_bytes(&host.to_bytes()).unwrap();
    let (at_joiner, reveal) = state.reveal(keys).unwrap();
    let at_host = Session::from_bytes(&host.check(reveal).unwrap().to_bytes()).unwrap();
    let at_joiner = Session::from_bytes(&at_joiner.to_bytes()).unwrap();
    assert_eq!(at_joiner.role(), Role::Joiner);
    assert!(at_joiner.pictures().matches(&at_host.pictures()));
    assert!(
        at_host
            .check_confirm(&at_joiner.confirm(&joiner.sign))
            .is_ok()
    );
}

#[test]
fn a_damaged_state_is_refused() {
    let (joiner, office, secret) = (Device::new(1), Device::new(2), invite(3));
    let (state, commit) = JoinerState::start(joiner.request(&secret), &mut Counting(4)).unwrap();
    let (host, _) = HostState::answer(office.offer(), secret, &commit, &mut Counting(5)).unwrap();
    let (_, session, _) = exchanged(6);
    let (state, host, session) = (state.to_bytes(), host.to_bytes(), session.to_bytes());
    for len in 0..state.len() {
        assert!(JoinerState::from_bytes(&state[..len]).is_err(), "{len}");
    }
    for len in 0..host.len() {
        assert!(HostState::from_bytes(&host[..len]).is_err(), "{len}");
    }
    for len in 0..session.len() {
        assert!(Session::from_bytes(&session[..len]).is_err(), "{len}");
    }
    assert!(HostState::from_bytes(&state).is_err());
    assert!(Session::from_bytes(&host).is_err());
    let mut newer = state.to_vec();
    newer[0] = 2;
    assert!(JoinerState::from_bytes(&newer).is_err());
}

#[test]
fn no_secret_and_no_personal_data_is_printed() {
    let (joiner, secret) = (Device::new(1), invite(3));
    let request = joiner.request(&secret);
    let shown = format!("{request:?}");
    assert!(!shown.contains("张三"), "{shown}");
    let (state, _) = JoinerState::start(request, &mut Counting(4)).unwrap();
    let (_, session, _) = exchanged(6);
    let all = format!("{shown} {state:?} {session:?} {secret:?}");
    for secret in [
        "张三",
        "3-2-502",
        &format!("{:?}", secret.as_bytes()),
        &format!("{:?}", session.key),
    ] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}

#[test]
fn a_name_that_deceives_the_eye_is_not_sent() {
    let joiner = Device::new(1);
    for name in [
        "",
        "  ",
        "a\u{202e}b",
        "a\nb",
        "零\u{200b}宽",
        &"长".repeat(65),
    ] {
        let request = JoinRequest {
            name: Private::new(name.into()),
            ..joiner.request(&invite(1))
        };
        let refused = JoinerState::start(request, &mut Counting(1)).err();
        assert_eq!(
            refused,
            Some(SasError::Text(FrameError::Text("name"))),
            "{name:?}"
        );
    }
}

#[test]
fn a_community_has_one_fingerprint() {
    assert_eq!(emoji_of(&COMMUNITY), emoji_of(&COMMUNITY));
    assert_ne!(emoji_of(&COMMUNITY), emoji_of(&CommunityId([1; 32])));
    assert_eq!(emoji_of(&COMMUNITY).emoji().count(), 7);
}
