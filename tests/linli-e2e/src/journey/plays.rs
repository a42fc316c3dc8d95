//! The journeys. Each tells one story of several homes; one of them, or two, have a window.

mod clerk;
mod compose;
mod device;
mod elder;
mod help;
mod join;
mod lost;
mod notice;
mod quarrel;
mod sofa;

use super::Play;
use super::stage::Stage;

const fn play(name: &'static str, lang: &'static str, run: fn(&Stage)) -> Play {
    Play {
        name,
        lang,
        look: "light",
        run,
    }
}

/// All of them.
pub const PLAYS: &[Play] = &[
    play("join", "en", join::run),
    play("notice", "zh-CN", notice::run),
    play("compose", "zh-CN", compose::run),
    play("lost", "zh-CN", lost::run),
    play("sofa", "en", sofa::run),
    play("help", "zh-CN", help::run),
    play("device", "en", device::run),
    Play {
        look: "elderly",
        ..play("elder", "zh-CN", elder::run)
    },
    play("clerk", "zh-CN", clerk::run),
    Play {
        look: "dark",
        ..play("quarrel", "zh-CN", quarrel::run)
    },
];
