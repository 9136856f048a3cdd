//! Values behind a secret's name that are none: code, types, states, prose.

use super::super::super::exempt::{is_stand_in, is_uuid};
use super::super::super::randomness::Makeup;
use super::super::super::rules::{SECRET_WORDS, STATES, Strength};
use super::super::super::text::Text;
use super::code::is_code;
use super::looks::{is_chain, is_technical, letters};
use super::name::{Name, Verdict, words};
use super::pointers;
use super::prose::{FUNCTION_WORDS, is_instruction, is_prose, is_sentence, is_user, names_secret};
use super::value::{Joint, Value};

/// True if the value is no secret, whatever the name says.
pub(super) fn is_harmless(
    text: &Text<'_>,
    name: &Name<'_>,
    verdict: Verdict,
    value: &Value,
) -> bool {
    let it = &text.raw[value.span.clone()];
    let is_literal = value.joint == Joint::Spaced && value.is_quoted && it.len() > 5;
    if is_stand_in(it) || is_state(it) && !is_literal || is_markup(it) {
        return true;
    }
    // `Cookie: prefs=<COOKIE_1>`: the cookie's name alone.
    if verdict.kind == "COOKIE" && it.ends_with('=') && it.len() < 40 {
        return true;
    }
    if verdict.strength == Strength::Weak {
        return !is_telling(it, name);
    }
    let is_package = ["io.", "org.", "com.", "net."].iter().any(|lead| name.text.starts_with(lead))
        && it.contains('-');
    if it.eq_ignore_ascii_case(name.text) || is_package {
        return true;
    }
    if pointers::is_pointer(text, value) || pointers::is_kept_elsewhere(verdict, it) {
        return true;
    }
    match (value.joint, value.is_quoted) {
        (Joint::Argument, _) => {
            !value.is_quoted || !has_sign(it) && !is_given(text, name, it) || is_get(name)
        }
        (Joint::Compared, quoted) => !quoted || it.len() < 3,
        (Joint::Spaced, true) => !is_spaced_literal(text, verdict, name, value),
        (Joint::Spaced, false) => {
            let is_chained = name.text.eq_ignore_ascii_case("passphrase") && is_chain(it);
            !is_chained
                && !is_spaced_value(text, verdict, value)
                && !is_flag_or_column(text, name, verdict, value)
        }
        (Joint::Assigned, true) if verdict.kind == "CONNECTION" => it.len() < 2,
        (Joint::Assigned, true) => is_sentence(it) && !is_setting(name, it) || it.len() < 2,
        (Joint::Assigned, false) if value.is_phrase => is_instruction(it),
        (Joint::Assigned, false) => is_unquoted_harmless(text, name, verdict, value),
    }
}

/// `true`, `missing`, `expired`: with what may stand around it.
fn is_state(value: &str) -> bool {
    let word = value.trim_matches(|c: char| !c.is_alphanumeric());
    word.is_ascii() && STATES.iter().any(|it| it.eq_ignore_ascii_case(word))
        || value.trim().is_empty()
}

fn is_markup(value: &str) -> bool {
    let is_flag = |it: &str| it.starts_with(|c: char| c.is_ascii_lowercase());
    ["](", "//", "**"].iter().any(|it| value.starts_with(it))
        || value.strip_prefix("--").is_some_and(is_flag)
        || value.starts_with('&') && value[1..].starts_with(|c: char| c.is_ascii_uppercase())
}

