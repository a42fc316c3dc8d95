//! What a peer's frames do.

use super::{Ctx, HEADS_EVERY_MS, Hub, LinkId, Output, PeerFault, Tell, VERSION};
use crate::frame::{Frame, Heads, Hello, hello_bytes};
use crate::session::{Phase, Session};
use linli_base::{DeviceId, Entry, LaneClass, LaneKey, LogKey, Period, ScopeId};
use linli_charter::{Certificate, StatementKey};

impl Hub {
    pub(super) fn frame(
        &mut self,
        ctx: &Ctx<'_>,
        link: LinkId,
        bytes: &[u8],
        out: &mut Vec<Output>,
    ) {
        let Some(session) = self.sessions.get_mut(&link) else {
            return;
        };
        let first = matches!(session.phase, Phase::AwaitHello { .. });
        if first && Self::hello_too_long(bytes.len()) {
            return self.refuse(link, PeerFault::NoHello, out);
        }
        let Ok(frame) = Frame::decode(bytes) else {
            return self.refuse(link, PeerFault::BadFrame, out);
        };
        match (first, frame) {
            (true, Frame::Hello(hello)) => self.hello(ctx, link, hello, out),
            // Epochs carry their own signatures, so they may come before the peer is admitted.
            (false, Frame::Epochs(list)) => out.push(Output::JudgeEpochs(link, list)),
            (_, Frame::Bye(_)) => out.push(Output::HangUp(link, PeerFault::Replaced)),
            (false, frame) if session.is_open() => self.open_frame(ctx, link, frame, out),
            (false, Frame::Entries { number, entries }) => {
                let asked = Self::introductions(&session.introducers, entries);
                if !asked.is_empty() {
                    out.push(Output::JudgeEntries {
                        link,
                        number,
                        entries: asked,
                    });
                }
            }
            // The peer may have admitted us before we admitted it; what it says is asked for again.
            (false, frame) if !matches!(frame, Frame::Hello(_)) => {}
            _ => self.refuse(link, PeerFault::BadFrame, out),
        }
    }

    fn hello(&mut self, ctx: &Ctx<'_>, link: LinkId, hello: Hello, out: &mut Vec<Output>) {
        if hello.community != *ctx.authority.community() {
            return self.refuse(link, PeerFault::OtherCommunity, out);
        }
        if hello.version != VERSION {
            return self.refuse(link, PeerFault::Version, out);
        }
        let newest = ctx.authority.charter().newest();
        if hello.epoch < newest.epoch.number {
            let chain = ctx.authority.charter().chain();
            let missing = chain
                .iter()
                .skip(hello.epoch as usize + 1)
                .map(|h| h.bytes.clone());
            out.push(Output::Send(
                link,
                Frame::Epochs(missing.collect()).encode(),
            ));
        }
        self.admit(ctx, link, &hello, true, out);
    }

    /// Admits the peer, or keeps its hello until its epoch or certificate is known here.
    pub(super) fn admit(
        &mut self,
        ctx: &Ctx<'_>,
        link: LinkId,
        hello: &Hello,
        first: bool,
        out: &mut Vec<Output>,
    ) {
        let Some(session) = self.sessions.get_mut(&link) else {
            return;
        };
        let Ok(certificate) = Certificate::parse(&hello.certificate) else {
            return self.refuse(link, PeerFault::NotEnrolled, out);
        };
        let id = certificate.claims().device;
        let proof = hello_bytes(
            ctx.authority.community(),
            &session.peer_net,
            &session.my_net,
        );
        if !certificate.key().verify(&proof, &hello.proof) {
            return self.refuse(link, PeerFault::NotEnrolled, out);
        }
        if ctx.authority.is_revoked(&id) {
            return self.refuse(link, PeerFault::Revoked, out);
        }
        if ctx.authority.device(&id).is_none() {
            if let Phase::AwaitHello { until } = session.phase {
                session.phase = Phase::Pending {
                    hello: Box::new(hello.clone()),
                    until,
                };
            }
            if first {
                out.push(Output::JudgeCertificate(link, hello.certificate.clone()));
                Self::ask_for_introduction(ctx, link, session, &certificate, out);
            }
            return;
        }
        session.phase = Phase::Open;
        session.device = Some(id);
        session.heads_due = ctx.now.plus(HEADS_EVERY_MS);
        Self::send_heads(ctx, link, session, out);
        out.push(Output::Tell(Tell::Admitted(link, id)));
    }

    /// A device that its household introduced itself is known by its household's log alone. Who introduced it may
    /// be off, or back from an old copy of its disk, so the newcomer is asked for that log: it brings its own
    /// introduction. Asked only where a device that is known here signed the certificate.
    fn ask_for_introduction(
        ctx: &Ctx<'_>,
        link: LinkId,
        session: &mut Session,
        certificate: &Certificate,
        out: &mut Vec<Output>,
    ) {
        let household = ctx.authority.devices_of(certificate.claims().principal);
        let signed = |key| certificate.issued_by(key, ctx.authority.community());
        let mut wanted = Vec::new();
        for (id, _) in household.filter(|(_, d)| signed(d.key())) {
            let log = authority_log(*id);
            let held = ctx.library.head(&log).map_or(0, |head| head.seq);
            session.introducers.insert(*id);
            wanted.push((log, held.saturating_add(1)));
        }
        if !wanted.is_empty() {
            out.push(Output::Send(link, Frame::Want(wanted).encode()));
        }
    }

