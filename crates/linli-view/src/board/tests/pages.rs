//! A long board, read a part at a time.

use super::super::*;
use super::post;
use crate::api::{Event, FaultCode, Incoming, PostsPage, Reply, Request, Topic};
use crate::model::Model;
use crate::samples::{NOW, en, zh};

/// So many posts, a minute apart, the newest first; every tenth is about something lost.
fn many(n: u32) -> Vec<PostItem> {
    let kind = |n| match n % 10 {
        0 => PostKind::Lost,
        _ => PostKind::Ask,
    };
    let one = |n: u32| PostItem {
        published_ms: NOW.ms - u64::from(n) * 60_000,
        ..post(&format!("p{n:05}"), kind(n), "梯子")
    };
    (0..n).map(one).collect()
}

fn part(posts: &[PostItem], newest: u32) -> PostsPage {
    let (some, total) = (newest as usize, posts.len() as u32);
    let posts = posts[..some].to_vec();
    PostsPage {
        posts,
        newest,
        total,
    }
}

fn answered(model: &mut Model, request: Request, reply: Reply) {
    model.asked(1, request);
    model.fold(Incoming::Reply { id: 1, reply });
}

fn ids(board: &Board) -> Vec<&str> {
    board.rows.iter().map(|row| row.id.as_str()).collect()
}

#[test]
fn a_long_board_is_read_a_part_at_a_time_and_says_how_much_there_is() {
    let all = many(950);
    let mut model = Model::default();
    let mut page = part(&all, 200);
    // An old one of this home's own comes too: it is no row of the list, whose rows have no gap.
    page.posts.push(PostItem {
        own: true,
        ..all[700].clone()
    });
    answered(&mut model, Request::PostList, Reply::Posts(page));
    let first = board(&zh(), NOW, model.shelf(), BoardFilter::All);
    assert_eq!(
        (first.rows.len(), first.rows[199].id.as_str()),
        (200, "p00199")
    );
    assert!(first.count.contains("950"), "{}", first.count);
    let Further::Ask(word, of, most) = first.further else {
        panic!("{:?}", first.further);
    };
    model.go_back(of, most);
    assert!(word.contains("750"), "{word}");
    assert_eq!((of, most), (PostsOf::All, 400));

    let asked = Request::PostPage { of, most };
    answered(&mut model, asked.clone(), Reply::PostPage(part(&all, 400)));
    let second = board(&zh(), NOW, model.shelf(), BoardFilter::All);
    assert_eq!(second.rows.len(), 400);
    // What changes is asked for anew in the same length.
    let folded = model.fold(Incoming::Event {
        event: Event::Changed(vec![Topic::Posts]),
    });
    assert!(folded.asks.contains(&asked), "{:?}", folded.asks);
    // One further back is read before the node has said more of it, and stays while the list is renewed.
    model.hold_post("p00350");
    model.open_post = Some("p00350".into());
    answered(&mut model, Request::PostList, Reply::Posts(part(&all, 200)));
    assert!(model.posts.iter().any(|post| post.id == "p00350"));

    // One sort of them is asked for; until it comes those at hand are shown.
    let lost = BoardFilter::Kind(PostKind::Lost);
    let asked = model.turn_to(PostsOf::Kind(PostKind::Lost)).unwrap();
    assert_eq!(board(&zh(), NOW, model.shelf(), lost).rows.len(), 20);
    let of_lost: Vec<PostItem> = all.iter().step_by(10).cloned().collect();
    answered(&mut model, asked, Reply::PostPage(part(&of_lost, 95)));
    let lost = board(&zh(), NOW, model.shelf(), lost);
    assert_eq!((lost.rows.len(), &lost.further), (95, &Further::End));
    assert_eq!(ids(&lost)[94], "p00940");
    // Back at all of them the list begins at the newest again.
    assert_eq!(model.turn_to(PostsOf::All), None);
    let again = board(&zh(), NOW, model.shelf(), BoardFilter::All);
    assert_eq!(again.rows.len(), 200);
}

