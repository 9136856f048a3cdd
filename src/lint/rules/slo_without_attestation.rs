//! `slo-without-attestation`

use super::key_place::of_key;
use super::outline::{is_in_use, prose};
use super::prelude::*;
use super::shapes::tells;

pub(super) static RULE: Rule = Rule {
    id: "slo-without-attestation",
    family: Family::Slo,
    level: Severity::Info,
    summary: "nobody says that an SLO's telemetry holds no sensitive data",
    why: "Labels and log fields are where personal data leaks, and they are kept for long. One sentence about \
        sensitive, personal or secret data is enough. Pages that declare kind: slo are judged, by their text and \
        not by headings.",
    repair: "write who looked at labels and log fields, when, and what they hold",
    fixes: false,
    check: Check::Page(check),
};

static ATTESTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)sensitive|personal(?:ly)? (?:data|information|identif|or secret)|personal data|\bPII\b|customer data|\bGDPR\b|attest",
    )
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let is_judged = is_in_use(subject, &["slo"])
        && !tells(context, subject, &["sensitive data", "attestation"]);
    if is_judged && !ATTESTED.is_match(&prose(subject)) {
        let message = "nothing is said about sensitive data in its telemetry";
        found.push(of_key(subject, "kind", message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn silence_about_sensitive_data_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}kind: slo\u{bb}\n---\n# A\n\n## Sensitive data\n\nLater.\n\
             == wiki/b.md\n---\nkind: slo\n---\n# B\n\n@ada looked on 2026-10-02: no label holds personal data.\n== wiki/c.md\n# C\n",
        );
    }
}
