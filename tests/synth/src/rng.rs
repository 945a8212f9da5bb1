//! Randomness from a seed alone: xoshiro256++ seeded by SplitMix64 (Blackman and Vigna, public domain algorithms).

use std::sync::LazyLock;

use crate::maths;

/// A stream of random numbers; the same seed gives the same stream on every machine.
#[derive(Debug, Clone)]
pub struct Rng {
    state: [u64; 4],
}

impl Rng {
    /// The stream of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut word = seed;
        let mut next = || {
            word = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = word;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        };
        Self { state: [next(), next(), next(), next()] }
    }

    /// A stream of its own for one purpose: drawing more for one thing does not shift what another thing gets.
    #[must_use]
    pub fn of(seed: u64, purpose: &str) -> Self {
        let hash = purpose
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self::new(seed.rotate_left(17) ^ hash)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let shifted = b << 17;
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ shifted, d.rotate_left(45)];
        result
    }

    /// Evenly in 0 ≤ x < 1.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / 16_777_216.0
    }

    /// Evenly between two numbers.
    pub fn within(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// Evenly in 0 ≤ x < `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.bits()) * end as u128) >> 64) as usize
    }

    /// One of them.
    ///
    /// # Panics
    /// Where there are none.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }

    /// From the normal distribution of mean 0 and standard deviation 1, in 4,096 steps of equal probability.
    pub fn normal(&mut self) -> f32 {
        NORMAL[(self.bits() >> 52) as usize]
    }
}

/// The normal distribution's quantiles at the middles of 4,096 equal shares.
pub(crate) static NORMAL: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let mut table: Vec<f32> =
        (0..4_096).map(|step| maths::normal_quantile((f64::from(step) + 0.5) / 4_096.0)).collect();
    let variance = table.iter().map(|value| f64::from(value * value)).sum::<f64>() / 4_096.0;
    let scale = (1.0 / variance.sqrt()) as f32;
    table.iter_mut().for_each(|value| *value *= scale);
    table
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_numbers_of_the_published_algorithm() {
        // First outputs of xoshiro256++ from the state 1, 2, 3, 4 (rand_xoshiro's reference vector).
        let mut rng = Rng { state: [1, 2, 3, 4] };
        assert_eq!([rng.bits(), rng.bits(), rng.bits()], [41_943_041, 58_720_359, 3_588_806_011_781_223]);
    }

    #[test]
    fn normal_numbers_are_normal() {
        let mut rng = Rng::new(5);
        let drawn: Vec<f32> = (0..100_000).map(|_| rng.normal()).collect();
        let mean = drawn.iter().sum::<f32>() / 1e5;
        let beyond = drawn.iter().filter(|value| value.abs() > 1.96).count();
        assert!(mean.abs() < 0.01, "mean {mean}");
        assert!((4_700..5_300).contains(&beyond), "{beyond} of 100,000 beyond 1.96");
    }
}
