//! Drafts of buildings and rooms, and of the office's register.

use super::{DraftError, create};
use crate::admission::Actor;
use crate::kind::RecordKind;
use linli_base::{Private, RecordId};

/// A building.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BuildingDraft {
    /// Its name, `3`.
    pub name: String,
    /// Its stairs.
    pub stairs: Vec<String>,
    /// The grid cell it lies in, `02`.
    pub cell: Option<String>,
    /// The import that makes it.
    pub batch: Option<String>,
}

/// A room.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RoomDraft {
    /// The building.
    pub building: String,
    /// The stair; `0` in a house without.
    pub stair: String,
    /// The room.
    pub room: String,
    /// Floor area in hundredths of a square metre.
    pub area_dm2: Option<u64>,
    /// The grid cell it lies in, where that is said of the room; it goes before its building's.
    pub cell: Option<String>,
    /// The import that makes it.
    pub batch: Option<String>,
}

/// How a unit is used.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct HouseholdDraft {
    /// The unit.
    pub unit: Private<String>,
    /// The office's word: 自住, 出租, 空置.
    pub usage: Option<String>,
    /// Floor area in hundredths of a square metre.
    pub area_dm2: Option<u64>,
    /// The import that makes it.
    pub batch: Option<String>,
}

/// A person.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PersonDraft {
    /// The name.
    pub name: Private<String>,
    /// The unit.
    pub unit: Private<String>,
    /// Phones in the order written.
    pub phones: Vec<Private<String>>,
    /// ID number as written.
    pub id_number: Option<Private<String>>,
    /// To the head of the household.
    pub relation: Option<Private<String>>,
    /// A note.
    pub note: Option<Private<String>>,
    /// The import that makes it.
    pub batch: Option<String>,
}

/// A vehicle.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VehicleDraft {
    /// The plate.
    pub plate: Private<String>,
    /// The unit.
    pub unit: Private<String>,
    /// The person's record.
    pub owner: Option<RecordId>,
    /// The import that makes it.
    pub batch: Option<String>,
}

macro_rules! changes {
    ($($draft:ident is $kind:ident: |$self:ident| [$(($name:literal, $value:expr)),* $(,)?];)*) => {$(
        impl $draft {
            /// The body of the `change` entry that creates it.
            ///
            /// # Errors
            /// [`DraftError`] names the field and its limit.
            pub fn change(&self, actor: Actor) -> Result<Vec<u8>, DraftError> {
                let $self = self;
                create(RecordKind::$kind, vec![$(($name, $value)),*], actor)
            }
        }
    )*};
}

changes!(
    BuildingDraft is Building: |draft| [
        ("name", Some(draft.name.as_str().into())),
        ("stairs", Some(draft.stairs.as_slice().into())),
        ("cell", draft.cell.as_deref().map(Into::into)),
        ("batch", draft.batch.as_deref().map(Into::into)),
    ];
    RoomDraft is Room: |draft| [
        ("building", Some(draft.building.as_str().into())),
        ("stair", Some(draft.stair.as_str().into())),
        ("room", Some(draft.room.as_str().into())),
        ("area_dm2", draft.area_dm2.map(Into::into)),
        ("cell", draft.cell.as_deref().map(Into::into)),
        ("batch", draft.batch.as_deref().map(Into::into)),
    ];
    HouseholdDraft is Household: |draft| [
        ("unit", Some((&draft.unit).into())),
        ("use", draft.usage.as_deref().map(Into::into)),
        ("area_dm2", draft.area_dm2.map(Into::into)),
        ("batch", draft.batch.as_deref().map(Into::into)),
    ];
    PersonDraft is Person: |draft| [
        ("name", Some((&draft.name).into())),
        ("unit", Some((&draft.unit).into())),
        ("phones", Some(draft.phones.as_slice().into())),
        ("id_number", draft.id_number.as_ref().map(Into::into)),
        ("relation", draft.relation.as_ref().map(Into::into)),
        ("note", draft.note.as_ref().map(Into::into)),
        ("batch", draft.batch.as_deref().map(Into::into)),
    ];
    VehicleDraft is Vehicle: |draft| [
        ("plate", Some((&draft.plate).into())),
        ("unit", Some((&draft.unit).into())),
        ("owner", draft.owner.map(Into::into)),
        ("batch", draft.batch.as_deref().map(Into::into)),
    ];
);
