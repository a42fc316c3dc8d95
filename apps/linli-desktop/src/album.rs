//! Photos beside the window: opened, drawn small and put away on a thread of their own, so that a large one never holds
//! the window up; and files on their way into a post.
//!
//! What the thread may hold is bounded: a few orders, and no more pictures than one page shows.

use crate::client::Wake;
use crate::files;
use crate::folders::{self, Listed, Missing};
use crate::tables;
use egui::{ColorImage, Context, Id, TextureHandle, TextureOptions};
use linli_node::home::HomeOptions;
use linli_node::home::attach;
use linli_view::alert::AlertRead;
use linli_view::api::{FileRef, OpenFile, ReadTable};
use linli_view::dates::Now;
use linli_view::drafts::Form;
use linli_view::files::Attached;
use linli_view::folder::Want;
use linli_view::register::Unread;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::Duration;

/// Longest side of a photo on a page, points.
const SIDE: u32 = 1_024;
/// Orders that wait, and answers.
const WAITING: usize = 8;

/// Most photos that are asked for and not drawn yet: the thread has room for all of them.
const UNDER_WAY: usize = 4;
/// Most photos that are held: what was seen before goes when there are more.
const HELD: usize = 24;

/// A photo: of which post, notice or comment, and its number.
pub type Key = (String, u32);
/// What a file goes with: the form, and the post or notice below which it stands.
pub type Target = (Form, String);

/// Photos that can be drawn now.
pub type Photos = Arc<BTreeMap<Key, TextureHandle>>;

/// Where drawing finds them.
#[must_use]
pub fn photos(ctx: &Context) -> Photos {
    ctx.data(|data| data.get_temp(Id::new("linli-photos")).unwrap_or_default())
}

/// Drawing says that a photo has its place on screen.
pub fn seen(ctx: &Context, key: Key) {
    ctx.data_mut(|data| {
        let seen: &mut BTreeSet<Key> = data.get_temp_mut_or_default(Id::new("linli-photos-seen"));
        seen.insert(key);
    });
}

enum Order {
    Draw(Key, FileRef),
    Save(FileRef, PathBuf),
    Add(PathBuf, Target),
    List(PathBuf, Want, Missing),
    Table(PathBuf, Now),
    Alert(PathBuf, Now),
}

/// What the thread has done.
pub enum Done {
    /// A photo is drawn, or cannot be.
    Drawn(Key, Option<ColorImage>),
    /// A file was saved there, or why not.
    Saved(Result<PathBuf, String>),
    /// A file can go along with what it was added to, or the code of why not.
    Added(Target, Result<Attached, String>),
    /// A folder was looked at.
    Listed(Box<Listed>),
    /// A list of residents was read, or why not.
    Table(PathBuf, Result<ReadTable, Unread>),
    /// An alert was read, or why not.
    Alert(PathBuf, Result<Box<AlertRead>, Unread>),
}

/// See the module's text.
pub struct Album {
    orders: SyncSender<Order>,
    done: Receiver<Done>,
    drawn: BTreeMap<Key, TextureHandle>,
    /// Asked for and not drawn yet.
    asked: BTreeSet<Key>,
    /// Not to be drawn at all.
    refused: BTreeSet<Key>,
    saving: BTreeSet<Key>,
}

