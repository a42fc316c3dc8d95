//! What a home keeps for its windows is this computer's own.

use super::world::World;
use crate::api::{Request, WindowAct};
use linli_view::api as view;
use serde_json::json;

#[test]
fn where_a_window_saves_outlives_the_program_and_nobody_else_learns_of_it() {
    let mut world = World::found();
    let house = world.house("3-2-501");
    let sibling = world.sibling(house, "第二台");
    let digests = |world: &mut World| {
        [0, house, sibling].map(|home| {
            let scope = None;
            world.data(home, Request::Digest { scope })
        })
    };
    let before = digests(&mut world);
    let none = json!({ "pictures": null, "papers": null });
    let ask = |world: &mut World, home| {
        let act = WindowAct::Folders;
        world.data(home, Request::Window { act })
    };
    assert_eq!(ask(&mut world, house), none);
    let path = "/media/王小明/图片/U盘";
    let keep = view::Request::FoldersKeep(view::SaveFolders {
        pictures: Some(path.into()),
        papers: None,
    });
    let view::Reply::Folders(kept) = world.homes[house].desk(keep) else {
        panic!("not kept");
    };
    assert_eq!(kept.pictures.as_deref(), Some(path));
    world.restart(house);
    let kept = json!({ "pictures": path, "papers": null });
    assert_eq!(ask(&mut world, house), kept);
    for _ in 0..2 {
        world.meet(house, sibling);
        world.meet(0, house);
    }
    for home in [0, sibling] {
        assert_eq!(ask(&mut world, home), none);
    }
    assert_eq!(digests(&mut world), before);
    // No file of the home says it.
    let mut folders = vec![world.options("3-2-501").dir];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap().path();
            if entry.is_dir() {
                folders.push(entry);
                continue;
            }
            let Ok(bytes) = std::fs::read(&entry) else {
                continue;
            };
            files += 1;
            let name = "王小明".as_bytes();
            assert!(!bytes.windows(name.len()).any(|part| part == name));
        }
    }
    assert!(files > 0);
    let act = WindowAct::KeepFolders {
        pictures: Some("x".repeat(5_000)),
        papers: None,
    };
    let fault = world.ask(house, Request::Window { act }).unwrap_err();
    assert_eq!(fault.code, "path-too-long");
    assert_eq!(ask(&mut world, house), kept);
}
