//! A folder in words.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::words::Lang;

fn now() -> Now {
    Now {
        ms: 1_795_329_120_000,
        offset_min: 480,
    }
}

fn entry(name: &str, bytes: Option<u64>) -> Entry {
    Entry {
        path: Path::new("/media/liran/U盘").join(name),
        name: name.into(),
        bytes,
        changed_ms: Some(now().ms - 60_000),
    }
}

fn browse(want: Want, entries: Vec<Entry>) -> Browse {
    let path = |kind, path: &str| Place {
        kind,
        path: path.into(),
    };
    Browse {
        listing: Some(Listing {
            path: "/media/liran/U盘".into(),
            entries,
            more: 0,
            other: 0,
        }),
        places: vec![
            path(PlaceKind::Home, "/srv/liran"),
            path(PlaceKind::Stick, "/media/liran/U盘"),
        ],
        ..Browse::new(want)
    }
}

#[test]
fn only_what_can_go_along_is_listed_and_nothing_where_a_folder_is_chosen() {
    for name in ["a.jpg", "A.JPEG", "b.Png", "c.pdf", "d.HEIC"] {
        assert!(Want::Attach.lists(Path::new(name)), "{name}");
        assert!(!Want::SavePapers.lists(Path::new(name)), "{name}");
    }
    for name in ["a", "a.txt", "jpg", ".png", "a.jpg.exe"] {
        assert!(!Want::Attach.lists(Path::new(name)), "{name}");
    }
}

#[test]
fn the_field_holds_a_clean_path_and_means_the_folder_while_it_stands_untouched() {
    let mut browse = Browse::new(Want::Attach);
    assert_eq!(browse.untouched(), None);
    let path: PathBuf = "/srv/照\u{202e}片\n".into();
    browse.show(Listing {
        path: path.clone(),
        ..Listing::default()
    });
    assert!(
        !browse.typed.contains(['\u{202e}', '\n']),
        "{}",
        browse.typed
    );
    assert_eq!(browse.untouched(), Some(path.as_path()));
    browse.typed.push_str("/x");
    assert_eq!(browse.untouched(), None);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt as _;
        // 照片 as an old camera card has it, in GB 18030: no text leads there.
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/srv/\xd5\xd5\xc6\xac")).to_owned();
        browse.show(Listing {
            path: path.clone(),
            ..Listing::default()
        });
        assert_ne!(Path::new(&browse.typed), path);
        assert_eq!(browse.untouched(), Some(path.as_path()));
    }
}

#[test]
fn every_line_is_read_out_whole_and_what_a_stranger_called_a_file_turns_nothing_around() {
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        let of = [
            entry("合同\u{202e}fdp.exe.jpg", Some(5_000)),
            entry("图片", None),
            entry("说明.pdf", Some(1)),
        ];
        let page = page(&words, now(), &browse(Want::Attach, of.to_vec()));
        assert!(!format!("{page:?}").contains('⟦'), "{page:?}");
        assert_eq!(page.rows[0].word, "合同fdp.exe.jpg");
        assert_eq!(page.rows[0].path, of[0].path, "opened as it is called");
        for row in &page.rows {
            assert!(row.name.contains(&row.word) && row.name.contains(&row.kind));
        }
        assert!(page.rows[0].beside.contains('5') && page.rows[1].beside.is_empty());
        let kinds: Vec<&String> = page.rows.iter().map(|row| &row.kind).collect();
        assert!(kinds[0] != kinds[1] && kinds[1] != kinds[2] && kinds[0] != kinds[2]);
        assert_eq!(page.take, None);
        assert_eq!(page.up.unwrap().1, Path::new("/media/liran"));
        let chosen: Vec<bool> = page.places.iter().map(|place| place.2).collect();
        assert_eq!(chosen, [false, true]);
        assert!(page.places[1].0.contains("U盘"));
    }
}

#[test]
fn an_empty_folder_one_that_cannot_be_opened_and_what_is_left_out_are_said() {
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        let notes = |browse: &Browse| page(&words, now(), browse).notes;
        let mut empty = browse(Want::Attach, vec![]);
        assert_eq!(notes(&empty).len(), 1);
        empty.listing.as_mut().unwrap().other = 12;
        let said = notes(&empty);
        assert!(said.len() == 2 && said[1].0.contains("12"), "{said:?}");
        empty.failed = true;
        assert!(notes(&empty)[0].1, "what went wrong stands first");
        let mut full = browse(Want::SavePapers, vec![entry("图片", None)]);
        full.listing.as_mut().unwrap().more = 40;
        let made = page(&words, now(), &full);
        assert!(made.notes[0].0.contains("40"));
        assert_eq!(made.take.unwrap().1, Path::new("/media/liran/U盘"));
        // Before anything was read there is nothing to choose.
        let mut begun = Browse::new(Want::SavePapers);
        begun.going = Some("/srv".into());
        let made = page(&words, now(), &begun);
        assert!(made.rows.is_empty() && made.take.is_none() && made.notes.len() == 1);
    }
}

#[test]
fn the_settings_say_where_pictures_and_papers_go() {
    for lang in Lang::ALL {
        let words = Catalogue::of(lang);
        let lines = saving(&words, Path::new("/srv/liran/图片"), Path::new("/media/U")).lines;
        assert!(lines[0].text.contains("图片") && lines[1].text.contains("/media/U"));
        assert_eq!(
            (lines[0].want, lines[1].want),
            (Want::SavePictures, Want::SavePapers)
        );
        assert!(lines[0].name != lines[1].name && lines[0].name.contains(&lines[0].word));
    }
}
