//! One file per page: from what an operation answered to what a reader sees.

pub mod audit;
pub mod blame;
pub mod change;
pub mod decisions;
pub mod diff;
pub mod graph;
pub mod history;
pub mod home;
pub mod inbox;
pub mod learning;
pub mod page;
pub mod run;
pub mod runs;
pub mod search;
pub mod skill;
pub mod skills;
pub mod trouble;
