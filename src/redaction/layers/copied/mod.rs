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

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use found::Finds;

use super::super::exempt::is_stand_in;
use super::super::rules::{Additions, Cue};
use super::super::scan::Stop;
use super::super::span::Match;
use super::super::text::Text;

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

/// Every line, without its end.
fn lines<'t>(text: &Text<'t>) -> impl Iterator<Item = Line<'t>> {
    text.lines.iter().map(|it| Line { start: it.start, text: text.line(it), signs: it.signs })
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
        || says_nothing.iter().any(|it| value.eq_ignore_ascii_case(it))
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

/// True if a name of a column or key is one of those.
fn is_telling(name: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| TELLING.iter().copied().collect());
    let is_one = |word: &str| WORDS.contains(word.to_lowercase().as_str());
    let mut words = name.split(|c: char| !c.is_alphanumeric() && c != '-').flat_map(camel);
    words.any(is_one) || is_joined(name) && is_one(&name.replace(['_', ' ', '-', '.'], ""))
}

/// Words of columns and keys whose values name or place a person.
#[rustfmt::skip]
const PERSONAL: &[&str] = &[
    "email", "e-mail", "mail", "phone", "telephone", "telefon", "mobile", "cell", "fax", "msisdn", "iban", "street", "straße", "strasse", "address", "adresse", "city", "ort", "zip", "plz", "postcode", "postal", "birth", "birthday", "birthdate", "dob", "geburtsdatum", "firstname", "lastname",
    "surname", "givenname", "familyname", "fullname", "displayname", "customer", "kunde", "kundennr", "buyer", "holder", "owner", "recipient", "consignee", "contact", "kontakt", "patient", "mrn", "nhs", "ssn", "salary", "login", "username", "user", "usename", "nachname", "vorname", "name", "ship", "supplier", "client",
    "employee", "member", "passenger", "guest", "tenant", "account", "uid", "msg", "shipto", "gift", "taxnumber", "last", "first", "imsi", "imei", "diagnosis", "ward", "total", "amount", "balance", "order", "invoice", "company", "firma", "notes", "note", "applicant", "distinct", "cn", "sn", "nm", "subject", "vip", "holder", "payer", "payee", "debtor", "creditor", "caller", "reporter", "signer", "driver", "teacher", "student", "pupil", "tenant",
];

/// True if a name of a column or key says that its values are personal.
fn is_personal(name: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| PERSONAL.iter().copied().collect());
    let is_one = |word: &str| WORDS.contains(word.to_lowercase().as_str());
    let mut words = name.split(|c: char| !c.is_alphanumeric() && c != '-').flat_map(camel);
    words.any(is_one)
        || is_telling(name)
        || is_joined(name) && is_one(&name.replace(['_', ' ', '-'], ""))
}

/// True for a name of several words.
fn is_joined(name: &str) -> bool {
    name.contains(['_', ' ', '-', '.']) || name.chars().any(char::is_uppercase)
}

/// The words of `givenName`.
fn camel(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last = ' ';
    for (at, c) in name.char_indices() {
        if c.is_uppercase() && last.is_lowercase() {
            words.push(&name[start..at]);
            start = at;
        }
        last = c;
    }
    words.push(&name[start..]);
    words
}

#[cfg(test)]
mod tests;
