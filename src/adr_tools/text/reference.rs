//! Which decision is meant: a number, or a part of a file name.

use super::name;

/// Why no decision was chosen.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::adr_tools) enum Unresolved {
    /// Nothing fits.
    None,
    /// Several fit equally well.
    Several(Vec<String>),
}

/// The one of `names` that `reference` means. Digits are a number, and leading
/// zeros do not count. Anything else is compared with whole names first, then
/// with names without number or ending, then with their parts; where it has
/// folders, with whole names only.
pub(in crate::adr_tools) fn resolve<'a>(
    reference: &str,
    names: &'a [String],
) -> Result<&'a str, Unresolved> {
    let reference = reference.trim();
    if reference.is_empty() {
        return Err(Unresolved::None);
    }
    if reference.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = name::digits(reference);
        return only(names, |it| name::digits(it) == number).unwrap_or(Err(Unresolved::None));
    }
    if let Some((_, last)) = reference.rsplit_once(['/', '\\']) {
        return only(names, |it| it == last).unwrap_or(Err(Unresolved::None));
    }
    only(names, |it| it == reference)
        .or_else(|| only(names, |it| stem(it) == reference || slug(it) == reference))
        .or_else(|| only(names, |it| it.contains(reference)))
        .unwrap_or(Err(Unresolved::None))
}

/// The name that fits, if any does; an error if several do.
fn only(names: &[String], fits: impl Fn(&str) -> bool) -> Option<Result<&str, Unresolved>> {
    let found: Vec<&String> = names.iter().filter(|name| fits(name)).collect();
    match found.as_slice() {
        [] => None,
        [name] => Some(Ok(name)),
        several => {
            Some(Err(Unresolved::Several(several.iter().map(ToString::to_string).collect())))
        }
    }
}

fn stem(name: &str) -> &str {
    name.strip_suffix(".md").unwrap_or(name)
}

fn slug(name: &str) -> &str {
    stem(name).split_once('-').map_or("", |(_, slug)| slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["0001-use-x.md", "0002-use-x-again.md", "0010-http-2.md", "0012-y.md", "12-z.md"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn digits_are_a_number() {
        for (reference, expected) in
            [("1", "0001-use-x.md"), ("002", "0002-use-x-again.md"), (" 10 ", "0010-http-2.md")]
        {
            assert_eq!(resolve(reference, &names()), Ok(expected), "{reference}");
        }
        for missing in ["99", "0", "", " ", "00000000000000000000000000000000009"] {
            assert_eq!(resolve(missing, &names()), Err(Unresolved::None), "{missing}");
        }
    }

    #[test]
    fn words_are_a_part_of_a_name() {
        for (reference, expected) in [
            ("use-x", "0001-use-x.md"),
            ("0001-use-x", "0001-use-x.md"),
            ("again", "0002-use-x-again.md"),
            ("http", "0010-http-2.md"),
            ("doc/adr/0012-y.md", "0012-y.md"),
            ("../doc/adr/12-z.md", "12-z.md"),
        ] {
            assert_eq!(resolve(reference, &names()), Ok(expected), "{reference}");
        }
        for missing in ["nothing", "doc/adr/use-x", "USE"] {
            assert_eq!(resolve(missing, &names()), Err(Unresolved::None), "{missing}");
        }
    }

    #[test]
    fn candidates_are_named() {
        let several = |names: &[&str]| {
            Err(Unresolved::Several(names.iter().map(ToString::to_string).collect()))
        };
        assert_eq!(resolve("12", &names()), several(&["0012-y.md", "12-z.md"]));
        assert_eq!(resolve("use", &names()), several(&["0001-use-x.md", "0002-use-x-again.md"]));
    }
}
