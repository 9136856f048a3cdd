//! The branch on which an owner is proposed what settles their findings.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::quarter::Quarter;
use crate::ids::hex;

/// Below `refs/heads/`, without the quarter.
const FOLDER: &str = "prode/audit/";

/// Bytes of an owner in a branch's name: a name is a file on some disks.
const LONGEST: usize = 120;

/// The folder of a quarter's branches, with a slash at its end.
pub fn branches_of(quarter: Quarter) -> String {
    format!("{FOLDER}{quarter}/")
}

/// `prode/audit/2026Q4/team-payments`: one name for each owner, whatever
/// letters theirs has. Case does not count, as it does not among owners.
pub fn branch_of(quarter: Quarter, owner: &str) -> String {
    format!("{}{}", branches_of(quarter), part(owner))
}

/// The same for an owner whose name may not stand where others read it.
pub fn hidden_branch_of(quarter: Quarter, owner: &str) -> String {
    format!("{}{}", branches_of(quarter), digest(&owner.to_lowercase()))
}

/// `owner` as one part of a ref's name (git-check-ref-format): `/` becomes
/// `+`, what else may not stand there becomes `%` and two digits. Each name
/// has its own, since what was written can be read back.
fn part(owner: &str) -> String {
    let owner = owner.to_lowercase();
    let bytes = owner.as_bytes();
    let mut part = String::new();
    for (at, &byte) in bytes.iter().enumerate() {
        let is_kept = match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'@' => true,
            b'.' => is_inner_dot(bytes, at),
            _ => false,
        };
        match byte {
            b'/' => part.push('+'),
            _ if is_kept => part.push(char::from(byte)),
            _ => _ = write!(part, "%{byte:02X}"),
        }
    }
    if part.is_empty() || part.len() > LONGEST { digest(&owner) } else { part }
}

/// A dot neither at an edge nor beside another, nor the one of `.lock`.
fn is_inner_dot(bytes: &[u8], at: usize) -> bool {
    let is_edge = at == 0 || at + 1 == bytes.len();
    !is_edge && bytes[at + 1] != b'.' && &bytes[at..] != b".lock"
}

/// `%%` stands in no name that [`part`] writes out.
fn digest(owner: &str) -> String {
    format!("%%{}", hex(&Sha256::digest(owner.as_bytes())[..8]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(owner: &str) -> String {
        let quarter = "2026Q4".parse().unwrap();
        branch_of(quarter, owner).strip_prefix("prode/audit/2026Q4/").unwrap().to_owned()
    }

    #[test]
    fn usual_names_can_be_read() {
        assert_eq!(of("team-payments"), "team-payments");
        assert_eq!(of("@org/payments"), "@org+payments");
        assert_eq!(of("human:ada"), "human%3Aada");
        assert_eq!(of("@team/pay ments"), "@team+pay%20ments");
    }

    /// As git-check-ref-format has it, of one part.
    fn may_be_a_part(part: &str) -> bool {
        let forbidden = |c: char| c.is_control() || " ~^:?*[\\/".contains(c);
        let is_lock = part.rsplit_once('.').is_some_and(|it| it.1 == "lock");
        let ends = part.starts_with('.') || part.ends_with('.') || is_lock;
        let is_plain = !part.is_empty() && part.is_ascii() && part.len() <= LONGEST;
        is_plain
            && !ends
            && !part.contains("..")
            && !part.contains("@{")
            && !part.contains(forbidden)
    }

    #[test]
    fn each_name_is_a_ref_of_its_own() {
        let long = [121, 122].map(|count| "x".repeat(count));
        let names = [
            "a/b", "a+b", "a%2Fb", "a b", "a%20b", "a..b", "a.b", ".a", "a.", "a.lock", "a.locks",
            "a@{b", "@", "é", "e\u{301}", "a\\b", "-a", "%%00", "~a^:?*[", "a\u{7f}", "",
        ];
        let mut seen = std::collections::BTreeSet::new();
        for name in names.into_iter().chain(long.iter().map(String::as_str)) {
            let part = of(name);
            assert!(may_be_a_part(&part), "{name}: {part}");
            assert!(seen.insert(part.clone()), "{name}: {part}");
        }
    }

    #[test]
    fn case_does_not_count() {
        assert_eq!(of("@Org/Payments"), of("@org/payments"));
        let quarter = "2026Q4".parse().unwrap();
        assert_eq!(hidden_branch_of(quarter, "A@b.c"), hidden_branch_of(quarter, "a@B.c"));
    }
}
