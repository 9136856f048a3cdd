//! Every setting, one row each.
//!
//! `*` in a name stands for any one name. Where a row and a starred row both
//! fit, the one without a star is meant, so it stands first.

use super::takes::{LEVELS, Takes};

/// Who may set a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayCome {
    /// Every layer, the repository's file included.
    Anywhere,
    /// The user's file, a variable or the command line; never a repository.
    FromUser,
}

/// One setting.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its dotted name; `*` is any one part.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Its default, as it would be written; empty where there is none.
    pub default: &'static str,
    /// Who may set it.
    pub may_come: MayCome,
    /// What it is for.
    pub about: &'static str,
}

const fn row(
    name: &'static str,
    takes: Takes,
    default: &'static str,
    may_come: MayCome,
    about: &'static str,
) -> Key {
    Key { name, takes, default, may_come, about }
}

use MayCome::{Anywhere, FromUser};
use Takes::{
    Bool, Days, Folders, Integer, Mapping, Memories, Number, OneOf, Person, Secret, Text, Texts,
};

const FORGES: &[&str] = &["github", "gitlab", "gitea", "forgejo"];
const TRACKERS: &[&str] = &["linear", "github", "gitlab", "gitea"];
const MODES: &[&str] = &["dry-run", "comment", "pr"];
const ORDERS: &[&str] = &["page-first", "text-first"];
const PER_CENT: Takes = Integer(0, 100);

