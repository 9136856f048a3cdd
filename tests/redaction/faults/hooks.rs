//! Changes that redaction cannot judge: staged, pushed, received.

use super::Fault;
use super::door::Door;
use super::inputs::{nested, open_block, open_quote};
use super::policies::{allowed, landed, lost};
use crate::support::TestRepo;

/// A push of the last commit.
const PUSH: &str = "printf 'refs/heads/main %s refs/heads/main %s\\n' $(git rev-parse HEAD HEAD~) \
    | prode hook run pre-push";

/// What a server is told of it.
const RECEIVE: &str = "printf '%s %s refs/heads/side\\n' $(git rev-parse side~ side) \
    | prode hook run pre-receive";

/// What `inject` made is staged, and its tree is there.
fn staged(repo: &TestRepo, inject: fn(&TestRepo)) {
    inject(repo);
    repo.git(&["add", "--all"]);
    repo.git(&["write-tree"]);
}

fn pushed(repo: &TestRepo, inject: fn(&TestRepo)) {
    repo.git(&["update-ref", "refs/remotes/origin/main", "main"]);
    inject(repo);
    repo.commit("a change");
}

/// A commit that no branch has, as a push leaves it to the hook.
fn received(repo: &TestRepo, inject: fn(&TestRepo)) {
    inject(repo);
    repo.commit("a change");
    repo.git(&["tag", "side"]);
    repo.git(&["reset", "--quiet", "--hard", "HEAD~"]);
}

fn allowance_in_settings(repo: &TestRepo) {
    allowed(repo, "t.md", |file| file);
    repo.write("t.md", "before\n");
    repo.commit("before");
    let text = format!("before\npassword: {}\n", crate::redaction::allow::secret());
    repo.write("t.md", text);
}

const fn row(what: &'static str, inject: fn(&TestRepo), door: Door, told: &'static str) -> Fault {
    Fault { what, inject, door, code: 4, told }
}

#[rustfmt::skip]
pub(super) const ROWS: &[Fault] = &[
    row("a key block does not end", |it| staged(it, open_block), Door::Staged, "'t.md': redaction cannot decide at line 2"),
    row("a quote does not end", |it| staged(it, open_quote), Door::Staged, "'t.md'"),
    row("encodings in encodings", |it| staged(it, nested), Door::Staged, "'t.md'"),
    row("an allowance ended", |it| staged(it, allowance_in_settings), Door::Staged, "X-010101010101"),
    row("a pattern is none", |it| staged(it, |it| landed(it, "redaction: {patterns: {A: '('}}\n")), Door::Staged, "no regular expression"),
    row("the trunk's settings are lost", |it| { landed(it, "redaction: {hosts: [a.bzh]}\n"); lost(it, "prode.yaml"); }, Door::Staged, "cannot"),
    row("a key block does not end", |it| pushed(it, open_block), Door::Shell(PUSH), "'t.md': redaction cannot decide at line 2"),
    row("encodings in encodings", |it| pushed(it, nested), Door::Shell(PUSH), "'t.md'"),
    row("a key block does not end", |it| received(it, open_block), Door::Shell(RECEIVE), "'t.md': redaction cannot decide at line 2"),
    row("a quote does not end", |it| received(it, open_quote), Door::Shell(RECEIVE), "'t.md'"),
];
