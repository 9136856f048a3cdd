//! One pattern of a CODEOWNERS file, and matching a path with it.
//!
//! A pattern is cut at `/`; `**` stands for any number of parts. Both levels
//! match greedily and go back to the last star only, so that the cost is
//! bounded by pattern times path.

use super::OwnersDialect;

/// Longer patterns are refused.
const MAX_BYTES: usize = 1_000;

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

/// One part between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// `**`: any number of parts, none included.
    Deep,
    /// A name with stars.
    Name(Vec<Token>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Byte(u8),
    /// `?`
    One,
    /// `*`
    Star,
}

impl Pattern {
    /// Compiles a pattern as it is written; an error says why it has no effect.
    pub fn compile(text: &[u8], dialect: OwnersDialect) -> Result<Self, &'static str> {
        if text.len() > MAX_BYTES {
            return Err("is too long");
        }
        let tokens = tokens(text, dialect)?;
        let slash = Token::Byte(b'/');
        let is_rooted = tokens.first() == Some(&slash);
        let is_folder = tokens.last() == Some(&slash);
        let names: Vec<&[Token]> =
            tokens.split(|&token| token == slash).filter(|name| !name.is_empty()).collect();
        let Some(last) = names.last().copied() else { return Err("matches nothing") };
        let is_anchored = is_rooted || (dialect == OwnersDialect::GitHub && names.len() > 1);
        let mut parts = if is_anchored { Vec::new() } else { vec![Part::Deep] };
        parts.extend(names.iter().map(|name| part(name)));
        match dialect {
            _ if is_folder || is_deep(last) => parts.extend(inside()),
            // GitHub alone reads a last `*` as the files of that folder only.
            OwnersDialect::GitHub if !(is_anchored && last == [Token::Star]) => {
                parts.push(Part::Deep);
            }
            _ => {}
        }
        parts.dedup_by(|later, earlier| *later == Part::Deep && *earlier == Part::Deep);
        Ok(Self(parts))
    }

    /// True if the path with these parts matches.
    pub fn matches(&self, path: &[&[u8]]) -> bool {
        glob(
            &self.0,
            path,
            |part| *part == Part::Deep,
            |part, name| match part {
                Part::Deep => false,
                Part::Name(tokens) => name_matches(tokens, name),
            },
        )
    }
}

fn part(name: &[Token]) -> Part {
    if is_deep(name) { Part::Deep } else { Part::Name(name.to_vec()) }
}

fn is_deep(name: &[Token]) -> bool {
    name.len() > 1 && name.iter().all(|&token| token == Token::Star)
}

/// Everything inside a folder, at any depth.
fn inside() -> [Part; 2] {
    [Part::Deep, Part::Name(vec![Token::Star])]
}

fn tokens(text: &[u8], dialect: OwnersDialect) -> Result<Vec<Token>, &'static str> {
    let mut tokens = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(&byte) = bytes.next() {
        tokens.push(match byte {
            b'\\' => Token::Byte(*bytes.next().ok_or("ends with a backslash")?),
            b'*' => Token::Star,
            b'?' => Token::One,
            b'!' if tokens.is_empty() => return Err("begins with `!`, which has no meaning here"),
            b'[' | b']' if dialect == OwnersDialect::GitHub => {
                return Err("holds `[` or `]`, which has no meaning here");
            }
            byte => Token::Byte(byte),
        });
    }
    Ok(tokens)
}

fn name_matches(tokens: &[Token], name: &[u8]) -> bool {
    glob(
        tokens,
        name,
        |token| *token == Token::Star,
        |token, byte| match token {
            Token::Byte(wanted) => wanted == byte,
            Token::One => true,
            Token::Star => false,
        },
    )
}

/// Matches all of `items` with `pattern`, in which a star stands for any
/// number of items. Going back to the last star is enough: what an earlier
/// one took can as well be taken by the last.
fn glob<P, T>(
    pattern: &[P],
    items: &[T],
    is_star: impl Fn(&P) -> bool,
    fits: impl Fn(&P, &T) -> bool,
) -> bool {
    let (mut at, mut item) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while item < items.len() {
        match pattern.get(at) {
            Some(it) if is_star(it) => {
                at += 1;
                star = Some((at, item));
            }
            Some(it) if fits(it, &items[item]) => {
                at += 1;
                item += 1;
            }
            _ => {
                let Some((after, taken)) = star else { return false };
                (at, item) = (after, taken + 1);
                star = Some((after, item));
            }
        }
    }
    pattern[at..].iter().all(is_star)
}
