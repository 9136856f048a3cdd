//! A person at a terminal is shown what they are asked.

use super::{memory, read, reviewed};
use crate::support::Sitting;

fn asked(answer: &str) -> (String, String) {
    let repo = memory();
    reviewed(&repo, &["wiki/queue.md"]);
    repo.commit("a review");
    repo.write("src/worker/queue.rs", "pub struct Queue;\npub struct Full;\n");
    repo.commit("code");
    let before = read(&repo, "wiki/queue.md");
    let mut command = repo.prode_command();
    command.args(["review", "wiki/queue.md", "--as", "Grace Hopper"]);
    let mut session = Sitting::at(command);
    let shown = session.sees("read it and found it true? [y/N] ");
    session.types(answer);
    let (rest, code) = session.ended();
    assert_eq!(code, 0, "{rest}");
    let after = read(&repo, "wiki/queue.md");
    (shown, if before == after { String::new() } else { after })
}

#[test]
fn yes_stamps_what_was_shown() {
    let (shown, after) = asked("y");
    for part in [
        "Queue is full",
        "@org/oncall",
        "by human:ada",
        "2 files, 1 changed since",
        "src/worker/queue.rs +1 -0",
        "human:grace-hopper",
    ] {
        assert!(shown.contains(part), "no '{part}' in {shown}");
    }
    assert!(after.contains("reviewed: {by: human:grace-hopper"), "{after}");
}

#[test]
fn whatever_is_not_a_yes_stamps_nothing() {
    assert_eq!(asked("").1, "");
    assert_eq!(asked("later").1, "");
}
