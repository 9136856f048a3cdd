//! Lines that GitLab would carry out instead of showing them.

/// Words in which no line is carried out: a line such as `/close` in a note or a
/// description is an order there. With a backslash it is read as it stands.
pub fn without_slash_commands(words: &str) -> String {
    let line = |line: &str| {
        let rest = line.trim_start();
        let is_order = rest.starts_with('/');
        let (before, rest) = line.split_at(line.len() - rest.len());
        if is_order { format!("{before}\\{rest}") } else { line.to_owned() }
    };
    words.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_carried_out() {
        let words = "/close\nsee /srv\n  /assign @ada\r\n\t/label ~bug\n```\n/due now\n```";
        let said = without_slash_commands(words);
        assert!(said.lines().all(|it| !it.trim_start().starts_with('/')), "{said}");
        assert_eq!(said.replace('\\', ""), words);
        assert_eq!(without_slash_commands(&said), said);
    }
}
