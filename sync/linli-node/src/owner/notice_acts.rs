//! What an office does about its notices beside publishing them.

use super::{Owner, answer};
use crate::api::{Answer, Fault, NoticeAct};
use linli_base::RecordId;
use linli_record::row::{NoticeRow, Thread};
use linli_record::{Fact, Row, RowKind};
use serde_json::json;

impl Owner {
    pub(super) fn notice_act(&mut self, act: NoticeAct) -> Result<Answer, Fault> {
        match act {
            NoticeAct::Comments { id, open } => self.notice_comments(&id, open),
            NoticeAct::Schedule {
                with,
                corrects,
                at_ms,
            } => self.schedule(*with, corrects, at_ms),
            NoticeAct::Scheduled => self.scheduled(),
            NoticeAct::Unschedule { id } => self.unschedule(&id),
            NoticeAct::Templates => self.templates(),
            NoticeAct::TemplateSave { name, with } => self.template_save(&name, *with),
            NoticeAct::TemplateDelete { id } => self.template_delete(&id),
        }
    }

    /// Signed like all an office says, so that everybody sees who closed them.
    fn notice_comments(&mut self, id: &str, open: bool) -> Result<Answer, Fault> {
        let notice = self.own_notice(id)?;
        let thread = self.thread_below(&notice)?;
        let news = thread.is_none_or(|thread| thread.closed_ms.is_none() != open);
        if news {
            // Who may close comments may publish: a desk without that role does neither.
            self.may_publish()?;
            self.say(&notice, &Fact::Comments { open })?;
            self.settle()?;
        }
        // Another desk may have said the opposite by a later clock: what counts is told, not what was wanted.
        let thread = self.thread_below(&notice)?;
        let open = thread.is_none_or(|thread| thread.closed_ms.is_none());
        Ok(answer(
            json!({ "id": notice.to_text(), "open": open, "news": news }),
        ))
    }

    /// Are comments below this one closed?
    pub(super) fn is_closed_below(&self, notice: &RecordId) -> Result<bool, Fault> {
        let thread = self.thread_below(notice)?;
        Ok(thread.is_some_and(|thread| thread.closed_ms.is_some()))
    }

    fn thread_below(&self, notice: &RecordId) -> Result<Option<Thread>, Fault> {
        Ok(match self.replica_ref()?.row(RowKind::Notice, notice)? {
            Some(Row::Notice(NoticeRow { thread, .. })) => Some(thread),
            _ => None,
        })
    }

    /// Below a notice whose comments are closed its own office alone has the word.
    pub(super) fn may_comment(&self, on: &RecordId) -> Result<(), Fault> {
        let replica = self.replica_ref()?;
        match replica.row(RowKind::Notice, on)? {
            Some(Row::Notice(n))
                if n.thread.closed_ms.is_some() && n.author.principal != replica.me().principal =>
            {
                Err(Fault::forbidden("comments-closed"))
            }
            _ => Ok(()),
        }
    }
}
