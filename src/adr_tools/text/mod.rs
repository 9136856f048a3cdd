//! Text in, text out: what the files and answers of adr-tools look like.

pub(super) mod dates;
pub(super) mod graph;
pub(super) mod link;
pub(super) mod name;
pub(super) mod reference;
pub(super) mod slug;
pub(super) mod status;
pub(super) mod template;
pub(super) mod title;
pub(super) mod toc;
