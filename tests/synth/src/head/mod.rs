//! Films of heads that turn as they are told, and of things that only look like it.
//!
//! A head is a solid: nose, brow, eyes, lips, chin, ears, hair, glasses on a mesh, in front of a room with its own life, seen
//! by a camera that a hand holds. Attacks use the same heads: as a photo that is moved, turned or bent, as a clip that stands
//! still, runs in a loop, turns in another order or too fast, as two heads or none. Nothing here is a photograph of anyone.
//!
//! Left and right are the person's own: to the person's left is to the right of the picture, which is not mirrored.

mod mesh;
mod motion;
mod person;
mod room;
mod stage;

use serde::Serialize;

pub use motion::Turn;
pub use person::Person;
pub use stage::{film, film_some};

use crate::maths::Point;

/// One turn that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// Which way.
    pub direction: Turn,
    /// When it is shown, milliseconds on the clock of the frames.
    pub at: u32,
}

/// What the film shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// A person who turns as told.
    Genuine,
    /// A printed photo that is pushed from side to side.
    PhotoMoved,
    /// A printed photo that is turned about its upright axis.
    PhotoTurned,
    /// A printed photo that is bent to a cylinder and turned.
    PhotoBent,
    /// A person; from some time on the picture stands still.
    Frozen,
    /// The same, filmed anew: the picture stands still and the sensor's noise does not.
    FrozenNoisy,
    /// A short stretch of a person, again and again.
    Loop,
    /// The same, filmed anew: each time with fresh noise.
    LoopNoisy,
    /// A person who turns in another order than told.
    WrongOrder,
    /// A person who turns so fast that nothing can be followed.
    TooFast,
    /// A person who hardly moves.
    NoTurn,
    /// Two people who both turn.
    TwoHeads,
    /// The room alone.
    NoHead,
    /// A person in the dark.
    Dark,
    /// A person out of focus.
    Blurred,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Genuine,
        Self::PhotoMoved,
        Self::PhotoTurned,
        Self::PhotoBent,
        Self::Frozen,
        Self::FrozenNoisy,
        Self::Loop,
        Self::LoopNoisy,
        Self::WrongOrder,
        Self::TooFast,
        Self::NoTurn,
        Self::TwoHeads,
        Self::NoHead,
        Self::Dark,
        Self::Blurred,
    ];
}

/// One frame.
#[derive(Debug, Clone, PartialEq)]
pub struct Grey {
    /// When, milliseconds from the start.
    pub at: u32,
    /// `width × height` levels, row by row, 0 = black, sRGB-coded; none where this frame was not asked for.
    pub luma: Vec<u8>,
    /// What is true of it.
    pub truth: HeadTruth,
}

/// The truth about one frame.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HeadTruth {
    /// Turned to the person's left, degrees; of a photo, how far the photo is turned.
    pub yaw: f32,
    /// Raised, degrees.
    pub pitch: f32,
    /// Middle of the head in the frame, pixels; of a photo, of the head on it. None without a head.
    pub centre: Option<Point>,
    /// Half of the head's width in the frame, pixels.
    pub half_width: f32,
    /// Half of its height, pixels.
    pub half_height: f32,
}

/// A film with the truth about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Clip {
    /// What it was drawn from.
    pub seed: u64,
    /// What it shows.
    pub act: Act,
    /// Pixels across each frame.
    pub width: usize,
    /// Pixels down.
    pub height: usize,
    /// What was asked for.
    pub prompts: Vec<Prompt>,
    /// What was done instead or as well, in the same order: where the head went after each prompt, degrees to the left.
    pub done: Vec<f32>,
    /// About ten a second.
    pub frames: Vec<Grey>,
    /// Who is in it.
    pub person: Person,
}
