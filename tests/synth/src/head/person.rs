//! Heads: a mesh with the relief of a face, its colours, ears, hair, glasses, neck and shoulders.

use std::f32::consts::{PI, TAU};

use serde::Serialize;

use super::mesh::{Mesh, Vector, Vertex, dot, unit};
use crate::{
    maths::{exp, mix, sin_cos, smoothstep},
    noise::Noise,
    rng::Rng,
};

/// Share of light that skin reflects, light to dark.
const SKIN: [f32; 5] = [0.62, 0.48, 0.33, 0.20, 0.11];

/// Who is filmed. No such person exists.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Person {
    /// Skin tone, 0 (light) to 4 (dark).
    pub skin: u8,
    /// Share of light that the hair reflects.
    pub hair: f32,
    /// How the hair is worn.
    pub style: Hair,
    /// Wears glasses.
    pub glasses: bool,
    /// Wears a beard.
    pub beard: bool,
    /// Height of the nose, millimetres.
    pub nose: f32,
    /// Half width of the head without hair, millimetres.
    pub wide: f32,
    /// Half height of the head without hair, millimetres.
    pub tall: f32,
    #[serde(skip)]
    seed: u64,
}

/// How hair is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hair {
    /// None.
    Bald,
    /// Short all round.
    Short,
    /// To the shoulders.
    Long,
    /// Covered by a cloth that leaves the face free.
    Covered,
}

/// The lamp on a person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lit {
    /// Towards the lamp.
    pub(super) towards: Vector,
    /// Its light on a surface that faces it.
    pub(super) key: f32,
    /// Light from everywhere.
    pub(super) ambient: f32,
}

impl Lit {
    /// The light that a surface sends to the camera.
    #[inline]
    pub(super) fn on(&self, normal: Vector, place: Vector, albedo: f32, shine: f32) -> f32 {
        let facing = dot(normal, self.towards);
        // Skin is not hard: light goes a little round the corner.
        let soft = ((facing + 0.25) / 1.25).max(0.0);
        let above = 0.75 - 0.25 * normal[1];
        let mut light = albedo * (self.ambient * above + self.key * soft);
        if shine > 0.0 {
            let eye = unit(place.map(|value| -value));
            let half = unit([eye[0] + self.towards[0], eye[1] + self.towards[1], eye[2] + self.towards[2]]);
            let mirror = dot(normal, half).max(0.0);
            let m2 = mirror * mirror;
            let m8 = m2 * m2 * m2 * m2;
            light += shine * self.key * m8 * m8;
        }
        light
    }
}

/// The parts that move differently.
#[derive(Debug, Clone)]
pub(super) struct Body {
    pub(super) head: Mesh,
    pub(super) neck: Mesh,
    pub(super) trunk: Mesh,
}

/// A bump: side (radians from the front), height (radians), width, tallness, millimetres outwards.
struct Bump(f32, f32, f32, f32, f32);

impl Bump {
    fn at(&self, side: f32, up: f32) -> f32 {
        let (x, y) = ((side - self.0) / self.2, (up - self.1) / self.3);
        let q = x * x + y * y;
        if q > 16.0 { 0.0 } else { self.4 * exp(-0.5 * q) }
    }
}

impl Person {
    pub(super) fn draw(rng: &mut Rng) -> Self {
        let style =
            *rng.pick(&[Hair::Bald, Hair::Short, Hair::Short, Hair::Short, Hair::Long, Hair::Long, Hair::Covered]);
        Self {
            skin: rng.below(5) as u8,
            hair: *rng.pick(&[0.03, 0.05, 0.10, 0.22, 0.4, 0.34]),
            style,
            glasses: rng.chance(0.35),
            beard: rng.chance(0.25),
            nose: rng.within(17.0, 26.0),
            wide: rng.within(69.0, 80.0),
            tall: rng.within(104.0, 120.0),
            seed: rng.bits(),
        }
    }