    /// Of the entries that a peer sends before it is admitted, those that it was asked for.
    fn introductions(
        introducers: &std::collections::BTreeSet<DeviceId>,
        entries: Vec<Vec<u8>>,
    ) -> Vec<Vec<u8>> {
        let asked =
            |log: LogKey| introducers.contains(&log.device) && log == authority_log(log.device);
        let of = |bytes: &Vec<u8>| Entry::decode(bytes).is_ok_and(|e| asked(e.header.log()));
        entries.into_iter().filter(of).collect()
    }

    fn open_frame(&mut self, ctx: &Ctx<'_>, link: LinkId, frame: Frame, out: &mut Vec<Output>) {
        let Some(s) = self.sessions.get_mut(&link) else {
            return;
        };
        match frame {
            Frame::Heads(heads) => Self::heads(ctx, link, s, heads, out),
            Frame::Have(cuts) => {
                for cut in &cuts {
                    s.peer_holds(cut.log, cut.seq);
                    Self::compare(ctx, link, s, cut.log, cut.seq, &cut.id, out);
                }
                out.extend(s.device.map(|d| Output::Tell(Tell::PeerHolds(d, cuts))));
            }
            Frame::Want(list) => {
                for (log, from) in list {
                    // Our own record of what it holds is of no use where the branches differ.
                    s.peer.insert(log, from.saturating_sub(1));
                    s.sent.remove(&log);
                    s.mark(log);
                    s.asked.insert(log);
                }
                Self::pump(ctx, link, s, out);
            }
            Frame::Entries { number, entries } => {
                out.push(Output::JudgeEntries {
                    link,
                    number,
                    entries,
                });
            }
            Frame::Acts(acts) => out.push(Output::JudgeActs(link, acts)),
            Frame::Statements(list) => out.push(Output::JudgeStatements(link, list)),
            Frame::Done(number) => {
                while s.in_flight.front().is_some_and(|(n, _)| *n <= number) {
                    s.in_flight.pop_front();
                }
                Self::pump(ctx, link, s, out);
            }
            Frame::Hello(_) | Frame::Epochs(_) | Frame::Bye(_) => {
                self.refuse(link, PeerFault::BadFrame, out);
            }
        }
    }

    fn heads(ctx: &Ctx<'_>, link: LinkId, s: &mut Session, heads: Heads, out: &mut Vec<Output>) {
        for cut in &heads.heads {
            s.incoming.insert(cut.log, cut.seq);
            Self::compare(ctx, link, s, cut.log, cut.seq, &cut.id, out);
        }
        s.peer_acts.extend(heads.acts);
        for item in &heads.statements {
            if let Some((key, counter)) = read_statement_key(item) {
                s.peer_statements.insert(key, counter);
            }
        }
        if let Some(device) = s.device {
            out.push(Output::Tell(Tell::PeerHolds(device, heads.heads)));
        }
        if !heads.last {
            return;
        }
        s.peer = std::mem::take(&mut s.incoming);
        s.sent.clear();
        s.heads_known = true;
        s.asked.clear();
        for cut in ctx.library.heads() {
            if cut.seq >= s.wants_from(&cut.log) {
                s.mark(cut.log);
            }
        }
        out.extend(s.device.map(|d| Output::Tell(Tell::Met(d))));
        Self::send_acts(ctx, link, s, out);
        Self::pump(ctx, link, s, out);
        Self::send_statements(ctx, link, s, out);
    }

    /// A head that is not ours at the same place is another branch: both sides show each other theirs.
    fn compare(
        ctx: &Ctx<'_>,
        link: LinkId,
        s: &Session,
        log: LogKey,
        seq: u32,
        id: &linli_base::EntryId,
        out: &mut Vec<Output>,
    ) {
        let known_fork = ctx.authority.fork(&log).is_some();
        let differs = ctx.library.id_at(&log, seq).is_some_and(|ours| ours != *id);
        let showing = (differs && !known_fork) || Self::is_sought(ctx, &log, seq, id);
        if showing && s.is_open() {
            out.push(Output::Send(link, Frame::Want(vec![(log, 1)]).encode()));
        }
    }

    /// Whether a branch is selected that we are not on, and a peer whose log ends there may hold it.
    fn is_sought(ctx: &Ctx<'_>, log: &LogKey, seq: u32, id: &linli_base::EntryId) -> bool {
        let Some(named) = ctx.authority.selected(log).filter(|c| c.seq <= seq) else {
            return false;
        };
        let elsewhere = match ctx.library.id_at(log, named.seq) {
            Some(ours) => ours != named.id,
            None => ctx.authority.fork(log).is_some_and(|at| at <= named.seq),
        };
        elsewhere && (seq > named.seq || *id == named.id)
    }
}

/// The authority log of a device.
const fn authority_log(device: DeviceId) -> LogKey {
    LogKey {
        device,
        lane: LaneKey {
            class: LaneClass::Authority,
            scope: ScopeId::ZERO,
            period: Period::NONE,
        },
    }
}

fn read_statement_key(item: &[u8; 57]) -> Option<(StatementKey, u64)> {
    let (key, counter) = item.split_at(49);
    Some((
        StatementKey::from_bytes(key)?,
        u64::from_be_bytes(counter.try_into().ok()?),
    ))
}
