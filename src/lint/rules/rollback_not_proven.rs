//! `rollback-not-proven`

use super::outline::{has_code, is_in_use, parts_about, prose, said};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "rollback-not-proven",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a risky change has a rollback that is not detailed, or was not tried",
    why: "Production data and migrations, availability and payments, security and access, deployment infrastructure: \
        where a page speaks of one of them, a sentence about going back is not enough. Below a heading about \
        rollback stand commands, how long they take, how to see that they worked, and that they were tried \
        (forward, back, verified). Pages that declare kind: sop or change are judged; what a page says it does not \
        touch is no trigger, and \"forward-fix only\" stands for the whole.",
    repair: "write the commands, the time they take, the check, and where and when they were tried",
    fixes: false,
    check: Check::Page(check),
};

/// Words that make a change risky.
static TRIGGER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:production (?:data|database)|schema (?:change|migration)|data migration|migrat(?:e|es|ion|ions)|backfill|alter table|payments?|checkout|critical (?:flow|journey|path)|downtime|failover|IAM|security groups?|firewall|access (?:rights?|control)|permissions?|credentials? rotation|rotate (?:the )?(?:key|secret|credential|certificate)s?|terraform (?:apply|destroy)|helm (?:upgrade|install)|kubectl (?:apply|delete|drain|scale)|load balancers?|DNS records?|ingress|deployment (?:infrastructure|pipeline))\b",
    )
});
static NEGATED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:no|not|never|without|neither|nor|n't)\b[^.|]{0,40}$"));
static FORWARD: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)forward[ -]?(?:fix|only)"));
static TIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\d+|one|two|three|five|ten|a few|an?|takes?)[ -]*(?:s|sec\w*|min\w*|h|hours?|days?|minutes?)\b",
    )
});
static VERIFIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bverif|\bcheck|\bworked|\bmust (?:show|print|fail|be|give|return)|\bexpect|\bshows?\b|\bprints?\b",
    )
});
static TRIED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\btried\b|\btested\b|\brehears|\bdrill|\bexercised|\bpractised|\bproven\b|\bdry[ -]run",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["sop", "change"]) {
        return;
    }
    let text = prose(subject);
    let Some(trigger) = trigger(&text).filter(|_| !FORWARD.is_match(&text)) else { return };
    // Where nothing is said of going back, another rule speaks.
    let mut rollback = parts_about(subject, &["rollback", "roll back", "backout", "back out"]);
    rollback.retain(|part| said(subject, part.body).chars().any(char::is_alphanumeric));
    let Some(first) = rollback.first() else { return };
    let said: String = rollback.iter().map(|part| said(subject, part.body)).collect();
    let has_steps = rollback.iter().any(|part| has_code(subject, part.body));
    let mut lacks = Vec::new();
    lacks.extend((!has_steps).then_some("commands"));
    lacks.extend((!TIME.is_match(&said)).then_some("how long it takes"));
    lacks.extend((!VERIFIED.is_match(&said)).then_some("how to see that it worked"));
    lacks.extend((!TRIED.is_match(&said)).then_some("that it was tried"));
    if !lacks.is_empty() {
        let name = &first.section.heading;
        let message =
            format!("'{name}' lacks {}, and the page speaks of '{trigger}'", lacks.join(", "));
        let here = subject.found(subject.heading_span(first.section), message);
        found.push(here.known_by(format!("{name}: {}", lacks.join(", "))));
    }
}

fn trigger(text: &str) -> Option<&str> {
    let is_meant = |hit: &regex::Match<'_>| {
        let from = text[..hit.start()].rfind("\n\n").unwrap_or(0);
        !NEGATED.is_match(&text[from..hit.start()])
    };
    TRIGGER.find_iter(text).find(is_meant).map(|hit| hit.as_str())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_risky_change_that_was_never_taken_back_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\nThe migration adds a column.\n\n\u{ab}## Rollback\u{bb}\n\nRestore it from the copy.\n\
             == wiki/b.md\n---\nkind: sop\n---\n# B\n\nRun `terraform apply`.\n\n## Gate 4: PR\n\n\u{ab}### Rollback\u{bb}\n\n`terraform apply old`, which takes 5 minutes. The plan shows no change.\n",
        );
        assert_eq!(
            messages[0],
            "'Rollback' lacks commands, how long it takes, how to see that it worked, that it was tried, and the page speaks of 'migration'"
        );
        assert_eq!(
            messages[1],
            "'Rollback' lacks that it was tried, and the page speaks of 'terraform apply'"
        );
    }

    #[test]
    fn proven_forward_only_and_harmless_changes_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: change\n---\n# A\n\nThe migration.\n\n## Rollback\n\n`undo it`, 5 minutes; check with `show it`. Tested on staging on 2026-10-02: forward, back, verified.\n\
             == wiki/b.md\n---\nkind: change\n---\n# B\n\nThe migration.\n\n## Rollback\n\nNo rollback: forward-fix only, because rows are gone.\n\
             == wiki/c.md\n---\nkind: change\n---\n# C\n\nIt touches no payments and no production data.\n\n## Rollback\n\nRevert.\n\
             == wiki/d.md\n# D\n\nThe migration.\n\n## Rollback\n\nx\n",
        );
    }
}
