//! Places between pixels, and sorting by them.

use alloc::collections::BinaryHeap;
use alloc::vec::Vec;

pub(super) use crate::image::geometry::{Homography as Perspective, Point as Vector, pixel, real};

/// Sorts by a number, the lowest first, equal ones in their order. Keys and places are sorted in one function for all
/// types, by a heap: the standard library's sorting would be in a browser's download once for each, and takes ten times
/// as much of it.
pub(super) fn sort_by<T>(items: &mut Vec<T>, key: impl Fn(&T) -> f32) {
    let order = sorted(items.iter().map(|item| ordered(key(item))).zip(0..).collect());
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, place)| taken[place].take()));
}

#[inline(never)]
fn sorted(keys: Vec<(u32, usize)>) -> Vec<(u32, usize)> {
    BinaryHeap::from(keys).into_sorted_vec()
}

/// A whole number that is as large among its like as `key` is by [`f32::total_cmp`].
fn ordered(key: f32) -> u32 {
    let bits = key.to_bits();
    if key.is_sign_negative() { !bits } else { bits | 1 << 31 }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    /// Another order of candidates reads other codes of a noisy picture.
    #[test]
    fn sorts_as_the_standard_library_does() {
        let keys = [2.5, -1.0, 0.0, -0.0, f32::NAN, 1e-40, -1e-40, f32::INFINITY, -f32::NAN, -3e38, 2.5, -1.0, 7.0];
        let mut items: Vec<(f32, usize)> = keys.into_iter().cycle().zip(0..).take(100).collect();
        let mut expected = items.clone();
        sort_by(&mut items, |&(key, _)| key);
        expected.sort_by(|a, b| a.0.total_cmp(&b.0));
        let places = |items: &[(f32, usize)]| items.iter().map(|&(_, place)| place).collect::<Vec<_>>();
        assert_eq!(places(&items), places(&expected));
        sort_by(&mut vec![0.0; 0], |&key| key);
    }
}
