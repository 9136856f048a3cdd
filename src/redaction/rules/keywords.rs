//! The prefilter: one pass for every keyword of every rule, so that speed
//! does not fall with the number of rules.

use std::cmp::Reverse;
use std::ops::Range;

use super::cues::{Cue, Cues};
use super::finder::Finder;
use super::{SECRET_PAIRS, SECRET_WORDS, STRUCTURES, TOKENS, VENDORS};

/// Parts of names that only a drawn value makes telling.
const WEAK: &[&str] = &[
    "key",
    "auth",
    "login",
    "signature",
    "serial",
    "lizenz",
    "webhook",
    "_sig",
    "license",
    "client_id",
    "access_id",
    "app_id",
    "key_id",
    "secret_id",
    "role_id",
    "reporter_id",
    "clientid",
    "session",
    "code_verifier",
    "recovery",
    "community",
    "de_passe",
    "pass_phrase",
    "unlockcode",
    "accesscode",
    "doorcode",
    "pincode",
    "securitycode",
    "verificationcode",
    "_code",
    "licence",
];

/// One place of one keyword.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Hit {
    pub(in super::super) role: Role,
    pub(in super::super) start: usize,
    pub(in super::super) end: usize,
}

/// Whose keyword it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Role {
    /// Part of the name of a secret.
    Key,
    /// Part of a name that only a drawn value makes telling.
    Weak,
    /// Part of a token, by the rule's place in its table.
    Token(usize),
    /// Part of a structure, by the rule's place in its table.
    Structure(usize),
    /// Where a form begins that a pattern cannot follow.
    Mark(Mark),
    /// What stands before a user in the path of a home folder.
    Home,
    /// A word that a form of copied data has; no hit.
    Cue(Cue),
}

/// A form that a pattern cannot follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Mark {
    /// A key block.
    Block,
    /// Where a key block ends.
    BlockEnd,
    /// Behind the scheme of a URL.
    Url,
    /// A header of cookies.
    Cookie,
    /// A Secret of Kubernetes.
    Manifest,
    /// An entry of a registry's file.
    DockerAuth,
    /// An option that names a user.
    User,
}

/// Short words stand inside of many others: they are looked for with the signs
/// that may stand around them.
#[rustfmt::skip]
const SHORT: &[(&str, &[&str])] = &[
    ("pat", &["_~", "-~", "~>", "~:", "~=", "~\""]), ("pin", &["_~", "-~", "~>", "~:", "~=", "~\"", "~ ", "~'"]), ("pw", &["_~", "-~", "~>", "~:", "~=", "~\"", "~ ", "~'", "~?"]),
    ("mk", &["~:"]), ("ww", &["~:", "~ ", "~="]), ("sandi", &["~:", "~ ", "~=", "~n"]), ("sid", &["_~", "-~", "~>", "~:", "~=", "~\""]), ("cred", &["_~", "-~", "~>", "~:", "~=", "~\""]), ("salt", &["_~", "-~", "~:", "~=", "~\""]), ("pass", &["_~", "-~", "~>", "~:", "~=", "~\"", "~ ", "~'", "~]", "~}", ".~"]),
];

/// A word as it is written within a sentence, at its begin, and in a title:
/// the finder knows capitals of ASCII only.
fn written(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    if !word.is_ascii() {
        let mut rest = word.chars();
        let first: String = rest.next().into_iter().flat_map(char::to_uppercase).collect();
        all.extend([first + rest.as_str(), word.to_uppercase()]);
        all.dedup();
    }
    all
}

fn is_sign(c: char) -> bool {
    matches!(c, '_' | '-' | ':' | '=' | '"' | '\'' | ' ' | ']' | '}' | '.' | '?' | '>')
}

const HOMES: &[&str] = &["/home/", "/users/", "\\users\\", "\\users\\\\", "/export/home/"];

