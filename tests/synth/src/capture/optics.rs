//! Blur, in linear light and before the sensor: that is why a lamp's reflection blooms and a dark line thins out.

use super::{Defocus, Motion, Shape};
use crate::{
    maths::{exp, radians, sin_cos},
    texture::Light,
};

/// A frame in linear light.
#[derive(Debug, Clone)]
pub(super) struct Plate {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) light: Vec<Light>,
}

impl Plate {
    /// What the lens does where all is well, then defocus, then motion.
    pub(super) fn blurred(self, lens: f32, defocus: Defocus, motion: Motion) -> Self {
        let mut plate = self;
        // Independent blurs add in their variances: a Gaussian lens and a Gaussian defocus are one pass.
        let mut gauss = lens * lens;
        match defocus.shape {
            Shape::Gauss => gauss += defocus.sigma * defocus.sigma,
            // A disc narrower than this is not distinguishable from a Gaussian on the pixel grid.
            Shape::Disc if defocus.sigma < 0.7 => gauss += defocus.sigma * defocus.sigma,
            Shape::Disc => plate = plate.disc(defocus.sigma * 2.0),
        }
        if gauss > 0.0 {
            plate = plate.gauss(gauss.sqrt());
        }
        if motion.length > 0.3 {
            plate = plate.streak(motion);
        }
        plate
    }

    fn gauss(self, sigma: f32) -> Self {
        let reach = (sigma * 3.2).ceil().max(1.0) as usize;
        let mut weights: Vec<f32> =
            (0..=reach).map(|step| exp(-0.5 * (step as f32 / sigma) * (step as f32 / sigma))).collect();
        let sum = weights[0] + 2.0 * weights[1..].iter().sum::<f32>();
        weights.iter_mut().for_each(|weight| *weight /= sum);

        let (width, height) = (self.width, self.height);
        let mut across = vec![[0.0; 4]; width * height];
        let mut padded = vec![[0.0; 4]; width + 2 * reach];
        for (from, to) in self.light.chunks_exact(width).zip(across.chunks_exact_mut(width)) {
            padded[..reach].fill(from[0]);
            padded[reach..reach + width].copy_from_slice(from);
            padded[reach + width..].fill(from[width - 1]);
            for (x, out) in to.iter_mut().enumerate() {
                let mut sum = scaled(padded[x + reach], weights[0]);
                for (step, &weight) in weights.iter().enumerate().skip(1) {
                    add(&mut sum, padded[x + reach - step], weight);
                    add(&mut sum, padded[x + reach + step], weight);
                }
                *out = sum;
            }
        }
        let mut down = self.light;
        for (y, out) in down.chunks_exact_mut(width).enumerate() {
            let row = |y: usize| &across[y * width..(y + 1) * width];
            for (to, from) in out.iter_mut().zip(row(y)) {
                *to = scaled(*from, weights[0]);
            }
            for (step, &weight) in weights.iter().enumerate().skip(1) {
                let (above, below) = (row(y.saturating_sub(step)), row((y + step).min(height - 1)));
                for ((to, a), b) in out.iter_mut().zip(above).zip(below) {
                    add(to, *a, weight);
                    add(to, *b, weight);
                }
            }
        }
        Self { width, height, light: down }
    }

    /// A disc of this radius: the picture of a point out of focus. Row sums make it as quick for a large radius.
    fn disc(self, radius: f32) -> Self {
        let (width, height) = (self.width, self.height);
        let reach = radius.ceil() as usize + 1;
        let line = width + 2 * reach + 1;
        let mut sums = vec![[0.0_f64; 3]; line * height];
        for (from, to) in self.light.chunks_exact(width).zip(sums.chunks_exact_mut(line)) {
            let mut sum = [0.0_f64; 3];
            for (index, out) in to.iter_mut().enumerate() {
                *out = sum;
                let pixel = from[(index.max(reach) - reach).min(width - 1)];
                for (total, light) in sum.iter_mut().zip(pixel) {
                    *total += f64::from(light);
                }
            }
        }
        // Half width of the disc in each row, averaged over the row's height so that the rim is smooth.
        let rows: Vec<(isize, f32)> = (-(reach as isize)..=reach as isize)
            .filter_map(|row| {
                let half = (0..8_u8)
                    .map(|part| {
                        let y = row as f32 - 0.5 + (f32::from(part) + 0.5) / 8.0;
                        (radius * radius - y * y).max(0.0).sqrt()
                    })
                    .sum::<f32>()
                    / 8.0;
                (half > 0.02).then_some((row, half))
            })
            .collect();
        let whole = 1.0 / (2.0 * rows.iter().map(|(_, half)| half).sum::<f32>());
        let mut light = self.light;
        for (y, out) in light.chunks_exact_mut(width).enumerate() {
            let mut row_sum = vec![[0.0_f32; 4]; width];
            for &(row, half) in &rows {
                let from = (y as isize + row).clamp(0, height as isize - 1) as usize;
                let sums = &sums[from * line..(from + 1) * line];
                // From x + 0.5 - half to x + 0.5 + half in a running sum whose steps are linear within a pixel.
                let (left, right) = (reach as f32 + 0.5 - half, reach as f32 + 0.5 + half);
                let (l, r) = (left as usize, right as usize);
                let (ls, rs) = (f64::from(left - l as f32), f64::from(right - r as f32));
                for (x, total) in row_sum.iter_mut().enumerate() {
                    for c in 0..3 {
                        let low = sums[x + l][c] * (1.0 - ls) + sums[x + l + 1][c] * ls;
                        let high = sums[x + r][c] * (1.0 - rs) + sums[x + r + 1][c] * rs;
                        total[c] += (high - low) as f32;
                    }
                }
            }
            for (to, sum) in out.iter_mut().zip(row_sum) {
                *to = scaled(sum, whole);
            }
        }
        Self { width, height, light }
    }

