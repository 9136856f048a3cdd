//! Approvals with real keys: `ssh-keygen` signs and checks, the real program is
//! driven through a pseudo-terminal, and a repository has a policy.

mod attacks;
mod commands;
mod doors;
mod exact;
mod gates;
mod landing;
mod moves;
mod runs;
mod sharing;
pub(crate) mod team;
mod terminal;
mod using;
mod watched;
