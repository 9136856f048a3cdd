//! Figures of ranked lists, and how far they can be trusted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Pages looked at for every measure.
pub(super) const DEPTH: usize = 10;

/// How many standard deviations 95 of 100 values of a normal distribution lie within.
const Z: f64 = 1.959_964;

/// Means over all examples that expect a page.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Share of the expected pages among the first.
    pub recall1: f64,
    /// Among the first three.
    pub recall3: f64,
    /// Among the first five.
    pub recall5: f64,
    /// Mean of one divided by the rank of the first expected page, among ten.
    pub mrr: f64,
    /// Discounted gain among ten, divided by the best possible.
    pub ndcg10: f64,
}

/// For each figure the least and the most that it may be for all questions of
/// which these are a sample, with 95 % confidence: Wilson's score interval.
///
/// It is exact for shares of single pages, and too wide rather than too narrow
/// for means of other values between 0 and 1, whose variance is never larger.
/// Where everything passed it does not shrink to a point, as one does that
/// draws from the examples again.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Intervals {
    /// Of `recall1`.
    pub recall1: [f64; 2],
    /// Of `recall3`.
    pub recall3: [f64; 2],
    /// Of `recall5`.
    pub recall5: [f64; 2],
    /// Of `mrr`.
    pub mrr: [f64; 2],
    /// Of `ndcg10`.
    pub ndcg10: [f64; 2],
}

/// Lowest figures that pass.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Minimum {
    /// Recall among the first.
    pub recall1: Option<f64>,
    /// Recall among the first three.
    pub recall3: Option<f64>,
    /// Recall among the first five.
    pub recall5: Option<f64>,
    /// Mean reciprocal rank.
    pub mrr: Option<f64>,
    /// Normalised discounted cumulative gain.
    pub ndcg10: Option<f64>,
}

impl Figures {
    /// The figures by their names in JSON, in the order in which they are shown.
    pub fn named(&self) -> [(&'static str, f64); 5] {
        [
            ("recall1", self.recall1),
            ("recall3", self.recall3),
            ("recall5", self.recall5),
            ("mrr", self.mrr),
            ("ndcg10", self.ndcg10),
        ]
    }

    /// These figures less `other`.
    pub(super) fn less(&self, other: &Self) -> Self {
        self.with(|value, number| value - other.named()[number].1)
    }

    /// The intervals of means over `count` examples; none where there are none.
    pub(super) fn intervals(&self, count: usize) -> Option<Intervals> {
        (count > 0).then(|| Intervals {
            recall1: wilson(self.recall1, count),
            recall3: wilson(self.recall3, count),
            recall5: wilson(self.recall5, count),
            mrr: wilson(self.mrr, count),
            ndcg10: wilson(self.ndcg10, count),
        })
    }

    /// Each figure changed by `change`, which is told its place, and rounded.
    fn with(&self, change: impl Fn(f64, usize) -> f64) -> Self {
        let [recall1, recall3, recall5, mrr, ndcg10] = self.named().map(|(_, value)| value);
        Self {
            recall1: rounded(change(recall1, 0)),
            recall3: rounded(change(recall3, 1)),
            recall5: rounded(change(recall5, 2)),
            mrr: rounded(change(mrr, 3)),
            ndcg10: rounded(change(ndcg10, 4)),
        }
    }
}

impl Intervals {
    /// The intervals in the order of [`Figures::named`].
    pub fn values(&self) -> [[f64; 2]; 5] {
        [self.recall1, self.recall3, self.recall5, self.mrr, self.ndcg10]
    }
}

/// Four digits after the point: more than the samples bear.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// E. B. Wilson, Probable inference, the law of succession, and statistical
/// inference (1927).
#[expect(clippy::cast_precision_loss, reason = "counts of examples are small")]
fn wilson(share: f64, count: usize) -> [f64; 2] {
    let count = count as f64;
    let whole = 1.0 + Z * Z / count;
    let middle = share + Z * Z / (2.0 * count);
    let half = Z * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
    [(middle - half) / whole, (middle + half) / whole].map(|it| rounded(it.clamp(0.0, 1.0)))
}

/// Means over pairs of what is expected and what came, best first; pairs that
/// expect nothing do not count. Also how many count.
#[expect(clippy::cast_precision_loss, reason = "counts of examples are small")]
pub(super) fn figures<'a>(
    pairs: impl IntoIterator<Item = (&'a [String], &'a [String])>,
) -> (Figures, usize) {
    let (mut sum, mut count) = (Figures::default(), 0);
    for (expect, got) in pairs.into_iter().filter(|(expect, _)| !expect.is_empty()) {
        count += 1;
        let recall = |k: usize| {
            let found = expect.iter().filter(|path| got.iter().take(k).any(|it| it == *path));
            found.count() as f64 / expect.len() as f64
        };
        let ranks = got.iter().take(DEPTH).enumerate().filter(|(_, path)| expect.contains(path));
        let ranks: Vec<usize> = ranks.map(|(at, _)| at).collect();
        let gain = |at: usize| 1.0 / (at as f64 + 2.0).log2();
        let best: f64 = (0..expect.len().min(DEPTH)).map(gain).sum();
        sum.recall1 += recall(1);
        sum.recall3 += recall(3);
        sum.recall5 += recall(5);
        sum.mrr += ranks.first().map_or(0.0, |at| 1.0 / (*at as f64 + 1.0));
        sum.ndcg10 += ranks.iter().map(|at| gain(*at)).sum::<f64>() / best;
    }
    (sum.with(|value, _| value / count.max(1) as f64), count)
}

/// Figures below the minimum, as `name: value < minimum`.
pub(super) fn below(figures: &Figures, minimum: &Minimum) -> Vec<String> {
    let Minimum { recall1, recall3, recall5, mrr, ndcg10 } = *minimum;
    let rows = figures.named().into_iter().zip([recall1, recall3, recall5, mrr, ndcg10]);
    let missed = rows.filter_map(|((name, value), least)| Some((name, value, least?)));
    missed
        .filter(|(_, value, least)| value < least)
        .map(|(name, value, least)| format!("{name}: {value} < {least}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn figures_are_the_usual_ones() {
        let first = (texts(&["a"]), texts(&["a", "b"]));
        let third = (texts(&["c", "d"]), texts(&["a", "b", "c"]));
        let none = (texts(&[]), texts(&["a"]));
        let pairs = [&first, &third, &none].map(|(expect, got)| (&**expect, &**got));
        let (figures, count) = figures(pairs);
        let shown = format!("{figures:?}");
        let expected = "recall1: 0.5, recall3: 0.75, recall5: 0.75, mrr: 0.6667, ndcg10: 0.6533";
        assert!(shown.contains(expected), "{shown}");
        assert_eq!(count, 2);
    }

    /// Values of R's `prop.test(x, n, correct = FALSE)`.
    #[test]
    fn intervals_are_wilsons() {
        for (share, count, expected) in
            [(0.5, 10, [0.2366, 0.7634]), (1.0, 70, [0.948, 1.0]), (0.0, 3, [0.0, 0.5615])]
        {
            assert_eq!(format!("{:?}", wilson(share, count)), format!("{expected:?}"));
        }
        assert_eq!(Figures::default().intervals(0), None);
    }

    #[test]
    fn what_is_below_is_named() {
        let figures = Figures { recall3: 0.9, ..Figures::default() };
        let minimum = Minimum { recall3: Some(0.93), mrr: Some(0.0), ..Minimum::default() };
        assert_eq!(below(&figures, &minimum), ["recall3: 0.9 < 0.93"]);
    }
}
