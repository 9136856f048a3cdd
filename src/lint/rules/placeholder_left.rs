//! `placeholder-left`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "placeholder-left",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a TODO or a template's placeholder was left in the text",
    why: "Somebody meant to write this and did not. Found are `TODO:` and the like, a line or a cell that is \
        nothing else, `TBD`, `<your …>`, `[insert …]` and lorem ipsum. Text that speaks about TODOs, code, \
        comments and drafts are left alone.",
    repair: "write what is missing, or say where it is tracked",
    fixes: false,
    check: Check::Page(check),
};

/// Words of people who mean to come back. Few pages hold any, and one pass
/// over the text finds out.
static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern("TODO|FIXME|TBD|TBA|orem ipsum dolor"));

static LEFT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?-u:\b)((?:TODO|FIXME|TBD)(?:\([^)\n]*\))?:)|^[\s>*+#|-]*(?:\d+\.\s+)?(?:\*\*|_)?(TODO|FIXME|TBD|TBA)(?:\*\*|_)?[.!\s|]*$|\|\s*(TODO|TBD|TBA)\s*\|",
    )
});

/// `<your …>` and `[insert …]`, but no link's text.
static INSERT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(<(?:insert|fill in|your) [^>\n]{2,60}>)|(\[(?:insert|fill in|your) [^\]\n]{2,60}\])(?:[^(\[]|$)",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.facts.draft {
        return;
    }
    let text = subject.visible();
    if may_insert(text) {
        report(subject, &INSERT, found);
    }
    if !WORDS.is_match(text) {
        return;
    }
    report(subject, &LEFT, found);
    for (start, part) in text.match_indices("orem ipsum dolor") {
        let span = span_of(start - usize::from(start > 0), start + part.len());
        found.push(subject.found(span, "'lorem ipsum' was left in"));
    }
}

/// True if `<` or `[` stands before one of the words: most pages hold none.
fn may_insert(text: &str) -> bool {
    let starts = |rest: &[u8], word: &str| {
        rest.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word.as_bytes()))
    };
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'<', b'[', bytes).any(|at| {
        ["insert ", "fill in ", "your "].iter().any(|word| starts(&bytes[at + 1..], word))
    })
}

fn report(subject: &Subject<'_>, pattern: &Regex, found: &mut Vec<Found>) {
    for hit in pattern.captures_iter(subject.visible()) {
        let Some(part) = hit.iter().skip(1).flatten().next() else { continue };
        let message = format!("'{}' was left in", part.as_str().trim_end_matches(':'));
        found.push(subject.found(span_of(part.start(), part.end()), message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn what_somebody_meant_to_write_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}TODO:\u{bb} write this\n\n- \u{ab}TBD\u{bb}\n\n| a | b |\n|---|---|\n| x | \u{ab}TODO\u{bb} |\n\n\
             Call \u{ab}<your team's number>\u{bb} or \u{ab}[insert name]\u{bb}.\n\nSee \u{ab}TODO(ada):\u{bb} numbers\n",
        );
    }

    #[test]
    fn speaking_of_todos_is_not_leaving_one() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\nKeep no TODO list here. A todo: none. [your page](b.md) `TODO: x`\n\n```\nTODO: x\n```\n\
             <!-- TODO: x -->\n== wiki/b.md\n---\nstatus: draft\n---\n# B\n\nTODO: x\n",
        );
    }
}
