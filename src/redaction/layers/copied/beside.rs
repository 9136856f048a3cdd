//! Names and values side by side on one line: `name="Ann" email=…`,
//! `"name":"Ann","email":…` cut out of a body, `[["name", "Ann"], …]` and
//! `Ann(String), …` of statements that are logged. Names stay; where one of the
//! values is a person's, those that are about somebody go. A line of a log
//! that says its level is read for its words.

use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::rules::cue;
use super::super::super::text::Text;
use super::{Finds, Line, hide, is_personal, is_telling};

/// The longest line, in bytes.
const LONGEST: usize = 2000;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let mut last = usize::MAX;
    for person in found.people().to_vec() {
        let at = text.lines.partition_point(|line| line.start <= person.start).saturating_sub(1);
        let Some(line) = text.lines.get(at).filter(|it| at != last && it.end - it.start < LONGEST)
        else {
            continue;
        };
        last = at;
        let line = Line { start: line.start, text: text.line(line), signs: line.signs };
        pairs(text, &line, found);
        binds(text, &line, found);
    }
    if text.holds(const { cue("(String)") }) {
        typed(text, found);
    }
}

/// Keys of a line of a log.
const LOG_KEYS: &[&str] =
    &["level", "lvl", "msg", "time", "ts", "severity", "logger", "caller", "message", "timestamp"];

/// Three pairs or more, and two that say who.
fn pairs(text: &Text<'_>, line: &Line<'_>, found: &mut Finds<'_>) {
    static PAIR: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#"(?:^|[\s,;|{\[])["'@]?([A-Za-z_][\w.-]{0,40})["']?(?:(?:=|: ?)(?:N?"([^"\n]{1,160})"|N?'([^'\n]{1,160})')|(?:=|: |":)([^\s"',;|{}\[\]]{1,80}))"#,
        )
    });
    // Where semicolons part them, values have blanks.
    static FIELD: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r#"(?:^|; ?)([A-Za-z_][\w.-]{0,40}) ?= ?([^;"'\n]{1,160})"#)
    });
    // `-F 'name=Ann'`: an argument of a request.
    static ARGUMENT: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#"\s["']?([A-Za-z_][\w-]{0,40})=["']?([^"'\n]{1,160}|[^\s"']+)(?:["']|\s|$)"#,
        )
    });
    let is_request = line.text.contains(' ')
        && ["curl ", "http ", "https ", "wget "].iter().any(|it| line.text.contains(it));
    let pattern = match memchr::memchr_iter(b';', line.text.as_bytes()).count() {
        2.. => &FIELD,
        _ if is_request => &ARGUMENT,
        _ => &PAIR,
    };
    let hits: Vec<_> = pattern.captures_iter(line.text).collect();
    let names = || hits.iter().map(|it| &it[1]);
    let personal = names().filter(|it| is_personal(it)).count();
    let telling = names().filter(|it| is_telling(it)).count();
    let is_log = names().any(|it| LOG_KEYS.contains(&it));
    if hits.len() < 3 - usize::from(is_request) || personal < 2 || telling < 1 || is_log {
        return;
    }
    for hit in hits.iter().filter(|it| is_personal(&it[1]) || is_number(&it[1])) {
        if let Some(value) = hit.iter().skip(2).flatten().next() {
            let start = line.start + value.start();
            hide(text, "copied-record", "VALUE", start..start + value.len(), found);
        }
    }
}

fn is_number(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "id" || name.ends_with("_id") || name.ends_with("number") || name.starts_with("field")
}

/// `[["name", "Ann"], ["id", 8812]]`
fn binds(text: &Text<'_>, line: &Line<'_>, found: &mut Finds<'_>) {
    static BIND: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r#"\[["'](\w{1,40})["'], (?:["']([^"'\n]{1,200})["']|([\d.]{2,40}))\]"#)
    });
    if !(line.text.contains('[') && line.text.contains("[[")) {
        return;
    }
    for hit in BIND.captures_iter(line.text) {
        if let Some(value) = hit.get(2).or_else(|| hit.get(3)) {
            let start = line.start + value.start();
            hide(text, "copied-parameter", "VALUE", start..start + value.len(), found);
        }
    }
}

/// `==> Parameters: Ann(String), 8812(Long)`
fn typed(text: &Text<'_>, found: &mut Finds<'_>) {
    static TYPED: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"(?:arameters: |, )([^,()\n]{1,200})\((?:String|Integer|Long|Short|Double|BigDecimal|Boolean|Date|Timestamp|UUID|LocalDate|LocalDateTime)\)",
        )
    });
    for number in text.lines_with(&[const { cue("arameters:") }]) {
        let line = Line::of(text, &text.lines[number]);
        for value in TYPED.captures_iter(line.text).filter_map(|it| it.get(1)) {
            let start = line.start + value.start();
            hide(text, "copied-parameter", "VALUE", start..start + value.len(), found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_beside_mails;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_beside_mails(raw, find)
    }

    #[test]
    fn values_beside_one_another_go() {
        for line in [
            "id=8812 name=\"Inge Ott\" email=i@o.de ok=true",
            "\"id\":8812,\"name\":\"Inge Ott\",\"email\":\"i@o.de\",\"x\":1",
            "field1=8812|name=\"Inge Ott\"|email=i@o.de",
            "id=8812; name=Inge Ott; email=i@o.de; x=1",
            "SELECT 1 [[\"id\", 8812], [\"name\", \"Inge Ott\"], [\"email\", \"i@o.de\"]]",
            "==> Parameters: 8812(Long), Inge Ott(String), i@o.de(String)",
        ] {
            assert_eq!(values(line), ["8812", "Inge Ott", "i@o.de"], "{line}");
        }
    }

    #[test]
    fn logs_and_sentences_stay() {
        for line in [
            "time=12:00 level=info msg=\"sent\" name=mailer email=i@o.de",
            "to: i@o.de, from: the queue, subject: it stops",
            "retries=3 mail=i@o.de queue=post",
        ] {
            assert!(values(line).is_empty(), "{line}: {:?}", values(line));
        }
    }
}
