//! A person's head and shoulders, drawn from a seed: shape and skin, nobody's likeness.

use std::{f32::consts::PI, sync::Arc};

use super::raster::{Surface, Texture, V3, Vertex};
use crate::{
    maths::{mix, sin_cos, smoothstep},
    rng::Rng,
};

/// How light skin is, five tones from dark to light (levels of light, not of sRGB).
pub const SKIN_TONES: [f32; 5] = [0.16, 0.27, 0.40, 0.55, 0.70];

/// A person: surfaces that turn with the head, and surfaces that stay with the body.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) head: Vec<Surface>,
    pub(super) body: Vec<Surface>,
    pub(super) tone: usize,
    pub(super) glasses: bool,
}

/// Soft noise in −1 to 1 that depends on the place and a seed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noise(pub(super) u64);

impl Noise {
    fn corner(self, x: i64, y: i64) -> f32 {
        let mut word = self.0 ^ (x as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (y as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
        word = (word ^ (word >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 32)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (word >> 40) as f32 / 8_388_608.0 - 1.0
    }

    pub(super) fn at(self, x: f32, y: f32) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (dx, dy) = (smoothstep(0.0, 1.0, x - left), smoothstep(0.0, 1.0, y - top));
        let (left, top) = (left as i64, top as i64);
        let above = mix(self.corner(left, top), self.corner(left + 1, top), dx);
        let below = mix(self.corner(left, top + 1), self.corner(left + 1, top + 1), dx);
        mix(above, below, dy)
    }

    /// Four octaves.
    pub(super) fn rough(self, x: f32, y: f32) -> f32 {
        self.at(x, y) * 0.5 + self.at(x * 2.0, y * 2.0) * 0.25 + self.at(x * 4.1, y * 4.1) * 0.15 + self.at(x * 8.3, y * 8.3) * 0.1
    }
}

/// 1 in the middle, 0 outside, soft between; `x`, `y` in half widths.
fn spot(x: f32, y: f32) -> f32 {
    1.0 - smoothstep(0.7, 1.1, (x * x + y * y).sqrt())
}

fn bell(x: f32) -> f32 {
    crate::maths::exp(-x * x)
}

/// What makes one face differ from another.
#[derive(Debug)]
struct Face {
    long: f32,
    jaw: f32,
    nose: f32,
    nose_wide: f32,
    brow: f32,
    eyes: f32,
    eye_high: f32,
    mouth: f32,
    hairline: f32,
    hair: f32,
    bald: bool,
    beard: f32,
    freckles: f32,
    tone: f32,
    noise: Noise,
}

impl Person {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let tone = rng.below(SKIN_TONES.len());
        let face = Face {
            long: rng.within(1.22, 1.48),
            jaw: rng.within(0.15, 0.36),
            nose: rng.within(0.26, 0.46),
            nose_wide: rng.within(0.14, 0.21),
            brow: rng.within(0.03, 0.09),
            eyes: rng.within(0.34, 0.42),
            eye_high: rng.within(0.08, 0.14),
            mouth: rng.within(-0.52, -0.44),
            hairline: rng.within(0.52, 0.78),
            hair: rng.within(0.03, 0.35),
            bald: rng.chance(0.12),
            beard: if rng.chance(0.3) { rng.within(0.3, 0.9) } else { 0.0 },
            freckles: rng.within(0.02, 0.10),
            tone: SKIN_TONES[tone] * rng.within(0.92, 1.08),
            noise: Noise(rng.bits()),
        };
        let glasses = rng.chance(0.35);
        let skin = Arc::new(Texture::drawn(512, 256, |u, v| face.level(u, v)));
        let ear = Arc::new(Texture::drawn(32, 32, |u, v| face.tone * (0.75 + 0.25 * spot((u - 0.5) * 4.0, (v - 0.5) * 2.5))));
        let mut head = vec![face.skull(skin)];
        for side in [-1.0, 1.0] {
            head.push(ellipsoid([side * 1.03, -0.02, -0.15], [0.16, 0.30, 0.20], Arc::clone(&ear), 1.0));
        }
        if glasses {
            head.extend(face.glasses(rng));
        }
        let cloth = Noise(rng.bits());
        let (base, stripes) = (rng.within(0.08, 0.7), rng.within(0.0, 0.5));
        let cloth = Arc::new(Texture::drawn(256, 128, |u, v| {
            let stripe = if ((u * 60.0) as i32 + (v * 3.0) as i32) % 4 == 0 { stripes } else { 0.0 };
            (base * (1.0 + 0.35 * cloth.rough(u * 40.0, v * 20.0)) * (1.0 - stripe)).clamp(0.02, 1.0)
        }));
        let neck = Arc::new(Texture::drawn(64, 32, |u, v| {
            face.tone * (0.85 + 0.12 * face.noise.rough(u * 16.0, v * 16.0)) * (1.0 - 0.35 * spot((u - 0.5) * 3.0, v * 2.0))
        }));
        let body = vec![
            ellipsoid([0.0, -1.55, -0.25], [0.52, 0.9, 0.5], neck, 1.0),
            ellipsoid([0.0, -3.0, -0.3], [rng.within(2.1, 2.7), 1.05, 0.8], cloth, 1.0),
        ];
        Self { head, body, tone, glasses }
    }
}

impl Face {
    /// Latitude and longitude of the skull in radians from u, v; the face looks to longitude 0.
    fn place(u: f32, v: f32) -> (f32, f32) {
        ((u - 0.5) * 2.0 * PI, (0.5 - v) * PI)
    }

