//! Photos and documents of a post or notice: each with its state in words; and those that are about to go with a new one.

use crate::api::{FileItem, FileRef};
use crate::clean;
use crate::words::{Arg, Catalogue};

/// Most files of one post or notice (docs/formats/attachment.md).
pub const FILES_MAX: usize = 4;

/// One file on a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileLine {
    /// Its number.
    pub n: u32,
    /// Drawn, not only named.
    pub picture: bool,
    /// It can be opened.
    pub here: bool,
    /// Its width and height, so that its place is kept until it is drawn.
    pub sides: Option<(u32, u32)>,
    /// What it is, how it is called: also read out.
    pub name: String,
    /// Where it is, if not here.
    pub state: Option<String>,
    /// What stands in its place until it is drawn.
    pub opens: String,
    /// The button that saves it, and its accessible name.
    pub save: (String, String),
}

/// Makes the lines of a post or notice.
#[must_use]
pub fn lines(words: &Catalogue, files: &[FileItem]) -> Vec<FileLine> {
    let mut lines: Vec<FileLine> = files.iter().map(|file| line(words, file)).collect();
    lines.truncate(FILES_MAX);
    lines
}

fn line(words: &Catalogue, file: &FileItem) -> FileLine {
    let picture = file.media != "pdf";
    let name = clean::line(file.name.as_deref().unwrap_or_default(), 60);
    let key = if picture { "file-photo" } else { "file-pdf" };
    let said = [
        ("n", u64::from(file.n).into()),
        (
            "name",
            if name.is_empty() {
                "-".to_owned()
            } else {
                name
            }
            .into(),
        ),
        ("kb", file.bytes.div_ceil(1024).into()),
    ];
    let name = words.text(key, &said);
    let percent = file.have * 100 / file.sealed.max(1);
    let from = clean::line(file.from.as_deref().unwrap_or_default(), clean::NAME_MAX);
    let state = match file.state.as_str() {
        "here" => None,
        "coming" if !from.is_empty() => {
            let said: [(&str, Arg<'_>); 2] = [("percent", percent.into()), ("from", from.into())];
            Some(words.text("file-coming", &said))
        }
        "no-room" => Some(words.say("file-no-room")),
        "too-much" => Some(words.say("file-too-much")),
        _ => Some(words.say("file-waits")),
    };
    let save = words.say("file-save");
    FileLine {
        n: file.n,
        picture,
        here: file.state == "here",
        sides: file.width.zip(file.height),
        opens: words.say("file-opens"),
        save: (save.clone(), format!("{save} · {name}")),
        name,
        state,
    }
}

/// A file that goes with what is being written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attached {
    /// How it was called where it came from.
    pub name: String,
    /// Where it lies, sealed.
    pub file: FileRef,
}

/// The part of a form that takes files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FilesForm {
    /// What can be done here.
    pub hint: String,
    /// Name of the field for a path.
    pub path: String,
    /// The button that takes it; none when there are enough.
    pub add: Option<String>,
    /// The button that opens folders to choose from.
    pub choose: String,
    /// Those that go along, each with the name of the button that takes it off again.
    pub items: Vec<(String, String)>,
    /// The word on that button.
    pub drop: String,
    /// What is wrong with the last one, or that it is being read.
    pub note: Option<(String, bool)>,
}

/// The part of a box for replies that takes files: folded away until somebody wants it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ReplyFiles {
    /// The button that unfolds it.
    Folded(String),
    /// It is there.
    Open(FilesForm),
}

impl Default for ReplyFiles {
    fn default() -> Self {
        Self::Folded(String::new())
    }
}

/// How the last file fared that somebody wanted to add.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Adding {
    /// There was none, or it is among the others.
    #[default]
    Nothing,
    /// It is being read.
    Reads,
    /// It cannot go along: a fault's code.
    Refused(String),
}

