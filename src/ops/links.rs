//! `links`
