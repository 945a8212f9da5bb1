//! The small plane that is searched, and the same without what is thin and dark.

use alloc::vec::Vec;

use super::super::geometry::{Point, real};
use super::super::{luma::Luma, shrink::shrink};

/// Longest side of the small plane, in pixels: a document of half the frame's width has 160 of them, so that a corner
/// is placed to about one in a hundred before it is refined in full size.
const SMALL_SIDE: usize = 320;

/// Dark strokes up to twice as wide are closed, in pixels of the small plane: print and the lines of ruled paper.
const STROKE: usize = 2;

/// The small plane. Kept by the caller, so that a frame allocates nothing.
#[derive(Default)]
pub(super) struct Small {
    pub(super) width: usize,
    pub(super) height: usize,
    /// How many pixels of the picture make one of these, along a side.
    pub(super) factor: usize,
    pub(super) grey: Vec<u8>,
    /// The same after a grey-scale closing (Serra 1982): the paper without its print. White paper on white paper is told
    /// apart here, where neither print nor squares have edges.
    pub(super) paper: Vec<u8>,
    spare: Vec<u8>,
    columns: Vec<u16>,
}

impl Small {
    /// Means of squares of the picture. Without width and height when there are too few to search.
    pub(super) fn fill(&mut self, luma: Luma<'_>) {
        self.factor = luma.width().max(luma.height()).div_ceil(SMALL_SIDE).max(1);
        (self.width, self.height) = shrink(luma, self.factor, &mut self.columns, &mut self.grey);
        if self.width < 8 || self.height < 8 {
            (self.width, self.height) = (0, 0);
            return;
        }
        self.paper.resize(self.grey.len(), 0);
        self.spare.resize(self.grey.len(), 0);
        spread_across(&self.grey, &mut self.spare, self.width, u8::max);
        spread_down(&self.spare, &mut self.paper, self.width, u8::max);
        spread_across(&self.paper, &mut self.spare, self.width, u8::min);
        spread_down(&self.spare, &mut self.paper, self.width, u8::min);
    }

    /// Whether a place, from the middle of the plane, is in the frame.
    pub(super) fn holds(&self, at: Point) -> bool {
        let half = self.middle();
        at.x.abs() <= half.x && at.y.abs() <= half.y
    }

    /// Where places of lines count from.
    pub(super) fn middle(&self) -> Point {
        Point::new(real(self.width) / 2.0, real(self.height) / 2.0)
    }
}

/// Each pixel with the most (or least) of its row within [`STROKE`].
fn spread_across(from: &[u8], into: &mut [u8], width: usize, pick: impl Fn(u8, u8) -> u8) {
    for (from, into) in from.chunks_exact(width).zip(into.chunks_exact_mut(width)) {
        into.copy_from_slice(from);
        for away in 1..=STROKE {
            for (into, &other) in into.iter_mut().zip(&from[away..]) {
                *into = pick(*into, other);
            }
            for (into, &other) in into[away..].iter_mut().zip(from) {
                *into = pick(*into, other);
            }
        }
    }
}

/// The same down the columns.
fn spread_down(from: &[u8], into: &mut [u8], width: usize, pick: impl Fn(u8, u8) -> u8) {
    into.copy_from_slice(from);
    for away in 1..=STROKE {
        for (into, &other) in into.iter_mut().zip(&from[away * width..]) {
            *into = pick(*into, other);
        }
        for (into, &other) in into[away * width..].iter_mut().zip(from) {
            *into = pick(*into, other);
        }
    }
}