impl Album {
    /// For a home's folder. Without a thread nothing is drawn, and the rest of the window goes on.
    #[must_use]
    pub fn start(home: PathBuf, wake: Wake) -> Self {
        let (orders, to_do) = sync_channel::<Order>(WAITING);
        let (tell, done) = sync_channel(WAITING);
        let options = HomeOptions {
            dir: home,
            passphrase: None,
            keys_dir: None,
            timeout: Duration::from_secs(5),
        };
        let body = move || {
            while let Ok(order) = to_do.recv() {
                let did = match order {
                    Order::Draw(key, file) => Done::Drawn(key, draw(&options, file)),
                    Order::Save(file, folder) => Done::Saved(save(&options, file, &folder)),
                    Order::Add(path, to) => Done::Added(to, add(&options, &path)),
                    Order::Table(path, now) => {
                        let read = tables::table(&path, now);
                        Done::Table(path, read)
                    }
                    Order::Alert(path, now) => {
                        let read = tables::alert(&path, now).map(Box::new);
                        Done::Alert(path, read)
                    }
                    Order::List(path, want, missing) => {
                        Done::Listed(Box::new(folders::look(path, want, missing)))
                    }
                };
                if tell.send(did).is_err() {
                    return;
                }
                wake();
            }
        };
        let _ = thread::Builder::new()
            .name("linli-album".into())
            .spawn(body);
        Self {
            orders,
            done,
            drawn: BTreeMap::new(),
            asked: BTreeSet::new(),
            refused: BTreeSet::new(),
            saving: BTreeSet::new(),
        }
    }

    /// Which of the photos on a page have to be asked for: those that are on screen. Those of other pages are let go.
    pub fn missing(&mut self, ctx: &Context, on_page: &BTreeSet<Key>) -> Vec<Key> {
        let id = Id::new("linli-photos-seen");
        let seen: BTreeSet<Key> = ctx.data_mut(|data| data.remove_temp(id).unwrap_or_default());
        let before = self.drawn.len();
        let many = before > HELD;
        self.drawn
            .retain(|key, _| on_page.contains(key) && (!many || seen.contains(key)));
        self.asked
            .retain(|key| on_page.contains(key) || self.saving.contains(key));
        self.refused.retain(|key| on_page.contains(key));
        if self.drawn.len() != before {
            self.show(ctx);
        }
        let mut missing = Vec::new();
        for key in seen.into_iter().filter(|key| on_page.contains(key)) {
            let known = self.drawn.contains_key(&key) || self.refused.contains(&key);
            if self.asked.len() < UNDER_WAY && !known && self.asked.insert(key.clone()) {
                missing.push(key);
            }
        }
        missing
    }

    /// The person wants a file saved; what opens it comes next.
    pub fn will_save(&mut self, record: &str, n: u32) {
        self.saving.insert((record.to_owned(), n));
    }

    /// The home says where a file lies and what opens it; `false`: it was to be saved, and cannot be now.
    #[must_use]
    pub fn opened(&mut self, open: OpenFile, folder: &Path) -> bool {
        let key = (open.record, open.n);
        let order = if self.saving.remove(&key) {
            Order::Save(open.file, folder.to_owned())
        } else if self.asked.contains(&key) {
            Order::Draw(key, open.file)
        } else {
            return true;
        };
        match self.orders.try_send(order) {
            // What a thread that is behind does not take is asked for again.
            Err(TrySendError::Full(Order::Draw(key, _))) => {
                self.asked.remove(&key);
                true
            }
            Err(
                TrySendError::Full(Order::Save(..)) | TrySendError::Disconnected(Order::Save(..)),
            ) => false,
            _ => true,
        }
    }

    /// Takes a file for what is being written; `false`: not now.
    pub fn add(&self, path: PathBuf, to: Target) -> bool {
        self.orders.try_send(Order::Add(path, to)).is_ok()
    }

    /// Looks at a folder; `false`: not now.
    pub fn list(&self, path: PathBuf, want: Want, missing: Missing) -> bool {
        let order = Order::List(path, want, missing);
        self.orders.try_send(order).is_ok()
    }

    /// Reads a list of residents; `false`: not now.
    pub fn table(&self, path: PathBuf, now: Now) -> bool {
        self.orders.try_send(Order::Table(path, now)).is_ok()
    }

    /// Reads an alert; `false`: not now.
    pub fn alert(&self, path: PathBuf, now: Now) -> bool {
        self.orders.try_send(Order::Alert(path, now)).is_ok()
    }

