//! A record as the bytes of a message, printed with escapes: `b'\x0eInge
//! Ott\x18i@ott.de'`. What stands between bytes that are no letters is a value;
//! where one of them is a person's, all of them go.

use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::rules::cue;
use super::super::super::text::Text;
use super::{Finds, hide};

/// The longest message on each side of a person's value, in bytes.
const LONGEST: usize = 600;
/// Shorter pieces are numbers that happen to be letters.
const SHORTEST: usize = 3;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    static CONTROL: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r"\\x[0-7][0-9A-Fa-f]|\\u00[01][0-9A-Fa-f]|\\[0-7]{3}|\\[nrtabfv0]")
    });
    let is_printed = const { [cue("\\x0"), cue("\\u000"), cue("\\00")] };
    if !is_printed.iter().any(|it| text.holds(*it)) {
        return;
    }
    let mut done = 0;
    for person in found.people().to_vec() {
        if person.start < done {
            continue;
        }
        let before = text.line_before(person.start, LONGEST);
        let quote = before.rfind(['"', '\'']).map_or(0, |at| at + 1);
        let start = person.start - before.len() + quote;
        let after = text.line_from(person.end, LONGEST);
        let end = person.end + after.find(['"', '\'']).unwrap_or(after.len());
        done = end;
        let literal = &text.raw[start..end];
        let cuts: Vec<_> = CONTROL.find_iter(literal).map(|it| it.range()).collect();
        if cuts.len() < 2 {
            continue;
        }
        let ends = cuts.iter().map(|it| it.start).chain([literal.len()]);
        for (from, to) in [0].into_iter().chain(cuts.iter().map(|it| it.end)).zip(ends) {
            let letters = literal[from..to].chars().filter(|it| it.is_alphanumeric()).count();
            if letters >= SHORTEST {
                hide(text, "copied-bytes", "VALUE", start + from..start + to, found);
            }
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
    fn what_stands_between_lengths_goes() {
        assert_eq!(
            values("b'\\x00\\x02\\x1a\\x0eInge S\\xc3\\xa9ye\\x2ci@o.de\\x02\\x00'"),
            ["Inge S\\xc3\\xa9ye", "i@o.de"]
        );
        assert_eq!(values("\"\\n\\003Ott\\022\\006i@o.de\\000\""), ["Ott", "i@o.de"]);
    }

    #[test]
    fn lines_of_a_text_stay() {
        assert!(values("\"mail to i@o.de\\nsoon\" and \\x00").is_empty());
    }
}