/// Every setting that prode knows.
#[rustfmt::skip]
pub const KEYS: &[Key] = &[
    row("version",                    Integer(1, 1),    "1",       Anywhere, "version of the settings format"),
    row("trunk",                      Text,             "",        Anywhere, "the reviewed branch; from prode.yaml it counts only in the commit that it names"),
    row("roots.wiki",                 Folders,          "",        Anywhere, "folders of pages; discovered where not set"),
    row("roots.adr",                  Folders,          "",        Anywhere, "folders of decisions, one log each; discovered where not set"),
    row("roots.skills",               Folders,          "",        Anywhere, "folders of skill packages; discovered where not set"),
    row("roots.templates",            Folders,          "",        Anywhere, "folders of templates; discovered where not set"),
    row("wikilinks.*",                OneOf(ORDERS),    "",        Anywhere, "order of `[[A|B]]` below a folder"),
    row("codeowners",                 OneOf(&["github", "gitlab"]), "", Anywhere, "whose CODEOWNERS rules hold; by the file's place where not set"),
    row("people.*",                   Person,           "",        Anywhere, "a person or team: address, members, other names"),
    row("review.default",             Days,             "180d",    Anywhere, "time between reviews of kinds that are not named"),
    row("review.sop",                 Days,             "90d",     Anywhere, "time between reviews of an SOP"),
    row("review.runbook",             Days,             "90d",     Anywhere, "time between reviews of a runbook"),
    row("review.adr",                 Days,             "365d",    Anywhere, "time between reviews of a decision"),
    row("review.*",                   Days,             "",        Anywhere, "time between reviews of a kind"),
    row("audit.cap",                  Integer(1, 10_000), "10",    Anywhere, "findings that one owner is shown"),
    row("audit.departed_after",       Days,             "365d",    Anywhere, "time without a commit after which an owner in no list is gone"),
    row("audit.alerts",               Texts,            "",        Anywhere, "files with alert rules, as patterns from the top folder"),
    row("audit.weights.*",            Integer(0, 100),  "",        Anywhere, "points of a signal, or the most that kind, size, age, links or traffic add"),
    row("audit.repositories",         Mapping,          "",        FromUser, "clones on this machine of other repositories that pages describe: folders by address"),
    row("lint.rules.*",               OneOf(LEVELS),    "",        Anywhere, "level of a lint rule"),
    row("lint.paths.*.*",             OneOf(LEVELS),    "",        Anywhere, "level of a lint rule for paths that match a glob"),
    row("lint.accept_unknown_status", Bool,             "false",   Anywhere, "accept statuses that prode does not know"),
    row("routing.weights.title",          Number,           "2",       Anywhere, "what a word in a page's title counts"),
    row("routing.weights.name",           Number,           "2",       Anywhere, "what a word in a file's name counts, in a folder's for its front page"),
    row("routing.weights.aliases",        Number,           "2",       Anywhere, "what a word in another name of a page counts"),
    row("routing.weights.services",       Number,           "1",       Anywhere, "what a word in the name of a system counts"),
    row("routing.weights.tags",           Number,           "1",       Anywhere, "what a word in a tag counts"),
    row("routing.weights.signals",        Number,           "2",       Anywhere, "what a word in an alert's name or an error's text counts"),
    row("routing.weights.folders",        Number,           "1",       Anywhere, "what a word in the folders above a page counts"),
    row("routing.weights.heading",        Number,           "0.5",     Anywhere, "what a word in a heading counts, twice that in its section"),
    row("routing.weights.body",           Number,           "1",       Anywhere, "what a word in prose counts"),
    row("routing.weights.code",           Number,           "0.1",     Anywhere, "what a word in a block of code counts"),
    row("routing.weights.best_section",   Number,           "0.35",    Anywhere, "what the best section adds beside the page as a whole"),
    row("routing.weights.title_share",    Number,           "0.2",     Anywhere, "what a title adds that the question holds as a whole"),
    row("routing.weights.neighbours",     Number,           "1",       Anywhere, "what words side by side add, of their usual weight"),
    row("routing.weights.abbreviations",  Number,           "1",       Anywhere, "what a word of a long form counts where the question has the short one"),
    row("routing.abstain.coverage",       Number,           "0.45",    Anywhere, "share of a ticket below which a page does not answer"),
    row("routing.abstain.title",          Number,           "0.3",     Anywhere, "what a title adds to that share which the ticket holds as a whole"),
    row("routing.budget",             Integer(1, 1_000_000), "4000", Anywhere, "tokens in a context pack"),
    row("redaction.hosts",            Texts,            "",        Anywhere, "private domains to redact"),
    row("redaction.names",            Text,             "",        Anywhere, "file of names to redact"),
    row("redaction.patterns.*",       Text,             "",        Anywhere, "a pattern to redact, by placeholder"),
    row("approvals.*",                Mapping,          "",        Anywhere, "who approves an action, how many, how strongly, how long"),
    row("triage.confidence",          PER_CENT,         "70",      Anywhere, "confidence below which a run stops; may only be raised"),
    row("triage.budgets",             Mapping,          "",        Anywhere, "limits of a run"),
    row("triage.window",              Mapping,          "",        Anywhere, "time around an incident that is looked at"),
    row("triage.specialists",         Mapping,          "",        Anywhere, "which specialists a run asks"),
    row("triage.verify",              Texts,            "",        Anywhere, "commands that verify a change; suggestions until allowed on the user's side"),
    row("forge.kind",                 OneOf(FORGES),    "",        Anywhere, "which forge holds the repository"),
    row("forge.repo",                 Text,             "",        Anywhere, "the repository's name there"),
    row("forge.draft",                Bool,             "true",    Anywhere, "a pull request is opened as a draft"),
    row("forge.labels",               Texts,            "",        Anywhere, "labels of a pull request"),
    row("forge.timeout",              Integer(1, 600),  "30",      FromUser, "seconds that one answer of the forge may take"),
    row("forge.endpoint",             Secret,           "",        FromUser, "URL of the forge's API"),
    row("forge.token",                Secret,           "",        FromUser, "token for the forge"),
    row("tracker.kind",               OneOf(TRACKERS),  "",        FromUser, "which tracker holds the tickets"),
    row("tracker.timeout",            Integer(1, 600),  "30",      FromUser, "seconds that one answer of the tracker may take"),
    row("tracker.endpoint",           Secret,           "",        FromUser, "URL of the tracker's API"),
    row("tracker.token",              Secret,           "",        FromUser, "token for the tracker"),
    row("tracker.moves.pr",           Text,             "",        FromUser, "state of a ticket whose run proposed a change; on a forge a label"),
    row("tracker.moves.handoff",      Text,             "",        FromUser, "state of a ticket that a run handed off; on a forge a label"),
    row("tracker.moves.stop",         Text,             "",        FromUser, "state of a ticket whose run stopped; on a forge a label"),
    row("tracker.carries_out",        Texts,            "",        FromUser, "ends of a ticket (ticket-done, ticket-cancel) that a run makes once a person approved them; else a person makes them"),
    row("watch.project",              Text,             "",        FromUser, "project whose tickets are watched: what stands before their numbers, such as org/repo or ENG"),
    row("watch.label",                Text,             "",        FromUser, "label of the tickets that wait"),
    row("watch.state",                Text,             "",        FromUser, "state of the tickets that wait, on Linear"),
    row("watch.every",                Integer(5, 3600), "60",      FromUser, "seconds between two looks at the queue"),
    row("watch.max_parallel",         Integer(1, 64),   "2",       FromUser, "tickets that are worked on at the same time"),
    row("watch.grace",                Integer(0, 3600), "60",      FromUser, "seconds that a stop lets runs end, before they are given back"),
    row("watch.webhook_secret",       Secret,           "",        FromUser, "secret with which the tracker signs its webhooks"),
    row("telemetry.endpoint",         Secret,           "",        FromUser, "URL of the collector that is told of runs, up to what stands before /v1/traces"),
    row("telemetry.token",            Secret,           "",        FromUser, "token for the collector, where it wants one"),
    row("telemetry.service",          Text,             "prode",   FromUser, "what this program is called there"),
    row("telemetry.every",            Integer(5, 3600), "60",      FromUser, "seconds between two times that a watch tells its numbers"),
    row("specialists.*.endpoint",     Secret,           "",        FromUser, "URL that a specialist asks"),
    row("specialists.*.token",        Secret,           "",        FromUser, "token for a specialist"),
    row("specialists.*.program",      Texts,            "",        FromUser, "program that answers as a specialist, with its arguments"),
    row("specialists.*.variables",    Texts,            "",        FromUser, "environment variables that it may see beside the usual ones"),
    row("specialists.reproduce.command", Texts,         "",        FromUser, "command that makes happen again what a ticket claims, with its arguments"),
    row("specialists.reproduce.exit", Integer(0, 255),  "",        FromUser, "exit code by which that is known"),
    row("specialists.reproduce.shows", Text,            "",        FromUser, "pattern of what it prints then"),
    row("specialists.reproduce.absent_exit", Integer(0, 255), "", FromUser, "exit code by which it is known that it did not happen; 0 where not set"),
    row("specialists.reproduce.supports", Texts,        "",        FromUser, "explanations that it speaks for where it happens"),
    row("specialists.reproduce.memory", Text,           "",        FromUser, "memory that each process of the command may use; 512M where not set"),
    row("specialists.aws.region",     Text,             "",        FromUser, "region of AWS that the built-in `aws` asks, such as eu-west-1"),
    row("specialists.aws.account",    Text,             "",        FromUser, "account that its credentials have to be of; those of another ask nothing"),
    row("specialists.aws.profile",    Text,             "",        FromUser, "profile of ~/.aws/credentials with its keys; specialists.aws.variables where not set"),
    row("specialists.aws.private",    Bool,             "",        FromUser, "AWS may be at addresses of a private network, as behind an interface endpoint"),
    row("specialists.aws.services",   Mapping,          "",        FromUser, "what it may look at, by service: alarms, queues, ecs, logs, metrics"),
    row("specialists.postgres.url",   Secret,           "",        FromUser, "standby of a PostgreSQL database that the built-in `postgres` asks"),
    row("specialists.postgres.password", Secret,        "",        FromUser, "password of its role"),
    row("specialists.postgres.unencrypted", Bool,       "",        FromUser, "speak to a standby on another machine though nothing is encrypted on the way"),
    row("specialists.postgres.ca",    Text,             "",        FromUser, "file in PEM of who signs that server's certificate; whom the machine trusts where not set"),
    row("specialists.postgres.certificate", Text,       "",        FromUser, "file in PEM with the certificate that is shown to that server"),
    row("specialists.postgres.key",   Text,             "",        FromUser, "file in PEM with the key of that certificate"),
    row("specialists.postgres.exception", Text,        "",        FromUser, "request document, approved for `read-primary`, for a server that takes writes"),
    row("specialists.postgres.role",  Text,             "",        FromUser, "role that it has to be let in as; another asks nothing"),
    row("specialists.postgres.services", Mapping,       "",        FromUser, "what it may ask, by service: relations, questions"),
    row("specialists.sentry.organization", Text,        "",        FromUser, "organization at Sentry whose errors the built-in `sentry` looks at"),
    row("specialists.sentry.private", Bool,             "",        FromUser, "Sentry may be at addresses of a private network"),
    row("specialists.sentry.days",    Integer(1, 3_650), "",       FromUser, "days that Sentry keeps events; 30 where not set"),
    row("specialists.sentry.services", Mapping,         "",        FromUser, "what it may look at, by service: projects, environments, supports"),
    row("specialists.github.private", Bool,             "",        FromUser, "GitHub may be at addresses of a private network"),
    row("specialists.github.services", Mapping,         "",        FromUser, "what it may look at, by service: repos, environments"),
    row("specialists.gitlab.private", Bool,             "",        FromUser, "GitLab may be at addresses of a private network"),
    row("specialists.gitlab.services", Mapping,         "",        FromUser, "what it may look at, by service: repos, environments"),
    row("specialists.vendor.vendors", Mapping,          "",        FromUser, "vendors whose status the built-in `vendor` reads, by name: page or feed, components, listed, private"),
    row("specialists.vendor.services", Mapping,         "",        FromUser, "which services depend on them, by service: vendors, supports, would_refute"),
    row("specialists.support.shape",  OneOf(&["github", "linear", "zendesk"]), "", FromUser, "in whose form customers' tickets are searched"),
    row("specialists.support.search.program", Texts,    "",        FromUser, "program that carries out a search, with its arguments; {query} stands for the search"),
    row("specialists.support.search.variables", Texts,  "",        FromUser, "environment variables that it, or the server, may see beside the usual ones"),
    row("specialists.support.search.mcp.command", Texts, "",       FromUser, "MCP server with a tool that carries out a search, with its arguments"),
    row("specialists.support.search.mcp.tool", Text,    "",        FromUser, "the tool of that server that searches"),
    row("specialists.support.search.mcp.allow", Texts,  "",        FromUser, "tools of that server that may be called where they declare that they only read"),
    row("specialists.support.search.mcp.allow_undeclared", Texts, "", FromUser, "tools of that server that may be called though they do not declare it"),
    row("specialists.support.search.mcp.argument", Text, "",       FromUser, "the tool's argument that takes the search; query where not set"),
    row("specialists.support.search.mcp.arguments", Mapping, "",   FromUser, "arguments that are sent beside it each time"),
    row("specialists.support.services", Mapping,        "",        FromUser, "what is searched for, by service: query, labels, by, at_least, supports, would_refute"),
    row("specialists.*.mcp.command",  Texts,            "",        FromUser, "MCP server with a tool that answers as a specialist, with its arguments"),
    row("specialists.*.mcp.tool",     Text,             "",        FromUser, "the tool of that server that answers"),
    row("specialists.*.mcp.allow",    Texts,            "",        FromUser, "tools of that server that may be called where they declare that they only read"),
    row("specialists.*.mcp.allow_undeclared", Texts,    "",        FromUser, "tools of that server that may be called though they do not declare it"),
    row("coordinator.program",        Texts,            "",        FromUser, "program that judges in a run, with its arguments; the built-in table where not set"),
    row("coordinator.variables",      Texts,            "",        FromUser, "environment variables that it may see beside the usual ones"),
    row("coder.program",              Texts,            "",        FromUser, "program that makes a run's change in its work tree, with its arguments; a person where not set"),
    row("coder.variables",            Texts,            "",        FromUser, "environment variables that it may see beside the usual ones"),
    row("coder.verify_variables",     Texts,            "",        FromUser, "environment variables that commands of triage.verify may see beside the usual ones"),
    row("coder.time",                 Integer(1, 86_400), "900",   FromUser, "seconds that one attempt, or one command, may take"),
    row("store.url",                  Secret,           "",        FromUser, "PostgreSQL database that keeps this repository's runs for workers on many machines; its Git folder where not set"),
    row("store.password",             Secret,           "",        FromUser, "password for that database"),
    row("store.unencrypted",          Bool,             "false",   FromUser, "speak to a database on another machine though nothing is encrypted on the way"),
    row("store.ca",                   Text,             "",        FromUser, "file in PEM of who signs that server's certificate; whom the machine trusts where not set"),
    row("store.certificate",          Text,             "",        FromUser, "file in PEM with the certificate that is shown to that server"),
    row("store.key",                  Text,             "",        FromUser, "file in PEM with the key of that certificate"),
    row("mode",                       OneOf(MODES),     "dry-run", FromUser, "what a run may do outside"),
    row("lease",                      Integer(1, 3_600), "30",     FromUser, "seconds that a worker holds a run without a sign of life"),
    row("usage",                      OneOf(&["on", "off"]), "on", FromUser, "count on this machine which pages answers led to"),
    row("serve.hosts",                Texts,            "",        FromUser, "names by which the server may be called, beside those of the loopback"),
    row("serve.origins",              Texts,            "",        FromUser, "web origins whose pages may ask the server, such as https://desk.example.org"),
    row("serve.follow",               Text,             "",        FromUser, "remote whose trunk a bare clone takes over while it is served"),
    row("serve.follow_every",         Integer(1, 86_400), "30",    FromUser, "seconds between two looks at that remote"),
    row("serve.body",                 Integer(1_024, 16_777_216), "1048576", FromUser, "bytes that a request's body may have"),
    row("serve.header_time",          Integer(1, 120),  "10",      FromUser, "seconds that the head of a request may take, and that a connection may stay idle"),
    row("serve.body_time",            Integer(1, 600),  "10",      FromUser, "seconds that a request's body may take"),
    row("serve.request_time",         Integer(1, 600),  "30",      FromUser, "seconds that an answer may take"),
    row("serve.concurrency",          Integer(1, 256),  "8",       FromUser, "requests that are answered at the same time"),
    row("serve.connections",          Integer(1, 65_536), "1024",  FromUser, "connections that are open at the same time"),
    row("serve.rate",                 Integer(1, 1_000_000), "1200", FromUser, "requests a minute of one identity"),
    row("serve.drain_time",           Integer(0, 600),  "10",      FromUser, "seconds that a stop waits for requests that are being answered"),
    row("commands",                   Texts,            "",        FromUser, "programs that a run may start"),
    row("memories",                   Memories,         "",        FromUser, "other repositories whose memory is asked too"),
];

