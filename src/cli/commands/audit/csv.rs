//! The findings as a table for a spreadsheet (RFC 4180).

use crate::ops::audit::{Answer, Item};

const COLUMNS: [&str; 14] = [
    "id",
    "risk",
    "signal",
    "path",
    "title",
    "kind",
    "owner",
    "why",
    "files",
    "added",
    "removed",
    "commits",
    "settle",
    "confidence",
];

/// One row for each finding below the names of the columns.
pub(super) fn table(answer: &Answer) -> String {
    let head = COLUMNS.map(str::to_owned).to_vec();
    let rows = std::iter::once(head).chain(answer.findings.iter().map(row));
    rows.map(|row| row.iter().map(|it| cell(it)).collect::<Vec<_>>().join(",") + "\r\n").collect()
}

fn row(item: &Item) -> Vec<String> {
    let sum = |of: fn(&crate::ops::audit::File) -> u64| -> String {
        item.changed.iter().map(of).sum::<u64>().to_string()
    };
    let mut commits: Vec<&str> =
        item.changed.iter().flat_map(|it| &it.commits).map(String::as_str).collect();
    commits.sort_unstable();
    commits.dedup();
    vec![
        item.id.clone(),
        item.risk.to_string(),
        item.signal.clone(),
        item.path.clone(),
        item.title.clone(),
        item.kind.clone(),
        item.owner.join(" "),
        item.why.clone(),
        item.changed_total.to_string(),
        sum(|it| it.added),
        sum(|it| it.removed),
        commits.len().to_string(),
        item.settle.first().cloned().unwrap_or_default(),
        item.confidence.to_string(),
    ]
}

/// A value that a spreadsheet neither splits nor takes for a formula.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_text_and_no_formula() {
        assert_eq!(cell("a,\"b\"\n"), "\"a,\"\"b\"\"\n\"");
        assert_eq!((cell("=1+1").as_str(), cell("@team").as_str()), ("'=1+1", "'@team"));
        assert_eq!(cell("plain"), "plain");
    }
}
