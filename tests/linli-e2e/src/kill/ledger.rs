//! What was asked of a home and what it answered, and whether what it shows afterwards fits.

use std::collections::BTreeMap;

/// How a write that was asked for came out.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Fate {
    /// The command ended with 0 and this id: it must be there ever after, once.
    Acknowledged(String),
    /// No answer came. It may be there, whole, or not; the next look settles it.
    Unknown,
    /// Looked for after a restart and not there: it must not come back.
    Gone,
}

/// All writes of one kind to one home, by a label that no two share.
#[derive(Clone, Default, Debug)]
pub struct Ledger {
    fates: BTreeMap<String, Fate>,
}

/// What a look settled.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Settled {
    /// Unanswered writes that were durable.
    pub kept: u64,
    /// Unanswered writes that left nothing.
    pub gone: u64,
}

impl Settled {
    /// Adds what another look settled.
    pub const fn add(&mut self, more: Self) {
        self.kept += more.kept;
        self.gone += more.gone;
    }
}

impl Ledger {
    /// A write came back with this id, or with nothing.
    pub fn enter(&mut self, label: &str, id: Option<String>) {
        let fate = id.map_or(Fate::Unknown, Fate::Acknowledged);
        self.fates.insert(label.to_owned(), fate);
    }

    /// Compares with what the home shows: pairs of label and id.
    ///
    /// # Errors
    /// The first thing that does not fit.
    pub fn look<'a>(
        &mut self,
        shown: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Settled, String> {
        let mut there: BTreeMap<&str, &str> = BTreeMap::new();
        for (label, id) in shown {
            if there.insert(label, id).is_some() {
                return Err(format!("{label} is there twice"));
            }
        }
        let mut settled = Settled::default();
        for (label, fate) in &mut self.fates {
            let id = there.remove(label.as_str());
            match (&*fate, id) {
                (Fate::Acknowledged(known), Some(id)) if known == id => {}
                (Fate::Acknowledged(known), Some(id)) => {
                    return Err(format!(
                        "{label} was acknowledged as {known} and is now {id}"
                    ));
                }
                (Fate::Acknowledged(id), None) => {
                    return Err(format!("{label} was acknowledged as {id} and is lost"));
                }
                (Fate::Gone, Some(id)) => {
                    return Err(format!(
                        "{label} was not there after a restart and now is, as {id}"
                    ));
                }
                (Fate::Unknown, Some(id)) => {
                    settled.kept += 1;
                    *fate = Fate::Acknowledged(id.to_owned());
                }
                (Fate::Unknown, None) => {
                    settled.gone += 1;
                    *fate = Fate::Gone;
                }
                (Fate::Gone, None) => {}
            }
        }
        match there.keys().next() {
            Some(label) => Err(format!("{label} is there and was never asked for")),
            None => Ok(settled),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger() -> Ledger {
        let mut ledger = Ledger::default();
        ledger.enter("a", Some("1".into()));
        ledger.enter("b", None);
        ledger.enter("c", None);
        ledger
    }

    #[test]
    fn what_was_acknowledged_is_there_and_what_was_not_is_there_or_not() {
        let mut ledger = ledger();
        let settled = ledger.look([("a", "1"), ("b", "2")]).unwrap();
        assert_eq!(settled, Settled { kept: 1, gone: 1 });
        assert_eq!(
            ledger.look([("b", "2"), ("a", "1")]),
            Ok(Settled::default())
        );
    }

    #[test]
    fn a_loss_a_change_a_double_a_ghost_and_a_stranger_are_found() {
        for shown in [
            &[("b", "2")][..],
            &[("a", "9")],
            &[("a", "1"), ("b", "2"), ("b", "3")],
            &[("a", "1"), ("x", "4")],
        ] {
            assert!(ledger().look(shown.iter().copied()).is_err(), "{shown:?}");
        }
        let mut ledger = ledger();
        assert!(ledger.look([("a", "1")]).is_ok());
        assert!(ledger.look([("a", "1"), ("c", "3")]).is_err());
    }
}
