//! Rules read, documents held to them, documents made.

use std::collections::BTreeMap;

use super::*;
use crate::document;
use crate::repo_path::RepoPath;

const RUNBOOK: &str = "---\ntemplate: runbook\ndescription: d\nfields:\n  owner: {required: true}\nsections:\n\
    \x20 - {heading: Triage, required: true, before: Mitigations, must_have: [command]}\n\
    \x20 - {heading: Mitigations, aliases: [Fixes], required: true, must_have: [ordered_list]}\n\
    \x20 - {heading: Rollback, required: true, or_states: \"no rollback\"}\n---\n\
    ---\ntitle: {{ title }}\nowner: \"{{ owner }}\"\nservices: [{{ services }}]\n---\n\n# {{ title }}\n";

fn found(text: &str) -> Vec<(&'static str, u32)> {
    let (template, wrong) = Template::read("x", RUNBOOK);
    assert_eq!(wrong, []);
    let (document, _) = document::parse(&RepoPath::new("a.md").unwrap(), text.as_bytes());
    let found = check(&template, &document, text.as_bytes(), &[]);
    found.into_iter().map(|it| (it.rule, it.line)).collect()
}

#[test]
fn a_document_that_keeps_the_rules_has_no_finding() {
    let page = "---\nowner: a\n---\n# P\n\n## 1. Triage (5 minutes)\n\n`git log -1`\n\n## FIXES\n\n### First\n\n1. one\n\nThere is no\nrollback: forward only.\n";
    assert_eq!(found(page), []);
}

#[test]
fn each_broken_rule_is_found_at_its_line() {
    let page =
        "# P\n\n## Mitigations\n\ntext\n\n## Rollback\n\n<!-- later -->\n\n## Triage\n\nlook\n";
    assert_eq!(
        found(page),
        [
            ("template-field-missing", 1),
            ("template-section-order", 11),
            ("template-section-lacks", 11),
            ("template-section-lacks", 3),
            ("template-section-empty", 7),
        ]
    );
    assert_eq!(found("---\nowner: a\n---\n# P\n").len(), 3);
}

#[test]
fn crlf_and_underlined_headings_are_read_alike() {
    let page = "---\nowner: a\n---\n# P\n\nTriage\n------\n\n`git log -1`\n\n## Fixes\n\n1. one\n\n## Rollback\n\nUndo.\n";
    assert_eq!(found(page), []);
    assert_eq!(found(&page.replace('\n', "\r\n")), []);
}

#[test]
fn wrong_rules_are_named_with_their_place() {
    let read = |rules: &str| {
        let (_, found) = Template::read("x", &format!("---\ntemplate: x\n{rules}---\nbody\n"));
        found.into_iter().map(|it| (it.line, it.message)).collect::<Vec<_>>()
    };
    for (rules, line, says) in [
        ("setions: []\n", 3, "did you mean 'sections'?"),
        ("sections:\n  - {heading: A, requird: true}\n", 4, "did you mean 'required'?"),
        ("sections:\n  - {heading: A, before: B}\n", 4, "names no section"),
        ("sections:\n  - {heading: A, must_have: [comand]}\n", 4, "did you mean 'command'?"),
        ("sections:\n  - {heading: A, required: yes}\n", 4, "neither true nor false"),
        ("sections:\n  - {required: true}\n", 4, "no heading"),
        ("fields: [a]\n", 3, "no mapping"),
        ("sections: [\n", 3, "no YAML"),
    ] {
        let found = read(rules);
        assert!(found.len() == 1 && found[0].1.contains(says), "{rules}: {found:?}");
        assert_eq!(found[0].0, line, "{rules}: {found:?}");
    }
}

#[test]
fn strange_values_come_back_out_of_the_front_matter() {
    let (template, _) = Template::read("x", RUNBOOK);
    let asked: Vec<String> = template.prompts().unwrap().into_iter().collect();
    assert_eq!(asked, ["owner", "services", "title"]);
    for title in [
        "Plain",
        "a: b # c",
        "\"quoted\" 'x'",
        "- x",
        "true",
        "0012",
        "{{ x }}",
        "\u{e9}\u{65e5}",
        "[a]",
        "@x",
    ] {
        let values: BTreeMap<String, String> =
            [("title", title), ("owner", "@org/a"), ("services", "one, 2")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into();
        let text = template.render(&values).unwrap();
        let (document, wrong) = document::parse(&RepoPath::new("a.md").unwrap(), text.as_bytes());
        assert_eq!(wrong, [], "{text}");
        assert_eq!(document.front.title.as_deref(), Some(title), "{text}");
        assert_eq!(
            (document.front.owner, document.front.services.len()),
            (vec!["@org/a".to_owned()], 2)
        );
        assert!(text.contains(&format!("\n# {title}\n")), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_title_comes_back(title in "\\PC{0,40}", owner in "[ -~]{0,20}") {
        let (template, _) = Template::read("x", RUNBOOK);
        let values = [("title", &title), ("owner", &owner), ("services", &owner)]
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .into();
        let text = template.render(&values).unwrap();
        let (document, wrong) = document::parse(&RepoPath::new("a.md").unwrap(), text.as_bytes());
        let one_line = title.split_whitespace().collect::<Vec<_>>().join(" ");
        proptest::prop_assert_eq!(&wrong, &[], "{}", text);
        proptest::prop_assert_eq!(document.front.title.unwrap_or_default(), one_line, "{}", text);
    }

    #[test]
    fn any_template_is_read_and_holds_any_page(rules in "\\PC{0,60}", page in "(?s).{0,200}") {
        let (template, _) = Template::read("x", &format!("---\ntemplate: x\n{rules}\n---\n{page}"));
        let (document, _) = document::parse(&RepoPath::new("a.md").unwrap(), page.as_bytes());
        let (runbook, _) = Template::read("x", RUNBOOK);
        let found = check(&template, &document, page.as_bytes(), &[]).len();
        proptest::prop_assert!(found <= 100);
        proptest::prop_assert!(check(&runbook, &document, page.as_bytes(), &[]).len() <= 8);
    }
}

#[test]
fn an_empty_value_leaves_an_empty_field() {
    let (template, _) = Template::read("x", RUNBOOK);
    let values = ["title", "owner", "services"].map(|name| (name.to_owned(), String::new())).into();
    let text = template.render(&values).unwrap();
    assert!(text.starts_with("---\ntitle: \nowner: \"\"\nservices: []\n---\n"), "{text}");
}

#[test]
fn a_body_that_is_no_template_is_an_error() {
    let (template, _) = Template::read("x", "---\ntemplate: x\n---\n{{ title\n");
    assert!(template.prompts().is_err());
    let (template, _) = Template::read("x", "---\ntemplate: x\n---\n{{ nobody }}\n");
    assert!(template.render(&BTreeMap::new()).is_err());
}

#[test]
fn a_file_without_rules_is_all_body() {
    let (template, wrong) = Template::read("note", "---\nkind: guide\n---\n# {{ title }}\n");
    assert_eq!((template.name.as_str(), template.kind.as_str(), wrong.len()), ("note", "guide", 0));
    assert!(template.body.starts_with("---\nkind: guide\n---\n"));
}
