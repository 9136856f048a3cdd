//! A page that a learning makes.

use super::error::PromotionError;
use super::headings::heading_end;
use super::placing::{Placed, placed};
use crate::document;
use crate::inbox::Action;
use crate::repo_path::RepoPath;

/// The words without a first line that is a heading, and that heading.
pub fn parted(words: &str) -> (Option<String>, &str) {
    let (document, _) = document::parse(&RepoPath::root(), words.as_bytes());
    let first = document.sections.iter().find(|it| it.level > 0);
    match first.filter(|it| it.span.start == 0) {
        Some(heading) => {
            (Some(heading.heading.clone()), words[heading_end(words, 0)..].trim_start())
        }
        None => (None, words),
    }
}

/// The title of a page that is called so.
pub fn title_of(path: &RepoPath) -> String {
    let name = path.file_stem().replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |it| it.to_uppercase().chain(letters).collect())
}

/// A page that begins as `page`, with the words above its first section.
pub fn with_words(path: &RepoPath, page: &str, words: &str) -> Result<String, PromotionError> {
    if words.trim().is_empty() {
        return Ok(page.to_owned());
    }
    Ok(match placed(path, page, None, Action::Contradict, words)? {
        Placed::Changed(after) => after,
        Placed::Said => page.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_words_heading_or_its_name_as_title() {
        assert_eq!(parted("# A b\n\ntext"), (Some("A b".to_owned()), "text"));
        assert_eq!(parted("text\n\n# A"), (None, "text\n\n# A"));
        assert_eq!(title_of(&RepoPath::from_git("wiki/patterns/slow-queue.md")), "Slow queue");
    }

    #[test]
    fn words_stand_above_what_the_template_asks_for() {
        let path = RepoPath::from_git("wiki/a.md");
        let page = "---\nkind: pattern\n---\n# A\n\n## Signals\n\nWhat is seen.\n";
        let page = with_words(&path, page, "# Found\n\nText.").unwrap();
        assert_eq!(
            page,
            "---\nkind: pattern\n---\n# A\n\n## Found\n\nText.\n\n## Signals\n\nWhat is seen.\n"
        );
        assert_eq!(with_words(&path, "# A\n", "").unwrap(), "# A\n");
    }
}
