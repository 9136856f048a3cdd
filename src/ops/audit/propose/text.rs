//! What a proposal says, for whoever it asks.
//!
//! Words of pages and people stand in code spans: there they name nobody, close
//! no ticket and draw no picture.

use std::fmt::Write;

use super::answer::Proposal;
use super::build::Built;
use super::ground::Bench;
use crate::allowance::NOWHERE;
use crate::audit::{Aside, Changed, Finding, Settling, Way};
use crate::ops::counted;
use crate::ops::error::OpError;
use crate::ops::redact::{self, safe};
use crate::promotion::code_span;
use crate::workspace::forge_name;

/// Files that are told of one finding.
const FILES: usize = 5;
/// Findings that are told of those that are left.
const LEFT: usize = 20;
/// Characters of a description; GitHub takes 65,536.
const LONGEST: usize = 50_000;

pub(super) fn way(way: Way) -> &'static str {
    match way {
        Way::Stamped => "stamped",
        Way::Mended => "mended",
        Way::Archived => "archived",
        Way::Unlinked => "unlinked",
    }
}

/// What the branch does about a finding, as a sentence's end.
fn told(way: Way) -> &'static str {
    match way {
        Way::Stamped => "the page is stamped as reviewed",
        Way::Mended => "its links are mended",
        Way::Archived => "it is archived",
        Way::Unlinked => "links that lead to it lead to what took its place",
    }
}

pub(super) fn title(bench: &Bench<'_>, owner: &str, plan: &Settling<'_>) -> String {
    let findings = counted(plan.settled.len(), "finding");
    format!("audit {}: {findings} of {owner}", bench.quarter)
}

/// Subject and body of the commit, which passed redaction.
pub(super) fn message(
    bench: &Bench<'_>,
    owner: &str,
    plan: &Settling<'_>,
) -> Result<(String, String), OpError> {
    let subject = redact::run(&bench.screen, NOWHERE, &title(bench, owner, plan))?.text;
    let line = |(_, finding, way): &(usize, &Finding, Way)| {
        format!("{} {} {}: {}", finding.id, finding.path, finding.signal, told(*way))
    };
    let lines: Vec<String> = plan.settled.iter().map(line).collect();
    let body = safe(&bench.screen, NOWHERE, &lines.join("\n"))?;
    Ok((subject.into_string(), body.into_string()))
}

/// The description.
pub(super) fn body(bench: &Bench<'_>, (owner, branch): (&str, &str), built: &Built<'_>) -> String {
    let plan = &built.plan;
    let mut text = String::new();
    meaning(&mut text, bench, (owner, branch), built);
    text.push_str("\n## Findings that it settles\n\n");
    for (_, finding, way) in &plan.settled {
        settled(&mut text, finding, *way);
        if text.len() > LONGEST {
            text.push_str("\nThe rest is in the commit's own words.\n");
            break;
        }
    }
    left(&mut text, plan);
    let _ = write!(
        text,
        "\n## Rollback\n\nNothing but these files change:\n\n```sh\ngit revert <the merge's commit>\n```\n"
    );
    text
}

/// What a merge says, and how it is proven whose word it is.
fn meaning(text: &mut String, bench: &Bench<'_>, (owner, branch): (&str, &str), built: &Built<'_>) {
    let (plan, who) = (&built.plan, code_span(owner));
    let _ = write!(text, "Proposed by `prode audit --propose` to {who}.\n\n");
    if plan.stamped.is_empty() {
        text.push_str(
            "## What merging says\n\nOnly that the edits are right: no page is stamped.\n",
        );
        return;
    }
    let pages = counted(plan.stamped.len(), "page");
    let _ = write!(
        text,
        "## What merging says\n\n**By merging you say that you read these {pages} and that they are true.** \
         Each is stamped as reviewed by {} on {}:\n\n",
        code_span(&built.by),
        bench.today
    );
    for path in &plan.stamped {
        let _ = writeln!(text, "- [ ] {}", code_span(&path.text()));
    }
    text.push_str(
        "\nMend a page that is not true on this branch, or take its stamp out, before you merge. \
         From your first commit on the branch is yours: it is not written over.\n\n",
    );
    if bench.lists_keys() {
        let _ = writeln!(
            text,
            "A stamp counts once {who} signed for it: `git fetch`, `prode approve origin/{branch}` before a merge that keeps this commit \
             (no squash, no rebase), or a merge that is signed (`git merge --no-ff -S`). \
             Merged by a button alone the next audit shows it as `unverified_review`."
        );
    } else {
        text.push_str(
            "The trunk lists nobody's keys (`.prode/allowed_signers`): who merges is taken at their word.\n",
        );
    }
}

