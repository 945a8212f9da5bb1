//! Triangles with a depth buffer: what a pinhole camera sees of textured, shaded surfaces.

use std::sync::Arc;

/// A grey texture over u, v in 0 to 1; levels 0 to 1.
#[derive(Debug, Clone)]
pub(super) struct Texture {
    width: usize,
    height: usize,
    levels: Vec<f32>,
}

impl Texture {
    /// Drawn by a function of u and v.
    pub(super) fn drawn(width: usize, height: usize, draw: impl Fn(f32, f32) -> f32) -> Self {
        let levels = (0..width * height)
            .map(|at| {
                let (x, y) = (at % width, at / width);
                draw((x as f32 + 0.5) / width as f32, (y as f32 + 0.5) / height as f32)
            })
            .collect();
        Self { width, height, levels }
    }

    /// From levels of 0 to 255, row by row.
    pub(super) fn of_grey(width: usize, height: usize, grey: &[f32]) -> Self {
        Self { width, height, levels: grey.iter().map(|level| level / 255.0).collect() }
    }

    /// Between the four texels around; the border goes on outside.
    pub(super) fn at(&self, u: f32, v: f32) -> f32 {
        let x = (u * self.width as f32 - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (v * self.height as f32 - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (dx, dy) = (x - left as f32, y - top as f32);
        let level = |x: usize, y: usize| self.levels[y * self.width + x];
        let above = level(left, top) * (1.0 - dx) + level(right, top) * dx;
        let below = level(left, bottom) * (1.0 - dx) + level(right, bottom) * dx;
        above * (1.0 - dy) + below * dy
    }
}

/// x to the right, y up, z towards the camera; one unit is half the width of the head.
pub(super) type V3 = [f32; 3];

/// A corner of a surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    pub(super) at: V3,
    pub(super) uv: [f32; 2],
}

/// A grid of corners as a surface.
#[derive(Debug, Clone)]
pub(super) struct Surface {
    pub(super) corners: Vec<Vertex>,
    /// Corners in a row.
    pub(super) columns: usize,
    pub(super) texture: Arc<Texture>,
    /// 0: shines by itself, 1: takes its shade from the light.
    pub(super) shaded: f32,
}

/// A turn about the three axes, in this order: yaw (about y), pitch (about x), roll (about z); then a way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pose {
    rows: [V3; 3],
    pivot: V3,
    way: V3,
}

impl Pose {
    /// Angles in radians. Positive yaw turns what looks at the camera to the right of the picture, positive pitch up.
    pub(super) fn new(yaw: f32, pitch: f32, roll: f32, pivot: V3, way: V3) -> Self {
        let ((sy, cy), (sp, cp), (sr, cr)) =
            (crate::maths::sin_cos(yaw), crate::maths::sin_cos(pitch), crate::maths::sin_cos(roll));
        let turn = [[cy, 0.0, sy], [0.0, 1.0, 0.0], [-sy, 0.0, cy]];
        let nod = [[1.0, 0.0, 0.0], [0.0, cp, sp], [0.0, -sp, cp]];
        let lean = [[cr, -sr, 0.0], [sr, cr, 0.0], [0.0, 0.0, 1.0]];
        Self { rows: product(lean, product(nod, turn)), pivot, way }
    }

    fn apply(&self, at: V3) -> V3 {
        let from = [at[0] - self.pivot[0], at[1] - self.pivot[1], at[2] - self.pivot[2]];
        let mut out = [0.0; 3];
        for axis in 0..3 {
            out[axis] = dot(self.rows[axis], from) + self.pivot[axis] + self.way[axis];
        }
        out
    }
}

fn product(a: [V3; 3], b: [V3; 3]) -> [V3; 3] {
    let mut out = [[0.0; 3]; 3];
    for (row, out) in out.iter_mut().enumerate() {
        for (column, out) in out.iter_mut().enumerate() {
            *out = (0..3).map(|k| a[row][k] * b[k][column]).sum();
        }
    }
    out
}

