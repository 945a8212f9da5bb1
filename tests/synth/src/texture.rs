//! Rasters in linear light, ready to be sampled at any size.

use std::sync::LazyLock;

use crate::{
    canvas::Raster,
    maths::{Point, to_light},
};

/// Linear light of red, green, blue; 1 = white paper. The fourth lane is unused and keeps pixels aligned.
pub(crate) type Light = [f32; 4];

static LIGHT: LazyLock<[f32; 256]> = LazyLock::new(|| {
    let mut table = [0.0; 256];
    for (level, light) in table.iter_mut().enumerate() {
        *light = to_light(level as f32 / 255.0);
    }
    table
});

/// A raster and its halvings.
#[derive(Debug)]
pub(crate) struct Texture {
    levels: Vec<Level>,
}

/// One size of it.
#[derive(Debug)]
pub(crate) struct Level {
    width: usize,
    height: usize,
    light: Vec<Light>,
}

impl Texture {
    /// In its own size only.
    pub(crate) fn flat(raster: &Raster) -> Self {
        let table = &*LIGHT;
        let light = raster
            .rgb
            .chunks_exact(3)
            .map(|p| [table[usize::from(p[0])], table[usize::from(p[1])], table[usize::from(p[2])], 0.0])
            .collect();
        Self { levels: vec![Level { width: raster.width, height: raster.height, light }] }
    }

    /// In its own size and every half of it down to some 100 pixels.
    pub(crate) fn pyramid(raster: &Raster) -> Self {
        let mut texture = Self::flat(raster);
        while let Some(half) =
            texture.levels.last().filter(|level| level.width.min(level.height) > 100).map(Level::half)
        {
            texture.levels.push(half);
        }
        texture
    }

    /// The smallest level that still has `wanted` times the original's pixels across, and how much smaller it is.
    pub(crate) fn level(&self, wanted: f32) -> (&Level, f32, f32) {
        let width = self.levels[0].width as f32;
        let found =
            self.levels.iter().rev().find(|level| level.width as f32 >= width * wanted).unwrap_or(&self.levels[0]);
        (found, found.width as f32 / width, found.height as f32 / self.levels[0].height as f32)
    }
}

impl Level {
    fn half(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut light = Vec::with_capacity(width * height);
        for row in 0..height {
            let (above, below) = (&self.light[2 * row * self.width..], &self.light[(2 * row + 1) * self.width..]);
            for column in 0..width {
                let at = 2 * column;
                light.push(std::array::from_fn(|c| {
                    (above[at][c] + above[at + 1][c] + below[at][c] + below[at + 1][c]) * 0.25
                }));
            }
        }
        Self { width, height, light }
    }

    /// The light at a place in this level's pixels (0, 0 = the outer corner of the first), between four pixels; beyond the
    /// edge the edge goes on.
    #[inline]
    pub(crate) fn at(&self, place: Point) -> Light {
        let x = (place.x - 0.5).clamp(0.0, (self.width - 1) as f32);
        let y = (place.y - 0.5).clamp(0.0, (self.height - 1) as f32);
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (sx, sy) = (x - left as f32, y - top as f32);
        let (a, b) = (&self.light[top * self.width + left], &self.light[top * self.width + right]);
        let (c, d) = (&self.light[bottom * self.width + left], &self.light[bottom * self.width + right]);
        std::array::from_fn(|i| {
            let upper = a[i] + (b[i] - a[i]) * sx;
            let lower = c[i] + (d[i] - c[i]) * sx;
            upper + (lower - upper) * sy
        })
    }

    /// The same, but mirrored again and again beyond the edge.
    #[inline]
    pub(crate) fn tiled(&self, place: Point) -> Light {
        self.at(Point::new(mirror(place.x, self.width as f32), mirror(place.y, self.height as f32)))
    }
}

fn mirror(x: f32, size: f32) -> f32 {
    if x >= 0.0 && x < size {
        return x;
    }
    let turns = (x / (2.0 * size)).floor();
    let inside = x - turns * 2.0 * size;
    if inside < size { inside } else { 2.0 * size - inside }
}
