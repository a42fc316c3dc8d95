//! What a correction no longer says of what it corrects: shown before it is signed, since nobody looks for what is gone.

use super::{Compose, ComposeDraft};
use crate::api::NoticeItem;
use crate::tone::Tone;
use crate::words::Catalogue;

/// Adds to the check what the corrected notice had and this draft has not: its end, its beginning, and some of its files,
/// of which `files` go along.
pub fn put(
    words: &Catalogue,
    page: &mut Compose,
    draft: &ComposeDraft,
    earlier: Option<&NoticeItem>,
    files: usize,
) {
    let earlier = earlier.filter(|item| draft.corrects.as_ref() == Some(&item.id));
    let (Some(item), Some(check)) = (earlier, &mut page.check) else {
        return;
    };
    let mut warn = |text: String| check.points.push((Tone::Warn, text));
    if item.expires_ms.is_some() && draft.until.trim().is_empty() {
        warn(words.say("compose-point-end-gone"));
    }
    if item.effective_ms.is_some() && draft.from.trim().is_empty() {
        warn(words.say("compose-point-beginning-gone"));
    }
    if item.files.len() > files {
        let said = [("had", item.files.len().into()), ("n", files.into())];
        warn(words.text("compose-point-files-gone", &said));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::api::{Area, CapWords, FileItem, Response, Severity};
    use crate::compose::{Step, compose};
    use crate::samples::{self, NOW, zh};

    fn correcting(item: &NoticeItem) -> ComposeDraft {
        ComposeDraft::correcting(&zh(), NOW, item)
    }

    fn page(draft: &ComposeDraft, step: Step) -> Compose {
        compose(&zh(), NOW, Some(&samples::status()), draft, step)
    }

    /// A warning with everything that a notice can say.
    fn full() -> NoticeItem {
        let mut item = samples::notice("ntc000");
        item.severity = Some(Severity::Severe);
        item.cap = CapWords {
            response: Some(Response::Prepare),
            ..CapWords::default()
        };
        item.area = Area::Buildings(vec!["3".into(), "5-2".into()]);
        item.cells = vec!["02".into()];
        // On the minute, as people type.
        let hour = NOW.ms / samples::HOUR * samples::HOUR;
        item.effective_ms = Some(hour - samples::HOUR);
        item.expires_ms = Some(hour + 5 * samples::HOUR);
        item.confirm_asked = true;
        item.comments_closed_ms = Some(1);
        item.files = vec![FileItem::default(); 2];
        item
    }

    #[test]
    fn a_correction_begins_with_everything_that_the_notice_says() {
        let item = full();
        let draft = correcting(&item);
        assert_eq!(draft.area, "网格02 3 5-2");
        let english = ComposeDraft::correcting(&samples::en(), NOW, &item);
        assert_eq!(english.area, "grid:02 3 5-2");
        let request = page(&draft, Step::Write).request.unwrap();
        assert_eq!(
            (&request.title, &request.body),
            (&item.text.title, &item.text.body)
        );
        assert_eq!(request.effective_ms, item.effective_ms);
        assert_eq!(request.expires_ms, item.expires_ms);
        assert_eq!((request.severity, request.cap), (item.severity, item.cap));
        assert!(request.confirm && request.comments_closed);
        assert_eq!(request.corrects, Some(item.id));
    }

    #[test]
    fn an_end_that_is_over_is_not_taken_for_next_years() {
        let mut item = full();
        item.effective_ms = None;
        item.expires_ms = Some(NOW.ms - samples::DAY);
        let page = page(&correcting(&item), Step::Write);
        assert!(page.until.problem.is_some() && page.request.is_none());
    }

    #[test]
    fn what_a_correction_no_longer_says_stands_in_its_check() {
        let item = full();
        let mut draft = correcting(&item);
        let points = |draft: &ComposeDraft, item: &NoticeItem, files: usize| {
            let mut page = page(draft, Step::Check);
            let before = page.check.as_ref().unwrap().points.len();
            put(&zh(), &mut page, draft, Some(item), files);
            page.check.unwrap().points.split_off(before)
        };
        assert_eq!(points(&draft, &item, 2), []);
        let one = points(&draft, &item, 1);
        assert!(one.len() == 1 && one[0].1.contains('2') && one[0].1.contains('1'));
        (draft.from, draft.until) = (String::new(), " ".into());
        let all = points(&draft, &item, 0);
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(
            all.iter()
                .all(|(tone, text)| *tone == Tone::Warn && !text.contains('⟦'))
        );
        draft.corrects = Some("another".into());
        assert_eq!(
            points(&draft, &item, 0),
            [],
            "of another notice nothing is missed"
        );
    }

    #[test]
    fn a_correction_begins_with_the_text_it_corrects() {
        let mut item = samples::notice("ntc000");
        // Its end is over: that would be told.
        item.expires_ms = None;
        let draft = correcting(&item);
        assert_eq!(
            (&draft.title, &draft.body),
            (&item.text.title, &item.text.body)
        );
        let page = page(&draft, Step::Write);
        assert!(!page.corrects.is_empty());
        assert_eq!(page.request.unwrap().corrects.as_deref(), Some("ntc000"));
    }

    #[test]
    fn a_correction_of_a_notice_whose_comments_are_closed_begins_closed() {
        let mut item = samples::notice("ntc059");
        assert!(!correcting(&item).comments_closed);
        item.comments_closed_ms = Some(1);
        let draft = correcting(&item);
        assert!(draft.comments_closed);
        let page = page(&draft, Step::Check);
        let chosen: Vec<bool> = page.comments.items.iter().map(|one| one.2).collect();
        assert_eq!(chosen, [false, true]);
        let facts = page.check.unwrap().facts;
        assert!(
            facts.iter().any(|f| f.contains("评论一开始就关闭")),
            "{facts:?}"
        );
        assert!(page.request.unwrap().comments_closed);
    }
}
