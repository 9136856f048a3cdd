//! Secrets that hardly anything else looks like: tokens of a vendor with a long
//! prefix or a fixed length of their own, and whole private keys.
//!
//! For whoever reports and hides nothing, and so must be right nearly always.
//! The text is looked at as it reads, and nothing is decoded. What is there for
//! everybody to see (keys of tests, keys of a page in a browser, ids, what is
//! cut short) is left alone, and so is what only stands behind a telling name.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::finding::Finding;
use super::lines::Lines;
use super::rules::TOKENS;
use super::scan::Scanner;
use super::settings::Settings;
use super::span::{Match, settled};

/// Rules of tokens that are right nearly always.
#[rustfmt::skip]
const SURE: &[&str] = &[
    "age-key", "aiven-token", "anthropic-key", "atlassian-token", "aws-access-key", "aws-bedrock-key", "azure-devops-token", "bitbucket-token",
    "buildkite-token", "circleci-token", "clojars-token", "cloudflare-origin-key", "databricks-token", "digitalocean-token", "discord-webhook",
    "docker-token", "doppler-token", "dynatrace-token", "figma-token", "github-fine-grained-token", "github-token",
    "gitlab-runner-registration", "gitlab-token", "google-client-secret", "google-oauth-token", "grafana-token", "groq-key",
    "hashicorp-cloud-token", "heroku-key", "huggingface-token", "linear-key", "newrelic-key", "npm-token", "onepassword-token", "openai-key",
    "perplexity-key", "planetscale-token", "postman-key", "prefect-token", "prode-token", "pulumi-token", "pypi-token", "replicate-token", "rubygems-token",
    "sendgrid-key", "sendinblue-key", "sentry-token", "shippo-token", "shopify-token", "slack-token", "slack-webhook", "snyk-token",
    "sourcegraph-token", "stripe-key", "supabase-token", "tailscale-key", "teams-webhook", "vault-token",
];

/// The rule of a key block, and letters and digits that a whole key has.
const BLOCK: &str = "private-key-block";
const WHOLE: usize = 64;

/// What nearly always is a secret, in the order of the text. A defect of a rule
/// finds nothing here: this is no gate.
pub fn unmistakable(text: &str) -> Vec<Finding> {
    if !has_sign(text) {
        return Vec::new();
    }
    let found = SCANNER.look_by(text, &["tokens", "blocks"]).unwrap_or_default();
    let mut found = settled(found, text, &[]);
    found.retain(|it| is_sure(it, &text[it.span.clone()]));
    Lines::of(text).findings(text, &found)
}

/// True if the text may hold one: a key's line, or a word as long as a token
/// that has in it what tokens begin with. Of a text of short words one byte in
/// sixteen is looked at.
fn has_sign(text: &str) -> bool {
    let bytes = text.as_bytes();
    if memchr::memmem::find(bytes, b"PRIVATE KEY---").is_some() {
        return true;
    }
    let mut at = 0;
    while let Some(window) = bytes.get(at..at + SHORTEST) {
        if let Some(stop) = window.iter().rposition(|byte| !is_part(*byte)) {
            at += stop + 1;
            continue;
        }
        let rest = &bytes[at..];
        let word = &rest[..rest.iter().position(|byte| !is_part(*byte)).unwrap_or(rest.len())];
        if SIGNS.is_match(word) {
            return true;
        }
        at += word.len();
    }
    false
}

/// Bytes of the shortest token.
const SHORTEST: usize = 16;

fn is_part(byte: u8) -> bool {
    PARTS[usize::from(byte)]
}

/// Bytes that stand in tokens.
const PARTS: [bool; 256] = {
    let (mut parts, mut byte) = ([false; 256], 0_u8);
    while byte < 128 {
        parts[byte as usize] = byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'.' | b'/' | b'+' | b'=' | b':' | b'@' | b'%' | b'~');
        byte += 1;
    }
    parts
};

/// What one of them begins with, or has in it.
static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let tokens = TOKENS.iter().filter(|it| SURE.contains(&it.id));
    let signs = tokens.flat_map(|it| it.keywords.iter().copied());
    let built = AhoCorasick::builder().kind(Some(AhoCorasickKind::DFA)).build(signs);
    built.expect("a fixed list of words that a test builds")
});

static SCANNER: LazyLock<Scanner> =
    LazyLock::new(|| Scanner::new(&Settings::default()).expect("no additions cannot be wrong"));

