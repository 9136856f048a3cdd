//! `irreversible-step`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "irreversible-step",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a step that cannot be undone does not ask for approval",
    why: "Dropping, destroying and force-pushing are one paste away from the reader. In runbooks, \
        procedures and changes, the section that holds such a command must say that it is \
        irreversible, or ask for an approval or a backup. Commands that only show, such as a \
        dry run, are left alone.",
    repair: "say in the section what is lost, and who approves it first",
    fixes: false,
    check: Check::Page(check),
};

static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^[^\n#]*?(\bterraform\s+destroy\b|\bterraform\s+apply\b[^\n]*-auto-approve|\bdrop\s+(?:table|database|schema|column)\b|\btruncate\s+table\b|\bkubectl\s+delete\s+(?:ns|namespaces?|pv|pvc|persistentvolume\w*|crd\w*)\b|\bgit\s+push\b[^\n]*(?:--force\b|\s-f\b)|\brm\s+-(?:rf|fr)\s+/\S*|\baws\s+s3\s+rb\b|\baws\s+rds\s+delete-\S+|\bdropdb\b|\bmkfs\b)[^\n]*",
    )
});
/// Words of a section that asks before something is lost.
pub(super) static ASKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)approv|irreversibl|cannot be undone|can't be undone|data loss|lose|last resort|back ?up|snapshot|confirm|destructive|careful|warning|caution",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let is_followed = matches!(subject.facts.kind.as_str(), "runbook" | "sop" | "change");
    if !is_followed || subject.facts.archived {
        return;
    }
    for &code in &subject.document.code {
        for hit in COMMAND.captures_iter(subject.slice(code)) {
            let (Some(line), Some(command)) = (hit.get(0), hit.get(1)) else { continue };
            let start = code.start as usize + command.start();
            let is_safe =
                ["dry-run", "--force-with-lease"].iter().any(|it| line.as_str().contains(it));
            if is_safe || section_says(subject, code.start, &ASKED) {
                continue;
            }
            let span = span_of(start, start + command.len());
            let message =
                format!("'{}' cannot be undone, and nothing asks first", command.as_str());
            found.push(subject.found(span, message));
        }
    }
}

/// True if a line of code holds a command that cannot be undone.
pub(super) fn is_irreversible(line: &str) -> bool {
    COMMAND.is_match(line)
}

/// True if the section that holds the offset says so.
pub(super) fn section_says(subject: &Subject<'_>, at: u32, words: &Regex) -> bool {
    let mut sections = subject.document.sections.iter();
    let section = sections.find(|section| (section.span.start..section.span.end).contains(&at));
    section.is_some_and(|section| words.is_match(subject.slice(section.span)))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_command_that_cannot_be_undone_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/runbooks/a.md\n# A\n\n```sh\npsql -c '\u{ab}drop table\u{bb} jobs'\n\u{ab}terraform destroy\u{bb} -target x\n```\n\nOr `\u{ab}kubectl delete pvc\u{bb} data-0`.\n",
        );
        assert_eq!(messages[0], "'drop table' cannot be undone, and nothing asks first");
    }

    #[test]
    fn what_asks_first_or_only_shows_is_left_alone() {
        marked(
            &RULE,
            "== wiki/runbooks/a.md\n# A\n\n## Last resort\n\nAsk @dba for approval, then:\n\n    drop table jobs\n\n## Look\n\n\
             ```\nkubectl delete pvc x --dry-run=client\nkubectl delete pod y\n# terraform destroy\ngit push --force-with-lease\n```\n\
             == wiki/guide.md\n# G\n\n`terraform destroy`\n",
        );
    }
}
