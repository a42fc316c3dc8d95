//! Taking the last command back: by its opposite, in order, within a sitting, on this device.

use super::world::World;
use crate::api::{BoardAct, Fault, Request, UndoAct};
use serde_json::{Value, json};

fn board(world: &mut World, home: usize, act: BoardAct) -> Value {
    world.data(home, Request::Board { act })
}

fn shown(world: &mut World, home: usize, id: &str) -> Value {
    let id = id.to_owned();
    world.data(home, Request::PostShow { id })["post"].clone()
}

fn undo(world: &mut World, home: usize) -> Value {
    let act = UndoAct::Last { yes: false };
    world.data(home, Request::Undo { act })["what"].clone()
}

fn refused(world: &mut World, home: usize, yes: bool) -> Fault {
    let act = UndoAct::Last { yes };
    world.ask(home, Request::Undo { act }).unwrap_err()
}

fn post(world: &mut World, home: usize, kind: &str, body: &str) -> String {
    let (kind, body) = (kind.to_owned(), body.to_owned());
    let said = world.data(home, Request::PostNew { kind, body });
    said["id"].as_str().unwrap().to_owned()
}

/// An office, an author, a neighbour, and a post that all have.
fn estate() -> (World, usize, usize, String) {
    let mut world = World::found();
    let author = world.house("3-2-501");
    let neighbour = world.house("4-1-101");
    let id = post(&mut world, author, "lend", "谁家有梯子");
    spread(&mut world);
    (world, author, neighbour, id)
}

fn spread(world: &mut World) {
    for _ in 0..2 {
        for home in 1..world.homes.len() {
            world.meet(0, home);
        }
    }
}

#[test]
fn likes_and_answers_go_back_step_by_step_to_what_stood_before() {
    let (mut world, _, neighbour, id) = estate();
    let react = |what: Option<&str>| BoardAct::React {
        id: id.clone(),
        what: what.map(str::to_owned),
    };
    board(&mut world, neighbour, react(Some("like")));
    board(&mut world, neighbour, react(Some("thanks")));
    let text = Some("我七点半到".to_owned());
    let claim = Request::PostClaim {
        id: id.clone(),
        text,
    };
    world.data(neighbour, claim);
    board(&mut world, neighbour, BoardAct::Unclaim { id: id.clone() });
    let state = |world: &mut World| {
        let post = shown(world, neighbour, &id);
        (post["reacted"].clone(), post["claims"].clone())
    };
    let mine = json!([{ "by": "4-1-101", "text": "我七点半到" }]);
    assert_eq!(undo(&mut world, neighbour), "unclaim");
    assert_eq!(
        state(&mut world),
        (json!("thanks"), mine),
        "with the words it had"
    );
    // What was done outlives the program.
    world.restart(neighbour);
    assert_eq!(undo(&mut world, neighbour), "claim");
    assert_eq!(undo(&mut world, neighbour), "like");
    assert_eq!(state(&mut world), (json!("like"), json!([])));
    assert_eq!(undo(&mut world, neighbour), "like");
    assert_eq!(state(&mut world), (Value::Null, json!([])));
    assert_eq!(refused(&mut world, neighbour, false).code, "undo-nothing");
}

#[test]
fn a_settled_post_is_opened_again_and_everybody_hears_it() {
    let (mut world, author, neighbour, id) = estate();
    let claim = Request::PostClaim {
        id: id.clone(),
        text: None,
    };
    world.data(neighbour, claim);
    spread(&mut world);
    let close = BoardAct::Close {
        id: id.clone(),
        outcome: Some("returned".into()),
        chosen: Some("4-1-101".into()),
        thanks: Some("多谢".into()),
    };
    board(&mut world, author, close);
    assert_eq!(undo(&mut world, author), "close");
    spread(&mut world);
    let post = shown(&mut world, neighbour, &id);
    assert_eq!(
        (&post["closed"], &post["chosen"]),
        (&json!(false), &Value::Null)
    );
    assert_eq!(
        post["comments"][0]["body"], "多谢",
        "what was said stays said"
    );
    // By hand the same, and back.
    let again = BoardAct::Close {
        id: id.clone(),
        outcome: Some("done".into()),
        chosen: Some("4-1-101".into()),
        thanks: None,
    };
    board(&mut world, author, again);
    board(&mut world, author, BoardAct::Reopen { id: id.clone() });
    let act = BoardAct::Reopen { id: id.clone() };
    let fault = world.ask(author, Request::Board { act }).unwrap_err();
    assert_eq!(fault.code, "not-closed");
    let act = BoardAct::Reopen { id: id.clone() };
    let fault = world.ask(neighbour, Request::Board { act }).unwrap_err();
    assert_eq!(fault.code, "not-your-post");
    assert_eq!(undo(&mut world, author), "reopen");
    let post = shown(&mut world, author, &id);
    assert_eq!(
        (&post["outcome"], &post["chosen"]),
        (&json!("done"), &json!("4-1-101"))
    );
}

