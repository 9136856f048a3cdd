//! Memories in a few lines, with marks where a rule must find something.
//!
//! `== path` begins a file; `«…»` marks the bytes of an expected finding, and
//! `«»` before a file's first byte marks one about the whole file or a line
//! that has no span. The marks are not part of the file.

use jiff::civil::date;
use serde_json::Value;

use super::alerts::AlertFile;
use super::subject::Subject;
use super::{
    Context, Finding, Inputs, Levels, Order, Outcome, RULES, Rule, Selection, Shape, Share,
    conclude, mended,
};
use crate::corpus::{
    Catalogue, CodeOwners, OwnersDialect, Page, People, ReviewIntervals, RootSettings, Roots,
    Rules, TreeLook, WikilinkOrders,
};
use crate::diagnostic::Severity;
use crate::document::{Text, parse};
use crate::ids::BlobId;
use crate::repo_path::RepoPath;
use crate::template::Template;

/// Files by path, and where findings are expected.
pub(super) struct Memory {
    files: Vec<(RepoPath, String)>,
    marks: Vec<(String, u32, u32)>,
    pub(super) inputs: Inputs,
}

impl Memory {
    pub(super) fn new(text: &str) -> Self {
        let (mut files, mut marks) = (Vec::new(), Vec::new());
        // Each part but the last lost the line end that its next one begins behind.
        let text = format!("\n{text}");
        let parts: Vec<&str> = text.split("\n== ").filter(|it| !it.trim().is_empty()).collect();
        for (nth, part) in parts.iter().enumerate() {
            let (path, content) = part.split_once('\n').unwrap_or((part, ""));
            let content = format!("{content}{}", if nth + 1 < parts.len() { "\n" } else { "" });
            let mut plain = String::new();
            let mut open = Vec::new();
            for c in content.chars() {
                let at = u32::try_from(plain.len()).unwrap();
                match c {
                    '\u{ab}' => open.push(at),
                    '\u{bb}' => marks.push((path.to_owned(), open.pop().unwrap(), at)),
                    c => plain.push(c),
                }
            }
            files.push((RepoPath::new(path).unwrap(), plain));
        }
        marks.sort();
        Self { files, marks, inputs: Inputs::default() }
    }

    fn catalogue(&self) -> Catalogue {
        let owners = self.read(&RepoPath::new("CODEOWNERS").unwrap()).unwrap_or_default();
        let folders = |name: &str| Some(vec![name.to_owned()]);
        let settings = RootSettings {
            wiki: folders("wiki"),
            adr: folders("adr"),
            skills: folders("skills"),
            templates: folders("templates"),
        };
        let rules = Rules {
            roots: Roots::resolve(&settings, self),
            owners: CodeOwners::parse(&owners, OwnersDialect::GitHub).0,
            intervals: ReviewIntervals::default(),
            people: People::default(),
            wikilinks: WikilinkOrders::default(),
            stamps: crate::review::Stamps::default(),
        };
        let searched =
            |path: &RepoPath| rules.roots.classify(path).is_some_and(|it| it.is_searched());
        let files = self.files.iter().filter(|(path, _)| searched(path));
        let page = |(path, text): &(RepoPath, String)| {
            Page::read(path.clone(), BlobId([0; 20]), text.as_bytes()).0
        };
        Catalogue::new(files.map(page).collect(), rules.clone())
    }

    pub(super) fn run(&self, section: &Value, selection: &Selection, lost: bool) -> Outcome {
        let catalogue = self.catalogue();
        let graph = catalogue.graph();
        let levels = Levels::read(section);
        let exists = |path: &RepoPath| self.files.iter().any(|(it, _)| it.is_below(path));
        let today = date(2026, 11, 25);
        let inputs = Inputs {
            level_problems: levels.problems.clone(),
            accept_unknown_status: levels.accept_unknown_status,
            ..self.inputs.clone()
        };
        let context = Context::new(&catalogue, &graph, today, &exists, &inputs);
        let order = Order { selection, levels: &levels };
        let mut share = Share::new(&context, order);
        for page in catalogue.pages() {
            share.page(&context, page, &|page| self.read(&page.path).filter(|_| !lost));
        }
        conclude(context, order, [share])
    }
}

impl TreeLook for Memory {
    fn is_folder(&self, path: &RepoPath) -> bool {
        self.files.iter().any(|(it, _)| it != path && it.is_below(path))
    }

    fn read(&self, path: &RepoPath) -> Option<Vec<u8>> {
        let found = self.files.iter().find(|(it, _)| it == path)?;
        Some(found.1.clone().into_bytes())
    }
}

