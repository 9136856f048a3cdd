//! The user in the path of a home folder.

use super::super::super::rules::Role;
use super::super::super::span::Match;
use super::super::super::text::Text;

/// Folders that belong to a system and not to a person.
const SYSTEM: &[&str] = &[
    "shared",
    "public",
    "default",
    // `All Users`
    "all",
    "runner",
    "ubuntu",
    "ec2-user",
    "vagrant",
    "circleci",
    "travis",
    "jenkins",
    "app",
    "appuser",
    "node",
    "root",
    "admin",
    "linuxbrew",
    "git",
    "www-data",
    "user",
    "username",
    "you",
    "me",
    "vsts",
    "gitpod",
    "codespace",
    "coder",
    "jovyan",
    "postgres",
    "nonroot",
    "build",
    "builder",
    "runneradmin",
    "containeradministrator",
    "administrator",
    "your-name",
    "yourname",
    "name",
    "someone",
    "hadoop",
    "airflow",
    "spark",
    "elasticsearch",
];

pub(super) fn homes(text: &Text<'_>, found: &mut Vec<Match>) {
    for hit in text.hits.iter().filter(|hit| hit.role == Role::Home) {
        // The folder of macOS is written so; `/users/` is a path of the web.
        if text.raw[hit.start..hit.end].starts_with("/users") {
            continue;
        }
        let before = text.byte_before(hit.start);
        if before.is_ascii_alphanumeric()
            && text.byte(hit.start) == b'/'
            && text.raw[hit.start..hit.end].starts_with("/home/")
        {
            continue;
        }
        let rest = text.line_from(hit.end, 64);
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
        let length: usize = rest.chars().take_while(|c| is_part(*c)).map(char::len_utf8).sum();
        let user = rest[..length].trim_end_matches('.');
        let is_system = SYSTEM.contains(&user.to_ascii_lowercase().as_str());
        let is_stand_in = rest.starts_with(['<', '$', '{', '%', '*']);
        if !user.is_empty()
            && !is_system
            && !is_stand_in
            && user.chars().next().is_some_and(char::is_alphanumeric)
        {
            found.push(Match::new("home-folder", "USER", hit.end..hit.end + user.len(), 80));
        }
    }
}
