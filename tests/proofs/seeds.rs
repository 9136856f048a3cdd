//! The seeds of the fuzz targets `codeowners`, `feeds`, `questions`, `redaction` and `tickets`,
//! without a fuzzer.

use std::fs;
use std::path::Path;

use prode::corpus::{CodeOwners, OwnersDialect};
use prode::postgres::{Question, Relation};
use prode::redaction::{Redactor, Settings};
use prode::repo_path::RepoPath;
use prode::routing::signals;
use prode::vendor::{Ends, Feed};

/// Every seed of a fuzz target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let seeds: Vec<_> = entries.map(|entry| fs::read(entry.path()).unwrap()).collect();
    assert!(seeds.len() >= 5, "{target} has too few seeds");
    seeds
}

#[test]
fn seeds_of_codeowners_name_only_owners_of_the_file() {
    let mut owned = 0;
    for seed in seeds("codeowners") {
        for dialect in [OwnersDialect::GitHub, OwnersDialect::GitLab] {
            let (owners, _) = CodeOwners::parse(&seed, dialect);
            for path in seed.split(|byte| b"\n \t*".contains(byte)).chain([&b"wiki/a/b.md"[..]]) {
                let found = owners.owners(&RepoPath::from_git(path));
                assert!(found.iter().all(|it| owners.everybody().contains(&it.as_str())));
                owned += found.len();
            }
        }
    }
    assert!(owned > 50, "the seeds own too little to prove anything: {owned}");
}

#[test]
fn signals_of_tickets_stand_where_they_say() {
    let mut placed = 0;
    for seed in seeds("tickets") {
        let input = String::from_utf8_lossy(&seed);
        let (ticket, found) = signals::read(&input);
        for signal in &found {
            if let Some([start, end]) = signal.span {
                assert_eq!(input.get(start..end), Some(signal.value.as_str()));
                placed += 1;
            }
        }
        signals::telling_text(&ticket);
        assert_eq!(signals::read(&input).1, found);
    }
    assert!(placed > 20, "the seeds say too little to prove anything: {placed}");
}

#[test]
fn seeds_of_questions_are_refused_or_look_at_listed_tables() {
    let tables = ["billing.invoices", "billing.accounts"].map(|it| Relation::new(it).unwrap());
    let (mut asked, mut refused) = (0, 0);
    for seed in seeds("questions") {
        let sql = String::from_utf8_lossy(&seed);
        let Ok(question) = Question::check(&sql, &tables) else {
            refused += 1;
            continue;
        };
        asked += 1;
        assert!(question.relations().all(|it| tables.contains(it)));
        let bare: String = question.text().split(['\'', '"']).step_by(2).collect();
        assert!(bare.starts_with("SELECT ") && bare.is_ascii(), "{bare}");
        assert!(!bare.contains(';') && !bare.contains("--") && !bare.contains("/*"), "{bare}");
    }
    assert!(asked >= 20 && refused >= 5, "{asked} asked, {refused} refused");
}

#[test]
fn seeds_of_feeds_are_refused_or_kept_short() {
    let here = |it: &str| it.starts_with("https://status.example/").then(|| it.to_owned());
    let (mut kept, mut refused) = (0, 0);
    for seed in seeds("feeds") {
        let Ok(feed) = Feed::parse(&String::from_utf8_lossy(&seed), here) else {
            refused += 1;
            continue;
        };
        assert!(feed.notices.len() + feed.unread <= feed.count);
        for notice in &feed.notices {
            kept += 1;
            assert!(notice.title.chars().count() <= 120, "{notice:?}");
            assert!(notice.link.iter().all(|it| here(it).is_some()), "{notice:?}");
            assert!(!matches!(notice.ends, Ends::At(end) if end < notice.from), "{notice:?}");
        }
    }
    assert!(kept >= 5 && refused >= 3, "{kept} kept, {refused} refused");
}

#[test]
fn seeds_of_redaction_settle_at_once() {
    let redactor = Redactor::new(&Settings::default()).unwrap();
    let mut found = 0;
    for seed in seeds("redaction") {
        let input = String::from_utf8_lossy(&seed);
        let Ok(first) = redactor.redact(&input) else { continue };
        assert!(first.findings.iter().all(|it| input.get(it.start..it.end).is_some()));
        found += first.findings.len();
        let again = redactor.redact(&first.text).unwrap();
        assert_eq!((again.text, again.findings.len()), (first.text, 0));
    }
    assert!(found > 5, "the seeds hold too little to prove anything: {found}");
}
