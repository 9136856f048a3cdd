use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

/// A tree as a map from file to content; folders follow from the files.
pub(crate) struct Files(pub(crate) HashMap<RepoPath, Vec<u8>>);

impl Files {
    pub(crate) fn of(paths: &[&str]) -> Self {
        Self::with(&paths.iter().map(|path| (*path, "")).collect::<Vec<_>>())
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| (path_of(path), text.as_bytes().to_vec()));
        Self(files.collect())
    }
}

impl TreeLook for Files {
    fn is_folder(&self, path: &RepoPath) -> bool {
        self.0.keys().any(|file| file != path && file.is_below(path))
    }

    fn read(&self, path: &RepoPath) -> Option<Vec<u8>> {
        self.0.get(path).cloned()
    }
}

fn path_of(text: &str) -> RepoPath {
    RepoPath::new(text).unwrap()
}

fn discovered(paths: &[&str]) -> Roots {
    Roots::resolve(&RootSettings::default(), &Files::of(paths))
}

fn listed(roots: &Roots) -> Vec<String> {
    roots.all().iter().map(|root| format!("{:?} {}", root.kind, root.path)).collect()
}

fn place(roots: &Roots, path: &str) -> Option<String> {
    roots.classify(&path_of(path)).map(|place| format!("{:?} {}", place.kind, place.root))
}

#[test]
fn every_existing_candidate_is_a_root() {
    let roots = discovered(&[
        "docs/a.md",
        "runbooks/b.md",
        "doc/adr/0001-x.md",
        ".claude/skills/s/SKILL.md",
        "templates/t.md",
    ]);
    assert_eq!(
        listed(&roots),
        [
            "Skill .claude/skills",
            "Wiki doc",
            "Adr doc/adr",
            "Wiki docs",
            "Wiki runbooks",
            "Template templates"
        ]
    );
}

#[test]
fn without_a_wiki_the_top_folder_is_one() {
    let roots = discovered(&["README.md", "adr/0001-x.md"]);
    assert_eq!(place(&roots, "README.md").as_deref(), Some("Wiki "));
    assert_eq!(place(&roots, "services/a/notes.md").as_deref(), Some("Wiki "));
    assert_eq!(place(&roots, "adr/0001-x.md").as_deref(), Some("Adr adr"));
}

#[test]
fn adr_tools_names_its_folder() {
    let files = [
        (".adr-dir", "architecture/log\r\n"),
        ("architecture/log/0001-x.md", ""),
        ("wiki/a.md", ""),
    ];
    let roots = Roots::resolve(&RootSettings::default(), &Files::with(&files));
    assert_eq!(
        place(&roots, "architecture/log/0001-x.md").as_deref(),
        Some("Adr architecture/log")
    );
}

#[test]
fn an_adr_dir_that_leaves_the_tree_is_ignored() {
    for text in ["../elsewhere", "/", "", "\u{0}"] {
        let files = [(".adr-dir", text), ("wiki/a.md", "")];
        let roots = Roots::resolve(&RootSettings::default(), &Files::with(&files));
        assert_eq!(listed(&roots), ["Wiki wiki"], "{text:?}");
    }
}

#[test]
fn a_log_below_a_wiki_is_a_root_of_its_own() {
    let roots = discovered(&["docs/a.md"]);
    assert_eq!(
        place(&roots, "docs/teams/payments/Decisions/0001-x.md").as_deref(),
        Some("Adr docs/teams/payments/Decisions")
    );
    assert_eq!(
        place(&roots, "docs/adr/x/decisions/y.md").as_deref(),
        Some("Adr docs/adr/x/decisions")
    );
    assert_eq!(place(&roots, "docs/adr.md").as_deref(), Some("Wiki docs"));
}

#[test]
fn a_decisions_folder_inside_a_skill_belongs_to_the_skill() {
    let roots = discovered(&["skills/triage/SKILL.md", "wiki/a.md"]);
    let path = path_of("skills/triage/references/decisions/a.md");
    let place = roots.classify(&path).unwrap();
    assert_eq!(place.package(&path), Some(path_of("skills/triage")));
    assert!(!place.is_manifest(&path));
    assert!(place.is_manifest(&path_of("skills/triage/SKILL.md")));
    assert!(!place.is_manifest(&path_of("skills/triage/assets/SKILL.md")));
    assert_eq!(place.package(&path_of("skills/README.md")), None);
}

