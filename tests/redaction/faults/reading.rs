//! Files, pipes and disks that fail. The specification says 1 of them, and 0
//! of a reader that went away; what is held here is that nothing is written.

use super::Fault;
use super::door::Door;
use crate::redaction::allow::{LONG_AGO, allowance, secret};
use crate::support::TestRepo;

fn harmless(repo: &TestRepo) {
    repo.write("t.md", "nothing to hide\n");
}

fn secretive(repo: &TestRepo) {
    repo.write("t.md", format!("password: {}\n", secret()));
}

/// An allowance whose digest is another value's; it says nothing of this one.
fn sealed_otherwise(repo: &TestRepo) {
    let (path, file) = allowance("t.md", LONG_AGO);
    repo.write(path, file.replace("digest: 07", "digest: 08"));
    secretive(repo);
    repo.commit("an allowance");
}

/// An allowance in the change under review.
fn unreviewed(repo: &TestRepo) {
    repo.git(&["switch", "--quiet", "--create", "side"]);
    sealed_otherwise(repo);
}

const fn row(what: &'static str, inject: fn(&TestRepo), door: Door, told: &'static str) -> Fault {
    Fault { what, inject, door, code: 1, told }
}

#[rustfmt::skip]
pub(super) const ROWS: &[Fault] = &[
    row("the text is not there", |_| {}, Door::Redact, "t.md"),
    row("the text is not there", |_| {}, Door::Add, "t.md"),
    row("the text is a folder", |it| { it.write("t.md/x", ""); }, Door::Redact, "t.md"),
    row("the text is a folder", |it| { it.write("t.md/x", ""); }, Door::Message, "t.md"),
    row("the batch is not there", |_| {}, Door::Batch, "t.jsonl"),
    row("the disk is full", harmless, Door::Shell("prode redact t.md > /dev/full"), "cannot write"),
    row("files may not grow", harmless, Door::Shell("trap '' XFSZ; ulimit -f 0; prode inbox add t.md --target wiki/q.md#notes"), "error"),
    row("another value's allowance", sealed_otherwise, Door::Shell("prode redact --check t.md > /dev/null"), ""),
    row("an allowance of the change under review", unreviewed, Door::Shell("prode redact --check t.md > /dev/null"), ""),
    Fault { what: "the reader went away", inject: secretive, door: Door::Shell("prode redact -q t.md | true"), code: 0, told: "" },
];
