//! Heads that log lines share: time, host, process, container. Digits may
//! differ from line to line; a head that says nothing of the kind is none.

/// Shorter heads are words by chance.
const SHORTEST: usize = 6;

/// How much of each line of a block is its head; empty where there is none.
pub(super) fn cuts<'t, L>(lines: &[L], shown: impl Fn(&L) -> &'t str) -> Vec<usize> {
    let [first, second, ..] = lines else { return Vec::new() };
    let (first, second) = (shown(first), shown(second));
    let head = &first[..head(first, second)];
    if !is_head(head) {
        return Vec::new();
    }
    let shares = |line: &&str| same(head, line) == head.len();
    let rest = lines.iter().map(shown).take_while(shares);
    rest.map(|_| head.len()).collect()
}

/// True if two lines share too little for a head.
pub(super) fn are_apart(first: &[u8], second: &[u8]) -> bool {
    first.iter().zip(second).take(SHORTEST).take_while(|it| like((*it.0, *it.1))).count() < SHORTEST
}

fn like((a, b): (u8, u8)) -> bool {
    a == b || a.is_ascii_digit() && b.is_ascii_digit()
}

/// What two lines share up to a sign that may end a head.
fn head(first: &str, second: &str) -> usize {
    let shared = &first[..same(first, second)];
    if shared.len() < SHORTEST {
        return 0;
    }
    let ends = [b'|', b']', b':', b'Z'].map(|sign| first_before_blank(shared, sign));
    let streams = [" stdout F ", " stderr F "].into_iter().filter(|_| shared.contains(" F "));
    let streams = streams.filter_map(|end| shared.find(end).map(|at| at + end.len()));
    ends.into_iter().flatten().chain(streams).max().unwrap_or(0)
}

/// Behind the first blank that a sign stands before.
fn first_before_blank(shared: &str, sign: u8) -> Option<usize> {
    let bytes = shared.as_bytes();
    let mut signs = memchr::memchr_iter(sign, bytes);
    signs.find(|at| bytes.get(at + 1) == Some(&b' ')).map(|at| at + 2)
}

/// Bytes that two lines share, where digits are alike.
fn same(first: &str, second: &str) -> usize {
    let shared = first.bytes().zip(second.bytes()).take_while(|it| like(*it)).count();
    first.floor_char_boundary(shared).min(second.floor_char_boundary(shared))
}

/// A time or the name of a container, and nothing that belongs to a value.
fn is_head(head: &str) -> bool {
    let digits = head.bytes().filter(u8::is_ascii_digit).count();
    let is_plain = head.len() >= SHORTEST
        && head
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b" -_.:/[]()|+,@".contains(&byte));
    let is_container = head.ends_with("| ") && head.matches('|').count() == 1
        || head.starts_with('[') && head.ends_with("] ");
    is_plain && (is_container && !head.trim_end_matches(['|', ' ']).contains(' ') || digits >= 4)
}

#[cfg(test)]
mod tests {
    use super::cuts;

    fn head(lines: &[&str]) -> Vec<usize> {
        cuts(lines, |line| *line)
    }

    #[test]
    fn lines_of_a_container_and_of_one_process_share_a_head() {
        assert_eq!(head(&["web_1  | {", "web_1  |   a", "other"]), [9, 9]);
        let log = ["2026-11-24T10:00:01Z x", "2026-11-24T10:00:02Z y"];
        assert_eq!(head(&log), [21, 21]);
        assert_eq!(head(&["[pod/a-1/web] x", "[pod/a-1/web] y"]), [14, 14]);
    }

    #[test]
    fn words_that_lines_share_are_no_head() {
        for lines in [["name | a", "name b"], ["a key: one", "a key: two"], ["x", "y"]] {
            assert!(head(&lines).is_empty(), "{lines:?}");
        }
    }

    #[test]
    fn a_head_ends_behind_its_last_sign_that_a_blank_follows() {
        for (lines, length) in [
            (["10:00 a: x", "10:00 a: y"], 9),
            (["2026 | x", "2026 | y"], 7),
            (["a2026 x", "a2026 y"], 0),
            (["1234: x", "1234: y"], 6),
            (["123a: x", "123a: y"], 0),
            (["1234:x", "1234:y"], 0),
            (["2026 stdout F x", "2026 stdout F y"], 14),
            (["2026 stderr F x", "2026 stderr F y"], 14),
            (["2026 stdout P x", "2026 stdout P y"], 0),
            (["[a/b-c] x", "[a/b-c] y"], 8),
            (["[a b] x", "[a b] y"], 0),
            (["web_1 | x", "web_1 | y"], 8),
            (["w b_1 | x", "w b_1 | y"], 0),
            (["1234{: x", "1234{: y"], 0),
            (["12345Z x", "99999Z y"], 7),
        ] {
            let cuts = head(&lines);
            assert_eq!(cuts, if length == 0 { vec![] } else { vec![length; 2] }, "{lines:?}");
        }
        assert_eq!(head(&["1234: x", "1234: y", "12345 z", "1234: a"]), [6, 6]);
        assert!(head(&["1234: x"]).is_empty());
    }

    #[test]
    fn lines_are_apart_that_share_less_than_a_head() {
        use super::are_apart;
        assert!(are_apart(b"abcdex", b"abcdey") && !are_apart(b"abcdef", b"abcdef"));
        assert!(!are_apart(b"12:34:", b"56:78:") && are_apart(b"abc", b"abc"));
    }
}
