//! Values that a redactor promises to find: by their shape, by their checksum,
//! or by the name or the structure that they stand in.

use super::encoding::Marked;
use crate::support::Random;

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "0123456789";
const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX: &str = "0123456789abcdef";
const MIXED: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const BASE64: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/";
const URL: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

type Kind = (&'static str, fn(&mut Random) -> Marked);

const KINDS: &[Kind] = &[
    ("opaque value", opaque),
    ("password of words", words),
    ("vendor's token", token),
    ("JWT", jwt),
    ("bearer header", bearer),
    ("password in a URL", in_url),
    ("private key", pem),
    ("e-mail", email),
    ("phone number", phone),
    ("card number", card),
    ("IBAN", iban),
    ("IPv4", ipv4),
    ("MAC", mac),
    ("home folder", home),
];

/// A value with what it needs around it to be known as one.
pub(super) fn any(random: &mut Random) -> (&'static str, Marked) {
    let (name, make) = random.pick(KINDS);
    (name, make(random))
}

fn opaque(random: &mut Random) -> Marked {
    let name = random.pick(&[
        "password",
        "api_key",
        "client_secret",
        "auth_token",
        "DB_PASSWORD",
        "secret_key",
    ]);
    let length = 12 + random.below(29);
    Marked::new(&format!("{name}="), &letters(MIXED, length, random), "")
}

fn words(random: &mut Random) -> Marked {
    let name = random.pick(&["password", "passwd", "SMTP_PASS", "admin_password"]);
    let (first, second) = (letters(LOWER, 5, random), letters(LOWER, 6, random));
    let value = format!("{first}-{second}{}", random.below(90) + 10);
    Marked::new(&format!("{name}="), &value, "")
}

/// A vendor's prefix, the letters behind it, and how many.
const TOKENS: &[(&str, &str, usize)] = &[
    ("ghp_", MIXED, 36),
    ("glpat-", URL, 20),
    ("AKIA", CAPITALS, 16),
    ("sk_live_", MIXED, 24),
    ("npm_", MIXED, 36),
    ("hvs.", URL, 90),
    ("AIza", URL, 35),
    ("dop_v1_", HEX, 64),
    ("lin_api_", MIXED, 40),
    ("shpat_", HEX, 32),
];

fn token(random: &mut Random) -> Marked {
    let (prefix, alphabet, length) = random.pick(TOKENS);
    // A hyphen or dot at the end would belong to the sentence.
    let end = letters(MIXED, 1, random);
    let end =
        if *alphabet == MIXED || *alphabet == URL { end } else { letters(alphabet, 1, random) };
    Marked::new("", &format!("{prefix}{}{end}", letters(alphabet, length - 1, random)), "")
}

fn jwt(random: &mut Random) -> Marked {
    let payload = format!("eyJzdWIiOiI{}", letters(MIXED, 60, random));
    let value =
        format!("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{payload}.{}", letters(MIXED, 43, random));
    Marked::new("", &value, "")
}

fn bearer(random: &mut Random) -> Marked {
    Marked::new("Authorization: Bearer ", &letters(MIXED, 32, random), "")
}

fn in_url(random: &mut Random) -> Marked {
    let scheme = random.pick(&["postgres", "https", "amqp", "redis", "mongodb+srv"]);
    Marked::new(&format!("{scheme}://svc:"), &letters(MIXED, 16, random), "@db.example.net/main")
}

fn pem(random: &mut Random) -> Marked {
    let kind =
        random.pick(&["RSA PRIVATE KEY", "PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"]);
    let lines: Vec<_> = (0..3).map(|_| letters(BASE64, 64, random)).collect();
    Marked::new(
        &format!("-----BEGIN {kind}-----\n"),
        &lines.join("\n"),
        &format!("\n-----END {kind}-----"),
    )
}

fn email(random: &mut Random) -> Marked {
    let host = letters(LOWER, 9, random);
    Marked::new(
        "",
        &format!("{}.{}@{host}.de", letters(LOWER, 3, random), letters(LOWER, 7, random)),
        "",
    )
}

fn phone(random: &mut Random) -> Marked {
    Marked::new("", &format!("+4917{}", letters(DIGITS, 9, random)), "")
}

fn card(random: &mut Random) -> Marked {
    let digits = format!("4{}", letters(DIGITS, 14, random));
    let check = (0..10).map(|check| format!("{digits}{check}")).find(|number| luhn(number));
    Marked::new("", &check.expect("one of ten digits fits"), "")
}

fn luhn(number: &str) -> bool {
    let digits = number.bytes().rev().map(|digit| u32::from(digit - b'0')).enumerate();
    let doubled =
        digits.map(|(at, digit)| if at % 2 == 0 { digit } else { digit * 2 % 10 + digit / 5 });
    doubled.sum::<u32>() % 10 == 0
}

/// ISO 13616: the check digits make the number 1 modulo 97.
fn iban(random: &mut Random) -> Marked {
    let account = format!("{}{}", 1 + random.below(9), letters(DIGITS, 17, random));
    let number: u128 = format!("{account}131400").parse().expect("24 digits");
    Marked::new("", &format!("DE{:02}{account}", 98 - number % 97), "")
}

/// A public address with three digits in each part.
fn ipv4(random: &mut Random) -> Marked {
    let [a, b, c] = [0; 3].map(|_| 100 + random.below(150));
    Marked::new("", &format!("{}.{a}.{b}.{c}", random.pick(&[81, 84, 91, 109, 151, 217])), "")
}

fn mac(random: &mut Random) -> Marked {
    let parts: Vec<_> = (0..5).map(|_| letters(HEX, 2, random)).collect();
    Marked::new("", &format!("3c:{}", parts.join(":")), "")
}

fn home(random: &mut Random) -> Marked {
    let before = random.pick(&["/home/", "/Users/"]);
    Marked::new(before, &letters(LOWER, 9, random), "/src/main.rs")
}

fn letters(alphabet: &str, length: usize, random: &mut Random) -> String {
    (0..length).map(|_| char::from(*random.pick(alphabet.as_bytes()))).collect()
}

#[cfg(test)]
mod tests {
    use super::{Random, any, iban, luhn};

    #[test]
    fn luhn_knows_a_test_card() {
        let card = ["4242", "4242", "4242", "424"].concat();
        assert!(luhn(&format!("{card}2")) && !luhn(&format!("{card}3")));
    }

    #[test]
    fn ibans_leave_one_modulo_97() {
        for seed in 0..50 {
            let value = iban(&mut Random::new(seed)).value();
            let number: u128 = format!("{}1314{}", &value[4..], &value[2..4]).parse().unwrap();
            assert_eq!(number % 97, 1);
        }
    }

    #[test]
    fn every_value_is_longer_than_a_run() {
        for seed in 0..1000 {
            let (kind, planted) = any(&mut Random::new(seed));
            assert!(planted.value().len() > 8, "{kind}");
        }
    }
}
