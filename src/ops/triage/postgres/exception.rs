//! `specialists.postgres.exception`: that people approved questions to a server that takes
//! writes. It is a request document like any other; an approval of it is of exactly this
//! server and role.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde_json::Value;

use crate::approval::{Action, Request};
use crate::ops::ledger;
use crate::postgres::Exception;
use crate::workspace::Workspace;

/// A document larger than this is none.
const LARGEST: u64 = 64 * 1024;

/// What the settings have, for the role at that server.
pub(super) fn read(workspace: &Workspace, row: &Value, server: &str, role: &str) -> Exception {
    let Some(path) = row.as_str().filter(|it| !it.is_empty()) else { return Exception::None };
    match approved(workspace, path, server, role) {
        Ok(until) => Exception::Until(until),
        Err(why) => Exception::Lacking(why),
    }
}

fn approved(
    workspace: &Workspace,
    path: &str,
    server: &str,
    role: &str,
) -> Result<jiff::Timestamp, String> {
    let bytes = bytes(Path::new(path)).map_err(|why| format!("'{path}' {why}"))?;
    let request = Request::parse(&bytes).map_err(|error| format!("'{path}': {error}"))?;
    is_for(&request, server, role)?;
    let asked = ledger::request(path, &bytes, None).map_err(|it| it.to_string())?;
    let decided = ledger::decided(workspace, &asked).and_then(|it| it.approved(&asked));
    let decided = decided.map_err(|it| format!("{it}; sign it: prode approve {path}"))?;
    let ends = decided.decision.approvals.iter().map(|it| it.ends).min();
    ends.ok_or_else(|| format!("'{path}' is not approved"))
}

/// Whether it names this server and this role, and is nothing else.
fn is_for(request: &Request, server: &str, role: &str) -> Result<(), String> {
    let named = request.preconditions.get("role").map_or("", String::as_str);
    for (what, has, wants) in [
        ("action", request.action.as_str(), Action::READ_PRIMARY),
        ("target", request.target.as_str(), server),
        ("preconditions.role", named, role),
    ] {
        if has != wants {
            return Err(format!("its {what} is '{has}', and has to be '{wants}'"));
        }
    }
    Ok(())
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    if !path.is_absolute() {
        return Err("is no full path".to_owned());
    }
    let unread = |error: std::io::Error| format!("cannot be read: {error}");
    // To open a pipe would wait for somebody who writes.
    if !path.metadata().map_err(unread)?.is_file() {
        return Err("is no file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unread)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unread)?;
    let is_whole = bytes.len() as u64 <= LARGEST;
    if is_whole { Ok(bytes) } else { Err(format!("has more than {LARGEST} bytes")) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_is_of_one_server_and_one_role() {
        let request = Request {
            schema: "prode.request/v1".to_owned(),
            action: "read-primary".to_owned(),
            what: "questions of specialists.postgres.services".to_owned(),
            target: "postgresql://127.0.0.1/app".to_owned(),
            reason: "there is no standby".to_owned(),
            requester: "@maintainers".to_owned(),
            preconditions: BTreeMap::from([("role".to_owned(), "reader".to_owned())]),
            run: None,
        };
        let is_for = |request: &Request| is_for(request, "postgresql://127.0.0.1/app", "reader");
        assert_eq!(is_for(&request), Ok(()));
        let refused = |change: fn(&mut Request)| {
            let mut other = request.clone();
            change(&mut other);
            is_for(&other).unwrap_err()
        };
        assert!(refused(|it| it.action = "data-correction".to_owned()).starts_with("its action"));
        assert!(refused(|it| it.target.push('2')).contains("127.0.0.1/app2', and has to be"));
        assert!(refused(|it| it.preconditions.clear()).starts_with("its preconditions.role is ''"));
        let role = |it: &mut Request| {
            it.preconditions.insert("role".to_owned(), "admin".to_owned());
        };
        assert!(refused(role).contains("'admin', and has to be 'reader'"));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        assert_eq!(bytes(Path::new("exception.json")), Err("is no full path".to_owned()));
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(bytes(folder.path()), Err("is no file".to_owned()));
        let missing = bytes(&folder.path().join("none.json")).unwrap_err();
        assert!(missing.starts_with("cannot be read"), "{missing}");
        let large = folder.path().join("large.json");
        std::fs::write(&large, vec![b' '; 70_000]).unwrap();
        assert!(bytes(&large).unwrap_err().contains("65536 bytes"));
    }
}