pub(super) fn dot(a: V3, b: V3) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn minus(a: V3, b: V3) -> V3 {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(super) fn unit(a: V3) -> V3 {
    let length = dot(a, a).sqrt().max(1e-9);
    a.map(|value| value / length)
}

fn cross(a: V3, b: V3) -> V3 {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// Light from one side and from everywhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Light {
    pub(super) from: V3,
    pub(super) ambient: f32,
    pub(super) direct: f32,
}

/// A pinhole camera at (0, 0, distance) that looks along −z.
#[derive(Debug, Clone, Copy)]
pub(super) struct Camera {
    pub(super) distance: f32,
    /// Pixels per unit at z = 0.
    pub(super) scale: f32,
    /// Where the axis meets the picture, pixels.
    pub(super) centre: [f32; 2],
}

/// Twice as fine as the picture in both directions, so that edges are smooth.
const FINE: usize = 2;

/// What stands in front of the background.
#[derive(Debug)]
pub(super) struct Buffer {
    width: usize,
    height: usize,
    depth: Vec<f32>,
    level: Vec<f32>,
}

impl Buffer {
    pub(super) fn new(width: usize, height: usize) -> Self {
        let count = width * height * FINE * FINE;
        Self { width, height, depth: vec![f32::NEG_INFINITY; count], level: vec![0.0; count] }
    }

    /// Draws a surface in its pose.
    pub(super) fn draw(&mut self, surface: &Surface, pose: &Pose, camera: &Camera, light: &Light) {
        let placed: Vec<V3> = surface.corners.iter().map(|corner| pose.apply(corner.at)).collect();
        let rows = placed.len() / surface.columns;
        let shades = shades(&placed, surface.columns, light, surface.shaded);
        for row in 0..rows - 1 {
            for column in 0..surface.columns - 1 {
                let a = row * surface.columns + column;
                let (b, c, d) = (a + 1, a + surface.columns, a + surface.columns + 1);
                for [p, q, r] in [[a, b, c], [b, d, c]] {
                    self.triangle(surface, camera, [p, q, r].map(|k| (placed[k], surface.corners[k].uv, shades[k])));
                }
            }
        }
    }

    fn triangle(&mut self, surface: &Surface, camera: &Camera, corners: [(V3, [f32; 2], f32); 3]) {
        let fine = FINE as f32;
        let mut spots = [[0.0; 3]; 3];
        for (spot, (at, ..)) in spots.iter_mut().zip(&corners) {
            let near = camera.distance - at[2];
            if near < 0.2 {
                return;
            }
            let by = camera.scale * camera.distance / near * fine;
            *spot = [camera.centre[0] * fine + at[0] * by, camera.centre[1] * fine - at[1] * by, 1.0 / near];
        }
        let [a, b, c] = spots;
        let area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if area.abs() < 1e-6 {
            return;
        }
        let (wide, high) = ((self.width * FINE) as f32, (self.height * FINE) as f32);
        let low = |k: usize, end: f32| (a[k].min(b[k]).min(c[k]) - 0.5).ceil().clamp(0.0, end) as usize;
        let up = |k: usize, end: f32| (a[k].max(b[k]).max(c[k]) - 0.5).floor().clamp(-1.0, end - 1.0);
        let (last_x, last_y) = (up(0, wide), up(1, high));
        if last_x < 0.0 || last_y < 0.0 {
            return;
        }
        for y in low(1, high)..=last_y as usize {
            for x in low(0, wide)..=last_x as usize {
                let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
                let wa = ((b[0] - px) * (c[1] - py) - (b[1] - py) * (c[0] - px)) / area;
                let wb = ((c[0] - px) * (a[1] - py) - (c[1] - py) * (a[0] - px)) / area;
                let wc = 1.0 - wa - wb;
                if wa < 0.0 || wb < 0.0 || wc < 0.0 {
                    continue;
                }
                let near = wa * a[2] + wb * b[2] + wc * c[2];
                let place = y * self.width * FINE + x;
                if near <= self.depth[place] {
                    continue;
                }
                let [wa, wb, wc] = [wa * a[2] / near, wb * b[2] / near, wc * c[2] / near];
                let mixed = |k: usize| wa * corners[0].1[k] + wb * corners[1].1[k] + wc * corners[2].1[k];
                let shade = wa * corners[0].2 + wb * corners[1].2 + wc * corners[2].2;
                self.depth[place] = near;
                self.level[place] = surface.texture.at(mixed(0), mixed(1)) * shade;
            }
        }
    }

    /// What is seen over a background; levels 0 to 1.
    pub(super) fn over(&self, background: &mut [f32]) {
        let share = 1.0 / (FINE * FINE) as f32;
        for (at, behind) in background.iter_mut().enumerate() {
            let (x, y) = (at % self.width, at / self.width);
            let (mut sum, mut covered) = (0.0, 0.0);
            for dy in 0..FINE {
                for dx in 0..FINE {
                    let place = (y * FINE + dy) * self.width * FINE + x * FINE + dx;
                    if self.depth[place] > f32::NEG_INFINITY {
                        sum += self.level[place];
                        covered += 1.0;
                    }
                }
            }
            *behind = sum * share + *behind * (1.0 - covered * share);
        }
    }
}

/// The light on each corner, from the surface's own slope there (Lambert).
fn shades(placed: &[V3], columns: usize, light: &Light, shaded: f32) -> Vec<f32> {
    let rows = placed.len() / columns;
    let at = |row: usize, column: usize| placed[row * columns + column];
    let mut shades = Vec::with_capacity(placed.len());
    for row in 0..rows {
        for column in 0..columns {
            let along = minus(at(row, (column + 1).min(columns - 1)), at(row, column.saturating_sub(1)));
            let down = minus(at((row + 1).min(rows - 1), column), at(row.saturating_sub(1), column));
            let slope = unit(cross(down, along));
            let lit = light.ambient + light.direct * dot(slope, light.from).max(0.0);
            shades.push(1.0 - shaded + shaded * lit);
        }
    }
    shades
}
