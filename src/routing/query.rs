//! What a person or an agent typed, taken apart.
//!
//! Phrases in quotes must stand as they are, ` -word` excludes, a known
//! `field:value` filters, everything else is words. Ticket and batch text is
//! literal: nothing in it is syntax.

use std::collections::HashSet;

use super::abbreviations;
use super::analysis::{Analyzer, Word};

/// Most distinct terms that are looked up; the rest of a huge text adds noise and time.
const MAX_TERMS: usize = 256;

/// Filters that narrow an answer; every given one must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// Document kinds, any of them.
    pub kinds: Vec<String>,
    /// Owners, any of them.
    pub owners: Vec<String>,
    /// Services, any of them.
    pub services: Vec<String>,
    /// Tags, any of them.
    pub tags: Vec<String>,
    /// Statuses, any of them.
    pub statuses: Vec<String>,
}

impl Filters {
    /// True if nothing is filtered.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn slot(&mut self, field: &str) -> Option<&mut Vec<String>> {
        match field {
            "kind" => Some(&mut self.kinds),
            "owner" => Some(&mut self.owners),
            "service" => Some(&mut self.services),
            "tag" => Some(&mut self.tags),
            "status" => Some(&mut self.statuses),
            _ => None,
        }
    }
}

/// What a term of a question stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongForm {
    /// Index of the term.
    pub of: usize,
    /// The words of its long form, in normal form.
    pub words: Vec<String>,
}

/// A question, ready to be looked up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// Distinct terms in the order in which they first stand.
    pub terms: Vec<String>,
    /// Indexes into `terms` of words that follow each other directly.
    pub pairs: Vec<(usize, usize)>,
    /// Term sequences that a page must hold.
    pub phrases: Vec<Vec<String>>,
    /// Terms that a page must not hold.
    pub excluded: Vec<String>,
    /// Filters written as `field:value`.
    pub filters: Filters,
    /// Words that may be abbreviations, as written but in lower case, with the index of
    /// their term: the stem of another word is none.
    pub short_forms: Vec<(usize, String)>,
    /// What terms that are abbreviations stand for, as the pages say.
    pub long_forms: Vec<LongForm>,
    /// Whole identifiers and names in it, in normal form: candidates for exact matches.
    pub names: Vec<String>,
}

impl Query {
    /// Reads query syntax.
    pub fn parse(text: &str, analyzer: &mut Analyzer) -> Self {
        let mut query = Self::default();
        let mut words = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Phrase(phrase) => {
                    let terms = parts(analyzer, phrase);
                    if terms.len() > 1 {
                        query.phrases.push(terms);
                    }
                    words.extend([phrase, " "]);
                }
                Piece::Excluded(word) => query.excluded.extend(parts(analyzer, word)),
                Piece::Field(field, value) => match query.filters.slot(field) {
                    Some(values) => values.push(value.to_owned()),
                    None => words.extend([field, ":", value, " "]),
                },
                Piece::Word(word) => words.extend([word, " "]),
            }
        }
        query.add_words(&words, analyzer);
        query
    }

    /// Takes every word as it stands.
    pub fn literal(text: &str, analyzer: &mut Analyzer) -> Self {
        let mut query = Self::default();
        query.add_words(text, analyzer);
        query
    }

    /// True if nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty() && self.filters.is_empty()
    }

    fn add_words(&mut self, text: &str, analyzer: &mut Analyzer) {
        let words = analyzer.words(text);
        let only_stop_words = words.iter().all(|word| word.stop);
        let mut seen = HashSet::new();
        let mut last: Option<(u32, usize)> = None;
        for word in words.into_iter().filter(|word| only_stop_words || !word.stop) {
            if self.terms.len() >= MAX_TERMS {
                break;
            }
            if seen.insert(word.term.clone()) {
                self.terms.push(word.term.clone());
            }
            if !word.joined {
                let Some(at) = self.terms.iter().position(|term| *term == word.term) else {
                    continue;
                };
                if let Some((position, before)) = last
                    && position + 1 == word.position
                    && before != at
                {
                    self.pairs.push((before, at));
                }
                last = Some((word.position, at));
                let short = abbreviations::short_form(&text[word.start..word.end]);
                let short = short.map(|short| (at, short));
                self.short_forms.extend(short.filter(|it| !self.short_forms.contains(it)));
            }
        }
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.names = names(text, analyzer);
    }
}

