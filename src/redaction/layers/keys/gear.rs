//! Settings of network gear: `username ops password 7 …`, `snmp-server
//! community …`, and `key …` below `radius server …`. The value stands behind
//! a blank, whatever it looks like; what tells it from a sentence is the
//! command that its line begins with, or the head of the block it stands in.

use std::ops::Range;

use super::super::super::exempt::is_stand_in;
use super::super::super::rules::{Role, STATES};
use super::super::super::span::Match;
use super::super::super::text::Text;

/// The longest line of settings, in bytes.
const LONGEST: usize = 240;
/// How far above a setting the head of its block may stand, in bytes.
const REACH: usize = 480;

/// Last parts of settings behind which a secret stands.
#[rustfmt::skip]
const SETTINGS: &[&str] = &[
    "password", "passwd", "secret", "key", "key-string", "community", "community-name", "community-string", "passphrase", "pass-phrase", "psk", "psksecret", "shared-key", "shared-secret", "authentication-key", "auth-key", "phash", "newpass", "password-value", "password-hash", "chap-secret", "sae-password", "authentication-password", "privacy-password", "encryption-password",
];

/// Words between a setting and its value: how it is written, whose it is.
#[rustfmt::skip]
const BETWEEN: &[&str] = &[
    "0", "1", "2", "4", "5", "6", "7", "8", "9", "cipher", "irreversible-cipher", "reversible-cipher", "simple", "plaintext", "plain-text", "plain", "clear", "clear-text", "cleartext", "enc", "encrypted", "hash", "md5", "sha", "sha1", "sha256", "sha512", "scrypt", "ascii", "ascii-text", "hex", "hexadecimal", "local", "remote", "key", "text", "=", "type", "read", "write", "ro", "rw", "encryption-type", "unencrypted", "password", "pbkdf2",
];

/// Words behind a setting that are no value.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "protection", "generate", "import", "export", "zeroize", "chain", "pubkey-chain", "config-key", "mypubkey", "size", "exchange", "authentication", "encryption", "policy", "recovery", "manager", "minimum-length", "min-length", "strength", "strength-check", "expiry", "history", "lifetime", "length", "complexity", "reset", "prompt", "aging", "group", "public", "private-key", "rsa", "id", "name", "map", "list", "service", "login", "and", "or", "for", "is", "in", "on", "to", "of", "was", "with", "the", "address", "that", "from", "must", "manager-mode", "change", "file", "usage", "server", "storage", "table", "column",
];

/// Commands that settings with a secret begin with.
#[rustfmt::skip]
const COMMANDS: &[&str] = &[
    "username", "enable", "snmp-server", "snmp-agent", "snmp", "radius-server", "tacacs-server", "radius", "tacacs", "tacplus", "aaa", "aaa-server", "crypto", "isakmp", "ip", "ipv6", "neighbor", "standby", "vrrp", "glbp", "ntp", "ppp", "vtp", "isis", "failover", "tunnel-group", "ikev1", "ikev2", "ldap-login-password", "passwd", "local-user", "super", "ospf", "security", "mgmt-user", "mgmt_cli", "line", "fabric", "vpdn", "hello-authentication", "server-private", "wlan", "wpa-passphrase", "bgp", "peer", "pre-shared-key", "shared-key", "authentication-key", "key-string", "encryption-key", "area", "hwtacacs", "hwtacacs-server", "radius-scheme", "hotspot", "wireless", "bridge", "mpls", "eigrp", "rip", "lldp", "mka", "cts", "dot1x", "mab", "pppoe", "dialer", "address", "auth-server", "administrator", "wpa2-passphrase", "user-account", "l2tp",
];

/// Settings that nothing else has, so that they need no head above them.
const LONE: &[&str] = &["psksecret", "passwd", "phash", "newpass", "sae-password"];

/// Second words of commands that begin with a word of any sentence.
#[rustfmt::skip]
const SECONDS: &[(&str, &[&str])] = &[
    ("set", &["system", "snmp", "security", "protocols", "access", "shared", "network", "mgmt-config", "deviceconfig", "vpn", "service", "interfaces", "user", "authentication", "routing-instances", "groups", "services", "aaa", "radius", "admin", "wireless", "template"]),
    ("add", &["snmp", "user", "aaa", "radius", "authentication", "system", "rba"]),
    ("create", &["auth", "ltm", "net", "sys", "snmp", "account", "radius"]), ("modify", &["auth", "ltm", "net", "sys", "snmp"]),
    ("user", &["ops", "admin", "password", "add"]), ("key", &["chain", "config-key"]), ("password", &["manager"]), ("config", &["aaa", "snmp", "radius", "wlan", "mgmtuser", "tacacs"]), ("configure", &["snmp", "radius", "tacacs", "account", "ssl"]),
];

