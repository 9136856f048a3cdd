//! Rules of a line each: packet filters, routers, commands that open a port
//! or give a role, tables and texts that list them.

use std::sync::OnceLock;

use regex::Regex;

use super::super::super::super::exempt::fixed;
use super::super::super::super::span::Match;
use super::super::super::super::text::Text;
use super::super::lines;
use super::{hide, holds};

/// A kind of rule.
struct Rule {
    /// One of them stands in a text that has such rules.
    needs: &'static [&'static str],
    /// A line that is one.
    line: &'static str,
    /// What goes of it: every group.
    value: &'static str,
}

const RANGE: &str =
    r"\b((?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?)|([0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{2,38}/\d{1,3})";

/// Ranges are looked for in each of them besides.
const RULES: &[Rule] = &[
    Rule {
        needs: &[
            "Chain ",
            "-A INPUT",
            "-A FORWARD",
            "-A OUTPUT",
            "iptables",
            "nft ",
            "ufw ",
            "dport",
            "table inet",
            "hook input",
            "Chain ",
        ],
        line: r"(?:^\s*(?:ACCEPT|DROP|REJECT|LOG|RETURN)\s|^\s*\[\s*\d+\]\s|\bALLOW\b|\bDENY\b|\s-j\s(?:ACCEPT|DROP|REJECT)|\b(?:accept|drop|reject)\s*(?:;|\}|#|comment|$)|\bufw (?:allow|deny|insert|delete))",
        value: r"(?:dpts?|spts?|ports?|dport|sport)[: =]+\{?\s*(\d[\d:, -]*\d|\d)|--(?:dport|sport)s? (\d[\d:,]*)|\b(\d{1,5}(?::\d{1,5})?/(?:tcp|udp))\b",
    },
    Rule {
        needs: &["ALLOW "],
        line: r"^[>\s]*(?:\[\s*\d+\]\s*)?\d{1,5}(?:/(?:tcp|udp))?(?: \(v6\))?\s+(?:ALLOW|DENY|LIMIT|REJECT)",
        value: r"^[>\s]*(?:\[\s*\d+\]\s*)?(\d{1,5}(?:/(?:tcp|udp))?)",
    },
    Rule {
        needs: &["pass in", "pass out", "block in", "block out", "pass quick", "block drop"],
        line: r"^[>\s]*(?:pass|block)\s[^\n]*\b(?:proto|from|to|port)\s",
        value: r"\bport\s+(?:=\s*)?\{?\s*([\w:,-]+(?:, \w+)*)",
    },
    Rule {
        needs: &["access-list", "permit tcp", "permit udp", "permit ip", "deny ip", "deny tcp"],
        line: r"^[>\s]*(?:access-list\s+\S+\s+|\d+\s+)?(?:extended\s+)?(?:permit|deny)\s+(?:tcp|udp|ip|icmp|object)\s",
        value: r"\b(?:eq|gt|lt|neq|range)\s+([\w-]+(?:\s+\d+)?)",
    },
    Rule {
        needs: &["rule family=", "firewall-cmd"],
        line: r"rule family=|firewall-cmd",
        value: r#"\b(?:address|port|source)="([^"\n]+)"|--(?:add|remove)-(?:port|source)=(\S+)"#,
    },
    Rule {
        needs: &["advfirewall", "NetFirewallRule"],
        line: r"advfirewall|NetFirewallRule",
        value: r"(?i)\b(?:local|remote)(?:port|ip)=(\S+)|-(?:Local|Remote)(?:Port|Address)\s+(\S+)",
    },
    Rule {
        needs: &[
            "security-group-ingress",
            "security-group-egress",
            "security-group-rule",
            "nsg rule",
            "firewall-rules",
            "iam-policy-binding",
            "role assignment",
            "network-acl-entry",
            "sg-rule",
            "security group rule",
        ],
        line: r"(?:security-group-(?:ingress|egress|rule)|nsg rule|firewall-rules|iam-policy-binding|role assignment|network-acl-entry|security group rule)",
        value: r#"--(?:port|port-range|cidr|cidr-ip|cidr-block|source-group|allow|deny|rules|source-ranges|destination-ranges|destination-port-ranges?|source-port-ranges?|source-address-prefix(?:es)?|dst-port|remote-ip|member|role|assignee|scope)[= ]["']?([^\s"']+)"#,
    },
    Rule {
        needs: &["INGRESS", "EGRESS"],
        line: r"\b(?:INGRESS|EGRESS)\b",
        value: r"\b((?:tcp|udp|icmp|all):\d[\d,:-]*)",
    },
    Rule {
        needs: &["NOPASSWD", "ALL=("],
        line: r"^[>\s]*%?[\w.-]+\s+ALL\s*=\s*\(",
        value: r"^[>\s]*(%?[\w.-]+)\s|(?:NOPASSWD:|\))\s*(/[^\n#]+)",
    },
    Rule {
        needs: &["scram-sha-256", " md5", " trust", " peer", " reject"],
        line: r"^[>\s]*(?:local|host|hostssl|hostnossl|hostgssenc)\s+\S+\s+\S+\s+(?:\S+\s+)?(?:scram-sha-256|md5|trust|peer|reject|ident|cert|gss|ldap)\b",
        value: r"^[>\s]*(?:local|host\w*)\s+(\S+)\s+(\S+)",
    },
    Rule {
        needs: &["permissionType="],
        line: r"permissionType=|patternType=",
        value: r"\b(?:principal|host|operation|name)=([^,)\s]+)",
    },
    Rule {
        needs: &["IPPERMISSIONS", "IPRANGES"],
        line: r"^[>\s]*(?:IPPERMISSIONS|IPRANGES|IPV6RANGES|USERIDGROUPPAIRS)\w*\s",
        value: r"\t(\d+|sg-\w+|\d{12})\b",
    },
];

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    let known: Vec<usize> =
        (0..RULES.len()).filter(|rule| holds(text, RULES[*rule].needs)).collect();
    for rule in known {
        let [is_rule, value, range] = made(rule);
        for line in lines(text).filter(|line| is_rule.is_match(line.text)) {
            for hit in value.captures_iter(line.text).chain(range.captures_iter(line.text)) {
                for value in hit.iter().skip(1).flatten().filter(|it| !is_word(it.as_str())) {
                    hide(line.start + value.start(), value.len(), found);
                }
            }
        }
    }
}

/// Everything and everybody: a word of the language.
fn is_word(value: &str) -> bool {
    matches!(value, "any" | "*" | "port" | "0.0.0.0" | "0.0.0.0/0")
}

/// The patterns of a rule, made when they are first needed.
fn made(rule: usize) -> &'static [Regex; 3] {
    static MADE: [OnceLock<[Regex; 3]>; RULES.len()] = [const { OnceLock::new() }; RULES.len()];
    MADE[rule].get_or_init(|| [RULES[rule].line, RULES[rule].value, RANGE].map(fixed))
}
