//! Pages, decisions and skills by addresses of their own, as bytes.
//!
//! What clients list and read without asking a question: `wiki://path`,
//! `adr://number`, `skill://name/SKILL.md` and the files beside it. An address is a
//! name in the memory and nothing else: only what the index holds, and what lies in
//! a skill's package, is found by one. Bytes are those of the commit.

mod complete;
mod list;
mod read;
mod skills;
mod uri;

pub use complete::{Completed, MOST as MOST_COMPLETED, Wanted, complete};
pub use list::{Item, Listing, list};
pub use read::{Content, read};
pub use skills::{File, Skill, Skills, skill, skills};
pub use uri::{BadUri, Uri};
