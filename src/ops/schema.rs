//! `schema`: the shape of settings and of every answer.

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use super::{ErrorDocument, OpError};
use crate::approval::Request as ApprovalRequest;
use crate::config::Settings;
use crate::hint::nearest;
use crate::ops;
use crate::sop::run::SopRun;
use crate::triage::bundle::Bundle;
use crate::triage::coordinator;
use crate::triage::delivery;
use crate::triage::inventory::Inventory;
use crate::triage::output::{Output, Request};
use crate::triage::run::Run;
use crate::triage::snapshot::Snapshot;

/// One schema.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What it is asked by: the command's name.
    pub name: &'static str,
    /// What has this shape.
    pub about: &'static str,
    /// Makes it.
    pub make: fn() -> Value,
}

const fn row(name: &'static str, about: &'static str, make: fn() -> Value) -> Row {
    Row { name, about, make }
}

/// Every shape that prode prints or reads, in the commands' order.
#[rustfmt::skip]
pub const SCHEMAS: &[Row] = &[
    row("init",     "answer of `prode init --json`",          of::<ops::init::Answer>),
    row("index",    "answer of `prode index --json`",         of::<ops::index::Answer>),
    row("query",    "answer of `prode query --json`",         of::<ops::query::Answer>),
    row("batch",    "one line of `prode query --batch`",      of::<ops::batch::Line>),
    row("route",    "answer of `prode route --json`",         of::<ops::route::Answer>),
    row("runbook",  "answer of `prode runbook --json`",       of::<ops::runbook::Answer>),
    row("show",     "answer of `prode show --json`",          of::<ops::show::Shown>),
    row("list",     "answer of `prode list --json`",          of::<ops::list::List>),
    row("links",    "answer of `prode links --json`",         of::<ops::links::Links>),
    row("graph",    "answer of `prode graph --json`",         of::<ops::graph::Graph>),
    row("log",      "answer of `prode log --json`",           of::<ops::log::Log>),
    row("blame",    "answer of `prode blame --json`",         of::<ops::blame::Blame>),
    row("diff",     "answer of `prode diff --json`",          of::<ops::diff::Diff>),
    row("lint",     "answer of `prode lint --json`",          of::<ops::lint::Answer>),
    row("audit",    "answer of `prode audit --json`",         of::<ops::audit::Answer>),
    row("audit_propose", "answer of `prode audit --propose --json`", of::<ops::audit::Proposed>),
    row("page_review", "answer of `prode review --json`",     of::<ops::review::Answer>),
    row("archive",  "answer of `prode archive --json`",       of::<ops::archive::Archived>),
    row("usage",    "answer of `prode usage --json`",         of::<ops::usage::Answer>),
    row("usage_unhelpful", "answer of `prode usage unhelpful --json`", of::<ops::usage::Marked>),
    row("usage_forget", "answer of `prode usage forget --json`", of::<ops::usage::Forgotten>),
    row("dismiss",  "answer of `prode dismiss --json`",       of::<ops::dismiss::Answer>),
    row("adr_list", "answer of `prode adr list --json` and `adr log --json`", of::<ops::adr::list::List>),
    row("adr_renumber", "answer of `prode adr renumber --json`", of::<ops::adr::renumber::Renumbered>),
    row("adr_import", "answer of `prode adr import --json`", of::<ops::adr::import::Answer>),
    row("adr_export", "what `prode adr export --to json` prints and `adr import` reads", of::<ops::adr::Export>),
    row("adr_exported", "answer of `prode adr export -o DIR --json`", of::<ops::adr::export::Answer>),
    row("adr_why",  "answer of `prode adr why --json`",       of::<ops::adr::why::Why>),
    row("adr_change", "answer of every `prode adr` command that changes files", of::<ops::adr::Change>),
    row("inbox_add",      "answer of `prode inbox add --json`",      of::<ops::inbox::Added>),
    row("inbox_list",     "answer of `prode inbox list --json`",     of::<ops::inbox::Listing>),
    row("inbox_show",     "answer of `prode inbox show --json`",     of::<ops::inbox::Shown>),
    row("inbox_edit",     "answer of `prode inbox edit --json`",     of::<ops::inbox::Edited>),
    row("inbox_decision", "answer of `prode inbox reject --json`",   of::<ops::inbox::Decided>),
    row("inbox_sync",     "answer of `prode inbox sync --json`",     of::<ops::inbox_sync::Synced>),
    row("inbox_purge",    "answer of `prode inbox purge --json`",    of::<ops::inbox::Purged>),
    row("promote",           "answer of `prode promote --json`",          of::<ops::proposal::Promoted>),
    row("proposal_list",     "answer of `prode proposal list --json`",    of::<ops::proposal::Listing>),
    row("proposal_show",     "answer of `prode proposal show --json`",    of::<ops::proposal::Shown>),
    row("proposal_diff",     "answer of `prode proposal diff --json`",    of::<ops::proposal::Diff>),
    row("proposal_refresh",  "answer of `prode proposal refresh --json`", of::<ops::proposal::Refreshed>),
    row("proposal_merge",    "answer of `prode proposal merge --json`",   of::<ops::proposal::Merged>),
    row("proposal_close",    "answer of `prode proposal close --json`",   of::<ops::proposal::Closed>),
    row("finding_add",    "answer of `prode finding add --json`",    of::<ops::finding::Added>),
    row("finding_list",   "answer of `prode finding list --json`",   of::<ops::finding::Listing>),
    row("finding_show",   "answer of `prode finding show --json`",   of::<ops::finding::Shown>),
    row("finding_event",  "answer of `prode finding classify --json`, `close` and `reject`", of::<ops::finding::Recorded>),
    row("approve",  "answer of `prode approve --json`",       of::<ops::approvals::Answer>),
    row("request",  "a document that `prode approve` takes: what is asked for", of::<ApprovalRequest>),
    row("approvals", "answer of `prode approvals list --json`", of::<ops::approvals::Listing>),
    row("approvals_show", "answer of `prode approvals show --json`", of::<ops::approvals::Shown>),
    row("approvals_verify", "answer of `prode approvals verify --json`", of::<ops::approvals::Verified>),
    row("approvals_revoke", "answer of `prode approvals revoke --json`", of::<ops::approvals::RevokeAnswer>),
    row("approvals_share", "answer of `prode approvals share --json`", of::<ops::approvals::ShareAnswer>),
    row("approvals_init", "answer of `prode approvals init --json`", of::<ops::approvals::InitAnswer>),
    row("cite_check", "answer of `prode cite check --json`",  of::<ops::cite::CiteCheck>),
    row("new",      "answer of `prode new --json`",           of::<ops::new::Answer>),
    row("new_list", "answer of `prode new --list --json`",    of::<ops::new::Listing>),
    row("mv",       "answer of `prode mv --json`",            of::<ops::mv::Answer>),
    row("skill_list",     "answer of `prode skill list --json`",     of::<ops::skill::list::Answer>),
    row("skill_show",     "answer of `prode skill show --json`",     of::<ops::skill::show::Answer>),
    row("skill_validate", "answer of `prode skill validate --json`", of::<ops::skill::validate::Answer>),
    row("skill_pack",     "answer of `prode skill pack --json`",     of::<ops::skill::pack::Answer>),
    row("skill_install",  "answer of `prode skill install --json`",  of::<ops::skill::install::Answer>),
    row("skill_verify",   "answer of `prode skill verify --json`",   of::<ops::skill::verify::Answer>),
    row("eval",     "answer of `prode eval --json`",          of::<ops::eval::Report>),
    row("redact",   "answer of `prode redact --json`",        of::<ops::redact::Answer>),
    row("redact_allow", "answer of `prode redact allow --json`", of::<ops::allow::Allowed>),
    row("redact_allowances", "answer of `prode redact allow --list --json`", of::<ops::redact::Listing>),
    row("redact_batch", "one line of `prode redact --batch`", of::<ops::redact::Line>),
    row("run",      "answer of `prode triage run --json`, `show`, `resume` and `examples run`", of::<Run>),
    row("bundle",   "the evidence bundle of a run", of::<Bundle>),
    row("ticket",   "a ticket as it stood when its run began", of::<Snapshot>),
    row("inventory", "what can be asked for a ticket", of::<Inventory>),
    row("specialist_request", "what a specialist is asked, on its standard input", of::<Request>),
    row("specialist_output", "what a specialist answers, on its standard output", of::<Output>),
    row("coordinator_request", "what a coordinator is told, on its standard input", of::<coordinator::Request>),
    row("coordinator_reply", "what a coordinator says, on its standard output", of::<coordinator::Reply>),
    row("change_request", "what the coding program is told, on its standard input", of::<delivery::Request>),
    row("change_reply", "what the coding program says, on its standard output", of::<delivery::Reply>),
    row("change", "a change as a run keeps it", of::<delivery::Change>),
    row("verification", "what the allowed commands said of a change", of::<delivery::Verification>),
    row("review_request", "what the reviewer of a change is told, on its standard input", of::<delivery::ReviewRequest>),
    row("review", "what the reviewer of a change says, on its standard output", of::<delivery::Review>),
    row("monitor", "what was seen after a merge", of::<delivery::Monitor>),
    row("triage_list",     "answer of `prode triage list --json`",     of::<ops::triage::Listing>),
    row("triage_captured", "answer of `prode triage show --captured --json`", of::<ops::triage::Captured>),
    row("triage_timeline", "answer of `prode triage show --timeline --json`", of::<ops::triage::Timeline>),
    row("triage_decide",   "answer of `prode triage decide --json`",   of::<ops::triage::Decided>),
    row("triage_verify",   "answer of `prode triage verify --json`",   of::<ops::triage::verify::Verified>),
    row("triage_export",   "answer of `prode triage export --json`",   of::<ops::triage::Exported>),
    row("triage_stats",    "answer of `prode triage stats --json`",    of::<ops::triage::Stats>),
    row("triage_freeze",   "answer of `prode triage freeze --json`",   of::<ops::triage::freeze::Frozen>),
    row("triage_examples", "answer of `prode triage examples list --json`", of::<ops::triage::examples::Listing>),
    row("triage_prompt",   "answer of `prode triage prompt --json`",   of::<ops::triage::prompt::Prompt>),
    row("triage_sop",         "answer of `prode triage sop start --json`",   of::<SopRun>),
    row("triage_sop_check",   "answer of `prode triage sop check --json`",   of::<ops::triage::sop::Checked>),
    row("triage_sop_capture", "answer of `prode triage sop capture --json`", of::<ops::triage::sop::Captured>),
    row("hook",     "answer of `prode hook run --json`",      of::<ops::hook::Answer>),
    row("hook_install", "answer of `prode hook install --json`", of::<ops::hook::InstallAnswer>),
    row("serve",    "line of `prode serve --json` once it listens", of::<ops::ready::Listening>),
    row("site_build", "answer of `prode site build --json`", of::<ops::site::Answer>),
    row("ready",    "answer of `prode serve` at `/readyz`",   of::<ops::ready::Ready>),
    row("triage_watch", "first line of `prode triage watch --json`", of::<ops::ready::Watching>),
    row("triage_watch_event", "the other lines of `prode triage watch --json`", of::<ops::triage::watch::Event>),
    row("watch_ready", "answer of `prode triage watch` at `/readyz`", of::<ops::ready::WatchReady>),
    row("token_add",    "answer of `prode serve token add --json`",    of::<ops::token::Added>),
    row("token_list",   "answer of `prode serve token list --json`",   of::<ops::token::Listing>),
    row("token_revoke", "answer of `prode serve token revoke --json`", of::<ops::token::Revoked>),
    row("doctor",   "answer of `prode doctor --json`",        of::<ops::doctor::Answer>),
    row("config",   "answer of `prode config list --json`",   of::<ops::config::Answer>),
    row("allowed",  "answer of `prode config allow --json`",  of::<ops::allowed::Suggested>),
    row("settings", "the file `prode.yaml`",                  Settings::schema),
    row("error",    "what any command says under `--json` when it fails", of::<ErrorDocument>),
];

