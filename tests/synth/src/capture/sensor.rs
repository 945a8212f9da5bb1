//! From light to bytes: fall-off, exposure, noise, tone curve, sharpening, as a phone does it.

use std::sync::LazyLock;

use super::{Shot, optics::Plate};
use crate::{
    canvas::Raster,
    maths::{exp, exp2, from_light},
    rng::{NORMAL, Rng},
};

/// Part of the sensor's range that light of strength 1 (a perfectly white sheet) fills at 0 EV.
pub const WHITE: f32 = 0.66;

/// Light beyond this share of the range is compressed, as phones do before they clip.
const SHOULDER: f32 = 0.78;

const STEPS: usize = 16_384;
const RANGE: f32 = 2.0;

/// sRGB levels (0 to 255, not rounded) of light from 0 to `RANGE` times the sensor's range.
static TONE: LazyLock<Box<[f32; STEPS + 1]>> = LazyLock::new(|| {
    let levels: Vec<f32> = (0..=STEPS).map(|step| tone(step as f32 / STEPS as f32 * RANGE) * 255.0).collect();
    levels.try_into().unwrap_or_else(|_| Box::new([0.0; STEPS + 1]))
});

/// The tone curve: sRGB with a slight S and a short shoulder; 0 to 1.
fn tone(light: f32) -> f32 {
    let room = 1.0 - SHOULDER;
    let light = if light <= SHOULDER { light } else { SHOULDER + room * (1.0 - exp(-(light - SHOULDER) / room)) };
    // The shoulder reaches its end only at infinity; what is left of it is stretched to white.
    let level = from_light((light * 1.004).min(1.0));
    let curved = level * level * (3.0 - 2.0 * level);
    level + (curved - level) * 0.18
}

fn level(light: f32) -> f32 {
    on_curve(&TONE, light)
}

/// The curve's level, between two steps of its table.
#[inline]
fn on_curve(curve: &[f32; STEPS + 1], light: f32) -> f32 {
    let place = light.clamp(0.0, RANGE) * (STEPS as f32 / RANGE);
    let step = (place as usize).min(STEPS - 1);
    let share = place - step as f32;
    curve[step] + (curve[step + 1] - curve[step]) * share
}

/// The level (0 to 255) that light becomes at this exposure, noise aside.
pub(super) fn exposed(light: f32, ev: f32) -> f32 {
    level(light * WHITE * exp2(ev))
}

/// Standard deviation of the noise in 8-bit levels where the level would be 128 without it.
pub(super) fn noise_levels(shot: &Shot) -> f32 {
    let (mut low, mut high) = (0.0_f32, 1.0_f32);
    for _ in 0..30 {
        let middle = f32::midpoint(low, high);
        if level(middle) < 128.0 { low = middle } else { high = middle }
    }
    let sigma = (shot.noise.shot * low + shot.noise.read * shot.noise.read).sqrt();
    (level(low + 0.004) - level(low - 0.004)) / 0.008 * sigma
}

/// Exposes a plate.
pub(super) fn expose(plate: &Plate, shot: &Shot) -> Raster {
    let (width, height) = (plate.width, plate.height);
    let mut rng = Rng::of(shot.seed, "noise");
    let (normal, curve): (&[f32], &[f32; STEPS + 1]) = (&NORMAL, &TONE);
    let gain = WHITE * exp2(shot.light.exposure);
    let cast = shot.light.cast;
    let (cx, cy) = (width as f32 / 2.0, height as f32 / 2.0);
    let corner = 1.0 / (cx * cx + cy * cy);
    let read = shot.noise.read * shot.noise.read;
    // Phones smooth noise before they sharpen: neighbours share some of it (a first-order recursion in both directions).
    const SHARED: f32 = 0.3;
    let fresh = 1.0 - SHARED * SHARED;
    let mut above = vec![[0.0_f32; 3]; width + 1];
    let mut levels = vec![[0.0_f32; 3]; width * height];
    for (y, (from, to)) in plate.light.chunks_exact(width).zip(levels.chunks_exact_mut(width)).enumerate() {
        let dy = y as f32 + 0.5 - cy;
        let (mut left, mut corner_noise) = ([0.0_f32; 3], [0.0_f32; 3]);
        for (x, (light, out)) in from.iter().zip(to).enumerate() {
            let dx = x as f32 + 0.5 - cx;
            let fall = 1.0 - shot.light.vignette * (dx * dx + dy * dy) * corner;
            let bits = rng.bits();
            let up = above[x + 1];
            let mut here = [0.0; 3];
            for c in 0..3 {
                let white = normal[(bits >> (12 * c + 20)) as usize & 0xfff];
                here[c] = fresh * white + SHARED * (left[c] + up[c]) - SHARED * SHARED * corner_noise[c];
                let signal = light[c] * gain * fall * cast[c];
                let noisy = signal + (shot.noise.shot * signal.min(1.0) + read).sqrt() * here[c];
                out[c] = on_curve(curve, noisy);
            }
            corner_noise = up;
            left = here;
            above[x + 1] = here;
        }
    }
    sharpened(&levels, width, height, shot.sharpen)
}

/// Unsharp mask on luma over the nearest neighbours, then rounding.
fn sharpened(levels: &[[f32; 3]], width: usize, height: usize, amount: f32) -> Raster {
    let mut rgb = vec![0_u8; width * height * 3];
    if amount <= 0.0 {
        for (out, from) in rgb.chunks_exact_mut(3).zip(levels) {
            for (byte, level) in out.iter_mut().zip(from) {
                *byte = (level + 0.5) as u8;
            }
        }
        return Raster { width, height, rgb };
    }
    let luma: Vec<f32> = levels.iter().map(|p| 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]).collect();
    let mut down = vec![0.0_f32; width];
    for y in 0..height {
        let row = |y: usize| &luma[y * width..(y + 1) * width];
        let (above, here, below) = (row(y.saturating_sub(1)), row(y), row((y + 1).min(height - 1)));
        for (x, sum) in down.iter_mut().enumerate() {
            *sum = 0.25 * (above[x] + below[x]) + 0.5 * here[x];
        }
        for x in 0..width {
            let smooth = 0.25 * (down[x.saturating_sub(1)] + down[(x + 1).min(width - 1)]) + 0.5 * down[x];
            let lift = amount * (here[x] - smooth);
            let at = y * width + x;
            for (byte, level) in rgb[at * 3..at * 3 + 3].iter_mut().zip(levels[at]) {
                *byte = (level + lift + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
    }
    Raster { width, height, rgb }
}
