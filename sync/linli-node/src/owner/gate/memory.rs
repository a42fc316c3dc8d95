//! The gate's short memory across a restart: wrong PINs and codes and their locks are committed with the answer that they
//! belong to, admissions of the last seconds are read from the log. So neither a power cut nor a command run once per
//! scan gives anybody more tries, or opens twice for one code.

use crate::api::Fault;
use crate::replica::{Now, Replica};
use linli_base::UnixSec;
use linli_base::time::Moment;
use linli_pass::decide::Now as GateNow;
use linli_pass::state::{Kept, Ledger, REPEAT_MS, Tries};
use linli_pass::{Cti, Decision, Kind, Plate, Reason, Show, Verdict};
use linli_record::fact::GateResult;
use linli_record::row::GateEventRow;
use linli_record::{Row, RowKind};

/// `Local`: the short memory, see [`to_bytes`].
const TRIED: &[u8] = b"t";
/// The first byte of the value.
const VERSION: u8 = 1;

/// version 1 ‖ codes locked until 8 ‖ number of wrong codes 1 ‖ when each 8 ‖ of each pass: its id 12, wrong PINs 1,
/// locked until 8. Times are Unix seconds; 0: not locked.
fn to_bytes(kept: &Kept) -> Vec<u8> {
    let second = |at: Option<UnixSec>| at.map_or(0, |at| at.0).to_be_bytes();
    let mut out = vec![VERSION];
    out.extend_from_slice(&second(kept.codes_locked));
    let codes = &kept.codes[..kept.codes.len().min(usize::from(u8::MAX))];
    out.push(u8::try_from(codes.len()).unwrap_or(u8::MAX));
    for at in codes {
        out.extend_from_slice(&at.0.to_be_bytes());
    }
    for (cti, (wrong, locked)) in &kept.pins {
        out.extend_from_slice(&cti.0);
        out.push(*wrong);
        out.extend_from_slice(&second(*locked));
    }
    out
}

fn from_bytes(bytes: &[u8]) -> Option<Kept> {
    let second = |at: &[u8; 8]| Some(UnixSec(u64::from_be_bytes(*at))).filter(|at| at.0 > 0);
    let (&[VERSION], rest) = bytes.split_first_chunk::<1>()? else {
        return None;
    };
    let (locked, rest) = rest.split_first_chunk::<8>()?;
    let (&number, rest) = rest.split_first()?;
    let (codes, rest) = rest.split_at_checked(usize::from(number) * 8)?;
    let (codes, _) = codes.as_chunks::<8>();
    let (pins, odd) = rest.as_chunks::<21>();
    if !odd.is_empty() {
        return None;
    }
    let pins = pins.iter().filter_map(|pin| {
        let (cti, rest) = pin.split_first_chunk::<12>()?;
        let (wrong, locked) = rest.split_first()?;
        Some((Cti(*cti), (*wrong, second(locked.first_chunk()?))))
    });
    Some(Kept {
        pins: pins.collect(),
        codes: codes.iter().filter_map(second).collect(),
        codes_locked: second(locked),
    })
}

/// Stages what has to outlive the program; whoever writes the answer down commits both at once.
pub(super) fn stage(replica: &mut Replica, kept: &Kept) {
    let value = (*kept != Kept::default()).then(|| to_bytes(kept));
    replica.set_local(TRIED, value.as_deref());
}

/// The short memory with which this program begins. Of a pass whose last entry is spent nothing is repeated: the log
/// answers E_USED, and whoever died between the entry and the answer gives no second ADMIT.
pub(super) fn begin(replica: &Replica, ledger: &Ledger, now: Now) -> Result<Tries, Fault> {
    let at = GateNow {
        wall: now.wall.seconds(),
        mono: now.moment,
    };
    let kept = match replica.local(TRIED)? {
        // A value that cannot be read is damage, never a gate at which nobody tried anything.
        Some(bytes) => from_bytes(&bytes).ok_or_else(|| Fault::storage("store-damaged"))?,
        None => Kept::default(),
    };
    let mut tries = Tries::restored(&kept, at);
    let me = replica.me().device();
    for (_, row) in replica.rows(RowKind::GateEvent)? {
        let Row::GateEvent(event) = row else { continue };
        let age_ms = at.wall.0.abs_diff(event.at_s).saturating_mul(1000);
        if event.author.device == me
            && event.result == GateResult::Admit
            && age_ms <= REPEAT_MS
            && !is_spent(ledger, &event)
            && let Some(decision) = admission(&event)
        {
            let since = Moment(at.mono.0.saturating_sub(age_ms));
            tries.admitted(decision, since);
        }
    }
    Ok(tries)
}

fn is_spent(ledger: &Ledger, event: &GateEventRow) -> bool {
    let counted = event.cti.zip(event.entries);
    counted.is_some_and(|(cti, entries)| ledger.spent(&Cti(cti)) >= u32::from(entries))
}

/// The admission that a line of the log tells of, as far as a repeated answer needs it.
fn admission(event: &GateEventRow) -> Option<Decision> {
    let entry = event.uses_after.zip(event.entries.map(u32::from));
    Some(Decision {
        verdict: Verdict::Admit,
        opens: true,
        reason: Reason::Admit {
            entry,
            unheard: false,
        },
        also: vec![],
        clock: None,
        show: Some(Show {
            label: event.label.clone(),
            unit: event.unit.clone(),
            plate: event
                .plate
                .as_ref()
                .and_then(|plate| Plate::parse(plate.reveal()).ok()),
            kind: Kind::Person,
            companions: event.companions.unwrap_or_default(),
            from: UnixSec(event.at_s),
            until: UnixSec(event.until_s.unwrap_or(event.at_s)),
            entry,
            pin_unasked: false,
        }),
        cti: event.cti.map(Cti),
        signer: None,
        scan: event.scan_hash?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_and_nothing_else_is() {
        let kept = Kept {
            pins: [
                (Cti([1; 12]), (2, None)),
                (Cti([2; 12]), (0, Some(UnixSec(1_795_305_900)))),
            ]
            .into(),
            codes: vec![UnixSec(1_795_305_600), UnixSec(1_795_305_601)],
            codes_locked: Some(UnixSec(1_795_305_660)),
        };
        let bytes = to_bytes(&kept);
        assert_eq!(from_bytes(&bytes), Some(kept));
        let none = Kept::default();
        assert_eq!(from_bytes(&to_bytes(&none)), Some(none));
        for cut in 0..bytes.len() {
            let whole = cut >= 26 && (cut - 26) % 21 == 0;
            assert_eq!(from_bytes(&bytes[..cut]).is_some(), whole, "{cut}");
        }
        assert_eq!(from_bytes(&[2; 30]), None);
    }
}
