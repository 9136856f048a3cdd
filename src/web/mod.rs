//! The memory for people: pages of HTML made on the server.
//!
//! [`answer`] takes a path and a query to a [`Reply`]: a [`Request`] is read, an
//! operation of `ops` is asked, its value becomes a page. What makes pages (`layout`,
//! `parts`, `markdown`, `pages`) is pure: values in, HTML out, so that the same pages
//! can be written to files: `address` and `files` know where, [`site`](crate::site)
//! writes them. Every text is escaped where it is put in; only `markdown`
//! puts in what is HTML already. No page holds a style or a script of its own, and
//! all of them work without one. Who may ask, and how often, is for `serve`.

pub(crate) mod address;
mod answer;
mod assets;
mod deciding;
mod decision;
mod done;
pub(crate) mod files;
pub(crate) mod layout;
mod markdown;
pub(crate) mod pages;
mod parts;
mod place;
mod reply;
pub(crate) mod request;

pub use answer::{answer, refused};
pub use assets::{Asset, all as assets, asset};
pub use deciding::decide;
pub use reply::Reply;
pub use request::Request;
