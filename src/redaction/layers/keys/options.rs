//! Options of programs that nobody knows: where one names a user, `-p WORD`
//! beside it is a password.

use std::sync::LazyLock;

use super::super::super::exempt::is_stand_in;
use super::super::super::pattern::Pattern;
use super::super::super::rules::{Mark, Role};
use super::super::super::span::Match;
use super::super::super::text::Text;

/// The longest command that is read, in bytes.
const LONGEST: usize = 600;

/// Programs whose user is no login, or whose `-p` is another thing.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "sudo", "su", "runuser", "setpriv", "git", "id", "ps", "pgrep", "pkill", "tar", "chown", "install", "journalctl", "systemctl", "sort", "date", "diff", "ls", "cp", "mkdir", "rsync", "ssh", "scp", "sftp", "psql", "pg_dump", "createdb", "pg_restore", "pg_basebackup", "vacuumdb", "mysql", "mysqldump", "mysqladmin", "mysqlimport", "mariadb", "mariadb-dump", "cargo", "npm", "find", "lsof", "strace", "perf", "top", "crontab", "nc", "iptables", "nmap", "kill", "gcc", "python", "curl", "wget", "docker", "podman", "kubectl", "helm", "perl", "make",
];

pub(super) fn find(text: &Text<'_>, found: &mut Vec<Match>) {
    static PASSWORD: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(concat!(
            r#"\s(?:-[pPwWK]|--?pw|--?pwd|-pass)(?:\s+|=)(?:"([^"\n]{3,})"|'([^'\n]{3,})'|([^\s"'$<>|&;-][^\s"'$<>|&;]{2,}))"#,
            r#"|\s/(?:p|pw|pwd|pass|password):(?:"([^"\n]{3,})"|([^\s"'$<>|&;%]{3,}))"#,
        ))
    });
    let mut done = 0;
    for hit in text.hits.iter().filter(|it| it.role == Role::Mark(Mark::User)) {
        if hit.start < done {
            continue;
        }
        let before = text.line_before(hit.start, LONGEST);
        let rest = text.line_from(hit.start, LONGEST);
        let end = rest.find([';', '|']).unwrap_or(rest.len());
        done = hit.start + end;
        let command = before.rfind(['|', ';', '&', '`']).map_or(0, |at| at + 1);
        if is_other(&before[command..])
            || !before.trim_end_matches('-').ends_with([' ', '\t']) && text.byte(hit.start) != b' '
        {
            continue;
        }
        let start = hit.start - before.len() + command;
        for value in PASSWORD.captures_iter(&text.raw[start..hit.start + end]) {
            if let Some(value) =
                value.iter().skip(1).flatten().next().filter(|it| is_password(it.as_str()))
            {
                let span = start + value.start()..start + value.end();
                found.push(Match::new("password-option", "PASSWORD", span, 70));
            }
        }
    }
}

fn is_other(command: &str) -> bool {
    let program = |word: &str| {
        let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
        OTHERS.contains(&name.trim_end_matches(".exe"))
    };
    command.split_whitespace().any(program)
}

/// No port, no path, no setting, no variable.
fn is_password(value: &str) -> bool {
    !is_stand_in(value)
        && !value.contains(['=', '/', '\\'])
        && value.bytes().any(|byte| byte.is_ascii_alphabetic())
        && !value.split_once(':').is_some_and(|it| it.1.bytes().all(|byte| byte.is_ascii_digit()))
        && !matches!(value, "tcp" | "udp" | "icmp" | "json" | "yaml" | "table" | "text")
}

#[cfg(test)]
mod tests {
    use super::super::super::samples::found_by;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn what_stands_beside_a_user_is_a_password() {
        for (command, value) in [
            ("$ foosync -u svc -p Sommerwind --host db1", "Sommerwind"),
            ("foosync -p Sommerwind -u svc", "Sommerwind"),
            ("tool.exe /user:svc /p:Sommerwind", "Sommerwind"),
            ("foo --username svc -w 'Sommer wind'", "Sommer wind"),
            ("ls | foo --user=svc -pw Sommerwind", "Sommerwind"),
        ] {
            assert_eq!(values(command), [value], "{command}");
        }
    }

    #[test]
    fn ports_paths_and_packages_stay() {
        for command in [
            "sudo -u ops mkdir -p build",
            "psql -U ops -p 5432 shop",
            "foo -u svc -p 8080:80",
            "foo -u svc -p /etc/passwd",
            "foo -u svc -p \"$PASS\"",
            "cargo build -p prode",
            "msbuild /p:Configuration=Release",
        ] {
            assert!(values(command).is_empty(), "{command}");
        }
    }
}
