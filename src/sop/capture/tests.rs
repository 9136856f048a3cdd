//! What is asked, what answers may look like, and the words that they make.

use super::*;
use crate::sop::Procedure;

const ANSWERS: &str = r#"
when: Before a launch.
why: The queue is the bottleneck.
services: queue
design:
  scope: The limit alone.
  dependencies: [the owner is awake, a quota]
  risks:
    - {risk: it grows, likelihood: low, impact: high, mitigation: a cap}
    - [it lags, medium, low, wait | see]
  stop: ["the cap is missing: stop, ask @lead"]
  decision: "@lead decides on the scope."
implementation:
  steps: Raise it.
  commands: |
    make limit
    make check
implementation.stop: a check fails
testing: {matrix: [[full queue, 10 jobs, all done, "", ""]], stop: it stalls, decision: "@qa decides."}
"#;

fn said(answers: &str) -> Said {
    let answers = read(answers).unwrap();
    Said { title: "Raise the limit".to_owned(), answers, ..Said::default() }
}

#[test]
fn answers_are_texts_lists_and_rows_in_yaml_or_json() {
    let said = said(ANSWERS);
    assert_eq!(said.answer("design.dependencies"), Some("the owner is awake\na quota"));
    assert_eq!(
        said.answer("design.risks"),
        Some("it grows | low | high | a cap\nit lags | medium | low | wait / see")
    );
    assert_eq!(said.answer("implementation.stop"), Some("a check fails"));
    let json = serde_json::json!({"when": "now", "design": {"stop": ["a", "b"], "scope": null}});
    let answers = read(&json.to_string()).unwrap();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers["design.stop"], "a\nb");
}

#[test]
fn what_is_no_answer_says_why() {
    let why = |text: &str| read(text).unwrap_err().to_string();
    assert_eq!(why("[a]"), "it is no mapping of questions to answers");
    assert_eq!(why("wen: x"), "nobody asks for 'wen'");
    assert_eq!(why("design: {scop: x}"), "nobody asks for 'design.scop'");
    assert_eq!(why("when: {a: b}"), "the answer to 'when' is neither a text nor a list");
    assert!(why("when: [").starts_with("line "), "{}", why("when: ["));
}

#[test]
fn the_form_names_every_question_and_reads_as_no_answer() {
    assert_eq!(read(&skeleton()).unwrap(), BTreeMap::new());
    for question in QUESTIONS {
        assert!(skeleton().contains(question.text), "{}", question.key);
    }
}

#[test]
fn what_was_said_stands_on_the_page_and_what_was_not_is_asked() {
    let mut said = said(ANSWERS);
    said.recorded.push(Recorded {
        gate: "testing".to_owned(),
        command: "make try".to_owned(),
        artifact: "sha256:0".to_owned(),
        bytes: 12,
    });
    insta::assert_snapshot!(body(&said));
}

#[test]
fn headings_and_fences_of_an_answer_open_nothing() {
    let said = said(
        "when: \"# A\\n\\nb\\n---\\n\\n```\\n# code\"\ndesign: {scope: \"## Gate 9: More\"}\n",
    );
    let body = body(&said);
    assert!(body.contains("\\# A\n\nb\n\\---\n\n```\n# code\n```"), "{body}");
    assert!(body.contains("\\## Gate 9: More"), "{body}");
}

#[test]
fn a_page_of_these_words_alone_can_be_walked() {
    let body = body(&said(ANSWERS))
        .replace("## Scope", "## Design review")
        .replace("## Checklist", "## PR");
    let read = Procedure::read(body.as_bytes()).unwrap();
    assert_eq!(read.gates.len(), 4);
}
