//! A board in pages: what a window is given of it, and that it follows what is written.

use super::world::World;
use crate::api::{BoardAct, Request};
use linli_view::api::{PostKind, PostsOf, PostsPage, Reply, Request as Ask};

fn post(world: &mut World, home: usize, kind: &str, body: &str) -> String {
    world.pass(60);
    let (kind, body) = (kind.to_owned(), body.to_owned());
    let said = world.data(home, Request::PostNew { kind, body });
    said["id"].as_str().unwrap().to_owned()
}

fn newest(world: &mut World, home: usize) -> PostsPage {
    match world.homes[home].desk(Ask::PostList) {
        Reply::Posts(page) => page,
        other => panic!("{other:?}"),
    }
}

fn of(world: &mut World, home: usize, of: PostsOf, most: u32) -> (Vec<String>, u32) {
    match world.homes[home].desk(Ask::PostPage { of, most }) {
        Reply::PostPage(page) => {
            assert_eq!(page.newest as usize, page.posts.len());
            (page.posts.into_iter().map(|p| p.id).collect(), page.total)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_window_is_given_the_newest_and_its_own_and_asks_for_the_rest() {
    let mut world = World::found();
    let (author, reader) = (world.house("3-2-501"), world.house("4-1-101"));
    let lost = post(&mut world, author, "lost", "丢了一把伞");
    let own = post(&mut world, reader, "ask", "谁有梯子");
    world.meet(0, author);
    world.meet(0, reader);
    // The first answer makes the list; what is written from then on is followed.
    assert_eq!(newest(&mut world, reader).total, 2);
    let mut others: Vec<String> = (0..203)
        .map(|n| post(&mut world, author, "offer", &format!("苹果 {n}")))
        .collect();
    others.reverse();
    world.meet(0, author);
    world.meet(0, reader);

    let page = newest(&mut world, reader);
    assert_eq!((page.newest, page.total), (200, 205));
    let ids: Vec<&str> = page.posts.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids[..200], others[..200]);
    assert_eq!(ids[200..], [own.as_str()], "its own, though it is older");

    let (ids, total) = of(&mut world, reader, PostsOf::All, 204);
    assert_eq!((ids.len(), total), (204, 205));
    assert_eq!(ids[203], own);
    let kind = PostsOf::Kind(PostKind::Lost);
    assert_eq!(of(&mut world, reader, kind, 200), (vec![lost.clone()], 1));
    assert_eq!(
        of(&mut world, reader, PostsOf::Open, 1),
        (vec![others[0].clone()], 205)
    );

    // Settled, hidden, erased: the list knows.
    let id = lost.clone();
    world.data(author, Request::PostClose { id, outcome: None });
    let id = others[0].clone();
    world.data(author, Request::Erase { id });
    let act = BoardAct::Moderate {
        id: others[1].clone(),
        comment: None,
        hide: true,
        reason: "规约第三条".into(),
    };
    world.data(0, Request::Board { act });
    world.meet(0, author);
    world.meet(0, reader);
    let (ids, total) = of(&mut world, reader, PostsOf::Open, 1);
    assert_eq!((ids, total), (vec![others[2].clone()], 202));
    assert_eq!(newest(&mut world, reader).total, 204);

    // After a restart it is the same, and so at a home that never asked before.
    world.restart(reader);
    assert_eq!(of(&mut world, reader, PostsOf::Open, 200).1, 202);
    assert_eq!(of(&mut world, author, PostsOf::All, 300).1, 204);
}

#[test]
fn a_post_of_a_clock_that_is_ahead_stands_where_it_came() {
    let mut world = World::found();
    let (author, ahead) = (world.house("3-2-501"), world.house("4-1-101"));
    let now_s = world.wall(0);
    world.set(ahead, now_s + 20 * 365 * 86_400);
    let early = post(&mut world, ahead, "ask", "二十年以后");
    world.meet(0, ahead);
    let late = post(&mut world, author, "ask", &"今天".repeat(400));
    world.meet(0, author);
    let page = newest(&mut world, 0);
    let ids: Vec<&str> = page.posts.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, [late.as_str(), early.as_str()]);
    // A list cuts what is long; the post itself has it whole.
    assert_eq!(page.posts[0].body.chars().count(), 500);
    let Reply::Post(whole) = world.homes[0].desk(Ask::PostShow { id: late }) else {
        panic!("no post");
    };
    assert_eq!(whole.body.chars().count(), 800);
}
