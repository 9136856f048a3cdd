//! Records as languages print them: `Customer{id=1, name='Ann'}`,
//! `#<User id: 1, name: "Ann">`, `{ID:1 Name:Ann}`, `[name] => Ann`. Names of
//! fields stay, values go where one of the fields is personal.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::super::exempt::fixed;
use super::super::super::span::Match;
use super::super::super::text::Text;
use super::{hide, holds_identifier, is_personal};

/// Longer lines are no printed record, in bytes.
const LONGEST: usize = 8 << 10;

/// One field: its name and its value.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    fixed(
        r#"([A-Za-z_]\w*)(?:=|: ?)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,;{}\[\]<>"'=][^,;{}\[\]<>"'=\n]*))"#,
    )
});

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    static RECORD: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r"(?:\b[A-Z]\w+[{(\[]|#<[A-Z][\w:]* )[A-Za-z_]\w*(?:=|: )[^\n{}]{1,600}?(?:[})\]]|>(?:\n|$))",
        )
    });
    for line in text.lines.iter().filter(|it| it.end - it.start < LONGEST) {
        let shown = text.line(line);
        if shown.contains(['{', '(', '<', '[']) && shown.contains([':', '=']) {
            let spans = RECORD.find_iter(shown).map(|it| it.range());
            for span in spans {
                record(text, line.start + span.start..line.start + span.end, found);
            }
        }
    }
    listed(text, found);
}

fn record(text: &Text<'_>, span: Range<usize>, found: &mut Vec<Match>) {
    let raw = &text.raw[span.clone()];
    let fields: Vec<_> = FIELD.captures_iter(raw).collect();
    let personal = fields.iter().filter(|it| is_personal(&it[1])).count();
    if fields.len() < 2 || personal == 0 || personal < 2 && !holds_identifier(found, &span) {
        return;
    }
    let values = fields.iter().filter_map(|it| it.iter().skip(2).flatten().next());
    for value in values {
        let cut = value.as_str().trim_end_matches([')', '>', ']']).len();
        let from = span.start + value.start();
        hide(text, "copied-record", "VALUE", from..from + cut, found);
    }
}

/// `[name] => Ann`, a line each.
fn listed(text: &Text<'_>, found: &mut Vec<Match>) {
    static LINE: LazyLock<Regex> = LazyLock::new(|| fixed(r"^\s*\[(\w+)\] => ([^\n]*)$"));
    if !text.raw.contains("] => ") {
        return;
    }
    let lines: Vec<_> = text
        .lines
        .iter()
        .filter_map(|line| LINE.captures(text.line(line)).map(|hit| (line.start, hit)))
        .collect();
    if !lines.iter().any(|(_, hit)| is_personal(&hit[1])) {
        return;
    }
    for (start, hit) in lines {
        let value = hit.get(2).map_or(0..0, |it| it.range());
        let is_nested = matches!(&hit[2], "Array" | "(");
        if !is_nested {
            let span = start + value.start..start + value.end;
            hide(text, "copied-record", "VALUE", span, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::super::rules::Keywords;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        let text = Text::new(raw, &Keywords::new());
        let mut found = Vec::new();
        find(&text, &mut found);
        found.into_iter().map(|it| &raw[it.span]).collect()
    }

    #[test]
    fn values_of_personal_records_go_however_they_are_printed() {
        for record in [
            "bad: Customer{id=88120, name='Inge Ott', street='Am Deich 7'}",
            "=> #<User id: 88120, name: \"Inge Ott\", street: \"Am Deich 7\">\n",
            "Array\n(\n  [id] => 88120\n  [name] => Inge Ott\n  [street] => Am Deich 7\n)\n",
        ] {
            assert_eq!(values(record), ["88120", "Inge Ott", "Am Deich 7"], "{record}");
        }
    }

    #[test]
    fn other_records_stay() {
        for record in ["Point{x=1, y=2}", "Config(retries=3, region=eu)", "a[1] => b", "f(x: 1)"] {
            assert!(values(record).is_empty(), "{record}");
        }
    }
}
