//! One thing that a vendor published, whatever it was read from.

use jiff::Timestamp;

use crate::triage::window::Window;

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Trouble.
    Incident,
    /// Work that was planned.
    Maintenance,
}

/// When it was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Then.
    At(Timestamp),
    /// It is not.
    Open,
    /// That is not said; something was written of it then, for the last time.
    Untold(Timestamp),
}

/// One thing that was written of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// When.
    pub at: Timestamp,
    /// `investigating`, `resolved`, …; none in a feed.
    pub status: Option<String>,
    /// The beginning of what was written.
    pub text: String,
}

/// An incident, or maintenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What its source calls it: each is told once.
    pub(super) id: String,
    /// What it is about.
    pub sort: Sort,
    /// Its headline.
    pub title: String,
    /// When it began, or was to begin.
    pub from: Timestamp,
    /// When it was over.
    pub ends: Ends,
    /// When it was made known: lists are in this order.
    pub(super) listed: Timestamp,
    /// `none`, `minor`, `major`, `critical`; none in a feed.
    pub impact: Option<String>,
    /// Names of components; `None` where its source has no place for them.
    pub components: Option<Vec<String>>,
    /// The newest first.
    pub updates: Vec<Update>,
    /// Where a person reads it, on the same host.
    pub link: Option<String>,
}

/// Whether a notice is about what somebody depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// It is.
    Yes,
    /// It is about something else.
    No,
    /// It does not say about what it is.
    Untold,
}

/// How a component is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// What it is called.
    pub name: String,
    /// `degraded_performance`, `major_outage`, …
    pub status: String,
    /// Since when, as far as it is said.
    pub since: Option<Timestamp>,
}

/// What was read of one vendor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Published {
    /// Incidents and maintenance.
    pub notices: Vec<Notice>,
    /// Components that have trouble now.
    pub troubled: Vec<Component>,
    /// Notices whose times cannot be read.
    pub unread: usize,
    /// Every incident that was made known from then on is there; `None` where that cannot
    /// be said of any time.
    pub since: Option<Timestamp>,
    /// What could not be asked, and why.
    pub missed: Vec<String>,
}

impl Notice {
    /// True where it and a window have a moment in common, as far as it says when it was.
    pub fn meets(&self, window: &Window) -> bool {
        let until = match self.ends {
            Ends::At(at) | Ends::Untold(at) => at,
            Ends::Open => Timestamp::MAX,
        };
        Window { from: self.from, until: until.max(self.from) }.meets(window)
    }

    /// Whether it is about one of the components; about any where none is named.
    pub fn concerns(&self, names: &[String]) -> Concern {
        let is_one = |name: &str| names.iter().any(|it| it.eq_ignore_ascii_case(name));
        if names.is_empty() {
            return Concern::Yes;
        }
        match &self.components {
            Some(own) if own.iter().any(|it| is_one(it)) => Concern::Yes,
            Some(own) if !own.is_empty() => Concern::No,
            _ if names.iter().any(|it| self.says(it)) => Concern::Yes,
            Some(_) => Concern::Untold,
            None => Concern::No,
        }
    }

    /// True where a name stands in what was written, as whole words.
    fn says(&self, name: &str) -> bool {
        let texts = self.updates.iter().map(|it| it.text.as_str());
        std::iter::once(self.title.as_str()).chain(texts).any(|it| has_words(it, name))
    }
}

/// True where a name stands in a text and no letter or digit at either end of it.
fn has_words(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    let is_free = |it: Option<char>| !it.is_some_and(char::is_alphanumeric);
    !name.is_empty()
        && text.match_indices(&name).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + name.len()..]);
            is_free(before.chars().next_back()) && is_free(after.chars().next())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(clock: &str) -> Timestamp {
        format!("2026-11-03T{clock}:00Z").parse().unwrap()
    }

    fn notice(ends: Ends) -> Notice {
        Notice {
            id: "a".to_owned(),
            sort: Sort::Incident,
            title: "Errors of the Payments API in eu-west-1".to_owned(),
            from: at("13:00"),
            ends,
            listed: at("13:00"),
            impact: None,
            components: None,
            updates: Vec::new(),
            link: None,
        }
    }

    #[test]
    fn it_meets_a_window_as_far_as_it_says_when_it_was() {
        let window = Window { from: at("14:00"), until: at("15:00") };
        for (ends, meets) in [
            (Ends::At(at("13:59")), false),
            (Ends::At(at("14:00")), true),
            (Ends::Open, true),
            (Ends::Untold(at("13:30")), false),
            (Ends::Untold(at("14:30")), true),
        ] {
            assert_eq!(notice(ends).meets(&window), meets, "{ends:?}");
        }
        let early = Window { from: at("11:00"), until: at("12:59") };
        assert!(!notice(Ends::Open).meets(&early));
    }

    #[test]
    fn what_it_is_about_is_said_or_not() {
        let of = |components: Option<&[&str]>| {
            let components = components.map(|it| it.iter().map(|it| (*it).to_owned()).collect());
            Notice { components, ..notice(Ends::Open) }
        };
        let names = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let api = names(&["api"]);
        assert_eq!(of(Some(&["API", "Dashboard"])).concerns(&api), Concern::Yes);
        assert_eq!(of(Some(&["Dashboard"])).concerns(&api), Concern::No);
        assert_eq!(of(Some(&[])).concerns(&api), Concern::Yes, "its title says so");
        assert_eq!(of(Some(&[])).concerns(&names(&["Webhooks"])), Concern::Untold);
        assert_eq!(of(None).concerns(&names(&["Webhooks"])), Concern::No);
        assert_eq!(of(None).concerns(&names(&["eu-west-1"])), Concern::Yes);
        assert_eq!(of(None).concerns(&names(&["west"])), Concern::Yes);
        assert_eq!(of(None).concerns(&names(&["eu-west"])), Concern::Yes);
        assert_eq!(of(None).concerns(&names(&["pay", ""])), Concern::No, "no whole word");
        assert_eq!(of(None).concerns(&[]), Concern::Yes);
    }
}
