//! A quarrel on the board: reported, paused, decided, appealed, erased; the same at every home.

use super::world::World;
use crate::api::{BoardAct, Fault, Request};
use serde_json::{Value, json};

fn board(world: &mut World, home: usize, act: BoardAct) -> Value {
    world.data(home, Request::Board { act })
}

fn refused(world: &mut World, home: usize, act: BoardAct) -> Fault {
    world.ask(home, Request::Board { act }).unwrap_err()
}

fn post(world: &mut World, home: usize, kind: &str, body: &str) -> String {
    let (kind, body) = (kind.to_owned(), body.to_owned());
    let said = world.data(home, Request::PostNew { kind, body });
    said["id"].as_str().unwrap().to_owned()
}

fn shown(world: &mut World, home: usize, id: &str) -> Value {
    let id = id.to_owned();
    world.data(home, Request::PostShow { id })["post"].clone()
}

fn report(id: &str, comment: Option<&str>) -> BoardAct {
    BoardAct::Report {
        id: id.into(),
        comment: comment.map(str::to_owned),
        reason: "abuse".into(),
        words: Some("骂人".into()),
    }
}

fn rule(id: &str, comment: Option<&str>, hide: bool) -> BoardAct {
    BoardAct::Moderate {
        id: id.into(),
        comment: comment.map(str::to_owned),
        hide,
        reason: "规约第三条".into(),
    }
}

fn spread(world: &mut World) {
    for _ in 0..2 {
        for home in 1..world.homes.len() {
            world.meet(0, home);
        }
    }
}

/// An office, an author and four neighbours, who have met.
fn estate() -> (World, usize, [usize; 4]) {
    let mut world = World::found();
    let author = world.house("3-2-501");
    let units = ["3-2-502", "3-2-601", "4-1-101", "4-1-102"];
    let neighbours = units.map(|unit| world.house(unit));
    spread(&mut world);
    (world, author, neighbours)
}

#[test]
fn three_households_pause_a_post_the_office_decides_and_its_author_appeals() {
    let (mut world, author, [a, b, c, d]) = estate();
    let id = post(&mut world, author, "concern", "物业都是饭桶");
    spread(&mut world);
    for home in [a, b] {
        let said = board(&mut world, home, report(&id, None));
        assert_eq!(said["paused"], false);
    }
    assert_eq!(
        refused(&mut world, a, report(&id, None)).code,
        "reported-already"
    );
    assert_eq!(
        refused(&mut world, author, report(&id, None)).code,
        "own-report"
    );
    assert_eq!(
        refused(&mut world, 0, report(&id, None)).code,
        "offices-decide"
    );
    spread(&mut world);
    assert_eq!(
        shown(&mut world, d, &id)["hidden"],
        false,
        "two are not enough"
    );
    board(&mut world, c, report(&id, None));
    spread(&mut world);

    // Paused: it never just vanishes. Its author and the office still read it.
    let paused = shown(&mut world, d, &id);
    assert_eq!(
        (&paused["hidden"], &paused["body"], &paused["author"]),
        (&json!(true), &json!(""), &json!("3-2-501"))
    );
    assert_eq!(
        (
            &paused["moderation"]["state"],
            &paused["moderation"]["reports"]
        ),
        (&json!("paused"), &json!(3))
    );
    for home in [author, 0] {
        assert_eq!(shown(&mut world, home, &id)["body"], "物业都是饭桶");
    }
    let queue = board(&mut world, 0, BoardAct::Queue)["queue"].clone();
    assert_eq!(queue[0]["record"], id.as_str());
    assert_eq!(queue[0]["reports"].as_array().unwrap().len(), 3);
    assert_eq!(refused(&mut world, a, BoardAct::Queue).code, "offices-only");
    assert_eq!(
        refused(&mut world, a, rule(&id, None, true)).code,
        "offices-only"
    );

    // It stays: everybody reads it again, and only who had not reported counts from here.
    board(&mut world, 0, rule(&id, None, false));
    assert_eq!(
        refused(&mut world, 0, rule(&id, None, false)).code,
        "nothing-to-decide"
    );
    spread(&mut world);
    assert_eq!(shown(&mut world, d, &id)["body"], "物业都是饭桶");
    assert_eq!(
        refused(&mut world, b, report(&id, None)).code,
        "reported-already"
    );
    board(&mut world, d, report(&id, None));
    spread(&mut world);
    let after = shown(&mut world, a, &id);
    assert_eq!(
        (&after["hidden"], &after["moderation"]["reports"]),
        (&json!(false), &json!(1))
    );

    // Hidden, with a public reason; the author appeals; the office decides again.
    board(&mut world, 0, rule(&id, None, true));
    spread(&mut world);
    let hidden = shown(&mut world, a, &id)["moderation"].clone();
    assert_eq!(
        (
            &hidden["state"],
            &hidden["by"],
            &hidden["reason"],
            &hidden["may_appeal"]
        ),
        (
            &json!("hidden"),
            &json!("居委会"),
            &json!("规约第三条"),
            &json!(false)
        )
    );
    assert_eq!(
        shown(&mut world, author, &id)["moderation"]["may_appeal"],
        true
    );
    let appeal = BoardAct::Appeal {
        id: id.clone(),
        comment: None,
        words: "我说的是实话".into(),
    };
    assert_eq!(
        refused(&mut world, a, appeal.clone()).code,
        "not-your-words"
    );
    board(&mut world, author, appeal.clone());
    spread(&mut world);
    let queue = board(&mut world, 0, BoardAct::Queue)["queue"].clone();
    assert_eq!(queue[0]["moderation"]["appealed"], true);
    assert_eq!(queue[0]["moderation"]["appeal"], "我说的是实话");
    board(&mut world, 0, rule(&id, None, true));
    spread(&mut world);
    assert_eq!(
        shown(&mut world, author, &id)["moderation"]["appealed"],
        false
    );
    assert_eq!(board(&mut world, 0, BoardAct::Queue)["queue"], json!([]));
    assert_eq!(
        shown(&mut world, a, &id)["moderation"]["rulings"]
            .as_array()
            .unwrap()
            .len(),
        3
    );

    // The author can always take it away.
    world.data(author, Request::Erase { id: id.clone() });
    spread(&mut world);
    for home in 0..world.homes.len() {
        let gone = world
            .ask(home, Request::PostShow { id: id.clone() })
            .unwrap_err();
        assert_eq!(gone.code, "not-found");
    }
    let digest = |world: &mut World, home| {
        let scope = Some("board".to_owned());
        world.data(home, Request::Digest { scope })["digest"].clone()
    };
    let office = digest(&mut world, 0);
    for home in [author, a, b, c, d] {
        assert_eq!(digest(&mut world, home), office);
    }
}

