//! Passes held in front of a camera: frames from a source, read on a thread of its own.
//!
//! Where frames come from is a [`FrameSource`]: a folder of recorded frames, or a program that writes them to its standard
//! output, such as `ffmpeg -f v4l2 -i /dev/video0 -f image2pipe -vcodec pgm -`. So no camera library is built in, and any
//! camera that any program can read will do. A code that stays in front of the camera is one scan.

use crate::client::Wake;
use crate::eyes::{Seen, one};
use linli_pass::qr::{IMAGE_PIXELS_MAX, read_luma};
use std::io::{self, BufRead, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread;

/// A code is gone after so many frames without it: half a second of a slow camera. Then it counts again.
const GONE_AFTER: u32 = 8;
/// Longest header of a frame.
const HEADER_MAX: u64 = 512;

/// One grey picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// `width * height` bytes, row by row, 0 is black.
    pub luma: Vec<u8>,
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

/// Where frames come from.
pub trait FrameSource: Send {
    /// The next frame; `None` when there will be no more.
    ///
    /// # Errors
    /// What the source says, or a frame that is none.
    fn next(&mut self) -> io::Result<Option<Frame>>;
}

/// Recorded frames: the `.pgm` files of a folder, by name.
pub struct Folder {
    files: std::vec::IntoIter<PathBuf>,
}

impl Folder {
    /// The frames in `folder`.
    ///
    /// # Errors
    /// When it cannot be listed.
    pub fn open(folder: &Path) -> io::Result<Self> {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<io::Result<_>>()?;
        files.retain(|path| path.extension().is_some_and(|e| e == "pgm"));
        files.sort();
        Ok(Self {
            files: files.into_iter(),
        })
    }
}

impl FrameSource for Folder {
    fn next(&mut self) -> io::Result<Option<Frame>> {
        match self.files.next() {
            Some(path) => frame(&mut BufReader::new(std::fs::File::open(path)?)),
            None => Ok(None),
        }
    }
}

/// A program that writes frames, one PGM after the other.
pub struct Program {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Program {
    /// Starts `command` with the system's shell.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &str) -> io::Result<Self> {
        let mut child = Command::new("sh")
            .args(["-c", command])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = child.stdout.take().ok_or(ErrorKind::BrokenPipe)?;
        Ok(Self {
            child,
            out: BufReader::new(out),
        })
    }
}

impl FrameSource for Program {
    fn next(&mut self) -> io::Result<Option<Frame>> {
        frame(&mut self.out)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads one binary PGM (`P5`, 255 levels); `None` at the end of the stream.
fn frame(from: &mut impl BufRead) -> io::Result<Option<Frame>> {
    if from.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let bad = || io::Error::from(ErrorKind::InvalidData);
    let mut numbers = [0_u32; 3];
    let mut header = from.by_ref().take(HEADER_MAX);
    if word(&mut header)? != "P5" {
        return Err(bad());
    }
    for number in &mut numbers {
        *number = word(&mut header)?.parse().map_err(|_| bad())?;
    }
    let [width, height, levels] = numbers;
    let pixels = u64::from(width) * u64::from(height);
    if levels != 255 || pixels == 0 || pixels > IMAGE_PIXELS_MAX {
        return Err(bad());
    }
    let mut luma = vec![0; usize::try_from(pixels).map_err(|_| bad())?];
    from.read_exact(&mut luma)?;
    Ok(Some(Frame {
        luma,
        width,
        height,
    }))
}

/// The next word of a header, with the one blank behind it; comments are passed over.
fn word(from: &mut impl BufRead) -> io::Result<String> {
    let mut word = String::new();
    let mut comment = false;
    loop {
        let mut byte = [0];
        from.read_exact(&mut byte)?;
        let [byte] = byte;
        match byte {
            b'\n' if comment => comment = false,
            _ if comment => {}
            b'#' if word.is_empty() => comment = true,
            _ if byte.is_ascii_whitespace() && word.is_empty() => {}
            _ if byte.is_ascii_whitespace() => return Ok(word),
            _ => word.push(char::from(byte)),
        }
    }
}

/// A camera that is being watched; watching ends with this value.
pub struct Camera {
    stop: Arc<AtomicBool>,
}

impl Camera {
    /// Watches `source` and tells what appears.
    ///
    /// # Errors
    /// When the system gives out no thread.
    pub fn watch(
        mut source: impl FrameSource + 'static,
        tell: SyncSender<Seen>,
        wake: Wake,
    ) -> io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let body = move || {
            let (mut last, mut missed) = (None::<String>, 0_u32);
            // A frame that is none ends the watching: what follows it cannot be found again.
            while !stopped.load(Ordering::Relaxed)
                && let Ok(Some(frame)) = source.next()
            {
                let Ok(text) = one(read_luma(&frame.luma, frame.width, frame.height)) else {
                    missed = missed.saturating_add(1);
                    if missed >= GONE_AFTER {
                        last = None;
                    }
                    continue;
                };
                missed = 0;
                // A window that is busy hears of it with one of the next frames.
                if last.as_ref() != Some(&text) && tell.try_send(Seen::Camera(text.clone())).is_ok()
                {
                    last = Some(text);
                    wake();
                }
            }
        };
        thread::Builder::new()
            .name("linli-camera".into())
            .spawn(body)?;
        Ok(Self { stop })
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests;
