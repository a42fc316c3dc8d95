//! A corpus of CAP messages of ours, for a foreign schema to judge; and our reading of other files.
//!
//! A clerk's morning of sixty notices, each also corrected and taken back; and what no clerk writes: texts of every
//! length, characters that XML cannot hold, moments at the ends of the calendar, every word that can be chosen.

use linli_exchange::cap::{Alert, Category, Certainty, ResponseType, Severity, Stamp, Urgency};
use linli_exchange::notice::{After, AlertOptions, Earlier, Notice, Words};
use serde_json::Value;
use std::io;
use std::path::Path;

/// Notices of an invented office, one a line.
const MORNING: &str = include_str!("../../data/notices.jsonl");

/// Writes the corpus, a file a message; how many.
///
/// # Errors
/// The folder or a file in it.
pub fn write(folder: &Path) -> io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let all = corpus();
    for (name, alert) in &all {
        std::fs::write(folder.join(format!("{name}.xml")), alert.xml())?;
    }
    Ok(all.len())
}

/// What our reader says of a file: nothing, or why it refuses it.
///
/// # Errors
/// The sentence.
pub fn read(file: &Path) -> Result<(), String> {
    let bytes = std::fs::read(file).map_err(|e| e.to_string())?;
    let alert = Alert::read(&bytes).map_err(|e| e.en())?;
    match Alert::read(alert.xml().as_bytes()) {
        Ok(again) if again == alert => Ok(()),
        _ => Err("it does not come back the same when written".to_owned()),
    }
}

/// Every message with its name.
#[must_use]
pub fn corpus() -> Vec<(String, Alert)> {
    let plain = AlertOptions::default();
    let mut all = Vec::new();
    for notice in MORNING.lines().filter_map(morning) {
        let earlier = Earlier {
            id: notice.id.clone(),
            sent_ms: notice.sent_ms,
        };
        let later = |after| Notice {
            id: notice.id.replace("r:", "r:z"),
            sent_ms: notice.sent_ms + 3_600_000,
            after,
            ..notice.clone()
        };
        let corrected = later(After::Corrects(vec![earlier.clone()]));
        let taken_back = later(After::TakesBack {
            earlier: vec![earlier.clone(), earlier],
            reason: "情况变了,以办事处新的通知为准 & 别转旧的".to_owned(),
        });
        let name = notice.id.trim_start_matches("r:").to_owned();
        all.push((format!("{name}-alert"), notice.alert(&plain)));
        all.push((format!("{name}-update"), corrected.alert(&plain)));
        all.push((format!("{name}-cancel"), taken_back.alert(&plain)));
    }
    let Some(first) = MORNING.lines().find_map(morning) else {
        return all;
    };
    all.extend(chosen(&first));
    all.extend(hostile(&first));
    all
}

/// One line of the clerk's morning.
fn morning(line: &str) -> Option<Notice> {
    let said: Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| said[name].as_str().unwrap_or_default().to_owned();
    let at = |name: &str| said[name].as_str().and_then(Stamp::parse).map(Stamp::ms);
    let building = |value: &Value| match value {
        Value::String(name) => Some(name.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    // "all" stands for every building, which a notice says by naming none.
    let area = said["area"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let area = area.iter().filter_map(building).collect();
    Some(Notice {
        estate: "丰盛园".to_owned(),
        community: "n:kt04jpcw".to_owned(),
        offset_min: 480,
        id: format!("r:{:026}", said["i"].as_u64()?),
        sender: "o:8f3k2m1p".to_owned(),
        office: text("org"),
        sent_ms: at("effective")?,
        title: text("title"),
        body: text("body"),
        title_en: text("title_en"),
        body_en: text("body_en"),
        severity: Severity::parse(&text("severity")),
        words: Words::default(),
        area,
        cells: Vec::new(),
        effective_ms: at("effective"),
        expires_ms: at("expires"),
        after: After::Nothing,
    })
}

/// Every word that an office may choose.
fn chosen(notice: &Notice) -> Vec<(String, Alert)> {
    let mut all = Vec::new();
    let mut add = |word: &str, options: AlertOptions| {
        all.push((format!("chosen-{word}"), notice.alert(&options)));
    };
    for word in Category::ALL {
        let category = Some(*word);
        add(
            word.word(),
            AlertOptions {
                category,
                ..AlertOptions::default()
            },
        );
    }
    for word in ResponseType::ALL {
        let response = Some(*word);
        let name = format!("response-{}", word.word());
        add(
            &name,
            AlertOptions {
                response,
                exercise: true,
                ..AlertOptions::default()
            },
        );
    }
    for (urgency, certainty) in Urgency::ALL.iter().zip(Certainty::ALL) {
        let options = AlertOptions {
            urgency: Some(*urgency),
            certainty: Some(*certainty),
            event: Some("停电".to_owned()),
            web: Some("https://a.example/?a=1&b=%E5%81%9C".to_owned()),
            contact: Some("13900000021".to_owned()),
            ..AlertOptions::default()
        };
        add(&format!("urgency-{}", urgency.word()), options);
    }
    all
}

/// What no clerk writes.
fn hostile(notice: &Notice) -> Vec<(String, Alert)> {
    let every_control: String = (0..0x20_u8).map(char::from).collect();
    let texts = [
        ("empty", String::new()),
        ("spaces", " \t\n ".to_owned()),
        ("markup", "<alert>]]>&amp;&#0;<!-- --><?x ?>\"'".to_owned()),
        ("controls", every_control),
        (
            "non-characters",
            "\u{fffe}\u{ffff}\u{1fffe}\u{fdd0}".to_owned(),
        ),
        (
            "directions",
            "\u{202e}停电\u{2066}\u{200b}\u{feff}".to_owned(),
        ),
        ("planes", "𠮷𬭼😀🇨🇳e\u{301}".to_owned()),
        ("long", "长".repeat(12_000)),
    ];
    let mut all: Vec<(String, Alert)> = texts
        .into_iter()
        .map(|(name, text)| {
            let notice = Notice {
                estate: text.clone(),
                office: text.clone(),
                title: text.clone(),
                title_en: text.clone(),
                body: text.clone(),
                body_en: text.clone(),
                area: vec![text.clone()],
                after: After::TakesBack {
                    earlier: Vec::new(),
                    reason: text,
                },
                ..notice.clone()
            };
            let plain = AlertOptions::default();
            (format!("text-{name}"), notice.alert(&plain))
        })
        .collect();
    for (at, ms) in [0, 1, 951_782_400_000, 253_402_300_799_999, u64::MAX]
        .into_iter()
        .enumerate()
    {
        for offset_min in [-840, -210, 0, 345, 840] {
            let notice = Notice {
                offset_min,
                sent_ms: ms,
                effective_ms: Some(ms),
                expires_ms: Some(ms.saturating_add(1)),
                ..notice.clone()
            };
            let plain = AlertOptions::default();
            all.push((format!("time-{at}{offset_min:+}"), notice.alert(&plain)));
        }
    }
    all
}
