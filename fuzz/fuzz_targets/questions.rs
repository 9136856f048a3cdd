//! Any text as a question to a standby: it is refused, or what is sent looks at listed
//! tables only, and outside of quotes says nothing that could end it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prode::postgres::{Question, Relation};

fuzz_target!(|data: &[u8]| {
    let sql = String::from_utf8_lossy(data);
    let tables = ["billing.invoices", "billing.accounts"].map(|it| Relation::new(it).unwrap());
    let Ok(question) = Question::check(&sql, &tables) else { return };
    assert!(question.relations().all(|it| tables.contains(it)));
    let mut quote = None;
    let mut bare = String::new();
    for letter in question.text().chars() {
        match quote {
            Some(it) if it == letter => quote = None,
            Some(_) => assert!(!letter.is_control() && letter != '\\'),
            None if letter == '\'' || letter == '"' => quote = Some(letter),
            None => bare.push(letter),
        }
    }
    assert_eq!(quote, None, "{}", question.text());
    assert!(bare.starts_with("SELECT ") && bare.is_ascii());
    assert!(!bare.contains(';') && !bare.contains("--") && !bare.contains("/*"), "{bare}");
    assert_eq!(Question::check(&sql, &tables).as_ref(), Ok(&question));
});
