//! Words put into a section: at its end, in its place, or above it.

use super::error::PromotionError;
use super::headings::below;
use super::outline::{Extent, extent};
use crate::document::{self, Document, Span};
use crate::inbox::{Action, normalised};
use crate::repo_path::RepoPath;

/// What a page becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Placed {
    /// This.
    Changed(String),
    /// It says that already.
    Said,
}

/// Puts `words` into a page. Headings among them go below the section's.
/// Everything before and after the place stays byte for byte.
pub fn placed(
    path: &RepoPath,
    page: &str,
    anchor: Option<&str>,
    action: Action,
    words: &str,
) -> Result<Placed, PromotionError> {
    placed_at(path, page, extent(path, page, anchor)?, action, words)
}

/// The same in a part of the page that is known already.
pub(super) fn placed_at(
    path: &RepoPath,
    page: &str,
    extent: Extent,
    action: Action,
    words: &str,
) -> Result<Placed, PromotionError> {
    let words = below(&normalised(words), extent.level);
    let section = normalised(&page[extent.text..extent.end]);
    let said = match action {
        Action::Replace => section == normalised(&words),
        _ => says(&section, &words),
    };
    if said {
        return Ok(Placed::Said);
    }
    let (start, end) = match action {
        Action::Append | Action::New => (extent.end, extent.end),
        Action::Replace => (extent.text, extent.end),
        Action::Contradict => (extent.text, extent.text),
    };
    let joins = action == Action::Append && is_same_list(&section, &words);
    let inserted = fitted(page, (start, end), &words, joins);
    let after = format!("{}{inserted}{}", &page[..start], &page[end..]);
    whole(path, page, &after, (start, end), inserted.len())?;
    Ok(Placed::Changed(after))
}

/// The note that a page misled: a block quote, which every reader of Markdown
/// shows, above the text that it is about.
pub fn contradiction(learning: &str, from: &[&str], words: &str) -> String {
    let from = if from.is_empty() { String::new() } else { format!(", {}", from.join(", ")) };
    let quoted = normalised(words);
    let lines = quoted.lines().map(|line| format!("> {line}").trim_end().to_owned());
    let lines: Vec<String> = lines.collect();
    format!("> **Contradicted** ({learning}{from}):\n>\n{}", lines.join("\n"))
}

/// Whole lines of `text` in a row.
fn says(text: &str, words: &str) -> bool {
    let words = normalised(words);
    format!("\n{text}\n").contains(&format!("\n{words}\n"))
}

/// With line ends and empty lines as the page has them around the place.
fn fitted(page: &str, (start, end): (usize, usize), words: &str, joins: bool) -> String {
    let line = if line_end(&page[..start]).or_else(|| line_end(page)) == Some("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let (before, after) = (&page[..start], &page[end..]);
    let open = if before.is_empty() || before.ends_with('\n') { "" } else { line };
    let is_first = before.trim_start_matches('\u{feff}').is_empty();
    let gap = if is_first || joins { "" } else { line };
    let words = words.replace('\n', line);
    let close = match after {
        // The file ends as it ended: with a line end or without.
        "" if !page.is_empty() && !page.ends_with('\n') => "",
        "" => line,
        after if after.starts_with(['\n', '\r']) => line,
        _ if line == "\n" => "\n\n",
        _ => "\r\n\r\n",
    };
    format!("{open}{gap}{words}{close}")
}

/// The last line end of a text.
fn line_end(text: &str) -> Option<&'static str> {
    let at = text.rfind('\n')?;
    Some(if text[..at].ends_with('\r') { "\r\n" } else { "\n" })
}

/// Whether a list ends the section and the words go on with it.
fn is_same_list(section: &str, words: &str) -> bool {
    let mark = |line: &str| {
        let mark = line.chars().next().filter(|it| "-*+".contains(*it))?;
        line[1..].starts_with(' ').then_some(mark)
    };
    let last = section.lines().last().and_then(mark);
    last.is_some() && last == words.lines().next().and_then(mark)
}

/// Refuses a change that others would be part of: a block of code or a comment
/// that is open around the place, or at the end of the words.
fn whole(
    path: &RepoPath,
    before: &str,
    after: &str,
    (start, end): (usize, usize),
    length: usize,
) -> Result<(), PromotionError> {
    let (old, _) = document::parse(path, before.as_bytes());
    let (new, _) = document::parse(path, after.as_bytes());
    let open = |what| PromotionError::Open { path: path.text().into_owned(), what };
    // A block's span may reach over the empty line that ends it.
    let edges = [start, start + after[start..start + length].trim_end().len()];
    let crosses = |span: &Span| {
        edges.iter().any(|edge| {
            let (from, to) = (span.start as usize, span.end as usize);
            from < *edge && after.get(*edge..to).is_some_and(|rest| !rest.trim().is_empty())
        })
    };
    if new.code.iter().any(crosses) {
        return Err(open("a block of code"));
    }
    if new.comments.iter().any(crosses) {
        return Err(open("a comment"));
    }
    let outside = |document: &Document, from: usize, to: usize| -> Vec<(u8, String)> {
        let sections = document.sections.iter().filter(|it| it.level > 0);
        let kept = sections.filter(|it| {
            let at = it.span.start as usize;
            at < from || at >= to
        });
        kept.map(|it| (it.level, it.heading.clone())).collect()
    };
    if outside(&old, start, end) == outside(&new, start, start + length) {
        Ok(())
    } else {
        Err(open("a block"))
    }
}

#[cfg(test)]
mod tests;
