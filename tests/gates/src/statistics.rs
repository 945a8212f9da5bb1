//! Rates with their intervals, medians, and the curve of a limit that moves.

use serde::Serialize;

/// The 97.5 % quantile of the normal distribution: intervals hold 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Rate {
    /// How often it happened.
    pub hits: usize,
    /// How often it could have.
    pub of: usize,
}

impl Rate {
    /// Counts where it happened.
    pub fn count(happened: impl IntoIterator<Item = bool>) -> Self {
        happened
            .into_iter()
            .fold(Self::default(), |rate, hit| Self { hits: rate.hits + usize::from(hit), of: rate.of + 1 })
    }

    /// The share, 0 to 1; `None` of nothing.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| real(self.hits) / real(self.of))
    }

    /// Wilson's score interval of 95 % (E. B. Wilson, Probable inference, the law of succession, and statistical inference,
    /// Journal of the American Statistical Association 22, 1927, pages 209 to 212), without correction for continuity;
    /// `None` of nothing.
    #[must_use]
    pub fn wilson(self) -> Option<(f64, f64)> {
        let (share, count) = (self.share()?, real(self.of));
        let shrink = 1.0 / (1.0 + Z * Z / count);
        let middle = shrink * (share + Z * Z / (2.0 * count));
        let half = shrink * Z * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt();
        // Where nothing or everything happened the bound is exact, which rounding would hide.
        let low = if self.hits == 0 { 0.0 } else { middle - half };
        let high = if self.hits == self.of { 1.0 } else { middle + half };
        Some((low, high))
    }
}

/// The middle value, the mean of the two middle ones of an even number; `None` of nothing.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let half = sorted.len() / 2;
    let upper = *sorted.get(half)?;
    Some(if sorted.len() % 2 == 1 { upper } else { f64::midpoint(sorted[half - 1], upper) })
}

/// What a limit at this value would do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Operating {
    /// Share of the good that would be accepted, 0 to 1.
    pub good: f64,
    /// Share of the bad that would be accepted, 0 to 1.
    pub bad: f64,
}

/// The receiver operating characteristic: every limit from the one that accepts nothing to the one that accepts everything
/// that was measured. `upper`: a value is accepted where it is not above the limit, else where it is not below it. What could
/// not be measured (`None`) is accepted by no limit. Empty where either side has nothing.
#[must_use]
pub fn roc(good: &[Option<f32>], bad: &[Option<f32>], upper: bool) -> Vec<Operating> {
    if good.is_empty() || bad.is_empty() {
        return Vec::new();
    }
    // From the value that is accepted first.
    let order = |value: f32| if upper { value } else { -value };
    let mut values: Vec<(f32, bool)> = Vec::with_capacity(good.len() + bad.len());
    values.extend(good.iter().flatten().map(|&value| (order(value), true)));
    values.extend(bad.iter().flatten().map(|&value| (order(value), false)));
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut curve, mut goods, mut bads) = (vec![Operating { good: 0.0, bad: 0.0 }], 0, 0);
    for tied in values.chunk_by(|a, b| a.0 == b.0) {
        goods += tied.iter().filter(|(_, is_good)| *is_good).count();
        bads += tied.iter().filter(|(_, is_good)| !is_good).count();
        curve.push(Operating { good: real(goods) / real(good.len()), bad: real(bads) / real(bad.len()) });
    }
    curve
}

/// The area under the curve: how often a good value is on the better side of a bad one, equal ones counted half. Beyond the
/// last limit the curve goes straight on to where everything is accepted. `None` without a curve.
#[must_use]
pub fn area(curve: &[Operating]) -> Option<f64> {
    let last = curve.last()?;
    let steps = curve.windows(2).map(|pair| (pair[0], pair[1]));
    let end = (*last, Operating { good: 1.0, bad: 1.0 });
    Some(steps.chain([end]).map(|(a, b)| (b.bad - a.bad) * f64::midpoint(a.good, b.good)).sum())
}

/// Counts as a fraction needs them.
#[allow(clippy::cast_precision_loss, reason = "counts of pictures")]
pub(crate) fn real(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I,
    /// method 3.
    #[test]
    fn intervals_are_those_of_the_literature() {
        let published = [
            ((81, 263), (0.2553, 0.3662)),
            ((15, 148), (0.0624, 0.1605)),
            ((0, 20), (0.0, 0.1611)),
            ((1, 29), (0.0061, 0.1718)),
        ];
        for ((hits, of), (low, high)) in published {
            let (l, h) = Rate { hits, of }.wilson().expect("a rate of something");
            assert!((l - low).abs() < 5e-5 && (h - high).abs() < 5e-5, "{hits} of {of}: {l} to {h}");
        }
        assert_eq!(Rate { hits: 20, of: 20 }.wilson().map(|(_, high)| high), Some(1.0));
        assert_eq!(Rate::default().wilson(), None);
    }

    /// J. A. Hanley and B. J. McNeil, The meaning and use of the area under a receiver operating characteristic curve,
    /// Radiology 143 (1982), table I: 109 computed tomograms, rated from definitely normal (1) to definitely abnormal (5).
    #[test]
    fn the_area_is_that_of_the_literature() {
        let rated = |counts: [usize; 5]| -> Vec<Option<f32>> {
            counts.into_iter().zip(1_u8..).flat_map(|(count, rating)| vec![Some(f32::from(rating)); count]).collect()
        };
        let (normal, abnormal) = (rated([33, 6, 6, 11, 2]), rated([3, 2, 2, 11, 33]));
        // "Good" is what is accepted below a limit: the normal ones.
        let curve = roc(&normal, &abnormal, true);
        assert!((area(&curve).expect("both sides") - 0.893).abs() < 5e-4);
        // The same the other way up.
        let turned = |values: &[Option<f32>]| values.iter().map(|value| value.map(|value| -value)).collect::<Vec<_>>();
        assert_eq!(roc(&turned(&normal), &turned(&abnormal), false), curve);
        // Their table: a limit between 3 and 4 takes 45 of 58 normal and 7 of 51 abnormal ones.
        assert_eq!(curve[3], Operating { good: 45.0 / 58.0, bad: 7.0 / 51.0 });
    }

    #[test]
    fn what_could_not_be_measured_is_refused_by_every_limit() {
        let curve = roc(&[Some(1.0), None], &[Some(2.0), None, None], true);
        assert_eq!(curve.last(), Some(&Operating { good: 0.5, bad: 1.0 / 3.0 }));
        assert!(roc(&[], &[Some(1.0)], true).is_empty());
    }

    #[test]
    fn the_median_lies_in_the_middle() {
        assert_eq!(median(&[9.0, 1.0, 4.0]), Some(4.0));
        assert_eq!(median(&[9.0, 1.0, 4.0, 6.0]), Some(5.0));
        assert_eq!(median(&[]), None);
    }
}
