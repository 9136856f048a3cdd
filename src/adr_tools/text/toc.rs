//! The table of contents.

use super::link;

/// The page: a heading, the intro, a line for each decision `(title, name)`,
/// the outro. Links begin with `prefix`.
pub(in crate::adr_tools) fn toc(
    decisions: &[(String, String)],
    prefix: &str,
    intro: Option<&[u8]>,
    outro: Option<&[u8]>,
) -> Vec<u8> {
    let mut page = b"# Architecture Decision Records\n\n".to_vec();
    if let Some(intro) = intro {
        page.extend(intro);
        if !intro.is_empty() && !intro.ends_with(b"\n") {
            page.push(b'\n');
        }
        page.push(b'\n');
    }
    for (title, name) in decisions {
        page.extend(format!("* {}\n", link::to(title, prefix, name)).bytes());
    }
    if let Some(outro) = outro {
        page.push(b'\n');
        page.extend(outro);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(prefix: &str, intro: Option<&[u8]>, outro: Option<&[u8]>) -> String {
        let decisions = [("1. A", "0001-a.md"), ("2. B", "0002-b.md")];
        let decisions = decisions.map(|(title, name)| (title.to_owned(), name.to_owned()));
        String::from_utf8(toc(&decisions, prefix, intro, outro)).unwrap()
    }

    #[test]
    fn a_line_for_each_decision() {
        let plain = "# Architecture Decision Records\n\n* [1. A](0001-a.md)\n* [2. B](0002-b.md)\n";
        assert_eq!(page("", None, None), plain);
        assert!(page("x/y/", None, None).contains("* [2. B](x/y/0002-b.md)\n"));
    }

    #[test]
    fn intro_and_outro_stand_around_it() {
        for intro in [&b"In."[..], b"In.\n"] {
            let expected = "# Architecture Decision Records\n\nIn.\n\n* [1. A](0001-a.md)\n* [2. B](0002-b.md)\n\nOut.\n";
            assert_eq!(page("", Some(intro), Some(b"Out.\n")), expected);
        }
    }
}