    pub(super) fn body(&self) -> Body {
        Body { head: self.head(), neck: self.neck(), trunk: self.trunk() }
    }

    /// Share of light that the skin reflects.
    pub(super) fn tone(&self) -> f32 {
        SKIN[usize::from(self.skin)]
    }

    /// Whether hair or cloth is there: 0 to 1.
    fn covered(&self, side: f32, up: f32, noise: Noise) -> f32 {
        let away = side.abs();
        let ragged = 0.05 * noise.at(side * 9.0, up * 9.0) + 0.03 * noise.at(side * 31.0, 4.0);
        let line = match self.style {
            Hair::Bald => return 0.0,
            // High over the forehead, down before the ears, low on the neck.
            Hair::Short => mix(0.62, 0.05, smoothstep(0.75, 1.25, away)) - 0.75 * smoothstep(1.5, 2.1, away),
            Hair::Long => mix(0.58, -1.2, smoothstep(0.7, 1.2, away)),
            Hair::Covered => mix(0.52, -1.4, smoothstep(0.62, 0.95, away)),
        };
        smoothstep(line - 0.04, line + 0.04, up + ragged)
    }

    fn head(&self) -> Mesh {
        // In the middle of the face 1.4 mm from point to point, in a picture of 1.3 pixels a millimetre.
        const COLUMNS: usize = 184;
        const ROWS: usize = 132;
        let noise = Noise(self.seed);
        let skin = SKIN[usize::from(self.skin)];
        let mut lip_shift = Rng::new(self.seed);
        let (lip, brow) = (lip_shift.within(-0.03, 0.03), lip_shift.within(0.8, 1.3));
        let mut relief = vec![
            Bump(0.0, -0.16, 0.12, 0.09, self.nose),
            Bump(0.0, 0.02, 0.085, 0.16, self.nose * 0.42),
            Bump(0.0, 0.30, 0.5, 0.2, 3.0),
            Bump(0.0, -0.40 + lip, 0.20, 0.05, 6.0),
            Bump(0.0, -0.47 + lip, 0.15, 0.04, 5.0),
            Bump(0.0, -0.435 + lip, 0.22, 0.018, -4.0),
            Bump(0.0, -0.70, 0.24, 0.12, 9.0),
            Bump(0.0, -0.56, 0.25, 0.05, -3.5),
        ];
        for way in [-1.0, 1.0_f32] {
            relief.extend([
                Bump(way * 0.15, -0.20, 0.06, 0.05, 7.0),
                Bump(way * 0.36, 0.215, 0.2, 0.055, 4.5 * brow),
                Bump(way * 0.37, 0.08, 0.15, 0.085, -8.0),
                Bump(way * 0.37, 0.07, 0.085, 0.06, 4.5),
                Bump(way * 0.62, -0.10, 0.2, 0.16, 5.0),
                Bump(way * 0.95, -0.45, 0.3, 0.25, -4.0),
                Bump(way * 1.05, 0.35, 0.25, 0.3, -4.0),
            ]);
        }
        let point = |column: usize, row: usize| {
            // Twice as many points in front as behind.
            let u = (column as f32 + 0.5) / COLUMNS as f32 * 2.0 - 1.0;
            let side = PI * (0.55 * u + 0.45 * u * u * u);
            let v = row as f32 / (ROWS - 1) as f32;
            let up = PI / 2.0 * (1.0 - 2.0 * v);
            let ((ss, cs), (su, cu)) = (sin_cos(side), sin_cos(up));
            let jaw = 1.0 - 0.30 * smoothstep(0.05, -0.85, up);
            let back = if cs < 0.0 { 1.0 } else { 0.94 };
            let bumps: f32 = relief.iter().map(|bump| bump.at(side, up)).sum();
            let cover = self.covered(side, up, noise);
            let thick = match self.style {
                Hair::Bald => 0.0,
                Hair::Short => 7.0 + 3.0 * noise.at(side * 5.0, up * 5.0),
                Hair::Long => 11.0 + 5.0 * noise.at(side * 4.0, up * 4.0),
                Hair::Covered => 9.0 + 4.0 * noise.at(side * 2.0, up * 3.0),
            };
            let strands = if self.style == Hair::Covered { 0.0 } else { 1.8 * noise.at(side * 40.0, up * 7.0) };
            let out = bumps * (1.0 - cover) + cover * (thick + strands);
            let place =
                [(self.wide * jaw + out) * cu * ss, -(self.tall + out * 0.6) * su, -(96.0 * back + out) * cu * cs];
            let (albedo, closed) = self.colours(side, up, skin, noise, lip);
            let hair = match self.style {
                Hair::Covered => {
                    let fold = noise.at(side * 3.0 + up * 2.0, up * 6.0) + 0.5 * noise.at(side * 16.0, up * 16.0);
                    (self.hair + 0.12) * (1.0 + 0.3 * fold)
                }
                _ => {
                    self.hair * (1.0 + 0.55 * noise.at(side * 46.0, up * 6.0) + 0.25 * noise.at(side * 90.0, up * 12.0))
                }
            };
            Vertex {
                place,
                normal: [0.0; 3],
                albedo: mix(albedo, hair, cover),
                closed: mix(closed, hair, cover),
                shine: mix(0.05, 0.03, cover),
            }
        };
        let mut head = Mesh::grid(COLUMNS, ROWS, true, point).outwards();
        if matches!(self.style, Hair::Bald | Hair::Short) {
            for way in [-1.0, 1.0_f32] {
                head.append(self.ear(way, skin));
            }
        }
        if self.style == Hair::Long {
            head.append(self.mane(noise));
        }
        let mut head = head.closed();
        if self.glasses {
            head.append(self.spectacles());
        }
        head
    }

