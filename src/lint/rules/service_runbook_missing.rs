//! `service-runbook-missing`

use super::key_place::of_key;
use super::outline::{body, has_link, is_in_use, parts_about, said};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "service-runbook-missing",
    family: Family::Runbook,
    level: Severity::Warning,
    summary: "a service's page leads to no runbook for one of five usual faults",
    why: "Restart, failover, a full or cold cache, a dependency that is away, a certificate that runs out: somebody \
        will look for each at night. Each is named on a line with a link, or with n/a. Pages that declare kind: \
        service are judged, by the lines below a heading about runbooks or else by all of them.",
    repair: "link the runbook, or write n/a and why",
    fixes: false,
    check: Check::Page(check),
};

/// A fault, and words by which a line names it.
const FAULTS: &[(&str, &[&str])] = &[
    ("restart", &["restart", "reboot"]),
    ("failover", &["failover", "fail over", "fail-over"]),
    ("cache", &["cache"]),
    ("a dependency that fails", &["dependenc", "upstream"]),
    ("certificate", &["certificate", "certs", " cert ", "tls "]),
];

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["service"]) {
        return;
    }
    let part = parts_about(subject, &["runbook"]).into_iter().next();
    let lines = lines(subject, part.as_ref().map_or_else(|| body(subject), |part| part.body));
    for (fault, words) in FAULTS {
        let names = |line: &&Line| words.iter().any(|word| line.text.contains(word));
        let named: Vec<&Line> = lines.iter().filter(names).collect();
        if named.iter().any(|line| line.answers) {
            continue;
        }
        found.push(match (named.first(), &part) {
            (Some(line), _) => {
                subject.found(line.span, format!("{fault}: neither a runbook nor n/a"))
            }
            (None, Some(part)) => {
                let message = format!("no line for {fault}");
                subject.found(subject.heading_span(part.section), message)
            }
            (None, None) => of_key(subject, "kind", format!("it names no runbook for {fault}")),
        });
    }
}

struct Line {
    /// In lower case.
    text: String,
    span: Span,
    /// True if it links to something, or says that nothing is needed.
    answers: bool,
}

static NOT_NEEDED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bn/?a\b|not applicable|\bnone\b|does not apply"));

fn lines(subject: &Subject<'_>, within: Span) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = within.start as usize;
    for line in said(subject, within).split_inclusive('\n') {
        let span = span_of(at, at + line.trim_end().len());
        let is_heading = line.starts_with('#');
        if !is_heading && !line.trim().is_empty() {
            let answers = has_link(subject, span)
                || line.contains(".md")
                || line.contains("http")
                || NOT_NEEDED.is_match(line);
            lines.push(Line { text: line.to_lowercase(), span, answers });
        }
        at += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_fault_without_runbook_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: service\n---\n# A\n\n\u{ab}## Runbooks\u{bb}\n\n| For | Runbook |\n|---|---|\n| restart | [r](r.md) |\n\u{ab}| failover | soon |\u{bb}\n| cache | n/a |\n| a dependency fails | N/A: it has none |\n",
        );
        assert_eq!(messages, ["no line for certificate", "failover: neither a runbook nor n/a"]);
    }

    #[test]
    fn lists_and_other_kinds_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: service\n---\n# A\n\n- Restart and failover: [r](r.md)\n- Upstream away: `wiki/up.md`\n- TLS and cache: not applicable\n\
             == wiki/b.md\n# B\n\n## Runbooks\n\nNone.\n",
        );
    }
}
