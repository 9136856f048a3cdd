//! Rules of a line each: packet filters, routers, commands that open a port
//! or give a role, tables and texts that list them.

use std::ops::Range;
use std::sync::OnceLock;

use super::super::super::super::pattern::Pattern;
use super::super::super::super::rules::Cue;
use super::super::super::super::text::Text;
use super::super::Finds;
use super::super::some_lines;
use super::hide;

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
        value: r"\bport\s+(?:=\s*)?(\{[^}\n]*\}|[\w:,-]+)|\b(?:from|to)\s+(<\w+>)",
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
        needs: &["principal", "resource in", "resource =="],
        line: r"^[>\s]*(?:permit|forbid)?\s*\(?\s*(?:principal|action|resource)\s*(?:==|in|is)\s",
        value: r#"((?:\w+::)+"[^"\n]*")"#,
    },
    Rule {
        needs: &["set srcaddr", "set dstaddr", "set service", "firewall policy", "set srcintf"],
        line: r"^[>\s]*set (?:srcaddr|dstaddr|srcintf|dstintf|service|groups|users|internet-service-name|poolname|schedule|tcp-portrange|udp-portrange|extip|mappedip|extport|mappedport)\b",
        value: r#"(?:set \S+)?\s("[^"\n]+"|[^\s"]+)"#,
    },
    Rule {
        needs: &[
            "security policies",
            "firewall filter",
            "firewall family",
            "rulebase security",
            "security zones",
            "security-policy",
        ],
        line: r"\b(?:security policies|firewall (?:family \S+ )?filter|rulebase security|security zones|security-policy)\b",
        value: r#"\b(?:source-address|destination-address|application|destination-port|source-port|source|destination|service|from-zone|to-zone|from|to|source-user|protocol|prefix-list)\s+(\[[^\]\n]*\]|"[^"\n]+"|[^\s;{}"]+)"#,
    },
    Rule {
        needs: &[
            "access-group",
            "object network",
            "object-group",
            "network-object",
            "port-object",
            "service-object",
        ],
        line: r"^[>\s]*(?:network-object|port-object|service-object|group-object|host|subnet|range)\s",
        value: r"^[>\s]*\S+\s+(?:host |object |eq |tcp |udp |range )?(\S+(?: \d[\d.]*)?)",
    },
    Rule {
        needs: &[
            "set_permissions",
            "set_topic_permissions",
            "kafka-acls",
            "--allow-principal",
            "--deny-principal",
        ],
        line: r"set_(?:topic_)?permissions|--(?:allow|deny)-principal",
        value: r#"(?:-p\s+\S+\s+(\S+)\s|--(?:allow|deny)-(?:principal|host)[= ](\S+)|--(?:operation|topic|group|cluster|transactional-id)[= ](\S+)|\s"([^"\n]*)")"#,
    },
    Rule {
        needs: &["olcAccess", "access to dn", "access to attr", "access to filter", "access to *"],
        line: r"^[>\s]*(?:olcAccess:|access to (?:dn|attr|filter|\*)|\{\d+\}to |by \S+ (?:read|write|auth|none|manage|search|compare)\b)",
        value: r#"\b(?:to|by)\s+([^\s]+(?:="[^"\n]*")?)\s*(read|write|auth|none|manage|search|compare)?|dn[.\w]*="([^"\n]+)""#,
    },
    Rule {
        needs: &["(rw", "(ro"],
        line: r"^[>\s]*/\S+\s+\S+\((?:rw|ro|sync|no_root)",
        value: r"^[>\s]*(/\S+)|\s(\S+?)\((?:rw|ro)",
    },
    Rule {
        needs: &["icacls", ":(OI)", ":(CI)", ":(F)", ":(RX)", ":(M)"],
        line: r":\((?:OI|CI|F|M|RX|R|W|I)\)|icacls ",
        value: r#"([\w. -]+\\[\w$. -]+):\(|(?:/grant|/deny)(?::r)? "?([^\s":]+)|(S-1-5-[\d-]+)"#,
    },
    Rule {
        needs: &["CREATE POLICY", "create policy"],
        line: r"(?i)\bcreate policy\b",
        value: r"(?i)\bon\s+([\w.\x22]+)|\bfor\s+(\w+)\s+to\s+([\w, ]+?)\s+(?:using|with)|using\s*\((.*)\)\s*;?$",
    },
    Rule {
        needs: &["GRANT ", "REVOKE "],
        line: r"^[>\s]*(?:[\w#=]*[>#] )?(?:GRANT|REVOKE)\s",
        value: r#"(?:GRANT|REVOKE)\s+([A-Za-z_][\w, ()]*?)\s+(?:ON\s+(?:(?:TABLE|SCHEMA|DATABASE|SEQUENCE|FUNCTION|WAREHOUSE|ROLE|ALL TABLES IN SCHEMA)\s+)?([\w."'`*%@-]+)\s+)?(?:TO|FROM)\s+(?:ROLE\s+|USER\s+)?([\w."'`%@-]+)"#,
    },
    Rule {
        needs: &[
            "aa-enforce",
            "profile ",
            "capability ",
            "deny /",
            "AllowUsers",
            "AllowGroups",
            "DenyUsers",
            "PermitOpen",
            "valid users",
            "hosts allow",
            "write list",
        ],
        line: r"^[>\s]*(?:AllowUsers|AllowGroups|DenyUsers|DenyGroups|PermitOpen|valid users|write list|read list|hosts allow|hosts deny|admin users)\b",
        value: r"^[>\s]*(?:AllowUsers|AllowGroups|DenyUsers|DenyGroups|PermitOpen|valid users|write list|read list|hosts allow|hosts deny|admin users)\s*=?\s*(\S[^\n]*)",
    },
    Rule {
        needs: &["IPPERMISSIONS", "IPRANGES"],
        line: r"^[>\s]*(?:IPPERMISSIONS|IPRANGES|IPV6RANGES|USERIDGROUPPAIRS)\w*\s",
        value: r"\t(\d+|sg-\w+|\d{12})\b",
    },
];

