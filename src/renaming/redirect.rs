//! Redirects of the site that a wiki is published as, where the repository
//! already keeps a list of them.
//!
//! Sources: Netlify's and Cloudflare's `_redirects`; `redirect_maps` of the
//! plugin mkdocs-redirects; `[output.html.redirect]` of mdBook.

use super::edit::Edit;
use super::relative::{relative, without_extension};
use super::settings::value_of;
use crate::repo_path::RepoPath;

/// Which list of redirects a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteKind {
    /// `_redirects`: `/old /new 301`.
    Redirects,
    /// `mkdocs.yml` with a `redirect_maps`.
    MkDocs,
    /// `book.toml` with an `[output.html.redirect]`.
    MdBook,
}

/// A file with redirects.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where it stands.
    pub path: RepoPath,
    /// What it holds.
    pub kind: SiteKind,
    /// The folder from which pages are counted.
    base: RepoPath,
}

impl Site {
    /// What `path` is among the lists of redirects; `None` where it holds none.
    pub fn of(path: &RepoPath, text: &str) -> Option<Self> {
        let folder = path.parent();
        let (kind, base) = match &*path.file_name() {
            "_redirects" => (SiteKind::Redirects, folder),
            "mkdocs.yml" if text.lines().any(|line| line.trim() == "redirect_maps:") => {
                (SiteKind::MkDocs, folder.join(value_of(text, "docs_dir").unwrap_or("docs"))?)
            }
            "book.toml" if text.lines().any(|line| line.trim() == "[output.html.redirect]") => {
                (SiteKind::MdBook, folder.join(value_of(text, "src").unwrap_or("src"))?)
            }
            _ => return None,
        };
        Some(Self { path: path.clone(), kind, base })
    }

    /// The line that leads from `old` to `new`, and where it goes in `text`;
    /// `None` where either is no page of this site.
    pub fn redirect(&self, text: &str, old: &RepoPath, new: &RepoPath) -> Option<(Edit, String)> {
        let below = |path: &RepoPath| {
            let inside = path.is_markdown() && path.is_below(&self.base);
            let parts = inside.then(|| relative(&self.base, path).join(&b'/'))?;
            String::from_utf8(parts).ok()
        };
        let (old, new) = (below(old)?, below(new)?);
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let (at, indent, line) = match self.kind {
            SiteKind::Redirects => {
                (text.len(), "", format!("{} {} 301", address(&old), address(&new)))
            }
            SiteKind::MkDocs => {
                let (at, indent) = behind(text, "redirect_maps:")?;
                (at, indent, format!("{}: {}", quoted(&old), quoted(&new)))
            }
            SiteKind::MdBook => {
                let (at, _) = behind(text, "[output.html.redirect]")?;
                let (from, to) = (html(&old), html(&new));
                let way = relative(&RepoPath::new(&from).ok()?.parent(), &RepoPath::new(&to).ok()?);
                let way = String::from_utf8(way.join(&b'/')).ok()?;
                (at, "", format!("\"/{from}\" = \"{way}\""))
            }
        };
        let open = if at > 0 && !text[..at].ends_with('\n') { end } else { "" };
        Some((Edit::new(at..at, format!("{open}{indent}{line}{end}")), line))
    }
}

/// Where the line behind `header` begins, and how deep it is indented.
fn behind<'a>(text: &'a str, header: &str) -> Option<(usize, &'a str)> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim() != header {
            continue;
        }
        let blank = |line: &'a str| &line[..line.len() - line.trim_start().len()];
        let next = text[at..].lines().next().unwrap_or_default();
        let deeper = blank(next).len() > blank(line).len();
        return Some((at, if deeper { blank(next) } else { "        " }));
    }
    None
}

/// The address of a page without its extension; a folder's front page is the folder.
fn address(path: &str) -> String {
    let bare = path.strip_suffix(".md").unwrap_or(path);
    let bare = match bare.rsplit_once('/') {
        Some((folder, "index" | "README")) => folder,
        None if matches!(bare, "index" | "README") => "",
        _ => bare,
    };
    format!("/{}", bare.replace(' ', "%20"))
}

fn html(path: &str) -> String {
    let bare = RepoPath::new(path).ok().and_then(|path| without_extension(&path));
    let bare = bare.map_or_else(|| path.to_owned(), |path| path.text().into_owned());
    let bare = match bare.strip_suffix("README") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("{folder}index"),
        _ => bare,
    };
    format!("{bare}.html")
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::super::edit::apply;
    use super::*;

    fn path(text: &str) -> RepoPath {
        RepoPath::new(text).unwrap()
    }

    fn with(file: &str, text: &str, old: &str, new: &str) -> Option<String> {
        let (edit, _) = Site::of(&path(file), text)?.redirect(text, &path(old), &path(new))?;
        Some(String::from_utf8(apply(text.as_bytes(), &[edit])).unwrap())
    }

    #[test]
    fn each_list_gets_a_line_in_its_own_form() {
        assert_eq!(
            with("docs/_redirects", "/a /b 301", "docs/x/old.md", "docs/y/index.md").unwrap(),
            "/a /b 301\n/x/old /y 301\n"
        );
        let mkdocs = "plugins:\n  - redirects:\n      redirect_maps:\n        'a.md': 'b.md'\n";
        assert_eq!(
            with("mkdocs.yml", mkdocs, "docs/old.md", "docs/x/new.md").unwrap(),
            mkdocs.replace("        'a.md'", "        'old.md': 'x/new.md'\n        'a.md'")
        );
        assert_eq!(
            with("book.toml", "[output.html.redirect]\n", "src/a/old.md", "src/b/new.md").unwrap(),
            "[output.html.redirect]\n\"/a/old.html\" = \"../b/new.html\"\n"
        );
    }

    #[test]
    fn a_site_without_a_list_or_without_the_page_gets_none() {
        assert_eq!(with("mkdocs.yml", "site_name: x\n", "docs/a.md", "docs/b.md"), None);
        assert_eq!(with("docs/_redirects", "", "docs/a.md", "adr/b.md"), None);
        assert_eq!(with("docs/_redirects", "", "docs/a.png", "docs/b.png"), None);
    }
}
