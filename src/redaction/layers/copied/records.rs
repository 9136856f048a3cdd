//! Records as languages print them: `Customer{id=1, name='Ann'}`,
//! `#<User id: 1, name: "Ann">`, `&{ID:1 Name:Ann}`, `%User{name: "Ann"}`, over
//! one line or many. Names of fields stay, values go where the record is about
//! a person.
//!
//! One reader knows all of them: brackets that nest, names with a sign behind
//! them, and values. It need not know the language.

use std::ops::Range;

use super::super::super::signs::is;
use super::super::super::text::{Text, sign};
use super::{Finds, hide, is_personal, is_telling};

/// The longest record, in bytes.
const LONGEST: usize = 8 << 10;
/// The deepest that records stand in one another.
const DEEPEST: usize = 16;
/// How many records may open and not end in a text before none is read: what
/// is made to take long has nothing else.
const MOST_OPEN: usize = 512;

/// One value of a record.
#[derive(Debug)]
struct Field<'t> {
    name: &'t str,
    value: Range<usize>,
    is_quoted: bool,
}

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let (mut at, mut open) = (0, 0);
    while let Some(start) = next(text, at) {
        let Some((end, fields)) = Reader::new(text, start).read() else {
            open += 1;
            if open > MOST_OPEN {
                return;
            }
            at = start + 1;
            continue;
        };
        at = end;
        if is_about_somebody(text, &fields, &(start..end), found) {
            for field in fields.iter().filter(|it| is_value(&text.raw[it.value.clone()], it)) {
                hide(text, "copied-record", "VALUE", field.value.clone(), found);
            }
        }
    }
}

/// The next bracket behind which a bare name and its sign stand.
fn next(text: &Text<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    let mut number = text.number(at);
    loop {
        // Most lines have no bracket.
        let line = text.lines.get(number)?;
        let rest = text.bytes.get(at.max(line.start)..line.end).unwrap_or_default();
        let open = match line.signs {
            // An angle opens a record behind this sign only.
            signs if signs & sign::HASH != 0 => rest.iter().position(|it| is(*it, sign::OPEN)),
            signs if signs & sign::OPEN != 0 => memchr::memchr3(b'{', b'[', b'(', rest),
            _ => None,
        };
        let Some(open) = open else {
            number += 1;
            continue;
        };
        at = at.max(line.start) + open;
        let inner = &text.bytes[at + 1..text.bytes.len().min(at + 96)];
        if text.bytes[at] == b'<' {
            let is_inspected = text.byte_before(at) == b'#' && inner.starts_with(b"struct ")
                || inner.first().is_some_and(u8::is_ascii_uppercase)
                    && text.byte_before(at) == b'#';
            if is_inspected {
                return Some(at);
            }
        } else if begins_field(inner) {
            return Some(at);
        }
        at += 1;
    }
}

/// `name=`, `name: `, `Name:`, `:name `, `name =>`.
fn begins_field(inner: &[u8]) -> bool {
    let skipped = inner.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    name_length(&inner[skipped..]).is_some()
}