#[test]
fn settings_win_over_discovery() {
    let settings = RootSettings {
        wiki: Some(vec![
            "handbook/".into(),
            "./docs//runbooks".into(),
            "../out".into(),
            "/abs".into(),
        ]),
        adr: Some(Vec::new()),
        ..RootSettings::default()
    };
    let roots = Roots::resolve(&settings, &Files::of(&["wiki/a.md", "adr/1.md"]));
    assert_eq!(listed(&roots), ["Wiki docs/runbooks", "Wiki handbook"]);
    assert_eq!(place(&roots, "wiki/a.md"), None);
}

#[test]
fn foreign_folders_below_the_top_are_left_out_unless_named() {
    let settings = RootSettings {
        wiki: Some(vec![".".into(), ".github/wiki".into()]),
        ..RootSettings::default()
    };
    let roots = Roots::resolve(&settings, &Files::of(&[]));
    for out in [".github/a.md", "node_modules/x/README.md", "a/vendor/b.md", "target/doc.md"] {
        assert_eq!(place(&roots, out), None, "{out}");
        assert!(!roots.wants_folder(&path_of(out).parent()) || out == ".github/a.md", "{out}");
    }
    assert_eq!(place(&roots, ".github/wiki/a.md").as_deref(), Some("Wiki .github/wiki"));
    assert!(roots.wants_folder(&path_of(".github")));
    assert!(roots.wants_folder(&RepoPath::root()));
}

#[test]
fn a_wiki_may_have_a_page_about_vendors() {
    let roots = discovered(&["wiki/a.md"]);
    assert_eq!(place(&roots, "wiki/vendor/stripe.md").as_deref(), Some("Wiki wiki"));
}

#[test]
fn only_markdown_is_a_page() {
    let roots = discovered(&["wiki/a.md"]);
    assert_eq!(place(&roots, "wiki/a.png"), None);
    assert_eq!(place(&roots, "wiki/A.MD").as_deref(), Some("Wiki wiki"));
    assert_eq!(place(&roots, "src/a.md"), None);
    assert!(!roots.wants_folder(&path_of("src")));
}

#[test]
fn templates_are_not_searched() {
    let roots = discovered(&["templates/t.md", "wiki/a.md"]);
    assert!(!roots.classify(&path_of("templates/t.md")).unwrap().is_searched());
    assert!(roots.classify(&path_of("wiki/a.md")).unwrap().is_searched());
}

#[test]
fn one_folder_named_twice_is_the_more_special_kind() {
    let settings = RootSettings {
        wiki: Some(vec!["docs".into()]),
        adr: Some(vec!["docs".into()]),
        ..RootSettings::default()
    };
    assert_eq!(listed(&Roots::resolve(&settings, &Files::of(&[]))), ["Adr docs"]);
}

#[test]
fn the_digest_follows_the_roots() {
    let one = discovered(&["wiki/a.md"]);
    assert_eq!(one.digest(), discovered(&["wiki/b.md"]).digest());
    assert_ne!(one.digest(), discovered(&["docs/a.md"]).digest());
    assert_eq!(one.digest().len(), 16);
}

proptest! {
    /// A walk that obeys `wants_folder` misses no page.
    #[test]
    fn a_page_is_reached(path in "((docs|wiki|adr|skills|vendor|\\.x|a)/){0,4}[a-c]\\.md", top in any::<bool>()) {
        let wiki = if top { "." } else { "docs" };
        let settings = RootSettings { wiki: Some(vec![wiki.into()]), ..RootSettings::default() };
        let roots = Roots::resolve(&settings, &Files::of(&["adr/x.md", "skills/s/SKILL.md"]));
        let path = path_of(&path);
        if roots.classify(&path).is_some() {
            let mut folder = path.parent();
            loop {
                prop_assert!(roots.wants_folder(&folder), "{folder} above {path}");
                if folder.is_root() { break; }
                folder = folder.parent();
            }
        }
    }
}
