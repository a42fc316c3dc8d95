//! Turns an honest change into a nearly honest one, reproducibly from a seed.

use super::Rng;
use super::forge::{Forged, Id, Op, Place, content, seal};

/// Damages the bytes behind the header and seals them again, so that the damage reaches the inner parser.
pub fn bytes(rng: &mut Rng, chunk: &[u8]) -> Vec<u8> {
    let mut inner = content(chunk);
    for _ in 0..=rng.below(3) {
        let at = rng.below(inner.len());
        match rng.below(6) {
            0 => inner.truncate(at),
            1 => inner.insert(at, rng.next() as u8),
            2 if !inner.is_empty() => drop(inner.remove(at)),
            3 if !inner.is_empty() => inner[at] = inner[at].wrapping_add(1),
            4 => {
                let from = rng.below(inner.len());
                let piece: Vec<u8> = inner[from..].iter().take(rng.below(20)).copied().collect();
                inner.splice(at..at, piece);
            }
            _ if !inner.is_empty() => inner[at] ^= 1 << rng.below(8),
            _ => {}
        }
    }
    seal(1, &inner)
}

/// Changes what the change says, mostly one thing, and encodes it canonically: this gets past the parser.
pub fn meaning(rng: &mut Rng, chunk: &[u8], hashes: &[[u8; 32]]) -> Vec<u8> {
    let mut forged = Forged::of(chunk);
    for _ in 0..=rng.below(3) / 2 {
        match rng.below(12) {
            0 => forged.seq = forged.seq.wrapping_add(rng.below(3) as u64).wrapping_sub(1),
            1 => forged.start_op = (forged.start_op + rng.below(5) as u64).saturating_sub(2),
            2 if !hashes.is_empty() => {
                let dep = hashes[rng.below(hashes.len())];
                if !forged.deps.contains(&dep) {
                    forged.deps.push(dep);
                    forged.deps.sort_unstable();
                }
            }
            3 if !forged.deps.is_empty() => drop(forged.deps.remove(rng.below(forged.deps.len()))),
            4 if !forged.ops.is_empty() => {
                let copy = forged.ops[rng.below(forged.ops.len())].clone();
                forged.ops.insert(rng.below(forged.ops.len()), copy);
            }
            5 if forged.ops.len() > 1 => drop(forged.ops.remove(rng.below(forged.ops.len()))),
            6 => {
                let (one, other) = (rng.below(forged.ops.len()), rng.below(forged.ops.len()));
                if one < forged.ops.len() && other < forged.ops.len() {
                    forged.ops.swap(one, other);
                }
            }
            _ => operation(rng, &mut forged),
        }
    }
    if rng.below(8) > 0 {
        list_used_actors(&mut forged);
    }
    forged.encode()
}

fn any_id(rng: &mut Rng, forged: &Forged) -> Id {
    let most = forged.start_op as usize + forged.ops.len();
    (
        1 + rng.below(most) as u64,
        rng.below(forged.others.len() + 1),
    )
}

fn operation(rng: &mut Rng, forged: &mut Forged) {
    if forged.ops.is_empty() {
        return;
    }
    let at = rng.below(forged.ops.len());
    let mut op = forged.ops[at].clone();
    match rng.below(8) {
        0 => {
            op.obj = if rng.below(2) == 0 {
                None
            } else {
                Some(any_id(rng, forged))
            }
        }
        1 => {
            op.place = match rng.below(3) {
                0 => Place::Key(["a", "b", "c", "new"][rng.below(4)].to_owned()),
                1 => Place::Head,
                _ => Place::Elem(any_id(rng, forged)),
            }
        }
        2 => op.insert = !op.insert,
        3 => op.action = rng.below(8) as u64,
        4 => {
            let (code, value): (u8, &[u8]) = [
                (0, &b""[..]),
                (2, b""),
                (3, b"\x05"),
                (6, "字".as_bytes()),
                (6, b""),
                (7, b"\xff"),
                (5, b"12345678"),
                (8, b"\x01"),
            ][rng.below(8)];
            (op.code, op.value) = (code, value.to_vec());
        }
        5 => op.preds.clear(),
        6 => {
            op.preds.push(any_id(rng, forged));
            op.preds.sort_unstable();
        }
        _ => {
            // What a hand-written writer would do first: overwrite something else.
            let other: &Op = &forged.ops[rng.below(forged.ops.len())];
            op.preds.clone_from(&other.preds);
        }
    }
    forged.ops[at] = op;
}

/// Lists exactly the actors that the operations refer to, as an honest writer does.
fn list_used_actors(forged: &mut Forged) {
    let mut used = vec![false; forged.others.len() + 1];
    let mut mark = |id: &Id| {
        if let Some(flag) = used.get_mut(id.1) {
            *flag = true;
        }
    };
    for op in &forged.ops {
        op.obj.iter().for_each(&mut mark);
        op.preds.iter().for_each(&mut mark);
        if let Place::Elem(id) = &op.place {
            mark(id);
        }
    }
    let kept: Vec<usize> = (1..used.len()).filter(|index| used[*index]).collect();
    let renumber = |id: &mut Id| {
        id.1 = kept
            .iter()
            .position(|index| *index == id.1)
            .map_or(0, |at| at + 1)
    };
    for op in &mut forged.ops {
        op.obj.iter_mut().for_each(renumber);
        op.preds.iter_mut().for_each(renumber);
        if let Place::Elem(id) = &mut op.place {
            renumber(id);
        }
    }
    forged.others = kept
        .iter()
        .map(|index| forged.others[index - 1].clone())
        .collect();
}
