//! `phases-share-files`

use std::collections::BTreeSet;

use super::plan_not_mirrored::plan_of;
use super::prelude::*;
use crate::lint::note::Note;
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "phases-share-files",
    family: Family::Work,
    level: Severity::Warning,
    summary: "phases that run side by side touch the same file",
    why: "Two that edit one file wait for each other, or undo each other. Phases with one number and different \
        letters (2a, 2b) run side by side: their files, in a column of the plan or below a heading of their \
        phase-spec, have none in common, and no folder that holds the other's.",
    repair: "give the file to one of them, or let them follow each other: 2, 3",
    fixes: false,
    check: Check::Memory(check),
};

/// A phase: whose plan, where it is written, and which files it may touch.
struct Phase<'a> {
    plan: RepoPath,
    note: &'a Note,
    number: &'a str,
    files: &'a BTreeSet<String>,
}

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let phases: Vec<Phase<'_>> =
        context.notes.iter().flat_map(|note| phases(context, note)).collect();
    for (at, one) in phases.iter().enumerate() {
        for other in &phases[at + 1..] {
            if one.plan != other.plan || !is_beside(one.number, other.number) {
                continue;
            }
            let shared = one.files.iter().find(|file| other.files.iter().any(|it| meets(file, it)));
            if let Some(file) = shared {
                let message = format!(
                    "phases {} and {} run side by side and share '{file}'",
                    one.number, other.number
                );
                found.push(Found::in_file(&other.note.path, message));
            }
        }
    }
}

fn phases<'a>(context: &Context<'_>, note: &'a Note) -> Vec<Phase<'a>> {
    let plan = match note.kind {
        "plan" => note.path.clone(),
        _ => plan_of(context, note).map_or_else(|| note.path.parent(), |page| page.path.clone()),
    };
    let phase = |(number, files): &'a (String, BTreeSet<String>)| Phase {
        plan: plan.clone(),
        note,
        number,
        files,
    };
    note.files.iter().map(phase).collect()
}

/// `2a` and `2b` run side by side; a letter is what tells them apart.
fn is_beside(one: &str, other: &str) -> bool {
    let parts = |text: &str| {
        let cut = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        (text[..cut].to_owned(), text[cut..].to_owned())
    };
    let ((number, letter), (other_number, other_letter)) = (parts(one), parts(other));
    number == other_number
        && letter != other_letter
        && !letter.is_empty()
        && !other_letter.is_empty()
}

/// The same file, or a folder or pattern that holds the other.
fn meets(one: &str, other: &str) -> bool {
    let folder = |path: &str| {
        let path = path.trim_end_matches('*');
        path.ends_with('/').then(|| path.to_owned())
    };
    one == other
        || folder(one).is_some_and(|folder| other.starts_with(&folder))
        || folder(other).is_some_and(|folder| one.starts_with(&folder))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_shared_file_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n\u{ab}\u{bb}---\nkind: plan\n---\n# A\n\n| Phase | Files |\n|---|---|\n| 2a | `src/x.rs` |\n| 2b | `src/**` |\n\
             == wiki/b/one.md\n---\nkind: phase-spec\nphase: 1a\nplan: wiki/p.md\n---\n# One\n\n## Files\n\n- `q.rs`\n\
             == wiki/b/two.md\n\u{ab}\u{bb}---\nkind: phase-spec\nphase: 1b\nplan: wiki/p.md\n---\n# Two\n\n## Files\n\n- `q.rs`: all of it\n== wiki/p.md\n---\nkind: plan\n---\n# P\n",
        );
        assert_eq!(messages[0], "phases 2a and 2b run side by side and share 'src/x.rs'");
    }

    #[test]
    fn phases_that_follow_each_other_or_share_nothing_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: plan\n---\n# A\n\n| Phase | Files |\n|---|---|\n| 1 | `src/x.rs` |\n| 2 | `src/x.rs` |\n| 3a | `a/` |\n| 3b | `b/a` |\n\
             == wiki/b.md\n# B\n\n| Phase | Files |\n|---|---|\n| 2a | `x` |\n| 2b | `x` |\n",
        );
    }
}