    /// What is painted on the face: albedo with eyes open and closed.
    fn colours(&self, side: f32, up: f32, skin: f32, noise: Noise, lip: f32) -> (f32, f32) {
        let patches = 0.06 * noise.at(side * 6.0, up * 6.0)
            + 0.05 * noise.at(side * 22.0, up * 22.0)
            + 0.05 * noise.at(side * 60.0, up * 60.0);
        let mut tone = skin * (1.0 + patches);
        // Freckles and moles.
        let spot = noise.at(side * 34.0 + 9.0, up * 34.0);
        tone *= 1.0 - 0.35 * smoothstep(0.74, 0.9, spot);
        let soft = |x: f32, y: f32| 1.0 - smoothstep(0.75, 1.15, (x * x + y * y).sqrt());
        let away = side.abs();
        // Brows, lips, nostrils, the shade under the lip and beside the nose.
        let arch = 0.245 - 1.1 * (away - 0.36) * (away - 0.36);
        let hairs = 1.0 + 0.4 * noise.at(side * 80.0, up * 30.0);
        let brow = soft((away - 0.37) / 0.19, (up - arch) / 0.032) * 0.85 * hairs.clamp(0.0, 1.15);
        tone = mix(tone, (self.hair * 0.8).min(skin * 0.6), brow.min(1.0));
        let lips = soft(side / 0.235, (up + 0.435 - lip) / 0.075);
        tone = mix(tone, skin * 0.62, lips * 0.8);
        let mouth = soft(side / 0.22, (up + 0.435 - lip + 0.02 * (side * 6.0) * (side * 6.0) * 0.1) / 0.012);
        tone = mix(tone, skin * 0.2, mouth);
        let nostril = soft((away - 0.075) / 0.035, (up + 0.235) / 0.02);
        tone = mix(tone, skin * 0.15, nostril);
        if self.beard {
            let chin = smoothstep(-0.30, -0.38, up) * (1.0 - smoothstep(1.2, 1.5, away));
            let moustache = soft(side / 0.3, (up + 0.33) / 0.05);
            let thick = (chin * (1.0 - lips)).max(moustache * 0.9) * (0.75 + 0.25 * noise.at(side * 70.0, up * 70.0));
            tone = mix(tone, self.hair * 0.9, thick.clamp(0.0, 0.9));
        }
        let closed = {
            let lash = soft((away - 0.37) / 0.12, (up - 0.055) / 0.014);
            mix(tone, skin * 0.25, lash)
        };
        // Eyes: an almond of white, the iris, the pupil, the lid's line and its shade.
        let (x, y) = ((away - 0.37) / 0.115, up - 0.075);
        let almond = 1.0 - x * x;
        let mut open = mix(tone, tone * 0.72, soft((away - 0.37) / 0.17, (up - 0.10) / 0.06) * 0.5);
        if almond > 0.0 {
            let (upper, lower) = (0.045 * almond.sqrt(), -0.03 * almond.sqrt());
            let inside =
                smoothstep(lower - 0.006, lower + 0.006, y) * (1.0 - smoothstep(upper - 0.006, upper + 0.006, y));
            let round = ((side.abs() - 0.37) * (side.abs() - 0.37) * 1.3 + y * y).sqrt();
            let iris = 1.0 - smoothstep(0.032, 0.039, round);
            let pupil = 1.0 - smoothstep(0.012, 0.017, round);
            let eye = mix(mix(0.26 + 0.4 * skin, 0.1, iris), 0.02, pupil);
            open = mix(open, eye, inside);
            let line = 1.0 - smoothstep(0.004, 0.014, (y - upper).abs());
            open = mix(open, skin * 0.18, line * 0.9);
        }
        (open, closed)
    }

