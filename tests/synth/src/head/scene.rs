//! The room behind the head, the camera's hand, its exposure and its noise.

use super::{
    model::Noise,
    raster::{Light, Texture, unit},
};
use crate::{
    maths::{from_light, mix, sin_cos, smoothstep},
    rng::Rng,
};

/// A slow wandering about 0, a sum of three sines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wander([[f32; 3]; 3]);

impl Wander {
    /// `size`: about the largest value. `fastest`: cycles per second.
    pub(super) fn new(rng: &mut Rng, size: f32, fastest: f32) -> Self {
        Self([0.5, 0.3, 0.2].map(|share| {
            [size * share, fastest * rng.within(0.2, 1.0), rng.within(0.0, std::f32::consts::TAU)]
        }))
    }

    /// At a time in seconds.
    pub(super) fn at(&self, time: f32) -> f32 {
        self.0.iter().map(|[size, often, begin]| size * sin_cos(begin + time * often * std::f32::consts::TAU).0).sum()
    }
}

/// What is behind, twice as large as the picture.
#[derive(Debug)]
pub(super) struct Room {
    wall: Texture,
    walker: Option<Walker>,
}

/// Somebody or something that moves behind.
#[derive(Debug)]
struct Walker {
    from: f32,
    speed: f32,
    high: f32,
    wide: f32,
    level: f32,
}

impl Room {
    pub(super) fn draw(rng: &mut Rng, width: usize, height: usize, may_move: bool) -> Self {
        let noise = Noise(rng.bits());
        let (base, grain) = (rng.within(0.08, 0.7), rng.within(0.01, 0.08));
        let kind = rng.below(6);
        let mut boxes = Vec::new();
        for _ in 0..rng.below(40) + 8 {
            boxes.push([rng.unit(), rng.unit(), rng.within(0.02, 0.2), rng.within(0.02, 0.3), rng.within(0.02, 0.9)]);
        }
        let window = [rng.within(0.1, 0.6), rng.within(0.0, 0.4), rng.within(0.15, 0.3), rng.within(0.2, 0.5)];
        let pitch = rng.within(12.0, 40.0);
        let wall = Texture::drawn(width * 2, height * 2, |u, v| {
            let mut level = base * (1.0 + grain * noise.at(u * 300.0, v * 300.0) + 0.25 * noise.rough(u * 5.0, v * 5.0));
            match kind {
                // Boxes and shelves.
                0 | 1 => {
                    for [x, y, wide, high, tone] in &boxes {
                        if (u - x).abs() < wide / 2.0 && (v - y).abs() < high / 2.0 {
                            level = tone * (1.0 + 0.2 * noise.at(u * 60.0, v * 60.0));
                        }
                    }
                }
                // A window that is brighter than the room.
                2 => {
                    let [x, y, wide, high] = window;
                    if u > x && u < x + wide && v > y && v < y + high {
                        level = 0.85 + 0.1 * noise.rough(u * 20.0, v * 20.0);
                    }
                }
                // Tools on a pegboard: dots and strokes.
                3 => {
                    let dot = (((u * pitch * 2.0).fract() - 0.5).abs() < 0.12) && (((v * pitch * 2.0).fract() - 0.5).abs() < 0.12);
                    level *= if dot { 0.4 } else { 1.0 };
                    for [x, y, wide, high, tone] in &boxes {
                        if (u - x).abs() < wide / 8.0 && (v - y).abs() < high / 2.0 {
                            level = *tone;
                        }
                    }
                }
                // Lines of print, blinds.
                4 => level *= if ((v * pitch).fract() - 0.5).abs() < 0.25 && noise.at(u * pitch * 3.0, (v * pitch).floor()) > -0.3 { 0.55 } else { 1.0 },
                // A plain wall.
                _ => level = mix(level, base, 0.5),
            }
            level.clamp(0.01, 1.0)
        });
        let walker = (may_move && rng.chance(0.35)).then(|| Walker {
            from: rng.within(-0.3, 1.3),
            speed: rng.within(-0.12, 0.12),
            high: rng.within(0.25, 0.7),
            wide: rng.within(0.04, 0.11),
            level: rng.within(0.03, 0.8),
        });
        Self { wall, walker }
    }

