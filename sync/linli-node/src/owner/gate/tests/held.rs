//! A hold that takes a post away for a while takes none of its pictures away for good.

use super::world::{World, member};
use crate::api::{AttachAct, FileArgs, Request};
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
