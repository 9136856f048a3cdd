//! `rollback-not-proven`

use super::key_place::of_key;
use super::outline::{body, has_code, is_in_use, parts_about, prose, said};
use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "rollback-not-proven",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a risky change has a rollback that is not detailed, or was not tried",
    why: "Production data and migrations, availability and payments, security and access, deployment infrastructure: \
        where a page speaks of one of them, a sentence about going back is not enough. What is said of the \
        rollback holds commands, how long they take, how to see that they worked, and that they were tried \
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
static BACK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\broll(?:ed|ing)?[ -]?back|back(?:ed)?[ -]?out\b"));
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
    let Some(way) = way_back(subject) else { return };
    let mut lacks = Vec::new();
    lacks.extend((!way.has_steps).then_some("commands"));
    lacks.extend((!TIME.is_match(&way.text)).then_some("how long it takes"));
    lacks.extend((!VERIFIED.is_match(&way.text)).then_some("how to see that it worked"));
    lacks.extend((!TRIED.is_match(&way.text)).then_some("that it was tried"));
    if !lacks.is_empty() {
        let lacks = lacks.join(", ");
        let message = format!("the rollback lacks {lacks}, and the page speaks of '{trigger}'");
        let here = match way.heading {
            Some(heading) => subject.found(heading, message),
            None => of_key(subject, "kind", message),
        };
        found.push(here.known_by(lacks));
    }
}

/// What a page says of going back.
struct WayBack {
    /// The first heading that is called so, if one is.
    heading: Option<Span>,
    text: String,
    has_steps: bool,
}

/// Parts that are called so, or paragraphs that speak of it, each with the
/// block that follows.
fn way_back(subject: &Subject<'_>) -> Option<WayBack> {
    let says = |text: &str| text.chars().any(char::is_alphanumeric);
    let mut parts = parts_about(subject, &["rollback", "roll back", "backout", "back out"]);
    parts.retain(|part| says(&said(subject, part.body)));
    let heading = parts.first().map(|part| subject.heading_span(part.section));
    let spans: Vec<Span> = match heading {
        Some(_) => parts.iter().map(|part| part.body).collect(),
        None => paragraphs(subject),
    };
    let text: String = spans.iter().map(|span| said(subject, *span) + "\n").collect();
    let has_steps = spans.iter().any(|span| has_code(subject, *span));
    (!spans.is_empty()).then_some(WayBack { heading, text, has_steps })
}

fn paragraphs(subject: &Subject<'_>) -> Vec<Span> {
    let whole = body(subject);
    let text = said(subject, whole);
    let mut spans = Vec::new();
    let mut at = whole.start as usize;
    let mut is_open = false;
    for block in text.split_inclusive("\n\n") {
        let speaks = BACK.is_match(block);
        if speaks || (is_open && block.trim_start().starts_with("```")) {
            spans.push(span_of(at, at + block.len()));
        }
        is_open = speaks;
        at += block.len();
    }
    spans
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
            "== wiki/c.md\n---\n\u{ab}kind: change\u{bb}\n---\n# C\n\nThe migration. Rollback by `undo`, 5 min, then check.\n\
             == wiki/a.md\n---\nkind: change\n---\n# A\n\nThe migration adds a column.\n\n\u{ab}## Rollback\u{bb}\n\nRestore it from the copy.\n\
             == wiki/b.md\n---\nkind: sop\n---\n# B\n\nRun `terraform apply`.\n\n## Gate 4: PR\n\n\u{ab}### Rollback\u{bb}\n\n`terraform apply old`, which takes 5 minutes. The plan shows no change.\n",
        );
        assert_eq!(
            messages[0],
            "the rollback lacks commands, how long it takes, how to see that it worked, that it was tried, and the page speaks of 'migration'"
        );
        assert_eq!(
            messages[1],
            "the rollback lacks that it was tried, and the page speaks of 'terraform apply'"
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
