//! What an office's desk is told beside its notices: what waits, and templates.

use super::{DraftNews, Folded, Model, Told};
use crate::api::{NoticeItem, Request, ScheduledItem, TemplateItem};

impl Model {
    /// A list has less room for what is said than the answer about one notice: what is here already stays, unless there is
    /// more now.
    pub(super) fn take_notices(&mut self, mut notices: Vec<NoticeItem>) {
        for new in notices.iter_mut().filter(|n| n.said_left_out > 0) {
            let all = |n: &NoticeItem| n.said_left_out + n.said.len() as u64;
            let old = self.notices.iter_mut().find(|old| old.id == new.id);
            if let Some(old) = old
                && all(old) == all(new)
                && old.said_left_out < new.said_left_out
            {
                new.said = std::mem::take(&mut old.said);
                new.said_left_out = old.said_left_out;
            }
        }
        self.notices = notices;
        self.as_sitter();
    }

    /// What waits for its time.
    pub(super) fn take_scheduled(
        &mut self,
        request: Option<Request>,
        items: Vec<ScheduledItem>,
    ) -> Folded {
        self.scheduled = items;
        Folded {
            asks: Vec::new(),
            told: match request {
                Some(Request::DraftSend { mark, notice, .. }) => {
                    self.draft_news.push((mark, DraftNews::Sent));
                    let at_ms = notice.and_then(|out| out.at_ms);
                    at_ms.map(|at_ms| Told::Scheduled { at_ms })
                }
                Some(Request::Unschedule { .. }) => Some(Told::Unscheduled),
                _ => None,
            },
        }
    }

    /// The office's own templates.
    pub(super) fn take_templates(
        &mut self,
        request: Option<Request>,
        items: Vec<TemplateItem>,
    ) -> Folded {
        self.templates = items;
        Folded {
            asks: Vec::new(),
            told: match request {
                Some(Request::TemplateSave { name, .. }) => Some(Told::TemplateKept { name }),
                Some(Request::TemplateDrop { .. }) => Some(Told::TemplateForgotten),
                _ => None,
            },
        }
    }
}