#[test]
fn a_comment_is_paused_and_the_post_around_it_stays() {
    let (mut world, author, [a, b, c, d]) = estate();
    let id = post(&mut world, author, "sell", "学习桌 200");
    spread(&mut world);
    let comment = |text: &str, answers: Option<&str>| BoardAct::Comment {
        id: id.clone(),
        text: text.into(),
        answers: answers.map(str::to_owned),
        files: vec![],
    };
    let rude = board(&mut world, a, comment("骗子", None));
    let rude = rude["id"].as_str().unwrap().to_owned();
    spread(&mut world);
    board(&mut world, b, comment("别这样", Some(&rude)));
    for home in [author, b, c] {
        board(&mut world, home, report(&id, Some(&rude)));
    }
    spread(&mut world);
    let seen = shown(&mut world, d, &id);
    let comments = seen["comments"].as_array().unwrap();
    assert_eq!(
        (&seen["hidden"], &seen["body"]),
        (&json!(false), &json!("学习桌 200"))
    );
    assert_eq!(
        (
            &comments[0]["hidden"],
            &comments[0]["body"],
            &comments[0]["author"]
        ),
        (&json!(true), &json!(""), &json!("3-2-502"))
    );
    assert_eq!(comments[1]["answers"], rude.as_str());
    assert_eq!(shown(&mut world, a, &id)["comments"][0]["body"], "骗子");
    board(&mut world, 0, rule(&id, Some(&rude), false));
    spread(&mut world);
    assert_eq!(shown(&mut world, d, &id)["comments"][0]["body"], "骗子");
}