/// The length of a name with its sign, and of the name alone.
fn name_length(bytes: &[u8]) -> Option<(usize, Range<usize>)> {
    let lead = usize::from(matches!(bytes.first(), Some(b':' | b'@')));
    let word = bytes[lead.min(bytes.len())..]
        .iter()
        .take(64)
        .take_while(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'))
        .count();
    if word == 0 || !bytes[lead].is_ascii_alphabetic() && bytes[lead] != b'_' {
        return None;
    }
    let end = lead + word;
    let blanks = bytes[end..].iter().take(24).take_while(|it| **it == b' ').count();
    let sign = match bytes.get(end + blanks..)? {
        [b'=', b'>', ..] => 2,
        [b'=', b'=' | b'~', ..] | [b':', b':' | b'/' | b'=', ..] => return None,
        [b'=', ..] => 1,
        [b':', ..] if blanks == 0 => 1,
        _ if lead == 1 && bytes[0] == b':' && blanks == 1 => 0,
        _ => return None,
    };
    Some((end + blanks + sign, lead..end))
}

/// Reads a record from its opening bracket on.
struct Reader<'t, 'a> {
    text: &'a Text<'t>,
    bytes: &'a [u8],
    start: usize,
    at: usize,
    name: &'t str,
    open: Vec<(u8, &'t str)>,
    fields: Vec<Field<'t>>,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn new(text: &'a Text<'t>, start: usize) -> Self {
        let bytes = text.from(start, LONGEST).as_bytes();
        Self { text, bytes, start, at: 0, name: "", open: Vec::new(), fields: Vec::new() }
    }

    /// The end of the record and its fields; `None` if it is none.
    fn read(mut self) -> Option<(usize, Vec<Field<'t>>)> {
        self.bracket(self.bytes[0]);
        if self.bytes[0] == b'<' {
            self.at += class_length(&self.bytes[1..]);
        }
        while !self.open.is_empty() {
            match *self.bytes.get(self.at)? {
                byte @ (b'{' | b'(' | b'[') => self.bracket(byte),
                b'}' | b')' | b']' => self.close()?,
                b'>' if self.open.len() == 1 && self.open[0].0 == b'<' => self.close()?,
                quote @ (b'"' | b'\'') => self.string(quote)?,
                b',' | b';' | b' ' | b'\t' | b'\r' | b'\n' | b'<' | b'>' | b'|' | b'%' | b'&'
                | b'#' | b'*' | b'\\' => self.at += 1,
                _ => self.bare()?,
            }
            if self.open.len() > DEEPEST {
                return None;
            }
        }
        Some((self.start + self.at, self.fields))
    }

    fn bracket(&mut self, byte: u8) {
        self.open.push((byte, self.name));
        self.at += 1;
    }

    fn close(&mut self) -> Option<()> {
        (_, self.name) = self.open.pop()?;
        self.at += 1;
        Some(())
    }

    fn string(&mut self, quote: u8) -> Option<()> {
        let from = self.at + 1;
        let mut end = from;
        while *self.bytes.get(end)? != quote {
            end += 1 + usize::from(self.bytes[end] == b'\\');
            if self.bytes.get(end) == Some(&b'\n') {
                return None;
            }
        }
        self.push(from..end, true);
        self.at = end + 1;
        Some(())
    }

    /// A name with its sign, a word before a bracket, or a value.
    fn bare(&mut self) -> Option<()> {
        let rest = &self.bytes[self.at..];
        if let Some((length, name)) = name_length(rest) {
            let name = self.at + name.start..self.at + name.end;
            self.name = self.text.raw.get(self.start + name.start..self.start + name.end)?;
            self.at += length;
            return Some(());
        }
        let length = value_length(rest, self.open.last().map_or(0, |it| it.0));
        let next = rest[length..].iter().find(|byte| **byte != b' ');
        let is_head = matches!(next, Some(b'{' | b'(' | b'[' | b'"' | b'\''))
            && rest[..length].trim_ascii().iter().all(|it| is_head_part(*it));
        if is_head {
            let head = self.at..self.at + rest[..length].trim_ascii_end().len();
            if next == Some(&b'{') && self.name.is_empty() {
                self.name = self.text.raw.get(self.start + head.start..self.start + head.end)?;
            }
        } else {
            self.push(self.at..self.at + length, false);
        }
        self.at += length.max(1);
        Some(())
    }

    fn push(&mut self, value: Range<usize>, is_quoted: bool) {
        let end = if is_quoted {
            value.end
        } else {
            value.start + self.bytes[value.clone()].trim_ascii_end().len()
        };
        let value = self.start + value.start..self.start + end;
        if !value.is_empty() {
            self.fields.push(Field { name: self.name, value, is_quoted });
        }
    }
}

/// `struct User ` behind `#<`.
fn class_length(bytes: &[u8]) -> usize {
    let is_struct = bytes.starts_with(b"struct ");
    let from = if is_struct { 7 } else { 0 };
    from + bytes[from..].iter().take(80).take_while(|it| is_head_part(**it)).count()
}

fn is_head_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'$')
}

