//! What people say about a secret around its name: the value before it
//! (`use sonne123 as the password`), two of them (`changed from A to B`), one
//! between commas (`my password, sonne#4, stopped`).

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::exempt::is_stand_in;
use super::super::super::pattern::Pattern;
use super::super::super::text::Text;
use super::looks::{is_chain, looks_like};
use super::name::{Name, Verdict};

/// How much of a line is read on each side of a name.
const REACH: usize = 120;

/// In quotes, or one word.
const VALUE: &str = r#"(?:["“„`']([^"”“`'\n]{3,64})["”“`']|([^\s"'`“”„,;:()<>]{4,64}))"#;

/// Both values of a change.
pub(super) fn changed(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Vec<Range<usize>> {
    static CHANGE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(&format!(
            r"^(?:[^.\n;]{{0,60}}?\b)?(?:from|von|vom|de|da|od|van|fra|från|z|ze|из|с|со|з|із|от|din|iz|dari|từ|από|من|מ)\s+{VALUE}\s+(?:to|into|auf|zu|nach|à|a|en|por|para|per|na|naar|til|till|→|->|в|на|în|u|ke|thành|sang|σε|إلى|ל)\s+{VALUE}"
        ))
    });
    let rest = text.line_from(name.end, REACH);
    if let Some(span) = reset(rest, name.end, verdict) {
        return vec![span];
    }
    let about =
        ["policy", "strength", "type", "mode", "hash", "algorithm", "length", "field", "store"];
    let Some(hit) =
        CHANGE.captures(rest).filter(|_| !about.iter().any(|it| rest.trim_start().starts_with(it)))
    else {
        return Vec::new();
    };
    let sides = [(hit.get(1), hit.get(2)), (hit.get(3), hit.get(4))];
    let values = sides.into_iter().filter_map(|(quoted, bare)| {
        let bare = bare.filter(|it| looks_like(trimmed(it.as_str()), verdict));
        let it = quoted.filter(|it| !is_stand_in(it.as_str())).or(bare)?;
        let end = it.start() + trimmed(it.as_str()).len();
        Some(name.end + it.start()..name.end + end)
    });
    values.collect()
}

fn trimmed(value: &str) -> &str {
    value.trim_end_matches(['.', '?'])
}

/// `Paket2020 as password`, `"drei Igel" is the password`.
pub(super) fn before(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Option<Range<usize>> {
    static LINK: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(&format!(
            r"(?i)(\buse |\buses |\btry |\btype |\btyped |\benter |\bset |\bwith |\btake |\bmit |\bnimm ?){{0,1}}{VALUE},?\)?\s+(?:(as|als|comme|como|come|som|jako|ako|ca|kot|kao|как|як|като|sebagai|olarak|ως)|is|was|into|at|ist|war|est|es|for)\s+(?:(?:the|a|an|my|your|our|his|her|their|its|this|that|new|old|default|initial|temporary|admin|root|shared|das|der|die|ein|neues|altes|mein|unser|le|la|el|su|mi)\s+){{0,3}}(?:\[?[A-Za-z-]{{2,16}}\]?\s)?$"
        ))
    });
    let before = text.line_before(name.start, REACH);
    let hit = LINK.captures(before)?;
    let start = name.start - before.len();
    let is_asked = hit.get(1).is_some();
    let value = match (hit.get(2), hit.get(3)) {
        (Some(quoted), _)
            if is_asked
                || hit.get(4).is_some()
                || quoted.as_str().contains(' ')
                || looks_like(quoted.as_str(), verdict) =>
        {
            quoted
        }
        (None, Some(bare))
            if looks_like(bare.as_str(), verdict) || is_asked && is_chain(bare.as_str()) =>
        {
            bare
        }
        _ => return None,
    };
    (!is_stand_in(value.as_str())).then(|| start + value.start()..start + value.end())
}

/// `my password, sonne#4, stopped`, and behind a clause of its own:
/// `the passphrase, which is taped to the safe: und-morgen-regnet-es`.
pub(super) fn beside(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Option<Range<usize>> {
    static CLAUSE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r"^(?:, ([^\s,;]{5,64}),|,? [^\n.:;]{3,90}: ([^\s,;]{6,64})(?:[.,;]?$|\. ))")
    });
    let rest = text.line_from(name.end, REACH);
    if let Some(span) = bracketed(rest, name.end, verdict) {
        return Some(span);
    }
    let hit = CLAUSE.captures(rest)?;
    let value = hit.get(1).or_else(|| hit.get(2))?;
    let shown = value.as_str().trim_end_matches(['.', ',']);
    let bare = shown.trim_start_matches('.');
    (looks_like(shown, verdict) || is_chain(bare) && verdict.kind == "PASSWORD")
        .then(|| name.end + value.start()..name.end + value.start() + shown.len())
}

/// `with the password admin-of-doom`: what the name is given as, in words that
/// nothing joins in a sentence.
pub(super) fn given(text: &Text<'_>, name: &Name<'_>, verdict: Verdict) -> Option<Range<usize>> {
    let lead = text.line_before(name.start, 24).to_ascii_lowercase();
    let is_given = [
        "with the ",
        "with ",
        "using the ",
        "using ",
        "mit dem ",
        "mit ",
        "the default ",
        "avec le ",
    ]
    .iter()
    .any(|it| lead.ends_with(it));
    let rest = text.line_from(name.end, 80).strip_prefix(' ')?;
    let value = rest.split([' ', ',', ';', ')']).next()?.trim_end_matches('.');
    let start = name.end + 1;
    (is_given && is_chain(value) && !verdict.is_common).then(|| start..start + value.len())
}

/// `its passphrase (orbit-lemon-cactus)`, `the support PIN (ours: S-7280)`.
fn bracketed(rest: &str, from: usize, verdict: Verdict) -> Option<Range<usize>> {
    static BRACKET: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r"^[^\n.;()]{0,40} \((?:[a-zäöü]{2,12}: )?([^\s()]{4,64})\)")
    });
    let value = BRACKET.captures(rest)?.get(1)?;
    let digits = value.as_str().bytes().filter(u8::is_ascii_digit).count();
    let is_code = verdict.is_code && digits >= 4 && value.len() <= 12;
    let is_one = looks_like(value.as_str(), verdict)
        || is_code
        || is_chain(value.as_str()) && verdict.kind == "PASSWORD";
    (is_one && !is_stand_in(value.as_str())).then(|| from + value.start()..from + value.end())
}

/// `set the password to "blaue Ente"`, `das Passwort auf "Hygge krog"`.
fn reset(rest: &str, from: usize, verdict: Verdict) -> Option<Range<usize>> {
    static RESET: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#"^[^\n.;:="„“]{0,40}?\b(?:to|auf|zu|til|till|naar|na|à|на)\s+["„“']([^"”“'\n]{3,64})["”“']"#,
        )
    });
    let value = RESET.captures(rest)?.get(1)?;
    (verdict.kind == "PASSWORD" && !is_stand_in(value.as_str()) && value.len() >= 5)
        .then(|| from + value.start()..from + value.end())
}
