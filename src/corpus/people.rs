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

    /// The one name under which a person counts: the key of the entry that
    /// `name` belongs to, else the name itself in lower case.
    pub fn person(&self, name: &str) -> String {
        let named =
            self.0.iter().find(|(key, it)| it.members.is_empty() && is_named(key, it, name));
        named.map_or_else(|| name.to_lowercase(), |(key, _)| key.clone())
    }

    /// The one name of a person or a team: the key of the entry that `name`
    /// belongs to, else the name itself in lower case.
    pub fn one_name(&self, name: &str) -> String {
        let named = self.0.iter().find(|(key, it)| is_named(key, it, name));
        named.map_or_else(|| name.to_lowercase(), |(key, _)| key.clone())
    }

    /// True for a name that stands for several people: a team with members, and
    /// what a forge writes as one, `@org/team`.
    pub fn is_team(&self, name: &str) -> bool {
        let mut named = self.0.iter().filter(|(key, it)| is_named(key, it, name)).peekable();
        let is_handle = name.starts_with('@') && name.contains('/');
        if named.peek().is_none() { is_handle } else { named.any(|it| !it.1.members.is_empty()) }
    }

    /// The people that a name stands for: a team's members, and theirs; a
    /// person alone.
    pub fn people_of(&self, name: &str) -> BTreeSet<String> {
        let mut people = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![name];
        while let Some(name) = waiting.pop() {
            if !seen.insert(name) {
                continue;
            }
            let named = self.0.iter().filter(|(key, it)| is_named(key, it, name));
            let teams: Vec<&Person> =
                named.map(|(_, it)| it).filter(|it| !it.members.is_empty()).collect();
            if teams.is_empty() {
                people.insert(self.person(name));
            }
            waiting.extend(teams.iter().flat_map(|it| it.members.iter().map(String::as_str)));
        }
        people
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
    fn a_team_is_its_people_and_a_person_counts_once() {
        let of = |members: &[&str], email: Option<&str>| Person {
            email: email.map(str::to_owned),
            members: members.iter().map(|it| (*it).to_owned()).collect(),
            also: Vec::new(),
        };
        let people = People::new(
            [
                ("human:ada".to_owned(), of(&[], Some("Ada@example.org"))),
                ("team-a".to_owned(), of(&["ada@example.org", "team-b", "team-a"], None)),
                ("team-b".to_owned(), of(&["Bob@example.org"], None)),
            ]
            .into(),
        );
        assert_eq!(people.person("ada@EXAMPLE.org"), "human:ada");
        assert_eq!(people.person("Bob@example.org"), "bob@example.org");
        let names = |of: &str| people.people_of(of).into_iter().collect::<Vec<_>>();
        assert_eq!(names("team-a"), ["bob@example.org", "human:ada"]);
        assert_eq!(names("@nobody"), ["@nobody"]);
        assert_eq!(people.one_name("TEAM-a"), "team-a");
        assert!(people.is_team("Team-A") && !people.is_team("ada@example.org"));
        assert!(people.is_team("@org/any") && !people.is_team("@any") && !people.is_team("a/b"));
    }

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
