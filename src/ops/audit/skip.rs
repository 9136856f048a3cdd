//! What an audit could not look at.

/// Something that was not looked at, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Skip {
    pub(super) what: String,
    pub(super) why: String,
}

pub(super) fn skip(what: impl Into<String>, why: impl Into<String>) -> Skip {
    Skip { what: what.into(), why: why.into() }
}