/// Runs the rules of some families.
pub(super) fn lint(memory: &Memory, section: &Value, families: &[&str]) -> Outcome {
    let rules = RULES.iter().filter(|rule| families.contains(&rule.family.name()));
    let rules = rules.map(|rule| rule.id.to_owned()).collect();
    memory.run(section, &Selection { rules, paths: Vec::new() }, false)
}

/// What one rule finds.
pub(super) fn findings(rule: &Rule, memory: &Memory) -> Vec<Finding> {
    let selection = Selection { rules: vec![rule.id.to_owned()], paths: Vec::new() };
    memory.run(&Value::Null, &selection, false).findings
}

/// Asserts that the rule finds exactly what is marked; gives the messages.
#[track_caller]
pub(super) fn marked(rule: &Rule, text: &str) -> Vec<String> {
    marked_in(rule, &Memory::new(text))
}

/// The same for a memory that knows more.
#[track_caller]
pub(super) fn marked_in(rule: &Rule, memory: &Memory) -> Vec<String> {
    let found = findings(rule, memory);
    let place = |it: &Finding| {
        let (start, end) = it.span.map_or((0, 0), |span| (span.start, span.end));
        (it.path.text().into_owned(), start, end)
    };
    let mut places: Vec<_> = found.iter().map(place).collect();
    places.sort();
    assert_eq!(places, memory.marks, "{found:#?}");
    for finding in &found {
        assert!(!finding.message.ends_with('.') && !finding.hint.is_empty(), "{finding:#?}");
    }
    found.into_iter().map(|it| it.message).collect()
}

/// Asserts that `--fix` turns the first file into `after`, and then stops.
#[track_caller]
pub(super) fn fixed(rule: &Rule, text: &str, after: &str) {
    fixed_in(rule, Memory::new(text), after);
}

/// The same for a memory that knows more.
#[track_caller]
pub(super) fn fixed_in(rule: &Rule, mut memory: Memory, after: &str) {
    assert!(rule.fixes, "{} does not say that it fixes", rule.id);
    for _ in 0..2 {
        let found = findings(rule, &memory);
        let (path, content) = &mut memory.files[0];
        let own = found.iter().filter(|it| it.path == *path);
        *content = String::from_utf8(mended(content.as_bytes(), own).0).unwrap();
        assert_eq!(content, after);
    }
}

/// A finding on a line of `wiki/a.md`.
pub(super) fn finding(line: u32, message: &str) -> Finding {
    Finding {
        rule: "link-broken",
        severity: Severity::Error,
        path: RepoPath::new("wiki/a.md").unwrap(),
        line,
        column: 1,
        span: None,
        message: message.to_owned(),
        hint: String::new(),
        fix: None,
        known_by: None,
    }
}

/// What one rule finds for alerts, each by its name and the lines below it.
pub(super) fn of_alerts(
    rule: &Rule,
    pages: &str,
    alerts: &[(&str, &str)],
) -> Vec<(u32, u32, String)> {
    let one =
        |(name, rest): &(&str, &str)| format!("  - alert: {name}\n    expr: x > 1\n    {rest}\n");
    let text = format!("groups:\n- rules:\n{}", alerts.iter().map(one).collect::<String>());
    let mut memory = Memory::new(pages);
    let path = RepoPath::from_git("rules/a.yaml");
    memory.inputs.alerts = Some(vec![AlertFile::read(path, text.as_bytes())]);
    let all = findings(rule, &memory);
    all.into_iter().map(|it| (it.line, it.column, it.message)).collect()
}

/// The memory's own template of this name, from its rules.
pub(super) fn shape(name: &str, rules: &str) -> Shape {
    let text = format!("---\ntemplate: {name}\n{rules}---\n# {{{{ title }}}}\n");
    let (template, wrong) = Template::read(name, &text);
    assert_eq!(wrong, []);
    Shape { template, is_own: true }
}

/// One page as rules see it.
pub(super) fn subject_of<T>(path: &str, text: &str, look: impl Fn(&Subject<'_>) -> T) -> T {
    let memory = Memory::new("");
    let catalogue = memory.catalogue();
    let path = RepoPath::new(path).unwrap();
    let (page, _) = Page::read(path.clone(), BlobId([0; 20]), text.as_bytes());
    let (document, _) = parse(&path, text.as_bytes());
    let facts = catalogue.rules().facts(&page, date(2026, 11, 25));
    let place = catalogue.rules().roots.classify(&path);
    look(&Subject::new(&page, facts, place, document, Text::new(text.as_bytes())))
}
