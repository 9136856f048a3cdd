//! What was just done with a learning, as the address of its page says it.

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A proposal was opened.
    Proposed,
    /// The proposal was brought to what the learning and the trunk say now.
    Updated,
    /// The proposal said so already.
    Unchanged,
    /// Its page says it already.
    Said,
    /// It has other words or another place.
    Edited,
    /// It was refused.
    Rejected,
}

impl Done {
    const ALL: [Self; 6] =
        [Self::Proposed, Self::Updated, Self::Unchanged, Self::Said, Self::Edited, Self::Rejected];

    /// In an address.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Said => "said",
            Self::Edited => "edited",
            Self::Rejected => "rejected",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.name() == name)
    }

    /// For people.
    pub fn told(self) -> &'static str {
        match self {
            Self::Proposed => "A proposal is open. Its owners read it and merge it.",
            Self::Updated => "The proposal says now what the learning says.",
            Self::Unchanged => "The proposal is open already, and says this.",
            Self::Said => "The page says this already; nothing was proposed.",
            Self::Edited => "The learning was changed.",
            Self::Rejected => "The learning is refused, and does not come back.",
        }
    }
}
