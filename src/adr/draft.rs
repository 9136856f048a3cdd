//! A new decision: what its file is called, and what stands in it.

use jiff::civil::Date;

use super::Format;

/// Characters of a slug: longer titles are cut at a word.
const LONGEST_SLUG: usize = 80;
/// Bytes of a slug, since a file name may have 255.
const MOST_BYTES: usize = 200;

/// A title on one line: whatever breaks or steers a line becomes a space.
pub fn clean_title(title: &str) -> String {
    let spaced: String = title.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a title as a file name has them: letters and digits of any
/// script, in lower case, with `-` between; `decision` where there are none.
pub fn file_slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        let room = LONGEST_SLUG.saturating_sub(slug.chars().count() + 1);
        if !slug.is_empty() && (word.chars().count() > room || slug.len() + word.len() > MOST_BYTES)
        {
            break;
        }
        let is_first = slug.is_empty();
        if !is_first {
            slug.push('-');
        }
        for c in word.chars().take(if is_first { LONGEST_SLUG } else { room }) {
            if slug.len() + c.len_utf8() <= MOST_BYTES {
                slug.push(c);
            }
        }
    }
    if slug.is_empty() { "decision".to_owned() } else { slug }
}

/// The file name of a new decision.
pub fn file_name(format: Format, number: u32, digits: usize, title: &str, day: Date) -> String {
    let slug = file_slug(title);
    match format {
        Format::Log4brains => format!("{}-{slug}.md", day.strftime("%Y%m%d")),
        Format::Backlog => {
            let words: Vec<&str> = title
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .collect();
            let name: String = words.join("-").chars().take(LONGEST_SLUG / 2).collect();
            let name = if name.is_empty() { slug } else { name };
            format!("decision-{number} - {name}.md")
        }
        _ => format!("{number:0digits$}-{slug}.md"),
    }
}

/// The text of a new decision, with its prompts.
pub fn new_text(format: Format, number: u32, title: &str, status: &str, day: Date) -> String {
    let heading = heading(title);
    match format {
        Format::Madr => format!(
            "---\nstatus: {status}\ndate: {day}\n---\n\n# {heading}\n\n\
             ## Context and Problem Statement\n\n\
             What forces a decision, in a paragraph, and the question in one sentence.\n\n\
             ## Considered Options\n\n* The first option\n* The second option\n\n\
             ## Decision Outcome\n\nChosen option: \"The first option\", because \u{2026}\n\n\
             ### Consequences\n\n* Good, because \u{2026}\n* Bad, because \u{2026}\n"
        ),
        Format::Log4brains => format!(
            "# {heading}\n\n- Status: {status}\n- Date: {day}\n\n\
             ## Context and Problem Statement\n\n\
             What forces a decision, in a paragraph, and the question in one sentence.\n\n\
             ## Considered Options\n\n- The first option\n- The second option\n\n\
             ## Decision Outcome\n\nChosen option: \"The first option\", because \u{2026}\n"
        ),
        Format::Backlog => format!(
            "---\nid: decision-{number}\ntitle: {}\ndate: '{day}'\nstatus: {status}\n---\n\
             ## Context\n\n## Decision\n\n## Consequences\n",
            serde_json::to_string(title).unwrap_or_default()
        ),
        Format::Nygard | Format::Other => format!(
            "# {number}. {heading}\n\nDate: {day}\n\n## Status\n\n{}\n\n\
             ## Context\n\nThe issue motivating this decision, and any context that bears on it.\n\n\
             ## Decision\n\nThe change that is proposed or has been agreed.\n\n\
             ## Consequences\n\nWhat becomes easier or harder because of it.\n",
            super::relation::capitalised(status)
        ),
    }
}

/// A title as it may stand behind `# `: signs at its end do not close it.
pub fn heading(title: &str) -> String {
    match title.trim_end_matches('#') {
        rest if rest.len() < title.len() && (rest.is_empty() || rest.ends_with(' ')) => {
            format!("{rest}\\{}", &title[rest.len()..])
        }
        _ => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::adr::recognise;
    use crate::document;
    use crate::repo_path::RepoPath;

    #[test]
    fn a_file_name_is_safe_whatever_the_title() {
        let name = |title: &str| file_name(Format::Nygard, 3, 4, title, date(2026, 1, 2));
        assert_eq!(name("Use A|B / \"C\""), "0003-use-a-b-c.md");
        assert_eq!(name("\u{65e5}\u{672c}\u{8a9e}"), "0003-\u{65e5}\u{672c}\u{8a9e}.md");
        assert_eq!(name("\u{1f600}"), "0003-decision.md");
        assert_eq!(name("--force"), "0003-force.md");
        for title in ["word ".repeat(60), "\u{65e5}".repeat(300), "x".repeat(300)] {
            assert!((10..=212).contains(&name(&title).len()), "{}", name(&title));
        }
    }

    #[test]
    fn every_format_reads_back() {
        let day = date(2026, 11, 25);
        for format in [Format::Nygard, Format::Madr, Format::Log4brains, Format::Backlog] {
            for title in ["Use X", "C #", "\"quoted\" | `x`: y", "\u{65e5}\u{672c} \u{1f600}"] {
                let text = new_text(format, 7, title, "proposed", day);
                let path = file_name(format, 7, 4, title, day);
                let path = RepoPath::new(format!("doc/adr/{path}")).unwrap();
                let (document, wrong) = document::parse(&path, text.as_bytes());
                assert_eq!(wrong, []);
                let record = recognise(&path, &document, text.as_bytes()).unwrap();
                assert_eq!(record.format, format, "{text}");
                let plain = if format == Format::Backlog {
                    title.to_owned()
                } else {
                    title.replace('`', "")
                };
                assert_eq!(record.title, plain);
                assert_eq!(record.status.unwrap().label(), "proposed");
                assert_eq!(record.date, Some(day));
                assert_eq!(record.number, (format != Format::Log4brains).then_some(7));
            }
        }
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(clean_title(" a\n# b\t\u{1b}[31m "), "a # b [31m");
    }

    #[test]
    fn a_long_title_is_cut_at_a_word() {
        assert_eq!(file_slug(&"word ".repeat(60)), "word-".repeat(16).trim_end_matches('-'));
        let full = "x".repeat(75);
        assert_eq!(file_slug(&format!("{full} four")), format!("{full}-four"));
        assert_eq!(file_slug(&format!("{full} fives four")), full);
        assert_eq!(file_slug(&"x".repeat(90)), "x".repeat(80));
        // Three bytes each: a file's name has fewer bytes than characters were allowed.
        let wide = "\u{65e5}".repeat(40);
        assert_eq!(file_slug(&format!("{wide} {}", "\u{65e5}".repeat(26))).len(), 199);
        assert_eq!(file_slug(&format!("{wide} {}", "\u{65e5}".repeat(27))), wide);
    }

    #[test]
    fn a_backlog_name_keeps_case_and_half_the_length() {
        let name = |title: &str| file_name(Format::Backlog, 3, 4, title, date(2026, 1, 2));
        assert_eq!(name("Use X: now"), "decision-3 - Use-X-now.md");
        assert_eq!(name(&"x".repeat(50)), format!("decision-3 - {}.md", "x".repeat(40)));
        assert_eq!(name("\u{1f600}"), "decision-3 - decision.md");
    }
}
