//! Headings as people mean them.

/// A heading reduced to what names it: lower case, without numbering, emoji,
/// punctuation and a trailing parenthesis.
pub fn plain(heading: &str) -> String {
    let mut text = heading.trim().trim_end_matches([':', '.']).trim_end();
    if text.ends_with(')')
        && let Some(open) = text.rfind('(').filter(|&open| !text[..open].trim().is_empty())
    {
        text = text[..open].trim_end();
    }
    let is_kept = |c: char| c.is_alphanumeric();
    let lower = text.replace(['\'', '\u{2019}'], "").to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !is_kept(c)).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &&&str| word.chars().all(|c| c.is_ascii_digit());
    let numbers = words.iter().take_while(is_number).count();
    if numbers < words.len() { words[numbers..].join(" ") } else { words.join(" ") }
}

/// True if `heading` is one of `names`.
pub fn is_called<'a>(heading: &str, names: impl IntoIterator<Item = &'a str>) -> bool {
    let heading = plain(heading);
    !heading.is_empty() && names.into_iter().any(|name| plain(name) == heading)
}

/// True if a word of `plain` text begins with one of `stems`. A blank at the
/// stem's end asks for the whole word, ` .` for the last word of the text.
pub fn has_word(plain: &str, stems: &[&str]) -> bool {
    let words = format!(" {plain} .");
    stems.iter().any(|stem| words.contains(&format!(" {stem}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_by_its_words() {
        for heading in [
            "Initial triage",
            "## INITIAL TRIAGE",
            "2. Initial triage (5 minutes)",
            "1.2) Initial Triage:",
            "\u{1f6a8} Initial triage",
            "Initial-triage",
            "**Initial triage**",
        ] {
            assert!(is_called(heading, ["Initial triage (5 minutes)"]), "{heading}");
        }
        for heading in ["Triage", "Initial triage of disks", "", "(5 minutes)"] {
            assert!(!is_called(heading, ["Initial triage"]), "{heading}");
        }
        assert!(is_called("What's next", ["whats next"]));
        assert!(is_called("24", ["24"]), "a number alone is its name");
    }
}
