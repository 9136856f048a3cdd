//! `prode redact`: what it hides, what it refuses, and that nothing leaks.

use crate::support::TestRepo;

/// Split, so that no whole value stands in the file.
fn secret() -> String {
    ["Zw3tschge", "!kuchen"].concat()
}

#[test]
fn a_text_comes_out_with_placeholders() {
    let repo = TestRepo::new();
    repo.write("t.md", format!("password: {}\nask m@ferme.bzh\n", secret()));
    let run = repo.prode(&["redact", "t.md"]).ok();
    assert_eq!(run.stdout(), "password: <PASSWORD_1>\nask <EMAIL_1>\n");
}

#[test]
fn json_says_where_and_never_what() {
    let repo = TestRepo::new();
    repo.write("t.md", format!("é password: {}\n", secret()));
    let run = repo.prode(&["redact", "t.md", "--json"]).ok();
    let answer = run.json();
    assert_eq!(answer["schema"], "prode.redact/v1");
    let found = &answer["findings"][0];
    assert_eq!(
        (&found["type"], &found["start"], &found["end"]),
        (&"PASSWORD".into(), &13.into(), &29.into())
    );
    assert_eq!((&found["line"], &found["column"]), (&1.into(), &13.into()));
    assert!(!run.stdout().contains(&secret()[..6]));
}

#[test]
fn a_check_finds_or_finds_nothing() {
    let repo = TestRepo::new();
    repo.write("bad.md", format!("token={}\n", secret()));
    repo.write("good.md", "token=$TOKEN\n");
    repo.prode(&["redact", "--check", "bad.md"]).fails(1).says("bad.md:1:7  TOKEN");
    assert_eq!(repo.prode(&["redact", "--check", "good.md"]).ok().stdout(), "");
}

#[test]
fn what_cannot_be_decided_ends_with_4_and_writes_nothing() {
    let repo = TestRepo::new();
    let text = format!("x\n-----BEGIN RSA PRIVATE {}-----\n{}\n", "KEY", secret());
    repo.write("t.md", text);
    let run = repo.prode(&["redact", "t.md"]).fails(4).warns("line 2, column 1");
    assert_eq!(run.stdout(), "");
    assert!(!run.stderr().contains(&secret()[..6]));
}

#[test]
fn a_batch_keeps_its_lines_and_withholds_what_is_blocked() {
    let repo = TestRepo::new();
    let open = format!("password: \\\"{} and on", secret());
    let lines = format!(
        "{{\"id\":\"a\",\"text\":\"ask m@ferme.bzh\"}}\n{{\"id\":\"b\",\"text\":\"{open}\"}}\n"
    );
    repo.write("t.jsonl", lines);
    let run = repo.prode(&["redact", "--batch", "t.jsonl"]).ok();
    let rows = run.json_lines();
    assert_eq!(rows[0]["text"], "ask <EMAIL_1>");
    assert_eq!(
        (&rows[1]["text"], &rows[1]["blocked"]["reason"]),
        (&"<BLOCKED_1>".into(), &"unclosed-quote".into())
    );
    assert!(!run.stdout().contains(&secret()[..6]));
}

#[test]
fn a_line_that_is_no_question_is_not_repeated() {
    let repo = TestRepo::new();
    repo.write("t.jsonl", format!("{{\"id\":\"a\",\"text\":{}}}\n", secret()));
    let run = repo.prode(&["redact", "--batch", "t.jsonl"]).fails(1);
    assert!(!run.stderr().contains(&secret()[..6]), "{}", run.stderr());
}

#[test]
fn what_a_team_adds_is_hidden_whichever_layer_says_it() {
    let repo = TestRepo::new();
    repo.write(
        "prode.yaml",
        "redaction: {hosts: [corp.bzh], names: names.txt, patterns: {CUSTOMER: 'C-\\d+'}}\n",
    );
    repo.write("names.txt", "# people\nAda Byron\n");
    repo.commit("settings");
    repo.write("prode.yaml", "roots: {}\n");
    repo.write("t.md", "db1.corp.bzh of Ada Byron, C-77\n");
    let run = repo.prode(&["redact", "t.md"]).ok();
    assert_eq!(run.stdout(), "<HOST_1> of <NAME_1>, <CUSTOMER_1>\n");
}

#[test]
fn settings_that_cannot_be_used_let_nothing_through() {
    let repo = TestRepo::new();
    repo.write("t.md", "nothing to hide\n");
    for settings in [
        "redaction: {patterns: {A: '('}}\n",
        "redaction: {names: missing.txt}\n",
        "redaction: {hosts: {}}\n",
    ] {
        repo.write("prode.yaml", settings);
        let run = repo.prode(&["redact", "t.md"]).fails(4);
        assert_eq!(run.stdout(), "", "{settings}");
    }
}
