//! A name and a value that stand in two fields of their own:
//! `- name: DB_PASSWORD` and `value: …`, `<add key="…" value="…"/>`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::exempt::fixed;
use super::super::super::text::Text;
use super::name::Name;
use super::value::{Joint, Value};

/// How far behind the name its value may stand.
const REACH: usize = 600;

/// The value in the field behind the one that holds the name.
pub(super) fn after(text: &Text<'_>, name: &Name<'_>) -> Option<Value> {
    static FIELD: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r#"(?i)(?:^|[\s"'<{,(\\])(?:name|key|id|parameterkey|parametername|variable|setting|property|field|attribute)\\?["']?\s*[:=]\s*\\?["']?$"#,
        )
    });
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r#"(?i)^\\?["']?\s*[,;]?\s*(?:/?>\s*<|\\?["'{]?)?(?:type\\?["']?\s*[:=]\s*\\?["']?\w+\\?["']?\s*[,;]?\s*|sensitive\\?["']?\s*[:=]\s*\w+\s*[,;]?\s*)?\\?["']?(?:value|parametervalue|val|content|string|stringvalue|default|plaintext)\\?["']?\s*(?:[:=]\s*|>\s*)(?:\\?"([^"\\]+)|'([^']+)|([^\s"',;<>{}]+))"#,
        )
    });
    // The field before the name, and nothing between the name's end and the next.
    if !FIELD.is_match(text.before(name.start, 64)) {
        return None;
    }
    let after = text.from(name.end, REACH);
    let hit = VALUE.captures(after)?;
    let group = hit.get(1).or_else(|| hit.get(2)).or_else(|| hit.get(3))?;
    let span = name.end + group.start()..name.end + group.end();
    Some(Value { span, is_quoted: true, joint: Joint::Assigned, is_below: false, is_phrase: false })
}
