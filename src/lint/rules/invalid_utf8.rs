//! `invalid-utf8`

use crate::diagnostic::Severity;
use crate::lint::rule::{Check, Family, Rule};

pub(super) static RULE: Rule = Rule {
    id: "invalid-utf8",
    family: Family::Document,
    level: Severity::Warning,
    summary: "the file is not UTF-8",
    why: "It is indexed with a stand-in for each such byte, shown so, and never edited.",
    repair: "convert it: iconv -f ISO-8859-1 -t UTF-8 FILE",
    fixes: false,
    check: Check::Reading,
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::corpus::Page;
    use crate::ids::BlobId;
    use crate::lint::fixture::marked;
    use crate::repo_path::RepoPath;

    #[test]
    fn a_sound_file_is_left_alone() {
        marked(&RULE, "== wiki/a.md\n# \u{e9}\n");
    }

    #[test]
    fn the_place_of_the_first_byte_is_told() {
        let path = RepoPath::new("wiki/a.md").unwrap();
        let (page, _) = Page::read(path, BlobId([0; 20]), b"# A\n\xff\n");
        assert_eq!((page.diagnostics[0].rule.as_str(), page.diagnostics[0].line), (RULE.id, 2));
    }
}
