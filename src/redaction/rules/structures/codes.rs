//! Codes that sign somebody in or open something, as messages tell them.

use super::super::tokens::{At, Token};

/// Every rule.
#[rustfmt::skip]
pub(super) const CODES: &[Token] = &[
    structure!("bank-number", "CODE", At::Keyword, ["tan: ", "tan ", "mtan ", "tan-nr"],
        r"^(?-i:(?:[mip]|sms|push)?TAN(?:-Nr\.?)?)[: ]{1,2}(\d{6})(?:\D|$)",
        yes ["TAN: {d6}", "mTAN {d6}"], no ["tan 123456", "TAN: later"]),
    structure!("your-code", "CODE", At::Keyword, ["your code", "ihr code", "dein code", "votre code", "ton code", "tu código", "su código", "seu código", "il tuo codice", "ваш код", "Ваш код", "твой код", "twój kod", "Twój kod", "váš kód", "Váš kód", "din kod", "din kode", "uw code", "jouw code", "kodunuz", "koodisi", "您的验证码", "인증번호", "認証番号", "your pin", "ihre pin"],
        r"^(?i:[^\n\d:.]{4,40}?(?:is|ist|es|est|é|è|lautet|jest|je|är|er|on|:|—|-|\[|는|は|是)) ?[:\[]? ?\[?(\d{3}[ -]\d{3}|\d{4,8})(?:[^\d%.]|\.?(?:\s|$))",
        yes ["Tu código es {d6}", "Ваш код: {d6}", "인증번호 [{d6}]"], no ["your code is 12 lines"]),
    structure!("code-used", "CODE", At::Keyword, ["use ", "enter "],
        r"(?i)^(?:use|enter) (\d{6}|\d{3}[- ]\d{3}) (?:to|as|for) (?:verify|log|sign|confirm|your|complete|finish|continue|the)\b",
        yes ["Use {d6} to verify your account"], no ["use 200000 to 300000 rows", "use 123456 as example"]),
    structure!("prefixed-code", "CODE", At::Keyword, ["g-", "fb-"],
        r"^(?:G|FB)-(\d{5,8}) (?:is|ist|est|es|è)\b",
        yes ["G-{d6} is your Google verification code"], no ["G-123456 failed"]),
    structure!("key-box", "CODE", At::Keyword, ["lockbox", "key box", "keybox", "schlüsselbox", "schlüsselsafe", "schlüsseltresor", "nøgleboks", "sleutelkluis", "key safe"],
        r"(?i)^[^\n\d.]{5,40}?[: ](?:is |ist )?(\d{4,6}[#*]?)(?:\D|$)",
        yes ["lockbox: {d4}", "the key box at the gate is {d4}"], no ["lockbox is 1 of 3"]),
    structure!("alarm-told", "CODE", At::Keyword, ["alarm off", "alarm on", "disarm", "unscharf", "alarm aus"],
        r"(?i)^[^\n\d.]{5,30}?(?:with|mit|med|avec|con|code|:) ?(\d{4,6}[#*]?)(?:\D|$)",
        yes ["alarm off with {d4}"], no ["alarm on 12 hosts"]),
    structure!("meeting-key", "CODE", At::Keyword, ["host key", "host code", "participant code", "moderator code", "teilnehmercode", "chairperson code", "setup code", "pairing code", "homekit code"],
        r"(?i)^[a-z]+ ?[a-z]+[: ]{1,2}(?:is )?(\d{3}-\d{2}-\d{3}|\d{4,10})(?:[^\d.]|\.?(?:\s|$))",
        yes ["host key {d6}", "HomeKit setup code 123-45-678"], no ["host key changed"]),
    structure!("beside-user-label", "PASSWORD", At::Keyword, ["login\n", "user\n", "username\n", "benutzer\n", "benutzername\n", "e-mail\n", "utilisateur\n", "usuario\n"],
        r"(?i)^(?:login|user(?:name)?|benutzer(?:name)?|e-mail|utilisateur|usuario)\n[>\s]*\S{2,60}\n[>\s]*(?:password|passwort|kennwort|mot de passe|contraseña|pass|pw):?\n[>\s]*(\S{4,60})[ \t\r]*(?:\n|$)",
        yes ["Login\nops\nPassword\n{l9}\n"], no ["Login\nops\nPassword\nforgot it?"]),
];
