//! Copied data: rows of tables, bodies of requests, records of stores, locals
//! of a stack frame. The schema stays: names of columns and keys, commands,
//! error messages; cells and values go.
//!
//! It runs behind the other layers and looks at what they found: a table or a
//! body that holds an identifier is copied from somewhere.

mod aligned;
mod beside;
mod bytes;
mod columns;
mod csv;
mod forms;
mod found;
mod grids;
mod interchange;
mod listed;
mod locals;
mod markup;
mod messages;
mod objects;
mod outline;
mod pairs;
mod policies;
mod positions;
mod records;
mod rulers;
mod sql;
mod typeset;
mod wiki;

use std::ops::Range;
use std::sync::LazyLock;

use found::Finds;

use super::super::exempt::is_stand_in;
use super::super::rules::{Additions, Cue};
use super::super::span::Match;
use super::super::stop::Stop;
use super::super::text::{self, Text};

pub(super) fn find(text: &Text<'_>, _: &Additions, found: &mut Vec<Match>) -> Result<(), Stop> {
    let found = &mut Finds::over(found);
    grids::find(text, found);
    rulers::find(text, found);
    columns::find(text, found);
    csv::find(text, found);
    sql::find(text, found);
    objects::find(text, found)?;
    markup::find(text, found);
    forms::find(text, found);
    locals::find(text, found);
    records::find(text, found);
    listed::find(text, found);
    messages::find(text, found);
    interchange::find(text, found);
    wiki::find(text, found);
    aligned::find(text, found);
    pairs::find(text, found);
    outline::find(text, found);
    beside::find(text, found);
    typeset::find(text, found);
    bytes::find(text, found);
    positions::find(text, found);
    policies::find(text, found);
    Ok(())
}

/// Words of rows that forms are known by.
pub(super) fn cues() -> impl Iterator<Item = (Cue, &'static str)> {
    policies::cues()
}

/// One line and where it begins.
#[derive(Debug, Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
    signs: u32,
}

impl<'t> Line<'t> {
    fn of(text: &Text<'t>, line: &text::Line) -> Self {
        Self { start: line.start, text: text.line(line), signs: line.signs }
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Every line, without its end.
fn lines<'t>(text: &Text<'t>) -> impl Iterator<Item = Line<'t>> {
    some_lines(text, 0..text.lines.len())
}

/// The lines of some numbers.
fn some_lines<'t>(text: &Text<'t>, numbers: Range<usize>) -> impl Iterator<Item = Line<'t>> {
    text.lines[numbers].iter().map(|it| Line::of(text, it))
}

/// Hides a value without the space around it; what is empty, says nothing, or
/// stands in for a value stays.
fn hide(
    text: &Text<'_>,
    rule: &'static str,
    kind: &'static str,
    span: Range<usize>,
    found: &mut Finds<'_>,
) {
    let raw = &text.raw[span.clone()];
    let value = raw.trim();
    let start = span.start + (raw.len() - raw.trim_start().len());
    let says_nothing = ["null", "none", "nil", "true", "false", "t", "f", "<null>", "\\n", "n/a"];
    let is_silent = value.is_empty()
        || value.len() <= 6 && says_nothing.iter().any(|it| value.eq_ignore_ascii_case(it))
        || !value.chars().any(char::is_alphanumeric);
    let is_free = rule != "copied-local"
        && is_stand_in(value)
        && !value.contains([' ', ':', '/'])
        && !value.bytes().all(|byte| byte.is_ascii_digit());
    if !is_silent && !is_free {
        found.push(Match::new(rule, kind, start..start + value.len(), 70));
    }
}

/// Names of columns and keys that machines' data hardly has.
#[rustfmt::skip]
const TELLING: &[&str] = &[
    "email", "e-mail", "mail", "phone", "telephone", "telefon", "tel", "mobile", "msisdn", "iban", "street", "straße", "strasse", "plz", "postcode", "postalcode", "zipcode", "birthday", "birthdate", "dob", "dateofbirth", "geburtsdatum", "geburtstag", "born", "firstname", "lastname", "forename", "initials",
    "surname", "givenname", "familyname", "fullname", "customer", "kunde", "kundennr", "kundenname", "buyer", "recipient", "consignee", "patient", "mrn", "ssn", "salary", "nachname", "vorname", "passenger", "guest", "diagnosis", "applicant", "employee", "telephonenumber", "insurance", "subscriber", "geboren", "versichertennr", "rückruf", "rueckruf", "rückrufnummer", "stras", "telf", "telf1", "pstlz", "kunnr", "name1", "ort01", "family", "given", "birthdate", "cashier", "badge", "hiredate", "payee", "brutto", "netto", "eintritt", "gehalt",
    "empfänger", "auftraggeber", "begünstigter", "verwendungszweck", "zahlungsempfänger", "beneficiary", "destinataire", "bénéficiaire", "beneficiario", "remittance", "nom", "prénom", "prenom", "adresse", "courriel", "téléphone", "ville", "nombre", "apellido", "apellidos", "correo", "teléfono", "telefono", "dirección", "direccion", "cognome", "indirizzo", "città", "sobrenome", "endereço", "voornaam", "achternaam", "naam", "straat", "klant", "anrede", "ansprechpartner", "kontonummer", "namn", "epost", "förnamn", "efternamn", "imię", "nazwisko", "jméno", "příjmení", "имя", "фамилия", "телефон", "адрес", "姓名", "氏名", "電話", "电话", "住所", "地址", "邮箱", "이름", "전화",
];

