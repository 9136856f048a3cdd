//! A line or two of a section that show why it was found.

use std::collections::HashSet;

use super::analysis::Analyzer;

/// Longest snippet, in characters.
const LENGTH: usize = 240;

/// The stretch of `section` (Markdown, heading first) that holds most of
/// `terms`, on one line, without markup at line starts or control characters.
pub fn snippet(section: &str, terms: &[&str], analyzer: &mut Analyzer) -> String {
    let lines: Vec<String> = section.lines().map(clean).filter(|line| !line.is_empty()).collect();
    let scores: Vec<usize> = lines.iter().map(|line| held(line, terms, analyzer)).collect();
    let best = (0..lines.len()).max_by_key(|&at| (scores[at], std::cmp::Reverse(at))).unwrap_or(0);
    let mut text = String::new();
    for line in lines.iter().skip(best) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line);
        if text.chars().count() >= LENGTH {
            break;
        }
    }
    cut(&text)
}

/// How many of `terms` stand in `line`.
fn held(line: &str, terms: &[&str], analyzer: &mut Analyzer) -> usize {
    let mut found = HashSet::new();
    analyzer.each_like(terms, line, &mut |word| {
        found.extend(terms.iter().position(|term| *term == word.term));
    });
    found.len()
}

/// Without list, quote and table marks; empty for headings, fences and rules.
fn clean(line: &str) -> String {
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    let line = line.trim();
    if line.starts_with('#')
        || line.starts_with("```")
        || line.starts_with("~~~")
        || line.starts_with("<!--")
    {
        return String::new();
    }
    let text = line.trim_start_matches(['>', '-', '*', '+', '|', ' ']).trim_end_matches(['|', ' ']);
    if text.chars().any(char::is_alphanumeric) { text.to_owned() } else { String::new() }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LENGTH {
        return text.to_owned();
    }
    let cut: String = text.chars().take(LENGTH).collect();
    let end = cut.rfind(' ').filter(|&end| end > LENGTH / 2).unwrap_or(cut.len());
    format!("{} \u{2026}", cut[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(section: &str, terms: &[&str]) -> String {
        snippet(section, terms, &mut Analyzer::default())
    }

    #[test]
    fn the_line_with_most_words_begins_it() {
        let section = "## Head\n\nFirst line.\n- the disk is full\nlast";
        assert_eq!(of(section, &["disk", "full"]), "the disk is full last");
        assert_eq!(of(section, &["none"]), "First line. the disk is full last");
    }

    #[test]
    fn control_characters_never_reach_a_terminal() {
        assert_eq!(of("a \u{1b}[31mred", &["red"]), "a [31mred");
    }

    #[test]
    fn it_is_cut_at_a_word() {
        let text = of(&"word ".repeat(100), &["word"]);
        assert!(text.chars().count() <= LENGTH + 2 && text.ends_with("word \u{2026}"));
    }

    #[test]
    fn fences_comments_and_rules_are_no_lines() {
        let section =
            "# Head\n\n```sh\nls disk\n```\n~~~\ndf\n~~~\n<!-- disk -->\n---\n> quoted disk |\n";
        assert_eq!(of(section, &["quot"]), "quoted disk");
        assert_eq!(of(section, &[]), "ls disk df quoted disk");
    }

    #[test]
    fn a_word_counts_once_in_a_line() {
        assert_eq!(of("disk disk disk\nfull disk", &["disk", "full"]), "full disk");
        assert_eq!(of("one\ntwo\ndisk", &["disk"]), "disk");
    }

    #[test]
    fn a_text_of_the_longest_length_stays_whole() {
        let whole = "y".repeat(LENGTH);
        assert_eq!(of(&whole, &[]), whole);
        // Without a blank in its second half it is cut in the word.
        let long = format!("ab {}", "y".repeat(LENGTH));
        assert_eq!(of(&long, &[]), format!("ab {} \u{2026}", "y".repeat(LENGTH - 3)));
    }
}
