//! A signed notice reaches both households; one confirms it and the office sees that.

use super::Stop;
use super::book::Book;
use super::play::{Play, done, left};
use crate::shape::{Shape, line_of};

const TITLE: &str = "停水通知";
const BODY: &str = "因水管检修，本周六 9:00 至 12:00 全小区停水，请提前储水。";

/// Plays two claims.
pub fn play(play: &mut Play<'_>, book: &mut Book<'_>) {
    let published = publish(play);
    play.props.notice = book.enter("notice-signed", published);
    let confirmed = confirm(play);
    book.enter("notice-confirmed", confirmed);
}

fn publish(play: &Play<'_>) -> Result<(String, String), Stop> {
    done(play.props.enrolled, "enrolled")?;
    let on = &play.on;
    let file = play.stage.dir().join("notice.txt");
    std::fs::write(&file, BODY).map_err(|e| e.to_string())?;
    let file = file.to_string_lossy().into_owned();
    let made = on.office.must(&[
        "notice",
        "publish",
        "--title",
        TITLE,
        "--body-file",
        &file,
        "--confirm",
    ])?;
    let id = made.line("id");
    let mut signers = Vec::new();
    for one in [&on.first, &on.second] {
        one.wait(play.stage, &["--notice", &id])?;
        let shown = one.must(&["notice", "show", &id])?;
        let notice = shown.field("notice");
        let same = notice.line("title") == TITLE && notice.lines("body") == BODY;
        if !same || !notice.is("valid") {
            return Err(format!(
                "{}: text {same}, signature {}",
                one.name,
                notice.is("valid")
            ));
        }
        signers.push(notice.line("signed_by"));
    }
    // The signer that both name is the office's own device.
    let office = &on.office.device;
    if signers
        .iter()
        .all(|by| !by.is_empty() && office.starts_with(by.as_str()))
    {
        let by = [("by", signers.remove(0).into())];
        Ok((id, play.stage.text("detail-signed", &by)))
    } else {
        Err(format!("signed by {}", signers.join(", ")))
    }
}

fn confirm(play: &Play<'_>) -> Result<((), String), Stop> {
    let id = left(&play.props.notice, "notice-signed")?;
    let (on, unit) = (&play.on, &play.cast.first);
    let open = |data: &serde_json::Value| -> Vec<String> {
        data.list("unconfirmed").iter().map(line_of).collect()
    };
    let before = on.office.must(&["notice", "reach", &id])?;
    if before.number("confirmed") != 0 || !open(&before).contains(unit) {
        return Err("confirmed before anybody did".to_owned());
    }
    on.first.must(&["notice", "confirm", &id])?;
    let reach = on
        .office
        .until(play.stage, &["notice", "reach", &id], |reply| {
            (reply.data.number("confirmed") == 1).then(|| reply.data.clone())
        })?;
    let unconfirmed = open(&reach);
    if unconfirmed.contains(unit) || !unconfirmed.contains(&play.cast.second) {
        return Err(format!("still open: {}", unconfirmed.join(" ")));
    }
    let told = [
        ("confirmed", reach.number("confirmed").into()),
        ("of", reach.number("of").into()),
    ];
    Ok(((), play.stage.text("detail-confirmed", &told)))
}
