//! The homes of this account, of the node that a test drives.

use super::Shared;
use linli_desktop::homes::Homes;
use linli_desktop::login::{LogIn, NoLogIn};
use linli_view::api::{Community, Me};
use linli_view::homes::Known;

/// The homes of this account, as the test has set them.
pub struct Account(pub Shared);

impl Homes for Account {
    fn list(&mut self) -> Vec<Known> {
        self.0.borrow().homes.clone()
    }

    fn note(&mut self, _: &Community, _: &Me) -> bool {
        true
    }

    fn forget(&mut self, dir: &str) -> bool {
        self.0.borrow_mut().homes.retain(|home| home.dir != dir);
        true
    }

    fn choose(&mut self, dir: &str) -> Option<(String, Box<dyn LogIn>)> {
        let mut node = self.0.borrow_mut();
        node.homes.iter().find(|home| home.dir == dir)?;
        for home in &mut node.homes {
            home.here = home.dir == dir;
        }
        node.chosen = Some(dir.to_owned());
        Some((dir.to_owned(), Box::new(NoLogIn)))
    }
}