const MARKS: &[(&str, Mark)] = &[
    ("---BEGIN ", Mark::Block),
    ("---- BEGIN ", Mark::Block),
    ("-----END ", Mark::BlockEnd),
    ("://", Mark::Url),
    ("cookie", Mark::Cookie),
    ("kind: Secret", Mark::Manifest),
    ("\"kind\":\"Secret\"", Mark::Manifest),
    ("\"kind\": \"Secret\"", Mark::Manifest),
    ("\"auth\"", Mark::DockerAuth),
    ("-u ", Mark::User),
    ("-user ", Mark::User),
    ("-user=", Mark::User),
    ("-username ", Mark::User),
    ("-username=", Mark::User),
    ("-login ", Mark::User),
    (" -H ", Mark::User),
    ("-host ", Mark::User),
    ("/user:", Mark::User),
    ("/u:", Mark::User),
];

/// A keyword's place, and what puts it in order among others.
struct Placed {
    hit: Hit,
    place: Range<usize>,
    word: usize,
}

impl Placed {
    /// By its begin, the longest first.
    fn order(&self) -> (usize, Reverse<usize>, usize, usize, usize) {
        let Self { hit, place, word } = self;
        (hit.start, Reverse(hit.end), place.end, place.start, *word)
    }
}

/// Adds a place to others that are in order; it stands near the last ones.
fn insert(hits: &mut Vec<Placed>, new: Placed) {
    let order = new.order();
    let behind = hits.iter().rev().take_while(|it| it.order() > order).count();
    hits.insert(hits.len() - behind, new);
}

/// The words and whose each is.
#[derive(Debug)]
pub(in super::super) struct Keywords {
    finder: Finder,
    /// Of each word its role, and the signs around a name that are no part of
    /// it.
    words: Vec<(Role, usize, usize)>,
}

impl Keywords {
    /// Those of all rules, and the words that layers ask for.
    pub(in super::super) fn and(asked: impl Iterator<Item = (Cue, &'static str)>) -> Self {
        let whole = |it: &&str| !SHORT.iter().any(|(short, _)| short == it);
        let words = SECRET_WORDS.iter().map(|it| it.0).filter(whole).flat_map(written);
        let short = SHORT
            .iter()
            .flat_map(|(word, signs)| signs.iter().map(move |sign| sign.replace('~', word)));
        let joined = |sign: &'static str| {
            SECRET_PAIRS.iter().map(move |it| format!("{}{sign}{}", it.0, it.1))
        };
        let spaced = joined(" ").chain(joined("-"));
        let names = words.chain(short).chain(spaced).map(|it| (Role::Key, it));
        let weak = VENDORS.iter().chain(WEAK).map(|it| (Role::Weak, (*it).to_owned()));
        let names = names.chain(weak);
        let tokens = TOKENS.iter().enumerate().flat_map(|(rule, it)| {
            it.keywords.iter().map(move |word| (Role::Token(rule), (*word).to_owned()))
        });
        let structures = STRUCTURES.iter().enumerate().flat_map(|(rule, it)| {
            it.keywords.iter().map(move |word| (Role::Structure(rule), (*word).to_owned()))
        });
        let marks = MARKS.iter().map(|(word, mark)| (Role::Mark(*mark), (*word).to_owned()));
        let homes = HOMES.iter().map(|it| (Role::Home, (*it).to_owned()));
        let cues = Cue::all().chain(asked).map(|(cue, word)| (Role::Cue(cue), word.to_owned()));
        Self::of(names.chain(tokens).chain(structures).chain(marks).chain(homes).chain(cues))
    }

    fn of(words: impl Iterator<Item = (Role, String)>) -> Self {
        let (roles, words): (Vec<Role>, Vec<String>) = words.unzip();
        let lead = |word: &str| word.len() - word.trim_start_matches(is_sign).len();
        let tail = |word: &str| word.len() - word.trim_end_matches(is_sign).len();
        let signs = roles.iter().zip(&words).map(|(role, word)| match role {
            Role::Key | Role::Weak => (*role, lead(word), tail(word)),
            _ => (*role, 0, 0),
        });
        Self { words: signs.collect(), finder: Finder::new(words) }
    }