#[test]
fn an_office_takes_its_decision_back_and_says_so() {
    let (mut world, _, neighbour, id) = estate();
    let rule = |hide| BoardAct::Moderate {
        id: id.clone(),
        comment: None,
        hide,
        reason: "规约第三条".into(),
    };
    board(&mut world, 0, rule(true));
    assert_eq!(undo(&mut world, 0), "hide");
    spread(&mut world);
    let m = shown(&mut world, neighbour, &id)["moderation"].clone();
    assert_eq!(
        (&m["state"], &m["rulings"].as_array().unwrap().len()),
        (&json!("stands"), &2)
    );
    assert!(m["reason"].as_str().unwrap().contains("撤回刚才的决定"));
    board(&mut world, 0, rule(true));
    board(&mut world, 0, rule(false));
    assert_eq!(undo(&mut world, 0), "stays");
    let m = shown(&mut world, 0, &id)["moderation"].clone();
    assert_eq!(
        (&m["state"], &m["reason"]),
        (&json!("hidden"), &json!("规约第三条"))
    );
}

#[test]
fn a_pass_and_a_post_are_asked_about_first_and_a_used_pass_stays() {
    let mut world = World::found();
    let gate = world.gate("east");
    let house = world.house("3-2-501");
    for _ in 0..2 {
        world.meet(0, gate);
        world.meet(0, house);
    }
    let yes = |world: &mut World| {
        let act = UndoAct::Last { yes: true };
        world.ask(house, Request::Undo { act })
    };
    let id = post(&mut world, house, "ask", "搬沙发");
    let fault = refused(&mut world, house, false);
    assert_eq!((fault.code.as_str(), fault.exit), ("undo-asks", 12));
    assert_eq!(
        shown(&mut world, house, &id)["body"],
        "搬沙发",
        "it only asked"
    );
    assert_eq!(yes(&mut world).unwrap().data["what"], "post");
    let gone = world.ask(house, Request::PostShow { id }).unwrap_err();
    assert_eq!(gone.code, "not-found");

    world.issue(house, "李然");
    assert_eq!(refused(&mut world, house, false).args["about"], "李然");
    yes(&mut world).unwrap();
    let passes = world.data(house, Request::PassList)["passes"].clone();
    assert!(passes[0]["cancelled_ms"].is_u64());

    let used = world.issue(house, "老周");
    world.meet(house, gate);
    world.scan(gate, &used);
    world.meet(house, gate);
    assert_eq!(refused(&mut world, house, false).code, "undo-used");
    assert_eq!(yes(&mut world).unwrap_err().code, "undo-nothing");
    let passes = world.data(house, Request::PassList)["passes"].clone();
    let cancelled = passes.as_array().unwrap().iter();
    assert_eq!(cancelled.filter(|p| p["cancelled_ms"].is_u64()).count(), 1);
}

#[test]
fn what_has_no_opposite_says_so_once_and_yesterday_is_over() {
    let (mut world, _, neighbour, id) = estate();
    let react = BoardAct::React {
        id: id.clone(),
        what: Some("like".into()),
    };
    board(&mut world, neighbour, react);
    let report = BoardAct::Report {
        id: id.clone(),
        comment: None,
        reason: "ad".into(),
        words: None,
    };
    board(&mut world, neighbour, report);
    let list = |world: &mut World| {
        let act = UndoAct::List;
        world.data(neighbour, Request::Undo { act })["steps"].clone()
    };
    let steps = list(&mut world);
    assert_eq!(
        (&steps[0]["what"], &steps[0]["can"]),
        (&json!("signed"), &json!(false))
    );
    assert_eq!(
        (&steps[1]["what"], &steps[1]["can"]),
        (&json!("like"), &json!(true))
    );
    let fault = refused(&mut world, neighbour, false);
    assert_eq!(
        (fault.code.as_str(), fault.args["what"].as_str()),
        ("undo-never", "signed")
    );
    assert_eq!(
        shown(&mut world, neighbour, &id)["moderation"]["reports"],
        1
    );
    assert_eq!(
        undo(&mut world, neighbour),
        "like",
        "the next press goes on"
    );
    let react = BoardAct::React {
        id: id.clone(),
        what: Some("like".into()),
    };
    board(&mut world, neighbour, react);
    world.pass(13 * 3_600);
    assert_eq!(refused(&mut world, neighbour, false).code, "undo-nothing");
    assert_eq!(list(&mut world), json!([]));
}
