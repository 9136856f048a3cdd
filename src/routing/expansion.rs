//! A question's abbreviations, and what the pages say they stand for.

use super::exact::Exacts;
use super::query::{LongForm, Query};

/// Adds to `query` what its words stand for: for each the long form that the
/// most pages give, the first in order where several do.
pub fn expand<P: Exacts>(query: &mut Query, postings: &P) -> Result<(), P::Error> {
    let mut long_forms = Vec::new();
    for (of, short) in &query.short_forms {
        let known = postings.long_forms(short)?;
        let most = known.into_iter().min_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
        if let Some((long, _)) = most {
            let words = long.split(' ').map(str::to_owned).collect();
            long_forms.push(LongForm { of: *of, words });
        }
    }
    query.long_forms = long_forms;
    Ok(())
}