    /// Every place of every keyword, by its begin; the longest first. And the
    /// cues that the text holds.
    pub(in super::super) fn hits(&self, text: &str) -> (Vec<Hit>, Cues) {
        let (mut hits, mut cues) = (Vec::<Placed>::new(), Cues::default());
        self.finder.each(text.as_bytes(), |word, place| {
            let (role, lead, tail) = self.words[word];
            if let Role::Cue(cue) = role {
                if self.finder.is_written(word, &text.as_bytes()[place.clone()]) {
                    cues.add(cue, place.start);
                }
                return;
            }
            let hit = Hit { role, start: place.start + lead, end: place.end - tail };
            insert(&mut hits, Placed { hit, place, word });
        });
        cues.sort();
        (hits.into_iter().map(|it| it.hit).collect(), cues)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::text::Text;
    use super::*;
    use crate::redaction::layers::keywords;

    /// The keywords of one sort in a text, as they stand there.
    fn words(raw: &str, is_one: fn(Role) -> bool) -> Vec<&str> {
        let text = Text::new(raw, &keywords());
        let hits = text.hits.iter().filter(|hit| is_one(hit.role));
        hits.map(|hit| &raw[hit.start..hit.end]).collect()
    }

    fn keys(raw: &str) -> Vec<&str> {
        words(raw, |role| role == Role::Key)
    }

    #[test]
    fn short_words_stand_with_their_signs_and_without_them_in_the_hit() {
        for (raw, found) in [
            ("a_pin b", &["pin", "pin"][..]),
            ("pin=1", &["pin"]),
            ("pin: 1", &["pin"]),
            ("spinning", &[]),
            ("my-pat x", &["pat"]),
            ("pat: x", &["pat"]),
            ("pattern", &[]),
            ("pw? x", &["pw"]),
            ("sid=1", &["sid"]),
            ("side", &[]),
            ("salt: 1", &["salt"]),
            ("a.pass x", &["pass", "pass"]),
            ("compass_x", &[]),
        ] {
            assert_eq!(keys(raw), found, "{raw}");
        }
    }

    #[test]
    fn words_are_found_in_the_cases_that_people_write() {
        for (raw, word) in [
            ("PassWord", "PassWord"),
            ("пароль", "пароль"),
            ("Пароль", "Пароль"),
            ("ПАРОЛЬ", "ПАРОЛЬ"),
            ("api key", "api key"),
            ("API-Key", "API-Key"),
            ("Mật khẩu", "Mật khẩu"),
        ] {
            assert!(keys(raw).contains(&word), "{raw}: {:?}", keys(raw));
        }
        assert!(keys("api_key").is_empty() && !keys("пАРОЛЬ").contains(&"пАРОЛЬ"));
    }

    #[test]
    fn hits_are_in_order_and_the_longest_of_those_that_begin_together_first() {
        let raw = "passwords, secretkey; Cookie: sid=1 github_token https://x /home/a";
        let text = Text::new(raw, &keywords());
        let order: Vec<_> = text.hits.iter().map(|it| (it.start, Reverse(it.end))).collect();
        assert!(order.is_sorted() && order.len() > 10, "{order:?}");
        assert_eq!(&raw[text.hits[0].start..text.hits[0].end], "passwords");
    }

    #[test]
    fn marks_homes_and_weak_words_have_their_roles() {
        let mark = |raw| words(raw, |role| matches!(role, Role::Mark(_)));
        assert_eq!(mark("-u a -user b /u:c"), ["-u ", "-user ", "/u:"]);
        assert_eq!(mark("kind: Secret"), ["kind: Secret"]);
        assert_eq!(words("/home/a", |role| role == Role::Home), ["/home/"]);
        assert_eq!(words("loki_key", |role| role == Role::Weak), ["key"]);
        assert!(words("VALUES", |role| matches!(role, Role::Cue(_))).is_empty());
    }
}
