//! The loop of a running node. It reads top to bottom as the policy of the process: people on this machine
//! first, then what came over links, then the clock; one commit for all that came at once; then what follows.

use super::clock::Clock;
use super::files::HomeFiles;
use super::server::{Asked, Question, Server, Stop, line};
use super::{HomeOptions, OPEN_WITHIN, Patience, RunArgs, socket};
use crate::api::{Fault, Line};
use crate::killpoint;
use crate::owner::{BellLine, Owner, State};
use crate::replica::Topic;
use linli_net::{NetConfig, NetEvent, NetEvents, NetHandle};
use linli_protocol::frame::{Hello, hello_bytes};
use linli_protocol::hub::Output;
use linli_protocol::{Input, LinkId};
use linli_view::api as view;
use linli_view::bell::{Bell, Opens};
use linli_view::words::Lang;
use serde_json::{Value, json};
use std::time::Duration;

/// Frames taken from links before one commit.
const GROUP_MAX: usize = 64;
/// How often an office states the time and the acts it heard, and windows are looked at.
const CHORES_MS: u64 = 30_000;
/// How often a program without a window looks whether the one with the home is gone.
const TAKE_OVER: Duration = Duration::from_secs(1);
/// How often changes are told to subscribers at most.
const TICK: Duration = Duration::from_millis(200);

/// Runs a node until it is told to stop.
///
/// # Errors
/// [`Fault`], for instance when another program owns the home.
pub fn run(o: &HomeOptions, a: &RunArgs, ready: &mut dyn FnMut(Value)) -> Result<(), Fault> {
    run_ringing(o, a, None, ready)
}

/// Runs a node without a window. While another program has the home this waits, and takes over when that one is gone:
/// the notices that a window showed go on arriving when it is closed.
///
/// `still`: is it still wanted? Asked while it waits.
///
/// # Errors
/// As [`run`], but for a home that is busy.
pub fn run_in_background(
    o: &HomeOptions,
    a: &RunArgs,
    ringer: &mut dyn FnMut() -> Ringer,
    still: &mut dyn FnMut() -> bool,
    ready: &mut dyn FnMut(Value),
) -> Result<(), Fault> {
    loop {
        match run_ringing(o, a, Some(ringer()), ready) {
            Err(fault) if fault.code == "home-busy" && still() => std::thread::sleep(TAKE_OVER),
            // Nobody wants it any more.
            Err(fault) if fault.code == "home-busy" => return Ok(()),
            other => return other,
        }
    }
}

/// What shows the notices of a running home.
pub struct Ringer {
    /// It.
    pub bell: Box<dyn Bell>,
    /// In which language, where nobody chose one.
    pub lang: Lang,
    /// Is there no window?
    pub background: bool,
    /// Opens one for what is pressed, where no window has this home open; none: there is none to open.
    pub opens: Option<Opener>,
}

/// Opens a window on something.
pub type Opener = Box<dyn FnMut(&Opens) + Send>;

/// Runs a node that announces what is new through the system.
///
/// # Errors
/// As [`run`].
pub fn run_ringing(
    o: &HomeOptions,
    a: &RunArgs,
    ringer: Option<Ringer>,
    ready: &mut dyn FnMut(Value),
) -> Result<(), Fault> {
    run_until(o, a, ringer, ready, super::server::stop_signal)
}

/// Runs a node in a window's process: a signal to stop is the window's to take ([`super::on_stop`]), which keeps what is
/// half written and then asks this node to stop.
///
/// # Errors
/// As [`run`].
pub fn run_in_window(
    o: &HomeOptions,
    a: &RunArgs,
    ringer: Option<Ringer>,
    ready: &mut dyn FnMut(Value),
) -> Result<(), Fault> {
    // No signal ends it.
    run_until(o, a, ringer, ready, || {
        let never: Stop = Box::pin(std::future::pending());
        Ok(never)
    })
}

