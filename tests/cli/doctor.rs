//! `prode doctor`

use serde_json::Value;

use crate::support::TestRepo;

fn row(answer: &Value, topic: &str) -> Value {
    let rows = answer["rows"].as_array().unwrap();
    rows.iter().find(|row| row["topic"] == topic).cloned().unwrap_or_default()
}

fn with_a_page() -> TestRepo {
    let repo = TestRepo::new();
    repo.write("CODEOWNERS", "* @ops\n").write("wiki/a.md", "# Alpha\n").commit("a");
    repo
}

#[test]
fn a_sound_repository_has_nothing_to_repair() {
    let repo = with_a_page();
    let answer = repo.prode(&["doctor", "--json"]).ok().json();
    assert_eq!(answer["state"], "ok", "{answer:#}");
    assert!(row(&answer, "trunk")["found"].as_str().unwrap().starts_with("main at "));
    assert!(row(&answer, "owners")["found"].as_str().unwrap().contains("GitHub"));
    assert!(row(&answer, "network")["found"].as_str().unwrap().starts_with("nothing leaves"));
    assert!(row(&answer, "mcp")["found"].as_str().unwrap().contains("2025-11-25"));
}

#[test]
fn what_runs_start_and_what_nothing_speaks_to_are_told_apart() {
    let repo = with_a_page();
    let set = [
        ("PRODE_SPECIALISTS__AWS__PROGRAM", "[ask-aws]".to_owned()),
        ("PRODE_SPECIALISTS__SENTRY__TOKEN", "t".to_owned()),
    ];
    let answer = repo.prode_in(&set, &["doctor", "--json"], "").ok().json();
    let found = row(&answer, "network")["found"].as_str().unwrap().to_owned();
    let (started, silent) = found.split_once("; ").unwrap();
    assert!(started.ends_with("like: specialists.aws.program"), "{found}");
    assert!(silent.ends_with("this version: specialists.sentry.token"), "{found}");
}

#[test]
fn who_hears_of_runs_and_what_is_watched_is_told() {
    let repo = with_a_page();
    let set = |more: &[(&str, &str)]| -> Value {
        let usual = [
            ("PRODE_TELEMETRY__ENDPOINT", "https://otlp.example.org"),
            ("PRODE_TRACKER__KIND", "gitlab"),
            ("PRODE_TRACKER__ENDPOINT", "https://git.example.org/api/v4"),
            ("PRODE_WATCH__PROJECT", "org/repo"),
            ("PRODE_WATCH__LABEL", "incident"),
        ];
        let set: Vec<(&str, String)> =
            usual.iter().chain(more).map(|(name, value)| (*name, (*value).to_owned())).collect();
        repo.prode_in(&set, &["doctor", "--json"], "").json()
    };
    let answer = set(&[]);
    assert_eq!(
        row(&answer, "telemetry")["found"],
        "what runs did is told to otlp.example.org, without a token"
    );
    let network = row(&answer, "network")["found"].as_str().unwrap().to_owned();
    assert!(network.contains("numbers of runs to otlp.example.org"), "{network}");
    let watch = row(&answer, "watch")["found"].as_str().unwrap().to_owned();
    assert_eq!(watch, "org/repo, label 'incident', in mode dry-run, every 60 s");
    let answer = set(&[
        ("PRODE_TELEMETRY__ENDPOINT", "http://otlp.example.org"),
        ("PRODE_WATCH__PROJECT", "no project"),
    ]);
    for topic in ["telemetry", "watch"] {
        let row = row(&answer, topic);
        assert_eq!(row["state"], "error", "{row}");
        assert!(row["repair"].is_string(), "{row}");
    }
}

#[test]
fn vendors_that_are_read_and_searches_that_are_started_are_told() {
    let repo = with_a_page();
    let set = [
        ("PRODE_SPECIALISTS__VENDOR__VENDORS", "{mail: {page: \"https://a.example\"}}".to_owned()),
        ("PRODE_SPECIALISTS__VENDOR__SERVICES", "{billing: {vendors: [mail]}}".to_owned()),
        ("PRODE_SPECIALISTS__SUPPORT__SEARCH__PROGRAM", "[find-tickets]".to_owned()),
        ("PRODE_SPECIALISTS__SUPPORT__SHAPE", "github".to_owned()),
        (
            "PRODE_SPECIALISTS__SUPPORT__SERVICES",
            "{billing: {query: \"label:billing\"}}".to_owned(),
        ),
    ];
    let answer = repo.prode_in(&set, &["doctor", "--json"], "").ok().json();
    let found = row(&answer, "network")["found"].as_str().unwrap().to_owned();
    for says in [
        "searches of customers' tickets to a program or server of yours",
        "nothing but an address to the status pages and feeds that you list",
        "runs start programs of yours, which speak to whom they like: specialists.support.search.program",
    ] {
        assert!(found.contains(says), "{found}");
    }
}

