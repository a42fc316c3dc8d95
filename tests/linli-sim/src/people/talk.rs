//! What neighbours say to each other, and what a household keeps for itself.

use super::{OPEN, SECRET};
use crate::ledger::What;
use crate::options::Role;
use crate::world::{Checked, World};
use linli_base::{EntryKind, Private, RecordId};
use linli_node::replica::{About, OpFault};
use linli_record::draft::{self, FieldChange, PostDraft, VisitDraft};
use linli_record::fact::Reach;
use linli_record::schema::{PostKind, VisitKind};
use linli_record::{Fact, RecordKind, RowKind};

impl World {
    /// Makes a record; its id is known once it is made.
    pub(crate) fn make(
        &mut self,
        n: usize,
        kind: RecordKind,
        text: String,
        draft: impl FnOnce([u8; 16]) -> Result<Vec<u8>, linli_record::DraftError>,
    ) -> Checked {
        let what = What::Made(kind, RecordId::ZERO, text.clone());
        let before = self.ledger.items.len();
        let made = self.write(n, what, |replica, now| replica.create(now, kind, draft))?;
        if let Some(id) = made {
            self.ledger.items[before].what = What::Made(kind, id, text);
        }
        Ok(())
    }

    pub(super) fn post(&mut self, n: usize) -> Checked {
        let body = self.text(OPEN);
        let post = PostDraft {
            kind: PostKind::Ask,
            body: body.clone(),
        };
        self.make(n, RecordKind::Post, body, |actor| post.change(actor))
    }

    /// Edits one field of a record of one's own; siblings may do so at the same time.
    pub(super) fn edit_text(
        &mut self,
        n: usize,
        kind: RecordKind,
        field: &str,
        begin: &str,
    ) -> Checked {
        let own = self.own(n, kind);
        let Some(id) = self.dice.pick(&own).copied() else {
            return Ok(());
        };
        let text = self.text(begin);
        let what = What::Edited(kind, id, text.clone());
        let change = [FieldChange::set(field, text.as_str())];
        self.write(n, what, |replica, now| {
            replica.edit(now, &id, |kind, doc, actor| {
                draft::edit(doc, kind, actor, &change)
            })
        })?;
        Ok(())
    }

    pub(super) fn visit(&mut self, n: usize) -> Checked {
        let label = self.text(SECRET);
        let at = self.at(n).wall.seconds().0;
        let visit = VisitDraft {
            label: Private::new(label.clone()),
            kind: VisitKind::Person,
            from_s: at,
            until_s: at + 7_200,
            entries: 1,
            gates: vec![1],
            plate: None,
            companions: 0,
            cti: [9; 12],
            token: Private::new("token".into()),
            short_code: true,
            host_unit: None,
        };
        self.make(n, RecordKind::Visit, label, |actor| visit.change(actor))
    }

    /// A post or notice that this node shows.
    fn something_said(&mut self, n: usize) -> Option<RecordId> {
        let mut all = self.shown(n, RecordKind::Post);
        all.extend(self.shown(n, RecordKind::Notice));
        self.dice.pick(&all).copied()
    }

    fn tell(&mut self, n: usize, about: RecordId, what: What, fact: Fact) -> Checked {
        self.write(n, what, |replica, now| replica.say(now, &about, &fact))?;
        Ok(())
    }

    pub(super) fn comment(&mut self, n: usize) -> Checked {
        let Some(about) = self.something_said(n) else {
            return Ok(());
        };
        let text = self.text(OPEN);
        let fact = Fact::Comment {
            text: Private::new(text.clone()),
            answers: None,
            files: Vec::new(),
        };
        self.tell(n, about, What::Commented(about, text), fact)
    }

    pub(super) fn react(&mut self, n: usize) -> Checked {
        let Some(about) = self.something_said(n) else {
            return Ok(());
        };
        let what = self.dice.chance(700).then(|| "like".to_owned());
        self.tell(n, about, What::Said, Fact::Reaction { what })
    }

    pub(super) fn claim(&mut self, n: usize) -> Checked {
        let posts = self.shown(n, RecordKind::Post);
        let Some(about) = self.dice.pick(&posts).copied() else {
            return Ok(());
        };
        let fact = if self.dice.chance(250) {
            Fact::Unclaim
        } else {
            Fact::Claim { text: None }
        };
        self.tell(n, about, What::Said, fact)
    }

    pub(super) fn close_post(&mut self, n: usize) -> Checked {
        let own = self.own(n, RecordKind::Post);
        let Some(about) = self.dice.pick(&own).copied() else {
            return Ok(());
        };
        let fact = Fact::Close {
            outcome: None,
            chosen: None,
        };
        self.tell(n, about, What::Closed(about), fact)
    }

    /// Erases a record of one's own. Sometimes, as a program with a fault would, one that is somebody else's.
    pub(super) fn erase(&mut self, n: usize) -> Checked {
        let mut own = self.own(n, RecordKind::Post);
        own.extend(self.own(n, RecordKind::Visit));
        own.extend(self.own(n, RecordKind::Person));
        if let Some(id) = self.dice.pick(&own).copied() {
            self.write(n, What::Erased(id), |replica, now| replica.erase(now, &id))?;
            return Ok(());
        }
        let posts = self.shown(n, RecordKind::Post);
        let Some(id) = self.dice.pick(&posts).copied() else {
            return Ok(());
        };
        self.write(n, What::Erased(id), |replica, now| {
            let lane = replica
                .record_lane(now, RecordKind::Post)
                .ok_or(OpFault::NotAllowed)?;
            let body = linli_base::cbor::Value::Map(vec![]).encode();
            Ok(replica.write(now, EntryKind::ERASE, lane, About::Of(id.0), &body)?)
        })?;
        Ok(())
    }

    /// A household notes that a notice arrived, or confirms it.
    pub(super) fn receive(&mut self, n: usize) -> Checked {
        let notices = self.shown(n, RecordKind::Notice);
        let Some(id) = self.dice.pick(&notices).copied() else {
            return Ok(());
        };
        let reach = [Reach::DELIVERED, Reach::READ, Reach::CONFIRMED][self.dice.index(3)];
        self.write(n, What::Received(id), |replica, now| {
            replica.receive(now, &id, reach)
        })?;
        Ok(())
    }

    /// Whether a node is a further device of a household.
    pub(crate) fn is_sibling(&self, n: usize) -> bool {
        matches!(self.nodes[n].role, Role::Sibling(_))
    }

    /// Kind of row that shows a record of a kind; for tests and the oracle.
    pub(crate) fn rows_of(&self, n: usize, kind: RowKind) -> Vec<RecordId> {
        let rows = self.nodes[n].up.as_ref().map(|up| up.replica.rows(kind));
        match rows {
            Some(Ok(rows)) => rows.into_iter().map(|(id, _)| id).collect(),
            _ => Vec::new(),
        }
    }
}
