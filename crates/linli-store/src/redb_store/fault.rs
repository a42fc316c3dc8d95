//! Translates the errors of redb and of the operating system into [`StoreFault`].

use crate::port::StoreFault;
use std::io::{self, ErrorKind};

pub(super) const NOT_A_STORE: StoreFault = StoreFault::Damaged {
    what: "this is not a store file",
};
pub(super) const TOO_SHORT: StoreFault = StoreFault::Damaged {
    what: "the file is shorter than its tables",
};
pub(super) const BAD_PAGES: StoreFault = StoreFault::Damaged {
    what: "pages do not match their checksums",
};
pub(super) const BAD_TABLE: StoreFault = StoreFault::Damaged {
    what: "a table is not of the expected kind",
};
pub(super) const BAD_SCHEMA: StoreFault = StoreFault::Damaged {
    what: "the schema version is missing or unreadable",
};
pub(super) const MISSING: StoreFault = StoreFault::Damaged {
    what: "the store file is missing or empty",
};

pub(super) fn fault_of_io(error: &io::Error) -> StoreFault {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreFault::DiskFull,
        ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => StoreFault::ReadOnly,
        ErrorKind::UnexpectedEof => TOO_SHORT,
        ErrorKind::InvalidData => NOT_A_STORE,
        ErrorKind::NotFound => MISSING,
        kind => StoreFault::Io(kind),
    }
}

/// What redb's error means; `disk` is the fault the disk reported first, which redb forgets.
pub(super) fn fault_of_redb(error: &redb::Error, disk: Option<StoreFault>) -> StoreFault {
    use redb::Error as E;
    match error {
        E::Io(error) => disk.unwrap_or_else(|| fault_of_io(error)),
        E::PreviousIo => disk.unwrap_or(StoreFault::Io(ErrorKind::Other)),
        E::DatabaseAlreadyOpen | E::LockProtocolMismatch => StoreFault::Busy,
        E::DatabaseClosed => StoreFault::Closed,
        E::ValueTooLarge(_) => StoreFault::Refused {
            why: "a key or value is larger than 3 GiB",
        },
        E::UpgradeRequired(_) => StoreFault::Damaged {
            what: "the file has a redb format of long ago",
        },
        E::Corrupted(_) | E::RepairAborted => BAD_PAGES,
        E::TableTypeMismatch { .. }
        | E::TableIsMultimap(_)
        | E::TableIsNotMultimap(_)
        | E::TypeDefinitionChanged { .. }
        | E::TableDoesNotExist(_) => BAD_TABLE,
        E::Unsupported => StoreFault::Io(ErrorKind::Unsupported),
        _ => StoreFault::Io(ErrorKind::Other),
    }
}
