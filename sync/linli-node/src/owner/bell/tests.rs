//! A home that announces, with a recorder for a system.

use super::*;
use crate::home::clock::{Clock, Hands};
use crate::home::files::{HomeFiles, device_keys};
use crate::home::{HomeOptions, clock::OsDice};
use crate::replica::Founding;
use linli_base::UtcOffset;
use linli_keys::SigningKey;
use linli_view::bell::{Bell, BellFault, Popup};
use linli_view::words::Lang;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(Clone, Default)]
struct Recorder {
    shown: Arc<Mutex<Vec<Popup>>>,
    refuses: Arc<AtomicBool>,
    told: Arc<Mutex<Option<linli_view::bell::Pressed>>>,
}

impl Bell for Recorder {
    fn show(&mut self, popup: &Popup) -> Result<(), BellFault> {
        if self.refuses.load(Relaxed) {
            return Err(BellFault);
        }
        self.shown.lock().unwrap().push(popup.clone());
        Ok(())
    }

    fn close(&mut self, _: &str) {}

    fn listen(&mut self, told: linli_view::bell::Pressed) {
        *self.told.lock().unwrap() = Some(told);
    }
}

/// Sunday 2026-11-22, 14:32 in Beijing.
const NOON_MS: u64 = 1_795_329_120_000;

struct Place {
    dir: tempfile::TempDir,
    hands: &'static Hands,
}

impl Place {
    fn new() -> Self {
        let hands: &'static Hands = Box::leak(Box::default());
        hands.wall_ms.store(NOON_MS, Relaxed);
        hands.moment_ms.store(1_000, Relaxed);
        Self {
            dir: tempfile::tempdir().unwrap(),
            hands,
        }
    }

    fn options(&self) -> HomeOptions {
        HomeOptions {
            dir: self.dir.path().join("office"),
            passphrase: None,
            keys_dir: Some(self.dir.path().join("keys")),
            timeout: Duration::from_secs(1),
        }
    }

    fn found(&self) -> Owner {
        let (files, store, secrets) = HomeFiles::create(&self.options()).unwrap();
        let clock = Clock::Hands(self.hands);
        let founding = Founding {
            name: "丰盛园".into(),
            offset: UtcOffset::parse("+08:00").unwrap(),
            gates: vec![],
            office: "居委会".into(),
            paper: SigningKey::from_seed(&[99; 32]).device(),
        };
        let keys = device_keys(&secrets);
        let replica =
            Replica::found(store, keys, Box::new(OsDice), &founding, clock.now()).unwrap();
        Owner::of_replica(files, replica, clock)
    }

    /// The same home, opened by a program that was just started.
    fn again(&self) -> Owner {
        let (files, store, secrets) = HomeFiles::open(&self.options()).unwrap();
        let keys = device_keys(&secrets);
        let replica = Replica::open(store, keys, Box::new(OsDice)).unwrap();
        Owner::of_replica(files, replica, Clock::Hands(self.hands))
    }

    fn later(&self, ms: u64) {
        self.hands.wall_ms.fetch_add(ms, Relaxed);
        self.hands.moment_ms.fetch_add(ms, Relaxed);
    }
}

fn ring(owner: &mut Owner, recorder: &Recorder) {
    let line = Line::start(Box::new(recorder.clone()), Lang::En, true).unwrap();
    owner.ring_on(line, false);
}

/// Looks until the recorder has said what became of it.
fn look(owner: &mut Owner, place: &Place) {
    place.later(1_000);
    owner.bell_chores();
    for _ in 0..400 {
        if owner.bell.under_way.is_empty() {
            break;
        }
        std::thread::park_timeout(Duration::from_millis(5));
        owner.bell_chores();
    }
    assert!(owner.bell.under_way.is_empty(), "nothing came back");
}

/// A report of its own post, as the office that has hidden it reads it: something that waits, without a second home.
fn hidden_post(owner: &mut Owner) -> String {
    let made = owner.post_new("found", "a bunch of keys".into()).unwrap();
    let id = made.data["id"].as_str().unwrap().to_owned();
    let act = crate::api::BoardAct::Moderate {
        id: id.clone(),
        comment: None,
        hide: true,
        reason: "names somebody".into(),
    };
    owner
        .handle(Request::Board { act }, &mut |_, _| {})
        .unwrap();
    let posts = [Topic::Posts].into();
    owner.bell_changed(&posts);
    id
}

