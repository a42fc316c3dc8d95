//! What the system does for a window: it notes it for the test.

use super::Shared;
use linli_desktop::clipboard::{Clipboard, NoClipboard};
use linli_desktop::picture::Picture;
use linli_desktop::sound::Chimes;
use linli_view::api::GateResult;

/// The clipboard.
pub struct Board(pub Shared);

impl Clipboard for Board {
    fn picture(&mut self, picture: &Picture) -> Result<(), NoClipboard> {
        let mut node = self.0.borrow_mut();
        if node.no_clipboard {
            return Err(NoClipboard("none".into()));
        }
        node.copied.push(picture.clone());
        Ok(())
    }
}

/// What is heard.
pub struct Bell(pub Shared);

impl Chimes for Bell {
    fn chime(&mut self, result: GateResult) {
        self.0.borrow_mut().chimes.push(result);
    }

    fn ring(&mut self) {
        self.0.borrow_mut().bells += 1;
    }

    fn alarm(&mut self) {
        self.0.borrow_mut().alarms += 1;
    }
}
