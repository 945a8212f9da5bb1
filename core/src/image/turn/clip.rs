//! Frames as they come.

use alloc::vec::Vec;

use thiserror::Error;

use super::{
    evidence::Evidence,
    flow::{Flow, Pyramid},
    judge,
    script::Script,
};
use crate::image::luma::Luma;

/// Columns and rows of a frame's small copy, by which repeated stretches are found.
pub(super) const THUMB: (usize, usize) = (16, 12);

/// Why a frame is not taken. The clip goes on without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WatchError {
    /// Its size is not that of the first frame.
    #[error("every frame of a clip must have the size of the first one")]
    SizeChanged,
    /// A side is below [`Watch::LEAST_SIDE`] pixels.
    #[error("a frame must be at least 120 pixels wide and high")]
    TooSmall,
    /// It is not later than the frame before.
    #[error("frames must come in the order of their times")]
    TimeBackwards,
    /// There are [`Watch::MOST_FRAMES`] already.
    #[error("the clip has too many frames")]
    TooMany,
}

impl WatchError {
    /// Every variant, in the order of the list of codes.
    pub const ALL: [Self; 4] = [Self::SizeChanged, Self::TooSmall, Self::TimeBackwards, Self::TooMany];

    /// The stable code that crosses every border.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::SizeChanged => "turn_frame_size_changed",
            Self::TooSmall => "turn_frame_too_small",
            Self::TimeBackwards => "turn_frame_time_backwards",
            Self::TooMany => "turn_frames_too_many",
        }
    }
}

/// What is kept of a frame and of the way to it from the one before.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) at: u32,
    /// Mean grey of each part of the frame, row by row, in 256ths of a level.
    pub(super) thumb: Vec<u16>,
    /// How steep the steepest edge of each part is: 1 within two pixels, a quarter within eight; `None` without an edge.
    pub(super) acuity: Vec<Option<f32>>,
    /// Mean difference from the frame before, levels; 0 for the first.
    pub(super) change: f32,
    /// The way of its corners to this frame from the one before; nothing for the first.
    pub(super) flow: Flow,
}

/// Looks on while a head turns: takes the frames one by one and keeps of each only how it moved.
#[derive(Clone, Debug)]
pub struct Watch {
    script: Script,
    size: Option<(usize, usize)>,
    last: Option<Pyramid>,
    seen: Vec<Seen>,
}

impl Watch {
    /// Least width and height of a frame, pixels.
    pub const LEAST_SIDE: usize = 120;
    /// Most frames of a clip: a minute at ten a second.
    pub const MOST_FRAMES: usize = 600;

    /// Begins a clip.
    #[must_use]
    pub fn new(script: Script) -> Self {
        Self { script, size: None, last: None, seen: Vec::new() }
    }

    /// Frames so far.
    #[must_use]
    pub fn frames(&self) -> usize {
        self.seen.len()
    }

    /// Takes the next frame: grey, not mirrored, about 320 pixels wide; `at`: milliseconds, on the clock of the prompts.
    ///
    /// # Errors
    /// See [`WatchError`]; the frame then is not part of the clip.
    pub fn push(&mut self, frame: Luma<'_>, at: u32) -> Result<(), WatchError> {
        let size = (frame.width(), frame.height());
        if size.0.min(size.1) < Self::LEAST_SIDE {
            return Err(WatchError::TooSmall);
        }
        if self.size.is_some_and(|first| first != size) {
            return Err(WatchError::SizeChanged);
        }
        if self.seen.last().is_some_and(|last| at <= last.at) {
            return Err(WatchError::TimeBackwards);
        }
        if self.seen.len() >= Self::MOST_FRAMES {
            return Err(WatchError::TooMany);
        }
        self.size = Some(size);
        let pyramid = Pyramid::of(frame);
        let (flow, change) = match &self.last {
            Some(last) => (last.flow(&pyramid), mean_difference(last.grey(), pyramid.grey())),
            None => (Flow::default(), 0.0),
        };
        let (thumb, acuity) = parts(&pyramid);
        self.seen.push(Seen { at, thumb, acuity, change, flow });
        self.last = Some(pyramid);
        Ok(())
    }

    /// What the clip shows.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        let (width, height) = self.last.as_ref().map_or((0, 0), |last| (last.width(), last.height()));
        judge::evidence(&self.script, &self.seen, (width, height))
    }
}

#[allow(clippy::cast_precision_loss, reason = "256ths of a level are exact, and there are at most 65,280 of them")]
fn mean_difference(a: &[u8], b: &[u8]) -> f32 {
    // 64 bits: with a word of the machine a browser's sum would overflow where a server's does not.
    let sum: u64 = a.iter().zip(b).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    (sum * 256 / (a.len() as u64).max(1)) as f32 / 256.0
}

/// An edge steps up or down by so many levels within eight pixels.
const LEAST_EDGE: u8 = 28;

fn parts(pyramid: &Pyramid) -> (Vec<u16>, Vec<Option<f32>>) {
    let (columns, rows) = THUMB;
    let (width, height) = (pyramid.width(), pyramid.height());
    let grey = pyramid.grey();
    let (mut means, mut acuity) = (Vec::with_capacity(columns * rows), Vec::with_capacity(columns * rows));
    for row in 0..rows {
        for column in 0..columns {
            let (left, right) = (column * width / columns, (column + 1) * width / columns);
            let (top, bottom) = (row * height / rows, (row + 1) * height / rows);
            let (mut sum, mut near, mut far) = (0_u32, 0, 0);
            for y in top..bottom {
                let line = &grey[y * width..][..width];
                for x in left..right {
                    sum += u32::from(line[x]);
                    if x >= 4 && x + 4 < width {
                        near = near.max(line[x + 1].abs_diff(line[x - 1]));
                        far = far.max(line[x + 4].abs_diff(line[x - 4]));
                    }
                }
            }
            let count = u32::try_from((right - left) * (bottom - top)).unwrap_or(u32::MAX).max(1);
            means.push(u16::try_from(u64::from(sum) * 256 / u64::from(count)).unwrap_or(u16::MAX));
            acuity.push((far >= LEAST_EDGE).then(|| f32::from(near) / f32::from(far)));
        }
    }
    (means, acuity)
}
