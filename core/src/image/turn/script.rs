//! What the server drew: which way to turn, and when.

use alloc::vec::Vec;

use thiserror::Error;

/// Which way to turn, as the person sees it. To the person's left is to the right of a picture that is not mirrored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the person's left.
    Left,
    /// To the person's right.
    Right,
}

impl Direction {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Left, Self::Right].into_iter().find(|direction| direction.code() == code)
    }

    /// +1 to the left, −1 to the right.
    pub(super) fn sign(self) -> f64 {
        if self == Self::Left { 1.0 } else { -1.0 }
    }

    /// The direction of an angle, positive to the left.
    pub(super) fn of(degrees: f64) -> Self {
        if degrees >= 0.0 { Self::Left } else { Self::Right }
    }
}

/// One turn that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Which way.
    pub direction: Direction,
    /// When it was shown, milliseconds on the clock of the frames.
    pub at: u32,
}

/// The turns of one clip, in their order: 1 to 8, each at least a second after the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script(Vec<Prompt>);

/// Why turns are not a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// There are none, or more than [`Script::MOST`].
    #[error("a script has 1 to 8 turns")]
    Length,
    /// Two follow each other within [`Script::APART`], or in the wrong order.
    #[error("each turn must be shown at least a second after the one before")]
    Order,
}

impl ScriptError {
    /// Every variant, in the order of the list of codes.
    pub const ALL: [Self; 2] = [Self::Length, Self::Order];

    /// The stable code that crosses every border.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length => "turn_script_length",
            Self::Order => "turn_script_order",
        }
    }
}

impl Script {
    /// Most turns.
    pub const MOST: usize = 8;
    /// Least time between two, milliseconds.
    pub const APART: u32 = 1_000;

    /// Takes turns in their order.
    ///
    /// # Errors
    /// See [`ScriptError`].
    pub fn new(prompts: Vec<Prompt>) -> Result<Self, ScriptError> {
        if prompts.is_empty() || prompts.len() > Self::MOST {
            return Err(ScriptError::Length);
        }
        let apart = |pair: &[Prompt]| pair[0].at.checked_add(Self::APART).is_some_and(|soonest| soonest <= pair[1].at);
        if !prompts.windows(2).all(apart) {
            return Err(ScriptError::Order);
        }
        Ok(Self(prompts))
    }

    /// The turns.
    #[must_use]
    pub fn prompts(&self) -> &[Prompt] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;

    #[test]
    fn a_script_is_in_order_and_leaves_time_to_turn() {
        let prompt = |at| Prompt { direction: Direction::Left, at };
        assert_eq!(Script::new(vec![]), Err(ScriptError::Length));
        assert_eq!(Script::new((0..9).map(|k| prompt(k * 2_000)).collect()), Err(ScriptError::Length));
        assert_eq!(Script::new(vec![prompt(1_000), prompt(1_999)]), Err(ScriptError::Order));
        assert_eq!(Script::new(vec![prompt(3_000), prompt(1_000)]), Err(ScriptError::Order));
        assert_eq!(Script::new(vec![prompt(u32::MAX - 5), prompt(u32::MAX)]), Err(ScriptError::Order));
        assert!(Script::new(vec![prompt(1_000), prompt(2_000)]).is_ok());
    }
}
