//! A decision's number, wherever a text names it.
//!
//! Three ways of naming are known: the file's name, a link's text that begins
//! with the number, and a mention (`ADR-0012`, `adr/12`, `@adr 12`). Which
//! files are looked at, and whether a number means one decision, is decided
//! elsewhere.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::front_number::bare_numbers;
use crate::repo_path::RepoPath;

/// One decision's old and new number and file name.
#[derive(Debug)]
pub struct Renumbering {
    old: u32,
    new: u32,
    digits: usize,
    old_name: String,
    new_name: String,
    mention: Regex,
    name: Regex,
    title: Regex,
}

/// One place that names the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its bytes.
    pub range: Range<usize>,
    /// What stands there from now on.
    pub with: String,
    /// By what it names the decision.
    pub by: By,
}

/// How a place names a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// The title of its own file, or a link's text beside its file's name.
    Itself,
    /// Its file's name, which a file in another folder may have too.
    Name,
    /// A number alone, which several decisions may share.
    Number,
    /// A number without a word before it, in the front matter of a decision.
    Key,
}

impl Renumbering {
    /// From the decision at `path`, whose log writes numbers with so many
    /// `digits`; `None` where its file name holds no such number.
    pub fn new(path: &RepoPath, old: u32, new: u32, digits: usize) -> Option<Self> {
        let old_name = path.file_name().into_owned();
        let start = old_name.find(|c: char| c.is_ascii_digit())?;
        let rest = &old_name[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        (rest[..end].parse() == Ok(old)).then_some(())?;
        let number = numbered(&rest[..end], new, digits);
        let new_name = format!("{}{number}{}", &old_name[..start], &rest[end..]);
        let pattern = |text: String| Regex::new(&text).ok();
        let escaped = regex::escape(&old_name);
        Some(Self {
            mention: pattern(format!(r"(?i)\badr[-\s:/#]\s?(?:(?:[\w.-]+/)*)(0*{old})\b"))?,
            name: pattern(format!(r"(?:^|[^\w.-])({escaped})(?:$|[^\w-])"))?,
            title: pattern(format!(r"\[(0*{old})\. [^\]\r\n]*\]\([^)\s]*{escaped}"))?,
            old,
            new,
            digits,
            old_name,
            new_name,
        })
    }

    /// The file's new name.
    pub fn new_name(&self) -> &str {
        &self.new_name
    }

    /// True if `text` may name the decision; cheap.
    pub fn may_be_in(&self, text: &str) -> bool {
        text.contains(&self.old_name)
            || self.mention.is_match(text)
            || !bare_numbers(text, self.old, false).is_empty()
    }

    /// Every place of `text` that names the decision, in order. In its own
    /// file (`is_own`) the title's number counts too.
    pub fn places(&self, text: &str, is_own: bool) -> Vec<Place> {
        let mut places = Vec::new();
        for found in self.name.captures_iter(text).filter_map(|it| it.get(1)) {
            places.push(self.place(found.range(), self.new_name.clone(), By::Name));
        }
        for found in self.title.captures_iter(text).filter_map(|it| it.get(1)) {
            places.push(self.place(found.range(), self.number(found.as_str()), By::Itself));
        }
        if let Some(range) = self.own_title(text).filter(|_| is_own) {
            let with = self.number(&text[range.clone()]);
            places.push(self.place(range, with, By::Itself));
        }
        for found in self.mention.captures_iter(text).filter_map(|it| it.get(1)) {
            if !goes_on(&text[found.end()..]) {
                places.push(self.place(found.range(), self.number(found.as_str()), By::Number));
            }
        }
        for range in bare_numbers(text, self.old, is_own) {
            let with = self.number(&text[range.clone()]);
            places.push(self.place(range, with, By::Key));
        }
        places.sort_by_key(|place| (place.range.start, place.by));
        places.dedup_by(|later, first| later.range.start < first.range.end);
        places
    }

    /// The number in `# 12. Title`.
    fn own_title(&self, text: &str) -> Option<Range<usize>> {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if let Some(title) = line.trim_start_matches('\u{feff}').strip_prefix("# ") {
                let start = at + line.len() - title.len();
                let end = title.find(|c: char| !c.is_ascii_digit())?;
                let is_it = title[..end].parse() == Ok(self.old) && title[end..].starts_with('.');
                return is_it.then_some(start..start + end);
            }
            at += line.len();
        }
        None
    }

    fn number(&self, was: &str) -> String {
        numbered(was, self.new, self.digits)
    }

    #[expect(clippy::unused_self, reason = "it reads as a part of the renumbering")]
    fn place(&self, range: Range<usize>, with: String, by: By) -> Place {
        Place { range, with, by }
    }
}

/// Any mention by number: `ADR-0012`, `adr/12`, `@adr 12`.
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\badr[-\s:/#]\s?(?:(?:[\w.-]+/)*)([0-9]{1,6})\b")
        .expect("a fixed pattern that a test compiles")
});

/// Every number by which `text` mentions a decision, and where it stands.
pub fn numbers_in(text: &str) -> Vec<(Range<usize>, u32)> {
    let found = MENTION.captures_iter(text).filter_map(|it| it.get(1));
    let found = found.filter(|it| !goes_on(&text[it.end()..]));
    found.filter_map(|it| Some((it.range(), it.as_str().parse().ok()?))).collect()
}

/// A file's name, a version or a date is another thing.
fn goes_on(rest: &str) -> bool {
    let mut rest = rest.chars();
    match (rest.next(), rest.next()) {
        (Some('-' | '_'), Some(next)) => next.is_alphanumeric(),
        (Some('.'), Some(next)) => next.is_ascii_digit(),
        _ => false,
    }
}