#[test]
fn a_post_is_liked_claimed_given_back_and_closed_with_thanks() {
    let (mut world, author, [a, b, ..]) = estate();
    let id = post(&mut world, author, "ask", "谁能帮搬沙发?");
    post(&mut world, a, "give", "复习资料一摞");
    spread(&mut world);
    let react = |what: Option<&str>| BoardAct::React {
        id: id.clone(),
        what: what.map(str::to_owned),
    };
    board(&mut world, a, react(Some("like")));
    board(&mut world, b, react(Some("thanks")));
    assert_eq!(
        refused(&mut world, a, react(Some("boo"))).code,
        "bad-reaction"
    );
    for home in [a, b] {
        let claim = Request::PostClaim {
            id: id.clone(),
            text: None,
        };
        world.data(home, claim);
    }
    spread(&mut world);
    let seen = shown(&mut world, author, &id);
    assert_eq!(seen["reactions"], json!({ "like": 1, "thanks": 1 }));
    assert_eq!(seen["claims"].as_array().unwrap().len(), 2);
    board(&mut world, a, react(None));
    board(&mut world, a, BoardAct::Unclaim { id: id.clone() });
    assert_eq!(
        refused(&mut world, a, BoardAct::Unclaim { id: id.clone() }).code,
        "no-claim-of-yours"
    );
    spread(&mut world);
    let close = |chosen: &str, outcome: &str| BoardAct::Close {
        id: id.clone(),
        outcome: Some(outcome.into()),
        chosen: Some(chosen.into()),
        thanks: Some("多谢，改天请吃饭".into()),
    };
    let fault = refused(&mut world, author, close("3-2-502", "done"));
    assert_eq!(fault.code, "no-such-claim", "that one took it back");
    assert_eq!(
        refused(&mut world, author, close("3-2-601", "sold")).code,
        "bad-outcome"
    );
    assert_eq!(
        refused(&mut world, b, close("3-2-601", "done")).code,
        "not-your-post"
    );
    board(&mut world, author, close("3-2-601", "done"));
    spread(&mut world);
    let seen = shown(&mut world, a, &id);
    assert_eq!(
        (&seen["chosen"], &seen["outcome"]),
        (&json!("3-2-601"), &json!("done"))
    );
    assert_eq!(seen["reactions"], json!({ "thanks": 1 }));
    assert_eq!(seen["comments"][0]["body"], "多谢，改天请吃饭");

    let mut listed = |kind: Option<&str>, open: bool, building: Option<&str>| {
        let act = BoardAct::List {
            kind: kind.map(str::to_owned),
            open,
            building: building.map(str::to_owned),
        };
        let posts = board(&mut world, b, act)["posts"].clone();
        let mut kinds: Vec<String> = posts
            .as_array()
            .unwrap()
            .iter()
            .map(|p| p["kind"].as_str().unwrap().to_owned())
            .collect();
        kinds.sort();
        kinds
    };
    assert_eq!(listed(None, false, None), ["ask", "give"]);
    assert_eq!(listed(None, true, None), ["give"]);
    assert_eq!(listed(Some("ask"), false, None), ["ask"]);
    assert_eq!(listed(None, false, Some("3")), ["ask", "give"]);
    assert_eq!(listed(None, false, Some("4")), Vec::<String>::new());
}

#[test]
fn a_concern_is_handed_to_an_office_and_its_answer_is_marked() {
    let (mut world, author, [a, ..]) = estate();
    let id = post(&mut world, author, "concern", "7号楼路灯坏半年了");
    let other = post(&mut world, author, "ask", "谁有梯子");
    spread(&mut world);
    let hand = |id: &str, to: Option<&str>| BoardAct::HandOver {
        id: id.into(),
        to: to.map(str::to_owned),
        words: None,
    };
    assert_eq!(
        refused(&mut world, a, hand(&id, None)).code,
        "not-your-post"
    );
    assert_eq!(
        refused(&mut world, author, hand(&other, None)).code,
        "not-a-concern"
    );
    assert_eq!(
        refused(&mut world, author, hand(&id, Some("城管"))).code,
        "no-such-office"
    );
    assert_eq!(
        board(&mut world, author, hand(&id, Some("居委会")))["to"],
        "居委会"
    );
    spread(&mut world);
    let handed = shown(&mut world, a, &id)["handed"].clone();
    assert_eq!(
        (&handed["to"], &handed["by"], &handed["answer"]),
        (&json!("居委会"), &json!("3-2-501"), &Value::Null)
    );
    world.pass(60);
    let answer = BoardAct::Comment {
        id: id.clone(),
        text: "本周五换灯杆电缆".into(),
        answers: None,
        files: vec![],
    };
    let answer = board(&mut world, 0, answer)["id"].clone();
    spread(&mut world);
    let seen = shown(&mut world, a, &id);
    assert_eq!(seen["handed"]["answer"], answer);
    assert_eq!(seen["comments"][0]["official"], true);
}

#[test]
fn a_decision_answers_what_was_read_and_gives_way_to_a_newer_one() {
    let (mut world, author, [a, b, c, _]) = estate();
    let id = post(&mut world, author, "concern", "物业都是饭桶");
    spread(&mut world);
    for home in [a, b] {
        board(&mut world, home, report(&id, None));
    }
    spread(&mut world);
    let line = board(&mut world, 0, BoardAct::Queue)["queue"][0].clone();
    let heard: Vec<String> = line["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["from"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!((heard.len(), &line["ruling"]), (2, &json!(null)));
    // A third household speaks while the clerk reads.
    board(&mut world, c, report(&id, None));
    spread(&mut world);
    let decide = |hide, ruling: Option<String>| BoardAct::Decide {
        id: id.clone(),
        comment: None,
        hide,
        reason: "规约第三条".into(),
        ruling,
        heard: heard.clone(),
    };
    board(&mut world, 0, decide(false, None));
    spread(&mut world);
    let line = board(&mut world, 0, BoardAct::Queue)["queue"][0].clone();
    let answered = |n: usize| line["reports"][n]["answered"] == json!(true);
    assert_eq!((0..3).filter(|n| answered(*n)).count(), 2, "{line}");
    assert_eq!(line["moderation"]["reports"], 1, "it waits still");
    // Whoever still has the case as it was is not heard over the newer decision.
    let late = refused(&mut world, 0, decide(true, None));
    assert_eq!(late.code, "ruled-meanwhile");
    assert_eq!(shown(&mut world, a, &id)["hidden"], false);
    let ruling = line["ruling"].as_str().map(str::to_owned);
    board(&mut world, 0, decide(true, ruling));
}
