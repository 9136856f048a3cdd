//! File names of decisions: `0012-slug.md`.

/// Bytes that a file name may have where files are usually kept.
const MAX_NAME: usize = 255;

/// True for a name that adr-tools lists: `[0-9]+-*.md`.
pub(in crate::adr_tools) fn is_decision(name: &str) -> bool {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < name.len() && rest.starts_with('-') && rest.strip_suffix(".md").is_some()
}

/// The digits that a name begins with, without leading zeros: `0` for `0000`.
/// `None` where it begins with none.
pub(in crate::adr_tools) fn digits(name: &str) -> Option<&str> {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &name[..name.len() - rest.len()];
    if digits.is_empty() {
        return None;
    }
    Some(match digits.trim_start_matches('0') {
        "" => "0",
        significant => significant,
    })
}

/// The number above every one that a name of the folder begins with; `None`
/// where that would be too large. Digits that no number can hold are words.
pub(in crate::adr_tools) fn next_number<'a>(names: impl Iterator<Item = &'a str>) -> Option<u64> {
    let numbers = names.filter_map(|name| digits(name)?.parse::<u64>().ok());
    numbers.max().unwrap_or(0).checked_add(1)
}

/// The name of a new decision, short enough for a file system.
pub(in crate::adr_tools) fn of(number: u64, slug: &str) -> String {
    let id = format!("{number:04}-");
    let room = MAX_NAME - id.len() - ".md".len();
    format!("{id}{}.md", shortened(slug, room))
}

/// `slug` in at most `room` bytes, cut between words where that is possible.
fn shortened(slug: &str, room: usize) -> &str {
    if slug.len() <= room {
        return slug;
    }
    let cut = &slug[..slug.floor_char_boundary(room)];
    let is_whole_word = slug[cut.len()..].starts_with('-');
    let last = if is_whole_word { None } else { cut.rfind('-') };
    cut[..last.unwrap_or(cut.len())].trim_end_matches('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_markdown_is_listed() {
        for name in ["0001-a.md", "1-a.md", "20260102-a.md", "0001-.md", "0001-a.b.md"] {
            assert!(is_decision(name), "{name}");
        }
        for name in
            ["0001.md", "a-1.md", "README.md", "0001-a.md.bak", "0001-a.md~", "-a.md", "0001_a.md"]
        {
            assert!(!is_decision(name), "{name}");
        }
    }

    #[test]
    fn numbers_are_decimal_and_any_entry_counts() {
        assert_eq!(next_number(["0008-a.md", "0009-b.md"].into_iter()), Some(10));
        assert_eq!(
            next_number(["0002-a.md", "0017", "12_notes", "README.md"].into_iter()),
            Some(18)
        );
        assert_eq!(next_number([].into_iter()), Some(1));
        assert_eq!(next_number(["99999999999999999999999-a.md", "3-b.md"].into_iter()), Some(4));
        assert_eq!(next_number(["18446744073709551615-a.md"].into_iter()), None);
        assert_eq!(digits("0000-a.md"), Some("0"));
    }

    #[test]
    fn a_name_fits_a_file_system() {
        assert_eq!(of(3, "use-x"), "0003-use-x.md");
        assert_eq!(of(12_345, "use-x"), "12345-use-x.md");
        let long = of(1, &"word-".repeat(60));
        assert!(long.len() <= 255 && long.ends_with("-word.md"), "{long}");
        assert_eq!(of(1, &"x".repeat(300)).len(), 255);
        let wide = of(1, &"\u{65e5}".repeat(100));
        assert!(wide.len() <= 255 && wide.len() > 250, "{wide}");
    }
}