/// Makes it.
#[must_use]
pub fn form(words: &Catalogue, attached: &[Attached], adding: &Adding) -> FilesForm {
    let drop = words.say("file-drop");
    let items = attached.iter().map(|one| {
        let name = clean::line(&one.name, 60);
        let button = format!("{drop} · {name}");
        (name, button)
    });
    FilesForm {
        hint: words.say("file-hint"),
        path: words.say("file-path"),
        choose: words.say("folder-choose"),
        add: (attached.len() < FILES_MAX).then(|| words.say("file-add")),
        items: items.collect(),
        note: match adding {
            Adding::Nothing => None,
            Adding::Reads => Some((words.say("file-reads"), false)),
            Adding::Refused(code) => Some((words.say(refusal(code)), true)),
        },
        drop,
    }
}

/// The same for a reply: unfolded once it was asked for, or there is something in it.
#[must_use]
pub fn reply_form(
    words: &Catalogue,
    attached: &[Attached],
    adding: &Adding,
    asked: bool,
) -> ReplyFiles {
    if asked || !attached.is_empty() || *adding != Adding::Nothing {
        ReplyFiles::Open(form(words, attached, adding))
    } else {
        ReplyFiles::Folded(words.say("file-reply-ask"))
    }
}

/// The sentence of a refusal.
fn refusal(code: &str) -> &'static str {
    match code {
        "attach-empty" | "attach-picture" => "file-bad-picture",
        "attach-heic" => "file-bad-heic",
        "attach-kind" => "file-bad-kind",
        "attach-large" | "attach-points" => "file-bad-large",
        "attach-pdf" => "file-bad-pdf",
        "attach-pdf-locked" => "file-bad-locked",
        "attach-many" => "file-bad-many",
        "disk-full" => "file-bad-disk",
        _ => "file-bad-missing",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::words::Lang;

    fn file(state: &str) -> FileItem {
        FileItem {
            n: 1,
            media: "jpg".into(),
            name: Some("猫.jpg".into()),
            bytes: 2_000,
            width: Some(640),
            height: Some(480),
            state: state.into(),
            have: 1_000,
            sealed: 4_000,
            from: Some("物业".into()),
        }
    }

    #[test]
    fn every_state_has_its_sentence_in_both_languages() {
        for lang in Lang::ALL {
            let words = Catalogue::of(lang);
            let said = |state: &str| lines(&words, &[file(state)])[0].state.clone();
            assert_eq!(said("here"), None);
            let mut all: Vec<String> = ["coming", "waiting", "no-room", "too-much"]
                .map(|state| said(state).unwrap())
                .to_vec();
            assert!(all[0].contains("25") && all[0].contains("物业"), "{all:?}");
            all.sort();
            all.dedup();
            assert_eq!(all.len(), 4);
            assert!(all.iter().all(|text| !text.contains('⟦')), "{all:?}");
        }
    }

    #[test]
    fn every_refusal_of_the_node_has_a_sentence_of_its_own_or_says_what_to_do() {
        for lang in Lang::ALL {
            let words = Catalogue::of(lang);
            for code in [
                "attach-empty",
                "attach-kind",
                "attach-heic",
                "attach-large",
                "attach-points",
                "attach-picture",
                "attach-pdf",
                "attach-pdf-locked",
                "attach-many",
                "disk-full",
                "?",
            ] {
                let made = form(&words, &[], &Adding::Refused(code.into()));
                let (text, bad) = made.note.unwrap();
                assert!(
                    bad && text.chars().count() > 8 && !text.contains('⟦'),
                    "{code}: {text}"
                );
            }
        }
    }

    #[test]
    fn a_form_takes_four_files_and_names_each() {
        let words = Catalogue::of(Lang::ZhCn);
        let one = Attached {
            name: "猫\u{202e}.jpg".into(),
            file: FileRef {
                hash: "h".into(),
                key: "k".into(),
                size: 20,
                media: "jpg".into(),
                sides: None,
                name: None,
            },
        };
        let made = form(&words, &vec![one.clone(); 3], &Adding::Nothing);
        assert!(made.add.is_some() && made.items.len() == 3);
        assert!(made.items[0].1.contains(&made.items[0].0));
        assert_eq!(
            form(&words, &vec![one.clone(); 4], &Adding::Nothing).add,
            None
        );
        assert!(
            !format!("{one:?}").contains("key"),
            "the key is not printed"
        );
    }
}
