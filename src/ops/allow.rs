//! `redact allow`: a person asks that one finding may stand.
//!
//! What is asked for is a branch of one commit, as every write is: it counts
//! once it is on the trunk, and whoever guards the trunk asks for an approval
//! of `redaction-allow` first. So no terminal is demanded here: whoever asks
//! decides nothing.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::allowance::{Allowance, AllowanceId, MAX_DAYS, NOWHERE, SALT, Seal};
use crate::approval::Action;
use crate::canonical;
use crate::git::{Draft, Edit, Message, Target};
use crate::hint::Helpful as _;
use crate::ids::CommitId;
use crate::ops::inbox_branch::{Branch, redacted_reason};
use crate::ops::ledger::{Event, TrunkPolicy, record};
use crate::ops::redact::{Named, Screen, safe, screen};
use crate::ops::{OpError, random};
use crate::redaction::{Blocked, Finding, Reason, Redaction};
use crate::repo_path::RepoPath;
use crate::workspace::Workspace;

/// The branches of allowances that are asked for.
const BRANCHES: &str = "prode/allow/";

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which finding, as it was typed.
    pub named: Named,
    /// The text that it stands in.
    pub text: String,
    /// That text's path from the top of the repository; `-` where it has none.
    pub place: String,
    /// Why it may stand.
    pub why: String,
    /// The last day (UTC), as it was typed.
    pub until: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Allowed {
    /// `prode.redact_allow/v1`.
    pub schema: String,
    /// The allowance's name.
    pub id: String,
    /// The rule that finds the value.
    pub rule: String,
    /// The file that the value may stand in; `-` for texts that are no file.
    pub path: String,
    /// First and last line of the value, 1-based.
    pub lines: [u32; 2],
    /// Why, redacted.
    pub why: String,
    /// Who answers for it.
    pub by: String,
    /// The last day (UTC) on which it holds.
    pub until: String,
    /// Allowances of the same finding that it replaces.
    pub replaces: Vec<String>,
    /// The branch.
    pub branch: String,
    /// Its commit.
    pub commit: String,
    /// The trunk's commit that it changes.
    pub base: String,
    /// What to type next.
    pub next: Vec<String>,
}

/// Asks for it.
///
/// # Errors
/// Where the text holds no such finding, the reason says nothing, the day is
/// past or more than a year ahead, or there is no trunk.
pub fn allow(workspace: &Workspace, options: &Options) -> Result<Allowed, OpError> {
    let trunk = TrunkPolicy::read(workspace)?;
    let until = until(&options.until, workspace.clock().today())?;
    let why = redacted_reason(workspace, &options.why)?;
    let screen = screen(workspace)?;
    let found = found(&screen, options)?;
    let value = &options.text[found.start..found.end];
    let known = screen.allowances().sight(&options.place).every(&found.rule, value);
    let branch = Branch::of(workspace)?;
    let allowance = Allowance {
        id: AllowanceId::drawn(random::bytes()?),
        seal: seal(&screen, [&found.rule, &options.place, value])?,
        rule: found.rule.clone().into_owned(),
        path: options.place.clone(),
        why,
        by: branch.person()?,
        at: seconds(workspace.clock().now()),
        until,
    };
    let replaces: Vec<AllowanceId> = known.iter().map(|it| it.id.clone()).collect();
    let draft = draft(&screen, &allowance, &replaces)?;
    // The log first: nothing is asked for that it does not hold.
    record(workspace, &trunk, &event(&allowance))?;
    let name = format!("{BRANCHES}{}", allowance.id);
    let reference = format!("refs/heads/{name}");
    let writer = branch.writer()?;
    let commit = writer.commit(Some(trunk.reviewed.commit), &draft)?;
    writer.move_ref(Target::Ref(&reference), None, commit)?;
    let next = next(&branch, &trunk, &name);
    let lines = [found.line, found.line + line_ends(value)];
    Ok(answer((&allowance, lines), &replaces, [commit, trunk.reviewed.commit], name, next))
}

fn line_ends(value: &str) -> u32 {
    u32::try_from(value.matches('\n').count()).unwrap_or(u32::MAX)
}

/// The last day: this one or later, and not more than a year ahead.
fn until(typed: &str, today: Date) -> Result<Date, OpError> {
    let usage = |message: String| OpError::Usage {
        message,
        hint: "name the last day, such as --until 2027-01-31; at most a year ahead".to_owned(),
    };
    let day: Date = typed.parse().map_err(|_| usage(format!("'{typed}' is no day")))?;
    if day < today {
        return Err(usage(format!("--until {day} is past: today is {today}")));
    }
    let latest = today.checked_add(SignedDuration::from_hours(24 * i64::from(MAX_DAYS)));
    if latest.is_ok_and(|latest| latest < day) {
        return Err(usage(format!("--until {day} is more than {MAX_DAYS} days ahead")));
    }
    Ok(day)
}

