//! What a text may be made of at all, before anything tries to understand it.

use sqlparser::dialect::Dialect;
use sqlparser::tokenizer::{Token, Tokenizer, Whitespace};

use super::Refused;

/// Bytes of a text.
const LARGEST: usize = 8 * 1_024;

/// Tokens of it.
const MOST: usize = 1_500;

/// Brackets within brackets.
const DEEPEST: usize = 24;

/// The tokens of a text, where there are not too many and all of them are on the list.
pub(super) fn of(sql: &str, dialect: &dyn Dialect) -> Result<Vec<Token>, Refused> {
    if sql.len() > LARGEST {
        return Refused::because(format!("it is longer than {LARGEST} bytes"));
    }
    let tokens = Tokenizer::new(dialect, sql).tokenize();
    let tokens = tokens.map_err(|error| Refused(format!("it cannot be read: {error}")))?;
    if tokens.len() > MOST {
        return Refused::because(format!("it has more than {MOST} words and signs"));
    }
    let mut depth = 0_usize;
    for token in &tokens {
        if !is_listed(token) {
            return Refused::because(format!("it has '{}', which no question needs", shown(token)));
        }
        match token {
            Token::LParen => depth += 1,
            Token::RParen => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Refused::because(format!("it is nested deeper than {DEEPEST} brackets"));
        }
    }
    Ok(tokens)
}

/// No comment, no semicolon, no text with escapes of any sort, no sign of an operator
/// that is not written below.
fn is_listed(token: &Token) -> bool {
    match token {
        Token::Word(word) => is_name(&word.value) && matches!(word.quote_style, None | Some('"')),
        Token::Number(text, is_long) => !is_long && is_number(text),
        Token::SingleQuotedString(text) => is_plain(text),
        Token::Whitespace(space) => {
            matches!(space, Whitespace::Space | Whitespace::Newline | Whitespace::Tab)
        }
        Token::Comma
        | Token::Period
        | Token::LParen
        | Token::RParen
        | Token::Colon
        | Token::DoubleColon
        | Token::Eq
        | Token::Neq
        | Token::Lt
        | Token::LtEq
        | Token::Gt
        | Token::GtEq
        | Token::Plus
        | Token::Minus
        | Token::Mul
        | Token::Div
        | Token::Mod
        | Token::Arrow
        | Token::LongArrow => true,
        _ => false,
    }
}

/// A name as most are, quoted or not. Relations of the server's own begin with `pg_`.
pub(super) fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = letters.next().is_some_and(|it| it.is_ascii_alphabetic() || it == '_');
    begins
        && text.len() < 64
        && letters.all(|it| it.is_ascii_alphanumeric() || it == '_')
        && !text.to_ascii_lowercase().starts_with("pg_")
}

fn is_number(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|it: char| it.is_ascii_digit())
        && text.chars().all(|it| it.is_ascii_digit() || ".eE+-".contains(it))
}

/// A text that means the same whatever the server's settings say of escapes.
pub(super) fn is_plain(text: &str) -> bool {
    !text.chars().any(|it| it.is_control() || it == '\\')
}

fn shown(token: &Token) -> String {
    token.to_string().split_whitespace().collect::<Vec<_>>().join(" ").chars().take(40).collect()
}