/// Hides every cell of a row, from where it begins, that a sign parts from the next.
fn hide_cells(text: &Text<'_>, start: usize, row: &str, sign: &str, found: &mut Finds<'_>) {
    let mut at = start;
    for cell in row.split(sign) {
        hide(text, "copied-cell", "CELL", at..at + cell.len(), found);
        at += cell.len() + sign.len();
    }
}

/// Words of columns and keys whose values name or place a person.
#[rustfmt::skip]
const PERSONAL: &[&str] = &[
    "email", "e-mail", "mail", "phone", "telephone", "telefon", "mobile", "cell", "fax", "msisdn", "iban", "street", "straße", "strasse", "address", "adresse", "city", "ort", "zip", "plz", "postcode", "postal", "birth", "birthday", "birthdate", "dob", "geburtsdatum", "firstname", "lastname",
    "surname", "givenname", "familyname", "fullname", "displayname", "customer", "kunde", "kundennr", "buyer", "holder", "owner", "recipient", "consignee", "contact", "kontakt", "patient", "mrn", "nhs", "ssn", "salary", "login", "username", "user", "usename", "nachname", "vorname", "name", "ship", "supplier", "client",
    "employee", "member", "passenger", "guest", "tenant", "account", "uid", "msg", "shipto", "gift", "taxnumber", "last", "first", "imsi", "imei", "diagnosis", "ward", "total", "amount", "balance", "order", "invoice", "company", "firma", "notes", "note", "applicant", "distinct", "cn", "sn", "nm", "subject", "vip", "holder", "payer", "payee", "debtor", "creditor", "caller", "reporter", "signer", "driver", "teacher", "student", "pupil", "tenant",
];

/// What a name of a column or key says of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Personal,
    Telling,
}

/// True if machines' data hardly has a column or key of this name.
fn is_telling(name: &str) -> bool {
    said(name) == Some(Says::Telling)
}

/// True if a name of a column or key says that its values are personal.
fn is_personal(name: &str) -> bool {
    said(name).is_some()
}

/// The most that one of the words of a name says, or all of them joined.
fn said(name: &str) -> Option<Says> {
    let words = name.split(|c: char| !c.is_alphanumeric() && c != '-').flat_map(humps);
    let most = words.filter_map(says).max();
    if most == Some(Says::Telling) || !is_joined(name) {
        return most;
    }
    let joined = |signs: &[char]| says(&name.replace(signs, ""));
    let telling = joined(&['_', ' ', '-', '.']).filter(|it| *it == Says::Telling);
    telling.or(most).or_else(|| joined(&['_', ' ', '-']))
}

/// What a word says, in whatever case.
fn says(word: &str) -> Option<Says> {
    static WORDS: LazyLock<Vec<(&str, Says)>> = LazyLock::new(|| {
        let telling = TELLING.iter().map(|it| (*it, Says::Telling));
        let personal = PERSONAL.iter().map(|it| (*it, Says::Personal));
        let mut words: Vec<_> = telling.chain(personal).collect();
        words.sort_unstable_by_key(|it| (it.0, std::cmp::Reverse(it.1)));
        words.dedup_by_key(|it| it.0);
        words
    });
    if word.len() < 2 || word.as_bytes()[0].is_ascii_digit() {
        return None;
    }
    place_of(&WORDS, word, |it| it.0).map(|at| WORDS[at].1)
}

/// Where a word stands in a list that is in order, in whatever case it is
/// written.
fn place_of<T>(words: &[T], word: &str, name: impl Fn(&T) -> &str) -> Option<usize> {
    let found = if word.is_ascii() {
        let lower = || word.bytes().map(|byte| byte.to_ascii_lowercase());
        words.binary_search_by(|it| name(it).bytes().cmp(lower()))
    } else {
        let lower = word.to_lowercase();
        words.binary_search_by(|it| name(it).cmp(&lower))
    };
    found.ok()
}

/// True for a name of several words.
fn is_joined(name: &str) -> bool {
    name.contains(['_', ' ', '-', '.']) || name.chars().any(char::is_uppercase)
}

/// The words of `givenName`.
fn humps(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let mut last = ' ';
        let hump = rest.char_indices().find(|(_, c)| {
            let is_hump = c.is_uppercase() && last.is_lowercase();
            last = *c;
            is_hump
        });
        let (word, next) = rest.split_at(hump.map_or(rest.len(), |it| it.0));
        rest = next;
        (!word.is_empty()).then_some(word)
    })
}

#[cfg(test)]
mod tests;
