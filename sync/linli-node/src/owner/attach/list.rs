//! Which files there are, and what opens one.

use crate::api::{Answer, Fault, FileArgs};
use crate::blobs::{BlobId, Referring};
use crate::owner::{Owner, answer, ids};
use linli_base::{EntryId, RecordId, base32};
use linli_record::attach::Attachment;
use linli_record::{Row, RowKind};
use serde_json::{Value, json};

impl Owner {
    /// What goes with a post, a notice or a comment, as far as it is shown to this home.
    fn attached(
        &self,
        record: &RecordId,
        comment: Option<&EntryId>,
    ) -> Result<(&'static str, Vec<Attachment>), Fault> {
        let replica = self.replica_ref()?;
        if let Some(id) = comment {
            let below = self.comments(record)?;
            let comment = below.into_iter().find(|c| c.id == *id);
            let shown = comment.filter(|c| !crate::owner::board::comment_hidden(replica, c));
            return Ok(("comment", shown.map(|c| c.files).unwrap_or_default()));
        }
        if let Some(Row::Post(p)) = replica.row(RowKind::Post, record)? {
            let hidden =
                crate::owner::board::hidden_from(replica, &p.author, p.moderation.as_ref());
            return Ok(("post", if hidden { Vec::new() } else { p.files }));
        }
        match replica.row(RowKind::Notice, record)? {
            Some(Row::Notice(n)) => Ok(("notice", n.files)),
            _ => Err(Fault::missing("not-found").with("id", record.to_text())),
        }
    }

    /// A post or notice, or a comment with files.
    fn find_attached(&self, id: &str) -> Result<(RecordId, Option<EntryId>), Fault> {
        let record = self.find_said_about(id);
        let Err(fault) = record else {
            return record.map(|record| (record, None));
        };
        let referring = &self.blobs.referring;
        let comments = referring
            .iter()
            .filter_map(|r| Some((r.record, r.comment?)));
        match ids::pick(id, "e", comments, |(_, comment)| comment.to_text()) {
            Ok((record, comment)) => Ok((record, Some(comment))),
            Err(ambiguous) if ambiguous.code == "id-ambiguous" => Err(ambiguous),
            Err(_) => Err(fault),
        }
    }

    pub(super) fn attachment_list(&mut self, id: Option<&str>) -> Result<Answer, Fault> {
        self.follow_blobs()?;
        let of = id.map(|id| self.find_attached(id)).transpose()?;
        let wanted = |r: &&Referring| match of {
            Some((record, Some(comment))) => (r.record, r.comment) == (record, Some(comment)),
            Some((record, None)) => r.record == record,
            None => true,
        };
        let mut all: Vec<&Referring> = self.blobs.referring.iter().filter(wanted).collect();
        // Of one record its own come before those below it.
        let at = |r: &Referring| (std::cmp::Reverse(r.created_ms), r.record, r.comment);
        all.sort_by_key(|r| (of.is_some() && r.comment.is_some(), at(r)));
        let all: Vec<_> = all.into_iter().map(|r| (r.record, r.comment)).collect();
        let mut list = Vec::new();
        for (record, comment) in all {
            let (kind, files) = self.attached(&record, comment.as_ref())?;
            let mut shown = files_json(&files);
            self.add_states(&mut shown);
            for mut file in shown.as_array().cloned().unwrap_or_default() {
                file["record"] = record.to_text().into();
                file["comment"] = json!(comment.map(|id| id.to_text()));
                file["kind"] = kind.into();
                list.push(file);
            }
        }
        let bytes: u64 = self
            .blobs
            .shelf
            .all()
            .iter()
            .map(|id| self.blobs.shelf.come(id) as u64)
            .sum();
        let waiting = list.iter().filter(|file| file["state"] != "here").count();
        Ok(answer(json!({
            "files": list, "bytes": bytes, "waiting": waiting, "received": self.blobs.fetcher.received(),
        })))
    }

    pub(super) fn attachment_open(&mut self, id: &str, n: u32) -> Result<Answer, Fault> {
        self.follow_blobs()?;
        let (record, comment) = self.find_attached(id)?;
        let (_, files) = self.attached(&record, comment.as_ref())?;
        let at = usize::try_from(n).ok().and_then(|n| n.checked_sub(1));
        let file = at.and_then(|at| files.get(at));
        let none = || {
            Fault::missing("attach-none")
                .with("n", n)
                .with("of", files.len())
        };
        let file = file.ok_or_else(none)?;
        let blob = BlobId::of(file);
        if !self.is_sound(&blob) {
            let come = self.blobs.shelf.come(&blob);
            return Err(Fault::unreachable("attach-waiting")
                .with("percent", come * 100 / blob.size.max(1) as usize));
        }
        let args = FileArgs {
            hash: base32::encode(&file.hash),
            key: base32::encode(file.key.reveal()),
            size: file.size,
            media: file.media.word().to_owned(),
            sides: file.sides,
            name: file.name.as_ref().map(|name| name.reveal().clone()),
        };
        let comment = comment.map(|id| id.to_text());
        Ok(answer(
            json!({ "record": record.to_text(), "comment": comment, "n": n, "file": args }),
        ))
    }
}

/// What an answer says of the files of a record; `Owner::add_states` says where they are.
pub(in crate::owner) fn files_json(files: &[Attachment]) -> Value {
    let one = |(n, file): (usize, &Attachment)| {
        json!({
            "n": n,
            "media": file.media.word(),
            "name": file.name.as_ref().map(|name| name.reveal().clone()),
            // The tag of the seal is nobody's picture.
            "bytes": file.size.saturating_sub(16),
            "sealed": file.size,
            "width": file.sides.map(|(width, _)| width),
            "height": file.sides.map(|(_, height)| height),
            "hash": base32::encode(&file.hash),
        })
    };
    (1..).zip(files).map(one).collect()
}