    fn skull(&self, texture: Arc<Texture>) -> Surface {
        let (columns, rows) = (145, 81);
        let mut corners = Vec::with_capacity(columns * rows);
        for row in 0..rows {
            for column in 0..columns {
                let uv = [column as f32 / (columns - 1) as f32, row as f32 / (rows - 1) as f32];
                corners.push(Vertex { at: self.surface(uv[0], uv[1]), uv });
            }
        }
        Surface { corners, columns, texture, shaded: 1.0 }
    }

    fn surface(&self, u: f32, v: f32) -> V3 {
        let (lon, lat) = Self::place(u, v);
        let ((sl, cl), (st, ct)) = (sin_cos(lon), sin_cos(lat));
        let hair = if self.bald { 0.0 } else { self.hair * self.hairy(lon, lat) };
        let grown = 1.0 + 0.35 * hair;
        let (mut x, mut y, mut z) = (sl * ct * grown, self.long * st * grown, cl * ct * if cl > 0.0 { 1.08 } else { 1.22 } * grown);
        let down = smoothstep(0.0, 1.1, -st);
        x *= 1.0 - self.jaw * down;
        z *= 1.0 - 0.12 * down;
        if cl > 0.0 {
            // Nose: narrow bridge, highest at its tip, then it ends.
            let along = smoothstep(0.30, -0.20, lat) * smoothstep(-0.40, -0.27, lat);
            z += self.nose * along * bell(lon / (self.nose_wide * (0.6 + 0.5 * along)));
            z += self.brow * bell((lat - 0.26) / 0.09) * smoothstep(0.85, 0.55, lon.abs());
            z -= 0.09 * bell((lat - self.eye_high) / 0.11) * bell((lon.abs() - self.eyes) / 0.17);
            z += 0.06 * bell((lat - self.mouth) / 0.09) * bell(lon / 0.28);
            z += 0.11 * bell((lat + 0.85) / 0.2) * bell(lon / 0.35);
            z += 0.05 * bell((lat + 0.12) / 0.18) * bell((lon.abs() - 0.55) / 0.2);
        }
        y -= 0.02;
        [x, y, z]
    }

    /// 0 on the face, 1 where hair grows.
    fn hairy(&self, lon: f32, lat: f32) -> f32 {
        let line = self.hairline - 0.25 * smoothstep(0.5, 1.2, lon.abs()) - 1.3 * smoothstep(1.15, 1.75, lon.abs());
        smoothstep(line - 0.05, line + 0.05, lat + 0.05 * self.noise.at(lon * 9.0, 3.0))
    }

