//! The residents' register at the office: the list, a unit, reading a table in, grid cells.

use super::{Scene, be_office};
use crate::common::Shared;
use crate::common::register::report;
use linli_desktop::app::App;
use linli_view::api::{BatchReport, BatchStage, BatchWritten, Duplicates};
use linli_view::intent::{Intent, Screen};
use linli_view::register::{Chosen, Desk, RegisterDo, Unread};

pub const SCENES: &[Scene] = &[
    ("85-register", Screen::Register, be_office, |ctx, app| {
        act(ctx, app, RegisterDo::OpenBuilding("2".into()));
    }),
    ("85b-register-unit", Screen::Register, be_office, unit),
    (
        "85c-register-found",
        Screen::Register,
        be_office,
        |ctx, app| {
            app.state.register.typed = "袁".into();
            act(ctx, app, RegisterDo::Find);
        },
    ),
    (
        "85d-register-found-nothing",
        Screen::Register,
        be_office,
        |ctx, app| {
            app.state.register.typed = "无名".into();
            act(ctx, app, RegisterDo::Find);
        },
    ),
    (
        "85e-register-empty",
        Screen::Register,
        |node| {
            be_office(node);
            node.borrow_mut().register.empty = true;
        },
        |_, _| {},
    ),
    (
        "85f-register-other-office",
        Screen::Register,
        |node| {
            be_office(node);
            let me = &mut node.borrow_mut().status.me;
            me.as_mut().unwrap().keeps_register = false;
        },
        |ctx, app| act(ctx, app, RegisterDo::OpenBuilding("1".into())),
    ),
    (
        "86-register-import",
        Screen::Register,
        read_before,
        |ctx, app| act(ctx, app, RegisterDo::Desk(Desk::Import)),
    ),
    (
        "86b-register-unread",
        Screen::Register,
        be_office,
        |ctx, app| {
            act(ctx, app, RegisterDo::Desk(Desk::Import));
            let why = Unread::Said(
                "这是 PDF 文件,不是表格;请从原来的表格另存为 .xlsx 或 .csv。".into(),
                "This is a PDF, not a table; save the original table as .xlsx or .csv.".into(),
            );
            app.state.register.chosen = Chosen::Failed("花名册.pdf".into(), why);
        },
    ),
    (
        "86c-register-report",
        Screen::Register,
        be_office,
        |ctx, app| {
            compare(ctx, app, Duplicates::Update);
        },
    ),
    (
        "86d-register-must-choose",
        Screen::Register,
        be_office,
        |ctx, app| compare(ctx, app, Duplicates::Ask),
    ),
    (
        "86e-register-doubts",
        Screen::Register,
        be_office,
        |ctx, app| {
            compare(ctx, app, Duplicates::Update);
            let doubt = linli_view::register::Doubt::Warning;
            act(ctx, app, RegisterDo::Doubts(doubt));
        },
    ),
    (
        "86f-register-reads",
        Screen::Register,
        be_office,
        |ctx, app| {
            act(ctx, app, RegisterDo::Desk(Desk::Import));
            app.state.register.chosen = Chosen::Reads("丰盛园花名册.xlsx".into());
        },
    ),
    (
        "86g-register-written",
        Screen::Register,
        read_before,
        |ctx, app| {
            act(ctx, app, RegisterDo::Desk(Desk::Import));
            act(ctx, app, RegisterDo::OpenBatch("b1".into()));
        },
    ),
    (
        "86h-register-take-back",
        Screen::Register,
        read_before,
        |ctx, app| {
            act(ctx, app, RegisterDo::Desk(Desk::Import));
            act(ctx, app, RegisterDo::OpenBatch("b1".into()));
            act(ctx, app, RegisterDo::AskTakeBack);
        },
    ),
    (
        "87-register-grid",
        Screen::Register,
        be_office,
        |ctx, app| {
            act(ctx, app, RegisterDo::Desk(Desk::Grid));
            app.state.register.cell = "04".into();
            app.state.register.places = "7号楼 8-1".into();
        },
    ),
    (
        "87b-register-grid-problems",
        Screen::Register,
        be_office,
        |ctx, app| {
            act(ctx, app, RegisterDo::Desk(Desk::Grid));
            act(ctx, app, RegisterDo::SetCell { clear: false });
        },
    ),
];

fn act(ctx: &egui::Context, app: &mut App, what: RegisterDo) {
    app.drain();
    app.perform(ctx, Intent::Register(what));
    app.drain();
}

fn unit(ctx: &egui::Context, app: &mut App) {
    act(ctx, app, RegisterDo::OpenBuilding("2".into()));
    act(ctx, app, RegisterDo::OpenUnit("2-1-301".into()));
}

/// The table that the sample node compares is always the same; what stands in it does not matter here.
fn compare(ctx: &egui::Context, app: &mut App, mode: Duplicates) {
    act(ctx, app, RegisterDo::Desk(Desk::Import));
    let file = "丰盛园花名册2026年12月.xlsx".to_owned();
    app.state.register.chosen = Chosen::Table(file, String::from("{}").into());
    act(ctx, app, RegisterDo::Duplicates(mode));
}

/// One was written, one taken back, one only looked at.
fn read_before(node: &Shared) {
    be_office(node);
    let of = |batch: &str, stage: BatchStage| BatchReport {
        stage,
        ..report(batch, Duplicates::Update)
    };
    let written = BatchReport {
        written: Some(BatchWritten {
            buildings: 8,
            rooms: 700,
            households: 700,
            persons: 1_720,
            vehicles: 380,
            updated: 17,
            cells_elsewhere: 3,
        }),
        ..of("b1", BatchStage::Applied)
    };
    node.borrow_mut().register.batches = vec![
        written,
        of("b2", BatchStage::Undone),
        of("b3", BatchStage::Preview),
    ];
}
