//! `prompt-unproven`

use std::collections::HashSet;

use serde_json::Value;

use super::key_place::of_key;
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "prompt-unproven",
    family: Family::Work,
    level: Severity::Warning,
    summary: "a prompt is marked active and was not used often enough, or has no maintainer",
    why: "What worked once for its author is an anecdote. A prompt with status: active lists three uses in `used`, \
        one of them by somebody else than the others, and names its maintainers. Pages that declare kind: prompt \
        and say active are judged; one without a status is left alone.",
    repair: "set status: draft until it is proven, or add the uses: {by, at, ref}",
    fixes: false,
    check: Check::Page(check),
};

const USES: usize = 3;

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let front = &subject.page.front;
    let is = |value: Option<&String>, word: &str| {
        value.is_some_and(|value| value.trim().eq_ignore_ascii_case(word))
    };
    if !is(front.kind.as_ref(), "prompt") || !is(front.status.as_ref(), "active") {
        return;
    }
    let raw = front.raw();
    let uses = raw.get("used").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let people: HashSet<String> = uses.iter().filter_map(by).collect();
    let mut report = |key, message: String| found.push(of_key(subject, key, message));
    if uses.len() < USES {
        report("status", format!("it is active with {} of {USES} uses", uses.len()));
    } else if people.len() < 2 {
        report("used", "nobody but its first user has used it".to_owned());
    }
    if front.list(&["maintainers", "maintainer"]).is_empty() {
        report("status", "it is active and names no maintainers".to_owned());
    }
}

/// Who used it.
fn by(usage: &Value) -> Option<String> {
    let name = usage.get("by").unwrap_or(usage).as_str()?;
    Some(name.trim().trim_start_matches('@').to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_prompt_that_only_its_author_used_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: prompt\n\u{ab}\u{ab}status: active\u{bb}\u{bb}\nused: [{by: ada, at: 2026-10-02}]\n---\n# A\n\
             == wiki/b.md\n---\nkind: prompt\nstatus: active\nmaintainers: [ada]\n\u{ab}used: [{by: ada}, {by: \"@ada\"}, {by: Ada}]\u{bb}\n---\n# B\n",
        );
        assert_eq!(messages[0], "it is active and names no maintainers");
        assert_eq!(messages[1], "it is active with 1 of 3 uses");
        assert_eq!(messages[2], "nobody but its first user has used it");
    }

    #[test]
    fn proven_prompts_and_drafts_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: prompt\nstatus: active\nmaintainers: [ada]\nused: [{by: ada}, {by: bob}, {by: ada}]\n---\n# A\n\
             == wiki/b.md\n---\nkind: prompt\nstatus: draft\nused: []\n---\n# B\n== wiki/c.md\n---\nstatus: active\n---\n# C\n",
        );
    }
}
