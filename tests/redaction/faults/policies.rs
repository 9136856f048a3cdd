//! Settings and allowances that cannot be used. The text itself is harmless
//! but where an allowance is about it.

use super::Fault;
use super::door::Door;
use crate::redaction::allow::{LONG_AGO, allowance, secret};
use crate::support::TestRepo;

fn settings(repo: &TestRepo, text: &str) {
    repo.write("prode.yaml", text).write("t.md", "nothing to hide\n");
}

pub(super) fn landed(repo: &TestRepo, text: &str) {
    settings(repo, text);
    repo.commit("settings");
}

fn names(repo: &TestRepo, bytes: impl AsRef<[u8]>) {
    repo.write("names.txt", bytes);
    landed(repo, "redaction: {names: names.txt}\n");
}

/// A trunk of which one file's content is gone.
pub(super) fn lost(repo: &TestRepo, file: &str) {
    let id = repo.git(&["rev-parse", &format!("main:{file}")]);
    repo.remove(format!(".git/objects/{}/{}", &id[..2], &id[2..]));
}

pub(super) fn allowed(repo: &TestRepo, place: &str, edit: impl Fn(String) -> String) {
    let (path, file) = allowance(place, LONG_AGO);
    repo.write(path, edit(file));
    repo.write("t.md", format!("password: {}\n", secret()));
    repo.commit("an allowance");
}

fn ended_in_a_batch(repo: &TestRepo) {
    allowed(repo, "-", |file| file);
    let text = format!("password: {}", secret());
    repo.write("t.jsonl", format!("{{\"id\":\"1\",\"text\":\"{text}\"}}\n"));
}

/// What a link leads to may be another thing tomorrow.
#[cfg(unix)]
fn linked(repo: &TestRepo, name: &str) {
    std::os::unix::fs::symlink("elsewhere", repo.path().join(name)).unwrap();
    repo.write("t.md", "nothing to hide\n");
}

const fn row(what: &'static str, inject: fn(&TestRepo), door: Door, told: &'static str) -> Fault {
    Fault { what, inject, door, code: 4, told }
}