fn run_until(
    o: &HomeOptions,
    a: &RunArgs,
    ringer: Option<Ringer>,
    ready: &mut dyn FnMut(Value),
    stop: fn() -> Result<Stop, Fault>,
) -> Result<(), Fault> {
    let patience = Patience::start(OPEN_WITHIN);
    let (files, store, secrets) = loop {
        if socket::OwnerStream::connect(o).is_some() {
            return Err(Fault::busy("home-busy"));
        }
        match HomeFiles::open(o) {
            // A short command has it, and is done in a moment.
            Err(fault) if fault.code == "home-busy" && patience.wait() => {}
            other => break other?,
        }
    };
    let mut owner = Owner::open(files, store, &secrets)?;
    drop(secrets);
    let mut opener = None;
    if let Some(ringer) = ringer {
        let background = ringer.background;
        // Where there is a window, it comes forward.
        let presses = !background || ringer.opens.is_some();
        if let Some(line) = BellLine::start(ringer.bell, ringer.lang, presses) {
            owner.ring_on(line, background);
        }
        opener = ringer.opens;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|_| Fault::ours("runtime"))?;
    runtime.block_on(async {
        let server = Server::bind(&owner.files.dir)?;
        let mut events = start_net(&mut owner, a).await?;
        let addrs = settle_addresses(&mut owner, &mut events).await?;
        owner.office_states()?;
        if addrs.is_empty() {
            // Somebody else listens there: a node that nobody can reach must not look as if it ran.
            return Err(Fault::unreachable("cannot-listen").with("why", "the address is in use"));
        }
        ready(json!({ "ready": true, "addrs": addrs }));
        let done = serve(&mut owner, &mut events, server, stop()?, opener).await;
        if let Some(net) = &owner.net {
            net.shutdown().await;
        }
        owner.settle()?;
        done
    })
}

async fn start_net(owner: &mut Owner, a: &RunArgs) -> Result<NetEvents, Fault> {
    let State::Member(replica) = &owner.state else {
        return Err(match owner.state {
            State::Joining(_) => Fault::missing("still-joining"),
            _ => Fault::missing("no-community"),
        });
    };
    let mut config = NetConfig::new(*replica.me().net_seed);
    config.listen = if a.listen.is_empty() {
        vec!["0.0.0.0:0".to_owned()]
    } else {
        a.listen.clone()
    };
    config.mdns = a.mdns;
    let known: Vec<[u8; 32]> = replica
        .authority()
        .devices()
        .values()
        .filter_map(|d| d.net)
        .collect();
    let (net, events) = linli_net::start(config).await.map_err(|e| match e {
        linli_net::NetFault::Listen { addr, .. } => {
            Fault::input("listen-unreadable").with("addr", addr)
        }
        other => Fault::unreachable("cannot-listen").with("why", other),
    })?;
    for key in known {
        net.know(linli_net::NetKey(key), true);
    }
    owner.net = Some(net.clone());
    owner.apply_pauses()?;
    for addr in owner.address_book()?.iter().chain(&a.peers) {
        net.dial(addr)
            .map_err(|_| Fault::input("bad-address").with("addr", addr))?;
    }
    Ok(events)
}

/// Waits until the addresses are known, a moment at most.
async fn settle_addresses(owner: &mut Owner, events: &mut NetEvents) -> Result<Vec<String>, Fault> {
    let deadline = tokio::time::sleep(Duration::from_millis(1500));
    tokio::pin!(deadline);
    loop {
        let addrs = owner
            .net
            .as_ref()
            .map(NetHandle::listen_addrs)
            .unwrap_or_default();
        if addrs.iter().any(|a| a.contains("/tcp/")) && addrs.iter().any(|a| a.contains("/udp/")) {
            return Ok(addrs);
        }
        tokio::select! {
            () = &mut deadline => return Ok(addrs),
            event = events.recv() => match event {
                Some(event) => take(owner, event)?,
                None => return Err(Fault::unreachable("cannot-listen")),
            },
        }
    }
}

