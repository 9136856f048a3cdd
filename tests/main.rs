//! The one integration binary; names every module.

mod document;
