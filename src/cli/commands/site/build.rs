//! `prode site build`

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::cli::{Failure, Outcome};
use crate::ops::counted;
use crate::ops::site::{Answer, Broken};
use crate::rendering::visible_line;
use crate::site;
use crate::workspace::Asked;

/// Findings that are listed.
const LISTED: usize = 50;

/// What `site build` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Public is what a question to the trunk is answered with: no drafts, no archived pages, no \
    templates,\nno inbox. A link that leads nowhere fails the build with code 1, and nothing is written. A \
    folder\nthat holds what no site wrote is refused. The same commit gives the same bytes.\n\n\
    Example:\n  prode site build -o public\n  \
    prode site build -o public --base-url https://docs.example.org/memory/\n  \
    prode site build -o public --title 'Operations' --dry-run"
)]
pub struct Args {
    /// The folder: made, or made anew where a site stands
    #[arg(short, long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    output: PathBuf,
    /// Where the folder will be for everybody: for sitemap, feeds and the page of lost addresses
    #[arg(long, value_name = "URL", value_parser = base)]
    base_url: Option<String>,
    /// What the memory is called [default: the title of its front page]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Build any commit-ish instead of the trunk
    #[arg(long, value_name = "REV")]
    rev: Option<String>,
    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let options = site::Options {
        asked: args.rev.clone().map_or(Asked::Trunk, Asked::Rev),
        folder: context.current.join(&args.output),
        named: args.output.display().to_string(),
        base: args.base_url.clone(),
        title: args.title.clone(),
        dry_run: args.dry_run,
    };
    let answer = site::build(&workspace, &options, &context.reading_history())?;
    context.give(form, &answer, print);
    context.flush()?;
    for note in &answer.notes {
        context.ui.note(visible_line(note));
    }
    Ok(if answer.broken.is_empty() { Outcome::Done } else { Outcome::Found })
}

fn print(context: &mut Context<'_>, answer: &Answer) {
    list(context, &answer.broken, style::ERROR);
    if !answer.broken.is_empty() {
        let count = counted(answer.broken.len(), "error");
        context.ui.line(format!("{count}: nothing was written"));
        if let Some(hint) = lenient(&answer.broken) {
            context.ui.line(styled(style::HINT, hint));
        }
        return;
    }
    list(context, &answer.warnings, style::WARNING);
    let folder = styled(style::PATH, visible_line(&answer.folder));
    let (pages, files) = (counted(answer.pages, "page"), counted(answer.files, "file"));
    let Answer { written, unchanged, removed, bytes, search_bytes, .. } = answer;
    let would = if answer.dry_run { "would hold" } else { "holds" };
    context.ui.line(format!("{folder} {would} {pages} in {files}"));
    context.ui.line(format!(
        "{written} written, {unchanged} unchanged, {removed} removed; {bytes} bytes, {search_bytes} of \
         them for the search"
    ));
    let out = answer.left_out;
    context.ui.line(format!(
        "left out: {}, {} archived, {}",
        counted(out.drafts, "draft"),
        out.archived,
        counted(out.templates, "template")
    ));
}

/// How dead links and missing pictures are published as they are, marked; `None` where
/// something else is wrong too.
fn lenient(broken: &[Broken]) -> Option<String> {
    let rules: BTreeSet<&str> = broken.iter().map(|it| it.rule.as_str()).collect();
    let is_lead = |rule: &str| rule.starts_with("link-") || rule.starts_with("image-");
    rules.iter().all(|rule| is_lead(rule)).then(|| {
        let levels = rules.iter().map(|rule| format!(" --config lint.rules.{rule}=warning"));
        format!("to publish them marked as dead: prode site build{} …", levels.collect::<String>())
    })
}

fn list(context: &mut Context<'_>, found: &[Broken], look: anstyle::Style) {
    for it in found.iter().take(LISTED) {
        let place = styled(style::PATH, format!("{}:{}", visible_line(&it.path), it.line));
        let message = styled(look, visible_line(&it.message));
        let rule = styled(style::FAINT, &it.rule);
        context.ui.line(format!("{place}: {message}  {rule}"));
        context.ui.line(styled(style::HINT, format!("  {}", visible_line(&it.hint))));
    }
    if found.len() > LISTED {
        context.ui.line(format!("{} more: prode lint --all", found.len() - LISTED));
    }
}

/// An address that files can stand below, with a slash at its end.
fn base(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_graphic() && !"?#\"'<>\\^`{|}".contains(c);
    if host.is_empty() || host.contains('@') || !text.chars().all(is_plain) {
        return Err(format!(
            "'{text}' is no address of a folder, such as https://example.org/memory/"
        ));
    }
    Ok(format!("{}/", text.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn an_address_of_a_folder_ends_with_a_slash() {
        for (text, read) in [
            ("https://example.org", "https://example.org/"),
            ("https://example.org/a/b/", "https://example.org/a/b/"),
            ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000/x/"),
        ] {
            assert_eq!(base(text).unwrap(), read);
        }
        for bad in [
            "",
            "example.org",
            "ftp://x/",
            "https://",
            "https://a b/",
            "https://x/?q",
            "https://x/#a",
            "https://u@x/",
            "javascript:x",
            "https://x/\"y",
        ] {
            assert!(base(bad).is_err(), "{bad}");
        }
    }
}
