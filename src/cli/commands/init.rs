//! stub
use crate::cli::context::Context;
use crate::cli::{Failure, Outcome};
/// x
#[derive(Debug, clap::Args)]
pub struct Args {}
pub(super) fn run(_: &mut Context<'_>, _: &Args) -> Result<Outcome, Failure> {
    Ok(Outcome::Done)
}
