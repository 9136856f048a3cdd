//! Records with a line for each value: `[name] => Ann` and `["name"]=>` of
//! PHP, `2) "Ann"` of Redis, `- name: "Ann"` of Swift.

use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::rules::cue;
use super::super::super::text::Text;
use super::{Finds, Line, hide, is_personal, some_lines};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    arrays(text, found);
    if text.holds(const { cue("\"]=>") }) {
        dumps(text, found);
    }
    replies(text, found);
}

/// `[name] => Ann`
fn arrays(text: &Text<'_>, found: &mut Finds<'_>) {
    static LINE: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r"^\s*\[(\w+)\] => ([^\n]*)$"));
    let with = text.lines_with(&[const { cue("] => ") }]);
    let hits: Vec<_> = with
        .into_iter()
        .map(|number| Line::of(text, &text.lines[number]))
        .filter_map(|line| LINE.captures(line.text).map(|hit| (line.start, hit)))
        .collect();
    if !hits.iter().any(|(_, hit)| is_personal(&hit[1])) {
        return;
    }
    for (start, hit) in hits {
        let value = hit.get(2).map_or(0..0, |it| it.range());
        let is_nested = matches!(&hit[2], "Array" | "(") || hit[2].ends_with(" Object");
        if !is_nested {
            let span = start + value.start..start + value.end;
            hide(text, "copied-record", "VALUE", span, found);
        }
    }
}

/// `["name"]=>` and on the next line `string(3) "Ann"`.
fn dumps(text: &Text<'_>, found: &mut Finds<'_>) {
    static VALUE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#"\["?([\w-]{1,64})"?(?::[^\]\n]{0,64})?\]=>\s{0,80}(?:string\(\d+\) "([^"\n]*)"|(?:int|float)\(([\d.-]+)\))"#,
        )
    });
    let hits: Vec<_> = VALUE.captures_iter(text.raw).collect();
    if !hits.iter().any(|hit| is_personal(&hit[1])) {
        return;
    }
    for value in hits.iter().filter_map(|hit| hit.get(2).or_else(|| hit.get(3))) {
        hide(text, "copied-record", "VALUE", value.range(), found);
    }
}

/// What a store answers: `1) "name"`, `2) "Ann"`. Where every second one is a
/// name these stay.
fn replies(text: &Text<'_>, found: &mut Finds<'_>) {
    static ENTRY: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r#"^[\s\d)]*?\d{1,6}\) "((?:[^"\\]|\\.)*)"\s*$"#));
    let mut done = 0;
    for number in text.lines_with(&[const { cue(") \"") }]) {
        if number < done {
            continue;
        }
        let entries: Vec<_> = some_lines(text, number..text.lines.len())
            .map_while(|line| {
                let value = ENTRY.captures(line.text)?.get(1)?;
                Some((line.start + value.start()..line.start + value.end(), value.as_str()))
            })
            .collect();
        done = number + entries.len();
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { continue };
        let is_name = |it: &str| {
            it.len() <= 40
                && it.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b))
                && it.starts_with(|c: char| c.is_ascii_alphabetic())
        };
        let is_hash = entries.len() % 2 == 0 && entries.iter().step_by(2).all(|it| is_name(it.1));
        let personal = is_hash && entries.iter().step_by(2).any(|it| is_personal(it.1));
        if entries.len() < 2 || !personal && !found.holds_person(&(first.0.start..last.0.end)) {
            continue;
        }
        for (place, (span, _)) in entries.iter().enumerate() {
            if !is_hash || place % 2 == 1 {
                hide(text, "copied-record", "VALUE", span.clone(), found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_by;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn values_of_a_line_each_go() {
        for record in [
            "Array\n(\n  [id] => 88120\n  [name] => Inge Ott\n  [address] => Array\n        (\n [street] => Am Deich 7\n)\n",
            "array(3) {\n  [\"id\"]=>\n  int(88120)\n  [\"name\"]=>\n  string(8) \"Inge Ott\"\n  [\"street\":protected]=>\n  string(10) \"Am Deich 7\"\n}",
            "> HGETALL c:1\n1) \"id\"\n2) \"88120\"\n3) \"name\"\n4) \"Inge Ott\"\n5) \"street\"\n6) \"Am Deich 7\"\n",
        ] {
            assert_eq!(values(record), ["88120", "Inge Ott", "Am Deich 7"], "{record}");
        }
    }

    #[test]
    fn other_lists_stay() {
        assert!(values("1) \"first step\"\n2) \"second step\"\n").is_empty());
        assert!(values("Array\n(\n  [retries] => 3\n)\n").is_empty());
    }
}