    /// What was done since the last call; photos are ready to be drawn afterwards.
    pub fn take(&mut self, ctx: &Context) -> Vec<Done> {
        let all: Vec<Done> = self.done.try_iter().collect();
        let mut rest = Vec::new();
        let mut fresh = false;
        for done in all {
            match done {
                Done::Drawn(key, Some(image)) if self.asked.contains(&key) => {
                    let name = format!("photo-{}-{}", key.0, key.1);
                    let texture = ctx.load_texture(name, image, TextureOptions::LINEAR);
                    self.asked.remove(&key);
                    self.drawn.insert(key, texture);
                    fresh = true;
                }
                Done::Drawn(key, None) => {
                    self.asked.remove(&key);
                    self.refused.insert(key);
                }
                Done::Drawn(..) => {}
                other => rest.push(other),
            }
        }
        if fresh {
            self.show(ctx);
        }
        rest
    }

    fn show(&self, ctx: &Context) {
        let photos: Photos = Arc::new(self.drawn.clone());
        ctx.data_mut(|data| data.insert_temp(Id::new("linli-photos"), photos));
        ctx.request_repaint();
    }
}

fn draw(options: &HomeOptions, file: FileRef) -> Option<ColorImage> {
    let points = attach::picture(options, &file.into(), SIDE).ok()?;
    let side = |side: u32| usize::try_from(side).ok();
    let size = [side(points.width)?, side(points.height)?];
    Some(ColorImage::from_rgba_unmultiplied(size, &points.rgba))
}

fn save(options: &HomeOptions, file: FileRef, folder: &Path) -> Result<PathBuf, String> {
    let (name, media) = (file.name.clone(), file.media.clone());
    let bytes = attach::read(options, &file.into()).map_err(|fault| fault.code)?;
    // What it is follows from its content, whatever its author called it.
    let stem = name.as_deref().and_then(|name| name.rsplit_once('.'));
    let stem = stem.map_or("linli", |(stem, _)| stem);
    files::save(folder, &format!("{stem}.{media}"), &bytes).map_err(|error| error.to_string())
}

fn add(options: &HomeOptions, path: &Path) -> Result<Attached, String> {
    let missing = |_| "missing".to_owned();
    let most = u64::try_from(attach::FILE_MAX).unwrap_or(u64::MAX);
    let file = std::fs::File::open(path).map_err(missing)?;
    if !file.metadata().map_err(missing)?.is_file() {
        return Err("missing".to_owned());
    }
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(missing)?;
    if bytes.len() > attach::FILE_MAX {
        return Err("attach-large".to_owned());
    }
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let staged = attach::stage(options, &bytes, name.as_deref()).map_err(|fault| fault.code)?;
    Ok(Attached {
        name: name.unwrap_or_default(),
        file: FileRef {
            hash: staged.hash,
            key: staged.key,
            size: staged.size,
            media: staged.media,
            sides: staged.sides,
            name: staged.name,
        },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn a_file_that_cannot_be_saved_now_is_said_and_a_photo_is_asked_for_again() {
        // A thread that hangs at a drive that does not answer, with one order waiting.
        let (orders, _to_do) = sync_channel(1);
        let (_tell, done) = sync_channel(1);
        let mut album = Album {
            orders,
            done,
            drawn: BTreeMap::new(),
            asked: BTreeSet::from([("p1".to_owned(), 2)]),
            refused: BTreeSet::new(),
            saving: BTreeSet::new(),
        };
        let open = |n| OpenFile {
            record: "p1".to_owned(),
            n,
            file: FileRef {
                hash: String::new(),
                key: String::new(),
                size: 1,
                media: "jpg".to_owned(),
                sides: None,
                name: None,
            },
        };
        assert!(album.list(PathBuf::from("/srv"), Want::Attach, Missing::Nothing));
        album.will_save("p1", 1);
        assert!(!album.opened(open(1), Path::new("/srv")));
        assert!(album.saving.is_empty());
        assert!(album.opened(open(2), Path::new("/srv")));
        assert!(album.asked.is_empty());
    }
}
