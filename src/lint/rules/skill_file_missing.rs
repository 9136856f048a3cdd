//! `skill-file-missing`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "skill-file-missing",
    family: Family::Skill,
    level: Severity::Error,
    summary: "a skill names a file of its package that is not there",
    why: "The agent opens it when it needs it most. Found are names in code such as \
        `scripts/check.sh` or `references/limits.md`; links have the rule link-broken.",
    repair: "add the file, or take its name away",
    fixes: false,
    check: Check::Page(check),
};

static FILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^`+\s*(?P<path>(?:\./)?(?:scripts|references|assets)/[\w./-]*\w\.\w+)\s*`+$")
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if subject.page.skill.is_none() {
        return;
    }
    for &span in &subject.document.code {
        let Some(named) = FILE.captures(subject.slice(span)) else { continue };
        let path = subject.page.path.parent().join(&named["path"]);
        if path.is_none_or(|path| !(context.exists)(&path)) {
            let message = format!("the package has no '{}'", &named["path"]);
            found.push(subject.found(span, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_file_that_is_not_in_the_package_is_found() {
        marked(
            &RULE,
            "== skills/a/SKILL.md\n---\nname: a\ndescription: d\n---\n# A\n\nRun \u{ab}`scripts/no.sh`\u{bb}, then `scripts/yes.sh`. \
             See `references/`.\n== skills/a/scripts/yes.sh\nx\n== wiki/b.md\n# B\n\n`scripts/no.sh`\n",
        );
    }
}
