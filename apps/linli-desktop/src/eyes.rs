//! Reads passes out of pictures beside the window: a dropped file, a typed path, frames of a camera.
//!
//! A large photograph takes a second to search. That happens on a thread of its own, behind a bounded queue, so that a
//! barcode gun is answered meanwhile. What is found is a scan like any other.

use crate::client::Wake;
use linli_pass::qr::{IMAGE_BYTES_MAX, ImageError, read_image};
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// Pictures that wait while one is read.
const WAITING: usize = 2;
/// Passes found that wait for the window.
const FOUND: usize = 8;

/// Why no pass comes out of a picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unread {
    /// There is no such file, or it cannot be opened.
    Missing,
    /// Too many bytes or pixels.
    Large,
    /// Another kind of file.
    Format,
    /// It is damaged.
    Damaged,
    /// There is no code in it.
    NoCode,
    /// There are several passes in it.
    Several,
    /// Others are still being read.
    Busy,
}

impl Unread {
    /// The Fluent key of its sentence, which says what to do.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Missing => "station-picture-missing",
            Self::Large => "station-picture-large",
            Self::Format => "station-picture-format",
            Self::Damaged => "station-picture-damaged",
            Self::NoCode => "station-picture-none",
            Self::Several => "station-picture-many",
            Self::Busy => "station-picture-busy",
        }
    }
}

/// What was found, and by whom.
#[derive(Clone, PartialEq, Eq)]
pub enum Seen {
    /// The text in a picture that somebody showed, or why there is none.
    Picture(Result<String, Unread>),
    /// A text in front of the camera.
    Camera(String),
}

/// Looks at pictures.
pub struct Eyes {
    paths: SyncSender<PathBuf>,
    found: Receiver<Seen>,
    tell: SyncSender<Seen>,
}

impl Eyes {
    /// Starts the thread. It ends with this value; without a thread every picture is answered with "busy".
    #[must_use]
    pub fn start(wake: Wake) -> Self {
        let (paths, to_read) = sync_channel::<PathBuf>(WAITING);
        let (tell, found) = sync_channel(FOUND);
        let told = tell.clone();
        let body = move || {
            while let Ok(path) = to_read.recv() {
                if told.send(Seen::Picture(read(&path))).is_err() {
                    return;
                }
                wake();
            }
        };
        // If the system gives out no thread, nobody receives, and `look` says so.
        let _ = thread::Builder::new().name("linli-eyes".into()).spawn(body);
        Self { paths, found, tell }
    }

    /// Has a picture read; the answer comes with [`Eyes::seen`].
    ///
    /// # Errors
    /// [`Unread::Busy`].
    pub fn look(&self, path: PathBuf) -> Result<(), Unread> {
        self.paths.try_send(path).map_err(|_| Unread::Busy)
    }

    /// What was found since the last call.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        self.found.try_iter().collect()
    }

    /// Where a camera puts what it finds.
    #[must_use]
    pub fn camera(&self) -> SyncSender<Seen> {
        self.tell.clone()
    }
}

/// The one pass in a picture file.
fn read(path: &Path) -> Result<String, Unread> {
    let file = File::open(path).map_err(|_| Unread::Missing)?;
    let most = u64::try_from(IMAGE_BYTES_MAX).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|_| Unread::Missing)?;
    let found = read_image(&bytes).map_err(|error| match error {
        ImageError::Bytes | ImageError::Pixels => Unread::Large,
        ImageError::Format => Unread::Format,
        ImageError::Damaged => Unread::Damaged,
        ImageError::NoCode => Unread::NoCode,
    })?;
    one(found)
}

/// A single code, or the single pass beside a poster's code.
pub(crate) fn one(found: Vec<String>) -> Result<String, Unread> {
    let passes: Vec<&String> = found.iter().filter(|text| text.starts_with("LL")).collect();
    match (found.as_slice(), passes.as_slice()) {
        ([one], _) => Ok(one.clone()),
        (_, [one]) => Ok((*one).clone()),
        ([], _) => Err(Unread::NoCode),
        _ => Err(Unread::Several),
    }
}

#[cfg(test)]
mod tests {
    //! Files as people hand them over.
    #![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

    use super::*;
    use linli_pass::qr::{Medium, Symbol};
    use std::sync::Arc;

    fn looked(path: &Path) -> Result<String, Unread> {
        let (wake, woken) = sync_channel(4);
        let eyes = Eyes::start(Arc::new(move || wake.send(()).unwrap_or_default()));
        eyes.look(path.to_owned()).unwrap();
        woken.recv().unwrap();
        match eyes.seen().as_slice() {
            [Seen::Picture(read)] => read.clone(),
            _ => Err(Unread::Busy),
        }
    }

    #[test]
    fn a_picture_of_a_pass_is_read_and_what_is_none_says_why() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = dir.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            path
        };
        let png = Symbol::of("LL1:ABCDEF", Medium::Screen)
            .unwrap()
            .png(6)
            .unwrap();
        assert_eq!(looked(&file("通行码.png", &png)), Ok("LL1:ABCDEF".into()));
        assert_eq!(looked(&file("a.txt", b"a letter")), Err(Unread::Format));
        assert_eq!(looked(&file("half.png", &png[..60])), Err(Unread::Damaged));
        let white = crate::picture::Picture::white(64, 64).png().unwrap();
        assert_eq!(looked(&file("white.png", &white)), Err(Unread::NoCode));
        assert_eq!(looked(&dir.path().join("none.png")), Err(Unread::Missing));
        assert_eq!(looked(dir.path()), Err(Unread::Missing), "a folder");
    }

    #[test]
    fn of_several_codes_only_a_single_pass_is_taken() {
        let all = |texts: &[&str]| one(texts.iter().map(|text| (*text).to_owned()).collect());
        assert_eq!(
            all(&["wxp://f2f0"]),
            Ok("wxp://f2f0".into()),
            "the gate says what it is"
        );
        assert_eq!(all(&["LL1:A", "wxp://f2f0"]), Ok("LL1:A".into()));
        assert_eq!(all(&["LL1:A", "LL1:B"]), Err(Unread::Several));
    }
}
