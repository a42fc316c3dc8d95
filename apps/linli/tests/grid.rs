//! Grid cells by command: said of the register, used for a notice, on its way out, refused where they mean nobody.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod common;
mod office;

use common::register;
use office::{exported, founded, publish};
use serde_json::json;

#[test]
fn a_notice_to_a_grid_cell_goes_to_its_buildings_and_out_as_cap() {
    let (desk, body) = founded();
    let none = desk.words("zh-CN", &["registry", "grid", "list"]);
    assert!(
        none.exit == 0 && none.out.contains("还没有网格"),
        "{none:?}"
    );
    let file = register();
    assert_eq!(
        desk.json(&["registry", "import", file.to_str().unwrap()])
            .exit,
        0
    );
    assert_eq!(desk.json(&["registry", "apply", "b1"]).exit, 0);
    let title = ["notice", "publish", "--title", "停电", "--body-file", &body];
    let refused = desk.json(&[&title[..], &["--area", "grid:02"]].concat());
    assert_eq!((refused.exit, refused.code().as_str()), (6, "grid-unknown"));
    let refused = desk.json(&[&title[..], &["--area", "grid:…"]].concat());
    assert_eq!((refused.exit, refused.code().as_str()), (3, "bad-area"));
    assert_eq!(
        desk.json(&["notice", "list"]).object()["data"]["notices"],
        json!([])
    );

    let said = desk.words("en", &["registry", "grid", "set", "第2网格", "2号楼"]);
    assert!(said.out.contains("2 in grid cell 02"), "{said:?}");
    let said = desk.words("zh-CN", &["registry", "grid", "set", "02", "2"]);
    assert!(said.out.contains("本来就是这样"), "{said:?}");
    let refused = desk.json(&["registry", "grid", "set", "02", "99"]);
    assert_eq!(refused.code(), "grid-no-place");
    let listed = desk.json(&["registry", "grid", "list"]).object();
    let cell = &listed["data"]["cells"][0];
    assert_eq!(
        (&cell["cell"], &cell["buildings"]),
        (&json!("02"), &json!(["2"]))
    );
    let counted = desk.json(&["notice", "area", "网格2"]).object();
    assert_eq!(counted["data"]["area"], json!(["2"]));
    assert!(counted["data"]["units"].as_u64().unwrap() > 0);
    let human = desk.words("zh-CN", &["notice", "area", "grid:2"]);
    assert!(human.out.contains("户（按本机的登记"), "{human:?}");

    let id = publish(&desk, "停电", &body, "--area grid:02 --area 1-1");
    let shown = desk.json(&["notice", "show", &id]).object();
    let notice = &shown["data"]["notice"];
    assert_eq!(
        (&notice["area"], &notice["cells"]),
        (&json!(["2", "1-1"]), &json!(["02"]))
    );
    let said = desk.words("zh-CN", &["notice", "show", &id]).out;
    assert!(
        said.contains("范围：2号楼") && said.contains("（含网格 02）"),
        "{said}"
    );
    let (cap, _) = exported(&desk, &[&id, "--format", "cap"]);
    let cap = String::from_utf8(cap).unwrap();
    assert!(cap.contains("<areaDesc>丰盛园 网格02</areaDesc>"), "{cap}");
    let file = desk.file("alert.xml", &cap);
    let read = desk.json(&["notice", "import", &file]).object();
    assert_eq!(
        read["data"]["notice"]["area"],
        json!(["2", "1-1", "grid:02"])
    );
    let found = desk.json(&["find", "类:通知", "网格:02"]).object();
    assert_eq!(found["data"]["total"], 1);
    let units = desk.json(&["registry", "find", "网格02"]).object();
    assert_eq!(
        units["data"]["units"].as_array().unwrap().len(),
        cell["units"].as_u64().unwrap() as usize
    );
    let cleared = desk.words("zh-CN", &["registry", "grid", "clear", "2"]);
    assert!(cleared.out.contains("不属于任何网格"), "{cleared:?}");
    // The notice that is out stays what was signed.
    let shown = desk.json(&["notice", "show", &id]).object();
    assert_eq!(shown["data"]["notice"]["area"], json!(["2", "1-1"]));
}
