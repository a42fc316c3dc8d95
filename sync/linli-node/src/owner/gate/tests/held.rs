//! A hold that takes a post away for a while takes none of its pictures away for good.

use super::world::{World, member};
use crate::api::{AttachAct, BoardAct, FileArgs, Request};
use crate::home::attach::stage;

/// A picture of eight by eight points.
fn picture() -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 8, 8);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[120; 8 * 8 * 3]).unwrap();
    writer.finish().unwrap();
    out
}

fn posts(world: &mut World, home: usize) -> usize {
    let posts = world.data(home, Request::PostList)["posts"].clone();
    posts.as_array().unwrap().len()
}

fn refers(world: &mut World, home: usize) -> usize {
    member(&mut world.homes[home]).referring().unwrap().len()
}

#[test]
fn a_hold_hides_a_post_and_what_it_refers_to_stays_until_it_is_lifted() {
    let mut world = World::found();
    let (owner, other) = (world.house("3-2-501"), world.house("3-2-502"));
    for home in [owner, other, owner] {
        world.meet(0, home);
    }
    let device = member(&mut world.homes[owner]).me().device().to_text();
    let file: FileArgs = stage(&world.options("3-2-501"), &picture(), None).unwrap();
    let act = AttachAct::PostNew {
        kind: "found".into(),
        body: "捡到一只猫".into(),
        files: vec![file],
    };
    world.data(owner, Request::Attach { act });
    // Neighbours have it; the office, which holds the device, has not heard of it.
    world.meet(owner, other);
    assert_eq!(
        (posts(&mut world, other), refers(&mut world, other)),
        (1, 1)
    );
    let reason = "丢失".to_owned();
    let id = device.clone();
    world.data(0, Request::DeviceHold { id, reason });
    for home in [other, owner] {
        world.meet(0, home);
    }
    for home in [owner, other] {
        assert_eq!(posts(&mut world, home), 0, "held");
        assert_eq!(refers(&mut world, home), 1, "its picture stays");
    }
    world.data(0, Request::DeviceLift { id: device });
    for home in [other, owner] {
        world.meet(0, home);
    }
    for home in [owner, other] {
        assert_eq!((posts(&mut world, home), refers(&mut world, home)), (1, 1));
    }
    let id = world.data(owner, Request::PostList)["posts"][0]["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    world.data(owner, Request::Erase { id });
    world.meet(owner, other);
    for home in [owner, other] {
        assert_eq!(refers(&mut world, home), 0, "erased is gone");
    }
}

#[test]
fn photos_below_a_post_stay_while_whoever_wrote_either_is_held_and_go_when_the_post_is_erased() {
    let mut world = World::found();
    let (owner, other) = (world.house("3-2-501"), world.house("3-2-502"));
    for home in [owner, other, owner] {
        world.meet(0, home);
    }
    let body = "捡到一串钥匙".to_owned();
    let kind = "found".to_owned();
    let id = world.data(owner, Request::PostNew { kind, body })["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    world.meet(owner, other);
    let file: FileArgs = stage(&world.options("3-2-502"), &picture(), None).unwrap();
    let said = Request::Board {
        act: BoardAct::Comment {
            id: id.clone(),
            text: " ".into(),
            answers: None,
            files: vec![file],
        },
    };
    let comment = world.data(other, said)["id"].clone();
    world.meet(owner, other);
    world.meet(0, other);
    world.meet(0, owner);
    let shown = world.data(owner, Request::PostShow { id: id.clone() });
    let below = &shown["post"]["comments"][0];
    assert_eq!((&below["body"], &below["id"]), (&"".into(), &comment));
    assert_eq!(below["files"].as_array().unwrap().len(), 1);
    assert!(below["files"][0].get("key").is_none(), "{below}");
    // It is found by the comment, and by what the comment stands below.
    for of in [comment.as_str().unwrap(), &id] {
        let act = AttachAct::List {
            id: Some(of.to_owned()),
        };
        let list = world.data(owner, Request::Attach { act })["files"].clone();
        assert_eq!(list[0]["comment"], comment, "{of}");
        assert_eq!(
            (&list[0]["kind"], &list[1]),
            (&"comment".into(), &().into())
        );
    }
    for home in [other, owner] {
        let device = member(&mut world.homes[home]).me().device().to_text();
        let reason = "丢失".to_owned();
        let held = device.clone();
        world.data(0, Request::DeviceHold { id: held, reason });
        for home in [other, owner, other] {
            world.meet(0, home);
        }
        // Folded anew twice, as a second hold would.
        for home in [0, owner, other] {
            let now = world.homes[home].now();
            member(&mut world.homes[home]).rebuild(now).unwrap();
            assert_eq!(refers(&mut world, home), 1, "it stays at {home}");
        }
        world.data(0, Request::DeviceLift { id: device });
        for home in [other, owner, other] {
            world.meet(0, home);
        }
        for home in [0, owner, other] {
            let shown = world.data(home, Request::PostShow { id: id.clone() });
            let files = shown["post"]["comments"][0]["files"].as_array();
            assert_eq!(files.map(Vec::len), Some(1), "{home}");
        }
    }
    world.data(owner, Request::Erase { id });
    world.meet(owner, other);
    world.meet(0, owner);
    for home in [0, owner, other] {
        assert_eq!(refers(&mut world, home), 0, "erased is gone");
    }
}