impl Key {
    /// The parts of its name.
    pub fn parts(&self) -> impl Iterator<Item = &'static str> {
        self.name.split('.')
    }

    /// True if its name has no `*`.
    pub fn is_single(&self) -> bool {
        !self.name.contains('*')
    }
}

/// The row for a path.
pub(super) fn find(path: &[String]) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.parts().count() == path.len() && fits(key, path))
}

/// The rows below a path.
pub(super) fn below(path: &[String]) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(|key| key.parts().count() > path.len() && fits(key, path))
}

/// The names that may stand right below a path.
pub(super) fn names_below(path: &[String]) -> impl Iterator<Item = &'static str> {
    below(path).filter_map(|key| key.parts().nth(path.len())).filter(|&part| part != "*")
}

/// True if the first parts of the row's name are those of `path`.
fn fits(key: &Key, path: &[String]) -> bool {
    key.parts().zip(path).all(|(part, name)| part == "*" || part == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Vec<String> {
        text.split('.').map(str::to_owned).collect()
    }

    #[test]
    fn every_default_is_of_its_own_type() {
        for key in KEYS.iter().filter(|key| !key.default.is_empty()) {
            assert!(key.takes.read(&key.takes.node_of(key.default)).is_some(), "{}", key.name);
            assert!(key.is_single(), "{}", key.name);
        }
    }

    #[test]
    fn every_row_is_found_by_its_own_name() {
        for key in KEYS {
            assert_eq!(find(&path(key.name)).map(|it| it.name), Some(key.name));
        }
    }

    #[test]
    fn secrets_come_from_the_user_alone() {
        for key in KEYS.iter().filter(|key| key.takes == Takes::Secret) {
            assert_eq!(key.may_come, MayCome::FromUser, "{}", key.name);
        }
    }

    #[test]
    fn a_star_is_one_part() {
        assert_eq!(find(&path("lint.rules.link-orphan")).map(|it| it.name), Some("lint.rules.*"));
        assert!(find(&path("lint.rules.a.b")).is_none());
        assert_eq!(
            names_below(&path("roots")).collect::<Vec<_>>(),
            ["wiki", "adr", "skills", "templates"]
        );
    }
}