    fn ear(&self, way: f32, skin: f32) -> Mesh {
        Mesh::grid(28, 20, true, |column, row| {
            let (turn, up) = (column as f32 / 28.0 * TAU, PI / 2.0 - row as f32 / 19.0 * PI);
            let ((st, ct), (su, cu)) = (sin_cos(turn), sin_cos(up));
            let rim = cu * 1.0;
            let place = [way * (self.wide + 3.0 + 7.0 * rim * st), -4.0 - 31.0 * su, 8.0 + 17.0 * rim * ct];
            let hollow = if st > 0.4 && cu > 0.55 { 0.6 } else { 1.0 };
            let albedo = skin * 0.92 * hollow;
            Vertex { place, normal: [0.0; 3], albedo, closed: albedo, shine: 0.02 }
        })
        .outwards_from([way * (self.wide + 3.0), -4.0, 8.0])
    }

    /// Hair that falls behind the shoulders.
    fn mane(&self, noise: Noise) -> Mesh {
        Mesh::grid(90, 60, true, |column, row| {
            let (turn, up) = (column as f32 / 90.0 * TAU, PI / 2.0 - row as f32 / 59.0 * PI);
            let ((st, ct), (su, cu)) = (sin_cos(turn), sin_cos(up));
            let wave = 5.0 * noise.at(turn * 3.0, up * 4.0) + 2.0 * noise.at(turn * 24.0, up * 2.0);
            let place = [(self.wide + 16.0 + wave) * cu * st, 50.0 - 120.0 * su, 38.0 - (60.0 + wave) * cu * ct];
            let albedo = self.hair * (1.0 + 0.6 * noise.at(turn * 40.0, up * 2.0));
            Vertex { place, normal: [0.0; 3], albedo, closed: albedo, shine: 0.03 }
        })
        .outwards_from([0.0, 50.0, 38.0])
    }

