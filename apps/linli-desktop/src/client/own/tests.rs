//! Windows that are closed at an awkward moment, on real homes.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::*;
use std::path::Path;

/// A home with a community, as a node has it and as a window does.
fn founded(dir: &Path) -> (HomeOptions, Home) {
    let options = HomeOptions {
        dir: dir.join("home"),
        passphrase: None,
        keys_dir: Some(dir.join("keys")),
        timeout: STOP,
    };
    let args = FoundArgs {
        name: "丰盛园".into(),
        utc_offset_minutes: 480,
        gates: Vec::new(),
        office: "居委会".into(),
        founders: 1,
    };
    home::found(&options, &args).unwrap();
    let home = Home {
        dir: options.dir.clone(),
        keys_dir: options.keys_dir.clone(),
        listen: vec!["127.0.0.1:0".into()],
        ..Home::default()
    };
    (options, home)
}

#[test]
fn only_a_joining_that_waits_for_its_pictures_has_begun() {
    let code = |code| worded(&node::Fault::missing(code)).code;
    assert_eq!(code("still-joining"), FaultCode::NoCommunity);
    // Nothing ever came into it: whoever founded may found.
    assert_eq!(code("no-community"), FaultCode::NoHome);
}

#[test]
fn a_window_that_is_closed_while_its_node_starts_waits_for_it_and_leaves_the_home_free() {
    let dir = tempfile::tempdir().unwrap();
    let (options, home) = founded(dir.path());
    for _ in 0..3 {
        drop(Own::start(home.clone(), Arc::new(|| {})));
        assert!(!home::has_owner(&options));
        // Nobody else has it either: this opens it.
        home::ask(&options, node::Request::Status, &mut |_, _| {}).unwrap();
    }
}

#[test]
fn a_window_that_found_its_home_taken_does_not_stop_the_program_that_has_it() {
    let dir = tempfile::tempdir().unwrap();
    let (options, home) = founded(dir.path());
    let (tell, told) = sync_channel(1);
    let of = options.clone();
    let args = RunArgs {
        listen: vec!["127.0.0.1:0".into()],
        ..RunArgs::default()
    };
    let run = move || home::run(&of, &args, &mut |_| tell.send(()).unwrap());
    let other = thread::Builder::new().spawn(run).unwrap();
    told.recv_timeout(JOIN).unwrap();
    for _ in 0..3 {
        drop(Own::start(home.clone(), Arc::new(|| {})));
        assert!(home::has_owner(&options));
    }
    home::ask(&options, node::Request::Shutdown, &mut |_, _| {}).unwrap();
    other.join().unwrap().unwrap();
}
