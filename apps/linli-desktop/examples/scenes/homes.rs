//! Several homes of one account: whose is open, and the list to change to another.

use super::common::Shared;
use super::{Scene, be_office};
use linli_view::api::{Fault, FaultCode, PrincipalKind};
use linli_view::homes::{Known, Stands};
use linli_view::intent::{Intent, Screen};

pub const SCENES: &[Scene] = &[
    (
        "80-acting-office",
        Screen::Notices,
        at_the_office,
        |_, _| {},
    ),
    ("81-homes", Screen::Home, at_the_office, |ctx, app| {
        app.perform(ctx, Intent::Homes(true));
    }),
    ("82-acting-own", Screen::Home, at_home, |_, _| {}),
    (
        "83-acting-locked",
        Screen::Home,
        |node| {
            at_the_office(node);
            node.borrow_mut().closed = Some(Fault::of(FaultCode::Locked));
        },
        |_, _| {},
    ),
];

fn known(dir: &str, name: &str, stands: Stands) -> Known {
    let unit = name.is_empty().then(|| "3-2-501".to_owned());
    Known {
        dir: format!("/srv/liran/{dir}"),
        community: "丰盛园".into(),
        name: name.into(),
        kind: if unit.is_some() {
            PrincipalKind::Household
        } else {
            PrincipalKind::Office
        },
        unit,
        stands,
        here: false,
    }
}

fn homes(node: &Shared, here: usize) {
    let mut all = vec![
        known("juweihui", "丰盛园社区居委会", Stands::Runs),
        known("wuye", "丰盛园物业服务中心", Stands::Locked),
        known("yeweihui", "丰盛园业委会", Stands::Missing),
        known("linli", "", Stands::Rests),
    ];
    all[here].here = true;
    node.borrow_mut().homes = all;
}

fn at_the_office(node: &Shared) {
    be_office(node);
    homes(node, 0);
}

fn at_home(node: &Shared) {
    homes(node, 3);
}
