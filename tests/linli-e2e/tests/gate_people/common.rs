//! What these tests share: a pass, a showing of it, what was said, another time for one process.

use linli_e2e::clock;
use linli_e2e::estate::{HOST, NEIGHBOUR};
use linli_e2e::home::{Home, Reply};
use serde_json::Value;

pub const NEXT_DOOR: &str = "3-2-502";

/// A pass from now for some hours, with what is said beside.
pub fn issue(home: &Home, label: &str, more: &[&str]) -> Value {
    let (from, until) = (clock::rfc3339(-60), clock::rfc3339(4 * 3600));
    let what = ["pass", "issue", "--label", label];
    home.must(&[&what[..], &["--from", &from, "--until", &until], more].concat())
}

pub fn check(gate: &Home, pass: &Value, more: &[&str]) -> Reply {
    let text = pass["text"].as_str().unwrap();
    gate.run(&[&["gate", "check", text], more].concat())
}

/// Result and code, as the exit status agrees with them.
pub fn said(reply: &Reply) -> (String, String) {
    let word = |key: &str| reply.data()[key].as_str().unwrap_or_default().to_owned();
    let result = word("result");
    let exit = [("ADMIT", 0), ("ASK", 10), ("DENY", 11)];
    let exit = exit.iter().find(|(name, _)| *name == result).map(|e| e.1);
    assert_eq!(reply.code, exit, "{}", reply.object);
    (result, word("code"))
}

pub fn is(result: &str, code: &str) -> (String, String) {
    (result.to_owned(), code.to_owned())
}

pub fn until_good(gate: &Home, grants: u64) {
    clock::until("the gate has heard", NEIGHBOUR, || {
        let status = gate.must(&["gate", "status"]);
        status["clock"] == "GOOD" && status["grants"].as_u64() >= Some(grants)
    });
}

pub const CARS: &str = "楼栋,单元,房号,建筑面积(㎡),姓名,手机号码,与户主关系,居住性质,车牌号
3号楼,2单元,501,89.2,欧阳建国,13900003657,户主,自住,京AD98765
3号楼,2单元,502,76.5,孙海,13900003658,户主,自住,京BD11111
4号楼,1单元,101,76.5,宋玉,13900003659,户主,自住,京CD22222
4号楼,1单元,102,76.5,陈明,13900003660,户主,自住,
";

/// Another time for one process, by the library that the issue names; the clock that never steps goes on.
pub fn at_another_time(home: &Home, args: &[&str], faketime: &str) -> Reply {
    let folders = std::fs::read_dir("/usr/lib")
        .into_iter()
        .flatten()
        .flatten();
    let library = folders
        .map(|folder| folder.path().join("faketime/libfaketimeMT.so.1"))
        .find(|path| path.is_file())
        .expect("libfaketime is installed");
    let env = [
        ("LD_PRELOAD", library.to_str().unwrap()),
        ("FAKETIME", faketime),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
    ];
    home.run_with(args, &env)
}

pub fn walk_in(gate: &Home, more: &[&str]) -> Value {
    let args = ["gate", "walk-in", "--unit", HOST, "--name", "老周"];
    let reply = gate.run(&[&args[..], more].concat());
    assert_eq!(said(&reply), is("ASK", ""), "{}", reply.object);
    reply.data().clone()
}

pub fn let_in(gate: &Home, event: &str) -> Value {
    gate.must(&[
        "gate",
        "override",
        event,
        "--reason",
        "住户同意",
        "--badge",
        "07",
    ])
}
