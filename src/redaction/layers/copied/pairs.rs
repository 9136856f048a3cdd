//! A record with a line for each field: `name: Ann` and `mail: …` of YAML,
//! TOML, LDIF, a settings file, a list of properties. Keys stay; where a mail
//! or a phone is one of the values, those that are about the same person go.

use std::ops::Range;

use super::super::super::text::{self, Text};
use super::{Finds, Line, hide, is_personal, is_telling};

/// The most lines of one record on each side of a value.
const MOST: usize = 40;

/// The longest value, in bytes; longer ones are sentences.
const LONGEST: usize = 160;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let people: Vec<Range<usize>> = found.people().to_vec();
    if people.is_empty() {
        return;
    }
    let mut done = 0;
    // A line may hold many people, and is read once.
    let mut read: Option<(usize, Option<Pair<'_>>)> = None;
    for person in people {
        let at = text.number(person.start);
        if at < done {
            continue;
        }
        if read.as_ref().is_none_or(|it| it.0 != at) {
            read = Some((at, pair(&Line::of(text, &text.lines[at]))));
        }
        let pair = read.as_ref().and_then(|it| it.1.as_ref());
        if pair.is_some_and(|it| is_whole(text, it, &person)) {
            done = record(text, at, found);
        }
    }
}

/// A key, its indent, and where its value stands.
#[derive(Debug)]
struct Pair<'t> {
    key: &'t str,
    indent: usize,
    value: Range<usize>,
}

/// `key: value`, `key = "value"`, `- key: value`, `key : value`.
fn pair<'t>(line: &Line<'t>) -> Option<Pair<'t>> {
    let shown = line.text.trim_end().trim_end_matches(',');
    let indent = shown.len() - shown.trim_start_matches([' ', '-', '>', '\t', '*', '•']).len();
    let rest = &shown[indent..];
    let key_end = rest.find([':', '=']).or_else(|| barred(rest))?;
    let key = rest[..key_end].trim_matches([' ', '"', '\'', '*', '`']);
    let is_key = !key.is_empty()
        && key.chars().count() <= 32
        && key.split(' ').count() <= 3
        && key.chars().all(|c| c.is_alphanumeric() || " _-./".contains(c));
    let after = rest[key_end..].trim_start_matches([':', '=', '|']);
    let value = after.trim().trim_matches(['"', '\'']);
    let is_value =
        !value.is_empty() && value.len() <= LONGEST && !value.starts_with(['{', '[', '|', '&']);
    let start = line.start + (value.as_ptr().addr() - line.text.as_ptr().addr());
    (is_key && is_value).then(|| Pair { key, indent, value: start..start + value.len() })
}

/// ` name  | Ann`, as stores show a record: one bar, and a key before it.
fn barred(line: &str) -> Option<usize> {
    let bar = line.find(" | ")? + 1;
    (line.matches('|').count() == 1).then_some(bar)
}

/// The value is nothing but the mail or the phone.
fn is_whole(text: &Text<'_>, pair: &Pair<'_>, person: &Range<usize>) -> bool {
    let beside = pair.value.len().saturating_sub(person.len());
    pair.value.start <= person.start
        && person.end <= pair.value.end
        && (beside <= 2 || text.raw[pair.value.clone()].split(' ').count() <= 2 && beside < 12)
}

/// The lines around one, as far as they are pairs of the same depth.
fn record(text: &Text<'_>, at: usize, found: &mut Finds<'_>) -> usize {
    let read = |line: &text::Line| pair(&Line::of(text, line));
    let Some(own) = read(&text.lines[at]) else { return at + 1 };
    // Keys begin, or end, in one column.
    let column = own.value.start - text.lines[at].start;
    let same = |line: &&text::Line| {
        read(line).is_some_and(|it| {
            it.indent == own.indent || it.value.start - line.start == column && column < 48
        })
    };
    let above = text.lines[..at].iter().rev().take(MOST).take_while(same).count();
    let below = text.lines[at..].iter().take(MOST).take_while(same).count();
    let pairs: Vec<Pair<'_>> = text.lines[at - above..at + below].iter().filter_map(read).collect();
    let personal = pairs.iter().filter(|it| is_personal(it.key)).count();
    let telling = pairs.iter().filter(|it| is_telling(it.key)).count();
    let is_numbered =
        pairs.len() >= 3 && pairs.iter().all(|it| it.key.bytes().all(|byte| byte.is_ascii_digit()));
    if is_numbered {
        // A message whose schema is not known.
        for it in &pairs {
            hide(text, "copied-record", "VALUE", it.value.clone(), found);
        }
    } else if personal >= 2 && telling >= 1 {
        // Of a form that is about a person and nothing else all goes.
        let is_form = telling >= 3;
        for it in pairs.iter().filter(|it| is_form || is_personal(it.key) || is_number(it.key)) {
            hide(text, "copied-record", "VALUE", it.value.clone(), found);
        }
    }
    at + below
}

/// `id`, `customer_id`, `number`: what somebody is listed under.
fn is_number(key: &str) -> bool {
    let last = key.rsplit(['_', '-', ' ', '.']).next().unwrap_or(key).to_ascii_lowercase();
    matches!(last.as_str(), "id" | "nr" | "no" | "number" | "nummer" | "ref" | "reference")
}

#[cfg(test)]
mod tests {
    use super::super::super::super::span::Match;
    use super::super::found::samples::found_beside;
    use super::*;

    /// What is found where `mail` was found before.
    fn values<'t>(raw: &'t str, mail: &str) -> Vec<&'t str> {
        let at = raw.find(mail).unwrap();
        let before = vec![Match::new("email", "EMAIL", at..at + mail.len(), 90)];
        found_beside(raw, before, find)
    }

    #[test]
    fn fields_beside_a_mail_go() {
        for record in [
            "users:\n  - name: Inge Ott\n    mail: i@o.de\n    retries: 3\n",
            "[[user]]\nname = \"Inge Ott\"\nmail = \"i@o.de\"\n",
            "Name    : Inge Ott\nMail    : i@o.de\nEnabled : True\n",
            "cn: Inge Ott\nmail: i@o.de\nobjectClass: top\n",
            "- **Name:** Inge Ott\n- **Mail:** i@o.de\n",
        ] {
            let found = values(record, "i@o.de");
            assert!(found.iter().any(|it| it.contains("Inge Ott")), "{record}: {found:?}");
            assert!(!found.contains(&"3") && !found.contains(&"top"), "{record}: {found:?}");
        }
    }

    #[test]
    fn a_quote_that_only_ends_moves_nothing() {
        let record = "phone: éé\"i@o.de\"\nname: Ott\n";
        assert_eq!(values(record, "i@o.de"), ["éé\"i@o.de", "Ott"]);
    }

    #[test]
    fn settings_and_headers_stay() {
        assert!(values("service: queue\nmail: i@o.de\nport: 80\n", "i@o.de").is_empty());
        assert!(values("From: Inge Ott <i@o.de>\nSubject: it stops\n", "i@o.de").is_empty());
    }
}