#[rustfmt::skip]
pub(super) const ROWS: &[Fault] = &[
    row("a pattern is none", |it| settings(it, "redaction: {patterns: {A: '('}}\n"), Door::Redact, "no regular expression"),
    row("a pattern is none", |it| landed(it, "redaction: {patterns: {A: '('}}\n"), Door::Add, "no regular expression"),
    row("a pattern is none", |it| landed(it, "redaction: {patterns: {A: '('}}\n"), Door::Promote, "no regular expression"),
    row("a pattern is none", |it| landed(it, "redaction: {patterns: {A: '('}}\n"), Door::Reject, "no regular expression"),
    row("a pattern is none", |it| landed(it, "redaction: {patterns: {A: '('}}\n"), Door::Message, "no regular expression"),
    row("a pattern without a name that can be used", |it| settings(it, ""), Door::Shell("PRODE_REDACTION__PATTERNS__A='(' prode redact t.md"), "no name"),
    row("a pattern is none", |it| settings(it, ""), Door::Shell("prode redact --config 'redaction.patterns.A=(' t.md"), "no regular expression"),
    row("a pattern matches nothing too", |it| settings(it, "redaction: {patterns: {A: 'a*'}}\n"), Door::Redact, "empty text"),
    row("a pattern is too large", |it| settings(it, "redaction: {patterns: {A: '(a{1000}){1000}'}}\n"), Door::Redact, "larger than"),
    row("a pattern's name is none", |it| settings(it, "redaction: {patterns: {a-b: x}}\n"), Door::Redact, "no name"),
    row("a pattern of the wrong type", |it| settings(it, "redaction: {patterns: {A: [x]}}\n"), Door::Redact, "redaction"),
    row("hosts of the wrong type", |it| settings(it, "redaction: {hosts: {a: b}}\n"), Door::Redact, "redaction.hosts"),
    row("a host of the wrong type", |it| settings(it, "redaction: {hosts: [a.bzh, {b: c}]}\n"), Door::Redact, "redaction.hosts"),
    row("names of the wrong type", |it| settings(it, "redaction: {names: [a, b]}\n"), Door::Redact, "redaction.names"),
    row("settings that would take rules away", |it| settings(it, "redaction: {off: [email]}\n"), Door::Redact, "redaction.off"),
    row("settings that would take rules away", |it| landed(it, "redaction: {rules: {email: off}}\n"), Door::Add, "redaction.rules"),
    row("settings are no YAML", |it| settings(it, "redaction: [\n"), Door::Redact, "redaction's settings"),
    row("settings are no YAML on the trunk alone", |it| { landed(it, "redaction: [\n"); it.write("prode.yaml", ""); }, Door::Redact, "redaction's settings"),
    row("settings are no text", |it| { it.write("prode.yaml", b"\xff\xfe").write("t.md", "x\n"); }, Door::Redact, "redaction's settings"),
    row("settings are a folder", |it| { it.write("prode.yaml/x", "").write("t.md", "x\n"); }, Door::Redact, "cannot be read"),
    #[cfg(unix)]
    row("settings are a link", |it| linked(it, "prode.yaml"), Door::Redact, "cannot be read"),
    row("the trunk's settings are lost", |it| { landed(it, "redaction: {hosts: [a.bzh]}\n"); lost(it, "prode.yaml"); }, Door::Redact, "cannot be read"),
    row("the trunk's settings are lost", |it| { landed(it, "redaction: {hosts: [a.bzh]}\n"); lost(it, "prode.yaml"); }, Door::Add, "cannot be read"),
    row("the trunk's tree is lost", |it| { landed(it, ""); lost(it, ""); }, Door::Redact, "cannot be read"),
    row("the dictionary is not there", |it| settings(it, "redaction: {names: gone.txt}\n"), Door::Redact, "'gone.txt' does not exist"),
    row("the dictionary is not there", |it| landed(it, "redaction: {names: gone.txt}\n"), Door::Promote, "'gone.txt' does not exist"),
    row("the dictionary is a folder", |it| settings(it, "redaction: {names: wiki}\n"), Door::Redact, "cannot be read"),
    row("the dictionary is elsewhere", |it| settings(it, "redaction: {names: ../home/names}\n"), Door::Redact, "names"),
    row("the dictionary is no text", |it| names(it, b"Ren\xe9\n"), Door::Redact, "not UTF-8"),
    row("the dictionary is 16 MiB and more", |it| names(it, vec![b'\n'; (16 << 20) + 1]), Door::Redact, "larger than"),
    row("the trunk's dictionary is lost", |it| { names(it, "Ada Byron\n"); lost(it, "names.txt"); }, Door::Redact, "cannot be read"),
    row("an allowance ended", |it| allowed(it, "t.md", |file| file), Door::Redact, "t.md:1:11"),
    row("an allowance ended", |it| allowed(it, "t.md", |file| file), Door::Check, "human:ada"),
    row("an allowance ended", |it| allowed(it, "-", |file| file), Door::Stdin, "ended on 2026-02-01"),
    row("an allowance ended", |it| allowed(it, "wiki/q.md", |file| file), Door::Add, "X-010101010101"),
    row("an allowance ended", |it| allowed(it, "-", |file| file), Door::Message, "X-010101010101"),
    row("an allowance ended", ended_in_a_batch, Door::Batch, "allowance-ended"),
    row("an allowance of a year to come", |it| allowed(it, "t.md", |file| file.replace("2026-0", "2999-0")), Door::Redact, "was made on 2999-01-01"),
    row("an allowance for more than a year", |it| allowed(it, "t.md", |file| file.replace("2026-02", "2027-02")), Door::Redact, "within 366 days"),
    row("an allowance is no YAML", |it| allowed(it, "t.md", |_| "[".to_owned()), Door::Redact, "no YAML"),
    row("an allowance is no text", |it| { it.write(".prode/allowances/X-010101010101.yaml", b"\xff").write("t.md", "x\n").commit("x"); }, Door::Redact, "not UTF-8"),
    row("an allowance for all rules", |it| allowed(it, "t.md", |file| file.replace("rule: \"named-value\"\n", "")), Door::Add, "'rule' is missing"),
    row("an allowance with a key of its own", |it| allowed(it, "t.md", |file| file + "all: true\n"), Door::Redact, "unknown key"),
    row("an allowance with a short digest", |it| allowed(it, "t.md", |file| file.replace("digest: 07", "digest: ")), Door::Redact, "96 hex digits"),
    row("an allowance is a foreign file", |it| { it.write(".prode/allowances/all.yaml", "x\n").write("t.md", "x\n").commit("x"); }, Door::Promote, "its name is not"),
    row("the trunk's allowance is lost", |it| { allowed(it, "t.md", |file| file); lost(it, ".prode/allowances/X-010101010101.yaml"); }, Door::Redact, "cannot be read"),
    row("settings find more than when it was added", |it| landed(it, "redaction: {patterns: {CUSTOMER: 'C-[0-9]{4}'}}\n"), Door::Promote, "CUSTOMER"),
];
