//! To be written.

pub mod ticket;
