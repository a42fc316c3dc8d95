//! A file on its way into a home, and out of it: sealed and opened by the program that has it in hand.
//!
//! A photo takes seconds to draw and megabytes to carry, and the owner of a home has people and gates waiting. So it
//! gets the name of what already lies in its folder.

use super::HomeOptions;
use super::clock::OsDice;
use super::files::is_home;
use crate::api::{Fault, FileArgs};
use crate::blobs::BlobId;
use crate::blobs::shelf::{FOLDER, FileShelf, NEW, Shelf as _, ShelfFault};
use linli_base::base32;
use linli_exchange::attach::{AttachFault, POINTS_MAX, Pixels, Ready, pixels, prepare};
use linli_keys::blob;
use linli_record::attach::clean_name;
use std::io::Write as _;

/// Largest file that is read at all, bytes.
pub const FILE_MAX: usize = linli_exchange::attach::PHOTO_FILE_MAX;

/// Makes a file ready, seals it and puts it into the home, to be named in a post or notice within the hour.
///
/// # Errors
/// [`Fault`] with a sentence for whoever chose the file.
pub fn stage(o: &HomeOptions, file: &[u8], name: Option<&str>) -> Result<FileArgs, Fault> {
    let ready = prepare(file).map_err(|fault| of_attach(fault, &shown(name)))?;
    if !is_home(&o.dir) {
        return Err(Fault::missing("no-home").with("dir", o.dir.display()));
    }
    let Ready { bytes, kind, sides } = ready;
    let sealed = blob::seal(&bytes, &mut OsDice);
    let size = u32::try_from(sealed.bytes.len()).map_err(|_| Fault::ours("our-fault"))?;
    let id = BlobId {
        hash: sealed.hash,
        size,
    };
    let dir = o.dir.join(FOLDER);
    let path = dir.join(format!("{}.{NEW}", id.file_name()));
    let written = std::fs::create_dir_all(&dir)
        .and_then(|()| std::fs::File::create(&path))
        .and_then(|mut to| to.write_all(&sealed.bytes));
    if let Err(error) = written {
        let _ = std::fs::remove_file(&path);
        return Err(of_shelf(error.into()));
    }
    Ok(FileArgs {
        hash: base32::encode(&sealed.hash),
        key: base32::encode(&*sealed.key),
        size,
        media: kind.word().to_owned(),
        sides,
        name: name.and_then(clean_name),
    })
}

/// The bytes of a file that is here.
///
/// # Errors
/// [`Fault`]: it is not here, or the disk has changed it.
pub fn read(o: &HomeOptions, file: &FileArgs) -> Result<Vec<u8>, Fault> {
    let id = id_of(file).ok_or_else(|| Fault::ours("our-fault"))?;
    let sealed = FileShelf::of_home(&o.dir).whole(&id);
    let key = base32::decode(&file.key).and_then(|key| <[u8; 32]>::try_from(key).ok());
    let plain = sealed
        .zip(key)
        .and_then(|(sealed, key)| blob::open(&sealed, &key));
    plain.ok_or_else(|| Fault::missing("attach-lost").with("file", shown(file.name.as_deref())))
}

/// The points of a picture that is here, at most `longest` a side.
///
/// # Errors
/// [`Fault`]: it is not here, or no picture.
pub fn picture(o: &HomeOptions, file: &FileArgs, longest: u32) -> Result<Pixels, Fault> {
    // What a stranger sealed may be anything: it is read within the same bounds as a file from a stick.
    let bytes = read(o, file)?;
    let name = shown(file.name.as_deref());
    pixels(&bytes, longest).ok_or_else(|| Fault::input("attach-picture").with("file", name))
}

pub(crate) fn id_of(file: &FileArgs) -> Option<BlobId> {
    Some(BlobId {
        hash: base32::decode(&file.hash)?.try_into().ok()?,
        size: file.size,
    })
}

fn shown(name: Option<&str>) -> String {
    name.and_then(clean_name).unwrap_or_default()
}

fn of_attach(fault: AttachFault, file: &str) -> Fault {
    match fault {
        AttachFault::Empty => Fault::input("attach-empty").with("file", file),
        AttachFault::Kind => Fault::input("attach-kind").with("file", file),
        AttachFault::Heic => Fault::input("attach-heic").with("file", file),
        AttachFault::FileTooLarge { mb } => Fault::input("attach-large")
            .with("file", file)
            .with("mb", mb),
        AttachFault::Points { millions } => Fault::input("attach-points")
            .with("file", file)
            .with("millions", millions)
            .with("most", POINTS_MAX / 1_000_000),
        AttachFault::Picture => Fault::input("attach-picture").with("file", file),
        AttachFault::Pdf => Fault::input("attach-pdf").with("file", file),
        AttachFault::Locked => Fault::input("attach-pdf-locked").with("file", file),
    }
}

pub(crate) fn of_shelf(fault: ShelfFault) -> Fault {
    match fault {
        ShelfFault::Full => Fault::storage("disk-full"),
        ShelfFault::Disk(kind) => Fault::storage("disk-fault").with("kind", kind),
    }
}
