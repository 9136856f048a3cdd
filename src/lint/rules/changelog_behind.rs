//! `changelog-behind`

use jiff::civil::Date;

use super::outline::{is_in_use, parts_about, said};
use super::prelude::*;
use crate::document::read_date;

pub(super) static RULE: Rule = Rule {
    id: "changelog-behind",
    family: Family::Work,
    level: Severity::Warning,
    summary: "a prompt's changelog is older than its body",
    why: "Whoever uses a prompt looks there for what changed. The day on which the body changed is that of the keys \
        updated, modified or date; the newest day below a heading that is called changelog is not older, and \
        the page's `version` stands there too. Pages that declare kind: prompt are judged; without these keys or \
        such a heading they are left alone.",
    repair: "add a line to the changelog: the day, and what changed",
    fixes: false,
    check: Check::Page(check),
};

const KEYS: &[&str] = &["updated", "modified", "date"];
static DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\d{4}-\d{2}-\d{2}\b"));

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let front = &subject.page.front;
    if !is_in_use(subject, &["prompt"]) {
        return;
    }
    let Some(part) = parts_about(subject, &["changelog", "change log"]).into_iter().next() else {
        return;
    };
    let text = said(subject, part.body);
    let newest: Option<Date> = DAY.find_iter(&text).filter_map(|day| read_date(day.as_str())).max();
    let here = |message| subject.found(subject.heading_span(part.section), message);
    let changed = KEYS.iter().find_map(|key| front.text(key).as_deref().and_then(read_date));
    if let (Some(newest), Some(changed)) = (newest, changed)
        && newest < changed
    {
        found.push(here(format!("its newest entry is of {newest}, and the page of {changed}")));
    }
    if let Some(version) = front.text("version").filter(|version| !text.contains(version.as_str()))
    {
        found.push(here(format!("it has no entry for version {version}")));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_changelog_that_was_forgotten_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: prompt\nupdated: 2026-10-03\nversion: 1.2\n---\n# A\n\n\u{ab}\u{ab}## Changelog\u{bb}\u{bb}\n\n- 2026-10-02: 1.1\n- 2026-09-02: 1.0\n",
        );
        assert_eq!(messages[0], "it has no entry for version 1.2");
        assert_eq!(messages[1], "its newest entry is of 2026-10-02, and the page of 2026-10-03");
    }

    #[test]
    fn a_changelog_that_keeps_up_is_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: prompt\nupdated: 2026-10-02\nversion: \"1.2\"\n---\n# A\n\n## Changelog\n\n- 2026-10-02: 1.2\n== wiki/b.md\n---\nkind: prompt\nupdated: 2026-10-02\n---\n# B\n\
             == wiki/c.md\n---\ndate: 2026-10-02\n---\n# C\n\n## Changelog\n\n- 2020-01-01: x\n",
        );
    }
}