    /// The light that a place of the head gives back, 0 to 1.
    fn level(&self, u: f32, v: f32) -> f32 {
        let (lon, lat) = Self::place(u, v);
        let (x, y) = (lon * 8.0, lat * 8.0);
        let mut level = self.tone * (1.0 + 0.10 * self.noise.rough(x, y) + self.freckles * self.noise.at(x * 6.0, y * 6.0));
        let side = lon.abs();
        // Cheeks and the shade below the brow and the nose.
        level *= 1.0 - 0.10 * bell((lat + 0.15) / 0.16) * bell((side - 0.5) / 0.18);
        level *= 1.0 - 0.25 * bell((lat - self.eye_high - 0.02) / 0.12) * bell((side - self.eyes) / 0.2);
        level *= 1.0 - 0.55 * spot((side - 0.085) / 0.06, (lat + 0.315) / 0.035);
        let brow = spot((side - self.eyes) / 0.2, (lat - self.eye_high - 0.15 - 0.04 * (side - self.eyes)) / 0.045);
        level = mix(level, self.tone * 0.28, brow * 0.9);
        let eye = spot((side - self.eyes) / 0.125, (lat - self.eye_high) / 0.05);
        level = mix(level, 0.75, eye);
        let iris = spot((side - self.eyes) / 0.05, (lat - self.eye_high) / 0.05);
        level = mix(level, 0.06, iris * eye);
        let lid = spot((side - self.eyes) / 0.14, (lat - self.eye_high - 0.045) / 0.016);
        level = mix(level, self.tone * 0.3, lid);
        let lips = spot(lon / 0.24, (lat - self.mouth) / 0.06);
        level = mix(level, self.tone * 0.62, lips);
        let gap = spot(lon / 0.22, (lat - self.mouth) / 0.011);
        level = mix(level, self.tone * 0.25, gap);
        if self.beard > 0.0 {
            let grows = smoothstep(-0.22, -0.36, lat) * smoothstep(1.55, 1.25, side) * (1.0 - lips);
            level = mix(level, self.tone * 0.3 * (1.0 + 0.4 * self.noise.at(x * 9.0, y * 5.0)), grows * self.beard);
        }
        if !self.bald {
            let strands = self.noise.at(lon * 60.0, lat * 6.0) * 0.4 + self.noise.rough(x, y) * 0.4;
            level = mix(level, (0.09 + self.hair * 0.5) * (1.0 + strands), self.hairy(lon, lat));
        }
        level.clamp(0.01, 1.0)
    }

    fn glasses(&self, rng: &mut Rng) -> Vec<Surface> {
        let dark = Arc::new(Texture::drawn(2, 2, |_, _| 0.04));
        let (wide, high, thick) = (rng.within(0.26, 0.34), rng.within(0.17, 0.27), rng.within(0.02, 0.05));
        let (x, y) = (sin_cos(self.eyes).0, self.long * sin_cos(self.eye_high).0 - 0.02);
        let front = 1.12;
        let mut parts = Vec::new();
        for side in [-1.0_f32, 1.0] {
            let mut corners = Vec::new();
            for step in 0..=32 {
                let (s, c) = sin_cos(step as f32 / 32.0 * 2.0 * PI);
                for grown in [0.0, thick] {
                    let at = [side * x + c * (wide + grown), y + s * (high + grown), front - 0.25 * (side * x + c * wide).abs()];
                    corners.push(Vertex { at, uv: [0.5, 0.5] });
                }
            }
            parts.push(Surface { corners, columns: 2, texture: Arc::clone(&dark), shaded: 0.3 });
            parts.push(strip(
                [side * (x + wide), y + 0.05, front - 0.25 * (x + wide)],
                [side * 1.06, y + 0.08, -0.05],
                thick,
                &dark,
            ));
        }
        parts.push(strip([-(x - wide), y, front], [x - wide, y, front], thick, &dark));
        parts
    }
}

/// A thin upright band between two places.
fn strip(from: V3, to: V3, thick: f32, texture: &Arc<Texture>) -> Surface {
    let corner = |at: V3, up: f32| Vertex { at: [at[0], at[1] + up, at[2]], uv: [0.5, 0.5] };
    let corners = vec![corner(from, thick), corner(from, -thick), corner(to, thick), corner(to, -thick)];
    Surface { corners, columns: 2, texture: Arc::clone(texture), shaded: 0.3 }
}

fn ellipsoid(centre: V3, half: V3, texture: Arc<Texture>, shaded: f32) -> Surface {
    let (columns, rows) = (33, 17);
    let mut corners = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let uv = [column as f32 / (columns - 1) as f32, row as f32 / (rows - 1) as f32];
            let (lon, lat) = Face::place(uv[0], uv[1]);
            let ((sl, cl), (st, ct)) = (sin_cos(lon), sin_cos(lat));
            let at = [centre[0] + half[0] * sl * ct, centre[1] + half[1] * st, centre[2] + half[2] * cl * ct];
            corners.push(Vertex { at, uv });
        }
    }
    Surface { corners, columns, texture, shaded }
}
