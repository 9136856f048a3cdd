//! Tables that say of each byte what it is.

/// A table of 256 entries, each worked out of its byte when the program is
/// compiled: `table!(u8, byte => match byte { … })`.
macro_rules! table {
    ($entry:ty, $byte:ident => $class:expr) => {{
        let mut table: [$entry; 256] = [0; 256];
        let mut at = 0;
        while at < 256 {
            #[expect(clippy::cast_possible_truncation, reason = "the loop ends at 256")]
            let $byte = at as u8;
            table[at] = $class;
            at += 1;
        }
        table
    }};
}

pub(super) use table;
