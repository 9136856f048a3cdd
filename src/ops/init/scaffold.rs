//! The files that a fresh memory begins with.
//!
//! Templates and the skill are this repository's own, taken in when prode is
//! built, so that there is one source. What has no counterpart there stands
//! in `scaffold/`.

use super::starter;
use crate::ops::OpError;

/// Which files are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Starter {
    /// Everything.
    Full,
    /// Pages and their templates.
    Wiki,
    /// A log of decisions.
    Adr,
}

/// Names of starters, as `--from` takes them.
pub const STARTERS: &[(&str, Starter)] =
    &[("full", Starter::Full), ("wiki", Starter::Wiki), ("adr", Starter::Adr)];

/// Files taken in as they are, by name.
pub(in crate::ops) type Files = &'static [(&'static str, &'static str)];

macro_rules! own {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../", $folder, "/", $name)))),*]
    };
}

/// Every template.
#[rustfmt::skip]
pub(in crate::ops) const TEMPLATES: Files = own!("templates":
    "adr-madr-minimal.md", "adr-madr.md", "adr-nygard.md", "change.md", "glossary.md", "guide.md",
    "handoff.md", "index.md", "learning.md", "model-selection.md", "pattern.md",
    "phase-prompts.md", "phase-spec.md", "plan.md", "policy.md", "postmortem.md",
    "pr-description.md", "prompt.md", "readiness-review.md", "reference-implementation.md",
    "reference.md", "rfc.md", "role.md", "runbook.md", "service.md", "skill.md", "slo.md",
    "sop.md", "stop-rules.md", "work-notes.md",
);

/// The skill that works a ticket.
#[rustfmt::skip]
pub(super) const SKILL: Files = own!("skills/prode-triage":
    "SKILL.md",
    "assets/evidence-bundle.json", "assets/handoff.md",
    "references/evidence.md", "references/queries.md", "references/role-cloud.md",
    "references/role-code-path.md", "references/role-database.md",
    "references/role-error-tracking.md", "references/role-final-review.md",
    "references/role-release.md", "references/role-reproduction.md",
    "references/role-support.md", "references/role-vendor-status.md",
    "references/specialists.md",
);

/// The settings of a fresh memory.
pub(super) const SETTINGS: &str = include_str!("scaffold/prode.yaml");

/// The block that tells agents of the memory.
pub(super) const AGENTS: &str = include_str!("scaffold/agents.md");

const DECISION: &str = include_str!("scaffold/first-decision.md");

/// Files beside pages; none of them is a page.
#[rustfmt::skip]
const AROUND: Files = &[
    ("CODEOWNERS",                   include_str!("scaffold/CODEOWNERS")),
    (".github/workflows/prode.yml",  include_str!("scaffold/workflow.yml")),
    (".pre-commit-config.yaml",      include_str!("scaffold/pre-commit.yaml")),
    ("wiki/routes.yaml",             include_str!("scaffold/routes.yaml")),
];

/// The files of a starter, without settings: where they go and what they hold.
pub(super) fn files(starter: Starter, date: &str) -> Result<Vec<(String, String)>, OpError> {
    let mut files = Vec::new();
    if starter != Starter::Adr {
        files.push(("wiki/index.md".to_owned(), starter::index(template("index.md"))?));
        let runbook = starter::runbook(template("runbook.md"))?;
        files.push(("wiki/runbooks/alert-without-runbook.md".to_owned(), runbook));
    }
    if starter != Starter::Wiki {
        let decision = starter::decision(DECISION, date)?;
        files.push(("adr/0001-runbooks-and-decisions-live-here.md".to_owned(), decision));
    }
    let owned =
        |folder: &str, (name, text): &(&str, &str)| (format!("{folder}{name}"), (*text).to_owned());
    let templates =
        TEMPLATES.iter().filter(|(name, _)| starter != Starter::Adr || *name == "adr-madr.md");
    files.extend(templates.map(|file| owned("templates/", file)));
    if starter == Starter::Full {
        files.extend(SKILL.iter().map(|file| owned("skills/prode-triage/", file)));
        files.extend(AROUND.iter().map(|file| owned("", file)));
    }
    Ok(files)
}

fn template(name: &str) -> &'static str {
    TEMPLATES.iter().find(|(known, _)| *known == name).map_or("", |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of the files below a folder of this repository.
    fn below(folder: &str) -> Vec<String> {
        let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let files = walkdir::WalkDir::new(&top).into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        let mut names: Vec<String> = files
            .map(|entry| entry.path().strip_prefix(&top).unwrap().display().to_string())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn every_template_and_every_file_of_the_skill_is_taken_in() {
        for (folder, files) in [("templates", TEMPLATES), ("skills/prode-triage", SKILL)] {
            let mut taken: Vec<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
            taken.sort();
            assert_eq!(taken, below(folder));
        }
    }

    #[test]
    fn no_starter_leaves_a_placeholder_or_a_name_twice() {
        for (_, starter) in STARTERS {
            let files = files(*starter, "2026-11-20").unwrap();
            for (path, text) in &files {
                let is_page = path.starts_with("wiki/") || path.starts_with("adr/");
                assert!(!is_page || !text.contains("{{"), "{path}");
                assert_eq!(files.iter().filter(|(other, _)| other == path).count(), 1, "{path}");
            }
        }
    }

    #[test]
    fn no_file_of_the_skill_names_one_outside_of_it() {
        for (name, text) in SKILL {
            let depth = name.matches('/').count();
            assert!(!text.contains(&format!("({}", "../".repeat(depth + 1))), "{name}");
        }
    }
}
