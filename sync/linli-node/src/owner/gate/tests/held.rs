//! A hold that takes a post away for a while takes none of its pictures away for good; what an office hides is kept by its
//! author and the offices alone.

use super::world::{World, member};
use crate::api::{AttachAct, BoardAct, FileArgs, Request};
use crate::home::attach::stage;
use linli_base::RecordId;

/// A picture of eight by eight points.
pub(super) fn picture() -> Vec<u8> {
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

pub(super) fn refers(world: &mut World, home: usize) -> usize {
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

#[test]
fn the_photo_of_a_hidden_comment_is_kept_by_its_author_and_the_office_until_the_ruling_turns() {
    let mut world = World::found();
    let (author, other) = (world.house("3-2-501"), world.house("3-2-502"));
    for home in [author, other, author] {
        world.meet(0, home);
    }
    let (kind, body) = ("found".to_owned(), "捡到一串钥匙".to_owned());
    let id = world.data(0, Request::PostNew { kind, body })["id"].clone();
    let id = id.as_str().unwrap().to_owned();
    world.meet(0, author);
    world.meet(0, other);
    let file: FileArgs = stage(&world.options("3-2-501"), &picture(), None).unwrap();
    let said = Request::Board {
        act: BoardAct::Comment {
            id: id.clone(),
            text: "看看这是谁".into(),
            answers: None,
            files: vec![file],
        },
    };
    let comment = world.data(author, said)["id"].clone();
    let comment = comment.as_str().unwrap().to_owned();
    world.meet(0, author);
    world.meet(0, other);
    assert_eq!(
        [0, author, other].map(|home| refers(&mut world, home)),
        [1, 1, 1]
    );
    // What somebody put below it is not what the post waits for: he may name what nobody has.
    let record = RecordId::parse(&id).unwrap();
    world.homes[0].follow_blobs().unwrap();
    assert!(world.homes[0].waits_for_any_file());
    assert!(!world.homes[0].waits_for_file(&record));
    // The office sees what it judges.
    let report = BoardAct::Report {
        id: id.clone(),
        comment: Some(comment.clone()),
        reason: "privacy".into(),
        words: None,
    };
    world.data(other, Request::Board { act: report });
    world.meet(0, other);
    let act = BoardAct::Queue;
    let queue = world.data(0, Request::Board { act })["queue"].clone();
    assert_eq!(queue[0]["files"][0]["n"], 1, "{queue}");
    assert!(queue[0]["files"][0]["state"].is_string(), "{queue}");
    for (hide, there) in [(true, 0), (false, 1)] {
        let act = BoardAct::Moderate {
            id: id.clone(),
            comment: Some(comment.clone()),
            hide,
            reason: "他人照片".into(),
        };
        world.data(0, Request::Board { act });
        world.meet(0, author);
        world.meet(0, other);
        let refer = [0, author, other].map(|home| refers(&mut world, home));
        assert_eq!(refer, [1, 1, there], "hidden: {hide}");
        // Folded anew it is the same.
        let now = world.homes[other].now();
        member(&mut world.homes[other]).rebuild(now).unwrap();
        assert_eq!(refers(&mut world, other), there, "hidden: {hide}");
    }
}
