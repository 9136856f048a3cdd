//! Accounts as people write them down: who and with what, side by side; and as
//! tests of pages type them.

use super::super::tokens::{At, Token};

/// Letters with a digit or a sign among them.
macro_rules! mixed {
    () => {
        r#"([A-Za-z][^\s/,;:()<>"'`]{2,}[0-9!#$%&*][^\s/,;()<>"'`]*)"#
    };
}

/// Every rule.
#[rustfmt::skip]
pub(super) const TOLD: &[Token] = &[
    structure!("account-for", "PASSWORD", At::Keyword, ["creds for ", "creds to ", "credentials for ", "login for ", "zugang für ", "zugang zu ", "zugangsdaten für ", "accès à ", "acceso a "],
        concat!(r"(?i)^(?:creds|credentials|login|zugang|zugangsdaten|accès|acceso) (?:for|to|für|zu|à|a) [\w .-]{1,30}: ?`?[\w.@-]{2,40}`? ?[/:|] ?`?", mixed!(), r"`?(?:[\s,;.)]|$)"),
        yes ["creds for staging: ops/Xy{c4}7"], no ["login for staging: ask ops/dev"]),
    structure!("account-used", "PASSWORD", At::Keyword, ["use ", "try ", "log in with ", "login with ", "sign in with ", "log in as ", "login as ", "sign in as "],
        concat!(r"(?i)^(?:use|try|(?:log ?in|sign in) with) [a-z][\w.-]{1,24}:", mixed!(), r"(?:\s(?:to|for|on|at|as)\b|\s*$)|^(?:log ?in|sign in) as [\w.@-]{2,40} with ", mixed!(), r"(?:[\s,;.]|$)"),
        yes ["use ops:Xy{c4}7 to log in", "log in as ops with Xy{c4}7"], no ["use redis:7.2 for it", "log in as ops with sudo"]),
    structure!("account-quoted", "PASSWORD", At::Before(80), ["` / `", "`/`"],
        concat!(r"(?i)(?:log ?in|log in|account|user|cred|sign in|zugang|konto|admin|demo|guest)[^\n]{0,40}?`[\w.@-]{2,40}` ?/ ?`", mixed!(), "`"),
        yes ["log in with `ops` / `Xy{c4}7`"], no ["`read` / `write`", "support for the `i128`/`u128` types"]),
    structure!("wireless-pair", "PASSWORD", At::Keyword, ["wifi: ", "wlan: ", "wi-fi: ", "ssid: ", "wpa2: ", "wpa: ", "wpa3: ", "wpa2-key: ", "wpa-psk: "],
        concat!(r"(?i)^(?:(?:wifi|wlan|wi-fi|ssid): [^\n/:|]{1,30} [/|] |wpa[23]?(?:-key|-psk)?: )", mixed!(), r"(?:[\s,;)]|$)"),
        yes ["wifi: Office / Xy{c4}7", "WPA2: xy{c6}77"], no ["wifi: on / off", "WPA2: enterprise"]),
    structure!("two-quoted", "PASSWORD", At::Before(60), ["password \"", "password '", "passwort \"", "passwort '"],
        r#"(?i)["'][^"'\n]{1,40}["'],? (?:and |und |with |mit )?(?:the )?passw(?:ord|ort) ["']([^"'\n]{4,})["'][ \t\r.]*(?:\n|$)"#,
        yes ["Guest wifi \"Office\" password \"{l9}\""], no ["the \"x\" password \"a"]),
    // Tests of pages.
    structure!("typed-by-test", "PASSWORD", At::Before(80), ["password').", "password\").", "password', ", "password\", ", "password]', ", "password]\", ", "passwd', ", "passwd\", "],
        r#"(?i)(?:getelementbyid|queryselector|\bfill|\btype|fill_in|setvalue|send_?keys|find_element\w*|\bget|locator|\$)\([^\n]{0,60}passw(?:or)?d\]?["']\)?(?:\.value\s*=\s*|\.\w+\(|,\s*(?:with:\s*)?)["']([^"'\n]{3,})["']"#,
        yes ["page.fill('#password', '{l9}')", "cy.get('#password').type('{l9}')", "document.getElementById('password').value = '{l9}'"], no ["page.fill('#password', pw)", "t('password', 'x')"]),
    structure!("typed-by-words", "PASSWORD", At::Keyword, ["password\" with \"", "input text ", "input password "],
        r#"(?i)^(?:password" with "([^"\n]{3,})"|input (?:text|password)\s{2,}[^\s]*(?:pass|pw)[^\s]*\s{2,}([^\s$]{3,}))"#,
        yes ["And I fill in \"Password\" with \"{l9}\"", "Input Text    password    {l9}"], no ["Input Text    name    x"]),
    structure!("logged-in-by-words", "PASSWORD", At::Before(40), [" with \""],
        r#"(?i)(?:logs?|signs?) in with "[^"\n]{2,40}" (?:and|\/) "([^"\n]{4,})""#,
        yes ["When the user logs in with \"ops\" and \"{l9}\""], no ["logs in with \"sso\""]),
];
