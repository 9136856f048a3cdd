//! What a pull request says of a proposal, for whoever reviews it.
//!
//! The change itself is the forge's to show. What others wrote (the first
//! words, where it came from, what it rests on) stands in code spans: there it
//! names nobody, closes no ticket and draws no picture.

use std::collections::BTreeMap;

use super::Proposal;
use super::code_span::span;
use crate::inbox::{Action, Learning};

/// What is known besides the learning.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// What lint and the route tests found, one line each; empty: nothing.
    pub found: Vec<String>,
    /// What is left to write, one line each.
    pub left: Vec<String>,
    /// How many route tests were run.
    pub route_tests: usize,
    /// Who owns what it changes.
    pub owners: Vec<String>,
    /// Heads of the audit log: a chain and its commit.
    pub heads: Vec<(String, String)>,
}

/// Values by name, for a team's own template; the built-in one has them all.
pub fn pull_values(
    proposal: &Proposal,
    learning: &Learning,
    told: &Told,
) -> BTreeMap<String, String> {
    let path = span(&learning.target.to_string());
    let pairs = [
        ("title", proposal.subject.clone()),
        ("learning", proposal.id.to_string()),
        ("path", path),
        ("what", what(learning)),
        ("why", why(learning)),
        ("verified", verified(proposal, told)),
        ("focus", focus(learning)),
        ("rollback", ROLLBACK.to_owned()),
        ("done", done(told)),
        ("audit", audit(told)),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The description where the team has no template of its own: the headings of
/// the template `pr-description`.
pub fn pull_body(values: &BTreeMap<String, String>) -> String {
    let of = |name: &str| values.get(name).map_or("", String::as_str);
    let mut text = String::new();
    for (heading, name) in [
        ("What changes", "what"),
        ("Why", "why"),
        ("How it was verified", "verified"),
        ("Review focus", "focus"),
        ("Rollback", "rollback"),
        ("Definition of done", "done"),
    ] {
        text += &format!("## {heading}\n\n{}\n\n", of(name));
    }
    text + of("audit")
}

const ROLLBACK: &str =
    "Nothing but the page changes:\n\n```sh\ngit revert <the merge's commit>\n```";

fn what(learning: &Learning) -> String {
    let target = span(&learning.target.to_string());
    let how = match learning.action {
        Action::Append => "gets words at its end",
        Action::Replace => "gets other words",
        Action::New => "is a new page",
        Action::Contradict => "is said to mislead: a note stands above its text",
    };
    format!("{target} {how}: {}", span(&learning.summary()))
}

fn why(learning: &Learning) -> String {
    let first = [("run", &learning.first.run), ("ticket", &learning.first.ticket)];
    let first = first.into_iter().filter_map(|(name, it)| Some((name, it.as_ref()?)));
    let mut lines: Vec<String> = first.map(|(name, it)| format!("- {name} {}", span(it))).collect();
    for it in &learning.evidence {
        let at = it.at.as_ref().map(|at| format!(" at {}", span(at))).unwrap_or_default();
        let source = if it.source.is_empty() { "evidence" } else { &it.source };
        lines.push(format!("- {} {}{at}", span(source), span(&it.reference)));
    }
    if lines.is_empty() {
        lines.push("Somebody wrote it down; no run, ticket or evidence is named.".to_owned());
    }
    lines.join("\n")
}

fn verified(proposal: &Proposal, told: &Told) -> String {
    let found = if told.found.is_empty() {
        let tests = told.route_tests;
        format!("Lint finds nothing new; of {tests} route tests none fails.")
    } else {
        told.found.iter().map(|it| format!("- {}", span(it))).collect::<Vec<_>>().join("\n")
    };
    format!("{found}\n\n```sh\nprode proposal show {}\n```", proposal.id)
}

fn focus(learning: &Learning) -> String {
    let sure = learning.confidence.map(|it| format!(" It is {it} % sure.")).unwrap_or_default();
    format!(
        "Is it true, does it belong there, and would it have led there faster?{sure} \
         It is the word of a run, not yet of the memory."
    )
}

fn done(told: &Told) -> String {
    let owners: Vec<String> = told.owners.iter().map(|it| span(it)).collect();
    let who =
        if owners.is_empty() { "whoever answers for it".to_owned() } else { owners.join(", ") };
    let left: Vec<String> = told.left.iter().map(|it| format!("- [ ] {}\n", span(it))).collect();
    let left = left.concat();
    format!(
        "{left}- [ ] {who} approved exactly this commit\n- [ ] it holds nothing secret or personal\n\n\
         To merge it is yours. To close it unmerged rejects the learning for good: say why."
    )
}

fn audit(told: &Told) -> String {
    let heads: Vec<String> = told
        .heads
        .iter()
        .map(|(chain, commit)| format!("- {} {}", span(chain), span(commit)))
        .collect();
    if heads.is_empty() {
        return String::new();
    }
    format!("## Audit log\n\n{}\n", heads.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "---\ntarget: wiki/queue.md#causes\nrun: R-1\nticket: 'T-2'\nconfidence: 80\n\
        evidence: [{source: aws, ref: 'alarm/a', at: '2026-11-03T04:10:00Z'}]\n---\n\
        Fixes #1, says @ada: ``x`` ![](http://h/i.png)\n\nMore.\n";

    fn body(told: &Told) -> String {
        let learning = Learning::read(TEXT, &serde_json::Map::new()).unwrap();
        let base = "0123456789012345678901234567890123456789".parse().unwrap();
        let id = learning.id();
        let proposal = Proposal::new((&id, &learning), base, Some("a\n".into()), "a\nb\n".into());
        pull_body(&pull_values(&proposal, &learning, told))
    }

    #[test]
    fn it_says_what_from_where_on_what_and_how_to_review() {
        let told = Told {
            found: vec!["wiki/queue.md:3 link-broken: no".into()],
            left: vec!["write 'Rollback'".into()],
            route_tests: 2,
            owners: vec!["@org/sre".into()],
            heads: vec![("refs/prode/audit/a".into(), "12ab".into())],
        };
        let body = body(&told);
        for part in [
            "## What changes\n\n`wiki/queue.md#causes` gets words at its end: ",
            "- run `R-1`\n- ticket `T-2`\n- `aws` `alarm/a` at `2026-11-03T04:10:00Z`\n",
            "- `wiki/queue.md:3 link-broken: no`",
            "It is 80 % sure.",
            "- [ ] `write 'Rollback'`\n- [ ] `@org/sre` approved exactly this commit",
            "git revert",
            "- `refs/prode/audit/a` `12ab`",
        ] {
            assert!(body.contains(part), "{part} in {body}");
        }
        let nothing = self::body(&Told { route_tests: 3, ..Told::default() });
        assert!(nothing.contains("of 3 route tests none fails"), "{nothing}");
        assert!(!nothing.contains("## Audit"), "{nothing}");
    }

    #[test]
    fn words_of_others_stand_in_code_and_do_nothing() {
        let body = body(&Told::default());
        assert!(
            body.contains(": ```Fixes #1, says @ada: ``x`` ![](http://h/i.png)```\n"),
            "{body}"
        );
    }
}