/// Heads of blocks whose settings stand below them with nothing else.
#[rustfmt::skip]
const HEADS: &[&str] = &[
    "radius server", "radius-server", "tacacs server", "tacacs-server", "aaa-server", "aaa authentication-server", "aaa group server", "line vty", "line con", "line aux", "line console", "key chain", "crypto ikev2 keyring", "crypto keyring", "tunnel-group", "config user", "config system", "config vpn", "config router", "config wireless-controller", "edit ", "auth user", "ltm monitor", "ltm auth", "auth radius", "auth tacacs", "sys snmp", "communities", "interface ", "router ", "wlan ", "ike peer", "ike proposal", "radius scheme", "radius-scheme", "hwtacacs", "user-interface", "aaa", "local-user", "vpdn-group", "l2tp-class", "hostname ", "snmp-server", "peer ", "client ", "security ", "vpc domain", "mka policy", "enable", "ssid ", "virtual-template",
];

/// Words that sentences have and settings don't.
const SPOKEN: &[&str] = &[
    "the", "is", "was", "your", "you", "please", "of", "a", "an", "be", "been", "has", "have",
    "not", "cannot", "if", "when", "must", "should", "will", "it", "that", "this", "we", "i",
    "can", "does", "did", "are",
];

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    let mut done = 0;
    for hit in text.hits.iter().filter(|it| matches!(it.role, Role::Key | Role::Weak)) {
        if hit.start < done {
            continue;
        }
        let end = hit.end + part(&text.bytes[hit.end..]);
        if text.byte(end) != b' ' || text.byte_before(hit.start) == b'/' {
            continue;
        }
        let before = text.line_before(hit.start, LONGEST);
        let lead = before.len() - before.bytes().rev().take_while(|it| is_part(*it)).count();
        let name = text.raw[hit.start - (before.len() - lead)..end].to_ascii_lowercase();
        if !is_setting(&name) || !is_command(text, &before[..lead], &name, end) {
            continue;
        }
        if let Some(span) = value(text, end, &name) {
            done = span.end;
            found.push(Match::new("gear-setting", "PASSWORD", span, 85));
        }
    }
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn part(bytes: &[u8]) -> usize {
    bytes.iter().take(40).take_while(|it| is_part(**it)).count()
}

/// `pre-shared-key`: one of the settings, with words before it.
fn is_setting(name: &str) -> bool {
    SETTINGS.iter().any(|it| {
        name.strip_suffix(it).is_some_and(|lead| lead.is_empty() || lead.ends_with(['-', '_']))
    })
}

/// True if a line that begins so is a command, or stands in a block of them.
fn is_command(text: &Text<'_>, before: &str, name: &str, end: usize) -> bool {
    let indent = before.len() - before.trim_start_matches([' ', '\t', '>', '|']).len();
    let lead = behind_prompt(before.trim_start_matches([' ', '\t', '>', '|']));
    let rest = text.line_from(end, LONGEST);
    let spoken = |it: &str| it.split(' ').any(|word| SPOKEN.contains(&word));
    if spoken(lead) || spoken(rest) || rest.trim_end().ends_with(['.', '?', '!']) && lead.is_empty()
    {
        return false;
    }
    let mut words = lead.split_ascii_whitespace();
    let first = words.next().unwrap_or(name);
    let second = words.next().unwrap_or(name);
    let by_second = SECONDS.iter().find(|it| it.0 == first);
    if COMMANDS.contains(&first) || by_second.is_some_and(|it| it.1.contains(&second)) {
        return true;
    }
    // `set passwd …`, `key …`: a setting alone, below the head of its block.
    if lead.trim_end() == "set" && indent > 0 && LONE.contains(&name) {
        return true;
    }
    let is_alone = lead.is_empty() || lead.trim_end() == "set" || lead.ends_with(" set ");
    is_alone
        && indent > 0
        && rest.split_ascii_whitespace().count() <= 4
        && is_below_head(text, end - name.len() - before.len())
}

/// Without `switch(config-line)# `.
fn behind_prompt(line: &str) -> &str {
    let end = line.bytes().take(60).position(|it| matches!(it, b'#' | b'>' | b'$')).unwrap_or(0);
    let is_prompt = end > 0
        && line[..end].bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.()/@:~[]".contains(&it));
    if is_prompt { line[end + 1..].trim_start() } else { line }
}

