//! `prode serve`, driven over sockets with bytes that no client library made:
//! what is answered, who is let in, what is turned away, how it ends.

mod answers;
mod doors;
mod ending;
mod following;
mod limits;
mod served;
mod tokens;

pub(crate) use served::{Answer, Served, receive, until};
