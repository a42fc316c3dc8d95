//! Plates of residents, which the property office issues from the register: first what would change, then the change.

use crate::api::{PlateOf, ResidentPlates};
use crate::clean;
use crate::model::Model;
use crate::words::Catalogue;

/// Lines shown of each list; the command line prints as many and `--json` has all.
const SHOWN: usize = 20;

/// The panel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Residents {
    /// Its heading.
    pub title: String,
    /// What it is for.
    pub advice: String,
    /// The button that looks what would change.
    pub look: String,
    /// What would change, or did; empty before anybody looked.
    pub told: String,
    /// Which cars, under a word each.
    pub lines: Vec<(String, Vec<String>)>,
    /// The button that writes it, while there is something to write.
    pub apply: Option<String>,
}

/// Makes it; nothing where this office has not the register and the gates in its charge.
#[must_use]
pub fn panel(words: &Catalogue, model: &Model) -> Option<Residents> {
    let me = model.status.as_ref()?.me.as_ref()?;
    if !me.resident_plates || !me.may_grant {
        return None;
    }
    let plates = model.asked_for.residents.as_ref();
    let changes =
        |p: &ResidentPlates| !p.add.is_empty() || !p.renew.is_empty() || !p.withdraw.is_empty();
    Some(Residents {
        title: words.say("plates"),
        advice: words.say("plates-advice"),
        look: words.say("plates-look"),
        told: plates
            .map(|p| told(words, p, changes(p)))
            .unwrap_or_default(),
        lines: plates.map(|p| lines(words, p)).unwrap_or_default(),
        apply: plates
            .filter(|p| !p.applied && changes(p))
            .map(|_| words.say("plates-apply")),
    })
}

fn told(words: &Catalogue, plates: &ResidentPlates, changes: bool) -> String {
    let key = if plates.applied {
        "plates-applied"
    } else if changes {
        "plates-preview"
    } else {
        "plates-same"
    };
    let counts = [
        ("add", plates.add.len().into()),
        ("renew", plates.renew.len().into()),
        ("withdraw", plates.withdraw.len().into()),
        ("kept", plates.kept.into()),
    ];
    words.text(key, &counts)
}

fn lines(words: &Catalogue, plates: &ResidentPlates) -> Vec<(String, Vec<String>)> {
    let lists = [
        (&plates.add, "plates-add"),
        (&plates.renew, "plates-renew"),
        (&plates.withdraw, "plates-withdraw"),
        (&plates.unreadable, "plates-unreadable"),
    ];
    let shown = lists.into_iter().filter(|(cars, _)| !cars.is_empty());
    shown
        .map(|(cars, key)| {
            let short = |text: &str| clean::line(text, clean::NAME_MAX);
            let car = |car: &PlateOf| format!("{}  {}", short(&car.plate), short(&car.unit));
            let mut lines: Vec<String> = cars.iter().take(SHOWN).map(car).collect();
            if cars.len() > SHOWN {
                let more = [("n", (cars.len() - SHOWN).into())];
                lines.push(words.text("plates-more", &more));
            }
            (words.say(key), lines)
        })
        .collect()
}

#[cfg(test)]
mod tests;
