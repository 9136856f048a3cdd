//! Locals of a stack frame, arguments of a task, fields of a heap dump.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::exempt::fixed;
use super::super::super::span::Match;
use super::super::super::text::Text;
use super::{hide, lines};

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r"(?i)(?:\blocals\b|local variables|heap dump|frame variables|^_{6,} .* _{6,}$|\bvariables in frame|instance variables)",
        )
    });
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        fixed(r"^[\s│|>]*[@$]?[A-Za-z_][\w.$]{0,80}\s*(?:=>|=|:)\s+(\S.*?)[\s│|]*$")
    });
    static CALL: LazyLock<Regex> = LazyLock::new(|| fixed(r"^\s*(?:kw)?args: \((.*)\)\s*$"));
    static STRING: LazyLock<Regex> = LazyLock::new(|| fixed(r#"["']([^"'\n]{1,400})["']"#));
    let telling = [
        "ocals",
        "ocal variables",
        "heap dump",
        "______",
        "args: (",
        "frame",
        "Instance variables",
    ];
    if !telling.iter().any(|it| text.raw.contains(it)) {
        return;
    }
    let mut is_open = false;
    for line in lines(text) {
        if let Some(arguments) = CALL.captures(line.text).and_then(|it| it.get(1)) {
            for value in STRING.captures_iter(arguments.as_str()).filter_map(|it| it.get(1)) {
                let start = line.start + arguments.start() + value.start();
                hide(text, "copied-argument", "VALUE", start..start + value.len(), found);
            }
        } else if HEAD.is_match(line.text) {
            is_open = true;
        } else if is_open {
            let field = FIELD.captures(line.text).and_then(|it| it.get(1));
            match field {
                Some(value) if !line.text.trim_start().starts_with(['>', 'E']) => {
                    let (start, end) = (line.start + value.start(), line.start + value.end());
                    hide(text, "copied-local", "VALUE", start..end, found);
                }
                _ => is_open = line.text.trim().is_empty(),
            }
        }
    }
}
