//! The executable model of a store: an ordered map, and random changes to compare it by.

use crate::dice::Dice;
use crate::port::{Batch, Store, StoreFault, Table, Write};
use std::collections::BTreeMap;

/// All rows of a store that callers wrote, by table and key.
pub type Model = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

/// Reads a whole store, without the rows that belong to the store itself.
pub fn try_contents(store: &dyn Store) -> Result<Model, StoreFault> {
    let mut rows = Model::new();
    for table in Table::ALL {
        store.scan(table, b"", &mut |key, value| {
            if table != Table::Meta || key.first() != Some(&0) {
                rows.insert((table, key.to_vec()), value);
            }
            true
        })?;
    }
    Ok(rows)
}

/// Like [`try_contents`], for a store that is expected to be readable.
///
/// # Panics
///
/// If it is not.
#[must_use]
pub fn contents(store: &dyn Store) -> Model {
    try_contents(store).expect("a healthy store can be scanned")
}

/// Does to the model what committing the batch does to a store.
pub fn apply(model: &mut Model, batch: &Batch) {
    for write in batch.writes() {
        match write {
            Write::Put { table, key, value } => model.insert((*table, key.clone()), value.clone()),
            Write::Delete { table, key } => model.remove(&(*table, key.clone())),
        };
    }
}

/// A batch as life brings them, chosen by a seed: keys that come again, some deletes, now and then
/// a large value. Never empty.
#[must_use]
pub fn random_batch(seed: u64) -> Batch {
    let mut dice = Dice::new(seed);
    let mut batch = Batch::new();
    for _ in 0..=dice.below(9) {
        let table = Table::ALL[dice.below(Table::ALL.len())];
        let key: Vec<u8> = (0..1 + dice.below(3))
            .map(|_| [b'a', b'b', 0xff][dice.below(3)])
            .collect();
        if dice.chance(30) {
            batch.delete(table, key);
        } else {
            let len = if dice.chance(5) {
                dice.below(20_000)
            } else {
                dice.below(60)
            };
            let value = dice.bytes(len);
            batch.put(table, key, value);
        }
    }
    batch
}

pub(super) fn random_changes_end_like_the_model(
    mut store: Box<dyn Store>,
    reopen: &mut dyn FnMut(Box<dyn Store>) -> Box<dyn Store>,
    seed: u64,
    changes: usize,
) {
    let mut dice = Dice::new(seed);
    let mut model = Model::new();
    let mut done = 0;
    while done < changes {
        let batch = random_batch(dice.roll());
        done += batch.len();
        apply(&mut model, &batch);
        store
            .commit(&batch)
            .expect("a sound batch is accepted by a healthy store");
        if dice.chance(20) {
            assert!(
                contents(&*store) == model,
                "after {done} changes of seed {seed} the store equals the model"
            );
        }
        if dice.chance(8) {
            store = reopen(store);
        }
        if dice.chance(5) {
            store.compact().expect("a healthy store can be compacted");
        }
    }
    assert!(
        contents(&*store) == model,
        "at the end of seed {seed} the store equals the model"
    );
}