/// Drawn by a machine, or an id of a vendor behind a vendor's name.
fn is_telling(value: &str, name: &Name<'_>) -> bool {
    let makeup = Makeup::of(value);
    let is_id = words(name.text)
        .last()
        .is_some_and(|it| it == "id" || it == "hash" || it == "digest" || it == "state");
    let shortest = if is_id { 12 } else { 10 };
    if value.contains([' ', '/', ':']) && value.len() < 20 || value.contains("://") {
        return false;
    }
    let is_secret_id =
        words(name.text).iter().any(|it| it == "secret" || it == "secretid") && is_uuid(value);
    if is_grouped(value) || is_secret_id {
        return true;
    }
    let is_hex = makeup.is_hex && makeup.digits > 2 && makeup.letters() > 0;
    if is_hex {
        return !is_id && value.len() >= 16 && makeup.distinct >= 8;
    }
    makeup.is_drawn(shortest)
}

/// `7KQF-22MX-PL90`: a key as people are given one to type.
fn is_grouped(value: &str) -> bool {
    let groups: Vec<&str> = value.split('-').collect();
    let is_group = |it: &&str| {
        (3..=8).contains(&it.len())
            && it.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    };
    let makeup = Makeup::of(value);
    groups.len() >= 3
        && groups.iter().all(is_group)
        && makeup.digits >= 2
        && makeup.letters() >= 2
        && groups.iter().filter(|it| Makeup::of(it).digits > 0).count() >= 2
}

/// Digits or signs that names do not have.
fn has_sign(value: &str) -> bool {
    let makeup = Makeup::of(value);
    makeup.is_drawn(10)
        || makeup.digits > 0 && makeup.letters() > 0 && value.len() >= 6 && !value.contains('/')
        || value.chars().any(|c| "!@#$%^&*+=?~".contains(c)) && value.len() >= 6
}

/// `setPassword('…')`, `withSecret("…")`, `define("DB_PASSWORD", "…")`.
fn is_given(text: &Text<'_>, name: &Name<'_>, value: &str) -> bool {
    let is_setter = words(name.text).iter().any(|it| it == "set" || it == "with");
    let is_defined =
        text.line_before(name.start, 16).trim_end_matches(['"', '\'']).ends_with("define(");
    (is_setter || is_defined) && value.len() >= 6 && !value.contains([' ', '_'])
}

fn is_get(name: &Name<'_>) -> bool {
    let first = words(name.text).into_iter().next().unwrap_or_default();
    ["get", "fetch", "load", "read", "find", "has", "is", "delete", "list", "describe"]
        .contains(&first.as_str())
}

/// `password 'hunter2'`, `password is "hunter2"`.
fn is_spaced_literal(text: &Text<'_>, verdict: Verdict, name: &Name<'_>, value: &Value) -> bool {
    let it = &text.raw[value.span.clone()];
    let is_name =
        it.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-' | b'.'));
    if has_sign(it) || it.contains(' ') && !is_sentence(it) && it.len() >= 6 {
        return !it.trim_end_matches('=').contains('=');
    }
    let raw = text.line_before(name.start, 200);
    let before = raw.trim();
    let is_alone = before.is_empty()
        || before.ends_with(['{', ';', ',', '(', '#', '/', '-', '*'])
        || before == ":"
        || [" :", "{:", "(:"].iter().any(|it| raw.ends_with(it))
        || before.split(' ').next_back().is_some_and(|it| it.starts_with("(def") || it == "(setq");
    let is_told = text.raw[name.end..value.span.start].contains([' '])
        && text.raw[name.end..value.span.start]
            .trim_matches(['"', '\'', '`', ' ', '“', '„', '«'])
            .len()
            >= 2;
    // A setting of a device: `plain-text-password "rosenrot"`.
    let is_setting = name.text.contains('-')
        && matches!(text.line_from(value.span.end, 8).trim(), "\"" | "'" | "\";" | "';");
    !verdict.is_common
        && it.len() >= 3
        && (is_told || is_alone || is_setting || !is_name || is_set(raw, name))
}

