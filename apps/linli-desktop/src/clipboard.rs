//! The clipboard, for the picture of a pass that goes into a chat.
//!
//! Text goes through egui. Pictures need the system's clipboard; it may be missing (a bare X server, a locked
//! down desktop), and then the person is told to save the picture instead.

use crate::picture::Picture;

/// Why a picture is not on the clipboard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoClipboard(pub String);

impl std::fmt::Display for NoClipboard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "no clipboard: {}", self.0)
    }
}
impl std::error::Error for NoClipboard {}

/// Takes pictures.
pub trait Clipboard {
    /// Puts a picture on the clipboard.
    fn picture(&mut self, picture: &Picture) -> Result<(), NoClipboard>;
}

/// The system's clipboard. It is opened on first use and kept: on X11 and Wayland the program that copied has to
/// stay around to hand the picture out.
#[derive(Default)]
pub struct System {
    #[cfg(feature = "clipboard-image")]
    open: Option<arboard::Clipboard>,
}

impl Clipboard for System {
    #[cfg(feature = "clipboard-image")]
    fn picture(&mut self, picture: &Picture) -> Result<(), NoClipboard> {
        let fail = |error: arboard::Error| NoClipboard(error.to_string());
        let clipboard = match &mut self.open {
            Some(clipboard) => clipboard,
            none => none.insert(arboard::Clipboard::new().map_err(fail)?),
        };
        let image = arboard::ImageData {
            width: picture.width,
            height: picture.height,
            bytes: std::borrow::Cow::Borrowed(&picture.rgba),
        };
        clipboard.set_image(image).map_err(fail)
    }

    #[cfg(not(feature = "clipboard-image"))]
    fn picture(&mut self, _picture: &Picture) -> Result<(), NoClipboard> {
        Err(NoClipboard("built without clipboard-image".into()))
    }
}
