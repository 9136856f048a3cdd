//! Calls of code that are given a user and a password by their place.

use super::super::tokens::{At, Token};

/// Every rule.
#[rustfmt::skip]
pub(super) const CALLS: &[Token] = &[
    structure!("login-call", "PASSWORD", At::Keyword, ["getconnection(", "plaincredentials(", "passwordcredentials(", "credentials(\"", "credentials('", "passwordauthentication(", "usernamepasswordcredential(", "createcredential(", "createscramsha", "createplaincredential(", "httpdigestauth(", "httpbasicauth(", "httpntlmauth(", "ntlmauth(", "basicauthentication(", "usernamepasswordauthenticationtoken(", "plainauth(", "setbasicauth(", "withcredentials(", "authenticate(", ".signin(", ".login(", "basicauth(", "digestauth(", "mysqli(", "mysql_connect(", "pg_connect(", "oci_connect(", "odbc_connect(", "sqlsrv_connect(", "ftp_login(", "ldap_bind(", "imap_open(", "ssh2_auth_password(", "simple_bind_s(", "pymssql.connect(", "cx_oracle.connect(", "oracledb.connect(", "new sqlconnection(", "redisurl("],
        r#"(?i)^(?:get|plain|password|mysql_|pg_|oci_|odbc_|sqlsrv_|ftp_|ldap_|imap_|ssh2_|simple_|create|set|with|new |username|http|ntlm|basic|digest|\.|pymssql\.|cx_oracle\.|oracledb\.)?[\w.]*\(\s*(?:[^()"'\n]{1,80},\s*){0,3}(?:["'][^"'\n]*["']\s*,\s*){1,3}["']([^"'\n]{3,})["'](?:\.tochararray\(\))?\s*[,)]"#,
        yes ["DriverManager.getConnection(url, \"ops\", \"{l9}\")", "pika.PlainCredentials('ops', '{l9}')", "smtp.PlainAuth(\"\", \"ops\", \"{l9}\", host)", "new PasswordAuthentication(\"ops\", \"{l9}\".toCharArray())"], no ["getConnection(url, user, pass)", "authenticate(\"ops\")"]),
    structure!("host-login-call", "PASSWORD", At::Keyword, [".connect(", "connect(host", "ssh.dial(", "newclient("],
        r#"(?i)^(?:\.connect|connect|ssh\.dial|newclient)\(\s*(?:[\w.]+|["'][^"'\n]*["'])\s*,\s*(?:\d{1,5}|[\w.]*port\w*)\s*,\s*["'][^"'\n]+["']\s*,\s*["']([^"'\n]{3,})["']"#,
        yes ["ssh.connect(host, 22, \"ops\", \"{l9}\")"], no ["ssh.connect(host, 22, user, pass)"]),
];
