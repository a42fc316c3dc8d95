//! The first screen: what is urgent, what waits for me, who comes today, what is new.

use crate::bell::{self, Digest};
use crate::clean;
use crate::dates::Now;
use crate::help::{self, Fine, MissedRow};
use crate::intent::NoticeFilter;
use crate::invite::{self, Entry};
use crate::model::Model;
use crate::notices::{self, NoticeRow};
use crate::pass_list::{self, PassRow};
use crate::words::Catalogue;

/// Most urgent notices on the first screen; the rest is one click away.
const URGENT_MAX: usize = 3;
/// Most things waiting, and most recent notices, on the first screen.
const LIST_MAX: usize = 6;

/// The first screen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Home {
    /// The community.
    pub title: String,
    /// Whom it greets, where somebody of the family sits here.
    pub greeting: Option<String>,
    /// The day.
    pub day: String,
    /// Heading of those who have not said that all is well.
    pub missed_title: String,
    /// Who has not said that all is well and asked this household to look.
    pub missed: Vec<MissedRow>,
    /// The daily "I am fine", where it is wanted.
    pub fine: Option<Fine>,
    /// Heading of the urgent ones.
    pub urgent_title: String,
    /// Warnings in force, the most severe first.
    pub urgent: Vec<NoticeRow>,
    /// Heading of what waits for me.
    pub needs_title: String,
    /// What waits for me.
    pub needs: Vec<Need>,
    /// How many more wait, as a filter to go to.
    pub needs_more: Option<NoticeFilter>,
    /// Said when nothing waits.
    pub needs_none: String,
    /// Heading of today's visitors.
    pub visitors_title: String,
    /// Today's visitors.
    pub visitors: Vec<PassRow>,
    /// Said when nobody comes.
    pub visitors_none: String,
    /// Regular visitors, a button each.
    pub regulars: Vec<pass_list::Regular>,
    /// The button for a new pass.
    pub new_pass: String,
    /// At an office: the way to the page that invites.
    pub invite: Option<Entry>,
    /// The digest, once the home has said what it remembers.
    pub digest: Option<Digest>,
    /// Heading of the latest notices.
    pub recent_title: String,
    /// The latest notices that are not shown above; what is not validly signed stays on the notices screen.
    pub recent: Vec<NoticeRow>,
    /// Said when there is none.
    pub recent_none: String,
    /// The way to all notices.
    pub all_notices: String,
}

/// One thing that waits for this household.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Need {
    /// The notice.
    pub id: String,
    /// What it is.
    pub text: String,
    /// The word on its button.
    pub button: String,
    /// The button's accessible name.
    pub name: String,
}

/// Makes the first screen.
#[must_use]
pub fn home(words: &Catalogue, now: Now, model: &Model) -> Home {
    let listed = notices::sorted(&model.notices, now);
    let mut urgent: Vec<_> = listed
        .iter()
        .copied()
        .filter(|item| notices::urgent(item, now))
        .collect();
    urgent.sort_by_key(|item| {
        (
            std::cmp::Reverse(item.severity),
            std::cmp::Reverse(item.published_ms),
            item.id.clone(),
        )
    });
    urgent.truncate(URGENT_MAX);
    let needs: Vec<_> = listed
        .iter()
        .copied()
        .filter(|item| notices::needs_me(item, now))
        .collect();
    let mut recent: Vec<_> = listed
        .iter()
        .copied()
        .filter(|item| item.valid && !urgent.iter().any(|shown| shown.id == item.id))
        .collect();
    recent.sort_by_key(|item| (std::cmp::Reverse(item.published_ms), item.id.clone()));
    let community = model
        .status
        .as_ref()
        .and_then(|status| status.community.as_ref());
    let name = community.map_or_else(
        || words.say("app-name"),
        |c| clean::line(&c.name, clean::NAME_MAX),
    );
    let mut visitors: Vec<_> = model
        .passes
        .iter()
        .filter(|pass| pass_list::today(pass, now))
        .collect();
    visitors.sort_by_key(|pass| (pass.from_s, pass.id.clone()));
    Home {
        title: words.text("home-title", &[("community", name.into())]),
        greeting: crate::family::greeting(words, model),
        day: crate::dates::day(words, now, now.ms),
        missed_title: words.say("help-missed-title"),
        missed: help::missed(words, now, model),
        fine: help::fine(words, now, model).filter(|fine| fine.daily && model.is_house()),
        urgent_title: words.say("home-urgent"),
        urgent: urgent
            .into_iter()
            .map(|item| notices::row(words, now, item))
            .collect(),
        needs_title: words.say("home-needs"),
        needs_more: (needs.len() > LIST_MAX).then_some(NoticeFilter::NeedsMe),
        needs: needs
            .into_iter()
            .take(LIST_MAX)
            .map(|item| need(words, item))
            .collect(),
        needs_none: words.say("home-needs-none"),
        visitors_title: words.say("home-visitors"),
        visitors: visitors
            .into_iter()
            .map(|pass| pass_list::row(words, now, pass))
            .collect(),
        visitors_none: words.say("home-visitors-none"),
        regulars: pass_list::regulars(words, model),
        new_pass: words.say("home-new-pass"),
        invite: invite::entry(words, now, model).filter(|_| model.is_office()),
        digest: digest(words, now, model),
        recent_title: words.say("home-recent"),
        recent: recent
            .into_iter()
            .take(LIST_MAX)
            .map(|item| notices::row(words, now, item))
            .collect(),
        recent_none: words.say("home-recent-none"),
        all_notices: words.say("home-all-notices"),
    }
}

fn digest(words: &Catalogue, now: Now, model: &Model) -> Option<Digest> {
    let facts = bell::Facts {
        notices: &model.notices,
        posts: &model.posts,
        help: &model.help,
        rings: &model.rings,
    };
    let kept = model.bell.as_ref()?;
    Some(bell::digest(words, now, kept, facts))
}

fn need(words: &Catalogue, item: &crate::api::NoticeItem) -> Need {
    let title = notices::headline(words, notices::in_language(item, words.lang()));
    Need {
        id: item.id.clone(),
        text: words.text("home-need-confirm", &[("title", (&title).into())]),
        button: words.say("notice-confirm"),
        name: words.text("notice-confirm-name", &[("title", title.into())]),
    }
}

#[cfg(test)]
mod tests;