#[test]
fn a_board_that_is_here_whole_asks_for_nothing_and_one_without_end_says_how_to_search() {
    let all = many(30);
    let mut model = Model::default();
    answered(&mut model, Request::PostList, Reply::Posts(part(&all, 30)));
    assert_eq!(model.turn_to(PostsOf::Open), None);
    let whole = board(&zh(), NOW, model.shelf(), BoardFilter::All);
    assert_eq!((whole.rows.len(), whole.further), (30, Further::End));

    let all = many(MOST + 5);
    let (of, most) = (PostsOf::All, MOST);
    let asked = Request::PostPage { of, most };
    answered(&mut model, Request::PostList, Reply::Posts(part(&all, 200)));
    model.go_back(of, most);
    answered(&mut model, asked, Reply::PostPage(part(&all, MOST)));
    let board = board(&en(), NOW, model.shelf(), BoardFilter::All);
    assert_eq!(board.rows.len(), MOST as usize);
    match &board.further {
        Further::Search(word) => assert!(word.contains("Ctrl+K"), "{word}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_sort_chosen_before_there_is_more_than_a_page_is_asked_for_once_there_is() {
    let all = many(950);
    let mut model = Model::default();
    let open = BoardFilter::Open;
    // Nothing has come yet, or it is all here.
    assert_eq!(model.turn_to(PostsOf::Open), None);
    model.asked(1, Request::PostList);
    let reply = Reply::Posts(part(&all, 200));
    let folded = model.fold(Incoming::Reply { id: 1, reply });
    let (of, most) = (PostsOf::Open, PAGE);
    assert_eq!(folded.asks, [Request::PostPage { of, most }]);
    // Until it comes, and if it does not come, nobody is told that this is all.
    let seen = board(&zh(), NOW, model.shelf(), open);
    assert_eq!(seen.rows.len(), 200);
    assert!(
        matches!(seen.further, Further::Ask(_, of, most) if (of, most) == (PostsOf::Open, PAGE))
    );
    let lost = board(&zh(), NOW, model.shelf(), BoardFilter::Kind(PostKind::Sell));
    assert!(lost.rows.is_empty() && lost.further != Further::End);
    // Asked for again by whoever begins anew with the window as it stands.
    model.reset();
    assert_eq!(model.wanted, Some((of, most)));
}

#[test]
fn a_late_answer_takes_nothing_away() {
    let all = many(950);
    let mut model = crate::samples::model();
    answered(&mut model, Request::PostList, Reply::Posts(part(&all, 200)));
    let of = PostsOf::All;
    for most in [400, 600] {
        model.go_back(of, most);
        let asked = Request::PostPage { of, most };
        answered(&mut model, asked, Reply::PostPage(part(&all, most)));
    }
    let most = 400;
    let late = Request::PostPage { of, most };
    answered(&mut model, late, Reply::PostPage(part(&all, most)));
    let seen = board(&zh(), NOW, model.shelf(), BoardFilter::All);
    assert_eq!(seen.rows.len(), 600);
    // A post that is gone is gone, and the one that was opened meanwhile stays; so it does where something else went wrong.
    model.open_post = Some("p00003".into());
    let gone = |code| Reply::Fault(crate::api::Fault::of(code));
    let id = "p00002".to_owned();
    answered(
        &mut model,
        Request::PostShow { id },
        gone(FaultCode::NotFound),
    );
    let id = "p00003".to_owned();
    answered(
        &mut model,
        Request::PostShow { id },
        gone(FaultCode::DiskFull),
    );
    assert_eq!(model.open_post.as_deref(), Some("p00003"));
    assert!(model.posts.iter().any(|post| post.id == "p00003"));
    assert!(model.posts.iter().all(|post| post.id != "p00002"));
    // What an open post says whole is not cut by a list.
    let mut page = part(&all, 200);
    page.posts[3].body = "梯".into();
    answered(&mut model, Request::PostList, Reply::Posts(page));
    let open = model.posts.iter().find(|post| post.id == "p00003").unwrap();
    assert_eq!(open.body, "梯子");
}

#[test]
fn a_clock_that_is_ahead_puts_nobody_before_all_others() {
    let mut all = many(3);
    all[2].published_ms = NOW.ms + 1_000_000_000_000;
    all[2].heard_ms = NOW.ms - 90_000;
    let seen = board(&zh(), NOW, Shelf::whole(&all), BoardFilter::All);
    assert_eq!(ids(&seen), ["p00000", "p00001", "p00002"]);
}
