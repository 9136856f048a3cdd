//! People and teams, and the several names that each of them has.

use std::collections::{BTreeMap, BTreeSet};

/// What settings say of a person or a team.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Person {
    /// An address that also names them.
    pub email: Option<String>,
    /// For a team: its people.
    pub members: Vec<String>,
    /// Other names, such as `@org/payments` in CODEOWNERS.
    pub also: Vec<String>,
}

/// Everybody that settings know, by name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct People(BTreeMap<String, Person>);

impl People {
    /// People and teams by their names.
    pub fn new(people: BTreeMap<String, Person>) -> Self {
        Self(people)
    }

    /// True if a person or team of this name, or with it as another name, is known.
    pub fn knows(&self, name: &str) -> bool {
        self.0.iter().any(|(key, person)| is_named(key, person, name))
    }

    /// Every name that means the same as `name`, itself included.
    pub fn names_of<'a>(&'a self, name: &'a str) -> BTreeSet<&'a str> {
        let mut names = BTreeSet::from([name]);
        for (key, person) in self.0.iter().filter(|(key, person)| is_named(key, person, name)) {
            names.insert(key);
            names.extend(person.email.as_deref());
            names.extend(person.also.iter().map(String::as_str));
        }
        names
    }
}

/// Names of people compare without case, as forges compare them.
fn is_named(key: &str, person: &Person, name: &str) -> bool {
    let mut names = person.also.iter().chain(&person.email).map(String::as_str).chain([key]);
    names.any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_is_found_by_each_of_its_names() {
        let team = Person { also: vec!["@org/payments".into()], ..Person::default() };
        let people = People::new([("team-payments".to_owned(), team)].into());
        let names = BTreeSet::from(["@Org/Payments", "@org/payments", "team-payments"]);
        assert_eq!(people.names_of("@Org/Payments"), names);
        assert_eq!(people.names_of("stranger"), BTreeSet::from(["stranger"]));
        assert!(people.knows("team-payments") && !people.knows("stranger"));
    }
}