    fn spectacles(&self) -> Mesh {
        let mut all = Mesh::default();
        let front = -(96.0 * 0.94 + 13.0);
        let rim = |vertex: Vector| Vertex { place: vertex, normal: [0.0; 3], albedo: 0.03, closed: 0.03, shine: 0.2 };
        for way in [-1.0, 1.0_f32] {
            // Rings bowed with the face.
            all.append(Mesh::grid(48, 7, true, |column, row| {
                let turn = column as f32 / 48.0 * TAU;
                let ((st, ct), (sr, cr)) = (sin_cos(turn), sin_cos(row as f32 / 6.0 * TAU));
                let x = way * 32.0 + (25.0 + 1.9 * cr) * ct;
                let bow = x * x * 0.0045;
                rim([x, -8.0 - (19.5 + 1.9 * cr) * st, front + bow + 1.9 * sr])
            }));
            // Temples back to the ears.
            all.append(Mesh::grid(2, 2, false, |column, row| {
                let (x, z) = if column == 0 { (57.0, front + 15.0) } else { (self.wide + 3.0, 4.0) };
                rim([way * x, -14.0 + 4.0 * row as f32, z])
            }));
        }
        all.append(Mesh::grid(2, 2, false, |column, row| {
            rim([-8.0 + 16.0 * column as f32, -11.0 + 3.5 * row as f32, front])
        }));
        all
    }

    fn neck(&self) -> Mesh {
        let skin = SKIN[usize::from(self.skin)] * 0.85;
        let noise = Noise(self.seed ^ 5);
        let covered = self.style == Hair::Covered;
        Mesh::grid(80, 40, true, |column, row| {
            let turn = column as f32 / 80.0 * TAU;
            let (st, ct) = sin_cos(turn);
            let down = row as f32 / 39.0;
            let wide = 52.0 + 16.0 * down * down + if covered { 16.0 } else { 0.0 };
            let place = [wide * st, 60.0 + 120.0 * down, 22.0 - wide * 0.95 * ct];
            let tone = if covered { (self.hair + 0.12) * (1.0 + 0.3 * noise.at(turn * 4.0, down * 9.0)) } else { skin };
            let albedo = tone * (1.0 + 0.08 * noise.at(turn * 9.0, down * 9.0));
            Vertex { place, normal: [0.0; 3], albedo, closed: albedo, shine: 0.01 }
        })
        .outwards_from([0.0, 120.0, 22.0])
        .closed()
    }

    fn trunk(&self) -> Mesh {
        let mut rng = Rng::new(self.seed ^ 77);
        let noise = Noise(rng.bits());
        let (cloth, print, pitch) = (rng.within(0.04, 0.5), rng.below(4), rng.within(14.0, 40.0));
        Mesh::grid(160, 70, true, |column, row| {
            let (turn, up) = (column as f32 / 160.0 * TAU, PI / 2.0 - row as f32 / 69.0 * PI);
            let ((st, ct), (su, cu)) = (sin_cos(turn), sin_cos(up));
            let place = [225.0 * cu * st, 300.0 - 165.0 * su, 40.0 - 105.0 * cu * ct];
            let stripe = |at: f32| if (at / pitch).rem_euclid(1.0) < 0.5 { 1.0 } else { 0.55 };
            let pattern = match print {
                0 => stripe(place[1]),
                1 => stripe(place[0]) * stripe(place[1]),
                2 => stripe(place[0]),
                _ => 1.0,
            };
            let fold = 1.0
                + 0.25 * noise.at(place[0] / 30.0, place[1] / 45.0)
                + 0.12 * noise.at(place[0] / 4.0, place[1] / 4.0);
            let albedo = cloth * pattern * fold;
            Vertex { place, normal: [0.0; 3], albedo, closed: albedo, shine: 0.0 }
        })
        .outwards_from([0.0, 300.0, 40.0])
        .closed()
    }
}

impl Mesh {
    fn outwards(self) -> Self {
        self.outwards_from([0.0; 3])
    }

    /// With normals that point away from a place inside.
    fn outwards_from(self, inside: Vector) -> Self {
        let outwards: f32 =
            self.vertices.iter().map(|vertex| dot(vertex.normal, unit(super::mesh::minus(vertex.place, inside)))).sum();
        if outwards < 0.0 { self.flipped() } else { self }
    }
}
