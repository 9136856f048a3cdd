//! Texts that cannot be judged.

use super::Fault;
use super::door::Door;
use crate::redaction::allow::secret;
use crate::support::TestRepo;

/// A key block without its end.
pub(super) fn open_block(repo: &TestRepo) {
    repo.write("t.md", format!("x\n-----BEGIN RSA PRIVATE {}-----\n{}\n", "KEY", secret()));
}

fn open_block_in_a_quote(repo: &TestRepo) {
    repo.write("t.md", format!("> -----BEGIN OPENSSH PRIVATE {}-----\n> {}\n", "KEY", secret()));
}

fn open_block_in_a_batch(repo: &TestRepo) {
    let text = format!("-----BEGIN PRIVATE {}-----\\nMIIabc", "KEY");
    repo.write("t.jsonl", format!("{{\"id\":\"1\",\"text\":\"{text}\"}}\n"));
}

pub(super) fn open_quote(repo: &TestRepo) {
    repo.write("t.md", format!("password: \"{} and on\n", secret()));
}

fn open_quote_in_a_batch(repo: &TestRepo) {
    let text = format!("password: \\\"{} and on", secret());
    repo.write("t.jsonl", format!("{{\"id\":\"1\",\"text\":\"{text}\"}}\n"));
}

/// Base64 of base64 of base64 and so on, of a secret.
pub(super) fn nested(repo: &TestRepo) {
    repo.write("t.md", nest(&format!("password: {}\n", secret()), 6));
}

fn nested_in_a_batch(repo: &TestRepo) {
    let text = nest(&format!("password: {}", secret()), 6);
    repo.write("t.jsonl", format!("{{\"id\":\"1\",\"text\":\"{text}\"}}\n"));
}

fn nest(text: &str, times: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    (0..times).fold(text.to_owned(), |text, _| {
        let quad = |part: &[u8]| {
            let bits = part.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
            let bits = bits << (8 * (3 - part.len()));
            let letter = |at: usize| {
                let index = (bits >> (18 - 6 * at)) & 63;
                if at > part.len() { '=' } else { char::from(LETTERS[index as usize]) }
            };
            [0, 1, 2, 3].map(letter).iter().collect::<String>()
        };
        text.as_bytes().chunks(3).map(quad).collect()
    })
}

fn too_large(repo: &TestRepo) {
    repo.write("t.md", vec![b'\n'; (64 << 20) + 1]);
}

/// Nothing but words that rules wait for.
fn dense(repo: &TestRepo) {
    repo.write("t.md", "token ".repeat(60_000));
}

fn latin_1(repo: &TestRepo) {
    repo.write("t.md", b"caf\xe9\n");
}

fn utf_16(repo: &TestRepo) {
    repo.write("t.md", b"\xff\xfep\0w\0\n\0");
}

fn cut_in_a_letter(repo: &TestRepo) {
    repo.write("t.md", b"ok\ncaf\xc3");
}

fn latin_1_in_a_batch(repo: &TestRepo) {
    repo.write("t.jsonl", b"{\"id\":\"1\",\"text\":\"caf\xe9\"}\n");
}

const fn row(what: &'static str, inject: fn(&TestRepo), door: Door, told: &'static str) -> Fault {
    Fault { what, inject, door, code: 4, told }
}

#[rustfmt::skip]
pub(super) const ROWS: &[Fault] = &[
    row("a key block does not end", open_block, Door::Redact, "line 2, column 1"),
    row("a key block does not end", open_block, Door::Check, "line 2, column 1"),
    row("a key block does not end", open_block, Door::Json, "line 2, column 1"),
    row("a key block does not end", open_block, Door::Stdin, "line 2, column 1"),
    row("a key block does not end", open_block, Door::Allow, "line 2, column 1"),
    row("a key block does not end", open_block, Door::Add, "line 2, column 1"),
    row("a key block does not end", open_block, Door::Edit, "line 2, column 1"),
    row("a key block does not end", open_block, Door::Finding, "line 2, column 1"),
    row("a key block does not end", open_block, Door::Message, "line 2, column 1"),
    row("a key block does not end", open_block_in_a_quote, Door::Redact, "does not end"),
    row("a key block does not end", open_block_in_a_batch, Door::Batch, "unclosed-block"),
    row("a quote does not end", open_quote, Door::Redact, "line 1, column"),
    row("a quote does not end", open_quote, Door::Add, "line 1, column"),
    row("a quote does not end", open_quote, Door::Message, "line 1, column"),
    row("a quote does not end", open_quote_in_a_batch, Door::Batch, "unclosed-quote"),
    row("encodings in encodings", nested, Door::Redact, "nested too deeply"),
    row("encodings in encodings", nested, Door::Add, "nested too deeply"),
    row("encodings in encodings", nested_in_a_batch, Door::Batch, "too-deep"),
    row("64 MiB and a byte", too_large, Door::Redact, "too large"),
    row("64 MiB and a byte", too_large, Door::Stdin, "too large"),
    row("nothing but words that rules wait for", dense, Door::Redact, "too large"),
    row("Latin-1", latin_1, Door::Redact, "line 1, column 4: from here on it is not UTF-8"),
    row("Latin-1", latin_1, Door::Stdin, "not UTF-8"),
    row("Latin-1", latin_1, Door::Add, "not UTF-8"),
    row("Latin-1", latin_1, Door::Message, "not UTF-8"),
    row("Latin-1", latin_1_in_a_batch, Door::Batch, "not UTF-8"),
    row("UTF-16", utf_16, Door::Check, "not UTF-8"),
    row("a text cut within a letter", cut_in_a_letter, Door::Redact, "line 2, column 4"),
];
