//! The one integration binary; names every module.
