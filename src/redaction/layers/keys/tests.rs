//! What is found behind names, by example.

use super::super::super::rules::Additions;
use super::super::super::settings::Settings;
use super::*;
use crate::redaction::layers::keywords;

/// The values found in a text; `Err` for an open quote.
pub(super) fn values(raw: &str) -> Result<Vec<String>, Stop> {
    let text = Text::new(raw, &keywords());
    let mut found = Vec::new();
    find(&text, &Additions::new(&Settings::default()).unwrap(), &mut found)?;
    if let Some(stop) = found.iter().find_map(Match::stop) {
        return Err(stop);
    }
    // What two ways find is settled afterwards.
    found.dedup_by_key(|it| it.span.clone());
    Ok(found.into_iter().map(|it| raw[it.span].to_owned()).collect())
}

#[test]
fn values_are_found_however_they_are_written() {
    for (text, value) in [
        ("password: hunter2", "hunter2"),
        ("DB_PASSWORD=correct-horse", "correct-horse"),
        ("\"clientSecret\": \"a b c\",", "a b c"),
        ("pin: 4711", "4711"),
        ("api_key => 'x1y2z3'", "x1y2z3"),
        ("<password>\n  Winter7!\n</password>", "Winter7!"),
        ("- name: DB_PASSWORD\n  value: gurke", "gurke"),
        ("<add key=\"FromPassword\" value=\"Presti$\"/>", "Presti$"),
        ("--password hunter22", "hunter22"),
        ("jdbc:x?user=a&password=p4ss&ssl=true", "p4ss"),
        ("root pw Blauwe.Fiets.7, thanks", "Blauwe.Fiets.7"),
        ("the password is \"centipede\"", "centipede"),
        ("gate code is 0917.", "0917"),
        ("mot de passe : Marguerite1978", "Marguerite1978"),
        ("パスワード：さくら7", "さくら7"),
        ("Пароль: Клубника7", "Клубника7"),
        ("Lösenordet till servern är Kanelbulle44.", "Kanelbulle44"),
        ("adgangskode Rugbrod&smor virker ikke", "Rugbrod&smor"),
        ("DB_PASSWORD=\"the cat sits on top of it\"", "the cat sits on top of it"),
        ("ENV DB_PASSWORD gurkensalat", "gurkensalat"),
        ("[db]\npass = drei graue Igel", "drei graue Igel"),
        ("-var=\"db_password=drei graue Igel\"", "drei graue Igel"),
        ("Server=x;Password=drei graue Igel;Database=y", "drei graue Igel"),
        ("(setq smtp-password \"gurkensalat\")", "gurkensalat"),
        ("{:user \"bob\" :password \"gurkensalat\"}", "gurkensalat"),
        ("variable \"db_password\" {\n  default = \"gurkensalat\"\n}", "gurkensalat"),
        ("<entry key=\"db.password\">gurkensalat</entry>", "gurkensalat"),
        ("builder.withPassword(\"gurkensalat\")", "gurkensalat"),
        ("svn --password gurkensalat co x", "gurkensalat"),
        ("password == \"open-sesame\"", "open-sesame"),
        ("System.setProperty(\"X_TOKEN\", \"q7wn2kd94h\")", "q7wn2kd94h"),
        ("password: Some(\"Pa55!\")", "Pa55!"),
        ("secret: |\n  line1\n  line2\nnext: 1", "line1\n  line2"),
        ("config[\"password\"] = \"hunter2\"", "hunter2"),
        ("userPassword:: e1NTSEF9abc", "e1NTSEF9abc"),
    ] {
        assert_eq!(values(text).unwrap(), [value], "{text}");
    }
}

#[test]
fn code_types_states_and_prose_are_left_alone() {
    for text in [
        "password = os.environ[\"DB_PASSWORD\"]",
        "secret: PotentialSecret",
        "secret=secret.secret_value,",
        "token: expires after an hour",
        "if token is None:",
        "password: <PASSWORD_1>",
        "password: ${DB_PASSWORD}",
        "token=null",
        "max_tokens: 4096",
        "right_secret = right_secrets[right_index]",
        "fn set_secret(&self, secret: str) -> None",
        "passwordLabel:\"Password:\",rememberMe:\"x\"",
        "Failed password for invalid user admin",
        "rotate the password after the incident",
        "| password | text |",
    ] {
        assert_eq!(values(text).unwrap(), [""; 0], "{text}");
    }
}

#[test]
fn a_quote_that_does_not_end_cannot_be_decided() {
    assert!(values("password: \"hunter2 and so on").is_err());
    assert!(values("password: \"hunter2\"").is_ok());
}