/// Normal forms of the chunks that look like names rather than words.
fn names(text: &str, analyzer: &mut Analyzer) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for word in analyzer.words(text) {
        let written = &text[word.start..word.end];
        let is_name =
            (word.joined && !written.contains('-')) || written.bytes().any(|b| b.is_ascii_digit());
        if is_name && !names.contains(&word.term) && names.len() < MAX_TERMS {
            names.push(word.term);
        }
    }
    names
}

fn parts(analyzer: &mut Analyzer, text: &str) -> Vec<String> {
    let words: Vec<Word> = analyzer.words(text);
    words.into_iter().filter(|word| !word.joined).map(|word| word.term).collect()
}

enum Piece<'a> {
    Phrase(&'a str),
    Excluded(&'a str),
    Field(&'a str, &'a str),
    Word(&'a str),
}

/// Cuts at white space; quotes hold together, also after `field:`.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (piece, after) = next_piece(rest);
        pieces.push(piece);
        rest = after.trim_start();
    }
    pieces
}

fn next_piece(text: &str) -> (Piece<'_>, &str) {
    if let Some((phrase, after)) = quoted(text) {
        return (Piece::Phrase(phrase), after);
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    if let Some((field, value)) = word.split_once(':')
        && Filters::default().slot(field).is_some()
        && !value.is_empty()
    {
        return match quoted(&text[field.len() + 1..]) {
            Some((value, after)) => (Piece::Field(field, value), after),
            None => (Piece::Field(field, value), after),
        };
    }
    match word.strip_prefix('-') {
        Some(excluded) if excluded.starts_with(char::is_alphanumeric) => {
            (Piece::Excluded(excluded), after)
        }
        _ => (Piece::Word(word), after),
    }
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let (inside, after) = text.strip_prefix('"')?.split_once('"')?;
    Some((inside, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Query {
        Query::parse(text, &mut Analyzer::default())
    }

    #[test]
    fn phrases_exclusions_and_filters_are_taken_apart() {
        let query = parse(r#"full disk "no space left" -windows kind:runbook owner:"team a""#);
        assert_eq!(query.terms, ["full", "disk", "no", "space", "left"]);
        assert_eq!(query.phrases, [["no", "space", "left"]]);
        assert_eq!(query.excluded, ["window"]);
        assert_eq!(query.filters.kinds, ["runbook"]);
        assert_eq!(query.filters.owners, ["team a"]);
    }

    #[test]
    fn unknown_fields_are_words() {
        assert_eq!(parse("error: timeout foo:bar").terms, ["error", "timeout", "foo", "bar"]);
    }

    #[test]
    fn an_open_quote_is_a_word() {
        assert_eq!(parse("\"half open").terms, ["half", "open"]);
        assert!(parse("\"half open").phrases.is_empty());
    }

    #[test]
    fn only_stop_words_still_ask() {
        assert_eq!(parse("what is it").terms, ["what", "is", "it"]);
        assert!(parse("  ").is_empty());
    }

    #[test]
    fn literal_text_has_no_syntax() {
        let query = Query::literal("-x kind:runbook", &mut Analyzer::default());
        assert!(query.excluded.is_empty() && query.filters.is_empty());
        assert_eq!(query.terms, ["x", "kind", "runbook"]);
    }

    #[test]
    fn neighbours_are_pairs_across_an_identifier() {
        let query = parse("KubeNode ready");
        assert_eq!(
            query.terms,
            ["kubenod", "kube", "node", "readi"].map(|t| if t == "kubenod" {
                "kubenode"
            } else {
                t
            })
        );
        assert_eq!(query.pairs, [(1, 2), (2, 3)]);
    }

    #[test]
    fn a_huge_text_is_bounded() {
        let words: Vec<String> = (0..50_000).map(|i| format!("w{i}")).collect();
        let text = words.join(" ");
        assert_eq!(parse(&text).terms.len(), MAX_TERMS);
    }

    #[test]
    fn names_are_identifiers_and_what_has_a_digit() {
        let names = |text: &str| parse(text).names;
        assert_eq!(names("KubeNode is ready, kube_node too"), ["kubenod"].map(|_| "kubenode"));
        assert_eq!(names("self-hosted E0382 and 503"), ["e0382", "503"]);
        assert_eq!(names("self-hosted words"), Vec::<String>::new());
    }

    #[test]
    fn a_dash_excludes_a_word_and_nothing_else() {
        let query = parse("disk -windows -- -- -\"abc\" -");
        assert_eq!(
            (query.terms, query.excluded),
            (vec!["disk".into(), "abc".into()], vec!["window".to_owned()])
        );
    }
}
