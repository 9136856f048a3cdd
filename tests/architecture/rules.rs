//! The rules as tables. To let something in, add a row and its reason.

/// Rooms by rank. A room imports only from ranks above its own line here,
/// and never from its own line.
pub(super) const RANKS: &[&[&str]] = &[
    &["ids"],
    &["repo_path"],
    &["diagnostic", "hint", "clock", "yaml", "canonical"],
    &["chain", "redaction", "run_id"],
    &["allowance", "approval", "document"],
    &["adr", "review", "skill", "template"],
    &["corpus", "sop"],
    &["inbox", "lint", "renaming", "routing"],
    &["audit", "promotion", "rendering", "triage"],
    &["database", "held", "http", "program"],
    &[
        "aws",
        "call_log",
        "captures",
        "changes",
        "config",
        "edits",
        "forge",
        "fts5",
        "git",
        "index",
        "postgres",
        "sentry",
        "signing",
        "specialist",
        "store",
        "telemetry",
        "tokens",
        "tracker",
        "usage",
        "vendor",
    ],
    &["workspace"],
    &["ops"],
    &["adr_tools", "web"],
    &["site"],
    &["cli", "mcp", "serve"],
];

/// Rooms of the model: values in, values out.
pub(super) const PURE: &[&str] = &[
    "ids",
    "repo_path",
    "diagnostic",
    "hint",
    "yaml",
    "redaction",
    "run_id",
    "canonical",
    "chain",
    "allowance",
    "approval",
    "document",
    "adr",
    "review",
    "skill",
    "template",
    "corpus",
    "sop",
    "inbox",
    "lint",
    "renaming",
    "routing",
    "audit",
    "promotion",
    "rendering",
    "triage",
];

/// An import that the ranks forbid.
pub(super) struct Exception {
    /// The beginning of the file's name below `src`.
    pub(super) from: &'static str,
    /// The beginning of what it uses.
    pub(super) to: &'static str,
    /// Why that is right.
    #[expect(dead_code, reason = "it is for the reader")]
    pub(super) because: &'static str,
}

pub(super) const IMPORTS: &[Exception] = &[
    Exception {
        from: "cli/",
        to: "config::Environment",
        because: "the program captures its environment once and hands it down through its doors",
    },
    Exception {
        from: "mcp/",
        to: "config::Environment",
        because: "the program captures its environment once and hands it down through its doors",
    },
    Exception {
        from: "cli/commands/mcp.rs",
        to: "mcp",
        because: "a command starts the other door; neither uses anything else of the other",
    },
    Exception {
        from: "cli/commands/serve",
        to: "serve",
        because: "a command starts the other door, and makes tokens for what it serves",
    },
    Exception {
        from: "cli/commands/triage/watch.rs",
        to: "serve",
        because: "a command starts what works and answers operators meanwhile",
    },
    Exception {
        from: "serve/",
        to: "mcp",
        because: "it is the protocol over HTTP: who may ask, before what is asked",
    },
];

const ANYWHERE: &[&str] = &[""];

