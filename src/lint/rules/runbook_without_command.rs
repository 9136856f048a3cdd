//! `runbook-without-command`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "runbook-without-command",
    family: Family::Runbook,
    level: Severity::Warning,
    summary: "a runbook holds nothing to run, to open or to call",
    why: "At 3 am a page of prose is read twice and acted on once. A command, an expression in \
        code, a link, a person or a channel is enough: pages are judged by what they hold, not \
        by their headings.",
    repair: "add the commands, the dashboard and whom to call",
    fixes: false,
    check: Check::Page(check),
};

static CONTACT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s(])[@#][a-z][\w/-]{2,}|\b[\w.+-]+@[\w-]+\.\w+"));

/// A command in plain quotes, where the sentence says that it is one.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)\b(?:commands?|run|execute|type|query)\b[^."\u{201c}\n]{0,40}["\u{201c}][^"\u{201d}\n]{2,}["\u{201d}]"#,
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let stem = subject.page.path.file_stem().to_lowercase();
    let is_front = matches!(stem.as_str(), "index" | "_index" | "readme");
    if subject.facts.kind != "runbook" || is_front || subject.facts.archived || subject.facts.draft
    {
        return;
    }
    let document = &subject.document;
    let holds = !document.code.is_empty()
        || !document.links.is_empty()
        // Site generators write links that Markdown does not read.
        || subject.visible().contains("](")
        || CONTACT.is_match(subject.visible())
        || QUOTED.is_match(subject.visible());
    if !holds {
        found.push(subject.found_in_file("it holds no command, no link and nobody to call"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn prose_alone_is_found() {
        marked(
            &RULE,
            "== wiki/runbooks/a.md\n\u{ab}\u{bb}# A\n\nThink about the queue, then restart it.\n\
             == wiki/runbooks/b.md\n# B\n\n    systemctl restart q\n== wiki/runbooks/c.md\n# C\n\nSee `up > 0`.\n== wiki/runbooks/f.md\n# F\n\nSee [g]({{< ref \"g.md\" >}})\n\
             == wiki/runbooks/g.md\n# G\n\nThe command \"ceph health\" says more.\n\
             == wiki/runbooks/h.md\n\u{ab}\u{bb}# H\n\nIt was called \"the run\" once.\n\
             == wiki/runbooks/d.md\n# D\n\nCall @payments.\n== wiki/e.md\n# E\n\nProse.\n",
        );
    }
}
