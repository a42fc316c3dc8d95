//! Faults of the layers below, as the codes that people's programs word.

use crate::api::Fault;
use crate::replica::{OpFault, OpenFault, WriteFault};
use linli_record::draft::DraftError;
use linli_record::schema::{FieldFault, SchemaFault};
use linli_store::StoreFault;
use linli_vault::VaultError;
use std::io::ErrorKind;

pub(crate) fn of_store(fault: StoreFault) -> Fault {
    match fault {
        StoreFault::DiskFull => Fault::storage("disk-full"),
        StoreFault::ReadOnly => Fault::storage("disk-read-only"),
        StoreFault::Damaged { .. } => Fault::storage("store-damaged"),
        StoreFault::TooNew { found, known } => Fault::version("home-newer")
            .with("found", found)
            .with("known", known),
        StoreFault::Busy => Fault::busy("home-busy"),
        StoreFault::WrongKey => Fault::busy("other-keys"),
        StoreFault::Io(kind) => Fault::storage("disk-fault").with("kind", kind),
        _ => Fault::storage("disk-fault").with("kind", "closed"),
    }
}

pub(crate) fn of_vault(fault: &VaultError) -> Fault {
    match fault {
        VaultError::NotFound => Fault::busy("keys-missing"),
        VaultError::PassphraseNeeded => Fault::busy("passphrase-needed"),
        VaultError::WrongPassphrase => Fault::busy("wrong-passphrase"),
        VaultError::EmptyPassphrase => Fault::input("empty-passphrase"),
        VaultError::Newer { .. } => Fault::version("keys-newer"),
        VaultError::OtherHome { .. } => Fault::busy("other-keys"),
        VaultError::Permissions { .. } => Fault::busy("keys-open-to-others"),
        VaultError::KeyringUnavailable { .. }
        | VaultError::KeyringLocked { .. }
        | VaultError::KeyringEmpty => Fault::busy("keyring-unavailable"),
        VaultError::InsideHome { .. } => Fault::input("keys-inside-home"),
        VaultError::Exists { .. } => Fault::input("keys-exist"),
        VaultError::NoConfigDir => Fault::input("no-config-dir"),
        VaultError::Io { source, .. } if source.kind() == ErrorKind::StorageFull => {
            Fault::storage("disk-full")
        }
        VaultError::Io { source, .. } if source.kind() == ErrorKind::ReadOnlyFilesystem => {
            Fault::storage("disk-read-only")
        }
        _ => Fault::storage("keys-unreadable"),
    }
}

pub(crate) fn of_open(fault: &OpenFault) -> Fault {
    match fault {
        OpenFault::Store(fault) => of_store(*fault),
        OpenFault::NoCommunity => Fault::missing("no-community"),
        OpenFault::Charter(_) => Fault::input("charter-refused"),
        OpenFault::OtherKeys => Fault::busy("other-keys"),
        OpenFault::Write(fault) => of_write(fault),
    }
}

pub(crate) fn of_write(fault: &WriteFault) -> Fault {
    match fault {
        WriteFault::NotAllowed(why) => Fault::forbidden("not-allowed").with("why", why),
        WriteFault::NoScopeKey => Fault::forbidden("no-scope-key"),
        WriteFault::TooLarge => Fault::input("too-long"),
        WriteFault::Closed => Fault::forbidden("log-closed"),
        WriteFault::Store(fault) => of_store(*fault),
    }
}

/// Field and reason as words of a fixed list, so that they can be said in any language.
fn of_draft(fault: &DraftError) -> Fault {
    let DraftError::Field(SchemaFault { field, fault }) = fault else {
        return match fault {
            DraftError::NoRecord => Fault::missing("not-found"),
            DraftError::TooLong { .. } => Fault::input("too-long"),
            DraftError::NothingToSay => Fault::input("nothing-to-say"),
            DraftError::NoField { .. } | DraftError::Immutable(_) => Fault::input("not-editable"),
            DraftError::Field(_) | DraftError::Author(_) => Fault::ours("change"),
        };
    };
    let (why, more) = match fault {
        FieldFault::Missing | FieldFault::Blank => ("empty", String::new()),
        FieldFault::TooLong { max } => ("long", max.to_string()),
        FieldFault::TooMany { max } => ("many", max.to_string()),
        FieldFault::TooHigh { max } => ("high", max.to_string()),
        FieldFault::Control => ("control", String::new()),
        FieldFault::Word => ("word", String::new()),
        FieldFault::RecordId => ("id", String::new()),
        FieldFault::Before { other } => ("before", (*other).to_owned()),
        FieldFault::Beside { other } => ("beside", (*other).to_owned()),
        FieldFault::Type { .. } | FieldFault::Length { .. } | FieldFault::UnknownKind => {
            ("form", String::new())
        }
    };
    Fault::input("bad-field")
        .with("field", field)
        .with("why", why)
        .with("more", more)
}

pub(crate) fn of_op(fault: &OpFault) -> Fault {
    match fault {
        OpFault::Write(fault) => of_write(fault),
        OpFault::Draft(fault) => of_draft(fault),
        OpFault::Charter(fault) => Fault::forbidden("charter-refused").with("why", fault),
        OpFault::NotAllowed => Fault::forbidden("not-allowed").with("why", "role"),
        OpFault::NotFound => Fault::missing("not-found"),
        OpFault::Bad(why) => Fault::input("bad-field").with("field", "").with("why", why),
    }
}

impl From<OpFault> for Fault {
    fn from(fault: OpFault) -> Self {
        of_op(&fault)
    }
}

impl From<StoreFault> for Fault {
    fn from(fault: StoreFault) -> Self {
        of_store(fault)
    }
}

impl From<WriteFault> for Fault {
    fn from(fault: WriteFault) -> Self {
        of_write(&fault)
    }
}

impl From<OpenFault> for Fault {
    fn from(fault: OpenFault) -> Self {
        of_open(&fault)
    }
}