/// Every dependency, and the beginnings of the files that may use it.
pub(super) const FOREIGN: &[(&str, &[&str])] = &[
    ("aho_corasick", &["redaction/"]),
    ("anstream", &["cli/ui", "rendering/"]),
    ("anstyle", &["cli/", "rendering/"]),
    // Seals of values that may stay.
    ("argon2", &["allowance/"]),
    // Requests are signed; nothing is sent by them.
    ("aws_credential_types", &["aws/signing.rs"]),
    ("aws_sigv4", &["aws/signing.rs"]),
    // The protocol over HTTP.
    ("axum", &["mcp/http.rs", "mcp/identity.rs", "serve/"]),
    // Bytes of a resource that are no text, the digest of a style, drawings that stand in a page.
    ("base64", &["mcp/", "redaction/decode/", "site/pictures.rs", "web/reply.rs"]),
    ("clap", &["cli/", "main.rs"]),
    ("clap_complete", &["cli/", "main.rs"]),
    ("clap_mangen", &["cli/"]),
    ("comrak", &["rendering/"]),
    ("crc32fast", &["git/history/", "index/"]),
    ("flate2", &["git/", "ops/skill/archive.rs", "serve/gzip.rs"]),
    // How a certificate was signed.
    ("der", &["database/binding.rs"]),
    ("foldhash", &["routing/stems.rs"]),
    // Nonces, names and salts that nobody can guess.
    ("getrandom", &["ops/random.rs"]),
    ("git2", &["git/"]),
    // Nodes with their lines and notations, which the values of serde have lost.
    ("granit_parser", &["yaml.rs"]),
    ("hashbrown", &["routing/stems.rs"]),
    // Answers as they came, by a name that only their store can make.
    ("hmac", &["ops/triage/keyed.rs", "tracker/webhook.rs"]),
    ("http_body_util", &["serve/body.rs"]),
    ("hyper", &["serve/connections.rs"]),
    ("hyper_util", &["serve/connections.rs"]),
    ("ignore", &["git/"]),
    ("indicatif", &["cli/ui"]),
    ("jiff", ANYWHERE),
    // Pages for people.
    ("maud", &["site/", "web/"]),
    ("memchr", ANYWHERE),
    ("minijinja", &["audit/sheet/", "template/render.rs"]),
    // Messages that a collector reads.
    ("opentelemetry_proto", &["telemetry/encode.rs"]),
    ("percent_encoding", ANYWHERE),
    ("postcard", &["corpus/", "git/history/", "index/"]),
    ("pulldown_cmark", &["document/"]),
    ("regex", ANYWHERE),
    // Tools of servers are asked with the SDK that serves ours.
    ("rmcp", &["mcp/", "specialist/mcp"]),
    // Feeds of vendors, read without their document types.
    ("roxmltree", &["vendor/feed.rs"]),
    // Runs that are going on; full-text search that others have, to be measured beside.
    ("rusqlite", &["fts5.rs", "store/"]),
    ("rust_stemmers", &["routing/"]),
    // A program is ended together with everything that it started; what was
    // typed before a question is no answer to it; two folders change places.
    ("rustix", &["cli/terminal.rs", "program.rs", "site/folder.rs"]),
    // The way to a database, encrypted; HTTP has the same below `ureq`.
    ("rustls", &["database/"]),
    ("rustls_platform_verifier", &["database/client.rs"]),
    ("schemars", ANYWHERE),
    ("serde", ANYWHERE),
    ("serde_json", ANYWHERE),
    ("serde_yaml", &["config/", "document/", "ops/eval"]),
    // RFC 8785: one order of keys, one way to write a number.
    ("serde_json_canonicalizer", &["canonical.rs"]),
    ("sha1", &["git/"]),
    ("sha2", ANYWHERE),
    ("shlex", &["specialist/command.rs"]),
    ("similar", &["promotion/", "rendering/changed.rs", "triage/delivery/"]),
    // The one room that reads SQL, and sends none that it did not write itself.
    ("sqlparser", &["postgres/check/"]),
    ("ssh_key", &["signing/"]),
    ("strsim", ANYWHERE),
    // What was sent is compared with what is kept.
    ("subtle", &["tokens/", "tracker/webhook.rs"]),
    ("tantivy", &["index/"]),
    // The one room that reads and writes packed skills.
    ("tar", &["ops/skill/archive.rs"]),
    ("tempfile", ANYWHERE),
    ("terminal_size", &["cli/"]),
    ("thiserror", ANYWHERE),
    // The editor listens for one signal, so that it does not end the program.
    (
        "tokio",
        &[
            "adr_tools/editor",
            "database/",
            "mcp/",
            "postgres/",
            "serve/",
            "specialist/mcp",
            "store/postgres/",
        ],
    ),
    // Runs of workers on many machines; questions to a standby.
    ("tokio_postgres", &["database/", "postgres/", "store/postgres/"]),
    ("tokio_rustls", &["database/"]),
    ("toml", &["document/", "ops/init/entry.rs"]),
    ("unicode_normalization", ANYWHERE),
    ("unicode_width", &["cli/", "ops/", "rendering/"]),
    ("ureq", &["http/"]),
    ("walkdir", ANYWHERE),
];

/// Code that touches the outside, and the files that may hold it.
pub(super) struct Sign {
    pub(super) code: &'static str,
    /// The beginnings of files' names below `src`.
    pub(super) files: &'static [&'static str],
}

pub(super) const SIGNS: &[Sign] = &[
    // Printing.
    Sign { code: "println!", files: &[] },
    Sign { code: "print!", files: &[] },
    Sign { code: "eprintln!", files: &[] },
    Sign { code: "eprint!", files: &[] },
    Sign { code: "dbg!", files: &[] },
    Sign { code: "stdout()", files: &["cli/ui"] },
    Sign { code: "stderr()", files: &["cli/ui"] },
    // What is HTML already: nowhere but where Markdown was rendered, and the one style.
    Sign { code: "PreEscaped", files: &["web/markdown.rs"] },
    // The clock. An Instant measures what an answer took and when to show
    // progress, and how often a client asks; it never becomes part of what is answered.
    Sign { code: "SystemTime::now", files: &[] },
    Sign { code: "Timestamp::now", files: &["clock.rs"] },
    Sign { code: "Zoned::now", files: &[] },
    Sign { code: "Instant::now", files: &["cli/ui", "ops/", "serve/"] },
    // The environment.
    Sign { code: "env::var", files: &[] },
    Sign { code: "env::var_os", files: &[] },
    Sign { code: "env::vars", files: &[] },
    Sign { code: "env::vars_os", files: &["config/environment.rs"] },
    Sign { code: "env::args", files: &[] },
    Sign { code: "env::args_os", files: &["main.rs"] },
    // A shell asks for completions outside any command, and hands nothing over.
    Sign { code: "env::current_dir", files: &["main.rs", "cli/completing.rs"] },
    Sign { code: "env::temp_dir", files: &[] },
];
