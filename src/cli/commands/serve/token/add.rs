//! `prode serve token add`

use jiff::SignedDuration;

use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
use crate::ops::token::{self, Options};
use crate::serve;

/// What `serve token add` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  prode serve token add agent --scope query,route\n  \
    prode serve token add prometheus --scope metrics --for 30d")]
pub struct Args {
    /// What people call it: letters, digits, '.', '_', '-'
    name: String,
    /// What it may ask: names of tools, and metrics; 'get' reads resources too
    #[arg(long, value_name = "TOOL", required = true, value_delimiter = ',', num_args = 1..)]
    scope: Vec<String>,
    /// How long it holds: minutes, hours or days, 90 days at most
    #[arg(long = "for", value_name = "TIME", default_value = "24h", value_parser = duration)]
    holds: SignedDuration,
}

pub(super) fn run(context: &mut Context<'_>, args: &Args) -> Result<Outcome, Failure> {
    let form = context.form()?;
    let workspace = context.workspace()?;
    let known = serve::scopes();
    let options = Options {
        name: args.name.clone(),
        scopes: args.scope.clone(),
        holds: args.holds,
        known: &known,
    };
    let added = token::add(&workspace, options)?;
    context.give(form, &added, |context, added| {
        context.ui.line(&added.token);
        let scopes = added.scopes.join(", ");
        context.ui.note(format!(
            "'{}' may ask for {scopes} until {}; it is not shown again",
            added.name, added.expires
        ));
    });
    Ok(Outcome::Done)
}

/// A time such as `90m`, `24h` or `7d`.
fn duration(text: &str) -> Result<SignedDuration, String> {
    const DAYS: i64 = 90;
    let wrong = || format!("'{text}' is no time from 1m to {DAYS}d, such as 90m, 24h or 7d");
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let number: i64 = number.parse().map_err(|_| wrong())?;
    let minutes = match unit {
        "m" => Some(number),
        "h" => number.checked_mul(60),
        "d" => number.checked_mul(24 * 60),
        _ => None,
    };
    let minutes = minutes.filter(|minutes| (1..=DAYS * 24 * 60).contains(minutes));
    minutes.map(SignedDuration::from_mins).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_minutes_hours_or_days() {
        for (text, minutes) in [("1m", 1), ("24h", 1_440), ("90d", 129_600)] {
            assert_eq!(duration(text), Ok(SignedDuration::from_mins(minutes)), "{text}");
        }
        for bad in ["", "h", "0m", "-1h", "91d", "24", "1w", "9999999999999999999d", "1\u{e9}"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
