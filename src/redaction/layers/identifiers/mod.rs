//! Direct identifiers: addresses, numbers that name a person or a machine.
//!
//! Checksums raise confidence and never rescue: a number in the shape of a
//! card behind the word card is hidden whether Luhn agrees or not.

mod address;
mod contact;
mod folder;
mod national;
mod network;
mod numbers;
mod run;
mod telling;
mod words;

use super::super::rules::Additions;
use super::super::span::Match;
use super::super::text::Text;

pub(super) fn find(text: &Text<'_>, _: &Additions, found: &mut Vec<Match>) {
    address::emails(text, found);
    folder::homes(text, found);
    network::addresses(text, found);
    numbers::numbers(text, found);
}

#[cfg(test)]
mod tests;
