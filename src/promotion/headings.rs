//! Headings of a learning, lowered so that they stand below the section.

use crate::document;
use crate::repo_path::RepoPath;

/// The deepest heading that Markdown has.
const DEEPEST: u8 = 6;

/// `words` with every heading so much deeper that none is above `level`.
pub(super) fn below(words: &str, level: u8) -> String {
    let (document, _) = document::parse(&RepoPath::root(), words.as_bytes());
    let headings = || document.sections.iter().filter(|it| it.level > 0);
    let highest = headings().map(|it| it.level).min().unwrap_or(DEEPEST);
    let deeper = (level + 1).min(DEEPEST).saturating_sub(highest);
    if deeper == 0 {
        return words.to_owned();
    }
    let mut text = String::new();
    let mut from = 0;
    for section in headings() {
        let start = section.span.start as usize;
        let end = heading_end(words, start);
        let level = (section.level + deeper).min(DEEPEST);
        text.push_str(&words[from..start]);
        text.push_str(&at_level(&words[start..end], level));
        from = end;
    }
    text + &words[from..]
}

/// Where the heading that begins at `start` ends, its line end included: after
/// one line, or after the line of `=` or `-` below it.
pub(super) fn heading_end(text: &str, start: usize) -> usize {
    let mut end = start;
    for line in text[start..].split_inclusive('\n') {
        end += line.len();
        let line = line.trim();
        let rules = !line.is_empty()
            && (line.bytes().all(|it| it == b'=') || line.bytes().all(|it| it == b'-'));
        if rules || is_atx(&text[start..]) {
            break;
        }
    }
    end
}

fn is_atx(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim_start();
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    (1..=usize::from(DEEPEST)).contains(&marks)
        && rest.chars().next().is_none_or(char::is_whitespace)
}

fn at_level(heading: &str, level: u8) -> String {
    let marks = "#".repeat(usize::from(level));
    if is_atx(heading) {
        return format!("{marks}{}", heading.trim_start().trim_start_matches('#'));
    }
    let mut lines: Vec<&str> = heading.lines().map(str::trim).collect();
    lines.pop();
    format!("{marks} {}\n", lines.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_below_the_section_and_keep_their_order() {
        assert_eq!(
            below("# A\n\ntext\n\n## B ##\n\nmore", 2),
            "### A\n\ntext\n\n#### B ##\n\nmore"
        );
        assert_eq!(below("A\nb\n===\n\ntext", 2), "### A b\n\ntext");
        assert_eq!(below("### A", 2), "### A");
        assert_eq!(below("# A\n\n## B", 6), "###### A\n\n###### B");
    }

    #[test]
    fn what_only_looks_like_a_heading_stays() {
        let code = "```sh\n# no heading\n```\n\n# A";
        assert_eq!(below(code, 1), "```sh\n# no heading\n```\n\n## A");
        assert_eq!(below("#tag\n\nx", 3), "#tag\n\nx");
    }
}
