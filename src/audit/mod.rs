//! What of a memory has rotted, why that is believed, and what settles it.
//!
//! [`findings`] holds what is known of every page ([`Evidence`]) against the
//! signals of [`SIGNALS`], a file each below `signals`. A day is given, never
//! asked for: the same pages, evidence and day give the same findings in the
//! same order. Evidence is content, not dates of commits: a change that was
//! taken back is none. Risk is a sum of whole points whose parts are told.
//!
//! Where evidence comes from is left to `ops`.

mod branch;
mod case;
mod cited;
mod evidence;
mod finding;
mod findings;
mod found;
mod groups;
mod names;
mod owners;
mod past;
mod quarter;
mod record;
mod risk;
mod settings;
mod settling;
mod sheet;
mod signals;

pub use branch::{branch_of, branches_of, hidden_branch_of};
pub use case::Case;
pub use cited::cited_paths;
pub use evidence::{
    Aside, Body, Bulk, Changed, Drift, Evidence, Flaw, Hands, Misled, Proof, Seen, Stamp, Used,
};
pub use finding::{Finding, Risk};
pub use findings::{findings, touched};
pub use groups::{Group, NOBODY, grouped};
pub use names::{Name, Role, Runner, each_word, names, role, said_gone};
pub use owners::{Departure, departure, names_of_author};
pub use past::{Fate, Precision, Tally, tally};
pub use quarter::{BadQuarter, Quarter};
pub use record::is_record;
pub use settings::Settings;
pub use settling::{Candidate, Leads, Settling, Way, settling};
pub use sheet::Past as PastQuarter;
pub use sheet::{Chart, Shape, Sheet, State, charts, sheet};
pub use signals::{LOCAL, SIGNALS, Signal, signal};
