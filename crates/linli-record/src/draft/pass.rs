//! Draft of a visit.

use super::{DraftError, FieldValue, create};
use crate::admission::Actor;
use crate::kind::RecordKind;
use crate::schema::VisitKind;
use linli_base::Private;

/// A visit with the pass that was made for it. Calling it off is an edit: set `cancelled_ms`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct VisitDraft {
    /// The label the guard sees.
    pub label: Private<String>,
    /// Whom or what it lets in.
    pub kind: VisitKind,
    /// Valid from, Unix seconds.
    pub from_s: u64,
    /// Valid until, Unix seconds; not before `from_s`.
    pub until_s: u64,
    /// Entries allowed; 0 is unlimited.
    pub entries: u8,
    /// The gates it names, the home gate first; empty = any.
    pub gates: Vec<u8>,
    /// The plate, normalised.
    pub plate: Option<Private<String>>,
    /// People beside the holder.
    pub companions: u8,
    /// The pass.
    pub cti: [u8; 12],
    /// The signed token.
    pub token: Private<String>,
    /// Whether the eight-digit code may be used.
    pub short_code: bool,
    /// The unit visited, where an office invites for somebody.
    pub host_unit: Option<Private<String>>,
}

impl VisitDraft {
    /// The body of the `change` entry that creates it.
    ///
    /// # Errors
    /// [`DraftError`] names the field and its limit.
    pub fn change(&self, actor: Actor) -> Result<Vec<u8>, DraftError> {
        let gates: Vec<u64> = self.gates.iter().copied().map(u64::from).collect();
        let companions = (self.companions > 0).then(|| u64::from(self.companions));
        let fields = vec![
            ("label", Some((&self.label).into())),
            ("kind", Some(self.kind.word().into())),
            ("from_s", Some(self.from_s.into())),
            ("until_s", Some(self.until_s.into())),
            ("entries", Some(u64::from(self.entries).into())),
            ("gates", Some(gates.as_slice().into())),
            ("plate", self.plate.as_ref().map(Into::into)),
            ("companions", companions.map(Into::into)),
            ("cti", Some(FieldValue::from(self.cti.as_slice()))),
            ("token", Some((&self.token).into())),
            ("short_code", self.short_code.then(|| true.into())),
            ("host_unit", self.host_unit.as_ref().map(Into::into)),
        ];
        create(RecordKind::Visit, fields, actor)
    }
}