#[test]
fn a_specialist_whose_settings_cannot_be_used_is_told() {
    let repo = with_a_page();
    let answer = |url: &str| {
        let services = "{billing: {relations: [a.b], questions: [{name: n, sql: 'SELECT count(*) FROM a.b WHERE at < :window_end'}]}}";
        let set = [
            ("PRODE_SPECIALISTS__POSTGRES__URL", url.to_owned()),
            ("PRODE_SPECIALISTS__POSTGRES__ROLE", "reader".to_owned()),
            ("PRODE_SPECIALISTS__POSTGRES__SERVICES", services.to_owned()),
        ];
        row(&repo.prode_in(&set, &["doctor", "--json"], "").json(), "specialists")
    };
    let sound = answer("postgresql://reader@127.0.0.1:1/app");
    assert_eq!((&sound["state"], &sound["found"]), (&"ok".into(), &"set up: postgres".into()));
    let wrong = answer("mysql://reader:s3cret@127.0.0.1/app");
    let found = wrong["found"].as_str().unwrap();
    assert_eq!(wrong["state"], "error", "{wrong}");
    assert!(found.contains("specialists.postgres.url cannot be used"), "{found}");
    assert!(!found.contains("s3cret") && wrong["repair"].is_string(), "{wrong}");
    assert!(row(&repo.prode(&["doctor", "--json"]).ok().json(), "specialists").is_null());
}

#[test]
fn a_damaged_shard_is_an_error_until_it_is_made_again() {
    let repo = with_a_page();
    repo.prode(&["index"]).ok();
    let shards = index_of(&repo).join("shards");
    let shard = std::fs::read_dir(&shards).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&shard).unwrap();
    let modified = std::fs::metadata(&shard).unwrap().modified().unwrap();
    bytes[10] ^= 0xff;
    std::fs::write(&shard, bytes).unwrap();
    std::fs::File::options().write(true).open(&shard).unwrap().set_modified(modified).unwrap();
    let answer = repo.prode(&["doctor", "--json"]).fails(1).json();
    let index = row(&answer, "index");
    assert_eq!(
        (&index["state"], &index["repair"]),
        (&"error".into(), &"prode index --rebuild".into())
    );
    repo.prode(&["index", "--rebuild"]).ok();
    repo.prode(&["doctor"]).ok();
}

#[test]
fn an_old_lock_is_named_and_stays() {
    let repo = with_a_page();
    let lock = repo.path().join(".git/refs/heads/main.lock");
    std::fs::write(&lock, "").unwrap();
    let answer = repo.prode(&["doctor", "--json"]).ok().json();
    assert_eq!(row(&answer, "locks")["state"], "ok", "a fresh lock is in use");
    let hour_ago =
        std::fs::metadata(&lock).unwrap().modified().unwrap() - std::time::Duration::from_hours(1);
    std::fs::File::options().write(true).open(&lock).unwrap().set_modified(hour_ago).unwrap();
    let answer = repo.prode(&["doctor", "--json"]).ok().json();
    let locks = row(&answer, "locks");
    assert_eq!(locks["state"], "warning");
    assert!(locks["found"].as_str().unwrap().contains("main.lock"), "{locks}");
    assert!(lock.exists());
}

#[test]
fn settings_that_are_wrong_are_told_with_their_line() {
    let repo = with_a_page();
    repo.write("prode.yaml", "version: 1\nreview: {runbook: soon}\n").commit("settings");
    repo.prode(&["doctor"]).ok().says("prode.yaml line 2").says("warning");
}

#[test]
fn it_works_where_nothing_else_does() {
    TestRepo::no_repository().prode(&["doctor"]).ok().says("git init");
    TestRepo::new().prode(&["doctor"]).ok().says("no commit yet");
    let bare = TestRepo::bare();
    bare.prode(&["doctor"]).ok().says("bare");
    let repo = with_a_page();
    let foreign = "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n";
    repo.write(".git/config", foreign);
    repo.prode(&["doctor"]).fails(1).says("error").says("repository");
}

#[test]
fn a_shallow_clone_and_a_linked_work_tree_say_so() {
    let repo = with_a_page();
    repo.write("wiki/b.md", "# B\n").commit("b");
    repo.clone_to(&["--depth", "1"]).prode(&["doctor"]).ok().says("shallow");
    repo.linked(&["-b", "other"]).prode(&["doctor"]).ok().says("linked work tree");
}

#[test]
fn control_characters_of_a_file_reach_no_terminal() {
    let repo = with_a_page();
    repo.write("prode.yaml", "\"a\\eb[31m\": 1\n").commit("hostile");
    let run = repo.prode(&["doctor"]).ok();
    assert!(!run.stdout().contains('\u{1b}'), "{:?}", run.stdout());
}

/// The folder of this version's index.
fn index_of(repo: &TestRepo) -> std::path::PathBuf {
    let places = std::fs::read_dir(repo.path().join(".git/prode")).unwrap();
    let mut places = places.map(|place| place.unwrap().path());
    let is_index = |place: &std::path::PathBuf| {
        place.file_name().is_some_and(|name| name.to_string_lossy().starts_with("index-v"))
    };
    places.find(is_index).unwrap()
}

#[test]
fn pages_name_the_folder_of_the_index_as_it_is_now() {
    let repo = with_a_page();
    repo.prode(&["index"]).ok();
    let index = index_of(&repo);
    let name = index.file_name().unwrap().to_str().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut named = 0;
    for page in ["operating", "first-ten-minutes", "runbooks/index-damaged"] {
        let text = std::fs::read_to_string(root.join(format!("wiki/{page}.md"))).unwrap();
        for (at, _) in text.match_indices("index-v") {
            let rest = &text[at + "index-v".len()..];
            let version = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            // `index-v…` stands for other versions.
            if version > 0 {
                assert_eq!(&text[at..at + "index-v".len() + version], name, "wiki/{page}.md");
                named += 1;
            }
        }
    }
    assert!(named >= 3, "{named}");
}
