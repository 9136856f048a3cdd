//! The marked block in a file that people write too.

const BEGIN: &str = "<!-- prode:begin -->";
const END: &str = "<!-- prode:end -->";

/// `before` with the block `block` in place of the one it has, else at its
/// end. Everything outside the marks stays byte for byte, and the file's line
/// ends are kept. Why not, where the marks are not a pair.
pub(super) fn with_block(before: Option<&str>, block: &str) -> Result<String, String> {
    let Some(before) = before else { return Ok(block.to_owned()) };
    let crlf = before.contains("\r\n");
    let ended = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    let block = ended(block.trim_end());
    let count = |mark| before.matches(mark).count();
    match (count(BEGIN), count(END)) {
        (0, 0) if before.trim().is_empty() => Ok(block + &ended("\n")),
        (0, 0) => Ok(format!("{}{}{block}{}", before.trim_end(), ended("\n\n"), ended("\n"))),
        (1, 1) => {
            let (above, rest) = before.split_once(BEGIN).unwrap_or_default();
            let below = rest.split_once(END).map(|(_, below)| below);
            let below = below.ok_or_else(|| format!("{END} stands before {BEGIN}"))?;
            Ok(format!("{above}{block}{below}"))
        }
        _ => Err(format!("{BEGIN} and {END} are not one pair")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: &str = "<!-- prode:begin -->\nnew\n<!-- prode:end -->\n";

    #[test]
    fn the_block_is_put_at_the_end_and_replaced_in_place() {
        let first = with_block(Some("# Mine\n"), BLOCK).unwrap();
        assert_eq!(first, format!("# Mine\n\n{BLOCK}"));
        assert_eq!(with_block(Some(&first), BLOCK).unwrap(), first);
        let old = "a\n<!-- prode:begin -->\nold\n<!-- prode:end -->\nb\n";
        assert_eq!(with_block(Some(old), BLOCK).unwrap(), old.replace("old", "new"));
    }

    #[test]
    fn line_ends_of_the_file_are_kept() {
        let after = with_block(Some("# Mine\r\n"), BLOCK).unwrap();
        assert_eq!(after, format!("# Mine\n\n{BLOCK}").replace('\n', "\r\n"));
    }

    #[test]
    fn marks_that_are_no_pair_leave_the_file_alone() {
        for broken in ["<!-- prode:begin -->\n", "<!-- prode:end --> <!-- prode:begin -->"] {
            assert!(with_block(Some(broken), BLOCK).is_err(), "{broken}");
        }
    }
}