    /// A straight streak: the hand moved while the shutter was open.
    fn streak(self, motion: Motion) -> Self {
        let (width, height) = (self.width, self.height);
        let (sin, cos) = sin_cos(radians(motion.degrees));
        // One tap per pixel along the steeper axis, between two pixels on the other: ends count by the part they cover.
        let flat = cos.abs() >= sin.abs();
        let (long, slope) = if flat { (cos.abs(), sin / cos) } else { (sin.abs(), cos / sin) };
        let half = motion.length * long / 2.0;
        let reach = (half + 0.5).floor() as isize;
        let taps: Vec<(isize, isize, f32, f32)> = (-reach..=reach)
            .map(|step| {
                let cover = (half + 0.5 - step.unsigned_abs() as f32).clamp(0.0, 1.0);
                let aside = step as f32 * slope;
                (step, aside.floor() as isize, aside - aside.floor(), cover)
            })
            .collect();
        let whole = 1.0 / taps.iter().map(|tap| tap.3).sum::<f32>();
        let mut light = vec![[0.0; 4]; width * height];
        for (y, out) in light.chunks_exact_mut(width).enumerate() {
            for &(step, aside, share, cover) in &taps {
                let (dx, dy) = if flat { (step, aside) } else { (aside, step) };
                let (ex, ey) = if flat { (0, 1) } else { (1, 0) };
                let row = |dy: isize| {
                    let y = (y as isize + dy).clamp(0, height as isize - 1) as usize;
                    &self.light[y * width..(y + 1) * width]
                };
                let (first, second) = (row(dy), row(dy + ey));
                let (a, b) = (cover * (1.0 - share) * whole, cover * share * whole);
                for (x, to) in out.iter_mut().enumerate() {
                    let at = |dx: isize| (x as isize + dx).clamp(0, width as isize - 1) as usize;
                    add(to, first[at(dx)], a);
                    add(to, second[at(dx + ex)], b);
                }
            }
        }
        Self { width, height, light }
    }
}

#[inline]
fn scaled(light: Light, by: f32) -> Light {
    light.map(|value| value * by)
}

#[inline]
fn add(sum: &mut Light, light: Light, weight: f32) {
    for (total, value) in sum.iter_mut().zip(light) {
        *total += value * weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Standard deviations of what a point becomes, along x and y, and the sum of its light.
    fn spread(blur: impl Fn(Plate) -> Plate) -> (f32, f32, f32) {
        let (width, height) = (101, 101);
        let mut light = vec![[0.0; 4]; width * height];
        light[50 * width + 50] = [1.0; 4];
        let plate = blur(Plate { width, height, light });
        let (mut sum, mut xx, mut yy) = (0.0, 0.0, 0.0);
        for (index, value) in plate.light.iter().enumerate() {
            let (x, y) = ((index % width) as f32 - 50.0, (index / width) as f32 - 50.0);
            sum += value[1];
            xx += value[1] * x * x;
            yy += value[1] * y * y;
        }
        ((xx / sum).sqrt(), (yy / sum).sqrt(), sum)
    }

    #[test]
    fn a_blur_is_as_wide_as_its_sigma_says_and_keeps_the_light() {
        for sigma in [0.8, 1.5, 3.0, 6.0_f32] {
            for shape in [Shape::Gauss, Shape::Disc] {
                let (x, y, sum) =
                    spread(|plate| plate.blurred(0.0, Defocus { sigma, shape }, Motion { length: 0.0, degrees: 0.0 }));
                assert!((x / sigma - 1.0).abs() < 0.04, "{shape:?} {sigma}: {x} across");
                assert!((y / sigma - 1.0).abs() < 0.04, "{shape:?} {sigma}: {y} down");
                assert!((sum - 1.0).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn a_streak_is_as_long_as_asked_and_points_where_asked() {
        for (degrees, expected) in [(0.0, (1.0, 0.0)), (90.0, (0.0, 1.0)), (30.0, (0.866, 0.5)), (120.0, (0.5, 0.866))]
        {
            let (x, y, sum) = spread(|plate| {
                plate.blurred(0.0, Defocus { sigma: 0.0, shape: Shape::Gauss }, Motion { length: 24.0, degrees })
            });
            let sigma = 24.0 / 12.0_f32.sqrt();
            assert!(
                (x - sigma * expected.0).abs() < 0.45 && (y - sigma * expected.1).abs() < 0.45,
                "{degrees}: {x} {y}"
            );
            assert!((sum - 1.0).abs() < 1e-3);
        }
    }
}