/// Words that rules need.
pub(super) fn cues() -> impl Iterator<Item = (Cue, &'static str)> {
    let rows = RULES.iter().enumerate();
    rows.flat_map(|(row, it)| it.needs.iter().map(move |word| (Cue::of_rule(row), *word)))
}

/// How far from the words of a kind its first rule stands, in lines.
const NEAR: usize = 16;

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    for rule in (0..RULES.len()).filter(|rule| text.holds(Cue::of_rule(*rule))) {
        let mut done = 0;
        for near in text.lines_near(&[Cue::of_rule(rule)], NEAR) {
            done = apply(rule, text, near.start.max(done)..near.end, found);
        }
    }
}

/// Hides what rules say in some lines, and in those below as long as they are
/// rules; where they end.
fn apply(rule: usize, text: &Text<'_>, near: Range<usize>, found: &mut Finds<'_>) -> usize {
    let [is_rule, value, range] = made(rule);
    let mut at = near.start;
    for line in some_lines(text, near.start..text.lines.len()) {
        let is_one = is_rule.is_match(line.text);
        if at >= near.end && !is_one {
            break;
        }
        at += 1;
        let hits = value.captures_iter(line.text).chain(range.captures_iter(line.text));
        for hit in hits.filter(|_| is_one) {
            for value in hit.iter().skip(1).flatten().filter(|it| !is_word(it.as_str())) {
                hide(line.start + value.start(), value.len(), found);
            }
        }
    }
    at
}

/// Everything and everybody: a word of the language.
fn is_word(value: &str) -> bool {
    matches!(value, "any" | "*" | "port" | "0.0.0.0" | "0.0.0.0/0")
}

/// The patterns of a rule, made when they are first needed.
fn made(rule: usize) -> &'static [Pattern; 3] {
    static MADE: [OnceLock<[Pattern; 3]>; RULES.len()] = [const { OnceLock::new() }; RULES.len()];
    MADE[rule].get_or_init(|| [RULES[rule].line, RULES[rule].value, RANGE].map(Pattern::fixed))
}
