//! Phone numbers: by a form that nothing else has, or by the words before.

use super::super::super::text::Text;
use super::run::Run;

pub(super) fn is_phone(text: &Text<'_>, run: &Run<'_>) -> bool {
    let count = run.digits.len();
    if !(7..=20).contains(&count) || is_other(text, run) {
        return false;
    }
    is_international(run) || is_national(run) || is_told(run)
}

/// `+47 412 33 908`, `0047…`
fn is_international(run: &Run<'_>) -> bool {
    let count = run.digits.len();
    let plus =
        run.raw.starts_with('+') && !run.digits.starts_with('0') && (8..=15).contains(&count);
    let separated = run.raw.contains([' ', '-', '/', '(']);
    if plus {
        return count >= 10 || separated || run.raw.contains('x');
    }
    run.raw.starts_with("00") && !run.raw.starts_with("000") && is_dialled_out(run, separated)
}

/// `0047…`: in one piece, or with separators.
fn is_dialled_out(run: &Run<'_>, separated: bool) -> bool {
    let count = run.digits.len();
    let whole = (12..=15).contains(&count) && run.raw.len() == count;
    whole && !run.before.ends_with(['-', '.', '_'])
        || separated && (11..=16).contains(&count) && !run.raw.contains('.')
}

/// `(415) 555-2671`, `757-622-1147`, `06 12 88 41 90`, `0421/4408812`.
fn is_national(run: &Run<'_>) -> bool {
    let bare = run.raw.split('x').next().unwrap_or("");
    let groups: Vec<&str> =
        bare.split([' ', '-', '.', '/', '(', ')']).filter(|it| !it.is_empty()).collect();
    let lengths: Vec<usize> = groups.iter().map(|it| it.len()).collect();
    let area = |it: &str| !it.starts_with(['0', '1']);
    let plain = run.raw.contains('-') || run.raw.starts_with('(');
    let american = lengths == [3, 3, 4] && plain && area(groups[0]) && !run.raw.contains('/')
        || lengths == [1, 3, 3, 4] && groups[0] == "1" && run.raw.contains(['-', ' ']);
    let dotted = lengths == [3, 3, 4]
        && run.raw.matches('.').count() == 2
        && run.raw.len() == 12
        && area(groups[0]);
    let bracketed = run.raw.starts_with('(')
        && run.raw.find(')').is_some_and(|at| (3..=6).contains(&at))
        && (8..=12).contains(&run.digits.len())
        && lengths.len() >= 2;
    let french = lengths == [2, 2, 2, 2, 2] && groups[0].starts_with('0') && !run.raw.contains('/');
    let trunk = groups[0].starts_with('0')
        && !groups[0].starts_with("00")
        && groups.len() >= 2
        && (9..=12).contains(&run.digits.len())
        && (3..=5).contains(&groups[0].len())
        && lengths[1..].iter().all(|it| (2..=8).contains(it))
        && !run.raw.contains('.')
        && run.raw.contains([' ', '/', '-'])
        && !run.raw.contains("  ");
    let short_trunk = lengths == [2, 8] && groups[0].starts_with('0') && run.raw.contains('-');
    // `138 1120 7764`: mobiles of China.
    let chinese = lengths == [3, 4, 4] && matches!(groups[0].as_bytes(), [b'1', b'3'..=b'9', _]);
    american || chinese || short_trunk || dotted || bracketed || french || trunk
}

/// Behind a word that says so.
fn is_told(run: &Run<'_>) -> bool {
    let count = run.digits.len();
    let is_clean = !run.raw.contains('.') || run.raw.matches('.').count() >= 2;
    let separated = run.raw.starts_with(['+', '0', '(']) || run.raw.contains([' ', '-']);
    is_clean
        && (7..=15).contains(&count)
        && (run.telling().phone || run.telling().phone_ends && count >= 9 && separated)
}

/// Dates, times, versions, ranges, amounts, addresses.
fn is_other(text: &Text<'_>, run: &Run<'_>) -> bool {
    let groups: Vec<&str> =
        run.raw.split([' ', '-', '.', '/']).filter(|it| !it.is_empty()).collect();
    let is_year = |it: &str| it.len() == 4 && (it.starts_with("19") || it.starts_with("20"));
    let dated =
        groups.len() >= 3 && (is_year(groups[0]) || is_year(groups[2])) && groups[1].len() <= 2;
    let packed = run.digits.starts_with("20") && groups[0].len() == 8
        || run.digits.len() == 14 && run.digits.starts_with("20");
    let next = run.after.chars().next().unwrap_or(' ');
    let timed = next == ':' && run.after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let before = run.before.chars().next_back().unwrap_or(' ');
    let is_ip = groups.len() == 4
        && run.raw.matches('.').count() == 3
        && run.raw.split('.').all(|it| it.parse::<u8>().is_ok());
    let is_amount = run.raw.contains('.')
        && run.raw.matches('.').count() == 1
        && !run.raw.contains([' ', '-', '/', '(']);
    let glued = matches!(before, '.' | '/' | '-' | '_' | '@' | '$' | '€' | '#')
        && !(before == '-'
            && run.before.chars().rev().nth(1).is_some_and(|c| c.is_alphabetic() && !c.is_ascii()))
        && !(before == '.' && text.byte_before(run.start.saturating_sub(1)) == b' ')
        || matches!(next, '_' | '%');
    // A book or an article: `978-3-94205-113-2`.
    let is_article = run.digits.len() == 13
        && (run.digits.starts_with("978") || run.digits.starts_with("979"))
        && !run.raw.starts_with('+');
    let path = matches!(before, '/' | '=') && run.raw.contains('/');
    dated
        || is_article
        || packed
        || timed
        || is_ip
        || is_amount
        || glued
            && !run.raw.starts_with('+')
            && !(run.raw.starts_with("00") && run.raw.len() == run.digits.len())
        || path
        || run.raw.contains("  ")
        || run.digits.bytes().all(|it| it == run.digits.as_bytes()[0])
}
