//! `cite check`
