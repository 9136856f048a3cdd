//! The memory for people: pages of HTML made on the server.
//!
//! [`answer`] takes a path and a query to a [`Reply`]: a [`Request`] is read, an
//! operation of `ops` is asked, its value becomes a page. What makes pages (`layout`,
//! `parts`, `markdown`, `pages`) is pure: values in, HTML out, so that the same pages
//! can be written to files. Every text is escaped where it is put in; only `markdown`
//! puts in what is HTML already. No page holds a style or a script of its own, and
//! all of them work without one. Who may ask, and how often, is for `serve`.

mod address;
mod answer;
mod assets;
mod deciding;
mod decision;
mod done;
mod layout;
mod markdown;
mod pages;
mod parts;
mod reply;
mod request;

pub use answer::{answer, refused};
pub use assets::{Asset, asset};
pub use deciding::decide;
pub use reply::Reply;
pub use request::Request;
