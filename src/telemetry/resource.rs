//! Whose spans and numbers are told.

/// Whose spans and numbers they are.
#[cfg_attr(not(feature = "otlp"), expect(dead_code, reason = "nobody is told of it then"))]
pub(super) struct Resource {
    pub(super) service: String,
    pub(super) version: String,
    /// Of this process: two of one machine are two series.
    pub(super) instance: String,
    /// When it began to count, in nanoseconds.
    pub(super) since: u64,
}
