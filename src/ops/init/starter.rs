//! First pages, made from the repository's own templates.

use std::collections::BTreeMap;

use crate::ops::OpError;
use crate::template::Template;

/// What stands in a template for a person to write, and what a first page says there.
type Fill = &'static [(&'static str, &'static str)];

#[rustfmt::skip]
const INDEX: Fill = &[
    ("What is in this folder, for whom.", "What this team knows about running its systems, for whoever is on call and for their agents."),
    ("| | |", "| act on an alert that has no page yet | [Alert without a runbook](runbooks/alert-without-runbook.md) |\n\
        | know why it is so | the decisions in [adr](../adr/) |"),
];

#[rustfmt::skip]
const RUNBOOK: Fill = &[
    ("aliases: []", "aliases: [no runbook for this alert, unknown alert, nothing fits]"),
    ("What is broken, for whom, and what happens if nobody acts.",
        "An alert fired and the memory has no page for it. Whoever is on call works without a map, and so will the\nnext one until a page is written."),
    ("The command that shows that it is real, and what its output looks like when it is.\n\n```sh\n<the command>\n```",
        "```sh\nprode runbook \"<the alert's text, unchanged>\"\n```\n\nIt says that nothing fits, or names a page that is about something else."),
    ("1. The first command, and what each answer tells you.\n\n   ```sh\n   <the command>\n   ```",
        "1. Ask for the service instead of the alert. A page tells whom to ask; no page means that nobody wrote one.\n\n   \
            ```sh\n   prode query \"<name of the service>\"\n   ```\n\n\
         2. See what changed last. A change shortly before the alert is the first suspect.\n\n   \
            ```sh\n   git log -10 --format='%h %cr %s'\n   ```"),
    ("A command that changes nothing that cannot be put back.\n\n   ```sh\n   <the command>\n   ```\n",
        "Ask with the error's exact words:\n   `prode query '\"<exact words>\"' --explain`.\n"),
    ("A command that returns to the last good state.",
        "Undo the last change with the tool that made it:\n   `git revert <commit>`, then deploy as usual."),
    ("A command that loses something; name what.",
        "Restart the service. It loses what is in memory: save its log first,\n   such as `journalctl -u <service> --since -1h > service.log`."),
    ("If a number is passed (15 minutes, failed attempts, users), then call @maintainers.",
        "If 15 minutes passed without a mitigation, or more than one team's users are affected, call the owner of the\nservice: @maintainers."),
    ("How to undo what you did above, or the words \"no rollback\" and why.",
        "A revert is undone by reverting it. For a restart there is no rollback: it is done when the service answers."),
    ("- [ ] What to capture before it ages out.",
        "- [ ] The alert's text, and when it began and ended.\n\
         - [ ] The log from an hour before until now.\n\
         - [ ] A page for this alert: copy `templates/runbook.md` into `wiki/runbooks/`, and put the alert's name under `signals`."),
];

/// The front page of the wiki.
pub(super) fn index(template: &str) -> Result<String, OpError> {
    page(template, "Operational memory", INDEX)
}

/// A runbook that is of use on the first day.
pub(super) fn runbook(template: &str) -> Result<String, OpError> {
    page(template, "Alert without a runbook", RUNBOOK)
}

/// The first decision of a log.
pub(super) fn decision(template: &str, date: &str) -> Result<String, OpError> {
    made(template, &[("date", date)])
}

fn page(template: &str, title: &str, fill: Fill) -> Result<String, OpError> {
    let values = [("title", title), ("owner", "@maintainers"), ("services", "")];
    let rendered = made(template, &values)?;
    Ok(fill.iter().fold(rendered, |text, (prompt, said)| text.replacen(prompt, said, 1)))
}

fn made(template: &str, values: &[(&str, &str)]) -> Result<String, OpError> {
    let (template, _) = Template::read("starter", template);
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let values: BTreeMap<String, String> = values.iter().map(owned).collect();
    Ok(template.render(&values)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prompt_is_answered() {
        for (name, fill) in [("index.md", INDEX), ("runbook.md", RUNBOOK)] {
            let path = format!("{}/templates/{name}", env!("CARGO_MANIFEST_DIR"));
            let template = std::fs::read_to_string(path).unwrap();
            let page = page(&template, "T", fill).unwrap();
            for (prompt, said) in fill {
                let prompt = prompt.replace("call @maintainers", "call {{ owner");
                assert!(template.contains(prompt.trim_end_matches('.')), "{name}: {prompt}");
                assert!(page.contains(said), "{name}: {said}");
            }
            assert!(page.starts_with("---\ntitle: T\n"), "{page}");
        }
    }

    #[test]
    fn a_value_that_is_missing_is_an_error() {
        assert!(made("{{ nobody }}", &[]).is_err());
    }
}
