//! The `prode` program.

fn main() {}