/// `--password hunter`, or a column of names and one of values.
fn is_flag_or_column(text: &Text<'_>, name: &Name<'_>, verdict: Verdict, value: &Value) -> bool {
    let it = &text.raw[value.span.clone()];
    let before = text.line_before(name.start, 80);
    let gap = &text.raw[name.end..value.span.start];
    let is_flag =
        before.ends_with("--") || before == "-" || before.ends_with(" -") && name.text.len() > 3;
    let is_one = gap.bytes().all(|byte| byte == b' ' || byte == b'\t')
        && it.len() >= 3
        && !it.starts_with(['-', '|', '=', '#', '<', '/', '[']);
    let is_alone = text.line_from(value.span.end, 80).trim().is_empty();
    let is_column = before.trim().is_empty()
        && (gap.len() >= 2 || gap == "\t" || name.text.contains('.'))
        && is_alone
        && (gap.contains('\t')
            || name.text.contains('.')
            || name.text.contains('_')
            || name.text.chars().any(char::is_uppercase)
                && name.text.chars().any(char::is_lowercase));
    let ends = text.line_from(value.span.end, 80).trim().trim_matches(['}', ';']).is_empty();
    let begins = before.trim().is_empty()
        || before.trim_end().ends_with('{')
        || before.trim_end().ends_with(" PASS");
    let is_key = name.text.contains('_')
        || !matches!(verdict.kind, "TOKEN" | "SECRET")
            && name.text.len() > 4
            && !SECRET_WORDS.iter().any(|it| it.0.eq_ignore_ascii_case(name.text));
    let is_config = begins
        && ends
        && is_key
        && it.len() >= 4
        && name.text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'-')
        && !names_secret(it)
        && !is_small_word(it);
    let is_line = before.trim_matches([' ', '-', '*', '>', '#']).is_empty()
        && is_alone
        && !verdict.is_common
        && {
            let makeup = Makeup::of(it);
            makeup.letters() > 0
                && (makeup.digits > 0 || it.contains(['!', '&', '#', '$', '%', '_', '@']))
                && it.len() >= 6
        };
    let is_told = !(before.ends_with("--") && before.len() > 4 && !is_small_word(it))
        && it.bytes().all(|byte| byte.is_ascii_lowercase())
        && text
            .line_from(value.span.end, 20)
            .trim_start()
            .starts_with(|c: char| c.is_ascii_lowercase());
    let is_set = is_set(before, name);
    is_one && (is_set && (is_alone || is_literal_word(it)) || is_assigned(text, name, value))
        || is_one
            && (is_flag && !is_told && !is_code(text, name, value)
                || is_column && it.len() >= 6
                || is_config
                || is_line)
}

/// `setx DB_PASSWORD …`, `ENV DB_PASSWORD …`
fn is_set(before: &str, name: &Name<'_>) -> bool {
    let commands =
        ["#define", "env", "arg", "set", "setx", "setenv", "export", "set -x", "set -gx"];
    commands.iter().any(|it| before.trim().eq_ignore_ascii_case(it)) && name.text.contains('_')
}

/// Words behind an option that is spoken of, and not given.
fn is_small_word(value: &str) -> bool {
    let words = [
        "option",
        "flag",
        "and",
        "argument",
        "parameter",
        "on",
        "instead",
        "as",
        "file",
        "prompt",
        "in",
        "at",
        "does",
        "was",
        "takes",
        "works",
        "fails",
        "from",
        "or",
        "oder",
        "wird",
    ];
    value.len() < 4 || words.contains(&value) || FUNCTION_WORDS.contains(&value)
}

/// A digit or a sign, as words of a sentence do not have.
fn is_literal_word(value: &str) -> bool {
    let makeup = Makeup::of(value);
    makeup.letters() > 0 && (makeup.digits > 0 || value.contains(['!', '#', '%', '&', '*', '+']))
}

