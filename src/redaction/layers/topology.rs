//! What a team added: private hosts, names, patterns.

use super::super::rules::Additions;
use super::super::span::Match;
use super::super::text::Text;

pub(super) fn find(text: &Text<'_>, additions: &Additions, found: &mut Vec<Match>) {
    hosts(text, additions, found);
    names(text, additions, found);
    for (kind, pattern) in &additions.patterns {
        let hits = pattern.find_iter(text.raw).filter(|it| !it.is_empty());
        found.extend(hits.map(|it| Match::new("team-pattern", kind.clone(), it.range(), 90)));
    }
}

/// A private domain, with every name before it.
fn hosts(text: &Text<'_>, additions: &Additions, found: &mut Vec<Match>) {
    let Some(hosts) = &additions.hosts else { return };
    let is_label = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte >= 128;
    for hit in hosts.find_iter(text.raw) {
        let after = text.byte(hit.end());
        let goes_on = is_label(after) || after == b'.' && is_label(text.byte(hit.end() + 1));
        let before = text.before(hit.start(), 253).bytes().rev();
        let length =
            before.take_while(|byte| is_label(*byte) || *byte == b'.' || *byte == b'_').count();
        let is_whole = length == 0 || matches!(text.byte_before(hit.start()), b'.');
        if !goes_on && is_whole && text.raw.is_char_boundary(hit.start() - length) {
            found.push(Match::new("private-host", "HOST", hit.start() - length..hit.end(), 90));
        }
    }
}

/// A name of the dictionary as a word of its own.
fn names(text: &Text<'_>, additions: &Additions, found: &mut Vec<Match>) {
    let Some(names) = &additions.names else { return };
    for hit in names.find_iter(text.raw) {
        let before = text.raw[..hit.start()].chars().next_back();
        let after = text.raw[hit.end()..].chars().next();
        if before.is_none_or(|c| !c.is_alphanumeric()) && after.is_none_or(|c| !c.is_alphanumeric())
        {
            found.push(Match::new("team-name", "NAME", hit.range(), 90));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::settings::Settings;
    use super::*;
    use crate::redaction::layers::keywords;

    #[test]
    fn hosts_names_and_patterns_of_a_team_are_found_as_words() {
        let settings = Settings {
            hosts: vec!["corp.example".to_owned()],
            names: vec!["Ada Byron".to_owned()],
            patterns: vec![("CUSTOMER_ID".to_owned(), r"C-\d{8}".to_owned())],
        };
        let raw = "db-1.corp.example, mycorp.example, corp.example.org, Ada Byron, Ada Byronic, C-12345678";
        let text = Text::new(raw, &keywords());
        let mut found = Vec::new();
        find(&text, &Additions::new(&settings).unwrap(), &mut found);
        let found: Vec<&str> = found.into_iter().map(|it| &raw[it.span]).collect();
        assert_eq!(found, ["db-1.corp.example", "Ada Byron", "C-12345678"]);
    }

    /// What is found with one host and one name.
    fn found(raw: &str) -> Vec<&str> {
        let settings = Settings {
            hosts: vec!["*.corp.example".to_owned()],
            names: vec![" Ada Byron ".to_owned(), String::new()],
            patterns: vec![],
        };
        let text = Text::new(raw, &keywords());
        let mut found = Vec::new();
        find(&text, &Additions::new(&settings).unwrap(), &mut found);
        found.into_iter().map(|it| &raw[it.span]).collect()
    }

    #[test]
    fn a_host_is_whole_labels() {
        for (raw, host) in [
            ("corp.example", Some("corp.example")),
            ("CORP.Example:80", Some("CORP.Example")),
            ("(a.b-1.corp.example)", Some("a.b-1.corp.example")),
            ("a_b.corp.example", Some("a_b.corp.example")),
            ("é.corp.example", Some("é.corp.example")),
            ("see corp.example.", Some("corp.example")),
            ("corp.example. x", Some("corp.example")),
            ("corp.example.x", None),
            ("corp.examples", None),
            ("corp.example-x", None),
            ("corp.exampleé", None),
            ("xcorp.example", None),
            ("x-corp.example", None),
            ("x_corp.example", None),
        ] {
            assert_eq!(found(raw), host.into_iter().collect::<Vec<_>>(), "{raw}");
        }
    }

    #[test]
    fn a_name_is_whole_words() {
        for (raw, name) in [
            ("Ada Byron", Some("Ada Byron")),
            ("(ada byron)", Some("ada byron")),
            ("Ada Byron's", Some("Ada Byron")),
            ("Ada Byrons", None),
            ("Ada Byroné", None),
            ("xAda Byron", None),
            ("éAda Byron", None),
            ("7Ada Byron", None),
        ] {
            assert_eq!(found(raw), name.into_iter().collect::<Vec<_>>(), "{raw}");
        }
    }
}
