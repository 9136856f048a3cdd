//! Two sorted lists walked side by side, so that equal keys meet.

use std::cmp::Ordering;
use std::iter::Peekable;

/// What [`Pairs`] yields: at least one side is there.
pub(super) type Pair<A, B> = (Option<A>, Option<B>);

/// Iterates over two lists that are sorted by the same order.
pub(super) struct Pairs<L: Iterator, R: Iterator, F> {
    left: Peekable<L>,
    right: Peekable<R>,
    order: F,
}

/// Pairs `left` and `right`, both sorted by `order`.
pub(super) fn pairs<L, R, F>(left: L, right: R, order: F) -> Pairs<L::IntoIter, R::IntoIter, F>
where
    L: IntoIterator,
    R: IntoIterator,
    F: Fn(&L::Item, &R::Item) -> Ordering,
{
    Pairs { left: left.into_iter().peekable(), right: right.into_iter().peekable(), order }
}

impl<L, R, F> Iterator for Pairs<L, R, F>
where
    L: Iterator,
    R: Iterator,
    F: Fn(&L::Item, &R::Item) -> Ordering,
{
    type Item = Pair<L::Item, R::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        let order = match (self.left.peek(), self.right.peek()) {
            (None, None) => return None,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(left), Some(right)) => (self.order)(left, right),
        };
        let left = if order.is_le() { self.left.next() } else { None };
        let right = if order.is_ge() { self.right.next() } else { None };
        Some((left, right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn equal_keys_meet() {
        let met: Vec<_> = pairs([1, 2, 4], [2, 3], Ord::cmp).collect();
        assert_eq!(met, [(Some(1), None), (Some(2), Some(2)), (None, Some(3)), (Some(4), None)]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(mut a: Vec<u8>, mut b: Vec<u8>) {
            a.sort_unstable();
            b.sort_unstable();
            let met: Vec<_> = pairs(a.clone(), b.clone(), Ord::cmp).collect();
            prop_assert_eq!(met.iter().filter_map(|pair| pair.0).collect::<Vec<_>>(), a);
            prop_assert_eq!(met.iter().filter_map(|pair| pair.1).collect::<Vec<_>>(), b);
        }
    }
}
