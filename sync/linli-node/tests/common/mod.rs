//! Homes with running nodes in one process, over loopback; and the steps that every neighbourhood begins with.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    dead_code,
    unreachable_pub,
    reason = "tests; each test binary uses its part"
)]

use linli_node::api::{Answer, Fault, PassArgs, Request};
use linli_node::home::{self, FoundArgs, HomeOptions, JoinArgs, RunArgs};
use serde_json::Value;
use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

pub fn options(dir: &Path, name: &str) -> HomeOptions {
    HomeOptions {
        dir: dir.join(name),
        passphrase: None,
        keys_dir: Some(dir.join("keys")),
        timeout: Duration::from_secs(20),
    }
}

pub fn ask(o: &HomeOptions, request: Request) -> Result<Answer, Fault> {
    home::ask(o, request, &mut |_, _| {})
}

pub fn data(o: &HomeOptions, request: Request) -> Value {
    ask(o, request).unwrap_or_else(|f| panic!("{f:?}")).data
}

/// A node running in a thread, until dropped.
pub struct Running {
    pub o: HomeOptions,
    pub addrs: Vec<String>,
    thread: Option<JoinHandle<Result<(), Fault>>>,
}

impl Running {
    pub fn start(o: &HomeOptions) -> Self {
        #[expect(clippy::disallowed_methods, reason = "a test waits for one message")]
        let (ready, is_ready) = mpsc::channel();
        let of = o.clone();
        let thread = std::thread::Builder::new()
            .spawn(move || {
                let args = RunArgs {
                    listen: vec!["127.0.0.1:0".into()],
                    peers: vec![],
                    mdns: false,
                };
                home::run(&of, &args, &mut |v| ready.send(v).unwrap())
            })
            .unwrap();
        let said = is_ready
            .recv_timeout(Duration::from_secs(20))
            .expect("ready");
        let addrs = said["addrs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| a.as_str().unwrap().to_owned())
            .collect();
        Self {
            o: o.clone(),
            addrs,
            thread: Some(thread),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = ask(&self.o, Request::Shutdown);
        if let Some(thread) = self.thread.take() {
            let ended = thread.join().unwrap();
            if !std::thread::panicking() {
                ended.unwrap();
            }
        }
    }
}

pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..400 {
        if holds() {
            return;
        }
        std::thread::park_timeout(Duration::from_millis(25));
    }
    panic!("never: {what}");
}

pub fn enrol(office: &HomeOptions, joiner: &HomeOptions, unit: Option<&str>, role: &str) {
    let open = Request::InviteOpen {
        unit: unit.map(str::to_owned),
        role: role.into(),
        ttl_s: 600,
    };
    let invite = data(office, open)["invite"].as_str().unwrap().to_owned();
    let side = home::join(
        joiner,
        &JoinArgs {
            invite,
            device_name: "测试电脑".into(),
        },
    )
    .unwrap()
    .data;
    let typed: Vec<&str> = side["names_zh"]
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_str().unwrap())
        .collect();
    let here = data(office, Request::SasShow);
    let comparing: Vec<&Value> = here["sides"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|s| s["state"] == "comparing")
        .collect();
    assert_eq!(comparing[0]["emoji"], side["emoji"]);
    let wrong = ask(
        office,
        Request::SasConfirm {
            typed: "狗 狗 狗 狗 狗 狗 狗".into(),
        },
    );
    assert_eq!(wrong.unwrap_err().code, "sas-different");
    data(
        office,
        Request::SasConfirm {
            typed: typed.join(" "),
        },
    );
    let done = data(
        joiner,
        Request::SasConfirm {
            typed: typed.join("、"),
        },
    );
    assert_eq!(done["state"], "enrolled");
}

/// A community of running homes: an office with gate 1, and who joins. All stop before the folder goes.
pub struct Estate {
    running: Vec<Running>,
    pub office: HomeOptions,
    dir: tempfile::TempDir,
}

