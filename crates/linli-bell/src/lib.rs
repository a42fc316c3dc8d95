//! What the system does for us: it shows notices, over D-Bus (org.freedesktop.Notifications 1.2), and starts a home when
//! somebody logs in ([`Autostart`]).
//!
//! Two calls of one interface, so there is no library between them and zbus (docs/decisions/0028-notices-of-the-system.md).
//! Elsewhere than on Linux nothing is shown, and the home says so.

mod autostart;
#[cfg(target_os = "linux")]
mod freedesktop;
mod opener;

pub use autostart::Autostart;
use linli_view::bell::Bell;
pub use opener::Opener;

/// What shows notices on this system. The session's bus is looked for when there is something to show.
#[must_use]
pub fn system() -> Box<dyn Bell> {
    #[cfg(target_os = "linux")]
    return Box::new(freedesktop::Daemon::default());
    #[cfg(not(target_os = "linux"))]
    Box::new(Nothing)
}

/// A system for which nobody has written it yet.
#[cfg(not(target_os = "linux"))]
struct Nothing;

#[cfg(not(target_os = "linux"))]
impl Bell for Nothing {
    fn show(&mut self, _: &linli_view::bell::Popup) -> Result<(), linli_view::bell::BellFault> {
        Err(linli_view::bell::BellFault)
    }

    fn close(&mut self, _: &str) {}
}
