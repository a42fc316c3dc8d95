//! The office writes a notice, corrects it, sees whom it reached, and goes to the doors that are left.

use crate::daemon::Daemon;
use crate::estate;
use crate::journey::seat::Seat;
use crate::journey::stage::{Stage, id, until};

pub(super) fn run(stage: &Stage) {
    let office = stage.office();
    stage.register();
    let node = Daemon::start(office, &[]);
    let home = stage.household("home", "1-1-102", &node);
    let home_node = Daemon::start(&home, &[]);
    office.must(&["net", "dial", home_node.addr()]);
    estate::until_online(office, 1);
    node.stop();

    let seat = Seat::new();
    let mut window = stage.window(&seat, office);
    window.page("通知");
    window.press("写通知");
    window.write("标题", "1号楼今天停水");
    window.write("正文", "水管要修，今天14时至17时停水。");
    window.write("范围", "1");
    window.press("请住户 · 看过后确认");
    window.looks_up();
    window.dies_and_comes_back();
    window.page("通知");
    window.press("接着写草稿");
    window.shows("水管要修，今天14时至17时停水。");
    window.press("检查");
    window.shows("签名之前再看一遍");
    window.press("签名并发布");
    window.shows("已签名发布");
    let list = ["notice", "list"];
    until(&home, "it is read", &list, |list| {
        list.to_string().contains("1号楼今天停水")
    });

    window.page("通知");
    window.press_begins("1号楼今天停水");
    window.press("更正");
    window.write("标题", "1号楼明天停水");
    window.write("正文", "改到明天14时至17时停水。");
    window.press("检查");
    window.press("签名并发布");
    window.shows("已签名发布");
    until(&home, "the correction is read", &list, |list| {
        list.to_string().contains("1号楼明天停水")
    });
    let notice = id(&home.must(&list)["notices"][0]);
    home.must(&["notice", "confirm", &notice]);

    window.page("通知");
    window.press_begins("1号楼明天停水");
    window.shows("1 户已确认");
    window.shows("1-1-201");
    window.dies_and_comes_back();
    window.page("通知");
    window.press_begins("1号楼明天停水");
    window.shows("1 户已确认");
    window.press("1-1-201 已当面告知");
    window.shows("1 户当面告知");
    let reach = office.must(&["notice", "reach", &notice]);
    assert_eq!(
        (&reach["confirmed"], &reach["told"]),
        (&1.into(), &1.into())
    );
    window.press("打印敲门单");
    let said = "敲门单已存好，打印后按顺序敲门：";
    window.shows(said);
    let nodes = window.nodes();
    let path = nodes.iter().find_map(|node| node.name.strip_prefix(said));
    let sheet = std::fs::read(path.expect("where it is")).expect("the sheet");
    assert!(sheet.starts_with(b"%PDF"));
    home_node.stop();
}