async fn serve(
    owner: &mut Owner,
    events: &mut NetEvents,
    mut server: Server,
    mut stop: Stop,
    mut opener: Option<Opener>,
) -> Result<(), Fault> {
    let clock: Clock = owner.clock;
    let mut chores_at = clock.now().moment.plus(CHORES_MS);
    // What came while this was off: somebody may still be waiting.
    owner.help_chores();
    owner.forget_staged_files();
    while !owner.stop {
        let now = clock.now().moment;
        let wake = owner.deadline().unwrap_or(chores_at).min(chores_at);
        let pause = Duration::from_millis(wake.0.saturating_sub(now.0)).min(TICK);
        tokio::select! {
            biased;
            () = &mut stop => return Ok(()),
            asked = server.next() => match asked {
                Some(asked) => {
                    let lines = asked.lines.clone();
                    answer(owner, asked);
                    if owner.stop {
                        said_goodbye(&lines).await;
                    }
                    killpoint::pass_when_told("after-ack-before-relay");
                }
                None => return Ok(()),
            },
            event = events.recv() => match event {
                None => return Err(Fault::unreachable("network-gone")),
                Some(event) => {
                    take(owner, event)?;
                    for _ in 0..GROUP_MAX {
                        match events.try_recv() {
                            Some(event) => take(owner, event)?,
                            None => break,
                        }
                    }
                }
            },
            () = tokio::time::sleep(pause) => owner.input(Input::Tick)?,
        }
        settle(owner)?;
        if owner.ring_chores() {
            settle(owner)?;
        }
        if owner.schedule_chores() {
            settle(owner)?;
        }
        if clock.now().moment >= chores_at {
            chores_at = clock.now().moment.plus(CHORES_MS);
            owner.update_window();
            owner.office_states()?;
            if let Err(fault) = owner.gate_chores() {
                // Tried again the next time; a gate goes on deciding.
                tracing::warn!(code = %fault.code, "a gate's chores are not done");
            }
            settle(owner)?;
        }
        if let Some(mut net) = owner.net.clone() {
            owner.blob_chores(&mut net)?;
        }
        if owner.bell_chores() {
            settle(owner)?;
        }
        for opens in owner.take_opens() {
            if !server.open(&opens)
                && let Some(opener) = &mut opener
            {
                opener(&opens);
            }
        }
        let changed = owner.take_changed();
        if !changed.is_empty() {
            if changed.contains(&Topic::Notices) {
                owner.acknowledge_notices()?;
                owner.compare_clock()?;
                settle(owner)?;
            }
            if changed.contains(&Topic::Posts) && owner.help_chores() {
                settle(owner)?;
            }
            owner.bell_changed(&changed);
            server.tell(&changed);
        }
    }
    Ok(())
}

/// Waits, a moment at most, until the last answer has been handed to its connection: whoever told us to stop
/// hears that we do.
async fn said_goodbye(lines: &tokio::sync::mpsc::Sender<Vec<u8>>) {
    for _ in 0..50 {
        let written = lines.capacity() == lines.max_capacity();
        tokio::time::sleep(Duration::from_millis(10)).await;
        if written {
            return;
        }
    }
}

fn answer(owner: &mut Owner, asked: Asked) {
    let Asked {
        id,
        question,
        lines,
    } = asked;
    let reply = match question {
        Question::Desk(request) => line(&view::Incoming::Reply {
            id,
            reply: owner.desk(request),
        }),
        Question::Command(request) => {
            let steps = lines.clone();
            let mut progress = |done, total| {
                // A slow reader misses a step of the progress, never the answer.
                let _ = steps.try_send(line(&Line::Progress { id, done, total }));
            };
            line(&match owner.handle(request, &mut progress) {
                Ok(answer) => Line::Ok { id, answer },
                Err(fault) => Line::Err { id, fault },
            })
        }
    };
    let _ = lines.try_send(reply);
}

