//! What a command prints that reads a secret out: it stands alone on the line
//! below.

use super::super::tokens::{At, Token};

/// Every rule.
#[rustfmt::skip]
pub(super) const PRINTED: &[Token] = &[
    structure!("printed-secret", "SECRET", At::Keyword, ["base64 -d", "base64 --decode", "secrets versions access", "get-secret-value", "keyvault secret show", "vault read ", "vault kv get ", "pass show ", "op read ", "op item get", "find-generic-password", "cat /run/secrets/", "output -raw ", "print-access-token", "print-identity-token", "get-login-password", "oc whoami -t", "gh auth token", "secrets get ", "config:get ", "openssl rand ", "pwgen", "makepasswd", "xkcdpass", "wg genkey", "wg genpsk", "rails secret", "gopass show", "doppler secrets get", "get-parameter ", "chamber read", "ejson decrypt", "aws-vault exec", "get password ", "secret-tool lookup", "keyring get", "bw get password", "credstash get", "berglas access", "heroku config:get", "uuidgen | ", "diceware"],
        concat!(
            r#"^(?:base64 (?:-d|--decode|-D)[^\n]{0,40}|secrets versions access[^\n]{0,160}|get-secret-value[^\n]{0,200}|keyvault secret show[^\n]{0,200}|vault (?:read|kv get) [^\n]{0,40}-field[^\n]{0,120}|(?:go)?pass show [^\n]{0,80}|op (?:read|item get)[^\n]{0,160}|find-generic-password[^\n]{0,120} -\w*w\b[^\n]{0,80}|cat /run/secrets/[^\n]{0,80}|output -raw \w*(?:pass|secret|token|key|pw)\w*[^\n]{0,20}|print-(?:access|identity)-token[^\n]{0,80}|get-login-password[^\n]{0,80}|oc whoami -t[^\n]{0,20}|gh auth token[^\n]{0,40}|(?:doppler )?secrets get [^\n]{0,80}|config:get \w*(?:PASS|SECRET|TOKEN|KEY|URL)\w*[^\n]{0,40}"#,
            r#"|openssl rand [^\n]{0,40}|pwgen[^\n]{0,40}|makepasswd[^\n]{0,40}|xkcdpass[^\n]{0,40}|wg gen(?:key|psk)[^\n]{0,40}|rails secret[^\n]{0,20}|get-parameter [^\n]{0,80}--with-decryption[^\n]{0,120}|chamber read [^\n]{0,80}|secret-tool lookup [^\n]{0,80}|keyring get [^\n]{0,80}|bw get password [^\n]{0,80}|credstash get [^\n]{0,80}|berglas access [^\n]{0,80}|diceware[^\n]{0,40})"#,
            r"\r?\n[>\s|]*([^\s<>|$#%*-][^\s<>|]{5,})[ \t\r]*(?:\n|$)",
        ),
        yes ["$ kubectl get secret db -o jsonpath='{.data.pw}' | base64 -d\n{l9}\n", "$ openssl rand -base64 24\n{a32}", "$ op read op://ops/db/password\n{l9}", "$ gh auth token\n{a30}\n"], no ["echo x | base64 -d\nthis is a line", "$ openssl rand -base64 24 > key\n$ ls"]),
    structure!("printed-variable", "SECRET", At::Keyword, ["printenv ", "echo $", "echo \"$", "echo ${", "echo \"${", "echo %", "write-host $env:", "echo $env:"],
        r#"(?i)^(?:printenv |echo "?\$(?:env:)?\{?|echo %|write-host \$env:)\w*(?:pass|passwd|password|secret|token|apikey|api_key|access_key|pwd|psk)\w*[}"%]{0,2}[ \t\r]*\n[>\s|]*([^\s<>|$#%*-][^\s<>|]{4,})[ \t\r]*(?:\n|$)"#,
        yes ["$ echo $DB_PASSWORD\n{l9}\n", "$ docker exec x printenv API_TOKEN\n{l9}"], no ["$ echo $DB_PASSWORD\n\n$ ls", "$ echo $PATH\n/usr/bin"]),
    structure!("generated-secret", "PASSWORD", At::Keyword, ["generated password", "password generated", "temporary password", "one-time password", "initial password", "root password", "new password", "admin password"],
        r#"(?i)^(?:(?:generated|temporary|one-time|initial|root|new|admin) password|password generated)(?: is generated)?(?: (?:for|of) (?:the )?[\w.@'"-]{1,40}(?: user)?)?(?: is)?\s*(?::|=|is)\s+["'`]?([^\s"'`<>$]{6,})["'`]?[ \t\r]*(?:\n|$)"#,
        yes ["A temporary password is generated for root@localhost: {l6};x", "Generated password for admin: {l12}"], no ["new password is required", "admin password: see vault"]),
];
