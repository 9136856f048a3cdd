//! `changelog-behind`

use jiff::civil::Date;

use super::outline::is_in_use;
use super::prelude::*;
use crate::document::read_date;
use crate::lint::changelog::changelog;

pub(super) static RULE: Rule = Rule {
    id: "changelog-behind",
    family: Family::Work,
    level: Severity::Warning,
    summary: "a prompt's changelog is older than its body",
    why: "Whoever uses a prompt looks there for what changed. The newest day below a heading that is called changelog is \
        that of the last change of the other text, as Git has it, with two days of grace; nor is it older than the \
        keys updated, modified or date, and the page's `version` stands there too. Pages that declare kind: prompt \
        are judged; one without such a heading is left alone, as is history that was cut off.",
    repair: "add a line to the changelog: the day, and what changed",
    fixes: false,
    check: Check::Page(check),
};

const KEYS: &[&str] = &["updated", "modified", "date"];

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["prompt"]) {
        return;
    }
    let (path, front) = (&subject.page.path, &subject.page.front);
    let Some(log) = changelog(path, subject.text.as_str().as_bytes()) else { return };
    let mut report = |message: String| found.push(subject.found(log.heading, message));
    let stated: Option<Date> =
        KEYS.iter().find_map(|key| front.text(key).as_deref().and_then(read_date));
    let earlier = context.inputs.earlier.iter().find(|(of, _)| of == path);
    let was = earlier.and_then(|(_, bytes)| changelog(path, bytes));
    match (log.newest, stated) {
        (Some(newest), Some(stated)) if newest < stated => {
            report(format!("its newest entry is of {newest}, and the page of {stated}"));
        }
        (Some(newest), _) if was.is_some_and(|was| was.body != log.body) => {
            report(format!("its newest entry is of {newest}, and the text changed after it"));
        }
        _ => {}
    }
    let version = front.text("version").filter(|it| !log.entries.contains(it.as_str()));
    if let Some(version) = version {
        report(format!("it has no entry for version {version}"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, marked, marked_in};
    use crate::repo_path::RepoPath;

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

    #[test]
    fn a_text_that_changed_after_its_newest_entry_is_found() {
        let page = |text: &str| {
            format!(
                "---\nkind: prompt\n---\n# A\n\n{text}\n\n\u{ab}## Changelog\u{bb}\n\n- 2026-10-02: x\n"
            )
        };
        let plain = |text: &str| page(text).replace(['\u{ab}', '\u{bb}'], "");
        let earlier = |memory: &mut Memory, text: &str| {
            memory.inputs.earlier =
                vec![(RepoPath::new("wiki/a.md").unwrap(), plain(text).into_bytes())];
        };
        let mut memory = Memory::new(&format!("== wiki/a.md\n{}", page("New.")));
        earlier(&mut memory, "Old.");
        let messages = marked_in(&RULE, &memory);
        assert_eq!(messages, ["its newest entry is of 2026-10-02, and the text changed after it"]);
        let mut memory = Memory::new(&format!("== wiki/a.md\n{}", plain("Same.")));
        earlier(&mut memory, "Same.");
        marked_in(&RULE, &memory);
    }
}
