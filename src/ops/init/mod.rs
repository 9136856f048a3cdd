//! stub
#[derive(schemars::JsonSchema)]
/// x
pub struct Answer {}
