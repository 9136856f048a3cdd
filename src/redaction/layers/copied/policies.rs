//! Security configuration: who may do what where. The words of its language
//! stay; principals, resources, ports and ranges go.

use std::sync::LazyLock;

use regex::Regex;

use super::super::super::exempt::fixed;
use super::super::super::span::Match;
use super::super::super::text::Text;
use super::{lines, objects};

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    let holds = |words: &[&str]| words.iter().any(|it| text.raw.contains(it));
    if holds(&["\"Statement\"", "IpPermissions", "\"Effect\""]) {
        documents(text, found);
    }
    if holds(&[
        "aws_security_group",
        "azurerm_network_security",
        "google_compute_firewall",
        "aws_network_acl",
    ]) {
        blocks(text, found);
    }
    if holds(&["Chain ", "-A INPUT", "-A FORWARD", "iptables", "nft ", "ufw "]) {
        firewalls(text, found);
    }
    if holds(&["bindings:", "- members:"]) {
        bindings(text, found);
    }
    if holds(&["NetworkPolicy", "networkpolicy", "ipBlock"]) {
        network_policies(text, found);
    }
}

fn hide(start: usize, length: usize, found: &mut Vec<Match>) {
    if length > 0 {
        found.push(Match::new("security-policy", "POLICY", start..start + length, 75));
    }
}

/// Words of the language of policies, whose values stay.
const WORDS: &[&str] = &["Version", "Effect", "Sid", "IpProtocol", "Type"];

/// IAM and bucket policies, security groups as JSON.
fn documents(text: &Text<'_>, found: &mut Vec<Match>) {
    let mut at = 0;
    while let Some(start) = text.raw[at..].find('{').map(|it| at + it) {
        let Some((end, leaves)) = objects::read(text, start) else {
            at = start + 1;
            continue;
        };
        at = end;
        let is_policy = leaves.iter().any(|it| {
            it.above.iter().chain([&it.key]).any(|key| {
                matches!(*key, "Statement" | "IpPermissions" | "IpPermissionsEgress" | "Effect")
            })
        });
        for leaf in leaves.iter().filter(|leaf| is_policy && !WORDS.contains(&leaf.key)) {
            hide(leaf.span.start, leaf.span.len(), found);
        }
    }
}

/// Rules of firewalls in Terraform.
fn blocks(text: &Text<'_>, found: &mut Vec<Match>) {
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r#"(?m)^\s*(?:from_port|to_port|ports?|cidr_blocks|ipv6_cidr_blocks|source_ranges|destination_ranges|security_group_id|source_security_group_id|source_address_prefix|destination_port_range|vpc_id|prefix_list_ids|security_groups)\s*=\s*\[?\s*"?([^"\]\n]+)"?"#,
        )
    });
    for hit in VALUE.captures_iter(text.raw) {
        if let Some(value) = hit.get(1) {
            hide(value.start(), value.as_str().trim_end().len(), found);
        }
    }
}

/// Lines of iptables, nftables and ufw: ranges and ports.
fn firewalls(text: &Text<'_>, found: &mut Vec<Match>) {
    static RULE: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r"(?:^\s*(?:ACCEPT|DROP|REJECT|LOG|RETURN)\s|^\s*\[\s*\d+\]\s|\bALLOW\b|\bDENY\b|\s-j\s(?:ACCEPT|DROP|REJECT)|\baccept\b|\bdrop\b)",
        )
    });
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r"(?:(?:dpts?|spts?|ports?|dport|sport)[: =]+|--(?:dport|sport)s? )(\d[\d:,]*)|\b(\d{1,5}/(?:tcp|udp))\b|\b((?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?)",
        )
    });
    for line in lines(text).filter(|line| RULE.is_match(line.text)) {
        for hit in VALUE.captures_iter(line.text) {
            let value = hit.get(1).or_else(|| hit.get(2)).or_else(|| hit.get(3));
            let value = value.filter(|it| !it.as_str().starts_with("0.0.0.0"));
            if let Some(value) = value {
                hide(line.start + value.start(), value.len(), found);
            }
        }
    }
}

/// Members and roles of a cloud's bindings.
fn bindings(text: &Text<'_>, found: &mut Vec<Match>) {
    static VALUE: LazyLock<Regex> = LazyLock::new(|| {
        fixed(
            r"^\s*(?:- )?(?:role: (\S+)|((?:user|serviceAccount|group|domain|principal|principalSet|deleted):\S+|allUsers|allAuthenticatedUsers))\s*$",
        )
    });
    for line in lines(text) {
        let hit = VALUE.captures(line.text);
        if let Some(value) = hit.and_then(|it| it.get(1).or_else(|| it.get(2))) {
            hide(line.start + value.start(), value.len(), found);
        }
    }
}

/// Ranges, ports and labels of a network policy.
fn network_policies(text: &Text<'_>, found: &mut Vec<Match>) {
    static VALUE: LazyLock<Regex> =
        LazyLock::new(|| fixed(r#"(?:cidr|port|app|name|role)["']?: ?["']?([A-Za-z0-9./-]+)"#));
    for hit in VALUE.captures_iter(text.raw) {
        if let Some(value) = hit.get(1) {
            hide(value.start(), value.len(), found);
        }
    }
}
