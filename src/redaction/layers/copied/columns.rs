//! Columns of secrets: a table without drawn lines whose head names one
//! (`host;user;password`), and lists of `user:password`.

use std::ops::Range;

use super::super::super::exempt::is_stand_in;
use super::super::super::randomness::Makeup;
use super::super::super::rules::{Role, STATES};
use super::super::super::span::Match;
use super::super::super::text::{self, Text, sign, unquoted};
use super::super::keys::is_secret_name;
use super::Finds;

/// The longest line of a table, in bytes.
const LONGEST: usize = 400;
/// The most rows.
const MOST: usize = 2048;
/// The fewest lines of a list of logins.
const FEWEST: usize = 3;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let mut done = 0;
    for hit in text.hits.iter().filter(|it| it.role == Role::Key) {
        if hit.start < done {
            continue;
        }
        let number = text.number(hit.start);
        done = text.lines[number].end;
        table(text, number, found);
    }
    logins(text, found);
}

/// The cells below the names of secrets in a head.
fn table(text: &Text<'_>, head: usize, found: &mut Finds<'_>) {
    let shown = text.line(&text.lines[head]);
    let Some(delimiter) = ["\t", ";", ",", "|", "  "].into_iter().find(|it| is_head(shown, it))
    else {
        return;
    };
    let names = fields(shown, delimiter);
    let secret: Vec<bool> =
        names.iter().map(|it| is_secret_name(shown[it.clone()].trim_matches('"'))).collect();
    if !secret.contains(&true) {
        return;
    }
    for line in text.lines[head + 1..].iter().take(MOST) {
        let row = text.line(line);
        let cells = fields(row, delimiter);
        if cells.len() != names.len() || row.len() > LONGEST {
            break;
        }
        for (cell, _) in cells.iter().zip(&secret).filter(|it| *it.1) {
            let (open, value) = unquoted(&row[cell.clone()]);
            if is_value(value) {
                let start = line.start + cell.start + open;
                found.push(Match::new("secret-column", "SECRET", start..start + value.len(), 75));
            }
        }
    }
}

/// Two names or more, and nothing but names.
fn is_head(line: &str, delimiter: &str) -> bool {
    let is_name = |it: &str| {
        let it = it.trim().trim_matches('"');
        !it.is_empty()
            && it.len() <= 32
            && it.split(' ').count() <= 3
            && it.chars().all(|c| c.is_alphanumeric() || " _-.#".contains(c))
            && it.starts_with(char::is_alphabetic)
    };
    line.len() <= LONGEST
        && line.contains(delimiter)
        && fields(line, delimiter).len() >= 2
        && fields(line, delimiter).into_iter().all(|it| is_name(&line[it]))
}

/// What a delimiter parts, without blanks around it; runs of blanks are one.
fn fields(line: &str, delimiter: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut all = Vec::new();
    for part in line.split(delimiter) {
        let bare = part.trim();
        let start = at + (part.len() - part.trim_start().len());
        if !bare.is_empty() || delimiter != "  " {
            all.push(start.min(at + part.len())..start.min(at + part.len()) + bare.len());
        }
        at += part.len() + delimiter.len();
    }
    all
}

fn is_value(value: &str) -> bool {
    let letters = value.chars().filter(|c| c.is_alphanumeric()).count();
    letters >= 3
        && !is_stand_in(value)
        && !value.contains(' ')
        && !STATES.iter().any(|it| it.eq_ignore_ascii_case(value))
}

/// Lines of `name:value` and nothing else, whose values are what people choose.
fn logins(text: &Text<'_>, found: &mut Finds<'_>) {
    let pair = |number: usize| {
        let line = text.lines.get(number).filter(|it| it.end - it.start <= 80)?;
        let shown = text.line(line);
        let colon = shown.find(':')?;
        let (name, value) = (shown[..colon].trim_start(), shown[colon + 1..].trim_end());
        let is_name = (2..=40).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._@-".contains(&b));
        let makeup = Makeup::of(value);
        let is_chosen = (5..=40).contains(&value.len())
            && !value.contains([' ', ':', '/', ',', '"', '{', '[', '(', '='])
            && makeup.letters() >= 3
            && (makeup.digits > 0 || value.contains(['!', '#', '$', '&', '%', '+', '*']))
            && !value.contains("..")
            && !is_stand_in(value);
        let start = line.start + colon + 1;
        (is_name && is_chosen).then(|| start..start + value.len())
    };
    let may_be = |line: &text::Line| {
        line.signs & sign::COLON != 0
            && line.signs & sign::LETTER != 0
            && line.end - line.start <= 80
    };
    let mut at = 0;
    while at + FEWEST <= text.lines.len() {
        if let Some(last) = text.lines[at..at + FEWEST].iter().rposition(|it| !may_be(it)) {
            at += last + 1;
            continue;
        }
        let list: Vec<Range<usize>> = (at..text.lines.len()).map_while(pair).collect();
        if list.len() >= FEWEST {
            found.extend(
                list.iter().map(|it| Match::new("listed-login", "PASSWORD", it.clone(), 60)),
            );
        }
        at += list.len().max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_by;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn cells_below_the_name_of_a_secret_go() {
        for table in [
            "host;user;password\nsw1;ops;rosenrot\nsw2;ops;eisblume\n",
            "user,password\nops,rosenrot\nann,\"eisblume\"\n",
            "host\tpasswort\nsw1\trosenrot\nsw2\teisblume\n",
            "Host   User  Password\nsw1    ops   rosenrot\nsw2    ops   eisblume\n",
        ] {
            assert_eq!(values(table), ["rosenrot", "eisblume"], "{table}");
        }
        assert_eq!(
            values("ops:rosen7rot\nann:eis!blume\nbob:birne44\n"),
            ["rosen7rot", "eis!blume", "birne44"]
        );
    }

    #[test]
    fn schemas_and_sentences_stay() {
        for text in [
            "name, password\nboth are required\n",
            "column;password\ntype;text\n",
            "a:1\nb:2\nc:3\n",
            "first, the password\nthen, the rest\n",
        ] {
            assert!(values(text).is_empty(), "{text}");
        }
    }
}
