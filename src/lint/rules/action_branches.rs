//! `action-branches`

use super::outline::{is_in_use, parts_about};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "action-branches",
    family: Family::Change,
    level: Severity::Warning,
    summary: "the action of a change leaves a choice",
    why: "Two people who follow it do two things, and only one was reviewed. Below a heading about the action, \
        the steps or the implementation an \"or\", \"either\" or \"alternatively\" in the text is found; in code, behind if, when, unless, until \
        and whether, and in phrases such as \"or more\" it is left alone. Pages that declare kind: change are judged.",
    repair: "choose one, or write two changes",
    fixes: false,
    check: Check::Page(check),
};

const ACTION: &[&str] = &["action", "implementation", "steps", "execution", "procedure"];
static BRANCH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:or|either|alternatively|otherwise|and/or)\b"));
static PHRASE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^or (?:more|less|so|later|earlier|newer|older|higher|lower|above|below|greater|better|longer|equal|not)\b",
    )
});
static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:if|when|whenever|unless|until|whether|without|with or|no|not|never|stop)\b")
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["change"]) {
        return;
    }
    for part in parts_about(subject, ACTION) {
        let text = &subject.visible()[part.body.start as usize..part.body.end as usize];
        for hit in BRANCH.find_iter(text) {
            let from = text[..hit.start()].rfind(['.', '\n', ';', '|']).map_or(0, |at| at + 1);
            let is_quoted = text[from..hit.start()].matches('"').count() % 2 == 1;
            let is_phrase = PHRASE.is_match(&text[hit.start()..]);
            if is_phrase || is_quoted || CONDITION.is_match(&text[from..hit.start()]) {
                continue;
            }
            let start = part.body.start as usize + hit.start();
            let span = span_of(start, start + hit.len());
            found.push(subject.found(span, format!("'{}' leaves a choice", hit.as_str())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_choice_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Action\n\nRestart the pod \u{ab}or\u{bb} the node. \u{ab}Alternatively\u{bb} wait.\n",
        );
    }

    #[test]
    fn conditions_phrases_quotes_code_and_other_parts_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\n## Action\n\nOne action, without \"or\". Stop if x or y. Scale to 3 or more: `a or b`.\n\n## Rollback\n\nThis or that.\n\
             == wiki/b.md\n# B\n\n## Action\n\nThis or that.\n",
        );
    }
}