impl Estate {
    /// Founded, and its office running.
    pub fn found() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let office = options(dir.path(), "office");
        home::found(
            &office,
            &FoundArgs {
                name: "丰盛园".into(),
                utc_offset_minutes: 480,
                gates: vec![(1, "东门".into())],
                office: "居委会".into(),
                founders: 1,
            },
        )
        .unwrap();
        Self {
            running: vec![Running::start(&office)],
            office,
            dir,
        }
    }

    /// Enrols a home at the office and runs it.
    pub fn join(&mut self, name: &str, unit: Option<&str>, role: &str) -> HomeOptions {
        let office = self.office.clone();
        self.join_at(&office, name, unit, role)
    }

    /// Enrols a home at another and runs it.
    pub fn join_at(
        &mut self,
        at: &HomeOptions,
        name: &str,
        unit: Option<&str>,
        role: &str,
    ) -> HomeOptions {
        let o = options(self.dir.path(), name);
        enrol(at, &o, unit, role);
        self.running.push(Running::start(&o));
        o
    }

    /// Stops a home.
    pub fn stop(&mut self, o: &HomeOptions) {
        self.running.retain(|r| r.o.dir != o.dir);
    }

    /// Stops a home and starts it again, dialled anew by nobody but itself.
    pub fn restart(&mut self, o: &HomeOptions) {
        self.stop(o);
        self.running.push(Running::start(o));
    }

    /// Links two homes directly.
    pub fn link(&self, from: &HomeOptions, to: &HomeOptions) {
        let there = self.running.iter().find(|r| r.o.dir == to.dir).unwrap();
        let addr = there.addrs.iter().find(|a| a.contains("/tcp/")).unwrap();
        data(from, Request::NetDial { addr: addr.clone() });
        let device = self.device(to);
        until("linked", || self.online(from, &device));
    }

    fn online(&self, o: &HomeOptions, device: &str) -> bool {
        let peers = data(o, Request::Peers);
        let list = peers["peers"].as_array().unwrap();
        list.iter()
            .any(|p| p["device"] == device && p["online"] == true)
    }

    /// Waits until the office is linked with each of them.
    pub fn meet(&self, homes: &[&HomeOptions]) {
        for home in homes {
            let device = self.device(home);
            if !self.online(&self.office, &device) {
                self.link(home, &self.office);
            }
            until("met", || self.online(&self.office, &device));
        }
    }

    /// The device of a home.
    pub fn device(&self, o: &HomeOptions) -> String {
        let shown = data(o, Request::CommunityShow);
        shown["me"]["device"].as_str().unwrap().to_owned()
    }

    /// Waits until homes show the same of a scope.
    pub fn in_step(&self, homes: &[&HomeOptions], scope: &str) {
        let digest = |o: &HomeOptions| {
            let scope = Some(scope.to_owned());
            data(o, Request::Digest { scope })["digest"].clone()
        };
        until(scope, || {
            homes.iter().all(|o| digest(o) == digest(homes[0]))
        });
    }

    /// A pass for one entry, from now for two hours.
    pub fn pass_args(&self, gates: &[u8]) -> PassArgs {
        let from_s = data(&self.office, Request::Status)["as_of_ms"]
            .as_u64()
            .unwrap()
            / 1000;
        PassArgs {
            label: "李*".into(),
            kind: "person".into(),
            from_s,
            until_s: from_s + 7200,
            host: None,
            entries: 1,
            gates: gates.to_vec(),
            plate: None,
            companions: 0,
            pin: None,
            windows: vec![],
        }
    }
}

/// A post on the board.
pub fn post(body: &str) -> Request {
    Request::PostNew {
        kind: "ask".into(),
        body: body.into(),
    }
}

/// What the posts of a home say, newest first.
pub fn bodies(o: &HomeOptions) -> Vec<String> {
    let list = data(o, Request::PostList);
    let posts = list["posts"].as_array().unwrap().iter();
    posts
        .map(|p| p["body"].as_str().unwrap().to_owned())
        .collect()
}
