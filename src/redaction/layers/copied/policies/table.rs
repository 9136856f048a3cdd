//! Kinds of rules of a line each, as data.

/// A kind of rule.
pub(super) struct Rule {
    /// One of them stands in a text that has such rules.
    pub(super) needs: &'static [&'static str],
    /// A line that is one.
    pub(super) line: &'static str,
    /// What goes of it: every group.
    pub(super) value: &'static str,
}

/// Every kind. Ranges are looked for in each of them besides.
pub(super) const RULES: &[Rule] = &[
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
        line: r"^[>\s]*(?:access-list\s+\S+\s+(?:line \d+ )?|(?:rule\s+)?\d+\s+)?(?:extended\s+)?(?:permit|deny)\s+(?:tcp|udp|ip|icmp|object|object-group|gre|esp|ipv6)\s",
        value: r"\b(?:eq|gt|lt|neq|range)\s+([\w-]+(?:\s+\d+)?)|\bobject(?:-group)?\s+([\w.-]+)",
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
            "attach-role-policy",
            "attach-user-policy",
            "attach-group-policy",
            "put-role-policy",
            "add-permission",
            "clusterrolebinding",
            "create rolebinding",
            "AuthorizeSecurityGroup",
            "create role ",
            "create clusterrole",
            "policy add-user",
            "add-cluster-role-to-user",
            "add-role-to-user",
        ],
        line: r"(?:security-group-(?:ingress|egress|rule)|nsg rule|firewall-rules|iam-policy-binding|role assignment|network-acl-entry|security group rule|attach-(?:role|user|group)-policy|put-role-policy|add-permission|create (?:cluster)?role|AuthorizeSecurityGroup|(?:cluster-)?role-to-user)",
        value: r#"--(?:port|port-range|cidr|cidr-ip|cidr-block|source-group|allow|deny|rules|source-ranges|destination-ranges|destination-port-ranges?|source-port-ranges?|source-address-prefix(?:es)?|dst-port|remote-ip|member|role|assignee|scope|target-tags|source-tags|target-service-accounts|group-id|group-name|policy-arn|role-name|user-name|policy-name|principal|action|source-arn|clusterrole|user|group|serviceaccount|verb|resource|resource-name|network-acl-id|security-group-id|nsg-name|PortRange|SourceCidrIp|DestCidrIp|SecurityGroupId|dst-ip|src-ip|remote-group|security-group)[= ]["']?([^\s"']+)"#,
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
        value: r#"\b(?:(?:from|to|match|then)\s+)?(?:source-address|destination-address|application|destination-port|source-port|source|destination|service|from-zone|to-zone|from|to|source-user|protocol|prefix-list)\s+(\[[^\]\n]*\]|"[^"\n]+"|[^\s;{}"]+)"#,
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
    Rule {
        needs: &["<rule>", "<filter>", "<nat>"],
        line: r"<(?:address|port|network|interface|member|target|local-port|src|dst|source|destination)>",
        value: r"<(?:address|port|network|interface|member|target|local-port|src|dst)>([^<\n]+)<",
    },
    Rule {
        needs: &["llow group ", "llow dynamic-group ", "llow service ", "llow any-user "],
        line: r"(?i)\ballow (?:dynamic-group|group|service|any-user)\b[^\n]*\bto (?:inspect|read|use|manage)\b",
        value: r"(?i)\b(?:group|service|compartment|manage|use|read|inspect)\s+(?:id\s+)?([\w'/.:-]+)",
    },
    Rule {
        needs: &["ip nat inside", "ip nat outside", "nat (inside", "nat static"],
        line: r"\bnat \(?(?:inside|outside|static)",
        value: r"(?:\d{1,3}\.){3}\d{1,3} (\d{1,5})\b",
    },
    Rule {
        needs: &[
            "chain=input",
            "chain=forward",
            "chain=output",
            "chain=dstnat",
            "chain=srcnat",
            "/ip firewall",
        ],
        line: r"\bchain=(?:input|forward|output|dstnat|srcnat)|/ip(?:v6)? firewall",
        value: r"\b(?:src-address|dst-address|src-port|dst-port|to-addresses|to-ports|in-interface|out-interface|in-interface-list|src-address-list|dst-address-list|address|list)=(\S+)",
    },
    Rule {
        needs: &["set firewall", "set nat ", "set security nat"],
        line: r"\bset (?:firewall|nat|security nat)\b",
        value: r"\b(?:address|port|network-group|address-group|port-group|outbound-interface|inbound-interface|source-address|destination-address|destination-port|source-port)\s+'?([^\s']+)",
    },
    Rule {
        needs: &["add access-rule", "set access-rule", "add nat-rule"],
        line: r"\b(?:access|nat)-rule\b",
        value: r"\b(?:source|destination|service|original-source|original-destination|translated-source|translated-destination|original-service)(?:\.\d+)?\s+(\S+)",
    },
    Rule {
        needs: &["p, role:", ", allow", ", deny"],
        line: r"^[>\s|]*[pg]\d?, *[^,\n]+, *[^,\n]+(?:,|$)",
        value: r"(?:^[>\s|]*[pg]\d?,|,) *([^,\n]*[^,\s])",
    },
    Rule {
        needs: &[
            "deny all;",
            "allow all;",
            "Require ip",
            "Require host",
            "Require user",
            "Require group",
            "Allow from",
        ],
        line: r"^[>\s]*(?:(?:allow|deny) (?:\d|[0-9a-fA-F]+:)[^\s;]*;|Require (?:ip|host|user|group|ldap-group|valid-user)\b|(?:Allow|Deny) from\b)",
        value: r"^[>\s]*(?:allow|deny) ([^\s;]+);|Require (?:ip|host|user|group|ldap-group) ([^\n]*\S)|(?:Allow|Deny) from ([^\n]*\S)",
    },
    Rule {
        needs: &["acl "],
        line: r"^[>\s]*acl [\w.-]+ (?:src|dst|dstdomain|port|method|hdr\(|path_|proxy_auth|localport)",
        value: r"^[>\s]*acl [\w.-]+ \S+ (?:-\w+ )*([^\n#]*[^\s#])",
    },
    Rule {
        needs: &["hosts.allow", "hosts.deny", "access.conf", "sshd: ", "ALL: "],
        line: r"^[>\s]*(?:(?:sshd|ALL|vsftpd|in\.\w+|rpcbind|mountd)\s*:|[+-]\s*:\s*[\w@()-]+\s*:)",
        value: r"^[>\s]*(?:sshd|ALL|vsftpd|in\.\w+|rpcbind|mountd)\s*:\s*([^\n:]*[^\s:])|^[>\s]*[+-]\s*:\s*([\w@() -]*[\w@()])\s*:\s*([^\n]*\S)",
    },
    Rule {
        needs: &[" +@", " -@", "allcommands", "allkeys", " ~", "ACL SETUSER", "acl setuser"],
        line: r"\b(?:user|setuser) \S+ (?:reset |on |off |[>#]\S+ |<\w+> |nopass |sanitize-payload )*[^\n]*(?:[~%&+-]|all)",
        value: r"(?i)(?:user|setuser) (\S+)|\s([~&%][^\s\x22]+)|\s([+-]@?[a-z][\w|:-]*)",
    },
    Rule {
        needs: &[
            "Allowing ingress",
            "Allowing egress",
            "PodSelector:",
            "PolicyRule:",
            "Non-Resource URLs",
        ],
        line: r"^[>\s]*(?:To Port:|From Port:|CIDR:|PodSelector:|NamespaceSelector:|Except:|[\w./*-]+\s+\[[^\]]*\]\s+\[[^\]]*\]\s+\[)",
        value: r"(?:To Port|From Port|CIDR|PodSelector|NamespaceSelector|Except): +([^\n]*\S)|^[>\s]*([\w./*-]+)\s+\[|\[([^\]\n]+)\]",
    },
    Rule {
        needs: &["LocalPort:", "RemoteIP:", "RemotePort:", "LocalIP:"],
        line: r"^[>\s]*(?:LocalPort|RemotePort|RemoteIP|LocalIP|Program|Service)\s*:",
        value: r"^[>\s]*(?:LocalPort|RemotePort|RemoteIP|LocalIP|Program|Service)\s*:\s*([^\n]*\S)",
    },
    Rule {
        needs: &["_t:", "_t self:"],
        line: r"^[>\s]*(?:allow|dontaudit|auditallow|neverallow) \w+_t \w+:\w+ ",
        value: r"\b(\w+_t)\b|:(\w+) |\{([^}\n]+)\}",
    },
    Rule {
        needs: &["IP Protocol", "IP Range", "Port Range", "IpProtocol", "Remote Security Group"],
        line: r"^[>\s]*\|[^\n]*\|\s*(?:tcp|udp|icmp|TCP|UDP|ICMP|None|-1)\s*\|",
        value: r"\|\s*(\d{1,5}(?::\d{1,5}|-\d{1,5})?)\s*\||\|\s*(sg-\w+)\s*\||\|\s*([0-9a-f]{8}-[0-9a-f-]{27})\s*\|",
    },
    Rule {
        needs: &["AllowedIPs", "ignoreip", "allowed_networks", "mynetworks"],
        line: r"^[>\s]*(?:AllowedIPs|ignoreip|allowed_networks|mynetworks)\s*=",
        value: r"=\s*([^\n]*\S)",
    },
];
