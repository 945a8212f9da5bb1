//! The room behind a person: a wall, furniture, a window, and somebody who walks by.

use super::mesh::View;
use crate::{maths::smoothstep, noise::Noise, rng::Rng};

/// A room as a picture larger than the frame.
#[derive(Debug, Clone)]
pub(super) struct Room {
    width: usize,
    height: usize,
    light: Vec<f32>,
    walker: Option<Walker>,
}

/// Somebody behind the person.
#[derive(Debug, Clone, Copy)]
struct Walker {
    starts: f32,
    speed: f32,
    tone: f32,
    wide: f32,
}

/// How much larger the picture of the room is than the frame.
const AROUND: f32 = 1.35;

impl Room {
    pub(super) fn draw(rng: &mut Rng, width: usize, height: usize) -> Self {
        let (width, height) = ((width as f32 * AROUND) as usize, (height as f32 * AROUND) as usize);
        let noise = Noise(rng.bits());
        let wall = rng.within(0.12, 0.6);
        let mut light: Vec<f32> = (0..width * height)
            .map(|index| {
                let (x, y) = ((index % width) as f32, (index / width) as f32);
                wall * (1.0 + 0.25 * noise.at(x / 160.0, y / 160.0) + 0.05 * noise.at(x / 3.0, y / 3.0))
            })
            .collect();
        let scale = height as f32 / 640.0;
        for _ in 0..8 + rng.below(14) {
            let (w, h) = (rng.within(20.0, 190.0) * scale, rng.within(20.0, 240.0) * scale);
            let (x, y) = (rng.within(-0.1, 0.95) * width as f32, rng.within(-0.1, 0.95) * height as f32);
            let tone = if rng.chance(0.12) { rng.within(1.0, 1.8) } else { rng.within(0.02, 0.8) };
            let bars = if rng.chance(0.4) { rng.within(5.0, 16.0) * scale } else { 0.0 };
            for row in (y.max(0.0) as usize)..((y + h).max(0.0) as usize).min(height) {
                for column in (x.max(0.0) as usize)..((x + w).max(0.0) as usize).min(width) {
                    // Books on a shelf, slats of a blind.
                    let shade = if bars > 0.0 { 0.7 + 0.45 * noise.at((column as f32 / bars).floor(), y) } else { 1.0 };
                    let grain = 1.0 + 0.1 * noise.at(column as f32 / 4.0, row as f32 / 4.0);
                    light[row * width + column] = tone * shade * grain;
                }
            }
        }
        // It is behind the plane of focus.
        for _ in 0..2 + rng.below(3) {
            soften(&mut light, width, height);
        }
        let walker = rng.chance(0.4).then(|| Walker {
            starts: rng.within(-0.4, 0.6),
            speed: rng.within(-0.16, 0.16),
            tone: rng.within(0.03, 0.4),
            wide: rng.within(0.06, 0.14),
        });
        Self { width, height, light, walker }
    }

    /// Fills a view; `shift`: pixels that the room has moved, `time`: seconds.
    pub(super) fn fill(&self, view: &mut View, shift: [f32; 2], time: f32, level: f32) {
        let (left, top) =
            ((self.width - view.width) as f32 / 2.0 - shift[0], (self.height - view.height) as f32 / 2.0 - shift[1]);
        let walks = self.walker.map(|walker| (walker.starts + walker.speed * time).rem_euclid(1.4) - 0.2);
        for y in 0..view.height {
            let v = (y as f32 + top).clamp(0.0, (self.height - 2) as f32);
            let row = v as usize;
            let sv = v - row as f32;
            for x in 0..view.width {
                let u = (x as f32 + left).clamp(0.0, (self.width - 2) as f32);
                let column = u as usize;
                let su = u - column as f32;
                let at = row * self.width + column;
                let upper = self.light[at] + (self.light[at + 1] - self.light[at]) * su;
                let lower =
                    self.light[at + self.width] + (self.light[at + self.width + 1] - self.light[at + self.width]) * su;
                let mut light = upper + (lower - upper) * sv;
                if let (Some(walker), Some(middle)) = (self.walker, walks) {
                    let away = ((u / self.width as f32 - middle) / walker.wide).abs();
                    if away > 1.1 {
                        view.light[y * view.width + x] = light * level;
                        continue;
                    }
                    let tall = smoothstep(0.22, 0.3, v / self.height as f32 + 0.25 * (away - 0.5).max(0.0));
                    let there = (1.0 - smoothstep(0.9, 1.1, away)) * tall;
                    light += (walker.tone - light) * there;
                }
                view.light[y * view.width + x] = light * level;
            }
        }
        view.depth.fill(f32::MAX);
    }
}

/// The mean with the neighbours, in both directions.
fn soften(light: &mut [f32], width: usize, height: usize) {
    let mut row = vec![0.0; width];
    for line in light.chunks_exact_mut(width) {
        row.copy_from_slice(line);
        for x in 1..width - 1 {
            line[x] = 0.25 * (row[x - 1] + row[x + 1]) + 0.5 * row[x];
        }
    }
    for x in 0..width {
        let mut above = light[x];
        for y in 1..height - 1 {
            let here = light[y * width + x];
            light[y * width + x] = 0.25 * (above + light[(y + 1) * width + x]) + 0.5 * here;
            above = here;
        }
    }
}
