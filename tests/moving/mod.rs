//! `mv` on the benchmark corpus, and cut off on its way.
//!
//! Small numbers by default; `benches/run mv` asks for the full ones.

#![allow(clippy::print_stderr, reason = "figures are told in passing")]

mod corpus;
mod kills;

#[expect(clippy::disallowed_methods, reason = "the figures are asked for from outside")]
fn rounds(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Numbers that look random and are the same in every run (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end
    }
}
