//! Who owns what a proposal changes, as a forge knows them.

use crate::corpus::People;

/// Accounts and teams to be asked, and owners whom no forge knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Accounts, without `@`.
    pub accounts: Vec<String>,
    /// Teams, as `org/team`.
    pub teams: Vec<String>,
    /// Owners without an account.
    pub unknown: Vec<String>,
}

/// Of each owner the names with `@`: a team's own where it has one, else those
/// of its people. `own` is not asked: nobody reviews what they opened.
pub fn reviewers(owners: &[String], people: &People, own: Option<&str>) -> Asked {
    let mut asked = Asked::default();
    for owner in owners {
        let mut handles = handles(people, owner);
        if handles.is_empty() {
            let members = people.people_of(owner);
            handles = members.iter().flat_map(|it| self::handles(people, it)).collect();
        }
        if handles.is_empty() {
            asked.unknown.push(owner.clone());
        }
        for handle in handles {
            let list = if handle.contains('/') { &mut asked.teams } else { &mut asked.accounts };
            let is_own = own.is_some_and(|own| own.eq_ignore_ascii_case(&handle));
            if !is_own && !list.iter().any(|it| it.eq_ignore_ascii_case(&handle)) {
                list.push(handle);
            }
        }
    }
    asked
}

/// The first of somebody's names with `@`, without it.
fn handles(people: &People, name: &str) -> Vec<String> {
    let names = people.names_of(name);
    let handle = |it: &&str| it.strip_prefix('@').map(str::to_owned);
    let own = handle(&name);
    own.or_else(|| names.iter().find_map(handle)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Person;

    fn people() -> People {
        let of = |members: &[&str], also: &[&str]| Person {
            email: None,
            members: members.iter().map(|it| (*it).to_owned()).collect(),
            also: also.iter().map(|it| (*it).to_owned()).collect(),
        };
        People::new(
            [
                ("human:ada".to_owned(), of(&[], &["ada@example.org", "@ada"])),
                ("human:bob".to_owned(), of(&[], &["@bob"])),
                ("team-a".to_owned(), of(&["human:ada"], &["@org/a"])),
                ("team-b".to_owned(), of(&["human:ada", "human:bob", "human:eve"], &[])),
            ]
            .into(),
        )
    }

    fn told(owners: &[&str], own: Option<&str>) -> Asked {
        let owners: Vec<String> = owners.iter().map(|it| (*it).to_owned()).collect();
        reviewers(&owners, &people(), own)
    }

    #[test]
    fn owners_are_asked_by_the_name_that_a_forge_knows() {
        let asked = told(&["ada@example.org", "team-a", "team-b", "@eve", "@Org/A", "x@y.z"], None);
        assert_eq!(asked.accounts, ["ada", "bob", "eve"]);
        assert_eq!(asked.teams, ["org/a"]);
        assert_eq!(asked.unknown, ["x@y.z"]);
    }

    #[test]
    fn whoever_opens_it_is_not_asked() {
        let asked = told(&["human:ada", "human:bob"], Some("ADA"));
        assert_eq!(asked.accounts, ["bob"]);
        assert!(asked.unknown.is_empty());
    }
}
