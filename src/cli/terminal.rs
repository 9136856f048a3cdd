//! The person at the terminal, who alone can approve.
//!
//! The terminal of the process is opened by its own name (`/dev/tty`), whatever
//! standard input and output are: they may be an agent's pipes. Everything
//! that the person must read is written there too, so that no redirection
//! hides it. Every line of the subject stands behind a bar, so that nothing in
//! it can pose as prode's own words; control characters are shown, not sent.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};

use crate::ops::OpError;
use crate::ops::approvals::{Ask, Person};
use crate::rendering::{visible, visible_line};

/// How many digits of the digest are typed.
const DIGITS: usize = 8;

/// The terminal that the process belongs to.
pub(super) struct Terminal(File);

impl Terminal {
    /// Opens it.
    ///
    /// # Errors
    /// Where there is none.
    pub(super) fn open() -> Result<Self, OpError> {
        let device = OpenOptions::new().read(true).write(true).open("/dev/tty");
        device.map(Self).map_err(|_| nobody())
    }

    fn question(&mut self, ask: &Ask<'_>) -> io::Result<bool> {
        self.0.write_all(shown(ask).as_bytes())?;
        // Before the last line is there: whoever has seen it may answer at once.
        self.forget_what_was_typed();
        let prompt = format!(
            "\nTo approve, type the first {DIGITS} digits of the digest; anything else declines: "
        );
        self.0.write_all(prompt.as_bytes())?;
        self.0.flush()?;
        let mut answer = String::new();
        BufReader::new(&self.0).read_line(&mut answer)?;
        Ok(answer.trim() == digits(ask))
    }

    /// Keys that were hit, or sent, before the question was there are no answer.
    #[cfg(unix)]
    fn forget_what_was_typed(&self) {
        let _ = rustix::termios::tcflush(&self.0, rustix::termios::QueueSelector::IFlush);
    }

    #[cfg(not(unix))]
    fn forget_what_was_typed(&self) {}
}

impl Person for Terminal {
    fn agrees(&mut self, ask: &Ask<'_>) -> Result<bool, OpError> {
        self.question(ask).map_err(|_| nobody())
    }
}

fn nobody() -> OpError {
    OpError::Waiting {
        message: "only a person can approve, and nobody is at a terminal".to_owned(),
        hint: "run the same command by hand in a terminal".to_owned(),
    }
}

fn digits<'a>(ask: &Ask<'a>) -> &'a str {
    let digest = ask.asked.subject.digest.as_str();
    let digest = digest.strip_prefix("sha256:").unwrap_or(digest);
    digest.get(..DIGITS).unwrap_or(digest)
}

/// What is approved, and all that is said of it.
fn shown(ask: &Ask<'_>) -> String {
    let mut text = String::from("\n");
    for line in visible(&ask.asked.shown).lines() {
        text.push_str("| ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    for (name, value) in rows(ask) {
        text.push_str(&format!("{name:<11} {}\n", visible_line(&value)));
    }
    text
}

fn rows(ask: &Ask<'_>) -> Vec<(&'static str, String)> {
    let asked = ask.asked;
    let demand = ask.demand;
    let key = if ask.is_hardware {
        "hardware key: strong if you touch it"
    } else {
        "software key: counts as weak"
    };
    let own = if ask.own { ", your own request" } else { "" };
    let people = if demand.count == 1 { "person" } else { "people" };
    let mut rows = vec![
        ("subject", format!("{} {}", asked.subject.kind, asked.subject.name)),
        ("asked by", asked.requesters.join(", ")),
        ("because", asked.reason.clone()),
    ];
    rows.extend(asked.run.iter().map(|run| ("run", run.clone())));
    rows.extend(
        asked.preconditions.iter().map(|(name, value)| ("while", format!("{name} is {value}"))),
    );
    rows.extend([
        ("demands", format!("{} {people}, {} or more", demand.count, demand.strength)),
        ("you are", format!("{}, {key}{own}", ask.approver)),
        ("until", ask.until.to_string()),
        ("action", asked.action.name().to_owned()),
        ("digest", asked.subject.digest.clone()),
    ]);
    rows
}
