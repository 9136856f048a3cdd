//! What pages about work say of each other, kept while pages are looked at
//! one by one, so that rules can compare them when all were seen.

use std::collections::BTreeSet;

use super::outline::{Part, body, is_in_use, items, parts, parts_about, said};
use super::phase_without_check::is_phase;
use super::prelude::*;
use super::table::tables;
use crate::corpus::Page;
use crate::lint::note::Note;

/// Kinds of page that are compared.
const KINDS: &[&str] = &["plan", "phase-prompts", "phase-spec", "work-notes", "role"];

/// True if the page may have something to compare; its kind says so.
pub(in crate::lint) fn is_noted(page: &Page) -> bool {
    let kind = page.front.kind.as_deref().unwrap_or_default();
    KINDS.iter().any(|it| kind.eq_ignore_ascii_case(it))
}

static PHASE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bphase\s+(\d+[a-z]?)\b"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\W*(?i:phase\s+)?(\d+(?i:[a-z])?)\b"));

/// What the page says; `None` where it is archived, a draft, or of another kind.
pub(in crate::lint) fn note(subject: &Subject<'_>) -> Option<Note> {
    let kind = KINDS.iter().find(|kind| is_in_use(subject, &[kind]))?;
    let mut note = Note {
        path: subject.page.path.clone(),
        kind,
        plan: subject.page.front.text("plan"),
        phases: BTreeSet::new(),
        files: Vec::new(),
        exchange: Default::default(),
    };
    match *kind {
        "plan" => plan(&mut note, subject),
        "phase-spec" => spec(&mut note, subject),
        "role" => {
            let stems: [&[&str]; 2] = [&["input"], &["output"]];
            note.exchange = stems.map(|stems| words(subject, &parts_about(subject, stems)));
        }
        _ => note.phases = numbers(&said(subject, body(subject))),
    }
    Some(note)
}

fn plan(note: &mut Note, subject: &Subject<'_>) {
    let phases = parts(subject).into_iter().filter(is_phase);
    note.phases = phases.flat_map(|part| numbers(&part.section.heading)).collect();
    for table in tables(subject, body(subject)) {
        if !table.head.first().is_some_and(|head| head.starts_with("phase")) {
            continue;
        }
        let files = table.column(&["file", "touches"]);
        for row in &table.rows {
            let Some(number) = NUMBER.captures(row.cell(0)) else { continue };
            let number = number[1].to_lowercase();
            if let Some(at) = files {
                note.files.push((number.clone(), paths(row.cell(at))));
            }
            note.phases.insert(number);
        }
    }
}

fn spec(note: &mut Note, subject: &Subject<'_>) {
    let front = subject.page.front.text("phase");
    note.phases = match front {
        Some(number) => [number.trim().to_lowercase()].into(),
        None => numbers(&subject.page.title),
    };
    let Some(number) = note.phases.first().cloned() else { return };
    let files = parts_about(subject, &["file"]);
    let files = files.iter().flat_map(|part| items(subject, part.body));
    let files = files.flat_map(|item| paths(subject.slice(item))).collect();
    note.files.push((number, files));
}

fn numbers(text: &str) -> BTreeSet<String> {
    PHASE.captures_iter(text).map(|hit| hit[1].to_lowercase()).collect()
}

/// What stands in code, and words with a slash.
fn paths(text: &str) -> BTreeSet<String> {
    let code = text.split('`').skip(1).step_by(2).map(str::trim);
    let words = text.split_whitespace().filter(|word| word.contains('/') && !word.contains('`'));
    let words = words.map(|word| word.trim_matches(|c: char| ",;:()".contains(c)));
    let paths = code.chain(words).filter(|path| !path.is_empty());
    paths.map(|path| path.trim_start_matches("./").to_owned()).collect()
}

fn words(subject: &Subject<'_>, parts: &[Part<'_>]) -> BTreeSet<String> {
    let text: String = parts.iter().map(|part| said(subject, part.body).to_lowercase()).collect();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::fixture::subject_of;

    #[test]
    fn phases_and_files_are_read_from_tables_headings_and_lists() {
        let said = |text: &str| subject_of("wiki/a.md", text, note).unwrap();
        let set = |words: &[&str]| words.iter().map(|it| (*it).to_owned()).collect::<BTreeSet<_>>();
        let plan = said(
            "---\nkind: plan\n---\n# P\n\n| Phase | Files |\n|---|---|\n| 1 | `a.rs` |\n| 2a: x | src/b/, c |\n\n## Phase 3\n",
        );
        assert_eq!(plan.phases, set(&["1", "2a", "3"]));
        assert_eq!(plan.files[1], ("2a".to_owned(), set(&["src/b/"])));
        let spec = said(
            "---\nkind: phase-spec\nplan: p.md\n---\n# Phase 2B: y\n\n## Files\n\n- `src/**`\n",
        );
        assert_eq!((spec.plan.as_deref(), &spec.files[0].0[..]), (Some("p.md"), "2b"));
        assert!(subject_of("wiki/a.md", "# A\n", note).is_none());
    }
}
