//! The shipped templates, and this repository's own pages.

use std::path::Path;

use super::*;
use crate::corpus::Kind;
use crate::document;
use crate::template::check;

fn shipped() -> Vec<Template> {
    let read = |(file, text): &(&str, &str)| {
        let (template, wrong) = Template::read(file.trim_end_matches(".md"), text);
        assert_eq!(wrong, [], "{file}");
        assert_eq!(format!("{}.md", template.name), *file);
        assert!(!template.description.is_empty(), "{file}");
        template
    };
    TEMPLATES.iter().map(read).collect()
}

/// What a document lacks, as `rule: message`.
fn lacks(template: &Template, text: &str, known: &[&str]) -> Vec<String> {
    let path = RepoPath::new("page.md").unwrap();
    let (document, wrong) = document::parse(&path, text.as_bytes());
    assert_eq!(wrong, [], "{text}");
    let found = check(template, &document, text.as_bytes(), known);
    found.into_iter().map(|it| format!("{}: {}", it.rule, it.message)).collect()
}

#[test]
fn every_shipped_template_keeps_its_own_rules() {
    let mut broken = Vec::new();
    for template in shipped() {
        let prompts = template.prompts().unwrap().into_iter();
        let value = |name: &str| match name {
            "owner" | "author" => "@org/team".to_owned(),
            "date" | "thin_slice" => "2026-11-25".to_owned(),
            name => format!("sample-{name}"),
        };
        let values = prompts.map(|name| (name.clone(), value(&name))).collect();
        let text = template.render(&values).unwrap();
        let named = |lack| format!("{}: {lack}", template.name);
        broken.extend(lacks(&template, &text, &[]).into_iter().map(named));
        assert!(!text.contains("{{"), "{text}");
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn every_shipped_kind_has_its_row_and_stands_on_the_page() {
    let page = include_str!("../../../wiki/templates.md");
    for Template { name, kind, .. } in shipped() {
        assert!(Kind::named(&kind).is_some(), "'{kind}' has no row in src/corpus/kind.rs");
        assert!(page.contains(&format!("`{name}`")), "wiki/templates.md does not list `{name}`");
    }
}

#[test]
fn the_repositorys_own_pages_keep_the_rules_of_their_kinds() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let templates = shipped();
    let mut checked = 0;
    for (folder, name) in [
        ("wiki/runbooks", "runbook"),
        ("wiki/sops", "sop"),
        ("wiki/patterns", "pattern"),
        ("adr", "adr-madr"),
    ] {
        let template = templates.iter().find(|template| template.name == name).unwrap();
        for entry in fs::read_dir(top.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            assert_eq!(lacks(template, &text, &[]), Vec::<String>::new(), "{}", path.display());
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked} pages");
}
