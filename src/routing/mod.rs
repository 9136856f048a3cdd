//! To be written.

pub mod signals;
pub mod ticket;
