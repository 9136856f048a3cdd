//! What people type at consoles: of network gear, of Windows, of stores and of
//! clouds.

use super::super::tokens::{At, Token};

/// What may stand where a password is typed: in quotes, or one word.
macro_rules! word {
    () => {
        r#"(?:"([^"$\n]{3,})"|'([^'$\n]{3,})'|([^\s"'$<>|&;)-][^\s"'$<>|&;)]{2,}))"#
    };
}

/// Every rule.
#[rustfmt::skip]
pub(super) const CONSOLES: &[Token] = &[
    // Network gear; what stands behind a setting's name is found with names.
    structure!("gear-trap-community", "PASSWORD", At::Keyword, ["snmp-server host ", "snmp-agent target-host "],
        r"(?i)^snmp-(?:server host|agent target-host)\s+\S+(?:\s+(?:vrf \S+|use-vrf \S+|traps?|informs?|udp-port \d+|address udp-domain \S+|params securityname|v1|v2c|v3|version (?:1|2c|3 (?:auth|noauth|priv))))*\s+([^\s]{3,})",
        yes ["snmp-server host 10.1.2.3 version 2c {l9}", "snmp-server host 10.1.2.3 traps {l9}"], no ["snmp-server host 10.1.2.3 traps"]),
    structure!("agent-community", "PASSWORD", At::Keyword, ["rocommunity", "rwcommunity", "com2sec", "createuser "],
        r#"(?i)^(?:r[ow]community6?(?:\s+|>)"?([^\s"<]{3,})|com2sec6?\s+(?:-\S+\s+\S+\s+)?\S+\s+\S+\s+([^\s]{3,})|createuser\s+(?:-e\s+\S+\s+)?\S+\s+(?:md5|sha\S*)\s+"?([^\s"]+)"?(?:\s+(?:des|aes\S*)\s+"?([^\s"]+))?)"#,
        yes ["rocommunity {l9} 10.0.0.0/8", "com2sec local localhost {l9}", "createUser mon SHA \"{l9}\" AES {l9}"], no ["createUser is missing"]),
    structure!("gear-user-hash", "PASSWORD_HASH", At::Keyword, ["mgmt-user ", "password manager user-name "],
        r#"(?i)^(?:mgmt-user\s+\S+\s+\S+\s+|password manager user-name\s+\S+\s+(?:sha1|sha256|plaintext)\s+)"?([^\s"]{6,})"#,
        yes ["mgmt-user admin root {h32}", "password manager user-name \"ops\" sha1 {h40}"], no ["password manager user-name \"ops\""]),
    structure!("gear-cipher", "PASSWORD", At::Before(120), [" cipher ", " irreversible-cipher "],
        r"(?m)(?:^|[\]>#] ?)\s*(?:authentication-mode|ospf|isis|rip|vrrp|bgp|peer|hwtacacs|radius|ntp|mpls|area|set authentication|pre-shared-key|shared-key|key|security|wlan|snmp-agent)\b[^\n]{0,80}? (?:irreversible-)?cipher ([^\s]{5,})",
        yes ["ospf authentication-mode md5 1 cipher {l9}"], no ["the area has a cipher suite"]),
    structure!("gear-pass-phrase", "PASSWORD", At::Keyword, ["pass-phrase ", "authentication text ", "authentication md5 key-string "],
        r#"(?i)^(?:pass-phrase|authentication (?:text|md5 key-string))\s+(?:\d\s+)?"?([^\s"]{5,})"?\s*(?:$|\n|aes|tkip|timeout)"#,
        yes ["security wpa2 psk pass-phrase {l9} aes", "glbp 1 authentication text {l9}"], no ["a pass-phrase of four words"]),
    structure!("gear-community-name", "PASSWORD", At::Keyword, ["system snmp community"],
        r#"(?is)^system snmp community\s.{0,120}?set name "?([^\s"]{3,})"#,
        yes ["config system snmp community\n edit 1\n  set name \"{l9}\""], no ["config system interface\n set name \"x\""]),
    structure!("wireless-connect", "PASSWORD", At::Keyword, ["nmcli "],
        r#"(?i)^nmcli\b[^\n|]{0,160}?\s(?:password|(?:802-11-wireless-security|wifi-sec)\.psk|802-1x\.password|wifi-sec\.wep-key0)[ =]["']?([^\s"'$]{3,})"#,
        yes ["nmcli dev wifi connect Hall password {l9}"], no ["nmcli connection show --show-secrets"]),
    // Windows.
    structure!("secure-string", "PASSWORD", At::Keyword, ["convertto-securestring "],
        concat!(r"(?i)^convertto-securestring\s+(?:-(?:asplaintext|force|string)\s+){1,3}", word!(), r"|^convertto-securestring\s+([^\s$'(-][^\s)$]{2,})\s+-asplaintext"),
        yes ["ConvertTo-SecureString -AsPlainText \"{l9}\" -Force", "ConvertTo-SecureString {l9} -AsPlainText -Force"], no ["ConvertTo-SecureString -AsPlainText $pw -Force"]),
    structure!("piped-secure-string", "PASSWORD", At::Before(100), ["| convertto-securestring"],
        r#"["']([^"'$\n]{3,})["']\s*\| (?i:convertto-securestring)"#,
        yes ["('{l9}' | ConvertTo-SecureString -AsPlainText -Force)"], no ["$pw | ConvertTo-SecureString"]),
    structure!("protected-blob", "SECRET", At::Keyword, ["01000000d08c9ddf", "AQAAANCMnd8BFdERjHoAwE"],
        r"(?:(?i:01000000d08c9ddf)[0-9A-Fa-f]{24,}|AQAAANCMnd8BFdERjHoAwE[A-Za-z0-9+/=]{16,})",
        yes ["01000000d08c9ddf{h64}"], no ["01000000d08c9ddf0115"]),
    structure!("account-hash", "PASSWORD_HASH", At::Keyword, ["ntlm hash", "nt hash", "lm hash", "nthash", "ntlmhash"],
        r"(?i)^(?:ntlm|nt|lm) ?hash\W{1,4}(?:is |= ?)?([a-f0-9]{32})\b",
        yes ["NTLM hash: {h32}"], no ["NT hash is old"]),
    structure!("windows-password-option", "PASSWORD", At::Keyword, ["/passwordd:", "/passwordo:", "/userpassword:", "/passwordu:", "dsadd ", "dsmod ", "rasdial ", "winrs ", "/password:", "/pass:", "net user "],
        concat!(r#"(?i)^(?:/(?:password[dou]?|userpassword|pass):|ds(?:add|mod)\b[^\n|]{0,200}?\s-pwd\s+|rasdial\s+(?:"[^"\n]+"|\S+)\s+\S+\s+|winrs\b[^\n|]{0,120}?\s[-/]p:|net user\s+[^\s/"]+\s+)"#, word!()),
        yes ["dsadd user \"CN=x\" -pwd {l9}", "netdom join s /userd:a /passwordd:{l9}", "rasdial VPN svc {l9}", "winrs -r:s -u:a -p:{l9} x"], no ["net user ops /domain", "rasdial VPN /disconnect"]),
    structure!("share-password", "PASSWORD", At::Keyword, ["net use "],
        r#"(?i)^net use\s+(?:[a-z]:|\*)?\s*\\+\S+\s+(?:/user:\S+\s+)?(?:"([^"$\n]{3,})"|'([^'$\n]{3,})'|([^\s"'$<>|&;/*-][^\s"'$<>|&;]{2,}))(?:\s|$)"#,
        yes ["net use Z: \\\\nas\\x {l9} /user:svc", "net use \\\\nas\\x /user:svc {l9}"], no ["net use Z: \\\\nas\\x /delete", "net use Z: \\\\nas\\x /user:svc"]),
    structure!("sip-number", "PHONE", At::Keyword, ["sip:", "sips:"],
        r"(?i)^sips?:(\+?\d{7,15})(?:[@;>:]|x\d|$)",
        yes ["<sip:{d10}@trunk.x.de>;tag=x", "sip:+{d10};ext=1"], no ["sip:1001@pbx", "sip:trunk.x.de"]),
    // Stores.
    structure!("user-identified-by", "PASSWORD", At::Before(200), ["identified by "],
        r#"(?i)(?:create|alter|grant|database link|connect to)\b[^\n;]*?\bidentified by (?:values )?(?:"([^"\n]+)"|'([^'\n]+)'|([A-Za-z0-9_$#.!-]{3,}))(?:\s+replace\s+(?:"([^"\n]+)"|([A-Za-z0-9_$#.!-]{3,})))?"#,
        yes ["ALTER USER ops IDENTIFIED BY {l9} REPLACE {l9};", "CREATE DATABASE LINK l CONNECT TO ops IDENTIFIED BY {l9} USING 'x'"], no ["create a user that is identified by"]),
    structure!("cipher-function", "PASSWORD", At::Keyword, ["pgp_sym_encrypt(", "pgp_sym_decrypt(", "aes_encrypt(", "aes_decrypt(", "encryptbypassphrase(", "decryptbypassphrase(", " crypt(", "des_encrypt(", "des_decrypt(", "dearmor(", "changeuserpassword(", "decryptbykeyautocert("],
        r#"(?i)^ ?(?:(?:pgp_sym|aes|des)_(?:en|de)crypt\([^\n]{1,160}?,\s*|(?:en|de)cryptbypassphrase\(\s*N?|crypt\(\s*|changeuserpassword\(\s*["'][^"'\n]+["']\s*,\s*)["']([^"'\n]{3,})["']\s*[,)]"#,
        yes ["SELECT pgp_sym_decrypt(col, '{l9}') FROM t", "SELECT crypt('{l9}', gen_salt('bf'))", "db.changeUserPassword(\"ops\", \"{l9}\")"], no ["SELECT aes_decrypt(col, @key)"]),
    structure!("store-console-login", "PASSWORD", At::Before(40), ["auth "],
        r"(?i)(?:\d> |(?m:^)[>\s]*> |redis[^>\n]{0,30}> |hello 3 )auth (?:[\w.-]+ )?([^\s<>|]{3,})(?:\s+setname\b|\s*(?-i:$|\n))",
        yes ["127.0.0.1:6379> AUTH {l9}", "127.0.0.1:6379> AUTH default {l9}", "HELLO 3 AUTH ops {l9}"], no ["> auth is broken today"]),
    structure!("store-protocol-login", "PASSWORD", At::Keyword, ["\\nauth\\r\\n$", "auth\r\n$", "auth\n$"],
        r"(?i)^(?:\\n)?auth(?:\\r\\n|\r?\n)\$\d+(?:\\r\\n|\r?\n)([^\s\\]{3,})(?:(?:\\r\\n|\r?\n)\$\d+(?:\\r\\n|\r?\n)([^\s\\]{3,}))?",
        yes ["*2\\r\\n$4\\r\\nAUTH\\r\\n$9\\r\\n{l9}\\r\\n", "$4\nAUTH\n$9\n{l9}\n"], no ["AUTH\\r\\n$9"]),
    structure!("store-variable", "PASSWORD", At::Keyword, ["rediscli_auth=", "neo4j_auth=", "pgbouncer_auth="],
        r#"(?i)^(?:rediscli_auth=|neo4j_auth=["']?[\w.-]+/)["']?([^\s"'$]{3,})"#,
        yes ["export REDISCLI_AUTH={l9}", "NEO4J_AUTH=neo4j/{l9}"], no ["NEO4J_AUTH=none", "REDISCLI_AUTH=$PW"]),
    structure!("export-login", "PASSWORD", At::Keyword, ["exp ", "imp ", "userid=", "sqlplus ", "sqlcl "],
        r#"(?i)^(?:(?:exp|imp)\s+(?:userid=)?|userid=["']?|(?:sqlplus|sqlcl)\s+(?:-\w+\s+)*["']?)[A-Za-z][\w$#]*/(?:"([^"\n]+)"|([^\s@"'/]{3,}))(?:@\S+)?(?:\s+\w+=|"?\s|$|["'])"#,
        yes ["exp ops/{l9} file=x.dmp", "imp userid=ops/{l9}@orcl file=x.dmp"], no ["exp a/b of x"]),
    structure!("pool-user", "PASSWORD", At::Keyword, ["userlist"],
        r#"^userlist[^\n]{0,60}?\n?[>\s]*"[\w.@-]+" "([^"\n]{3,})""#,
        yes ["userlist.txt: \"ops\" \"{l9}\""], no ["userlist is empty"]),
    structure!("directory-password", "PASSWORD", At::Keyword, ["ldappasswd", "ldapwhoami", "ldapcompare", "ldapdelete", "ldapmodrdn"],
        concat!(r"(?i)^ldap\w+\b[^\n|]{0,200}?\s-w\s*", word!(), r"(?:[^\n|]{0,80}?\s-s\s*", word!(), ")?"),
        yes ["ldappasswd -D cn=a -w {l9} -s {l9} uid=x"], no ["ldapwhoami -D cn=a -W"]),
    structure!("archive-password", "PASSWORD", At::Keyword, ["rar a ", "rar x ", "unrar ", "7za ", "zip -", "pdftk ", "qpdf "],
        concat!(r"^(?:(?:un)?rar\b[^\n|]{0,80}?\s-h?p|7za\b[^\n|]{0,80}?\s-p|zip -\S*\s*-P\s+|pdftk\b[^\n|]{0,120}?\s(?:user_pw|owner_pw|input_pw)\s+|qpdf\b[^\n|]{0,80}?--(?:password=|encrypt\s+))", word!()),
        yes ["rar a -hp{l9} x.rar f", "pdftk a.pdf output b.pdf user_pw {l9}"], no ["rar a x.rar f"]),
    structure!("shell-login", "PASSWORD", At::Keyword, ["su - ", "ssh-add ", "passwd ", "mount -", "cryptsetup ", "wrangler ", "versions add "],
        r#"^(?:su - [^\n|]{0,40}?|ssh-add[^\n|]{0,60}?|passwd[^\n|]{0,40}?|wrangler [^\n|]{0,60}?|versions add [^\n|]{0,80}?)<<<\s*(?:"([^"$\n]{3,})"|'([^'$\n]{3,})'|([^\s"'$<>|&;]{3,}))"#,
        yes ["su - ops <<< {l9}", "gcloud secrets versions add x --data-file=- <<< \"{l9}\""], no ["su - ops <<< $PW"]),
    structure!("piped-secret", "SECRET", At::Before(160), ["secrets create ", "secrets versions add ", "secret put ", "secret set ", "secret create ", "secrets set "],
        r#"(?:echo|printf)\s+(?:-n\s+|['"]?%s(?:\\n)?['"]?\s+)?(?:"([^"$\n]{3,})"|'([^'$\n]{3,})'|([^\s"'$<>|&;]{3,}))\s*\|[^\n|]{0,60}?(?:secrets? (?:versions add|create|put|set)) "#,
        yes ["printf '{l9}' | gcloud secrets create x --data-file=-"], no ["echo $PW | wrangler secret put X"]),
    // Scripts that talk to a server: who, then with what.
    structure!("transfer-script", "PASSWORD", At::Keyword, [" dd *", "<<eof", "<<'eof", "<<!", "<<end", "<<-eof", "<<\"eof", "<< eof", "<<ftp", "open "],
        r"(?im)^(?: dd \*[^\n]*|<<[- ]*[\x22']?\w*[\x22'!]?[^\n]*|open [\w.-]+(?:[ :]\d+)?)\s*\n(?:[>\s]*(?:verbose|prompt|passive|binary|ascii)[^\n]*\n)?(?:[>\s]*open [^\n]+\n)?(?:[>\s]*user [\w.@-]+[ \t]+([^\s]{3,})|(?:[>\s]*[\w-]+(?:\.[\w-]+)+[ \t\r]*\n)?[>\s]*(?:user )?[\w.@-]+[ \t\r]*\n[>\s]*(?:pass )?([^\s]{3,})[ \t\r]*\n[>\s]*(?:bin|binary|ascii|put|mput|get|mget|cd|lcd|quit|prompt|passive|ls|dir|site|quote|locsite|type|bye)\b)",
        yes ["//INPUT DD *\nftp.x.de\nlohn01\n{l9}\nbin\nput x\n", "ftp -n h1 <<EOF\nuser ops {l9}\nput x\nEOF", "open h1.x.de\nops\n{l9}\nbinary\n"], no ["//SYSTSIN DD *\n  DSN SYSTEM(X)\n  RUN PROGRAM(Y)\n", "cat <<EOF\nhello\nworld\nEOF"]),
    structure!("sent-password", "PASSWORD", At::Keyword, ["assword:", "asscode:"],
        r#"(?i)^ass(?:word|code):? ?\*?["'}]*\s*;?\s*(?:\{|-re)?\s*(?:send|sendline\()\s*(?:--\s+)?["']([^"'$\n\\]{3,})(?:\\[rn]|["'])"#,
        yes ["expect '*assword:*'\nsend \"{l9}\\r\""], no ["expect \"assword:\" { send \"$pw\\r\" }"]),
    // Builds.
    structure!("masked-by-build", "SECRET", At::Keyword, ["::add-mask::", "##vso[task.setvariable "],
        r#"(?i)^(?:::add-mask::|##vso\[task\.setvariable variable=\w*(?:password|secret|token|key|pw|pwd)\w*[^\]\n]*\])([^\s"'$]{3,})"#,
        yes ["echo \"::add-mask::{l9}\"", "##vso[task.setvariable variable=apiToken]{l9}"], no ["::add-mask::$TOKEN", "##vso[task.setvariable variable=path]x"]),
    structure!("cloud-secret-option", "SECRET", At::Keyword, ["--secret-string ", "--secret-string=", "--master-user-password ", "--admin-password ", "--db-password ", "--root-password ", "--auth-token ", "--client-secret ", "--user-password ", "--set-password "],
        concat!(r"^--(?:secret-string|master-user-password|admin-password|db-password|root-password|auth-token|client-secret|user-password|set-password)[ =]", word!()),
        yes ["aws secretsmanager create-secret --name x --secret-string {l9}"], no ["--secret-string file://x", "--auth-token $T"]),
];
