//! Notices for people without Linli: on paper, in a chat, as files for programs. Worded by `linli_view`, printed by
//! `linli_node::paper`, as the command line does it.

use super::App;
use crate::state::Said;
use crate::{files, fonts};
use linli_exchange::notice::{AlertOptions, Feed, FeedEntry, Notice};
use linli_node::api::{community_bytes, record_bytes};
use linli_node::paper;
use linli_view::api::{ExportForm, NoticeExport};
use linli_view::cap;
use linli_view::dates::Now;
use linli_view::doors;
use linli_view::intent::Intent;
use linli_view::notice_paper::{self, PaperNotice};
use linli_view::words::Catalogue;
use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};

/// A file to write: the sentence that says where it is, its name, its bytes.
pub(super) type Made = (&'static str, String, Vec<u8>);
/// How: a list of doors is for this account alone.
pub(super) type Save = fn(&Path, &str, &[u8]) -> io::Result<PathBuf>;

impl App {
    /// Carries out what needs no answer of the node; `true` if there is nothing more to do.
    pub(super) fn perform_export(&mut self, intent: &Intent) -> bool {
        let Intent::PrintDoors { id } = intent else {
            return false;
        };
        let (words, now) = (&self.words, self.now());
        let reach = self.model.reach.as_ref().filter(|reach| reach.id == *id);
        let Some(reach) = reach else { return true };
        let sheet = doors::sheet(words, now, reach);
        let name = sheet.file_name.clone();
        let foot = |page, of| doors::foot(words, page, of);
        let pdf = fonts::faces().and_then(|faces| paper::sheet(words, &faces, sheet, &foot));
        let pdf = pdf.map_err(|error| error.to_string());
        let made = pdf.map(|pdf| ("note-gave-doors", name, pdf));
        self.save_made(made, files::save_private);
        true
    }

    /// Once a frame: what the node gave for it is written, and where it is said.
    pub(super) fn give_out(&mut self, ctx: &egui::Context) {
        for export in std::mem::take(&mut self.model.exports) {
            let (words, now) = (&self.words, self.now());
            if export.form == ExportForm::Chat {
                match first(&export.data) {
                    Ok((_, paper, by)) => {
                        ctx.copy_text(notice_paper::chat(words, now, &paper, by.as_deref()));
                        let path = String::new();
                        self.state.said = Some(Said::Gave("note-gave-chat", path, by.is_some()));
                    }
                    Err(reason) => self.state.said = Some(Said::SaveFailed(reason)),
                }
                continue;
            }
            let made = made(words, now, &export);
            self.save_made(made, files::save);
            // A signed file says itself what came after; of the others whoever passes one on should know.
            let signed = export.form == ExportForm::Signed;
            let all = export.data["notices"].as_array();
            let old = |one: &Value| one["corrected_by"].is_string();
            if let (false, Some(Said::Gave(_, _, corrected))) = (signed, &mut self.state.said) {
                *corrected = all.is_some_and(|all| all.iter().any(old));
            }
        }
    }

    pub(super) fn save_made(&mut self, made: Result<Made, String>, save: Save) {
        let saved = made.and_then(|(key, name, bytes)| {
            let saved = save(&self.state.papers, &name, &bytes);
            let saved = saved.map_err(|error| why(&self.words, &error));
            saved.map(|path| Said::Gave(key, path.display().to_string(), false))
        });
        self.state.said = Some(saved.unwrap_or_else(Said::SaveFailed));
    }
}

/// What is in the way, in plain words: a number of the system helps nobody.
fn why(words: &Catalogue, error: &io::Error) -> String {
    words.say(match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "save-no-room",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "save-not-allowed",
        _ => "save-not-there",
    })
}

/// The notice that was asked for, as it is written, as it is worded, and which one corrects it.
fn first(data: &Value) -> Result<(Notice, PaperNotice, Option<String>), String> {
    one(&data["notices"][0])
}

fn one(value: &Value) -> Result<(Notice, PaperNotice, Option<String>), String> {
    let odd = |error: serde_json::Error| error.to_string();
    let notice = serde_json::from_value(value["notice"].clone()).map_err(odd)?;
    let paper = serde_json::from_value(value["notice"].clone()).map_err(odd)?;
    let by = value["corrected_by"].as_str().map(str::to_owned);
    Ok((notice, paper, by))
}

fn made(words: &Catalogue, now: Now, export: &NoticeExport) -> Result<Made, String> {
    let named = |stem: String, ending: &str| format!("{stem}.{ending}");
    if export.form == ExportForm::Atom {
        let feed = feed(now, &export.data)?;
        let stem = notice_paper::feed_stem(words, &feed.estate);
        return Ok((
            "note-gave-atom",
            named(stem, "atom"),
            feed.xml().into_bytes(),
        ));
    }
    if export.form == ExportForm::Signed {
        let id: String = export
            .id
            .chars()
            .filter(|c| c.is_alphanumeric())
            .take(9)
            .collect();
        let text = format!("{}\n", export.data);
        return Ok((
            "note-gave-signed",
            named(id, "linli.json"),
            text.into_bytes(),
        ));
    }
    let (notice, paper, by) = first(&export.data)?;
    let stem = notice_paper::file_stem(words, &paper);
    if export.form == ExportForm::Cap {
        let xml = notice.alert(&AlertOptions::default()).xml();
        return Ok(("note-gave-cap", named(stem, "cap.xml"), xml.into_bytes()));
    }
    let faces = fonts::faces().map_err(|error| error.to_string())?;
    let pdf = paper::notice(words, now, &faces, &notice, by.as_deref());
    let pdf = pdf.map_err(|error| error.to_string())?;
    Ok(("note-gave-paper", named(stem, "pdf"), pdf))
}

fn feed(now: Now, data: &Value) -> Result<Feed, String> {
    let odd = || "id".to_owned();
    let notices = data["notices"].as_array().map(Vec::as_slice);
    let notices = notices.unwrap_or_default().iter().map(|value| {
        let (notice, ..) = one(value)?;
        let id = record_bytes(&notice.id).ok_or_else(odd)?;
        let words = serde_json::from_value(value["notice"]["words"].clone());
        let (plain, plain_en) = cap::lines_in_both(&words.unwrap_or_default());
        Ok(FeedEntry {
            id,
            notice,
            plain,
            plain_en,
        })
    });
    let community = data["community"].as_str().and_then(community_bytes);
    Ok(Feed {
        estate: data["estate"].as_str().unwrap_or_default().to_owned(),
        community: community.ok_or_else(odd)?,
        offset_min: now.offset_min,
        made_ms: now.ms,
        entries: notices.collect::<Result<_, String>>()?,
    })
}
