//! The homes of this account, for a window that changes from one to another.

use crate::client;
use crate::login::{self, LogIn};
use linli_node::home::HomeOptions;
use linli_node::home::known::{self, KnownHome};
use linli_view::api::{Community, Me, PrincipalKind};
use linli_view::homes::{Known, Stands};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The list, and which of them the window opens.
pub trait Homes {
    /// All of them.
    fn list(&mut self) -> Vec<Known>;
    /// Notes whose the open home is. Whether that could be kept.
    fn note(&mut self, community: &Community, me: &Me) -> bool;
    /// Takes one off the list. Whether that could be kept.
    fn forget(&mut self, dir: &str) -> bool;
    /// From now on the window opens this one: its folder as a person would type it, and its log-in. None: there is no home.
    fn choose(&mut self, dir: &str) -> Option<(String, Box<dyn LogIn>)>;
}

/// None but the one that is open: for tests and pictures.
#[derive(Clone, Copy, Debug, Default)]
pub struct OneHome;

impl Homes for OneHome {
    fn list(&mut self) -> Vec<Known> {
        Vec::new()
    }

    fn note(&mut self, _: &Community, _: &Me) -> bool {
        true
    }

    fn forget(&mut self, _: &str) -> bool {
        false
    }

    fn choose(&mut self, _: &str) -> Option<(String, Box<dyn LogIn>)> {
        None
    }
}

/// The home that is open; the way to its node reads it anew for each connection.
pub type Open = Arc<Mutex<client::Home>>;

/// This account's.
pub struct System {
    open: Open,
}

impl System {
    /// A list beside the keys of this home.
    #[must_use]
    pub const fn of(open: Open) -> Self {
        Self { open }
    }

    fn home(&self) -> client::Home {
        opened(&self.open)
    }
}

/// The home that is open.
#[must_use]
pub fn opened(open: &Open) -> client::Home {
    open.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn options(home: &client::Home, dir: &Path) -> HomeOptions {
    HomeOptions {
        dir: dir.to_owned(),
        passphrase: None,
        keys_dir: home.keys_dir.clone(),
        timeout: Duration::from_secs(5),
    }
}

impl Homes for System {
    fn list(&mut self) -> Vec<Known> {
        let home = self.home();
        let here = known::absolute(&home.dir);
        // A list that a newer program wrote, or that cannot be read, offers nothing; the home works without it.
        let homes = known::known(home.keys_dir.as_deref()).unwrap_or_default();
        let item = |one: KnownHome| Known {
            stands: match known::stands(&options(&home, &one.dir)) {
                known::Stands::Missing => Stands::Missing,
                known::Stands::Runs => Stands::Runs,
                known::Stands::Locked => Stands::Locked,
                known::Stands::Rests => Stands::Rests,
            },
            here: one.dir == here,
            dir: one.dir.display().to_string(),
            community: one.community,
            name: one.name,
            kind: match one.kind.as_str() {
                "office" => PrincipalKind::Office,
                "household" => PrincipalKind::Household,
                "gate" => PrincipalKind::Gate,
                "screen" => PrincipalKind::Screen,
                _ => PrincipalKind::Other,
            },
            unit: one.unit,
        };
        homes.into_iter().map(item).collect()
    }

    fn note(&mut self, community: &Community, me: &Me) -> bool {
        let home = self.home();
        let kind = match me.kind {
            PrincipalKind::Household => "household",
            PrincipalKind::Gate => "gate",
            PrincipalKind::Screen => "screen",
            PrincipalKind::Office | PrincipalKind::Founder | PrincipalKind::Steward => "office",
            PrincipalKind::Other => "other",
        };
        let known = KnownHome {
            dir: home.dir,
            community: community.name.clone(),
            name: if me.unit.is_some() {
                String::new()
            } else {
                me.name.clone()
            },
            kind: kind.to_owned(),
            unit: me.unit.clone(),
        };
        known::note(home.keys_dir.as_deref(), &known).is_ok()
    }

    fn forget(&mut self, dir: &str) -> bool {
        known::forget(self.home().keys_dir.as_deref(), Path::new(dir)).is_ok()
    }

    fn choose(&mut self, dir: &str) -> Option<(String, Box<dyn LogIn>)> {
        let mut home = self.home();
        home.dir = PathBuf::from(dir);
        if known::stands(&options(&home, &home.dir)) == known::Stands::Missing {
            return None;
        }
        let login: Box<dyn LogIn> = Box::new(login::System::of(&home));
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = home;
        Some((dir.to_owned(), login))
    }
}