fn is_below_head(text: &Text<'_>, line: usize) -> bool {
    let above = text.before(line, REACH);
    above.lines().rev().take(10).any(|it| {
        let lead = behind_prompt(it.trim_start_matches([' ', '\t', '>', '|']));
        HEADS.iter().any(|head| lead.starts_with(head))
    })
}

/// The word behind a setting and what says how it is written.
fn value(text: &Text<'_>, end: usize, name: &str) -> Option<Range<usize>> {
    let line = text.line_from(end, LONGEST);
    let mut at = 0;
    // `address 81.12.4.9 255.255.255.0 key …`
    if let Some(key) = line.strip_prefix(" address ").and_then(|_| line.find(" key ")) {
        at = key + 4;
    }
    loop {
        at += line[at..].len() - line[at..].trim_start_matches([' ', '\t']).len();
        let word = line[at..].split([' ', '\t']).next().unwrap_or("");
        let next = line[at + word.len()..].trim_start();
        // `level 3`, `privilege 15`, `type 7`
        let level = matches!(word, "level" | "privilege" | "type").then(|| next.split(' ').next());
        if let Some(Some(number)) = level.filter(|_| !next.is_empty()) {
            at += word.len() + line[at + word.len()..].len() - next.len() + number.len();
        } else if BETWEEN.contains(&word.to_ascii_lowercase().as_str()) && !next.is_empty() {
            at += word.len();
        } else {
            break;
        }
    }
    let rest = &line[at..];
    let (open, length) = match rest.chars().next()? {
        quote @ ('"' | '\'') => (1, rest[1..].find(quote)?),
        _ => (0, rest.find([' ', '\t', ';', '}']).unwrap_or(rest.len())),
    };
    let value = rest[open..open + length].trim_end_matches([',', '.', '"', '\r']);
    let start = end + at + open;
    is_value(value, name, open > 0).then(|| start..start + value.len())
}

fn is_value(value: &str, name: &str, is_quoted: bool) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_number = value.len() < 4 && value.bytes().all(|it| it.is_ascii_digit());
    let is_place = name == "key" && value.parse::<std::net::IpAddr>().is_ok();
    value.len() >= 3
        && !is_number
        && !is_place
        && !is_stand_in(value)
        && !STATES.contains(&lower.as_str())
        && (is_quoted
            || !WORDS.contains(&lower.as_str())
                && !value.starts_with(['(', '{', '[', '|', '<', '=']))
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::found_by;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn what_stands_behind_a_setting_goes() {
        for line in [
            "username ops privilege 15 password gartentor",
            "sw1(config)# username ops secret 9 gartentor",
            "enable secret gartentor",
            "snmp-server community gartentor RO 10",
            "radius-server host 10.2.0.9 auth-port 1812 acct-port 1813 key gartentor",
            "tacacs-server key 7 gartentor",
            "ip ospf authentication-key gartentor",
            " pre-shared-key address 0.0.0.0 0.0.0.0 key gartentor",
            " ikev2 remote-authentication pre-shared-key gartentor",
            "radius server ISE\n address ipv4 10.2.0.9 auth-port 1812\n key gartentor",
            "line vty 0 4\n password gartentor\n login",
            "key chain K\n key 1\n  key-string 7 gartentor",
            "config user local\n edit \"ann\"\n  set passwd gartentor",
            "set system tacplus-server 10.2.0.9 secret gartentor",
            "set vpn ipsec authentication psk hq secret 'gartentor'",
            "set access profile P client c1 chap-secret \"gartentor\"; ## SECRET-DATA",
            "local-user ops password irreversible-cipher gartentor",
            "super password level 3 cipher gartentor",
            "vtp password gartentor",
            "failover key gartentor",
            "ltm monitor https m1 {\n    password gartentor\n    username ops\n}",
            "modify auth user admin password gartentor",
            "mgmt_cli add simple-gateway name gw1 one-time-password gartentor",
        ] {
            assert_eq!(values(line), ["gartentor"], "{line}");
        }
    }

    #[test]
    fn other_commands_and_sentences_stay() {
        for line in [
            "crypto key generate rsa modulus 2048",
            "key chain EIGRP\n key 1",
            "enable password recovery",
            "service password-encryption",
            "set password for the user",
            "enable the password prompt",
            "ip ssh pubkey-chain",
            "set the secret store first",
            "aaa authentication login default group radius",
            "the line has a password in it",
            "    key value pairs",
        ] {
            assert!(values(line).is_empty(), "{line}");
        }
    }
}