    /// The picture of the wall through a camera moved by `shift` pixels and turned by `roll` radians.
    pub(super) fn look(&self, width: usize, height: usize, shift: [f32; 2], roll: f32, time: f32) -> Vec<f32> {
        let (sin, cos) = sin_cos(roll);
        let (wide, high) = (width as f32, height as f32);
        let mut out = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let (dx, dy) = (x as f32 + 0.5 - wide / 2.0, y as f32 + 0.5 - high / 2.0);
                let (u, v) = (dx * cos - dy * sin - shift[0] + wide, dx * sin + dy * cos - shift[1] + high);
                let mut level = self.wall.at(u / (wide * 2.0), v / (high * 2.0));
                if let Some(walker) = &self.walker {
                    let middle = (walker.from + walker.speed * time) * wide;
                    let (from_middle, above) = ((dx - shift[0] + wide / 2.0 - middle).abs(), (dy - shift[1] + high / 2.0) / high);
                    if from_middle < walker.wide * wide && above > 1.0 - walker.high {
                        level = walker.level;
                    }
                }
                out.push(level);
            }
        }
        out
    }
}

/// The light on the person, and how it changes.
#[derive(Debug)]
pub(super) struct Lamp {
    side: f32,
    up: f32,
    ambient: f32,
    direct: f32,
    wander: Wander,
}

impl Lamp {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let ambient = rng.within(0.35, 0.75);
        Self {
            side: rng.within(-0.9, 0.9),
            up: rng.within(0.0, 0.9),
            ambient,
            direct: rng.within(0.25, 1.0 - ambient * 0.6),
            wander: Wander::new(rng, 0.25, 0.3),
        }
    }

    pub(super) fn at(&self, time: f32) -> Light {
        let sway = self.wander.at(time);
        Light { from: unit([self.side + sway, self.up, 1.0]), ambient: self.ambient, direct: self.direct * (1.0 + 0.4 * sway) }
    }
}

/// What the sensor makes of light.
#[derive(Debug)]
pub(super) struct Sensor {
    gain: f32,
    drift: Wander,
    noise: f32,
    blur: f32,
}

impl Sensor {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        Self {
            gain: rng.within(0.75, 1.25),
            drift: Wander::new(rng, 0.08, 0.4),
            noise: rng.within(0.6, 3.5),
            blur: rng.within(0.3, 0.8),
        }
    }

    /// The same camera in another light, or out of focus.
    pub(super) fn with(self, gain: f32, blur: f32) -> Self {
        Self { gain: self.gain * gain, blur: self.blur.max(blur), ..self }
    }

    pub(super) fn expose(&self, light: &[f32], width: usize, height: usize, time: f32, rng: &mut Rng) -> Vec<u8> {
        let gain = self.gain * (1.0 + self.drift.at(time));
        let soft = blurred(light, width, height, self.blur);
        soft.iter()
            .map(|level| {
                let grey = 255.0 * from_light((level * gain).clamp(0.0, 1.0)) + self.noise * rng.normal();
                grey.clamp(0.0, 255.0).round() as u8
            })
            .collect()
    }
}

/// A Gaussian blur; `sigma` in pixels.
pub(super) fn blurred(levels: &[f32], width: usize, height: usize, sigma: f32) -> Vec<f32> {
    if sigma < 0.2 {
        return levels.to_vec();
    }
    let reach = (sigma * 3.0).ceil() as usize;
    let mut kernel: Vec<f32> =
        (0..=reach).map(|step| crate::maths::exp(-((step * step) as f32) / (2.0 * sigma * sigma))).collect();
    let sum = kernel[0] + 2.0 * kernel[1..].iter().sum::<f32>();
    kernel.iter_mut().for_each(|weight| *weight /= sum);
    let pass = |from: &[f32], count: usize, length: usize, start: fn(usize, usize) -> usize, step: usize| {
        let mut out = vec![0.0; from.len()];
        for line in 0..count {
            let first = start(line, length);
            for at in 0..length {
                let value = |place: usize| from[first + place * step];
                let mut total = kernel[0] * value(at);
                for (away, weight) in kernel.iter().enumerate().skip(1) {
                    total += weight * (value(at.saturating_sub(away)) + value((at + away).min(length - 1)));
                }
                out[first + at * step] = total;
            }
        }
        out
    };
    let rows = pass(levels, height, width, |line, length| line * length, 1);
    pass(&rows, width, height, |line, _| line, width)
}

/// From 0 to 1 with a gentle begin and end.
pub(super) fn ease(from: f32, to: f32, time: f32) -> f32 {
    smoothstep(from, to, time)
}
