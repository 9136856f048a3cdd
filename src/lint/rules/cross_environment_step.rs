//! `cross-environment-step`

use super::outline::is_in_use;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "cross-environment-step",
    family: Family::Change,
    level: Severity::Warning,
    summary: "one command touches two environments, and nothing marks it",
    why: "A command that reads from production and writes to staging writes to production with two words exchanged. \
        In pages that declare kind: change or sop, a line of code that names two environments stands in a section \
        that says so: across or between environments, from one to the other. Comments in code are left alone.",
    repair: "say in the section which environment is read and which is written",
    fixes: false,
    check: Check::Page(check),
};

const ENVIRONMENTS: &[(&str, &[&str])] = &[
    ("production", &["prod", "production", "prd", "live"]),
    ("staging", &["staging", "stage", "stg", "preprod"]),
    ("test", &["qa", "uat"]),
    ("development", &["dev", "development", "sandbox"]),
];
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)cross[- ]environment|(?:across|between|both|two) (?:\w+ )?environments|from (?:the )?(?:prod\w*|staging|stage|dev\w*|qa|uat|live)\b[^.]{0,40}\b(?:in)?to (?:the )?(?:prod\w*|staging|stage|dev\w*|qa|uat|live)\b",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change", "sop"]) {
        return;
    }
    for &code in &subject.document.code {
        let mut at = code.start as usize;
        for line in subject.slice(code).split_inclusive('\n') {
            let start = at + line.len() - line.trim_start().len();
            at += line.len();
            let named = named(line);
            let [first, second, ..] = named.as_slice() else { continue };
            if line.trim_start().starts_with('#') || is_marked(subject, code.start) {
                continue;
            }
            let span = span_of(start, start + line.trim().len());
            let message = format!("one command touches {first} and {second}");
            found.push(subject.found(span, message));
        }
    }
}

/// True if the text of the section that holds the offset says so; code does not.
fn is_marked(subject: &Subject<'_>, at: u32) -> bool {
    let mut sections = subject.document.sections.iter();
    let section = sections.find(|section| (section.span.start..section.span.end).contains(&at));
    section.is_some_and(|section| {
        let range = section.span.start as usize..section.span.end as usize;
        SAID.is_match(&subject.visible()[range])
    })
}

/// Environments that a line names as a word of its own, `db-prod` too.
fn named(line: &str) -> Vec<&'static str> {
    let line = line.to_lowercase();
    let words: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).collect();
    // A device is no environment.
    let is_word = |word: &&&str| words.contains(*word) && !line.contains(&format!("/{word}/"));
    let names = ENVIRONMENTS.iter().filter(|(_, names)| names.iter().any(|it| is_word(&it)));
    names.map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn two_environments_in_one_command_are_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Action\n\n```sh\n\u{ab}pg_dump -h db-prod x | psql -h db-staging x\u{bb}\n```\n",
        );
        assert_eq!(messages, ["one command touches production and staging"]);
    }

    #[test]
    fn one_environment_and_marked_sections_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Action\n\n`x --env prod > /dev/null`\n\n## Copy\n\nFrom production to staging:\n\n    pg_dump -h db-prod | psql -h db-staging\n\
             == wiki/b.md\n# B\n\n`x prod staging`\n",
        );
    }
}
