//! What goes out: heads, ranges in order of urgency within the link's window, and pushes of what is durable.

use super::{Ctx, Hub, LinkId, News, Output};
use crate::frame::{Frame, Heads, ITEMS_MAX};
use crate::session::Session;
use linli_base::LogKey;
use linli_base::limits::IN_FLIGHT_MAX;

/// Aim of one frame of entries: large enough to amortise the commit, small enough to interleave.
const CHUNK: usize = 256 * 1024;

impl Hub {
    pub(super) fn send_heads(ctx: &Ctx<'_>, link: LinkId, s: &Session, out: &mut Vec<Output>) {
        let Some(peer) = s.device else { return };
        let mut heads: Vec<_> = ctx.library.heads();
        heads.retain(|c| ctx.authority.may_carry(&peer, &c.log.lane));
        let mut acts: Vec<[u8; 32]> = ctx
            .library
            .acts()
            .into_iter()
            .filter(|(_, lane)| ctx.authority.may_carry(&peer, lane))
            .map(|(id, _)| id.0)
            .collect();
        let mut statements: Vec<[u8; 57]> = ctx
            .library
            .statements()
            .into_iter()
            .map(|(key, counter)| {
                let mut out = [0; 57];
                out[..49].copy_from_slice(&key.to_bytes());
                out[49..].copy_from_slice(&counter.to_be_bytes());
                out
            })
            .collect();
        loop {
            let mut chunk = Heads {
                heads: heads.drain(..heads.len().min(ITEMS_MAX)).collect(),
                ..Heads::default()
            };
            chunk.acts = acts.drain(..acts.len().min(ITEMS_MAX)).collect();
            chunk.statements = statements
                .drain(..statements.len().min(ITEMS_MAX / 4))
                .collect();
            chunk.last = heads.is_empty() && acts.is_empty() && statements.is_empty();
            let last = chunk.last;
            out.push(Output::Send(link, Frame::Heads(chunk).encode()));
            if last {
                return;
            }
        }
    }

    pub(super) fn send_acts(ctx: &Ctx<'_>, link: LinkId, s: &mut Session, out: &mut Vec<Output>) {
        let Some(peer) = s.device else { return };
        let mut missing = Vec::new();
        for (id, lane) in ctx.library.acts() {
            if ctx.authority.may_carry(&peer, &lane) && s.peer_acts.insert(id.0) {
                missing.extend(ctx.library.act(&id));
            }
        }
        for chunk in missing.chunks(256) {
            out.push(Output::Send(link, Frame::Acts(chunk.to_vec()).encode()));
        }
    }

    pub(super) fn send_statements(
        ctx: &Ctx<'_>,
        link: LinkId,
        s: &mut Session,
        out: &mut Vec<Output>,
    ) {
        let mut list = Vec::new();
        for (key, counter) in ctx.library.statements() {
            let known = s.peer_statements.get(&key).copied();
            if known.is_none_or(|k| k < counter) {
                s.peer_statements.insert(key, counter);
                list.extend(ctx.library.statement(&key));
            }
        }
        for chunk in list.chunks(64) {
            out.push(Output::Send(
                link,
                Frame::Statements(chunk.to_vec()).encode(),
            ));
        }
    }

    /// Sends ranges while the link's window has room. Before the peer's heads have come, only what it asked for.
    pub(super) fn pump(ctx: &Ctx<'_>, link: LinkId, s: &mut Session, out: &mut Vec<Output>) {
        let Some(peer) = s.device else { return };
        while !s.congested && !s.dirty.is_empty() {
            let room = IN_FLIGHT_MAX.saturating_sub(s.bytes_in_flight());
            if room < CHUNK {
                return;
            }
            let (mut entries, mut bytes) = (Vec::new(), 0);
            while bytes < CHUNK && entries.len() < ITEMS_MAX {
                let Some((prio, log)) = s.next_dirty() else {
                    break;
                };
                if !ctx.authority.may_carry(&peer, &log.lane) {
                    continue;
                }
                let from = s.wants_from(&log);
                let range = ctx.library.range(&log, from, CHUNK - bytes);
                let Some((last, _)) = range.last().map(|(seq, b)| (*seq, b.len())) else {
                    continue;
                };
                bytes += range.iter().map(|(_, b)| b.len()).sum::<usize>();
                entries.extend(range.into_iter().map(|(_, b)| b));
                s.sent.insert(log, last);
                if ctx.library.head(&log).is_some_and(|h| h.seq > last) {
                    s.dirty.insert((prio, log));
                }
            }
            if entries.is_empty() {
                return;
            }
            let number = s.next_number;
            s.next_number += 1;
            s.in_flight.push_back((number, bytes));
            out.push(Output::Send(
                link,
                Frame::Entries { number, entries }.encode(),
            ));
        }
    }

    pub(super) fn push(&mut self, ctx: &Ctx<'_>, news: &News, out: &mut Vec<Output>) {
        for (link, s) in &mut self.sessions {
            if !s.is_open() {
                continue;
            }
            let Some(peer) = s.device else { continue };
            if news.epochs {
                let newest = ctx.authority.charter().newest();
                out.push(Output::Send(
                    *link,
                    Frame::Epochs(vec![newest.bytes.clone()]).encode(),
                ));
            }
            if !news.acts.is_empty() {
                Self::send_acts(ctx, *link, s, out);
            }
            let may: Vec<_> = news
                .logs
                .iter()
                .filter(|c| ctx.authority.may_carry(&peer, &c.log.lane))
                .copied()
                .collect();
            for cut in &may {
                if cut.seq >= s.wants_from(&cut.log) {
                    s.mark(cut.log);
                }
            }
            Self::pump(ctx, *link, s, out);
            for chunk in may.chunks(ITEMS_MAX) {
                out.push(Output::Send(*link, Frame::Have(chunk.to_vec()).encode()));
            }
            if !news.statements.is_empty() {
                Self::send_statements(ctx, *link, s, out);
            }
        }
    }

    /// Notes that an entry of this log came from a link: its sender holds it.
    pub fn came_from(&mut self, link: LinkId, log: LogKey, seq: u32) {
        if let Some(s) = self.sessions.get_mut(&link) {
            s.peer_holds(log, seq);
        }
    }
}