#[test]
fn what_is_pressed_is_opened_as_it_stands_and_what_is_gone_opens_the_first_page() {
    let place = Place::new();
    let recorder = Recorder::default();
    let mut owner = place.found();
    ring(&mut owner, &recorder);
    look(&mut owner, &place);
    place.later(60_000);
    let post = hidden_post(&mut owner);
    place.later(POSTS_MS);
    look(&mut owner, &place);
    let shown = recorder.shown.lock().unwrap().clone();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert_eq!(shown[0].open.as_deref(), Some("Open"));
    assert_eq!(owner.take_opens(), []);
    let press = recorder.told.lock().unwrap().clone().unwrap();
    press(&shown[0].key);
    press("n:r:somebody-else");
    press("answers");
    // At once, whenever the last look was.
    owner.bell_chores();
    let opens = [
        bell::Opens::Post { id: post },
        bell::Opens::Home,
        bell::Opens::Board,
    ];
    assert_eq!(owner.take_opens(), opens);
    owner.bell_chores();
    assert_eq!(owner.take_opens(), [], "once");
}

#[test]
fn what_the_system_took_is_not_said_again_by_the_next_program_and_what_it_refused_is() {
    let place = Place::new();
    let recorder = Recorder::default();
    let mut owner = place.found();
    ring(&mut owner, &recorder);
    look(&mut owner, &place);
    assert!(recorder.shown.lock().unwrap().is_empty());
    place.later(60_000);
    recorder.refuses.store(true, Relaxed);
    hidden_post(&mut owner);
    place.later(POSTS_MS);
    look(&mut owner, &place);
    assert_eq!(owner.bell.system, view::BellSystem::Refused);
    drop(owner);
    // The system was not ready, the program was started again, and now it is.
    recorder.refuses.store(false, Relaxed);
    let mut owner = place.again();
    ring(&mut owner, &recorder);
    look(&mut owner, &place);
    let shown = recorder.shown.lock().unwrap().clone();
    assert_eq!(shown.len(), 1, "{shown:?}");
    assert!(!shown[0].body.contains("keys"));
    assert_eq!(owner.bell.system, view::BellSystem::Works);
    drop(owner);
    let mut owner = place.again();
    ring(&mut owner, &recorder);
    look(&mut owner, &place);
    assert_eq!(recorder.shown.lock().unwrap().len(), 1, "said twice");
}

#[test]
fn a_refusal_is_tried_again_after_a_while_and_not_at_every_look() {
    let place = Place::new();
    let recorder = Recorder::default();
    let mut owner = place.found();
    ring(&mut owner, &recorder);
    look(&mut owner, &place);
    place.later(60_000);
    recorder.refuses.store(true, Relaxed);
    hidden_post(&mut owner);
    place.later(POSTS_MS);
    look(&mut owner, &place);
    recorder.refuses.store(false, Relaxed);
    look(&mut owner, &place);
    assert!(recorder.shown.lock().unwrap().is_empty(), "too early");
    place.later(RETRY_MS);
    look(&mut owner, &place);
    assert_eq!(recorder.shown.lock().unwrap().len(), 1);
}

#[test]
fn a_thread_is_muted_by_the_beginning_of_an_id_and_that_is_remembered() {
    let place = Place::new();
    let mut owner = place.found();
    let id = hidden_post(&mut owner);
    let act = BellAct::Mute {
        id: id[..10].into(),
        on: true,
    };
    let said = owner.handle(Request::Bell { act }, &mut |_, _| {}).unwrap();
    assert_eq!(said.data["thread"], id.as_str());
    drop(owner);
    let mut owner = place.again();
    assert!(owner.kept().unwrap().muted.contains(&id));
    let act = BellAct::Mute { id, on: false };
    owner.handle(Request::Bell { act }, &mut |_, _| {}).unwrap();
    assert!(owner.kept().unwrap().muted.is_empty());
    let act = BellAct::Mute {
        id: "r:nothing".into(),
        on: true,
    };
    let fault = owner.handle(Request::Bell { act }, &mut |_, _| {});
    assert_eq!(fault.unwrap_err().code, "not-found");
}

#[test]
fn what_is_remembered_reads_as_the_page_says() {
    let text = r#"{"begun":true,"settings":{"says":"all","needs":false},"muted":["r:a"],"looked_ms":7,
        "seen":{"c:1":5},"told":{"n:r:b:2":6},"bundle_ms":4,"of_a_later_version":1}"#;
    let kept: view::BellReport = serde_json::from_str(text).unwrap();
    assert!(kept.begun && !kept.settings.needs && kept.settings.mine);
    assert_eq!(kept.settings.says, view::BellSays::All);
    assert_eq!((kept.looked_ms, kept.bundle_ms), (7, 4));
    assert_eq!(kept.seen["c:1"], 5);
    assert_eq!(kept.told["n:r:b:2"], 6);
    let empty: view::BellReport = serde_json::from_str("{}").unwrap();
    assert_eq!(empty, view::BellReport::default());
    assert!(empty.settings.needs && empty.settings.mine && !empty.begun);
    let written = serde_json::to_value(view::BellReport::default()).unwrap();
    assert_eq!(
        written,
        json!({"begun":false,"settings":{"says":"title","needs":true,"mine":true,"lang":null},"muted":[],
            "looked_ms":0,"seen":{},"told":{},"bundle_ms":0,"system":"silent","opened":[],"background":false})
    );
}