/// The number in a first line `# 12. Title`.
pub fn own_number(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(title) = line.trim_start_matches('\u{feff}').strip_prefix("# ") {
            let start = at + line.len() - title.len();
            let end = title.find(|c: char| !c.is_ascii_digit())?;
            let is_it = end > 0 && title[end..].starts_with(". ");
            return is_it.then_some(start..start + end);
        }
        at += line.len();
    }
    None
}

/// `number` with the zeros that `was` had.
pub fn padded(was: &str, number: u32) -> String {
    let width = if was.starts_with('0') { was.len() } else { 1 };
    format!("{number:0width$}")
}

/// The new number as the old one was written: with its zeros, if it had some.
fn numbered(was: &str, new: u32, digits: usize) -> String {
    let is_padded = was.starts_with('0') || was.len() == digits;
    let width = if is_padded { was.len() } else { 1 };
    format!("{new:0width$}")
}

/// `text` with every place replaced.
#[cfg(test)]
fn rewrite(text: &str, places: &[Place]) -> String {
    let mut new = text.to_owned();
    for place in places.iter().rev() {
        new.replace_range(place.range.clone(), &place.with);
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renumbered(text: &str, from: u32, to: u32, is_own: bool) -> String {
        let path = RepoPath::new(format!("doc/adr/{from:04}-use-x.md")).unwrap();
        let renumbering = Renumbering::new(&path, from, to, 4).unwrap();
        rewrite(text, &renumbering.places(text, is_own))
    }

    #[test]
    fn every_way_of_naming_is_found_and_taken_back() {
        let text = "# 9. Use X\n\nAmends [9. Use X](../adr/0009-use-x.md#a), ADR-9, ADR-0009 (adr/9).\n\
            // @adr 9, adr:9\nX-ADR-91 ADR-9.1 0009-use-xy.md 9. item [9. Other](0009-other.md) adr/0009-z.md\n";
        let new = renumbered(text, 9, 12, true);
        assert_eq!(
            new,
            "# 12. Use X\n\nAmends [12. Use X](../adr/0012-use-x.md#a), ADR-12, ADR-0012 (adr/12).\n\
            // @adr 12, adr:12\nX-ADR-91 ADR-9.1 0009-use-xy.md 9. item [9. Other](0009-other.md) adr/0009-z.md\n"
        );
        assert_eq!(renumbered(&new, 12, 9, true), text);
        assert!(renumbered(text, 9, 12, false).starts_with("# 9. Use X\n"));
    }

    #[test]
    fn a_file_is_called_by_its_new_number() {
        let of = |name: &str, from, to, digits| {
            let path = RepoPath::new(format!("doc/adr/{name}")).unwrap();
            Renumbering::new(&path, from, to, digits).map(|it| it.new_name().to_owned())
        };
        assert_eq!(of("0009-use-x.md", 9, 12, 4).as_deref(), Some("0012-use-x.md"));
        assert_eq!(of("9-use-x.md", 9, 12, 4).as_deref(), Some("12-use-x.md"));
        assert_eq!(of("1234-x.md", 1234, 7, 4).as_deref(), Some("0007-x.md"));
        assert_eq!(of("decision-3 - X 9.md", 3, 10, 4).as_deref(), Some("decision-10 - X 9.md"));
        assert_eq!((of("0009-use-x.md", 8, 12, 4), of("use-x.md", 9, 12, 4)), (None, None));
    }

    #[test]
    fn only_files_that_may_name_it_are_read() {
        let path = RepoPath::new("doc/adr/0009-use-x.md").unwrap();
        let renumbering = Renumbering::new(&path, 9, 12, 4).unwrap();
        for text in ["(0009-use-x.md)", "ADR-9", "---\nsupersedes: [9]\n---\n"] {
            assert!(renumbering.may_be_in(text), "{text}");
        }
        for text in ["", "ADR-8", "9 lives", "---\nsupersedes: [8]\n---\n"] {
            assert!(!renumbering.may_be_in(text), "{text}");
        }
    }

    #[test]
    fn a_title_has_its_number_at_its_start_and_a_full_stop_behind() {
        let marked = "\u{feff}---\na: b\n---\n\n# 12. Use X\n";
        let found = own_number(marked).unwrap();
        assert_eq!((&marked[found.clone()], found.start), ("12", marked.find("12").unwrap()));
        for text in
            ["# . Use X\n", "# 12 Use X\n", "# 12.5 disks\n", "12. Use X\n", "## 12. X\n", ""]
        {
            assert_eq!(own_number(text), None, "{text}");
        }
        assert_eq!(renumbered("\u{feff}a\n\n# 9. X\n", 9, 12, true), "\u{feff}a\n\n# 12. X\n");
        for text in ["# 9 lives\n", "# 8. X\n", "a # 9. X\n"] {
            assert_eq!(renumbered(text, 9, 12, true), text);
        }
    }

    #[test]
    fn zeros_are_kept_as_they_were() {
        assert_eq!((padded("0009", 12), padded("9", 12)), ("0012".to_owned(), "12".to_owned()));
        assert_eq!(padded("1234", 7), "7");
    }

    #[test]
    fn numbers_are_mentioned_by_word_and_sign() {
        let text = "ADR-0012, adr/7 and adr 8; not ADR-9.1, ADR-10-x, ADR-11_y, or 5. ADR-6. Next";
        let found: Vec<u32> = numbers_in(text).into_iter().map(|(_, number)| number).collect();
        assert_eq!(found, [12, 7, 8, 6]);
    }
}
