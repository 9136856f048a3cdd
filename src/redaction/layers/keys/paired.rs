//! A name and a value that stand in two fields of their own:
//! `- name: DB_PASSWORD` and `value: …`, `<add key="…" value="…"/>`.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::text::Text;
use super::name::Name;
use super::value::{Joint, Value};

/// How far behind the name its value may stand.
const REACH: usize = 600;

/// The value in the field behind the one that holds the name.
pub(super) fn after(text: &Text<'_>, name: &Name<'_>) -> Option<Value> {
    static FIELD: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#"(?i)(?:^|[\s"'<{,(\\])(?:name|key|id|type|parameterkey|parametername|variable|setting|property|field|attribute)\\?["']?\s*[:=]\s*\\?["']?$"#,
        )
    });
    static VALUE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#"(?i)^\\?["']?\s*[,;]?\s*(?:/?>\s*<|\\?["'{]?)?(?:type\\?["']?\s*[:=]\s*\\?["']?\w+\\?["']?\s*[,;]?\s*|sensitive\\?["']?\s*[:=]\s*\w+\s*[,;]?\s*)?\\?["']?(?:value|parametervalue|val|content|string|stringvalue|default|plaintext)\\?["']?\s*(?:[:=]\s*|>\s*)(?:\\?"([^"\\]+)|'([^']+)|([^\s"',;<>{}]+))"#,
        )
    });
    if let Some(hit) = declared(text, name).or_else(|| described(text, name)) {
        return Some(hit);
    }
    // The field before the name, and nothing between the name's end and the next.
    if !FIELD.is_match(text.before(name.start, 64)) {
        return None;
    }
    let after = text.from(name.end, REACH);
    let hit = VALUE.captures(after)?;
    let group = hit.get(1).or_else(|| hit.get(2)).or_else(|| hit.get(3))?;
    Some(quoted(name.end + group.start()..name.end + group.end()))
}

/// A name and a block below it that has the value among other fields:
/// `DBPassword:` and `Default: …`, `"db_password": {"sensitive": true, …}`.
fn described(text: &Text<'_>, name: &Name<'_>) -> Option<Value> {
    static BLOCK: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(concat!(
            r#"^(?:["']?\s*:\s*\{\s*(?:"\w+"\s*:\s*(?:"[^"\n]*"|\w+|\[[^\]\n]*\])\s*,\s*){0,6}?"(?:[vV]alue|[dD]efault|defaultValue)"\s*:\s*"([^"\n]+)""#,
            r#"|:[ \t\r]*\n(?:[ \t>]+\w+:[^\n]*\n){0,6}?[ \t>]+(?:[vV]alue|[dD]efault): *(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'{\[|>&!][^\s]*)))"#,
        ))
    });
    if !matches!(text.byte(name.end), b'"' | b'\'' | b':') {
        return None;
    }
    let hit = BLOCK.captures(text.from(name.end, REACH))?;
    let group = hit.iter().skip(1).flatten().next()?;
    Some(quoted(name.end + group.start()..name.end + group.end()))
}

/// `variable "db_password" { default = "…" }`, `<entry key="db.password">…</entry>`.
fn declared(text: &Text<'_>, name: &Name<'_>) -> Option<Value> {
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r#"(?:\bvariable\s+|<\w+[^<>]{0,40}\s(?i:key|name|id)=)["']$|<key>$"#)
    });
    static BEHIND: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(concat!(
            r#"^["'](?:\s*\{\s*(?:\w+\s*=\s*[^\n{}]*\n\s*){0,6}?default\s*=\s*"([^"\n]+)""#,
            r#"|(?:\s[^<>\n]{0,80})?>\s*(?:<value>)?([^<\n]+[^<\s])\s*</)|^</key>\s*<(?:string|data|integer)>([^<\n]+)</"#,
        ))
    });
    if !BEFORE.is_match(text.before(name.start, 80)) {
        return None;
    }
    let hit = BEHIND.captures(text.from(name.end, REACH))?;
    let group = hit.iter().skip(1).flatten().next()?;
    Some(quoted(name.end + group.start()..name.end + group.end()))
}

fn quoted(span: Range<usize>) -> Value {
    Value { span, is_quoted: true, joint: Joint::Assigned, is_below: false, is_phrase: false }
}