fn settled(text: &mut String, finding: &Finding, way: Way) {
    let Finding { id, signal, .. } = finding;
    let path = code_span(&finding.path.text());
    let _ = write!(
        text,
        "- [ ] **{signal}** {path} (`{id}`, risk {})\n  - why: {}\n",
        finding.risk.total(),
        code_span(&finding.why)
    );
    for changed in finding.changed.iter().take(FILES) {
        let _ = writeln!(text, "  - changed: {}", file(changed));
    }
    if finding.changed_total > FILES {
        let more = counted(finding.changed_total - finding.changed.len().min(FILES), "file");
        let _ = writeln!(text, "  - and {more} more");
    }
    let _ =
        write!(text, "  - here: {}\n  - a false alarm: `prode dismiss {id} --why …`\n", told(way));
}

fn file(changed: &Changed) -> String {
    let path = code_span(&changed.path.text());
    let how = match &changed.how {
        Aside::Changed => String::new(),
        Aside::Added => " came".to_owned(),
        Aside::Removed => " went".to_owned(),
        Aside::MovedTo(to) => format!(" moved to {}", code_span(&to.text())),
    };
    let commits: Vec<String> =
        changed.commits.iter().take(3).map(|it| format!("`{}`", it.short(7))).collect();
    let by: Vec<String> = changed.authors.iter().take(3).map(|it| code_span(it)).collect();
    let mut told = format!("{path}{how} +{} -{}", changed.added, changed.removed);
    if !commits.is_empty() {
        let _ = write!(told, ", {} by {}", commits.join(" "), by.join(", "));
    }
    told
}

fn left(text: &mut String, plan: &Settling<'_>) {
    if plan.left.is_empty() {
        return;
    }
    text.push_str("\n## Left to you\n\n");
    for (_, finding, why) in plan.left.iter().take(LEFT) {
        let settle = finding.settle.first().map(|it| format!(": {}", code_span(it)));
        let _ = writeln!(
            text,
            "- **{}** {} (`{}`): {}{}",
            finding.signal,
            code_span(&finding.path.text()),
            finding.id,
            code_span(why),
            settle.unwrap_or_default()
        );
    }
    if plan.left.len() > LEFT {
        let _ = writeln!(text, "- and {} more: `prode audit`", plan.left.len() - LEFT);
    }
}

/// `ours` with the boxes that people ticked in `theirs`.
pub(super) fn ticked(ours: &str, theirs: &str) -> String {
    let done: Vec<&str> = theirs
        .lines()
        .filter_map(|it| it.strip_prefix("- [x] ").or_else(|| it.strip_prefix("- [X] ")))
        .map(str::trim_end)
        .collect();
    let line = |line: &str| match line.strip_prefix("- [ ] ") {
        Some(rest) if done.contains(&rest) => format!("- [x] {rest}\n"),
        _ => format!("{line}\n"),
    };
    ours.lines().map(line).collect()
}

/// What to type next.
pub(super) fn next(bench: &Bench<'_>, proposal: &Proposal) -> Vec<String> {
    let Proposal { branch, remote, pull, .. } = proposal;
    if pull.is_some() {
        return Vec::new();
    }
    let trunk = &bench.memory.revision.name;
    let look = format!("git diff {trunk}...{branch}");
    match (remote, forge_name(&bench.memory.settings)) {
        (Some(_), Some(name)) => {
            vec![format!(
                "open a pull request for {branch} on {name}, or hand over a token: prode doctor"
            )]
        }
        (Some(_), None) => vec![look, format!("git merge --no-ff -S {branch}   # its owner")],
        (None, _) => vec![look, format!("git push REMOTE {branch}")],
    }
}

#[cfg(test)]
mod tests {
    use super::ticked;

    #[test]
    fn what_people_ticked_stays_ticked() {
        let ours = "- [ ] `a.md`\n- [ ] `b.md`\nwords\n";
        let theirs = "Mine.\r\n- [X] `b.md`\r\n- [x] `c.md`\r\n";
        assert_eq!(ticked(ours, theirs), "- [ ] `a.md`\n- [x] `b.md`\nwords\n");
    }
}
