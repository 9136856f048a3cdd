//! `destructive-step-unmarked`

use super::irreversible_step::{ASKED, section_says};
use super::outline::is_in_use;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "destructive-step-unmarked",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a step that deletes something is not marked as destructive",
    why: "Deleting reads like any other line. In pages that declare kind: change or sop, the section that holds such \
        a command says that it deletes, destroys, overwrites or loses something, or asks first. What cannot be \
        undone at all is `irreversible-step`'s; commands that only show, and rollback sections, are left alone.",
    repair: "begin the step with Destructive, and say what goes",
    fixes: false,
    check: Check::Page(check),
};

static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^[^\n#]*?(\bkubectl\s+delete\b|\bdelete\s+from\b|\brm\s+-\w*[rf]\w*\b|\bhelm\s+(?:uninstall|delete)\b|\bterraform\s+state\s+rm\b|\bgit\s+(?:reset\s+--hard|clean\s+-\w*f|branch\s+-D)\b|\bdocker\s+(?:system\s+prune|volume\s+rm)\b|\bflush(?:all|db)\b|\baws\s+\S+\s+(?:delete|terminate)-\S+|\baws\s+s3\s+rm\b|\bgcloud\b[^\n]*\sdelete\b|\bxfs_repair\s+-L\b|\bdd\s+if=)[^\n]*",
    )
});
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bdestr|\bdelet(?:es|ing|ion)|\bremoves?\b|\boverwr|\bgone\b|\bloses\b")
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change", "sop"]) {
        return;
    }
    for &code in &subject.document.code {
        for hit in COMMAND.captures_iter(subject.slice(code)) {
            let (Some(line), Some(command)) = (hit.get(0), hit.get(1)) else { continue };
            let start = code.start as usize + command.start();
            let is_marked = section_says(subject, code.start, &MARKED)
                || section_says(subject, code.start, &ASKED)
                || section_says(subject, code.start, &ROLLBACK);
            // A `#` behind the command marks it too.
            let is_said = line.as_str().contains("dry-run") || line.as_str().contains("# destr");
            if is_marked || is_said || super::irreversible_step::is_irreversible(line.as_str()) {
                continue;
            }
            let message = format!("nothing says that '{}' is destructive", command.as_str());
            found.push(subject.found(span_of(start, start + command.len()), message));
        }
    }
}

static ROLLBACK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?im)^#+\s.*roll ?back"));

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_deletion_that_reads_like_any_line_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Action\n\n```sh\n\u{ab}kubectl delete\u{bb} job x\n```\n",
        );
        assert_eq!(messages, ["nothing says that 'kubectl delete' is destructive"]);
    }

    #[test]
    fn marked_steps_rollbacks_and_other_kinds_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Action\n\n**Destructive**: the job goes.\n\n    kubectl delete job x\n\n## Look\n\n`kubectl delete job x --dry-run=client`\n\n## Rollback\n\n`kubectl delete job y`\n\
             == wiki/b.md\n# B\n\n`kubectl delete job x`\n",
        );
    }
}
