//! Acting as somebody else: the homes of this account, and whose is open.
//!
//! A computer belongs to one party, so each office and the own household is a home of its own. Where this account has several,
//! the window says at every moment whose is open, for that is who signs; it opens one at a time.

use crate::api::PrincipalKind;
use crate::clean;
use crate::tone::Tone;
use crate::words::Catalogue;

/// A home on the list of this account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Its folder, by which it is opened.
    pub dir: String,
    /// The community's name.
    pub community: String,
    /// Of an office or gate its name.
    pub name: String,
    /// Household, office, gate...
    pub kind: PrincipalKind,
    /// Of a household its unit.
    pub unit: Option<String>,
    /// How it stands.
    pub stands: Stands,
    /// This window has it open, or tries to.
    pub here: bool,
}

/// How a home stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// There is no home in that folder now.
    Missing,
    /// Some program runs it.
    Runs,
    /// It opens only with its passphrase.
    Locked,
    /// Nobody has it.
    Rests,
}

/// Whose home is open: stands over every page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Acting {
    /// The sentence.
    pub text: String,
    /// An office, a household and a gate have each their own.
    pub tone: Tone,
    /// Opens the list.
    pub button: String,
    /// Its accessible name.
    pub name: String,
}

/// The list, over the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HomesPage {
    /// Heading.
    pub title: String,
    /// What changing means.
    pub notes: Vec<String>,
    /// One each.
    pub rows: Vec<Row>,
    /// Closes it.
    pub close: String,
}

/// One home.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Its folder.
    pub dir: String,
    /// Whose it is.
    pub title: String,
    /// Community, how it stands, where it lies.
    pub detail: String,
    /// What its button does.
    pub does: Does,
    /// The button's word; empty where there is none.
    pub word: String,
    /// Its accessible name.
    pub name: String,
}

/// What can be done with a home of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Does {
    /// It is open.
    Nothing,
    /// Opens it in place of the one that is.
    Open,
    /// It is not there: takes it off the list.
    Forget,
}

/// Whose home is open; none where this account has but one.
#[must_use]
pub fn acting(words: &Catalogue, homes: &[Known]) -> Option<Acting> {
    if homes.len() < 2 {
        return None;
    }
    let here = homes.iter().find(|home| home.here);
    let text = here.map_or_else(
        || words.say("acting-nobody"),
        |home| {
            let community = clean::line(&home.community, clean::NAME_MAX);
            let args = [
                ("who", who(words, home).into()),
                ("community", community.into()),
            ];
            words.text("acting-as", &args)
        },
    );
    Some(Acting {
        text,
        tone: match here.map(|home| home.kind) {
            Some(PrincipalKind::Household) => Tone::Good,
            Some(PrincipalKind::Gate | PrincipalKind::Screen) | None => Tone::Warn,
            Some(_) => Tone::Info,
        },
        button: words.say("acting-change"),
        name: words.say("acting-change-name"),
    })
}

/// The list.
#[must_use]
pub fn page(words: &Catalogue, homes: &[Known]) -> HomesPage {
    HomesPage {
        title: words.say("homes-title"),
        notes: ["homes-note-one", "homes-note-rest", "homes-note-add"]
            .map(|key| words.say(key))
            .to_vec(),
        rows: homes.iter().map(|home| row(words, home)).collect(),
        close: words.say("button-close"),
    }
}

fn row(words: &Catalogue, home: &Known) -> Row {
    let who = who(words, home);
    let (does, word, name) = match (home.here, home.stands) {
        (true, _) => (Does::Nothing, "", ""),
        (_, Stands::Missing) => (Does::Forget, "homes-forget", "homes-forget-name"),
        _ => (Does::Open, "homes-open", "homes-open-name"),
    };
    let stands = words.say(match (home.here, home.stands) {
        (true, _) => "homes-here",
        (_, Stands::Missing) => "homes-missing",
        (_, Stands::Runs) => "homes-runs",
        (_, Stands::Locked) => "homes-locked",
        (_, Stands::Rests) => "homes-rests",
    });
    let detail = [
        (
            "community",
            clean::line(&home.community, clean::NAME_MAX).into(),
        ),
        ("stands", stands.into()),
        ("dir", clean::line(&home.dir, 200).into()),
    ];
    let said = |key: &str| match key {
        "" => String::new(),
        key => words.text(key, &[("who", (&who).into())]),
    };
    Row {
        dir: home.dir.clone(),
        detail: words.text("homes-detail", &detail),
        does,
        word: said(word),
        name: said(name),
        title: who,
    }
}

fn who(words: &Catalogue, home: &Known) -> String {
    let name = clean::line(&home.name, clean::NAME_MAX);
    match &home.unit {
        Some(unit) => {
            let unit = clean::line(unit, clean::NAME_MAX);
            words.text("frame-who-unit", &[("unit", unit.into())])
        }
        None if name.is_empty() => words.say("homes-nameless"),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn home(name: &str, unit: Option<&str>, stands: Stands) -> Known {
        Known {
            dir: format!("/homes/{name}"),
            community: "丰盛园".into(),
            name: if unit.is_some() {
                String::new()
            } else {
                name.into()
            },
            kind: if unit.is_some() {
                PrincipalKind::Household
            } else {
                PrincipalKind::Office
            },
            unit: unit.map(str::to_owned),
            stands,
            here: false,
        }
    }

    #[test]
    fn nobody_is_told_whose_home_it_is_where_there_is_but_one() {
        let words = Catalogue::of(Lang::ZhCn);
        let mut one = home("居委会", None, Stands::Runs);
        one.here = true;
        assert_eq!(acting(&words, &[]), None);
        assert_eq!(acting(&words, std::slice::from_ref(&one)), None);
        let own = home("own", Some("3-2-501"), Stands::Rests);
        let said = acting(&words, &[one.clone(), own.clone()]).unwrap();
        assert_eq!(
            said.text,
            "现在的身份：居委会（丰盛园）。这里签的、发的都算居委会的。"
        );
        let office = said.tone;
        one.here = false;
        let mut own = own;
        own.here = true;
        let said = acting(&words, &[one, own]).unwrap();
        assert!(said.text.contains("3-2-501") && said.tone != office);
    }

    #[test]
    fn each_home_says_how_it_stands_and_only_one_that_is_there_is_opened() {
        let mut homes = vec![
            home("居委会", None, Stands::Runs),
            home("物业", None, Stands::Locked),
            home("业委会", None, Stands::Missing),
            home("own", Some("3-2-501"), Stands::Rests),
        ];
        homes[0].here = true;
        for lang in Lang::ALL {
            let page = page(&Catalogue::of(lang), &homes);
            let does: Vec<Does> = page.rows.iter().map(|row| row.does).collect();
            assert_eq!(does, [Does::Nothing, Does::Open, Does::Forget, Does::Open]);
            assert!(page.rows.iter().all(|row| row.detail.contains(&row.dir)));
            assert!(page.rows[1].name.contains("物业") && page.rows[0].word.is_empty());
        }
    }

    #[test]
    fn hostile_names_stay_on_their_line() {
        let mut other = home("居\u{202e}委\n会", None, Stands::Rests);
        other.community = "长".repeat(10_000);
        let words = Catalogue::of(Lang::En);
        let page = page(&words, &[other]);
        assert!(!page.rows[0].title.contains(['\n', '\u{202e}']));
        assert!(page.rows[0].detail.chars().count() < 500);
    }
}
