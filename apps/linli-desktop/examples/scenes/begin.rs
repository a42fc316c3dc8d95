//! The first run: joining in its steps, founding with its sheet.

use super::{Scene, close};
use crate::common::{house, invite};
use linli_desktop::app::App;
use linli_view::api::{
    FaultCode, Meanwhile, MeanwhileNotice, MeanwhileNumber, NearbyCommunity, Pictures,
};
use linli_view::intent::Screen;
use linli_view::start::{Begin, FoundStage, JoinStage};

pub const SCENES: &[Scene] = &[
    ("68d-join", Screen::Home, no_home, |_, app| {
        app.state.begin = Some(Begin::Household);
        app.state.joining.problem = Some("no-invite".into());
    }),
    ("68e-join-pictures", Screen::Home, no_home, |_, app| {
        app.state.begin = Some(Begin::Household);
        app.state.joining.stage = JoinStage::Pictures(pictures());
    }),
    ("68o-join-other", Screen::Home, no_home, |_, app| {
        app.state.begin = Some(Begin::Gate);
        app.state.joining.stage = JoinStage::Pictures(pictures());
    }),
    ("68i-join-gate", Screen::Home, no_home, |_, app| {
        app.state.begin = Some(Begin::Gate);
    }),
    ("68j-found", Screen::Home, no_home, |_, app| {
        filled(app);
        app.state.founding.problem = Some("passphrases-differ".into());
    }),
    ("68k-found-sheet", Screen::Home, no_home, |_, app| {
        filled(app);
        app.state.founding.stage = FoundStage::Sheet(house::paper());
    }),
    (
        "68n-nearby",
        Screen::Home,
        |node| {
            no_home(node);
            node.borrow_mut().nearby.heard = vec![NearbyCommunity {
                name: "朝阳花园".into(),
                picture: "🐶 🔑 🌙 🎈 🍎 🚲 ⚓".into(),
            }];
        },
        |ctx, app| {
            app.drain();
            app.look_around(ctx);
            app.drain();
            app.state.begin = Some(Begin::Household);
        },
    ),
    (
        "68l-family",
        Screen::Home,
        |node| {
            house::three_generations(node);
            node.borrow_mut().family.now = Some(2);
        },
        |_, app| app.state.who_sits = true,
    ),
    (
        "68m-family-settings",
        Screen::Settings,
        house::three_generations,
        |_, app| app.state.person = "爷爷".into(),
    ),
];

fn no_home(node: &crate::common::Shared) {
    close(node, FaultCode::NoHome);
}

fn filled(app: &mut App) {
    app.state.begin = Some(Begin::Found);
    app.state.founding.name = "朝阳花园".into();
    app.state.founding.office = "朝阳花园居委会".into();
    app.state.founding.gates = "东门，西门".into();
}

fn pictures() -> Pictures {
    Pictures {
        unit: Some("3-2-501".into()),
        role: "household".into(),
        meanwhile: Meanwhile {
            notices: vec![MeanwhileNotice {
                office: "丰盛园社区居委会".into(),
                title: "周三上午停水".into(),
                body: "因管道检修，11月25日（周三）8:00–12:00 停水，请提前存水。".into(),
                at_ms: 1,
            }],
            numbers: vec![MeanwhileNumber {
                office: "物业服务中心".into(),
                label: "值班室".into(),
                number: "010-6666 0001".into(),
            }],
        },
        ..invite::pictures()
    }
}
