//! Words by which a closing message gives away that something is left to do.
//!
//! English only. A list finds what people usually write, not every way to say
//! it: whoever closes answers for the message.

/// One phrase, in lower case, words apart by one space.
struct Phrase {
    words: &'static str,
    /// It says nothing right behind one of these.
    unless_after: &'static [&'static str],
}

const fn phrase(words: &'static str) -> Phrase {
    Phrase { words, unless_after: &[] }
}

/// "two days later" tells a time, "version 3 or later" a range.
const TIMES: &[&str] = &[
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
    "month", "months", "or", "and", "sooner",
];

#[rustfmt::skip]
const PHRASES: &[Phrase] = &[
    // Put off.
    phrase("deferred"), phrase("defer"), phrase("deferring"), phrase("postponed"), phrase("postpone"),
    Phrase { words: "later", unless_after: TIMES },
    phrase("follow up"), phrase("follow ups"), phrase("followup"), phrase("followups"),
    phrase("next week"), phrase("next sprint"), phrase("next release"), phrase("next quarter"), phrase("next iteration"),
    phrase("tomorrow"), phrase("some day"), phrase("someday"), phrase("eventually"),
    phrase("out of scope"), phrase("for now"), phrase("no time to"), phrase("to the backlog"),
    // Left to do.
    phrase("todo"), phrase("todos"), phrase("fixme"), phrase("tbd"), phrase("tbc"), phrase("wip"), phrase("work in progress"),
    phrase("to be done"), phrase("to be fixed"), phrase("to be verified"), phrase("to be tested"), phrase("to be confirmed"),
    phrase("to be checked"), phrase("will be"), phrase("will fix"), phrase("will verify"), phrase("will check"), phrase("will test"),
    phrase("still open"), phrase("still to"), phrase("still need"), phrase("still needs"), phrase("remains open"), phrase("remain open"),
    phrase("left open"), phrase("not done"), phrase("not finished"), phrase("not fixed"), phrase("unfinished"), phrase("incomplete"),
    phrase("partially"), phrase("partly"), phrase("not yet"), phrase("not all"), phrase("not every"), phrase("not everything"),
    // Not looked at.
    phrase("not verified"), phrase("unverified"), phrase("not tested"), phrase("untested"), phrase("not checked"), phrase("unchecked"),
    phrase("not confirmed"), phrase("unconfirmed"), phrase("did not verify"), phrase("did not test"), phrase("did not check"),
    phrase("didn t verify"), phrase("didn t test"), phrase("didn t check"), phrase("haven t verified"), phrase("haven t tested"),
    phrase("have not verified"), phrase("have not tested"), phrase("has not been"), phrase("have not been"), phrase("hasn t been"),
    phrase("haven t been"), phrase("could not verify"), phrase("couldn t verify"), phrase("cannot verify"), phrase("can not verify"),
    phrase("can t verify"), phrase("unable to verify"), phrase("without verifying"), phrase("without verification"),
    phrase("without testing"), phrase("needs verification"), phrase("needs testing"), phrase("needs review"),
    phrase("pending verification"), phrase("pending review"), phrase("is pending"), phrase("still pending"),
    // Guessed.
    phrase("should work"), phrase("should be fixed"), phrase("should be fine"), phrase("should be ok"), phrase("probably"),
    phrase("presumably"), phrase("hopefully"), phrase("i think"), phrase("we think"), phrase("i assume"), phrase("we assume"),
];

/// Words that turn a phrase into its opposite, up to [`REACH`] words before it.
const DENIALS: &[&str] = &["no", "nothing", "none", "never", "without", "neither", "nor", "not"];

/// "nothing was left deferred".
const REACH: usize = 3;

/// Words that begin a thought of its own, as marks do.
const BREAKS: &[&str] = &["but", "however", "except", "although", "though", "yet"];

/// The first phrase that says that something is deferred or unverified.
pub fn open_end(message: &str) -> Option<String> {
    clauses(message).iter().find_map(|clause| {
        let found = |at: usize| PHRASES.iter().find(|it| stands(it, clause, at));
        (0..clause.len()).find_map(found).map(|phrase| phrase.words.to_owned())
    })
}

/// True if the phrase begins at the clause's word `at`, and is not denied.
fn stands(phrase: &Phrase, clause: &[String], at: usize) -> bool {
    let mut rest = clause[at..].iter();
    let is_there = phrase.words.split(' ').all(|word| rest.next().is_some_and(|it| it == word));
    let before = &clause[at.saturating_sub(REACH)..at];
    let is_denied = before.iter().any(|it| DENIALS.contains(&it.as_str()));
    let is_excepted = before.last().is_some_and(|it| phrase.unless_after.contains(&it.as_str()));
    is_there && !is_denied && !is_excepted
}

/// Words in lower case, in parts that marks or a new thought end.
fn clauses(message: &str) -> Vec<Vec<String>> {
    let mut clauses = Vec::new();
    for part in
        message.to_lowercase().split(['.', ',', ';', ':', '!', '?', '(', ')', '\n', '\u{2014}'])
    {
        let mut clause = Vec::new();
        for word in part.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()) {
            // "not yet" is a phrase, "yet" alone a turn.
            let is_phrase = word == "yet" && clause.last().is_some_and(|it: &String| it == "not");
            if BREAKS.contains(&word) && !is_phrase {
                clauses.push(std::mem::take(&mut clause));
            } else {
                clause.push(word.to_owned());
            }
        }
        clauses.push(clause);
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_open_is_found() {
        for (message, said) in [
            ("Fixed; the second step is deferred", "deferred"),
            ("Will look at the rest later.", "later"),
            ("TODO: the other page", "todo"),
            ("fixed, not verified", "not verified"),
            ("Fixed. Follow-up in ENG-12", "follow up"),
            ("It is fixed but I haven\u{2019}t tested it", "haven t tested"),
            ("I didn't check the rollback", "didn t check"),
            ("Nothing else changed, the rest is postponed", "postponed"),
            ("no objection but still unverified", "unverified"),
            ("should work now", "should work"),
            ("Out of scope here", "out of scope"),
            ("The link has not been looked at", "has not been"),
            ("not yet on the trunk", "not yet"),
            ("Partially done", "partially"),
            ("fixed (untested)", "untested"),
            ("the test will be added", "will be"),
        ] {
            assert_eq!(open_end(message).as_deref(), Some(said), "{message}");
        }
    }

    #[test]
    fn what_is_done_is_not() {
        for message in [
            "",
            "Ran the rollback on staging at 10:02; it came back as the page says",
            "Nothing is deferred, no follow-up is needed",
            "No TODO is left on the page",
            "The alarm cleared two minutes later",
            "Holds for version 3 or later",
            "The host is gone from step 2; verified with grep",
            "The queue's backlog drained to zero",
            "Nothing remains unverified",
            "The todolist service restarts as described",
            "the follower moved up",
        ] {
            assert_eq!(open_end(message), None, "{message}");
        }
    }

    #[test]
    fn every_phrase_is_found_by_itself() {
        for phrase in PHRASES {
            assert!(open_end(phrase.words).is_some(), "{}", phrase.words);
        }
    }
}
