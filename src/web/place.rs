//! What there is to lead to, wherever it stands, and how long a list of one page is.

/// Pages of one page of the catalogue.
pub const LISTED: usize = 100;
/// Decisions of one page.
pub const DECIDED: usize = 100;

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// The front page.
    Home,
    /// Search and catalogue.
    Search,
    /// A page of the memory, by its path, with `name:` before it in another memory.
    Page(&'a str),
    /// The same as Markdown.
    Raw(&'a str),
    /// Who changed it.
    History(&'a str),
    /// Who wrote its lines.
    Blame(&'a str),
    /// What changed of it since another state.
    Diff(&'a str),
    /// A picture of the repository.
    Picture(&'a str),
    /// All decisions.
    Decisions,
    /// A decision, by its number.
    Decision(u32),
    /// All skills.
    Skills,
    /// A skill, by its name.
    Skill(&'a str),
    /// Learnings that wait.
    Inbox,
    /// A learning, by its id.
    Learning(&'a str),
    /// How pages hang together.
    Graph,
    /// The same as a picture.
    GraphPicture,
    /// What has rotted.
    Audit,
    /// A finding of it, by its id.
    Finding(&'a str),
    /// All runs.
    Runs,
    /// A run, by its name.
    Run(&'a str),
}
