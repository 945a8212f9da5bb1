//! Places between pixels, and sorting by them.

use alloc::vec::Vec;

pub(super) use crate::image::geometry::{Homography as Perspective, Point as Vector, pixel, real};

/// Sorts by a number, the lowest first, equal ones in their order. Keys and places are sorted in one function for all
/// types: the standard library's sorting would be in a browser's download once for each.
pub(super) fn sort_by<T>(items: &mut Vec<T>, key: impl Fn(&T) -> f32) {
    let order = sorted(items.iter().map(key).zip(0..).collect());
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, place)| taken[place].take()));
}

#[inline(never)]
fn sorted(mut keys: Vec<(f32, usize)>) -> Vec<(f32, usize)> {
    keys.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    keys
}
