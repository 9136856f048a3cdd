//! Several values behind one name: backup codes side by side or below one
//! another, and a block below `password:`.

use std::ops::Range;

use super::super::super::exempt::is_stand_in;
use super::super::super::randomness::Makeup;
use super::super::super::text::Text;
use super::looks::is_technical;
use super::name::{Name, Verdict};

/// `backup codes 4418-0926 7730-1852`, over lines, numbered or not.
pub(super) fn beside(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Vec<Range<usize>> {
    let lower = name.text.to_lowercase();
    let is_many = lower.ends_with('s')
        || lower.ends_with("codes")
        || lower.ends_with("koder")
        || lower.ends_with("kody");
    if !verdict.is_code && verdict.kind != "SECRET" || !is_many {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = name.end;
    for line_number in 0..24 {
        let line = text.line_from(at, 200);
        let mut count = 0;
        for word in line.split([' ', ',', ';', '\t', '|']).filter(|it| !it.is_empty()) {
            let bare = word.trim_matches([':', '.', '`', '"', '-', '*', '(', ')']);
            let start = at + (bare.as_ptr() as usize - line.as_ptr() as usize);
            if is_listed_code(bare) {
                found.push(start..start + bare.len());
                count += 1;
            } else if count > 0 && bare.len() > 3
                || line_number == 0 && found.is_empty() && bare.len() > 12
            {
                break;
            }
        }
        if count == 0 && line_number > 0 && !line.trim().is_empty() {
            break;
        }
        at += line.len() + 1;
        if text.byte(at - 1) != b'\n' {
            break;
        }
    }
    if found.len() >= 2 { found } else { Vec::new() }
}

/// `4418-0926`, `a1b2c3d4`, `123456`: what a service prints to be kept.
fn is_listed_code(value: &str) -> bool {
    let makeup = Makeup::of(value);
    let is_code = value.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    let is_grouped = value.contains('-') && value.split('-').all(|it| (3..=8).contains(&it.len()));
    is_code
        && (6..=32).contains(&value.len())
        && makeup.digits >= 2
        && (is_grouped || !value.contains('-'))
        && !is_technical(value)
}

/// `Recovery codes:` and a list of them, or `password:` and a block.
pub(super) fn below(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Vec<Range<usize>> {
    let rest = text.line_from(name.end, 90);
    let trimmed = rest.trim_end();
    if !trimmed.ends_with(':') && !trimmed.is_empty() || rest.contains("://") {
        return Vec::new();
    }
    let mut at = name.end + rest.len();
    let mut found = Vec::new();
    let mut empty = 0;
    while found.len() < 32 && text.byte(at) == b'\n' {
        let line = text.line_from(at + 1, 160);
        let value = line.trim().trim_start_matches(['-', '*', '•', '>']).trim();
        let start = at + 1 + line.find(value).unwrap_or(0);
        at += 1 + line.len();
        if value.is_empty() || value == "```" {
            empty += 1;
            if empty > 2 {
                break;
            }
            continue;
        }
        let makeup = Makeup::of(value);
        let is_one = (makeup.letters() > 0 || verdict.is_code || value.contains('-'))
            && !value.contains([' ', ':', '=', '"', '<'])
            && value.len() >= 6
            && makeup.digits >= 2
            && !is_technical(value)
            && !is_stand_in(value)
            && !(makeup.is_hex && makeup.digits == value.len() && value.len() < 8);
        if !is_one {
            break;
        }
        found.push(start..start + value.len());
    }
    found
}