fn is_sure(found: &Match, value: &str) -> bool {
    let holds = |words: &[&str]| words.iter().any(|it| value.contains(it));
    let is_shown = holds(&["...", "…", "<", "[", "*", "##", "HERE", "Here", "EXAMPLE", "example"]);
    let is_public = holds(&["test", "TEST", "pk_"]);
    let letters = || value.bytes().filter(u8::is_ascii_alphanumeric).count();
    match found.rule.as_ref() {
        _ if is_shown || is_public || found.open.is_some() => false,
        BLOCK => letters() >= WHOLE,
        rule => SURE.contains(&rule),
    }
}

#[cfg(test)]
mod tests {
    use super::super::layers::drawn;
    use super::*;

    fn rules(text: &str) -> Vec<String> {
        unmistakable(text).into_iter().map(|it| it.rule.into_owned()).collect()
    }

    /// Put together, so that no scanner takes it for a key.
    fn key(body: &str) -> String {
        let line = |word: &str| format!("{0}{word} RSA PRIVATE KEY{0}", "-".repeat(5));
        format!("{}\n{body}\n{}", line("BEGIN"), line("END"))
    }

    #[test]
    fn every_rule_that_is_named_is_one_and_finds_its_own_examples() {
        for id in SURE {
            let token = TOKENS.iter().find(|it| it.id == *id).unwrap_or_else(|| panic!("{id}"));
            let found = |it: &&str| rules(&format!("see {} there", drawn(it))) == [*id];
            let shown = token.yes.iter().filter(|it| !it.contains("test") && !it.contains("pk_"));
            assert!(shown.clone().count() > 0 && shown.clone().all(found), "{id}");
        }
    }

    #[test]
    fn a_whole_key_is_found_and_one_that_is_cut_short_is_not() {
        let body = drawn("{a64}\n{a64}");
        assert_eq!(rules(&format!("Keys:\n\n{}\n", key(&body))), [BLOCK]);
        for body in ["MIIEpAIBAAKCAQEA\n...", "<the key>", "MIIEpAIBAAKCAQEA"] {
            assert_eq!(rules(&key(body)), [""; 0], "{body}");
        }
        assert_eq!(rules(key(&body).split("-----END").next().unwrap()), [""; 0]);
    }

    #[test]
    fn what_everybody_may_see_is_left_alone() {
        for text in [
            drawn("sk_test_{a24}"),
            drawn("pk_live_{a24}"),
            drawn("AKIA{u9}EXAMPLE"),
            drawn("xoxb-{d12}-{d12}-") + "YourSecretTokenGoesHere",
            drawn("AIza{w35}"),
            drawn("commit {h40}, {h8}-{h4}-{h4}-{h4}-{h12}"),
            "export GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".to_owned(),
            "password: hunter22".to_owned(),
        ] {
            assert_eq!(rules(&text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_sign_stands_in_a_word_as_long_as_a_token() {
        for (text, has) in [
            ("ghp_0123456789ab", true),
            ("ghp_0123456789a", false),
            ("x ghp_0123456789ab y", true),
            ("aaaaaaaaaaaaaaaaaaaa ghp_0123456789ab", true),
            ("ghp 0123456789abcdefgh", false),
            ("ghp_01234\n56789abcdef", false),
            ("-----BEGIN PRIVATE KEY-----", true),
            ("PRIVATE KEY--", false),
            ("0123456789_-./+=:@%~ghp_", true),
            ("0123456789!ghp_0123456789", false),
        ] {
            assert_eq!(has_sign(text), has, "{text}");
        }
        let parts: Vec<u8> = (0..=255).filter(|it| is_part(*it)).collect();
        assert_eq!(parts.len(), 26 + 26 + 10 + 10);
        assert!(!is_part(b' ') && !is_part(0x80) && is_part(b'~') && is_part(b'%'));
    }

    #[test]
    fn what_shows_that_it_is_no_whole_one_is_left_alone() {
        let found = |rule: &'static str, value: &str| {
            is_sure(&Match::new(rule, "X", 0..value.len(), 95), value)
        };
        assert!(found("github-token", "ghp_0123456789ab"));
        assert!(!found("jwt", "ghp_0123456789ab"));
        for sign in [
            "...", "…", "<", "[", "*", "##", "HERE", "Here", "EXAMPLE", "example", "test", "TEST",
            "pk_",
        ] {
            assert!(!found("github-token", &format!("ghp_0123456789ab{sign}")), "{sign}");
        }
        let letters = |count: usize| found(BLOCK, &"a1".repeat(count / 2));
        assert!(letters(64) && !letters(62));
        let open = Match::open(super::super::Reason::UnclosedBlock, 0..64);
        assert!(!is_sure(&open, &"a1".repeat(32)));
    }
}