/// Takes one event of the network.
fn take(owner: &mut Owner, event: NetEvent) -> Result<(), Fault> {
    match event {
        NetEvent::LinkUp {
            link, peer, addr, ..
        } => {
            let link = LinkId(link.0);
            owner.addr_of_link.insert(link, addr);
            owner.net_of_link.insert(link, peer.0);
            let hello = Box::new(hello(owner, peer.0)?);
            let my_net = owner.replica_ref()?.me().net();
            owner.input(Input::LinkUp {
                link,
                peer_net: peer.0,
                my_net,
                hello,
            })
        }
        NetEvent::LinkDown { link, .. } => {
            owner.addr_of_link.remove(&LinkId(link.0));
            owner.net_of_link.remove(&LinkId(link.0));
            owner.input(Input::LinkDown(LinkId(link.0)))
        }
        NetEvent::BlobAsk { ask, peer, bytes } => {
            let reply = owner.blob_asked(peer, &bytes);
            if let Some(net) = &owner.net {
                // Who asked may have gone; he asks another.
                let _ = net.answer_blob(ask, reply);
            }
            Ok(())
        }
        NetEvent::BlobAnswer { ask, answer } => {
            owner.blob_answered(ask.0, answer);
            Ok(())
        }
        NetEvent::Frame { link, bytes } => {
            owner.entries_came();
            owner.input(Input::Frame(LinkId(link.0), bytes))
        }
        NetEvent::Congested { link } => owner.input(Input::Congested(LinkId(link.0))),
        NetEvent::Drained { link } => owner.input(Input::Drained(LinkId(link.0))),
        NetEvent::Ask { ask, bytes, .. } => {
            let reply = if crate::owner::is_transfer(&bytes) {
                owner.transfer_ask(&bytes)
            } else {
                owner.join_ask(&bytes).0
            };
            if let Some(net) = &owner.net {
                // The joiner asks again when this was too late; the other gate asks its guard.
                let _ = net.answer(ask, reply);
            }
            Ok(())
        }
        NetEvent::Found { peer, addr } => {
            owner.seen.found(peer, &addr);
            let alone = owner.replica_ref()?.hub().online().count() < 3;
            if let (Some(net), true) = (&owner.net, alone) {
                let _ = net.dial(&addr);
            }
            Ok(())
        }
        NetEvent::DialFailed { addr, why } => {
            owner.seen.not_reached(&addr, &why);
            Ok(())
        }
        NetEvent::Listening { .. } | NetEvent::ListenFailed { .. } => Ok(()),
    }
}

fn hello(owner: &Owner, peer: [u8; 32]) -> Result<Hello, Fault> {
    let replica = owner.replica_ref()?;
    let (me, newest) = (replica.me(), replica.authority().charter().newest());
    Ok(Hello {
        version: linli_protocol::hub::VERSION,
        community: me.community,
        certificate: me.certificate.bytes().to_vec(),
        proof: me.sign.sign(&hello_bytes(&me.community, &me.net(), &peer)),
        epoch: newest.epoch.number,
        epoch_id: newest.id,
    })
}

/// Commits, then does what follows: sends, hang-ups, notes; until nothing more follows.
fn settle(owner: &mut Owner) -> Result<(), Fault> {
    for _ in 0..64 {
        if let Err(fault) = owner.settle() {
            // The disk: nothing was acknowledged. The next input tries again.
            if fault.exit != 8 {
                return Err(fault);
            }
            tracing::warn!(code = %fault.code, "a commit failed");
        }
        let outputs = std::mem::take(&mut owner.outbox);
        if outputs.is_empty() {
            return Ok(());
        }
        for output in outputs {
            follow(owner, output)?;
        }
    }
    Ok(())
}

fn follow(owner: &mut Owner, output: Output) -> Result<(), Fault> {
    let Some(net) = owner.net.clone() else {
        return Ok(());
    };
    match output {
        Output::Send(link, bytes) => match net.send(linli_net::LinkId(link.0), bytes) {
            Ok(()) => Ok(()),
            Err(linli_net::SendFault::Congested) => owner.input(Input::Congested(link)),
            // The link's end is on its way as an event.
            Err(_) => Ok(()),
        },
        Output::HangUp(link, _) => {
            net.hang_up(linli_net::LinkId(link.0));
            Ok(())
        }
        Output::Tell(tell) => owner.heard(&tell),
        _ => Ok(()),
    }
}
