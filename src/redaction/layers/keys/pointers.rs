//! Words that stand where a value would and say where it is kept: `password:
//! see vault`, `Passwort: siehe Tresor`.

use super::super::super::randomness::Makeup;
use super::super::super::text::Text;
use super::name::Verdict;
use super::value::{Joint, Value};

/// Words that such a pointer begins with.
#[rustfmt::skip]
const FIRST: &[&str] = &[
    "see", "ask", "in", "from", "via", "check", "look", "get", "stored", "kept", "held", "managed", "provided", "available", "same", "as", "read", "use", "comes", "lives", "on", "at", "by", "under", "only", "not", "never", "no", "please", "rotated", "unchanged", "sent", "shared", "same", "per", "with", "written", "unknown", "pending", "pulled", "fetched", "injected", "found", "set", "per",
    "siehe", "sieh", "frag", "frage", "fragt", "fragen", "steht", "liegt", "im", "aus", "wie", "bei", "beim", "kommt", "hinterlegt", "bekannt", "nicht", "unverändert", "vom", "von", "über", "nur", "per", "laut",
    "voir", "demander", "demandez", "dans", "chez", "cf", "auprès", "selon", "comme", "inchangé", "ver", "véase", "pedir", "consultar", "preguntar", "en", "igual", "mismo", "vedi", "chiedi", "chiedere", "nel", "nella", "come", "uguale", "pedir", "consulte", "perguntar", "no", "na", "mesmo", "veja",
    "zie", "vraag", "staat", "bij", "hetzelfde", "se", "spør", "spørg", "fråga", "står", "finns", "ligger", "viz", "zeptej", "patrz", "zapytaj", "zobacz", "jest", "katso", "kysy", "bkz", "bkz.", "sor", "lásd", "kérd", "vezi", "întreabă", "виж", "смотри", "см", "см.", "спроси", "спросить", "лежит", "хранится", "дивись", "запитай", "δες", "ρώτα", "لدى", "ראה", "xem", "hỏi", "lihat", "tanya",
    "está", "están", "guardada", "guardado", "mira", "consulta", "pregunta", "peça", "è", "sta", "w", "we", "u", "poproś", "sprawdź", "zapisane", "v", "ve", "viď", "pozri", "opýtaj", "uložené", "zeptejte", "kérdezd", "nézd", "în", "la", "cere", "βλέπε", "στο", "στη", "στον", "ρωτήστε", "ρώτησε", "у", "в", "див.", "спитай", "лежить", "є", "на", "спросите", "питай", "при", "vidi", "glej", "pitaj", "vprašaj", "pogledaj", "kod", "pri", "انظر", "اسأل", "في", "راجع", "عند", "موجودة", "محفوظة", "تجدها", "תשאל", "שאל", "נמצאת", "אצל", "בכספת", "ראו", "رجوع", "از", "در", "نزد", "trong", "liên", "di", "ada", "hubungi", "angalia", "uliza", "iko", "vaata", "küsi", "žr.", "žr", "klausk", "skat.", "skat", "jautā",
];

/// Last words of pointers in languages whose verb stands at the end.
const LAST: &[&str] = &[
    "bak",
    "bakın",
    "bakınız",
    "sor",
    "sorun",
    "var",
    "देखें",
    "देखिए",
    "पूछें",
    "पूछिए",
    "है",
    "দেখুন",
    "জিজ্ঞাসা",
    "کنید",
    "بپرسید",
    "پوچھیں",
    "دیکھیں",
];

/// Parts of pointers in languages that write without blanks.
const PARTS: &[&str] = &[
    "参照",
    "見て",
    "聞いて",
    "参看",
    "见",
    "請見",
    "请问",
    "参见",
    "참조",
    "확인",
    "문의",
    "联系",
    "聯繫",
    "请联系",
    "查看",
    "询问",
    "问い",
    "問い合わせ",
    "ください",
    "管理者",
    "下さい",
    "ดู",
    "ถาม",
    "อยู่ใน",
    "ติดต่อ",
    "请参",
    "在",
    "물어",
];

/// True if a value and what follows it point to where the secret is.
pub(super) fn is_pointer(text: &Text<'_>, value: &Value) -> bool {
    let shown = &text.raw[value.span.clone()];
    if value.joint != Joint::Assigned || value.is_quoted {
        return false;
    }
    let has_digit = shown.bytes().any(|it| it.is_ascii_digit());
    let line = text.line_from(value.span.start, 120).trim_end();
    let is_verb_last = line.contains(' ')
        && line
            .rsplit(' ')
            .next()
            .is_some_and(|it| LAST.contains(&it.trim_end_matches(['.', '।'])));
    if is_verb_last && !has_digit {
        return true;
    }
    if !shown.is_ascii()
        && !has_digit
        && PARTS.iter().any(|it| shown.ends_with(it) || shown.starts_with(it))
    {
        return true;
    }
    if text.byte_before(value.span.start) == b'=' {
        return false;
    }
    let words: Vec<&str> =
        shown.split(' ').chain(text.line_from(value.span.end, 80).split(' ')).collect();
    let mut words = words.into_iter().filter(|it| !it.trim().is_empty());
    let first = words.next().map(str::to_lowercase).unwrap_or_default();
    let second = words.next().unwrap_or("");
    FIRST.contains(&first.as_str())
        && second.starts_with(|c: char| c.is_alphanumeric() || "`\"'*[<".contains(c))
}

/// `existingSecret: mailer-tls`, `with secret "kv/data/mail"`: what a store
/// keeps it under.
pub(super) fn is_kept_elsewhere(verdict: Verdict, value: &str) -> bool {
    let is_word = |it: &str| {
        !it.is_empty()
            && it
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
            && !Makeup::of(it).is_drawn(8)
    };
    let kinds = [
        "secret",
        "secrets",
        "credentials",
        "creds",
        "tls",
        "cert",
        "certs",
        "auth",
        "token",
        "tokens",
        "key",
        "keys",
        "config",
        "password",
        "passwords",
        "regcred",
        "pull",
    ];
    let is_path =
        value.contains('/') && value.split('/').count() >= 2 && value.split('/').all(is_word);
    let last = value.rsplit('-').next().unwrap_or("");
    verdict.kind == "SECRET"
        && (is_path || value.contains('-') && kinds.contains(&last) && is_word(value))
}

#[cfg(test)]
mod tests {
    use super::super::tests::values;

    #[test]
    fn where_a_secret_is_kept_is_no_secret() {
        for text in [
            "password: see vault",
            "Password: ask Ann",
            "token: from the vault",
            "Passwort: siehe Tresor",
            "Kennwort: liegt im Keepass",
            "mot de passe : voir le coffre",
            "contraseña: ver la bóveda",
            "heslo: viz trezor",
            "wachtwoord: zie kluis",
            "пароль: смотри сейф",
            "パスワード：金庫を参照",
        ] {
            assert_eq!(values(text).unwrap(), [""; 0], "{text}");
        }
        assert_eq!(values("password=see vault").unwrap(), ["see"]);
        assert_eq!(values("password: seevault7").unwrap(), ["seevault7"]);
    }
}
