//! How a head moves when it is told to turn.

use serde::Serialize;

use super::{Act, Prompt};
use crate::{maths::smoothstep, noise::Noise, rng::Rng};

/// Which way, as the person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// To the person's left: to the right of the picture.
    Left,
    /// To the person's right.
    Right,
}

impl Turn {
    /// +1 to the left, −1 to the right.
    #[must_use]
    pub fn sign(self) -> f32 {
        if self == Self::Left { 1.0 } else { -1.0 }
    }

    fn other(self) -> Self {
        if self == Self::Left { Self::Right } else { Self::Left }
    }
}

/// One movement out and back.
#[derive(Debug, Clone, Copy)]
struct Swing {
    begins: f32,
    out: f32,
    hold: f32,
    back: f32,
    degrees: f32,
}

/// A head's way through a film.
#[derive(Debug, Clone)]
pub(super) struct Path {
    swings: Vec<Swing>,
    noise: Noise,
    restless: f32,
}

/// Where a head looks, degrees, and how it has shifted, millimetres.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pose {
    pub(super) yaw: f32,
    pub(super) pitch: f32,
    pub(super) roll: f32,
    pub(super) shift: [f32; 3],
    pub(super) blink: bool,
}

/// What is asked for: two to four turns in random order.
pub(super) fn prompts(rng: &mut Rng) -> Vec<Prompt> {
    let mut at = rng.within(800.0, 1_500.0);
    let count = 2 + rng.below(3);
    let mut all: Vec<Prompt> = Vec::new();
    for index in 0..count {
        let mut turn = if rng.chance(0.5) { Turn::Left } else { Turn::Right };
        // Both directions occur in every script.
        if index == count - 1 && all.iter().all(|prompt| prompt.direction == turn) {
            turn = turn.other();
        }
        all.push(Prompt { direction: turn, at: at as u32 });
        at += rng.within(2_300.0, 3_200.0);
    }
    all
}

impl Path {
    pub(super) fn draw(rng: &mut Rng, prompts: &[Prompt], act: Act) -> Self {
        let contrary = rng.below(prompts.len());
        let swings = prompts
            .iter()
            .enumerate()
            .map(|(index, prompt)| {
                let turn = if act == Act::WrongOrder && index == contrary {
                    prompt.direction.other()
                } else {
                    prompt.direction
                };
                let (out, back) = if act == Act::TooFast {
                    (rng.within(90.0, 150.0), rng.within(90.0, 180.0))
                } else {
                    (rng.within(600.0, 1_150.0), rng.within(550.0, 950.0))
                };
                let degrees = if act == Act::NoTurn { rng.within(0.0, 4.0) } else { rng.within(20.0, 44.0) };
                Swing {
                    begins: prompt.at as f32 + rng.within(180.0, 520.0),
                    out,
                    hold: rng.within(60.0, 420.0),
                    back,
                    degrees: degrees * turn.sign(),
                }
            })
            .collect();
        Self { swings, noise: Noise(rng.bits()), restless: rng.within(0.5, 1.6) }
    }

    /// How far it went after each prompt.
    pub(super) fn extents(&self) -> Vec<f32> {
        self.swings.iter().map(|swing| swing.degrees).collect()
    }

    pub(super) fn at(&self, time: f32) -> Pose {
        let wander = |row: f32, seconds: f32| self.noise.at(time / (seconds * 1_000.0), row) * self.restless;
        let swung: f32 = self
            .swings
            .iter()
            .map(|swing| {
                let out = smoothstep(swing.begins, swing.begins + swing.out, time);
                let returns = swing.begins + swing.out + swing.hold;
                swing.degrees * (out - smoothstep(returns, returns + swing.back, time))
            })
            .sum();
        let yaw = swung + 1.5 * wander(1.5, 0.9);
        let share = swung / 40.0;
        Pose {
            yaw,
            pitch: 2.0 * wander(4.5, 1.1) - 3.0 * share.abs() * self.noise.at(3.5, 90.5),
            roll: 1.2 * wander(7.5, 1.3) + 4.0 * share * self.noise.at(9.5, 60.5),
            shift: [
                4.0 * wander(11.5, 1.4) + 12.0 * share * self.noise.at(2.5, 40.5),
                3.0 * wander(14.5, 1.2),
                9.0 * wander(17.5, 1.8),
            ],
            blink: self.noise.at(time / 190.0, 33.5) > 0.82,
        }
    }
}