/// How long a bare value is: up to a sign that parts, or to the next name of
/// a record that blanks part.
fn value_length(bytes: &[u8], open: u8) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b',' | b';' | b'\n' | b'{' | b'}' | b')' | b']' | b'"' => break,
            b'(' | b'[' if at > 0 => break,
            b'>' if open == b'<' => break,
            b' ' if name_length(&bytes[at + 1..]).is_some() => break,
            _ => at += 1,
        }
    }
    at.max(1)
}

/// One of them is a person's mail, phone, account, or two say whose they are.
fn is_about_somebody(
    text: &Text<'_>,
    fields: &[Field<'_>],
    span: &Range<usize>,
    found: &Finds<'_>,
) -> bool {
    if fields.len() < 2 {
        return false;
    }
    let personal = fields.iter().filter(|it| is_personal(it.name)).count();
    if personal >= 1 && found.holds_person(span) {
        return true;
    }
    let is_data = |it: &&Field<'_>| {
        let value = &text.raw[it.value.clone()];
        is_telling(it.name)
            && value.len() >= 2
            && (it.is_quoted || value.contains(' ') || is_long(value))
    };
    personal >= 2 && fields.iter().any(|it| is_data(&it))
}

fn is_long(value: &str) -> bool {
    value.bytes().filter(u8::is_ascii_digit).count() >= 4
}

/// Words of the language and small numbers say nothing.
fn is_value(value: &str, field: &Field<'_>) -> bool {
    let words = ["str", "int", "String", "true", "false", "nil", "null", "None", "True", "False"];
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    field.is_quoted
        || !words.contains(&value)
            && !value.starts_with([':', '.', '$', '*'])
            && (digits >= 2 || digits < value.trim().len())
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_by;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn values_of_personal_records_go_however_they_are_printed() {
        for record in [
            "bad: Customer{id=88120, name='Inge Ott', street='Am Deich 7'}",
            "bad: Customer(id=88120, name=Inge Ott, street=Am Deich 7)",
            "bad: Customer[id=88120, name=Inge Ott, street=Am Deich 7]",
            "Customer { Id = 88120, Name = Inge Ott, Street = Am Deich 7 }",
            "=> #<User id: 88120, name: \"Inge Ott\", street: \"Am Deich 7\">\n",
            "=> #<struct User id=88120, name=\"Inge Ott\", street=\"Am Deich 7\">\n",
            "got &{ID:88120 Name:Inge Ott Address:{Street:Am Deich 7}}",
            "main.User{ID:88120, Name:\"Inge Ott\", Street:\"Am Deich 7\"}",
            "%Shop.User{id: 88120, name: \"Inge Ott\", street: \"Am Deich 7\", role: :admin}",
            "{:id 88120, :name \"Inge Ott\", :street \"Am Deich 7\"}",
            "#{id => 88120, name => <<\"Inge Ott\">>, street => <<\"Am Deich 7\">>}",
            "User {\n  id: 88120,\n  name: \"Inge Ott\",\n  street: Some(\n    \"Am Deich 7\",\n  ),\n}",
            "customer {\n  id: 88120\n  name: \"Inge Ott\"\n  address {\n    street: \"Am Deich 7\"\n  }\n}",
            "customer = { id = 88120, name = \"Inge Ott\", street = \"Am Deich 7\" }",
            "User(id=Decimal('88120'), name='Inge Ott', street='Am Deich 7')",
        ] {
            assert_eq!(values(record), ["88120", "Inge Ott", "Am Deich 7"], "{record}");
        }
    }

    #[test]
    fn other_records_stay() {
        for record in [
            "Point{x=1, y=2}",
            "Config(retries=3, region=eu, name=queue)",
            "a[1] => b",
            "f(x: 1)",
            "def make(name: str, email: str) -> User:",
            "struct User { name: String, email: String }",
            "if (user == null) { name = other.name; email = other.email; }",
            "{{ user.name }} and ${name:-none}",
        ] {
            assert!(values(record).is_empty(), "{record}");
        }
    }
}
