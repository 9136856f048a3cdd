//! Tickets: issues on every tracker, with what people said of them.

use super::world::World;
use super::{Comment, ROBOT};

/// An issue. Its number is its place in the list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Issue {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) labels: Vec<String>,
    /// Names of attachments.
    pub(crate) files: Vec<String>,
    pub(crate) comments: Vec<Comment>,
}

/// What the tracker itself writes below an issue, and not a person.
pub(crate) const SYSTEM: &str = "the-tracker";

/// Who writes for the tracker's own staff alone.
pub(crate) const STAFF: &str = "staff-alone";

impl World {
    /// Opens an issue; its number.
    pub(crate) fn issue(&mut self, issue: Issue) -> u64 {
        self.issues.push(issue);
        self.issues.len() as u64
    }

    /// Somebody comments it.
    pub(crate) fn say(&mut self, number: u64, by: &str, body: &str) {
        let comment = Comment { by: by.to_owned(), body: body.to_owned(), id: String::new() };
        self.thread_mut(number).expect("it is there").push(comment);
    }

    /// What was said by the token's account.
    pub(crate) fn said(&self, number: u64) -> Vec<Comment> {
        let all = self.thread(number).expect("it is there").iter();
        all.filter(|it| it.by == ROBOT).cloned().collect()
    }

    pub(super) fn issue_of(&self, number: u64) -> Option<&Issue> {
        self.issues.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// Numbers of open issues with this label, and in this state.
    pub(super) fn queued(&self, label: Option<&str>, state: Option<&str>) -> Vec<u64> {
        let all = 1..=self.issues.len() as u64;
        let has = |number: &u64| {
            let labels = self.labels_of(*number);
            label.is_none_or(|label| labels.iter().any(|it| it == label))
                && state.is_none_or(|state| self.state(*number) == state)
                && !self.is_closed(*number)
        };
        all.filter(has).collect()
    }

    pub(super) fn own_issue(&mut self, number: u64) -> Option<&mut Issue> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.issues.get_mut(at)
    }

    /// The comments of an issue, or of a pull request where there are none.
    pub(super) fn thread(&self, number: u64) -> Option<&Vec<Comment>> {
        let of_pull = self.pulls.iter().find(|it| it.number == number).map(|it| &it.comments);
        self.issue_of(number).map(|it| &it.comments).or(of_pull)
    }

    pub(super) fn thread_mut(&mut self, number: u64) -> Option<&mut Vec<Comment>> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        if at < self.issues.len() {
            return Some(&mut self.issues[at].comments);
        }
        self.pull(number).map(|it| &mut it.comments)
    }

    /// Adds a comment of the token's account; how many there are then.
    pub(super) fn add_comment(&mut self, number: u64, body: &str) -> Option<usize> {
        let comment = Comment { by: ROBOT.to_owned(), body: body.to_owned(), id: String::new() };
        let thread = self.thread_mut(number)?;
        thread.push(comment);
        Some(thread.len())
    }
}