/// Somebody typed it behind the name: `adgangskode Rugbrod&smor`.
fn is_assigned(text: &Text<'_>, name: &Name<'_>, value: &Value) -> bool {
    let it = &text.raw[value.span.clone()];
    let inner = it.trim_matches(|c: char| !c.is_alphanumeric());
    !name.text.ends_with('s')
        && inner.len() >= 8
        && inner.contains(['#', '%', '&', '*', '!', '$'])
        && !inner.contains(['(', ')', '=', '/', '<', '>', '[', '{', '"', ';', ':'])
        && Makeup::of(inner).letters() >= 6
}

/// `root pw Blauwe.Fiets.7`, `gate code is 0917`.
fn is_spaced_value(text: &Text<'_>, verdict: Verdict, value: &Value) -> bool {
    let it = &text.raw[value.span.clone()];
    let makeup = Makeup::of(it);
    if it.len() < 3
        || it.starts_with(['-', '/', '<', '[', '{', '|', '=', '#', '.'])
        || it.contains("](")
        || it.contains("://")
        || it.split_once('/').is_some_and(|(lead, _)| {
            !lead.is_empty() && lead.bytes().all(|b| b.is_ascii_lowercase())
        })
    {
        return false;
    }
    let is_number = makeup.digits == it.len() || makeup.digits > 0 && makeup.letters() == 0;
    if is_number {
        let least = if name_is_short_code(verdict, text, value) { 3 } else { 4 };
        let codes = makeup.digits >= least
            && makeup.digits <= 10
            && it.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        return codes && verdict.is_code;
    }
    if makeup.is_drawn(12) || makeup.is_hex && it.len() >= 24 && makeup.digits > 4 {
        return true;
    }
    let is_version = it.starts_with(['v', 'V']) && makeup.digits + 1 + makeup.others >= it.len();
    let is_known = is_technical(it);
    let is_call = it.contains(['(', '=', '<', '[', '{']) && !it.ends_with(['=']);
    makeup.digits > 0
        && letters(it, &makeup) >= 3
        && it.len() >= 6
        && !is_version
        && (!is_known || verdict.kind == "PASSWORD" && makeup.upper > 0)
        && !is_call
}

/// A card's check value has three digits.
fn name_is_short_code(verdict: Verdict, text: &Text<'_>, value: &Value) -> bool {
    let before = text.line_before(value.span.start, 12).to_ascii_lowercase();
    verdict.is_code && (before.contains("cvc") || before.contains("cvv"))
}

/// `DB_PASSWORD="the cat is not here"`: settings in capitals hold values, and
/// messages only where they name the secret themselves.
fn is_setting(name: &Name<'_>, value: &str) -> bool {
    let is_capitals = name.text.contains('_')
        && name.text.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_');
    let ends = value.trim_end().ends_with(['.', '!', '?', ':']);
    is_capitals && !ends && !names_secret(value)
}

/// Without quotes a value may be code, a type, a state with words behind it.
fn is_unquoted_harmless(text: &Text<'_>, name: &Name<'_>, verdict: Verdict, value: &Value) -> bool {
    let it = &text.raw[value.span.clone()];
    let makeup = Makeup::of(it);
    if value.is_below
        && !makeup.is_drawn(12)
        && !(makeup.digits > 1 && makeup.letters() > 2 && !it.contains([':', '=']))
    {
        return true;
    }
    let is_number = makeup.digits > 0 && makeup.letters() == 0;
    if is_number {
        let is_amount = it.len() < 3
            || verdict.is_common && !verdict.is_code
            || it.contains('.') && !verdict.is_code;
        return is_amount || it.starts_with(['(', '<', '>', '-']);
    }
    if it.len() < 3
        || it.starts_with(['(', '[', '{', '&', '/', '|', '+', '\\']) && !makeup.is_drawn(12)
    {
        return it.len() < 3
            || !it.starts_with(['&', '/', '+', '\\'])
            || it.starts_with("//")
            || it.starts_with("\\\"")
            || it.starts_with("/(")
            || it.starts_with("\\'");
    }
    is_code(text, name, value) || is_prose(text, verdict, value) || is_user(text, verdict, value)
}