/// The finding that is meant, as the engine alone sees it: an allowance that
/// ended must not keep anybody from asking for more time.
fn found(screen: &Screen, options: &Options) -> Result<Finding, OpError> {
    let Named { line, column, .. } = options.named;
    // All that a person may be asked about at once: one of them is meant.
    let open = &mut |rule: &str, _: &str| Reason::ALLOWABLE.iter().any(|it| it.name() == rule);
    let redaction = screen.redactor().redact_but(&options.text, open);
    let Redaction { mut findings, allowed, .. } =
        redaction.map_err(|blocked| not_this_one(&options.named, &blocked))?;
    findings.extend(allowed);
    findings.sort_by_key(|it| it.start);
    let missing = |near: Option<&Finding>| OpError::NotFound {
        message: format!("redaction finds nothing at '{}'", options.named),
        hint: match near {
            Some(it) => format!("on that line it finds something at column {}", it.column),
            None => format!("see what it finds: prode redact --check {}", options.named.file),
        },
    };
    let near = findings.iter().find(|it| it.line == line).cloned();
    let found = findings.into_iter().find(|it| (it.line, it.column) == (line, column));
    if found.is_none() {
        // Another place stops the text: that one is to be named.
        screen.redact(&options.place, &options.text)?;
    }
    found.ok_or_else(|| missing(near.as_ref()))
}

/// Where the text cannot be judged for a reason that nobody can be asked about,
/// no finding of it can be told from another.
fn not_this_one(named: &Named, blocked: &Blocked) -> OpError {
    let hint = if blocked.reason.may_be_allowed() {
        "something else is found within, or its end is too far away: take that out, or give it its end"
            .to_owned()
    } else {
        let hint = blocked.hints().into_iter().next().unwrap_or_default();
        format!("that cannot be allowed, as nothing of such a text is judged: {hint}")
    };
    OpError::Waiting { message: format!("nothing at '{named}' can be allowed: {blocked}"), hint }
}

/// Under a salt that the place has already, so that a text takes no longer to
/// look at for each further allowance.
fn seal(screen: &Screen, words: [&str; 3]) -> Result<Seal, OpError> {
    let known = screen.allowances().all().first().map(|it| it.seal.salt());
    let salt: [u8; SALT] = known.map_or_else(random::bytes, Ok)?;
    Seal::of(salt, words).ok_or_else(|| OpError::Invalid {
        message: "the value cannot be sealed".to_owned(),
        hint: "take it out of the text".to_owned(),
    })
}

fn seconds(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

fn event(allowance: &Allowance) -> Event {
    let result = format!("asked for until {}", allowance.until);
    let digest = canonical::digest(allowance.file().as_bytes());
    let event = Event::of("allow", result, ["allowance", allowance.id.as_str()]);
    Event { action: Action::REDACTION_ALLOW.to_owned(), digest, ..event }
}

/// The commit to be. The file and the words about it pass redaction.
fn draft(
    screen: &Screen,
    allowance: &Allowance,
    replaces: &[AllowanceId],
) -> Result<Draft, OpError> {
    let path = allowance.id.file();
    let file = safe(screen, &path, &allowance.file())?;
    let message = Message {
        subject: format!(
            "allow {} in {} until {}",
            allowance.rule, allowance.path, allowance.until
        ),
        body: allowance.why.clone(),
        trailers: vec![("Prode-Allowance".to_owned(), allowance.id.to_string())],
    };
    safe(screen, NOWHERE, &message.text())?;
    let mut edits = vec![Edit::write(RepoPath::from_git(path), file.as_str())];
    edits.extend(replaces.iter().map(|old| Edit::Remove(RepoPath::from_git(old.file()))));
    Ok(Draft { message, edits, ..Draft::default() })
}

fn answer(
    (allowance, lines): (&Allowance, [u32; 2]),
    replaces: &[AllowanceId],
    [commit, base]: [CommitId; 2],
    branch: String,
    next: Vec<String>,
) -> Allowed {
    Allowed {
        schema: "prode.redact_allow/v1".to_owned(),
        id: allowance.id.to_string(),
        rule: allowance.rule.clone(),
        path: allowance.path.clone(),
        lines,
        why: allowance.why.clone(),
        by: allowance.by.clone(),
        until: allowance.until.to_string(),
        replaces: replaces.iter().map(ToString::to_string).collect(),
        branch,
        commit: commit.to_string(),
        base: base.to_string(),
        next,
    }
}

fn next(branch: &Branch<'_>, trunk: &TrunkPolicy, name: &str) -> Vec<String> {
    let mut next = Vec::new();
    if !trunk.trust.signers.lines.is_empty() {
        next.push(format!("prode approve {name} --action {}", Action::REDACTION_ALLOW));
    }
    next.push(match branch.remote() {
        Some(remote) => format!("git push {remote} {name}"),
        None => format!("git switch {} && git merge {name}", trunk.reviewed.name),
    });
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_today_or_later_within_a_year() {
        let today = "2026-11-26".parse().unwrap();
        let cases = [
            ("2026-11-25", false),
            ("2026-11-26", true),
            ("2027-11-26", true),
            ("2027-11-28", false),
            ("soon", false),
            ("", false),
        ];
        for (typed, is_day) in cases {
            assert_eq!(until(typed, today).is_ok(), is_day, "{typed}");
        }
    }
}