/// The schema called `name`; also by the name that documents carry, such as
/// `prode.query/v1`.
pub fn schema(name: &str) -> Result<Value, OpError> {
    let short = name.strip_prefix("prode.").and_then(|name| name.split('/').next());
    let wanted = short.unwrap_or(name).replace('.', "_");
    let found = SCHEMAS.iter().find(|row| row.name == wanted);
    found.map(|row| (row.make)()).ok_or_else(|| {
        let names = || SCHEMAS.iter().map(|row| row.name);
        let hint = match nearest(&wanted, names()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("schemas are: {}", names().collect::<Vec<_>>().join(", ")),
        };
        OpError::Invalid { message: format!("there is no schema '{name}'"), hint }
    })
}

fn of<T: JsonSchema>() -> Value {
    schema_for!(T).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_a_schema_of_an_object_and_has_its_own_name() {
        for row in SCHEMAS {
            let schema = schema(row.name).unwrap();
            assert_eq!(schema["type"], "object", "{}", row.name);
            assert_eq!(SCHEMAS.iter().filter(|other| other.name == row.name).count(), 1);
        }
    }

    #[test]
    fn a_schema_answers_to_the_name_in_its_documents() {
        assert_eq!(schema("prode.query/v1").unwrap(), schema("query").unwrap());
        assert!(schema("qery").unwrap_err().to_string().contains("'qery'"));
    }
}
